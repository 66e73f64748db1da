//! Where a smooth function of the distance is largest, and from where to where it is positive.

/// Places on a piece before the search closes in.
const PLACES: u32 = 17;
/// Steps of the search: the golden ratio narrows 1e4 m to a micrometre in 48.
const STEPS: u32 = 48;
/// The golden ratio less one.
const GOLDEN: f64 = 0.618_033_988_749_894_9;

/// The place between two distances where a function is largest, and its value there.
///
/// The ends themselves belong to two pieces; places stand a little within.
pub(super) fn worst(
    f: &impl Fn(f64) -> f64,
    (from_m, to_m): (f64, f64),
    is_even: bool,
) -> (f64, f64) {
    let inset_m = (1e-6 * (to_m - from_m)).min(1e-6);
    let (low_m, high_m) = (from_m + inset_m, to_m - inset_m);
    if is_even {
        let middle_m = 0.5 * (low_m + high_m);
        return (middle_m, f(middle_m));
    }
    let step_m = (high_m - low_m) / f64::from(PLACES - 1);
    let places = (0..PLACES).map(|place| low_m + step_m * f64::from(place));
    let places: Vec<(f64, f64)> = places.map(|at_m| (at_m, f(at_m))).collect();
    let mut best = (low_m, f64::NEG_INFINITY);
    for &place in &places {
        if place.1 > best.1 {
            best = place;
        }
    }
    // A lower place may have the higher top beside it, where the function falls off steeply.
    let most = best.1;
    for (index, &(at_m, here)) in places.iter().enumerate() {
        let beside = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
        let falls = beside.filter_map(|beside| Some(here - places.get(beside)?.1));
        let [least, steepest] = falls
            .fold([f64::INFINITY, 0.0], |[least, most], fall| [fall.min(least), fall.max(most)]);
        if least >= 0.0 && steepest > 0.0 && here + steepest >= most {
            let top = top(f, (at_m - step_m).max(low_m), (at_m + step_m).min(high_m));
            if top.1 > best.1 {
                best = top;
            }
        }
    }
    best
}

/// The top of a function that rises and then falls between two distances.
fn top(f: &impl Fn(f64) -> f64, mut a_m: f64, mut b_m: f64) -> (f64, f64) {
    let mut best = (a_m, f64::NEG_INFINITY);
    for _ in 0..STEPS {
        let [left_m, right_m] = [b_m - GOLDEN * (b_m - a_m), a_m + GOLDEN * (b_m - a_m)];
        let [left, right] = [f(left_m), f(right_m)];
        for candidate in [(left_m, left), (right_m, right)] {
            if candidate.1 > best.1 {
                best = candidate;
            }
        }
        if left >= right {
            b_m = right_m;
        } else {
            a_m = left_m;
        }
        if b_m - a_m < 1e-6 {
            break;
        }
    }
    best
}

/// The stretch about a place within which a function stays positive.
pub(super) fn edges(f: &impl Fn(f64) -> f64, (from_m, to_m): (f64, f64), at_m: f64) -> (f64, f64) {
    let edge = |end_m: f64| {
        let inset_m = (at_m - end_m).signum() * (1e-6_f64).min((at_m - end_m).abs());
        if f(end_m + inset_m) > 0.0 {
            return end_m;
        }
        let (mut inside_m, mut outside_m) = (at_m, end_m);
        for _ in 0..STEPS {
            let middle_m = 0.5 * (inside_m + outside_m);
            if f(middle_m) > 0.0 {
                inside_m = middle_m;
            } else {
                outside_m = middle_m;
            }
        }
        inside_m
    };
    (edge(from_m), edge(to_m))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_value_and_where_it_is_positive() {
        // A parabola whose top lies anywhere: 1 - (x - 37.3)^2 / 100, positive for 10 m each way.
        let f = |x: f64| 1.0 - (x - 37.3).powi(2) / 100.0;
        let (at_m, most) = worst(&f, (0.0, 100.0), false);
        assert!((at_m - 37.3).abs() < 1e-4 && (most - 1.0).abs() < 1e-9, "{at_m} {most}");
        let (from_m, to_m) = edges(&f, (0.0, 100.0), at_m);
        assert!((from_m - 27.3).abs() < 1e-6 && (to_m - 47.3).abs() < 1e-6, "{from_m} {to_m}");
        // Two tops, the higher one beside the lower place: 1 at 20, and 1.01 at 53.1 on a narrow one.
        let two =
            |x: f64| (1.0 - (x - 20.0).powi(2) / 400.0).max(1.01 - ((x - 53.1) / 4.5).powi(2));
        let (at_m, most) = worst(&two, (0.0, 100.0), false);
        assert!((at_m - 53.1).abs() < 1e-4 && (most - 1.01).abs() < 1e-9, "{at_m} {most}");
        // Largest at an end, which is positive too.
        let (at_m, _) = worst(&|x: f64| x - 20.0, (0.0, 50.0), false);
        assert!((at_m - 50.0).abs() < 1e-5);
        assert_eq!(edges(&|x: f64| x - 20.0, (0.0, 50.0), at_m).1, 50.0);
    }
}
