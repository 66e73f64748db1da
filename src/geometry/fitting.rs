//! Cuts elements into panels and fits their polynomials.

use std::f64::consts::PI;

use super::Element;
use super::panel::{Panel, TERMS, Terms, place};
use super::sum::Sum;

/// Nodes of a fit.
const NODES: usize = 13;

/// How many terms of the series at the nodes are kept; the polynomials for places have one degree
/// more. Those behind tell how good the fit is.
const KEPT: usize = TERMS - 1;

/// What the terms left out may take of a bearing, or of its cosine and sine: 1e-15 of a panel of
/// 500 m are half a picometre.
const MOST_LEFT_RAD: f64 = 1e-15;

/// Terms of directions below a quarter of the last digit of 1 are rounding.
const ROUNDING_RAD: f64 = 0.25 * f64::EPSILON;

/// A panel never turns by more, so that the nodes cannot miss a turn.
const MOST_TURN_RAD: f64 = 2.0;

/// A panel that turns by less, and is no more than that share of its element, is never halved: what
/// is left then is rounding.
const LEAST_TURN_RAD: f64 = 0.02;
const LEAST_SHARE: f64 = 1.0 / 64.0;

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
    integrals: [[f64; TERMS]; KEPT],
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
        match element {
            Element::Tangent(_) | Element::Arc(_) => {
                self.cut(element, vec![(0.0, length_m)], &start, joint, panels);
            }
            // At its half that of Helmert has a kink. The second half mostly takes as many as the
            // first.
            Element::Transition(_) => {
                let (half_m, before) = (0.5 * length_m, panels.len());
                self.cut(element, vec![(0.0, half_m)], &start, joint, panels);
                let count = panels.len() - before;
                let end_m = |number: usize| half_m + half_m * number as f64 / count as f64;
                let pieces = (0..count).rev().map(|number| (end_m(number), end_m(number + 1)));
                self.cut(element, pieces.collect(), &start, joint, panels);
            }
        }
        joint.distance_m = start.distance_m.plus(length_m);
        joint.bearing_rad = start.bearing_rad.plus(element.turn_rad());
    }

    /// Panels over some pieces of an element, the last one first; those too long are halved.
    fn cut(
        &self,
        element: &Element,
        mut pieces: Vec<(f64, f64)>,
        start: &Joint,
        joint: &mut Joint,
        panels: &mut Vec<Panel>,
    ) {
        while let Some((from_m, to_m)) = pieces.pop() {
            let middle_m = 0.5 * (from_m + to_m);
            match self.panel(element, (from_m, to_m), start, joint) {
                Some(panel) => panels.push(panel),
                None => pieces.extend([(middle_m, to_m), (from_m, middle_m)]),
            }
        }
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
        let mut panel = Panel {
            middle_m: start.distance_m.plus(middle_m).value(),
            per_half_m: 1.0 / half_m,
            middle_e_m: 0.0,
            middle_n_m: 0.0,
            half_m,
            most_curvature_per_m,
            most_sharpness_per_m2: element.most_sharpness_per_m2(),
            has_long_bends: false,
            places: Terms([[0.0; 2]; TERMS]),
            bends: Terms([[0.0; 2]; TERMS]),
        };
        if let Element::Tangent(_) = element {
            panel.places.0[1] = [half_m, 0.0];
        } else {
            let panel_rad = 2.0 * half_m * most_curvature_per_m;
            if panel_rad > MOST_TURN_RAD {
                return None;
            }
            let series = self.series(element, middle_m, half_m, turn_rad);
            // Bearings of elements with many turns have fewer digits behind the point.
            let length_m = element.length_m();
            let whole_rad = length_m * element.most_curvature_per_m(0.0, length_m);
            let is_rough = series.left_rad(half_m) > MOST_LEFT_RAD * whole_rad.max(1.0);
            if is_rough && (panel_rad > LEAST_TURN_RAD || half_m > LEAST_SHARE * length_m) {
                return None;
            }
            self.fill(&series, element.turn_degree(), &mut panel);
        }
        panel.bends.0[0][0] += bearing_rad;
        let (sine, cosine) = bearing_rad.sin_cos();
        for term in &mut panel.places.0 {
            let [along, across] = *term;
            *term = [cosine * along - sine * across, sine * along + cosine * across];
        }
        let [back, ahead] = [-1.0, 1.0].map(|u| place(&panel.places, u));
        let (middle_e_m, middle_n_m) = (joint.e_m.plus(-back[0]), joint.n_m.plus(-back[1]));
        joint.e_m = middle_e_m.plus(ahead[0]);
        joint.n_m = middle_n_m.plus(ahead[1]);
        (panel.middle_e_m, panel.middle_n_m) = (middle_e_m.value(), middle_n_m.value());
        Some(panel)
    }

    /// What an element does round the middle of a panel, as a series of Chebyshev polynomials.
    fn series(&self, element: &Element, middle_m: f64, half_m: f64, turn_rad: f64) -> Series {
        let mut samples = [[0.0; 4]; NODES];
        for (sample, node) in samples.iter_mut().zip(self.nodes) {
            let distance_m = middle_m + node * half_m;
            let turned_rad = element.turn_at_rad(distance_m) - turn_rad;
            let (half_sine, half_cosine) = (0.5 * turned_rad).sin_cos();
            // cos a - 1 and not cos a: so the digits of the long way ahead are not rounded.
            let shortening = -2.0 * half_sine * half_sine;
            let sine = 2.0 * half_sine * half_cosine;
            *sample = [shortening, sine, turned_rad, element.curvature_per_m(distance_m)];
        }
        let mut terms = [[0.0; 4]; NODES];
        for (row, term) in self.rows.iter().zip(&mut terms) {
            for (weight, sample) in row.iter().zip(samples) {
                for (sum, value) in term.iter_mut().zip(sample) {
                    *sum += weight * value;
                }
            }
        }
        Series { terms }
    }

    /// The polynomials of a series, ahead and aside.
    fn fill(&self, series: &Series, degree: usize, panel: &mut Panel) {
        let bends = (degree + 1).min(KEPT);
        let above =
            |&[shortening, sine, ..]: &[f64; 4]| shortening.abs().max(sine.abs()) > ROUNDING_RAD;
        let kept = &series.terms[..KEPT];
        let places = kept.iter().rposition(above).map_or(0, |last| last + 1);
        for (k, &[.., turn_rad, curvature_per_m]) in kept[..bends].iter().enumerate() {
            for (term, part) in panel.bends.0.iter_mut().zip(&self.polynomials[k][..=k]) {
                term[0] += part * turn_rad;
                term[1] += part * curvature_per_m;
            }
        }
        for (k, &[shortening, sine, ..]) in kept[..places].iter().enumerate() {
            for (term, part) in panel.places.0.iter_mut().zip(&self.integrals[k][..k + 2]) {
                term[0] += part * shortening;
                term[1] += part * sine;
            }
        }
        panel.places.0[1][0] += 1.0;
        // The middle is the origin.
        panel.places.0[0] = [0.0; 2];
        for term in &mut panel.places.0 {
            *term = term.map(|share| share * panel.half_m);
        }
        panel.has_long_bends = bends > 4;
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

/// cos a - 1, sin a, a and the curvature, where a is the turn from the middle of a panel.
struct Series {
    terms: [[f64; 4]; NODES],
}

impl Series {
    /// The largest of the terms that are left out.
    fn left_rad(&self, half_m: f64) -> f64 {
        self.terms[KEPT..].iter().fold(0.0_f64, |most, &[a, b, turn_rad, curvature_per_m]| {
            most.max(a.abs()).max(b.abs()).max(turn_rad.abs()).max((curvature_per_m * half_m).abs())
        })
    }
}
