//! Polygons of longitude and latitude.

use geo::{Contains as _, CoordinatePosition as _};

use super::{Bounds, sides};
use crate::error::{Error, Result};
use crate::geodesy::LonLat;

/// More corners than this are refused, in one polygon or line.
pub(super) const MOST_CORNERS: usize = 1_000_000;

/// A polygon whose sides are straight in longitude and latitude, as GeoJSON has them (RFC 7946,
/// 3.1.6), with holes.
#[derive(Debug, Clone, PartialEq)]
pub struct Polygon {
    exterior: Vec<LonLat>,
    holes: Vec<Vec<LonLat>>,
    bounds: Bounds,
}

impl Polygon {
    /// A polygon from closed rings, whose last corner repeats the first; they may run either way.
    ///
    /// # Errors
    /// [`Error::Zone`] if a ring is open, has fewer than three corners or no area, crosses itself
    /// or another, spans more than 180 degrees of longitude (it must be cut at the antimeridian,
    /// RFC 7946, 3.1.9), if a hole lies outside of the exterior, or above a million corners.
    ///
    /// ```
    /// use railcorridor::{geodesy::LonLat, terrain::Polygon};
    ///
    /// let ring = [(62.0, 34.0), (63.0, 34.0), (63.0, 35.0), (62.0, 34.0)]
    ///     .map(|(lon_deg, lat_deg)| LonLat { lon_deg, lat_deg });
    /// let triangle = Polygon::new(ring.to_vec(), Vec::new())?;
    /// let (from, to) = (LonLat::new(62.0, 34.5)?, LonLat::new(64.0, 34.5)?);
    /// // The parallel 34.5 N enters at 62.5 E and leaves at 63 E: a quarter of the two degrees.
    /// assert!((triangle.inside_share(from, to) - 0.25).abs() < 1e-12);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn new(exterior: Vec<LonLat>, holes: Vec<Vec<LonLat>>) -> Result<Self> {
        let corners = exterior.len() + holes.iter().map(Vec::len).sum::<usize>();
        if corners > MOST_CORNERS {
            let hint = "simplify it: cells of the terrain are some ten metres at least";
            return Err(wrong(format!("has {corners} corners, {MOST_CORNERS} at most"), hint));
        }
        for ring in std::iter::once(&exterior).chain(&holes) {
            check_ring(ring)?;
        }
        let bounds = Bounds::about(&exterior);
        let polygon = Self { exterior, holes, bounds };
        let lines: Vec<geo::LineString> = polygon.rings().map(line_string).collect();
        sides::check_rings(&lines)?;
        polygon.check_holes(&lines)?;
        Ok(polygon)
    }

    /// The outer ring, closed.
    #[must_use]
    pub fn exterior(&self) -> &[LonLat] {
        &self.exterior
    }

    /// The rings of its holes, closed.
    #[must_use]
    pub fn holes(&self) -> &[Vec<LonLat>] {
        &self.holes
    }

    /// The outer ring, then the holes.
    pub(crate) fn rings(&self) -> impl Iterator<Item = &[LonLat]> {
        std::iter::once(self.exterior.as_slice()).chain(self.holes.iter().map(Vec::as_slice))
    }

    /// Which share of a straight line lies inside, 0 to 1; straight in longitude and latitude.
    #[must_use]
    pub fn inside_share(&self, from: LonLat, to: LonLat) -> f64 {
        self.inside_parts(from, to).into_iter().map(|(enters, leaves)| leaves - enters).sum()
    }

    /// The parts of a straight line that lie inside, in order: where each begins and ends, as
    /// shares of the line.
    pub(super) fn inside_parts(&self, from: LonLat, to: LonLat) -> Vec<(f64, f64)> {
        if self.lies_beside(from, to) {
            return Vec::new();
        }
        let line = geo::Line::new(coord(from), coord(to));
        let delta = line.delta();
        // Where it meets the sides, as shares of its length: between two of them it is all in or
        // all out.
        let mut cuts = vec![0.0, 1.0];
        for (a, b) in self.rings().flat_map(|ring| ring.iter().zip(ring.iter().skip(1))) {
            let side = geo::Line::new(coord(*a), coord(*b));
            let over = cross(delta, side.delta());
            let share = cross(side.start - line.start, side.delta()) / over;
            let on_side = cross(side.start - line.start, delta) / over;
            // A side along the line gives no cut; its neighbours do.
            if (0.0..=1.0).contains(&share) && (-1e-12..=1.0 + 1e-12).contains(&on_side) {
                cuts.push(share);
            }
        }
        cuts.sort_by(f64::total_cmp);
        let pieces = cuts.iter().copied().zip(cuts.iter().copied().skip(1));
        let inside =
            |(a, b): &(f64, f64)| b > a && self.holds(line.start + delta * (0.5 * (a + b)));
        pieces.filter(inside).collect()
    }

    /// Whether a line keeps to one side of the box about the polygon.
    fn lies_beside(&self, from: LonLat, to: LonLat) -> bool {
        let Bounds { west_deg, south_deg, east_deg, north_deg } = self.bounds;
        from.lon_deg.max(to.lon_deg) < west_deg
            || from.lon_deg.min(to.lon_deg) > east_deg
            || from.lat_deg.max(to.lat_deg) < south_deg
            || from.lat_deg.min(to.lat_deg) > north_deg
    }

    /// Whether a place lies inside, by the parity of the sides to the east of it.
    #[must_use]
    pub fn contains(&self, place: LonLat) -> bool {
        self.holds(coord(place))
    }

    fn holds(&self, point: geo::Coord) -> bool {
        let mut inside = false;
        for (a, b) in self.rings().flat_map(|ring| ring.iter().zip(ring.iter().skip(1))) {
            if (a.lat_deg > point.y) != (b.lat_deg > point.y) {
                let up = (point.y - a.lat_deg) / (b.lat_deg - a.lat_deg);
                inside ^= point.x < a.lon_deg + up * (b.lon_deg - a.lon_deg);
            }
        }
        inside
    }

    /// Refuses holes outside of the exterior or inside of one another; no rings cross by now.
    fn check_holes(&self, lines: &[geo::LineString]) -> Result<()> {
        let Some((exterior, holes)) = lines.split_first().filter(|(_, holes)| !holes.is_empty())
        else {
            return Ok(());
        };
        let place = |ring: &geo::LineString, hole: &geo::LineString| {
            // A corner may touch the other ring; one that does not decides.
            let around = geo::Polygon::new(ring.clone(), Vec::new());
            hole.coords()
                .map(|corner| around.coordinate_position(corner))
                .find(|position| *position != geo::coordinate_position::CoordPos::OnBoundary)
        };
        for (index, hole) in holes.iter().enumerate() {
            if place(exterior, hole) == Some(geo::coordinate_position::CoordPos::Outside) {
                let hint = "a second area is a polygon of its own";
                return Err(wrong(format!("hole {index} lies outside"), hint));
            }
            let within = holes.iter().enumerate().find(|(other, ring)| {
                *other != index
                    && hole.coords().next().is_some_and(|corner| bounds_hold(ring, *corner))
                    && geo::Polygon::new((*ring).clone(), Vec::new()).contains(hole)
            });
            if let Some((other, _)) = within {
                let problem = format!("hole {index} lies inside of hole {other}");
                return Err(wrong(problem, "an island in a hole is a polygon of its own"));
            }
        }
        Ok(())
    }
}

