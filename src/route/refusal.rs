//! Why a search over cells finds nothing: one wording for all of them.

use super::Cells;
use crate::error::Error;

/// No way leads from a cell to another.
pub(super) fn no_way(from: (usize, usize), to: (usize, usize), problem: &str, hint: &str) -> Error {
    let place = |(row, col): (usize, usize)| format!("row {row}, column {col}");
    Error::NoRoute {
        from: place(from),
        to: place(to),
        problem: problem.to_owned(),
        hint: hint.to_owned(),
    }
}

/// Closed cells or forbidden moves lie between.
pub(super) fn cut_off(from: (usize, usize), to: (usize, usize)) -> Error {
    let problem = "closed cells or forbidden moves lie between on every way";
    no_way(from, to, problem, "open a cell, or allow steeper moves")
}

/// Costs differ by more than whole numbers can hold.
pub(super) fn too_uneven(item: &str) -> Error {
    Error::Limit {
        item: item.to_owned(),
        needed: "costs that differ by more than a factor of 10^9".to_owned(),
        limit: "whole numbers of 31 bits".to_owned(),
        hint: "close cells by infinity instead of a very high cost".to_owned(),
    }
}

/// More nodes than numbers for them.
pub(super) fn too_many(item: &str, needed: String, limit: &str) -> Error {
    Error::Limit {
        item: item.to_owned(),
        needed,
        limit: limit.to_owned(),
        hint: "cut the terrain to the corridor or take a coarser one".to_owned(),
    }
}

/// An end of a search lies outside of the cells, or its cell is closed.
pub(super) fn not_open(item: &str, (row, col): (usize, usize), cells: &Cells) -> Error {
    #[expect(clippy::cast_precision_loss, reason = "a cell, for a message")]
    let value = row as f64;
    Error::OutOfRange {
        item: format!("{item} (row {row}, column {col})"),
        value,
        limit: format!("an open cell of {} rows and {} columns", cells.rows(), cells.cols()),
        hint: "the place lies outside of the cells, or its cell is closed".to_owned(),
    }
}
