//! The map of a leg: its ways over the relief, each named by what makes it.

use super::beside::WaysMap;
use super::frame::Frame;
use super::labels::Name;
use super::ways::{self, DrawnWay};
use crate::model::Study;
use crate::report::alternatives::leg_words;
use crate::report::words::sentence;
use crate::report::{Picture, Report};
use crate::route::{LegAlternatives, RouteAlternative};
use crate::unit::km_words;

/// A map of each leg that has more than one way.
pub(in crate::report) fn of_legs(report: &Report<'_>) -> Vec<Picture> {
    let legs = report.alternatives.map_or(&[][..], |(.., legs)| legs);
    let legs = legs.iter().filter(|leg| leg.ways.len() > 1).enumerate();
    let picture = |(place, leg)| {
        let id = format!("ways-{}", place + 1);
        let svg = svg(report, leg, &id)?;
        let caption = "Named by the pass, valley or place that makes each.".to_owned();
        Some(Picture { id, title: title(report.study, leg), caption, svg })
    };
    legs.filter_map(picture).collect()
}

/// What stands above the map of a leg.
fn title(study: &Study, leg: &LegAlternatives) -> String {
    format!("{}: {} ways that differ", leg_words(study, &leg.from, &leg.to), leg.ways.len())
}

/// The map of a leg as SVG; `None` if its ways have no points.
fn svg(report: &Report<'_>, leg: &LegAlternatives, id: &str) -> Option<String> {
    let study = report.study;
    let points = leg.ways.iter().flat_map(|way| &way.route.points);
    let places: Vec<_> = points.map(|point| point.place).collect();
    let frame = Frame::around(&places)?;
    let title = format!("Map of the ways {}", leg_words(study, &leg.from, &leg.to));
    let map = WaysMap {
        study,
        terrain: report.terrain,
        frame: &frame,
        drawn: ways::of_leg(leg, &frame),
        rows: leg.ways.iter().enumerate().map(row).collect(),
        heading: (id, &title),
    };
    Some(map.svg(|drawn| names(leg, drawn).collect()))
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
