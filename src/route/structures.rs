//! Tunnels and bridges of a route, and how long its line runs at each gradient and depth.

use serde::Serialize;

use super::{CostModel, RoutePoint};

/// Bounds of the classes of gradient, permille.
const GRADIENTS_PERMILLE: [f64; 8] = [0.0, 2.5, 6.0, 9.0, 12.0, 15.0, 18.0, 25.0];

/// Bounds of the classes of height above the ground, metres.
const DEPTHS_M: [f64; 12] =
    [-100.0, -50.0, -20.0, -10.0, -5.0, -1.0, 1.0, 5.0, 10.0, 20.0, 30.0, 50.0];

/// Length of line in a range of gradients, up or down.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct GradientClass {
    /// From this gradient, permille.
    pub from_permille: f64,
    /// To below this one, permille; `None` for all that is steeper.
    pub to_permille: Option<f64>,
    /// Length that rises, or is level, metres.
    pub rising_m: f64,
    /// Length that falls, metres.
    pub falling_m: f64,
}

/// Length of line in a range of heights above the ground; cuts are negative.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct DepthClass {
    /// From this height above the ground, metres; `None` for all that is deeper.
    pub from_m: Option<f64>,
    /// To below this one, metres; `None` for all that is higher.
    pub to_m: Option<f64>,
    /// Length, metres.
    pub length_m: f64,
}

/// Tunnels, or bridges: runs of line without a break.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Structures {
    /// How many.
    pub count: usize,
    /// Together, metres.
    pub length_m: f64,
    /// The longest one, metres.
    pub longest_m: f64,
}

/// The pieces of a way: from, to, length in metres.
fn pieces(points: &[RoutePoint]) -> impl Iterator<Item = (RoutePoint, RoutePoint, f64)> {
    let pairs = points.iter().copied().zip(points.iter().copied().skip(1));
    pairs.map(|(a, b)| (a, b, b.chainage_m - a.chainage_m))
}

pub(super) fn gradient_classes(points: &[RoutePoint]) -> Vec<GradientClass> {
    let bounds = GRADIENTS_PERMILLE;
    let empty = |(place, from_permille): (usize, &f64)| GradientClass {
        from_permille: *from_permille,
        to_permille: bounds.get(place + 1).copied(),
        rising_m: 0.0,
        falling_m: 0.0,
    };
    let mut classes: Vec<GradientClass> = bounds.iter().enumerate().map(empty).collect();
    for (a, b, run_m) in pieces(points).filter(|(.., run_m)| *run_m > 0.0) {
        let gradient_permille = (b.height_m - a.height_m) / run_m * 1e3;
        let place = bounds.partition_point(|bound| *bound <= gradient_permille.abs());
        let Some(class) = classes.get_mut(place.saturating_sub(1)) else { continue };
        if gradient_permille < 0.0 {
            class.falling_m += run_m;
        } else {
            class.rising_m += run_m;
        }
    }
    classes
}

/// Half of each piece counts at the depth of either end.
pub(super) fn depth_classes(points: &[RoutePoint]) -> Vec<DepthClass> {
    let bounds = DEPTHS_M;
    let empty = |place: usize| DepthClass {
        from_m: place.checked_sub(1).and_then(|before| bounds.get(before)).copied(),
        to_m: bounds.get(place).copied(),
        length_m: 0.0,
    };
    let mut classes: Vec<DepthClass> = (0..=bounds.len()).map(empty).collect();
    for (a, b, run_m) in pieces(points) {
        for end in [a, b] {
            let above_m = end.height_m - end.ground_m;
            let place = bounds.partition_point(|bound| *bound <= above_m);
            if let Some(class) = classes.get_mut(place) {
                class.length_m += 0.5 * run_m;
            }
        }
    }
    classes
}

/// Tunnels and bridges: as the search pays for it, a piece is what it is at its end.
pub(super) fn tunnels_and_bridges(
    points: &[RoutePoint],
    cost: &CostModel,
) -> (Structures, Structures) {
    let above_m = |point: RoutePoint| point.height_m - point.ground_m;
    let tunnel = |point: RoutePoint| cost.is_tunnel(above_m(point));
    let bridge = |point: RoutePoint| cost.is_bridge(above_m(point));
    (runs(points, tunnel), runs(points, bridge))
}

fn runs(points: &[RoutePoint], is_one: impl Fn(RoutePoint) -> bool) -> Structures {
    let mut all = Structures::default();
    for (from_m, to_m) in stretches(points, is_one) {
        all.count += 1;
        all.length_m += to_m - from_m;
        all.longest_m = all.longest_m.max(to_m - from_m);
    }
    all
}

