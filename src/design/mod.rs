//! A line that can be built: held against the limits of a standard.
//!
//! [`check()`] goes over a whole [`Line`](crate::geometry::Line) with a
//! [`Standard`](crate::model::Standard) and tells for each limit the worst place and every place
//! where it is not kept, as a [`Finding`](crate::Finding).

mod check;
mod joint;

pub use check::{CheckOptions, Compliance, ComplianceRow, Verdict, WorstPlace, check};
pub use joint::{
    EarthPrices, EarthVolume, Formation, Ground, GroundPoint, LineCost, LineLimits, LinePrices,
    SectionSize, line_cost,
};
