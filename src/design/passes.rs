//! What the line of a segment must pass: its ends as existing lines give them, and fixed points.

use std::f64::consts::PI;

use super::DesignOptions;
use super::plan::{GuidePoint, PlanPass};
use super::tie_in::{SegmentEnd, plane_bearing_rad};
use crate::error::{Error, Result};
use crate::geodesy::{Coord, LonLat, UtmZone, distance_m};
use crate::route::SegmentRoute;
use crate::terrain::{Grid, Zone, ZoneShape};

/// A way that comes so near to a node passes it.
const AT_NODE_M: f64 = 1.0;

/// A guide point as near to a place as this share of the way to its neighbours stands for it.
const STANDS_FOR_SHARE: f64 = 0.75;

/// A place to pass.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pass {
    pub name: String,
    pub coord: Coord,
    pub bearing_rad: Option<f64>,
    pub level_m: Option<f64>,
}

/// What a segment must pass, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Passes {
    ends: [Option<Pass>; 2],
    pub between: Vec<Pass>,
}

impl Passes {
    /// Tie-ins of the segment, and the fixed points whose nodes its way passes.
    pub(super) fn of(
        route: &SegmentRoute,
        grid: &Grid,
        plane: &UtmZone,
        options: &DesignOptions,
    ) -> Result<Self> {
        let mut own = Self::default();
        for tie in options.tie_ins.iter().filter(|tie| tie.segment == route.segment) {
            let bearing_rad = plane_bearing_rad(plane, tie.place, tie.bearing_deg)?;
            let coord = plane.forward(tie.place)?;
            let end = match tie.end {
                SegmentEnd::From => route.points.first(),
                SegmentEnd::To => route.points.last(),
            };
            // The way of one leg of several ends elsewhere.
            let node = grid.nearest(tie.place).map(|(row, col)| grid.place(row, col));
            if !end.zip(node).is_some_and(|(end, node)| is_one_node(end.place, node)) {
                continue;
            }
            let pass =
                Pass { name: tie.name(), coord, bearing_rad: Some(bearing_rad), level_m: None };
            let [from, to] = &mut own.ends;
            *(if tie.end == SegmentEnd::From { from } else { to }) = Some(pass);
        }
        let mut found: Vec<(usize, f64, Pass)> = Vec::new();
        for zone in &options.zones {
            let ZoneShape::FixedPoints { places, bearing_deg, level_m } = zone.shape() else {
                continue;
            };
            for place in places {
                let Some((number, ahead_m)) = passed_at(route, grid, plane, *place)? else {
                    continue;
                };
                let bearing_rad = match bearing_deg {
                    Some(bearing_deg) => Some(plane_bearing_rad(plane, *place, *bearing_deg)?),
                    None => None,
                };
                let name = format!("fixed point {}", zone.id());
                let coord = plane.forward(*place)?;
                found.push((number, ahead_m, Pass { name, coord, bearing_rad, level_m: *level_m }));
            }
        }
        found.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        own.between = found.into_iter().map(|(_, _, pass)| pass).collect();
        own.check_apart()?;
        Ok(own)
    }

    /// The same for a line that runs from the other end.
    pub(super) fn reversed(mut self) -> Self {
        self.ends.reverse();
        self.between.reverse();
        for pass in self.ends.iter_mut().flatten().chain(&mut self.between) {
            let turn = |rad: f64| if rad > 0.0 { rad - PI } else { rad + PI };
            pass.bearing_rad = pass.bearing_rad.map(turn);
        }
        self
    }

    fn check_apart(&self) -> Result<()> {
        let all = self.ends.first().into_iter().flatten().chain(&self.between);
        let all: Vec<&Pass> = all.chain(self.ends.last().into_iter().flatten()).collect();
        for pair in all.windows(2) {
            let [one, two] = pair else { continue };
            let apart_m = one.coord.distance_m(two.coord);
            if apart_m < AT_NODE_M {
                return Err(Error::NoRoute {
                    from: one.name.clone(),
                    to: two.name.clone(),
                    problem: format!("they lie {apart_m:.3} m apart, {AT_NODE_M} m at least"),
                    hint: "leave one of them out".to_owned(),
                });
            }
        }
        Ok(())
    }

    /// The guide led through the places, and the places by its points. A guide of a search (which
    /// has a gradient) passes nodes of the terrain in their stead; a later one passes them already.
    pub(super) fn lead(
        &self,
        mut guide: Vec<GuidePoint>,
        searched_permille: Option<f64>,
    ) -> (Vec<GuidePoint>, Vec<PlanPass>) {
        let plan_pass = |pass: &Pass, point: usize| PlanPass {
            name: pass.name.clone(),
            point,
            bearing_rad: pass.bearing_rad,
        };
        let [from, to] = &self.ends;
        let mut passes = Vec::new();
        if let (Some(pass), Some(first)) = (from, guide.first_mut()) {
            first.coord = pass.coord;
            passes.push(plan_pass(pass, 0));
        }
        if let (Some(pass), Some(last)) = (to, guide.last_mut()) {
            last.coord = pass.coord;
        }
        let mut done = 0;
        for pass in &self.between {
            let place = put(&mut guide, done, pass.coord, searched_permille.is_some());
            if let (Some(level_m), Some(point)) = (pass.level_m, guide.get_mut(place)) {
                point.level_m = level_m;
            }
            if let (Some(permille), Some(_)) = (searched_permille, pass.level_m) {
                for number in [place, place + 1] {
                    let before =
                        number.checked_sub(1).and_then(|before| guide.get(before)).copied();
                    if let Some(point) = guide.get_mut(number) {
                        *point = GuidePoint::after(
                            before.as_ref(),
                            point.coord,
                            point.level_m,
                            permille,
                        );
                    }
                }
            }
            passes.push(plan_pass(pass, place));
            done = place;
        }
        if let Some(pass) = to {
            passes.push(plan_pass(pass, guide.len().saturating_sub(1)));
        }
        (guide, passes)
    }
}

