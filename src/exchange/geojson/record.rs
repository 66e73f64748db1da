//! A line as plain data, with every number from which the same line is made again.

use serde::{Deserialize, Serialize};

use crate::error::{Result, within};
use crate::geodesy::Coord;
use crate::geometry::{
    Alignment, Along, Arc, Cant, CantPoint, Chainage, Element, Equation, Horizontal, Line, Profile,
    Ramp, Range, Tangent, Transition, VerticalElement, VerticalShape,
};

/// A line with the tolerance to which its file draws it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    format: u32,
    drawn_to_m: f64,
    pub(super) name: String,
    epsg: Option<u32>,
    gauge_mm: Option<u32>,
    start_easting_m: f64,
    start_northing_m: f64,
    start_bearing_rad: f64,
    elements: Vec<Piece>,
    profile: Option<Heights>,
    cant: Option<Cants>,
    first_chainage_m: f64,
    equations: Vec<Equation>,
    speeds_kmh: Option<Vec<Range<f64>>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
enum Piece {
    Tangent {
        length_m: f64,
    },
    Arc {
        length_m: f64,
        curvature_per_m: f64,
    },
    Transition {
        ramp: Ramp,
        length_m: f64,
        curvature_from_per_m: f64,
        curvature_to_per_m: f64,
        sway_m: f64,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Heights {
    start_distance_m: f64,
    start_height_m: f64,
    elements: Vec<Slope>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Slope {
    shape: VerticalShape,
    length_m: f64,
    gradient_from_ratio: f64,
    gradient_to_ratio: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cants {
    rail_head_distance_m: f64,
    points: Vec<CantPoint>,
}

/// The only one so far.
const FORMAT: u32 = 1;

impl Record {
    pub(super) fn new(line: &Line, drawn_to_m: f64) -> Self {
        let plan = line.alignment.horizontal();
        let profile = line.alignment.profile().map(|profile| Heights {
            start_distance_m: profile.start_m(),
            start_height_m: profile.at(profile.start_m()).map_or(0.0, |level| level.height_m),
            elements: profile.elements().iter().map(Slope::new).collect(),
        });
        let cant = line.alignment.cant().map(|cant| Cants {
            rail_head_distance_m: cant.rail_head_distance_m(),
            points: cant.points().to_vec(),
        });
        Self {
            format: FORMAT,
            drawn_to_m,
            name: line.name.clone(),
            epsg: line.epsg,
            gauge_mm: line.gauge_mm,
            start_easting_m: plan.start().e_m,
            start_northing_m: plan.start().n_m,
            start_bearing_rad: plan.start_bearing_rad(),
            elements: plan.elements().iter().map(Piece::new).collect(),
            profile,
            cant,
            first_chainage_m: line.chainage.first_m(),
            equations: line.chainage.equations().collect(),
            speeds_kmh: line.speeds_kmh.as_ref().map(|speeds| speeds.ranges().to_vec()),
        }
    }

    /// The line, and the tolerance to which it is drawn.
    pub(super) fn line(self) -> Result<(Line, f64)> {
        let item = || "format of the line".to_owned();
        within(item, f64::from(self.format), (1.0, f64::from(FORMAT)), "take a newer version")?;
        let elements = self.elements.iter().map(Piece::element).collect::<Result<_>>()?;
        let start = Coord { e_m: self.start_easting_m, n_m: self.start_northing_m };
        let plan = Horizontal::new(start, self.start_bearing_rad, elements)?;
        let profile = self.profile.map(Heights::profile).transpose()?;
        let cant = self.cant.map(|cant| Cant::new(cant.rail_head_distance_m, cant.points));
        let chainage = Chainage::new(plan.length_m(), self.first_chainage_m, &self.equations)?;
        let alignment = Alignment::new(plan, profile, cant.transpose()?)?;
        let mut line = Line::new(self.name, alignment)?;
        line.epsg = self.epsg;
        line.gauge_mm = self.gauge_mm;
        line.chainage = chainage;
        line.speeds_kmh = self.speeds_kmh.map(Along::new).transpose()?;
        Ok((line, self.drawn_to_m))
    }
}

impl Heights {
    fn profile(self) -> Result<Profile> {
        let elements = self.elements.iter().map(|slope| {
            let Slope { shape, length_m, gradient_from_ratio, gradient_to_ratio } = *slope;
            VerticalElement::new(shape, length_m, gradient_from_ratio, gradient_to_ratio)
        });
        let elements = elements.collect::<Result<_>>()?;
        Profile::new(self.start_distance_m, self.start_height_m, elements)
    }
}

impl Slope {
    fn new(element: &VerticalElement) -> Self {
        Self {
            shape: element.shape(),
            length_m: element.length_m(),
            gradient_from_ratio: element.gradient_from_ratio(),
            gradient_to_ratio: element.gradient_to_ratio(),
        }
    }
}

impl Piece {
    fn new(element: &Element) -> Self {
        let length_m = element.length_m();
        match element {
            Element::Tangent(_) => Self::Tangent { length_m },
            Element::Arc(arc) => Self::Arc { length_m, curvature_per_m: arc.curvature_per_m() },
            Element::Transition(transition) => Self::Transition {
                ramp: transition.ramp(),
                length_m,
                curvature_from_per_m: transition.curvature_from_per_m(),
                curvature_to_per_m: transition.curvature_to_per_m(),
                sway_m: transition.sway_m(),
            },
        }
    }

    fn element(&self) -> Result<Element> {
        Ok(match *self {
            Self::Tangent { length_m } => Tangent::new(length_m)?.into(),
            Self::Arc { length_m, curvature_per_m } => {
                Arc::with_curvature(length_m, curvature_per_m)?.into()
            }
            Self::Transition {
                ramp,
                length_m,
                curvature_from_per_m: from_per_m,
                curvature_to_per_m: to_per_m,
                sway_m,
            } => {
                let rolls = ramp == Ramp::Viennese && sway_m != 0.0;
                let reach = if rolls { (-MOST_SWAY_M, MOST_SWAY_M) } else { (0.0, 0.0) };
                within(|| "sway_m".to_owned(), sway_m, reach, "only a Viennese bend rolls")?;
                // No negative zero.
                Transition::swaying(ramp, length_m, from_per_m, to_per_m, sway_m + 0.0)?.into()
            }
        })
    }
}

/// 10 m of height over a roll of 2 m of cant would be more, but no railway's.
const MOST_SWAY_M: f64 = 32.0;
