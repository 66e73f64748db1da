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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::{Hemisphere, LocalZone, TransverseMercator, UtmZone, distance_m};

    /// 2,000 places over the range of the projection, spread evenly by two irrational steps.
    fn places(meridian_deg: f64) -> impl Iterator<Item = LonLat> {
        (0..2000_u32).map(move |i| {
            let [u, v] = [0.754_877_666, 0.569_840_291].map(|step| (f64::from(i) * step).fract());
            LonLat::new(meridian_deg - 8.5 + 17.0 * u, -84.0 + 168.0 * v).unwrap()
        })
    }

    fn worst_m(ours: &TransverseMercator, theirs: &Crs, meridian_deg: f64) -> (f64, f64) {
        let mut worst_m = (0.0_f64, 0.0_f64);
        for place in places(meridian_deg) {
            let coord = theirs.forward(place).unwrap();
            worst_m.0 = worst_m.0.max(ours.forward(place).unwrap().distance_m(coord));
            let back = theirs.inverse(coord).unwrap();
            worst_m.1 = worst_m.1.max(distance_m(back, place));
        }
        worst_m
    }

    #[test]
    fn utm_41_north_equals_ours() {
        let ours = UtmZone::new(41, Hemisphere::North).unwrap();
        for name in ["EPSG:32641", "32641", "+proj=utm +zone=41 +datum=WGS84"] {
            let theirs = Crs::new(name).unwrap();
            let (forward_m, back_m) = worst_m(ours.projection(), &theirs, 63.0);
            assert!(forward_m <= 1e-6, "{name}: {forward_m} m");
            assert!(back_m <= 1e-6, "{name}: {back_m} m");
        }
    }

    #[test]
    fn a_local_zone_tells_proj_what_it_is() {
        let ends = [(62.283, 35.25), (66.4, 31.0)];
        let corridor = ends.map(|(lon_deg, lat_deg)| LonLat { lon_deg, lat_deg });
        let ours = LocalZone::along(&corridor).unwrap().projection;
        let theirs = Crs::new(&ours.proj_string()).unwrap();
        let (forward_m, _) = worst_m(&ours, &theirs, ours.central_meridian_deg());
        assert!(forward_m <= 1e-6, "{forward_m} m");
    }

    #[test]
    fn a_soviet_grid_has_a_datum_shift() {
        // Pulkovo 1942, Gauss-Krueger zone 11: some hundred metres from WGS 84 on the ground.
        let crs = Crs::new("EPSG:28411").unwrap();
        let herat = LonLat::new(62.19967, 34.34817).unwrap();
        let coord = crs.forward(herat).unwrap();
        assert!((11_000_000.0..12_000_000.0).contains(&coord.e_m), "{coord:?}");
        assert!(distance_m(crs.inverse(coord).unwrap(), herat) < 0.01);
    }

    #[test]
    fn refuses_in_our_own_words() {
        for (name, word) in [
            ("EPSG:1", "does not know"),
            ("no such grid", "does not know"),
            ("", "does not know"),
            ("nul\0byte", "does not know"),
            ("EPSG:4326", "Geographic"),
            ("EPSG:4978", "Geodetic"),
            ("EPSG:2263", "foot"),
        ] {
            let error = Crs::new(name).unwrap_err().to_string();
            assert!(error.contains(word), "{name}: {error}");
            assert!(error.contains("EPSG:32641"), "{name}: {error}");
        }
    }

    #[test]
    fn refuses_a_point_that_it_cannot_do() {
        let crs = Crs::new("EPSG:32641").unwrap();
        let nowhere = Coord { e_m: f64::INFINITY, n_m: 0.0 };
        assert!(crs.inverse(nowhere).is_err());
    }
}
