//! Designed lines by what they cost over the years: building and running.

use serde_json::{Value, json};

use crate::design::{Track, WholeLife};
use crate::model::{Sourced, Standard, Study, ValueState};
use crate::report::routes::km;
use crate::report::table::Table;
use crate::report::words::sentence;
use crate::unit::grouped;

/// One row a design: what building it costs, and what running it does over the years, by climb,
/// length and turning. A label tells designs of one segment from one another; where all are empty
/// there is no column of them.
#[must_use]
pub fn whole_life_table(
    study: &Study,
    whole: &WholeLife,
    standard: &Standard,
    designs: &[(String, &Track)],
) -> Table {
    let rates = &whole.rates;
    let prices = whole.prices(standard.curve_compensation.climb_m_per_rad());
    let assumed = rates.named().filter(|(_, value)| value.state == ValueState::Assumed).count();
    let note = format!(
        "Million USD. Operation: the worth today of {} years at {} percent, for {} million t of \
         trains a year each way: {} USD for a metre that is climbed, {} USD for a kilometre (its \
         resistance of {:.1} permille, crews, locomotives, wagons, upkeep), {} USD for a radian of \
         turning. Falls no steeper than the resistance give back what climbing took, so only what \
         is steeper is paid. {} of {} rates are assumed. Weight in the choice of lines: {}.",
        grouped(rates.life_years.value, 0),
        rates.discount_percent.value,
        whole.traffic_mt_per_year,
        rounded(prices.climb_usd_per_m),
        rounded(1e3 * prices.length_usd_per_m),
        prices.resistance_permille,
        rounded(prices.turn_usd_per_rad),
        assumed,
        rates.named().count(),
        whole.weight_ratio,
    );
    let is_labelled = designs.iter().any(|(label, _)| !label.is_empty());
    let mut headings = vec!["Segment"];
    if is_labelled {
        headings.push("Design");
    }
    headings.extend([
        ">Length, km",
        ">Rise and fall paid, m",
        ">Turning, degrees",
        ">Construction",
        ">Climb",
        ">Length",
        ">Turning",
        ">Operation",
        ">Whole life",
    ]);
    let mut table = Table::new("whole-life", "Whole life", &note, &headings);
    for (label, track) in designs {
        let Some(cost) = track.operation else { continue };
        let mut row = vec![sentence(&study.subject_name(&track.segment)).into()];
        if is_labelled {
            row.push(sentence(label).into());
        }
        row.extend([
            km(track.length_m()).into(),
            grouped(cost.paid_climb_m, 0).into(),
            grouped(track.turn_rad().to_degrees(), 0).into(),
        ]);
        let build_usd = track.bill.total_usd();
        let run_usd = cost.total_usd();
        let all = [
            build_usd,
            cost.climb_usd,
            cost.length_usd,
            cost.turn_usd,
            run_usd,
            build_usd + run_usd,
        ];
        row.extend(all.map(|usd| grouped(usd / 1e6, 1).into()));
        table.rows.push(row);
    }
    table
}

/// Three significant digits.
fn rounded(usd: f64) -> String {
    let unit = 10_f64.powf((usd.abs().max(1.0).log10().floor() - 2.0).max(0.0));
    grouped((usd / unit).round() * unit, 0)
}

/// Weight, traffic, prices and rates of a whole-life view.
#[must_use]
pub fn whole_life_json(whole: &WholeLife, standard: &Standard) -> Value {
    let rates: serde_json::Map<String, Value> = whole
        .rates
        .named()
        .map(|(name, value): (&str, &Sourced)| (name.to_owned(), json!(value)))
        .collect();
    json!({
        "weight_ratio": whole.weight_ratio,
        "traffic_mt_per_year": whole.traffic_mt_per_year,
        "prices": whole.prices(standard.curve_compensation.climb_m_per_rad()),
        "rates": rates,
    })
}
