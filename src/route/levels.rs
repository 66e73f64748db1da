//! The heights that the rails may have in a cell.

use super::{CostModel, Ground, LevelOptions};

/// The most levels of a cell: one bit each in a word, and one to spare.
pub(super) const MOST_LEVELS: usize = 63;

/// A value for each level of a cell, and one to spare.
pub(super) type ByLevel<T> = [T; MOST_LEVELS + 1];

/// The value of a level.
#[inline]
pub(super) fn of_level<T: Copy>(values: &ByLevel<T>, level: usize) -> T {
    // There are 2^6 values: no level lies beyond them.
    values[level & MOST_LEVELS]
}

/// Parts of a level step where few do not do. Heights are whole numbers of parts; sixty, so that whole metres
/// are whole parts of most steps.
const MOST_PARTS: i32 = 60;

/// Fixed point of the cost of a metre.
pub(super) const COST_BITS: u32 = 20;

/// Cost of a metre of level ground, and the factor of a metre that changes nothing.
pub(super) const LEVEL: u32 = 1 << COST_BITS;

/// Cost of a metre where rails cannot run.
pub(super) const CLOSED: u32 = u32::MAX;

/// The dearest metre that fits the fixed point.
pub(super) const DEAREST_RATIO: f64 = 4_000.0;

/// How the levels of a cell lie.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LevelLattice {
    /// From the ground of each cell: at it and so many steps above and below, the farther off
    /// the wider apart (twice as wide with every doubling of the distance beyond eight steps, up
    /// to [`largest_spacing_m`](LevelOptions::largest_spacing_m)).
    ///
    /// The levels of two cells differ by their ground, so that no gradient is rounded down to a
    /// whole number of steps everywhere, and none is ever exceeded.
    #[default]
    FromGround,
    /// Whole multiples of the step, the same in all cells, in a window round the ground: as many
    /// other programs do it. Every move's rise is rounded down to whole steps.
    Multiples {
        /// Levels of a cell, up to 63.
        levels: usize,
    },
}

/// Levels and the cost of a metre at each depth, for one search.
pub(super) struct Levels {
    part_m: f64,
    /// Parts of a level step.
    step: i32,
    count: usize,
    /// Heights of the levels above the lowest one, in parts.
    offsets: ByLevel<i32>,
    /// By height above the lowest level, from one below it: how many levels lie at or below it.
    at_or_below: Vec<u8>,
    lattice: LevelLattice,
    /// Height above the ground of the lowest level (from the ground), or of the highest that may
    /// be (multiples), in parts.
    anchor: i32,
    /// Cost of a metre by height above the ground, from `lowest_depth` up, in units of 2^-20: as
    /// far as levels reach.
    metre: Vec<u32>,
    lowest_depth: i32,
    /// The same by level, where levels lie as high above the ground in every cell.
    metre_of_level: Option<Box<ByLevel<u32>>>,
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "options are checked; heights are of this earth"
)]
impl Levels {
    /// Levels of options that have been checked.
    pub(super) fn new(options: &LevelOptions, ground: &Ground) -> Self {
        let step = parts_of_a_step(options, ground);
        let part_m = options.level_step_m / f64::from(step);
        let parts = |height_m: f64| (height_m / part_m).floor() as i32;
        let above = parts(options.above_ground_m);
        let (offsets, anchor) = match options.lattice {
            LevelLattice::FromGround => {
                let spacing = parts(options.largest_spacing_m).max(step);
                from_ground(above, parts(options.below_ground_m), step, spacing)
            }
            LevelLattice::Multiples { levels } => {
                ((0..levels as i32).map(|level| level * step).collect(), above)
            }
        };
        let span = offsets.last().copied().unwrap_or_default();
        let at_or_below = (-1..=span)
            .map(|height| offsets.partition_point(|offset| *offset <= height) as u8)
            .collect();
        let (lowest_depth, highest) = match options.lattice {
            LevelLattice::FromGround => (anchor, anchor + span),
            LevelLattice::Multiples { .. } => (anchor - span - step + 1, anchor),
        };
        let metre = (lowest_depth..=highest)
            .map(|depth| fixed(&options.cost, f64::from(depth) * part_m))
            .collect();
        let lattice = options.lattice;
        let mut levels = Self {
            part_m,
            step,
            count: offsets.len(),
            offsets: filled(offsets, span),
            at_or_below,
            lattice,
            anchor,
            metre,
            lowest_depth,
            metre_of_level: None,
        };
        let metres = levels.depths().map(|depths| depths.map(|depth| levels.metre(depth)));
        let metres = metres.map(|metres| Box::new(filled(metres, LEVEL)));
        levels.metre_of_level = metres;
        levels
    }

    /// Number of levels of a cell.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// A height or rise in metres.
    pub(super) fn height_m(&self, parts: i32) -> f64 {
        f64::from(parts) * self.part_m
    }

    /// A height in parts, to the nearest one.
    #[inline]
    pub(super) fn parts(&self, height_m: f64) -> i32 {
        (height_m / self.part_m).round() as i32
    }

