//! A place on a plane.

use serde::{Deserialize, Serialize};

/// A place on a projected plane: metres east and north.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Coord {
    /// Easting, metres.
    pub e_m: f64,
    /// Northing, metres.
    pub n_m: f64,
}
