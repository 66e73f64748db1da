//! Predicts the lengths of lines that were built: `hindcast DIR` reads `DIR/inputs.json` and
//! `DIR/dem/*.tif`, and writes `predictions.json` into the current folder.
//!
//! Each line is searched through its places at 6, 9, 12, 15, 18 and 25 permille; the flattest
//! gradient is taken whose cost is within a tenth of that at 25, or the published one. The length
//! is the geometric mean of the searched way and the geodesics through the places, times one
//! constant for what the terrain does not hold. The built figures are never read.

use std::path::Path;
use std::process::ExitCode;

use railcorridor::geodesy::{LonLat, polyline_length_m};
use railcorridor::model::{Segment, Station, Study};
use railcorridor::route::{LevelOptions, Options, search};
use railcorridor::terrain;
use serde_json::{Map, Value};

/// Gradients that a planner would try, permille.
const GRADIENTS_PERMILLE: [f64; 6] = [6.0, 9.0, 12.0, 15.0, 18.0, 25.0];

/// How much dearer a flatter line may be.
const DEARER_RATIO: f64 = 1.10;

/// Built length over the mean of [`length_km`]: dunes, canals, stations, curves, hills between
/// cells. Fitted on sixteen lines, with [`GEODESIC_WEIGHT`]; see benches/record.
const BUILT_RATIO: f64 = 1.104;

/// Weight of the geodesics through the places in the mean: the cells' relief is rough, so a search
/// in mountains winds more than a line that sees the ground.
const GEODESIC_WEIGHT: f64 = 0.3;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("usage: hindcast DIR");
        return ExitCode::from(2);
    };
    match predict(Path::new(&folder)) {
        Ok(predictions) => {
            let text = format!("{:#}\n", Value::Object(predictions));
            match railcorridor::report::write_file(
                Path::new("predictions.json"),
                text.as_bytes(),
                true,
            ) {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => failed(&error.to_string()),
            }
        }
        Err(problem) => failed(&problem),
    }
}

fn failed(problem: &str) -> ExitCode {
    eprintln!("error: {problem}");
    ExitCode::FAILURE
}

fn predict(folder: &Path) -> Result<Map<String, Value>, String> {
    let text =
        std::fs::read_to_string(folder.join("inputs.json")).map_err(|error| error.to_string())?;
    let inputs: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let mut predictions = Map::new();
    for case in inputs["cases"].as_array().ok_or("no cases")? {
        let id = case["id"].as_str().ok_or("a case without id")?;
        let terrain = folder.join("dem").join(format!("{id}.tif"));
        let grid = terrain::open(&terrain.to_string_lossy()).map_err(|error| error.to_string())?;
        let study = study(case)?;
        let known = case["standards_if_known"]["ruling_gradient_permille"].as_f64();
        let gradients = known.map_or(GRADIENTS_PERMILLE.to_vec(), |known| vec![known]);
        let mut ways: Vec<(f64, f64, f64)> = Vec::new();
        for gradient_permille in gradients {
            let levels = LevelOptions { gradient_permille, ..LevelOptions::default() };
            let options = Options { levels, through_places: true };
            if let Ok(routes) = search(&study, &grid, &options) {
                ways.extend(routes.iter().map(|r| (gradient_permille, r.length_m / 1e3, r.cost_m)));
            }
        }
        let steepest = ways.last().ok_or(format!("{id}: no way"))?;
        let most = DEARER_RATIO * steepest.2;
        let chosen = ways.iter().find(|(.., cost)| *cost <= most).unwrap_or(steepest);
        let km = length_km(&study, chosen.1).map_err(|error| error.to_string())?;
        println!("{id:<24} {:4} permille  {km:7.1} km", chosen.0);
        predictions.insert(id.to_owned(), Value::from((km * 10.0).round() / 10.0));
    }
    Ok(predictions)
}

/// Geometric mean of the geodesics through the places and of the searched length, times the
/// constant.
fn length_km(study: &Study, searched_km: f64) -> railcorridor::Result<f64> {
    let places: Vec<LonLat> = study
        .stations
        .iter()
        .map(|station| LonLat::new(station.lon_deg, station.lat_deg))
        .collect::<railcorridor::Result<_>>()?;
    let geodesic_km = polyline_length_m(&places) / 1e3;
    let mean_km = geodesic_km.powf(GEODESIC_WEIGHT) * searched_km.powf(1.0 - GEODESIC_WEIGHT);
    Ok(BUILT_RATIO * mean_km)
}

/// The line as a study of one segment through its places.
fn study(case: &Value) -> Result<Study, String> {
    let mut stations = vec![station("start", &case["start"])?];
    let mut via = Vec::new();
    for (place, value) in case["via"].as_array().into_iter().flatten().enumerate() {
        let id = format!("via-{place}");
        stations.push(station(&id, value)?);
        via.push(id);
    }
    stations.push(station("end", &case["end"])?);
    let segment = Segment {
        id: "line".into(),
        from: "start".into(),
        to: "end".into(),
        via,
        ..Segment::default()
    };
    Ok(Study { name: "built line".into(), stations, segments: vec![segment], ..Study::default() })
}

fn station(id: &str, value: &Value) -> Result<Station, String> {
    let degrees = |key: &str| value[key].as_f64().ok_or(format!("{id}: no {key}"));
    Ok(Station {
        id: id.into(),
        name: id.into(),
        lon_deg: degrees("lon")?,
        lat_deg: degrees("lat")?,
        ..Station::default()
    })
}
