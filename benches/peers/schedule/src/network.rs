//! Networks that other programs can hold as well.

use jiff::civil::date;
use railcorridor::schedule::{
    Activity, ActivityRisk, Calendar, DayOfYear, Distribution, Holiday, LagCalendar, Link,
    LinkKind, Network, RiskModel, WorkingWeek,
};

/// Least, likeliest and greatest days of every simulated activity.
pub const TRIANGLE: [f64; 3] = [5.0, 8.0, 30.0];

/// Activities on three calendars with holidays, each after two of the two hundred before it. Within
/// a calendar two of eight links run from start to start or from finish to finish, and a third have
/// lags, counted as Microsoft Project does. Between calendars all run from finish to start without
/// lags: for others MPXJ has days of its own.
pub fn on_calendars(count: u32) -> Network {
    let calendar = |id: &str, week| Calendar {
        holidays: vec![
            Holiday::EveryYear(DayOfYear { month: 3, day: 21 }),
            Holiday::Days { first: date(2027, 5, 16), last: date(2027, 5, 18) },
        ],
        ..Calendar::new(id, week)
    };
    let mut network = Network::new(date(2026, 1, 5), calendar("site", WorkingWeek::FRIDAY_OFF));
    network.calendars.push(calendar("office", WorkingWeek::MONDAY_TO_FRIDAY));
    network.calendars.push(calendar("plant", WorkingWeek::EVERY_DAY));
    let calendars = ["site", "office", "plant"];
    let mut random = Random(1);
    for id in 0..count {
        let days = f64::from(1 + random.below(20));
        let calendar = calendars[random.below(3) as usize];
        network.activities.push(Activity::task(format!("A{id}"), days).in_calendar(calendar));
        let mut before = Vec::new();
        for _ in 0..2.min(id) {
            let from = id - 1 - random.below(200.min(id));
            if before.contains(&from) {
                continue;
            }
            before.push(from);
            let is_of_one = calendar_of(&network, from) == calendar_of(&network, id);
            let kind = match random.below(8) {
                0 if is_of_one => LinkKind::StartStart,
                1 if is_of_one => LinkKind::FinishFinish,
                _ => LinkKind::FinishStart,
            };
            let lag_days = if random.below(3) == 0 { 1 + random.below(6) } else { 0 };
            let lag_days = if is_of_one { lag_days } else { 0 };
            let link = Link::new(format!("A{from}"), format!("A{id}"), kind);
            let mut link = link.lag_days(i32::try_from(lag_days).unwrap_or_default());
            link.lag_calendar = LagCalendar::Successor;
            network.links.push(link);
        }
    }
    network
}

fn calendar_of(network: &Network, id: u32) -> Option<&str> {
    network.activities.get(id as usize).map(|activity| activity.calendar.as_str())
}

/// Activities on one calendar, each after two of the twenty before it, with durations from a
/// triangle.
pub fn simulated(count: u32) -> (Network, RiskModel) {
    let mut network = Network::new(date(2026, 1, 5), Calendar::new("site", WorkingWeek::EVERY_DAY));
    let mut random = Random(2);
    let [low, mode, high] = TRIANGLE;
    let mut model = RiskModel::default();
    for id in 0..count {
        network.activities.push(Activity::task(format!("A{id}"), mode));
        for _ in 0..2.min(id) {
            let from = id - 1 - random.below(20.min(id));
            network.links.push(Link::finish_start(format!("A{from}"), format!("A{id}")));
        }
        model.activities.push(ActivityRisk {
            activity: format!("A{id}"),
            duration: Distribution::Triangular { low, mode, high },
            loadings: Vec::new(),
            fixed_usd: 0.0,
            cost_usd_per_day: 0.0,
        });
    }
    (network, model)
}

/// A linear congruential generator, whose upper bits are random enough (Knuth's constants).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(limit)) as u32
    }
}
