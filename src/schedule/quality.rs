//! Whether a network is sound enough to be believed: the fourteen points of the DCMA.

use jiff::civil::Date;
use serde::Serialize;

use super::passes::last_finish;
use super::{ActivityKind, Constraint, Dates, LinkKind};

/// Working days above which a duration or a float counts as high: two months.
const HIGH_DAYS: i32 = 44;

/// Working days by which the critical path is put to the test.
const TEST_DAYS: i32 = 600;

/// What came of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum QualityState {
    /// The limit is kept.
    Met,
    /// It is not.
    NotMet,
    /// There is nothing to measure: no baseline, no date to finish by, no resources.
    NotApplicable,
}

/// One of the fourteen points.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QualityPoint {
    /// 1 to 14.
    pub number: u8,
    /// What it is called.
    pub name: &'static str,
    /// What was measured: a share, a count or an index, as the limit says; `None` if nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// The limit, in words.
    pub limit: &'static str,
    /// Whether it is kept.
    pub state: QualityState,
    /// Places of the activities that speak against it; of a link the activity that it holds.
    pub activities: Vec<usize>,
}

impl QualityPoint {
    fn share(number: u8, name: &'static str, most: (f64, &'static str), found: Found) -> Self {
        let value = found.share();
        Self {
            number,
            name,
            value: Some(value),
            limit: most.1,
            state: state(value <= most.0),
            activities: found.activities,
        }
    }

    fn without(number: u8, name: &'static str, limit: &'static str) -> Self {
        let state = QualityState::NotApplicable;
        Self { number, name, value: None, limit, state, activities: Vec::new() }
    }

    fn index(number: u8, name: &'static str, value: f64, activities: Vec<usize>) -> Self {
        let limit = "0.95 at least";
        Self { number, name, value: Some(value), limit, state: state(value >= 0.95), activities }
    }
}

/// Those of some that speak against a point.
struct Found {
    activities: Vec<usize>,
    of: usize,
}

impl Found {
    fn share(&self) -> f64 {
        if self.of == 0 { 0.0 } else { count(self.activities.len()) / count(self.of) }
    }
}

