//! Which of many ranges a distance lies in, without searching all of them.

/// Even steps of distance to a range.
const STEPS: usize = 3;

/// Beginnings that are compared at once: hardly any step touches more.
const WINDOW: usize = 3;

/// 2^52: adding this to a number rounds it to a whole one in the last bits.
const WHOLE: f64 = 4_503_599_627_370_496.0;

/// The bits of a beginning that no distance reaches; they are no number.
const BEYOND: u64 = u64::MAX;

/// The first range of a step that touches more, which leads nowhere.
const CROWDED: u32 = u32::MAX;

/// Beginnings of ranges in order, and for even steps of distance the ranges in them.
#[derive(Debug, Clone)]
pub(super) struct LookUp {
    /// As bits: from 0 on they are in the order of the numbers, and sooner compared. Behind the last
    /// stand some that no distance reaches.
    from: Vec<u64>,
    /// The first range of each step.
    steps: Vec<u32>,
    per_step_m: f64,
    end_m: f64,
}

impl LookUp {
    /// For beginnings in ascending order and the end of the last range; the first is taken to begin
    /// at nothing.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "fewer than 2^32 ranges"
    )]
    pub(super) fn new(from_m: &[f64], end_m: f64) -> Self {
        let count = STEPS * from_m.len().max(1);
        let (step_m, per_step_m) = (end_m / count as f64, count as f64 / end_m);
        let beyond = [BEYOND; WINDOW + 1];
        let from = from_m.iter().map(|from_m| from_m.max(0.0).to_bits()).chain(beyond).collect();
        if !per_step_m.is_finite() {
            return Self { from, steps: vec![CROWDED], per_step_m: 0.0, end_m };
        }
        let mut steps = Vec::with_capacity(count + 2);
        let mut place = 0;
        // One more than reach the end, for what lies hardly beyond.
        for step in 0..=count + 1 {
            // A step reaches half of one before and behind, and a bit more, so that rounding of a
            // distance cannot overtake either.
            let begin_m = (step as f64 - 0.501) * step_m;
            let end_m = (step as f64 + 0.501) * step_m;
            while from_m.get(place + 1).is_some_and(|&next_m| next_m <= begin_m) {
                place += 1;
            }
            let is_crowded = from_m.get(place + WINDOW + 1).is_some_and(|&next_m| next_m <= end_m);
            steps.push(if is_crowded { CROWDED } else { place as u32 });
        }
        Self { from, steps, per_step_m, end_m }
    }

    /// The last range that begins at the distance or before; the first if none does.
    #[inline]
    pub(super) fn place(&self, distance_m: f64) -> usize {
        // Below 0, -0 among it, and for what is no number the bits are more than those of any end.
        let is_within = distance_m.to_bits() <= self.end_m.to_bits();
        let soon = if is_within { self.soon(distance_m) } else { None };
        soon.unwrap_or_else(|| self.further(distance_m))
    }

    /// The same where few ranges are short; nothing elsewhere. For distances from 0 to the end, and
    /// not far beyond.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the last bits hold the number")]
    pub(super) fn soon(&self, distance_m: f64) -> Option<usize> {
        // Between two steps either will do.
        let number = (distance_m * self.per_step_m + WHOLE).to_bits() as u32 as usize;
        let first = *self.steps.get(number)? as usize;
        let next = self.from.get(first + 1..first + 1 + WINDOW)?;
        let at = distance_m.to_bits();
        // Added and not chosen, as no processor foresees it.
        Some(next.iter().fold(first, |place, &next| place + usize::from(at >= next)))
    }

    /// Where a range and the next one begin; the last one ends at an end.
    pub(super) fn range_m(&self, place: usize, end_m: f64) -> (f64, f64) {
        let begins_m = |place: usize| {
            self.from.get(place).filter(|from| **from != BEYOND).map(|from| f64::from_bits(*from))
        };
        (begins_m(place).unwrap_or_default(), begins_m(place + 1).unwrap_or(end_m))
    }

    /// By search.
    #[cold]
    fn further(&self, distance_m: f64) -> usize {
        self.from.partition_point(|&from| f64::from_bits(from) <= distance_m).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_a_plain_search() {
        let crowded: Vec<f64> =
            (0..100).map(|i| f64::from(i) * 1e-3).chain([5.0, 1e6, 2e6]).collect();
        let even: Vec<f64> = (0..1000).map(|i| f64::from(i) * 0.1).collect();
        for from_m in [vec![0.0], vec![0.0, 1e-9, 1.0], crowded, even] {
            let look_up = LookUp::new(&from_m, from_m.iter().fold(1.5, |a: f64, b| a.max(*b)));
            let near = |&at_m: &f64| [at_m, at_m.next_down(), at_m.next_up(), at_m + 0.05];
            let ends = [-0.0, -1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e12];
            for distance_m in from_m.iter().flat_map(near).chain(ends) {
                let plain = from_m.iter().filter(|&&at_m| at_m <= distance_m).count();
                assert_eq!(look_up.place(distance_m), plain.saturating_sub(1), "{distance_m}");
            }
        }
        assert_eq!(LookUp::new(&[], 0.0).place(1.0), 0);
    }
}
