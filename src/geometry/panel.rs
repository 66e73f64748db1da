//! A piece of a line short enough for one polynomial.

use std::f64::consts::PI;

use super::Element;
use super::sum::Sum;

/// Nodes of a fit; the polynomials for places have one degree more than those of bearings.
const NODES: usize = 13;

/// Terms of the polynomials of a panel.
const TERMS: usize = NODES + 1;

/// What the last terms of a fit may leave of a bearing, or of its cosine and sine: 1e-15 of a
/// panel of 500 m are half a picometre.
const MOST_LEFT_RAD: f64 = 1e-15;

/// A panel never turns by more, so that the nodes cannot miss a turn.
const MOST_TURN_RAD: f64 = 2.0;

/// A panel that turns by less, and is no more than that share of its element, is never halved: what
/// is left then is rounding.
const LEAST_TURN_RAD: f64 = 0.02;
const LEAST_SHARE: f64 = 1.0 / 64.0;

/// A piece of a line: polynomials in u = (s - middle) / half length, from -1 to 1.
///
/// They give easting and northing from the middle, the bearing, and the curvature, side by side,
/// so that one pass evaluates all of them. Eight cache lines.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(super) struct Panel {
    middle_m: f64,
    per_half_m: f64,
    middle_e_m: f64,
    middle_n_m: f64,
    pub(super) half_m: f64,
    /// The curvature, and the change of it, that it nowhere exceeds.
    pub(super) most_curvature_per_m: f64,
    pub(super) most_sharpness_per_m2: f64,
    terms: [[f64; 4]; TERMS],
}

/// Easting and northing from the beginning of the line, bearing, curvature.
pub(super) type Local = [f64; 4];

impl Panel {
    /// The distance where it begins.
    pub(super) fn start_m(&self) -> f64 {
        self.middle_m - self.half_m
    }

    /// What its polynomials give at a distance along the line; beyond an end what they give there.
    #[inline]
    pub(super) fn at(&self, distance_m: f64) -> Local {
        // On an element shorter than distances have digits, rounding would lead far beyond it.
        let u = ((distance_m - self.middle_m) * self.per_half_m).clamp(-1.0, 1.0);
        let [e_m, n_m, bearing_rad, curvature_per_m] = evaluate(&self.terms, u);
        [self.middle_e_m + e_m, self.middle_n_m + n_m, bearing_rad, curvature_per_m]
    }
}

/// Even and odd terms apart, which halves the chain of operations that wait for one another.
/// Products and sums apart too: fused, they would be calls of a library where the processor that
/// the program is built for lacks them.
#[inline]
fn evaluate(terms: &[[f64; 4]; TERMS], u: f64) -> Local {
    let square = u * u;
    let [mut even, mut odd] = [terms[TERMS - 2], terms[TERMS - 1]];
    let mut place = TERMS - 2;
    while place >= 2 {
        place -= 2;
        for lane in 0..4 {
            even[lane] = even[lane] * square + terms[place][lane];
            odd[lane] = odd[lane] * square + terms[place + 1][lane];
        }
    }
    let mut values = [0.0; 4];
    for lane in 0..4 {
        values[lane] = even[lane] + u * odd[lane];
    }
    values
}

/// Where the next panel begins, and in which bearing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Joint {
    distance_m: Sum,
    e_m: Sum,
    n_m: Sum,
    bearing_rad: Sum,
}

impl Joint {
    /// The beginning of a line.
    pub(super) fn new(bearing_rad: f64) -> Self {
        Self {
            distance_m: Sum::default(),
            e_m: Sum::default(),
            n_m: Sum::default(),
            bearing_rad: Sum::new(bearing_rad),
        }
    }

    /// Distance from the beginning of the line.
    pub(super) fn distance_m(&self) -> f64 {
        self.distance_m.value()
    }
}

/// Cuts elements into panels.
pub(super) struct Fitting {
    /// The nodes of Chebyshev, cos(pi (j + 1/2) / N).
    nodes: [f64; NODES],
    /// Row k: cos(k pi (j + 1/2) / N), times 2 / N (half of that for k = 0).
    rows: [[f64; NODES]; NODES],
    /// Row k: the terms of the Chebyshev polynomial of degree k.
    polynomials: [[f64; TERMS]; TERMS],
    /// Row k: the terms of the integral of that polynomial, but for the constant.
    integrals: [[f64; TERMS]; NODES],
}

