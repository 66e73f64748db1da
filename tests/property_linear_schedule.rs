//! Crews along the line against plain code that tries one start after another, and against
//! sampling.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use chance::arbitrary::{Result, Unstructured};
use chance::property;
use railcorridor::Error;
use railcorridor::schedule::{
    ClosedZone, Crew, Direction, Follow, Front, HeldBy, RateRange, linear_schedule,
};

const BUDGET_MS: u64 = 2_000;

/// A crew over whole kilometres, with rates that give whole half days.
fn crew(u: &mut Unstructured<'_>, name: &str, rates_m_per_day: &[f64]) -> Result<Crew> {
    let mut from_m = f64::from(u.int_in_range(0..=10)?) * 1_000.0;
    let mut ranges = Vec::new();
    for _ in 0..u.int_in_range(1..=4)? {
        let to_m = from_m + f64::from(u.int_in_range(1..=6)?) * 1_000.0;
        ranges.push(RateRange { from_m, to_m, rate_m_per_day: *u.choose(rates_m_per_day)? });
        from_m = to_m;
    }
    let direction = if u.arbitrary()? { Direction::Increasing } else { Direction::Decreasing };
    let earliest_day = f64::from(u.int_in_range(0..=8)?) / 2.0;
    Ok(Crew { name: name.into(), direction, ranges, earliest_day, follows: Vec::new() })
}

fn follow(u: &mut Unstructured<'_>, leader: &str) -> Result<Follow> {
    let buffer_days = f64::from(u.int_in_range(0..=6)?) / 2.0;
    let buffer_m = f64::from(u.int_in_range(0..=4)?) * 1_000.0;
    Ok(Follow { leader: leader.into(), buffer_days, buffer_m })
}

fn zone(u: &mut Unstructured<'_>, number: usize) -> Result<ClosedZone> {
    let from_m = f64::from(u.int_in_range(0..=20)?) * 1_000.0;
    let to_m = from_m + f64::from(u.int_in_range(0..=8)?) * 1_000.0;
    let from_day =
        if u.arbitrary()? { Some(f64::from(u.int_in_range(0..=40)?) / 2.0) } else { None };
    let until_day = from_day.unwrap_or(0.0) + f64::from(u.int_in_range(0..=30)?) / 2.0;
    let name = format!("z{number}");
    Ok(ClosedZone { name, from_m, to_m, from_day, until_day, crews: Vec::new() })
}

/// Days that a crew takes to come to a chainage, added up from range to range.
fn worked_days(crew: &Crew, chainage_m: f64) -> f64 {
    let days = |range: &RateRange| {
        let done_m = match crew.direction {
            Direction::Increasing => chainage_m.clamp(range.from_m, range.to_m) - range.from_m,
            Direction::Decreasing => range.to_m - chainage_m.clamp(range.from_m, range.to_m),
        };
        done_m / range.rate_m_per_day
    };
    crew.ranges.iter().map(days).sum()
}

fn ends_m(crew: &Crew) -> (f64, f64) {
    (crew.ranges[0].from_m, crew.ranges[crew.ranges.len() - 1].to_m)
}

/// Every so many metres of the line that the crews of these tests know.
fn samples(step_m: f64) -> impl Iterator<Item = f64> {
    (0..).map(move |number| f64::from(number) * step_m).take_while(|&at_m| at_m <= 40_000.0)
}

/// By how many days a start of the follower is too early, at its worst sample.
fn days_too_early(
    own: &Crew,
    start_day: f64,
    leader: &Crew,
    leads_from_day: f64,
    step_m: f64,
) -> f64 {
    let follow = &own.follows[0];
    let ((low_m, high_m), (first_m, last_m)) = (ends_m(own), ends_m(leader));
    let mut worst = f64::NEG_INFINITY;
    for at_m in samples(step_m) {
        if at_m < low_m.max(first_m) || at_m > high_m.min(last_m) {
            continue;
        }
        let ahead_m = match leader.direction {
            Direction::Increasing => (at_m + follow.buffer_m).min(last_m),
            Direction::Decreasing => (at_m - follow.buffer_m).max(first_m),
        };
        let led_day = leads_from_day + worked_days(leader, ahead_m) + follow.buffer_days;
        worst = worst.max(led_day - start_day - worked_days(own, at_m));
    }
    worst
}

