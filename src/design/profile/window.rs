//! The least of a window that slides over numbers.

use std::collections::VecDeque;

/// For each of some cells the least cost of a cell before it from which the line can come, and the
/// number of that cell; infinite if there is none.
///
/// `offset` is how many cells the first cell lies above the first one before; `rise` is how many
/// cells the line may rise, at least and at most. Linear in the cells of both.
pub(super) fn least_within(
    before: &[f64],
    count: usize,
    offset: f64,
    rise: [f64; 2],
) -> (Vec<f64>, Vec<u32>) {
    let [least, most] = rise;
    let (mut sums, mut froms) = (Vec::with_capacity(count), Vec::with_capacity(count));
    // Cells of the window that may still become its least, by rising cost.
    let mut window = VecDeque::<(usize, f64)>::new();
    let mut rest = before.iter().copied().enumerate().peekable();
    let mut cell = offset;
    for _ in 0..count {
        #[expect(clippy::cast_precision_loss, reason = "counts of a list, far below 2^53")]
        while let Some((next, cost)) = rest.next_if(|(next, _)| *next as f64 <= cell - least) {
            while window.back().is_some_and(|(_, last)| *last >= cost) {
                window.pop_back();
            }
            window.push_back((next, cost));
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of a list, far below 2^53")]
        while window.front().is_some_and(|(first, _)| (*first as f64) < cell - most) {
            window.pop_front();
        }
        let (from, sum) = window.front().copied().unwrap_or((0, f64::INFINITY));
        sums.push(sum);
        froms.push(u32::try_from(from).unwrap_or(0));
        cell += 1.0;
    }
    (sums, froms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_of_each_window_by_hand() {
        // Cells 10 to 14 before, 11 to 13 now; the line rises by -1 to 2 cells.
        let before = [5.0, 1.0, 7.0, 2.0, 0.0];
        let (sums, froms) = least_within(&before, 3, 1.0, [-1.0, 2.0]);
        // 11 is reached from 9 to 12, 12 from 10 to 13, 13 from 11 to 14.
        assert_eq!((sums, froms), (vec![1.0, 1.0, 0.0], vec![1, 1, 4]));
        let (sums, _) = least_within(&before, 1, 9.0, [-1.0, 2.0]);
        assert_eq!(sums, [f64::INFINITY]);
    }
}
