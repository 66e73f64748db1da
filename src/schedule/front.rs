//! The front of a crew: where it is on each day.

use serde::Serialize;

use super::{Crew, Direction};

/// A crew at a chainage on a day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FrontPoint {
    /// Where, metres.
    pub chainage_m: f64,
    /// When, days from day 0.
    pub time_days: f64,
}

/// What a crew had to wait for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum HeldBy {
    /// Nothing: it begins on its earliest day.
    EarliestDay,
    /// A crew ahead of it, which it comes nearest to at a chainage.
    Leader {
        /// Name of that crew.
        crew: String,
        /// Where it comes nearest, metres.
        chainage_m: f64,
    },
    /// Ground that is closed.
    Zone {
        /// Name of the zone.
        name: String,
    },
}

/// Where a crew is on each day: straight pieces between points, in the order of time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Front {
    /// Name of the crew.
    pub crew: String,
    /// Which way it goes.
    pub direction: Direction,
    /// The day on which it begins.
    pub start_day: f64,
    /// The day on which it is done.
    pub finish_day: f64,
    /// What it had to wait for.
    pub held_by: HeldBy,
    /// Where it begins, where its rate changes, where it ends.
    pub points: Vec<FrontPoint>,
}

impl Front {
    /// The day on which the crew is at a chainage; `None` where it does not work.
    ///
    /// # Complexity
    /// O(log n) in the number of ranges.
    #[must_use]
    pub fn time_at_days(&self, chainage_m: f64) -> Option<f64> {
        let sign = self.direction.sign();
        let along = |point: &FrontPoint| (point.chainage_m * sign, point.time_days);
        interpolate(&self.points, along, chainage_m * sign)
    }

    /// Where the crew is on a day; `None` before its start and after its finish.
    ///
    /// # Complexity
    /// O(log n) in the number of ranges.
    #[must_use]
    pub fn chainage_at_m(&self, time_days: f64) -> Option<f64> {
        interpolate(&self.points, |point| (point.time_days, point.chainage_m), time_days)
    }

    /// The points by chainage, lowest first.
    pub(super) fn by_chainage(&self) -> Vec<FrontPoint> {
        by_chainage(&self.points, self.direction)
    }
}

/// The points of a crew that begins on day 0, in the order of time.
pub(super) fn points_from_day_0(crew: &Crew) -> Vec<FrontPoint> {
    let ends = |from_m, to_m| match crew.direction {
        Direction::Increasing => (from_m, to_m),
        Direction::Decreasing => (to_m, from_m),
    };
    let mut ranges: Vec<_> = crew.ranges.iter().collect();
    if crew.direction == Direction::Decreasing {
        ranges.reverse();
    }
    let mut points = Vec::with_capacity(ranges.len() + 1);
    let mut time_days = 0.0;
    for range in ranges {
        let (start_m, end_m) = ends(range.from_m, range.to_m);
        if points.is_empty() {
            points.push(FrontPoint { chainage_m: start_m, time_days });
        }
        time_days += (range.to_m - range.from_m) / range.rate_m_per_day;
        points.push(FrontPoint { chainage_m: end_m, time_days });
    }
    points
}

/// Points in the order of time, by chainage instead.
pub(super) fn by_chainage(points: &[FrontPoint], direction: Direction) -> Vec<FrontPoint> {
    match direction {
        Direction::Increasing => points.to_vec(),
        Direction::Decreasing => points.iter().rev().copied().collect(),
    }
}

/// The second coordinate where the first, which rises from point to point, has a value.
fn interpolate(
    points: &[FrontPoint],
    coordinates: impl Fn(&FrontPoint) -> (f64, f64),
    at: f64,
) -> Option<f64> {
    let after = points.partition_point(|point| coordinates(point).0 < at);
    let (x, y) = coordinates(points.get(after)?);
    if x == at {
        return Some(y);
    }
    let (x_before, y_before) = coordinates(points.get(after.checked_sub(1)?)?);
    Some(between((x_before, y_before), (x, y), at))
}

/// The height of a straight piece; that of an end exactly there.
pub(super) fn between(from: (f64, f64), to: (f64, f64), at: f64) -> f64 {
    if at >= to.0 {
        return to.1;
    }
    from.1 + (to.1 - from.1) * ((at - from.0) / (to.0 - from.0))
}
