//! Limits of speed through stations, on bridges and in tunnels.

use super::ServicePlace;
use crate::design::{Track, Works};
use crate::model::SpeedPlace;
use crate::operation::{SpeedLimit, SpeedReason, TrackRules};

/// A place of a kind with its ends.
struct Stretch {
    place: SpeedPlace,
    ends_m: [f64; 2],
}

/// Limits of the bridges and tunnels of a designed track, in order.
///
/// Streams are crossed on bridges as long as their beds are wide.
pub(super) fn structure_limits(track: &Track, rules: &TrackRules) -> Vec<SpeedLimit> {
    let structures = track.structures.iter().map(|one| Stretch {
        place: if one.works == Works::Tunnel { SpeedPlace::Tunnel } else { SpeedPlace::Bridge },
        ends_m: [one.from_m, one.to_m],
    });
    let crossings = track.crossings.iter().map(|one| Stretch {
        place: SpeedPlace::Bridge,
        ends_m: [one.distance_m - 0.5 * one.bed_m, one.distance_m + 0.5 * one.bed_m],
    });
    limits_of(structures.chain(crossings), track.length_m(), rules)
}

fn limits_of(
    structures: impl Iterator<Item = Stretch>,
    end_m: f64,
    rules: &TrackRules,
) -> Vec<SpeedLimit> {
    let limits = structures.filter_map(|one| {
        let [from_m, to_m] = one.ends_m;
        let length_m = to_m - from_m;
        let held = rules.place_speeds.iter().filter(|speed| speed.holds_for(one.place, length_m));
        let speed_kmh = held.map(|speed| speed.speed_kmh).reduce(f64::min)?;
        let words = format!("{} of {length_m:.0} m", one.place.word());
        limit(rules, [from_m.max(0.0), to_m.min(end_m)], speed_kmh, (SpeedReason::Structure, words))
    });
    let mut limits: Vec<SpeedLimit> = limits.collect();
    limits.sort_by(|a, b| a.from_m.total_cmp(&b.from_m));
    limits
}

/// Limits of stations and loops of a line, as far as the line reaches.
pub(super) fn station_limits(places: &[ServicePlace], rules: &TrackRules) -> Vec<SpeedLimit> {
    let own = || rules.place_speeds.iter().filter(|speed| speed.place == SpeedPlace::Station);
    let ends_m = [places.first(), places.last()].map(|place| place.map_or(0.0, |place| place.at_m));
    let [start_m, end_m] = ends_m;
    let limits = places.iter().flat_map(|place| {
        own().filter_map(move |speed| {
            let half_m = 0.5 * speed.length_m.unwrap_or(rules.station_m);
            let ends_m = [(place.at_m - half_m).max(start_m), (place.at_m + half_m).min(end_m)];
            let words = format!("station {}", place.label());
            limit(rules, ends_m, speed.speed_kmh, (SpeedReason::Station, words))
        })
    });
    limits.collect()
}

/// None that holds nobody back.
fn limit(
    rules: &TrackRules,
    [from_m, to_m]: [f64; 2],
    speed_kmh: f64,
    (reason, words): (SpeedReason, String),
) -> Option<SpeedLimit> {
    let is_one = speed_kmh < rules.speed_kmh && from_m < to_m;
    is_one.then_some(SpeedLimit { from_m, to_m, speed_kmh, reason, words })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PlaceSpeed;

    #[test]
    fn stations_limit_half_their_length_to_either_side_on_the_line() {
        let of = |speed_kmh, length_m| PlaceSpeed { speed_kmh, length_m, ..PlaceSpeed::default() };
        let mut rules = TrackRules { station_m: 1050.0, ..TrackRules::default() };
        rules.place_speeds = vec![of(50.0, None), of(80.0, Some(3000.0)), of(70.0, Some(2000.0))];
        let place = |at_m| ServicePlace { name: None, at_m };
        let limits = station_limits(&[place(0.0), place(20e3), place(20.5e3)], &rules);
        let ends: Vec<[f64; 3]> =
            limits.iter().map(|one| [one.from_m, one.to_m, one.speed_kmh]).collect();
        // 80 km/h hold nobody back where the line allows no more.
        assert_eq!(
            ends,
            [
                [0.0, 525.0, 50.0],
                [0.0, 1000.0, 70.0],
                [19_475.0, 20_500.0, 50.0],
                [19_000.0, 20_500.0, 70.0],
                [19_975.0, 20_500.0, 50.0],
                [19_500.0, 20_500.0, 70.0],
            ]
        );
        assert_eq!(limits[2].words, "station km 20.0");
        assert!(station_limits(&[], &rules).is_empty());
    }

    #[test]
    fn the_lowest_speed_that_holds_for_a_structure_limits_it() {
        let of = |place, speed_kmh, least_m| PlaceSpeed {
            place,
            speed_kmh,
            least_m,
            ..PlaceSpeed::default()
        };
        let rules = TrackRules {
            place_speeds: vec![
                of(SpeedPlace::Bridge, 60.0, None),
                of(SpeedPlace::Bridge, 40.0, Some(100.0)),
                of(SpeedPlace::Tunnel, 90.0, None),
                of(SpeedPlace::Station, 20.0, None),
            ],
            ..TrackRules::default()
        };
        let structure = |place, from_m, to_m| Stretch { place, ends_m: [from_m, to_m] };
        let structures = [
            structure(SpeedPlace::Bridge, 5000.0, 5100.0),
            structure(SpeedPlace::Tunnel, 2000.0, 4000.0),
            structure(SpeedPlace::Bridge, 995.0, 1005.0),
            structure(SpeedPlace::Bridge, 7000.0, 7000.0),
            structure(SpeedPlace::Bridge, -4.0, 6.0),
        ];
        let limits = limits_of(structures.into_iter(), 5050.0, &rules);
        let ends: Vec<[f64; 3]> =
            limits.iter().map(|one| [one.from_m, one.to_m, one.speed_kmh]).collect();
        assert_eq!(ends, [[0.0, 6.0, 60.0], [995.0, 1005.0, 60.0], [5000.0, 5050.0, 40.0]]);
        assert_eq!(limits[2].words, "bridge of 100 m");
        assert!(limits.iter().all(|one| one.reason == SpeedReason::Structure));
    }
}
