//! The lines of ways: the best one drawn through, each other in a stroke of its own, with ranks.

use super::frame::Frame;
use super::labels::{Area, along};
use crate::geodesy::LonLat;
use crate::report::Report;
use crate::report::svg::Svg;
use crate::route::{LegAlternatives, RoutePoint};

/// Strokes that differ; further ways begin again, and their ranks tell them apart.
const STROKES: usize = 4;

/// Bends that are smaller are left out of the picture.
const SMALLEST_BEND: f64 = 0.4;

/// A way on the picture.
pub(in crate::report) struct DrawnWay {
    /// From 1 for the best.
    pub(super) rank: usize,
    /// Its points on the picture.
    pub(super) line: Vec<(f64, f64)>,
    /// Where its rank stands; ways without others have none.
    pub(super) badge: Option<(f64, f64)>,
}

/// The places that the ways of a report pass.
pub(super) fn places(report: &Report<'_>) -> impl Iterator<Item = LonLat> {
    let routes = report.routes.map_or(&[][..], |(_, routes)| routes);
    let legs = report.alternatives.map_or(&[][..], |(.., legs)| legs);
    let others = legs.iter().flat_map(|leg| &leg.ways).flat_map(|way| &way.route.points);
    routes.iter().flat_map(|route| &route.points).chain(others).map(|point| point.place)
}

/// The ways of a report: all alternatives if there are any, and the best way of each segment.
pub(super) fn of_report(report: &Report<'_>, frame: &Frame) -> Vec<DrawnWay> {
    let legs = report.alternatives.map_or(&[][..], |(.., legs)| legs);
    let mut ways: Vec<DrawnWay> = legs.iter().flat_map(|leg| of_leg(leg, frame)).collect();
    // The best is told by its stroke; among many lines its rank would hide more than it says.
    ways.iter_mut().filter(|way| way.rank == 1).for_each(|way| way.badge = None);
    if legs.is_empty() {
        let routes = report.routes.map_or(&[][..], |(_, routes)| routes);
        let drawn = |points| DrawnWay { rank: 1, line: route_line(frame, points), badge: None };
        ways.extend(routes.iter().map(|route| drawn(&route.points)));
    }
    ways
}

/// The ways of a leg, each with its rank where its name belongs, or else where it is farthest from
/// the better ones.
pub(super) fn of_leg(leg: &LegAlternatives, frame: &Frame) -> Vec<DrawnWay> {
    const APART: f64 = 40.0;
    let mut ways: Vec<DrawnWay> = Vec::new();
    for (place, way) in leg.ways.iter().enumerate() {
        let near = |at: LonLat| nearest(&way.route.points, at).map(|at| frame.point_of(at));
        let is_free = |point: &(f64, f64)| {
            let badges = ways.iter().filter_map(|other| other.badge);
            badges.into_iter().all(|(x, y)| (x - point.0).hypot(y - point.1) > APART)
        };
        let badge = near(way.name_place).filter(is_free).or_else(|| near(way.via));
        ways.push(DrawnWay { rank: place + 1, line: route_line(frame, &way.route.points), badge });
    }
    ways
}

/// Draws the lines, the best on top.
pub(super) fn draw(svg: &mut Svg, ways: &[DrawnWay]) {
    let mut order: Vec<&DrawnWay> = ways.iter().collect();
    order.sort_by_key(|way| std::cmp::Reverse(way.rank));
    for way in order {
        svg.polyline("way-casing", "", &way.line);
        svg.polyline(&stroke(way.rank), "", &way.line);
    }
}

/// The class of the stroke of a rank.
pub(super) fn stroke(rank: usize) -> String {
    format!("way way-{}", rank.saturating_sub(1) % STROKES + 1)
}

/// Radius of the circle round a rank.
const BADGE: f64 = 8.5;

