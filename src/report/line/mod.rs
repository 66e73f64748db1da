//! The exact line for a reader: its elements, its profile, places on it, limits, and its strip.

mod compliance;
mod elements;
mod places;
mod strip;

pub use compliance::{compliance_table, line_findings_table};
pub use elements::{elements_table, grades_table, line_figures_table};
pub use places::{PlaceAsked, line_places_table};
pub use strip::line_strip_picture;

use crate::geometry::{Line, Notation};

/// How chainages of a line are written: in pickets on 1520 mm, else in kilometres.
fn notation(line: &Line) -> Notation {
    if line.gauge_mm == Some(1520) { Notation::Picket } else { Notation::Kilometre }
}

/// The chainage at a distance as it stands on the posts.
fn post(line: &Line, distance_m: f64, decimals: u32) -> String {
    line.chainage.write(distance_m, notation(line), decimals).unwrap_or_default()
}
