//! From Turgundi to Herat: which ways really differ, and which gradient makes which pass win?
//!
//! Prints:
//! ```text
//! ruling gradient 12 permille
//!   138.2 km, cost 1.00 of the best,  0 % shared: direct saddle 1,526 m
//!   138.1 km, cost 1.07 of the best, 27 % shared: western saddle 1,526 m, by Sanobar
//!   156.2 km, cost 1.19 of the best, 14 % shared: western saddle 1,483 m, by Robat Paryan
//! ruling gradient 18 permille
//!   117.5 km, cost 1.00 of the best,  0 % shared: direct saddle 1,526 m
//!   117.0 km, cost 1.01 of the best, 39 % shared: eastern saddle 1,541 m
//!   138.8 km, cost 1.22 of the best, 29 % shared: south-western saddle 1,478 m
//! best way by ruling gradient
//!    6 permille: 220.1 km, 651 m of climb, cost 257.6 km: western summit 1,143 m
//!    9 permille: 167.1 km, 820 m of climb, cost 196.8 km: direct saddle 1,526 m
//!   15 permille: 124.7 km, 887 m of climb, cost 139.8 km: direct saddle 1,526 m
//!   25 permille: 112.6 km, 1050 m of climb, cost 117.5 km: direct saddle 1,526 m
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
