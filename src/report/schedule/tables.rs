//! Openings, activities, what moves the opening, and what all rests on.

use crate::model::{CORRIDOR, Certainty, Study};
use crate::report::table::{Cell, Mark, Table};
use crate::report::words::{month, sentence, short_day, work_words};
use crate::schedule::{Dates, RiskOutcome, days_between};
use crate::stages::{Gain, ItemKind, Plan, PlanItem, works_at_pace_of_built_lines};
use crate::unit::{DAYS_A_MONTH, grouped};

/// How many rows of what moves the opening are shown.
const MOVERS: usize = 12;

/// When each segment opens: as planned, and how sure that is; its works beside those of built lines.
#[must_use]
pub fn openings_table(
    study: &Study,
    plan: &Plan,
    dates: &Dates<'_>,
    outcome: &RiskOutcome,
) -> Table {
    let iterations = grouped(count(outcome.finish_days.len()), 0);
    let note = format!(
        "Planned: every activity takes its likely time and nothing goes wrong, so it is hardly ever \
         kept. Half of {iterations} simulated plans open by P50, four in five by P80; durations of \
         one kind move together, risks happen or not. Works: from mobilisation to opening, beside \
         the slowest and the fastest built line of the region at this length, which is another \
         view of the same, not to be added."
    );
    let headings = [
        "Segment",
        ">As built, km",
        "Opening as planned",
        "P50",
        "P80",
        "P90",
        ">Works, months",
        ">Built lines, months",
    ];
    let mut table = Table::new("openings", "When it opens", &note, &headings);
    for (place, item) in plan.items.iter().enumerate() {
        if item.kind != ItemKind::Opening {
            continue;
        }
        let milestone = outcome.milestones.iter().find(|one| one.id == item.activity);
        let at = |percentile: usize| -> Cell {
            let day = milestone.and_then(|one| one.reached.dates.get(percentile));
            day.map_or_else(|| "-".into(), |day| month(*day).into())
        };
        let length_m = length_m(plan, &item.segment);
        let built = works_at_pace_of_built_lines(length_m / 1e3);
        table.rows.push(vec![
            sentence(&study.subject_name(&item.segment)).into(),
            grouped(length_m / 1e3, 0).into(),
            month(dates.early_finish(place)).into(),
            at(1),
            at(2),
            at(3),
            works_months(plan, dates, &item.segment, place).into(),
            built
                .map_or_else(
                    || "-".to_owned(),
                    |range| format!("{:.0}-{:.0}", range.low_months, range.high_months),
                )
                .into(),
        ]);
    }
    table
}

/// Each stage and kind of work: from when to when, and how much time it has to spare.
#[must_use]
pub fn schedule_table(study: &Study, plan: &Plan, dates: &Dates<'_>) -> Table {
    let note = "Each stage and kind of work with its early dates at likely times; works of all lots \
                of a segment in one row. To spare: working days by which the lot that has the least \
                may be late before the last opening is. Critical: the share of lots without any.";
    let headings = ["Segment", "What", "From", "To", ">Lots", ">To spare, days", ">Critical, %"];
    let mut table = Table::new("schedule", "What is still to be done", note, &headings);
    for (item, places) in kinds(plan) {
        let starts = places.iter().map(|at| dates.early_start(*at)).min();
        let ends = places.iter().map(|at| dates.early_finish(*at)).max();
        let float = places.iter().map(|at| dates.total_float_days(*at)).min().unwrap_or_default();
        let critical = places.iter().filter(|at| dates.is_critical(**at)).count();
        let is_lots = item.is_of_lot();
        table.rows.push(vec![
            sentence(&study.subject_name(&item.segment)).into(),
            work_words(&item.work).into(),
            starts.map_or_else(String::new, short_day).into(),
            ends.map_or_else(String::new, short_day).into(),
            if is_lots { places.len().to_string() } else { "-".to_owned() }.into(),
            float.to_string().into(),
            grouped(100.0 * count(critical) / count(places.len()).max(1.0), 0).into(),
        ]);
    }
    table
}

/// What other choices would bring.
#[must_use]
pub fn gains_table(gains: &[Gain]) -> Table {
    let note = "The last opening at likely times if one thing were otherwise. Each row is a plan of \
                its own, so rows do not add up: what holds the opening next takes over.";
    let headings = ["What", "Opening as planned", ">Earlier, months"];
    let mut table = Table::new("gains", "What would bring it forward", note, &headings);
    for (place, gain) in gains.iter().enumerate() {
        let months = f64::from(gain.earlier_days) / DAYS_A_MONTH;
        table.rows.push(vec![
            sentence(&gain.what).into(),
            month(gain.opening).into(),
            if place == 0 { "-".to_owned() } else { grouped(months, 0) }.into(),
        ]);
    }
    table
}

