//! The plan beside what became of built lines: two views that are never added up.

use super::risk_tables::day_of;
use super::tables::{length_m, works_months};
use crate::model::Study;
use crate::report::table::{Cell, Mark, Table};
use crate::report::words::{month, sentence};
use crate::schedule::{Dates, RiskOutcome, percentile_days};
use crate::stages::{FigureState, ItemKind, OverrunClass, Plan, works_at_pace_of_built_lines};
use crate::unit::{DAYS_A_MONTH, grouped};

/// By level of confidence: what the simulation says of time, and what built railways say of cost.
#[must_use]
pub fn outside_view_table(plan: &Plan, outcome: &RiskOutcome) -> Table {
    let class = OverrunClass::builtin();
    let means: Vec<String> = class
        .means
        .iter()
        .map(|mean| {
            let state = state_words(mean.state);
            format!(
                "{} +{} % ({state}; {})",
                mean.class,
                grouped(mean.overrun_percent, 1),
                mean.source
            )
        })
        .collect();
    let source = class.uplifts.first().map_or("", |uplift| uplift.source.as_str());
    let money = match &outcome.cost_usd {
        Some(_) => "The costs that were simulated hold risks of their own",
        None => "The plan carries no costs to be raised",
    };
    let note = format!(
        "Inside: the last opening as simulated. Outside: by how much estimates of the cost of \
         railways would have had to be raised to be enough ({source}). {money}; the two stand side \
         by side and are never added: what built lines overran holds already what a simulation \
         draws. Means: {}. No class of overruns of time is known with a source.",
        means.join("; ")
    );
    let headings = [
        ">Enough for, %",
        "Inside: last opening",
        ">Later than planned, months",
        ">Longer than planned, %",
        ">Outside: cost of rail above its estimate, %",
        "Known",
    ];
    let mut table =
        Table::new("outside-view", "The plan and built railways side by side", &note, &headings);
    for uplift in &class.uplifts {
        let found = percentile_days(&outcome.finish_days, uplift.enough_for_percent / 100.0);
        let inside = found.and_then(|days| day_of(plan.network.start, days));
        let later_days = found.map(|days| days - outcome.finish.planned_days);
        let words = |of: Option<f64>| of.map_or_else(|| "-".to_owned(), |of| grouped(of, 0));
        let planned_days = Some(outcome.finish.planned_days).filter(|days| *days > 0.0);
        let longer = later_days.zip(planned_days).map(|(later, planned)| 100.0 * later / planned);
        let mark = (uplift.state != FigureState::Read).then_some(Mark::Warning);
        table.rows.push(vec![
            grouped(uplift.enough_for_percent, 0).into(),
            inside.map_or_else(|| "-".to_owned(), month).into(),
            words(later_days.map(|days| days / DAYS_A_MONTH)).into(),
            words(longer).into(),
            grouped(uplift.uplift_percent, 0).into(),
            Cell { mark, ..Cell::from(state_words(uplift.state)) },
        ]);
    }
    table
}

/// Works of each segment beside those of built lines of the region at its length.
#[must_use]
pub fn built_lines_table(study: &Study, plan: &Plan, dates: &Dates<'_>) -> Table {
    let note = "Works from mobilisation to opening as planned, beside the pace of the fastest and \
                the slowest built line of the region at this length: another view of the same, \
                never to be added. Lines with many fronts were built several times as fast as one \
                crew of track lays.";
    let headings = [
        "Segment",
        ">As built, km",
        ">Works as planned, months",
        ">Fastest built line, months",
        ">Slowest built line, months",
    ];
    let mut table = Table::new("built-lines", "Works beside those of built lines", note, &headings);
    for (place, item) in plan.items.iter().enumerate() {
        if item.kind != ItemKind::Opening {
            continue;
        }
        let length_km = length_m(plan, &item.segment) / 1e3;
        let range = works_at_pace_of_built_lines(length_km);
        let months = |months: Option<f64>| {
            months.map_or_else(|| "-".to_owned(), |months| grouped(months, 0))
        };
        table.rows.push(vec![
            sentence(&study.subject_name(&item.segment)).into(),
            grouped(length_km, 0).into(),
            works_months(plan, dates, &item.segment, place).into(),
            months(range.as_ref().map(|range| range.low_months)).into(),
            months(range.as_ref().map(|range| range.high_months)).into(),
        ]);
    }
    table
}

fn state_words(state: FigureState) -> &'static str {
    match state {
        FigureState::Read => "read in its document",
        FigureState::Quoted => "as quoted elsewhere",
        FigureState::Recalled => "from memory, not checked",
    }
}
