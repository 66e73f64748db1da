//! Which stage has each segment reached, and what is missing at its next gate?
//!
//! Prints:
//! ```text
//! Turgundi-Herat: reached investment proposal
//!   next: Pre-feasibility study (Claimed)
//!   missing: the report is finished
//!   furthest sign of work: Construction (Begun)
//! Herat-Kandahar: reached investment proposal
//!   next: Pre-feasibility study (Open)
//!   missing: the report is finished
//!   furthest sign of work: Design and estimate (Begun)
//! Kandahar-Spin Boldak: reached investment proposal
//!   next: Pre-feasibility study (Open)
//!   missing: the report is finished
//!   furthest sign of work: Design and estimate (Claimed)
//! ```

use railcorridor::model::Study;
use railcorridor::stages::segment_stages;

fn main() -> railcorridor::Result<()> {
    let study = Study::turgundi()?;
    for segment in &study.segments {
        let stages = segment_stages(&study, &segment.id, "2026-01-31".parse()?)?;
        let reached = stages.reached_gate().map_or("nothing", |gate| gate.name.as_str());
        println!("{}: reached {}", study.subject_name(&segment.id), reached.to_lowercase());
        if let Some(next) = stages.next_gate() {
            println!("  next: {} ({:?})", next.name, next.state);
            for missing in &next.missing {
                println!("  missing: {}", missing.text);
            }
        }
        if let Some(furthest) = stages.furthest_gate() {
            println!("  furthest sign of work: {} ({:?})", furthest.name, furthest.state);
        }
    }
    Ok(())
}
