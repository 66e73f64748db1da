//! Where stations and crossing loops lie on a plan.

use crate::geometry::Horizontal;

/// How far from its even place a loop should lie, as a share of the spacing, and may lie.
const NEAR: f64 = 0.3;
const FAR: f64 = 0.5;

/// How many loops a line has between its ends so that they lie about so far apart; 0 is for none.
pub(crate) fn loops_wanted(line_m: f64, spacing_m: f64) -> f64 {
    if spacing_m > 0.0 && line_m >= 1.5 * spacing_m {
        (line_m / spacing_m).round() - 1.0
    } else {
        0.0
    }
}

/// What the loops of a line are.
#[derive(Debug, Clone, Copy)]
pub(super) struct LoopRules {
    /// How far apart they should lie.
    pub(super) spacing_m: f64,
    /// How long each is.
    pub(super) length_m: f64,
    /// No curve in one is sharper.
    pub(super) least_radius_m: f64,
}

/// A place for each loop, near its even place between the ends, where the line climbs least: on a
/// tangent that is long enough; if there is none, where no curve is too sharp; if that is nowhere
/// near, anywhere up to half of the way to the next. Loops that find no place are left out.
///
/// `climb_permille` tells how steep the line is about a place.
pub(super) fn loops_m(
    plan: &Horizontal,
    rules: &LoopRules,
    climb_permille: &dyn Fn(f64) -> f64,
) -> Vec<f64> {
    let wanted = loops_wanted(plan.length_m(), rules.spacing_m);
    let even_m = plan.length_m() / (wanted + 1.0);
    let straight = stretches(plan, f64::INFINITY);
    let gentle = stretches(plan, rules.least_radius_m);
    let choices = [(&straight, NEAR), (&gentle, NEAR), (&straight, FAR), (&gentle, FAR)];
    let mut loops = Vec::new();
    let mut number = 1.0;
    while number <= wanted {
        let wish_m = number * even_m;
        let places = choices.iter().find_map(|(stretches, reach)| {
            let near_m = [wish_m - reach * even_m, wish_m + reach * even_m];
            best_place(stretches, near_m, rules.length_m, climb_permille)
        });
        loops.extend(places);
        number += 1.0;
    }
    loops
}

/// The best middle of a loop on some stretches, between two places.
fn best_place(
    stretches: &[[f64; 2]],
    [near_m, far_m]: [f64; 2],
    length_m: f64,
    climb_permille: &dyn Fn(f64) -> f64,
) -> Option<f64> {
    let (wish_m, reach_m) = (0.5 * (near_m + far_m), 0.5 * (far_m - near_m));
    let places = stretches.iter().flat_map(|[from_m, to_m]| {
        let (low_m, high_m) = (from_m + 0.5 * length_m, to_m - 0.5 * length_m);
        let (low_m, high_m) = (low_m.max(near_m), high_m.min(far_m));
        let pieces = ((high_m - low_m) / 250.0).floor().max(0.0);
        let is_none = high_m < low_m;
        (0..if is_none { 0 } else { whole(pieces) + 1 })
            .map(move |piece| low_m + 250.0 * f64::from(piece))
    });
    // A permille counts as much as a tenth of the way to the farthest place.
    let burden = |at_m: f64| climb_permille(at_m).abs() + 10.0 * (at_m - wish_m).abs() / reach_m;
    places.min_by(|a, b| burden(*a).total_cmp(&burden(*b)))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small count; it saturates"
)]
fn whole(pieces: f64) -> u32 {
    pieces as u32
}

/// From where to where no curve of a plan is sharper than a radius; with an endless one where it is
/// straight.
pub(super) fn stretches(plan: &Horizontal, least_radius_m: f64) -> Vec<[f64; 2]> {
    let mut stretches: Vec<[f64; 2]> = Vec::new();
    for (element, (from_m, to_m)) in plan.pieces() {
        let ends = [element.curvature_from_per_m(), element.curvature_to_per_m()];
        let sharpest_per_m = ends.into_iter().map(f64::abs).fold(0.0, f64::max);
        if sharpest_per_m > 1.0 / least_radius_m {
            continue;
        }
        match stretches.last_mut() {
            // Tangents that follow one another stay apart: so they lay as tangents alone.
            Some([_, end_m]) if least_radius_m.is_finite() && *end_m == from_m => *end_m = to_m,
            _ => stretches.push([from_m, to_m]),
        }
    }
    stretches
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
        let rules = LoopRules { spacing_m: 20_000.0, length_m: 1000.0, least_radius_m: 600.0 };
        let flat = loops_m(&plan, &rules, &|_| 0.0);
        assert_eq!(flat.len(), 1);
        assert!((flat[0] - 22_500.0).abs() < 1e-6, "{flat:?}");
        let climb = |at_m: f64| if at_m > 20_000.0 { 9.0 } else { 0.0 };
        let steep_there = loops_m(&plan, &rules, &climb);
        assert!(steep_there[0] <= 17_500.0, "{steep_there:?}");
        let none = LoopRules { spacing_m: 0.0, ..rules };
        assert!(loops_m(&plan, &none, &|_| 0.0).is_empty());
        let too_long = LoopRules { length_m: 45_000.0, ..rules };
        assert!(loops_m(&plan, &too_long, &|_| 0.0).is_empty());
    }

    #[test]
    fn where_nothing_is_straight_a_loop_lies_on_a_gentle_curve() {
        let arc = |radius_m, length_m| Arc::new(length_m, radius_m).unwrap().into();
        let elements = vec![arc(400.0, 15_000.0), arc(800.0, 3_000.0), arc(400.0, 22_000.0)];
        let plan = Horizontal::new(Coord { e_m: 0.0, n_m: 0.0 }, 0.0, elements).unwrap();
        let rules = LoopRules { spacing_m: 20_000.0, length_m: 1000.0, least_radius_m: 600.0 };
        // Of 15 to 18 km, the middle nearest to 20 km.
        assert_eq!(loops_m(&plan, &rules, &|_| 0.0), [17_500.0]);
        let sharp = LoopRules { least_radius_m: 900.0, ..rules };
        assert!(loops_m(&plan, &sharp, &|_| 0.0).is_empty());
    }
}
