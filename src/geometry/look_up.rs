//! Which of many ranges a distance lies in, without searching all of them.

/// Beginnings of ranges in order, and for each of as many even steps the first range in it.
#[derive(Debug, Clone)]
pub(super) struct LookUp {
    from_m: Vec<f64>,
    /// The range in which each step begins, and at last the last one.
    first: Vec<u32>,
    per_step_m: f64,
}

impl LookUp {
    /// For beginnings in ascending order; the first range is taken to begin at nothing.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "no more than 2^32 ranges"
    )]
    pub(super) fn new(from_m: Vec<f64>) -> Self {
        let steps = from_m.len();
        let reach_m = from_m.last().copied().unwrap_or_default();
        let per_step_m = if reach_m > 0.0 { steps as f64 / reach_m } else { 0.0 };
        let mut first = Vec::with_capacity(steps + 2);
        let mut place = 0;
        for step in 0..=steps {
            // A bit before the step, so that rounding of a distance cannot overtake it.
            let begin_m = (step as f64 - 0.001) * (reach_m / steps.max(1) as f64);
            while from_m.get(place + 1).is_some_and(|&next_m| next_m <= begin_m) {
                place += 1;
            }
            first.push(place as u32);
        }
        first.push(steps.saturating_sub(1) as u32);
        Self { from_m, first, per_step_m }
    }

    /// The last range that begins at the distance or before; the first if none does.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "casts saturate, and what is no number becomes 0"
    )]
    pub(super) fn place(&self, distance_m: f64) -> usize {
        let step =
            ((distance_m * self.per_step_m) as usize).min(self.first.len().saturating_sub(2));
        let [low, high] =
            [step, step + 1].map(|at| self.first.get(at).map_or(0, |&it| it as usize));
        let mut place = low;
        // One or two in most steps; many crowd only where ranges are far shorter than elsewhere.
        if high > low + 8 {
            let crowd = self.from_m.get(low..=high).unwrap_or_default();
            place = low + crowd.partition_point(|&from_m| from_m <= distance_m).saturating_sub(1);
        }
        while self.from_m.get(place + 1).is_some_and(|&next_m| next_m <= distance_m) {
            place += 1;
        }
        place
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
            let look_up = LookUp::new(from_m.clone());
            let near = |&at_m: &f64| [at_m, at_m.next_down(), at_m.next_up(), at_m + 0.05];
            let ends = [-1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e12];
            for distance_m in from_m.iter().flat_map(near).chain(ends) {
                let plain = from_m.iter().filter(|&&at_m| at_m <= distance_m).count();
                assert_eq!(look_up.place(distance_m), plain.saturating_sub(1), "{distance_m}");
            }
        }
        assert_eq!(LookUp::new(Vec::new()).place(1.0), 0);
    }
}
