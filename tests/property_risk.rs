//! Simulated networks against dates as planned, closed forms, and themselves.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use chance::arbitrary::{Result, Unstructured};
use chance::property;
use jiff::civil::date;
use railcorridor::schedule::{
    Activity, ActivityKind, ActivityRisk, Calendar, Constraint, Distribution, Link, LinkKind,
    Loading, Network, OutOfSequence, RiskEvent, RiskModel, RiskOptions, RiskOutcome, WorkingWeek,
    last_finish, simulate,
};

const BUDGET_MS: u64 = 3_000;

/// Activities on up to three calendars; all kinds of links if they share one, else those that hold
/// starts, since what must end within days off has no end in common with whole days.
fn network(u: &mut Unstructured<'_>) -> Result<Network> {
    let mut network =
        Network::new(date(2027, 1, 1), Calendar::new("site", WorkingWeek::FRIDAY_OFF));
    network.calendars.push(Calendar::new("office", WorkingWeek::MONDAY_TO_FRIDAY));
    network.calendars.push(Calendar::new("works", WorkingWeek::EVERY_DAY));
    let is_mixed: bool = u.arbitrary()?;
    let (kinds, calendars): (&[LinkKind], &[&str]) = if is_mixed {
        (&[LinkKind::FinishStart, LinkKind::StartStart], &["site", "office", "works"])
    } else {
        use LinkKind::{FinishFinish, FinishStart, StartFinish, StartStart};
        (&[FinishStart, StartStart, FinishFinish, StartFinish], &["site"])
    };
    if u.arbitrary()? {
        network.data_date = Some(date(2027, 1, u.int_in_range(12..=20)?));
        network.out_of_sequence = *u.choose(&[OutOfSequence::Wait, OutOfSequence::GoOn])?;
    }
    let count = u.int_in_range(1..=12)?;
    for number in 0..count {
        let id = format!("a{number}");
        let activity = match u.int_in_range(0..=9)? {
            0 => Activity::finish_milestone(id),
            1 => Activity::start_milestone(id),
            _ => Activity::task(id, f64::from(u.int_in_range(1..=20)?)),
        };
        let mut activity = activity.in_calendar(*u.choose(calendars)?);
        let day = date(2027, 1, u.int_in_range(1..=31)?);
        let is_task = activity.kind == ActivityKind::Task;
        match u.int_in_range(0..=11)? {
            // A milestone on a day off has no end in common with whole days either.
            _ if !is_task && !is_mixed => {}
            0 => activity.constraints.push(Constraint::StartNoEarlier(day)),
            1 => activity.constraints.push(Constraint::FinishNoEarlier(day)),
            2 => activity.constraints.push(Constraint::MustStart(day)),
            3 => activity.constraints.push(Constraint::MustFinish(day)),
            _ => {}
        }
        if let (Some(data_date), true) = (network.data_date, is_task) {
            let before = data_date.saturating_sub(jiff::Span::new().days(u.int_in_range(1..=9)?));
            match u.int_in_range(0..=5)? {
                0 => activity.progress.actual_start = Some(before),
                1 => {
                    activity.progress.actual_start = Some(before);
                    activity.progress.remaining_days = Some(f64::from(u.int_in_range(0..=9)?));
                }
                2 => {
                    activity.progress.actual_start = Some(before);
                    activity.progress.actual_finish = Some(data_date.yesterday().unwrap());
                }
                _ => {}
            }
        }
        network.activities.push(activity);
        for _ in 0..u.int_in_range(0..=2)? {
            if number > 0 {
                let from = u.int_in_range(0..=number - 1)?;
                let link = Link::new(format!("a{from}"), format!("a{number}"), *u.choose(kinds)?);
                network.links.push(link.lag_days(u.int_in_range(-2..=5)?));
            }
        }
    }
    Ok(network)
}

fn risk(activity: &str, duration: Distribution) -> ActivityRisk {
    let (fixed_usd, cost_usd_per_day) = (0.0, 0.0);
    ActivityRisk {
        activity: activity.into(),
        duration,
        loadings: vec![],
        fixed_usd,
        cost_usd_per_day,
    }
}

