//! What a choice of ruling gradient means: length, cost, train, tonnes, fuel.

use super::run_tables::{clock_words, limit_words};
use crate::operation::service::LineService;
use crate::report::routes::km;
use crate::report::table::Table;
use crate::unit::grouped;

/// A line for one ruling gradient.
#[derive(Debug, Clone)]
pub struct GradientService<'a> {
    /// What it was searched or designed for.
    pub gradient_permille: f64,
    /// What each of its segments was laid out for: less where a flatter line is cheaper.
    pub laid_out_for_permille: &'a [f64],
    /// What the line is called.
    pub name: String,
    /// What it costs, million dollars: the bill of a design, or the band of a way as searched.
    pub cost_musd: [f64; 2],
    /// What it does for trains.
    pub service: &'a LineService,
}

/// One row a line and gradient: what the choice between gradients turns on.
#[must_use]
pub fn service_by_gradient_table(rows: &[GradientService<'_>]) -> Table {
    let note = "The same locomotives on each line, with as many wagons as loops and gradients allow; \
        a pair of trains is one each way. Tonnes and fuel: both ways, as full as was asked for. \
        USD for a tonne a year: cost by the tonnes that the line could carry in a year.";
    let headings = [
        "Line",
        ">Gradient, permille",
        ">Laid out for",
        ">Length, km",
        ">Cost, million USD",
        ">Wagons",
        "As many as",
        ">Net load, t",
        ">Time there, h:min",
        ">Back",
        ">Pairs a day",
        ">Mt a year",
        ">Fuel, l for 1,000 net t",
        ">USD for a tonne a year",
    ];
    let title = "What a ruling gradient means";
    let mut table = Table::new("service-by-gradient", title, note, &headings);
    for row in rows {
        let service = row.service;
        let figures = service.figures();
        let [there, back] = &service.ways;
        let [low, high] = row.cost_musd;
        let is_one = (high - low).abs() < 0.05;
        let cost = if is_one {
            grouped(low, 1)
        } else {
            format!("{}-{}", grouped(low, 0), grouped(high, 0))
        };
        let each = |musd: f64| musd / figures.both_mt_per_year.max(f64::MIN_POSITIVE);
        let each = if !(figures.both_mt_per_year > 0.0) {
            "none".to_owned()
        } else if is_one {
            grouped(each(low), 1)
        } else {
            format!("{}-{}", grouped(each(low), 0), grouped(each(high), 0))
        };
        table.rows.push(vec![
            row.name.clone().into(),
            grouped(row.gradient_permille, 1).into(),
            laid_out_words(row.laid_out_for_permille).into(),
            km(service.length_m).into(),
            cost.into(),
            service.wagons.to_string().into(),
            limit_words(service.limit).into(),
            grouped(there.net_t, 0).into(),
            clock_words(there.run.total_s()).into(),
            clock_words(back.run.total_s()).into(),
            grouped(figures.pairs_per_day, 1).into(),
            grouped(figures.both_mt_per_year, 1).into(),
            figures.fuel_litres_per_kt.map_or("none".into(), |litres| grouped(litres, 0).into()),
            each.into(),
        ]);
    }
    table
}

/// One gradient if all are the same, else all in the order of the segments.
fn laid_out_words(permille: &[f64]) -> String {
    let words = |permille: &f64| grouped(*permille, 1);
    match permille {
        [first, rest @ ..] if rest.iter().all(|other| other == first) => words(first),
        all => all.iter().map(words).collect::<Vec<_>>().join(" / "),
    }
}