/// For the polygons of one zone that overlap.
impl Polygon {
    pub(super) fn bounds(&self) -> &Bounds {
        &self.bounds
    }

    pub(super) fn to_geo(&self) -> geo::Polygon {
        let holes = self.holes.iter().map(|ring| line_string(ring)).collect();
        geo::Polygon::new(line_string(&self.exterior), holes)
    }

    /// A polygon out of a union, whose rings may touch one another in corners.
    pub(super) fn of_union(union: &geo::Polygon) -> Self {
        let places = |ring: &geo::LineString| -> Vec<LonLat> {
            ring.coords().map(|at| LonLat { lon_deg: at.x, lat_deg: at.y }).collect()
        };
        let exterior = places(union.exterior());
        let bounds = Bounds::about(&exterior);
        Self { exterior, holes: union.interiors().iter().map(places).collect(), bounds }
    }
}

fn bounds_hold(ring: &geo::LineString, corner: geo::Coord) -> bool {
    use geo::BoundingRect as _;
    ring.bounding_rect().is_some_and(|bounds| bounds.contains(&corner))
}

fn cross(a: geo::Coord, b: geo::Coord) -> f64 {
    a.x * b.y - a.y * b.x
}

fn coord(place: LonLat) -> geo::Coord {
    geo::Coord { x: place.lon_deg, y: place.lat_deg }
}

