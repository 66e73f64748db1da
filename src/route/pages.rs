//! The cells that a search has touched, with what leads out of them, made when they are needed.

use prefetch_index::prefetch_index;

use super::Ground;
use super::bound::Bound;
use super::by_cell::ByCell;
use super::levels::{COST_BITS, DEAREST_RATIO, LEVEL, Levels};
use super::moves::{Move, Moves, UNITS_PER_M, between};

/// No cost known.
pub(super) const UNKNOWN: u32 = u32::MAX;

/// Index of the page of a cell that has none, or cannot be entered.
pub(super) const NONE: u32 = u32::MAX;

/// The dearest metre in fixed point.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "4,000 times 2^20")]
pub(super) const DEAREST: u64 = (DEAREST_RATIO as u64) << COST_BITS;

/// What every neighbour asks of a cell.
#[derive(Clone, Copy)]
pub(super) struct Head {
    pub(super) cell: u32,
    /// Height of the ground, in parts of a level step.
    pub(super) ground: i32,
    /// Least cost to the end over cells alone.
    pub(super) to_go: u32,
    /// Its [`Exits`]; [`NONE`] until a state of it is settled.
    pub(super) exits: u32,
}

/// What the moves out of a cell lead to, so that most need not look there.
pub(super) struct Exits {
    /// By move: page of the neighbour; [`NONE`] if the move cannot be made.
    pub(super) next: [u32; 16],
    /// By move: height of the neighbour's ground.
    pub(super) ground: [i32; 16],
    /// By move: least cost from the neighbour to the end over cells alone.
    pub(super) to_go: [u32; 16],
    pub(super) row: u32,
    /// By move, as bits: whether it begins or ends in a station.
    pub(super) stations: u16,
}

impl Exits {
    /// What a move may rise or fall, in parts of a level step.
    #[inline]
    pub(super) fn reach(&self, number: usize, one: &Move) -> i32 {
        let is_station = self.stations >> number & 1 == 1;
        if is_station { one.station_reach } else { one.reach }
    }
}

/// What the moves out of a cell cost beside their metres, where that differs.
pub(super) struct Weights {
    /// By move: factor of the cost of a metre in the neighbour, in units of 2^-20.
    pub(super) friction: [u32; 16],
    /// By move: what it crosses, in units of cost.
    pub(super) crossing: [u32; 16],
}

pub(super) struct Pages<'a> {
    ground: &'a Ground,
    levels: &'a Levels,
    moves: &'a Moves,
    pub(super) bound: Bound<'a>,
    /// The first so many pages are stations.
    pub(super) stations: usize,
    of_cell: ByCell<u32>,
    pub(super) heads: Vec<Head>,
    pub(super) exits: Vec<Exits>,
    /// Beside each [`Exits`]; empty if the ground is plain.
    pub(super) weights: Vec<Weights>,
}

