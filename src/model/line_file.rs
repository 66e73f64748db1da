//! A line as a planner writes it: where its tangents meet, how sharp its curves are, how high it
//! lies.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::read::{self, Document as _};
use crate::error::{Error, Result};
use crate::geodesy::Coord;
use crate::geometry::{
    Alignment, Along, Cant, Chainage, CurveCant, Equation, Horizontal, Intersection, Line, Profile,
    Pvi, Ramp, Range, Rounding, VerticalShape,
};

/// A line in a TOML file: points of intersection with their curves, points of the profile, and
/// what belongs to stretches.
///
/// ```
/// use railcorridor::model::LineFile;
///
/// let file = LineFile::from_toml_str(
///     r#"
///     format = 1
///     name = "a right angle"
///     gauge_mm = 1520
///     rail_head_distance_mm = 1600
///     start = { e_m = 0, n_m = 0 }
///     end = { e_m = 2000, n_m = 2000 }
///
///     [[curve]]
///     at = { e_m = 2000, n_m = 0 }
///     radius_m = 500
///     transition_m = 80
///     cant_mm = 100
///
///     [[grade]]
///     distance_m = 0
///     height_m = 900
///
///     [[grade]] # without a distance: at the end of the line
///     height_m = 910
///     "#,
/// )?;
/// let line = file.line()?;
/// assert_eq!(line.alignment.horizontal().elements().len(), 5);
/// // The arc turns by a right angle less L / R of both transitions together.
/// let arc_m = 500.0 * (std::f64::consts::FRAC_PI_2 - 80.0 / 500.0);
/// let joints_m = line.alignment.horizontal().joints_m();
/// assert!((joints_m[3] - joints_m[2] - arc_m).abs() < 1e-9);
/// assert_eq!(line.alignment.at(0.5 * (joints_m[2] + joints_m[3]))?.banking.unwrap().cant_m, 0.1);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineFile {
    /// Version of the file's format: [`FORMAT`](super::FORMAT).
    #[serde(default)]
    pub format: u32,
    /// Its name.
    pub name: String,
    /// The code of the plane of its coordinates: 32641 is UTM zone 41 north.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epsg: Option<u32>,
    /// Between the inner sides of the rails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gauge_mm: Option<u32>,
    /// Between the middles of the rail heads; needed where there is a cant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rail_head_distance_mm: Option<f64>,
    /// The chainage at the beginning.
    #[serde(default)]
    pub first_chainage_m: f64,
    /// Where it begins.
    pub start: Coord,
    /// Where it ends.
    pub end: Coord,
    /// Its curves, in the order of the line.
    #[serde(rename = "curve", default)]
    pub curves: Vec<CurveEntry>,
    /// Points of its profile, in the order of the line; none if its heights are not known.
    #[serde(rename = "grade", default)]
    pub grades: Vec<GradeEntry>,
    /// Where chainages jump.
    #[serde(rename = "equation", default)]
    pub equations: Vec<Equation>,
    /// Speeds by stretches.
    #[serde(rename = "speed", default)]
    pub speeds: Vec<SpeedEntry>,
    /// Stations by stretches.
    #[serde(rename = "station", default)]
    pub stations: Vec<StationEntry>,
}

/// A point where tangents meet, and the curve between them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CurveEntry {
    /// Where the tangents meet.
    pub at: Coord,
    /// The radius of the arc, positive to both hands.
    pub radius_m: f64,
    /// The length of both transitions; none if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transition_m: Option<f64>,
    /// The length of the transition before the arc, if it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry_m: Option<f64>,
    /// The length of the transition behind the arc, if it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit_m: Option<f64>,
    /// The shape of the transitions and of the ramps of cant; a clothoid if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ramp: Option<Ramp>,
    /// The cant in the arc, positive inwards; it rises and falls along the transitions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cant_mm: Option<f64>,
}

/// A point where grades meet, or the profile begins or ends.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeEntry {
    /// Distance along the plan; the end of the line if absent, which only the last may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance_m: Option<f64>,
    /// Height above the sea.
    pub height_m: f64,
    /// The radius of the curve between the grades; a kink if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub radius_m: Option<f64>,
    /// The shape of that curve; a parabola if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape: Option<VerticalShape>,
}

/// A speed on a stretch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpeedEntry {
    /// Distance along the plan where it begins to hold.
    pub from_m: f64,
    /// Distance along the plan where it ceases to hold.
    pub to_m: f64,
    /// The speed of the fastest trains.
    pub speed_kmh: f64,
}

/// A station on a stretch.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StationEntry {
    /// Distance along the plan where it begins.
    pub from_m: f64,
    /// Distance along the plan where it ends.
    pub to_m: f64,
    /// Its name.
    pub name: String,
}

