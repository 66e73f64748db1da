//! Every other coordinate system, through the PROJ library (feature `proj`).

use std::fmt;

use ::proj::Proj;

use super::{Coord, LonLat};
use crate::{Error, Result};

/// A projected coordinate system that PROJ knows: an EPSG code or a PROJ string.
///
/// Datum shifts are PROJ's choice of the best operation that needs no grid from the network. PROJ
/// itself writes a line to standard error when it refuses a definition. One value serves one
/// thread.
///
/// The feature links the system's library: on Debian `apt-get install libproj-dev`.
///
/// # Example
///
/// ```
/// use railcorridor::geodesy::{Crs, LonLat};
///
/// let utm_41n = Crs::new("EPSG:32641")?;
/// let coord = utm_41n.forward(LonLat::new(63.0, 0.0)?)?;
/// assert!((coord.e_m - 500_000.0).abs() < 1e-6 && coord.n_m.abs() < 1e-6);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub struct Crs {
    name: String,
    forward: Proj,
    inverse: Proj,
}

impl Crs {
    /// The system called `name`: `EPSG:32641`, `32641`, or `+proj=utm +zone=41`.
    ///
    /// # Errors
    ///
    /// [`Error::Projection`] if PROJ does not know it, if it is not projected (degrees, or metres
    /// from the centre of the Earth), or if its unit is not the metre.
    pub fn new(name: &str) -> Result<Self> {
        let name = name.trim();
        let definition = if name.bytes().all(|byte| byte.is_ascii_digit()) {
            format!("EPSG:{name}")
        } else if name.starts_with('+') && !name.contains("+type=crs") {
            format!("{name} +type=crs")
        } else {
            name.to_owned()
        };
        check_metric(&definition)?;
        let between = |from: &str, to: &str| {
            Proj::new_known_crs(from, to, None)
                .map_err(|source| unknown(&definition, &source.to_string()))
        };
        Ok(Self {
            forward: between("EPSG:4326", &definition)?,
            inverse: between(&definition, "EPSG:4326")?,
            name: definition,
        })
    }

    /// The place on the plane of this system.
    ///
    /// # Errors
    ///
    /// [`Error::Projection`] if PROJ cannot project it.
    pub fn forward(&self, place: LonLat) -> Result<Coord> {
        let (e_m, n_m) = self.convert(&self.forward, (place.lon_deg, place.lat_deg))?;
        Ok(Coord { e_m, n_m })
    }

    /// The place on the ellipsoid WGS 84.
    ///
    /// # Errors
    ///
    /// [`Error::Projection`] if PROJ cannot tell it.
    pub fn inverse(&self, coord: Coord) -> Result<LonLat> {
        let (lon_deg, lat_deg) = self.convert(&self.inverse, (coord.e_m, coord.n_m))?;
        LonLat::new(lon_deg, lat_deg)
    }

    fn convert(&self, transformation: &Proj, point: (f64, f64)) -> Result<(f64, f64)> {
        let failed = |problem: String| Error::Projection {
            name: self.name.clone(),
            problem: format!("cannot transform {}, {}: {problem}", point.0, point.1),
            hint: "check that the point lies in the area of use of the system".to_owned(),
        };
        let result = transformation.convert(point).map_err(|source| failed(source.to_string()))?;
        // PROJ answers some points that it cannot do with infinity and no error.
        if result.0.is_finite() && result.1.is_finite() {
            Ok(result)
        } else {
            Err(failed("the result is not finite".to_owned()))
        }
    }
}

impl fmt::Debug for Crs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Crs").field(&self.name).finish()
    }
}

/// Refuses a system whose coordinates are not easting and northing in metres.
fn check_metric(definition: &str) -> Result<()> {
    let text = Proj::new(definition)
        .map_err(|source| source.to_string())
        .and_then(|crs| crs.to_projjson(None, None, None).map_err(|source| source.to_string()))
        .map_err(|problem| unknown(definition, &problem))?;
    let description: serde_json::Value =
        serde_json::from_str(&text).map_err(|source| unknown(definition, &source.to_string()))?;
    // A system with a datum shift of its own wraps the projected one.
    let crs = match &description["type"] {
        kind if kind == "BoundCRS" => &description["source_crs"],
        _ => &description,
    };
    let unit = &crs["coordinate_system"]["axis"][0]["unit"];
    if crs["type"] == "ProjectedCRS" && unit == "metre" {
        return Ok(());
    }
    Err(Error::Projection {
        name: definition.to_owned(),
        problem: format!("it is a {} with unit {unit}", crs["type"]),
        hint: "choose a projected system in metres, such as EPSG:32641".to_owned(),
    })
}

/// PROJ's own words say little ("Unknown error (code 4096)"), so ours come first.
fn unknown(definition: &str, problem: &str) -> Error {
    Error::Projection {
        name: definition.to_owned(),
        problem: format!("PROJ does not know it ({problem})"),
        hint: "give an EPSG code such as EPSG:32641, or a PROJ string such as \
               \"+proj=utm +zone=41 +datum=WGS84\""
            .to_owned(),
    }
}
