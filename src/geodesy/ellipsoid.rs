//! The figure of the earth.

/// An ellipsoid of revolution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ellipsoid {
    /// Equatorial radius, metres.
    pub equatorial_radius_m: f64,
    /// Flattening: (a - b) / a.
    pub flattening_ratio: f64,
}

impl Ellipsoid {
    /// WGS 84 (NGA.STND.0036, table 3.1).
    pub const WGS84: Self =
        Self { equatorial_radius_m: 6_378_137.0, flattening_ratio: 1.0 / 298.257_223_563 };

    /// Third flattening, n = f / (2 - f).
    #[must_use]
    pub fn third_flattening_ratio(&self) -> f64 {
        self.flattening_ratio / (2.0 - self.flattening_ratio)
    }

    /// Square of the eccentricity, f (2 - f).
    #[must_use]
    pub fn eccentricity_squared_ratio(&self) -> f64 {
        self.flattening_ratio * (2.0 - self.flattening_ratio)
    }
}
