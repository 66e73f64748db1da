//! A way freed from the steps of its cells.
//!
//! A search runs from the middle of a cell to the middle of another, while a track lies anywhere
//! in its cells. The way is cut into pieces of half a cell, and each point is replaced by the mean
//! of its neighbours: zigzags between two cells go, the course stays.

use super::RoutePoint;
use crate::geodesy::{LonLat, distance_m};

/// The way as points about `spacing_m` apart, each the mean of up to `reach` points on both sides;
/// near an end of as many as there are to it, so that the ends stay.
pub(super) fn smoothed(points: &[RoutePoint], spacing_m: f64, reach: usize) -> Vec<LonLat> {
    let even = evenly_spaced(points, spacing_m);
    let last = even.len().saturating_sub(1);
    let mean = |at: usize| {
        let reach = reach.min(at).min(last - at);
        let near = even.get(at - reach..=at + reach).unwrap_or_default();
        #[expect(clippy::cast_precision_loss, reason = "a few points")]
        let share = 1.0 / (2 * reach + 1) as f64;
        LonLat {
            lon_deg: near.iter().map(|place| place.lon_deg).sum::<f64>() * share,
            lat_deg: near.iter().map(|place| place.lat_deg).sum::<f64>() * share,
        }
    };
    (0..even.len()).map(mean).collect()
}

/// Points at equal distances along the way, from its first to its last.
fn evenly_spaced(points: &[RoutePoint], spacing_m: f64) -> Vec<LonLat> {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Vec::new() };
    let length_m = last.chainage_m - first.chainage_m;
    // No finer than sixteen pieces for each piece of the way.
    let most = points.len().saturating_mul(16);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
    let pieces = ((length_m / spacing_m).round() as usize).clamp(1, most);
    let mut even = Vec::with_capacity(pieces + 1);
    let mut after = 1;
    for piece in 0..pieces {
        #[expect(clippy::cast_precision_loss, reason = "counts of points")]
        let chainage_m = first.chainage_m + length_m * (piece as f64 / pieces as f64);
        while points.get(after).is_some_and(|point| point.chainage_m < chainage_m) {
            after += 1;
        }
        if let (Some(a), Some(b)) = (points.get(after - 1), points.get(after)) {
            let share = (chainage_m - a.chainage_m) / (b.chainage_m - a.chainage_m).max(1e-9);
            even.push(between(a.place, b.place, share.clamp(0.0, 1.0)));
        }
    }
    even.push(last.place);
    even
}

fn between(a: LonLat, b: LonLat, share: f64) -> LonLat {
    LonLat {
        lon_deg: a.lon_deg + (b.lon_deg - a.lon_deg) * share,
        lat_deg: a.lat_deg + (b.lat_deg - a.lat_deg) * share,
    }
}

/// Length of a way, metres, and the sum of its turns in both directions, degrees.
pub(super) fn length_and_turning(places: &[LonLat]) -> (f64, f64) {
    let mut length_m = 0.0;
    let mut turning_deg = 0.0;
    let mut before: Option<f64> = None;
    for (a, b) in places.iter().zip(places.iter().skip(1)) {
        let piece_m = distance_m(*a, *b);
        length_m += piece_m;
        if piece_m < 1e-3 {
            continue;
        }
        let east = (b.lon_deg - a.lon_deg) * (0.5 * (a.lat_deg + b.lat_deg)).to_radians().cos();
        let heading_deg = east.atan2(b.lat_deg - a.lat_deg).to_degrees();
        if let Some(before_deg) = before {
            let turn_deg = (heading_deg - before_deg).rem_euclid(360.0);
            turning_deg += turn_deg.min(360.0 - turn_deg);
        }
        before = Some(heading_deg);
    }
    (length_m, turning_deg)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(places: &[(f64, f64)]) -> Vec<RoutePoint> {
        let mut points: Vec<RoutePoint> = Vec::new();
        for &(lon_deg, lat_deg) in places {
            let place = LonLat { lon_deg, lat_deg };
            let chainage_m =
                points.last().map_or(0.0, |last| last.chainage_m + distance_m(last.place, place));
            points.push(RoutePoint { chainage_m, place, height_m: 0.0, ground_m: 0.0 });
        }
        points
    }

    #[test]
    fn a_straight_way_stays_as_it_is() {
        let points = way(&[(60.0, 0.0), (60.05, 0.0), (60.2, 0.0)]);
        let (length_m, turning_deg) = length_and_turning(&smoothed(&points, 500.0, 2));
        assert!((length_m - points[2].chainage_m).abs() < 1e-6, "{length_m}");
        assert!(turning_deg < 1e-9, "{turning_deg}");
    }

    #[test]
    fn a_corner_turns_by_a_right_angle_and_is_cut() {
        // On the equator, a tenth of a degree (11 km) east and one north.
        let points = way(&[(60.0, 0.0), (60.1, 0.0), (60.1, 0.1)]);
        let (length_m, turning_deg) = length_and_turning(&smoothed(&points, 500.0, 2));
        assert!((turning_deg - 90.0).abs() < 0.1, "{turning_deg}");
        let cut_m = points[2].chainage_m - length_m;
        assert!(cut_m > 100.0 && cut_m < 1_000.0, "{cut_m}");
    }

    #[test]
    fn zigzags_of_cells_go() {
        // East by twenty steps of 1.1 km, to and fro by as much: 1.41 times as long as straight.
        let steps: Vec<(f64, f64)> =
            (0..=20).map(|i| (60.0 + 0.01 * f64::from(i), 0.01 * f64::from(i % 2))).collect();
        let points = way(&steps);
        let (length_m, _) = length_and_turning(&smoothed(&points, 550.0, 4));
        let straight_m = distance_m(points[0].place, points[20].place);
        assert!(points[20].chainage_m > 1.40 * straight_m);
        assert!(length_m < 1.1 * straight_m, "{length_m} {straight_m}");
    }

    #[test]
    fn ways_without_length_are_no_trouble() {
        assert!(smoothed(&[], 500.0, 2).is_empty());
        let here = way(&[(60.0, 30.0)]);
        assert_eq!(length_and_turning(&smoothed(&here, 500.0, 2)), (0.0, 0.0));
        let twice = way(&[(60.0, 30.0), (60.0, 30.0)]);
        assert_eq!(length_and_turning(&smoothed(&twice, 500.0, 2)), (0.0, 0.0));
    }
}
