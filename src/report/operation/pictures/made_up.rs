//! Lines and trains of the built-in rolling stock: for tests.

use crate::model::{Rails, RollingStock};
use crate::operation::traffic::{SectionRun, TrackLine, TrackStation, TrainClass};
use crate::operation::{RunLine, RunSegment, Train};

/// A line of so many kilometres that rises and falls, a segment each half kilometre.
pub(super) fn hills(length_km: u32) -> RunLine {
    let segment = |number: u32| RunSegment {
        start_m: 500.0 * f64::from(number),
        gradient_permille: 6.0 * (f64::from(number) / 17.0).sin() + 1.5,
        curve_permille: if number.is_multiple_of(3) { 0.7 } else { 0.0 },
        speed_limit_mps: if (number / 20).is_multiple_of(4) { 60.0 } else { 80.0 } / 3.6,
    };
    RunLine::new((0..2 * length_km).map(segment).collect(), 1e3 * f64::from(length_km)).unwrap()
}

/// A train of the built-in file.
pub(super) fn train(id: &str) -> Train {
    Train::of(RollingStock::builtin(), id, Rails::Jointed).unwrap()
}

/// Stations every 12 km, the first with a name that markup would mistake for its own.
pub(super) fn stations(count: u32) -> Vec<(String, f64)> {
    let name = |number| match number {
        0 => "A & <B>".to_owned(),
        number => format!("Station {number}"),
    };
    (0..count).map(|number| (name(number), 12e3 * f64::from(number))).collect()
}

/// A single track with these stations, three tracks at each.
pub(super) fn single_track(count: u32) -> TrackLine {
    let station = |(name, chainage_m)| TrackStation {
        name,
        chainage_m,
        track_lengths_m: vec![1_050.0; 3],
        crossing_s: 60,
        arrival_s: 60,
        ..TrackStation::default()
    };
    TrackLine::new(stations(count).into_iter().map(station).collect()).unwrap()
}

/// Trains that take 15 minutes from each station to the next, but twice that on the third section.
pub(super) fn class(name: &str, line: &TrackLine) -> TrainClass {
    let run = |section| {
        let minutes = if section == 2 { 30.0 } else { 15.0 };
        SectionRun::from_minutes(minutes, minutes).unwrap()
    };
    TrainClass {
        name: name.into(),
        length_m: 900.0,
        runs: (0..line.sections()).map(run).collect(),
        ..TrainClass::default()
    }
}
