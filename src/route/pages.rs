//! Levels of the cells that a search has touched, made when they are first needed.

use super::bound::Bound;
use super::moves::Moves;
use super::{Ground, LevelOptions};

/// The most levels of a cell: one bit each in a word.
pub(super) const MOST_LEVELS: usize = 64;

/// Fixed point of the cost of a metre.
const COST_BITS: u32 = 20;

/// The dearest metre that fits the fixed point.
pub(super) const DEAREST_RATIO: f64 = 4_000.0;

/// No cost known.
pub(super) const UNKNOWN: u32 = u32::MAX;

/// What every neighbour asks of a cell, kept close together.
#[derive(Clone, Copy)]
pub(super) struct Head {
    /// Height of level 0, in level steps above zero.
    pub(super) lowest: i32,
    /// Least cost from the cell to the end.
    pub(super) to_go: u32,
    /// Levels whose cost is final.
    pub(super) closed: u64,
}

/// What a move out of a cell leads to, so that most moves need not look there.
#[derive(Clone, Copy)]
pub(super) struct Exit {
    /// Page of the neighbour; [`NONE`] if the move cannot be made.
    pub(super) page: u32,
    /// Height of the neighbour's level 0.
    pub(super) lowest: i32,
    /// Length of the move, in units.
    pub(super) length: u32,
    /// Pages of the cells between, if they are paid for.
    pub(super) sides: Option<[u32; 2]>,
}

/// What is known of the levels of one cell.
pub(super) struct Page {
    pub(super) cell: u32,
    /// By move: levels that the gradient lets it rise or fall.
    pub(super) reach: [u8; 16],
    /// By move: what it leads to; made when the first level of the cell is settled.
    pub(super) exits: Option<[Exit; 16]>,
    /// By move: levels of the neighbour that a cheaper level of this cell has reached already.
    pub(super) covered: [u64; 16],
    /// Cost of a metre by level, in units of 2^-20.
    pub(super) metre: [u32; MOST_LEVELS],
    /// Least cost from the start, in units.
    pub(super) cost: [u32; MOST_LEVELS],
}

/// Index of the page of a cell that has none.
pub(super) const NONE: u32 = u32::MAX;

pub(super) struct Pages<'a> {
    ground: &'a Ground,
    options: &'a LevelOptions,
    of_cell: Vec<u32>,
    heads: Vec<Head>,
    pages: Vec<Page>,
}

impl<'a> Pages<'a> {
    pub(super) fn new(ground: &'a Ground, options: &'a LevelOptions) -> Self {
        let of_cell = vec![NONE; ground.rows() * ground.cols()];
        Self { ground, options, of_cell, heads: Vec::new(), pages: Vec::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.pages.len()
    }

    pub(super) fn bytes(&self) -> usize {
        self.of_cell.len() * 4 + self.pages.len() * (size_of::<Page>() + size_of::<Head>())
    }

    /// Index of the cell's page, made if need be; `None` where nothing is known of the ground.
    pub(super) fn index(
        &mut self,
        cell: usize,
        moves: &Moves,
        bound: &mut Bound<'_>,
    ) -> Option<usize> {
        let known = *self.of_cell.get(cell)?;
        if known != NONE {
            return Some(known as usize);
        }
        let (row, col) = (cell / self.ground.cols(), cell % self.ground.cols());
        let ground_m = self.ground.height_m(row, col)?;
        let lowest = self.options.lowest_level(ground_m);
        let mut metre = [u32::MAX; MOST_LEVELS];
        for (level, cost) in metre.iter_mut().enumerate().take(self.options.window_levels) {
            *cost = self.options.metre_fixed(ground_m, lowest, level);
        }
        let index = u32::try_from(self.pages.len()).ok()?;
        self.heads.push(Head { lowest, to_go: bound.left_from(cell), closed: 0 });
        self.pages.push(Page {
            cell: u32::try_from(cell).ok()?,
            reach: moves.reach(cell, self.options),
            exits: None,
            covered: [0; 16],
            metre,
            cost: [UNKNOWN; MOST_LEVELS],
        });
        *self.of_cell.get_mut(cell)? = index;
        Some(index as usize)
    }

    /// Index of the cell's page if it has one.
    pub(super) fn index_of(&self, cell: usize) -> Option<usize> {
        self.of_cell.get(cell).copied().filter(|index| *index != NONE).map(|index| index as usize)
    }

    pub(super) fn get(&self, index: usize) -> Option<&Page> {
        self.pages.get(index)
    }

    pub(super) fn get_mut(&mut self, index: usize) -> Option<&mut Page> {
        self.pages.get_mut(index)
    }

    pub(super) fn head(&self, index: usize) -> Option<&Head> {
        self.heads.get(index)
    }

    pub(super) fn head_mut(&mut self, index: usize) -> Option<&mut Head> {
        self.heads.get_mut(index)
    }

    /// Cost of a metre on a page at an absolute level; the nearest level of its window counts.
    pub(super) fn metre_at(&self, index: usize, level: i32) -> Option<u32> {
        let last = i32::try_from(self.options.window_levels).ok()? - 1;
        let place = (level - self.heads.get(index)?.lowest).clamp(0, last);
        self.pages.get(index)?.metre.get(usize::try_from(place).ok()?).copied()
    }
}

/// The cost of a move in units: length in 1/1024 m times the cost of a metre in 2^-20.
pub(super) fn move_cost(length_units: u32, metre: u32) -> u32 {
    let product = u64::from(length_units) * u64::from(metre);
    u32::try_from((product + (1 << (COST_BITS - 1))) >> COST_BITS).unwrap_or(u32::MAX)
}

impl LevelOptions {
    /// Level 0 of a cell's window, in level steps above zero.
    pub(super) fn lowest_level(&self, ground_m: f64) -> i32 {
        let top = ((ground_m + self.above_ground_m) / self.level_step_m).floor();
        #[expect(
            clippy::cast_possible_truncation,
            reason = "heights are checked to be of this earth"
        )]
        let top = top as i32;
        top - i32::try_from(self.window_levels).unwrap_or(64) + 1
    }

    /// Cost of a metre at a level of a cell, in units of 2^-20.
    fn metre_fixed(&self, ground_m: f64, lowest: i32, level: usize) -> u32 {
        let level = f64::from(lowest) + f64::from(u32::try_from(level).unwrap_or_default());
        let ratio = self.cost.metre_ratio(level * self.level_step_m - ground_m).min(DEAREST_RATIO);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "positive, at most 4,000"
        )]
        let fixed = (ratio * f64::from(1_u32 << COST_BITS)).round() as u32;
        fixed
    }

    /// The least cost of a metre in a cell, in units of 2^-20: that of one of the two levels next
    /// to the ground, since every metre away from it costs more.
    pub(super) fn least_metre(&self, ground_m: f64) -> u32 {
        let lowest = self.lowest_level(ground_m);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "heights are checked to be of this earth"
        )]
        let below = (ground_m / self.level_step_m).floor() as i32 - lowest;
        let last = i32::try_from(self.window_levels).unwrap_or(64) - 1;
        let at = |level: i32| {
            let level = usize::try_from(level.clamp(0, last)).unwrap_or_default();
            self.metre_fixed(ground_m, lowest, level)
        };
        at(below).min(at(below + 1))
    }
}
