//! Your own terrain and zones: files in, a way out that keeps to them.
//!
//! Without arguments it makes an SRTM tile with a ridge across it and a map of zones, in a folder
//! that goes away. `cargo run --release --example your_own_terrain -- FROM TO ZONES.geojson
//! FILE...` takes yours: places as LON,LAT, then zones, then GeoTIFF or .hgt files or folders.
//!
//! Prints:
//! ```text
//! no zones: 39.6 km, cost 40.2 km of level line, summit 607 m, crossings: 0, proven cheapest
//! with zones: 59.8 km, cost 66.7 km of level line, summit 755 m, crossings: 1, proven cheapest
//!   within slide: 7.9 km
//! ```

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::path::Path;

use railcorridor::geodesy::LonLat;
use railcorridor::model::{Segment, Station, Study};
use railcorridor::route::{LevelOptions, Options, search, search_bounds};
use railcorridor::terrain::{Mosaic, Zone, open_zones};

/// A mine field in the lower of two gaps, a slide before the other, a river along the ridge.
const ZONES: &str = r#"{"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"id": "mines", "kind": "forbidden"},
     "geometry": {"type": "Polygon", "coordinates":
        [[[62.46, 34.36], [62.54, 34.36], [62.54, 34.44], [62.46, 34.44], [62.46, 34.36]]]}},
    {"type": "Feature", "properties": {"id": "slide", "kind": "geohazard", "factor_ratio": 1.3},
     "geometry": {"type": "Polygon", "coordinates":
        [[[62.41, 34.55], [62.45, 34.55], [62.45, 34.75], [62.41, 34.75], [62.41, 34.55]]]}},
    {"type": "Feature", "properties": {"id": "river", "kind": "river", "crossing_class": "river"},
     "geometry": {"type": "LineString", "coordinates": [[62.60, 34.0], [62.58, 34.5], [62.62, 35.0]]}}
]}"#;

/// The height of the ridge: along 62.5 E, with a low gap at 34.4 N and a higher one at 34.65 N.
fn height_m(lon_deg: f64, lat_deg: f64) -> f64 {
    let bell = |off_deg: f64, wide_deg: f64| (-(off_deg / wide_deg).powi(2)).exp();
    let crest_m = 700.0 - 600.0 * bell(lat_deg - 34.4, 0.04) - 450.0 * bell(lat_deg - 34.65, 0.04);
    500.0 + crest_m * bell(lon_deg - 62.5, 0.05)
}

fn write_terrain(folder: &Path) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    for row in 0..1201 {
        for col in 0..1201 {
            let (lon_deg, lat_deg) =
                (62.0 + f64::from(col) / 1200.0, 35.0 - f64::from(row) / 1200.0);
            bytes.extend((height_m(lon_deg, lat_deg).round() as i16).to_be_bytes());
        }
    }
    std::fs::write(folder.join("N34E062.hgt"), bytes)?;
    std::fs::write(folder.join("zones.geojson"), ZONES)
}

fn place(text: &str) -> Result<LonLat, Box<dyn std::error::Error>> {
    let (lon_deg, lat_deg) = text.split_once(',').ok_or("a place is LON,LAT")?;
    Ok(LonLat::new(lon_deg.parse()?, lat_deg.parse()?)?)
}

/// The study of one line between two places.
fn study(from: LonLat, to: LonLat) -> Study {
    let station = |id: &str, LonLat { lon_deg, lat_deg }| Station {
        id: id.into(),
        name: id.into(),
        lon_deg,
        lat_deg,
        ..Station::default()
    };
    let segment =
        Segment { id: "line".into(), from: "from".into(), to: "to".into(), ..Segment::default() };
    Study {
        stations: vec![station("from", from), station("to", to)],
        segments: vec![segment],
        ..Study::default()
    }
}

fn show(
    words: &str,
    study: &Study,
    files: &[String],
    zones: Vec<Zone>,
) -> railcorridor::Result<()> {
    let levels = LevelOptions { gradient_permille: 15.0, ..LevelOptions::default() };
    let options = Options { levels, zones, ..Options::default() };
    // Only what ways of twice the straight line may touch is read, at 15 arc-seconds.
    let bounds = search_bounds(study, &options, 2.0)?;
    let grid = Mosaic::open(files)?.window(bounds, Some(15.0 / 3600.0), 256 << 20)?;
    for route in search(study, &grid, &options)? {
        let summit_m = route.summit().map_or(0.0, |summit| summit.height_m);
        let proven = route.certificates.iter().all(|certificate| certificate.is_proven());
        println!(
            "{words}: {:.1} km, cost {:.1} km of level line, summit {summit_m:.0} m, crossings: {}, {}",
            route.length_m / 1e3,
            route.cost_m / 1e3,
            route.figures.crossings,
            if proven { "proven cheapest" } else { "not proven" }
        );
        for hazard in &route.figures.hazards {
            println!("  within {}: {:.1} km", hazard.zone, hazard.length_m / 1e3);
        }
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [from, to, zones, files @ ..] = arguments.as_slice() {
        return Ok(show(
            "your line",
            &study(place(from)?, place(to)?),
            files,
            open_zones(Path::new(zones))?,
        )?);
    }
    let folder = std::env::temp_dir().join(format!("your_own_terrain-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    write_terrain(&folder)?;
    let study = study(LonLat::new(62.3, 34.45)?, LonLat::new(62.7, 34.45)?);
    let files = [folder.display().to_string()];
    show("no zones", &study, &files, Vec::new())?;
    show("with zones", &study, &files, open_zones(&folder.join("zones.geojson"))?)?;
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}
