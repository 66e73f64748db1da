//! Which machine does what: no machine is in two places, and its hand-overs are all that a network
//! needs to keep to what there is.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use chance::arbitrary::{Result, Unstructured};
use chance::property;
use jiff::civil::{Date, date};
use railcorridor::schedule::{
    Activity, Calendar, Demand, Holiday, LevellingOptions, Link, LinkKind, Network, Resource,
    ResourcePlan, Turn, WorkingWeek,
};

/// A Monday.
const START: Date = date(2026, 1, 5);

/// Up to a dozen tasks on one calendar, with links of three kinds.
fn network(u: &mut Unstructured) -> Result<Network> {
    let mut calendar = Calendar::new("site", WorkingWeek::FRIDAY_OFF);
    for day in 0..u.int_in_range(0..=4)? {
        calendar.holidays.push(Holiday::Day(date(2026, 1, 7 + 5 * day)));
    }
    let mut network = Network::new(START, calendar);
    network.horizon_years = 2;
    let count: u32 = u.int_in_range(1..=12)?;
    for id in 0..count {
        let days = f64::from(u.int_in_range(1..=7)?);
        network.activities.push(Activity::task(id.to_string(), days));
    }
    let kinds = [LinkKind::FinishStart, LinkKind::StartStart, LinkKind::FinishFinish];
    for _ in 0..u.int_in_range(0..=count)? {
        let (a, b) = (u.int_in_range(0..=count - 1)?, u.int_in_range(0..=count - 1)?);
        if a != b {
            let link = Link::new(a.min(b).to_string(), a.max(b).to_string(), *u.choose(&kinds)?);
            network.links.push(link.lag_days(u.int_in_range(0..=3)?));
        }
    }
    Ok(network)
}

/// One to three resources, each with enough for any one activity.
fn plan(u: &mut Unstructured, network: &Network) -> Result<ResourcePlan> {
    let mut plan = ResourcePlan::default();
    for id in 0..u.int_in_range(1..=3)? {
        let resource = Resource::new(format!("r{id}"), u.int_in_range(1..=4)?);
        for activity in &network.activities {
            let units = u.int_in_range(0..=resource.capacity)?;
            plan.demands.push(Demand::new(&activity.id, &resource.id, units));
        }
        plan.resources.push(resource);
    }
    Ok(plan)
}

fn options() -> LevellingOptions {
    LevellingOptions { schedules: 30, seed: 1 }
}

#[test]
fn no_machine_is_in_two_places_and_hand_overs_give_the_dates() {
    property(|u| {
        let network = network(u)?;
        let plan = plan(u, &network)?;
        let compiled = network.compile().unwrap();
        let levelled = compiled.level(&plan, &options()).unwrap();
        let turns = levelled.turns();
        for demand in &plan.demands {
            let own = |turn: &&Turn| {
                network.activities[turn.activity].id == demand.activity
                    && plan.resources[turn.resource].id == demand.resource
            };
            let mut units: Vec<usize> = turns.iter().filter(own).map(|turn| turn.unit).collect();
            units.sort_unstable();
            units.dedup();
            assert_eq!(units.len(), demand.units as usize, "{demand:?} {turns:?}");
        }
        for turn in &turns {
            assert!(turn.unit < plan.resources[turn.resource].capacity as usize);
        }
        for (turn, next) in turns.iter().zip(turns.iter().skip(1)) {
            if (turn.resource, turn.unit) == (next.resource, next.unit) {
                let (ends, begins) =
                    (levelled.finish_of(turn.activity), levelled.start_of(next.activity));
                assert!(ends < begins, "{turn:?} to {ends}, {next:?} from {begins}");
            }
        }
        let mut with_links = network.clone();
        with_links.links.extend(levelled.hand_overs());
        let compiled = with_links.compile().unwrap();
        let dates = compiled.dates().unwrap();
        for place in 0..network.activities.len() {
            assert_eq!(dates.early_start(place), levelled.start_of(place), "{place}");
            assert_eq!(dates.early_finish(place), levelled.finish_of(place), "{place}");
        }
        Ok(())
    });
}

#[test]
#[cfg(feature = "parallel")]
fn threads_do_not_change_who_has_what_when() {
    property(|u| {
        let network = network(u)?;
        let plan = plan(u, &network)?;
        let compiled = network.compile().unwrap();
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let options = LevellingOptions { schedules: 600, seed: 3 };
                let levelled = compiled.level(&plan, &options).unwrap();
                (levelled.turns(), levelled.hand_overs(), levelled.spans().to_vec())
            })
        };
        let one = on(1);
        assert!(one == on(2) && one == on(5));
        Ok(())
    });
}

#[test]
fn a_machine_goes_on_where_it_is() {
    // Two layers on two lines of three lots each: each stays on its own line.
    let mut network = Network::new(START, Calendar::new("site", WorkingWeek::EVERY_DAY));
    for (line, days) in [("a", 4.0), ("b", 4.0)] {
        for lot in 1..=3 {
            network.activities.push(Activity::task(format!("{line}{lot}"), days));
            if lot > 1 {
                let before = format!("{line}{}", lot - 1);
                network.links.push(Link::finish_start(before, format!("{line}{lot}")));
            }
        }
    }
    let plan = ResourcePlan {
        resources: vec![Resource::new("layer", 2)],
        demands: network.activities.iter().map(|one| Demand::new(&one.id, "layer", 1)).collect(),
    };
    let compiled = network.compile().unwrap();
    let levelled = compiled.level(&plan, &options()).unwrap();
    let units: Vec<(usize, usize)> =
        levelled.turns().iter().map(|turn| (turn.unit, turn.activity)).collect();
    assert_eq!(units, [(0, 0), (0, 1), (0, 2), (1, 3), (1, 4), (1, 5)]);
    // Every hand-over is a link already.
    assert!(levelled.hand_overs().is_empty());
}
