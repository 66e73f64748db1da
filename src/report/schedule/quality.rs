//! Whether the network of a plan is sound enough to be believed.

use crate::report::table::{Cell, Mark, Table};
use crate::report::words::sentence;
use crate::schedule::{Dates, QualityPoint, QualityState, quality};
use crate::stages::Plan;
use crate::unit::grouped;

/// How many activities are named that speak against a point.
const NAMED: usize = 3;

/// The fourteen points of the DCMA; a plan that was just made has no baseline yet.
#[must_use]
pub fn quality_table(plan: &Plan, dates: &Dates<'_>) -> Table {
    let note = "Fourteen points by which contracts look at a network (DCMA-EA PAM 200.1, recalled). \
                They tell whether it can be trusted as a model; lots are long on purpose here, and \
                early work of a late segment has much time to spare.";
    let headings = ["Point", ">Found", "Limit", "Kept", "Against it"];
    let mut table = Table::new("quality", "Is the network sound", note, &headings);
    for point in quality(dates, &[]) {
        let kept = match point.state {
            QualityState::Met => "yes".into(),
            QualityState::NotMet => Cell::marked("no", Mark::Note),
            QualityState::NotApplicable => "-".into(),
        };
        table.rows.push(vec![
            format!("{} {}", point.number, sentence(point.name)).into(),
            value_words(&point).into(),
            point.limit.into(),
            kept,
            against(plan, &point).into(),
        ]);
    }
    table
}

fn value_words(point: &QualityPoint) -> String {
    match (point.value, point.number) {
        (None, _) => "-".to_owned(),
        (Some(days), 12) => format!("{} days", grouped(days, 0)),
        (Some(index), 13 | 14) => grouped(index, 2),
        (Some(share), _) => format!("{} %", grouped(100.0 * share, 0)),
    }
}

fn against(plan: &Plan, point: &QualityPoint) -> String {
    if point.state != QualityState::NotMet {
        return "-".to_owned();
    }
    let ids = point.activities.iter().filter_map(|place| plan.items.get(*place));
    let named: Vec<&str> = ids.take(NAMED).map(|item| item.activity.as_str()).collect();
    let more = point.activities.len().saturating_sub(NAMED);
    let named = named.join(", ");
    if more > 0 { format!("{named} and {more} more") } else { named }
}
