//! How many trains fit, and what they carry.

use super::run_tables::limit_words;
use crate::operation::service::LineService;
use crate::operation::traffic::{LoopPlan, Passing, Scheme, TrackLine};
use crate::report::routes::km;
use crate::report::table::{Cell, Table};
use crate::unit::grouped;

/// One row a line: train, pairs a day, the tightest section, tonnes a year.
#[must_use]
pub fn capacity_table(services: &[(String, &LineService)]) -> Table {
    let note = "Pairs: trains each way a day that the tightest section allows, by the parallel graph of \
        single track, with schemes of passing that agree from section to section. At most: if each \
        section had its own best scheme. Tonnes: whole pairs on the days of a year, so many of the \
        paths used, wagons as full as was asked for.";
    let headings = [
        "Line",
        ">Length, km",
        "Train",
        "As long as",
        ">Pairs a day",
        ">At most",
        "Tightest section",
        ">Pair takes, min",
        ">Mt a year there",
        ">Back",
        ">Both",
        ">Fuel, l for 1,000 net t",
    ];
    let mut table = Table::new("capacity", "Capacity", note, &headings);
    for (name, service) in services {
        let capacity = &service.capacity;
        let tightest = capacity.binding_section();
        let [there, _] = &service.ways;
        table.rows.push(vec![
            name.clone().into(),
            km(service.length_m).into(),
            there.train.name.clone().into(),
            limit_words(service.limit).into(),
            grouped(capacity.pairs_per_day, 1).into(),
            grouped(capacity.bound_pairs_per_day, 1).into(),
            tightest.map_or("none".into(), |section| section.name.clone().into()),
            tightest.map_or(Cell::default(), |section| minutes(section.period_s).into()),
            grouped(service.year.increasing_mt_per_year, 1).into(),
            grouped(service.year.decreasing_mt_per_year, 1).into(),
            grouped(service.year.both_mt_per_year(), 1).into(),
            service
                .figures()
                .fuel_litres_per_kt
                .map_or("none".into(), |litres| grouped(litres, 0).into()),
        ]);
    }
    table
}

#[expect(clippy::cast_precision_loss, reason = "seconds of some days")]
fn minutes(time_s: u64) -> String {
    grouped(time_s as f64 / 60.0, 1)
}

/// One row a section between places where trains meet.
#[must_use]
pub fn section_capacity_table(id: &str, name: &str, service: &LineService) -> Table {
    let note = "Scheme: which of two trains that meet runs through at the lower and at the higher end. \
        Own best: pairs that the section would allow by itself.";
    let headings = [
        "Section",
        ">Length, km",
        ">There, min",
        ">Back, min",
        "Scheme",
        ">Pair takes, min",
        ">Pairs a day",
        ">Own best, min",
    ];
    let title = format!("Capacity by section: {name}");
    let mut table = Table::new(&format!("section-capacity-{id}"), &title, note, &headings);
    let stations = service.track_line.stations();
    let at = |place: usize| stations.get(place).map_or(0.0, |station| station.chainage_m);
    for (number, section) in service.capacity.sections.iter().enumerate() {
        let is_tightest = number == service.capacity.binding;
        let name = format!("{}{}", section.name, if is_tightest { " (tightest)" } else { "" });
        table.rows.push(vec![
            name.into(),
            km(at(section.high) - at(section.low)).into(),
            minutes(u64::from(section.run.increasing_s)).into(),
            minutes(u64::from(section.run.decreasing_s)).into(),
            scheme_words(section.scheme).into(),
            minutes(section.period_s).into(),
            grouped(section.pairs_per_day, 1).into(),
            minutes(section.shortest_period_s).into(),
        ]);
    }
    table
}

fn scheme_words(scheme: Scheme) -> String {
    let words = |passing| match passing {
        Passing::IncreasingThrough => "there",
        Passing::DecreasingThrough => "back",
        Passing::BothStop => "none",
    };
    format!("{} / {}", words(scheme.low), words(scheme.high))
}

/// Which loops a wanted number of pairs takes.
#[must_use]
pub fn loop_plan_table(
    id: &str,
    name: &str,
    line: &TrackLine,
    plan: &LoopPlan,
    pairs_per_day: f64,
) -> Table {
    let pairs = grouped(pairs_per_day, usize::from(pairs_per_day.fract() != 0.0));
    let note = format!(
        "For {pairs} pairs a day a pair may take {} min on a section. Loops at the places below are \
         the cheapest that do, {} million USD for those not built; what each section allows with them.",
        grouped(plan.longest_period_s / 60.0, 1),
        grouped(plan.cost_usd / 1e6, 1)
    );
    let headings = ["Section between loops", ">Length, km", ">Pair takes, min", ">Pairs a day"];
    let title = format!("Loops for {pairs} pairs a day: {name}");
    let mut table = Table::new(&format!("loops-{id}"), &title, &note, &headings);
    let at = |place: usize| line.stations().get(place).map_or(0.0, |station| station.chainage_m);
    for section in &plan.capacity.sections {
        table.rows.push(vec![
            section.name.clone().into(),
            km(at(section.high) - at(section.low)).into(),
            minutes(section.period_s).into(),
            grouped(section.pairs_per_day, 1).into(),
        ]);
    }
    table
}
