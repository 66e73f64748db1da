//! A line over a pass: a way is searched, a line that keeps a standard is laid along it, and what it
//! takes is counted.
//!
//! Prints:
//! ```text
//! straight line 65.8 km, way 69.7 km
//! line 67.1 km, 75 curves, least radius 1500 m
//! summit 498 m, climb 388 m
//! tunnels 0.0 km, bridges 0.0 km
//! cut 0.2, fill 0.1 million m3
//!      1.7 million USD  Land and access
//!      1.0 million USD  Earthworks
//!      1.9 million USD  Structures
//!     30.2 million USD  Track
//!      4.5 million USD  Stations
//!      7.7 million USD  Signalling, telecom, power
//!     12.7 million USD  Engineering, owner, contingency
//!     59.7 million USD in all, 0.89 a km
//! limits broken: 0
//! ```

use std::ops::ControlFlow;

use railcorridor::design::{DesignOptions, Works, design};
use railcorridor::geodesy::LonLat;
use railcorridor::model::{CostGroup, Segment, Standard, Station, Study};
use railcorridor::route::{LevelOptions, Options, search};
use railcorridor::terrain::ridge_with_saddle;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // A ridge of 900 m across the way from south to north, with a saddle of 500 m in its middle.
    let grid = ridge_with_saddle(81, 81, 900.0, 900.0, 500.0)?;
    let station = |id: &str, lon_deg, lat_deg| Station {
        id: id.to_owned(),
        lon_deg,
        lat_deg,
        ..Station::default()
    };
    let study = Study {
        stations: vec![station("south", -0.1, -0.28), station("north", 0.1, 0.28)],
        segments: vec![Segment {
            id: "pass".to_owned(),
            from: "south".to_owned(),
            to: "north".to_owned(),
            ..Segment::default()
        }],
        ..Study::default()
    };
    let options = DesignOptions::of_standard(Standard::builtin_called("1520-mixed-120")?)?;
    let levels = LevelOptions {
        gradient_permille: options.search_gradient_permille(),
        least_radius_m: options.least_radius_m,
        ..LevelOptions::default()
    };
    let routes = search(&study, &grid, &Options { levels, ..Options::default() })?;
    let route = routes.first().ok_or("no way")?;
    let track = design(route, &grid, None, &options, &|_| ControlFlow::Continue(()))?;

    let straight_m = LonLat::new(-0.1, -0.28)?;
    let straight_m = railcorridor::geodesy::distance_m(straight_m, LonLat::new(0.1, 0.28)?);
    println!("straight line {:.1} km, way {:.1} km", straight_m / 1e3, route.length_m / 1e3);
    println!(
        "line {:.1} km, {} curves, least radius {:.0} m",
        track.length_m() / 1e3,
        track.curves.len(),
        track.least_radius_m().unwrap_or(f64::INFINITY)
    );
    println!(
        "summit {:.0} m, climb {:.0} m",
        track.summit().map_or(0.0, |at| at.level_m),
        track.climbs_m()[0]
    );
    println!(
        "tunnels {:.1} km, bridges {:.1} km",
        track.structures_of(Works::Tunnel).1 / 1e3,
        track.structures_of(Works::Bridge).1 / 1e3
    );
    println!(
        "cut {:.1}, fill {:.1} million m3",
        track.earth.cut_m3 / 1e6,
        track.earth.fill_m3 / 1e6
    );
    for group in CostGroup::ALL {
        println!("{:>8.1} million USD  {}", track.bill.group_usd(group) / 1e6, group.words());
    }
    println!(
        "{:>8.1} million USD in all, {:.2} a km",
        track.bill.total_usd() / 1e6,
        track.musd_per_km()
    );
    println!(
        "limits broken: {}",
        track
            .compliance
            .findings
            .iter()
            .filter(|finding| finding.severity == railcorridor::Severity::Error)
            .count()
    );
    Ok(())
}
