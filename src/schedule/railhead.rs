//! From which railheads a line is laid, and which way from each, so that it is done earliest.

use serde::{Deserialize, Serialize};

use super::crew::{Direction, RateRange, check_ranges, within};
use super::railhead_search::{Site, best};
use crate::error::{Error, Result};

/// A place where track and ballast arrive: a station in use, a port, a border.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Railhead {
    /// Its name; no two share one.
    pub name: String,
    /// Where it is on the line, metres.
    pub chainage_m: f64,
    /// The first day on which laying may begin there.
    #[serde(default)]
    pub open_day: f64,
    /// The gauge of what arrives there, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gauge_mm: Option<u32>,
    /// The ways that laying may go from there; both if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub directions: Vec<Direction>,
}

/// A line to be laid, and what there is to lay it with.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayingJob {
    /// The line and how fast a crew lays it, by chainage, each range beginning where the last one
    /// ends. All crews lay at these rates.
    pub ranges: Vec<RateRange>,
    /// Where laying may begin.
    pub railheads: Vec<Railhead>,
    /// How many crews there are.
    pub crews: usize,
    /// The gauge of the line. Railheads of another gauge are left out; absent if any will do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gauge_mm: Option<u32>,
    /// What it takes a crew to come back and begin the other way from the same railhead.
    #[serde(default)]
    pub turn_days: f64,
}

/// What is laid from a railhead.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RailheadWork {
    /// Nothing: it is not opened.
    #[default]
    Closed,
    /// One crew lays towards higher chainage.
    Increasing,
    /// One crew lays towards lower chainage.
    Decreasing,
    /// One crew lays towards lower chainage, then towards higher.
    InTurn,
    /// Two crews, one each way.
    Both,
}

impl RailheadWork {
    /// From nothing to two crews.
    pub(super) const ALL: [Self; 5] =
        [Self::Closed, Self::Increasing, Self::Decreasing, Self::InTurn, Self::Both];

    /// How many crews it takes.
    #[must_use]
    pub fn crews(self) -> usize {
        match self {
            Self::Closed => 0,
            Self::Increasing | Self::Decreasing | Self::InTurn => 1,
            Self::Both => 2,
        }
    }

    /// Whether any crew goes that way.
    #[must_use]
    pub fn goes(self, direction: Direction) -> bool {
        match self {
            Self::Closed => false,
            Self::Increasing => direction == Direction::Increasing,
            Self::Decreasing => direction == Direction::Decreasing,
            Self::InTurn | Self::Both => true,
        }
    }
}

/// Track laid by one crew in one go.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LaidStretch {
    /// Name of the railhead that it is laid from.
    pub railhead: String,
    /// Which way.
    pub direction: Direction,
    /// Where it begins: at the railhead, metres.
    pub from_m: f64,
    /// Where it ends: at the end of the line, or where crews meet, metres.
    pub to_m: f64,
    /// The day on which it is begun.
    pub start_day: f64,
    /// The day on which it is done.
    pub finish_day: f64,
}

/// Which railheads are opened, which way from each, and what comes of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RailheadPlan {
    /// The day on which the whole line is laid.
    pub finish_day: f64,
    /// How many crews are at work.
    pub crews: usize,
    /// What each railhead does, in the order given.
    pub works: Vec<RailheadWork>,
    /// All that is laid, by the lower end.
    pub stretches: Vec<LaidStretch>,
    /// Chainages, metres, at which track laid from railheads of different gauges meets.
    pub gauge_breaks_m: Vec<f64>,
    /// The best plan from one railhead alone, to see what the others are worth.
    pub from_one: Option<FromOne>,
}

/// The best plan from one railhead alone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FromOne {
    /// Its name.
    pub railhead: String,
    /// The day on which the whole line is laid from there.
    pub finish_day: f64,
}

