//! When so much of a line is done: lengths that grow with activities, over all iterations.

use std::ops::ControlFlow;

use super::compiled::Compiled;
use super::crew::within;
use super::ids::Ids;
use super::risk::{DatedPercentiles, RiskOutcome, RiskWatch, simulate_on};
use super::risk_clock::Clock;
use super::risk_model::{RiskModel, RiskOptions};
use super::risk_pass::Block;
use super::risk_setup::dated;
use crate::error::Result;

/// What is let off for rounding where a length is reached, metres.
const ROUNDING_M: f64 = 1e-3;

/// A length of line that an activity does, evenly from its start to its finish: a lot of track.
#[derive(Debug, Clone, PartialEq)]
pub struct ActivityLength {
    /// Id of the activity.
    pub activity: String,
    /// How much it does, metres.
    pub length_m: f64,
}

/// When so much of a line is done, wherever it lies.
#[derive(Debug, Clone, PartialEq)]
pub struct LengthReached {
    /// How much, metres.
    pub length_m: f64,
    /// When; over all iterations, and as planned.
    pub reached: DatedPercentiles,
}

/// As [`simulate`](super::simulate), and when each of some lengths is done.
///
/// In each iteration every activity of `lengths` does its length evenly from its start to its
/// finish, days off included, and the lengths are added up; so a length is reached on one day of
/// that iteration, with all activities as they fell out together. The percentiles are those of this
/// day: on the day of P50 half of the iterations have done so much or more. They are percentiles for
/// each length on its own; no single iteration need run along all of them.
///
/// # Errors
/// As for [`simulate`](super::simulate); [`Error::Unknown`](crate::Error::Unknown) for an activity that is not in the
/// network; [`Error::OutOfRange`](crate::Error::OutOfRange) for a length below 0, and for one in `reached_m` that is not above
/// 0 or is more than there is.
///
/// # Complexity
/// Beyond the simulation, O(iterations (a log a + b)) for `a` activities with a length and `b`
/// lengths to be reached; memory for each iteration 4 bytes a length to be reached.
///
/// # Example
/// ```
/// use jiff::civil::date;
/// use railcorridor::schedule::{
///     Activity, ActivityLength, Calendar, Network, RiskModel, RiskOptions, WorkingWeek,
///     simulate_lengths,
/// };
///
/// let mut network = Network::new(date(2027, 1, 1), Calendar::new("site", WorkingWeek::EVERY_DAY));
/// network.activities = vec![Activity::task("north", 40.0), Activity::task("south", 80.0)];
/// let length = |id: &str| ActivityLength { activity: id.into(), length_m: 8_000.0 };
/// let (_, reached) = simulate_lengths(
///     &network.compile()?,
///     &RiskModel::default(),
///     &RiskOptions { iterations: 10, seed: 1 },
///     &[length("north"), length("south")],
///     &[6_000.0, 14_000.0],
/// )?;
/// // 200 and 100 m a day together: 6 km in 20 days; 12 km in 40, and 2 km more in 20.
/// assert!((reached[0].reached.days.p50 - 20.0).abs() < 1e-3);
/// assert_eq!(reached[1].reached.dates[1], date(2027, 3, 1));
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn simulate_lengths(
    compiled: &Compiled<'_>,
    model: &RiskModel,
    options: &RiskOptions,
    lengths: &[ActivityLength],
    reached_m: &[f64],
) -> Result<(RiskOutcome, Vec<LengthReached>)> {
    let mut go_on = |_| ControlFlow::Continue(());
    simulate_lengths_watched(compiled, model, options, (lengths, reached_m), &mut go_on)
}

/// As [`simulate_lengths`], with a watch that may end it early; see
/// [`simulate_watched`](super::simulate_watched).
///
/// # Errors
/// Those of [`simulate_lengths`].
pub fn simulate_lengths_watched(
    compiled: &Compiled<'_>,
    model: &RiskModel,
    options: &RiskOptions,
    asked_m: (&[ActivityLength], &[f64]),
    watch: &mut RiskWatch<'_>,
) -> Result<(RiskOutcome, Vec<LengthReached>)> {
    let (lengths, reached_m) = asked_m;
    let lengths = Lengths::new(compiled, lengths, reached_m)?;
    simulate_on(compiled, model, options, &lengths, pulp::Arch::new(), watch)
}

/// Lengths of positions, and those that are asked for.
#[derive(Default)]
pub(super) struct Lengths {
    /// Position and metres.
    parts: Vec<(usize, f64)>,
    /// In ascending order, each with its place in what was asked.
    asked_m: Vec<(f64, usize)>,
}

/// A day on which the rate of all changes: metres a day, and metres at once.
struct Change {
    day: f64,
    rate_m_per_day: f64,
    at_once_m: f64,
}

