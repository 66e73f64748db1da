//! How sure a finish is: a network computed many times with what may happen.

use std::ops::ControlFlow;

use jiff::civil::Date;

use super::compiled::Compiled;
use super::percentiles::{Percentiles, share};
use super::risk_clock::{Calendars, Clock, Counted, OneCalendar};
use super::risk_length::{LengthReached, Lengths};
use super::risk_model::{RiskModel, RiskOptions};
use super::risk_pass::RiskNetwork;
use super::risk_run::{Job, run};
use super::risk_setup::{Setup, shared_calendar};
use crate::error::Result;

/// What may come of a network.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskOutcome {
    /// The finish of all.
    pub finish: DatedPercentiles,
    /// Each milestone, and each activity whose finish was asked for, in the order of the network.
    pub milestones: Vec<MilestoneRisk>,
    /// Each activity, in the order of the network.
    pub activities: Vec<ActivityOutcome>,
    /// Each event, in the order given.
    pub events: Vec<EventOutcome>,
    /// What all costs; `None` if nothing has a cost.
    pub cost_usd: Option<Percentiles>,
    /// The finish of each iteration, calendar days from the start of the network.
    pub finish_days: Vec<f32>,
    /// The cost of each iteration; empty if nothing has a cost.
    pub costs_usd: Vec<f64>,
}

/// Percentiles of a moment, in calendar days from the start of the network, with their dates.
#[derive(Debug, Clone, PartialEq)]
pub struct DatedPercentiles {
    /// Calendar days from the morning of the first day to the evening of the last.
    pub days: Percentiles,
    /// The last day of work at P10, P50, P80 and P90.
    pub dates: [Date; 4],
    /// The finish as planned, with no event.
    pub planned_days: f64,
    /// The share of iterations that finish as planned or earlier.
    pub by_plan_share: f64,
}

/// A milestone, or the end of an activity.
#[derive(Debug, Clone, PartialEq)]
pub struct MilestoneRisk {
    /// Its id.
    pub id: String,
    /// When it is reached.
    pub reached: DatedPercentiles,
    /// The same of each iteration, calendar days from the start of the network.
    pub reached_days: Vec<f32>,
}

/// What an activity has to do with the finish.
#[derive(Debug, Clone, PartialEq)]
pub struct ActivityOutcome {
    /// Its id.
    pub id: String,
    /// The criticality index: the share of iterations in which it is on a way of links that holds
    /// back the last finish.
    pub critical_share: f64,
    /// By how many days the mean finish is later where it takes longer than its median than where
    /// it takes less; `None` if its duration is fixed.
    pub shift_days: Option<f64>,
}

/// What an event has to do with the finish.
#[derive(Debug, Clone, PartialEq)]
pub struct EventOutcome {
    /// Its id.
    pub id: String,
    /// The share of iterations in which it happened.
    pub happened_share: f64,
    /// By how many days the mean finish is later where it happens than where it does not; `None`
    /// if it always or never does.
    pub shift_days: Option<f64>,
}

impl RiskOutcome {
    /// The joint confidence: the share of iterations that finish within so many days and cost no
    /// more. It is less than either share alone.
    #[must_use]
    pub fn joint_share(&self, within_days: f64, within_usd: f64) -> f64 {
        let both = self.finish_days.iter().zip(&self.costs_usd);
        let within =
            |(days, usd): &(&f32, &f64)| f64::from(**days) <= within_days && **usd <= within_usd;
        share(both.filter(within).count(), self.finish_days.len())
    }

    /// Activities and events by what they move the finish: most first, with their days.
    #[must_use]
    pub fn tornado(&self) -> Vec<(&str, f64)> {
        let activities = self.activities.iter().map(|one| (one.id.as_str(), one.shift_days));
        let events = self.events.iter().map(|one| (one.id.as_str(), one.shift_days));
        let mut moved: Vec<(&str, f64)> =
            activities.chain(events).filter_map(|(id, days)| Some((id, days?))).collect();
        moved.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        moved
    }
}

