//! Where stations and crossing loops lie on a plan.

use crate::geometry::{Element, Horizontal};

/// How far from its even place a loop may lie, as a share of the spacing.
const REACH: f64 = 0.3;

/// How many loops a line has between its ends so that they lie about so far apart; 0 is for none.
pub(super) fn loops_wanted(line_m: f64, spacing_m: f64) -> f64 {
    if spacing_m > 0.0 && line_m >= 1.5 * spacing_m {
        (line_m / spacing_m).round() - 1.0
    } else {
        0.0
    }
}

/// A place for each loop: on a tangent that is long enough, near its even place between the ends,
/// where the line climbs least. Loops that find no tangent are left out.
///
/// `climb_permille` tells how steep the line is about a place.
pub(super) fn loops_m(
    plan: &Horizontal,
    spacing_m: f64,
    length_m: f64,
    climb_permille: &dyn Fn(f64) -> f64,
) -> Vec<f64> {
    let wanted = loops_wanted(plan.length_m(), spacing_m);
    let even_m = plan.length_m() / (wanted + 1.0);
    let mut loops = Vec::new();
    let mut number = 1.0;
    while number <= wanted {
        let wish_m = number * even_m;
        let reach_m = REACH * even_m;
        let places = tangents(plan).flat_map(|(from_m, to_m)| {
            let (low_m, high_m) = (from_m + 0.5 * length_m, to_m - 0.5 * length_m);
            let (low_m, high_m) = (low_m.max(wish_m - reach_m), high_m.min(wish_m + reach_m));
            let pieces = ((high_m - low_m) / 250.0).floor().max(0.0);
            let is_none = high_m < low_m;
            (0..if is_none { 0 } else { whole(pieces) + 1 })
                .map(move |piece| low_m + 250.0 * f64::from(piece))
        });
        // A permille counts as much as a tenth of the way to the farthest place.
        let burden =
            |at_m: f64| climb_permille(at_m).abs() + 10.0 * (at_m - wish_m).abs() / reach_m;
        let best = places.min_by(|a, b| burden(*a).total_cmp(&burden(*b)));
        loops.extend(best);
        number += 1.0;
    }
    loops
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small count; it saturates"
)]
fn whole(pieces: f64) -> u32 {
    pieces as u32
}

/// From where to where a plan runs straight.
fn tangents(plan: &Horizontal) -> impl Iterator<Item = (f64, f64)> {
    plan.pieces().filter_map(|(element, span_m)| match element {
        Element::Tangent(_) => Some(span_m),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::Coord;
    use crate::geometry::{Arc, Tangent};

    #[test]
    fn loops_lie_on_tangents_where_the_line_climbs_least() {
        let tangent = |length_m| Tangent::new(length_m).unwrap().into();
        let arc = Arc::new(4_000.0, 3_000.0).unwrap().into();
        let elements = vec![tangent(18_000.0), arc, tangent(20_000.0)];
        let plan = Horizontal::new(Coord { e_m: 0.0, n_m: 0.0 }, 0.0, elements).unwrap();
        // 42 km: two stretches of 21; the even place is just before the arc ends.
        let flat = loops_m(&plan, 20_000.0, 1000.0, &|_| 0.0);
        assert_eq!(flat.len(), 1);
        assert!((flat[0] - 22_500.0).abs() < 1e-6, "{flat:?}");
        let steep_there =
            loops_m(&plan, 20_000.0, 1000.0, &|at_m| if at_m > 20_000.0 { 9.0 } else { 0.0 });
        assert!(steep_there[0] <= 17_500.0, "{steep_there:?}");
        assert!(loops_m(&plan, 0.0, 1000.0, &|_| 0.0).is_empty());
        assert!(loops_m(&plan, 20_000.0, 30_000.0, &|_| 0.0).is_empty());
    }
}
