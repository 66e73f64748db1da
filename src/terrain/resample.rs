//! Heights of one lattice from those of another: copied, averaged or interpolated.

use super::frame::Frame;

/// Above this ratio of steps, cells are averaged; below, nodes are interpolated.
const COARSER: f64 = 1.5;

/// A part of a lattice that has been read.
pub(super) struct Patch<'a> {
    pub(super) frame: Frame,
    pub(super) heights_m: &'a [f32],
}

/// What one row or column of the target takes of the source: the first node and the weights.
#[derive(Debug, Clone, PartialEq)]
struct Taken {
    first: usize,
    weights: Vec<f64>,
}

/// The rows or columns of a source that some nodes of a target take, first and one past the last.
///
/// `at` is the place of the first node of the target in steps of the source, `ratio` a step of the
/// target in them.
pub(super) fn reach(at: f64, ratio: f64, count: usize, most: usize) -> std::ops::Range<usize> {
    #[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 nodes")]
    let last = at + ratio * (count.saturating_sub(1)) as f64;
    let margin = if ratio > COARSER { 0.5 * ratio + 0.5 } else { 0.0 };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast below 0 saturates"
    )]
    let whole = |at: f64| (at.max(0.0) as usize).min(most);
    let low = whole((at - margin + 1e-6).floor());
    low.min(most.saturating_sub(1))..whole((last + margin - 1e-6).ceil() + 1.0)
}

/// Fills the nodes of a target that are still unknown from a patch.
///
/// A coarser target takes the mean over its cell, if half of the cell is known; a finer one lies
/// between four nodes, and beside the outermost nodes, within half a step, keeps their height.
pub(super) fn fill(target: &Frame, heights_m: &mut [f32], patch: &Patch<'_>) {
    let source = &patch.frame;
    let (row, col) = source.to(target);
    let down = target.step_lat_deg / source.step_lat_deg;
    let right = target.step_lon_deg / source.step_lon_deg;
    let cols: Vec<Option<Taken>> = taken(col, right, target.cols, source.cols);
    let rows: Vec<Option<Taken>> = taken(row, down, target.rows, source.rows);
    let lines = heights_m.chunks_exact_mut(target.cols.max(1));
    for (row, line) in rows.iter().zip(lines) {
        let Some(row) = row else { continue };
        for (col, height_m) in cols.iter().zip(line) {
            if let Some(col) = col
                && height_m.is_nan()
            {
                *height_m = mean(patch, row, col);
            }
        }
    }
}

/// The weighted mean of the nodes taken; NaN if less than half of the weight is known.
fn mean(patch: &Patch<'_>, rows: &Taken, cols: &Taken) -> f32 {
    let (mut sum_m, mut known, mut all) = (0.0, 0.0, 0.0);
    for (row, of_row) in (rows.first..).zip(&rows.weights) {
        let start = row * patch.frame.cols + cols.first;
        let line = patch.heights_m.get(start..start + cols.weights.len()).unwrap_or_default();
        for (height_m, of_col) in line.iter().zip(&cols.weights) {
            let weight = of_row * of_col;
            all += weight;
            if !height_m.is_nan() {
                sum_m += weight * f64::from(*height_m);
                known += weight;
            }
        }
    }
    // Interpolated nodes must be known all: half of two neighbours is a height of neither.
    let least = if rows.weights.len() > 2 || cols.weights.len() > 2 { 0.5 } else { 1.0 - 1e-9 };
    #[expect(clippy::cast_possible_truncation, reason = "a height")]
    if known > 0.0 && known >= least * all { (sum_m / known) as f32 } else { f32::NAN }
}

fn taken(at: f64, ratio: f64, count: usize, most: usize) -> Vec<Option<Taken>> {
    #[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 nodes")]
    let one = |node: usize| {
        let middle = at + ratio * node as f64;
        let inside = middle >= -0.5 - 1e-6 && middle <= most as f64 - 0.5 + 1e-6;
        (inside && most > 0).then(|| {
            if ratio > COARSER { averaged(middle, ratio, most) } else { between(middle, most) }
        })
    };
    (0..count).map(one).collect()
}

/// The nodes whose cells lie within half a step of the target, by the length within.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "within the source"
)]
fn averaged(middle: f64, ratio: f64, most: usize) -> Taken {
    // In borders of cells, which lie half a step before their nodes.
    let low = (middle - 0.5 * ratio + 0.5).max(0.0);
    let high = (middle + 0.5 * ratio + 0.5).min(most as f64);
    let first = ((low + 1e-9).floor() as usize).min(most - 1);
    let end = ((high - 1e-9).ceil() as usize).clamp(first + 1, most);
    let within = |node: usize| ((node + 1) as f64).min(high) - (node as f64).max(low);
    Taken { first, weights: (first..end).map(|node| within(node).max(0.0)).collect() }
}