#[test]
fn without_risk_the_finish_is_that_of_the_plan() {
    property(|u| {
        let network = network(u)?;
        let compiled = network.compile().unwrap();
        let mut early = Vec::new();
        compiled.forward(compiled.durations_days(), &mut early);
        let start = compiled.horizon().morning(network.start);
        let planned_days = f64::from(last_finish(&early) - start);
        let options = RiskOptions { iterations: 3, seed: 1 };
        let outcome = simulate(&compiled, &RiskModel::default(), &options).unwrap();
        let finish = &outcome.finish;
        assert_eq!(finish.planned_days, planned_days);
        assert_eq!((finish.days.p10, finish.days.p90), (planned_days, planned_days), "{network:?}");
        assert_eq!(finish.by_plan_share, 1.0);
        assert_eq!(finish.dates[1], compiled.horizon().day(last_finish(&early) - 1));
        let positions = compiled.positions();
        let is_milestone =
            |activity: &&Activity| outcome.milestones.iter().any(|one| one.id == activity.id);
        for (milestone, activity) in
            outcome.milestones.iter().zip(network.activities.iter().filter(is_milestone))
        {
            let number = network.activities.iter().position(|one| one.id == activity.id).unwrap();
            let at = early[positions[number] as usize].finish - start;
            assert_eq!(milestone.reached.planned_days, f64::from(at));
            assert_eq!(milestone.reached.days.p50, f64::from(at), "{} {network:?}", activity.id);
        }
        // Something holds back the finish, and each of these is in all iterations or in none.
        let shares: Vec<f64> = outcome.activities.iter().map(|one| one.critical_share).collect();
        assert!(shares.iter().all(|share| *share == 0.0 || *share == 1.0));
        assert!(shares.contains(&1.0));
        for (number, share) in shares.iter().enumerate() {
            let id = &network.activities[number].id;
            let is_last = early[positions[number] as usize].finish == last_finish(&early)
                && network.links.iter().all(|link| link.from != *id);
            assert!(*share == 1.0 || !is_last, "{id} {shares:?} {network:?}");
        }
        Ok(())
    })
    .budget_ms(BUDGET_MS);
}

fn chain(ids: &[&str], is_chained: bool) -> Network {
    let mut network = Network::new(date(2027, 1, 1), Calendar::new("all", WorkingWeek::EVERY_DAY));
    network.activities = ids.iter().map(|id| Activity::task(*id, 10.0)).collect();
    if is_chained {
        network.links = ids.windows(2).map(|two| Link::finish_start(two[0], two[1])).collect();
    }
    network
}

fn run(network: &Network, model: &RiskModel, iterations: u32, seed: u64) -> RiskOutcome {
    simulate(&network.compile().unwrap(), model, &RiskOptions { iterations, seed }).unwrap()
}

#[test]
fn an_iteration_does_not_depend_on_how_many_there_are() {
    let network = chain(&["a", "b"], true);
    let pert = Distribution::BetaPert { low: 5.0, mode: 8.0, high: 20.0, weight: 4.0 };
    let activities = vec![
        risk("a", pert),
        risk("b", Distribution::Triangular { low: 1.0, mode: 2.0, high: 9.0 }),
    ];
    let model = RiskModel { activities, ..RiskModel::default() };
    let long = run(&network, &model, 10_000, 5);
    for iterations in [1, 63, 64, 65, 4_096, 4_097, 9_999] {
        let short = run(&network, &model, iterations, 5);
        assert_eq!(short.finish_days, long.finish_days[..iterations as usize]);
    }
    assert_ne!(run(&network, &model, 100, 6).finish_days, long.finish_days[..100]);
}