impl Fitting {
    #[expect(clippy::cast_precision_loss, reason = "numbers up to thirteen")]
    pub(super) fn new() -> Self {
        let angle = |k: usize, j: usize| PI * k as f64 * (j as f64 + 0.5) / NODES as f64;
        let mut rows = [[0.0; NODES]; NODES];
        for (k, row) in rows.iter_mut().enumerate() {
            for (j, cell) in row.iter_mut().enumerate() {
                *cell = angle(k, j).cos() * if k == 0 { 1.0 } else { 2.0 } / NODES as f64;
            }
        }
        // T0 = 1, T1 = u, T(k+1) = 2 u T(k) - T(k-1).
        let mut polynomials = [[0.0; TERMS]; TERMS];
        polynomials[0][0] = 1.0;
        polynomials[1][1] = 1.0;
        for k in 2..TERMS {
            for term in 0..TERMS {
                let before = if term == 0 { 0.0 } else { polynomials[k - 1][term - 1] };
                polynomials[k][term] = 2.0 * before - polynomials[k - 2][term];
            }
        }
        let integrals = std::array::from_fn(|k| integral(&polynomials, k));
        Self { nodes: std::array::from_fn(|j| angle(1, j).cos()), rows, polynomials, integrals }
    }

    /// Appends the panels of an element to those of a line, and leaves the joint at its end.
    pub(super) fn append(&self, element: &Element, joint: &mut Joint, panels: &mut Vec<Panel>) {
        let length_m = element.length_m();
        let start = *joint;
        // The piece before is taken out first. A transition is cut at its half, where that of
        // Helmert has a kink.
        let half_m = 0.5 * length_m;
        let mut pieces = match element {
            Element::Transition(_) => vec![(half_m, length_m), (0.0, half_m)],
            Element::Tangent(_) | Element::Arc(_) => vec![(0.0, length_m)],
        };
        while let Some((from_m, to_m)) = pieces.pop() {
            let middle_m = 0.5 * (from_m + to_m);
            match self.panel(element, (from_m, to_m), &start, joint) {
                Some(panel) => panels.push(panel),
                None => pieces.extend([(middle_m, to_m), (from_m, middle_m)]),
            }
        }
        joint.distance_m = start.distance_m.plus(length_m);
        joint.bearing_rad = start.bearing_rad.plus(element.turn_rad());
    }

    /// The panel over a range of an element, or nothing if the range is too long for one; moves the
    /// place of the joint on.
    fn panel(
        &self,
        element: &Element,
        (from_m, to_m): (f64, f64),
        start: &Joint,
        joint: &mut Joint,
    ) -> Option<Panel> {
        let (middle_m, half_m) = (0.5 * (from_m + to_m), 0.5 * (to_m - from_m));
        let turn_rad = element.turn_at_rad(middle_m);
        let bearing_rad = start.bearing_rad.plus(turn_rad).value();
        let most_curvature_per_m = element.most_curvature_per_m(from_m, to_m);
        let mut terms = [[0.0; 4]; TERMS];
        if let Element::Tangent(_) = element {
            let (sine, cosine) = bearing_rad.sin_cos();
            terms[0][2] = bearing_rad;
            terms[1] = [half_m * cosine, half_m * sine, 0.0, 0.0];
        } else {
            let panel_rad = 2.0 * half_m * most_curvature_per_m;
            if panel_rad > MOST_TURN_RAD {
                return None;
            }
            let fit = self.fit(element, middle_m, half_m, turn_rad);
            // Bearings of elements with many turns have fewer digits behind the point.
            let length_m = element.length_m();
            let whole_rad = length_m * element.most_curvature_per_m(0.0, length_m);
            let is_rough = fit.left_rad > MOST_LEFT_RAD * whole_rad.max(1.0);
            if is_rough && (panel_rad > LEAST_TURN_RAD || half_m > LEAST_SHARE * length_m) {
                return None;
            }
            let (sine, cosine) = bearing_rad.sin_cos();
            for (term, [along, across, turn, curvature]) in terms.iter_mut().zip(fit.terms) {
                *term = [
                    half_m * (cosine * along - sine * across),
                    half_m * (sine * along + cosine * across),
                    turn,
                    curvature,
                ];
            }
            terms[0][2] += bearing_rad;
        }
        let [back, ahead] = [-1.0, 1.0].map(|u| evaluate(&terms, u));
        let (middle_e_m, middle_n_m) = (joint.e_m.plus(-back[0]), joint.n_m.plus(-back[1]));
        joint.e_m = middle_e_m.plus(ahead[0]);
        joint.n_m = middle_n_m.plus(ahead[1]);
        Some(Panel {
            middle_m: start.distance_m.plus(middle_m).value(),
            per_half_m: 1.0 / half_m,
            middle_e_m: middle_e_m.value(),
            middle_n_m: middle_n_m.value(),
            half_m,
            most_curvature_per_m,
            most_sharpness_per_m2: element.most_sharpness_per_m2(),
            terms,
        })
    }

