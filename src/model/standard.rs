//! The limits that a line must keep: one TOML file for a standard, each value with its source.

use std::path::Path;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::read::{self, Document as _};
use super::{LimitRule, Name, PlaceSpeed, nearest};
use crate::error::{Error, Result};

/// Whether a value was read in its source, or is from memory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// Read in the source that is named.
    Verified,
    /// From memory or second hand: to be read by somebody before it is relied on.
    #[default]
    Unverified,
}

/// How much it matters that a limit is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LimitWeight {
    /// It must be kept.
    #[default]
    Limit,
    /// It should be kept where that is possible.
    Desirable,
}

/// A limit of a standard.
///
/// It is `value` and, where it depends on the train or on the curve, what is added for each
/// kilometre an hour of speed V, for its square and for each metre of radius R:
/// `value + per_kmh V + per_kmh2 V^2 + per_radius_m R`. Of several limits of one rule all hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// What it limits: `least-radius`, `most-cant`, ...
    pub rule: LimitRule,
    /// The limit, or the part of it that depends on nothing.
    pub value: f64,
    /// Its unit, that of the rule.
    pub unit: String,
    /// What a kilometre an hour of speed adds.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub per_kmh: f64,
    /// What the square of the speed in kilometres an hour adds.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub per_kmh2: f64,
    /// What a metre of radius adds.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub per_radius_m: f64,
    /// Speeds for which it holds, from above the first to the second; all if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speeds_kmh: Option<[f64; 2]>,
    /// Radii for which it holds, from the first to below the second; all if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub radii_m: Option<[f64; 2]>,
    /// Over what length a twist is measured, or a steeper gradient may last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_m: Option<f64>,
    /// Whether it must be kept.
    #[serde(default)]
    pub weight: LimitWeight,
    /// Where it stands.
    pub source: String,
    /// The clause there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// Whether it was read there.
    #[serde(default)]
    pub state: Reading,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(value: &f64) -> bool {
    *value == 0.0
}

impl Limit {
    /// The limit at a speed in a curve, never below 0; nothing if it does not hold there.
    ///
    /// ```
    /// use railcorridor::model::{Limit, LimitRule};
    ///
    /// // V^2 / 2.6 of Norway's vertical curves: 3,846 m at 100 km/h.
    /// let limit = Limit { rule: LimitRule::LeastVerticalRadius, per_kmh2: 1.0 / 2.6, ..Limit::default() };
    /// assert!((limit.at(100.0, f64::INFINITY).unwrap() - 3846.15).abs() < 0.01);
    /// ```
    #[must_use]
    pub fn at(&self, speed_kmh: f64, radius_m: f64) -> Option<f64> {
        let is_of = |range: Option<[f64; 2]>, is_in: fn(f64, [f64; 2]) -> bool, value: f64| {
            range.is_none_or(|range| is_in(value, range))
        };
        let holds = is_of(self.speeds_kmh, |v, [low, high]| v > low && v <= high, speed_kmh)
            && is_of(self.radii_m, |r, [low, high]| r >= low && r < high, radius_m);
        let by_radius = if self.per_radius_m == 0.0 { 0.0 } else { self.per_radius_m * radius_m };
        let limit = self.value
            + self.per_kmh * speed_kmh
            + self.per_kmh2 * speed_kmh * speed_kmh
            + by_radius;
        holds.then_some(limit.max(0.0))
    }
}

/// By how much a curve is reckoned as a gradient.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum CurveCompensation {
    /// Not at all.
    #[default]
    None,
    /// So many permille, divided by the radius in metres: 700 on 1520 mm.
    Radius(f64),
    /// By Roeckl's rule for 1435 mm: 650 / (R - 55) permille from 300 m of radius on, below it
    /// 500 / (R - 30).
    Roeckl,
}

