//! Where is each crew on each day? A picture of the plan, written to the file that is named, or on
//! stdout: `cargo run --release --features turgundi --example time_location -- crews.svg`.

#![allow(clippy::print_stdout, reason = "an example prints")]

use railcorridor::model::Study;
use railcorridor::route::{LevelOptions, Options, search};
use railcorridor::stages::{PlanOptions, plan};
use railcorridor::{report, terrain};

fn main() -> railcorridor::Result<()> {
    let (study, grid) = (Study::turgundi()?, terrain::globe_30s()?);
    let levels = LevelOptions { gradient_permille: 18.0, ..LevelOptions::default() };
    let routes = search(&study, &grid, &Options { levels, ..Options::default() })?;
    let choice = PlanOptions::new("2026-01-31".parse()?);
    let plan = plan(&study, &routes, &grid, &choice)?;
    let compiled = plan.network.compile()?;
    let dates = compiled.dates()?;
    let picture = report::time_location_picture(&study, &plan, &dates, &routes, &choice.cost);
    match std::env::args_os().nth(1) {
        Some(path) => report::write_file(path.as_ref(), picture.file().as_bytes(), true)?,
        None => print!("{}", picture.file()),
    }
    Ok(())
}
