//! The map of the corridor: relief, segments by stage, gauges, breaks of gauge.

mod beside;
mod designs;
mod frame;
mod labels;
mod leg;
mod legend;
mod ways;

pub use designs::designs_map;
use frame::Frame;
use labels::Name;
pub(super) use leg::of_legs;

use super::relief;
use super::svg::Svg;
use super::{Picture, Report};
use crate::model::{LineState, Station, Study};
use crate::stages::{Gate, SegmentStages};
use crate::terrain::Grid;
use crate::unit::km_words;

/// The map with the ways found, and one of each leg that has more than one; of a single leg its own
/// says it all.
pub(super) fn of_ways(report: &Report<'_>) -> Vec<Picture> {
    let legs = of_legs(report);
    let is_said = report.study.segments.len() == 1 && !legs.is_empty();
    let whole = if is_said { None } else { svg(report) };
    let whole = whole.map(|svg| Picture {
        id: "map".to_owned(),
        title: "Map of the corridor".to_owned(),
        caption: "The ways found, over the stage that each segment has reached.".to_owned(),
        svg,
    });
    whole.into_iter().chain(legs).collect()
}

/// The map as SVG; `None` for a study without two places.
pub(super) fn svg(report: &Report<'_>) -> Option<String> {
    let study = report.study;
    let shown: Vec<&Station> =
        study.stations.iter().filter(|station| is_shown(study, station)).collect();
    let mut places: Vec<_> = shown.iter().map(|station| frame::place(station)).collect();
    places.extend(ways::places(report));
    let frame = Frame::around(&places)?;
    let mut svg = Svg::default();
    background(&mut svg, report.terrain, &frame);
    connections(&mut svg, study, &frame);
    segments(&mut svg, report, &frame);
    let mut ways = ways::of_report(report, &frame);
    ways::draw(&mut svg, &ways);
    breaks(&mut svg, report, &frame);
    let mut obstacles = stations(&mut svg, study, &shown, &frame);
    obstacles.extend(gauge_tags(&mut svg, report, &frame));
    obstacles.extend(ways::place_badges(&mut ways, &obstacles));
    ways::draw_badges(&mut svg, &ways);
    let mut lines = lines(study, &frame);
    lines.extend(ways.into_iter().map(|way| way.line));
    obstacles.extend(legend::draw(&mut svg, report, &frame, &lines));
    let names: Vec<Name> = shown.iter().map(|one| Name::of_station(one, &frame)).collect();
    labels::draw(&mut svg, &names, &frame, &lines, &obstacles);
    svg.rect("frame", (0.5, 0.5), (frame.width - 1.0, frame.height - 1.0));
    Some(svg.finish(
        "map",
        "map",
        (frame.width, frame.height),
        "Map of the corridor",
        &description(report),
    ))
}

/// Stations of segments and connections.
fn is_shown(study: &Study, station: &Station) -> bool {
    let on_line = |id: &str| id == station.id;
    study.segments.iter().any(|segment| segment.station_ids().any(on_line))
        || study.connections.iter().any(|c| on_line(&c.at) || on_line(&c.to))
}

fn background(svg: &mut Svg, terrain: Option<&Grid>, frame: &Frame) {
    svg.rect("ground", (0.0, 0.0), (frame.width, frame.height));
    let size = frame.relief_size_px();
    let picture = terrain
        .and_then(|grid| relief::data_address(grid, frame.north_west, frame.south_east, size));
    if let Some(address) = picture {
        svg.raw(&format!(
            "<image x=\"0\" y=\"0\" width=\"{:.0}\" height=\"{:.0}\" preserveAspectRatio=\"none\" href=\"{address}\"/>",
            frame.width, frame.height
        ));
    }
}

/// The points of the station ids on the picture.
fn points<'a>(study: &Study, frame: &Frame, ids: impl Iterator<Item = &'a str>) -> Vec<(f64, f64)> {
    ids.filter_map(|id| study.station(id)).map(|station| frame.point(station)).collect()
}

/// All lines of the map, for labels to keep clear of.
fn lines(study: &Study, frame: &Frame) -> Vec<Vec<(f64, f64)>> {
    let segments = study.segments.iter().map(|segment| points(study, frame, segment.station_ids()));
    let connections = study
        .connections
        .iter()
        .map(|c| points(study, frame, [c.at.as_str(), c.to.as_str()].into_iter()));
    segments.chain(connections).collect()
}

fn connections(svg: &mut Svg, study: &Study, frame: &Frame) {
    for connection in &study.connections {
        let ends = [connection.at.as_str(), connection.to.as_str()];
        let ends = points(study, frame, ends.into_iter());
        let dash = match connection.state {
            LineState::Open => "",
            LineState::UnderConstruction => "stroke-dasharray:9 4",
            LineState::Planned => "stroke-dasharray:2 5",
        };
        svg.polyline("casing thin", "", &ends);
        svg.polyline(&format!("other gauge-{}", connection.gauge_mm), dash, &ends);
    }
}

fn segments(svg: &mut Svg, report: &Report<'_>, frame: &Frame) {
    let study = report.study;
    for segment in &report.status.segments {
        let Some(found) = study.segment(&segment.segment) else { continue };
        let line = points(study, frame, found.station_ids());
        svg.polyline("casing", "", &line);
        stage_line(svg, &segment.stages, &line);
        for part in &segment.stages.parts {
            let Some((from, to)) = Study::stretch(&part.subject) else { continue };
            let ids: Vec<&str> = found.station_ids().collect();
            let place = |id: &str| ids.iter().position(|other| *other == id);
            let (Some(a), Some(b)) = (place(from), place(to)) else { continue };
            let stretch = ids.get(a.min(b)..=a.max(b)).unwrap_or_default().iter().copied();
            dashes(svg, part.furthest_gate(), &points(study, frame, stretch));
        }
    }
}

