//! A guide with points enough between the places to pass.

use super::{GuidePoint, PlanPass};

/// Between two places to pass there are so many pieces of the guide at least: tangents through
/// either begin and end at points between them.
const LEAST_PIECES: usize = 10;

/// The guide with pieces cut where there are too few, and the places by its new points.
pub(super) fn refined(
    guide: &[GuidePoint],
    passes: &[PlanPass],
) -> (Vec<GuidePoint>, Vec<PlanPass>) {
    let last = guide.len().saturating_sub(1);
    let mut marks: Vec<usize> = passes.iter().map(|pass| pass.point).collect();
    marks.extend([0, last]);
    marks.sort_unstable();
    marks.dedup();
    let mut points: Vec<GuidePoint> = guide.first().copied().into_iter().collect();
    let mut new_of: Vec<(usize, usize)> = vec![(0, 0)];
    for (from, to) in marks.iter().zip(marks.iter().skip(1)) {
        let pieces = LEAST_PIECES.div_ceil((to - from).max(1));
        for pair in guide.get(*from..=*to).unwrap_or_default().windows(2) {
            let [a, b] = pair else { continue };
            points.extend((1..pieces).map(|piece| between(a, b, share(piece, pieces), pieces)));
            points.push(GuidePoint { needs_m: b.needs_m * share(1, pieces), ..*b });
        }
        new_of.push((*to, points.len() - 1));
    }
    let place =
        |point: usize| new_of.iter().find(|(old, _)| *old == point).map_or(point, |(_, new)| *new);
    let passes = passes.iter().map(|pass| PlanPass { point: place(pass.point), ..pass.clone() });
    (points, passes.collect())
}

#[expect(clippy::cast_precision_loss, reason = "a few pieces")]
fn share(piece: usize, pieces: usize) -> f64 {
    piece as f64 / pieces as f64
}

fn between(a: &GuidePoint, b: &GuidePoint, to_share: f64, pieces: usize) -> GuidePoint {
    GuidePoint {
        coord: a.coord.toward(b.coord, to_share),
        level_m: a.level_m + to_share * (b.level_m - a.level_m),
        needs_m: b.needs_m * share(1, pieces),
    }
}