/// Computes a network many times, each time with other durations and events.
///
/// Time passes without steps: an activity of 2.3 working days ends within the third, and its
/// successor begins there; calendars and links are those of the network. Each iteration is a pure
/// function of the seed and its number, so the results are the same bytes on any number of threads
/// and any width of registers. Durations are drawn by inverting their distributions, correlated by
/// common factors.
///
/// A percentile of `n` iterations has the standard error `sqrt(p (1 - p) / n) / f`, with `f` the
/// density there: with 100 days from P10 to P90 of a normal finish and 100,000 iterations, 0.18 days
/// at P80.
///
/// # Errors
/// [`Error::Unknown`](crate::Error::Unknown) for an activity that is not in the network;
/// [`Error::OutOfRange`](crate::Error::OutOfRange) for distributions that are none, loadings above
/// 1, and iterations that end after the horizon.
///
/// # Complexity
/// O(iterations (activities + links)); memory for each iteration 12 bytes and 4 a milestone.
///
/// # Example
/// ```
/// use jiff::civil::date;
/// use railcorridor::schedule::{
///     Activity, ActivityRisk, Calendar, Distribution, Link, Network, RiskModel, RiskOptions,
///     WorkingWeek, simulate,
/// };
///
/// let calendar = Calendar::new("site", WorkingWeek::EVERY_DAY);
/// let mut network = Network::new(date(2027, 1, 1), calendar);
/// network.activities = vec![Activity::task("cut", 20.0), Activity::task("track", 10.0)];
/// network.links = vec![Link::finish_start("cut", "track")];
/// let cut = ActivityRisk {
///     activity: "cut".into(),
///     duration: Distribution::Triangular { low: 10.0, mode: 20.0, high: 30.0 },
///     loadings: vec![], fixed_usd: 0.0, cost_usd_per_day: 0.0,
/// };
/// let model = RiskModel { activities: vec![cut], ..RiskModel::default() };
/// let outcome = simulate(&network.compile()?, &model, &RiskOptions::default())?;
/// // The median of the cut is 20 days, the track takes 10.
/// assert!((outcome.finish.days.p50 - 30.0).abs() < 0.1);
/// assert_eq!(outcome.activities[0].critical_share, 1.0);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn simulate(
    compiled: &Compiled<'_>,
    model: &RiskModel,
    options: &RiskOptions,
) -> Result<RiskOutcome> {
    simulate_watched(compiled, model, options, &mut |_| ControlFlow::Continue(()))
}

/// What is told how many iterations are done, and may end a simulation there.
pub type RiskWatch<'a> = dyn FnMut(u32) -> ControlFlow<()> + 'a;

/// As [`simulate`], with a watch that may end it early.
///
/// The iterations done then are the first ones, so the outcome is that of a simulation of so many to
/// the last bit; the length of [`RiskOutcome::finish_days`] tells how many.
///
/// # Errors
/// Those of [`simulate`].
pub fn simulate_watched(
    compiled: &Compiled<'_>,
    model: &RiskModel,
    options: &RiskOptions,
    watch: &mut RiskWatch<'_>,
) -> Result<RiskOutcome> {
    let none = Lengths::default();
    let (outcome, _) = simulate_on(compiled, model, options, &none, pulp::Arch::new(), watch)?;
    Ok(outcome)
}

/// The same with lengths, and with the registers of a kind of processor.
pub(super) fn simulate_on(
    compiled: &Compiled<'_>,
    model: &RiskModel,
    options: &RiskOptions,
    lengths: &Lengths,
    arch: pulp::Arch,
    watch: &mut RiskWatch<'_>,
) -> Result<(RiskOutcome, Vec<LengthReached>)> {
    model.check(options)?;
    let start = compiled.horizon().morning(compiled.network().start);
    let setup = Setup::new(compiled, model)?;
    let counted = |number: u16| Some(Counted::new(compiled.calendar(number)?, start));
    let one = shared_calendar(compiled).and_then(counted);
    let network = RiskNetwork::new(compiled, start, one);
    let results = match one {
        Some(one) => {
            run(&job((&setup, lengths), &network, &OneCalendar(one), options), arch, watch)
        }
        None => {
            let calendars = Calendars((0..=u16::MAX).map_while(counted).collect());
            run(&job((&setup, lengths), &network, &calendars, options), arch, watch)
        }
    };
    setup.outcome(compiled, lengths, results)
}

