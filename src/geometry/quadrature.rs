//! Integrals after Gauss and Legendre: the way that a bearing leads, the length of a slope.

use std::convert::Infallible;

/// Nodes and weights of the rule with twelve nodes, half of them: the others lie opposite.
/// Roots of the Legendre polynomial P12 and 2 / ((1 - x^2) P12'(x)^2), computed with 40 digits.
const NODES: [(f64, f64); 6] = [
    (0.125_233_408_511_468_9, 0.249_147_045_813_402_8),
    (0.367_831_498_998_180_2, 0.233_492_536_538_354_8),
    (0.587_317_954_286_617_5, 0.203_167_426_723_065_92),
    (0.769_902_674_194_304_7, 0.160_078_328_543_346_22),
    (0.904_117_256_370_474_9, 0.106_939_325_995_318_43),
    (0.981_560_634_246_719_2, 0.047_175_336_386_511_83),
];

/// How far a panel may turn. On half a radian the rule is exact to the last digits for all shapes.
const PANEL_RAD: f64 = 0.5;

/// Integrals of several functions between two numbers, in so many panels; the first error of the
/// functions ends it.
pub(super) fn try_integrals<const N: usize, E>(
    of: impl Fn(f64) -> Result<[f64; N], E>,
    (from, to): (f64, f64),
    panels: f64,
) -> Result<[f64; N], E> {
    let half = 0.5 * (to - from) / panels;
    let mut totals = [0.0; N];
    let mut panel = 0.0;
    while panel < panels {
        let middle = from + (2.0 * panel + 1.0) * half;
        let mut means = [0.0; N];
        for (node, weight) in NODES {
            let values = of(middle - node * half)?.into_iter().zip(of(middle + node * half)?);
            for (mean, (value, opposite)) in means.iter_mut().zip(values) {
                *mean += weight * (value + opposite);
            }
        }
        for (total, mean) in totals.iter_mut().zip(means) {
            *total += half * mean;
        }
        panel += 1.0;
    }
    Ok(totals)
}

/// Integrals of functions that always have a value.
pub(super) fn integrals<const N: usize>(
    of: impl Fn(f64) -> [f64; N],
    range: (f64, f64),
    panels: f64,
) -> [f64; N] {
    let Ok(totals) = try_integrals(|at| Ok::<_, Infallible>(of(at)), range, panels);
    totals
}

/// Integrals of the cosine and the sine of a bearing between two distances.
///
/// `turn_rad` gives the bearing, which must be smooth between them and never turn by more than
/// `most_curvature_per_m` a metre. Unlike differences of Fresnel integrals, which lose ten digits
/// where a curve is nearly an arc, the sum has no small differences of large numbers.
pub(super) fn displacement_m(
    turn_rad: impl Fn(f64) -> f64,
    (from_m, to_m): (f64, f64),
    most_curvature_per_m: f64,
) -> [f64; 2] {
    let along = |distance_m: f64| {
        let (sine, cosine) = turn_rad(distance_m).sin_cos();
        [cosine, sine]
    };
    integrals(along, (from_m, to_m), panels(most_curvature_per_m * (to_m - from_m).abs()))
}

/// How many panels a turn takes.
pub(super) fn panels(most_turn_rad: f64) -> f64 {
    (most_turn_rad / PANEL_RAD).ceil().max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_closes_and_a_half_is_its_diameter_wide() {
        let turn = |distance_m: f64| distance_m / 300.0;
        let whole_m = 600.0 * std::f64::consts::PI;
        let [e_m, n_m] = displacement_m(turn, (0.0, whole_m), 1.0 / 300.0);
        assert!(e_m.abs() < 1e-12 && n_m.abs() < 1e-12, "{e_m} {n_m}");
        let [_, n_m] = displacement_m(turn, (0.0, 0.5 * whole_m), 1.0 / 300.0);
        assert!((n_m - 600.0).abs() < 1e-12, "{n_m}");
    }

    #[test]
    fn powers_up_to_the_twenty_third_are_exact() {
        let powers = |x: f64| [x.powi(22), x.powi(23)];
        let [even, odd] = integrals(powers, (0.0, 2.0), 1.0);
        assert!((even / (2.0_f64.powi(23) / 23.0) - 1.0).abs() < 1e-14);
        assert!((odd / (2.0_f64.powi(24) / 24.0) - 1.0).abs() < 1e-14);
    }
}
