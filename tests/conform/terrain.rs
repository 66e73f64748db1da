//! Cases of terrain: one grid in many encodings, and files that must be refused.

use std::time::Instant;

use railcorridor::geodesy::LonLat;
use railcorridor::terrain::read_geotiff;

use super::{CaseFile, Kind, Report};

/// GeoTIFF files; those called `bad_*` must be refused.
pub const GEOTIFF: Kind =
    Kind { name: "geotiff", json_kinds: &[], files: &[("terrain", ".tif")], run: geotiff };

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