/// The plan that lays the whole line earliest; of those, one with the fewest crews.
///
/// A crew lays away from its railhead until it meets laid track or the end of the line, or turns.
/// In days of work instead of metres, a crew that starts on day `o` covers `T - o` by day `T`. For
/// one `T`, going through the railheads by chainage and keeping, for each number of crews, how far
/// the line is covered tells whether any plan holds: farther is never worse. So all of the 5^k plans
/// are searched in O(k crews). `T` is halved down to 1e-12 of itself, and the plan's own finish is
/// computed in closed form ([`railhead_finish`]).
///
/// # Errors
/// [`Error::OutOfRange`] for ranges with gaps, a railhead beside the line, or crews and railheads
/// that cannot lay all of it.
///
/// # Example
/// ```
/// use railcorridor::schedule::{LayingJob, Railhead, RateRange, railhead_plan};
///
/// let job = LayingJob {
///     ranges: vec![RateRange { from_m: 0.0, to_m: 120_000.0, rate_m_per_day: 1_000.0 }],
///     railheads: vec![
///         Railhead { name: "border".into(), ..Railhead::default() },
///         Railhead { name: "city".into(), chainage_m: 120_000.0, open_day: 40.0,
///                    ..Railhead::default() },
///     ],
///     crews: 2,
///     ..LayingJob::default()
/// };
/// let plan = railhead_plan(&job)?;
/// // From the border alone 120 days; the city joins in on day 40, so both share (120 + 40) / 2.
/// assert_eq!(plan.finish_day, 80.0);
/// assert_eq!(plan.stretches[0].to_m, 80_000.0);
/// assert_eq!(plan.from_one.unwrap().finish_day, 120.0);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn railhead_plan(job: &LayingJob) -> Result<RailheadPlan> {
    job.check()?;
    let site = Site::new(job);
    let Some(works) = best(&site, job.crews) else { return Err(no_plan(job)) };
    let mut plan = site.plan(&works).ok_or_else(|| no_plan(job))?;
    for (place, railhead) in job.railheads.iter().enumerate() {
        let alone = site.with_only(place);
        let finish_day = best(&alone, job.crews).and_then(|works| alone.finish_day(&works));
        if let Some(finish_day) = finish_day
            && plan.from_one.as_ref().is_none_or(|one| finish_day < one.finish_day)
        {
            plan.from_one = Some(FromOne { railhead: railhead.name.clone(), finish_day });
        }
    }
    Ok(plan)
}

/// What comes of a plan that is given: one work for each railhead, in their order.
///
/// Between railheads lie gaps. Crews share the gaps that they can reach, so for any run of
/// neighbouring gaps with `D` days of work and the `n` crews that reach them, starting on days `o`,
/// `T >= (D + sum of o) / n`, where crews that start after `T` do not count. The latest of these
/// over all runs is the finish (Hall's theorem on a path). A crew in turn counts as starting
/// `turn_days` later where it has ground on both sides.
///
/// # Errors
/// As [`railhead_plan`]; also if there are more or fewer works than railheads, a railhead works a
/// way or at a gauge that it must not, the crews are too few, or part of the line is left out.
///
/// # Complexity
/// O(k^3 log k) for k railheads.
pub fn railhead_finish(job: &LayingJob, works: &[RailheadWork]) -> Result<RailheadPlan> {
    job.check()?;
    let (given, wanted) = (works.len(), job.railheads.len());
    count_within("works", given, wanted, wanted, "give one for each railhead")?;
    let crews = works.iter().map(|work| work.crews()).sum();
    count_within("crews at work", crews, 0, job.crews, "open fewer railheads")?;
    let site = Site::new(job);
    for (place, (railhead, work)) in job.railheads.iter().zip(works).enumerate() {
        if !site.may(place, *work) {
            let hint = format!("{} can only work one way, or has another gauge", railhead.name);
            let name = format!("{work:?} from {}", railhead.name);
            return Err(Error::Unknown { what: "such work", name, hint });
        }
    }
    site.plan(works).ok_or_else(|| no_plan(job))
}

impl LayingJob {
    fn check(&self) -> Result<()> {
        check_ranges("the line", &self.ranges)?;
        within(|| "turn_days".into(), self.turn_days, 0.0, 1e6)?;
        let start_m = self.ranges.first().map_or(0.0, |range| range.from_m);
        let end_m = self.ranges.last().map_or(0.0, |range| range.to_m);
        for railhead in &self.railheads {
            let item = |what: &str| format!("{what} of railhead {}", railhead.name);
            within(|| item("chainage_m"), railhead.chainage_m, start_m, end_m)?;
            within(|| item("open_day"), railhead.open_day, -1e6, 1e6)?;
        }
        Ok(())
    }
}

fn count_within(item: &str, value: usize, low: usize, high: usize, hint: &str) -> Result<()> {
    if value >= low && value <= high {
        return Ok(());
    }
    #[expect(clippy::cast_precision_loss, reason = "a count for a message")]
    let value = value as f64;
    let limit = format!("{low} to {high}");
    Err(Error::OutOfRange { item: item.into(), value, limit, hint: hint.into() })
}

fn no_plan(job: &LayingJob) -> Error {
    #[expect(clippy::cast_precision_loss, reason = "a count for a message")]
    Error::OutOfRange {
        item: "crews".into(),
        value: job.crews as f64,
        limit: "what lays all of the line from the railheads given".into(),
        hint: "give more crews, or railheads that lay towards what is left out".into(),
    }
}
