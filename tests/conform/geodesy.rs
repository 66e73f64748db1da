//! The transverse Mercator projection against 45-digit arithmetic.

use railcorridor::geodesy::{LonLat, MAX_FROM_MERIDIAN_DEG, TransverseMercator};

use super::{File, Kind, Tally};

/// Lines of lat, lon, easting, northing, convergence, scale; scale 0.9996 on meridian 0.
pub const TRANSVERSE_MERCATOR: Kind =
    Kind { name: "transverse_mercator", is: |file| file.ends("geodesy", "TM-1000.dat"), run };

/// What the reference states.
const LIMIT_M: f64 = 5e-9;

/// 5e-9 m as an angle of the meridian.
const LIMIT_DEG: f64 = 4.5e-14;

fn run(file: &File, tally: &mut Tally) {
    let text = match std::fs::read_to_string(&file.path) {
        Ok(text) => text,
        Err(error) => return tally.fail(&file.path.display().to_string(), &error.to_string()),
    };
    let plane = TransverseMercator::new(0.0, 0.9996, 0.0, 0.0);
    for (index, line) in text.lines().enumerate() {
        let place = format!("{}:{}", file.path.display(), index + 1);
        tally.cases += 1;
        let numbers: Vec<f64> = line.split_whitespace().filter_map(|n| n.parse().ok()).collect();
        let [lat_deg, lon_deg, e_m, n_m, convergence_deg, scale_ratio] = numbers[..] else {
            tally.fail(&place, "is not six numbers");
            continue;
        };
        let from = LonLat { lon_deg, lat_deg };
        if lon_deg.abs() > MAX_FROM_MERIDIAN_DEG {
            if plane.forward(from).is_ok() {
                tally.fail(&place, "lies outside the domain and must be refused");
            }
            continue;
        }
        let (Ok(projected), Ok(forward)) = (plane.project(from), plane.forward(from)) else {
            tally.fail(&place, "cannot be projected");
            continue;
        };
        let coord = projected.coord;
        tally.compare(&place, "easting", coord.e_m, e_m, LIMIT_M);
        tally.compare(&place, "northing", coord.n_m, n_m, LIMIT_M);
        tally.compare(&place, "easting alone", forward.e_m, e_m, LIMIT_M);
        tally.compare(&place, "northing alone", forward.n_m, n_m, LIMIT_M);
        tally.compare(&place, "scale", projected.scale_ratio, scale_ratio, 1e-14);
        // Near the pole an angle of the meridian is worth less than a metre.
        let limit_deg = 1e-13 / lat_deg.to_radians().cos().max(1e-3);
        tally.compare(&place, "convergence", projected.convergence_deg, convergence_deg, limit_deg);
        match plane.inverse(railcorridor::geodesy::Coord { e_m, n_m }) {
            Ok(back) => {
                tally.compare(&place, "latitude", back.lat_deg, lat_deg, LIMIT_DEG);
                let along_parallel = lat_deg.to_radians().cos();
                let lon_error = (back.lon_deg - lon_deg) * along_parallel;
                tally.compare(&place, "longitude", lon_error, 0.0, LIMIT_DEG);
            }
            Err(error) => tally.fail(&place, &error.to_string()),
        }
    }
}
