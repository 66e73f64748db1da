//! What locomotives pull: by gradient, and section by section.

use std::fmt::Write as _;

use crate::operation::service::{MomentumLoad, SectionLoad};
use crate::operation::{Hold, LoadRow};
use crate::report::routes::km;
use crate::report::table::Table;
use crate::unit::grouped;

/// A row for each gradient, locomotive and wagon: the load, its wagons, its length beside that of
/// the loops.
#[must_use]
pub fn load_by_gradient_table(rows: &[LoadRow], loop_m: f64, hold: Option<&Hold>) -> Table {
    let mut note = format!(
        "What locomotives keep going at their continuous speed, and start, rounded down to 50 t. \
         Loops of {} m usable length.",
        grouped(loop_m, 0)
    );
    if let Some(hold) = hold {
        let percent = grouped(100.0 * hold.weather_ratio, 0);
        let _ = write!(note, " No more than wheels hold by {percent} % of the laws of adhesion");
        let _ = match hold.radius_m {
            radius_m if radius_m.is_finite() => {
                write!(note, ", in curves of {} m.", grouped(radius_m, 0))
            }
            _ => write!(note, ", on straight track."),
        };
    }
    let headings = [
        ">Ruling gradient, permille",
        "Locomotives",
        "Wagons",
        ">Load, t",
        "Limited by",
        ">Wagons of it",
        ">Train, m",
        ">Wagons that loops hold",
        ">Net load in loops, t",
    ];
    let mut table = Table::new("loads", "Loads by gradient", &note, &headings);
    for row in rows {
        let net_t = if row.wagons > 0 {
            row.net_t * f64::from(row.most_wagons()) / f64::from(row.wagons)
        } else {
            0.0
        };
        table.rows.push(vec![
            grouped(row.ruling_permille, 1).into(),
            row.locomotives.clone().into(),
            row.wagon.clone().into(),
            grouped(row.load_t, 0).into(),
            if row.is_limited_by_start { "starting" } else { "pull" }.into(),
            row.wagons.to_string().into(),
            grouped(row.length_m, 0).into(),
            row.wagons_in_loop.to_string().into(),
            grouped(net_t, 0).into(),
        ]);
    }
    table
}

/// More than any train: where a line falls or is level, loads say nothing.
const MOST_T: f64 = 20_000.0;

fn load_words(load_t: f64) -> String {
    if load_t > MOST_T { "any".to_owned() } else { grouped(load_t, 0) }
}

/// A row for each section: its ruling gradients, the loads that they allow, alone and with as many
/// locomotives again.
#[must_use]
pub fn section_loads_table(id: &str, name: &str, sections: &[SectionLoad]) -> Table {
    let note = "Ruling: the steepest mean of gradient and curves under the train while its head is on \
        the section. Helped: with as many locomotives again. Any: more than 20,000 t.";
    let headings = [
        "Section",
        ">Length, km",
        ">Ruling there, permille",
        ">Ruling back",
        ">Load there, t",
        ">Load back",
        ">Helped there, t",
        ">Helped back",
    ];
    let title = format!("Loads by section: {name}");
    let mut table = Table::new(&format!("section-loads-{id}"), &title, note, &headings);
    for section in sections {
        let [ruling_there, ruling_back] = section.ruling_permille;
        let [load_there, load_back] = section.load_t;
        let [helped_there, helped_back] = section.helped_load_t;
        table.rows.push(vec![
            section.name.clone().into(),
            km(section.to_m - section.from_m).into(),
            grouped(ruling_there, 1).into(),
            grouped(ruling_back, 1).into(),
            load_words(load_there).into(),
            load_words(load_back).into(),
            load_words(helped_there).into(),
            load_words(helped_back).into(),
        ]);
    }
    table
}

/// A row for each way of each line: the load of its ruling gradient beside the one that gets over it
/// by running, and where that is decided.
#[must_use]
pub fn momentum_loads_table(lines: &[(String, [MomentumLoad; 2])]) -> Table {
    let note = "By running: the train brings speed to steep places and loses some there, but nowhere \
        falls below the continuous speed of its locomotives where the line asks for more than they \
        keep up. It must not be made to stop before such a place. Kilometres are counted \
        from where each way begins. Loops limit neither figure.";
    let headings = [
        "Line",
        "Way",
        ">Wagons by ruling gradient",
        ">Load of it, t",
        ">Wagons by running",
        ">Load of it, t",
        ">Steepest under it, permille",
        ">Slowest, km/h",
        ">At km",
        ">One more fails at km",
        ">Wagons that loops hold",
    ];
    let mut table =
        Table::new("momentum-loads", "Loads by ruling gradient and by running", note, &headings);
    for (name, ways) in lines {
        for (way, words) in ways.iter().zip(["there", "back"]) {
            let or_none = |text: Option<String>| text.unwrap_or_else(|| "\u{2013}".to_owned());
            table.rows.push(vec![
                name.clone().into(),
                words.into(),
                way.ruling_wagons.to_string().into(),
                grouped(way.ruling_gross_t, 0).into(),
                way.wagons.to_string().into(),
                grouped(way.gross_t, 0).into(),
                grouped(way.steepest_permille, 1).into(),
                or_none(way.slowest_kmh.map(|kmh| grouped(kmh, 1))).into(),
                or_none(way.slowest_m.map(km)).into(),
                or_none(way.decides_m.map(km)).into(),
                way.wagons_in_loop.to_string().into(),
            ]);
        }
    }
    table
}
