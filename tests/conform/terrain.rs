//! Cases of terrain: one grid in many encodings, and files that must be refused.

use std::time::Instant;

use railcorridor::geodesy::LonLat;
use railcorridor::terrain::read_geotiff;

use super::{CaseFile, Kind, Report};

/// GeoTIFF files; those called `bad_*` must be refused.
pub const GEOTIFF: Kind =
    Kind { name: "geotiff", json_kinds: &[], files: &[("terrain", ".tif")], run: geotiff };

/// Small files of one grid in every encoding, written by tifffile; those called `bad_*` must be
/// refused, in words that say why.
pub const ENCODINGS: Kind = Kind {
    name: "geotiff encodings",
    json_kinds: &[],
    files: &[("geotiff", ".tif")],
    run: encoding,
};

/// What the refusal of a file must say.
const REFUSALS: &[(&str, &str)] = &[
    ("bad_1e10_cells.tif", "inconsistent sizes"),
    ("bad_antimeridian.tif", "cut it in two at 180 degrees"),
    ("bad_geocentric.tif", "is projected"),
    ("bad_no_place.tif", "has no scale and tie point"),
    ("bad_one_pixel.tif", "2 x 2 and more"),
    ("bad_pole.tif", "outside the earth"),
    ("bad_projected.tif", "gdalwarp -t_srs EPSG:4326"),
    ("bad_radians.tif", "not in degrees"),
    ("bad_rgb.tif", "not one height a cell"),
    ("bad_scale_nan.tif", "has steps of NaN x 0.1"),
    ("bad_scale_negative.tif", "has steps of -0.25 x 0.1"),
    ("bad_utm_41n.tif", "is projected (EPSG:32641, UTM zone 41)"),
];

fn encoding(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let (bytes, name) = (file.bytes()?, file.name());
    let answer = read_geotiff(&bytes, &name);
    if name.starts_with("bad_") {
        let message = answer.err().map(|error| error.to_string()).unwrap_or_default();
        let words = REFUSALS.iter().find(|(bad, _)| *bad == name).ok_or("is not listed")?.1;
        if !message.contains(words) {
            return Err(format!("\"{words}\" is not in: {message}"));
        }
        report.case("refused", 1, 0.0, 0.0);
        return Ok(());
    }
    let grid = answer.map_err(|error| error.to_string())?;
    // Heights 7 i mod 199 (mod 99 in signed bytes), i counted row by row; a void at row 2, column 3.
    let modulus = if name.starts_with("int8") { 99 } else { 199 };
    let mut wrong = 0.0;
    for row in 0..30 {
        for col in 0..40 {
            let height_m = f64::from((row * 40 + col) * 7 % modulus);
            let expected = ((row, col) != (2, 3)).then_some(height_m);
            wrong += f64::from(u8::from(grid.height_m(row as usize, col as usize) != expected));
        }
    }
    report.case("nodes that are wrong", 1_200, wrong, 0.0);
    let north_west = grid.place(0, 0);
    let off_deg = (north_west.lon_deg - 60.0).hypot(north_west.lat_deg - 37.0);
    report.case("place of the first node, deg", 1, off_deg, 1e-12);
    Ok(())
}

fn geotiff(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let bytes = file.bytes()?;
    let start = Instant::now();
    let answer = read_geotiff(&bytes, &file.name());
    if file.name().starts_with("bad_") {
        report.case("refused", 1, f64::from(u8::from(answer.is_ok())), 0.0);
        report.case("refused within, s", 1, start.elapsed().as_secs_f64(), 1.0);
        return Ok(());
    }
    let grid = answer.map_err(|error| error.to_string())?;
    let sum_m: f64 = grid.heights_m().iter().map(|&height_m| f64::from(height_m)).sum();
    report.case("sum of all heights, m", 1, sum_m - 1_218_683_993.0, 0.0);
    let height_m = grid.height_m(500, 400).ok_or("no height at row 500, column 400")?;
    report.case("height of a node, m", 1, height_m - 1035.0, 0.0);
    // 400 and 500 steps of 30 arc-seconds from 60 E, 37 N.
    let place = LonLat { lon_deg: 60.0 + 400.0 / 120.0, lat_deg: 37.0 - 500.0 / 120.0 };
    let height_m = grid.height_at_m(place).ok_or("no height at 63.333 E, 32.833 N")?;
    report.case("height of a place, m", 1, height_m - 1035.0, 1e-6);
    Ok(())
}
