//! What a line asks of trains: its heights, its gradients, its curves.

use super::{LEFT, RIGHT, WIDTH};
use crate::operation::{RunLine, RunSegment};
use crate::report::operation::pictures::axis::Axis;
use crate::report::operation::pictures::thinned::thinned;
use crate::report::svg::Svg;
use crate::unit::grouped;

/// Each band: its top below the whole, and its height.
const HEIGHTS: (f64, f64) = (4.0, 70.0);
const GRADIENTS: (f64, f64) = (88.0, 54.0);
const CURVES: (f64, f64) = (156.0, 26.0);
/// All bands.
pub(super) const BANDS: f64 = 182.0;
/// With the kilometres below.
pub(super) const HEIGHT: f64 = 208.0;

/// The bands of a line below each other.
pub(super) fn ground(svg: &mut Svg, x: Axis, line: &RunLine, top: f64) {
    heights(svg, x, line, top + HEIGHTS.0);
    let gradients = |segment: &RunSegment| segment.gradient_permille;
    let most = |of: fn(&RunSegment) -> f64| {
        line.segments().iter().map(|segment| of(segment).abs()).fold(0.0, f64::max)
    };
    let most_permille = most(|segment| segment.gradient_permille);
    let (from, tall) = (top + GRADIENTS.0, GRADIENTS.1);
    let range = most_permille.max(1.0);
    let y = Axis::new((-range, range), (from + tall, from));
    steps(svg, "gradient", (x, y), line, gradients);
    let words = [("rises", from + 9.0), ("gradient", y.px(0.0) + 4.0), ("falls", from + tall)];
    for (word, at) in words {
        svg.text("name", (8.0, at), "start", word);
    }
    for (at, y) in [(most_permille, from + 9.0), (-most_permille, from + tall)] {
        svg.text("label", (LEFT - 8.0, y), "end", &grouped(at, 1));
    }
    let most_permille = most(|segment| segment.curve_permille);
    let (from, tall) = (top + CURVES.0, CURVES.1);
    let y = Axis::new((0.0, most_permille.max(0.5)), (from + tall, from));
    steps(svg, "curve", (x, y), line, |segment| segment.curve_permille);
    svg.text("name", (8.0, from + tall - 8.0), "start", "curves");
    svg.text("label", (LEFT - 8.0, from + 9.0), "end", &grouped(most_permille, 1));
}

/// Heights above the beginning, as the gradients add up.
fn heights(svg: &mut Svg, x: Axis, line: &RunLine, top: f64) {
    let mut heights_m = vec![(line.start_m(), 0.0)];
    let mut height_m = 0.0;
    for (segment, to_m) in line.spans() {
        height_m += segment.gradient_permille / 1e3 * (to_m - segment.start_m);
        heights_m.push((to_m, height_m));
    }
    let low_m = heights_m.iter().map(|at| at.1).fold(f64::INFINITY, f64::min);
    let high_m = heights_m.iter().map(|at| at.1).fold(f64::NEG_INFINITY, f64::max);
    let bottom = top + HEIGHTS.1;
    // A plain is drawn flat, and the lowest place above the bottom.
    let range_m = (high_m - low_m).max(20.0);
    let y = Axis::new((low_m - 0.1 * range_m, low_m + range_m), (bottom, top));
    let rails: Vec<(f64, f64)> =
        thinned(heights_m.iter().map(|at| (x.px(at.0), y.px(at.1))).collect());
    let mut ground = rails.clone();
    ground.extend([(WIDTH - RIGHT, bottom), (LEFT, bottom)]);
    svg.polygon("ground", &ground);
    svg.polyline("rails", "", &rails);
    svg.text("name", (8.0, top + 0.5 * HEIGHTS.1 + 4.0), "start", "heights, m");
    let (high, low) = (y.px(high_m).max(top + 8.0), y.px(low_m) + 4.0);
    svg.text("label", (LEFT - 8.0, high), "end", &signed(high_m));
    if low - high > 13.0 {
        svg.text("label", (LEFT - 8.0, low), "end", &signed(low_m));
    }
}

/// A height with its sign.
fn signed(height_m: f64) -> String {
    let words = grouped(height_m, 0);
    match words.as_str() {
        "0" | "-0" => "0".to_owned(),
        _ if height_m > 0.0 => format!("+{words}"),
        _ => words,
    }
}

/// A value of each segment as steps from 0.
fn steps(
    svg: &mut Svg,
    class: &str,
    (x, y): (Axis, Axis),
    line: &RunLine,
    of: impl Fn(&RunSegment) -> f64,
) {
    let zero = y.px(0.0);
    let mut points = vec![(LEFT, zero)];
    for (segment, to_m) in line.spans() {
        let height = y.px(of(segment));
        points.extend([(x.px(segment.start_m), height), (x.px(to_m), height)]);
    }
    points.push((WIDTH - RIGHT, zero));
    svg.polygon(class, &thinned(points));
    svg.polyline("axis", "", &[(LEFT, zero), (WIDTH - RIGHT, zero)]);
}
