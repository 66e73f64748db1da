//! From which railheads the lots of a line are laid, and which way, so that the last is laid earliest.

use std::ops::Range;

use crate::schedule::{Direction, RailheadWork};

/// A lot of the line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LineLot {
    /// Days that a crew takes to lay it.
    pub(super) days: f64,
    /// The day from which its ground is ready.
    pub(super) ready_day: f64,
}

/// A railhead between two lots.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    /// How many lots lie below it.
    pub(super) at: usize,
    /// The day from which rails arrive.
    pub(super) open_day: f64,
    /// Whether they arrive over a line of the gauge, which goes before other ways where both do.
    pub(super) is_of_gauge: bool,
}

/// What one crew lays in one go.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stretch {
    /// Which railhead it starts from.
    pub(super) railhead: usize,
    pub(super) direction: Direction,
    /// The lots, lower to higher.
    pub(super) lots: Range<usize>,
    /// Whether the crew of the stretch before it in the list lays it.
    pub(super) is_second: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct FrontPlan {
    /// The day on which the last lot is laid.
    pub(super) finish_day: f64,
    /// By the lower end.
    pub(super) stretches: Vec<Stretch>,
}

/// How far the line is covered, from its lower end, and by what.
#[derive(Debug, Clone)]
struct Cover {
    up_to: usize,
    /// How many lots are laid from railheads that no line of the gauge reaches.
    others: usize,
    /// Work of each railhead so far, the lot down to which and up to which it lays.
    works: Vec<(RailheadWork, usize, usize)>,
}

/// The plan that lays all lots earliest with so many crews; `None` if no railhead or no crew is left.
///
/// As in [`railhead_plan`](crate::schedule::railhead_plan), going through the railheads from the
/// lower end and keeping how far each number of crews covers the line by a day tells whether any
/// plan holds; here a crew also waits for ground that is not ready, and meets others between lots.
/// Railheads stand by their places. Complexity: O(k crews n) a day tried, some fifty days.
pub(super) fn front_plan(lots: &[LineLot], railheads: &[Place], crews: usize) -> Option<FrontPlan> {
    let mut best = covered(lots, railheads, crews, f64::INFINITY)?;
    let (mut low, mut high) = (0.0, finish_day(lots, railheads, &best));
    for _ in 0..60 {
        let day = 0.5 * (low + high);
        match covered(lots, railheads, crews, day) {
            Some(found) => {
                high = finish_day(lots, railheads, &found).min(day);
                best = found;
            }
            None => low = day,
        }
        if high - low < 1e-9 * high.max(1.0) {
            break;
        }
    }
    balance(lots, railheads, &mut best);
    let finish_day = finish_day(lots, railheads, &best);
    Some(FrontPlan { finish_day, stretches: best })
}

/// A plan that is done by a day, if there is one.
fn covered(lots: &[LineLot], railheads: &[Place], crews: usize, day: f64) -> Option<Vec<Stretch>> {
    let mut covers: Vec<Option<Cover>> = vec![None; crews + 1];
    covers[..1].fill(Some(Cover { up_to: 0, others: 0, works: Vec::new() }));
    for railhead in railheads {
        let mut next: Vec<Option<Cover>> = vec![None; crews + 1];
        for (used, cover) in covers.iter().enumerate() {
            let Some(cover) = cover else { continue };
            for work in [
                RailheadWork::Closed,
                RailheadWork::Increasing,
                RailheadWork::Decreasing,
                RailheadWork::InTurn,
                RailheadWork::Both,
            ] {
                let Some(slot) = next.get_mut(used + work.crews()) else { continue };
                let Some((down_to, up_to)) = reach(lots, *railhead, work, cover.up_to, day) else {
                    continue;
                };
                let further = cover.up_to.max(up_to);
                let own = if railhead.is_of_gauge { 0 } else { up_to.saturating_sub(down_to) };
                let others = cover.others + own;
                let is_worse = |known: &Cover| {
                    known.up_to < further || (known.up_to == further && known.others > others)
                };
                if slot.as_ref().is_none_or(is_worse) {
                    let mut works = cover.works.clone();
                    works.push((work, down_to, up_to));
                    *slot = Some(Cover { up_to: further, others, works });
                }
            }
        }
        covers = next;
    }
    // Of those that hold, one with the fewest lots from elsewhere, and then the fewest crews.
    let whole = covers.into_iter().flatten().filter(|cover| cover.up_to >= lots.len());
    let whole = whole.min_by_key(|cover| cover.others)?;
    Some(stretches(railheads, &whole))
}

