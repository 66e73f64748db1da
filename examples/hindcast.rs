//! Predicts the lengths of lines that were built: `hindcast DIR [--ends-only]` reads
//! `DIR/inputs.json` and `DIR/dem/*.tif`, and writes `predictions.json` into the current folder.
//!
//! Each line is forecast through its places (or from end to end) by [`forecast`], at its ruling
//! gradient if that is among the inputs. The built figures are never read. Prints a line each:
//! ```text
//! kerki_akina                 6 permille  flat        77.2 km, 70.8 to 84.2 km in four of five
//! ```

use std::path::Path;
use std::process::ExitCode;

use railcorridor::model::{Segment, Station, Study};
use railcorridor::route::{Forecast, ForecastOptions, Options, forecast};
use railcorridor::terrain;
use serde_json::{Map, Value};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let ends_only = arguments.iter().any(|argument| argument == "--ends-only");
    let folders: Vec<&String> =
        arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    let [folder] = folders[..] else {
        eprintln!("usage: hindcast DIR [--ends-only]");
        return ExitCode::from(2);
    };
    match predict(Path::new(folder), !ends_only) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn predict(folder: &Path, through_places: bool) -> Result<(), String> {
    let text =
        std::fs::read_to_string(folder.join("inputs.json")).map_err(|error| error.to_string())?;
    let inputs: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let mut predictions = Map::new();
    for case in inputs["cases"].as_array().ok_or("no cases")? {
        let id = case["id"].as_str().ok_or("a case without id")?;
        let terrain = folder.join("dem").join(format!("{id}.tif"));
        let grid = terrain::open(&terrain.to_string_lossy()).map_err(|error| error.to_string())?;
        let options = ForecastOptions {
            search: Options { through_places, ..Options::default() },
            ruling_gradient_permille: case["standards_if_known"]["ruling_gradient_permille"]
                .as_f64(),
            ..ForecastOptions::default()
        };
        let lines = forecast(&study(case)?, &grid, &options).map_err(|error| error.to_string())?;
        let line = lines.first().ok_or(format!("{id}: no line"))?;
        print(id, line);
        let km = line.built_length.expected_m / 1e3;
        predictions.insert(id.to_owned(), Value::from((km * 10.0).round() / 10.0));
    }
    let text = format!("{:#}\n", Value::Object(predictions));
    railcorridor::report::write_file(Path::new("predictions.json"), text.as_bytes(), true)
        .map_err(|error| error.to_string())
}

fn print(id: &str, line: &Forecast) {
    let built = line.built_length;
    let class = format!("{:?}", line.route.figures.terrain.class()).to_lowercase();
    println!(
        "{id:<24} {:4} permille  {class:<8} {:7.1} km, {:.1} to {:.1} km in four of five",
        line.gradient_permille,
        built.expected_m / 1e3,
        built.low_m / 1e3,
        built.high_m / 1e3
    );
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
