//! When a run passes a place, and what stopping there costs.

use crate::operation::Run;

/// When the head passes a distance, seconds since the beginning: between two places of the run as
/// with an even change of speed.
pub(super) fn passing_s(run: &Run, at_m: f64) -> f64 {
    let after = run.points.partition_point(|point| point.distance_m < at_m);
    let Some(b) = run.points.get(after) else { return run.total_s() };
    let Some(a) = after.checked_sub(1).and_then(|before| run.points.get(before)) else {
        return b.time_s;
    };
    let (span_m, part_m) = (b.distance_m - a.distance_m, at_m - a.distance_m);
    if !(span_m > 0.0) {
        return a.time_s;
    }
    let [from2, to2] = [a.speed_mps, b.speed_mps].map(|speed| speed * speed);
    let speed_mps = (from2 + (to2 - from2) * part_m / span_m).max(0.0).sqrt();
    let mean_mps = 0.5 * (a.speed_mps + speed_mps);
    let whole_mps = 0.5 * (a.speed_mps + b.speed_mps);
    if !(mean_mps > 0.0 && whole_mps > 0.0) {
        return a.time_s;
    }
    // Scaled so that the whole span takes what the run says.
    a.time_s + (b.time_s - a.time_s) * (part_m / mean_mps) / (span_m / whole_mps)
}

/// The speed at a distance.
pub(super) fn speed_mps(run: &Run, at_m: f64) -> f64 {
    let after = run.points.partition_point(|point| point.distance_m < at_m);
    run.points.get(after).or(run.points.last()).map_or(0.0, |point| point.speed_mps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{Effort, RunLine, RunOptions, RunSegment, Train, run};

    /// The tolerance of the run, over its 290 s.
    const SLACK_S: f64 = 290.0 * 1e-7;

    #[test]
    fn places_are_passed_as_reckoned_by_hand() {
        // As in the example of `run`: 0.2 m/s2 to 20 m/s, 3 km, 0.5 m/s2 to rest.
        let train = Train {
            name: "even".into(),
            mass_kg: 1e6,
            locomotive_kg: 1e5,
            rotating_mass_ratio: 1.0,
            length_m: 100.0,
            resistance_n: [0.0; 3],
            coasting_resistance_n: [0.0; 3],
            effort: Effort::limits(200e3, 1e9).unwrap(),
            braking_mps2: 0.5,
            speed_max_mps: 20.0,
            gravity_mps2: 9.81,
            mass_is_at_head: false,
        };
        let level = RunSegment {
            start_m: 0.0,
            gradient_permille: 0.0,
            curve_permille: 0.0,
            speed_limit_mps: 30.0,
        };
        let line = RunLine::new(vec![level], 4400.0).unwrap();
        let run = run(&line, &train, &RunOptions::default()).unwrap();
        for (at_m, expected_s) in [(0.0, 0.0), (250.0, 50.0), (1000.0, 100.0), (2000.0, 150.0)] {
            let at_s = passing_s(&run, at_m);
            assert!((at_s - expected_s).abs() < SLACK_S, "{at_m}: {at_s}");
        }
        // 300 m of braking: 400 - 100 left, sqrt(2 0.5 100) = 10 m/s, 20 s after 250 s.
        assert!((passing_s(&run, 4300.0) - 270.0).abs() < SLACK_S);
        assert!((passing_s(&run, 4400.0) - 290.0).abs() < SLACK_S);
        assert!((passing_s(&run, 9e9) - 290.0).abs() < SLACK_S);
        assert!((speed_mps(&run, 2000.0) - 20.0).abs() < 1e-9);
    }
}
