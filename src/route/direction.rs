//! From which end the ways of a leg are searched.

use super::{LevelOptions, LevelPath};

/// A cell, by row and column.
type Cell = (usize, usize);

/// The ends of a leg in the direction in which its ways are searched: from the northern one, of two in
/// a row from the western one. A move costs what its end does, and equally cheap ways are met in
/// another order from the other end; so the same way is found whichever end a leg begins at. Where
/// climbs cost more than falls, the direction counts, and it is that of the leg.
#[derive(Debug, Clone, Copy)]
pub(super) struct SearchedEnds {
    /// From where to where.
    pub ends: (Cell, Cell),
    is_turned: bool,
}

impl SearchedEnds {
    pub(super) fn new((from, to): (Cell, Cell), levels: &LevelOptions) -> Self {
        let is_turned = levels.climb_ratio == 0.0 && to < from;
        let ends = if is_turned { (to, from) } else { (from, to) };
        Self { ends, is_turned }
    }

    /// A way that was found, as the leg runs.
    pub(super) fn along_leg(&self, mut way: LevelPath) -> LevelPath {
        if self.is_turned {
            way.nodes.reverse();
        }
        way
    }
}
