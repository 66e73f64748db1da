//! Speeds of places: numbers of railways, lengths where they mean something, a source.

use crate::model::problem::Problem;
use crate::model::{PlaceSpeed, SpeedPlace};

pub(super) fn check(problems: &mut Vec<Problem>, speeds: &[PlaceSpeed]) {
    for (index, speed) in speeds.iter().enumerate() {
        let item = format!("speed of {}s", speed.place.word());
        let mut add = |key: &str, message: String, hint: &str| {
            let path = format!("speed[{index}].{key}");
            problems.push(Problem::new(path, item.clone(), message, hint));
        };
        for (key, value, [low, high], hint) in [
            ("speed_kmh", Some(speed.speed_kmh), [1.0, 600.0], "give kilometres an hour"),
            ("length_m", speed.length_m, [1.0, 1e5], "give metres along the line"),
            ("least_m", speed.least_m, [0.0, 1e5], "give metres along the line"),
        ] {
            let Some(value) = value.filter(|value| value.is_finite()) else { continue };
            if !(low..=high).contains(&value) {
                add(key, format!("{key} = {value} is outside {low} to {high}"), hint);
            }
        }
        let is_station = speed.place == SpeedPlace::Station;
        if !is_station && speed.length_m.is_some() {
            let message = format!("length_m is none of {}s", speed.place.word());
            add("length_m", message, "bridges and tunnels have lengths of their own; leave it out");
        }
        if is_station && speed.least_m.is_some() {
            let message = "least_m is none of stations".to_owned();
            add("least_m", message, "give length_m, the length along the line");
        }
        if speed.source.trim().is_empty() {
            let hint = "say where the speed stands, or why so much is assumed";
            add("source", "source is empty".to_owned(), hint);
        }
    }
}
