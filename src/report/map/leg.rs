//! The map of a leg: its ways over the relief, each named by what makes it.

use super::frame::{self, Frame};
use super::labels::{self, Area, Name};
use super::ways::{self, DrawnWay};
use super::{background, legend, stations};
use crate::model::{Station, Study};
use crate::report::Report;
use crate::report::alternatives::leg_words;
use crate::report::svg::Svg;
use crate::report::words::sentence;
use crate::route::{LegAlternatives, RouteAlternative};
use crate::unit::km_words;

/// What stands above the map of a leg.
pub(in crate::report) fn leg_caption(study: &Study, leg: &LegAlternatives) -> String {
    format!("{}: {} ways that differ", leg_words(study, &leg.from, &leg.to), leg.ways.len())
}

/// The map of a leg as SVG; `None` if its ways have no points.
pub(in crate::report) fn leg_svg(
    report: &Report<'_>,
    leg: &LegAlternatives,
    id: &str,
) -> Option<String> {
    let study = report.study;
    let points = leg.ways.iter().flat_map(|way| &way.route.points);
    let places: Vec<_> = points.map(|point| point.place).collect();
    let frame = Frame::around(&places)?;
    let shown: Vec<&Station> =
        study.stations.iter().filter(|station| frame.holds(frame::place(station))).collect();
    let mut drawn = ways::of_leg(leg, &frame);
    let mut svg = Svg::default();
    background(&mut svg, report.terrain, &frame);
    ways::draw(&mut svg, &drawn);
    let mut obstacles = stations(&mut svg, study, &shown, &frame);
    obstacles.extend(ways::place_badges(&mut drawn, &obstacles));
    let rows: Vec<(usize, String)> = leg.ways.iter().enumerate().map(row).collect();
    let lines: Vec<_> = drawn.iter().map(|way| way.line.clone()).collect();
    let busy: Vec<(f64, f64)> =
        labels::along(&lines).into_iter().chain(centres(&obstacles)).collect();
    obstacles.extend(legend::of_ways(&mut svg, &rows, &frame, &busy, report.terrain.is_some()));
    let names: Vec<Name> = names(leg, &drawn)
        .chain(shown.iter().map(|station| Name::of_station(station, &frame)))
        .collect();
    labels::draw(&mut svg, &names, &frame, &lines, &obstacles);
    ways::draw_badges(&mut svg, &drawn);
    svg.rect("frame", (0.5, 0.5), (frame.width - 1.0, frame.height - 1.0));
    let title = format!("Map of the ways {}", leg_words(study, &leg.from, &leg.to));
    let words: Vec<String> = rows.into_iter().map(|(_, words)| words).collect();
    let size = (frame.width, frame.height);
    Some(svg.finish("map", id, size, &title, &words.join(". ")))
}

/// The rank of a way, and its words in the legend.
fn row((place, way): (usize, &RouteAlternative)) -> (usize, String) {
    let length = km_words(way.route.length_m / 1e3);
    // Ways of one name are told apart by their length already.
    let name = way
        .name
        .strip_suffix(&length)
        .map_or(way.name.as_str(), |name| name.trim_end_matches([' ', ',']));
    (place + 1, format!("{} {}, {length}", place + 1, sentence(name)))
}

/// The names of the ways, where their ranks stand.
fn names<'a>(leg: &'a LegAlternatives, drawn: &'a [DrawnWay]) -> impl Iterator<Item = Name> + 'a {
    leg.ways.iter().zip(drawn).filter_map(|(way, drawn)| {
        Some(Name { point: drawn.badge?, text: sentence(&way.name), class: "name way-name" })
    })
}

fn centres(areas: &[Area]) -> impl Iterator<Item = (f64, f64)> + '_ {
    areas.iter().map(|area| ((area.left + area.right) / 2.0, (area.top + area.bottom) / 2.0))
}
