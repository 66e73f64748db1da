//! How sure the plan is: when milestones are reached, what holds them up, what risks cost, and how
//! exact all that is.

use jiff::civil;

use super::tables::{count, kinds};
use crate::model::{CORRIDOR, Study};
use crate::report::table::Table;
use crate::report::words::{sentence, short_day, short_month, work_words};
use crate::schedule::{
    DatedPercentiles, Dates, MilestoneRisk, Percentiles, RiskEvent, RiskOutcome,
    percentile_error_days,
};
use crate::stages::{ItemKind, Plan, PlanItem};
use crate::unit::{grouped, money_words};

/// Takes a percentile.
type Level = fn(&Percentiles) -> f64;

/// The levels that are looked at together.
const LEVELS: [(f64, Level); 3] = [(0.5, |of| of.p50), (0.8, |of| of.p80), (0.9, |of| of.p90)];

/// Every gate and opening: as planned, how often that is kept, and its percentiles.
#[must_use]
pub fn risk_milestones_table(
    study: &Study,
    plan: &Plan,
    dates: &Dates<'_>,
    outcome: &RiskOutcome,
) -> Table {
    let note = format!(
        "P10 to P90: by then a tenth, half, four fifths and nine tenths of {} simulated plans have \
         it. Planned: likely times, nothing goes wrong. Kept: how many are there by the planned \
         day. Exact to: the standard error of P80, in days.",
        grouped(count(outcome.finish_days.len()), 0)
    );
    let headings = [
        "Segment",
        "Reached",
        "Planned",
        ">Kept, %",
        "P10",
        "P50",
        "P80",
        "P90",
        ">Exact to, days",
    ];
    let mut table =
        Table::new("risk-milestones", "When gates and openings are reached", &note, &headings);
    for milestone in &outcome.milestones {
        let Some((place, item)) = found(plan, &milestone.id) else { continue };
        let DatedPercentiles { dates: days, by_plan_share, .. } = &milestone.reached;
        let mut row = vec![
            sentence(&study.subject_name(&item.segment)).into(),
            work_words(&item.work).into(),
            short_month(dates.early_finish(place)).into(),
            percent(*by_plan_share).into(),
        ];
        row.extend(days.iter().map(|day| short_month(*day).into()));
        row.push(error_words(percentile_error_days(&milestone.reached_days, 0.8)).into());
        table.rows.push(row);
    }
    table
}

/// What holds at the same time: all openings, and time with money where the plan has any.
#[must_use]
pub fn joint_table(study: &Study, plan: &Plan, outcome: &RiskOutcome) -> Table {
    let money = if outcome.cost_usd.is_some() {
        "Time and money: both within their own percentile."
    } else {
        "The plan carries no costs, so there is no joint view of time and money."
    };
    let note = format!(
        "Dates that are each kept in four plans out of five are kept together in fewer. {money}"
    );
    let headings = ["What", ">Each alone, %", ">Together, %"];
    let mut table = Table::new("joint", "What holds together", &note, &headings);
    let openings: Vec<&MilestoneRisk> = outcome
        .milestones
        .iter()
        .filter(|one| found(plan, &one.id).is_some_and(|(_, item)| is_of_segment(item)))
        .collect();
    let names: Vec<String> = openings
        .iter()
        .filter_map(|one| found(plan, &one.id))
        .map(|(_, item)| study.subject_name(&item.segment))
        .collect();
    for (share, level) in LEVELS {
        let limits: Vec<(&str, f64)> =
            openings.iter().map(|one| (one.id.as_str(), level(&one.reached.days))).collect();
        if limits.len() > 1
            && let Some(together) = outcome.together_share(&limits)
        {
            let what = format!("each opened by its P{}: {}", percent(share), names.join(", "));
            table.rows.push(vec![
                sentence(&what).into(),
                percent(share).into(),
                percent(together).into(),
            ]);
        }
    }
    for (share, level) in LEVELS {
        let Some(limit_usd) = outcome.cost_usd.as_ref().map(level) else { break };
        let together = outcome.joint_share(level(&outcome.finish.days), limit_usd);
        let (level, limit) = (percent(share), money_words("USD", limit_usd));
        table.rows.push(vec![
            format!("Last opening by its P{level}, for no more than {limit}").into(),
            level.into(),
            percent(together).into(),
        ]);
    }
    table
}

