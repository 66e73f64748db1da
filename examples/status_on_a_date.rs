//! The same file on two days: what was the gauge, and what changed between?
//!
//! Prints:
//! ```text
//! 2025-10-01  Turgundi-Herat       gauge undecided
//! 2025-10-01  Herat-Kandahar       gauge undecided
//! 2025-10-01  Kandahar-Spin Boldak gauge undecided
//! 2025-12-08  Turgundi-Herat       gauge 1520 mm
//! 2025-12-08  Herat-Kandahar       gauge 1520 mm
//! 2025-12-08  Kandahar-Spin Boldak gauge 1520 mm
//! changes on the corridor as a whole:
//! 2025-10-20  decision of the gauge: happened 20 October 2025
//! 2025-10-20  gauge: 1520 mm
//! 2025-12-08  status: under preparation; state of preparation, technical parameters and expected stages reviewed in Kabul
//! ```

use railcorridor::model::{Date, Study};
use railcorridor::status;

fn main() -> railcorridor::Result<()> {
    let study = Study::turgundi()?;
    let (before, after): (Date, Date) = ("2025-10-01".parse()?, "2025-12-08".parse()?);
    for day in [before, after] {
        let status = status::assess(&study, day)?;
        for segment in &status.segments {
            let gauge = segment.gauge_mm.map_or("undecided".to_owned(), |mm| format!("{mm} mm"));
            println!("{day}  {:<20} gauge {gauge}", segment.name);
        }
    }
    println!("changes on the corridor as a whole:");
    for change in status::changes(&study, before, after)? {
        if let (Some(dated), "corridor") = (change.dated, change.subject.as_str()) {
            println!("{dated}  {}: {}", change.what, change.after);
        }
    }
    Ok(())
}
