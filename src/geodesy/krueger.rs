//! The series of the transverse Mercator projection.
//!
//! Krueger, "Konforme Abbildung des Erdellipsoids in der Ebene" (1912), in powers of the third
//! flattening n up to the sixth, as in Karney, "Transverse Mercator with an accuracy of a few
//! nanometers", Journal of Geodesy 85 (2011), 475-485, eqs 14, 35 and 36. The first term left out
//! is of the order n^7 = 4e-20: far below the rounding of a double. All 18 rows agree with the
//! Fourier coefficients found by quadrature in 40 digits, up to that term.

use super::Ellipsoid;

/// Terms kept.
const ORDER: usize = 6;

/// From the conformal to the rectifying sphere: row j is the polynomial of alpha_j / n^j.
const ALPHA: [[f64; ORDER]; ORDER] = [
    [1.0 / 2.0, -2.0 / 3.0, 5.0 / 16.0, 41.0 / 180.0, -127.0 / 288.0, 7891.0 / 37_800.0],
    [13.0 / 48.0, -3.0 / 5.0, 557.0 / 1440.0, 281.0 / 630.0, -1_983_433.0 / 1_935_360.0, 0.0],
    [61.0 / 240.0, -103.0 / 140.0, 15_061.0 / 26_880.0, 167_603.0 / 181_440.0, 0.0, 0.0],
    [49_561.0 / 161_280.0, -179.0 / 168.0, 6_601_661.0 / 7_257_600.0, 0.0, 0.0, 0.0],
    [34_729.0 / 80_640.0, -3_418_889.0 / 1_995_840.0, 0.0, 0.0, 0.0, 0.0],
    [212_378_941.0 / 319_334_400.0, 0.0, 0.0, 0.0, 0.0, 0.0],
];

/// Back from the rectifying to the conformal sphere: beta_j / n^j.
const BETA: [[f64; ORDER]; ORDER] = [
    [1.0 / 2.0, -2.0 / 3.0, 37.0 / 96.0, -1.0 / 360.0, -81.0 / 512.0, 96_199.0 / 604_800.0],
    [1.0 / 48.0, 1.0 / 15.0, -437.0 / 1440.0, 46.0 / 105.0, -1_118_711.0 / 3_870_720.0, 0.0],
    [17.0 / 480.0, -37.0 / 840.0, -209.0 / 4480.0, 5569.0 / 90_720.0, 0.0, 0.0],
    [4397.0 / 161_280.0, -11.0 / 504.0, -830_251.0 / 7_257_600.0, 0.0, 0.0, 0.0],
    [4583.0 / 161_280.0, -108_847.0 / 3_991_680.0, 0.0, 0.0, 0.0, 0.0],
    [20_648_693.0 / 638_668_800.0, 0.0, 0.0, 0.0, 0.0, 0.0],
];

/// From the conformal to the geodetic latitude: delta_j / n^j.
const DELTA: [[f64; ORDER]; ORDER] = [
    [2.0, -2.0 / 3.0, -2.0, 116.0 / 45.0, 26.0 / 45.0, -2854.0 / 675.0],
    [7.0 / 3.0, -8.0 / 5.0, -227.0 / 45.0, 2704.0 / 315.0, 2323.0 / 945.0, 0.0],
    [56.0 / 15.0, -136.0 / 35.0, -1262.0 / 105.0, 73_814.0 / 2835.0, 0.0, 0.0],
    [4279.0 / 630.0, -332.0 / 35.0, -399_572.0 / 14_175.0, 0.0, 0.0, 0.0],
    [4174.0 / 315.0, -144_838.0 / 6237.0, 0.0, 0.0, 0.0, 0.0],
    [601_676.0 / 22_275.0, 0.0, 0.0, 0.0, 0.0, 0.0],
];

/// A complex number: real and imaginary part.
pub(super) type Complex = (f64, f64);

/// The coefficients of the series for one ellipsoid.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Krueger {
    /// Radius of the sphere whose meridian is as long as the ellipsoid's.
    pub(super) rectifying_radius_m: f64,
    /// e^2, for the conformal latitude.
    pub(super) eccentricity_squared_ratio: f64,
    alpha: [f64; ORDER],
    beta: [f64; ORDER],
    delta: [f64; ORDER],
}

impl Krueger {
    /// Evaluates the polynomials once, so that a point costs one sum of six terms.
    pub(super) fn new(ellipsoid: Ellipsoid) -> Self {
        let n = ellipsoid.third_flattening_ratio();
        let n2 = n * n;
        // Karney 2011, eq. 14: the mean radius of the meridian ellipse.
        let mean = 1.0 + n2 * (1.0 / 4.0 + n2 * (1.0 / 64.0 + n2 / 256.0));
        Self {
            rectifying_radius_m: ellipsoid.equatorial_radius_m / (1.0 + n) * mean,
            eccentricity_squared_ratio: ellipsoid.eccentricity_squared_ratio(),
            alpha: coefficients(&ALPHA, n),
            beta: coefficients(&BETA, n),
            delta: coefficients(&DELTA, n),
        }
    }

