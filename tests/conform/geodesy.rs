//! Cases of geodesy.

use railcorridor::geodesy::{Coord, LonLat, TransverseMercator, distance_m};

use super::case_file::numbers;
use super::{CaseFile, Kind, Report};

/// Points of an ellipsoidal transverse Mercator, both ways, with convergence and scale.
pub const TRANSVERSE_MERCATOR: Kind = Kind {
    name: "transverse-mercator",
    json_kinds: &[],
    files: &[("geodesy", "TM-1000.dat")],
    run: transverse_mercator,
};

/// Rows of latitude, longitude (deg), easting, northing (m), convergence (deg) and scale, about
/// the meridian 0 with scale 0.9996 on it: the file does not say so, its scale column does.
fn transverse_mercator(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let grid = TransverseMercator::new(0.0, 0.9996, 0.0, 0.0).map_err(|error| error.to_string())?;
    for (line, row) in (1..).zip(file.text()?.lines()) {
        if row.trim().is_empty() {
            continue;
        }
        if let Err(problem) = transverse_mercator_row(&grid, row, line, report) {
            report.fail(line, &problem);
        }
    }
    Ok(())
}

fn transverse_mercator_row(
    grid: &TransverseMercator,
    row: &str,
    line: usize,
    report: &mut Report,
) -> Result<(), String> {
    let [lat_deg, lon_deg, e_m, n_m, convergence_deg, scale_ratio] =
        numbers(row.split_whitespace())?;
    let text = |error: railcorridor::Error| error.to_string();
    let place = LonLat::new(lon_deg, lat_deg).map_err(text)?;
    let coord = Coord { e_m, n_m };
    if lon_deg.abs() > TransverseMercator::MAX_FROM_MERIDIAN_DEG {
        // Outside of the domain the only right answer is an error.
        let answers = [
            grid.forward(place).is_ok(),
            grid.inverse(coord).is_ok(),
            grid.grid_factors(place).is_ok(),
        ];
        let wrong = answers.iter().filter(|&&answered| answered).count();
        report.case("refused outside 8.5 deg", line, wrong as f64, 0.0);
        return Ok(());
    }
    let projected = grid.forward(place).map_err(text)?;
    report.case("forward, m", line, projected.distance_m(coord), 5e-9);
    let back = grid.inverse(coord).map_err(text)?;
    report.case("inverse, m", line, distance_m(back, place), 5e-9);
    let factors = grid.grid_factors(place).map_err(text)?;
    let turn_deg = factors.convergence_deg - convergence_deg;
    report.case("convergence, deg", line, turn_deg, 1e-14);
    report.case("scale, ratio", line, factors.scale_ratio - scale_ratio, 2e-15);
    Ok(())
}
