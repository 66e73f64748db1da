//! Planned, earned and spent by a baseline, and where that leads.

use serde_json::{Value as Json, json};

use super::table::Table;
use super::words::{day_words, grouped, plain, sentence};
use crate::model::{Baseline, Date};
use crate::schedule::{EarnedValue, QuantityDone, Remaining};
use crate::status::BaselineValue;

/// Each work of a baseline, its groups and the whole, on the day of the newest report.
#[must_use]
pub fn earned_value_table(baseline: &Baseline, now: Option<&BaselineValue>) -> Table {
    let headings = ["Work", ">Done", ">BAC", ">PV", ">EV", ">AC", ">CPI", ">SPI", ">EAC", ">VAC"];
    let Some(now) = now else {
        let note = format!("No report of the baseline \"{}\" by that day.", baseline.name);
        return Table::new("earned-value", "Earned value", &note, &headings);
    };
    let title = format!("Earned value on {}", day_words(now.reported));
    let mut note = format!(
        "Baseline: {}. Million US dollars: budget (BAC), planned (PV), earned by what is done (EV), \
         spent (AC); CPI = EV / AC, SPI = EV / PV; EAC = BAC / CPI, what the whole will cost if the \
         rest costs as the work done has; VAC = BAC - EAC. The day is that of the newest report.",
        baseline.name
    );
    for (ids, words) in [
        (&now.older, "reported earlier only, and counted as that report left them"),
        (&now.unreported, "without a report, and counted as not begun"),
    ] {
        if !ids.is_empty() {
            note.push_str(&format!(" {}: {words}.", sentence(&ids.join(", "))));
        }
    }
    let mut table = Table::new("earned-value", &title, &note, &headings);
    let mut push = |name: &str, done: Option<&QuantityDone>, value: &EarnedValue| {
        let mut row = vec![sentence(name).into(), done.map_or("-".to_owned(), done_words).into()];
        row.extend(amounts(value).into_iter().map(Into::into));
        table.rows.push(row);
    };
    for item in &now.value.items {
        push(&item.name, Some(&item.progress), &item.value);
    }
    for group in &now.groups {
        push(&format!("all of {}", group.name), None, &group.value);
    }
    push("all works", None, &now.value.total);
    table
}

/// What is missing where no baseline was given.
#[must_use]
pub fn no_baseline_table() -> Table {
    let note = "Not known: no baseline was given. Planned, earned and actual cost (PV, EV, AC), \
                CPI, SPI, EAC, VAC and the earned schedule need each work with its budget, its \
                plan by dates, and what was reported done and spent: --baseline FILE.";
    Table::new("earned-value", "Earned value", note, &["Work"])
}

/// The whole of a baseline on two days: money, and the plan in days.
#[must_use]
pub fn earned_schedule_table(
    (since, day): (Date, Date),
    then: Option<&BaselineValue>,
    now: Option<&BaselineValue>,
) -> Table {
    let note = "Earned schedule: the day on which the plan had what is done by the report. Ahead: \
                how many days before the report that is, negative if behind; SPI(t): days of the \
                plan done in a day. Unlike SPI it stays right when the planned finish is past. At \
                this pace: the planned duration over SPI(t).";
    let headings = [
        "By",
        "Reported",
        ">CPI",
        ">SPI",
        ">EAC",
        "Plan had it on",
        ">Ahead, days",
        ">SPI(t)",
        "Planned finish",
        "Finish at this pace",
    ];
    let mut table = Table::new("earned-schedule", "The whole since then", note, &headings);
    for (by, value) in [(since, then), (day, now)] {
        let mut row = vec![day_words(by).into()];
        match value {
            None => {
                row.push("no report".into());
                row.extend(headings.iter().skip(2).map(|_| "-".into()));
            }
            Some(value) => {
                let schedule = &value.value.schedule;
                let total = &value.value.total;
                let day = |days: Option<f64>| {
                    let day = days.and_then(|days| value.day(days));
                    day.map_or_else(|| "-".to_owned(), day_words)
                };
                let cells = [
                    day_words(value.reported),
                    ratio(total.cost_performance_ratio()),
                    ratio(total.schedule_performance_ratio()),
                    millions(total.at_completion_usd(Remaining::AtCostPace)),
                    day(Some(schedule.earned_day).filter(|days| *days > 0.0)),
                    grouped(schedule.variance_days(), 0),
                    ratio(schedule.performance_ratio()),
                    day(Some(schedule.planned_finish_day)),
                    day(schedule.finish_day()),
                ];
                row.extend(cells.into_iter().map(Into::into));
            }
        }
        table.rows.push(row);
    }
    table
}

/// The same for other programs: amounts in US dollars, `null` before the first report.
#[must_use]
pub fn earned_value_json(value: Option<&BaselineValue>) -> Json {
    let Some(value) = value else { return Json::Null };
    let whole = |of: &EarnedValue| {
        let mut json = json!(of);
        json["cost_performance_ratio"] = json!(of.cost_performance_ratio());
        json["schedule_performance_ratio"] = json!(of.schedule_performance_ratio());
        json["at_completion_usd"] = json!(of.at_completion_usd(Remaining::AtCostPace));
        json["variance_at_completion_usd"] =
            json!(of.variance_at_completion_usd(Remaining::AtCostPace));
        json["to_complete_ratio"] = json!(of.to_complete_ratio());
        json
    };
    let items = value.value.items.iter().map(
        |item| json!({ "name": item.name, "progress": item.progress, "value": whole(&item.value) }),
    );
    let groups = value.groups.iter().map(
        |group| json!({ "group": group.group, "name": group.name, "value": whole(&group.value) }),
    );
    let schedule = &value.value.schedule;
    let day = |days: Option<f64>| json!(days.and_then(|days| value.day(days)));
    json!({
        "reported": value.reported,
        "start": value.start,
        "total": whole(&value.value.total),
        "activities": items.collect::<Json>(),
        "groups": groups.collect::<Json>(),
        "older": value.older,
        "unreported": value.unreported,
        "earned_schedule": {
            "earned": day(Some(schedule.earned_day)),
            "variance_days": schedule.variance_days(),
            "performance_ratio": schedule.performance_ratio(),
            "planned_finish": day(Some(schedule.planned_finish_day)),
            "finish": day(schedule.finish_day()),
        },
    })
}

fn amounts(value: &EarnedValue) -> [String; 8] {
    [
        millions(Some(value.budget_usd())),
        millions(Some(value.planned_usd())),
        millions(Some(value.earned_usd())),
        millions(Some(value.actual_usd())),
        ratio(value.cost_performance_ratio()),
        ratio(value.schedule_performance_ratio()),
        millions(value.at_completion_usd(Remaining::AtCostPace)),
        millions(value.variance_at_completion_usd(Remaining::AtCostPace)),
    ]
}

/// Millions to three digits.
fn millions(usd: Option<f64>) -> String {
    let Some(usd) = usd else { return "-".to_owned() };
    let millions = usd / 1e6;
    let digits = match millions.abs() {
        a if a >= 99.95 => 0,
        a if a >= 9.995 => 1,
        _ => 2,
    };
    grouped(millions, digits)
}

fn ratio(ratio: Option<f64>) -> String {
    ratio.map_or_else(|| "-".to_owned(), |ratio| grouped(ratio, 2))
}

fn done_words(done: &QuantityDone) -> String {
    match done.unit.as_str() {
        "%" => format!("{} %", plain(done.done)),
        unit => format!("{} of {} {unit}", plain(done.done), plain(done.of)),
    }
}
