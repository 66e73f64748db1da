//! Hours as lines down a train graph.

use super::{Chart, RIGHT, TOP, WIDTH, seconds};
use crate::report::lettering::width_px;
use crate::report::operation::pictures::room::Room;
use crate::report::svg::Svg;

const HOUR_S: u64 = 3_600;
/// Lines are no closer, and neither are the hours written beside them.
const LEAST_LINE: f64 = 7.0;
const LEAST_LABEL: f64 = 26.0;
/// Hours from one line to the next.
const STEPS_H: [u64; 8] = [1, 2, 3, 6, 12, 24, 168, 8_760];

/// A line each hour, a bold one every six; fewer where they would lie too close.
pub(super) fn hours(svg: &mut Svg, chart: &Chart<'_>) {
    let window_h = (seconds(chart.to_s.saturating_sub(chart.from_s)) / 3_600.0).max(1e-3);
    let hour_px = (WIDTH - RIGHT - chart.left) / window_h;
    let step = |least_px: f64| {
        let mut steps = STEPS_H.into_iter();
        steps.find(|hours| seconds(*hours) * hour_px >= least_px)
    };
    if let (Some(line_h), Some(label_h)) = (step(LEAST_LINE), step(LEAST_LABEL)) {
        let mut labelled = Vec::new();
        let mut hour = chart.from_s.div_ceil(HOUR_S).next_multiple_of(line_h);
        while hour <= chart.to_s / HOUR_S {
            let x = chart.x.px(seconds(hour * HOUR_S));
            let class = if hour.is_multiple_of(6) { "hour six" } else { "hour" };
            svg.polyline(class, "", &[(x, TOP), (x, chart.bottom)]);
            if hour.is_multiple_of(label_h) {
                labelled.push((hour, x));
            }
            hour += line_h;
        }
        // Midnights have their words before other hours.
        let mut room = Room::default();
        labelled.sort_by_key(|(hour, _)| !hour.is_multiple_of(24));
        for (hour, x) in labelled {
            write(svg, chart, &mut room, (hour, x));
        }
    }
    let [left, right] = [chart.left, WIDTH - RIGHT];
    for x in [left, right] {
        svg.polyline("hour six", "", &[(x, TOP), (x, chart.bottom)]);
    }
}

/// The hour above and below its line, if it has room; at midnight the day.
fn write(svg: &mut Svg, chart: &Chart<'_>, room: &mut Room, (hour, x): (u64, f64)) {
    let words = match (hour / 24, hour % 24) {
        (day, 0) if day > 0 => format!("day {}", day + 1),
        (_, hour) => hour.to_string(),
    };
    let half = 0.5 * width_px(&words, 11.0) + 2.0;
    if !room.take(x - half, x + half) {
        return;
    }
    let class = if hour.is_multiple_of(6) { "label bold" } else { "label" };
    for y in [TOP - 24.0, chart.bottom + 30.0] {
        svg.text(class, (x, y), "middle", &words);
    }
}
