//! The optimum of a banded programme by an interior point method.

use super::band::Band;
use super::rows::{Programme, Row};
use super::slack::{Pace, Sides, Slack};

/// An optimum, and what its limits are worth.
#[derive(Debug, Clone)]
pub(super) struct Optimum {
    /// The unknowns, and the two that are always 0.
    pub(super) unknowns: Vec<f64>,
    /// For each row what another unit of its limit would save: positive where the upper one holds,
    /// negative where the lower one does.
    pub(super) prices: Vec<f64>,
    /// Whether the programme was solved; if not, its limits probably contradict one another.
    pub(super) is_solved: bool,
}

/// Most iterations; programmes that can be solved took 12 to 60.
pub(super) const MOST_ITERATIONS: usize = 150;

/// The share of the way to the nearest limit that a step goes.
const NEARLY: f64 = 0.9995;

/// A limit may be broken by this much: a nanometre. Levels of a kilometre end at 1e-13 m, and rows of
/// thousands of them at some 1e-10 m.
const BREACH: f64 = 1e-9;

/// So much of the first breaches may be left, as a share.
const INSIDE: f64 = 1e-12;

/// After three steps that went a smaller share of their way than this, the next one keeps to the
/// middle: it aims at products of [`CENTRED`] of their mean, so that none is left so small that it holds
/// all others back.
const SHORT: f64 = 0.1;

/// See [`SHORT`].
const CENTRED: f64 = 0.8;

/// Steps that are shorter than this lead nowhere.
const NOWHERE: f64 = 1e-9;

/// Solves a programme until the products of rooms and prices are this share of the cost, or of what
/// a millimetre more at each row would cost.
///
/// Mehrotra's predictor and corrector (SIAM J. Optim. 2, 1992) on min weight * top with top >= every
/// line of a row. Within a row all but its u is eliminated, so that the equations of a step have
/// three bands, and an iteration is linear in the rows.
pub(super) fn solve(programme: &Programme, gap: f64) -> Optimum {
    Solver::new(programme).run(gap)
}

struct Solver<'a> {
    programme: &'a Programme,
    /// Weights are divided by this.
    scale: f64,
    unknowns: Vec<f64>,
    slacks: Vec<Slack>,
    band: Band,
    side: Vec<f64>,
    /// How much of the first breaches is left, by the steps taken.
    left: f64,
    /// How many of the last steps were short, without a long one between.
    short_count: u32,
}

impl<'a> Solver<'a> {
    fn new(programme: &'a Programme) -> Self {
        let unknowns = programme.start.clone();
        let mut solver = Self {
            programme,
            scale: scale(programme),
            slacks: Vec::with_capacity(programme.rows.iter().map(slack_count).sum()),
            band: Band::new(programme.is_free.len()),
            side: vec![0.0; unknowns.len()],
            left: 1.0,
            short_count: 0,
            unknowns,
        };
        for row in &programme.rows {
            let value = row.value(&solver.unknowns);
            sides(programme, row, solver.scale).begin(value, &mut solver.slacks);
        }
        solver
    }

    fn run(mut self, gap: f64) -> Optimum {
        let programme = self.programme;
        let weights: f64 = programme.rows.iter().map(|row| row.weight / self.scale).sum();
        let (mut iterations, mut is_solved) = (0, false);
        while iterations < MOST_ITERATIONS && !is_solved {
            let product: f64 = self.slacks.iter().map(|slack| slack.room * slack.price).sum();
            let (cost, breach) = self.standing();
            let least = gap * cost.abs().max(1e-3 * weights);
            is_solved = breach < BREACH && product <= least;
            if !is_solved && !self.step(product) {
                break;
            }
            iterations += 1;
        }
        Optimum { prices: self.prices(), unknowns: self.unknowns, is_solved }
    }

