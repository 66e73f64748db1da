//! Words that keep clear of one another.

use crate::report::lettering::{shortened, width_px};

/// A strip of a picture along which words keep clear of one another.
#[derive(Debug, Clone, Default)]
pub(super) struct Room {
    taken_px: Vec<(f64, f64)>,
}

impl Room {
    /// Takes a stretch, if nothing of it is taken.
    pub(super) fn take(&mut self, from_px: f64, to_px: f64) -> bool {
        let is_free = self.taken_px.iter().all(|(from, to)| to_px <= *from || from_px >= *to);
        if is_free {
            self.taken_px.push((from_px, to_px));
        }
        is_free
    }
}

/// A name above the place that it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NameAbove {
    /// The middle of the word.
    pub middle_px: f64,
    /// The row in which it stands, counted from 0.
    pub row: usize,
    /// The name, or as much of it as may stand there.
    pub short: String,
}

/// Names in rows above their places, within two ends of the picture: the first and the last place
/// before all others, then as many as have room, in their order.
pub(super) fn names_above(
    places: &[(&str, f64)],
    rows: usize,
    size_px: f64,
    (left_px, right_px): (f64, f64),
) -> Vec<Option<NameAbove>> {
    let mut free = vec![Room::default(); rows];
    let mut found = vec![None; places.len()];
    for number in ends_first(places.len()) {
        let Some((name, x_px)) = places.get(number) else { continue };
        let short = shortened(name, size_px, 0.2 * (right_px - left_px));
        let half_px = 0.5 * width_px(&short, size_px);
        let least_px = left_px + half_px;
        let middle_px = x_px.clamp(least_px, least_px.max(right_px - half_px));
        let (from, to) = (middle_px - half_px - 5.0, middle_px + half_px + 5.0);
        let row = free.iter_mut().position(|room| room.take(from, to));
        if let (Some(row), Some(slot)) = (row, found.get_mut(number)) {
            *slot = Some(NameAbove { middle_px, row, short });
        }
    }
    found
}

/// The first, the last, then those between in their order.
pub(super) fn ends_first(count: usize) -> impl Iterator<Item = usize> {
    let last = count.saturating_sub(1);
    std::iter::once(0).chain((last > 0).then_some(last)).chain(1..last).take(count)
}

/// Places for words beside the ends of curves: as near to where each would stand as can be, in the
/// same order, `step_px` apart at least, within two ends. The wishes must rise; if not all have
/// room, those beyond the last that has get none.
///
/// Moves are least in the sum of their squares: words that want the same place spread evenly about
/// it (pool adjacent violators).
pub(super) fn spread(wishes_px: &[f64], step_px: f64, (top_px, bottom_px): (f64, f64)) -> Vec<f64> {
    // Steps taken out, wishes that rise may stay where they are; others share their mean.
    let mut pools: Vec<(f64, u32)> = Vec::new();
    let mut steps_px = 0.0;
    for wish_px in wishes_px {
        if top_px + steps_px > bottom_px {
            break;
        }
        let mut pool = (wish_px - steps_px, 1);
        while let Some((sum, count)) = pools.last().copied()
            && sum / f64::from(count) > pool.0 / f64::from(pool.1)
        {
            pools.pop();
            pool = (pool.0 + sum, pool.1 + count);
        }
        pools.push(pool);
        steps_px += step_px;
    }
    let highest_px = bottom_px - (steps_px - step_px).max(0.0);
    let mut places_px = Vec::new();
    for (sum, count) in pools {
        for _ in 0..count {
            let mean_px = (sum / f64::from(count)).max(top_px).min(highest_px);
            #[expect(clippy::cast_precision_loss, reason = "some words")]
            places_px.push(mean_px + step_px * places_px.len() as f64);
        }
    }
    places_px
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_have_their_names_before_all_others() {
        let places = [("Andkhoy", 0.0), ("Loop 1", 30.0), ("Loop 2", 300.0), ("Torghundi", 400.0)];
        let names = names_above(&places, 1, 12.0, (0.0, 400.0));
        let shown: Vec<&str> = names.iter().flatten().map(|name| name.short.as_str()).collect();
        assert_eq!(shown, ["Andkhoy", "Loop 2", "Torghundi"]);
        assert_eq!(names_above(&[], 2, 12.0, (0.0, 400.0)), []);
        assert_eq!(ends_first(4).collect::<Vec<_>>(), [0, 3, 1, 2]);
        assert_eq!(ends_first(1).collect::<Vec<_>>(), [0]);
        assert_eq!(ends_first(0).count(), 0);
    }

    #[test]
    fn words_at_one_place_spread_evenly_about_it() {
        assert_eq!(spread(&[50.0, 50.0, 50.0], 10.0, (0.0, 100.0)), [40.0, 50.0, 60.0]);
        assert_eq!(spread(&[20.0, 50.0, 55.0], 10.0, (0.0, 100.0)), [20.0, 47.5, 57.5]);
        assert_eq!(spread(&[95.0, 99.0], 10.0, (0.0, 100.0)), [90.0, 100.0]);
        assert_eq!(spread(&[5.0, 5.0, 5.0], 10.0, (0.0, 15.0)), [0.0, 10.0]);
        assert!(spread(&[], 10.0, (0.0, 15.0)).is_empty());
    }
}