#[test]
fn an_event_happens_as_often_and_moves_as_far_as_said() {
    let network = chain(&["a", "b"], true);
    let fixed = |value| Distribution::Fixed { value };
    let event = RiskEvent {
        id: "flood".into(),
        event_probability: 0.3,
        impact: fixed(5.0),
        activities: vec!["a".into(), "b".into()],
        cost: Some(fixed(1_000.0)),
    };
    let mut activity = risk("a", fixed(7.0));
    activity.fixed_usd = 100.0;
    activity.cost_usd_per_day = 10.0;
    let model = RiskModel {
        activities: vec![activity],
        events: vec![event],
        overhead_usd_per_day: 1.0,
        ..RiskModel::default()
    };
    let iterations = 200_000;
    let outcome = run(&network, &model, iterations, 3);
    // 7 + 10 days, or 5 more for each of the two.
    assert!(outcome.finish_days.iter().all(|days| *days == 17.0 || *days == 27.0));
    let late = outcome.finish_days.iter().filter(|days| **days == 27.0).count();
    let share = late as f64 / f64::from(iterations);
    assert!((share - 0.3).abs() < 4.0 * (0.3 * 0.7 / f64::from(iterations)).sqrt(), "{share}");
    assert_eq!(outcome.events[0].happened_share, share);
    assert!((outcome.events[0].shift_days.unwrap() - 10.0).abs() < 1e-6);
    assert_eq!(outcome.tornado()[0].0, "flood");
    // 100 + 10 a day of a + 1 a day, and 1,000 if it happens.
    for (days, usd) in outcome.finish_days.iter().zip(&outcome.costs_usd) {
        let wanted =
            if *days == 17.0 { 100.0 + 70.0 + 17.0 } else { 100.0 + 120.0 + 27.0 + 1_000.0 };
        assert_eq!(*usd, wanted);
    }
    assert_eq!(outcome.joint_share(17.0, 187.0), 1.0 - share);
    assert_eq!(outcome.joint_share(27.0, 200.0), 1.0 - share);
    assert_eq!(outcome.joint_share(27.0, 1_247.0), 1.0);
    for (probability, share, shift_days) in [(0.0, 0.0, None), (1.0, 1.0, None)] {
        let mut model = model.clone();
        model.events[0].event_probability = probability;
        let outcome = run(&network, &model, 100, 3);
        assert_eq!(outcome.events[0].happened_share, share);
        assert_eq!(outcome.events[0].shift_days, shift_days);
    }
}

#[test]
fn equal_rivals_share_the_finish_and_a_short_one_never_has_it() {
    let network = chain(&["a", "b", "c"], false);
    let wide = Distribution::Triangular { low: 10.0, mode: 20.0, high: 30.0 };
    let activities = vec![
        risk("a", wide.clone()),
        risk("b", wide),
        risk("c", Distribution::Triangular { low: 1.0, mode: 2.0, high: 9.0 }),
    ];
    let model = RiskModel { activities, ..RiskModel::default() };
    let outcome = run(&network, &model, 200_000, 11);
    let shares: Vec<f64> = outcome.activities.iter().map(|one| one.critical_share).collect();
    let error = 4.0 * (0.25_f64 / 200_000.0).sqrt();
    assert!((shares[0] - 0.5).abs() < error && (shares[1] - 0.5).abs() < error, "{shares:?}");
    assert!(shares[0] + shares[1] >= 1.0);
    assert_eq!(shares[2], 0.0);
    // What c takes does not matter; what a takes does, as much as what b takes.
    let shift = |number: usize| outcome.activities[number].shift_days.unwrap();
    assert!(shift(2).abs() < 0.1 && shift(0) > 1.0 && (shift(0) - shift(1)).abs() < 0.1);
}

/// The mean and the variance of the finishes.
fn moments(outcome: &RiskOutcome) -> (f64, f64) {
    let count = outcome.finish_days.len() as f64;
    let mean = outcome.finish_days.iter().map(|days| f64::from(*days)).sum::<f64>() / count;
    let squares = outcome.finish_days.iter().map(|days| (f64::from(*days) - mean).powi(2));
    (mean, squares.sum::<f64>() / count)
}

#[test]
fn factors_make_durations_vary_together() {
    let network = chain(&["a", "b"], true);
    // Nearly normal: mean 1,000, deviation 10.
    let narrow = || Distribution::LognormalMean { mean: 1_000.0, deviation: 10.0 };
    let variance = |a: f64, b: f64| {
        let with = |id: &str, loading_ratio: f64| ActivityRisk {
            loadings: vec![Loading { factor: "ground".into(), loading_ratio }],
            ..risk(id, narrow())
        };
        let activities = vec![with("a", a), with("b", b)];
        let outcome = run(&network, &RiskModel { activities, ..RiskModel::default() }, 200_000, 2);
        let (mean, variance) = moments(&outcome);
        assert!((mean - 2_000.0).abs() < 0.2, "{mean}");
        variance
    };
    // 100 + 100 + 2 a b 100; a variance of n draws has the relative error sqrt(2 / n).
    for (a, b) in [(0.0, 0.0), (0.5, 0.8), (1.0, 1.0), (0.7, -0.7)] {
        let wanted = 200.0 * (1.0 + a * b);
        let found = variance(a, b);
        assert!(
            (found / wanted - 1.0).abs() < 4.0 * (2.0_f64 / 200_000.0).sqrt() + 1e-3,
            "{a} {b}: {found}"
        );
    }
}

