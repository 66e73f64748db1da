//! Linear scheduling: the earliest start of each crew behind the crews ahead of it.

use super::crew::{ClosedZone, Crew, Follow};
use super::front::{Front, FrontPoint, HeldBy, between, by_chainage, points_from_day_0};
use crate::error::{Error, Result};

/// The fronts of crews that move along the line, each as early as it may, in the order given.
///
/// A crew goes through without a stop. With `W(x)` the days that it takes to come to `x`, and
/// `L(x)` the day on which its leader is there, it begins on
///
/// ```text
/// S = max over x of  L(x + buffer_m) + buffer_days - W(x)
/// ```
///
/// over all `x` that both work at; `buffer_m` counts in the leader's direction and stops at its
/// end. All of that is straight between breakpoints, so the largest value stands at one of them and
/// the start is exact. Ground that is closed from day `c` to `d` forbids the starts between
/// `c - W(out)` and `d - W(in)`; the crew takes the first start that is left.
///
/// Closed for a season of every year is one zone a year. A crew that lays down its work over the
/// winter is two crews, the second behind the first.
///
/// # Errors
/// [`Error::OutOfRange`] for ranges with gaps, a rate of 0, a negative buffer; [`Error::Unknown`]
/// for a leader that does not stand earlier in the list, and for a zone closed to a crew that is
/// not in it.
///
/// # Complexity
/// O(n) for each crew and leader in the number of their ranges, O(z log z) in closed zones.
///
/// # Example
/// ```
/// use railcorridor::schedule::{Crew, Follow, RateRange, linear_schedule};
///
/// let at = |rate_m_per_day| vec![RateRange { from_m: 0.0, to_m: 100_000.0, rate_m_per_day }];
/// let earthworks = Crew { name: "earthworks".into(), ranges: at(2_000.0), ..Crew::default() };
/// let track = Crew {
///     name: "track".into(),
///     ranges: at(4_000.0),
///     follows: vec![Follow { leader: "earthworks".into(), buffer_days: 5.0, buffer_m: 0.0 }],
///     ..Crew::default()
/// };
/// let fronts = linear_schedule(&[earthworks, track], &[])?;
/// // Earthworks end on day 50, track may end on day 55, and takes 25 days.
/// assert_eq!(fronts[1].start_day, 30.0);
/// assert_eq!(fronts[1].chainage_at_m(40.0), Some(40_000.0));
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn linear_schedule(crews: &[Crew], zones: &[ClosedZone]) -> Result<Vec<Front>> {
    for zone in zones {
        zone.check()?;
        for name in &zone.crews {
            if !crews.iter().any(|crew| crew.name == *name) {
                let names: Vec<&str> = crews.iter().map(|crew| crew.name.as_str()).collect();
                let hint = format!("zone {} may be closed to {}", zone.name, names.join(", "));
                return Err(Error::Unknown { what: "crew", name: name.clone(), hint });
            }
        }
    }
    let mut fronts: Vec<Front> = Vec::with_capacity(crews.len());
    for crew in crews {
        crew.check()?;
        if fronts.iter().any(|front| front.crew == crew.name) {
            return Err(Error::Unknown {
                what: "second crew",
                name: crew.name.clone(),
                hint: "give each crew a name of its own".into(),
            });
        }
        let front = front(crew, &fronts, zones)?;
        fronts.push(front);
    }
    Ok(fronts)
}

/// The front of one crew, behind those before it.
fn front(crew: &Crew, before: &[Front], zones: &[ClosedZone]) -> Result<Front> {
    let from_0 = points_from_day_0(crew);
    let (mut start_day, mut held_by) = (crew.earliest_day, HeldBy::EarliestDay);
    let ascending = by_chainage(&from_0, crew.direction);
    for follow in &crew.follows {
        let leader = before.iter().find(|front| front.crew == follow.leader);
        let leader = leader.ok_or_else(|| Error::Unknown {
            what: "crew ahead",
            name: follow.leader.clone(),
            hint: format!("crews that {} follows stand before it in the list", crew.name),
        })?;
        if let Some((day, chainage_m)) = earliest_start(&ascending, leader, follow)
            && day > start_day
        {
            start_day = day;
            held_by = HeldBy::Leader { crew: follow.leader.clone(), chainage_m };
        }
    }
    if let Some((day, name)) = first_open(&ascending, &crew.name, zones, start_day) {
        start_day = day;
        held_by = HeldBy::Zone { name };
    }
    let shifted =
        |point: FrontPoint| FrontPoint { time_days: point.time_days + start_day, ..point };
    let points: Vec<FrontPoint> = from_0.into_iter().map(shifted).collect();
    let finish_day = points.last().map_or(start_day, |last| last.time_days);
    let direction = crew.direction;
    Ok(Front { crew: crew.name.clone(), direction, start_day, finish_day, held_by, points })
}

