//! What the signs of the map mean, its scale, and where north is.

use super::frame::Frame;
use super::labels::Area;
use crate::report::Report;
use crate::report::svg::Svg;

const ROW: f64 = 21.0;

const WIDTH: f64 = 262.0;

/// Phases of a line's life, in order, with the words of the legend.
const PHASES: [(&str, &str); 5] = [
    ("idea", "proposal"),
    ("study", "studies"),
    ("design", "survey and design"),
    ("works", "works"),
    ("service", "in service"),
];

/// Draws the legend in the south-west, where a line from north-west to south-east leaves room;
/// the areas that it covers come back.
pub(in crate::report) fn draw(svg: &mut Svg, report: &Report<'_>, frame: &Frame) -> Vec<Area> {
    let mut gauges: Vec<u32> = report.study.connections.iter().map(|c| c.gauge_mm).collect();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a gauge")]
    gauges.extend(report.status.segments.iter().filter_map(|s| s.gauge_mm).map(|mm| mm as u32));
    gauges.sort_unstable();
    gauges.dedup();
    #[expect(clippy::cast_precision_loss, reason = "a dozen rows")]
    let rows = (PHASES.len() + gauges.len() + 5 + usize::from(report.routes.is_some())) as f64;
    let height = rows * ROW + 40.0;
    let (left, top) = (14.0, frame.height - height - 14.0);
    svg.rect("panel", (left, top), (WIDTH, height));
    let mut y = top + 22.0;
    svg.text("legend-heading", (left + 12.0, y), "start", "Stage reached by evidence");
    for (phase, words) in PHASES {
        y += ROW;
        let line = [(left + 12.0, y - 5.0), (left + 52.0, y - 5.0)];
        svg.polyline(&format!("body phase-{phase}"), "", &line);
        svg.text("legend", (left + 62.0, y), "start", words);
    }
    y += ROW;
    let line = [(left + 12.0, y - 5.0), (left + 52.0, y - 5.0)];
    svg.polyline("body phase-idea", "", &line);
    svg.polyline("dashes phase-design", "", &line);
    svg.text("legend", (left + 62.0, y), "start", "dashes: furthest sign of work");
    for mm in gauges {
        y += ROW;
        svg.polyline(
            &format!("other gauge-{mm}"),
            "",
            &[(left + 12.0, y - 5.0), (left + 52.0, y - 5.0)],
        );
        svg.text("legend", (left + 62.0, y), "start", &format!("gauge {mm} mm"));
    }
    y += ROW;
    let (x, m) = (left + 32.0, y - 5.0);
    svg.raw(&format!(
        "<path class=\"diamond open\" d=\"M{x} {} L{} {m} L{x} {} L{} {m} Z\"/>",
        m - 8.0,
        x + 8.0,
        m + 8.0,
        x - 8.0
    ));
    svg.text("legend", (left + 62.0, y), "start", "break of gauge");
    if let Some((gradient_permille, _)) = report.routes {
        y += ROW;
        svg.polyline("route", "", &[(left + 12.0, y - 5.0), (left + 52.0, y - 5.0)]);
        let words = format!("cheapest way at {gradient_permille} permille");
        svg.text("legend", (left + 62.0, y), "start", &words);
    }
    y += ROW;
    svg.text("legend small", (left + 12.0, y), "start", "Places joined by straight lines:");
    y += 15.0;
    svg.text(
        "legend small",
        (left + 12.0, y),
        "start",
        match report.terrain {
            Some(_) => "not a surveyed line. Terrain: GLOBE 30\u{2033}.",
            None => "not a surveyed line.",
        },
    );
    y += ROW;
    scale(svg, frame, (left + 12.0, y));
    vec![Area { left, top, right: left + WIDTH, bottom: top + height }, north(svg, frame)]
}

fn scale(svg: &mut Svg, frame: &Frame, (x, y): (f64, f64)) {
    let widest_km = 150.0 * frame.km_per_unit();
    let steps = [1000.0, 500.0, 200.0, 100.0, 50.0, 20.0, 10.0, 5.0, 2.0, 1.0];
    let km = steps.into_iter().find(|km| *km <= widest_km).unwrap_or(1.0);
    let width = km / frame.km_per_unit();
    svg.polyline("scale", "", &[(x, y - 5.0), (x, y), (x + width, y), (x + width, y - 5.0)]);
    svg.text("legend", (x + width + 10.0, y + 2.0), "start", &format!("{km} km"));
}

fn north(svg: &mut Svg, frame: &Frame) -> Area {
    let (x, y) = (frame.width - 34.0, 20.0);
    svg.raw(&format!("<path class=\"north\" d=\"M{x} {y} l9 26 l-9 -6 l-9 6 Z\"/>"));
    svg.text("legend-heading", (x, y + 44.0), "middle", "N");
    Area { left: x - 14.0, top: y, right: x + 14.0, bottom: y + 48.0 }
}
