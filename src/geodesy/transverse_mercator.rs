//! The transverse Mercator projection of the ellipsoid, by Krueger's series to the sixth order.
//!
//! L. Krueger, Konforme Abbildung des Erdellipsoids in der Ebene (1912); coefficients and error
//! analysis: C. F. F. Karney, Transverse Mercator with an accuracy of a few nanometers, J. Geodesy
//! 85 (2011), doi:10.1007/s00190-011-0445-3, equations 7-14 and 21-36.

use super::{Coord, Ellipsoid, LonLat};
use crate::error::{Error, Result};

/// How far from the central meridian a place may lie, degrees of longitude.
///
/// The series is good for more; a plane so far out is no plane to build on (the scale is off by
/// 1 % at the equator).
pub const MAX_FROM_MERIDIAN_DEG: f64 = 8.5;

/// Rounding of a degree value that comes back from the plane.
const MERIDIAN_SLACK_DEG: f64 = 1e-9;

const ORDER: usize = 6;

/// A transverse Mercator projection.
///
/// # Units
/// Degrees and metres. # Errors: places beyond [`MAX_FROM_MERIDIAN_DEG`] are refused.
///
/// ```
/// use railcorridor::geodesy::{LonLat, TransverseMercator};
///
/// let plane = TransverseMercator::new(63.0, 0.9996, 500_000.0, 0.0);
/// let on_meridian = plane.project(LonLat::new(63.0, 0.0)?)?;
/// assert_eq!(on_meridian.coord.e_m, 500_000.0);
/// assert!((on_meridian.scale_ratio - 0.9996).abs() < 1e-15);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TransverseMercator {
    central_meridian_deg: f64,
    false_easting_m: f64,
    false_northing_m: f64,
    eccentricity: f64,
    /// Scale on the central meridian times the radius of the rectifying sphere, metres.
    radius_m: f64,
    /// `radius_m` over the equatorial radius.
    radius_ratio: f64,
    forward: [f64; ORDER],
    inverse: [f64; ORDER],
}

/// A projected place, with what the projection does there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Projected {
    /// The place on the plane.
    pub coord: Coord,
    /// From true north to grid north, degrees, clockwise positive.
    pub convergence_deg: f64,
    /// Length on the plane over length on the ellipsoid.
    pub scale_ratio: f64,
}

impl TransverseMercator {
    /// A projection of WGS 84.
    #[must_use]
    pub fn new(
        central_meridian_deg: f64,
        scale_ratio: f64,
        false_easting_m: f64,
        false_northing_m: f64,
    ) -> Self {
        let ellipsoid = Ellipsoid::WGS84;
        let n = ellipsoid.third_flattening_ratio();
        let n2 = n * n;
        // Karney 2011, equation 14: radius of the sphere whose meridian is as long.
        let rectifying = (1.0 + n2 / 4.0 + n2 * n2 / 64.0 + n2 * n2 * n2 / 256.0) / (1.0 + n);
        let radius_ratio = scale_ratio * rectifying;
        Self {
            central_meridian_deg,
            false_easting_m,
            false_northing_m,
            eccentricity: ellipsoid.eccentricity_squared_ratio().sqrt(),
            radius_m: radius_ratio * ellipsoid.equatorial_radius_m,
            radius_ratio,
            forward: forward_coefficients(n),
            inverse: inverse_coefficients(n),
        }
    }

    /// Degrees of longitude of the central meridian.
    #[must_use]
    pub fn central_meridian_deg(&self) -> f64 {
        self.central_meridian_deg
    }

    /// From the ellipsoid to the plane, with convergence and scale.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a place more than [`MAX_FROM_MERIDIAN_DEG`] from the meridian.
    pub fn project(&self, place: LonLat) -> Result<Projected> {
        let sphere = self.conformal(place)?;
        let (sum, derivative) = sphere.series_with_derivative(&self.forward);
        let convergence = (sphere.sin_lat * sphere.sin_lon).atan2(sphere.cos_lon)
            + derivative.eta.atan2(derivative.xi);
        let sin_lat = place.lat_deg.to_radians().sin();
        let bend = (1.0 - (self.eccentricity * sin_lat).powi(2)).sqrt();
        // Karney 2011, equations 24 and 25.
        let scale_ratio = self.radius_ratio
            * derivative.xi.hypot(derivative.eta)
            * bend
            * (sphere.tan_lat_geodetic.hypot(1.0) / sphere.norm);
        Ok(Projected {
            coord: self.coord(&sphere, &sum),
            convergence_deg: convergence.to_degrees(),
            scale_ratio,
        })
    }

