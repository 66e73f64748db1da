//! How far the ways run within geohazards.

use super::table::Table;
use super::words::sentence;
use crate::design::Track;
use crate::model::Study;
use crate::route::SegmentRoute;
use crate::terrain::HazardLength;
use crate::unit::grouped;

const HEADINGS: [&str; 4] = ["Segment", "Zone", ">Length, km", ">Share, %"];

/// One row a segment and zone; `None` if no zone is a geohazard.
#[must_use]
pub fn hazards_table(study: &Study, routes: &[SegmentRoute]) -> Option<Table> {
    let note = "Length of the way within the zone as it is drawn.";
    let mut table = Table::new("hazards", "Geohazards on the way", note, &HEADINGS);
    for route in routes {
        add(&mut table, study, &route.segment, route.length_m, &route.figures.hazards);
    }
    (!table.rows.is_empty()).then_some(table)
}

/// One row a segment and zone, for lines as designed; `None` if no zone is a geohazard.
#[must_use]
pub fn design_hazards_table(study: &Study, tracks: &[&Track]) -> Option<Table> {
    let note = "Length of the line within the zone as it is drawn.";
    let mut table = Table::new("design-hazards", "Geohazards on the line", note, &HEADINGS);
    for track in tracks {
        add(&mut table, study, &track.segment, track.length_m(), &track.hazards);
    }
    (!table.rows.is_empty()).then_some(table)
}

fn add(table: &mut Table, study: &Study, segment: &str, length_m: f64, hazards: &[HazardLength]) {
    for hazard in hazards {
        let share = hazard.length_m / length_m.max(1.0);
        table.rows.push(vec![
            sentence(&study.subject_name(segment)).into(),
            hazard.zone.clone().into(),
            grouped(hazard.length_m / 1e3, 1).into(),
            grouped(100.0 * share, 1).into(),
        ]);
    }
}
