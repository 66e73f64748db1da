//! The speed that a train may have at every place: limits, and braking for those ahead, exactly.

use super::cells::Cell;

/// Lowers the ceilings of cells so that a train that brakes at an even deceleration keeps them all.
///
/// In the square of the speed a braking train is a straight line of slope -2b, so the ceiling is
/// level pieces and such lines; cells are cut where they meet.
pub(super) fn with_braking(cells: Vec<Cell>, braking_mps2: f64, stops_at_end: bool) -> Vec<Cell> {
    let fall = 2.0 * braking_mps2;
    let mut lowered = Vec::with_capacity(2 * cells.len());
    let mut next = if stops_at_end { 0.0 } else { f64::INFINITY };
    for cell in cells.into_iter().rev() {
        if cell.stop_s.is_some() {
            next = 0.0;
        }
        let limit = cell.ceiling_m2_per_s2;
        let end = limit.min(next);
        let braking_m = (limit - end) / fall;
        let length_m = cell.to_m - cell.from_m;
        if braking_m <= 0.0 {
            next = limit;
            lowered.push(cell);
            continue;
        }
        if braking_m < length_m {
            let cut_m = cell.to_m - braking_m;
            if cut_m > cell.from_m && cut_m < cell.to_m {
                let force_n = cell.force_at(cut_m);
                let ceiling_m_per_s2 = -(limit - end) / (cell.to_m - cut_m);
                lowered.push(Cell { from_m: cut_m, force_n, ceiling_m_per_s2, ..cell });
                lowered.push(Cell { to_m: cut_m, stop_s: None, ..cell });
                next = limit;
                continue;
            }
        }
        let start = limit.min(end + fall * length_m);
        let ceiling_m_per_s2 = (end - start) / length_m;
        lowered.push(Cell { ceiling_m2_per_s2: start, ceiling_m_per_s2, ..cell });
        next = start;
    }
    lowered.reverse();
    lowered
}
