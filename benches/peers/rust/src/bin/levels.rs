//! Our search over cells and height levels on the legs of the embedded study, which none of the
//! other tools has.

use peers::timed;
use railcorridor::geodesy::LonLat;
use railcorridor::route::{Ground, LevelOptions, level_search};
use railcorridor::terrain::{Grid, globe_30s};
use serde_json::{Value, json};

/// A place by its name, longitude and latitude in degrees.
type Place = (&'static str, f64, f64);

const TURGUNDI: Place = ("Turgundi", 62.283, 35.250);
const HERAT: Place = ("Herat", 62.19967, 34.34817);
const KANDAHAR: Place = ("Kandahar", 65.71013, 31.61332);
const SPIN_BOLDAK: Place = ("Spin Boldak", 66.40001, 31.00575);

/// From, to, gradient in permille, metres between levels.
const LEGS: [(Place, Place, f64, f64); 9] = [
    (TURGUNDI, HERAT, 12.0, 1.0),
    (TURGUNDI, HERAT, 18.0, 1.0),
    (TURGUNDI, HERAT, 25.0, 1.0),
    (HERAT, KANDAHAR, 18.0, 0.5),
    (HERAT, KANDAHAR, 18.0, 1.0),
    (HERAT, KANDAHAR, 18.0, 2.0),
    (HERAT, KANDAHAR, 18.0, 4.0),
    (KANDAHAR, SPIN_BOLDAK, 18.0, 1.0),
    (KANDAHAR, SPIN_BOLDAK, 18.0, 4.0),
];

fn cell(grid: &Grid, (_, lon_deg, lat_deg): Place) -> (usize, usize) {
    let (row, col) = grid.row_col_cells(LonLat { lon_deg, lat_deg });
    (row.round() as usize, col.round() as usize)
}

fn leg(grid: &Grid, ground: &Ground, leg: (Place, Place, f64, f64), repeats: usize) -> Value {
    let (from, to, gradient_permille, level_step_m) = leg;
    let options = LevelOptions { gradient_permille, level_step_m, ..LevelOptions::default() };
    let (start, end) = (cell(grid, from), cell(grid, to));
    let run = || level_search(ground, start, end, &options).unwrap();
    let (seconds, settled_count) = timed(repeats, run, |way| {
        assert!(way.certificate.is_proven(), "{} to {} is not proven", from.0, to.0);
        way.certificate.settled_count
    });
    json!({
        "leg": format!("{} to {}", from.0, to.0),
        "gradient_permille": gradient_permille,
        "level_step_m": level_step_m,
        "settled_count": settled_count,
        "runs_s": seconds,
    })
}

/// Repeats from the command line; prints one line of JSON.
fn main() {
    let repeats = std::env::args().nth(1).unwrap().parse().unwrap();
    let grid = globe_30s().unwrap();
    let ground = Ground::of_grid(&grid).unwrap();
    let legs: Vec<Value> = LEGS.into_iter().map(|one| leg(&grid, &ground, one, repeats)).collect();
    println!("{}", json!({ "legs": legs }));
}
