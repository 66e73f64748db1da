//! A single-track line as trains see it: stations where they meet, sections between them.

use serde::{Deserialize, Serialize};

use crate::error::{self, Error, Result};

/// Most stations of a line.
pub const MAX_STATIONS: usize = 10_000;
/// Longest time between two neighbouring stations, and longest interval, seconds: a week.
pub const MAX_RUN_S: u32 = 7 * 86_400;
/// Farthest chainage and longest track, metres.
const MAX_LENGTH_M: f64 = 1e8;

/// A station: tracks to stand on, and the times that lie between two trains there.
///
/// Times are whole seconds: sums of them are exact, so that a result does not depend on the order
/// of additions, and a second is less than any running time is known to.
///
/// The three intervals are those of 1520 mm practice. Each is a time for signals and points, and
/// depends on the signalling; nothing is assumed, so absent means 0.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrackStation {
    /// Its name; no two share one.
    pub name: String,
    /// Where it is, metres.
    pub chainage_m: f64,
    /// Usable length of each track that a train may stand on, the main track among them, metres.
    #[serde(default)]
    pub track_lengths_m: Vec<f64>,
    /// Whether it takes any number of trains of any length: a yard. Trains begin and end in yards
    /// only; both ends of a line are yards, whatever they say here.
    #[serde(default)]
    pub is_yard: bool,
    /// From the arrival of a train until one may leave into the section where it came from.
    #[serde(default)]
    pub crossing_s: u32,
    /// Between arrivals of two trains from opposite sides; 0 if both may arrive at once.
    #[serde(default)]
    pub arrival_s: u32,
    /// From the arrival of a train until another may follow it into the section that it has left.
    #[serde(default)]
    pub following_s: u32,
}

/// Stations in the order of their chainage; between two neighbours lies a section, with room for
/// one train at a time.
///
/// ```
/// use railcorridor::operation::traffic::{TrackLine, TrackStation};
///
/// let station = |name: &str, chainage_m, tracks| TrackStation {
///     name: name.into(), chainage_m, track_lengths_m: vec![1_050.0; tracks], ..Default::default()
/// };
/// let line = TrackLine::new(vec![
///     station("Turgundi", 0.0, 6), station("Loop 1", 18_000.0, 2), station("Herat", 35_000.0, 8),
/// ])?;
/// assert_eq!(line.section_name(1), "Loop 1 to Herat");
/// let back = TrackLine::new(line.stations().iter().rev().cloned().collect());
/// assert!(back.is_err()); // chainages must rise
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrackLine {
    stations: Vec<TrackStation>,
}

impl TrackLine {
    /// A line of two stations or more.
    ///
    /// # Errors
    /// [`Error::Traffic`] for fewer than two stations, a name used twice, and chainages that do not
    /// rise; [`Error::OutOfRange`] for lengths that are no length, and intervals beyond
    /// [`MAX_RUN_S`]; [`Error::Limit`] beyond [`MAX_STATIONS`].
    pub fn new(stations: Vec<TrackStation>) -> Result<Self> {
        if stations.len() > MAX_STATIONS {
            return Err(Error::Limit {
                item: "a line".to_owned(),
                needed: format!("{} stations", stations.len()),
                limit: format!("{MAX_STATIONS} stations"),
                hint: "cut it into lines".to_owned(),
            });
        }
        if stations.len() < 2 {
            let problem = format!("it has {} of the two stations that it needs", stations.len());
            return Err(wrong("a line", problem, "name both of its ends"));
        }
        stations.iter().try_for_each(check)?;
        for (a, b) in stations.iter().zip(stations.iter().skip(1)) {
            if !(a.chainage_m < b.chainage_m) {
                let problem =
                    format!("{} m is not beyond {} at {} m", b.chainage_m, a.name, a.chainage_m);
                return Err(wrong(&b.name, problem, "put stations in the order of their chainage"));
            }
        }
        let mut names: Vec<&str> = stations.iter().map(|station| station.name.as_str()).collect();
        names.sort_unstable();
        for (a, b) in names.iter().zip(names.iter().skip(1)) {
            if a == b {
                return Err(wrong(a, "two stations have this name".to_owned(), "rename one"));
            }
        }
        Ok(Self { stations })
    }

    /// Its stations, by chainage.
    #[must_use]
    pub fn stations(&self) -> &[TrackStation] {
        &self.stations
    }

    /// How many sections it has: one less than stations.
    #[must_use]
    pub fn sections(&self) -> usize {
        self.stations.len().saturating_sub(1)
    }

    /// Both stations of a section, counted from 0, as a name; empty beyond the last.
    #[must_use]
    pub fn section_name(&self, section: usize) -> String {
        self.stretch_name(section, section + 1)
    }

    /// Two stations as a name of what lies between them.
    pub(super) fn stretch_name(&self, from: usize, to: usize) -> String {
        match (self.stations.get(from), self.stations.get(to)) {
            (Some(a), Some(b)) => format!("{} to {}", a.name, b.name),
            _ => String::new(),
        }
    }

    /// Whether trains may begin and end at a station.
    pub(super) fn is_yard(&self, station: usize) -> bool {
        let is_end = station == 0 || station + 1 == self.stations.len();
        is_end || self.stations.get(station).is_some_and(|station| station.is_yard)
    }

    /// How many trains of a length may stand at a station at once.
    pub(super) fn room_for(&self, station: usize, length_m: f64) -> usize {
        let Some(at) = self.stations.get(station) else { return 0 };
        if self.is_yard(station) {
            return usize::MAX;
        }
        at.track_lengths_m.iter().filter(|track_m| **track_m >= length_m).count()
    }
}

/// Numbers of a station that can be.
fn check(station: &TrackStation) -> Result<()> {
    let of = |what: &str| format!("{what} of station {}", station.name);
    let range = (-MAX_LENGTH_M, MAX_LENGTH_M);
    let hint = "give it in metres along the line";
    error::within(|| of("chainage_m"), station.chainage_m, range, hint)?;
    for length_m in &station.track_lengths_m {
        let hint = "give the length that a train may stand on, in metres";
        error::within(|| of("track_lengths_m"), *length_m, (1.0, MAX_LENGTH_M), hint)?;
    }
    for (name, interval_s) in [
        ("crossing_s", station.crossing_s),
        ("arrival_s", station.arrival_s),
        ("following_s", station.following_s),
    ] {
        let range = (0.0, f64::from(MAX_RUN_S));
        error::within(|| of(name), f64::from(interval_s), range, "give it in seconds")?;
    }
    Ok(())
}

/// An error of a line, its trains or its stations.
pub(super) fn wrong(item: &str, problem: String, hint: &str) -> Error {
    Error::Traffic { item: item.to_owned(), problem, hint: hint.to_owned() }
}