impl LineFile {
    /// Reads a line's file.
    ///
    /// # Errors
    /// [`Error::Io`] if the file cannot be read, [`Error::Limit`] if it is far too long,
    /// [`Error::Study`] with all problems and their places if it is not right.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self> {
        read::file(path.as_ref())
    }

    /// Reads the text of a line's file.
    ///
    /// # Errors
    /// [`Error::Study`] with all problems and their places.
    pub fn from_toml_str(text: &str) -> Result<Self> {
        read::text(text, None)
    }

    /// Holds a line that was built in Rust against the rules of the file.
    ///
    /// # Errors
    /// [`Error::Study`] with all problems.
    pub fn check(&self) -> Result<()> {
        self.checked()
    }

    /// The exact line.
    ///
    /// # Errors
    /// Those of [`Horizontal::through`], [`Profile::through`], [`Cant::new`], [`Alignment::new`],
    /// [`Chainage::new`] and [`Along::new`]; [`Error::OutOfRange`] if a curve has a cant and no
    /// transition, or cants and no distance of the rail heads.
    pub fn line(&self) -> Result<Line> {
        let points: Vec<Intersection> = self.curves.iter().map(CurveEntry::intersection).collect();
        let plan = Horizontal::through(self.start, &points, self.end)?;
        let length_m = plan.length_m();
        let profile = match self.grades.as_slice() {
            [] => None,
            grades => {
                let point = |grade: &GradeEntry| grade.point(length_m);
                Some(Profile::through(&grades.iter().map(point).collect::<Vec<_>>())?)
            }
        };
        let cant = self.cant(&plan)?;
        let chainage = Chainage::new(length_m, self.first_chainage_m, &self.equations)?;
        let speeds = self.speeds.iter();
        let speeds = speeds.map(|speed| Range {
            from_m: speed.from_m,
            to_m: speed.to_m,
            value: speed.speed_kmh,
        });
        let speeds_kmh = match self.speeds.is_empty() {
            true => None,
            false => Some(Along::new(speeds.collect())?),
        };
        let alignment = Alignment::new(plan, profile, cant)?;
        let line = Line::new(self.name.clone(), alignment)?;
        Ok(Line { epsg: self.epsg, gauge_mm: self.gauge_mm, chainage, speeds_kmh, ..line })
    }

    /// Where its stations lie; nothing if it has none.
    ///
    /// # Errors
    /// Those of [`Along::new`].
    pub fn station_ranges(&self) -> Result<Option<Along<String>>> {
        if self.stations.is_empty() {
            return Ok(None);
        }
        let range = |station: &StationEntry| Range {
            from_m: station.from_m,
            to_m: station.to_m,
            value: station.name.clone(),
        };
        Along::new(self.stations.iter().map(range).collect()).map(Some)
    }

    /// The cant, which rises and falls along transitions; nothing if no curve has one.
    fn cant(&self, plan: &Horizontal) -> Result<Option<Cant>> {
        if self.curves.iter().all(|curve| curve.cant_mm.is_none()) {
            return Ok(None);
        }
        let Some(rail_head_distance_mm) = self.rail_head_distance_mm else {
            return Err(Error::OutOfRange {
                item: "rail_head_distance_mm".to_owned(),
                value: 0.0,
                limit: "300 to 3000".to_owned(),
                hint: "cants need it: about 1600 on 1520 mm, 1500 on 1435 mm".to_owned(),
            });
        };
        let inwards = |curve: &CurveEntry| CurveCant {
            inwards_m: curve.cant_mm.unwrap_or(0.0) * 1e-3,
            ramp: curve.ramp.unwrap_or(Ramp::Clothoid),
        };
        let cants: Vec<CurveCant> = self.curves.iter().map(inwards).collect();
        Cant::of_curves(rail_head_distance_mm * 1e-3, plan, &cants).map(Some)
    }
}

impl CurveEntry {
    fn intersection(&self) -> Intersection {
        let both_m = self.transition_m.unwrap_or(0.0);
        Intersection {
            coord: self.at,
            radius_m: self.radius_m,
            entry_length_m: self.entry_m.unwrap_or(both_m),
            exit_length_m: self.exit_m.unwrap_or(both_m),
            ramp: self.ramp.unwrap_or(Ramp::Clothoid),
        }
    }
}

impl GradeEntry {
    fn point(&self, length_m: f64) -> Pvi {
        let rounding = match (self.radius_m, self.shape) {
            (None, _) => Rounding::None,
            (Some(radius_m), Some(VerticalShape::Circle)) => Rounding::Circle { radius_m },
            (Some(radius_m), _) => Rounding::Parabola { radius_m },
        };
        let distance_m = self.distance_m.unwrap_or(length_m);
        Pvi { distance_m, height_m: self.height_m, rounding }
    }
}
