//! Symmetric equations whose unknowns meet their next two neighbours only.

/// A symmetric matrix with two bands beside its diagonal, and what it is factored into.
///
/// Row i holds the entries (i, i), (i, i + 1) and (i, i + 2). There are two rows more than unknowns,
/// so that whatever meets three unknowns in a row finds them; they stand for nothing.
#[derive(Debug, Clone)]
pub(super) struct Band {
    rows: Vec<[f64; 3]>,
}

impl Band {
    /// All zero, for so many unknowns.
    pub(super) fn new(unknowns: usize) -> Self {
        Self { rows: vec![[0.0; 3]; unknowns + 2] }
    }

    pub(super) fn clear(&mut self) {
        self.rows.fill([0.0; 3]);
    }

    /// Adds weight a a' for coefficients a of three unknowns in a row.
    #[inline]
    pub(super) fn add(&mut self, first: usize, a: [f64; 3], weight: f64) {
        let [wa, wb, wc] = a.map(|coef| coef * weight);
        if let Some([top, middle, last]) = self.rows.get_mut(first..first + 3) {
            top[0] += wa * a[0];
            top[1] += wa * a[1];
            top[2] += wa * a[2];
            middle[0] += wb * a[1];
            middle[1] += wb * a[2];
            last[0] += wc * a[2];
        }
    }

    /// Factors the matrix into L D L' in its place: D, and what L has beside its ones.
    ///
    /// Unknowns that are not free keep the value that they have; a pivot that is not positive, which
    /// only an unknown without any weight has, is taken as if that unknown were not free.
    pub(super) fn factor(&mut self, is_free: &[bool]) {
        // Of the row before (1) and the one before that (2): its pivot and what L has beside it.
        let (mut one, mut two) = ([0.0; 3], [0.0; 3]);
        let mut is_one_free = false;
        let mut is_two_free = false;
        let frees = is_free.iter().copied().chain([false, false]);
        let nexts = is_free.iter().copied().skip(1).chain([false; 3]);
        let seconds = is_free.iter().copied().skip(2).chain([false; 4]);
        for (((row, is_here), is_next), is_second) in
            self.rows.iter_mut().zip(frees).zip(nexts).zip(seconds)
        {
            let [diagonal, next, second] = *row;
            let mut pivot = diagonal;
            let mut beside = next;
            if is_one_free {
                pivot -= one[1] * one[1] * one[0];
                beside -= one[2] * one[0] * one[1];
            }
            if is_two_free {
                pivot -= two[2] * two[2] * two[0];
            }
            let is_sound = is_here && pivot > diagonal * 1e-15;
            *row = if is_sound {
                let beside = if is_next { beside / pivot } else { 0.0 };
                let second = if is_second { second / pivot } else { 0.0 };
                [pivot, beside, second]
            } else {
                [f64::INFINITY, 0.0, 0.0]
            };
            (two, is_two_free) = (one, is_one_free);
            (one, is_one_free) = (*row, is_sound);
        }
    }

    /// Solves for the right side, which becomes the solution; 0 for unknowns that are not free.
    pub(super) fn solve(&self, side: &mut [f64]) {
        let (mut one, mut two) = ([0.0; 2], [0.0; 2]);
        let (mut of_one, mut of_two) = (0.0, 0.0);
        for (value, row) in side.iter_mut().zip(&self.rows) {
            *value -= one[0] * of_one + two[1] * of_two;
            if row[0] == f64::INFINITY {
                *value = 0.0;
            }
            (two, of_two) = (one, of_one);
            (one, of_one) = ([row[1], row[2]], *value);
        }
        let (mut of_one, mut of_two) = (0.0, 0.0);
        for (value, row) in side.iter_mut().zip(&self.rows).rev() {
            *value = *value / row[0] - row[1] * of_one - row[2] * of_two;
            (of_two, of_one) = (of_one, *value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_unknowns_against_elimination_by_hand() {
        // Rows 1 -2 1 and single ones: the matrix is A'WA, the right side A'WA x for a known x.
        let rows =
            [(0, [1.0, -2.0, 1.0], 3.0), (1, [1.0, -2.0, 1.0], 1e3), (2, [0.5, 0.25, 7.0], 2.0)];
        let known = [1.0, -2.0, 3.5, 0.25, -8.0];
        let mut band = Band::new(5);
        let mut side = [0.0; 5];
        let singles = (0..5).map(|first| (first, [1.0, 0.0, 0.0], 0.1));
        for (first, a, weight) in rows.into_iter().chain(singles) {
            band.add(first, a, weight);
            let value: f64 = (0..3).map(|i| a[i] * known.get(first + i).unwrap_or(&0.0)).sum();
            for (i, coef) in a.iter().enumerate() {
                if let Some(side) = side.get_mut(first + i) {
                    *side += weight * coef * value;
                }
            }
        }
        band.factor(&[true; 5]);
        band.solve(&mut side);
        for (found, right) in side.iter().zip(known) {
            assert!((found - right).abs() < 1e-10, "{side:?}");
        }
    }
}
