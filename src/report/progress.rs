//! What became of the stages between two days: gates, evidence, dates, works.

use serde_json::{Value as Json, json};

use super::sources::number;
use super::stages::mark;
use super::table::{Cell, Mark, Table};
use super::words::{day_words, grouped, sentence, short_day, short_month, with_unit, work_words};
use crate::model::{Date, Study, property};
use crate::schedule::{MilestoneRisk, RiskOutcome};
use crate::stages::ItemKind;
use crate::status::words::property_words;
use crate::status::{GateCount, GateProgress, Said, Slip, WorkDone};

/// Each gate with the criteria that have evidence, of how many, on two days.
#[must_use]
pub fn gate_progress_table(study: &Study, since: Date, gates: &[GateProgress]) -> Table {
    let title = format!("Gates since {}", day_words(since));
    let note = "Criteria with evidence, of all that the gate has; evidence for a part of a criterion \
                leaves it open and is counted apart. Stretches are shown where anything is known of \
                them.";
    let headings = ["Segment", "Gate", "Then", "Now", "State", ">New evidence"];
    let mut table = Table::new("gate-progress", &title, note, &headings);
    let is_shown =
        |gate: &&GateProgress| Study::stretch(&gate.subject).is_none() || gate.is_touched();
    for gate in gates.iter().filter(is_shown) {
        let of = gate.criteria_count;
        let mut now = Cell::from(count_words(&gate.now, of));
        now = now.with_sources(gate.evidence.iter().filter_map(|met| number(study, &met.source)));
        table.rows.push(vec![
            sentence(&study.subject_name(&gate.subject)).into(),
            gate.name.clone().into(),
            count_words(&gate.then, of).into(),
            now,
            Cell::marked("", mark(gate.now.state)),
            gate.evidence.len().to_string().into(),
        ]);
    }
    table
}

/// The evidence that came in between two days, oldest first.
#[must_use]
pub fn new_evidence_table(study: &Study, since: Date, gates: &[GateProgress]) -> Table {
    let title = format!("Evidence since {}", day_words(since));
    let count: usize = gates.iter().map(|gate| gate.evidence.len()).sum();
    let note = match count {
        0 => "None came in. What was published besides is in `corridor changes`.",
        _ => "By the day since when it holds. What was published besides is in `corridor changes`.",
    };
    let headings = ["Since", "Of", "Gate", "Criterion", "Note"];
    let mut table = Table::new("new-evidence", &title, note, &headings);
    let mut all: Vec<_> =
        gates.iter().flat_map(|gate| gate.evidence.iter().map(move |met| (gate, met))).collect();
    all.sort_by_key(|(_, met)| met.dated);
    for (gate, met) in all {
        let part = if met.partial { ", in part" } else { "" };
        table.rows.push(vec![
            day_words(met.dated).into(),
            sentence(&study.subject_name(&gate.subject)).into(),
            gate.name.clone().into(),
            Cell::from(format!("{}{part}", sentence(&met.text)))
                .with_sources(number(study, &met.source)),
            met.note.as_deref().map_or_else(|| "-".to_owned(), sentence).into(),
        ]);
    }
    table
}

/// When gates and openings were expected by the plan of the earlier day, when they are now, and why
/// that is later; percentiles of both plans where they were simulated.
#[must_use]
pub fn slips_table(
    study: &Study,
    (since, day): (Date, Date),
    slips: &[Slip],
    (then, now): (&RiskOutcome, &RiskOutcome),
) -> Table {
    let title = format!("Expected dates since {}", day_words(since));
    let note = format!(
        "Then and now: the plans from the evidence of {} and of {}, over the same ways, at likely \
         times; what has no evidence begins on the day after. Later: the days between the two. Of \
         it by waiting: what the earlier plan moves if it is begun {} days later, as if nothing had \
         happened; by evidence: the rest, 0 where none came in. P80: by then four simulated plans \
         of five have it.",
        day_words(since),
        day_words(day),
        since.days_until(day)
    );
    let headings = [
        "Segment",
        "Gate or work",
        "Then",
        "Now",
        ">Later, days",
        ">by waiting",
        ">by evidence",
        "P80 then",
        "P80 now",
    ];
    let mut table = Table::new("slips", &title, &note, &headings);
    for slip in slips.iter().filter(|slip| slip.kind != ItemKind::Works) {
        let expected = |date: Option<Date>, otherwise: &str| {
            date.map_or_else(|| otherwise.to_owned(), |date| short_day(date.last_day()))
        };
        let days = |days: Option<i64>| days.map_or_else(|| "-".to_owned(), |days| days.to_string());
        table.rows.push(vec![
            sentence(&study.subject_name(&slip.segment)).into(),
            work_words(&slip.work).into(),
            expected(slip.then, "not planned").into(),
            match slip.now {
                Some(now) => short_day(now.last_day()).into(),
                None => Cell::marked("", Mark::Reached),
            },
            days(slip.slip_days()).into(),
            days(slip.waited_days()).into(),
            days(slip.evidence_days()).into(),
            p80(then, slip).into(),
            p80(now, slip).into(),
        ]);
    }
    table
}

