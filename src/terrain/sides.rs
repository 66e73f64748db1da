//! Whether the sides of rings cross each other.

use geo::line_intersection::{LineIntersection, line_intersection};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::polygon::wrong;
use crate::error::Result;

/// Pairs of sides whose bounds overlap; a polygon drawn from a map has some for each side.
const MOST_PAIRS: usize = 20_000_000;

/// A side: its ring, its number there and its ends.
#[derive(Clone, Copy, PartialEq)]
struct Side {
    ring: usize,
    number: usize,
    line: geo::Line,
}

/// Refuses rings that cross or overlap themselves or each other; touching at a point is no crossing.
pub(super) fn check_rings(rings: &[geo::LineString]) -> Result<()> {
    let mut sides = Vec::new();
    for (ring, points) in rings.iter().enumerate() {
        let own = points.lines().filter(|line| line.start != line.end);
        let first = sides.len();
        sides.extend(own.enumerate().map(|(number, line)| Side { ring, number, line }));
        check_turns(sides.get(first..).unwrap_or_default())?;
    }
    let bounded = sides.iter().enumerate().map(|(index, side)| {
        let corners = ([side.line.start.x, side.line.start.y], [side.line.end.x, side.line.end.y]);
        GeomWithData::new(Rectangle::from_corners(corners.0, corners.1), index)
    });
    let tree = RTree::bulk_load(bounded.collect());
    let mut pairs = 0;
    for (index, side) in sides.iter().enumerate() {
        let (start, end) = (side.line.start, side.line.end);
        let around = AABB::from_corners([start.x, start.y], [end.x, end.y]);
        for other in tree.locate_in_envelope_intersecting(&around) {
            pairs += 1;
            if pairs > MOST_PAIRS {
                return Err(wrong("is too intricate to be checked", "simplify its outline"));
            }
            // Each pair once; neighbours were looked at before.
            let Some(other) = sides.get(other.data).filter(|_| other.data > index) else {
                continue;
            };
            check_pair(side, other)?;
        }
    }
    Ok(())
}

/// Refuses sides that run back along the one before.
fn check_turns(sides: &[Side]) -> Result<()> {
    let next = sides.iter().skip(1).chain(sides.first());
    for (before, after) in sides.iter().zip(next) {
        let overlap = line_intersection(before.line, after.line);
        if let Some(LineIntersection::Collinear { intersection }) = overlap
            && intersection.start != intersection.end
        {
            let at = after.line.start;
            let problem = format!("a ring runs back along itself at [{}, {}]", at.x, at.y);
            return Err(wrong(problem, "take the spike out"));
        }
    }
    Ok(())
}

fn check_pair(one: &Side, other: &Side) -> Result<()> {
    let at = match line_intersection(one.line, other.line) {
        Some(LineIntersection::SinglePoint { intersection, is_proper: true }) => intersection,
        Some(LineIntersection::Collinear { intersection })
            if intersection.start != intersection.end =>
        {
            intersection.start
        }
        _ => return Ok(()),
    };
    let what = if one.ring == other.ring { "a ring crosses itself" } else { "two rings cross" };
    let hint = "draw its outline once round, without crossing itself";
    Err(wrong(format!("{what} near [{}, {}]", at.x, at.y), hint))
}
