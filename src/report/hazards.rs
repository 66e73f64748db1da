//! How far the ways run within geohazards.

use super::table::Table;
use super::words::sentence;
use crate::model::Study;
use crate::route::SegmentRoute;
use crate::unit::grouped;

/// One row a segment and zone; `None` if no zone is a geohazard.
#[must_use]
pub fn hazards_table(study: &Study, routes: &[SegmentRoute]) -> Option<Table> {
    let note = "Length of the way within the zone as it is drawn.";
    let headings = ["Segment", "Zone", ">Length, km", ">Share, %"];
    let mut table = Table::new("hazards", "Geohazards on the way", note, &headings);
    for route in routes {
        for hazard in &route.figures.hazards {
            let share = hazard.length_m / route.length_m.max(1.0);
            table.rows.push(vec![
                sentence(&study.subject_name(&route.segment)).into(),
                hazard.zone.clone().into(),
                grouped(hazard.length_m / 1e3, 1).into(),
                grouped(100.0 * share, 1).into(),
            ]);
        }
    }
    (!table.rows.is_empty()).then_some(table)
}