fn job<'a, C: Clock>(
    (setup, lengths): (&'a Setup, &'a Lengths),
    network: &'a RiskNetwork,
    clock: &'a C,
    options: &RiskOptions,
) -> Job<'a, C> {
    Job {
        network,
        clock,
        draws: &setup.draws,
        seed: options.seed,
        iterations: options.iterations,
        durations_days: &setup.durations_days,
        uncertain: &setup.uncertain,
        milestones: &setup.milestones,
        lengths,
        costs: &setup.costs,
        planned_days: setup.planned_days,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::schedule::{
        Activity, ActivityRisk, Calendar, Distribution, Link, LinkKind, Loading, Network,
        RiskEvent, WorkingWeek,
    };

    fn network(calendars: usize) -> Network {
        let site = Calendar::new("site", WorkingWeek::FRIDAY_OFF);
        let mut network = Network::new(date(2027, 1, 1), site);
        network.calendars.push(Calendar::new("lab", WorkingWeek::EVERY_DAY));
        let kinds = [
            LinkKind::FinishStart,
            LinkKind::StartStart,
            LinkKind::FinishFinish,
            LinkKind::StartFinish,
        ];
        for number in 0..20_usize {
            let activity = Activity::task(format!("a{number}"), 10.0);
            let is_lab = calendars > 1 && number % 3 == 0;
            network.activities.push(if is_lab { activity.in_calendar("lab") } else { activity });
            for back in [1, 3] {
                if let (Some(from), Some(kind)) = (number.checked_sub(back), kinds.get(number % 4))
                {
                    let link = Link::new(format!("a{from}"), format!("a{number}"), *kind);
                    network.links.push(link.lag_days(i32::try_from(number % 4).unwrap() - 1));
                }
            }
        }
        network
    }

    fn model() -> RiskModel {
        let one = |number: usize| ActivityRisk {
            activity: format!("a{number}"),
            duration: match number % 4 {
                0 => Distribution::Triangular { low: 5.0, mode: 9.0, high: 30.0 },
                1 => Distribution::BetaPert { low: 5.0, mode: 9.0, high: 30.0, weight: 4.0 },
                2 => Distribution::Lognormal { p10: 6.0, p90: 20.0 },
                _ => Distribution::Empirical { values: vec![3.0, 8.0, 9.0, 30.0] },
            },
            loadings: match number % 3 {
                0 => vec![Loading { factor: "ground".into(), loading_ratio: 0.6 }],
                _ => Vec::new(),
            },
            fixed_usd: 10.0,
            cost_usd_per_day: 3.0,
        };
        let event = RiskEvent {
            id: "flood".into(),
            event_probability: 0.3,
            impact: Distribution::Triangular { low: 1.0, mode: 5.0, high: 20.0 },
            activities: vec!["a3".into(), "a7".into(), "a19".into()],
            cost: Some(Distribution::Lognormal { p10: 5.0, p90: 50.0 }),
        };
        RiskModel {
            activities: (0..19).map(one).collect(),
            events: vec![event],
            costs: Vec::new(),
            overhead_usd_per_day: 2.0,
            finishes: vec!["a5".into()],
        }
    }

    #[test]
    fn what_is_ended_early_is_a_shorter_simulation() {
        let network = network(1);
        let compiled = network.compile().unwrap();
        let options = RiskOptions { iterations: 1_000_000, seed: 7 };
        let mut looks = Vec::new();
        let ended = simulate_watched(&compiled, &model(), &options, &mut |done| {
            looks.push(done);
            if looks.len() < 2 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        let ended = ended.unwrap();
        let [first, second] = looks[..] else { panic!("looked at {looks:?}") };
        assert!(0 < first && first < second && second < options.iterations, "{looks:?}");
        assert_eq!(ended.finish_days.len(), second as usize);
        let short = RiskOptions { iterations: second, ..options };
        assert_eq!(ended, simulate(&compiled, &model(), &short).unwrap());
    }

    #[test]
    fn the_end_of_an_activity_is_that_of_a_milestone_behind_it() {
        for calendars in [1, 2] {
            let mut network = network(calendars);
            network.activities.push(Activity::finish_milestone("end"));
            network.links.push(Link::finish_start("a5", "end"));
            let compiled = network.compile().unwrap();
            let options = RiskOptions { iterations: 2_000, seed: 3 };
            let outcome = simulate(&compiled, &model(), &options).unwrap();
            let ids: Vec<&str> = outcome.milestones.iter().map(|one| one.id.as_str()).collect();
            assert_eq!(ids, ["a5", "end"]);
            let [activity, milestone] = &outcome.milestones[..] else { panic!("two") };
            assert_eq!(activity.reached_days, milestone.reached_days);
            assert_eq!(activity.reached, milestone.reached);
        }
    }

    #[test]
    fn wide_registers_give_the_bytes_of_plain_ones() {
        for calendars in [1, 2] {
            let network = network(calendars);
            let compiled = network.compile().unwrap();
            let options = RiskOptions { iterations: 5_000, seed: 7 };
            let wide = simulate(&compiled, &model(), &options).unwrap();
            let none = Lengths::default();
            let scalar = pulp::Arch::Scalar;
            let mut go_on = |_| ControlFlow::Continue(());
            let (plain, _) =
                simulate_on(&compiled, &model(), &options, &none, scalar, &mut go_on).unwrap();
            let bits = |of: &RiskOutcome| -> (Vec<u32>, Vec<u64>) {
                let days = of.finish_days.iter().map(|days| days.to_bits());
                (days.collect(), of.costs_usd.iter().map(|usd| usd.to_bits()).collect())
            };
            assert_eq!(bits(&wide), bits(&plain));
            assert_eq!(wide, plain);
        }
    }
}
