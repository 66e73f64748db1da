//! How trains run over lines, and what holds them back.

use std::fmt::Write as _;

use crate::error::Stall;
use crate::operation::service::{LineService, LoadLimit, WayService};
use crate::operation::{CoastedRun, LimitCost};
use crate::report::routes::km;
use crate::report::table::{Cell, Mark, Table};
use crate::unit::grouped;

/// Both ways of a line.
const WAYS: [&str; 2] = ["there", "back"];

/// `2:05`.
pub(super) fn clock_words(time_s: f64) -> String {
    let minutes = (time_s / 60.0).round();
    format!("{:.0}:{:02.0}", (minutes / 60.0).floor(), minutes % 60.0)
}

/// What keeps a train from being longer.
pub(super) fn limit_words(limit: LoadLimit) -> &'static str {
    match limit {
        LoadLimit::Chosen => "chosen",
        LoadLimit::Loop => "loops allow",
        LoadLimit::There => "gradients there allow",
        LoadLimit::Back => "gradients back allow",
    }
}

/// Two rows a line, there and back: the train, and what asks most of it.
#[must_use]
pub fn trains_table(services: &[(String, &LineService)]) -> Table {
    let note = "Ruling: the steepest mean of gradient and curves that the train has under it. Pulls: \
        what its locomotives keep going there, and start.";
    let headings = [
        "Line and way",
        "Train",
        ">Gross, t",
        ">Net, t",
        ">Length, m",
        "As long as",
        ">Ruling, permille",
        ">Pulls, t",
    ];
    let mut table = Table::new("trains", "Trains", note, &headings);
    for (name, service) in services {
        for (way, words) in service.ways.iter().zip(WAYS) {
            table.rows.push(vec![
                format!("{name}, {words}").into(),
                way.train.name.clone().into(),
                grouped(way.gross_t, 0).into(),
                grouped(way.net_t, 0).into(),
                grouped(way.train.length_m, 0).into(),
                limit_words(service.limit).into(),
                grouped(way.ruling_permille, 1).into(),
                grouped(way.load_t, 0).into(),
            ]);
        }
    }
    table
}

/// Two rows a line, there and back: how long the train runs, what it takes.
#[must_use]
pub fn runs_table(services: &[(String, &LineService)]) -> Table {
    let note = "Without a stop, in the shortest time; both ends at rest. Braked away: what descents \
        and limits turn to heat. Fuel: by what the wheels take and idling, as the file of rolling \
        stock says.";
    let headings = [
        "Line and way",
        ">Time, h:min",
        ">Mean, km/h",
        ">At the wheels, kWh",
        ">Braked away, kWh",
        ">kWh for 10,000 t km",
        ">Fuel, l",
        ">Fuel, l for 1,000 net t",
    ];
    let mut table = Table::new("runs", "Runs", note, &headings);
    for (name, service) in services {
        for (way, words) in service.ways.iter().zip(WAYS) {
            table.rows.push(row(&format!("{name}, {words}"), way));
        }
    }
    table
}

fn row(name: &str, way: &WayService) -> Vec<Cell> {
    let run = &way.run;
    vec![
        name.to_owned().into(),
        clock_words(run.total_s()).into(),
        grouped(way.mean_kmh(), 1).into(),
        grouped(run.traction_kwh(), 0).into(),
        grouped(run.braking_j / 3.6e6, 0).into(),
        grouped(run.traction_kwh_per_10kt_km(), 0).into(),
        grouped(way.fuel_litres, 0).into(),
        way.fuel_litres_per_kt().map_or("none".into(), |litres| grouped(litres, 0).into()),
    ]
}

/// A way of a train with more time than it needs.
#[derive(Debug, Clone)]
pub struct SavedWay<'a> {
    /// Line and way.
    pub name: String,
    /// What the shortest run burns.
    pub shortest_litres: f64,
    /// What the run that coasts burns.
    pub coasted_litres: f64,
    /// Both runs, and the one by a lower top speed.
    pub coasted: &'a CoastedRun,
}

