//! Streams that the designed lines of the flagship cross, beside those of another program.
//!
//! Out of the same terrain, drained by other code: the reaches of streams of more than 500 km2, and
//! 19 places where the chords between the places of the ring road cross them. The files lie beside
//! this repository; without them there is nothing to hold against. The table of docs/designs.md:
//!
//! ```text
//! cargo test --release --features turgundi,parallel --test flagship_streams -- --nocapture
//! ```

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(feature = "turgundi")]

mod streams;

use std::ops::ControlFlow;

use railcorridor::design::{DesignOptions, Track, designs};
use railcorridor::model::{CostItem, Standard, Study};
use railcorridor::route::{LevelOptions, Options, search};
use railcorridor::terrain::{Drainage, globe_30s};
use streams::{Known, Reach, apart_km, are_one_stream, cross};

/// Both programs drain the same heights, but fill pits and leave flats in ways of their own.
const AREA_FACTOR: f64 = 1.25;

/// The same river has this much more or less where it is crossed elsewhere, at most.
const RIVER_FACTOR: f64 = 2.0;

/// The Dori: most of its basin lies beyond the east edge of the embedded terrain.
const CUT_OFF_KM2: f64 = 33_929.0;

/// A node of the terrain is 0.9 km wide, and a stream is charged where it drains most.
const NEAR_M: f64 = 3_000.0;

/// A line crosses a reach.
struct Meeting {
    track: usize,
    distance_m: f64,
    at_deg: [f64; 2],
    reach: usize,
    area_km2: f64,
}

#[test]
fn known_streams_are_bridged_with_what_drains_there() {
    let Some((reaches, known)) = streams::shared() else {
        println!("skipped: ../shared/data is not there");
        return;
    };
    assert_eq!(known.len(), 19);
    let tracks = flagship(15.0);
    let met = meetings(&tracks, &reaches);
    let (mut crossed, mut bridged) = (0, 0);
    for one in &known {
        let same = same_river(one, &met, &reaches);
        println!("| {} | {:.0} | {} |", one.watershed, one.area_km2, words(&tracks, one, same));
        let Some(same) = same else { continue };
        crossed += 1;
        let found = bridge(&tracks[same.track], same);
        bridged += usize::from(found.is_some());
        assert!(
            found.is_some() || one.area_km2 == CUT_OFF_KM2,
            "{} km {:.1}: no bridge for {:.0} km2",
            tracks[same.track].segment,
            same.distance_m / 1e3,
            same.area_km2
        );
    }
    println!("{crossed} of 19 crossed, {bridged} of them with a bridge for what drains there");
    assert!(crossed >= 10, "{crossed} of 19 crossed");
}

/// The nearest place where the designed lines cross the river of a known crossing.
fn same_river<'a>(known: &Known, met: &'a [Meeting], reaches: &[Reach]) -> Option<&'a Meeting> {
    let is_same = |one: &&Meeting| {
        let ratio = one.area_km2 / known.area_km2;
        are_one_stream(reaches, known.reach, one.reach)
            && (1.0 / RIVER_FACTOR..=RIVER_FACTOR).contains(&ratio)
    };
    let off = |one: &&Meeting| apart_km(known.at_deg, one.at_deg);
    met.iter().filter(is_same).min_by(|a, b| off(a).total_cmp(&off(b)))
}

fn words(tracks: &[Track], known: &Known, same: Option<&Meeting>) -> String {
    let Some(same) = same else { return "not crossed | |".to_owned() };
    let track = &tracks[same.track];
    let km2 = bridge(track, same).map_or("none".to_owned(), |(_, km2)| format!("{km2:.0}"));
    let apart_km = apart_km(known.at_deg, same.at_deg);
    format!("{} {:.1} | {km2} | {apart_km:.0}", track.segment, same.distance_m / 1e3)
}

/// Where the design crosses that stream, and what drains there, if the bill has a bridge for it.
fn bridge(track: &Track, met: &Meeting) -> Option<(f64, f64)> {
    let is_near = |at_m: f64| (at_m - met.distance_m).abs() <= NEAR_M;
    let is_as_large = |km2: f64| (1.0 / AREA_FACTOR..=AREA_FACTOR).contains(&(km2 / met.area_km2));
    let is_paid = |at_m: f64| {
        let bridges = track.bill.rows.iter().filter(|row| row.item == CostItem::Bridge);
        bridges.clone().any(|row| (row.from_m..=row.to_m).contains(&at_m))
    };
    let crossings = track.crossings.iter().map(|one| (one.distance_m, one.area_km2));
    let mut fitting =
        crossings.filter(|(at_m, km2)| is_near(*at_m) && is_as_large(*km2) && is_paid(*at_m));
    fitting.next()
}

/// The lines that `corridor design --gradient` builds.
fn flagship(gradient_permille: f64) -> Vec<Track> {
    let study = Study::turgundi().unwrap();
    let grid = globe_30s().unwrap();
    let standard = Standard::builtin_called("1520-mixed-120").unwrap();
    let own = DesignOptions::of_standard(standard).unwrap();
    // Lines of the corridor lie in one plane, that of its middle.
    let options = DesignOptions { gradient_permille, epsg: Some(32_641), ..own };
    let levels = LevelOptions {
        gradient_permille: options.search_gradient_permille(),
        least_radius_m: options.least_radius_m,
        ..LevelOptions::default()
    };
    let routes = search(&study, &grid, &Options { levels, ..Options::default() }).unwrap();
    let drainage = Drainage::of(&grid).unwrap();
    designs(&routes, &grid, Some(&drainage), &options, &|_, _| ControlFlow::Continue(())).unwrap()
}

fn meetings(tracks: &[Track], reaches: &[Reach]) -> Vec<Meeting> {
    let mut met = Vec::new();
    for (track, line) in tracks.iter().enumerate() {
        for pair in line.points.windows(2) {
            let own = [&pair[0], &pair[1]].map(|one| [one.place.lon_deg, one.place.lat_deg]);
            for (number, reach) in reaches.iter().enumerate() {
                let length = (reach.places_deg.len() - 1) as f64;
                for (place, chord) in reach.places_deg.windows(2).enumerate() {
                    let Some([share, other]) = cross(own, [chord[0], chord[1]]) else { continue };
                    let along = (place as f64 + other) / length;
                    let [first_km2, last_km2] = reach.areas_km2;
                    let [from, to] = [pair[0].distance_m, pair[1].distance_m];
                    met.push(Meeting {
                        track,
                        distance_m: from + share * (to - from),
                        at_deg: own[0],
                        reach: number,
                        area_km2: first_km2 + along * (last_km2 - first_km2),
                    });
                }
            }
        }
    }
    met
}