    /// From the ellipsoid to the plane.
    ///
    /// # Errors
    /// As [`project`](Self::project).
    pub fn forward(&self, place: LonLat) -> Result<Coord> {
        let sphere = self.conformal(place)?;
        let sum = sphere.series(&self.forward);
        Ok(self.coord(&sphere, &sum))
    }

    /// From the plane to the ellipsoid.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a coordinate that no place within [`MAX_FROM_MERIDIAN_DEG`] of
    /// the meridian has.
    pub fn inverse(&self, coord: Coord) -> Result<LonLat> {
        let xi = (coord.n_m - self.false_northing_m) / self.radius_m;
        let eta = (coord.e_m - self.false_easting_m) / self.radius_m;
        let half_turn = std::f64::consts::FRAC_PI_2;
        // Beyond these the plane has no place near the meridian; also refuses what is not finite.
        if !(xi.abs() <= half_turn + 1e-12 && eta.abs() <= 0.2) {
            let (item, value) =
                if eta.abs() <= 0.2 { ("n_m", coord.n_m) } else { ("e_m", coord.e_m) };
            return Err(Error::OutOfRange {
                item: item.to_owned(),
                value,
                limit: format!("the plane around meridian {} deg", self.central_meridian_deg),
                hint: "check zone, false easting and false northing".to_owned(),
            });
        }
        let (sin_xi, cos_xi) = xi.sin_cos();
        let (sinh_eta, cosh_eta) = (eta.sinh(), eta.cosh());
        let sum = clenshaw(&self.inverse, double(sin_xi, cos_xi, sinh_eta, cosh_eta));
        let (xi, eta) = (xi - sum.xi, eta - sum.eta);
        let (sin_xi, cos_xi) = xi.sin_cos();
        let sinh_eta = eta.sinh();
        let from_meridian_deg = sinh_eta.atan2(cos_xi).to_degrees();
        let tan_conformal = sin_xi / sinh_eta.hypot(cos_xi);
        let place = LonLat {
            lon_deg: wrap_deg(self.central_meridian_deg + from_meridian_deg),
            lat_deg: geodetic_tan(tan_conformal, self.eccentricity).atan().to_degrees(),
        };
        near_meridian(place.lon_deg, from_meridian_deg, MERIDIAN_SLACK_DEG)?;
        Ok(place)
    }

    fn coord(&self, sphere: &Conformal, sum: &Complex) -> Coord {
        let xi = sphere.sin_xi.atan2(sphere.cos_xi) + sum.xi;
        let eta = sphere.sinh_eta.asinh() + sum.eta;
        Coord {
            e_m: self.false_easting_m + self.radius_m * eta,
            n_m: self.false_northing_m + self.radius_m * xi,
        }
    }

    /// The place on the conformal sphere, seen from the central meridian.
    fn conformal(&self, place: LonLat) -> Result<Conformal> {
        let LonLat { lon_deg, lat_deg } = LonLat::new(place.lon_deg, place.lat_deg)?;
        let from_meridian_deg = wrap_deg(lon_deg - self.central_meridian_deg);
        near_meridian(lon_deg, from_meridian_deg, 0.0)?;
        let (sin_lon, cos_lon) = from_meridian_deg.to_radians().sin_cos();
        let tan_lat_geodetic = lat_deg.to_radians().tan();
        let tan_lat = conformal_tan(tan_lat_geodetic, self.eccentricity);
        let norm = tan_lat.hypot(cos_lon);
        let sinh_eta = sin_lon / norm;
        Ok(Conformal {
            sin_lon,
            cos_lon,
            tan_lat_geodetic,
            sin_lat: tan_lat / tan_lat.hypot(1.0),
            norm,
            sin_xi: tan_lat / norm,
            cos_xi: cos_lon / norm,
            sinh_eta,
            cosh_eta: sinh_eta.mul_add(sinh_eta, 1.0).sqrt(),
        })
    }
}

