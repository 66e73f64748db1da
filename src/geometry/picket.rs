//! Chainages in writing: `PK 123+45.6`, `km 12+345.6`.

use serde::{Deserialize, Serialize};

use super::chainage::{Chainage, Section};
use crate::error::{Error, Result, within};

/// How chainages are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notation {
    /// Pickets of 100 m, as on 1520 mm: `PK 123+45.6` is 12,345.6 m.
    Picket,
    /// Kilometres: `km 12+345.6` is 12,345.6 m.
    Kilometre,
}

impl Notation {
    /// The one that is usual on a gauge: pickets on 1520 mm, kilometres elsewhere.
    #[must_use]
    pub fn usual_on(gauge_mm: u32) -> Self {
        if gauge_mm == 1520 { Self::Picket } else { Self::Kilometre }
    }

    fn prefixes(self) -> &'static [&'static str] {
        match self {
            Self::Picket => &["PK", "\u{41f}\u{41a}"],
            Self::Kilometre => &["KM", "\u{41a}\u{41c}"],
        }
    }

    fn unit_m(self) -> i64 {
        match self {
            Self::Picket => 100,
            Self::Kilometre => 1000,
        }
    }
}

/// No finer than a micrometre.
const MOST_DECIMALS: u32 = 6;

/// A chainage as it is written: whole units, and metres beyond.
struct Written {
    units: i64,
    beyond_m: f64,
    is_negative: bool,
}

impl Chainage {
    /// The chainage at a distance in writing, with so many decimals of a metre.
    ///
    /// Where the next jump leads back, what stands twice belongs to a last, longer unit here:
    /// the 137.5 m before PK 124 are `PK 123+137.5` at their end, a broken picket, and not a second
    /// `PK 124+37.5`. Rounding never leads over a jump.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the distance is not on the line, or there are more than six
    /// decimals.
    ///
    /// # Example
    ///
    /// ```
    /// use railcorridor::geometry::{Chainage, Equation, Notation};
    ///
    /// let jump = Equation { distance_m: 437.5, ahead_m: 12_400.0, is_falling: false };
    /// let chainage = Chainage::new(1000.0, 12_000.0, &[jump])?;
    /// assert_eq!(chainage.write(345.62, Notation::Picket, 1)?, "PK 123+45.6");
    /// assert_eq!(chainage.write(437.4, Notation::Picket, 1)?, "PK 123+137.4");
    /// assert_eq!(chainage.write(437.5, Notation::Picket, 1)?, "PK 124+00.0");
    /// let distance_m = chainage.read_m("PK 123+137.4", Notation::Picket)?;
    /// assert!((distance_m - 437.4).abs() < 1e-9);
    /// assert_eq!(chainage.write(345.62, Notation::Kilometre, 0)?, "km 12+346");
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "chainages are up to 2e7 m, so up to 2e13 micrometres"
    )]
    pub fn write(&self, distance_m: f64, notation: Notation, decimals: u32) -> Result<String> {
        let range = (0.0, f64::from(MOST_DECIMALS));
        within(|| "decimals".to_owned(), f64::from(decimals), range, "a micrometre is enough")?;
        let (number, section) = self.section_at(distance_m)?;
        let parts_per_m = 10_i64.pow(decimals);
        let parts = section.chainage_m(distance_m) * parts_per_m as f64;
        let bounds = [section.first_m.min(section.last_m), section.first_m.max(section.last_m)];
        let [low, high] = bounds.map(|at_m| at_m * parts_per_m as f64);
        let rounded = match parts.round() {
            above if above > high => parts.floor(),
            below if below < low => parts.ceil(),
            rounded => rounded,
        } as i64;
        let per_unit = notation.unit_m() * parts_per_m;
        let mut units = rounded.abs() / per_unit;
        if let Some(limit) = self.long_unit(number, section, notation)
            && rounded >= 0
        {
            units = units.min(limit);
        }
        let beyond = rounded.abs() - units * per_unit;
        let (prefix, sign) = (notation.prefix(), if rounded < 0 { "-" } else { "" });
        let width = if notation == Notation::Picket { 2 } else { 3 };
        let (whole, part) = (beyond / parts_per_m, beyond % parts_per_m);
        let part = if decimals > 0 {
            format!(".{part:0>width$}", width = decimals as usize)
        } else {
            String::new()
        };
        Ok(format!("{prefix} {sign}{units}+{whole:0>width$}{part}"))
    }

    /// The distance of a written chainage; the prefix may be left out, but not be another one.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] if it is not written like that, or stands more than once;
    /// [`Error::OutOfRange`] if it stands nowhere.
    pub fn read_m(&self, text: &str, notation: Notation) -> Result<f64> {
        let written = parse(text, notation).ok_or_else(|| Error::Unknown {
            what: "chainage",
            name: text.chars().take(40).collect(),
            hint: match notation {
                Notation::Picket => "write PK 123+45.6".to_owned(),
                Notation::Kilometre => "write km 12+345.6".to_owned(),
            },
        })?;
        #[expect(clippy::cast_precision_loss, reason = "few digits, see parse")]
        let size_m = (written.units * notation.unit_m()) as f64 + written.beyond_m;
        let chainage_m = if written.is_negative { -size_m } else { size_m };
        let is_so = |number: usize, section: &Section| {
            self.is_written_so(number, section, &written, notation)
        };
        let found_m = self.distances_where_m(chainage_m, is_so);
        self.only_m(chainage_m, &found_m, || text.to_owned())
    }

    /// The last unit that a section counts, if what follows it stands again behind the next jump.
    #[expect(clippy::cast_possible_truncation, reason = "chainages are up to 2e7 m")]
    fn long_unit(&self, number: usize, section: &Section, notation: Notation) -> Option<i64> {
        let next = self.sections().get(number + 1)?;
        let stands_again = section.last_m > next.first_m && section.first_m < next.first_m;
        let unit = (next.first_m / notation.unit_m() as f64).ceil() as i64 - 1;
        (stands_again && unit >= 0).then_some(unit)
    }

    /// Whether this is how the section writes it: beyond its last unit all is counted from there,
    /// and no other unit is longer than it should be.
    fn is_written_so(
        &self,
        number: usize,
        section: &Section,
        written: &Written,
        notation: Notation,
    ) -> bool {
        let unit_m = notation.unit_m() as f64;
        match self.long_unit(number, section, notation) {
            Some(limit) if !written.is_negative => {
                written.units < limit && written.beyond_m < unit_m || written.units == limit
            }
            _ => written.beyond_m < unit_m,
        }
    }
}

