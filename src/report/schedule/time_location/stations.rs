//! The ends of the segments with their names, and kilometres.

use super::{CHART_TOP, Chart, LEFT, RIGHT, SIZE, WIDTH};
use crate::model::Study;
use crate::report::lettering::{shortened, width_px};
use crate::report::svg::Svg;
use crate::unit::grouped;

/// Lines of names above each other, the lowest first.
const LINES_Y: [f64; 3] = [50.0, 32.0, 14.0];

/// Below the last year, and below the words of an opening at its end.
const KILOMETRES_BELOW: f64 = 30.0;

/// A name is no longer.
const LONGEST: f64 = 200.0;

/// The ends of the segments with their names where they have room, and kilometres below.
pub(super) fn stations(svg: &mut Svg, chart: &Chart, study: &Study) {
    let mut taken_to = [f64::NEG_INFINITY; LINES_Y.len()];
    let mut mark = |svg: &mut Svg, id: &str, x: f64| {
        let name = study.subject_name(id);
        let short = shortened(&name, 1.1 * SIZE, LONGEST);
        let width = width_px(&short, 1.1 * SIZE);
        let left = (x - 0.5 * width).clamp(LEFT - 40.0, (WIDTH - width).max(LEFT - 40.0));
        let room = taken_to.iter_mut().zip(LINES_Y).find(|(taken, _)| **taken <= left);
        let top = room.as_ref().map_or(CHART_TOP, |(_, y)| y + 5.0);
        svg.titled(&name, |svg| {
            svg.polyline("border", "", &[(x, top), (x, chart.bottom())]);
            if let Some((taken, y)) = room {
                *taken = left + width + 10.0;
                svg.text("station", (left + 0.5 * width, y), "middle", &short);
            }
        });
    };
    for (place, stretch) in chart.stretches.iter().enumerate() {
        let Some(segment) = study.segment(&stretch.segment) else { continue };
        if place == 0 {
            mark(svg, &segment.from, chart.x(&stretch.segment, 0.0));
        }
        mark(svg, &segment.to, chart.x(&stretch.segment, stretch.length_m));
    }
    kilometres(svg, chart);
}

/// Round kilometres from the first station.
fn kilometres(svg: &mut Svg, chart: &Chart) {
    let mut step_m = 1_000.0;
    while chart.length_m / step_m > 12.0 {
        step_m *= if chart.length_m / step_m > 60.0 { 5.0 } else { 2.0 };
    }
    let y = chart.bottom();
    let mut at_m = 0.0;
    while at_m <= chart.length_m {
        let x = chart.x_of(at_m);
        svg.polyline("tick", "", &[(x, y), (x, y + 5.0)]);
        if x < WIDTH - RIGHT - 12.0 {
            svg.text("label", (x, y + KILOMETRES_BELOW), "middle", &grouped(at_m / 1e3, 0));
        }
        at_m += step_m;
    }
    svg.text("label", (LEFT - 12.0, y + KILOMETRES_BELOW), "end", "km");
}
