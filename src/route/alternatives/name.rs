//! Ways named by the pass, valley or place that makes them.

use super::AlternativeOptions;
use super::overlap::Plan;
use super::ways::Cell;
use crate::route::{CostModel, LevelOptions, LevelPath, Pass};
use crate::unit::grouped;

/// A pass makes a way if it lies so near its summit, in distances that count as beside.
const AT_PASS: f64 = 1.5;

/// A way may slip over a ridge so far below its lowest cell, by a move between two cells, metres.
const SLIP_M: f64 = 10.0;

/// A way that rises less above its higher end runs in valleys, metres.
const VALLEY_RISE_M: f64 = 50.0;

/// A summit is on neither side if it lies nearer to the straight line, as a share of its length.
const DIRECT_SHARE: f64 = 0.15;

/// What names are taken from.
pub(in crate::route) struct Naming<'a> {
    pub(in crate::route) plan: &'a Plan,
    pub(in crate::route) passes: &'a [Pass],
    pub(in crate::route) cost: CostModel,
    pub(in crate::route) beside_m: f64,
}

impl<'a> Naming<'a> {
    pub(in crate::route) fn new(
        plan: &'a Plan,
        passes: &'a [Pass],
        levels: &LevelOptions,
        choice: &AlternativeOptions,
    ) -> Self {
        Self { plan, passes, cost: levels.cost, beside_m: choice.beside_m }
    }
}

/// What makes a way.
pub(in crate::route) struct Named {
    /// Such as `western saddle 1,457 m`; empty for a way without nodes.
    pub(in crate::route) name: String,
    pub(in crate::route) pass: Option<Pass>,
    /// The pass, or the highest ground; `None` for a valley, which is no one place.
    pub(in crate::route) cell: Option<Cell>,
}

/// The name of a way, such as `western saddle 1,457 m`, and the pass that it takes.
///
/// A way over a ridge is named by the pass nearest to its highest ground (else by that ground
/// itself, or by the tunnel under it), another by its valley. The side is the direction from the
/// best way, or from the straight line for the best way itself.
pub(in crate::route) fn name(
    naming: &Naming<'_>,
    path: &LevelPath,
    best: Option<(&LevelPath, Cell)>,
) -> Named {
    let highest = path.nodes.iter().max_by(|a, b| a.ground_m.total_cmp(&b.ground_m));
    let (Some(start), Some(end), Some(summit)) = (path.nodes.first(), path.nodes.last(), highest)
    else {
        return Named { name: String::new(), pass: None, cell: None };
    };
    let at = (summit.row, summit.col);
    let near_m = |pass: &&Pass| naming.plan.distance_m(pass.cell, at);
    // A way over a pass has no lower ground for its highest.
    let pass = naming.passes.iter().filter(|pass| {
        pass.height_m <= summit.ground_m + SLIP_M && near_m(pass) <= AT_PASS * naming.beside_m
    });
    let pass = pass.min_by(|a, b| near_m(a).total_cmp(&near_m(b))).copied();
    let is_valley = summit.ground_m <= start.ground_m.max(end.ground_m) + VALLEY_RISE_M;
    let (ends, line) = (((start.row, start.col), (end.row, end.col)), naming.plan);
    let side = match best {
        None => {
            let straight = [ends.0, ends.1];
            side(line.off_way_m(at, &straight), DIRECT_SHARE * line.distance_m(ends.0, ends.1))
        }
        Some((best, via)) => {
            let best: Vec<Cell> = best.nodes.iter().map(|node| (node.row, node.col)).collect();
            let of_summit = line.off_way_m(at, &best);
            // Ways that share a summit differ elsewhere.
            let apart = of_summit.0.hypot(of_summit.1) > naming.beside_m && !is_valley;
            side(if apart { of_summit } else { line.off_way_m(via, &best) }, 0.0)
        }
    };
    let above_m = summit.height_m - summit.ground_m;
    let what = match pass {
        _ if is_valley => format!("valley {} m", grouped(summit.ground_m, 0)),
        Some(pass) => format!("saddle {} m", grouped(pass.height_m, 0)),
        None if naming.cost.is_tunnel(above_m) => {
            format!("tunnel under {} m", grouped(summit.ground_m, 0))
        }
        None => format!("summit {} m", grouped(summit.ground_m, 0)),
    };
    let pass = pass.filter(|_| !is_valley);
    let cell = pass.map(|pass| pass.cell).or((!is_valley).then_some(at));
    Named { name: format!("{side} {what}"), pass, cell }
}

/// One of eight directions for so far east and south.
fn side((east_m, south_m): (f64, f64), direct_m: f64) -> &'static str {
    const SIDES: [&str; 8] = [
        "eastern",
        "south-eastern",
        "southern",
        "south-western",
        "western",
        "north-western",
        "northern",
        "north-eastern",
    ];
    if !(east_m.hypot(south_m) > direct_m) {
        return "direct";
    }
    let eighth = (south_m.atan2(east_m) / std::f64::consts::FRAC_PI_4).round();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 7")]
    let number = eighth.rem_euclid(8.0) as usize;
    SIDES.get(number).copied().unwrap_or("direct")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_are_directions() {
        assert_eq!(side((1.0, 0.0), 0.5), "eastern");
        assert_eq!(side((1.0, 0.0), 2.0), "direct");
        assert_eq!(side((-5.0, -1.0), 0.0), "western");
        assert_eq!(side((-5.0, -5.0), 0.0), "north-western");
        assert_eq!(side((0.0, -5.0), 0.0), "northern");
        assert_eq!(side((3.0, 3.0), 0.0), "south-eastern");
    }
}