    /// The way ahead and aside in half lengths, the turn from the middle, and the curvature, each as
    /// a polynomial.
    fn fit(&self, element: &Element, middle_m: f64, half_m: f64, turn_rad: f64) -> Fit {
        let mut samples = [[0.0; 4]; NODES];
        for (sample, node) in samples.iter_mut().zip(self.nodes) {
            let distance_m = middle_m + node * half_m;
            let turned_rad = element.turn_at_rad(distance_m) - turn_rad;
            let half_sine = (0.5 * turned_rad).sin();
            // cos a - 1 and not cos a: so the digits of the long way ahead are not rounded.
            let shortening = -2.0 * half_sine * half_sine;
            let curvature_per_m = element.curvature_per_m(distance_m);
            *sample = [shortening, turned_rad.sin(), turned_rad, curvature_per_m];
        }
        let mut series = [[0.0; 4]; NODES];
        for (row, coefficient) in self.rows.iter().zip(&mut series) {
            for (weight, sample) in row.iter().zip(samples) {
                for (sum, value) in coefficient.iter_mut().zip(sample) {
                    *sum += weight * value;
                }
            }
        }
        let left_rad =
            series[NODES - 2..].iter().fold(0.0_f64, |most, &[a, b, turn, curvature]| {
                most.max(a.abs()).max(b.abs()).max(turn.abs()).max((curvature * half_m).abs())
            });
        let mut terms = [[0.0; 4]; TERMS];
        for (k, &[shortening, sine, turn, curvature]) in series.iter().enumerate() {
            for (term, part) in terms.iter_mut().zip(self.polynomials[k]) {
                term[2] += part * turn;
                term[3] += part * curvature;
            }
            for (term, part) in terms.iter_mut().zip(self.integrals[k]) {
                term[0] += part * shortening;
                term[1] += part * sine;
            }
        }
        terms[1][0] += 1.0;
        // The middle is the origin.
        (terms[0][0], terms[0][1]) = (0.0, 0.0);
        Fit { terms, left_rad }
    }
}

/// The terms of the integral of a Chebyshev polynomial, but for the constant:
/// T(k+1) / 2 (k + 1) - T(k-1) / 2 (k - 1).
#[expect(clippy::cast_precision_loss, reason = "numbers up to thirteen")]
fn integral(polynomials: &[[f64; TERMS]; TERMS], k: usize) -> [f64; TERMS] {
    let (upper, lower) = match k {
        0 => (1.0, 0.0),
        1 => (0.25, 0.0),
        _ => (0.5 / (k as f64 + 1.0), 0.5 / (k as f64 - 1.0)),
    };
    let below = polynomials[k.saturating_sub(1)];
    std::array::from_fn(|term| upper * polynomials[k + 1][term] - lower * below[term])
}

/// Polynomials on one panel.
struct Fit {
    terms: [[f64; 4]; TERMS],
    /// The largest of the last two terms of the series.
    left_rad: f64,
}

#[cfg(test)]
mod tests {
    use crate::geodesy::Coord;
    use crate::geometry::{Arc, Horizontal, Tangent, Transition};

    #[test]
    fn an_element_shorter_than_the_digits_of_its_distance_does_no_harm() {
        let start = Coord { e_m: 0.0, n_m: 0.0 };
        let line = Horizontal::new(
            start,
            0.0,
            vec![
                Tangent::new(1e6).unwrap().into(),
                Transition::sine(1e-12, 0.0, 0.003).unwrap().into(),
                Arc::with_curvature(100.0, 0.003).unwrap().into(),
            ],
        )
        .unwrap();
        for step in -20..=20 {
            let pose = line.at(1e6 + f64::from(step) * 1e-10).unwrap();
            assert!((pose.coord.e_m - 1e6).abs() < 1e-8 && pose.coord.n_m.abs() < 1e-8);
            assert!(
                pose.bearing_rad.abs() < 1e-8 && (pose.curvature_per_m - 0.0015).abs() < 0.001_501
            );
        }
    }

    #[test]
    fn a_thousand_turns_still_close() {
        // A circle of 10 m, 1,500 times round: bearings reach 9,425 rad.
        let start = Coord { e_m: 5e5, n_m: 4e6 };
        let length_m = 3000.0 * std::f64::consts::PI * 10.0;
        let rings = vec![Arc::new(length_m, 10.0).unwrap().into()];
        let line = Horizontal::new(start, 1.0, rings).unwrap();
        assert!(line.at(length_m).unwrap().coord.distance_m(start) < 1e-8);
        assert!(Arc::new(length_m * 1.1, 10.0).is_err());
    }
}
