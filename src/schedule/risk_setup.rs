//! From a network and what is uncertain in it to draws, and from results to what a reader asks.

use std::collections::BTreeSet;

use super::activity::ActivityKind;
use super::compiled::Compiled;
use super::distribution::Distribution;
use super::horizon::BEYOND;
use super::ids::Ids;
use super::passes::last_finish;
use super::percentiles::{percentiles, share};
use super::risk::{ActivityOutcome, DatedPercentiles, EventOutcome, MilestoneRisk, RiskOutcome};
use super::risk_draw::{Draws, Target};
use super::risk_length::{LengthReached, Lengths};
use super::risk_model::{Loading, RiskModel};
use super::risk_run::{Costs, Results, Share};
use super::{LinkKind, Rule};
use crate::error::{Error, Result};

/// What is let off for rounding when a finish is held against the plan, days.
const ROUNDING_DAYS: f64 = 1e-3;

/// A simulation before it runs.
pub(super) struct Setup {
    pub(super) draws: Draws,
    /// By position: the duration where none is drawn.
    pub(super) durations_days: Vec<f32>,
    /// Positions of the durations that are drawn, with their medians.
    pub(super) uncertain: Vec<(usize, f32)>,
    /// Positions whose finish is kept, in the order of the network, and whether it is a morning.
    pub(super) milestones: Vec<(usize, bool)>,
    pub(super) costs: Costs,
    /// The finish as planned, calendar days from the start.
    pub(super) planned_days: f32,
    /// By milestone: the same.
    planned_milestones_days: Vec<f32>,
    event_ids: Vec<String>,
    has_costs: bool,
}

impl Setup {
    pub(super) fn new(compiled: &Compiled<'_>, model: &RiskModel) -> Result<Self> {
        let ids = Ids::new(&compiled.network().activities)?;
        let position = |id: &str, by: &str| {
            let hint = || format!("{by} names it; give the id of one in the network");
            let place = ids.known(id, hint)?;
            Ok(compiled.position(place as usize))
        };
        let factors = model.factors();
        #[expect(clippy::cast_precision_loss, reason = "days")]
        let mut durations_days: Vec<f32> =
            compiled.durations_days().iter().map(|days| *days as f32).collect();
        let shares = |loadings: &[Loading]| -> Vec<(usize, f64)> {
            let by_name = |name: &str| factors.iter().position(|factor| *factor == name);
            let share = |one: &Loading| Some((by_name(&one.factor)?, one.loading_ratio));
            loadings.iter().filter_map(share).collect()
        };
        let mut draws = Draws::new(factors.len());
        let mut uncertain = Vec::new();
        let mut costs =
            Costs { overhead_usd_per_day: model.overhead_usd_per_day, ..Costs::default() };
        for activity in &model.activities {
            let place = position(&activity.activity, "the risk model")?;
            let is_done = compiled.rules.get(place) == Some(&Rule::Done);
            costs.fixed_usd += activity.fixed_usd;
            if activity.cost_usd_per_day > 0.0 {
                costs.by_day.push((place, activity.cost_usd_per_day));
            }
            if is_done {
                continue;
            }
            if let Some(fixed) = fixed(&activity.duration) {
                if let Some(days) = durations_days.get_mut(place) {
                    *days = fixed;
                }
                continue;
            }
            let loadings = shares(&activity.loadings);
            draws.add(Target::Duration(place), &activity.duration, &loadings);
            #[expect(clippy::cast_possible_truncation, reason = "draws are short floats")]
            uncertain.push((place, activity.duration.quantile(0.5)? as f32));
        }
        for (number, event) in model.events.iter().enumerate() {
            let by = format!("event {}", event.id);
            let places = event.activities.iter().map(|id| position(id, &by));
            draws.add_event(event.event_probability, places.collect::<Result<_>>()?);
            draws.add(Target::Impact(number), &event.impact, &[]);
            let cost = event.cost.clone().unwrap_or(Distribution::Fixed { value: 0.0 });
            draws.add(Target::Cost(number), &cost, &[]);
        }
        for cost in &model.costs {
            draws.add_spent(&cost.cost, &shares(&cost.loadings));
        }
        draws.tabulate();
        for event in &draws.events {
            for place in &event.positions {
                if !uncertain.iter().any(|one| one.0 == *place) {
                    let days = durations_days.get(*place).copied().unwrap_or(0.0);
                    draws.refilled.push((*place, days));
                }
            }
        }
        let has_costs = costs.fixed_usd > 0.0
            || costs.overhead_usd_per_day > 0.0
            || !costs.by_day.is_empty()
            || !model.costs.is_empty()
            || model.events.iter().any(|event| event.cost.is_some());
        let finishes = model.finishes.iter().map(|id| position(id, "the risk model"));
        let finishes: BTreeSet<usize> = finishes.collect::<Result<_>>()?;
        let (milestones, planned_milestones_days, planned_days) = planned(compiled, &finishes);
        let event_ids = model.events.iter().map(|event| event.id.clone()).collect();
        Ok(Self {
            draws,
            durations_days,
            uncertain,
            milestones,
            costs,
            planned_days,
            planned_milestones_days,
            event_ids,
            has_costs,
        })
    }