    /// One predictor and corrector; false if nothing moves any more.
    fn step(&mut self, product: f64) -> bool {
        self.fold(None);
        self.band.factor(&self.programme.is_free);
        self.band.solve(&mut self.side);
        let pace = self.turn(None);
        let ahead = pace.product_after(pace.steps(1.0));
        #[expect(clippy::cast_precision_loss, reason = "counts of a list, far below 2^53")]
        let mean = product / self.slacks.len() as f64;
        let share = (ahead / product).powi(3);
        let target = Some(if self.short_count >= 3 { share.max(CENTRED) } else { share } * mean);
        self.fold(target);
        self.band.solve(&mut self.side);
        let steps = self.turn(target).steps(NEARLY);
        let [primal, dual] = steps;
        let is_short = primal.min(dual) < SHORT;
        self.short_count = if is_short { self.short_count + 1 } else { 0 };
        self.left *= 1.0 - primal;
        for slack in &mut self.slacks {
            slack.advance(primal, dual);
        }
        for (unknown, by) in self.unknowns.iter_mut().zip(&self.side) {
            *unknown += primal * by;
        }
        primal.max(dual) > NOWHERE
    }

    /// Lays all rows into the right side of the equations, and at first into the matrix.
    fn fold(&mut self, target: Option<f64>) {
        if target.is_none() {
            self.band.clear();
        }
        self.side.fill(0.0);
        let is_outside = self.is_outside();
        let mut rest = self.slacks.as_slice();
        for row in &self.programme.rows {
            let Some((slacks, others)) = rest.split_at_checked(slack_count(row)) else { break };
            rest = others;
            let value = is_outside.then(|| row.value(&self.unknowns));
            let folded = sides(self.programme, row, self.scale).folded(value, slacks, target);
            if target.is_none() {
                self.band.add(row.first, row.a, folded.weight);
            }
            row.spread(-folded.pull, &mut self.side);
        }
    }

    /// Changes of rooms and prices for the changes of the unknowns.
    fn turn(&mut self, target: Option<f64>) -> Pace {
        let mut pace = Pace::default();
        let is_outside = self.is_outside();
        let mut rest = self.slacks.as_mut_slice();
        for row in &self.programme.rows {
            let Some((slacks, others)) = rest.split_at_mut_checked(slack_count(row)) else { break };
            rest = others;
            let change = (is_outside.then(|| row.value(&self.unknowns)), row.product(&self.side));
            sides(self.programme, row, self.scale).turn(change, slacks, target, &mut pace);
        }
        pace
    }

    /// Whether rows may lie outside of their limits. Once none does, rooms are known more exactly
    /// than differences of levels are, and are held against them no more.
    fn is_outside(&self) -> bool {
        self.left > INSIDE
    }

    /// The cost, in the scale of the solver, and the greatest breach of a limit.
    fn standing(&self) -> (f64, f64) {
        let breach = |row: &Row| {
            let value = row.value(&self.unknowns);
            (row.low - value).max(value - row.high)
        };
        let breach = self.programme.rows.iter().map(breach).fold(0.0, f64::max);
        (self.programme.cost(&self.unknowns) / self.scale, breach)
    }

    fn prices(&self) -> Vec<f64> {
        let mut rest = self.slacks.as_slice();
        let price = |row: &Row| {
            let (slacks, others) = rest.split_at_checked(slack_count(row))?;
            rest = others;
            Some(self.scale * sides(self.programme, row, self.scale).price(slacks))
        };
        self.programme.rows.iter().map_while(price).collect()
    }
}

fn sides<'a>(programme: &'a Programme, row: &'a Row, scale: f64) -> Sides<'a> {
    Sides { row, lines: programme.lines(row), weight: row.weight / scale }
}

fn slack_count(row: &Row) -> usize {
    let limits = usize::from(row.low.is_finite()) + usize::from(row.high.is_finite());
    row.lines.1 - row.lines.0 + limits
}

/// What a metre off costs on average, where it costs most.
fn scale(programme: &Programme) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for row in programme.rows.iter().filter(|row| row.weight > 0.0) {
        let slopes = programme.lines(row).iter().map(|line| line.slope.abs());
        sum += row.weight * slopes.fold(0.0, f64::max);
        count += 1.0;
    }
    if sum > 0.0 { sum / count } else { 1.0 }
}