/// A place on the conformal sphere and on its transverse Mercator plane.
struct Conformal {
    sin_lon: f64,
    cos_lon: f64,
    tan_lat_geodetic: f64,
    sin_lat: f64,
    norm: f64,
    sin_xi: f64,
    cos_xi: f64,
    sinh_eta: f64,
    cosh_eta: f64,
}

impl Conformal {
    fn series(&self, coefficients: &[f64; ORDER]) -> Complex {
        clenshaw(coefficients, double(self.sin_xi, self.cos_xi, self.sinh_eta, self.cosh_eta))
    }

    /// The series and its derivative, which holds convergence and scale.
    fn series_with_derivative(&self, coefficients: &[f64; ORDER]) -> (Complex, Complex) {
        let angle = double(self.sin_xi, self.cos_xi, self.sinh_eta, self.cosh_eta);
        let mut derivative = Complex { xi: 1.0, eta: 0.0 };
        let (mut cos, mut sin) = (angle.cos, angle.sin);
        for (j, coefficient) in coefficients.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "at most 6")]
            let weight = 2.0 * (j + 1) as f64 * coefficient;
            derivative.xi += weight * cos.xi;
            derivative.eta -= weight * cos.eta;
            (sin, cos) = (
                sin.times(angle.cos).plus(cos.times(angle.sin)),
                cos.times(angle.cos).minus(sin.times(angle.sin)),
            );
        }
        (clenshaw(coefficients, angle), derivative)
    }
}

#[derive(Clone, Copy)]
struct Complex {
    xi: f64,
    eta: f64,
}

impl Complex {
    fn times(self, other: Self) -> Self {
        Self {
            xi: self.xi * other.xi - self.eta * other.eta,
            eta: self.xi * other.eta + self.eta * other.xi,
        }
    }

    fn plus(self, other: Self) -> Self {
        Self { xi: self.xi + other.xi, eta: self.eta + other.eta }
    }

    fn minus(self, other: Self) -> Self {
        Self { xi: self.xi - other.xi, eta: self.eta - other.eta }
    }
}

/// Sine and cosine of the doubled complex angle xi + i eta.
#[derive(Clone, Copy)]
struct Doubled {
    sin: Complex,
    cos: Complex,
}

fn double(sin: f64, cos: f64, sinh: f64, cosh: f64) -> Doubled {
    let (sin2, cos2) = (2.0 * sin * cos, (cos - sin) * (cos + sin));
    let (sinh2, cosh2) = (2.0 * sinh * cosh, 1.0 + 2.0 * sinh * sinh);
    Doubled {
        sin: Complex { xi: sin2 * cosh2, eta: cos2 * sinh2 },
        cos: Complex { xi: cos2 * cosh2, eta: -sin2 * sinh2 },
    }
}

/// Sum of c_j sin(2 j zeta) for a complex angle zeta (Clenshaw 1955).
fn clenshaw(coefficients: &[f64; ORDER], angle: Doubled) -> Complex {
    let twice = Complex { xi: 2.0 * angle.cos.xi, eta: 2.0 * angle.cos.eta };
    let mut last = Complex { xi: 0.0, eta: 0.0 };
    let mut before = last;
    for coefficient in coefficients.iter().rev() {
        let next = twice.times(last).minus(before);
        before = last;
        last = Complex { xi: next.xi + coefficient, eta: next.eta };
    }
    last.times(angle.sin)
}

/// Tangent of the conformal latitude from that of the geodetic one (Karney 2011, equations 7-9).
fn conformal_tan(tan: f64, eccentricity: f64) -> f64 {
    let secant = tan.hypot(1.0);
    let sigma = (eccentricity * (eccentricity * tan / secant).atanh()).sinh();
    tan * sigma.hypot(1.0) - sigma * secant
}

