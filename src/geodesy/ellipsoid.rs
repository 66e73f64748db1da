//! The figure of the Earth.

/// An ellipsoid of revolution, flattened at the poles.
///
/// # Example
///
/// The polar radius b = a (1 - f) of WGS 84 is 6 356 752.314 m:
///
/// ```
/// use railcorridor::geodesy::Ellipsoid;
///
/// let earth = Ellipsoid::WGS84;
/// let polar_radius_m = earth.equatorial_radius_m * (1.0 - earth.flattening_ratio);
/// assert!((polar_radius_m - 6_356_752.314).abs() < 0.001);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ellipsoid {
    /// Radius of the equator, a.
    pub equatorial_radius_m: f64,
    /// Flattening f = (a - b) / a, where b is the polar radius.
    pub flattening_ratio: f64,
}

impl Ellipsoid {
    /// The ellipsoid of GPS and of this library; a and f define it (NGA.STND.0036, table 3.1).
    pub const WGS84: Self =
        Self { equatorial_radius_m: 6_378_137.0, flattening_ratio: 1.0 / 298.257_223_563 };

    /// The square of the first eccentricity, e^2 = f (2 - f).
    pub const fn eccentricity_squared_ratio(self) -> f64 {
        self.flattening_ratio * (2.0 - self.flattening_ratio)
    }

    /// The third flattening, n = f / (2 - f): the small number of the series.
    pub const fn third_flattening_ratio(self) -> f64 {
        self.flattening_ratio / (2.0 - self.flattening_ratio)
    }
}
