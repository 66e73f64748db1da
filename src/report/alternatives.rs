//! Ways that really differ, and how the best one depends on the ruling gradient.

use super::routes::{band_words, km};
use super::table::{Cell, Table};
use super::words::sentence;
use crate::geodesy::LonLat;
use crate::model::Study;
use crate::route::{AlternativeOptions, LegAlternatives, LegSensitivity, Pass, SensitivityRow};
use crate::unit::grouped;

/// One row a way, leg by leg, the best of each leg first.
#[must_use]
pub fn alternatives_table(
    study: &Study,
    legs: &[LegAlternatives],
    choice: &AlternativeOptions,
    gradient_permille: f64,
) -> Table {
    let title = format!("Ways that differ at {gradient_permille} permille");
    let note = format!(
        "At most {} a leg, in the order of their cost; none more than {:.0} % dearer than the best, \
         and none with more than {:.0} % of its length within {} km of a better one. Named by the \
         pass, valley or place that makes it. Shared: the largest part of its length within reach \
         of one better way.",
        choice.count,
        choice.dearer_share * 100.0,
        choice.shared_share * 100.0,
        choice.beside_m / 1e3,
    );
    let headings = [
        "Leg",
        ">Rank",
        "Way",
        "Pass",
        ">Length, km",
        ">80 % band as built, km",
        ">Cost, best = 1",
        ">Climb, m",
        ">Shared, %",
    ];
    let mut table = Table::new("alternatives", &title, &note, &headings);
    for leg in legs {
        for (place, way) in leg.ways.iter().enumerate() {
            table.rows.push(vec![
                leg_words(study, &leg.from, &leg.to).into(),
                (place + 1).to_string().into(),
                sentence(&way.name).into(),
                pass_words(way.pass, way.pass_place).into(),
                km(way.route.length_m).into(),
                band_words(&way.route.figures.built_length).into(),
                format!("{:.2}", way.detour_ratio).into(),
                grouped(way.route.climb_m, 0).into(),
                format!("{:.0}", way.shared_share * 100.0).into(),
            ]);
        }
    }
    table
}

/// `1,526 m, 34.708 N 62.117 E`, or that there is none.
fn pass_words(pass: Option<Pass>, place: Option<LonLat>) -> String {
    let Some((pass, place)) = pass.zip(place) else { return "none".to_owned() };
    format!("{} m, {}", grouped(pass.height_m, 0), place.words())
}

/// The names of the stations at a leg's ends.
pub(super) fn leg_words(study: &Study, from: &str, to: &str) -> String {
    let name = |id: &str| study.station(id).map_or(id.to_owned(), |one| one.name.en.clone());
    format!("{}-{}", name(from), name(to))
}

/// Length by gradient, one row a gradient, one column a segment.
#[must_use]
pub fn sweep_table(study: &Study, legs: &[LegSensitivity]) -> Table {
    let names: Vec<String> = study
        .segments
        .iter()
        .map(|segment| format!(">{}, km", study.subject_name(&segment.id)))
        .collect();
    let mut headings = vec![">Gradient, permille"];
    headings.extend(names.iter().map(String::as_str));
    if names.len() > 1 {
        headings.push(">Sum, km");
    }
    headings.push(">Cost, km");
    let note = "Length of the cheapest way by ruling gradient; cost in kilometres of level line.";
    let mut table = Table::new("sweep", "Length by ruling gradient", note, &headings);
    let rows = legs.first().map_or(&[][..], |leg| &leg.rows);
    for (place, row) in rows.iter().enumerate() {
        let length = |row: &SensitivityRow| Some(row.route.as_ref()?.length_m);
        let cost = |row: &SensitivityRow| Some(row.route.as_ref()?.cost_m);
        // Legs of a segment add up; one without a way leaves the segment without.
        let words = |segment: Option<&str>, value: fn(&SensitivityRow) -> Option<f64>| {
            let own = legs.iter().filter(|leg| segment.is_none_or(|id| leg.segment == id));
            let own: Vec<Option<&SensitivityRow>> = own.map(|leg| leg.rows.get(place)).collect();
            let was_stopped = own.iter().flatten().any(|row| row.was_stopped);
            let none = if was_stopped { "not in time" } else { "no way" };
            let sum = own.iter().map(|row| row.and_then(value)).sum::<Option<f64>>();
            Cell::from(sum.map_or(none.to_owned(), km))
        };
        let mut cells: Vec<Cell> = vec![format!("{}", row.gradient_permille).into()];
        cells.extend(study.segments.iter().map(|one| words(Some(&one.id), length)));
        if names.len() > 1 {
            cells.push(words(None, length));
        }
        cells.push(words(None, cost));
        table.rows.push(cells);
    }
    table
}

/// Which way is the best between which gradients: one row a leg and run of gradients.
#[must_use]
pub fn chosen_ways_table(study: &Study, legs: &[LegSensitivity]) -> Table {
    let note = "The way that is the cheapest under each ruling gradient, named by the pass or \
                valley that makes it; where a range stands, from the flattest to the steepest of \
                these gradients.";
    let headings = [
        "Leg",
        ">Gradient, permille",
        "Way",
        "Pass",
        ">Length, km",
        ">Climb, m",
        ">Cost, km of level line",
    ];
    let mut table = Table::new("chosen-ways", "Chosen way by ruling gradient", note, &headings);
    for leg in legs {
        let same = |a: &SensitivityRow, b: &SensitivityRow| {
            (&a.name, a.was_stopped) == (&b.name, b.was_stopped)
        };
        for run in leg.rows.chunk_by(same) {
            let (Some(flat), Some(steep)) = (run.first(), run.last()) else { continue };
            let is_none = flat.route.is_none();
            let way = match flat.was_stopped {
                true => "not searched in time".to_owned(),
                false if is_none => "no way".to_owned(),
                false => sentence(&flat.name),
            };
            let range = |value: &dyn Fn(&SensitivityRow) -> Option<String>| {
                range_words(value(flat).as_deref(), value(steep).as_deref())
            };
            table.rows.push(vec![
                leg_words(study, &leg.from, &leg.to).into(),
                range(&|row| Some(format!("{}", row.gradient_permille))).into(),
                way.into(),
                if is_none { "-".into() } else { pass_words(flat.pass, flat.pass_place).into() },
                range(&|row| Some(km(row.route.as_ref()?.length_m))).into(),
                range(&|row| Some(grouped(row.route.as_ref()?.climb_m, 0))).into(),
                range(&|row| Some(km(row.route.as_ref()?.cost_m))).into(),
            ]);
        }
    }
    table
}

fn range_words(first: Option<&str>, last: Option<&str>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first != last => format!("{first}-{last}"),
        (Some(only), _) | (_, Some(only)) => only.to_owned(),
        (None, None) => "-".to_owned(),
    }
}
