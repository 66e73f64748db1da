//! What must hold for the earned value of any works.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use chance::arbitrary::{Result, Unstructured};
use chance::property;
use railcorridor::schedule::{PlanPoint, QuantityDone, Remaining, WorkItem, earned_value};

const BUDGET_MS: u64 = 2_000;

fn work(u: &mut Unstructured<'_>, number: usize) -> Result<WorkItem> {
    let points: u32 = u.int_in_range(1..=4)?;
    let (mut by_day, mut planned_share) = (f64::from(u.int_in_range(0..=20)?), 0.0);
    let mut plan = vec![PlanPoint { by_day, planned_share }];
    by_day += 0.5;
    for point in 1..=points {
        planned_share += (1.0 - planned_share) * f64::from(u.int_in_range(0..=10)?) / 10.0;
        let share = if point == points { 1.0 } else { planned_share.min(1.0) };
        plan.push(PlanPoint { by_day, planned_share: share });
        by_day += f64::from(u.int_in_range(1..=40)?) / 4.0;
    }
    let of = f64::from(u.int_in_range(1..=1_000)?);
    Ok(WorkItem {
        name: format!("w{number}"),
        budget_usd: f64::from(u.int_in_range(1..=1_000_000)?),
        actual_usd: f64::from(u.int_in_range(0..=1_000_000)?),
        progress: QuantityDone {
            done: of * f64::from(u.int_in_range(0..=20)?) / 20.0,
            of,
            unit: "km".into(),
        },
        plan,
    })
}

#[test]
fn the_plan_had_earned_as_much_on_the_earned_day_and_not_before() {
    property(|u| {
        let works: Vec<WorkItem> =
            (0..u.int_in_range(1..=4)?).map(|number| work(u, number)).collect::<Result<_>>()?;
        let status_day = f64::from(u.int_in_range(0..=100)?);
        let on_day = earned_value(&works, status_day).unwrap();
        let (total, schedule) = (on_day.total, on_day.schedule);
        let planned_usd = |day: f64| earned_value(&works, day).unwrap().total.planned_usd();
        let near = 1e-9 * total.budget_usd();
        let earned_day = schedule.earned_day;
        assert!(planned_usd(earned_day + 1e-9) >= total.earned_usd() - near, "{on_day:?}");
        for part in 0..50 {
            let day = earned_day * f64::from(part) / 50.0;
            assert!(planned_usd(day) <= total.earned_usd() + near, "{on_day:?} {day}");
            if day < earned_day - 1e-6 {
                assert!(planned_usd(day) < total.earned_usd(), "{on_day:?} {day}");
            }
        }
        assert!((schedule.variance_days() - (earned_day - status_day)).abs() < 1e-12);
        // All is planned at the planned finish, and is not before.
        assert_eq!(planned_usd(schedule.planned_finish_day), total.budget_usd());
        let sums = |of: fn(&railcorridor::schedule::EarnedValue) -> f64| {
            on_day.items.iter().map(|item| of(&item.value)).sum::<f64>()
        };
        assert!((sums(|value| value.earned_usd()) - total.earned_usd()).abs() < near);
        assert!((sums(|value| value.actual_usd()) - total.actual_usd()).abs() < near);
        Ok(())
    })
    .budget_ms(BUDGET_MS);
}

#[test]
fn forecasts_agree_when_the_work_is_done_or_on_plan() {
    property(|u| {
        let mut one = work(u, 0)?;
        one.progress.done = one.progress.of;
        one.actual_usd += 1.0;
        let status_day = f64::from(u.int_in_range(0..=100)?);
        let done = earned_value(std::slice::from_ref(&one), status_day).unwrap();
        for remaining in
            [Remaining::AsBudgeted, Remaining::AtCostPace, Remaining::AtCostAndSchedulePace]
        {
            // Nothing remains, so the whole costs what it has cost.
            if let Some(whole_usd) = done.total.at_completion_usd(remaining) {
                assert!((whole_usd - one.actual_usd).abs() < 1e-6);
            }
        }
        assert!(done.schedule.earned_day <= done.schedule.planned_finish_day);
        Ok(())
    })
    .budget_ms(BUDGET_MS);
}

#[test]
fn what_cannot_be_is_refused() {
    let point = |by_day, planned_share| PlanPoint { by_day, planned_share };
    let good = WorkItem {
        name: "track".into(),
        budget_usd: 1.0,
        actual_usd: 0.0,
        progress: QuantityDone { done: 1.0, of: 2.0, unit: "km".into() },
        plan: vec![point(0.0, 0.0), point(5.0, 1.0)],
    };
    assert!(earned_value(std::slice::from_ref(&good), 1.0).is_ok());
    let progress = |done, of| QuantityDone { done, of, unit: "km".into() };
    for (bad, words) in [
        (WorkItem { progress: progress(3.0, 2.0), ..good.clone() }, "quantity done, km = 3"),
        (WorkItem { progress: progress(0.0, 0.0), ..good.clone() }, "quantity to be done, km = 0"),
        (WorkItem { progress: progress(f64::NAN, 1.0), ..good.clone() }, "quantity done, km = NaN"),
        (WorkItem { budget_usd: -1.0, ..good.clone() }, "budget_usd = -1"),
        (WorkItem { actual_usd: -1.0, ..good.clone() }, "actual_usd = -1"),
        (
            WorkItem { plan: vec![point(2.0, 0.5)], ..good.clone() },
            "planned_share of track, point 1",
        ),
        (WorkItem { plan: vec![], ..good.clone() }, "last planned_share of track = 0"),
        (
            WorkItem { plan: vec![point(2.0, 0.0), point(2.0, 1.0)], ..good.clone() },
            "by_day of track, point 2 of its plan = 2",
        ),
        (
            WorkItem { plan: vec![point(2.0, 0.0), point(3.0, 0.4)], ..good.clone() },
            "last planned_share of track = 0.4",
        ),
    ] {
        let error = earned_value(&[bad], 1.0).unwrap_err().to_string();
        assert!(error.starts_with(words), "{error}");
    }
    assert!(earned_value(&[], 1.0).is_err());
    assert!(earned_value(&[good], -1.0).is_err());
}
