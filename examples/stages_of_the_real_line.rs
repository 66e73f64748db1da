//! Through which gates must each segment of the line still pass, when is it likely to open, and
//! what does that rest on?
//!
//! Prints:
//! ```text
//! Turgundi-Herat
//!   Investment proposal    reached, 2 of 2
//!   Pre-feasibility study  claimed, 0 of 1, by 2026-08
//!   Feasibility study      claimed, 1 of 3, by 2027-04
//!   State examination      missing, 0 of 1, by 2027-08
//!   Design and estimate    partly shown, 0 of 4 and 1 in part, by 2028-08
//!   Working documents      missing, 0 of 1, by 2029-02
//!   Construction           partly shown, 0 of 4 and 1 in part
//!   Commissioning          missing, 0 of 2
//!   opens 2032-07 if all takes its likely time, P50 2034-07, P80 2035-09
//! Herat-Kandahar
//!   Investment proposal    reached, 2 of 2
//!   Pre-feasibility study  missing, 0 of 1, by 2026-08
//!   Feasibility study      missing, 0 of 3, by 2027-08
//!   State examination      missing, 0 of 1, by 2027-12
//!   Design and estimate    partly shown, 2 of 4, by 2028-06
//!   Working documents      missing, 0 of 1, by 2028-12
//!   Construction           missing, 0 of 4
//!   Commissioning          missing, 0 of 2
//!   opens 2039-05 if all takes its likely time, P50 2042-01, P80 2043-04
//! Kandahar-Spin Boldak
//!   Investment proposal    reached, 2 of 2
//!   Pre-feasibility study  missing, 0 of 1, by 2026-08
//!   Feasibility study      missing, 0 of 3, by 2027-08
//!   State examination      missing, 0 of 1, by 2027-12
//!   Design and estimate    claimed, 0 of 4 and 1 in part, by 2028-12
//!   Working documents      missing, 0 of 1, by 2029-06
//!   Construction           missing, 0 of 4
//!   Commissioning          missing, 0 of 2
//!   opens 2040-09 if all takes its likely time, P50 2043-06, P80 2044-10
//! which rests, among 32 assumptions, on
//!   financing: 12 months, 6.0 to 36.0
//!     from a study that lenders accept to money that can be drawn; pledges alone do not count
//!   tender: 6 months, 3.0 to 12.0
//!     open tender by the rules of development banks, to the signed contract
//!   earthworks: 350 m of flat, 250 m of rolling, 120 m of hilly, 60 m of mountain, 5000 m3 of earth a crew and day, each alone; 0.75 to 1.8 times as long
//!     formation of 300 to 400 m a day is published for easy ground (possessionplanning.com, Australia, indicative); slower where it is steep; about 15 cubic metres a metre on flat ground
//!   track laying: 325 m of flat, 325 m of rolling, 250 m of hilly, 250 m of mountain, 325 m of bridge, 325 m of tunnel a crew and day, each alone; 0.6 to 1.5 times as long
//!     300 to 350 m a day on lines of the region, the middle of it; machines reach 1,500 to 2,000 (thehindubusinessline.com, India)
//!   crews and calendar: 4 crews of earthworks, 2 of clearance and 2 of stations a segment; Friday and 1 Hamal off; no earthworks from 15 December to 15 February
//!     nobody has published a programme of works
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
    let outcome = simulate(&compiled, &plan.risk, &RiskOptions::default())?;
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
            let in_part = match gate.met.len() - whole {
                0 => String::new(),
                parts => format!(" and {parts} in part"),
            };
            let name = gate.name.replace(" of the feasibility study", "");
            let all = whole + gate.missing.len();
            // Works and service have many activities; the others are one.
            let id = format!("{}/{}", segment.id, gate.stage);
            let place = plan.items.iter().position(|item| item.activity == id);
            let when = place.map(|place| format!(", by {}", month(dates.early_finish(place))));
            println!("  {name:<22} {state}, {whole} of {all}{in_part}{}", when.unwrap_or_default());
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
    for subject in ["financing", "tender", "earthworks", "track laying", "crews and calendar"] {
        for assumption in plan.assumptions.iter().filter(|one| one.subject == subject) {
            println!("  {subject}: {}\n    {}", assumption.value, assumption.reason);
        }
    }
    Ok(())
}

fn month(day: Date) -> String {
    day.strftime("%Y-%m").to_string()
}