/// Down to which lot and up to which a railhead lays by a day, where all below `covered` is laid.
fn reach(
    lots: &[LineLot],
    place: Place,
    work: RailheadWork,
    covered: usize,
    day: f64,
) -> Option<(usize, usize)> {
    let at = place.at;
    let is_open_below = covered < at;
    let down = work.goes(Direction::Decreasing);
    if !down {
        // Nobody can lay past it, so what lies below must be laid.
        let goes_up = work.goes(Direction::Increasing);
        return match (goes_up, is_open_below) {
            (false, _) => Some((at, if is_open_below { 0 } else { at })),
            (true, true) => None,
            (true, false) => Some((at, farthest(lots, at, place.open_day, day))),
        };
    }
    if !is_open_below {
        return None;
    }
    let below = lots.get(covered..at)?;
    let done_day = laid(below.iter().rev(), place.open_day);
    if done_day > day {
        return None;
    }
    let start_day = match work {
        RailheadWork::InTurn => done_day,
        RailheadWork::Both => place.open_day,
        _ => return Some((covered, at)),
    };
    Some((covered, farthest(lots, at, start_day, day)))
}

/// The day on which lots are laid, one after another.
fn laid<'l>(lots: impl Iterator<Item = &'l LineLot>, start_day: f64) -> f64 {
    lots.fold(start_day, |day, lot| day.max(lot.ready_day) + lot.days)
}

/// The lot up to which a crew comes by a day.
fn farthest(lots: &[LineLot], at: usize, start_day: f64, day: f64) -> usize {
    let mut now = start_day;
    let mut up_to = at;
    for lot in lots.iter().skip(at) {
        now = now.max(lot.ready_day) + lot.days;
        if now > day {
            break;
        }
        up_to += 1;
    }
    up_to
}

/// What each crew lays; where two could lay the same, the one that has come farther stops.
fn stretches(railheads: &[Place], cover: &Cover) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    for (railhead, (place, (work, down_to, up_to))) in
        railheads.iter().zip(&cover.works).enumerate()
    {
        if *work == RailheadWork::Closed {
            continue;
        }
        let begins = if work.goes(Direction::Decreasing) { *down_to } else { place.at };
        if let Some(before) = all.last_mut() {
            before.lots.end = before.lots.end.min(begins);
        }
        if work.goes(Direction::Decreasing) {
            let (direction, lots) = (Direction::Decreasing, *down_to..place.at);
            all.push(Stretch { railhead, direction, lots, is_second: false });
        }
        if work.goes(Direction::Increasing) {
            let (direction, lots) = (Direction::Increasing, place.at..*up_to);
            let is_second = *work == RailheadWork::InTurn;
            all.push(Stretch { railhead, direction, lots, is_second });
        }
    }
    all
}

/// The day on which the last lot of a plan is laid.
fn finish_day(lots: &[LineLot], railheads: &[Place], stretches: &[Stretch]) -> f64 {
    finish_days(lots, railheads, stretches).into_iter().fold(0.0, f64::max)
}

/// The day on which each stretch is laid.
fn finish_days(lots: &[LineLot], railheads: &[Place], stretches: &[Stretch]) -> Vec<f64> {
    let mut days: Vec<f64> = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        let open_day = railheads.get(stretch.railhead).map_or(0.0, |place| place.open_day);
        let before = days.last().copied().filter(|_| stretch.is_second);
        days.push(one_day(lots, stretch, before.unwrap_or(open_day)));
    }
    days
}

fn one_day(lots: &[LineLot], stretch: &Stretch, start_day: f64) -> f64 {
    let own = lots.get(stretch.lots.clone()).unwrap_or_default();
    match stretch.direction {
        Direction::Increasing => laid(own.iter(), start_day),
        Direction::Decreasing => laid(own.iter().rev(), start_day),
    }
}

