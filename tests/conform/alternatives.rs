//! Ways that really differ against the cheapest ones with the other valleys closed.

use railcorridor::route::{AlternativeOptions, Cells, cell_alternatives};

use super::json::{cell, count, list, number, numbers};
use super::surfaces::neighbours;
use super::{CaseFile, Kind, Report};

/// One way by valley, in the order of cost.
pub const ALTERNATIVES: Kind =
    Kind { name: "alternatives", json_kinds: &["alternatives"], files: &[], run };

fn run(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let case = file.json()?;
    let (rows, cols) = (count(&case["rows"])?, count(&case["cols"])?);
    let mut friction = Vec::new();
    for row in list(&case["friction"])? {
        friction.extend(numbers(row)?);
    }
    let expected = list(&case["expect"])?;
    // Cells of a metre; the dearest valley costs four fifths more than the cheapest.
    let cells = Cells::even(rows, cols, 1.0, 1.0).map_err(|error| error.to_string())?;
    let options = AlternativeOptions {
        count: expected.len() + 1,
        dearer_share: 1.0,
        shared_share: 0.4,
        beside_m: 1.0,
        ..AlternativeOptions::default()
    };
    let ends = (cell(&case["from"])?, cell(&case["to"])?);
    let found =
        cell_alternatives(&cells, &friction, neighbours(&case["neighbours"])?, ends, &options)
            .map_err(|error| error.to_string())?;
    #[expect(clippy::cast_precision_loss, reason = "a handful")]
    let (ways, valleys) = (found.len() as f64, expected.len() as f64);
    report.case("number of ways", 1, ways - valleys, 0.0);
    for (place, (one, expect)) in (1..).zip(found.iter().zip(expected)) {
        let cost_ratio = one.way.cost_m / number(&expect["cost"])?;
        report.case("cost, ratio", place, cost_ratio - 1.0, 1e-9);
        let valley = count(&expect["valley_row"])?;
        let in_valley = one.way.cells.iter().filter(|(row, _)| *row == valley).count();
        // Most of its columns lie in the valley that it is named by.
        report.case("cells outside of the valley", place, miss(in_valley * 5, cols * 4), 0.0);
        report.case("shared beyond 40 %", place, (one.shared_share - 0.4).max(0.0), 0.0);
    }
    Ok(())
}

/// 1 if there are too few.
fn miss(found: usize, least: usize) -> f64 {
    f64::from(u8::from(found < least))
}
