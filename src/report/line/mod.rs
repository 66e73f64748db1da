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

/// How chainages of a line are written: as is usual on its gauge, in kilometres if it is not known.
fn notation(line: &Line) -> Notation {
    line.gauge_mm.map_or(Notation::Kilometre, Notation::usual_on)
}

/// The chainage at a distance as it stands on the posts.
fn post(line: &Line, distance_m: f64, decimals: u32) -> String {
    line.chainage.write(distance_m, notation(line), decimals).unwrap_or_default()
}