/// Whether a crew stands in a zone while it is closed, at the middle of any quarter kilometre.
fn is_in_closed_zone(own: &Crew, start_day: f64, zones: &[ClosedZone]) -> bool {
    let (low_m, high_m) = ends_m(own);
    samples(250.0).map(|at_m| at_m + 125.0).any(|at_m| {
        let day = start_day + worked_days(own, at_m);
        let closed = |zone: &ClosedZone| {
            zone.from_m < at_m
                && at_m < zone.to_m
                && zone.from_day.is_none_or(|from_day| from_day < day)
                && day < zone.until_day
        };
        low_m < at_m && at_m < high_m && zones.iter().any(closed)
    })
}

#[test]
fn the_start_is_the_first_that_plain_trying_finds() {
    let moved = std::cell::Cell::new(0_u32);
    property(|u| {
        let rates = [500.0, 1_000.0, 2_000.0];
        let (leader, mut own) = (crew(u, "a", &rates)?, crew(u, "b", &rates)?);
        own.follows = vec![follow(u, "a")?];
        let zones: Vec<ClosedZone> =
            (0..u.int_in_range(0..=3)?).map(|number| zone(u, number)).collect::<Result<_>>()?;
        let mut own_zones = zones.clone();
        for zone in &mut own_zones {
            zone.crews = vec!["b".into()];
        }
        let fronts = linear_schedule(&[leader.clone(), own.clone()], &own_zones).unwrap();
        // Everything comes in half days, and so does the answer.
        let first = (0..).map(|number| own.earliest_day + f64::from(number) / 2.0).find(|&day| {
            days_too_early(&own, day, &leader, leader.earliest_day, 500.0) <= 0.0
                && !is_in_closed_zone(&own, day, &zones)
        });
        assert_eq!(Some(fronts[1].start_day), first, "{leader:?} {own:?} {zones:?}");
        assert_eq!(fronts[0].start_day, leader.earliest_day);
        if fronts[1].held_by != HeldBy::EarliestDay {
            moved.set(moved.get() + 1);
        }
        Ok(())
    })
    .budget_ms(BUDGET_MS);
    assert!(moved.get() > 100, "only {} starts were held", moved.get());
}

/// Rates, buffers and ends that come in no lattice.
fn odd_crews(u: &mut Unstructured<'_>) -> Result<(Crew, Crew)> {
    let rates = [317.0, 1_234.5, 890.1, 2_718.28];
    let (mut leader, mut own) = (crew(u, "a", &rates)?, crew(u, "b", &rates)?);
    for crew in [&mut leader, &mut own] {
        let shift_m = f64::from(u.int_in_range(0..=999)?);
        for range in &mut crew.ranges {
            range.from_m += shift_m;
            range.to_m += shift_m;
        }
    }
    let buffer_m = f64::from(u.int_in_range(0..=4_000)?) * 0.7;
    own.follows = vec![Follow { buffer_m, ..follow(u, "a")? }];
    Ok((leader, own))
}

#[test]
fn a_follower_keeps_its_buffer_and_is_no_later_than_sampling_allows() {
    property(|u| {
        let (leader, own) = odd_crews(u)?;
        let fronts = linear_schedule(&[leader.clone(), own.clone()], &[]).unwrap();
        let start_day = fronts[1].start_day;
        let step_m = 10.0;
        let early = days_too_early(&own, start_day, &leader, leader.earliest_day, step_m);
        assert!(early <= 1e-9, "{early} days too near");
        if let HeldBy::Leader { chainage_m, .. } = fronts[1].held_by {
            let ((low_m, high_m), (first_m, last_m)) = (ends_m(&own), ends_m(&leader));
            if high_m.min(last_m) - low_m.max(first_m) > step_m {
                // Between samples both lines go on for a step at their slowest rate.
                assert!(early >= -2.0 * step_m / 317.0, "{} days too late", -early);
            }
            assert!(fronts[1].time_at_days(chainage_m).is_some());
        } else {
            assert_eq!(start_day, own.earliest_day);
        }
        for front in &fronts {
            follows_its_points(front);
        }
        Ok(())
    })
    .budget_ms(BUDGET_MS);
}