/// Moves each rank along its line to where it hides nothing; the areas that they cover come back.
pub(super) fn place_badges(ways: &mut [DrawnWay], obstacles: &[Area]) -> Vec<Area> {
    let around = |(x, y): (f64, f64)| Area {
        left: x - BADGE,
        top: y - BADGE,
        right: x + BADGE,
        bottom: y + BADGE,
    };
    let mut areas: Vec<Area> = Vec::new();
    for way in ways {
        let Some(wanted) = way.badge else { continue };
        let off = |point: &(f64, f64)| (point.0 - wanted.0).hypot(point.1 - wanted.1);
        let mut points = along(std::slice::from_ref(&way.line));
        points.sort_by(|a, b| off(a).total_cmp(&off(b)));
        points.insert(0, wanted);
        let hides = |point: &(f64, f64)| {
            let own = around(*point);
            obstacles.iter().chain(&areas).any(|other| own.overlap(other) > 0.0)
        };
        let (x, y) = points.into_iter().find(|point| !hides(point)).unwrap_or(wanted);
        way.badge = Some((x, y));
        areas.push(around((x, y)));
    }
    areas
}

/// Draws the ranks, over the leaders of names that end there.
pub(super) fn draw_badges(svg: &mut Svg, ways: &[DrawnWay]) {
    for way in ways {
        let Some((x, y)) = way.badge else { continue };
        svg.circle("badge", (x, y), BADGE);
        svg.text("badge-text", (x, y + 4.3), "middle", &way.rank.to_string());
    }
}

/// The point of a way nearest to a place, by degrees: they are within a few cells.
fn nearest(points: &[RoutePoint], at: LonLat) -> Option<LonLat> {
    let off = |point: &RoutePoint| {
        let place = point.place;
        (place.lon_deg - at.lon_deg).hypot(place.lat_deg - at.lat_deg)
    };
    points.iter().min_by(|a, b| off(a).total_cmp(&off(b))).map(|point| point.place)
}

pub(super) fn line(frame: &Frame, places: impl Iterator<Item = LonLat>) -> Vec<(f64, f64)> {
    let points: Vec<_> = places.map(|place| frame.point_of(place)).collect();
    simplified(&points)
}

fn route_line(frame: &Frame, points: &[RoutePoint]) -> Vec<(f64, f64)> {
    line(frame, points.iter().map(|point| point.place))
}

/// The line without points that lie within the smallest bend of a chord (Douglas, Peucker 1973).
fn simplified(line: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut kept = vec![false; line.len()];
    let mut chords = vec![(0, line.len().saturating_sub(1))];
    while let Some((first, last)) = chords.pop() {
        for end in [first, last] {
            kept.get_mut(end).into_iter().for_each(|kept| *kept = true);
        }
        let (Some(a), Some(b)) = (line.get(first), line.get(last)) else { continue };
        let inner = line.iter().enumerate().take(last).skip(first + 1);
        let farthest = inner.map(|(place, point)| (off_chord(*a, *b, *point), place));
        if let Some((off, place)) = farthest.max_by(|a, b| a.0.total_cmp(&b.0))
            && off > SMALLEST_BEND
        {
            chords.extend([(first, place), (place, last)]);
        }
    }
    line.iter().zip(kept).filter(|(_, kept)| *kept).map(|(point, _)| *point).collect()
}

/// Distance of a point from a chord.
fn off_chord(a: (f64, f64), b: (f64, f64), point: (f64, f64)) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let square = dx * dx + dy * dy;
    let along = ((point.0 - a.0) * dx + (point.1 - a.1) * dy) / square.max(1e-12);
    let share = along.clamp(0.0, 1.0);
    (point.0 - a.0 - share * dx).hypot(point.1 - a.1 - share * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_keeps_its_bends() {
        let line = [(0.0, 0.0), (1.0, 0.1), (2.0, 0.0), (3.0, 1.0), (4.0, 2.0)];
        assert_eq!(simplified(&line), [(0.0, 0.0), (2.0, 0.0), (4.0, 2.0)]);
        assert_eq!(simplified(&[]), []);
        assert_eq!(simplified(&[(1.0, 1.0)]), [(1.0, 1.0)]);
    }

    #[test]
    fn ranks_have_strokes() {
        let strokes: Vec<String> = (1..=5).map(stroke).collect();
        assert_eq!(strokes, ["way way-1", "way way-2", "way way-3", "way way-4", "way way-1"]);
    }
}
