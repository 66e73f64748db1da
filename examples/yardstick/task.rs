//! The task of the yardstick: from end to end on the ground.

use railcorridor::design::{Ground as _, LineEnd, LineTask};

use crate::problem::{END, FiveHills, LIMITS, PRICES, START, formation};

pub fn task() -> LineTask {
    let end = |coord| LineEnd { coord, height_m: FiveHills.at(coord).height_m };
    LineTask {
        from: end(START),
        to: end(END),
        formation: formation(),
        prices: PRICES,
        limits: LIMITS,
    }
}
