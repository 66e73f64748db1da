//! The earliest plan from railheads against all plans, tried one after another on a line of twelfths
//! of a day.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use chance::arbitrary::{Result, Unstructured};
use chance::property;
use railcorridor::schedule::{
    Direction, LayingJob, Railhead, RailheadPlan, RailheadWork, RateRange, railhead_finish,
    railhead_plan,
};

const BUDGET_MS: u64 = 3_000;

/// Parts of a day: up to four crews share the work of a run of gaps, so all ends come in these.
const PARTS: i32 = 12;

/// A line of some whole days of work, and up to three railheads at whole days.
struct Case {
    job: LayingJob,
    /// By chainage, in parts of a day: where, from when.
    sources: Vec<(i32, i32)>,
    length: i32,
}

fn case(u: &mut Unstructured<'_>) -> Result<Case> {
    let (mut ranges, mut from_m, mut days) = (Vec::new(), 500.0, 0);
    let mut chainages_m = vec![from_m];
    for _ in 0..u.int_in_range(1..=3)? {
        let rate_m_per_day = *u.choose(&[500.0, 1_000.0, 2_000.0])?;
        let of_range = u.int_in_range(1..=3)?;
        for day in 1..=of_range {
            chainages_m.push(from_m + f64::from(day) * rate_m_per_day);
        }
        let to_m = from_m + f64::from(of_range) * rate_m_per_day;
        ranges.push(RateRange { from_m, to_m, rate_m_per_day });
        (from_m, days) = (to_m, days + of_range);
    }
    let mut placed = Vec::new();
    for number in 0..u.int_in_range(1..=3)? {
        let (at, open_day) = (u.int_in_range(0..=days)?, u.int_in_range(0..=5)?);
        let directions = match u.int_in_range(0..=5)? {
            0 => vec![Direction::Increasing],
            1 => vec![Direction::Decreasing],
            _ => Vec::new(),
        };
        let railhead = Railhead {
            name: format!("r{number}"),
            chainage_m: chainages_m[usize::try_from(at).unwrap()],
            open_day: f64::from(open_day),
            gauge_mm: *u.choose(&[None, None, Some(1520), Some(1435)])?,
            directions,
        };
        placed.push((at * PARTS, open_day * PARTS, railhead));
    }
    placed.sort_by_key(|(at, ..)| *at);
    let sources = placed.iter().map(|(at, open, _)| (*at, *open)).collect();
    let job = LayingJob {
        ranges,
        railheads: placed.into_iter().map(|(.., railhead)| railhead).collect(),
        crews: u.int_in_range(0..=4)?,
        gauge_mm: *u.choose(&[None, None, Some(1520)])?,
        turn_days: f64::from(u.int_in_range(0..=1)?),
    };
    Ok(Case { job, sources, length: days * PARTS })
}

const WORKS: [RailheadWork; 5] = [
    RailheadWork::Closed,
    RailheadWork::Increasing,
    RailheadWork::Decreasing,
    RailheadWork::InTurn,
    RailheadWork::Both,
];

impl Case {
    fn may(&self, railhead: usize, work: RailheadWork) -> bool {
        let one = &self.job.railheads[railhead];
        let way = |direction, has_ground: bool| {
            !work.goes(direction)
                || has_ground && (one.directions.is_empty() || one.directions.contains(&direction))
        };
        let fits = self.job.gauge_mm.is_none_or(|line| one.gauge_mm.is_none_or(|own| own == line));
        let at = self.sources[railhead].0;
        work == RailheadWork::Closed
            || fits
                && way(Direction::Increasing, at < self.length)
                && way(Direction::Decreasing, at > 0)
    }

    /// The earliest end of works, every meeting place tried; in parts of a day.
    fn end_of(&self, works: &[RailheadWork]) -> Option<i32> {
        let opened: Vec<(i32, i32, RailheadWork)> = (0..works.len())
            .filter(|&place| works[place] != RailheadWork::Closed)
            .map(|place| (self.sources[place].0, self.sources[place].1, works[place]))
            .collect();
        let first = opened.first()?;
        self.end_from(&opened, first.0)
    }

