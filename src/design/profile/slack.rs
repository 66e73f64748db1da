//! The rooms of a row to its lines and limits, and what each adds to the equations of a step.

use super::rows::{CostLine, Row};

/// The room to a line or a limit, what it is worth, and how both change in a step.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Slack {
    pub(super) room: f64,
    pub(super) price: f64,
    pub(super) room_step: f64,
    pub(super) price_step: f64,
    /// One over the room.
    pub(super) inverse: f64,
}

impl Slack {
    /// With a room and a price.
    pub(super) fn new(room: f64, price: f64) -> Self {
        Self { room, price, inverse: 1.0 / room, ..Self::default() }
    }

    /// How much its price rises when its room shrinks by 1.
    #[inline]
    fn stiffness(&self) -> f64 {
        self.price * self.inverse
    }

    /// What the product of room and price is to change by: to 0 at first, then to a target, less
    /// what the first step would have added of second order.
    #[inline]
    fn aim(&self, target: Option<f64>) -> f64 {
        let now = -self.room * self.price;
        target.map_or(now, |target| now + target - self.room_step * self.price_step)
    }

    /// Takes the change of its room, and from it that of its price.
    #[inline]
    fn turn(&mut self, room_step: f64, target: Option<f64>, pace: &mut Pace) {
        let aim = self.aim(target);
        self.room_step = room_step;
        self.price_step = (aim - self.price * room_step) * self.inverse;
        pace.see(self);
    }

    /// Takes steps of so much of its changes.
    #[inline]
    pub(super) fn advance(&mut self, primal: f64, dual: f64) {
        self.room += primal * self.room_step;
        self.price += dual * self.price_step;
        self.inverse = 1.0 / self.room;
    }
}

/// How fast rooms and prices run towards 0, and what their products become.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pace {
    room: f64,
    price: f64,
    product: f64,
    by_room: f64,
    by_price: f64,
    by_both: f64,
}

impl Pace {
    #[inline]
    fn see(&mut self, slack: &Slack) {
        self.room = self.room.max(-slack.room_step * slack.inverse);
        // A division only where it counts.
        if -slack.price_step > self.price * slack.price {
            self.price = -slack.price_step / slack.price;
        }
        self.product += slack.room * slack.price;
        self.by_room += slack.room_step * slack.price;
        self.by_price += slack.room * slack.price_step;
        self.by_both += slack.room_step * slack.price_step;
    }

    /// The longest steps of rooms and prices that leave all of them positive, and this share of it;
    /// whole steps at most.
    pub(super) fn steps(&self, share: f64) -> [f64; 2] {
        let step = |pace: f64| if pace > share { share / pace } else { 1.0 };
        [step(self.room), step(self.price)]
    }

    /// The sum of products after steps.
    pub(super) fn product_after(&self, [room, price]: [f64; 2]) -> f64 {
        self.product + room * self.by_room + price * self.by_price + room * price * self.by_both
    }
}

/// What a row adds to the equations: its weight, and how it pulls at u.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Folded {
    pub(super) weight: f64,
    pub(super) pull: f64,
}

/// A row beside its lines and slacks: those of the lines first, then of the limits.
pub(super) struct Sides<'a> {
    pub(super) row: &'a Row,
    pub(super) lines: &'a [CostLine],
    /// Its weight in the scale of the solver.
    pub(super) weight: f64,
}

/// What the lines of a row have in common.
struct Lines {
    stiffness: f64,
    mean_slope: f64,
}

