//! From end to end over several railways.

use crate::error::Result;
use crate::operation::traffic::{TransitPart, TransitPlan, TransitTime, break_load};
use crate::report::table::Table;
use crate::unit::grouped;

/// The percentiles of the whole way, in hours and days.
#[must_use]
pub fn transit_table(plan: &TransitPlan, time: &TransitTime, draws: u32) -> Table {
    let title = format!("How long it takes: {}", plan.name);
    let note = format!(
        "Of {} draws so many percent take no longer. Parts are drawn independently: a way on which \
         they are late together is less sure than that.",
        grouped(f64::from(draws), 0)
    );
    let headings = ["", ">Hours", ">Days"];
    let mut table = Table::new("transit", &title, &note, &headings);
    let total_h = &time.total_h;
    for (name, hours) in [
        ("P10", total_h.p10),
        ("P50", total_h.p50),
        ("P80", total_h.p80),
        ("P90", total_h.p90),
        ("Mean", total_h.mean),
    ] {
        let days = grouped(hours / 24.0, 2);
        table.rows.push(vec![name.into(), grouped(hours, 1).into(), days.into()]);
    }
    table
}

/// Its parts: the mean of each, and how full breaks of gauge are.
///
/// # Errors
/// Those of [`break_load`]; none for a plan that was read from a file.
pub fn transit_parts_table(plan: &TransitPlan, time: &TransitTime) -> Result<Table> {
    let note = "A train waits where all places are taken; how often and how long by the queue's \
                formula.";
    let headings = [
        "Part",
        ">Mean, h",
        ">Share, %",
        ">Trains a day",
        ">At most",
        ">Taken, %",
        ">Wait at all, %",
        ">Mean wait, h",
        "Source",
    ];
    let mut table = Table::new("transit-parts", "Legs and breaks of gauge", note, &headings);
    for (part, mean_h) in plan.parts.iter().zip(&time.parts_h) {
        let share = 100.0 * mean_h / time.total_h.mean.max(f64::MIN_POSITIVE);
        let mut row =
            vec![part.name().into(), grouped(*mean_h, 1).into(), grouped(share, 0).into()];
        match part {
            TransitPart::Leg { .. } => row.extend(["", "", "", "", ""].map(Into::into)),
            TransitPart::Break { gauge_break, trains_per_day, .. } => {
                let load = break_load(gauge_break, *trains_per_day)?;
                row.extend([
                    grouped(*trains_per_day, 1).into(),
                    grouped(load.most_trains_per_day, 1).into(),
                    grouped(100.0 * load.busy_share, 0).into(),
                    grouped(100.0 * load.wait_probability, 0).into(),
                    grouped(load.wait_h, 1).into(),
                ]);
            }
        }
        row.push(part.source().to_owned().into());
        table.rows.push(row);
    }
    Ok(table)
}