impl<'a> Pages<'a> {
    pub(super) fn new(
        ground: &'a Ground,
        levels: &'a Levels,
        moves: &'a Moves,
        bound: Bound<'a>,
    ) -> Self {
        Self {
            ground,
            levels,
            moves,
            bound,
            stations: 0,
            of_cell: ByCell::new(ground.rows() * ground.cols(), 1, NONE),
            heads: Vec::new(),
            exits: Vec::new(),
            weights: Vec::new(),
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.of_cell.bytes()
            + self.heads.capacity() * size_of::<Head>()
            + self.exits.capacity() * size_of::<Exits>()
            + self.weights.capacity() * size_of::<Weights>()
            + self.bound.bytes()
    }

    /// Index of the cell's page, made if need be; `None` where nothing is known of the ground.
    pub(super) fn index(&mut self, cell: usize) -> Option<usize> {
        let known = self.of_cell.get(cell)?;
        if known != NONE {
            return Some(known as usize);
        }
        let (row, col) = (cell / self.ground.cols(), cell % self.ground.cols());
        let ground = self.levels.parts(self.ground.height_m(row, col)?);
        let index = u32::try_from(self.heads.len()).ok()?;
        let to_go = self.bound.left_from(cell);
        self.heads.push(Head { cell: u32::try_from(cell).ok()?, ground, to_go, exits: NONE });
        *self.of_cell.get_mut(cell)? = index;
        Some(index as usize)
    }

    /// Index of the cell's page if it has one.
    pub(super) fn index_of(&self, cell: usize) -> Option<usize> {
        self.of_cell.get(cell).filter(|index| *index != NONE).map(|index| index as usize)
    }

    /// The exits of a page, if they were made, and what weighs on them.
    pub(super) fn exits_of(&self, index: usize) -> Option<(&Exits, Option<&Weights>)> {
        let number = self.heads.get(index)?.exits as usize;
        self.exits.get(number).map(|exits| (exits, self.weights.get(number)))
    }

    /// Brings the head of a page near.
    #[inline(always)]
    pub(super) fn prefetch_head(&self, index: usize) {
        prefetch_index(&self.heads, index);
    }

    /// Brings the exits of a page near, if they were made.
    #[inline(always)]
    pub(super) fn prefetch_exits(&self, index: usize) {
        if let Some((Exits { next, ground, to_go, row, .. }, _)) = self.exits_of(index) {
            prefetch_index(next, 0);
            prefetch_index(ground, 0);
            prefetch_index(to_go, 0);
            prefetch_index(to_go, to_go.len() - 1);
            prefetch_index(std::slice::from_ref(row), 0);
        }
    }

    /// Makes the exits of a page, once, and the pages that they lead to.
    pub(super) fn expand(&mut self, index: usize) -> Option<()> {
        let head = *self.heads.get(index)?;
        if head.exits != NONE {
            return Some(());
        }
        let cell = head.cell as usize;
        let row = u32::try_from(cell / self.ground.cols()).ok()?;
        let mut exits =
            Exits { next: [NONE; 16], ground: [0; 16], to_go: [UNKNOWN; 16], stations: 0, row };
        for (number, to, _) in self.moves.from(cell) {
            let Some(known) = self.index(to) else { continue };
            let there = *self.heads.get(known)?;
            *exits.ground.get_mut(number)? = there.ground;
            *exits.to_go.get_mut(number)? = there.to_go;
            let at_station = index < self.stations || known < self.stations;
            exits.stations |= u16::from(at_station) << number;
            *exits.next.get_mut(number)? = u32::try_from(known).ok()?;
        }
        close_corners(&mut exits.next);
        let number = u32::try_from(self.exits.len()).ok()?;
        self.exits.push(exits);
        if !self.ground.is_plain() {
            self.weights.push(self.weights_of(cell));
        }
        self.heads.get_mut(index)?.exits = number;
        Some(())
    }

    fn weights_of(&self, cell: usize) -> Weights {
        let mut weights = Weights { friction: [LEVEL; 16], crossing: [0; 16] };
        for (number, to, _) in self.moves.from(cell) {
            if let Some(friction) = weights.friction.get_mut(number) {
                *friction = self.ground.friction(to);
            }
            if let Some(crossing) = weights.crossing.get_mut(number) {
                *crossing = crossing_units(self.ground, cell, number);
            }
        }
        weights
    }
}

/// The most bytes of a page and its exits.
pub(super) fn bytes_of_page(is_plain: bool) -> usize {
    let weights = if is_plain { 0 } else { size_of::<Weights>() };
    size_of::<Head>() + size_of::<Exits>() + weights
}

/// Moves past two closed corners, and knight moves past a closed cell, cannot be made.
fn close_corners(next: &mut [u32; 16]) {
    let open = next.map(|next| next != NONE);
    let is_open = |number: usize| open.get(number) == Some(&true);
    for (number, next) in next.iter_mut().enumerate() {
        // Moves 4 to 7 run between the ends of two of the first four.
        const CORNERS: [[usize; 2]; 4] = [[0, 2], [1, 3], [1, 2], [0, 3]];
        let shut = match (between(number), number.checked_sub(4).and_then(|at| CORNERS.get(at))) {
            (Some([a, b]), _) => !is_open(a) || !is_open(b),
            (None, Some([a, b])) => !is_open(*a) && !is_open(*b),
            (None, None) => false,
        };
        if shut {
            *next = NONE;
        }
    }
}

/// The cost of a metre times a factor, both in units of 2^-20.
#[inline]
pub(super) fn weighted(metre: u32, friction: u32) -> u32 {
    let product = (u64::from(metre) * u64::from(friction) + (1 << (COST_BITS - 1))) >> COST_BITS;
    u32::try_from(product.min(DEAREST)).unwrap_or(u32::MAX)
}

/// What a move crosses, in units of cost.
pub(super) fn crossing_units(ground: &Ground, cell: usize, number: usize) -> u32 {
    if ground.is_plain() {
        return 0;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
    let units = (ground.crossing_m(cell, number) * UNITS_PER_M).round() as u32;
    units
}
