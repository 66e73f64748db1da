//! Designed lines for a reader: figures, quantities, costs, profile with ground and haul.

mod json;
mod picture;
mod tables;

pub use json::design_json;
pub use picture::design_picture;
pub use tables::{
    bill_table, design_by_gradient_table, design_findings_table, design_structures_table,
    design_table,
};
