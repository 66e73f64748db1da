//! Cases of how sure a finish is.

use jiff::civil::date;
use railcorridor::schedule::{
    Activity, ActivityRisk, Calendar, Distribution, Link, Network, RiskModel, RiskOptions,
    WorkingWeek, simulate,
};
use serde_json::Value;

use super::json::{list, number, numbers};
use super::{CaseFile, Kind, Report};

/// Durations in series and side by side, with exact quantiles of the whole.
pub const EXACT: Kind =
    Kind { name: "risk-exact", json_kinds: &[], files: &[("mc_exact", "cases.json")], run };

const ITERATIONS: u32 = 400_000;

fn run(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let file = file.json()?;
    let levels = numbers(&file["quantile_levels"])?;
    for (place, case) in (1..).zip(list(&file["cases"])?) {
        if let Err(problem) = one(case, &levels, place, report) {
            report.fail(place, &problem);
        }
    }
    Ok(())
}

/// The share of iterations up to the exact quantile must be its level, within three times the
/// sampling error of a share, `sqrt(q (1 - q) / N)`. Over the density that is the sampling error of
/// the quantile; so no density is needed.
fn one(case: &Value, levels: &[f64], place: usize, report: &mut Report) -> Result<(), String> {
    let paths = paths(case)?;
    let mut network = Network::new(date(2027, 1, 1), Calendar::new("all", WorkingWeek::EVERY_DAY));
    let mut model = RiskModel::default();
    for (path, durations) in paths.into_iter().enumerate() {
        for (step, duration) in durations.into_iter().enumerate() {
            let id = format!("{path}-{step}");
            network.activities.push(Activity::task(&id, 1.0));
            if step > 0 {
                network.links.push(Link::finish_start(format!("{path}-{}", step - 1), &id));
            }
            model.activities.push(ActivityRisk {
                activity: id,
                duration,
                loadings: Vec::new(),
                fixed_usd: 0.0,
                cost_usd_per_day: 0.0,
            });
        }
    }
    let text = |error: railcorridor::Error| error.to_string();
    let compiled = network.compile().map_err(text)?;
    let options = RiskOptions { iterations: ITERATIONS, seed: 20_261_126 };
    let outcome = simulate(&compiled, &model, &options).map_err(text)?;
    let exact = numbers(&case["quantiles"])?;
    if exact.len() != levels.len() {
        return Err(format!("{} quantiles for {} levels", exact.len(), levels.len()));
    }
    for (level, quantile) in levels.iter().zip(&exact) {
        let below = outcome.finish_days.iter().filter(|days| f64::from(**days) <= *quantile);
        #[expect(clippy::cast_precision_loss, reason = "a count")]
        let share = below.count() as f64 / f64::from(ITERATIONS);
        let error = (level * (1.0 - level) / f64::from(ITERATIONS)).sqrt();
        report.case("quantiles, sampling errors", place, (share - level) / error, 3.0);
    }
    let mean_days = number(&case["mean"])?;
    let square = |days: &f32| (f64::from(*days) - mean_days).powi(2);
    let variance = outcome.finish_days.iter().map(square).sum::<f64>() / f64::from(ITERATIONS);
    let error_days = (variance / f64::from(ITERATIONS)).sqrt();
    let off_days = outcome.finish.days.mean - mean_days;
    report.case("mean, sampling errors", place, off_days / error_days, 3.0);
    Ok(())
}

/// The durations of each path.
fn paths(case: &Value) -> Result<Vec<Vec<Distribution>>, String> {
    let params = &case["params"];
    let each = |of: &Value, one: fn(&Value) -> Result<Distribution, String>| {
        list(of)?.iter().map(one).collect::<Result<Vec<_>, String>>()
    };
    let alone = |durations: Vec<Distribution>| durations.into_iter().map(|one| vec![one]).collect();
    match case["kind"].as_str() {
        Some("series_tri") => Ok(vec![each(params, triangle)?]),
        Some("parallel_tri") => Ok(alone(each(params, triangle)?)),
        Some("parallel_uniform") => Ok(alone(each(params, uniform)?)),
        Some("parallel_of_series_tri") => {
            list(params)?.iter().map(|path| each(path, triangle)).collect()
        }
        Some("pert_beta") => Ok(vec![vec![pert(params)?]]),
        other => Err(format!("kind {other:?} is not known")),
    }
}

fn three(of: &Value) -> Result<[f64; 3], String> {
    <[f64; 3]>::try_from(numbers(of)?).map_err(|row| format!("{} numbers instead of 3", row.len()))
}

fn triangle(of: &Value) -> Result<Distribution, String> {
    let [low, mode, high] = three(of)?;
    Ok(Distribution::Triangular { low, mode, high })
}

fn pert(of: &Value) -> Result<Distribution, String> {
    let [low, mode, high] = three(of)?;
    Ok(Distribution::BetaPert { low, mode, high, weight: 4.0 })
}

/// Two observations are a uniform distribution between them.
fn uniform(of: &Value) -> Result<Distribution, String> {
    Ok(Distribution::Empirical { values: numbers(of)? })
}