/// Body: the stage that is reached. Dashes on it: the furthest sign of work.
fn stage_line(svg: &mut Svg, stages: &SegmentStages, line: &[(f64, f64)]) {
    let phase = stages.reached_gate().map_or("none", |gate| gate.phase.as_str());
    svg.polyline(&format!("body phase-{}", super::escape::escape(phase)), "", line);
    // Works on a part are drawn on that part alone.
    let furthest = stages.furthest_gate_of_whole();
    if furthest.map(|gate| &gate.stage) != stages.reached_gate().map(|gate| &gate.stage) {
        dashes(svg, furthest, line);
    }
}

fn dashes(svg: &mut Svg, gate: Option<&Gate>, line: &[(f64, f64)]) {
    if let Some(gate) = gate {
        let phase = super::escape::escape(&gate.phase);
        svg.polyline(&format!("dashes phase-{phase}"), "", line);
    }
}

/// A diamond where gauges break, half in the colour of each.
fn breaks(svg: &mut Svg, report: &Report<'_>, frame: &Frame) {
    for place in &report.status.breaks_of_gauge {
        let Some(station) = report.study.station(&place.station) else { continue };
        let (x, y) = frame.point(station);
        const R: f64 = 12.0;
        let half = |class: &str, side: f64| {
            format!(
                "<path class=\"fill-{class}\" d=\"M{x:.1} {:.1} L{:.1} {y:.1} L{x:.1} {:.1} Z\"/>",
                y - R,
                x + side * R,
                y + R
            )
        };
        let ours = place.corridor_mm.map_or("unknown".to_owned(), |mm| format!("gauge-{mm}"));
        svg.raw(&half(&ours, -1.0));
        svg.raw(&half(&format!("gauge-{}", place.connection_mm), 1.0));
        svg.raw(&format!(
            "<path class=\"diamond\" d=\"M{x:.1} {:.1} L{:.1} {y:.1} L{x:.1} {:.1} L{:.1} {y:.1} Z\"/>",
            y - R,
            x + R,
            y + R,
            x - R
        ));
    }
}

/// Dots; the boxes that labels must keep clear of come back.
fn stations(svg: &mut Svg, study: &Study, shown: &[&Station], frame: &Frame) -> Vec<labels::Area> {
    let ends: Vec<&str> = study
        .segments
        .iter()
        .flat_map(|segment| [segment.from.as_str(), segment.to.as_str()])
        .collect();
    shown
        .iter()
        .map(|station| {
            let (x, y) = frame.point(station);
            let is_end = ends.contains(&station.id.as_str());
            let assumed = station.position == crate::model::Certainty::Assumed;
            let class = match (is_end, assumed) {
                (true, _) => "stop end",
                (false, true) => "stop assumed",
                (false, false) => "stop",
            };
            svg.circle(class, (x, y), if is_end { 5.5 } else { 3.8 });
            labels::Area { left: x - 8.0, top: y - 8.0, right: x + 8.0, bottom: y + 8.0 }
        })
        .collect()
}

/// The gauge in millimetres on the middle of each segment and connection.
fn gauge_tags(svg: &mut Svg, report: &Report<'_>, frame: &Frame) -> Vec<labels::Area> {
    let study = report.study;
    let mut tags = Vec::new();
    for segment in &report.status.segments {
        let Some(found) = study.segment(&segment.segment) else { continue };
        let line = points(study, frame, found.station_ids());
        let words = segment.gauge_mm.map_or("gauge open".to_owned(), |mm| format!("{mm} mm"));
        let class = segment.gauge_mm.map_or("unknown".to_owned(), |mm| format!("gauge-{mm}"));
        tags.push((frame::middle(&line), words, class));
    }
    let mut areas = Vec::new();
    for (middle, words, class) in tags {
        let Some((x, y)) = middle else { continue };
        #[expect(clippy::cast_precision_loss, reason = "letters of a word")]
        let width = 8.0 * words.chars().count() as f64 + 12.0;
        let (left, top) = (x - width / 2.0, y - 10.0);
        svg.rect(&format!("tag fill-{class}"), (left, top), (width, 20.0));
        svg.text("tag-text", (x, y + 5.0), "middle", &words);
        areas.push(labels::Area { left, top, right: left + width, bottom: top + 20.0 });
    }
    areas
}

fn description(report: &Report<'_>) -> String {
    let mut words = Vec::new();
    for segment in &report.status.segments {
        let reached = segment.stages.reached_gate().map_or("no stage", |gate| gate.name.as_str());
        let length = report.status.lengths.iter().find(|row| row.subject == segment.segment);
        let km = length
            .and_then(|row| row.published_km)
            .map_or("length not published".to_owned(), km_words);
        words.push(format!("{}: {km}, reached: {reached}", segment.name));
    }
    let breaks: Vec<&str> =
        report.status.breaks_of_gauge.iter().map(|place| place.name.as_str()).collect();
    format!("{}. Breaks of gauge: {}.", words.join(". "), breaks.join(", "))
}