/// How often each stage and kind of work holds up the last opening.
#[must_use]
pub fn critical_table(
    study: &Study,
    plan: &Plan,
    dates: &Dates<'_>,
    outcome: &RiskOutcome,
) -> Table {
    let shares: Vec<f64> = outcome.activities.iter().map(|one| one.critical_share).collect();
    let ever = shares.iter().filter(|share| **share > 0.0).count();
    let note = format!(
        "Criticality index: the share of simulated plans in which an activity lies on a way of \
         links that holds up the last opening. {ever} of {} activities are on it at least once; \
         lots of a kind of work stand in one row, from the least to the greatest, and each is in \
         the JSON. To spare: working days at likely times, the least.",
        shares.len()
    );
    let headings = ["Segment", "What", ">Lots", ">Critical, %", ">To spare as planned, days"];
    let mut table = Table::new("critical", "What the last opening waits for", &note, &headings);
    let share = |place: &usize| shares.get(*place).copied().unwrap_or(0.0);
    let mut kinds: Vec<(f64, f64, &PlanItem, Vec<usize>)> = timed_kinds(plan)
        .map(|(item, places)| {
            let greatest = places.iter().map(share).fold(0.0, f64::max);
            (places.iter().map(share).fold(1.0, f64::min), greatest, item, places)
        })
        .filter(|(_, greatest, ..)| *greatest >= 0.005)
        .collect();
    kinds.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (least, greatest, item, places) in kinds {
        let float_days = places.iter().map(|place| dates.total_float_days(*place)).min();
        let range = match places.len() {
            1 => percent(greatest),
            _ => format!("{}-{}", percent(least), percent(greatest)),
        };
        table.rows.push(vec![
            sentence(&study.subject_name(&item.segment)).into(),
            work_words(&item.work).into(),
            lots(&places).into(),
            range.into(),
            float_days.unwrap_or_default().to_string().into(),
        ]);
    }
    table
}

/// The activities whose duration moves the last opening most, one of each stage and kind of work.
#[must_use]
pub fn movers_table(plan: &Plan, outcome: &RiskOutcome) -> Table {
    let chance_days = outcome.shift_error_days(0.5).map_or(0.0, |error_days| 2.0 * error_days);
    let note = format!(
        "By how many days the mean of the last opening is later where the activity takes longer \
         than its median than where it takes less; what its duration has in common with others is \
         in it. Of the lots of a kind of work the one that moves most, each is in the JSON. Less \
         than {} days may be chance.",
        grouped(chance_days.ceil(), 0)
    );
    let headings = ["Activity", ">Of lots", ">Later, days", ">Critical, %"];
    let mut table = Table::new("movers", "Whose duration moves the last opening", &note, &headings);
    let shift = |place: &usize| outcome.activities.get(*place).and_then(|one| one.shift_days);
    let mut moved: Vec<(f64, usize, Vec<usize>)> = timed_kinds(plan)
        .filter_map(|(_, places)| {
            let shifts = places.iter().filter_map(|place| Some((shift(place)?, *place)));
            let (days, place) = shifts.max_by(|a, b| a.0.abs().total_cmp(&b.0.abs()))?;
            (days.abs() >= chance_days).then_some((days, place, places))
        })
        .collect();
    moved.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    for (shift_days, place, places) in moved {
        let name = plan.network.activities.get(place).map_or("", |activity| &activity.name);
        let critical = outcome.activities.get(place).map_or(0.0, |one| one.critical_share);
        table.rows.push(vec![
            sentence(name).into(),
            lots(&places).into(),
            grouped(shift_days, 0).into(),
            percent(critical).into(),
        ]);
    }
    table
}

/// Each stage and kind of work that takes time.
fn timed_kinds(plan: &Plan) -> impl Iterator<Item = (&PlanItem, Vec<usize>)> {
    kinds(plan).into_iter().filter(|(item, _)| item.kind != ItemKind::Opening)
}

fn lots(places: &[usize]) -> String {
    if places.len() > 1 { places.len().to_string() } else { "-".to_owned() }
}

/// The risks that may happen: how often they did, and the days that they cost.
#[must_use]
pub fn risk_events_table(study: &Study, plan: &Plan, outcome: &RiskOutcome) -> Table {
    let left_out = study.risks.iter().filter(|risk| risk.delay.is_none()).count();
    let note = format!(
        "Later: by how many days the mean of the last opening is later in the plans in which it \
         happens than in the others; exact to: twice the standard error of that. On average: \
         later, times how often it happens. {left_out} risks of the study say nothing of a delay and are not in it."
    );
    let headings = [
        "Risk",
        "Delays",
        ">Given, %",
        ">Happened, %",
        ">Adds, working days",
        ">Later, days",
        ">Exact to, days",
        ">On average, days",
    ];
    let mut table = Table::new("risk-events", "What risks cost", &note, &headings);
    let mut events: Vec<_> = plan.risk.events.iter().zip(&outcome.events).collect();
    let on_average = |event: &crate::schedule::EventOutcome| {
        event.shift_days.map(|shift_days| shift_days * event.happened_share)
    };
    events.sort_by(|a, b| {
        let key = |one: &(_, &crate::schedule::EventOutcome)| on_average(one.1).unwrap_or(0.0);
        key(b).total_cmp(&key(a))
    });
    for (event, happened) in events {
        let name = study.risks.iter().find(|risk| risk.id == event.id);
        let days = |days: Option<f64>| days.map_or_else(|| "-".to_owned(), |days| grouped(days, 0));
        let error_days = outcome.shift_error_days(happened.happened_share);
        table.rows.push(vec![
            sentence(name.map_or(event.id.as_str(), |risk| &risk.name.en)).into(),
            delayed(study, plan, event).into(),
            percent(event.event_probability).into(),
            grouped(100.0 * happened.happened_share, 1).into(),
            impact_words(event).into(),
            days(happened.shift_days).into(),
            days(error_days.map(|error_days| (2.0 * error_days).ceil())).into(),
            days(on_average(happened)).into(),
        ]);
    }
    table
}