    /// The same for the first of the railheads and all after it, if the first must lay so much
    /// towards lower chainage.
    fn end_from(&self, opened: &[(i32, i32, RailheadWork)], down: i32) -> Option<i32> {
        let (at, open, work) = opened[0];
        if down > 0 && !work.goes(Direction::Decreasing) {
            return None;
        }
        let gap = opened.get(1).map_or(self.length, |next| next.0) - at;
        let mut best = None;
        for up in 0..=gap {
            if up > 0 && !work.goes(Direction::Increasing) {
                break;
            }
            #[expect(clippy::cast_possible_truncation, reason = "0 or 1")]
            let turn = self.job.turn_days as i32 * PARTS;
            let own = match work {
                _ if up == 0 && down == 0 => i32::MIN,
                RailheadWork::InTurn if up > 0 && down > 0 => open + down + turn + up,
                RailheadWork::InTurn => open + down + up,
                _ => open + down.max(up),
            };
            let rest = match opened.get(1) {
                Some(_) => self.end_from(&opened[1..], gap - up),
                None => (up == gap).then_some(i32::MIN),
            };
            if let Some(rest) = rest {
                let end = own.max(rest);
                best = Some(best.map_or(end, |best: i32| best.min(end)));
            }
        }
        best
    }

    /// All works that the crews suffice for, with their ends.
    fn all(&self) -> Vec<(Vec<RailheadWork>, i32)> {
        let mut all: Vec<Vec<RailheadWork>> = vec![Vec::new()];
        for place in 0..self.sources.len() {
            let longer = |works: &Vec<RailheadWork>| {
                let mays = WORKS.into_iter().filter(|work| self.may(place, *work));
                mays.map(|work| [works.clone(), vec![work]].concat()).collect::<Vec<_>>()
            };
            all = all.iter().flat_map(longer).collect();
        }
        all.retain(|works| works.iter().map(|work| work.crews()).sum::<usize>() <= self.job.crews);
        all.into_iter().filter_map(|works| Some((works.clone(), self.end_of(&works)?))).collect()
    }
}

#[test]
fn no_plan_is_earlier_nor_as_early_with_fewer_crews() {
    let (tried, none) = (std::cell::Cell::new(0_u32), std::cell::Cell::new(0_u32));
    property(|u| {
        let case = case(u)?;
        tried.set(tried.get() + 1);
        let all = case.all();
        let crews_of =
            |works: &[RailheadWork]| works.iter().map(|work| work.crews()).sum::<usize>();
        let best = all.iter().map(|(works, end)| (*end, crews_of(works))).min();
        let Some((end, crews)) = best else {
            none.set(none.get() + 1);
            assert!(railhead_plan(&case.job).is_err(), "{:?}", case.job);
            return Ok(());
        };
        let plan = railhead_plan(&case.job).unwrap();
        let end_day = f64::from(end) / f64::from(PARTS);
        assert!((plan.finish_day - end_day).abs() < 1e-9, "{plan:?} {end_day} {:?}", case.job);
        assert_eq!(plan.crews, crews, "{plan:?} {:?}", case.job);
        lays_the_line_once(&case, &plan);
        let alone = |(works, _): &&(Vec<RailheadWork>, i32)| {
            works.iter().filter(|work| **work != RailheadWork::Closed).count() == 1
        };
        let of_one = all.iter().filter(alone).map(|(_, end)| f64::from(*end) / f64::from(PARTS));
        let of_one = of_one.reduce(f64::min);
        match (of_one, plan.from_one) {
            (Some(plain), Some(one)) => assert!((plain - one.finish_day).abs() < 1e-9),
            (plain, one) => assert!(plain.is_none() && one.is_none()),
        }
        Ok(())
    })
    .budget_ms(BUDGET_MS);
    assert!(none.get() * 2 < tried.get(), "{} of {} have no plan", none.get(), tried.get());
}

