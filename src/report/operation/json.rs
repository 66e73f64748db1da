//! What a line does for trains, for programs.

use serde_json::{Value, json};

use crate::operation::service::LineService;

/// The train, its runs without their points, capacity by section, tonnes.
#[must_use]
pub fn service_json(service: &LineService) -> Value {
    let way = |way: &crate::operation::service::WayService| {
        json!({
            "train": way.train.name,
            "mass_t": way.train.mass_kg / 1e3,
            "length_m": way.train.length_m,
            "gross_t": way.gross_t,
            "net_t": way.net_t,
            "ruling_permille": way.ruling_permille,
            "load_t": way.load_t,
            "running_s": way.run.running_s,
            "mean_kmh": way.mean_kmh(),
            "traction_kwh": way.run.traction_kwh(),
            "braking_kwh": way.run.braking_j / 3.6e6,
            "rolling_kwh": way.run.rolling_j / 3.6e6,
            "gradient_kwh": way.run.gradient_j / 3.6e6,
            "fuel_litres": way.fuel_litres,
        })
    };
    let [there, back] = &service.ways;
    json!({
        "line": service.id,
        "length_m": service.length_m,
        "wagons": service.wagons,
        "wagons_limited_by": service.limit,
        "there": way(there),
        "back": way(back),
        "stations": service.track_line.stations(),
        "class": service.class,
        "capacity": service.capacity,
        "year": service.year,
        "figures": service.figures(),
    })
}
