//! Through which gates must each segment of the line still pass, when is it likely to open, and
//! what does that rest on?
//!
//! Prints:
//! ```text
//! ```

#![allow(clippy::print_stdout, reason = "an example prints")]

use jiff::civil::Date;
use railcorridor::model::Study;
use railcorridor::route::{LevelOptions, Options, search};
use railcorridor::schedule::{RiskOptions, simulate};
use railcorridor::stages::{PlanOptions, StageState, plan, segment_stages};
use railcorridor::terrain;

fn main() -> railcorridor::Result<()> {
    let (study, grid) = (Study::turgundi()?, terrain::globe_30s()?);
    let choice = PlanOptions::new("2026-01-31".parse()?);
    let levels = LevelOptions { gradient_permille: 18.0, ..LevelOptions::default() };
    let routes = search(&study, &grid, &Options { levels, ..Options::default() })?;
    let plan = plan(&study, &routes, &grid, &choice)?;
    let compiled = plan.network.compile()?;
    let dates = compiled.dates()?;
    let outcome = simulate(&compiled, &plan.risk, &RiskOptions { iterations: 20_000, seed: 1 })?;
    for segment in &study.segments {
        println!("{}", study.subject_name(&segment.id));
        for gate in segment_stages(&study, &segment.id, choice.day)?.gates {
            let whole = gate.met.iter().filter(|met| !met.partial).count();
            let state = match gate.state {
                StageState::Reached => "reached",
                StageState::Claimed => "claimed",
                StageState::Begun => "partly shown",
                StageState::Open => "missing",
            };
            let name = gate.name.replace(" of the feasibility study", "");
            let all = whole + gate.missing.len();
            // Works and service have many activities; the others are one.
            let id = format!("{}/{}", segment.id, gate.stage);
            let place = plan.items.iter().position(|item| item.activity == id);
            let when = place.map(|place| format!(", by {}", month(dates.early_finish(place))));
            println!("  {name:<22} {state}, {whole} of {all}{}", when.unwrap_or_default());
        }
        let opening = plan.opening(&segment.id).map(|place| dates.early_finish(place));
        let id = format!("{}/opening", segment.id);
        let simulated = outcome.milestones.iter().find(|milestone| milestone.id == id);
        if let (Some(planned), Some(simulated)) = (opening, simulated) {
            let [_, p50, p80, _] = simulated.reached.dates.map(month);
            println!(
                "  opens {} if all takes its likely time, P50 {p50}, P80 {p80}",
                month(planned)
            );
        }
    }
    println!("which rests, among {} assumptions, on", plan.assumptions.len());
    for subject in ["financing", "earthworks", "track", "crews and calendar"] {
        for assumption in plan.assumptions.iter().filter(|one| one.subject == subject) {
            println!("  {subject}: {}\n    {}", assumption.value, assumption.reason);
        }
    }
    Ok(())
}

fn month(day: Date) -> String {
    day.strftime("%Y-%m").to_string()
}
