//! A way across the middle of a grid, on which lines are designed.

use railcorridor::design::DesignOptions;
use railcorridor::model::{Segment, Station, Study};
use railcorridor::route::{LevelOptions, Options, SegmentRoute, search};
use railcorridor::terrain::Grid;

/// A segment from so many degrees west and south of the middle to as many east and north of it.
pub fn study([lon_deg, lat_deg]: [f64; 2]) -> Study {
    let station = |id: &str, lon_deg, lat_deg| Station {
        id: id.to_owned(),
        lon_deg,
        lat_deg,
        ..Station::default()
    };
    Study {
        stations: vec![station("a", -lon_deg, -lat_deg), station("b", lon_deg, lat_deg)],
        segments: vec![Segment {
            id: "s".to_owned(),
            from: "a".to_owned(),
            to: "b".to_owned(),
            ..Segment::default()
        }],
        ..Study::default()
    }
}

/// The cheapest way of that segment, at the gradient and radius that a design needs.
#[allow(dead_code, reason = "some tests need the segment alone")]
pub fn way(grid: &Grid, ends_deg: [f64; 2], options: &DesignOptions) -> SegmentRoute {
    let levels = LevelOptions {
        gradient_permille: options.search_gradient_permille(),
        least_radius_m: options.least_radius_m,
        ..LevelOptions::default()
    };
    search(&study(ends_deg), grid, &Options { levels, ..Options::default() }).unwrap().remove(0)
}