fn line_string(ring: &[LonLat]) -> geo::LineString {
    ring.iter().copied().map(coord).collect()
}

/// An error that does not know yet which polygon it speaks of.
pub(super) fn wrong(problem: impl Into<String>, hint: &str) -> Error {
    Error::Zone { item: String::new(), problem: problem.into(), hint: hint.to_owned() }
}

fn check_ring(ring: &[LonLat]) -> Result<()> {
    check_places(ring)?;
    let (Some(first), Some(last)) = (ring.first(), ring.last()) else {
        return Err(wrong("has an empty ring", "a ring has four places, the last the first"));
    };
    if first != last {
        return Err(wrong(
            format!("a ring is open: it ends at {}, not where it begins", words(*last)),
            &format!("repeat its first place at its end: {}", words(*first)),
        ));
    }
    let mut distinct: Vec<LonLat> = ring.to_vec();
    distinct.dedup();
    if distinct.len() < 4 {
        return Err(wrong("a ring has fewer than three corners", "a line is no area"));
    }
    Ok(())
}

/// Refuses places off the earth, and steps across the antimeridian.
pub(super) fn check_places(places: &[LonLat]) -> Result<()> {
    for place in places {
        if LonLat::new(place.lon_deg, place.lat_deg).is_err() {
            let swapped = LonLat::new(place.lat_deg, place.lon_deg).is_ok();
            let hint = if swapped { "are they swapped? longitude comes first" } else { "degrees" };
            return Err(wrong(format!("{} is no place on earth", words(*place)), hint));
        }
    }
    let far = |(a, b): &(&LonLat, &LonLat)| (a.lon_deg - b.lon_deg).abs() > 180.0;
    match places.iter().zip(places.iter().skip(1)).find(far) {
        Some((a, b)) => Err(wrong(
            format!("runs from {} to {}, across the antimeridian", words(*a), words(*b)),
            "cut it in two at 180 degrees (RFC 7946, 3.1.9)",
        )),
        None => Ok(()),
    }
}