/// Where runs of pieces begin and end, metres along the points.
fn stretches(points: &[RoutePoint], is_one: impl Fn(RoutePoint) -> bool) -> Vec<(f64, f64)> {
    let mut found: Vec<(f64, f64)> = Vec::new();
    let mut is_open = false;
    for (a, b, _) in pieces(points) {
        let was_open = std::mem::replace(&mut is_open, is_one(b));
        match found.last_mut() {
            Some(last) if is_open && was_open => last.1 = b.chainage_m,
            _ if is_open => found.push((a.chainage_m, b.chainage_m)),
            _ => {}
        }
    }
    found
}

/// The tunnels, each from where to where, metres along the points.
pub(super) fn tunnel_stretches(points: &[RoutePoint], cost: &CostModel) -> Vec<(f64, f64)> {
    stretches(points, |point| cost.is_tunnel(point.height_m - point.ground_m))
}

/// The bridges, each from where to where, metres along the points.
pub(super) fn bridge_stretches(points: &[RoutePoint], cost: &CostModel) -> Vec<(f64, f64)> {
    stretches(points, |point| cost.is_bridge(point.height_m - point.ground_m))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::LonLat;

    /// A point each kilometre: height of the rails and of the ground.
    fn way(heights_m: &[(f64, f64)]) -> Vec<RoutePoint> {
        let place = LonLat { lon_deg: 60.0, lat_deg: 30.0 };
        let point = |(km, &(height_m, ground_m)): (usize, &(f64, f64))| RoutePoint {
            chainage_m: 1_000.0 * f64::from(u32::try_from(km).unwrap()),
            place,
            height_m,
            ground_m,
        };
        heights_m.iter().enumerate().map(point).collect()
    }

    #[test]
    fn each_kilometre_is_in_its_class_of_gradient() {
        // 10 and 4 permille up, level, 20 down.
        let points = way(&[(0.0, 0.0), (10.0, 10.0), (14.0, 14.0), (14.0, 14.0), (-6.0, -6.0)]);
        let classes = gradient_classes(&points);
        let of = |from: f64| classes.iter().find(|class| class.from_permille == from).unwrap();
        assert_eq!((of(9.0).rising_m, of(2.5).rising_m), (1_000.0, 1_000.0));
        assert_eq!((of(0.0).rising_m, of(0.0).falling_m), (1_000.0, 0.0));
        assert_eq!((of(18.0).falling_m, of(18.0).to_permille), (1_000.0, Some(25.0)));
        let sum: f64 = classes.iter().map(|class| class.rising_m + class.falling_m).sum();
        assert_eq!(sum, 4_000.0);
    }

    #[test]
    fn half_a_piece_lies_at_the_depth_of_either_end() {
        let classes = depth_classes(&way(&[(0.0, 0.0), (0.0, 30.0), (7.0, 0.0)]));
        let of = |from: f64| classes.iter().find(|class| class.from_m == Some(from)).unwrap();
        assert_eq!((of(-1.0).length_m, of(-50.0).length_m, of(5.0).length_m), (500.0, 1e3, 500.0));
        assert_eq!(classes.iter().map(|class| class.length_m).sum::<f64>(), 2_000.0);
        assert_eq!((classes[0].from_m, classes[12].to_m), (None, None));
    }

    #[test]
    fn tunnels_are_counted_run_by_run() {
        // A tunnel pays below 72 m: 0.03 x 72 + 0.0015 x 72^2 = 9.94.
        let deep = (0.0, 75.0);
        let points = way(&[(0.0, 0.0), deep, deep, (0.0, 0.0), deep, (0.0, 0.0)]);
        let (tunnels, bridges) = tunnels_and_bridges(&points, &CostModel::default());
        assert_eq!(tunnels, Structures { count: 2, length_m: 3_000.0, longest_m: 2_000.0 });
        assert_eq!(bridges, Structures::default());
        let cost = CostModel::default();
        assert_eq!(tunnel_stretches(&points, &cost), [(0.0, 2_000.0), (3_000.0, 4_000.0)]);
        assert!(bridge_stretches(&points, &cost).is_empty());
    }

    #[test]
    fn a_high_fill_is_a_bridge() {
        // 0.02 h + 0.0012 h^2 passes 12 at 92 m; a viaduct costs 0.25 h, less only above 192 m.
        let (tunnels, bridges) =
            tunnels_and_bridges(&way(&[(0.0, 0.0), (95.0, 0.0)]), &CostModel::default());
        assert_eq!((tunnels.count, bridges.count, bridges.longest_m), (0, 1, 1_000.0));
    }
}
