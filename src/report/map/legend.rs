//! What the signs of the map mean, its scale, and where north is.

use super::frame::Frame;
use super::labels::{Area, along};
use super::ways::stroke;
use crate::report::Report;
use crate::report::svg::Svg;
use crate::terrain::Grid;

const ROW: f64 = 21.0;

const WIDTH: f64 = 262.0;

/// Letters of a terrain's name that fit in it.
const LONGEST_NAME: usize = 12;

/// Phases of a line's life, in order, with the words of the legend.
const PHASES: [(&str, &str); 5] = [
    ("idea", "proposal"),
    ("study", "studies"),
    ("design", "survey and design"),
    ("works", "works"),
    ("service", "in service"),
];

/// Draws the legend in the corner where it hides the least of the lines; the areas that it and the
/// arrow to the north cover come back.
pub(in crate::report) fn draw(
    svg: &mut Svg,
    report: &Report<'_>,
    frame: &Frame,
    lines: &[Vec<(f64, f64)>],
) -> Vec<Area> {
    let mut gauges: Vec<u32> = report.study.connections.iter().map(|c| c.gauge_mm).collect();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a gauge")]
    gauges.extend(report.status.segments.iter().filter_map(|s| s.gauge_mm).map(|mm| mm as u32));
    gauges.sort_unstable();
    gauges.dedup();
    let ways = rows_of_ways(report);
    #[expect(clippy::cast_precision_loss, reason = "a dozen rows")]
    let rows = (PHASES.len() + gauges.len() + 5 + ways.len()) as f64;
    let height = rows * ROW + 40.0;
    let (left, top) = corner(frame, (WIDTH, height), &along(lines));
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
    for (rank, words) in &ways {
        y += ROW;
        svg.polyline(&stroke(*rank), "", &[(left + 12.0, y - 5.0), (left + 52.0, y - 5.0)]);
        svg.text("legend", (left + 62.0, y), "start", words);
    }
    y += ROW;
    svg.text("legend small", (left + 12.0, y), "start", "Places joined by straight lines:");
    y += 15.0;
    svg.text(
        "legend small",
        (left + 12.0, y),
        "start",
        &format!("not a surveyed line.{}", terrain_words(report.terrain)),
    );
    y += ROW;
    scale(svg, frame, (left + 12.0, y));
    vec![Area { left, top, right: left + WIDTH, bottom: top + height }, north(svg, frame)]
}

/// Ranks of the ways on the map, and what their strokes mean.
fn rows_of_ways(report: &Report<'_>) -> Vec<(usize, String)> {
    let gradient = report.routes.map(|(gradient, _)| gradient);
    let gradient = gradient.or(report.alternatives.map(|(gradient, ..)| gradient));
    let Some(gradient_permille) = gradient else { return Vec::new() };
    let legs = report.alternatives.map_or(&[][..], |(.., legs)| legs);
    let most = legs.iter().map(|leg| leg.ways.len()).max().unwrap_or(1).max(1);
    let words = |rank: usize| match rank {
        1 => format!("cheapest way at {gradient_permille} permille"),
        _ => format!("way {rank}, named on its own map"),
    };
    (1..=most).map(|rank| (rank, words(rank))).collect()
}

/// Draws the legend of the ways of a leg, in the corner where it hides least; the areas that it
/// and the arrow to the north cover come back.
pub(in crate::report) fn of_ways(
    svg: &mut Svg,
    rows: &[(usize, String)],
    frame: &Frame,
    busy: &[(f64, f64)],
    terrain: Option<&Grid>,
) -> Vec<Area> {
    let longest = rows.iter().map(|(_, words)| words.chars().count()).max().unwrap_or(0);
    #[expect(clippy::cast_precision_loss, reason = "a dozen rows of some letters")]
    let (width, height) = (7.4 * longest as f64 + 76.0, ROW * (rows.len() + 1) as f64 + 34.0);
    let (left, top) = corner(frame, (width, height), busy);
    svg.rect("panel", (left, top), (width, height));
    let mut y = top + 1.0;
    for (rank, words) in rows {
        y += ROW;
        svg.polyline(&stroke(*rank), "", &[(left + 12.0, y - 5.0), (left + 52.0, y - 5.0)]);
        svg.text("legend", (left + 62.0, y), "start", words);
    }
    y += ROW;
    let words = format!("Searched, not surveyed.{}", terrain_words(terrain));
    svg.text("legend small", (left + 12.0, y), "start", &words);
    scale(svg, frame, (left + 12.0, y + ROW));
    vec![Area { left, top, right: left + width, bottom: top + height }, north(svg, frame)]
}

/// Whose heights the relief shows, as the end of a line.
fn terrain_words(terrain: Option<&Grid>) -> String {
    match terrain.map(Grid::name) {
        None | Some("") => String::new(),
        Some("builtin:globe-30s") => " Terrain: GLOBE 30\u{2033}.".to_owned(),
        Some(name) => {
            let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
            let is_long = file.chars().count() > LONGEST_NAME;
            let short: String = file.chars().take(LONGEST_NAME).collect();
            format!(" Terrain: {short}{}", if is_long { "\u{2026}" } else { "." })
        }
    }
}

/// The corner of the picture that holds the fewest busy points; the north-east has the arrow.
fn corner(frame: &Frame, (width, height): (f64, f64), busy: &[(f64, f64)]) -> (f64, f64) {
    const EDGE: f64 = 14.0;
    let (right, bottom) = (frame.width - width - EDGE, frame.height - height - EDGE);
    let corners = [(EDGE, bottom), (right, bottom), (EDGE, EDGE), (right - 54.0, EDGE)];
    let hidden = |corner: &(f64, f64)| {
        let (left, top) = *corner;
        let area = Area { left, top, right: left + width, bottom: top + height };
        busy.iter().filter(|point| area.holds(**point)).count()
    };
    corners.into_iter().min_by_key(hidden).unwrap_or((EDGE, bottom))
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
