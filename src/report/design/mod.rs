//! Designed lines for a reader: figures, quantities, costs, profile with ground and haul.

mod findings;
mod json;
mod picture;
mod side_by_side;
mod tables;
mod whole_life;

pub use findings::design_findings_table;
pub use json::track_json;
pub use picture::design_picture;
pub use side_by_side::designs_side_by_side_table;
pub use tables::{
    GradientDesign, bill_table, design_by_gradient_table, design_structures_table, design_table,
};
pub use whole_life::{whole_life_json, whole_life_table};
