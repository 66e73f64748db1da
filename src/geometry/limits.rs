//! What an element may be: refused at the border, so that all inside is finite.

use crate::Result;
use crate::error::within;
use crate::geodesy::Coord;

/// Shorter than any number of a design.
const LEAST_LENGTH_M: f64 = 1e-12;

/// Longer than any railway.
pub(super) const MOST_LENGTH_M: f64 = 1e7;

/// Radii from a millimetre on: curves of toys, and of tests that mean to be hard.
const MOST_CURVATURE_PER_M: f64 = 1e3;

/// 1,600 whole turns in one element.
pub(super) const MOST_TURN_RAD: f64 = 1e4;

/// Distances may lie beyond an end by what sums of lengths lose to rounding.
pub(super) const BEYOND_END_M: f64 = 1e-6;

/// Coordinates that a metre still moves by its nanometre.
const MOST_COORD_M: f64 = 1e9;

/// Both numbers of a place.
pub(super) fn coord(prefix: &str, coord: Coord, hint: &str) -> Result<()> {
    let range = (-MOST_COORD_M, MOST_COORD_M);
    within(|| format!("{prefix}e_m"), coord.e_m, range, hint)?;
    within(|| format!("{prefix}n_m"), coord.n_m, range, hint)
}

/// A bearing, which may run on beyond a whole turn.
pub(super) fn bearing(item: &str, bearing_rad: f64) -> Result<()> {
    within(|| item.to_owned(), bearing_rad, (-1e3, 1e3), "from east, anticlockwise")
}

/// Between the middles of the rail heads.
pub(super) fn rail_head_distance(distance_m: f64) -> Result<()> {
    let item = || "rail_head_distance_m".to_owned();
    within(item, distance_m, (0.3, 3.0), "it is about 1.5 m on 1435 mm")
}

/// A length, more than nothing.
pub(super) fn length(length_m: f64) -> Result<()> {
    let item = || "length_m of an element".to_owned();
    within(item, length_m, (LEAST_LENGTH_M, MOST_LENGTH_M), "give its length in metres")
}

/// A curvature, which may be 0.
pub(super) fn curvature(curvature_per_m: f64) -> Result<()> {
    let item = || "curvature_per_m of an element".to_owned();
    let range = (-MOST_CURVATURE_PER_M, MOST_CURVATURE_PER_M);
    within(item, curvature_per_m, range, "it is 1 / radius, positive to the left, 0 on a tangent")
}

/// How much an element turns at most.
pub(super) fn turn(most_turn_rad: f64) -> Result<()> {
    let item = || "largest curvature times length_m of an element".to_owned();
    within(item, most_turn_rad, (0.0, MOST_TURN_RAD), "give the radius in metres, not kilometres")
}

/// A distance within an element or a line, but for what rounding adds.
pub(super) fn distance(distance_m: f64, length_m: f64) -> Result<()> {
    let item = || format!("distance_m on {length_m} m");
    let range = (-BEYOND_END_M, length_m + BEYOND_END_M);
    within(item, distance_m, range, "distances count from the beginning, 0, to the end")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_or_no_length_is_refused() {
        for bad in [f64::NAN, f64::INFINITY, -1.0, 0.0, -0.0, 1.1e7] {
            assert!(length(bad).is_err(), "{bad}");
        }
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e4] {
            assert!(curvature(bad).is_err() && turn(bad * 1e3).is_err(), "{bad}");
        }
        for bad in [f64::NAN, f64::INFINITY, -1e-3, 100.001] {
            assert!(distance(bad, 100.0).is_err(), "{bad}");
        }
        assert!(length(1e-9).is_ok() && curvature(0.0).is_ok() && distance(100.0, 100.0).is_ok());
    }

    #[test]
    fn an_error_says_what_where_and_what_would_be_right() {
        let text = distance(120.0, 100.0).unwrap_err().to_string();
        assert!(text.contains("distance_m on 100 m = 120"), "{text}");
        assert!(text.contains("distances count from the beginning"), "{text}");
    }
}