/// The fixed points whose nodes none of some ways passes, each with the id of its zone: no line along
/// these ways is led through them.
pub(super) fn missed<'a>(
    routes: &[SegmentRoute],
    grid: &Grid,
    options: &'a DesignOptions,
) -> Vec<(&'a str, LonLat)> {
    let is_passed = |place: LonLat| {
        let node = grid.nearest(place).map(|(row, col)| grid.place(row, col));
        let mut points = routes.iter().flat_map(|route| &route.points);
        node.is_some_and(|node| points.any(|point| is_one_node(point.place, node)))
    };
    let of_zone = |zone: &'a Zone| match zone.shape() {
        ZoneShape::FixedPoints { places, .. } => {
            places.iter().map(|place| (zone.id(), *place)).collect()
        }
        _ => Vec::new(),
    };
    let all = options.zones.iter().flat_map(of_zone);
    all.filter(|(_, place)| !is_passed(*place)).collect()
}

fn is_one_node(one: LonLat, other: LonLat) -> bool {
    distance_m(one, other) < AT_NODE_M
}

/// The number of the point of a way that stands for a place, and how far the place lies ahead of
/// it; nothing if the way does not pass the node nearest to the place.
fn passed_at(
    route: &SegmentRoute,
    grid: &Grid,
    plane: &UtmZone,
    place: LonLat,
) -> Result<Option<(usize, f64)>> {
    let Some((row, col)) = grid.nearest(place) else { return Ok(None) };
    let node = grid.place(row, col);
    let is_there = |place: LonLat| is_one_node(place, node);
    let Some(number) = route.points.iter().position(|point| is_there(point.place)) else {
        return Ok(None);
    };
    let at = |number: usize| {
        let number = number.min(route.points.len() - 1);
        route
            .points
            .get(number)
            .map_or(Ok(Coord { e_m: 0.0, n_m: 0.0 }), |point| plane.forward(point.place))
    };
    let (before, own, after) = (at(number.saturating_sub(1))?, at(number)?, at(number + 1)?);
    let coord = plane.forward(place)?;
    let (e_m, n_m) = (after.e_m - before.e_m, after.n_m - before.n_m);
    let along = (coord.e_m - own.e_m) * e_m + (coord.n_m - own.n_m) * n_m;
    Ok(Some((number, along / e_m.hypot(n_m).max(1e-9))))
}

/// Puts a place into a guide behind one of its points: where it is nearest, or in the stead of a
/// point that stands for it. The number that it has then.
fn put(guide: &mut Vec<GuidePoint>, done: usize, coord: Coord, stands: bool) -> usize {
    let mut nearest = (f64::INFINITY, done, 0.0);
    for (number, pair) in guide.windows(2).enumerate().skip(done) {
        let [a, b] = pair else { continue };
        let (e_m, n_m) = (b.coord.e_m - a.coord.e_m, b.coord.n_m - a.coord.n_m);
        let along = (coord.e_m - a.coord.e_m) * e_m + (coord.n_m - a.coord.n_m) * n_m;
        let share = (along / (e_m * e_m + n_m * n_m)).clamp(0.0, 1.0);
        let off_m = a.coord.toward(b.coord, share).distance_m(coord);
        if off_m < nearest.0 {
            nearest = (off_m, number, share);
        }
    }
    let (_, piece, share) = nearest;
    let near = if share < 0.5 { piece } else { piece + 1 };
    let distance_m =
        |number: usize| guide.get(number).map_or(f64::INFINITY, |at| at.coord.distance_m(coord));
    let is_between = near > done && near + 1 < guide.len();
    if is_between {
        let gap_m = |other: usize| match (guide.get(near), guide.get(other)) {
            (Some(a), Some(b)) => a.coord.distance_m(b.coord),
            _ => f64::INFINITY,
        };
        let reach_m = STANDS_FOR_SHARE * gap_m(near - 1).min(gap_m(near + 1));
        let reach_m = if stands { reach_m.max(AT_NODE_M) } else { AT_NODE_M };
        if distance_m(near) < reach_m {
            if let Some(point) = guide.get_mut(near) {
                point.coord = coord;
            }
            return near;
        }
    }
    let (Some(a), Some(b)) = (guide.get(piece).copied(), guide.get_mut(piece + 1)) else {
        return piece;
    };
    let level_m = a.level_m + share * (b.level_m - a.level_m);
    let point = GuidePoint { coord, level_m, needs_m: share * b.needs_m };
    b.needs_m *= 1.0 - share;
    guide.insert(piece + 1, point);
    piece + 1
}
