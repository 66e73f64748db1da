//! Pieces of a line on which a train's gradient changes evenly and its limit not at all.
//!
//! The mass of a train lies along its length, so the gradient that it feels is the mean of the line
//! under it. Where the head passes a change, and where the tail does, that mean bends; between such
//! places it is straight. A limit holds from where the head meets it until the tail has left it.

use std::collections::VecDeque;

use super::line::Merged;
use super::{RunBend, RunLine, RunSegment, Train};

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
    /// Which of the pulls of its effort the train has: 0 is that of straight track.
    pub grip: usize,
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
    let mut under = Under::new(line, train);
    let mut stops = stops.iter().copied().peekable();
    let mut grips = Grips::new(line, train);
    let mut cells = Vec::with_capacity(2 * line.segments().len() + stops.len());
    let (mut from_m, end_m) = (line.start_m(), line.end_m());
    while from_m < end_m {
        under.move_to(from_m + LEAST_M);
        let stop_m = stops.peek().map_or(end_m, |(at_m, _)| *at_m);
        let mut to_m = under.next_m().min(end_m);
        let (grip, grip_to_m) = grips.at(from_m);
        to_m = to_m.min(grip_to_m);
        if stop_m < to_m {
            to_m = stop_m.max(from_m + LEAST_M);
        }
        if to_m > end_m - LEAST_M {
            to_m = end_m;
        }
        let stop = stops.next_if(|(at_m, _)| *at_m <= to_m);
        let [force_n, force_n_per_m] = under.force(from_m);
        let limit_mps = under.limit_mps().min(train.speed_max_mps);
        cells.push(Cell {
            from_m,
            to_m,
            force_n,
            force_n_per_m,
            ceiling_m2_per_s2: limit_mps * limit_mps,
            ceiling_m_per_s2: 0.0,
            stop_s: stop.map(|(_, dwell_s)| dwell_s),
            grip,
        });
        from_m = to_m;
    }
    cells
}

/// What wheels hold at the head of the train, for places that only rise: where its locomotives are.
struct Grips<'a> {
    train: &'a Train,
    ahead: &'a [RunBend],
}

impl<'a> Grips<'a> {
    fn new(line: &'a RunLine, train: &'a Train) -> Self {
        // Curves change nothing for most trains.
        let ahead = if train.effort.curve_pulls() > 0 { line.bends() } else { &[] };
        Self { train, ahead }
    }

    /// Which pull the train has at a place, and where the next may hold.
    fn at(&mut self, at_m: f64) -> (usize, f64) {
        while let Some((first, behind)) = self.ahead.split_first()
            && first.to_m <= at_m + LEAST_M
        {
            self.ahead = behind;
        }
        match self.ahead.first() {
            None => (0, f64::INFINITY),
            Some(bend) if bend.from_m <= at_m + LEAST_M => {
                (self.train.effort.grip(bend.radius_m), bend.to_m)
            }
            Some(bend) => (0, bend.from_m),
        }
    }
}

/// A segment with its end.
type Span = (RunSegment, f64);

/// The line under the train, for places that only rise.
struct Under<'a> {
    /// What lies ahead of the segments under head and tail, those first.
    heads: Merged<'a>,
    tails: Merged<'a>,
    head: Part,
    tail: Part,
    /// Limits under the train that none behind them undercuts, with the places where the tail
    /// leaves them; they rise.
    limits: VecDeque<(f64, f64)>,
    length_m: f64,
    is_at_head: bool,
    n_per_permille: f64,
    n_per_permille_m: f64,
}

/// The segment under one end of the train.
#[derive(Clone, Copy)]
struct Part {
    start_m: f64,
    /// Where that end leaves it: the place of the head.
    left_m: f64,
    resistance_permille: f64,
    /// The integral of permille up to its start.
    sum_permille_m: f64,
}

impl Part {
    fn sum_at(&self, at_m: f64) -> f64 {
        self.sum_permille_m + self.resistance_permille * (at_m - self.start_m)
    }

    /// The next one.
    fn next(&self, (segment, to_m): &Span, length_m: f64) -> Self {
        Self {
            start_m: segment.start_m,
            left_m: to_m + length_m,
            resistance_permille: segment.resistance_permille(),
            sum_permille_m: self.sum_at(segment.start_m),
        }
    }
}

impl<'a> Under<'a> {
    fn new(line: &'a RunLine, train: &Train) -> Self {
        let nothing = Part {
            start_m: 0.0,
            left_m: f64::NEG_INFINITY,
            resistance_permille: 0.0,
            sum_permille_m: 0.0,
        };
        let n_per_permille = train.gradient_n(1.0);
        Self {
            heads: line.merged(),
            tails: line.merged(),
            head: nothing,
            tail: nothing,
            limits: VecDeque::new(),
            length_m: train.length_m,
            is_at_head: train.mass_is_at_head || train.length_m == 0.0,
            n_per_permille,
            n_per_permille_m: n_per_permille / train.length_m,
        }
    }

    /// Both ends and the limits to where they are with the head at a place.
    fn move_to(&mut self, at_m: f64) {
        while self.head.left_m <= at_m
            && let Some(span) = self.heads.next()
        {
            let limit_mps = span.0.speed_limit_mps;
            while self.limits.back().is_some_and(|(limit, _)| *limit >= limit_mps) {
                self.limits.pop_back();
            }
            self.limits.push_back((limit_mps, span.1 + self.length_m));
            self.head = self.head.next(&span, 0.0);
        }
        while self.tail.left_m <= at_m
            && let Some(span) = self.tails.next()
        {
            self.tail = self.tail.next(&span, self.length_m);
        }
        // The last one stays, since the line ends with it.
        while self.limits.len() > 1
            && self.limits.front().is_some_and(|(_, left_m)| *left_m <= at_m)
        {
            self.limits.pop_front();
        }
    }

    /// The head's place where the next change is met or left.
    fn next_m(&self) -> f64 {
        self.head.left_m.min(self.tail.left_m)
    }

    fn limit_mps(&self) -> f64 {
        self.limits.front().map_or(f64::INFINITY, |(limit, _)| *limit)
    }

    /// The force with the head at a place, and by how much a metre adds to it.
    fn force(&self, at_m: f64) -> [f64; 2] {
        if self.is_at_head {
            return [self.n_per_permille * self.head.resistance_permille, 0.0];
        }
        let sum_permille_m = self.head.sum_at(at_m) - self.tail.sum_at(at_m - self.length_m);
        let bend_permille = self.head.resistance_permille - self.tail.resistance_permille;
        [sum_permille_m, bend_permille].map(|value| self.n_per_permille_m * value)
    }
}