#[test]
fn draws_have_the_mean_of_their_distribution() {
    let network = chain(&["a"], true);
    for duration in [
        Distribution::Triangular { low: 10.0, mode: 20.0, high: 45.0 },
        Distribution::BetaPert { low: 10.0, mode: 20.0, high: 45.0, weight: 4.0 },
        Distribution::BetaPert { low: 10.0, mode: 10.0, high: 45.0, weight: 2.0 },
        Distribution::Lognormal { p10: 10.0, p90: 60.0 },
        Distribution::LognormalMean { mean: 30.0, deviation: 20.0 },
        Distribution::Empirical { values: vec![10.0, 40.0, 11.0, 30.0, 31.0] },
    ] {
        let wanted = duration.mean().unwrap();
        let activities = vec![risk("a", duration.clone())];
        let outcome = run(&network, &RiskModel { activities, ..RiskModel::default() }, 500_000, 8);
        let (mean, variance) = moments(&outcome);
        assert!(
            (mean - wanted).abs() < 4.0 * (variance / 500_000.0).sqrt(),
            "{duration:?}: {mean}"
        );
        for (percentile, probability) in
            [(outcome.finish.days.p10, 0.1), (outcome.finish.days.p80, 0.8)]
        {
            let exact = duration.quantile(probability).unwrap();
            let nearby = duration.quantile(probability + 1e-3).unwrap();
            let density = 1e-3 / (nearby - exact);
            let error = (probability * (1.0 - probability) / 500_000.0).sqrt() / density;
            assert!((percentile - exact).abs() < 4.0 * error, "{duration:?}: {percentile} {exact}");
        }
    }
}

#[test]
#[cfg(feature = "parallel")]
fn threads_do_not_change_a_bit() {
    let network = chain(&["a", "b", "c"], true);
    let pert = Distribution::BetaPert { low: 5.0, mode: 8.0, high: 20.0, weight: 4.0 };
    let activities = ["a", "b", "c"].map(|id| risk(id, pert.clone())).to_vec();
    let model = RiskModel { activities, overhead_usd_per_day: 1.0, ..RiskModel::default() };
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| run(&network, &model, 50_000, 9))
    };
    let one = on(1);
    assert!(one == on(2) && one == on(3));
    assert_eq!(one.finish.days.mean.to_bits(), on(3).finish.days.mean.to_bits());
}

#[test]
fn what_cannot_be_is_refused() {
    let network = chain(&["a"], true);
    let fixed = |value| Distribution::Fixed { value };
    let of = |duration| RiskModel { activities: vec![risk("a", duration)], ..RiskModel::default() };
    let triangle = |low, mode, high| Distribution::Triangular { low, mode, high };
    let with_loading = |loading_ratio| {
        let loading = Loading { factor: "x".into(), loading_ratio };
        let loadings = vec![loading.clone(), loading];
        let activities = vec![ActivityRisk { loadings, ..risk("a", fixed(1.0)) }];
        RiskModel { activities, ..RiskModel::default() }
    };
    for (model, words) in [
        (of(triangle(3.0, 2.0, 4.0)), "mode of duration of a = 2"),
        (of(triangle(3.0, 3.5, 2.0)), "high of duration of a = 2"),
        (of(triangle(-1.0, 0.0, 2.0)), "low of duration of a = -1"),
        (of(fixed(f64::NAN)), "value of duration of a = NaN"),
        (of(Distribution::Lognormal { p10: 5.0, p90: 4.0 }), "p90 of duration of a = 4"),
        (of(Distribution::Empirical { values: vec![] }), "number of values of duration of a = 0"),
        (with_loading(0.9), "sum of the squared loadings of a = 1.62"),
        (of(fixed(200_000.0)), "latest finish of all iterations, days"),
        (
            RiskModel { activities: vec![risk("b", fixed(1.0))], ..RiskModel::default() },
            "no activity called \"b\"",
        ),
    ] {
        let options = RiskOptions { iterations: 10, seed: 1 };
        let error = simulate(&network.compile().unwrap(), &model, &options).unwrap_err();
        assert!(error.to_string().starts_with(words), "{error}");
    }
    let none = RiskOptions { iterations: 0, seed: 1 };
    assert!(simulate(&network.compile().unwrap(), &RiskModel::default(), &none).is_err());
}

/// A network by plain code, one iteration at a time: the finishes, and in how many iterations each
/// activity holds back the last one.
struct Plain {
    finishes: Vec<f64>,
    critical: Vec<u32>,
}

/// A link of the plain code: from, to, kind, lag.
type PlainLink = (usize, usize, LinkKind, f64);

