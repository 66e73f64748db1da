//! A part of a segment's line that is built as one.

use serde::Serialize;

use super::Quantities;

/// A part of a segment's line that is built as one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Lot {
    /// Where it begins, metres from the first station of the segment, along the line as built.
    pub from_m: f64,
    /// Where it ends, metres.
    pub to_m: f64,
    /// What there is to build.
    pub amounts: Quantities,
}

impl Lot {
    /// Its length, metres.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.to_m - self.from_m
    }
}
