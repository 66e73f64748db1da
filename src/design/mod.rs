//! From a way to a line that can be built: plan, profile, structures, earth, costs, and the limits
//! of a standard.
//!
//! [`design()`] lays a line along a way of the search: tangents and curves by [`choose_plan`], the
//! cheapest levels for them by [`profile_bound`], gradients and vertical curves by
//! [`cheapest_profile`], and counts what it takes as a [`Bill`]. A [`Section`] tells how much earth
//! lies between two places of a line; [`mass_haul`] where it goes. [`check()`] goes over a whole
//! [`Line`](crate::geometry::Line) with a [`Standard`](crate::model::Standard) and tells for each
//! limit the worst place and every place where it is not kept, as a [`Finding`](crate::Finding).
//!
//! [`line_cost`] prices a line on its ground, and [`design_line`] seeks a cheap one: plan and profile
//! together, under the limits of a [`LineTask`].

mod accuracy;
mod amounts;
mod bill;
mod build;
mod check;
mod curve_class;
mod direction;
mod finish;
mod haul;
mod joint;
mod lay;
mod loops;
mod notes;
mod options;
mod passes;
mod plan;
mod plane_ground;
mod profile;
mod section;
mod streams;
mod sweep;
mod tie_in;
mod track;
mod way_cost;
mod whole_life;
mod zones;

pub use accuracy::{VolumeBand, VolumeDraw};
pub use bill::{Bill, BillItem, BillRow};
pub use build::{DesignProgress, design, designs};
pub use check::{CheckOptions, Compliance, ComplianceRow, Verdict, WorstPlace, check};
pub use curve_class::CurveClass;
pub use haul::{HaulRates, MassHaul, mass_haul};
pub use joint::{
    Bend, EarthPrices, EarthVolume, Formation, GradePoint, Ground, GroundPoint, JointDesign,
    JointOptions, JointWatch, LineCost, LineDraft, LineEnd, LineLimits, LinePrices, LineTask,
    SectionSize, design_line, design_line_watched, improve_line, line_cost,
};
pub(crate) use loops::loops_wanted;
pub use options::DesignOptions;
pub use plan::{GuidePoint, PlaceCost, PlanChoice, PlanPass, PlanProblem, choose_plan};
pub use plane_ground::PlaneGround;
pub use profile::{
    CheapestProfile, CostPoint, CostSet, GradientRange, HeightCost, LevelLimit, LevelRule,
    ProfileBound, ProfileProblem, RiseCost, Structure, Works, cheapest_profile, profile_bound,
};
pub use section::{Earth, Section};
pub use streams::StreamCrossing;
pub use sweep::cheapest_not_steeper;
pub use tie_in::{SegmentEnd, TieIn};
pub use track::{DesignRound, Track, TrackPoint};
pub use way_cost::WayCost;
pub use whole_life::{
    OperatingCost, OperatingPrices, OperatingRates, WholeLife, present_value_years,
};
pub use zones::PlaneZones;
