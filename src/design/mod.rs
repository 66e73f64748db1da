//! A line that can be built: held against the limits of a standard.
//!
//! [`check()`] goes over a whole [`Line`](crate::geometry::Line) with a
//! [`Standard`](crate::model::Standard) and tells for each limit the worst place and every place
//! where it is not kept, as a [`Finding`](crate::Finding).
//!
//! [`line_cost`] prices a line on its ground, and [`design_line`] seeks a cheap one: plan and profile
//! together, under the limits of a [`LineTask`].

mod check;
mod joint;

pub use check::{CheckOptions, Compliance, ComplianceRow, Verdict, WorstPlace, check};
pub use joint::{
    Bend, EarthPrices, EarthVolume, Formation, GradePoint, Ground, GroundPoint, JointDesign,
    JointOptions, JointWatch, LineCost, LineDraft, LineEnd, LineLimits, LinePrices, LineTask,
    SectionSize, design_line, design_line_watched, improve_line, line_cost,
};