/// The earliest start behind a leader and the chainage that asks for it; `None` if the two never
/// work at the same place.
///
/// `ascending`: the follower from day 0, by chainage.
fn earliest_start(ascending: &[FrontPoint], leader: &Front, follow: &Follow) -> Option<(f64, f64)> {
    let ahead = leader.by_chainage();
    let (first, last) = (ahead.first()?.chainage_m, ahead.last()?.chainage_m);
    let low_m = first.max(ascending.first()?.chainage_m);
    let high_m = last.min(ascending.last()?.chainage_m);
    if !(low_m <= high_m) {
        return None;
    }
    let shift_m = follow.buffer_m * leader.direction.sign();
    let (mut own, mut leading) = (Walk::new(ascending), Walk::new(&ahead));
    let mut latest: Option<(f64, f64)> = None;
    let mut at = |chainage_m: f64| {
        let place_m = chainage_m.clamp(low_m, high_m);
        let led_day = leading.day_at((place_m + shift_m).clamp(first, last)) + follow.buffer_days;
        let day = led_day - own.day_at(place_m);
        if latest.is_none_or(|(before, _)| day > before) {
            latest = Some((day, place_m));
        }
    };
    // Both lists rise, so they are merged; what lies beyond the ends counts as the end.
    let (mut own_points, mut led_points) = (ascending.iter().peekable(), ahead.iter().peekable());
    loop {
        let own_m = own_points.peek().map_or(f64::INFINITY, |point| point.chainage_m);
        let led_m = led_points.peek().map_or(f64::INFINITY, |point| point.chainage_m - shift_m);
        if own_m <= led_m {
            if own_points.next().is_none() {
                break;
            }
        } else {
            led_points.next();
        }
        at(own_m.min(led_m));
    }
    latest
}

/// The first start from a day on that keeps out of closed zones, with the zone that moved it last;
/// `None` if the day itself does.
fn first_open(
    ascending: &[FrontPoint],
    crew: &str,
    zones: &[ClosedZone],
    start_day: f64,
) -> Option<(f64, String)> {
    let (low_m, high_m) = (ascending.first()?.chainage_m, ascending.last()?.chainage_m);
    let mut forbidden: Vec<(f64, f64, &str)> = Vec::new();
    for zone in zones.iter().filter(|zone| zone.holds(crew)) {
        let (from_m, to_m) = (zone.from_m.max(low_m), zone.to_m.min(high_m));
        let is_ever_closed = zone.from_day.is_none_or(|day| day < zone.until_day);
        if !(from_m < to_m && is_ever_closed) {
            continue;
        }
        let mut walk = Walk::new(ascending);
        let ends = (walk.day_at(from_m), walk.day_at(to_m));
        let (enters, leaves) = (ends.0.min(ends.1), ends.0.max(ends.1));
        let from_day = zone.from_day.map_or(f64::NEG_INFINITY, |day| day - leaves);
        forbidden.push((from_day, zone.until_day - enters, &zone.name));
    }
    forbidden.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut moved: Option<(f64, String)> = None;
    for (after, before, name) in forbidden {
        let day = moved.as_ref().map_or(start_day, |(day, _)| *day);
        if day > after && day < before {
            moved = Some((before, name.to_owned()));
        }
    }
    moved
}

/// Reads days off a front at chainages that rise, so that all reads together are one walk.
struct Walk<'a> {
    points: &'a [FrontPoint],
    place: usize,
}

impl<'a> Walk<'a> {
    fn new(points: &'a [FrontPoint]) -> Self {
        Self { points, place: 0 }
    }

    /// The day at a chainage within the front.
    fn day_at(&mut self, chainage_m: f64) -> f64 {
        while let (Some(from), Some(to)) =
            (self.points.get(self.place), self.points.get(self.place + 1))
        {
            if chainage_m <= to.chainage_m || self.place + 2 == self.points.len() {
                let (a, b) = ((from.chainage_m, from.time_days), (to.chainage_m, to.time_days));
                return between(a, b, chainage_m);
            }
            self.place += 1;
        }
        self.points.last().map_or(0.0, |point| point.time_days)
    }
}