/// The inverse of [`conformal_tan`] by Newton's method (Karney 2011, equations 19-21).
fn geodetic_tan(tan_conformal: f64, eccentricity: f64) -> f64 {
    let rest = 1.0 - eccentricity * eccentricity;
    if tan_conformal.abs() > 1e15 {
        return tan_conformal; // at the pole, where the tangent has no bound
    }
    let mut tan = tan_conformal / rest;
    for _ in 0..5 {
        let guess = conformal_tan(tan, eccentricity);
        let step = (tan_conformal - guess) / guess.hypot(1.0) * (1.0 + rest * tan * tan)
            / (rest * tan.hypot(1.0));
        tan += step;
        if step.abs() <= 1e-9 * tan.abs().max(1.0) {
            break; // the next step would be its square
        }
    }
    tan
}

fn wrap_deg(lon_deg: f64) -> f64 {
    if lon_deg > 180.0 {
        lon_deg - 360.0
    } else if lon_deg < -180.0 {
        lon_deg + 360.0
    } else {
        lon_deg
    }
}

fn near_meridian(lon_deg: f64, from_meridian_deg: f64, slack_deg: f64) -> Result<()> {
    if from_meridian_deg.abs() <= MAX_FROM_MERIDIAN_DEG + slack_deg {
        return Ok(());
    }
    Err(Error::OutOfRange {
        item: "lon_deg".to_owned(),
        value: lon_deg,
        limit: format!(
            "{MAX_FROM_MERIDIAN_DEG} deg of the central meridian {}",
            wrap_deg(lon_deg - from_meridian_deg)
        ),
        hint: "choose a zone whose meridian is nearer".to_owned(),
    })
}

/// Karney 2011, equation 35.
fn forward_coefficients(n: f64) -> [f64; ORDER] {
    let series = |terms: &[f64]| terms.iter().rev().fold(0.0, |sum, term| sum * n + term);
    [
        n * series(&[0.5, -2.0 / 3.0, 5.0 / 16.0, 41.0 / 180.0, -127.0 / 288.0, 7891.0 / 37800.0]),
        n.powi(2)
            * series(&[
                13.0 / 48.0,
                -3.0 / 5.0,
                557.0 / 1440.0,
                281.0 / 630.0,
                -1_983_433.0 / 1_935_360.0,
            ]),
        n.powi(3)
            * series(&[61.0 / 240.0, -103.0 / 140.0, 15061.0 / 26880.0, 167_603.0 / 181_440.0]),
        n.powi(4) * series(&[49561.0 / 161_280.0, -179.0 / 168.0, 6_601_661.0 / 7_257_600.0]),
        n.powi(5) * series(&[34729.0 / 80640.0, -3_418_889.0 / 1_995_840.0]),
        n.powi(6) * (212_378_941.0 / 319_334_400.0),
    ]
}

/// Karney 2011, equation 36.
fn inverse_coefficients(n: f64) -> [f64; ORDER] {
    let series = |terms: &[f64]| terms.iter().rev().fold(0.0, |sum, term| sum * n + term);
    [
        n * series(&[
            0.5,
            -2.0 / 3.0,
            37.0 / 96.0,
            -1.0 / 360.0,
            -81.0 / 512.0,
            96199.0 / 604_800.0,
        ]),
        n.powi(2)
            * series(&[
                1.0 / 48.0,
                1.0 / 15.0,
                -437.0 / 1440.0,
                46.0 / 105.0,
                -1_118_711.0 / 3_870_720.0,
            ]),
        n.powi(3) * series(&[17.0 / 480.0, -37.0 / 840.0, -209.0 / 4480.0, 5569.0 / 90720.0]),
        n.powi(4) * series(&[4397.0 / 161_280.0, -11.0 / 504.0, -830_251.0 / 7_257_600.0]),
        n.powi(5) * series(&[4583.0 / 161_280.0, -108_847.0 / 3_991_680.0]),
        n.powi(6) * (20_648_693.0 / 638_668_800.0),
    ]
}
