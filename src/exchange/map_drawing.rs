//! Places of a line as a map in longitude and latitude draws them: vertices near enough together.

use crate::error::{Error, Result, within};
use crate::geodesy::{LonLat, UtmZone};
use crate::geometry::{Element, Line};

/// A line on a map: for each element of its plan the distances and places of its vertices, both ends
/// included.
pub(super) struct Drawing {
    pub(super) elements: Vec<Vec<Vertex>>,
}

/// A place on a map.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vertex {
    pub(super) place: LonLat,
    pub(super) height_m: Option<f64>,
}

/// No drawing has more vertices.
const MOST_VERTICES: f64 = 2e6;

/// Vertices of the profile nearer to one of the plan are left out.
const SAME_M: f64 = 1e-3;

impl Drawing {
    /// A line drawn so that chords leave it by no more than a tolerance, in plan and in height.
    pub(super) fn new(line: &Line, tolerance_m: f64) -> Result<Self> {
        within(|| "tolerance_m".to_owned(), tolerance_m, (1e-4, 1e4), "give metres")?;
        let code = line.epsg.ok_or_else(|| Error::Exchange {
            place: format!("line \"{:.60}\"", line.name),
            problem: "the plane of its coordinates is not known, so there are no longitudes".into(),
            hint: "set its epsg, such as 32641 for zone 41 of UTM".into(),
        })?;
        let zone = UtmZone::from_epsg(code)?;
        let plan = line.alignment.horizontal();
        let heights_m = heights_m(line, tolerance_m);
        let mut found = Self { elements: Vec::with_capacity(plan.elements().len()) };
        let (mut total, mut of_heights) = (0.0, heights_m.iter().peekable());
        for (element, (from_m, to_m)) in plan.pieces() {
            let start = zone.inverse(plan.at(from_m)?.coord)?;
            let end = zone.inverse(plan.at(to_m)?.coord)?;
            let count = chords(element, start.lat_deg.abs().max(end.lat_deg.abs()), tolerance_m);
            total += count;
            if total + of_length(heights_m.len()) > MOST_VERTICES {
                return Err(Error::Limit {
                    item: format!("the line to {tolerance_m} m"),
                    needed: format!("more than {MOST_VERTICES:.0} places"),
                    limit: format!("{MOST_VERTICES:.0} places"),
                    hint: "allow a larger tolerance".to_owned(),
                });
            }
            let mut distances_m = Vec::new();
            let (mut done, mut last_m) = (0.0, f64::NEG_INFINITY);
            while done <= count {
                let at_m =
                    if done == count { to_m } else { from_m + (to_m - from_m) * done / count };
                while let Some(&&height_m) = of_heights.peek()
                    && height_m < at_m - SAME_M
                {
                    if height_m > last_m + SAME_M && done > 0.0 {
                        distances_m.push(height_m);
                    }
                    of_heights.next();
                }
                distances_m.push(at_m);
                last_m = at_m;
                done += 1.0;
            }
            let vertex = |at_m: f64| vertex(line, &zone, at_m);
            found.elements.push(distances_m.into_iter().map(vertex).collect::<Result<_>>()?);
        }
        found.check_date_line()?;
        Ok(found)
    }

    /// All vertices of the line, in order.
    pub(super) fn vertices(&self) -> impl Iterator<Item = Vertex> {
        let first = self.elements.first().and_then(|element| element.first());
        let rest = self.elements.iter().flat_map(|element| element.iter().skip(1));
        first.into_iter().chain(rest).copied()
    }

    /// Maps are cut at the meridian of 180 degrees.
    fn check_date_line(&self) -> Result<()> {
        let crosses =
            |(from, to): (Vertex, Vertex)| (from.place.lon_deg - to.place.lon_deg).abs() > 180.0;
        if self.vertices().zip(self.vertices().skip(1)).any(crosses) {
            return Err(Error::Exchange {
                place: "the line".to_owned(),
                problem: "it crosses the meridian of 180 degrees, where maps are cut".to_owned(),
                hint: "cut it there, too".to_owned(),
            });
        }
        Ok(())
    }
}

fn vertex(line: &Line, zone: &UtmZone, at_m: f64) -> Result<Vertex> {
    let point = line.alignment.at(at_m)?;
    let place = zone.inverse(point.pose.coord)?;
    Ok(Vertex { place, height_m: point.level.map(|level| level.height_m) })
}

#[expect(clippy::cast_precision_loss, reason = "counts of vertices in memory")]
fn of_length(count: usize) -> f64 {
    count as f64
}

/// How many chords an element takes: one of length l bows out by k l^2 / 8.
///
/// What is straight on the plane is bent on a map of degrees, where a degree of longitude shrinks
/// towards the pole: by tan(latitude) / R a metre at most, and once more where parallels turn, and a
/// little by the plane's own grid.
fn chords(element: &Element, most_lat_deg: f64, tolerance_m: f64) -> f64 {
    let length_m = element.length_m();
    let own_per_m = element.most_curvature_per_m(0.0, length_m);
    let map_per_m = 2.0 * most_lat_deg.to_radians().tan() / POLAR_RADIUS_M + GRID_PER_M;
    bows(own_per_m + map_per_m, length_m, tolerance_m)
}

/// The least radius of curvature of the Earth across a meridian is larger than that.
const POLAR_RADIUS_M: f64 = 6.3e6;

/// Straight lines of a transverse Mercator plane bend by less, up to 10 degrees off its meridian.
const GRID_PER_M: f64 = 5e-8;

fn bows(most_per_m: f64, length_m: f64, tolerance_m: f64) -> f64 {
    (most_per_m * length_m * length_m / (8.0 * tolerance_m)).sqrt().ceil().max(1.0)
}

/// Distances at which the profile has a vertex, in order.
fn heights_m(line: &Line, tolerance_m: f64) -> Vec<f64> {
    let Some(profile) = line.alignment.profile() else { return Vec::new() };
    let mut found = Vec::new();
    for (element, from_m) in profile.elements().iter().zip(profile.joints_m()) {
        let length_m = element.length_m();
        let change_per_m =
            |at_m: f64| element.at(at_m).map_or(0.0, |level| level.gradient_change_per_m.abs());
        let most_per_m = change_per_m(0.0).max(change_per_m(length_m));
        let count = bows(most_per_m, length_m, tolerance_m).min(MOST_VERTICES);
        let mut done = 0.0;
        while done < count && of_length(found.len()) <= MOST_VERTICES {
            found.push(from_m + length_m * done / count);
            done += 1.0;
        }
    }
    found
}
