//! Dates and floats of 10,000 and of a million activities: `cargo bench --bench schedule`.

#![allow(clippy::expect_used, reason = "a bench fails by panicking")]

use divan::{Bencher, counter::ItemsCount};
use jiff::civil::date;
use railcorridor::schedule::{
    Activity, Calendar, DayOfYear, Holiday, Link, LinkKind, Network, Season, WorkingWeek,
};

const SIZES: [u32; 2] = [10_000, 1_000_000];

fn main() {
    divan::main();
}

/// Activities of four kinds of work on four calendars, each held by two others among those of the
/// fiftieth part of the network before it, by links of all kinds, a third of them with lags.
fn network(count: u32) -> Network {
    let frost = Season {
        name: "frost".into(),
        closed_to: Some("earthworks".into()),
        first: DayOfYear { month: 12, day: 10 },
        last: DayOfYear { month: 2, day: 20 },
    };
    let calendar = |id: &str, week| Calendar {
        holidays: vec![
            Holiday::EveryYear(DayOfYear { month: 3, day: 21 }),
            Holiday::Days { first: date(2027, 5, 16), last: date(2027, 5, 18) },
        ],
        seasons: vec![frost.clone()],
        ..Calendar::new(id, week)
    };
    let mut network = Network::new(date(2026, 1, 5), calendar("site", WorkingWeek::FRIDAY_OFF));
    network.calendars.push(calendar("office", WorkingWeek::MONDAY_TO_FRIDAY));
    network.calendars.push(calendar("plant", WorkingWeek::EVERY_DAY));
    network.calendars.push(calendar("track", WorkingWeek::SUNDAY_OFF));
    let calendars = ["site", "office", "plant", "track"];
    let works = ["earthworks", "concrete", "track", ""];
    let kinds = [
        LinkKind::FinishStart,
        LinkKind::FinishStart,
        LinkKind::FinishStart,
        LinkKind::FinishStart,
        LinkKind::StartStart,
        LinkKind::FinishFinish,
        LinkKind::StartStart,
        LinkKind::StartFinish,
    ];
    let mut random = Random(1);
    for id in 0..count {
        let activity = Activity::task(format!("A{id}"), f64::from(1 + random.below(20)))
            .in_calendar(*random.choose(&calendars))
            .of_work(*random.choose(&works));
        network.activities.push(activity);
        for _ in 0..2.min(id) {
            let before = 1 + random.below((count / 50).min(id));
            let from = format!("A{}", id - before);
            let lag_days = if random.below(3) == 0 { 1 + random.below(6) } else { 0 };
            let link = Link::new(from, format!("A{id}"), *random.choose(&kinds));
            network.links.push(link.lag_days(i32::try_from(lag_days).expect("a small number")));
        }
    }
    network
}

/// A linear congruential generator, whose upper bits are random enough (Knuth's constants).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        u32::try_from((self.0 >> 33) % u64::from(limit)).expect("below a limit of 32 bits")
    }

    fn choose<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let place = self.below(u32::try_from(list.len()).expect("a short list"));
        &list[place as usize]
    }
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn checked_and_laid_out(bencher: Bencher, count: u32) {
    let network = network(count);
    bencher.counter(ItemsCount::new(count)).bench_local(|| network.compile().expect("a network"));
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn dates_and_all_floats(bencher: Bencher, count: u32) {
    let network = network(count);
    let compiled = network.compile().expect("a network");
    bencher.counter(ItemsCount::new(count)).bench_local(|| compiled.dates().expect("dates"));
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn forward_pass(bencher: Bencher, count: u32) {
    let network = network(count);
    let compiled = network.compile().expect("a network");
    let mut early = Vec::new();
    bencher.counter(ItemsCount::new(count)).bench_local(|| {
        compiled.forward(compiled.durations_days(), &mut early);
        early.last().copied()
    });
}