/// What more time saves: by a lower top speed, and by rolling without pull.
#[must_use]
pub fn allowance_table(ways: &[SavedWay<'_>], more_percent: f64) -> Table {
    let note = format!(
        "Runs that take {} % longer than the shortest. Slower: by a lower top speed alone. Coasting: \
         pulled up to one speed, rolling down to another before stops, limits and descents; the two \
         speeds that save most.",
        grouped(more_percent, 1)
    );
    let headings = [
        "Line and way",
        ">Time, h:min",
        ">Shortest, kWh",
        ">Slower saves, %",
        ">Coasting saves, %",
        ">Pulled to, km/h",
        ">Rolls to, km/h",
        ">Fuel, l",
        ">Less, l",
    ];
    let mut table = Table::new("allowance", "What more time saves", &note, &headings);
    for way in ways {
        let coasted = way.coasted;
        table.rows.push(vec![
            way.name.clone().into(),
            clock_words(coasted.run.total_s()).into(),
            grouped(coasted.slower.shortest.traction_kwh(), 0).into(),
            grouped(100.0 * coasted.slower.saved_ratio(), 1).into(),
            grouped(100.0 * coasted.saved_ratio(), 1).into(),
            grouped(3.6 * coasted.pulls_to_mps, 0).into(),
            grouped(3.6 * coasted.coasts_to_mps, 0).into(),
            grouped(way.coasted_litres, 0).into(),
            grouped(way.shortest_litres - way.coasted_litres, 0).into(),
        ]);
    }
    table
}

/// Trains that do not get over their line: where, what they lack, what would pass. None if all do.
#[must_use]
pub fn stalls_table(stalls: &[(String, &Stall)]) -> Option<Table> {
    let note = "Forces at a walk. The load that would pass is what the locomotives just keep moving \
        there, without momentum.";
    let headings = [
        "Line",
        "Train",
        ">Stalls at km",
        ">Needed, kN",
        ">Has, kN",
        ">Gradient, permille",
        ">Curves, permille",
        ">Came with, km/h",
        ">From km",
        ">Load, t",
        ">Would pass, t",
    ];
    let mut table = Table::new("stalls", "Trains that stall", note, &headings);
    for (name, stall) in stalls {
        table.rows.push(vec![
            name.clone().into(),
            Cell::marked(&stall.train, Mark::Error),
            km(stall.at_m).into(),
            grouped(stall.needed_n / 1e3, 0).into(),
            grouped(stall.available_n / 1e3, 0).into(),
            grouped(stall.gradient_permille, 1).into(),
            grouped(stall.curve_permille, 1).into(),
            grouped(3.6 * stall.entry_mps, 0).into(),
            km(stall.entry_m).into(),
            grouped(stall.load_t, 0).into(),
            grouped(stall.holding_load_t, 0).into(),
        ]);
    }
    (!table.rows.is_empty()).then_some(table)
}

/// The limits of speed that cost a train most, dearest first; none if the line has none.
#[must_use]
pub fn limit_costs_table(costs: &[(String, LimitCost)], most: usize) -> Option<Table> {
    let mut note = "Each limit taken away alone, towards the end of the line.".to_owned();
    if costs.len() > most {
        let _ = write!(note, " The {most} dearest of {}.", costs.len());
    }
    let headings =
        ["Line", ">From km", ">To km", ">Limit, km/h", "Why", ">Costs, min", ">And, kWh"];
    let mut table = Table::new("limit-costs", "What limits of speed cost", &note, &headings);
    let mut dearest: Vec<&(String, LimitCost)> = costs.iter().collect();
    dearest.sort_by(|(_, a), (_, b)| b.cost_min.total_cmp(&a.cost_min));
    for (name, cost) in dearest.into_iter().take(most) {
        table.rows.push(vec![
            name.clone().into(),
            km(cost.limit.from_m).into(),
            km(cost.limit.to_m).into(),
            grouped(cost.limit.speed_kmh, 0).into(),
            cost.limit.words.clone().into(),
            grouped(cost.cost_min, 2).into(),
            grouped(cost.cost_kwh, 0).into(),
        ]);
    }
    (!table.rows.is_empty()).then_some(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_on_a_clock() {
        assert_eq!(clock_words(7500.0), "2:05");
        assert_eq!(clock_words(3599.0), "1:00");
        assert_eq!(clock_words(29.0), "0:00");
    }
}
