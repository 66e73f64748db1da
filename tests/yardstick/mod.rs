//! A draft for the yardstick, as one would draw it by hand.

use railcorridor::design::{Bend, GradePoint, LineDraft};
use railcorridor::geodesy::Coord;

/// South of the first hill, then straight on.
pub fn by_hand() -> LineDraft {
    let at = |e_m, n_m, radius_m| Bend { coord: Coord { e_m, n_m }, radius_m };
    let level = |distance_m, height_m| GradePoint { distance_m, height_m };
    LineDraft {
        bends: vec![at(1050.0, 620.0, 340.0), at(2300.0, 1550.0, 3000.0)],
        grade_points: vec![
            level(450.0, 1580.0),
            level(900.0, 1600.0),
            level(1350.0, 1612.0),
            level(1800.0, 1627.0),
            level(2400.0, 1645.0),
            level(3100.0, 1636.0),
            level(3700.0, 1624.0),
        ],
    }
}
