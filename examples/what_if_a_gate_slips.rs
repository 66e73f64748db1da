//! What if the money comes two years later? The opening of each segment, as planned and at P80.
//!
//! Prints:
//! ```text
//! money 0 months later
//!   turgundi-herat/opening       2032-07, P80 2035-09
//!   herat-kandahar/opening       2039-05, P80 2043-04
//!   kandahar-spin-boldak/opening 2040-09, P80 2044-10
//!   opening                      2040-09, P80 2044-10
//! money 24 months later
//!   turgundi-herat/opening       2034-01, P80 2039-05
//!   herat-kandahar/opening       2040-11, P80 2047-03
//!   kandahar-spin-boldak/opening 2042-02, P80 2048-08
//!   opening                      2042-02, P80 2048-08
//! ```

#![allow(clippy::print_stdout, reason = "an example prints")]

use railcorridor::model::Study;
use railcorridor::route::{LevelOptions, Options, search};
use railcorridor::schedule::{RiskOptions, simulate};
use railcorridor::stages::{PlanOptions, plan};
use railcorridor::terrain;

fn main() -> railcorridor::Result<()> {
    let study = Study::turgundi()?;
    let grid = terrain::globe_30s()?;
    let levels = LevelOptions { gradient_permille: 18.0, ..LevelOptions::default() };
    let routes = search(&study, &grid, &Options { levels, ..Options::default() })?;
    for later_months in [0.0, 24.0] {
        let mut choice = PlanOptions::new("2026-01-31".parse()?);
        for stage in &mut choice.rates.preparation {
            if stage.stage == "financing" {
                stage.likely_months += later_months;
            }
        }
        let plan = plan(&study, &routes, &grid, &choice)?;
        let compiled = plan.network.compile()?;
        let dates = compiled.dates()?;
        let outcome = simulate(&compiled, &plan.risk, &RiskOptions::default())?;
        println!("money {later_months} months later");
        for milestone in &outcome.milestones {
            let place = plan.items.iter().position(|item| item.activity == milestone.id);
            let planned = place.map(|place| dates.early_finish(place));
            println!(
                "  {:<28} {}, P80 {}",
                milestone.id,
                planned.map_or_else(String::new, |day| day.strftime("%Y-%m").to_string()),
                milestone.reached.dates[2].strftime("%Y-%m")
            );
        }
    }
    Ok(())
}
