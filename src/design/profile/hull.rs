//! The greatest convex cost below given ones.

use super::problem::{CostPoint, HeightCost};
use super::rows::CostLine;

/// The corners of the greatest convex cost below ways to build, by rising height.
pub(super) fn hull(ways: &[HeightCost]) -> Vec<CostPoint> {
    below(ways.iter().flat_map(|way| way.points.iter().copied()).collect())
}

/// The same over some heights alone.
pub(super) fn hull_within(ways: &[HeightCost], (low_m, high_m): (f64, f64)) -> Vec<CostPoint> {
    let mut points = Vec::new();
    for way in ways {
        let inside = way.points.iter().filter(|point| (low_m..=high_m).contains(&point.height_m));
        points.extend(inside);
        points.extend([low_m, high_m].into_iter().filter_map(|height_m| {
            let cost_usd_per_m = way.cost_usd_per_m(height_m)?;
            Some(CostPoint { height_m, cost_usd_per_m })
        }));
    }
    below(points)
}

/// The corners of the greatest convex cost below points.
fn below(mut points: Vec<CostPoint>) -> Vec<CostPoint> {
    points.sort_by(|a, b| {
        a.height_m.total_cmp(&b.height_m).then(a.cost_usd_per_m.total_cmp(&b.cost_usd_per_m))
    });
    points.dedup_by(|later, kept| later.height_m == kept.height_m);
    let mut corners: Vec<CostPoint> = Vec::with_capacity(points.len());
    for point in points {
        while let [.., before, last] = corners.as_slice() {
            if slope(*before, *last) < slope(*last, point) {
                break;
            }
            corners.pop();
        }
        corners.push(point);
    }
    corners
}

/// Some of the corners of a convex cost, between which it is too high by this share at most.
pub(super) fn fewer(corners: &[CostPoint], share: f64) -> Vec<CostPoint> {
    let Some(&first) = corners.first() else { return Vec::new() };
    let mut kept = vec![first];
    let mut from = first;
    for (number, pair) in corners.windows(2).enumerate().skip(1) {
        let [last, next] = *pair else { continue };
        let skipped = corners.get(1..=number).unwrap_or_default();
        let mut skipped = skipped.iter().rev().take_while(|point| point.height_m > from.height_m);
        let is_near = |point: &CostPoint| {
            let chord = from.cost_usd_per_m + slope(from, next) * (point.height_m - from.height_m);
            chord <= point.cost_usd_per_m * (1.0 + share)
        };
        if !skipped.all(is_near) {
            kept.push(last);
            from = last;
        }
    }
    kept.extend(corners.last().filter(|last| **last != from));
    kept
}

/// The lines whose greatest is a convex cost; a single one, even, for a cost of one height.
pub(super) fn lines(corners: &[CostPoint]) -> Vec<CostLine> {
    let line = |from: CostPoint, slope: f64| CostLine {
        slope,
        intercept: from.cost_usd_per_m - slope * from.height_m,
    };
    match corners {
        [only] => vec![line(*only, 0.0)],
        _ => corners
            .windows(2)
            .filter_map(|pair| match *pair {
                [from, to] => Some(line(from, slope(from, to))),
                _ => None,
            })
            .collect(),
    }
}

fn slope(from: CostPoint, to: CostPoint) -> f64 {
    (to.cost_usd_per_m - from.cost_usd_per_m) / (to.height_m - from.height_m)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::profile::problem::Works;

    #[test]
    fn a_tunnel_flattens_the_cost_of_a_cutting() {
        let way = |works, points: &[(f64, f64)]| {
            let point = |&(height_m, cost_usd_per_m)| CostPoint { height_m, cost_usd_per_m };
            HeightCost { works, points: points.iter().map(point).collect() }
        };
        let cutting =
            way(Works::Earthworks, &[(-20.0, 4000.0), (-10.0, 1000.0), (0.0, 0.0), (5.0, 500.0)]);
        let tunnel = way(Works::Tunnel, &[(-30.0, 3000.0), (-12.0, 3000.0)]);
        let corners = hull(&[cutting, tunnel]);
        let heights_m: Vec<f64> = corners.iter().map(|corner| corner.height_m).collect();
        // From -30 m at 3000 a straight line leads to 0 at 0: 100 a metre, as the cutting at -10.
        assert_eq!(heights_m, [-30.0, 0.0, 5.0]);
        let slopes: Vec<f64> = lines(&corners).iter().map(|line| line.slope).collect();
        assert_eq!(slopes, [-100.0, 100.0]);
    }
}
