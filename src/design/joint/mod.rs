//! Plan and profile together: what a line costs on its ground, and the cheapest one.

mod course;
mod ground;
mod layout;
mod levels;
mod line_bound;
mod line_cost;
mod line_draft;
mod line_limits;
mod line_task;
mod objective;
mod positive_part;
mod prices;
mod quasi_newton;
mod search;
mod section;
mod starts;
mod trial;
mod variables;
mod variants;
mod varying;

pub use ground::{Ground, GroundPoint};
pub use line_cost::{LineCost, line_cost};
pub use line_draft::{Bend, GradePoint, LineDraft};
pub use line_limits::LineLimits;
pub use line_task::{LineEnd, LineTask};
pub use prices::{EarthPrices, EarthVolume, LinePrices};
pub use search::{
    JointDesign, JointOptions, JointWatch, design_line, design_line_watched, improve_line,
};
pub use section::{Formation, SectionSize};