impl Sides<'_> {
    /// Its limits, each as the sign of u in the room and the limit with that sign.
    #[inline]
    fn limits(&self) -> [Option<(f64, f64)>; 2] {
        let Row { low, high, .. } = *self.row;
        let low = if low > f64::NEG_INFINITY { Some((1.0, low)) } else { None };
        let high = if high < f64::INFINITY { Some((-1.0, -high)) } else { None };
        [low, high]
    }

    #[inline]
    fn common(&self, slacks: &[Slack]) -> Lines {
        let (mut stiffness, mut moment) = (0.0, 0.0);
        for (line, slack) in self.lines.iter().zip(slacks) {
            stiffness += slack.stiffness();
            moment += slack.stiffness() * line.slope;
        }
        let mean_slope = if stiffness > 0.0 { moment / stiffness } else { 0.0 };
        Lines { stiffness, mean_slope }
    }

    /// Rooms to begin with at a value of u, all products of room and price of the same size.
    pub(super) fn begin(&self, value: f64, slacks: &mut Vec<Slack>) -> f64 {
        let lines = self.lines.iter();
        let steepest = lines.clone().map(|line| line.slope.abs()).fold(1e-3, f64::max);
        let top =
            lines.clone().map(|line| line.at(value)).reduce(f64::max).unwrap_or(0.0) + steepest;
        let sum: f64 = lines.clone().map(|line| 1.0 / (top - line.at(value))).sum();
        slacks.extend(lines.map(|line| {
            let room = top - line.at(value);
            Slack::new(room, self.weight / room / sum)
        }));
        let width = self.row.high - self.row.low;
        let least = if width.is_finite() { (0.5 * width).max(1e-6) } else { 1.0 };
        slacks.extend(self.limits().into_iter().flatten().map(|(sign, limit)| {
            let room = (sign * value - limit).max(least);
            Slack::new(room, 1.0 / room)
        }));
        top
    }

    /// What a row adds, all but u eliminated: its lines weigh by the variance of their slopes.
    #[inline]
    pub(super) fn folded(
        &self,
        outside: Option<f64>,
        slacks: &[Slack],
        target: Option<f64>,
    ) -> Folded {
        let (of_lines, of_limits) = slacks.split_at(self.lines.len().min(slacks.len()));
        let mut folded = Folded::default();
        if !self.lines.is_empty() {
            let mean = self.common(of_lines).mean_slope;
            let mut short = self.weight;
            for (line, slack) in self.lines.iter().zip(of_lines) {
                let away = line.slope - mean;
                folded.weight += slack.stiffness() * away * away;
                folded.pull += line.slope * slack.price + away * slack.aim(target) * slack.inverse;
                short -= slack.price;
            }
            folded.pull += mean * short;
        }
        let mut of_limits = of_limits.iter();
        for (sign, limit) in self.limits().into_iter().flatten() {
            let Some(slack) = of_limits.next() else { break };
            let missing = outside.map_or(0.0, |value| sign * value - limit - slack.room);
            folded.weight += slack.stiffness();
            let gain = slack.aim(target) * slack.inverse - slack.stiffness() * missing;
            folded.pull -= sign * (slack.price + gain);
        }
        folded
    }

    /// The changes of its rooms and prices when u changes; while it may lie outside of its limits,
    /// rooms also make up for what they differ from its value.
    #[inline]
    pub(super) fn turn(
        &self,
        (outside, by): (Option<f64>, f64),
        slacks: &mut [Slack],
        target: Option<f64>,
        pace: &mut Pace,
    ) {
        let (of_lines, of_limits) = slacks.split_at_mut(self.lines.len().min(slacks.len()));
        if !self.lines.is_empty() {
            let common = self.common(of_lines);
            let mut gain = -self.weight;
            for slack in of_lines.iter() {
                gain += slack.aim(target) * slack.inverse + slack.price;
            }
            let top_step = common.mean_slope * by
                + if common.stiffness > 0.0 { gain / common.stiffness } else { 0.0 };
            for (line, slack) in self.lines.iter().zip(of_lines) {
                slack.turn(top_step - line.slope * by, target, pace);
            }
        }
        let mut of_limits = of_limits.iter_mut();
        for (sign, limit) in self.limits().into_iter().flatten() {
            let Some(slack) = of_limits.next() else { break };
            let missing = outside.map_or(0.0, |value| sign * value - limit - slack.room);
            slack.turn(sign * by + missing, target, pace);
        }
    }

    /// What another unit of its limits would save: positive for the upper one. Of the cost of a rise
    /// what another unit of it costs.
    pub(super) fn price(&self, slacks: &[Slack]) -> f64 {
        if self.row.is_rise() {
            let lines = self.lines.iter().zip(slacks);
            return lines.map(|(line, slack)| line.slope * slack.price).sum();
        }
        let of_limits = slacks.get(self.lines.len()..).unwrap_or_default();
        self.limits()
            .into_iter()
            .flatten()
            .zip(of_limits)
            .map(|((sign, _), slack)| -sign * slack.price)
            .sum()
    }
}