/// What is said to be done of surveys, design and works, of what.
#[must_use]
pub fn works_done_table(study: &Study, since: Date, works: &[WorkDone]) -> Table {
    let title = format!("Works done since {}", day_words(since));
    let silent: Vec<String> = study
        .segments
        .iter()
        .filter(|segment| {
            let is_of = |work: &&WorkDone| {
                work.subject == segment.id
                    && matches!(&*work.property, "construction_progress_percent" | "track_laid_km")
            };
            !works.iter().any(|work| is_of(&work))
        })
        .map(|segment| study.subject_name(&segment.id))
        .collect();
    let silent = match &silent[..] {
        [] => String::new(),
        names => format!(
            " The study holds no claim of track laid, nor of the progress of works, of {}.",
            names.join(", ")
        ),
    };
    let note = format!(
        "The last statement by each day, of the same whole. Without its whole a percentage means \
         nothing.{silent}"
    );
    let headings = ["Of", "What", "Of what", "Then", "Now"];
    let mut table = Table::new("works-done", &title, &note, &headings);
    for work in works {
        let whole = match (&work.of, work.of_km) {
            (Some(of), _) => of.clone().into(),
            (None, Some(length_km)) => format!("{} km, its length", grouped(length_km, 1)).into(),
            (None, None) => Cell::marked("not said", Mark::Warning),
        };
        table.rows.push(vec![
            sentence(&study.subject_name(&work.subject)).into(),
            sentence(&property_words(&work.property)).into(),
            whole,
            said(study, work, work.then.as_ref()),
            said(study, work, Some(&work.now)),
        ]);
    }
    table
}

/// All of it for other programs.
#[must_use]
pub fn progress_json(
    (since, day): (Date, Date),
    gates: &[GateProgress],
    slips: &[Slip],
    works: &[WorkDone],
    (then, now): (&RiskOutcome, &RiskOutcome),
) -> Json {
    let slips = slips.iter().map(|slip| {
        let mut value = json!(slip);
        value["slip_days"] = json!(slip.slip_days());
        value["waited_days"] = json!(slip.waited_days());
        value["evidence_days"] = json!(slip.evidence_days());
        for (key, outcome) in [("p80_then", then), ("p80_now", now)] {
            let milestone = reached(outcome, slip);
            value[key] = json!(milestone.map(p80_day));
        }
        value
    });
    json!({
        "since": since,
        "day": day,
        "gates": gates,
        "slips": slips.collect::<Json>(),
        "works_done": works,
    })
}

fn said(study: &Study, work: &WorkDone, said: Option<&Said>) -> Cell {
    let Some(said) = said else { return "-".into() };
    let unit = property(&work.property).map_or("", |property| property.unit);
    let dated = said.dated.map_or_else(|| "undated".to_owned(), day_words);
    let value = with_unit(&said.value.to_string(), unit);
    Cell { claim: Some(said.claim.clone()), ..Cell::from(format!("{value}, {dated}")) }
        .with_sources(number(study, &said.source))
}

fn p80(outcome: &RiskOutcome, slip: &Slip) -> String {
    reached(outcome, slip)
        .map_or_else(|| "-".to_owned(), |one| short_month(p80_day(one).last_day()))
}

fn p80_day(milestone: &MilestoneRisk) -> Date {
    let [_, _, p80, _] = milestone.reached.dates;
    p80.into()
}

/// What a simulation says of the same gate or opening, if it was asked for.
fn reached<'a>(outcome: &'a RiskOutcome, slip: &Slip) -> Option<&'a MilestoneRisk> {
    outcome.milestones.iter().find(|milestone| milestone.id == slip.activity)
}

/// So many of so many: `2 of 5`, `0 of 1 and 1 in part`.
fn count_words(count: &GateCount, of: usize) -> String {
    let part = match count.partial_count {
        0 => String::new(),
        parts => format!(" and {parts} in part"),
    };
    format!("{} of {of}{part}", count.met_count)
}
