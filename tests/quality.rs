//! The fourteen points by which a network is judged, each on a network made to break it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use jiff::civil::{Date, date};
use railcorridor::schedule::{
    Activity, Calendar, Constraint, Link, Network, Progress, QualityPoint, QualityState,
    WorkingWeek, quality,
};

/// Four tasks of ten days in a row, from and to a milestone.
fn chain() -> Network {
    let calendar = Calendar::new("site", WorkingWeek::EVERY_DAY);
    let mut network = Network::new(date(2026, 1, 1), calendar);
    let task = |number: u8| Activity::task(format!("t{number}"), 10.0);
    network.activities = vec![Activity::start_milestone("start")];
    network.activities.extend((1..=4).map(task));
    network.activities.push(Activity::finish_milestone("end"));
    let ids: Vec<String> = network.activities.iter().map(|one| one.id.clone()).collect();
    network.links =
        ids.iter().zip(ids.iter().skip(1)).map(|(a, b)| Link::finish_start(a, b)).collect();
    network
}

fn points(network: &Network, baseline: &[Option<Date>]) -> Vec<QualityPoint> {
    let compiled = network.compile().unwrap();
    quality(&compiled.dates().unwrap(), baseline)
}

fn point(network: &Network, number: u8) -> (Option<f64>, QualityState, Vec<usize>) {
    let all = points(network, &[]);
    let one = all.into_iter().find(|point| point.number == number).unwrap();
    (one.value, one.state, one.activities)
}

#[test]
fn a_sound_network_meets_what_it_can() {
    let all = points(&chain(), &[]);
    let numbers: Vec<u8> = all.iter().map(|point| point.number).collect();
    assert_eq!(numbers, (1..=14).collect::<Vec<u8>>());
    for point in &all {
        let expect = match point.number {
            10 | 11 | 13 | 14 => QualityState::NotApplicable,
            _ => QualityState::Met,
        };
        assert_eq!(point.state, expect, "{point:?}");
    }
    // 600 days more on the path make the whole 600 days later.
    assert_eq!(all[11].value, Some(600.0));
}

#[test]
fn each_fault_is_seen() {
    use QualityState::NotMet;
    let broken = |change: &dyn Fn(&mut Network), number: u8| {
        let mut network = chain();
        change(&mut network);
        point(&network, number)
    };
    // Task 3 leads nowhere: one of four.
    let cut = broken(&|network| network.links.retain(|link| link.from != "t3"), 1);
    assert_eq!(cut, (Some(0.5), NotMet, vec![3, 4]));
    let lag = |days: i32| move |network: &mut Network| network.links[2].lag_days = days;
    assert_eq!(broken(&lag(-2), 2), (Some(0.2), NotMet, vec![3]));
    assert_eq!(broken(&lag(2), 3), (Some(0.2), NotMet, vec![3]));
    let parallel = |network: &mut Network| network.links[1] = Link::start_start("t1", "t2");
    assert_eq!(broken(&parallel, 4), (Some(0.8), NotMet, vec![2]));
    let held = |network: &mut Network| {
        network.activities[2].constraints.push(Constraint::FinishNoLater(date(2026, 1, 15)));
    };
    assert_eq!(broken(&held, 5), (Some(0.25), NotMet, vec![2]));
    // It must be done on 15 January and is on the 20th: five days too few, for what leads there too.
    assert_eq!(broken(&held, 7), (Some(0.5), NotMet, vec![1, 2]));
    let beside = |network: &mut Network| {
        network.activities[3] = Activity::task("t3", 100.0);
        network.links.retain(|link| link.from != "t1" && link.from != "t2");
        network.links.push(Link::finish_start("t1", "end"));
    };
    // Task 1 may be 100 days late while 3 and 4 take 110; task 2 hangs in the air beside.
    let (value, state, _) = broken(&beside, 6);
    assert_eq!((value, state), (Some(0.5), NotMet));
    assert_eq!(broken(&beside, 8), (Some(0.25), NotMet, vec![3]));
}

#[test]
fn a_path_that_a_date_holds_fails_the_test() {
    let mut network = chain();
    network.activities[4].constraints.push(Constraint::MustStart(date(2027, 1, 1)));
    let (later_days, state, activities) = point(&network, 12);
    // What must start on its day does not move, whatever comes before: the last task is the path.
    assert_eq!((later_days, state), (Some(600.0), QualityState::Met), "{activities:?}");
    network.activities[5].constraints.push(Constraint::MustFinish(date(2027, 3, 1)));
    // The end has its day, whatever comes before: no work is on the path.
    assert_eq!(point(&network, 12), (Some(0.0), QualityState::NotMet, vec![5]));
}

#[test]
fn works_are_held_against_their_baseline() {
    let mut network = chain();
    network.data_date = Some(date(2026, 1, 25));
    network.finish_by = Some(date(2026, 2, 9));
    let day = |day: i8| Some(date(2026, 1, day));
    let done = |from: i8, to: i8| Progress {
        actual_start: day(from),
        actual_finish: day(to),
        remaining_days: None,
    };
    network.activities[0].progress = done(1, 1);
    network.activities[1].progress = done(1, 12);
    // Tasks 1 and 2 should be done by the 10th and the 20th; the first was late, the second is not.
    let baseline = [day(1), day(10), day(20), day(30), None, None];
    let all = points(&network, &baseline);
    assert_eq!((all[10].value, all[10].activities.as_slice()), (Some(2.0 / 3.0), &[1, 2][..]));
    // Two of three are done that should be.
    assert_eq!((all[13].value, all[13].activities.as_slice()), (Some(2.0 / 3.0), &[2][..]));
    // From 25 January thirty days to 23 February; by 9 February it is fourteen days too few.
    assert_eq!((all[12].value, all[12].state), (Some(16.0 / 30.0), QualityState::NotMet));
    assert_eq!(all[8].state, QualityState::Met);
}
