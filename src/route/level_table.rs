//! The cells that a search has reached, each with the costs of its levels.

use super::pages::{NONE, UNKNOWN};

/// A page and a level of it.
pub(super) type State = (usize, usize);

/// What is known of the levels of a cell that was reached.
pub(super) struct Reached {
    /// Levels that have entered their neighbours at the cost that they have now.
    pub(super) expanded: u64,
    /// By move: levels of the neighbour that a level of this cell has entered already.
    pub(super) covered: [u64; 16],
    /// The dearest level that has entered its neighbours.
    pub(super) dearest: u32,
}

/// Which levels of a cell have a final cost.
#[derive(Clone, Copy, Default)]
pub(super) struct FinalLevels {
    /// As bits.
    pub(super) levels: u64,
    /// What the least key of all that waited was when they were taken for final.
    pub(super) as_of: u32,
}

/// The costs of a cell that are final.
#[derive(Clone, Copy, Default)]
pub(super) struct Finals<'a> {
    /// Their levels, as bits.
    levels: u64,
    costs: &'a [u32],
}

impl Finals<'_> {
    /// Cost of a level, if it is final.
    #[inline]
    pub(super) fn cost(&self, level: usize) -> Option<u32> {
        if self.levels >> level & 1 == 1 { self.costs.get(level).copied() } else { None }
    }
}

/// The cells that were reached, each with the costs of its levels.
pub(super) struct Table {
    pub(super) levels: usize,
    /// By page: its place in the others, or [`NONE`].
    places: Vec<u32>,
    /// By place.
    pub(super) finals: Vec<FinalLevels>,
    pub(super) reached: Vec<Reached>,
    /// By place and level: cost from the start.
    pub(super) costs: Vec<u32>,
}

impl Table {
    pub(super) fn new(levels: usize) -> Self {
        let (places, finals, reached, costs) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { levels, places, finals, reached, costs }
    }

    /// The place of a page, made if need be.
    #[inline]
    pub(super) fn place(&mut self, page: usize) -> Option<usize> {
        if page >= self.places.len() {
            self.places.resize(page + 1, NONE);
        }
        let place = self.places.get_mut(page)?;
        if *place == NONE {
            *place = u32::try_from(self.finals.len()).ok()?;
            self.finals.push(FinalLevels::default());
            self.reached.push(Reached { expanded: 0, covered: [0; 16], dearest: 0 });
            self.costs.resize(self.costs.len() + self.levels, UNKNOWN);
        }
        Some(*place as usize)
    }

    /// The place of a page that has one.
    #[inline]
    pub(super) fn known(&self, page: usize) -> Option<usize> {
        self.places.get(page).copied().filter(|place| *place != NONE).map(|place| place as usize)
    }

    pub(super) fn cost(&self, (page, level): State) -> Option<u32> {
        self.costs.get(self.known(page)? * self.levels + level).copied()
    }

    /// The costs of a page that are final.
    #[inline]
    pub(super) fn finals_of(&self, page: usize) -> Finals<'_> {
        let of_place = self.known(page).and_then(|place| {
            let first = place * self.levels;
            let costs = self.costs.get(first..first + self.levels)?;
            Some(Finals { levels: self.finals.get(place)?.levels, costs })
        });
        of_place.unwrap_or_default()
    }

    pub(super) fn bytes(&self) -> usize {
        4 * (self.places.capacity() + self.costs.capacity())
            + size_of::<FinalLevels>() * self.finals.capacity()
            + size_of::<Reached>() * self.reached.capacity()
    }
}

/// The most bytes of what is known of a cell with so many levels, with its place and its key in the
/// queue.
pub(super) fn bytes_of_cell(levels: usize) -> usize {
    size_of::<Reached>() + size_of::<FinalLevels>() + 4 * (levels + 2)
}
