//! As many points of a curve as a picture can show.

/// Points of a curve that runs to the right, two in each column of a pixel at most: its lowest and
/// its highest one, in their order. So no peak and no dip is lost, and a curve of a few points is
/// left as it is.
pub(super) fn thinned(points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let ends = points.first().zip(points.last());
    let wide_px = ends.map_or(0.0, |(first, last)| (last.0 - first.0).abs());
    #[expect(clippy::cast_precision_loss, reason = "points of a curve")]
    let is_few = points.len() as f64 <= 2.0 * wide_px;
    if is_few || points.len() < 3 {
        return points;
    }
    let mut kept: Vec<(f64, f64)> = Vec::new();
    for column in points.chunk_by(|a, b| a.0.floor() == b.0.floor()) {
        let low = column.iter().enumerate().min_by(|(_, a), (_, b)| a.1.total_cmp(&b.1));
        let high = column.iter().enumerate().max_by(|(_, a), (_, b)| a.1.total_cmp(&b.1));
        let Some((low, high)) = low.zip(high) else { continue };
        let (first, second) = if low.0 <= high.0 { (low, high) } else { (high, low) };
        kept.push(*first.1);
        if second.0 != first.0 {
            kept.push(*second.1);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peaks_and_dips_stay() {
        let all = (0..100_000_u32).map(|number| {
            let x = f64::from(number) / 200.0;
            let y = if number == 77_777 { -5.0 } else { f64::from(number % 7) };
            (x, y)
        });
        let kept = thinned(all.collect());
        assert_eq!(kept.len(), 1_000); // two in each of 500 columns
        assert!(kept.contains(&(77_777.0 / 200.0, -5.0)));
        assert!(kept.is_sorted_by(|a, b| a.0 < b.0));
        let few = vec![(0.0, 1.0), (30.0, 2.0), (60.0, 0.0)];
        assert_eq!(thinned(few.clone()), few);
    }
}