impl Lengths {
    fn new(compiled: &Compiled<'_>, lengths: &[ActivityLength], reached_m: &[f64]) -> Result<Self> {
        let ids = Ids::new(&compiled.network().activities)?;
        let mut parts = Vec::with_capacity(lengths.len());
        for ActivityLength { activity, length_m } in lengths {
            within(|| format!("length_m of {activity}"), *length_m, 0.0, 1e9)?;
            let hint = || "a length names it; give the id of one in the network".to_owned();
            let place = ids.known(activity, hint)?;
            parts.push((compiled.position(place as usize), *length_m));
        }
        let total_m: f64 = parts.iter().map(|part| part.1).sum();
        for length_m in reached_m {
            let item = || "length to be reached, metres".to_owned();
            within(item, *length_m, f64::MIN_POSITIVE, total_m + ROUNDING_M)?;
        }
        let mut asked_m: Vec<(f64, usize)> = reached_m.iter().copied().zip(0..).collect();
        asked_m.sort_by(|a, b| a.0.total_cmp(&b.0));
        Ok(Self { parts, asked_m })
    }

    /// How many are asked for.
    pub(super) fn count(&self) -> usize {
        self.asked_m.len()
    }

    /// What is asked for, in ascending order.
    fn asked_m(&self) -> impl Iterator<Item = f64> {
        self.asked_m.iter().map(|asked| asked.0)
    }

    /// Adds the days of so many iterations of a block.
    pub(super) fn add<C: Clock>(
        &self,
        clock: &C,
        block: &Block,
        count: usize,
        days: &mut [Vec<f32>],
    ) {
        if self.asked_m.is_empty() {
            return;
        }
        let mut changes = Vec::with_capacity(2 * self.parts.len());
        for lane in 0..count {
            let at = |moment: Option<&f32>, is_morning: bool| {
                f64::from(clock.days(moment.copied().unwrap_or(0.0), is_morning))
            };
            let span = |position: usize| {
                let start = block.starts(position).and_then(|lanes| lanes.get(lane));
                let finish = block.finishes(position).and_then(|lanes| lanes.get(lane));
                // What takes no time is done when it starts: on a morning behind days off, not on
                // the evening before them.
                let start = at(start, true);
                (start, at(finish, false).max(start))
            };
            self.reach(span, &mut changes, |number, day| {
                #[expect(clippy::cast_possible_truncation, reason = "days are short floats")]
                if let Some(days) = days.get_mut(number) {
                    days.push(day as f32);
                }
            });
        }
    }

    /// When each length is reached, in the order in which they were asked for, out of the days of
    /// all iterations in ascending order of lengths; `start` is the moment that days count from.
    pub(super) fn reached(
        &self,
        compiled: &Compiled<'_>,
        start: i32,
        days: &[Vec<f32>],
    ) -> Vec<LengthReached> {
        let mut early = Vec::new();
        compiled.forward(compiled.durations_days(), &mut early);
        let day = |moment: i32| f64::from(moment - start);
        let span = |position: usize| {
            early.get(position).map_or((0.0, 0.0), |at| (day(at.start), day(at.finish)))
        };
        let mut planned = Vec::with_capacity(self.asked_m.len());
        self.reach(span, &mut Vec::new(), |_, day| planned.push(day));
        let mut reached: Vec<(usize, LengthReached)> = Vec::with_capacity(self.asked_m.len());
        for (((length_m, place), days), planned) in self.asked_m.iter().zip(days).zip(planned) {
            #[expect(clippy::cast_possible_truncation, reason = "days are short floats")]
            let dated = dated(compiled, start, days, planned as f32);
            reached.push((*place, LengthReached { length_m: *length_m, reached: dated }));
        }
        reached.sort_by_key(|one| one.0);
        reached.into_iter().map(|one| one.1).collect()
    }

    /// Tells the day of each length, in ascending order, where activities have these spans.
    fn reach(
        &self,
        span: impl Fn(usize) -> (f64, f64),
        changes: &mut Vec<Change>,
        mut tell: impl FnMut(usize, f64),
    ) {
        changes.clear();
        for (position, length_m) in &self.parts {
            let (start, finish) = span(*position);
            let days = finish - start;
            if days > 0.0 {
                let rate = length_m / days;
                changes.push(Change { day: start, rate_m_per_day: rate, at_once_m: 0.0 });
                changes.push(Change { day: finish, rate_m_per_day: -rate, at_once_m: 0.0 });
            } else {
                changes.push(Change { day: finish, rate_m_per_day: 0.0, at_once_m: *length_m });
            }
        }
        changes.sort_unstable_by(|a, b| a.day.total_cmp(&b.day));
        let mut asked = self.asked_m().map(|asked_m| asked_m - ROUNDING_M).enumerate().peekable();
        let (mut done_m, mut rate, mut now) = (0.0, 0.0, 0.0);
        for change in &*changes {
            let then_m = done_m + rate * (change.day - now);
            while let Some((number, asked_m)) = asked.next_if(|(_, asked_m)| *asked_m <= then_m) {
                let day = if asked_m > done_m { now + (asked_m - done_m) / rate } else { now };
                tell(number, day.min(change.day));
            }
            (done_m, now) = (then_m + change.at_once_m, change.day);
            rate += change.rate_m_per_day;
        }
        // What came at once on the last day, and what rounding left over.
        for (number, _) in asked {
            tell(number, now);
        }
    }
}