    /// A rise in parts, rounded down but for the last digits of floating point.
    pub(super) fn rise(&self, rise_m: f64) -> i32 {
        (rise_m / self.part_m + 1e-6).floor() as i32
    }

    /// Height of the lowest level of a cell by the height of its ground.
    #[inline]
    pub(super) fn lowest(&self, ground: i32) -> i32 {
        match self.lattice {
            LevelLattice::FromGround => ground + self.anchor,
            LevelLattice::Multiples { levels } => {
                ((ground + self.anchor).div_euclid(self.step) - levels as i32 + 1) * self.step
            }
        }
    }

    /// Height of a level above the lowest one.
    #[inline]
    pub(super) fn offset(&self, level: usize) -> i32 {
        of_level(&self.offsets, level)
    }

    /// The level nearest to the ground, half up; `None` if the window does not hold it.
    pub(super) fn at_ground(&self, ground: i32) -> Option<usize> {
        let above = ground - self.lowest(ground);
        match self.lattice {
            LevelLattice::FromGround => self.heights().binary_search(&above).ok(),
            LevelLattice::Multiples { levels } => {
                let level = (above + self.step / 2).div_euclid(self.step);
                usize::try_from(level).ok().filter(|level| *level < levels)
            }
        }
    }

    /// The first level from a height on, and the first above one that is not less; heights are above
    /// the lowest level.
    #[inline]
    pub(super) fn ranks(&self, low: i32, high: i32) -> (usize, usize) {
        let most = self.at_or_below.len() as i32 - 1;
        let count = |height: i32| {
            let place = (height + 1).clamp(0, most) as usize;
            usize::from(self.at_or_below.get(place).copied().unwrap_or(0))
        };
        (count(low - 1), count(high))
    }

    /// The same levels as bits.
    #[inline]
    pub(super) fn between(&self, low: i32, high: i32) -> u64 {
        let (first, beyond) = self.ranks(low, high);
        // 2^b - 2^a has the bits from a to b - 1.
        (1_u64 << (beyond & 63)).wrapping_sub(1 << (first & 63))
    }

    /// Heights of all levels above the lowest one.
    #[inline]
    pub(super) fn offsets(&self) -> &ByLevel<i32> {
        &self.offsets
    }

    /// The same, and no more than there are.
    fn heights(&self) -> &[i32] {
        self.offsets.get(..self.count).unwrap_or_default()
    }

    /// Cost of a metre so high above the ground; [`CLOSED`] beyond the levels.
    #[inline]
    pub(super) fn metre(&self, above_ground: i32) -> u32 {
        // What lies below the lowest becomes a place beyond all others.
        let place = above_ground.wrapping_sub(self.lowest_depth).cast_unsigned() as usize;
        self.metre.get(place).copied().unwrap_or(CLOSED)
    }

    /// Cost of a metre by level; `None` where levels do not lie as high above the ground in every cell.
    pub(super) fn metres(&self) -> Option<&ByLevel<u32>> {
        self.metre_of_level.as_deref()
    }

    /// Cost of a metre at a level that lies so high above the ground.
    #[inline]
    pub(super) fn metre_of(&self, level: usize, above_ground: i32) -> u32 {
        match &self.metre_of_level {
            Some(metres) => of_level(metres, level),
            None => self.metre(above_ground),
        }
    }

    /// The cost of a metre in floating point, computed afresh, as a ratio to level ground;
    /// infinite beyond the levels.
    pub(super) fn metre_ratio(&self, cost: &CostModel, above_ground: i32) -> f64 {
        if self.metre(above_ground) == CLOSED {
            return f64::INFINITY;
        }
        cost.metre_ratio(f64::from(above_ground) * self.part_m)
    }

    /// Heights of the levels above the ground, from the lowest up; `None` where they are not
    /// counted from it.
    pub(super) fn depths(&self) -> Option<impl Iterator<Item = i32> + '_> {
        let anchor = (self.lattice == LevelLattice::FromGround).then_some(self.anchor)?;
        Some(self.heights().iter().map(move |offset| anchor + offset))
    }

    /// From the lowest height above the ground to the highest at which rails may run.
    pub(super) fn depth_range(&self) -> i32 {
        i32::try_from(self.metre.len()).unwrap_or(i32::MAX) - 1
    }

    /// The least cost of a metre in a cell at any of the heights that rails may have there.
    pub(super) fn least_metre(&self, ground: i32) -> u32 {
        match self.lattice {
            LevelLattice::FromGround => self.metre(0),
            // Every metre away from the ground costs more: one of the two levels next to it.
            LevelLattice::Multiples { .. } => {
                let below = ground.div_euclid(self.step) * self.step - ground;
                self.metre(below).min(self.metre(below + self.step))
            }
        }
    }
}

