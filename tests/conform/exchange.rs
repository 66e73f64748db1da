//! Files of another program, with the dates that it computed.

use railcorridor::exchange::from_mspdi;

use super::{CaseFile, Kind, Report};

/// XML for Microsoft Project whose dates follow from its durations, links and calendars.
pub const MSPDI: Kind =
    Kind { name: "mspdi", json_kinds: &[], files: &[("exchange", ".xml")], run };

fn run(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let imported = from_mspdi(&file.text()?).map_err(|error| error.to_string())?;
    if let Some(note) = imported.notes.first() {
        return Err(format!("not all of it is taken: {note}"));
    }
    let compiled = imported.network.compile().map_err(|error| error.to_string())?;
    let dates = compiled.dates().map_err(|error| error.to_string())?;
    for (place, told) in imported.file_dates.iter().enumerate() {
        let found = [dates.early_start(place), dates.early_finish(place)];
        for (found, told) in found.into_iter().zip([told.start, told.finish]) {
            let told = told.ok_or("a task without dates")?;
            let days = told.until(found).map_err(|error| error.to_string())?.get_days();
            report.case("start and finish, days", place, f64::from(days), 0.0);
        }
    }
    Ok(())
}
