//! How many pairs of trains a day fit, section by section.

use serde::Serialize;

use super::class::{SectionRun, TrainClass};
use super::consistent::consistent;
use super::day_use::DayUse;
use super::line::TrackLine;
use super::scheme::{Passing, Scheme};
use super::stretch::{Stretch, meeting_places, stretches, too_short};
use crate::error::Result;
use crate::finding::Finding;

/// What fits between two places where trains of the class can meet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SectionCapacity {
    /// Both places: `Loop 3 to Loop 4`.
    pub name: String,
    /// The station of lower chainage, counted from 0 along the line.
    pub low: usize,
    /// The station of higher chainage; more than the next one if trains cannot meet between.
    pub high: usize,
    /// Running times between them.
    pub run: SectionRun,
    /// The scheme that agrees with its neighbours.
    pub scheme: Scheme,
    /// How long a pair of trains occupies it under that scheme, seconds.
    pub period_s: u64,
    /// The shortest period of all schemes that its two ends allow, seconds.
    pub shortest_period_s: u64,
    /// Pairs of trains a day that fit under the scheme.
    pub pairs_per_day: f64,
}

/// What fits on a line, and where it is tightest.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineCapacity {
    /// By chainage.
    pub sections: Vec<SectionCapacity>,
    /// The tightest of them, counted from 0; the first of several.
    pub binding: usize,
    /// Pairs of trains a day that fit, in the mean: those of the tightest section.
    pub pairs_per_day: f64,
    /// What would fit if each section had its own best scheme; no less.
    pub bound_pairs_per_day: f64,
    /// Loops that are too short for the class, each a warning.
    pub findings: Vec<Finding>,
}

impl LineCapacity {
    /// The tightest section.
    #[must_use]
    pub fn binding_section(&self) -> Option<&SectionCapacity> {
        self.sections.get(self.binding)
    }

    /// Whole pairs of trains that fit on every day.
    #[must_use]
    pub fn whole_pairs(&self) -> u32 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 86,400")]
        let whole = self.pairs_per_day.floor() as u32;
        whole
    }
}

/// How many pairs of trains of a class fit on a line, by the parallel graph of 1520 mm practice.
///
/// Trains of one class follow one another in pairs, one each way. What one pair occupies of a
/// section depends on who runs through at both of its ends ([`period_s`](super::period_s)); a day
/// holds as many pairs as its longest period allows ([`DayUse::pairs_per_day`]). A train that runs
/// through a station does so for the sections on both sides, so the shortest period of each
/// section by itself is only a bound: the schemes are chosen together, exactly.
///
/// Where fewer than two tracks are as long as the train, trains do not meet, and the sections on
/// both sides count as one. At yards, ends of the line and planned stops, all trains stop.
///
/// # Errors
/// [`Error::Traffic`](crate::Error::Traffic) if the class does not fit the line,
/// [`Error::OutOfRange`](crate::Error::OutOfRange) for numbers that cannot be, both with the place.
///
/// # Example
/// ```
/// use railcorridor::operation::traffic::{
///     DayUse, SectionRun, TrackLine, TrackStation, TrainClass, line_capacity,
/// };
///
/// let station = |name: &str, chainage_m| TrackStation {
///     name: name.into(), chainage_m, track_lengths_m: vec![1_050.0; 2],
///     crossing_s: 60, arrival_s: 240, ..Default::default()
/// };
/// let line = TrackLine::new(vec![station("A", 0.0), station("B", 20e3), station("C", 38e3)])?;
/// let runs = vec![SectionRun::from_minutes(24.0, 25.0)?, SectionRun::from_minutes(20.0, 20.0)?];
/// let mut class = TrainClass { name: "freight".into(), length_m: 900.0, runs, ..Default::default() };
/// let day = DayUse { closed_s: 3_600, reliability_share: 0.92 };
/// // At A both stop (1 min). At B one train leaves the longer section without a stop (1 min).
/// let capacity = line_capacity(&line, &class, &day)?;
/// assert_eq!(capacity.binding_section().map(|at| at.period_s), Some((24 + 25 + 1 + 1) * 60));
/// assert_eq!(capacity.whole_pairs(), 24); // 1,380 x 0.92 / 51 = 24.89
///
/// class.length_m = 1_100.0; // too long to meet at B: one section of 44 + 45 minutes
/// let capacity = line_capacity(&line, &class, &day)?;
/// assert_eq!(capacity.sections[0].period_s, (44 + 45 + 1 + 1) * 60);
/// assert_eq!(capacity.findings[0].rule, "loop-shorter-than-train");
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn line_capacity(line: &TrackLine, class: &TrainClass, day: &DayUse) -> Result<LineCapacity> {
    class.check(line)?;
    let places = meeting_places(line, class);
    let mut capacity = capacity_between(line, class, day, &places)?;
    capacity.findings = too_short(line, class);
    Ok(capacity)
}

/// The same where trains meet at some places only.
pub(super) fn capacity_between(
    line: &TrackLine,
    class: &TrainClass,
    day: &DayUse,
    places: &[usize],
) -> Result<LineCapacity> {
    let stretches = stretches(line, class, places)?;
    let passings = consistent(line, class, places, &stretches);
    let mut sections = Vec::with_capacity(stretches.len());
    let (mut longest_s, mut binding, mut bound_s) = (0, 0, 0);
    for (stretch, (low, high)) in stretches.iter().zip(passings.iter().zip(passings.iter().skip(1)))
    {
        let section = section(line, class, day, stretch, Scheme { low: *low, high: *high })?;
        bound_s = bound_s.max(section.shortest_period_s);
        if section.period_s > longest_s {
            (longest_s, binding) = (section.period_s, sections.len());
        }
        sections.push(section);
    }
    Ok(LineCapacity {
        sections,
        binding,
        pairs_per_day: day.pairs_per_day(seconds(longest_s))?,
        bound_pairs_per_day: day.pairs_per_day(seconds(bound_s))?,
        findings: Vec::new(),
    })
}

fn section(
    line: &TrackLine,
    class: &TrainClass,
    day: &DayUse,
    stretch: &Stretch<'_>,
    scheme: Scheme,
) -> Result<SectionCapacity> {
    let period_s = stretch.period_s(class, scheme);
    // An end where all must stop has no choice.
    let at = |chosen: Passing, other: Passing| {
        if chosen == Passing::BothStop { Passing::BothStop } else { other }
    };
    let allowed = |one: &Scheme| {
        let scheme = Scheme { low: at(scheme.low, one.low), high: at(scheme.high, one.high) };
        stretch.period_s(class, scheme)
    };
    Ok(SectionCapacity {
        name: line.stretch_name(stretch.low, stretch.high),
        low: stretch.low,
        high: stretch.high,
        run: stretch.run,
        scheme,
        period_s,
        shortest_period_s: Scheme::FOUR.iter().map(allowed).min().unwrap_or(period_s),
        pairs_per_day: day.pairs_per_day(seconds(period_s))?,
    })
}

/// A period as a number; those of a line are far below 2^53.
#[expect(clippy::cast_precision_loss, reason = "seconds of some weeks")]
pub(super) fn seconds(period_s: u64) -> f64 {
    period_s as f64
}