    /// sin of the conformal latitude times a factor, where cos of it times the same factor is the
    /// cosine of the geodetic latitude; no tangent, so that the pole is a place like others.
    ///
    /// Karney 2011, eqs 7-9, multiplied by cos phi. e atanh(e sin phi) and sinh are small enough
    /// (below 0.0067) for their Taylor series: the first terms left out are below 1e-21.
    pub(super) fn conformal_sin(&self, sin_lat: f64) -> f64 {
        let e2 = self.eccentricity_squared_ratio;
        let t = e2 * sin_lat * sin_lat;
        let series = (1.0 / 13.0 + t / 15.0) * t + 1.0 / 11.0;
        let series = ((series * t + 1.0 / 9.0) * t + 1.0 / 7.0) * t + 1.0 / 5.0;
        let x = e2 * sin_lat * ((series * t + 1.0 / 3.0) * t + 1.0);
        let x2 = x * x;
        let sigma = x * (1.0 + x2 / 6.0 * (1.0 + x2 / 20.0 * (1.0 + x2 / 42.0)));
        sin_lat * (1.0 + sigma * sigma).sqrt() - sigma
    }

    /// What to add to a point of the conformal sphere, given sin and cos of twice its angle.
    pub(super) fn to_rectifying(&self, sin2: Complex, cos2: Complex) -> Complex {
        let (b1, _) = clenshaw(&self.alpha, cos2);
        multiply(b1, sin2)
    }

    /// What to take from a point of the rectifying sphere.
    pub(super) fn to_conformal(&self, sin2: Complex, cos2: Complex) -> Complex {
        let (b1, _) = clenshaw(&self.beta, cos2);
        multiply(b1, sin2)
    }

    /// What to add to the conformal latitude.
    pub(super) fn to_geodetic(&self, sin2: f64, cos2: f64) -> f64 {
        let (b1, _) = clenshaw(&self.delta, (cos2, 0.0));
        b1.0 * sin2
    }

    /// The derivative of the way from the conformal to the rectifying sphere.
    pub(super) fn derivative(&self, cos2: Complex) -> Complex {
        let mut terms = self.alpha;
        for (j, term) in (1_u8..).zip(&mut terms) {
            *term *= 2.0 * f64::from(j);
        }
        let (b1, b2) = clenshaw(&terms, cos2);
        let sum = multiply(b1, cos2);
        (1.0 + sum.0 - b2.0, sum.1 - b2.1)
    }
}

/// The polynomials of a table at n; row j also carries n^j.
fn coefficients(table: &[[f64; ORDER]; ORDER], n: f64) -> [f64; ORDER] {
    let mut power = 1.0;
    table.map(|row| {
        power *= n;
        power * row.iter().rev().fold(0.0, |sum, &term| sum * n + term)
    })
}

/// Clenshaw's recurrence for sums over j of `terms[j]` times sin or cos of 2 j zeta, given
/// cos 2 zeta. The sum of sines is b1 sin 2 zeta, the sum of cosines b1 cos 2 zeta - b2.
fn clenshaw(terms: &[f64; ORDER], cos2: Complex) -> (Complex, Complex) {
    let twice = (2.0 * cos2.0, 2.0 * cos2.1);
    let (mut b1, mut b2) = ((0.0, 0.0), (0.0, 0.0));
    for term in terms.iter().rev() {
        let product = multiply(twice, b1);
        (b1, b2) = ((product.0 - b2.0 + term, product.1 - b2.1), b1);
    }
    (b1, b2)
}

fn multiply(a: Complex, b: Complex) -> Complex {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conformal_sin_equals_the_closed_form() {
        let krueger = Krueger::new(Ellipsoid::WGS84);
        let e = krueger.eccentricity_squared_ratio.sqrt();
        for step in -90..=90 {
            let sin_lat = f64::from(step).to_radians().sin();
            let sigma = (e * (e * sin_lat).atanh()).sinh();
            let closed = sin_lat * sigma.hypot(1.0) - sigma;
            assert!((krueger.conformal_sin(sin_lat) - closed).abs() < 3e-16);
        }
    }

    #[test]
    fn clenshaw_equals_the_plain_sum() {
        let krueger = Krueger::new(Ellipsoid::WGS84);
        let angle: f64 = 0.7;
        let plain: f64 = (1_u8..)
            .zip(krueger.delta)
            .map(|(j, term)| term * (2.0 * f64::from(j) * angle).sin())
            .sum();
        let twice = 2.0 * angle;
        let sum = krueger.to_geodetic(twice.sin(), twice.cos());
        assert!((sum - plain).abs() < 1e-18 + 1e-15 * plain.abs());
    }
}
