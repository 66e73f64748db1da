//! Ways between two places that really differ, each locally the cheapest, in order of cost.
//!
//! Candidates come from three sources: by the passes of the terrain (or with summits closed), by
//! making the ways found so far dearer, and by via cells that lie on a good way of their own. Each
//! is then searched exactly in a band round it. What is kept is settled by rules alone (Abraham,
//! Delling, Goldberg, Werneck 2010, Alternative routes in road networks): cost near the best,
//! little shared with each better one, and no cheaper way between the ends of the part that makes
//! it.

mod by_cells;
mod by_levels;
mod candidates;
mod leg;
mod name;
mod overlap;
mod select;
mod ways;

pub use by_cells::cell_alternatives;
pub use by_levels::level_alternatives;
pub use leg::{LegAlternatives, RouteAlternative, alternatives, alternatives_until};
pub(super) use name::{Named, Naming, name};
pub(super) use overlap::Plan;

use crate::error::{Result, within};

/// Which ways count as alternatives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AlternativeOptions {
    /// How many ways at most, the best among them.
    pub count: usize,
    /// How much dearer than the best an alternative may be, as a share of its cost.
    pub dearer_share: f64,
    /// The share of its length that an alternative may have in common with each better one.
    pub shared_share: f64,
    /// Ways closer together than this count as one, metres.
    pub beside_m: f64,
    /// Length of the part that must be a cheapest way itself, as a share of the best's length; the
    /// part lies round the place that is farthest from all better ways.
    pub local_share: f64,
    /// Passes count if both heights beside them rise so far above them, metres.
    pub pass_depth_m: f64,
}

impl Default for AlternativeOptions {
    fn default() -> Self {
        Self {
            count: 4,
            dearer_share: 0.25,
            shared_share: 0.4,
            beside_m: 2_000.0,
            local_share: 0.25,
            pass_depth_m: 50.0,
        }
    }
}

impl AlternativeOptions {
    /// # Errors
    /// [`Error::OutOfRange`] for an option without sense.
    fn check(&self) -> Result<()> {
        let range = |item: &str, value: f64, high: f64| {
            within(|| item.to_owned(), value, (0.0, high), "see AlternativeOptions")
        };
        range("dearer_share", self.dearer_share, 100.0)?;
        range("shared_share", self.shared_share, 1.0)?;
        range("beside_m", self.beside_m, 1e6)?;
        range("local_share", self.local_share, 1.0)?;
        range("pass_depth_m", self.pass_depth_m, 1e5)
    }
}

/// A way that differs from all better ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative<W> {
    /// The way.
    pub way: W,
    /// The largest share of its length within reach of one better way; 0 for the best.
    pub shared_share: f64,
    /// Its cost over that of the best; 1 for the best.
    pub detour_ratio: f64,
    /// Its cell that is farthest from all better ways; for the best, the one in the middle.
    pub via: (usize, usize),
}