/// As few parts as give every height of the ground, and the mean of any two, exactly, so that tables
/// by height are short; [`MOST_PARTS`] where heights are no whole metres or halves of them. Searches
/// with curves take any rise from what a move may, and have as many parts or more.
fn parts_of_a_step(options: &LevelOptions, ground: &Ground) -> i32 {
    let few = ground.grain_m().and_then(|grain_m| {
        (1..=MOST_PARTS).find(|parts| {
            let parts = 0.5 * grain_m / options.level_step_m * f64::from(*parts);
            (parts - parts.round()).abs() < 1e-9
        })
    });
    match few {
        Some(few) if options.has_curves() => few * ((MOST_PARTS + few - 1) / few),
        Some(few) => few,
        None => MOST_PARTS,
    }
}

/// Offsets of the levels above the lowest, and the lowest one's height above the ground.
fn from_ground(above: i32, below: i32, step: i32, largest_spacing: i32) -> (Vec<i32>, i32) {
    let side = |most: i32| {
        let mut heights = Vec::new();
        let mut height = 0;
        loop {
            // One step up to eight steps off, then twice as wide with every doubling.
            let octave = (height / step / 8).max(1).ilog2() + u32::from(height / step >= 8);
            height += (step << octave.min(12)).min(largest_spacing);
            if height > most || heights.len() == MOST_LEVELS {
                return heights;
            }
            heights.push(height);
        }
    };
    let (mut up, mut down) = (side(above), side(below));
    // The farthest levels go first if there are too many.
    up.truncate(MOST_LEVELS / 2 - 1);
    down.truncate(MOST_LEVELS - 1 - up.len());
    let lowest = -down.last().copied().unwrap_or(0);
    let heights = down.iter().rev().map(|depth| -depth).chain([0]).chain(up);
    (heights.map(|height| height - lowest).collect(), lowest)
}

/// Some values by level, and another for what is no level.
fn filled<T: Copy>(values: impl IntoIterator<Item = T>, other: T) -> ByLevel<T> {
    let mut filled = [other; MOST_LEVELS + 1];
    for (slot, value) in filled.iter_mut().zip(values) {
        *slot = value;
    }
    filled
}

fn fixed(cost: &CostModel, above_ground_m: f64) -> u32 {
    let ratio = cost.metre_ratio(above_ground_m).min(DEAREST_RATIO);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive, at most 4,000"
    )]
    let fixed = (ratio * f64::from(LEVEL)).round() as u32;
    fixed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ground(height_m: f32) -> Ground {
        Ground::new(2, vec![900.0], Vec::new(), vec![height_m, f32::NAN]).unwrap()
    }

    fn heights_m(level_step_m: f64) -> Vec<f64> {
        let options = LevelOptions { level_step_m, ..LevelOptions::default() };
        let levels = Levels::new(&options, &ground(0.0));
        let lowest = levels.lowest(0);
        (0..levels.count()).map(|level| levels.height_m(lowest + levels.offset(level))).collect()
    }

    #[test]
    fn levels_lie_closer_near_the_ground() {
        let heights = heights_m(4.0);
        assert!(heights.contains(&0.0) && heights.contains(&4.0) && heights.contains(&-32.0));
        assert!(heights.contains(&40.0) && !heights.contains(&36.0), "{heights:?}");
        assert!(heights.contains(&-80.0) && !heights.contains(&-72.0), "{heights:?}");
        assert!(heights.len() <= MOST_LEVELS && heights[0] <= -400.0, "{heights:?}");
    }

    #[test]
    fn finer_levels_hold_the_coarser_ones() {
        let (fine, coarse) = (heights_m(2.0), heights_m(4.0));
        assert!(coarse.iter().filter(|height| **height > fine[0]).all(|h| fine.contains(h)));
    }

    #[test]
    fn a_range_of_heights_is_a_range_of_levels() {
        for lattice in [LevelLattice::FromGround, LevelLattice::Multiples { levels: 48 }] {
            let options = LevelOptions { lattice, ..LevelOptions::default() };
            let levels = Levels::new(&options, &ground(0.3));
            for (low, high) in [(0, 0), (-5, 700), (63, 64), (65, 66), (9_000, 99_000), (-99, -9)] {
                let expect = (0..levels.count())
                    .filter(|level| (low..=high).contains(&levels.offset(*level)))
                    .fold(0_u64, |bits, level| bits | 1 << level);
                assert_eq!(levels.between(low, high), expect, "{lattice:?} {low} {high}");
            }
        }
    }

    #[test]
    fn parts_are_as_few_as_give_means_of_heights() {
        for (level_step_m, height_m, parts) in [
            (0.5, 7.0, 1),
            (4.0, 7.0, 8),
            (4.0, 7.5, 16),
            (0.3, 7.0, 3),
            (0.25, 7.0, 1),
            (0.5, 7.25, 60),
            (0.7, 7.0, 7),
            (std::f64::consts::E, 7.0, 60),
        ] {
            let options = LevelOptions { level_step_m, ..LevelOptions::default() };
            assert_eq!(parts_of_a_step(&options, &ground(height_m)), parts, "{level_step_m}");
            // With curves as many or more, of which each is a whole part of one of these.
            let options = LevelOptions { least_radius_m: 300.0, ..options };
            let with_curves = parts_of_a_step(&options, &ground(height_m));
            assert!(with_curves >= MOST_PARTS && with_curves % parts == 0, "{with_curves}");
        }
    }
}
