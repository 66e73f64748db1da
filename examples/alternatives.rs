//! From Turgundi to Herat: which ways really differ, and which gradient makes which pass win?
//!
//! Prints:
//! ```text
//! ruling gradient 12 permille
//!   139.9 km, cost 1.00 of the best,  0 % shared: direct saddle 1,526 m
//!   151.3 km, cost 1.12 of the best, 39 % shared: north-western summit 1,569 m
//!   160.1 km, cost 1.13 of the best, 23 % shared: south-eastern summit 1,520 m
//!   163.2 km, cost 1.18 of the best, 34 % shared: western saddle 1,483 m, by Robat Paryan
//! ruling gradient 18 permille
//!   118.4 km, cost 1.00 of the best,  0 % shared: direct saddle 1,526 m
//!   137.7 km, cost 1.20 of the best, 15 % shared: western saddle 1,483 m
//!   141.3 km, cost 1.20 of the best, 29 % shared: eastern summit 1,520 m
//! best way by ruling gradient
//!    6 permille: 198.7 km, 645 m of climb, cost 269.7 km: western saddle 1,457 m
//!    9 permille: 175.2 km, 844 m of climb, cost 209.2 km: direct saddle 1,526 m
//!   15 permille: 125.8 km, 877 m of climb, cost 145.0 km: direct saddle 1,526 m
//!   25 permille: 113.7 km, 1094 m of climb, cost 119.2 km: direct saddle 1,526 m
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
        let choice = AlternativeOptions::default();
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
