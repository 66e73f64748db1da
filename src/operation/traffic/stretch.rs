//! Stretches between places where two trains of a class can meet.

use super::class::{SectionRun, TrainClass};
use super::line::{TrackLine, TrackStation, wrong};
use super::scheme::{Passing, Scheme, period_s};
use crate::error::Result;
use crate::finding::{Finding, Severity};

/// A stretch that one train has to itself: one section, or several where trains cannot meet between.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stretch<'a> {
    pub(super) low: usize,
    pub(super) high: usize,
    pub(super) run: SectionRun,
    pub(super) ends: (&'a TrackStation, &'a TrackStation),
}

impl Stretch<'_> {
    pub(super) fn period_s(&self, class: &TrainClass, scheme: Scheme) -> u64 {
        period_s(self.ends.0, self.ends.1, self.run, class, scheme)
    }
}

/// Stations where two trains of a class can meet, ends and yards included.
pub(super) fn meeting_places(line: &TrackLine, class: &TrainClass) -> Vec<usize> {
    let stations = 0..line.stations().len();
    stations.filter(|station| line.room_for(*station, class.length_m) >= 2).collect()
}

/// Stations where they cannot, although tracks lie there: each a finding.
pub(super) fn too_short(line: &TrackLine, class: &TrainClass) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (place, station) in line.stations().iter().enumerate() {
        let room = line.room_for(place, class.length_m);
        if room >= 2 || station.track_lengths_m.len() < 2 {
            continue;
        }
        let rule = "loop-shorter-than-train";
        findings.push(Finding {
            rule,
            id: format!("{rule}:{}:{}", station.name, class.name),
            severity: Severity::Warning,
            subject: station.name.clone(),
            chainage_m: Some(station.chainage_m),
            value: format!("{room} of {} tracks", station.track_lengths_m.len()),
            limit: format!("2 tracks of {} m", class.length_m),
            message: format!(
                "two trains of class {} ({} m) cannot meet here: {room} of {} tracks are as long",
                class.name,
                class.length_m,
                station.track_lengths_m.len()
            ),
            claims: Vec::new(),
            sources: Vec::new(),
            waiver: None,
        });
    }
    findings
}

/// The stretches between neighbouring places.
pub(super) fn stretches<'a>(
    line: &'a TrackLine,
    class: &TrainClass,
    places: &[usize],
) -> Result<Vec<Stretch<'a>>> {
    let pairs = places.iter().zip(places.iter().skip(1));
    pairs.map(|(low, high)| stretch(line, class, *low, *high)).collect()
}

/// One stretch; trains run through stations on the way unless all must stop there.
pub(super) fn stretch<'a>(
    line: &'a TrackLine,
    class: &TrainClass,
    low: usize,
    high: usize,
) -> Result<Stretch<'a>> {
    let (Some(first), Some(last)) = (line.stations().get(low), line.stations().get(high)) else {
        return Err(wrong(
            "a stretch",
            format!("no stations {low} and {high}"),
            "name stations of the line",
        ));
    };
    let runs = class.runs.get(low..high).unwrap_or_default();
    let between = line.stations().get(low + 1..high).unwrap_or_default();
    let stop = |at: &TrackStation| {
        let dwell_s = class.planned_stop_s(&at.name)?;
        Some(u64::from(dwell_s) + u64::from(class.start_s) + u64::from(class.stop_s))
    };
    let stops_s: u64 = between.iter().filter_map(stop).sum();
    let sum = |of: fn(&SectionRun) -> u32| {
        let sum_s = stops_s + runs.iter().map(|run| u64::from(of(run))).sum::<u64>();
        u32::try_from(sum_s).map_err(|_| {
            let problem = format!("a train takes {sum_s} s");
            wrong(&line.stretch_name(low, high), problem, "put a station with two tracks between")
        })
    };
    let run = SectionRun {
        increasing_s: sum(|run| run.increasing_s)?,
        decreasing_s: sum(|run| run.decreasing_s)?,
    };
    Ok(Stretch { low, high, run, ends: (first, last) })
}

/// What may be chosen at a meeting place.
pub(super) fn choices(line: &TrackLine, class: &TrainClass, place: usize) -> &'static [Passing] {
    let name = line.stations().get(place).map_or("", |station| station.name.as_str());
    if line.is_yard(place) || class.planned_stop_s(name).is_some() {
        &[Passing::BothStop]
    } else {
        &[Passing::IncreasingThrough, Passing::DecreasingThrough]
    }
}
