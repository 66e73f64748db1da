//! The strip above the chart: ground, rails, tunnels and bridges at the same distances.

use super::{Chart, LEFT, RIGHT, WIDTH};
use crate::report::svg::Svg;
use crate::route::{CostModel, RoutePoint, SegmentRoute};
use crate::unit::grouped;

const TOP: f64 = 62.0;
const HEIGHT: f64 = 92.0;
/// The blocks of tunnels and bridges.
const BLOCKS_TOP: f64 = 168.0;
const BLOCKS_HEIGHT: f64 = 14.0;

/// A route, drawn so long as it would be built.
struct Drawn<'a> {
    route: &'a SegmentRoute,
    /// How much longer it would be built than its points are.
    stretch_ratio: f64,
}

/// Ground and rails of each segment, and its tunnels and bridges as blocks below.
pub(super) fn profile(svg: &mut Svg, chart: &Chart, routes: &[SegmentRoute], cost: &CostModel) {
    let drawn: Vec<Drawn<'_>> = chart
        .stretches
        .iter()
        .filter_map(|one| {
            let route = routes.iter().find(|route| route.segment == one.segment)?;
            Some(Drawn { route, stretch_ratio: one.length_m / route.length_m.max(1.0) })
        })
        .collect();
    let points = || drawn.iter().flat_map(|one| &one.route.points);
    let heights = || points().flat_map(|at| [at.height_m, at.ground_m]);
    let low_m = heights().fold(f64::INFINITY, f64::min);
    let high_m = heights().fold(f64::NEG_INFINITY, f64::max);
    if !(low_m <= high_m) {
        return;
    }
    // A plain is drawn flat and not as noise.
    let range_m = (high_m - low_m).max(20.0);
    let y = |height_m: f64| TOP + HEIGHT * (1.0 - (height_m - low_m) / range_m);
    for one in &drawn {
        let x = |at: &RoutePoint| chart.x(&one.route.segment, at.chainage_m * one.stretch_ratio);
        let line = |height: fn(&RoutePoint) -> f64| -> Vec<(f64, f64)> {
            one.route.points.iter().map(|at| (x(at), y(height(at)))).collect()
        };
        let mut ground = line(|at| at.ground_m);
        let ends = (ground.first().copied(), ground.last().copied());
        if let (Some(first), Some(last)) = ends {
            ground.extend([(last.0, TOP + HEIGHT + 4.0), (first.0, TOP + HEIGHT + 4.0)]);
        }
        svg.polygon("ground", &ground);
        svg.polyline("rails", "", &line(|at| at.height_m));
    }
    let label = |height_m: f64| format!("{} m", grouped(height_m, 0));
    svg.text("label", (LEFT - 8.0, y(high_m).max(TOP + 8.0)), "end", &label(high_m));
    if y(low_m) - y(high_m) > 16.0 {
        svg.text("label", (LEFT - 8.0, TOP + HEIGHT), "end", &label(low_m));
    }
    blocks(svg, chart, &drawn, cost);
}

fn blocks(svg: &mut Svg, chart: &Chart, drawn: &[Drawn<'_>], cost: &CostModel) {
    let mut is_any = false;
    for one in drawn {
        let (tunnels_m, bridges_m) = (one.route.tunnels_m(cost), one.route.bridges_m(cost));
        for (class, stretches) in [("tunnel", tunnels_m), ("bridge", bridges_m)] {
            for (from_m, to_m) in stretches {
                is_any = true;
                let x = |at_m: f64| chart.x(&one.route.segment, at_m * one.stretch_ratio);
                let width = (x(to_m) - x(from_m)).max(2.0);
                let long_m = (to_m - from_m) * one.stretch_ratio;
                svg.titled(&format!("{class} of {} km", grouped(long_m / 1e3, 1)), |svg| {
                    svg.block(class, (x(from_m), BLOCKS_TOP), (width, BLOCKS_HEIGHT));
                });
            }
        }
    }
    let y = BLOCKS_TOP + BLOCKS_HEIGHT;
    svg.polyline("rule", "", &[(LEFT, y), (WIDTH - RIGHT, y)]);
    svg.text("label", (LEFT - 8.0, y - 3.0), "end", "structures");
    if !is_any {
        let words = "no tunnel or bridge is cheaper than a cut or fill on this terrain";
        svg.text("label", (LEFT + 4.0, y - 3.0), "start", words);
    }
}
