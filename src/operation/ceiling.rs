//! The speed that a train may have at every place: limits, and braking for those ahead, exactly.

use super::cells::Cell;

/// The squares of the speed that a train may have at the ends of cells, so that at an even
/// deceleration it keeps the limits of all cells ahead.
pub(super) fn ends(cells: &[Cell], braking_mps2: f64, stops_at_end: bool) -> Vec<f64> {
    let mut next = if stops_at_end { 0.0 } else { f64::INFINITY };
    let ends = cells.iter().rev().map(|cell| {
        let end = if cell.stop_s.is_some() { 0.0 } else { cell.ceiling_m2_per_s2.min(next) };
        next = cell.ceiling_m2_per_s2.min(end + 2.0 * braking_mps2 * (cell.to_m - cell.from_m));
        end
    });
    let mut ends: Vec<f64> = ends.collect();
    ends.reverse();
    ends
}

impl Cell {
    /// The part of a cell where a train brakes for its end.
    ///
    /// In the square of the speed a braking train is a straight line of slope -2b, so the ceiling is
    /// level pieces and such lines.
    #[inline]
    pub(super) fn braked(&self, end: f64, braking_mps2: f64) -> Option<Self> {
        let (fall, limit) = (2.0 * braking_mps2, self.ceiling_m2_per_s2);
        if limit <= end {
            return None;
        }
        let cut_m = self.to_m - (limit - end) / fall;
        if cut_m > self.from_m && cut_m < self.to_m {
            let force_n = self.force_at(cut_m);
            let ceiling_m_per_s2 = -(limit - end) / (self.to_m - cut_m);
            return Some(Self { from_m: cut_m, force_n, ceiling_m_per_s2, ..*self });
        }
        let length_m = self.to_m - self.from_m;
        let start = limit.min(end + fall * length_m);
        let ceiling_m_per_s2 = (end - start) / length_m;
        Some(Self { ceiling_m2_per_s2: start, ceiling_m_per_s2, ..*self })
    }
}