/// The fourteen points by which the Defense Contract Management Agency of the United States looks
/// at a network (DCMA-EA PAM 200.1, 2012; names and limits as they are usually quoted, recalled).
///
/// Points 1, 5 to 8 count tasks that are not done, points 2 to 4 the links into activities that are
/// not done. Points 11 and 14 need the finish of each activity as it was first planned, in the
/// order of the network, and a data date; point 13 needs [`Network::finish_by`]; point 10 asks for
/// resources, which a network does not have. The points say whether a network can be trusted as a
/// model, not whether its dates are right.
///
/// [`Network::finish_by`]: super::Network::finish_by
///
/// ```
/// use jiff::civil::date;
/// use railcorridor::schedule::{
///     Activity, Calendar, Link, Network, QualityState, WorkingWeek, quality,
/// };
///
/// let mut network = Network::new(date(2026, 1, 5), Calendar::new("site", WorkingWeek::FRIDAY_OFF));
/// network.activities = vec![Activity::task("fill", 9.0), Activity::task("track", 60.0)];
/// network.links = vec![Link::finish_start("fill", "track").lag_days(-3)];
/// let compiled = network.compile()?;
/// let points = quality(&compiled.dates()?, &[]);
/// // One link, and it is a lead; of two tasks one takes more than 44 days.
/// assert_eq!((points[1].value, points[1].state), (Some(1.0), QualityState::NotMet));
/// assert_eq!((points[7].value, points[7].activities.as_slice()), (Some(0.5), &[1][..]));
/// // With 600 days more on its critical path the whole is later by as much.
/// assert_eq!(points[11].state, QualityState::Met);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[must_use]
pub fn quality(dates: &Dates<'_>, baseline_finishes: &[Option<Date>]) -> Vec<QualityPoint> {
    let network = dates.compiled.network();
    let is_open_task = |place: &usize| {
        let kind = network.activities.get(*place).map(|activity| activity.kind);
        kind == Some(ActivityKind::Task) && !dates.is_done(*place)
    };
    let tasks: Vec<usize> = (0..network.activities.len()).filter(is_open_task).collect();
    let of_tasks = |speaks: &dyn Fn(usize) -> bool| Found {
        activities: tasks.iter().copied().filter(|place| speaks(*place)).collect(),
        of: tasks.len(),
    };
    let ends = Ends::new(dates);
    let links = &ends.links;
    let of_links = |speaks: &dyn Fn(LinkKind, i32) -> bool| Found {
        activities: links.iter().filter(|link| speaks(link.1, link.2)).map(|link| link.0).collect(),
        of: links.len(),
    };
    let is_hard = |constraint: &Constraint| {
        use Constraint::{FinishNoLater, MustFinish, MustStart, StartNoLater};
        matches!(constraint, MustStart(_) | MustFinish(_) | StartNoLater(_) | FinishNoLater(_))
    };
    let is_held = |place: usize| {
        network.activities.get(place).is_some_and(|one| one.constraints.iter().any(is_hard))
    };
    let few = (0.05, "5 % at most");
    let none = (0.0, "none");
    let lasts_days = |place: usize| {
        dates.compiled.durations_days.get(dates.compiled.position(place)).copied().unwrap_or(0)
    };
    let others = of_links(&|kind, _| kind != LinkKind::FinishStart);
    let straight = 1.0 - others.share();
    vec![
        QualityPoint::share(1, "logic", few, of_tasks(&|place| ends.is_loose(place))),
        QualityPoint::share(2, "leads", none, of_links(&|_, lag_days| lag_days < 0)),
        QualityPoint::share(3, "lags", few, of_links(&|_, lag_days| lag_days > 0)),
        QualityPoint {
            number: 4,
            name: "finish-to-start links",
            value: Some(straight),
            limit: "90 % at least",
            state: state(straight >= 0.9),
            activities: others.activities,
        },
        QualityPoint::share(5, "hard constraints", few, of_tasks(&is_held)),
        QualityPoint::share(
            6,
            "high float",
            few,
            of_tasks(&|place| dates.total_float_days(place) > HIGH_DAYS),
        ),
        QualityPoint::share(
            7,
            "negative float",
            none,
            of_tasks(&|place| dates.total_float_days(place) < 0),
        ),
        QualityPoint::share(
            8,
            "high duration",
            few,
            of_tasks(&|place| lasts_days(place) > HIGH_DAYS),
        ),
        QualityPoint::share(9, "invalid dates", none, invalid(dates)),
        QualityPoint::without(10, "resources", "every task has some"),
        missed(dates, baseline_finishes),
        critical_path_test(dates, !tasks.is_empty()),
        path_length_index(dates),
        execution_index(dates, baseline_finishes),
    ]
}

/// Which activities are tied in on both sides, and the links into what is not done.
struct Ends {
    is_led: Vec<bool>,
    is_followed: Vec<bool>,
    links: Vec<(usize, LinkKind, i32)>,
}

impl Ends {
    fn new(dates: &Dates<'_>) -> Self {
        let compiled = dates.compiled;
        let count = compiled.network().activities.len();
        let (mut is_led, mut is_followed) = (vec![false; count], vec![false; count]);
        let mut links = Vec::new();
        for (position, into) in compiled.links_by_position().enumerate() {
            let held = compiled.activity_at(position);
            for link in into {
                if let Some(slot) = is_led.get_mut(held) {
                    *slot = true;
                }
                if let Some(slot) = is_followed.get_mut(compiled.activity_at(link.from as usize)) {
                    *slot = true;
                }
                if !dates.is_done(held) {
                    links.push((held, link.kind, link.lag_days));
                }
            }
        }
        Self { is_led, is_followed, links }
    }

    fn is_loose(&self, place: usize) -> bool {
        self.is_led.get(place) != Some(&true) || self.is_followed.get(place) != Some(&true)
    }
}

/// What has happened after the data date, or is still to happen before it.
fn invalid(dates: &Dates<'_>) -> Found {
    let network = dates.compiled.network();
    let of = network.activities.len();
    let Some(data_date) = network.data_date else { return Found { activities: Vec::new(), of } };
    let is_invalid = |place: &usize| {
        let Some(activity) = network.activities.get(*place) else { return false };
        let progress = &activity.progress;
        let actual = [progress.actual_start, progress.actual_finish];
        let is_ahead = actual.iter().flatten().any(|day| *day >= data_date);
        is_ahead || (!dates.is_done(*place) && dates.early_finish(*place) < data_date)
    };
    Found { activities: (0..of).filter(is_invalid).collect(), of }
}

