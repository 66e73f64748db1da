//! Cases of what is built when.

use railcorridor::schedule::{Crew, Direction, Follow, RateRange, linear_schedule};
use serde_json::Value;

use super::json::{list, number, numbers};
use super::{CaseFile, Kind, Report};

/// Two crews along a line, with buffers of days or kilometres.
pub const LINEAR: Kind = Kind {
    name: "linear-schedule",
    json_kinds: &[],
    files: &[("linear", "lsm.json")],
    run: linear,
};

fn linear(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let file = file.json()?;
    for (place, case) in (1..).zip(list(&file["cases"])?) {
        let leader = crew("A", &case["A"])?;
        let follow = Follow {
            leader: "A".into(),
            buffer_days: number(&case["time_buffer"])?,
            buffer_m: number(&case["dist_buffer"])? * 1e3,
        };
        let direction = match case["dirB"].as_i64() {
            Some(-1) => Direction::Decreasing,
            _ => Direction::Increasing,
        };
        let follower = Crew { direction, follows: vec![follow], ..crew("B", &case["B"])? };
        match linear_schedule(&[leader, follower], &[]).as_deref() {
            Ok([_, behind]) => {
                let start_day = number(&case["B_start"])?;
                let finish_day = number(&case["B_finish"])?;
                report.case("start, days", place, behind.start_day - start_day, 1e-12);
                report.case("finish, days", place, behind.finish_day - finish_day, 1e-12);
            }
            Ok(_) => report.fail(place, "not two fronts"),
            Err(error) => report.fail(place, &error.to_string()),
        }
    }
    Ok(())
}

/// A crew over ranges of kilometres, with kilometres a day.
fn crew(name: &str, ranges: &Value) -> Result<Crew, String> {
    let mut of_crew = Vec::new();
    for range in list(ranges)? {
        match numbers(range)?.as_slice() {
            &[from_km, to_km, km_per_day] => of_crew.push(RateRange {
                from_m: from_km * 1e3,
                to_m: to_km * 1e3,
                rate_m_per_day: km_per_day * 1e3,
            }),
            other => return Err(format!("{} numbers instead of 3", other.len())),
        }
    }
    Ok(Crew { name: name.into(), ranges: of_crew, ..Crew::default() })
}