impl CurveCompensation {
    /// The gradient that resists like a curve of a curvature.
    ///
    /// ```
    /// use railcorridor::model::CurveCompensation;
    ///
    /// let [broad, normal] = [CurveCompensation::Radius(700.0), CurveCompensation::Roeckl];
    /// assert_eq!(broad.resistance_permille(1.0 / 350.0), 2.0);
    /// assert!((normal.resistance_permille(-1.0 / 705.0) - 1.0).abs() < 1e-12); // 650 / (705 - 55)
    /// assert_eq!(normal.resistance_permille(0.0), 0.0);
    /// ```
    #[must_use]
    pub fn resistance_permille(self, curvature_per_m: f64) -> f64 {
        let curvature_per_m = curvature_per_m.abs();
        // 650 / (R - 55) without a division by the radius, which may be infinite.
        let roeckl = |permille_m: f64, less_m: f64| {
            permille_m * curvature_per_m / (1.0 - less_m * curvature_per_m).max(f64::EPSILON)
        };
        match self {
            Self::None => 0.0,
            Self::Radius(permille_m) => permille_m * curvature_per_m,
            Self::Roeckl if curvature_per_m <= 1.0 / 300.0 => roeckl(650.0, 55.0),
            Self::Roeckl => roeckl(500.0, 30.0),
        }
    }

    /// The height that a curve takes for each radian: what its resistance is at a radius of a
    /// kilometre, in permille, over the kilometre of line in a radian.
    ///
    /// ```
    /// use railcorridor::model::CurveCompensation;
    ///
    /// assert!((CurveCompensation::Radius(700.0).climb_m_per_rad() - 0.7).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn climb_m_per_rad(self) -> f64 {
        self.resistance_permille(1e-3)
    }
}

/// The limits for a gauge and kind of traffic.
///
/// ```
/// use railcorridor::model::{Reading, Standard};
///
/// let german = Standard::builtin_called("1435-ebo")?;
/// assert_eq!((german.gauge_mm, german.rail_head_distance_mm), (1435, 1500.0));
/// let radius = &german.limits[0];
/// assert_eq!((radius.value, radius.unit.as_str(), radius.state), (300.0, "m", Reading::Verified));
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// Version of the file's format: [`FORMAT`](super::FORMAT).
    #[serde(default)]
    pub format: u32,
    /// Its id: `1520-mixed-120`.
    pub id: String,
    /// Its name.
    pub name: Name,
    /// What a reader must know of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Between the inner sides of the rails.
    pub gauge_mm: u32,
    /// Between the middles of the rail heads, to which cants belong.
    pub rail_head_distance_mm: f64,
    /// The speed of the fastest trains, where a line states none.
    pub speed_kmh: f64,
    /// The speed of the slowest trains that are reckoned with: for the excess of cant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slow_speed_kmh: Option<f64>,
    /// How curves are reckoned in the ruling gradient.
    #[serde(default)]
    pub curve_compensation: CurveCompensation,
    /// Its limits.
    #[serde(rename = "limit", default)]
    pub limits: Vec<Limit>,
    /// Speeds through stations, on bridges and in tunnels.
    #[serde(rename = "speed", default, skip_serializing_if = "Vec::is_empty")]
    pub speeds: Vec<PlaceSpeed>,
}