/// The two nodes beside a place; one if it is a node.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "within the source"
)]
fn between(middle: f64, most: usize) -> Taken {
    let place = middle.clamp(0.0, (most - 1) as f64);
    let (first, share) = (place.floor() as usize, place.fract());
    match share {
        share if share < 1e-3 => Taken { first, weights: vec![1.0] },
        share if share > 1.0 - 1e-3 => Taken { first: first + 1, weights: vec![1.0] },
        share => Taken { first, weights: vec![1.0 - share, share] },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(west_deg: f64, step_deg: f64, cols: usize) -> Frame {
        Frame {
            west_deg,
            north_deg: 10.0,
            step_lon_deg: step_deg,
            step_lat_deg: step_deg,
            rows: cols,
            cols,
        }
    }

    /// Fills a target from a square source whose heights are those of a function of row, column.
    fn filled(target: &Frame, source: Frame, height_m: impl Fn(f32, f32) -> f32) -> Vec<f32> {
        let cells = (0..source.rows).flat_map(|row| (0..source.cols).map(move |col| (row, col)));
        let heights_m: Vec<f32> = cells.map(|(r, c)| height_m(r as f32, c as f32)).collect();
        let mut filled = vec![f32::NAN; target.rows * target.cols];
        fill(target, &mut filled, &Patch { frame: source, heights_m: &heights_m });
        filled
    }

    #[test]
    fn a_plane_stays_a_plane() {
        let source = frame(0.0, 0.1, 21);
        for step_deg in [0.05, 0.1, 0.2, 0.25, 0.3] {
            let count = (2.0_f64 / step_deg + 1e-9) as usize + 1;
            let target = frame(0.0, step_deg, count);
            let filled = filled(&target, source, |row, col| 100.0 * row + 10.0 * col);
            let ratio = (step_deg / 0.1) as f32;
            for row in 2..count - 2 {
                for col in 2..count - 2 {
                    let expected = ratio * (100.0 * row as f32 + 10.0 * col as f32);
                    let height_m = filled[row * count + col];
                    assert!(
                        (height_m - expected).abs() < 1e-2,
                        "{step_deg}: {height_m} {expected}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_mean_weighs_by_area() {
        // Three steps wide about node 3: nodes 2, 3, 4 whole. Two: node 3 whole, halves beside.
        let source = frame(0.0, 0.1, 9);
        let at_three = |step_deg| Frame {
            west_deg: 0.3,
            north_deg: 9.7,
            rows: 1,
            cols: 1,
            ..frame(0.0, step_deg, 1)
        };
        let square = |_: f32, col: f32| col * col;
        assert!((filled(&at_three(0.3), source, square)[0] - 29.0 / 3.0).abs() < 1e-5);
        assert!((filled(&at_three(0.2), source, square)[0] - (2.0 + 9.0 + 8.0) / 2.0).abs() < 1e-5);
    }

    #[test]
    fn voids_stay_voids_unless_half_is_known() {
        let source = frame(0.0, 0.1, 9);
        let void_west =
            |limit: f32| move |_: f32, col: f32| if col < limit { f32::NAN } else { 5.0 };
        let target =
            Frame { west_deg: 0.3, north_deg: 9.7, rows: 1, cols: 1, ..frame(0.0, 0.4, 1) };
        assert_eq!(filled(&target, source, void_west(3.0))[0], 5.0);
        assert!(filled(&target, source, void_west(4.0))[0].is_nan());
        let finer =
            Frame { west_deg: 0.25, north_deg: 9.7, rows: 1, cols: 4, ..frame(0.0, 0.05, 1) };
        let heights_m = filled(&finer, source, void_west(3.0));
        // Between a void and a node, at the node, and beyond it.
        assert!(heights_m[0].is_nan());
        assert_eq!(&heights_m[1..], [5.0, 5.0, 5.0]);
    }

    #[test]
    fn what_is_known_is_left_and_what_is_beyond_is_not_filled() {
        let source = frame(0.0, 0.1, 3);
        let target = Frame { west_deg: -0.1, rows: 1, cols: 5, ..frame(0.0, 0.1, 1) };
        let mut heights_m = vec![f32::NAN, f32::NAN, 77.0, f32::NAN, f32::NAN];
        fill(&target, &mut heights_m, &Patch { frame: source, heights_m: &[1.0; 9] });
        assert!(heights_m[0].is_nan() && heights_m[4].is_nan());
        assert_eq!(&heights_m[1..4], [1.0, 77.0, 1.0]);
    }

    #[test]
    fn all_that_is_taken_is_within_reach() {
        for (at, ratio, count) in [(0.0, 1.0, 5), (3.3, 0.4, 9), (2.0, 7.0, 3), (-4.2, 2.5, 9)] {
            let reach = reach(at, ratio, count, 40);
            for taken in taken(at, ratio, count, 40).into_iter().flatten() {
                let end = taken.first + taken.weights.len();
                assert!(reach.start <= taken.first && end <= reach.end, "{at} {ratio} {taken:?}");
            }
        }
    }
}
