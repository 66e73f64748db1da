//! How long the line is, and where gauges break.

use super::sources::{number, of_claims};
use super::table::{Cell, Mark, Table};
use super::words::{grouped, sentence};
use crate::model::{CORRIDOR, Study};
use crate::status::{LengthRow, Status};

/// Lengths of the segments and of the whole.
#[must_use]
pub fn lengths_table(study: &Study, status: &Status) -> Table {
    let note = "Geodesic: the shortest line on the ellipsoid between the ends, whose positions stand under Places. By places: the same \
                from way point to way point; no railway can be shorter. Published: the newest \
                official figure between the same ends, with the least and greatest that were \
                published for these ends.";
    let headings = [
        "Segment",
        ">Geodesic, km",
        ">By places, km",
        ">Published, km",
        ">Least-greatest, km",
        ">Published / geodesic",
        ">Documents",
    ];
    let mut table = Table::new("lengths", "Lengths", note, &headings);
    for row in &status.lengths {
        table.rows.push(vec![
            sentence(&row.name).into(),
            grouped(row.geodesic_km, 1).into(),
            grouped(row.way_points_km, 1).into(),
            published(study, row),
            spread(row),
            row.sinuosity_ratio.map_or("-".to_owned(), |ratio| format!("{ratio:.2}")).into(),
            row.sources_count.to_string().into(),
        ]);
    }
    table
}

fn published(study: &Study, row: &LengthRow) -> Cell {
    let Some(km) = row.published_km else {
        return if row.subject == CORRIDOR { "not every segment".into() } else { "none".into() };
    };
    let claim = row.resolved.as_ref().map(|resolved| resolved.claim.clone());
    let sources = of_claims(study, claim.as_deref());
    Cell { claim, ..Cell::from(grouped(km, 1)) }.with_sources(sources)
}

fn spread(row: &LengthRow) -> Cell {
    match (row.published_low_km, row.published_high_km) {
        (Some(low), Some(high)) if high / low > 1.02 => {
            Cell::marked(format!("{}-{}", grouped(low, 1), grouped(high, 1)), Mark::Disputed)
        }
        (Some(low), Some(high)) if high > low => {
            format!("{}-{}", grouped(low, 1), grouped(high, 1)).into()
        }
        (Some(low), Some(_)) => grouped(low, 1).into(),
        _ => "-".into(),
    }
}

/// Where the corridor's gauge meets another.
#[must_use]
pub fn breaks_table(study: &Study, status: &Status) -> Table {
    let note = "Where two gauges meet, wagons change bogies or goods are transshipped.";
    let headings = ["Station", ">Corridor, mm", ">Other line, mm", "Other line", "It is"];
    let mut table = Table::new("breaks-of-gauge", "Breaks of gauge", note, &headings);
    for place in &status.breaks_of_gauge {
        let connection = study.connections.iter().find(|other| other.id == place.connection);
        let source = connection.and_then(|connection| number(study, &connection.source));
        let state = connection.map_or("", |connection| connection.state.words());
        let corridor = place.corridor_mm.map_or("not decided".to_owned(), |mm| format!("{mm}"));
        table.rows.push(vec![
            place.name.clone().into(),
            corridor.into(),
            format!("{}", place.connection_mm).into(),
            Cell::from(place.connection_name.clone()).with_sources(source),
            state.into(),
        ]);
    }
    table
}
