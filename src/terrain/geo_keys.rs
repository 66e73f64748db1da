//! Where the heights of a GeoTIFF lie, by its keys and tags.

use std::io::{Read, Seek};

use tiff::decoder::Decoder;
use tiff::tags::Tag;

use super::frame::Frame;
use super::geotiff::broken;
use crate::error::{Error, Result};
use crate::geodesy::{LonLat, UtmZone};

/// `GTModelTypeGeoKey` of the GeoTIFF standard (OGC 19-008r4, 7.1.1.1) and its value for longitude
/// and latitude.
pub(super) const MODEL_TYPE_KEY: u16 = 1024;
const GEOGRAPHIC: u16 = 2;

/// `GTRasterTypeGeoKey` (OGC 19-008r4, 7.1.1.2) and its value for heights that lie at points; else
/// they fill an area.
pub(super) const RASTER_TYPE_KEY: u16 = 1025;
const PIXEL_IS_POINT: u16 = 2;

/// `GeogAngularUnitsGeoKey` (OGC 19-008r4, 7.5.11) and the EPSG code of degrees.
const ANGULAR_UNITS_KEY: u16 = 2054;
const DEGREES: u16 = 9102;

/// `ProjectedCSTypeGeoKey` (OGC 19-008r4, 7.5.2), an EPSG code.
const PROJECTED_KEY: u16 = 3072;

/// The value of a key that stands for what the file says elsewhere (OGC 19-008r4, 7.1).
const USER_DEFINED: u16 = 32_767;

/// The frame of so many rows and columns.
pub(super) fn frame<R: Read + Seek>(
    decoder: &mut Decoder<R>,
    name: &str,
    rows: usize,
    cols: usize,
) -> Result<Frame> {
    let keys = decoder.get_tag_u16_vec(Tag::GeoKeyDirectoryTag).unwrap_or_default();
    let key = |id: u16| {
        keys.chunks_exact(4).skip(1).find_map(|key| match *key {
            [found, 0, _, value] if found == id => Some(value),
            _ => None,
        })
    };
    if key(MODEL_TYPE_KEY).is_some_and(|model| model != GEOGRAPHIC) {
        return Err(projected(name, key(PROJECTED_KEY)));
    }
    if let Some(unit) =
        key(ANGULAR_UNITS_KEY).filter(|unit| ![DEGREES, USER_DEFINED].contains(unit))
    {
        return Err(broken(
            name,
            &format!("counts angles in the unit EPSG:{unit}, not in degrees"),
        ));
    }
    let mut numbers = |tag| decoder.get_tag_f64_vec(tag).unwrap_or_default();
    let (scale, tie) = (numbers(Tag::ModelPixelScaleTag), numbers(Tag::ModelTiepointTag));
    let matrix = numbers(Tag::ModelTransformationTag);
    let (x, y, step_lon_deg, step_lat_deg) = match (&scale[..], &tie[..], &matrix[..]) {
        (&[dx, dy, ..], &[i, j, _, x, y, ..], _) => (x - i * dx, y + j * dy, dx, dy),
        (_, _, &[dx, 0.0, _, x, 0.0, minus_dy, _, y, ..]) => (x, y, dx, -minus_dy),
        _ => return Err(broken(name, &"has no scale and tie point, or is turned")),
    };
    if !(step_lon_deg > 0.0 && step_lat_deg > 0.0) {
        let problem = format!("has steps of {step_lon_deg} x {step_lat_deg} degrees");
        return Err(broken(name, &problem));
    }
    // The tie point names a corner of a pixel (area) or its node (point): half a cell between.
    let half = if key(RASTER_TYPE_KEY) == Some(PIXEL_IS_POINT) { 0.0 } else { 0.5 };
    let north_west = LonLat::new(x + half * step_lon_deg, y - half * step_lat_deg)
        .map_err(|error| broken(name, &error))?;
    Ok(Frame {
        west_deg: north_west.lon_deg,
        north_deg: north_west.lat_deg,
        step_lon_deg,
        step_lat_deg,
        rows,
        cols,
    })
}

/// The refusal of a file on a plane, with what would put it right.
fn projected(name: &str, code: Option<u16>) -> Error {
    let system = match code {
        Some(code) if code != USER_DEFINED => {
            let zone = UtmZone::from_epsg(u32::from(code));
            let utm = zone.map(|zone| format!(", UTM zone {}", zone.number())).unwrap_or_default();
            format!(" (EPSG:{code}{utm})")
        }
        _ => String::new(),
    };
    Error::Terrain {
        file: name.to_owned(),
        problem: format!("is projected{system}"),
        hint: "bring it to longitude and latitude first: gdalwarp -t_srs EPSG:4326 IN.tif OUT.tif"
            .to_owned(),
    }
}
