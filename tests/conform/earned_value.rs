//! Cases of earned value.

use railcorridor::schedule::{EarnedValue, Remaining};
use serde_json::Value;

use super::json::{list, number};
use super::{CaseFile, Kind, Report};

/// Worked examples out of courses.
pub const EARNED_VALUE: Kind =
    Kind { name: "earned-value", json_kinds: &[], files: &[("evm", "cases.json")], run };

fn run(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let cases = file.json()?;
    for (place, case) in (1..).zip(list(&cases)?) {
        if let Err(problem) = one(case, place, report) {
            report.fail(place, &problem);
        }
    }
    Ok(())
}

fn one(case: &Value, place: usize, report: &mut Report) -> Result<(), String> {
    let amount = |key: &str| match case.get("tasks") {
        Some(tasks) => list(tasks)?.iter().map(|task| number(&task[key])).sum(),
        None => number(&case[key]),
    };
    let [planned_usd, earned_usd, actual_usd] = [amount("PV")?, amount("EV")?, amount("AC")?];
    let value = EarnedValue::new(number(&case["BAC"])?, planned_usd, earned_usd, actual_usd)
        .map_err(|error| error.to_string())?;
    let remaining = match case.get("ETC") {
        Some(to_complete) => Remaining::Estimated { to_complete_usd: number(to_complete)? },
        None => Remaining::AtCostPace,
    };
    let planned_months = case.get("planned_months").and_then(Value::as_f64).unwrap_or_default();
    let of = |key: &str| match key {
        "PV" => Some(value.planned_usd()),
        "EV" => Some(value.earned_usd()),
        "AC" => Some(value.actual_usd()),
        "CV" => Some(value.cost_variance_usd()),
        "SV" => Some(value.schedule_variance_usd()),
        "CPI" => value.cost_performance_ratio(),
        "SPI" => value.schedule_performance_ratio(),
        "EAC" | "EAC_cpi" => value.at_completion_usd(remaining),
        "VAC" => value.variance_at_completion_usd(remaining),
        "TCPI_bac" => value.to_complete_ratio(),
        // A quotient in the unit of the plan, here months.
        "time_at_completion_months" => value.duration_at_completion_days(planned_months),
        _ => None,
    };
    let expect = case["expect"].as_object().ok_or("no expect")?;
    for (key, wanted) in expect.iter().filter(|(key, _)| *key != "printed") {
        let found = of(key).ok_or_else(|| format!("no {key}"))?;
        let wanted = number(wanted)?;
        // One case rounds what it earned to cents.
        let limit = if key == "EV" { 0.005 } else { 1e-12 * wanted.abs().max(1.0) };
        report.case("amounts and ratios", place, found - wanted, limit);
    }
    for (key, wanted) in expect.get("printed").and_then(Value::as_object).into_iter().flatten() {
        let found = of(key).ok_or_else(|| format!("no {key}"))?;
        // One unit of the last digit: the source cuts one of its numbers off.
        let text = wanted.to_string();
        let digits = text.split_once('.').map_or(0, |(_, digits)| digits.len());
        let unit = 10_f64.powi(-i32::try_from(digits).unwrap_or(0));
        report.case("as printed", place, found - number(wanted)?, unit);
    }
    Ok(())
}
