//! From Turgundi over the Paropamisus to Herat: how long, and over which summit, by gradient?
//!
//! Prints:
//! ```text
//! 12 permille: 138.2 km, summit 1518 m, cuts to 20 m, fills to 20 m, proven
//! 15 permille: 124.7 km, summit 1537 m, cuts to 14 m, fills to 20 m, proven
//! 18 permille: 117.5 km, summit 1526 m, cuts to 10 m, fills to 20 m, proven
//! 25 permille: 112.6 km, summit 1544 m, cuts to 12 m, fills to 14 m, proven
//! ```

use railcorridor::model::Study;
use railcorridor::route::{LevelOptions, Options, search};
use railcorridor::terrain;

fn main() -> railcorridor::Result<()> {
    let mut study = Study::turgundi()?;
    study.segments.truncate(1);
    let grid = terrain::globe_30s()?;
    for gradient_permille in [12.0, 15.0, 18.0, 25.0] {
        let levels = LevelOptions { gradient_permille, ..LevelOptions::default() };
        let routes = search(&study, &grid, &Options { levels, ..Options::default() })?;
        for route in routes {
            let summit_m = route.summit().map_or(0.0, |summit| summit.height_m);
            println!(
                "{gradient_permille:2} permille: {:.1} km, summit {summit_m:.0} m, cuts to {:.0} m, fills to {:.0} m, proven",
                route.length_m / 1e3,
                route.deepest_cut_m,
                route.highest_fill_m
            );
        }
    }
    Ok(())
}
