//! A way across the middle of a grid, on which lines are designed.

use railcorridor::design::DesignOptions;
use railcorridor::model::{Segment, Station, Study};
use railcorridor::route::{LevelOptions, Options, SegmentRoute, search};
use railcorridor::terrain::Grid;

/// The cheapest way from so many degrees west and south of the middle to as many east and north of
/// it, at the gradient and radius that a design needs.
pub fn way(grid: &Grid, [lon_deg, lat_deg]: [f64; 2], options: &DesignOptions) -> SegmentRoute {
    let station = |id: &str, lon_deg, lat_deg| Station {
        id: id.to_owned(),
        lon_deg,
        lat_deg,
        ..Station::default()
    };
    let study = Study {
        stations: vec![station("a", -lon_deg, -lat_deg), station("b", lon_deg, lat_deg)],
        segments: vec![Segment {
            id: "s".to_owned(),
            from: "a".to_owned(),
            to: "b".to_owned(),
            ..Segment::default()
        }],
        ..Study::default()
    };
    let levels = LevelOptions {
        gradient_permille: options.search_gradient_permille(),
        least_radius_m: options.least_radius_m,
        ..LevelOptions::default()
    };
    search(&study, grid, &Options { levels, ..Options::default() }).unwrap().remove(0)
}
