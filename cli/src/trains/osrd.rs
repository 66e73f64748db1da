//! Lines and trains for OSRD.

use std::path::Path;

use railcorridor::Error;
use railcorridor::exchange::{LinePlace, OsrdWay, osrd_schedules, osrd_train, to_railjson_with};
use railcorridor::geometry::Line;
use railcorridor::model::{CORRIDOR, Date};
use railcorridor::operation::service::LineService;
use railcorridor::operation::{SpeedLimit, SpeedReason, Train};

use super::lines::Asked;
use crate::output::{self, Failure};

/// How far the course of the track may lie off the line, metres.
const TOLERANCE_M: f64 = 0.5;

/// The train that runs through into a file, if the path has an ending; else into a folder each
/// designed segment with its stations and limits, its trains there and back, and their schedules.
pub fn hand_over(
    path: &Path,
    force: bool,
    asked: &Asked,
    services: &[(String, &LineService)],
    speed_kmh: f64,
) -> Result<(), Failure> {
    if path.extension().is_some() || path.as_os_str() == "-" {
        let Some((_, service)) = services.last() else { return Ok(()) };
        let [there, _] = &service.ways;
        return output::put(Some(path), force, &osrd_train(&there.train));
    }
    if asked.lines.iter().all(|line| line.exact.is_none()) {
        let words = "a folder for OSRD is of lines as they would be built: add --designed, or name \
                     a .json file for the train alone";
        return Err(Failure::usage(words));
    }
    std::fs::create_dir_all(path).map_err(|source| Error::Io {
        action: "make",
        path: path.to_path_buf(),
        source,
    })?;
    for line in asked.lines.iter().filter(|line| line.line.id != CORRIDOR) {
        let service = services.iter().find(|(_, one)| one.id == line.line.id);
        if let (Some((_, service)), Some(exact)) = (service, &line.exact) {
            let places: Vec<LinePlace> = line.line.places.iter().map(LinePlace::from).collect();
            let put = |name: &str, text: &str| {
                let file = path.join(format!("{}.{name}", line.line.id));
                output::put(Some(&file), force, text)
            };
            let limits = limits(&line.line.limits, exact.length_m(), speed_kmh);
            put("infra.json", &to_railjson_with(exact, &places, &limits, TOLERANCE_M)?)?;
            let trains = trains(service);
            let [there, back] = &trains;
            put("train-there.json", &osrd_train(there))?;
            put("train-back.json", &osrd_train(back))?;
            put("schedules.json", &schedules(exact, asked.day, &trains, &places)?)?;
        }
    }
    Ok(())
}

/// Limits besides those of curves, which the line has itself, and the speed where nothing limits it.
fn limits(all: &[SpeedLimit], length_m: f64, speed_kmh: f64) -> Vec<SpeedLimit> {
    let mut limits = vec![SpeedLimit {
        from_m: 0.0,
        to_m: length_m,
        speed_kmh,
        reason: SpeedReason::Other,
        words: "line".to_owned(),
    }];
    limits.extend(all.iter().filter(|one| one.reason != SpeedReason::Curve).cloned());
    limits
}

/// Both by names of their own, since wagons may be fuller one way.
fn trains(service: &LineService) -> [Train; 2] {
    let [there, back] = service.ways.each_ref().map(|way| way.train.clone());
    [
        Train { name: format!("{}, there", there.name), ..there },
        Train { name: format!("{}, back", back.name), ..back },
    ]
}

fn schedules(
    line: &Line,
    day: Date,
    [there, back]: &[Train; 2],
    places: &[LinePlace],
) -> Result<String, Failure> {
    let way = |name, train, is_back| OsrdWay { name, train, places, is_back };
    Ok(osrd_schedules(line, day, &[way("there", there, false), way("back", back, true)])?)
}
