//! Who stops where two trains meet, and how long a pair of trains occupies a section.

use serde::{Deserialize, Serialize};

use super::class::{SectionRun, TrainClass};
use super::line::TrackStation;

/// Which of two trains that meet at a station runs through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Passing {
    /// The train towards higher chainage; the other stops.
    IncreasingThrough,
    /// The train towards lower chainage; the other stops.
    DecreasingThrough,
    /// Neither: both stop, as where all trains begin, end or change crews.
    #[default]
    BothStop,
}

/// What is chosen at both ends of a section.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// At the end of lower chainage.
    pub low: Passing,
    /// At the end of higher chainage.
    pub high: Passing,
}

impl Scheme {
    /// Both trains enter the section without a stop.
    pub const BOTH_ENTER: Self =
        Self { low: Passing::IncreasingThrough, high: Passing::DecreasingThrough };
    /// Both trains leave the section without a stop.
    pub const BOTH_LEAVE: Self =
        Self { low: Passing::DecreasingThrough, high: Passing::IncreasingThrough };
    /// Trains towards higher chainage stop at neither end.
    pub const INCREASING: Self =
        Self { low: Passing::IncreasingThrough, high: Passing::IncreasingThrough };
    /// Trains towards lower chainage stop at neither end.
    pub const DECREASING: Self =
        Self { low: Passing::DecreasingThrough, high: Passing::DecreasingThrough };
    /// The four schemes of 1520 mm practice.
    pub const FOUR: [Self; 4] =
        [Self::BOTH_ENTER, Self::BOTH_LEAVE, Self::INCREASING, Self::DECREASING];
}

/// How long one pair of trains occupies a section, seconds: the period of a parallel graph.
///
/// `T = t' + t'' + tau_low + tau_high + starts + stops` (tlookup.ru, "wocs-1042"): running times
/// both ways, and at each end either the interval between arrivals from both sides and a stop,
/// where the train into the section runs through, or the interval of crossing and a start, where
/// the train out of it does. Where both stop, it is the interval of crossing, a start and a stop.
///
/// ```
/// use railcorridor::operation::traffic::{Scheme, SectionRun, TrackStation, TrainClass, period_s};
///
/// let end = TrackStation { arrival_s: 240, crossing_s: 120, ..Default::default() };
/// let run = SectionRun::from_minutes(24.0, 25.0)?;
/// let minutes = |scheme| period_s(&end, &end, run, &TrainClass::default(), scheme) / 60;
/// assert_eq!(minutes(Scheme::BOTH_ENTER), 24 + 25 + 4 + 4);
/// assert_eq!(minutes(Scheme::BOTH_LEAVE), 24 + 25 + 2 + 2);
/// assert_eq!(minutes(Scheme::INCREASING), 24 + 25 + 4 + 2);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[must_use]
pub fn period_s(
    low: &TrackStation,
    high: &TrackStation,
    run: SectionRun,
    class: &TrainClass,
    scheme: Scheme,
) -> u64 {
    let at_low = end_s(low, class, scheme.low, Passing::IncreasingThrough);
    let at_high = end_s(high, class, scheme.high, Passing::DecreasingThrough);
    u64::from(run.increasing_s) + u64::from(run.decreasing_s) + at_low + at_high
}

/// What one end adds, where `entering` is the choice that lets the train into the section through.
fn end_s(station: &TrackStation, class: &TrainClass, passing: Passing, entering: Passing) -> u64 {
    let [arrival, crossing, start, stop] =
        [station.arrival_s, station.crossing_s, class.start_s, class.stop_s].map(u64::from);
    match passing {
        Passing::BothStop => crossing + start + stop,
        through if through == entering => arrival + stop,
        _ => crossing + start,
    }
}