/// How the percentiles settle as the iterations grow, and how many are enough.
#[must_use]
pub fn convergence_table(plan: &Plan, outcome: &RiskOutcome) -> Table {
    let all = count(outcome.finish_days.len());
    let last = outcome.convergence().last().and_then(|look| look.p80_error_days);
    let enough = last.filter(|error_days| *error_days > 0.0).map_or(String::new(), |error_days| {
        let needed = all * error_days * error_days;
        format!(" For an error of one day {} are enough.", two_digits(needed))
    });
    let note = format!(
        "The last opening after so many iterations of the same seed. The standard error of P80 \
         falls with their root: in 19 of 20 seeds P80 comes out within two of them from where it \
         would settle.{enough} It says nothing of whether the durations are right."
    );
    let headings =
        [">Iterations", "P50", "P80", ">P80, days from the start", ">Standard error, days"];
    let mut table = Table::new("convergence", "How many iterations are enough", &note, &headings);
    for look in outcome.convergence() {
        table.rows.push(vec![
            grouped(count(look.iterations), 0).into(),
            day_words(plan.network.start, look.p50_days).into(),
            day_words(plan.network.start, look.p80_days).into(),
            grouped(look.p80_days, 1).into(),
            error_words(look.p80_error_days).into(),
        ]);
    }
    table
}

/// The last day of work, so many calendar days from the morning of the start.
pub(super) fn day_of(start: civil::Date, days: f64) -> Option<civil::Date> {
    #[expect(clippy::cast_possible_truncation, reason = "bounded just before")]
    let whole = (0.0..1e7).contains(&days).then(|| (days - 1e-3).ceil() as i32)?;
    start.checked_add(jiff::Span::new().days(whole.saturating_sub(1))).ok()
}

fn day_words(start: civil::Date, days: f64) -> String {
    day_of(start, days).map_or_else(|| "-".to_owned(), short_day)
}

fn found<'a>(plan: &'a Plan, id: &str) -> Option<(usize, &'a PlanItem)> {
    plan.items.iter().enumerate().find(|(_, item)| item.activity == id)
}

/// Whether it is the opening of one segment.
fn is_of_segment(item: &PlanItem) -> bool {
    item.kind == ItemKind::Opening && item.segment != CORRIDOR
}

/// Kind of work and segments that an event delays.
fn delayed(study: &Study, plan: &Plan, event: &RiskEvent) -> String {
    let items: Vec<&PlanItem> =
        event.activities.iter().filter_map(|id| Some(found(plan, id)?.1)).collect();
    let work = items.first().map_or(String::new(), |item| item.work.replace('-', " "));
    let segments: Vec<String> =
        items.iter().map(|item| study.subject_name(&item.segment)).collect();
    sentence(&format!("{work} of {}", segments.join(", ")))
}

/// From P10 to P90 of what an event adds.
fn impact_words(event: &RiskEvent) -> String {
    let at = |share: f64| event.impact.quantile(share).ok();
    match (at(0.1), at(0.9)) {
        (Some(low), Some(high)) => format!("{}-{}", grouped(low, 0), grouped(high, 0)),
        _ => "-".to_owned(),
    }
}

fn error_words(error_days: Option<f64>) -> String {
    error_days.map_or_else(|| "too few".to_owned(), |days| grouped(days, 1))
}

/// A count, rounded up to two digits.
fn two_digits(number: f64) -> String {
    let unit = 10_f64.powf((number.max(1.0).log10().floor() - 1.0).max(0.0));
    grouped((number / unit).ceil() * unit, 0)
}

fn percent(share: f64) -> String {
    grouped(100.0 * share, 0)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_from_the_start_end_in_an_evening() {
        let start = date(2027, 1, 1);
        // Work of one day ends on the first; of 31 days on the last of January.
        assert_eq!(day_of(start, 1.0), Some(start));
        assert_eq!(day_of(start, 30.2), Some(date(2027, 1, 31)));
        assert_eq!(day_of(start, f64::NAN), None);
    }

    #[test]
    fn counts_are_rounded_up() {
        let rounded = [0.2, 7.0, 99.5, 123_456.0].map(two_digits);
        assert_eq!(rounded, ["1", "7", "100", "130,000"]);
    }
}