impl Standard {
    /// The standards that come with the crate, from `data/standards`.
    pub fn builtin() -> &'static [Self] {
        static BUILTIN: LazyLock<Vec<Standard>> = LazyLock::new(|| {
            let texts = [
                include_str!("../../data/standards/1520-mixed-120.toml"),
                include_str!("../../data/standards/1435-ebo.toml"),
                include_str!("../../data/standards/1435-en-tsi.toml"),
                include_str!("../../data/standards/1435-bane-nor.toml"),
                include_str!("../../data/standards/1676-irpwm.toml"),
            ];
            // A test reads each file; one that cannot be read would be missing here.
            texts.iter().filter_map(|text| Standard::from_toml_str(text).ok()).collect()
        });
        &BUILTIN
    }

    /// The one of these with an id.
    ///
    /// # Errors
    /// [`Error::Unknown`] if there is none; it names the nearest, or all.
    pub fn builtin_called(id: &str) -> Result<&'static Self> {
        let known = || Self::builtin().iter().map(|standard| standard.id.as_str());
        let found = Self::builtin().iter().find(|standard| standard.id == id);
        found.ok_or_else(|| Error::Unknown {
            what: "standard",
            name: id.to_owned(),
            hint: match nearest(id, known()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("there are {}", known().collect::<Vec<_>>().join(", ")),
            },
        })
    }

    /// Reads a standard's file.
    ///
    /// # Errors
    /// [`Error::Io`] if the file cannot be read, [`Error::Limit`] if it is far too long,
    /// [`Error::Study`] with all problems and their places if it is not right.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self> {
        read::file(path.as_ref())
    }

    /// Reads the text of a standard's file.
    ///
    /// # Errors
    /// [`Error::Study`] with all problems and their places.
    pub fn from_toml_str(text: &str) -> Result<Self> {
        read::text(text, None)
    }

    /// Holds a standard that was built in Rust against the rules of the file.
    ///
    /// # Errors
    /// [`Error::Study`] with all problems.
    pub fn check(&self) -> Result<()> {
        self.checked()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_standard_is_read() {
        let ids: Vec<&str> =
            Standard::builtin().iter().map(|standard| standard.id.as_str()).collect();
        assert_eq!(
            ids,
            ["1520-mixed-120", "1435-ebo", "1435-en-tsi", "1435-bane-nor", "1676-irpwm"]
        );
    }

    #[test]
    fn slips_are_told_with_their_places() {
        let text = include_str!("../../data/standards/1435-ebo.toml");
        for (from, to, expected) in [
            ("unit = \"m\"", "unit = \"km\"", "give the value in m"),
            ("value = 300", "value = -1", "outside 0 to 1000000"),
            ("value = 300", "value = inf", "value"),
            ("\"least-radius\"", "\"least-radios\"", "least-radius"),
            ("rail_head_distance_mm = 1500", "rail_head_distance_mm = 1", "wider than the gauge"),
            ("format = 1", "format = 2", "format = 2 is not known"),
            ("curve_compensation = \"roeckl\"", "curve_compensation = \"rockl\"", "roeckl"),
            ("speed_kmh = 160", "speed_kmh = 160\nslow_speed_kmh = 200", "not above speed_kmh"),
            ("id = \"1435-ebo\"", "id = \"EBO 1\"", "id"),
            (
                "[[limit]]",
                "[[speed]]\nplace = \"station\"\nspeed_kmh = 0\nsource = \"x\"\n\n[[limit]]",
                "outside 1 to 600",
            ),
            (
                "[[limit]]",
                "[[speed]]\nplace = \"yard\"\nspeed_kmh = 40\nsource = \"x\"\n\n[[limit]]",
                "yard",
            ),
            (
                "[[limit]]",
                "[[speed]]\nplace = \"tunnel\"\nspeed_kmh = 40\nlength_m = 9\nsource = \"x\"\n\n[[limit]]",
                "none of tunnels",
            ),
            (
                "[[limit]]",
                "[[speed]]\nplace = \"bridge\"\nspeed_kmh = 40\nsource = \"\"\n\n[[limit]]",
                "source is empty",
            ),
        ] {
            let slipped = text.replacen(from, to, 1);
            assert_ne!(slipped, text, "{from}");
            let problem = Standard::from_toml_str(&slipped).unwrap_err().to_string();
            assert!(
                problem.contains(expected) && problem.contains("line") | problem.contains("-->"),
                "{problem}"
            );
        }
    }

    #[test]
    fn limits_hold_for_their_speeds_and_radii_only() {
        let limit = Limit {
            value: -100.0 / 3.0,
            per_radius_m: 2.0 / 3.0,
            radii_m: Some([0.0, 305.0]),
            speeds_kmh: Some([0.0, 100.0]),
            ..Limit::default()
        };
        assert!((limit.at(100.0, 200.0).unwrap() - 100.0).abs() < 1e-9); // (200 - 50) / 1.5
        assert_eq!(limit.at(100.0, 20.0), Some(0.0));
        assert_eq!([limit.at(101.0, 200.0), limit.at(80.0, 305.0)], [None, None]);
    }
}
