//! Two stations and the line between them, written in Rust: how long is it at least?
//!
//! Prints:
//! ```text
//! Turgundi-Herat: 100.3 km as the crow flies
//! ```

use railcorridor::model::{Segment, Station, Study};
use railcorridor::status;

fn main() -> railcorridor::Result<()> {
    let station = |id: &str, name: &str, lon_deg, lat_deg| Station {
        id: id.into(),
        name: name.into(),
        lon_deg,
        lat_deg,
        ..Station::default()
    };
    let study = Study {
        name: "My first line".into(),
        stations: vec![
            station("turgundi", "Turgundi", 62.283, 35.250),
            station("herat", "Herat", 62.19967, 34.34817),
        ],
        segments: vec![Segment {
            id: "turgundi-herat".into(),
            from: "turgundi".into(),
            to: "herat".into(),
            ..Segment::default()
        }],
        ..Study::default()
    };
    study.check()?;
    for row in status::lengths(&study, "2026-01-31".parse()?)?.iter().take(1) {
        println!("{}: {:.1} km as the crow flies", row.name, row.geodesic_km);
    }
    Ok(())
}
