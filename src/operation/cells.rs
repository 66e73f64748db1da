//! Pieces of a line on which a train's gradient changes evenly and its limit not at all.
//!
//! The mass of a train lies along its length, so the gradient that it feels is the mean of the line
//! under it. Where the head passes a change, and where the tail does, that mean bends; between such
//! places it is straight. A limit holds from where the head meets it until the tail has left it.

use std::collections::VecDeque;

use super::{RunLine, RunSegment, Train};

/// Closer places are one.
const LEAST_M: f64 = 1e-9;

/// A piece of the line as the train's head passes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cell {
    pub from_m: f64,
    pub to_m: f64,
    /// The force of gradient and curves at its beginning.
    pub force_n: f64,
    /// By how much a metre adds to that.
    pub force_n_per_m: f64,
    /// The square of the speed that the train may have at its beginning.
    pub ceiling_m2_per_s2: f64,
    /// By how much a metre changes that: 0, or that of a train that brakes.
    pub ceiling_m_per_s2: f64,
    /// Whether the train stops at its end, and for how long.
    pub stop_s: Option<f64>,
}

impl Cell {
    /// The force of gradient and curves.
    #[inline]
    pub(super) fn force_at(&self, distance_m: f64) -> f64 {
        self.force_n + self.force_n_per_m * (distance_m - self.from_m)
    }

    /// The square of the speed that the train may have.
    #[inline]
    pub(super) fn ceiling_at(&self, distance_m: f64) -> f64 {
        let ceiling = self.ceiling_m_per_s2 * (distance_m - self.from_m);
        (self.ceiling_m2_per_s2 + ceiling).max(0.0)
    }
}

/// Cells from the beginning of a line to its end, before braking: limits alone.
///
/// `stops` are places and seconds, in order.
pub(super) fn cells(line: &RunLine, train: &Train, stops: &[(f64, f64)]) -> Vec<Cell> {
    let merged = line.merged();
    let mut strip = Strip::new(&merged, train);
    let mut window = Window::new(&merged, train);
    let end_m = line.end_m();
    let heads = merged.iter().skip(1).map(|(segment, _)| segment.start_m);
    let tails = heads.clone().map(|start_m| start_m + train.length_m);
    let stops_m = stops.iter().map(|(at_m, _)| *at_m);
    let mut joints_m: Vec<f64> = Vec::with_capacity(2 * merged.len() + stops.len() + 1);
    joints_m.extend(heads);
    // Two sorted lists and few stops: sorting runs is fast.
    joints_m.extend(tails.take_while(|tail_m| *tail_m < end_m));
    joints_m.extend(stops_m);
    joints_m.push(end_m);
    joints_m.sort_by(f64::total_cmp);
    let mut stops = stops.iter().peekable();
    let mut cells = Vec::with_capacity(joints_m.len());
    let mut from_m = line.start_m();
    for to_m in joints_m {
        let mut stop_s = None;
        if let Some((_, dwell_s)) = stops.next_if(|(at_m, _)| *at_m <= to_m) {
            stop_s = Some(*dwell_s);
        }
        if to_m - from_m <= LEAST_M {
            // The end of the cell before is that of a stop here as well.
            if let (Some(_), Some(last)) = (stop_s, cells.last_mut()) {
                let last: &mut Cell = last;
                last.stop_s = stop_s;
            }
            continue;
        }
        let force_n = strip.force_n(from_m);
        let ahead_n = strip.ahead_n(to_m, force_n);
        let limit_mps = window.limit_mps(from_m).min(train.speed_max_mps);
        cells.push(Cell {
            from_m,
            to_m,
            force_n,
            force_n_per_m: (ahead_n - force_n) / (to_m - from_m),
            ceiling_m2_per_s2: limit_mps * limit_mps,
            ceiling_m_per_s2: 0.0,
            stop_s,
        });
        from_m = to_m;
    }
    cells
}

/// The mean of the line under the train, for places that only rise.
struct Strip<'a> {
    merged: &'a [(RunSegment, f64)],
    /// The integral of permille up to each start.
    sums_permille_m: Vec<f64>,
    length_m: f64,
    is_at_head: bool,
    n_per_permille: f64,
    /// The segments of head and tail.
    head: usize,
    tail: usize,
}

impl<'a> Strip<'a> {
    fn new(merged: &'a [(RunSegment, f64)], train: &Train) -> Self {
        let mut sum = 0.0;
        let sums = merged.iter().map(|(segment, to_m)| {
            let before = sum;
            sum += segment.resistance_permille() * (to_m - segment.start_m);
            before
        });
        Self {
            merged,
            sums_permille_m: sums.collect(),
            length_m: train.length_m,
            is_at_head: train.mass_is_at_head || train.length_m == 0.0,
            n_per_permille: train.gradient_n(1.0),
            head: 0,
            tail: 0,
        }
    }

    /// The force with the head at a place.
    fn force_n(&mut self, at_m: f64) -> f64 {
        self.head = self.number(self.head, at_m + LEAST_M);
        if self.is_at_head {
            let of = self.merged.get(self.head);
            let permille = of.map_or(0.0, |(segment, _)| segment.resistance_permille());
            return self.n_per_permille * permille;
        }
        let tail_m = at_m - self.length_m;
        self.tail = self.number(self.tail, tail_m);
        let sum_permille_m =
            self.sum_permille_m(self.head, at_m) - self.sum_permille_m(self.tail, tail_m);
        self.n_per_permille * sum_permille_m / self.length_m
    }

    /// The force at the end of a piece whose force at its beginning is known.
    fn ahead_n(&mut self, to_m: f64, force_n: f64) -> f64 {
        if self.is_at_head { force_n } else { self.force_n(to_m) }
    }

    fn number(&self, from: usize, at_m: f64) -> usize {
        let ahead = self.merged.iter().skip(from + 1);
        from + ahead.take_while(|(segment, _)| segment.start_m <= at_m).count()
    }

    /// The integral of permille up to a place of a segment.
    fn sum_permille_m(&self, number: usize, at_m: f64) -> f64 {
        let (Some((segment, _)), Some(sum)) =
            (self.merged.get(number), self.sums_permille_m.get(number))
        else {
            return 0.0;
        };
        sum + segment.resistance_permille() * (at_m - segment.start_m)
    }
}

/// The least limit under the train, for places that only rise.
struct Window<'a> {
    merged: &'a [(RunSegment, f64)],
    length_m: f64,
    /// The next segment that the head meets.
    next: usize,
    /// Limits under the train that none behind them undercuts, with the places where the tail
    /// leaves them; they rise.
    kept: VecDeque<(f64, f64)>,
}

impl<'a> Window<'a> {
    fn new(merged: &'a [(RunSegment, f64)], train: &Train) -> Self {
        Self { merged, length_m: train.length_m, next: 0, kept: VecDeque::new() }
    }

    fn limit_mps(&mut self, head_m: f64) -> f64 {
        while let Some((segment, to_m)) = self.merged.get(self.next)
            && segment.start_m <= head_m + LEAST_M
        {
            while self.kept.back().is_some_and(|(limit, _)| *limit >= segment.speed_limit_mps) {
                self.kept.pop_back();
            }
            self.kept.push_back((segment.speed_limit_mps, to_m + self.length_m));
            self.next += 1;
        }
        // The last one stays, since the line ends with it.
        while self.kept.len() > 1
            && self.kept.front().is_some_and(|(_, left_m)| *left_m <= head_m + LEAST_M)
        {
            self.kept.pop_front();
        }
        self.kept.front().map_or(f64::INFINITY, |(limit, _)| *limit)
    }
}
