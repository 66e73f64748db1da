//! From Turgundi to Herat: which ways really differ, and which gradient makes which pass win?
//!
//! Prints:
//! ```text
//! ```

use railcorridor::model::Study;
use railcorridor::route::{AlternativeOptions, LevelOptions, Options, alternatives, sensitivity};
use railcorridor::terrain;

fn main() -> railcorridor::Result<()> {
    let mut study = Study::turgundi()?;
    study.segments.truncate(1);
    let grid = terrain::globe_30s()?;
    for gradient_permille in [12.0, 18.0] {
        println!("ruling gradient {gradient_permille} permille");
        let levels = LevelOptions { gradient_permille, ..LevelOptions::default() };
        let options = Options { levels, ..Options::default() };
        // Up to half as dear again as the best.
        let choice = AlternativeOptions { dearer_share: 0.5, ..AlternativeOptions::default() };
        for leg in alternatives(&study, &grid, &options, &choice)? {
            for way in leg.ways {
                println!(
                    "  {:.1} km, cost {:.2} of the best, {:2.0} % shared: {}",
                    way.route.length_m / 1e3,
                    way.detour_ratio,
                    way.shared_share * 100.0,
                    way.name
                );
            }
        }
    }
    println!("best way by ruling gradient");
    for leg in sensitivity(&study, &grid, &Options::default(), &[6.0, 9.0, 15.0, 25.0])? {
        for row in leg.rows {
            let Some(route) = row.route else { continue };
            println!(
                "  {:2} permille: {:.1} km, {:.0} m of climb, cost {:.1} km: {}",
                row.gradient_permille,
                route.length_m / 1e3,
                route.climb_m,
                route.cost_m / 1e3,
                row.name
            );
        }
    }
    Ok(())
}
