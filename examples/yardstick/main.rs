//! Plan and profile together: a line over five hills, for which there is a published answer.
//!
//! ```text
//! cargo run --release --example yardstick -- line.json
//! ```
//!
//! Terrain, limits and prices are in `problem.rs`. The published line, found in 15 minutes by
//! a search on a grid of states, costs 3,484,113. The line found here goes to a file, if one is
//! named, as elements with their curvatures and points of the profile.
//!
//! Prints:
//! ```text
//! 3416746 for 4152.62 m: earthwork 32255, land 643913, clearing 40260, track and upkeep 2700318
//! fill 8275 m3, rock 0 m3, soil 10892 m3
//! 2 bends, 11 grade points, the best of 40 drafts
//! every limit is kept, every slope meets the ground
//! no line costs less than 3132841, 8.3 % below
//! ```

mod problem;
mod task;

use problem::{FiveHills, LIMITS};
use railcorridor::design::{JointDesign, JointOptions, LineTask, design_line};
use railcorridor::geometry::Element;
use serde_json::{Value, json};
use task::task;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let task = task();
    let design = design_line(&FiveHills, &task, &JointOptions::default())?;
    print(&design);
    if let Some(path) = std::env::args_os().nth(1) {
        std::fs::write(path, serde_json::to_string_pretty(&file(&task, &design))? + "\n")?;
    }
    Ok(())
}

fn print(design: &JointDesign) {
    let (cost, volume) = (&design.cost, &design.cost.volume);
    println!(
        "{:.0} for {:.2} m: earthwork {:.0}, land {:.0}, clearing {:.0}, track and upkeep {:.0}",
        cost.total_usd,
        cost.length_m,
        cost.earthwork_usd,
        cost.land_usd,
        cost.clearing_usd,
        cost.track_usd + cost.upkeep_usd
    );
    println!(
        "fill {:.0} m3, rock {:.0} m3, soil {:.0} m3",
        volume.fill_m3, volume.rock_m3, volume.soil_m3
    );
    println!(
        "{} bends, {} grade points, the best of {} drafts",
        design.draft.bends.len(),
        design.draft.grade_points.len(),
        design.drafts
    );
    let broken = LIMITS.broken(&design.line);
    for finding in &broken {
        println!("{finding}");
    }
    if broken.is_empty() && cost.open_sections == 0 {
        println!("every limit is kept, every slope meets the ground");
    }
    let below_percent = 100.0 * (1.0 - design.bound_usd / cost.total_usd);
    println!("no line costs less than {:.0}, {below_percent:.1} % below", design.bound_usd);
}

/// The line as elements and points of vertical intersection.
fn file(task: &LineTask, design: &JointDesign) -> Value {
    let plan = design.line.horizontal();
    let element = |element: &Element| {
        let shape = match element {
            Element::Tangent(_) => "line",
            Element::Arc(_) => "arc",
            Element::Transition(_) => "clothoid",
        };
        json!({
            "type": shape,
            "length_m": element.length_m(),
            "k0": element.curvature_from_per_m(),
            "k1": element.curvature_to_per_m(),
        })
    };
    let elements: Vec<Value> = plan.elements().iter().map(element).collect();
    let mut profile = vec![json!([0.0, task.from.height_m, 0.0])];
    for point in &design.draft.grade_points {
        profile.push(json!([point.distance_m, point.height_m, LIMITS.vertical_radius_m]));
    }
    profile.push(json!([plan.length_m(), task.to.height_m, 0.0]));
    json!({
        "kind": "design_line",
        "start": [plan.start().e_m, plan.start().n_m, plan.start_bearing_rad()],
        "plan": elements,
        "profile": profile,
    })
}
