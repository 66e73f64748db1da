//! Rows of a table as points of curves over the gradient.

/// The rows of each curve by their gradient; curves in the order in which they come.
pub(super) fn by_curve<'a, T>(
    rows: impl Iterator<Item = &'a T>,
    is_same: impl Fn(&T, &T) -> bool,
    permille: impl Fn(&T) -> f64,
) -> Vec<Vec<&'a T>> {
    let mut curves: Vec<Vec<&'a T>> = Vec::new();
    for row in rows {
        let own = |curve: &&mut Vec<&'a T>| curve.first().is_some_and(|first| is_same(first, row));
        match curves.iter_mut().find(own) {
            Some(curve) => curve.push(row),
            None => curves.push(vec![row]),
        }
    }
    for curve in &mut curves {
        curve.sort_by(|a, b| permille(a).total_cmp(&permille(b)));
    }
    curves
}