    /// What a reader asks of the results.
    pub(super) fn outcome(
        &self,
        compiled: &Compiled<'_>,
        lengths: &Lengths,
        results: Results,
    ) -> Result<(RiskOutcome, Vec<LengthReached>)> {
        let network = compiled.network();
        let start = compiled.horizon().morning(network.start);
        let longest = f64::from(results.finish_days.iter().copied().fold(0.0, f32::max));
        let horizon_days = f64::from(compiled.horizon().days() - start);
        if !(longest < horizon_days) {
            return Err(Error::OutOfRange {
                item: "latest finish of all iterations, days".to_owned(),
                value: longest,
                limit: format!("the {horizon_days} days of the horizon"),
                hint: "let the horizon of the network be longer, or durations shorter".to_owned(),
            });
        }
        let dated = |days: &[f32], planned: f32| dated(compiled, start, days, planned);
        let count = results.finish_days.len();
        let mut shifts = vec![None; self.durations_days.len()];
        for ((place, _), above) in self.uncertain.iter().zip(&results.above) {
            if let Some(shift) = shifts.get_mut(*place) {
                *shift = shift_days(*above, results.all);
            }
        }
        let by_position = compiled.positions().iter().map(|position| *position as usize);
        let activities = network.activities.iter().zip(by_position).map(|(activity, position)| {
            let critical = results.critical.get(position).copied().unwrap_or(0);
            ActivityOutcome {
                id: activity.id.clone(),
                critical_share: share(critical as usize, count),
                shift_days: shifts.get(position).copied().flatten(),
            }
        });
        let events =
            self.event_ids.iter().zip(&results.happens).map(|(id, happens)| EventOutcome {
                id: id.clone(),
                happened_share: happens.count / results.all.count.max(1.0),
                shift_days: shift_days(*happens, results.all),
            });
        let of_milestones = results.milestone_days.into_iter().zip(&self.planned_milestones_days);
        let milestones = self.milestones.iter().zip(of_milestones).map(
            |((position, _), (reached_days, planned))| {
                let activity = network.activities.get(compiled.activity_at(*position));
                let id = activity.map_or_else(String::new, |activity| activity.id.clone());
                let reached = dated(&reached_days, *planned);
                MilestoneRisk { id, reached, reached_days }
            },
        );
        let reached = lengths.reached(compiled, start, &results.length_days);
        let costs_usd = if self.has_costs { results.cost_usd } else { Vec::new() };
        let outcome = RiskOutcome {
            finish: dated(&results.finish_days, self.planned_days),
            milestones: milestones.collect(),
            activities: activities.collect(),
            events: events.collect(),
            cost_usd: self.has_costs.then(|| percentiles(&mut costs_usd.clone())),
            finish_days: results.finish_days,
            costs_usd,
        };
        Ok((outcome, reached))
    }
}

