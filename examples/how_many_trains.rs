//! How many trains fit on a single track, what do they carry, and where would loops go for more?
//!
//! Running times are made up; a run of a real train over a designed line gives them instead.
//!
//! Prints:
//! ```text
//! today: 16 pairs of trains a day
//!   tightest: km 48 to km 72, 76.0 min a pair
//!   16.1 Mt a year
//! 20 pairs a day: USD 2.5 million, loops at km 54
//! 25 pairs a day: USD 12.5 million, loops at km 12, km 36, km 60, km 84, km 108
//! 30 pairs a day: USD 15.0 million, loops at km 12, km 36, km 54, km 60, km 84, km 108
//! 8 pairs on one day: 16 of 16 trains arrive, 19 min late in the mean, no graph below 3
//! ```

use railcorridor::operation::traffic::{
    DailyTrains, DayUse, GraphOptions, LoadBasis, SectionRun, TrackLine, TrackStation, TrainClass,
    day_of_trains, line_capacity, place_loops, train_graph, year_load,
};

fn main() -> railcorridor::Result<()> {
    // A site every 6 km over 120 km; loops are built at every fourth one. A pass in the middle.
    let sites = 21_u32;
    let is_built = |site: u32| site.is_multiple_of(4);
    let station = |site: u32, tracks| TrackStation {
        name: format!("km {}", 6 * site),
        chainage_m: 6e3 * f64::from(site),
        track_lengths_m: vec![1_050.0; tracks],
        crossing_s: 60,
        arrival_s: 240,
        following_s: 180,
        ..TrackStation::default()
    };
    let built = |site| station(site, if is_built(site) { 2 } else { 1 });
    let today = TrackLine::new((0..sites).map(built).collect())?;
    let run = |section: u32| {
        let minutes = if (8..12).contains(&section) { 9.0 } else { 7.0 };
        SectionRun::from_minutes(minutes, minutes - 0.5)
    };
    let class = TrainClass {
        name: "freight".into(),
        length_m: 900.0,
        runs: (0..sites - 1).map(run).collect::<railcorridor::Result<_>>()?,
        start_s: 120,
        stop_s: 60,
        ..TrainClass::default()
    };

    let day = DayUse { closed_s: 5_400, reliability_share: 0.92 };
    let capacity = line_capacity(&today, &class, &day)?;
    println!("today: {} pairs of trains a day", capacity.whole_pairs());
    if let Some(tightest) = capacity.binding_section() {
        println!(
            "  tightest: {}, {:.1} min a pair",
            tightest.name,
            tightest.period_s as f64 / 60.0
        );
    }
    let basis = LoadBasis {
        increasing_net_t: 2_700.0,
        decreasing_net_t: 900.0,
        path_use_share: 0.8,
        days_per_year: 350.0,
    };
    let load = year_load(f64::from(capacity.whole_pairs()), &basis)?;
    println!("  {:.1} Mt a year", load.both_mt_per_year());

    let possible = TrackLine::new((0..sites).map(|site| station(site, 2)).collect())?;
    for pairs_per_day in [20.0, 25.0, 30.0] {
        let cost = |site| if is_built(site) { 0.0 } else { 2.5e6 };
        let costs_usd: Vec<f64> = (0..sites).map(cost).collect();
        let plan = place_loops(&possible, &class, &costs_usd, pairs_per_day, &day)?;
        let new =
            plan.stations.iter().filter(|site| costs_usd.get(**site).is_some_and(|usd| *usd > 0.0));
        let names: Vec<&str> = new
            .filter_map(|site| possible.stations().get(*site).map(|at| at.name.as_str()))
            .collect();
        println!(
            "{pairs_per_day} pairs a day: USD {:.1} million, loops at {}",
            plan.cost_usd / 1e6,
            names.join(", ")
        );
    }

    let daily = DailyTrains { class: "freight".into(), increasing: 8, decreasing: 8 };
    let trains = day_of_trains(&[daily])?;
    let result = train_graph(&today, &[class], &trains, &GraphOptions::default())?;
    let graph = &result.graph;
    let arrived = graph.runs.iter().filter(|run| run.delay_s.is_some()).count();
    println!(
        "8 pairs on one day: {arrived} of {} trains arrive, {:.0} min late in the mean, no graph below {:.0}",
        trains.len(),
        graph.weighted_delay_s as f64 / 60.0 / trains.len() as f64,
        graph.least_delay_s as f64 / 60.0 / trains.len() as f64
    );
    Ok(())
}
