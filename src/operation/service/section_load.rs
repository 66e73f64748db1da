//! Loads section by section: where the line asks most of locomotives.

use serde::Serialize;

use super::consist::{Consist, hardest_load, steepest};
use super::{ServiceChoice, ServiceLine};
use crate::error::{Error, Result};
use crate::operation::{RunLine, rulings_by_radius_permille};

/// What a section lets through, towards the end of the line and back.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SectionLoad {
    /// Both places.
    pub name: String,
    /// Where it begins.
    pub from_m: f64,
    /// Where it ends.
    pub to_m: f64,
    /// The steepest mean of gradient and curves under the train.
    pub ruling_permille: [f64; 2],
    /// What its locomotives pull there, rounded down to 50 t.
    pub load_t: [f64; 2],
    /// What as many locomotives again pull there with them.
    pub helped_load_t: [f64; 2],
}

/// Loads of every section for a train of so many wagons.
///
/// The length counts: the strip under the train is what gradients and curves are averaged over.
///
/// # Errors
/// Those of [`line_service`](super::line_service).
pub fn section_loads(
    line: &ServiceLine,
    choice: &ServiceChoice<'_>,
    wagons: u32,
) -> Result<Vec<SectionLoad>> {
    choice.check()?;
    let there = line.run_line()?;
    let sections = line.sections()?;
    let turned: Vec<[f64; 2]> = sections
        .iter()
        .map(|[from_m, to_m]| [there.end_m() - to_m, there.end_m() - from_m])
        .collect();
    let [full, empty] = choice.load_ratio;
    let ways = [
        along(&there, choice, wagons, full, &sections)?,
        along(&there.reversed(), choice, wagons, empty, &turned)?,
    ];
    let [there, back] = ways;
    let rows = sections.iter().zip(line.places.windows(2)).zip(there.into_iter().zip(back));
    let rows = rows.map(|(([from_m, to_m], places), (there, back))| {
        let names: Vec<String> = places.iter().map(super::ServicePlace::label).collect();
        SectionLoad {
            name: names.join(" to "),
            from_m: *from_m,
            to_m: *to_m,
            ruling_permille: [there.ruling_permille, back.ruling_permille],
            load_t: [there.load_t, back.load_t],
            helped_load_t: [there.helped_load_t, back.helped_load_t],
        }
    });
    Ok(rows.collect())
}

/// What one way of a section asks and lets through.
struct WayLoad {
    ruling_permille: f64,
    load_t: f64,
    helped_load_t: f64,
}

fn along(
    run_line: &RunLine,
    choice: &ServiceChoice<'_>,
    wagons: u32,
    load_ratio: f64,
    sections: &[[f64; 2]],
) -> Result<Vec<WayLoad>> {
    let consist = Consist::new(choice, run_line, wagons, load_ratio)?;
    let case = consist.case(choice)?;
    let rows = sections.iter().map(|ends| {
        let [from_m, to_m] = ends.map(|at_m| at_m.clamp(run_line.start_m(), run_line.end_m()));
        let rulings = rulings_by_radius_permille(run_line, &consist.train, from_m, to_m)?;
        let load_t = |times| Ok::<_, Error>(hardest_load(choice, &case, &rulings, times)?.load_t());
        let (load_t, helped_load_t) = (load_t(1)?, load_t(2)?);
        Ok(WayLoad { ruling_permille: steepest(&rulings), load_t, helped_load_t })
    });
    rows.collect()
}
