//! A plan for other programs: files by their endings, and tables beside what is shown.

use std::path::Path;

use railcorridor::Error;
use railcorridor::exchange::{Outline, gates, links_csv, tasks_csv, to_icalendar, to_mspdi};
use railcorridor::model::{Date, Study};
use railcorridor::schedule::{Dates, RiskOutcome};
use railcorridor::stages::Plan;

use crate::arguments::{PlanFiles, Show};
use crate::output::{self, Failure};

/// Writes what other programs are to have; whether that was all that was asked for.
pub fn put(
    files: &PlanFiles,
    show: &Show,
    study: &Study,
    day: Date,
    (plan, dates, outcome): (&Plan, &Dates<'_>, &RiskOutcome),
) -> Result<bool, Failure> {
    let outline = Outline::of_plan(study, plan);
    let output = show.result.output.as_deref();
    let mut written: Vec<(&Path, String)> = Vec::new();
    if let Some(path) = &files.tasks {
        written.push((path.as_path(), tasks_csv(&plan.network, dates, &outline)?));
    }
    if let Some(path) = &files.links {
        written.push((path.as_path(), links_csv(&plan.network)?));
    }
    let is_for_others = output::has_ending(output, "xml") || output::has_ending(output, "ics");
    if let Some(path) = output.filter(|_| is_for_others) {
        written.push((path, for_others(path, &outline, day, (plan, dates, outcome))?));
    }
    // Of several files either all are written or none.
    for (place, (path, _)) in written.iter().enumerate() {
        if written.iter().take(place).any(|(other, _)| other == path) {
            return Err(Failure::Usage(format!("two files are called {}", path.display())));
        }
        if !show.result.force && path.as_os_str() != "-" && path.symlink_metadata().is_ok() {
            return Err(Error::Exists { path: path.to_path_buf() }.into());
        }
    }
    for (path, text) in &written {
        output::put(Some(path), show.result.force, text)?;
    }
    Ok(is_for_others)
}

fn for_others(
    path: &Path,
    outline: &Outline,
    day: Date,
    (plan, dates, outcome): (&Plan, &Dates<'_>, &RiskOutcome),
) -> Result<String, Failure> {
    if output::has_ending(Some(path), "ics") {
        let (gates, stamped) = (gates(plan), day.last_day());
        return Ok(to_icalendar(&plan.network, dates, outline, &gates, Some(outcome), stamped));
    }
    let file = to_mspdi(&plan.network, outline)?;
    for note in &file.notes {
        anstream::eprintln!("note: {note}");
    }
    Ok(file.text)
}