/// Place and day say the same both ways round.
fn follows_its_points(front: &Front) {
    let (start_day, finish_day) = (front.start_day, front.finish_day);
    for part in 0..=20 {
        let day = start_day + (finish_day - start_day) * f64::from(part) / 20.0;
        let day = day.min(finish_day);
        let at_m = front.chainage_at_m(day).unwrap();
        assert!((front.time_at_days(at_m).unwrap() - day).abs() < 1e-9);
    }
    assert_eq!(front.chainage_at_m(start_day - 0.1), None);
    assert_eq!(front.chainage_at_m(finish_day + 0.1), None);
}

#[test]
fn a_later_leader_never_makes_a_follower_earlier() {
    property(|u| {
        let (mut leader, own) = odd_crews(u)?;
        let zones: Vec<ClosedZone> =
            (0..u.int_in_range(0..=3)?).map(|number| zone(u, number)).collect::<Result<_>>()?;
        let before = linear_schedule(&[leader.clone(), own.clone()], &zones).unwrap();
        leader.earliest_day += f64::from(u.int_in_range(0..=400)?) / 16.0;
        let after = linear_schedule(&[leader, own], &zones).unwrap();
        assert!(after[0].start_day >= before[0].start_day);
        assert!(after[1].start_day >= before[1].start_day - 1e-9);
        Ok(())
    })
    .budget_ms(BUDGET_MS);
}

#[test]
fn what_cannot_be_is_refused_with_its_place() {
    let range = |from_m, to_m, rate_m_per_day| RateRange { from_m, to_m, rate_m_per_day };
    for (ranges, words) in [
        (vec![range(0.0, 10.0, 0.0)], "rate_m_per_day of a, range 1 = 0 is outside"),
        (vec![range(0.0, 10.0, f64::NAN)], "rate_m_per_day of a, range 1 = NaN"),
        (vec![range(0.0, 10.0, 1.0), range(11.0, 12.0, 1.0)], "from_m of a, range 2 = 11"),
        (vec![range(10.0, 10.0, 1.0)], "to_m of a, range 1 = 10"),
        (vec![range(10.0, f64::INFINITY, 1.0)], "to_m of a, range 1 = inf"),
        (vec![], "number of ranges of a = 0"),
    ] {
        let crew = Crew { name: "a".into(), ranges, ..Crew::default() };
        let error = linear_schedule(&[crew], &[]).unwrap_err().to_string();
        assert!(error.starts_with(words), "{error}");
    }
    let crew = |name: &str, leader: &str| Crew {
        name: name.into(),
        ranges: vec![range(0.0, 10.0, 1.0)],
        follows: vec![Follow { leader: leader.into(), ..Follow::default() }],
        ..Crew::default()
    };
    let later = linear_schedule(&[crew("a", "b"), crew("b", "a")], &[]);
    assert!(matches!(later, Err(Error::Unknown { what: "crew ahead", .. })), "{later:?}");
    let itself = linear_schedule(&[crew("a", "a")], &[]);
    assert!(matches!(itself, Err(Error::Unknown { .. })), "{itself:?}");
    let alone = Crew { follows: Vec::new(), ..crew("a", "") };
    let twice = linear_schedule(&[alone.clone(), alone.clone()], &[]);
    assert!(matches!(twice, Err(Error::Unknown { what: "second crew", .. })), "{twice:?}");
    let zone = ClosedZone { crews: vec!["b".into()], ..ClosedZone::default() };
    let stranger = linear_schedule(&[alone], &[zone]);
    assert!(matches!(stranger, Err(Error::Unknown { what: "crew", .. })), "{stranger:?}");
}