/// What moves the last opening most.
#[must_use]
pub fn tornado_table(study: &Study, plan: &Plan, outcome: &RiskOutcome) -> Table {
    let note = "By how many days the mean of the last opening is later where the activity takes \
                longer than its median, or the risk happens, than where not. Critical: the share of \
                simulated plans in which the activity holds it up.";
    let headings = ["What", ">Later, days", ">Critical, %"];
    let mut table = Table::new("tornado", "What moves the last opening", note, &headings);
    for mover in movers(study, plan, outcome) {
        let critical = mover.critical_share.map(|share| grouped(100.0 * share, 0));
        table.rows.push(vec![
            mover.name.into(),
            grouped(mover.shift_days, 0).into(),
            critical.unwrap_or_else(|| "-".to_owned()).into(),
        ]);
    }
    table
}

/// An activity or a risk that moves the last opening.
pub(super) struct Mover {
    pub(super) name: String,
    /// By how many days the mean of the last opening is later.
    pub(super) shift_days: f64,
    /// The share of simulated plans in which it is critical; of activities alone.
    pub(super) critical_share: Option<f64>,
    pub(super) is_event: bool,
}

/// What moves the last opening most, most first.
pub(super) fn movers(study: &Study, plan: &Plan, outcome: &RiskOutcome) -> Vec<Mover> {
    let mover = |(id, shift_days): (&str, f64)| {
        let activity = plan.network.activities.iter().find(|activity| activity.id == id);
        let risk = study.risks.iter().find(|risk| risk.id == id);
        let critical = outcome.activities.iter().find(|one| one.id == id);
        let name = match (activity, risk) {
            (Some(activity), _) => activity.name.clone(),
            (None, Some(risk)) => format!("Risk: {}", risk.name.en),
            (None, None) => id.to_owned(),
        };
        Mover {
            name: sentence(&name),
            shift_days,
            critical_share: critical.map(|one| one.critical_share),
            is_event: activity.is_none(),
        }
    };
    outcome.tornado().into_iter().take(MOVERS).map(mover).collect()
}

/// Every assumption of the plan, with why.
#[must_use]
pub fn assumptions_table(plan: &Plan) -> Table {
    let note = "Nothing of this was published for the line itself unless it says so.";
    let headings = ["What", "Taken to be", "Why"];
    let mut table = Table::new("assumptions", "What the plan rests on", note, &headings);
    for assumption in &plan.assumptions {
        let mark = (assumption.state == Certainty::Assumed).then_some(Mark::Assumed);
        table.rows.push(vec![
            sentence(&assumption.subject).into(),
            Cell { mark, ..Cell::from(assumption.value.clone()) },
            sentence(&assumption.reason).into(),
        ]);
    }
    table
}

/// The places of each stage and kind of work of a segment, with the first item of each.
pub(super) fn kinds(plan: &Plan) -> Vec<(&PlanItem, Vec<usize>)> {
    let mut kinds: Vec<(&PlanItem, Vec<usize>)> = Vec::new();
    for (place, item) in plan.items.iter().enumerate() {
        let is_same = |other: &PlanItem| other.segment == item.segment && other.work == item.work;
        match kinds.iter_mut().find(|(first, _)| is_same(first)) {
            Some((_, places)) => places.push(place),
            None => kinds.push((item, vec![place])),
        }
    }
    kinds
}

/// From mobilisation to opening, months of the calendar; of the corridor from the first.
pub(super) fn works_months(
    plan: &Plan,
    dates: &Dates<'_>,
    segment: &str,
    opening: usize,
) -> String {
    let own = |item: &PlanItem| segment == CORRIDOR || item.segment == segment;
    let begins = plan
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| own(item) && item.work == "mobilisation")
        .map(|(place, _)| dates.early_start(place))
        .min();
    let Some(begins) = begins else { return "-".to_owned() };
    let days = days_between(begins, dates.early_finish(opening));
    grouped(f64::from(days) / DAYS_A_MONTH, 0)
}

pub(super) fn length_m(plan: &Plan, segment: &str) -> f64 {
    let own = plan.lots.iter().filter(|one| segment == CORRIDOR || one.segment == segment);
    own.filter_map(|one| one.lots.last()).map(|lot| lot.to_m).sum()
}

#[expect(clippy::cast_precision_loss, reason = "counts")]
pub(super) fn count(count: usize) -> f64 {
    count as f64
}