#[test]
fn a_plan_that_is_given_ends_when_plain_trying_says() {
    property(|u| {
        let case = case(u)?;
        let all = case.all();
        if all.is_empty() {
            return Ok(());
        }
        let (works, end) = u.choose(&all)?;
        // A turn is counted where the crew has ground on both sides, even if it could leave one to
        // others; such plans are no better than those without the turn.
        let in_turn = works.contains(&RailheadWork::InTurn) && case.job.turn_days > 0.0;
        let plan = railhead_finish(&case.job, works).unwrap();
        let end_day = f64::from(*end) / f64::from(PARTS);
        let late_days = plan.finish_day - end_day;
        assert!(late_days > -1e-9 && (late_days < 1e-9 || in_turn), "{plan:?} {end_day}");
        lays_the_line_once(&case, &plan);
        Ok(())
    })
    .budget_ms(BUDGET_MS);
}

/// The stretches follow one another from end to end, each in the time that its rates need, and no
/// crew is at two places at once.
fn lays_the_line_once(case: &Case, plan: &RailheadPlan) {
    let ranges = &case.job.ranges;
    let mut end_m = ranges[0].from_m;
    for stretch in &plan.stretches {
        let (low_m, high_m) = (stretch.from_m.min(stretch.to_m), stretch.from_m.max(stretch.to_m));
        assert!((low_m - end_m).abs() < 1e-6, "{plan:?}");
        let days: f64 = ranges
            .iter()
            .map(|range| {
                (high_m.min(range.to_m) - low_m.max(range.from_m)).max(0.0) / range.rate_m_per_day
            })
            .sum();
        assert!((stretch.finish_day - stretch.start_day - days).abs() < 1e-9, "{plan:?}");
        assert!(stretch.finish_day <= plan.finish_day + 1e-9);
        end_m = high_m;
    }
    assert!((end_m - ranges[ranges.len() - 1].to_m).abs() < 1e-6, "{plan:?}");
    for (railhead, work) in case.job.railheads.iter().zip(&plan.works) {
        let own = plan.stretches.iter().filter(|stretch| stretch.railhead == railhead.name);
        let starts: Vec<_> = own.map(|stretch| (stretch.start_day, stretch.finish_day)).collect();
        if let (RailheadWork::InTurn, [first, second]) = (work, starts.as_slice()) {
            assert!(second.0 >= first.1 + case.job.turn_days - 1e-9, "{plan:?}");
        }
        assert!(starts.iter().all(|(start, _)| *start >= railhead.open_day));
    }
}

#[test]
fn gauges_that_meet_are_named_and_wrong_plans_refused() {
    let railhead = |name: &str, chainage_m, gauge_mm| Railhead {
        name: name.into(),
        chainage_m,
        gauge_mm: Some(gauge_mm),
        ..Railhead::default()
    };
    let job = LayingJob {
        ranges: vec![RateRange { from_m: 0.0, to_m: 10_000.0, rate_m_per_day: 1_000.0 }],
        railheads: vec![railhead("north", 0.0, 1520), railhead("south", 10_000.0, 1676)],
        crews: 2,
        ..LayingJob::default()
    };
    let plan = railhead_plan(&job).unwrap();
    assert_eq!((plan.finish_day, plan.gauge_breaks_m), (5.0, vec![5_000.0]));
    let of_one_gauge = LayingJob { gauge_mm: Some(1676), ..job.clone() };
    let plan = railhead_plan(&of_one_gauge).unwrap();
    assert_eq!((plan.finish_day, plan.crews, plan.gauge_breaks_m), (10.0, 1, vec![]));

    use RailheadWork::{Closed, Decreasing, Increasing};
    for works in [vec![Increasing], vec![Decreasing, Closed], vec![Closed, Closed]] {
        assert!(railhead_finish(&job, &works).is_err(), "{works:?}");
    }
    let one_crew = LayingJob { crews: 1, ..job.clone() };
    assert!(railhead_finish(&one_crew, &[Increasing, Decreasing]).is_err());
    assert!(railhead_plan(&LayingJob { crews: 0, ..job.clone() }).is_err());
    assert!(railhead_plan(&LayingJob { railheads: vec![], ..job.clone() }).is_err());
    let beside = LayingJob { railheads: vec![railhead("x", -1.0, 1520)], ..job };
    assert!(railhead_plan(&beside).is_err());
}