fn plain(triangles: &[[f64; 3]], links: &[PlainLink], iterations: u32) -> Plain {
    let mut state = 88_172_645_463_325_252_u64;
    let mut uniform = move || {
        // Marsaglia's xorshift, 2003; another generator than the library's.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let count = triangles.len();
    let mut found = Plain { finishes: Vec::new(), critical: vec![0; count] };
    for _ in 0..iterations {
        let days: Vec<f64> = triangles
            .iter()
            .map(|[low, mode, high]| {
                let share = uniform();
                let turn = (mode - low) / (high - low);
                if share < turn {
                    low + (share * (high - low) * (mode - low)).sqrt()
                } else {
                    high - ((1.0 - share) * (high - low) * (high - mode)).sqrt()
                }
            })
            .collect();
        let (mut starts, mut holders) = (vec![0.0_f64; count], vec![Vec::new(); count]);
        for to in 0..count {
            for &(from, _, kind, lag) in links.iter().filter(|link| link.1 == to) {
                let end =
                    if kind.is_from_finish() { starts[from] + days[from] } else { starts[from] };
                let start = if kind.is_to_finish() { end + lag - days[to] } else { end + lag };
                if start > starts[to] {
                    starts[to] = start;
                    holders[to].clear();
                }
                if start == starts[to] {
                    holders[to].push(from);
                }
            }
        }
        let finish = (0..count).map(|at| starts[at] + days[at]).fold(0.0, f64::max);
        let mut is_critical: Vec<bool> =
            (0..count).map(|at| starts[at] + days[at] == finish).collect();
        for at in (0..count).rev() {
            if is_critical[at] {
                found.critical[at] += 1;
                for &holder in &holders[at] {
                    is_critical[holder] = true;
                }
            }
        }
        found.finishes.push(finish);
    }
    found
}

#[test]
fn a_network_finishes_and_is_held_back_as_by_plain_code() {
    const ITERATIONS: u32 = 30_000;
    property(|u| {
        let mut network =
            Network::new(date(2027, 1, 1), Calendar::new("all", WorkingWeek::EVERY_DAY));
        let (mut triangles, mut links, mut model) = (Vec::new(), Vec::new(), RiskModel::default());
        use LinkKind::{FinishFinish, FinishStart, StartFinish, StartStart};
        for number in 0..u.int_in_range(1..=8_usize)? {
            let id = format!("a{number}");
            let low = f64::from(u.int_in_range(1..=10)?);
            let mode = low + f64::from(u.int_in_range(0..=10)?);
            let high = mode + f64::from(u.int_in_range(1..=20)?);
            network.activities.push(Activity::task(&id, mode));
            model.activities.push(risk(&id, Distribution::Triangular { low, mode, high }));
            triangles.push([low, mode, high]);
            for _ in 0..if number == 0 { 0 } else { u.int_in_range(0..=2)? } {
                let from = u.int_in_range(0..=number - 1)?;
                let kind =
                    *u.choose(&[FinishStart, FinishStart, StartStart, FinishFinish, StartFinish])?;
                let lag_days = u.int_in_range(-3..=6)?;
                network.links.push(Link::new(format!("a{from}"), &id, kind).lag_days(lag_days));
                links.push((from, number, kind, f64::from(lag_days)));
            }
        }
        let mut plain = plain(&triangles, &links, ITERATIONS);
        let outcome = run(&network, &model, ITERATIONS, 77);
        // Both are samples of as many; shares of two samples differ by sqrt(2 p (1 - p) / n).
        let n = f64::from(ITERATIONS);
        let near = |a: f64, b: f64| {
            let p = (a + b) / 2.0;
            (a - b).abs() <= 6.0 * (2.0 * p * (1.0 - p) / n).sqrt() + 6.0 / n
        };
        plain.finishes.sort_by(f64::total_cmp);
        for part in 1..=9 {
            let at = plain.finishes[(ITERATIONS * part / 10) as usize];
            let below = outcome.finish_days.iter().filter(|days| f64::from(**days) <= at).count();
            assert!(near(below as f64 / n, f64::from(part) / 10.0), "{part} {below} {network:?}");
        }
        for (activity, critical) in outcome.activities.iter().zip(&plain.critical) {
            let share = f64::from(*critical) / n;
            assert!(near(activity.critical_share, share), "{activity:?} {share} {network:?}");
        }
        Ok(())
    })
    .budget_ms(BUDGET_MS);
}