impl Notation {
    fn prefix(self) -> &'static str {
        match self {
            Self::Picket => "PK",
            Self::Kilometre => "km",
        }
    }
}

/// Units, a plus, metres; no more than nine digits of units and no sign but one before them.
fn parse(text: &str, notation: Notation) -> Option<Written> {
    let text = text.trim().to_uppercase();
    let known = notation.prefixes().iter().find_map(|&prefix| text.strip_prefix(prefix));
    let rest = known.unwrap_or(&text).trim_start();
    let (is_negative, rest) = match rest.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let (units, beyond) = rest.split_once('+')?;
    let is_number = |text: &str, may_have: &str| {
        text.starts_with(|first: char| first.is_ascii_digit())
            && text.chars().all(|one| one.is_ascii_digit() || may_have.contains(one))
    };
    if units.len() > 9 || !is_number(units, "") || !is_number(beyond, ".") {
        return None;
    }
    let (units, beyond_m) = (units.parse().ok()?, beyond.parse().ok()?);
    Some(Written { units, beyond_m, is_negative })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Equation;

    const PICKET: Notation = Notation::Picket;

    fn line(jumps: &[(f64, f64)]) -> Chainage {
        let jump = |&(distance_m, ahead_m)| Equation { distance_m, ahead_m, is_falling: false };
        let equations: Vec<Equation> = jumps.iter().map(jump).collect();
        Chainage::new(1000.0, 12_000.0, &equations).unwrap()
    }

    #[test]
    fn short_and_long_pickets_come_back() {
        // Picket 123 is 62.5 m long on one line and 137.5 m on the other.
        for chainage in [line(&[(362.5, 12_400.0)]), line(&[(437.5, 12_400.0)])] {
            for step in 0..=4000 {
                let distance_m = f64::from(step) * 0.25;
                let text = chainage.write(distance_m, PICKET, 2).unwrap();
                let back_m = chainage.read_m(&text, PICKET).unwrap();
                assert!((back_m - distance_m).abs() < 1e-6, "{distance_m} {text} {back_m}");
            }
        }
    }

    #[test]
    fn a_gap_is_named_and_what_stands_twice_is_refused() {
        let gap = line(&[(362.5, 12_400.0)]);
        assert!(gap.read_m("PK 123+80", PICKET).unwrap_err().to_string().contains("nowhere"));
        // All begins anew at 12,000, twice.
        let again = line(&[(400.0, 12_000.0), (800.0, 12_000.0)]);
        let text = again.read_m("PK 121+50", PICKET).unwrap_err().to_string();
        assert!(text.contains("3 times, at 150.000, 550.000, 950.000 m"), "{text}");
    }

    #[test]
    fn rounding_does_not_leave_a_section() {
        let gap = line(&[(362.5, 12_400.0)]);
        assert_eq!(gap.write(362.49, PICKET, 0).unwrap(), "PK 123+62");
        assert_eq!(gap.write(99.96, PICKET, 1).unwrap(), "PK 121+00.0");
        let before = Chainage::new(300.0, -153.1, &[]).unwrap();
        assert_eq!(before.write(0.0, PICKET, 1).unwrap(), "PK -1+53.1");
        assert!(before.read_m("PK -1+53.1", PICKET).unwrap().abs() < 1e-9);
    }

    #[test]
    fn other_writings_are_refused() {
        let chainage = line(&[]);
        for good in ["PK123+45.6", "pk 123+45.6", "123+45.6", "\u{41f}\u{41a} 123+45.6"] {
            assert!((chainage.read_m(good, PICKET).unwrap() - 345.6).abs() < 1e-9, "{good}");
        }
        for bad in [
            "",
            "PK",
            "123",
            "+45",
            "123+",
            "km 12+345",
            "123+45,6",
            "123++45",
            "123+-45",
            "1e3+45",
            "123+4.5.6",
            "12345678901234567890+1",
            "PK 123+100",
            "nan+inf",
        ] {
            assert!(chainage.read_m(bad, PICKET).is_err(), "{bad}");
        }
        assert!(chainage.write(1.0, PICKET, 7).is_err());
        assert!(chainage.write(f64::NAN, PICKET, 1).is_err());
    }
}
