//! Any coordinate system that PROJ knows.

use super::{Coord, LonLat};
use crate::error::{Error, Result};

/// A projection by EPSG code or PROJ string, through the PROJ library.
///
/// On Debian: `apt-get install libproj-dev`.
pub struct Projection {
    name: String,
    forward: proj::Proj,
    inverse: proj::Proj,
}

const LON_LAT: &str = "EPSG:4326";

impl Projection {
    /// The system of this name: `EPSG:32641`, or `+proj=utm +zone=41`.
    ///
    /// # Errors
    /// [`Error::Projection`] if PROJ does not know it.
    pub fn new(name: &str) -> Result<Self> {
        let system = |from: &str, to: &str| {
            proj::Proj::new_known_crs(from, to, None).map_err(|error| Error::Projection {
                name: name.to_owned(),
                problem: error.to_string(),
                hint: "write an EPSG code such as EPSG:32641, or a PROJ string".to_owned(),
            })
        };
        let (forward, inverse) = (system(LON_LAT, name)?, system(name, LON_LAT)?);
        Ok(Self { name: name.to_owned(), forward, inverse })
    }

    /// From the ellipsoid to the plane.
    ///
    /// # Errors
    /// [`Error::Projection`] if the place lies outside the system's domain.
    pub fn forward(&self, place: LonLat) -> Result<Coord> {
        let LonLat { lon_deg, lat_deg } = LonLat::new(place.lon_deg, place.lat_deg)?;
        let (e_m, n_m) = self.forward.convert((lon_deg, lat_deg)).map_err(|e| self.failed(&e))?;
        self.finite(Coord { e_m, n_m }, e_m + n_m)
    }

    /// From the plane to the ellipsoid.
    ///
    /// # Errors
    /// As [`forward`](Self::forward).
    pub fn inverse(&self, coord: Coord) -> Result<LonLat> {
        let point = (coord.e_m, coord.n_m);
        let (lon_deg, lat_deg) = self.inverse.convert(point).map_err(|e| self.failed(&e))?;
        self.finite(LonLat { lon_deg, lat_deg }, lon_deg + lat_deg)
    }

    fn finite<T>(&self, place: T, sum: f64) -> Result<T> {
        if sum.is_finite() { Ok(place) } else { Err(self.failed(&"outside the domain")) }
    }

    fn failed(&self, problem: &dyn std::fmt::Display) -> Error {
        Error::Projection {
            name: self.name.clone(),
            problem: problem.to_string(),
            hint: "is the place inside the area that the system is made for?".to_owned(),
        }
    }
}
