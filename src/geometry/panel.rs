//! A piece of a line short enough for one polynomial.

/// Terms of the polynomials of a panel.
pub(super) const TERMS: usize = 12;

/// Terms of two values each, in whole cache lines.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(super) struct Terms(pub(super) [[f64; 2]; TERMS]);

/// A piece of a line: polynomials in u = (s - middle) / half length, from -1 to 1.
///
/// Places and bends lie apart, so that what needs places alone reads no more.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(super) struct Panel {
    pub(super) middle_m: f64,
    pub(super) per_half_m: f64,
    pub(super) middle_e_m: f64,
    pub(super) middle_n_m: f64,
    pub(super) half_m: f64,
    /// The curvature, and the change of it, that it nowhere exceeds.
    pub(super) most_curvature_per_m: f64,
    pub(super) most_sharpness_per_m2: f64,
    /// Whether bends have more than four terms; arcs, clothoids and those of Helmert have not.
    pub(super) has_long_bends: bool,
    /// Easting and northing from the middle.
    pub(super) places: Terms,
    /// Bearing and curvature.
    pub(super) bends: Terms,
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
        let u = self.share(distance_m);
        let [e_m, n_m] = place(&self.places, u);
        let [bearing_rad, curvature_per_m] = bend(&self.bends, self.has_long_bends, u);
        [self.middle_e_m + e_m, self.middle_n_m + n_m, bearing_rad, curvature_per_m]
    }

    /// Easting and northing at a distance along the line.
    #[inline]
    pub(super) fn place_at(&self, distance_m: f64) -> [f64; 2] {
        let [e_m, n_m] = place(&self.places, self.share(distance_m));
        [self.middle_e_m + e_m, self.middle_n_m + n_m]
    }

    /// On an element shorter than distances have digits, rounding would lead far beyond it.
    #[inline]
    fn share(&self, distance_m: f64) -> f64 {
        ((distance_m - self.middle_m) * self.per_half_m).clamp(-1.0, 1.0)
    }
}

/// Sums of pairs, of those fours, of those the whole, so that few operations wait for one another.
/// Products and sums apart: fused, they would be calls of a library where the processor that the
/// program is built for lacks them.
#[inline]
pub(super) fn place(Terms(terms): &Terms, u: f64) -> [f64; 2] {
    let square = u * u;
    let fourth = square * square;
    let four = |first: usize, lane: usize| {
        (terms[first][lane] + u * terms[first + 1][lane])
            + square * (terms[first + 2][lane] + u * terms[first + 3][lane])
    };
    std::array::from_fn(|lane| four(0, lane) + fourth * (four(4, lane) + fourth * four(8, lane)))
}

/// As those of places; short ones end with the fourth term.
#[inline]
fn bend(Terms(terms): &Terms, is_long: bool, u: f64) -> [f64; 2] {
    let square = u * u;
    let pair = |first: usize, lane: usize| terms[first][lane] + u * terms[first + 1][lane];
    let mut further = [0.0; 2];
    if is_long {
        further = std::array::from_fn(|lane| {
            let fourth = square * square;
            square
                * ((pair(4, lane) + square * pair(6, lane))
                    + fourth * (pair(8, lane) + square * pair(10, lane)))
        });
    }
    std::array::from_fn(|lane| pair(0, lane) + square * (pair(2, lane) + further[lane]))
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