/// The calendar that all activities and lags count in, if they share one.
///
/// On working days alone an evening and the next morning are one. So none is shared where a moment
/// that is a morning is asked for: at the end of all, or by a finish milestone, which is reached on
/// any evening or morning and not moved by a calendar.
pub(super) fn shared_calendar(compiled: &Compiled<'_>) -> Option<u16> {
    let activities = &compiled.network().activities;
    let is_evening = |place: usize| {
        let number = compiled.order().get(place).map(|activity| *activity as usize);
        let kind = number.and_then(|number| activities.get(number)).map(|activity| activity.kind);
        kind == Some(ActivityKind::FinishMilestone)
    };
    let is_morning = |place: usize| {
        !is_evening(place) && compiled.durations_days().get(place).is_none_or(|days| *days == 0)
    };
    let mut is_before_another = vec![false; compiled.order().len()];
    let mut numbers = Vec::new();
    for ((place, links), rule) in compiled.links_by_position().enumerate().zip(&compiled.rules) {
        let is_waiting = compiled.waits(*rule);
        for link in links {
            let from = link.from as usize;
            let is_before = is_waiting && link.kind == LinkKind::FinishStart && link.lag_days >= 0;
            if let Some(place) = is_before_another.get_mut(from) {
                *place |= is_before;
            }
            let leaves_in_the_morning = !link.kind.is_from_finish() || is_morning(from);
            if is_evening(place) && leaves_in_the_morning {
                return None;
            }
            numbers.extend(link.is_counted.then_some(link.calendar));
        }
    }
    for (place, (number, is_before)) in compiled.placed_by.iter().zip(is_before_another).enumerate()
    {
        if is_morning(place) && !is_before {
            return None;
        }
        numbers.extend((!is_evening(place)).then_some(*number));
    }
    let first = numbers.first().copied().unwrap_or(0);
    let days = compiled.calendar(first)?;
    // Facts and floors on days off are evenings of their own.
    let start = compiled.horizon().morning(compiled.network().start);
    let is_kept = |moment: i32| {
        moment == start || moment <= -BEYOND || days.end_of(days.before(moment)) == moment
    };
    for (place, (floor, rule)) in compiled.floors().iter().zip(&compiled.rules).enumerate() {
        let is_moment = is_evening(place) || *rule == Rule::Done;
        if is_moment && !(is_kept(floor.start) && is_kept(floor.finish)) {
            return None;
        }
    }
    let is_same = |number: &u16| *number == first || compiled.calendar(*number) == Some(days);
    numbers.iter().all(is_same).then_some(first)
}

/// Positions whose finish is kept, days on which they are planned, and the planned finish.
fn planned(
    compiled: &Compiled<'_>,
    finishes: &BTreeSet<usize>,
) -> (Vec<(usize, bool)>, Vec<f32>, f32) {
    let mut early = Vec::new();
    compiled.forward(compiled.durations_days(), &mut early);
    let start = compiled.horizon().morning(compiled.network().start);
    #[expect(clippy::cast_precision_loss, reason = "days")]
    let days = |moment: i32| (moment - start) as f32;
    let places = compiled.network().activities.iter().zip(compiled.positions());
    let milestones: Vec<(usize, bool)> = places
        .map(|(activity, position)| (activity.kind, *position as usize))
        .filter(|(kind, place)| *kind != ActivityKind::Task || finishes.contains(place))
        .map(|(kind, place)| (place, kind == ActivityKind::StartMilestone))
        .collect();
    let reached =
        milestones.iter().map(|(place, _)| early.get(*place).map_or(0.0, |at| days(at.finish)));
    (milestones.clone(), reached.collect(), days(last_finish(&early)))
}

/// The value of a distribution that has only one.
fn fixed(of: &Distribution) -> Option<f32> {
    let value = match of {
        Distribution::Fixed { value } => *value,
        Distribution::Triangular { low, high, .. } | Distribution::BetaPert { low, high, .. }
            if low == high =>
        {
            *low
        }
        _ => return None,
    };
    #[expect(clippy::cast_possible_truncation, reason = "draws are short floats")]
    Some(value as f32)
}

/// Percentiles of days with their dates, beside the plan.
pub(super) fn dated(
    compiled: &Compiled<'_>,
    start: i32,
    days: &[f32],
    planned: f32,
) -> DatedPercentiles {
    let planned_days = f64::from(planned);
    let by_plan = days.iter().filter(|days| f64::from(**days) <= planned_days + ROUNDING_DAYS);
    let by_plan_share = share(by_plan.count(), days.len());
    let found = percentiles(&mut days.to_vec());
    let date = |days: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "within the horizon")]
        let evening = (days - ROUNDING_DAYS).ceil() as i32;
        compiled.horizon().day(start + evening - 1)
    };
    let dates = [found.p10, found.p50, found.p80, found.p90].map(date);
    DatedPercentiles { days: found, dates, planned_days, by_plan_share }
}

/// By how much the mean of a part is later than that of the rest.
fn shift_days(part: Share, all: Share) -> Option<f64> {
    let rest = all.count - part.count;
    let has_both = part.count > 0.0 && rest > 0.0;
    has_both.then(|| part.sum_days / part.count - (all.sum_days - part.sum_days) / rest)
}
