//! The built lines that durations are held against.

use super::table::{Cell, Mark, Table};
use super::words::{grouped, plain};
use crate::stages::reference_lines;

/// The reference class: lines of the region with length, time of works and pace.
#[must_use]
pub fn reference_class_table() -> Table {
    let note = "Works at the pace of built lines above: published length over the pace of the \
                fastest and of the slowest line that was built. A check of a plan, no forecast.";
    let headings = ["Line", ">Length, km", ">Works, months", ">Pace, km a month", "Source"];
    let mut table = Table::new("reference-class", "Lines to compare with", note, &headings);
    for line in reference_lines() {
        let name = format!("{}, {}", line.name, line.country);
        let only_planned = (!line.built).then_some(Mark::Planned);
        table.rows.push(vec![
            Cell { mark: only_planned, ..Cell::from(name) },
            plain(line.length_km).into(),
            plain(line.works_months).into(),
            grouped(line.pace_km_per_month(), 1).into(),
            line.source.clone().into(),
        ]);
    }
    table
}
