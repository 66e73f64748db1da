//! Trains of one class: how long they are, how long they run, where they must stop.

use serde::{Deserialize, Serialize};

use super::line::{MAX_RUN_S, TrackLine, wrong};
use crate::error::{self, Error, Result};
use crate::schedule::Direction;

/// Longest train, metres.
const MAX_TRAIN_M: f64 = 1e5;

/// Running times over a section without a stop at either end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionRun {
    /// Towards higher chainage, seconds.
    pub increasing_s: u32,
    /// Towards lower chainage, seconds.
    pub decreasing_s: u32,
}

impl SectionRun {
    /// From minutes, rounded up to whole seconds.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for what is not above 0, or more than a week.
    ///
    /// ```
    /// use railcorridor::operation::traffic::SectionRun;
    ///
    /// let run = SectionRun::from_minutes(24.0, 25.005)?;
    /// assert_eq!((run.increasing_s, run.decreasing_s), (1_440, 1_501));
    /// assert!(SectionRun::from_minutes(f64::NAN, 1.0).is_err());
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn from_minutes(increasing_min: f64, decreasing_min: f64) -> Result<Self> {
        Ok(Self {
            increasing_s: seconds("increasing_min", increasing_min)?,
            decreasing_s: seconds("decreasing_min", decreasing_min)?,
        })
    }

    /// One way.
    #[must_use]
    pub fn way_s(self, direction: Direction) -> u32 {
        match direction {
            Direction::Increasing => self.increasing_s,
            Direction::Decreasing => self.decreasing_s,
        }
    }
}

/// Whole seconds of a time, rounded up; sums of decimals may be a millionth of a second too long.
fn seconds(item: &str, time_min: f64) -> Result<u32> {
    let range = (1.0 / 60.0, f64::from(MAX_RUN_S) / 60.0);
    error::within(|| item.to_owned(), time_min, range, "give the running time in minutes")?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range")]
    Ok((time_min * 60.0 - 1e-6).ceil() as u32)
}

/// A stop that every train of a class makes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedStop {
    /// Name of the station.
    pub station: String,
    /// How long it stands there at least, seconds.
    pub dwell_s: u32,
}

/// Trains of one kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainClass {
    /// Its name; no two share one.
    pub name: String,
    /// From end to end, metres. A train waits only where a track is as long.
    pub length_m: f64,
    /// Running times of each section of the line, in its order.
    pub runs: Vec<SectionRun>,
    /// What starting from rest adds to the section after a stop, seconds.
    #[serde(default)]
    pub start_s: u32,
    /// What stopping adds to the section before a stop, seconds.
    #[serde(default)]
    pub stop_s: u32,
    /// Where every train of it stops.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stops: Vec<PlannedStop>,
    /// How much a second of its delay counts beside a second of others, 1 or more.
    #[serde(default = "one")]
    pub weight: u32,
}

fn one() -> u32 {
    1
}

impl Default for TrainClass {
    /// A train without length or running times; its delay counts once.
    fn default() -> Self {
        Self {
            name: String::new(),
            length_m: 0.0,
            runs: Vec::new(),
            start_s: 0,
            stop_s: 0,
            stops: Vec::new(),
            weight: one(),
        }
    }
}

impl TrainClass {
    /// What a class needs to run on a line.
    pub(super) fn check(&self, line: &TrackLine) -> Result<()> {
        if self.runs.len() != line.sections() {
            let problem = format!(
                "it has {} running times, the line {} sections",
                self.runs.len(),
                line.sections()
            );
            return Err(wrong(&self.of("class"), problem, "give one for each section, both ways"));
        }
        let hint = "give the length from end to end in metres";
        error::within(|| self.of("length_m of class"), self.length_m, (1.0, MAX_TRAIN_M), hint)?;
        for (section, run) in self.runs.iter().enumerate() {
            for time_s in [run.increasing_s, run.decreasing_s] {
                let item = || {
                    format!(
                        "running time in s of class {} from {}",
                        self.name,
                        line.section_name(section)
                    )
                };
                let range = (1.0, f64::from(MAX_RUN_S));
                error::within(
                    item,
                    f64::from(time_s),
                    range,
                    "a train takes time on every section",
                )?;
            }
        }
        let added = [("start_s of class", self.start_s), ("stop_s of class", self.stop_s)];
        let dwells = self.stops.iter().map(|stop| ("dwell_s of class", stop.dwell_s));
        for (name, time_s) in added.into_iter().chain(dwells) {
            let range = (0.0, f64::from(MAX_RUN_S));
            error::within(|| self.of(name), f64::from(time_s), range, "give it in seconds")?;
        }
        let hint = "1 counts as much as any other";
        error::within(|| self.of("weight of class"), f64::from(self.weight), (1.0, 1e3), hint)?;
        self.check_stops(line)
    }

    /// Stops at stations of the line that have a track as long as the train.
    fn check_stops(&self, line: &TrackLine) -> Result<()> {
        for stop in &self.stops {
            let station = line.stations().iter().position(|station| station.name == stop.station);
            let Some(station) = station else {
                let hint = "name a station of the line".to_owned();
                return Err(Error::Unknown { what: "station", name: stop.station.clone(), hint });
            };
            if line.room_for(station, self.length_m) == 0 {
                let problem = format!(
                    "trains of {} m are longer than every track of {}",
                    self.length_m, stop.station
                );
                return Err(wrong(
                    &self.of("stop of class"),
                    problem,
                    "lengthen a track, or leave out the stop",
                ));
            }
        }
        Ok(())
    }

    fn of(&self, what: &str) -> String {
        format!("{what} {}", self.name)
    }

    /// How long it must stand at a station; `None` if it need not stop there.
    pub(super) fn planned_stop_s(&self, station: &str) -> Option<u32> {
        self.stops.iter().find(|stop| stop.station == station).map(|stop| stop.dwell_s)
    }
}
