//! Designs of one segment for several ruling gradients, beside one another.

/// For each ruling gradient the cheapest of all designs that are no steeper, by its place: a line
/// laid out for 9 permille keeps 12 permille too, so that no steeper gradient costs more. Of equal
/// costs it is the design's own.
///
/// Each design is its gradient in permille and its cost.
///
/// ```
/// use railcorridor::design::cheapest_not_steeper;
///
/// let designs = [(9.0, 738.0), (12.0, 794.0), (15.0, 661.0), (18.0, 911.0)];
/// assert_eq!(cheapest_not_steeper(&designs), [0, 0, 2, 2]);
/// ```
#[must_use]
pub fn cheapest_not_steeper(designs: &[(f64, f64)]) -> Vec<usize> {
    let best = |(own, &(most_permille, own_usd)): (usize, &(f64, f64))| {
        let others =
            designs.iter().enumerate().filter(|(_, (permille, _))| *permille <= most_permille);
        let found = others.fold(
            (own, own_usd),
            |best, (place, (_, usd))| {
                if *usd < best.1 { (place, *usd) } else { best }
            },
        );
        found.0
    };
    designs.iter().enumerate().map(best).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_never_rise_with_the_gradient_whatever_the_order() {
        assert_eq!(cheapest_not_steeper(&[(18.0, 5.0), (9.0, 4.0), (12.0, 6.0)]), [1, 1, 1]);
        assert_eq!(cheapest_not_steeper(&[(9.0, 4.0), (12.0, 4.0)]), [0, 1]);
        assert!(cheapest_not_steeper(&[]).is_empty());
    }
}
