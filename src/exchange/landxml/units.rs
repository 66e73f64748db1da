//! Units of a file, and what its numbers are in metres and radians.

use std::f64::consts::PI;

use roxmltree::Node;

use crate::error::Result;
use crate::exchange::xml::{Source, child, shown};

/// A unit of length as a fraction of the metre, so that a conversion is rounded but twice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Linear {
    name: &'static str,
    times: f64,
    over: f64,
}

/// Metric units, then those of the foot: 0.3048 m, that of the US survey 1200/3937 m.
const METRIC: [Linear; 4] = [
    Linear { name: "meter", times: 1.0, over: 1.0 },
    Linear { name: "millimeter", times: 1.0, over: 1000.0 },
    Linear { name: "centimeter", times: 1.0, over: 100.0 },
    Linear { name: "kilometer", times: 1000.0, over: 1.0 },
];
const IMPERIAL: [Linear; 4] = [
    Linear { name: "foot", times: 3048.0, over: 10_000.0 },
    Linear { name: "USSurveyFoot", times: 1200.0, over: 3937.0 },
    Linear { name: "inch", times: 254.0, over: 10_000.0 },
    Linear { name: "mile", times: 1_609_344.0, over: 1000.0 },
];

/// A unit of angles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Angular {
    Radians,
    Grads,
    Degrees,
    /// 45.3025 is 45 degrees, 30 minutes, 25 seconds.
    DegreesMinutesSeconds,
}

const ANGULAR: [(&str, Angular); 4] = [
    ("radians", Angular::Radians),
    ("grads", Angular::Grads),
    ("decimal degrees", Angular::Degrees),
    ("decimal dd.mm.ss", Angular::DegreesMinutesSeconds),
];

/// The units of a file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Units {
    linear: Linear,
    is_metric: bool,
    pub(super) angular: Angular,
    pub(super) direction: Angular,
}

impl Units {
    /// A length in metres.
    pub(super) fn metres(&self, length: f64) -> f64 {
        length * self.linear.times / self.linear.over
    }

    /// A cant in metres: the format has millimetres or inches, whatever the unit of lengths.
    pub(super) fn cant_m(&self, cant: f64) -> f64 {
        if self.is_metric { cant / 1000.0 } else { cant * 254.0 / 10_000.0 }
    }

    /// A speed in kilometres an hour: the format has those or miles an hour.
    pub(super) fn speed_kmh(&self, speed: f64) -> f64 {
        if self.is_metric { speed } else { speed * 1_609_344.0 / 1e6 }
    }
}

/// The units that a file states.
///
/// # Errors
/// [`Error::Exchange`](crate::Error::Exchange) if it states none or one that is not known.
pub(super) fn units(source: &Source<'_>, root: Node<'_, '_>) -> Result<Units> {
    let missing = || {
        let hint = "lengths mean nothing without <Units><Metric linearUnit=\"meter\" .../></Units>";
        source.wrong(root.range().start, "the file states no units".to_owned(), hint)
    };
    let units = child(root, "Units").ok_or_else(missing)?;
    let (node, is_metric, lengths) = match (child(units, "Metric"), child(units, "Imperial")) {
        (Some(node), None) => (node, true, METRIC),
        (None, Some(node)) => (node, false, IMPERIAL),
        (None, None) => return Err(missing()),
        (Some(node), Some(_)) => {
            let problem = "the file states metric and imperial units".to_owned();
            return Err(source.wrong(node.range().start, problem, "leave one of them"));
        }
    };
    let unknown = |name: &str, stated: &str, known: String| {
        let problem = format!("{name} \"{}\" is not known", shown(stated));
        source.wrong(node.range().start, problem, &format!("known are {known}"))
    };
    let stated = node.attribute("linearUnit").unwrap_or_default();
    let linear = lengths.into_iter().find(|unit| unit.name == stated);
    let linear = linear
        .ok_or_else(|| unknown("linearUnit", stated, lengths.map(|unit| unit.name).join(", ")))?;
    let angular = |name: &str| match node.attribute(name) {
        None => Ok(Angular::Radians), // as the schema says
        Some(stated) => {
            let found = ANGULAR.iter().find(|(known, _)| *known == stated);
            let known = || ANGULAR.map(|(known, _)| known).join(", ");
            found.map(|(_, unit)| *unit).ok_or_else(|| unknown(name, stated, known()))
        }
    };
    let (angular, direction) = (angular("angularUnit")?, angular("directionUnit")?);
    Ok(Units { linear, is_metric, angular, direction })
}

impl Angular {
    /// An angle in radians; none if minutes or seconds are no such.
    pub(super) fn radians(self, number: f64, text: &str) -> Option<f64> {
        Some(match self {
            Self::Radians => number,
            Self::Grads => number * PI / 200.0,
            Self::Degrees => number * PI / 180.0,
            Self::DegreesMinutesSeconds => degrees(number, text)? * PI / 180.0,
        })
    }
}

/// Degrees out of digits that stand for degrees, minutes and seconds.
fn degrees(number: f64, text: &str) -> Option<f64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(part) || !digits(whole.trim_start_matches(['+', '-'])) {
        return None;
    }
    let padded = format!("{part:0<4}");
    let minutes: f64 = padded.get(..2)?.parse().ok()?;
    let seconds: f64 = format!("{}.{}", padded.get(2..4)?, padded.get(4..)?).parse().ok()?;
    let degrees = number.trunc().abs() + (minutes + seconds / 60.0) / 60.0;
    // 60 is allowed, since programs round up to it.
    (minutes <= 60.0 && seconds <= 60.0).then(|| degrees.copysign(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_of_all_units() {
        let right = |angular: Angular, text: &str| {
            let number: f64 = text.parse().unwrap();
            angular.radians(number, text).map(|angle_rad| angle_rad * 180.0 / PI)
        };
        assert_eq!(right(Angular::Grads, "100"), Some(90.0));
        assert_eq!(right(Angular::Degrees, "90"), Some(90.0));
        let minutes = Angular::DegreesMinutesSeconds;
        for (text, expected) in [
            ("45.3025", Some(45.0 + 30.0 / 60.0 + 25.0 / 3600.0)),
            ("45.30255", Some(45.0 + 30.0 / 60.0 + 25.5 / 3600.0)),
            ("-0.3", Some(-0.5)),
            ("45", Some(45.0)),
            ("45.61", None),
            ("45.0061", None),
            ("4.5e1", None),
        ] {
            let found = right(minutes, text);
            let is_same = match (found, expected) {
                (Some(found), Some(expected)) => (found - expected).abs() < 1e-12,
                (found, expected) => found == expected,
            };
            assert!(is_same, "{text}: {found:?}");
        }
    }
}
