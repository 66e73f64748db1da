//! Plan and profile together: what a line costs on its ground, and which limits it keeps.

mod ground;
mod line_cost;
mod line_limits;
mod positive_part;
mod prices;
mod section;
mod varying;

pub use ground::{Ground, GroundPoint};
pub use line_cost::{LineCost, line_cost};
pub use line_limits::LineLimits;
pub use prices::{EarthPrices, EarthVolume, LinePrices};
pub use section::{Formation, SectionSize};