/// Longitude and latitude as an error shows them.
pub(super) fn words(place: LonLat) -> String {
    format!("[{}, {}]", place.lon_deg, place.lat_deg)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(corners: &[(f64, f64)]) -> Vec<LonLat> {
        let close = corners.iter().chain(corners.first());
        close.map(|&(lon_deg, lat_deg)| LonLat { lon_deg, lat_deg }).collect()
    }

    fn square(west: f64, south: f64, side: f64) -> Vec<LonLat> {
        let (east, north) = (west + side, south + side);
        ring(&[(west, south), (east, south), (east, north), (west, north)])
    }

    fn refused(exterior: Vec<LonLat>, holes: Vec<Vec<LonLat>>, words: &str) {
        let message = Polygon::new(exterior, holes).unwrap_err().to_string();
        assert!(message.contains(words), "\"{words}\" is not in: {message}");
    }

    #[test]
    fn a_line_through_a_ring_with_a_hole() {
        let polygon = Polygon::new(square(0.0, 0.0, 4.0), vec![square(1.0, 1.0, 2.0)]).unwrap();
        let share = |x0, y0, x1, y1| {
            let at = |lon_deg, lat_deg| LonLat { lon_deg, lat_deg };
            polygon.inside_share(at(x0, y0), at(x1, y1))
        };
        // Of six units two lie inside: one before the hole, one after it.
        assert!((share(-1.0, 2.0, 5.0, 2.0) - 2.0 / 6.0).abs() < 1e-12);
        assert!((share(5.0, 2.0, -1.0, 2.0) - 2.0 / 6.0).abs() < 1e-12);
        // Through the corners of the hole and of the ring.
        assert!((share(0.0, 0.0, 4.0, 4.0) - 0.5).abs() < 1e-12);
        assert_eq!(share(-1.0, 5.0, 5.0, 5.0), 0.0);
        assert_eq!(share(0.5, 0.5, 0.5, 0.5), 1.0);
        assert!((share(0.5, 0.2, 0.5, 3.8) - 1.0).abs() < 1e-12);
        assert!(polygon.contains(LonLat { lon_deg: 0.5, lat_deg: 2.0 }));
        assert!(!polygon.contains(LonLat { lon_deg: 2.0, lat_deg: 2.0 }));
    }

    #[test]
    fn what_is_no_polygon_is_refused() {
        let ok = square(60.0, 30.0, 1.0);
        refused(Vec::new(), Vec::new(), "empty ring");
        refused(ok[..4].to_vec(), Vec::new(), "a ring is open: it ends at [60, 31]");
        refused(ring(&[(60.0, 30.0), (61.0, 31.0)]), Vec::new(), "fewer than three corners");
        refused(ring(&[(60.0, 30.0), (61.0, 31.0), (62.0, 32.0)]), Vec::new(), "runs back");
        let bow_tie = ring(&[(60.0, 30.0), (61.0, 31.0), (61.0, 30.0), (60.0, 31.0)]);
        refused(bow_tie, Vec::new(), "crosses itself near [60.5, 30.5]");
        let spike = ring(&[(60.0, 30.0), (62.0, 30.0), (61.0, 30.0), (61.0, 31.0)]);
        refused(spike, Vec::new(), "runs back");
        let swapped = ring(&[(34.0, 162.0), (35.0, 162.0), (35.0, 163.0)]);
        refused(swapped, Vec::new(), "are they swapped?");
        refused(ring(&[(0.0, 0.0), (f64::NAN, 1.0), (1.0, 1.0)]), Vec::new(), "no place on earth");
        let pacific = ring(&[(179.0, -1.0), (-179.0, -1.0), (-179.0, 1.0), (179.0, 1.0)]);
        refused(pacific, Vec::new(), "across the antimeridian");
    }

    #[test]
    fn holes_lie_inside_and_apart() {
        let outer = || square(60.0, 30.0, 10.0);
        refused(outer(), vec![square(80.0, 30.0, 1.0)], "hole 0 lies outside");
        refused(outer(), vec![square(65.0, 35.0, 9.0)], "rings cross");
        let nested = vec![square(61.0, 31.0, 5.0), square(62.0, 32.0, 1.0)];
        refused(outer(), nested, "hole 1 lies inside of hole 0");
        let touching = vec![ring(&[(60.0, 35.0), (62.0, 34.0), (62.0, 36.0)])];
        assert!(Polygon::new(outer(), touching).is_ok());
        let apart = vec![square(61.0, 31.0, 1.0), square(63.0, 31.0, 1.0)];
        assert!(Polygon::new(outer(), apart).is_ok());
    }

    #[test]
    fn a_hundred_thousand_corners_take_a_moment() {
        let corner = |i: i32| {
            let turn = std::f64::consts::TAU * f64::from(i) / 100_000.0;
            let radius = 5.0 + 0.1 * (40.0 * turn).sin();
            (60.0 + radius * turn.cos(), 30.0 + radius * turn.sin())
        };
        let corners: Vec<(f64, f64)> = (0..100_000).map(corner).collect();
        let started = std::time::Instant::now();
        assert!(Polygon::new(ring(&corners), Vec::new()).is_ok());
        assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
    }

    #[test]
    fn a_comb_whose_teeth_all_overlap_ends() {
        // Slanted teeth whose bounds all overlap, so that a tree cannot tell them apart.
        let mut corners = vec![(-60.0, -40.0)];
        for tooth in 0..20_000 {
            let x = f64::from(tooth) * 1e-4;
            corners.push((x, -30.0));
            corners.push((x + 80.0, 40.0));
        }
        corners.push((100.0, -40.0));
        let started = std::time::Instant::now();
        let answer = Polygon::new(ring(&corners), Vec::new());
        assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
        assert!(answer.unwrap_err().to_string().contains("too intricate"));
    }
}