/// Lets crews that come towards one another meet where both are done earliest, so that no stretch
/// ends later than it must. A crew that turns back afterwards keeps what it has.
fn balance(lots: &[LineLot], railheads: &[Place], stretches: &mut [Stretch]) {
    for left in 0..stretches.len().saturating_sub(1) {
        let turns = stretches.get(left + 2).is_some_and(|next| next.is_second);
        let starts = finish_days(lots, railheads, stretches);
        let Some([a, b]) = stretches.get_mut(left..left + 2) else { continue };
        if a.direction == b.direction || a.direction == Direction::Decreasing || turns {
            continue;
        }
        let before = left.checked_sub(1).and_then(|place| starts.get(place)).copied();
        let open_day = |one: &Stretch| railheads.get(one.railhead).map_or(0.0, |at| at.open_day);
        let start_day = before.filter(|_| a.is_second).unwrap_or_else(|| open_day(a));
        let other_day = open_day(b);
        let mut least = f64::INFINITY;
        for border in a.lots.start..=b.lots.end {
            let one = Stretch { lots: a.lots.start..border, ..a.clone() };
            let other = Stretch { lots: border..b.lots.end, ..b.clone() };
            let day = one_day(lots, &one, start_day).max(one_day(lots, &other, other_day));
            if day < least {
                least = day;
                (a.lots.end, b.lots.start) = (border, border);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::{LayingJob, Railhead, RateRange, railhead_plan};

    fn lots(count: usize, days: f64) -> Vec<LineLot> {
        vec![LineLot { days, ready_day: 0.0 }; count]
    }

    fn at(at: usize, open_day: f64) -> Place {
        Place { at, open_day, is_of_gauge: true }
    }

    #[test]
    fn two_railheads_share_the_line() {
        let plan = front_plan(&lots(10, 3.0), &[at(0, 0.0), at(10, 6.0)], 2).unwrap();
        // Six lots in 18 days from the one, four in 6 + 12 from the other.
        assert_eq!(plan.finish_day, 18.0);
        assert_eq!(plan.stretches[0].lots, 0..6);
        assert_eq!(plan.stretches[1].lots, 6..10);
        assert!(front_plan(&lots(10, 3.0), &[], 2).is_none());
        assert!(front_plan(&lots(10, 3.0), &[at(0, 0.0)], 0).is_none());
    }

    #[test]
    fn rails_of_the_gauge_go_first() {
        let other = Place { is_of_gauge: false, ..at(4, 0.0) };
        // The last railhead takes 16 lots; what lies below the middle may come from either side.
        let railheads = [at(0, 0.0), other, at(20, 0.0)];
        let plan = front_plan(&lots(20, 1.0), &railheads, 3).unwrap();
        assert_eq!(plan.finish_day, 8.0);
        let of =
            |railhead: usize| plan.stretches.iter().filter(move |one| one.railhead == railhead);
        assert_eq!(of(0).map(|one| one.lots.len()).sum::<usize>(), 4, "{plan:?}");
        assert!(of(1).all(|one| one.direction == Direction::Increasing), "{plan:?}");
    }

    #[test]
    fn a_crew_waits_for_ground() {
        let mut ground = lots(4, 1.0);
        ground[1].ready_day = 10.0;
        let plan = front_plan(&ground, &[at(0, 0.0), at(4, 0.0)], 2).unwrap();
        assert_eq!(plan.finish_day, 11.0);
        let one = front_plan(&ground, &[at(0, 0.0)], 1).unwrap();
        assert_eq!(one.finish_day, 13.0);
    }

    /// The plan of whole metres is exact; lots of a thousandth of the line come close to it.
    #[test]
    fn fine_lots_come_close_to_the_exact_plan() {
        chance::property(|u| {
            let count = u.int_in_range(1..=4)?;
            let mut places = Vec::new();
            for _ in 0..count {
                places.push(at(u.int_in_range(0..=1_000_usize)?, u.int_in_range(0..=900)?.into()));
            }
            places.sort_by_key(|place: &Place| place.at);
            places.dedup_by_key(|place| place.at);
            let crews = u.int_in_range(1..=5)?;
            let found = front_plan(&lots(1_000, 1.0), &places, crews);
            let railheads = places.iter().enumerate().map(|(place, one)| Railhead {
                name: place.to_string(),
                chainage_m: one.at as f64,
                open_day: one.open_day,
                ..Railhead::default()
            });
            let job = LayingJob {
                ranges: vec![RateRange { from_m: 0.0, to_m: 1_000.0, rate_m_per_day: 1.0 }],
                railheads: railheads.collect(),
                crews,
                ..LayingJob::default()
            };
            let exact = railhead_plan(&job);
            match (found, exact) {
                (Some(found), Ok(exact)) => {
                    let longer = found.finish_day - exact.finish_day;
                    assert!((-1e-6..=1.0).contains(&longer), "{found:?} {exact:?}");
                    let mut laid: Vec<usize> =
                        found.stretches.iter().flat_map(|one| one.lots.clone()).collect();
                    laid.sort_unstable();
                    assert_eq!(laid, (0..1_000).collect::<Vec<_>>());
                }
                (None, Err(_)) => {}
                (found, exact) => panic!("{found:?} {exact:?}"),
            }
            Ok(())
        });
    }

    /// Every plan of few railheads with crews that wait for ground, tried one by one.
    #[test]
    fn no_plan_is_earlier() {
        chance::property(|u| {
            let count = u.int_in_range(1..=7_usize)?;
            let mut line = Vec::new();
            for _ in 0..count {
                let (days, ready_day) = (u.int_in_range(1..=5)?, u.int_in_range(0..=20)?);
                line.push(LineLot { days: f64::from(days), ready_day: f64::from(ready_day) });
            }
            let (a, b) = (u.int_in_range(0..=count)?, u.int_in_range(0..=count)?);
            let open_day = f64::from(u.int_in_range(0..=10)?);
            let places = [at(a.min(b), 0.0), at(a.max(b), open_day)];
            let crews = u.int_in_range(1..=4)?;
            let found = front_plan(&line, &places, crews).map(|plan| plan.finish_day);
            let least = by_trying(&line, &places, crews);
            assert_eq!(found, least, "{line:?} {places:?} {crews}");
            Ok(())
        });
    }

    /// For every number of lots that the two lay between them, and every way to turn.
    fn by_trying(line: &[LineLot], places: &[Place; 2], crews: usize) -> Option<f64> {
        let [a, b] = *places;
        let mut least: Option<f64> = None;
        let mut hold = |day: f64| least = Some(least.map_or(day, |known: f64| known.min(day)));
        let below = |end: usize, low: usize, start: f64| laid(line[low..end].iter().rev(), start);
        let above = |from: usize, high: usize, start: f64| laid(line[from..high].iter(), start);
        // One railhead lays both ways: with one crew in turn, with two at once.
        let alone = |place: Place, low: usize, high: usize, own: usize| -> Option<f64> {
            let (down, up) = (place.at > low, high > place.at);
            let first = below(place.at, low, place.open_day);
            match (down, up) {
                (false, false) => (own == 0).then_some(0.0),
                (true, false) => (own == 1).then_some(first),
                (false, true) => (own == 1).then(|| above(place.at, high, place.open_day)),
                (true, true) if own == 1 => Some(above(place.at, high, first)),
                (true, true) => {
                    (own == 2).then(|| first.max(above(place.at, high, place.open_day)))
                }
            }
        };
        for border in a.at..=b.at {
            for own in 0..=2 {
                for other in 0..=2 {
                    if own + other > crews {
                        continue;
                    }
                    let left = alone(a, 0, border, own);
                    let right = alone(b, border, line.len(), other);
                    if let (Some(left), Some(right)) = (left, right) {
                        hold(left.max(right));
                    }
                }
            }
        }
        // Or one of them alone, past the other.
        for place in [a, b] {
            for own in 1..=2.min(crews) {
                if let Some(day) = alone(place, 0, line.len(), own) {
                    hold(day);
                }
            }
        }
        least
    }
}