/// Activities that should be finished by the data date, with the day of the baseline.
fn due<'a>(
    dates: &'a Dates<'_>,
    baseline_finishes: &'a [Option<Date>],
) -> impl Iterator<Item = (usize, Date)> + 'a {
    let data_date = dates.compiled.network().data_date;
    let planned = baseline_finishes.iter().enumerate();
    planned.filter_map(move |(place, day)| {
        let day = (*day)?;
        (data_date.is_some_and(|data_date| day < data_date)).then_some((place, day))
    })
}

fn missed(dates: &Dates<'_>, baseline_finishes: &[Option<Date>]) -> QualityPoint {
    let (number, name, limit) = (11, "missed tasks", "5 % at most");
    let network = dates.compiled.network();
    let of = due(dates, baseline_finishes).count();
    if of == 0 {
        return QualityPoint::without(number, name, limit);
    }
    let is_missed = |(place, planned): &(usize, Date)| {
        let actual = network.activities.get(*place).and_then(|one| one.progress.actual_finish);
        actual.is_none_or(|actual| actual > *planned)
    };
    let missed = due(dates, baseline_finishes).filter(is_missed).map(|(place, _)| place).collect();
    QualityPoint::share(number, name, (0.05, limit), Found { activities: missed, of })
}

/// The first activity of the longest path that is not done lasts 600 days more: is the whole later
/// by as much? A path without work that is not done is held by a date, and nothing moves it.
fn critical_path_test(dates: &Dates<'_>, is_open: bool) -> QualityPoint {
    let (number, name) = (12, "critical path test");
    let limit = "600 working days more on it delay the whole by as much";
    let compiled = dates.compiled;
    let path = dates.longest_path().activities;
    let is_work = |place: &&usize| {
        let kind = compiled.network().activities.get(**place).map(|activity| activity.kind);
        kind == Some(ActivityKind::Task) && !dates.is_done(**place)
    };
    let Some(tested) = path.iter().find(is_work).copied() else {
        if !is_open {
            return QualityPoint::without(number, name, limit);
        }
        let (value, state) = (Some(0.0), QualityState::NotMet);
        return QualityPoint { number, name, value, limit, state, activities: path };
    };
    let mut durations_days = compiled.durations_days().to_vec();
    if let Some(days) = durations_days.get_mut(compiled.position(tested)) {
        *days = days.saturating_add(TEST_DAYS);
    }
    let mut early = Vec::new();
    compiled.forward(&durations_days, &mut early);
    let later_days = last_finish(&early).saturating_sub(dates.finish);
    let is_moved = later_days >= TEST_DAYS;
    QualityPoint {
        number,
        name,
        value: Some(f64::from(later_days)),
        limit,
        state: state(is_moved),
        activities: if is_moved { Vec::new() } else { vec![tested] },
    }
}

/// (critical path + its float) / critical path, in days of the calendar.
fn path_length_index(dates: &Dates<'_>) -> QualityPoint {
    let (number, name) = (13, "critical path length index");
    let network = dates.compiled.network();
    let from = network.data_date.unwrap_or(network.start);
    let length_days = dates.finish - dates.horizon().morning(from);
    if network.finish_by.is_none() || length_days <= 0 {
        return QualityPoint::without(number, name, "0.95 at least");
    }
    let left_days = length_days + dates.late_finish - dates.finish;
    QualityPoint::index(number, name, f64::from(left_days) / f64::from(length_days), Vec::new())
}

/// Tasks finished by the data date over those that should be.
fn execution_index(dates: &Dates<'_>, baseline_finishes: &[Option<Date>]) -> QualityPoint {
    let (number, name) = (14, "baseline execution index");
    let network = dates.compiled.network();
    let due: Vec<usize> = due(dates, baseline_finishes).map(|(place, _)| place).collect();
    if due.is_empty() {
        return QualityPoint::without(number, name, "0.95 at least");
    }
    let done = (0..network.activities.len()).filter(|place| dates.is_done(*place)).count();
    let late: Vec<usize> = due.iter().copied().filter(|place| !dates.is_done(*place)).collect();
    QualityPoint::index(number, name, count(done) / count(due.len()), late)
}

fn state(is_met: bool) -> QualityState {
    if is_met { QualityState::Met } else { QualityState::NotMet }
}

#[expect(clippy::cast_precision_loss, reason = "counts")]
fn count(count: usize) -> f64 {
    count as f64
}
