//! A line and its runs as traffic sees them: stations, running times, what stops cost.

use super::passing::{passing_s, speed_mps};
use super::{ServiceChoice, ServiceLine};
use crate::error::Result;
use crate::operation::traffic::{SectionRun, TrackLine, TrackStation, TrainClass};
use crate::operation::{Run, RunLine, RunOptions, RunStop, Train, run};

/// Stations of a line: loops have two tracks, ends are yards.
pub(super) fn track_line(line: &ServiceLine, choice: &ServiceChoice<'_>) -> Result<TrackLine> {
    let station = |place: &super::ServicePlace| TrackStation {
        name: place.label(),
        chainage_m: place.at_m,
        track_lengths_m: vec![choice.loop_m; 2],
        is_yard: false,
        crossing_s: choice.intervals.crossing_s,
        arrival_s: choice.intervals.arrival_s,
        following_s: choice.intervals.following_s,
    };
    TrackLine::new(line.places.iter().map(station).collect())
}

/// A way of a train over a line: the run without a stop, and what it runs on.
pub(super) struct Way<'a> {
    pub(super) run_line: &'a RunLine,
    pub(super) train: &'a Train,
    pub(super) run: &'a Run,
}

/// What starting from a stop, and stopping, cost more than running through, seconds.
#[derive(Clone, Copy, Default)]
struct StopCost {
    start_s: f64,
    stop_s: f64,
}

/// The class of the train: running times without a stop, what stops add.
///
/// What a stop costs is the mean over all loops: the run with a stop at each of them against the
/// one without, of which braking takes `v / 2b` each and gaining speed the rest. The runs begin and
/// end at rest, which the class adds where a train starts and ends; so its running times leave it
/// out there.
pub(super) fn train_class(
    name: &str,
    line: &ServiceLine,
    length_m: f64,
    [there, back]: [Way<'_>; 2],
) -> Result<TrainClass> {
    let end_m = there.run_line.end_m();
    let places: Vec<f64> = line.places.iter().map(|place| place.at_m).collect();
    let turned: Vec<f64> = places.iter().rev().map(|at_m| end_m - at_m).collect();
    let costs = [stop_cost(&there, &places)?, stop_cost(&back, &turned)?];
    // A pair of trains waits for its slower half.
    let most = |of: fn(&StopCost) -> f64| whole_s(costs.iter().map(of).fold(0.0, f64::max));
    let (start_s, stop_s) = (most(|cost| cost.start_s), most(|cost| cost.stop_s));
    let ups_s = section_times_s(there.run, &places, start_s, stop_s);
    let downs_s = section_times_s(back.run, &turned, start_s, stop_s);
    let runs = ups_s.into_iter().zip(downs_s.into_iter().rev());
    let runs = runs.map(|(increasing_s, decreasing_s)| SectionRun { increasing_s, decreasing_s });
    Ok(TrainClass {
        name: name.to_owned(),
        length_m,
        runs: runs.collect(),
        start_s,
        stop_s,
        ..TrainClass::default()
    })
}

/// Whole seconds, rounded up, and one at least.
fn section_times_s(run: &Run, places: &[f64], start_s: u32, stop_s: u32) -> Vec<u32> {
    let last = places.len().saturating_sub(2);
    let sections = places.iter().zip(places.iter().skip(1)).enumerate();
    let times = sections.map(|(number, (from_m, to_m))| {
        let mut time_s = passing_s(run, *to_m) - passing_s(run, *from_m);
        if number == 0 {
            time_s -= f64::from(start_s);
        }
        if number == last {
            time_s -= f64::from(stop_s);
        }
        whole_s(time_s).max(1)
    });
    times.collect()
}

fn stop_cost(way: &Way<'_>, places: &[f64]) -> Result<StopCost> {
    let inner = places.get(1..places.len().saturating_sub(1)).unwrap_or_default();
    // Without loops a train starts and stops at its ends alone; its run holds that already.
    if inner.is_empty() {
        return Ok(StopCost::default());
    }
    let stops = inner.iter().map(|at_m| RunStop { at_m: *at_m, dwell_s: 0.0 });
    let options = RunOptions { stops: stops.collect(), ..RunOptions::default() };
    let stopping = run(way.run_line, way.train, &options)?;
    let count = inner.len() as f64;
    let each_s = (stopping.running_s - way.run.running_s).max(0.0) / count;
    let braking = inner.iter().map(|at_m| 0.5 * speed_mps(way.run, *at_m) / way.train.braking_mps2);
    let stop_s = (braking.sum::<f64>() / count).min(each_s);
    Ok(StopCost { start_s: each_s - stop_s, stop_s })
}

fn whole_s(time_s: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a day or so")]
    let whole = (time_s - 1e-6).ceil().clamp(0.0, 1e9) as u32;
    whole
}
