//! What maps and reports draw: chords to a tolerance, parallels, the box round a line.

use geo::{Coord as Vertex, LineString, Rect};

use super::Horizontal;
use super::panel::Panel;
use super::piece::bow_m;
use crate::error::{Error, Result, within};

/// So many points weigh 160 MB.
const MOST_POINTS: f64 = 1e7;

/// A box is drawn to that.
const BOX_M: f64 = 1e-9;

impl Horizontal {
    /// The line as chords that leave it by no more than a tolerance.
    ///
    /// A chord of length l bows out by k l^2 / 8 at most, so on an arc of radius R it may be
    /// sqrt(8 R t) long; tangents need their ends only.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the tolerance is not 1e-9 m to 1,000 km, [`Error::Limit`] if the
    /// line would take more than ten million points.
    ///
    /// # Example
    ///
    /// A centimetre on 300 m allows chords of sqrt(8 * 300 * 0.01) = 4.9 m: 97 on a quarter circle, or
    /// a few more, as each panel of the line takes a whole number.
    ///
    /// ```
    /// use railcorridor::geodesy::Coord;
    /// use railcorridor::geometry::{Arc, Horizontal};
    ///
    /// let quarter = Arc::new(150.0 * std::f64::consts::PI, 300.0)?;
    /// let line = Horizontal::new(Coord { e_m: 0.0, n_m: 0.0 }, 0.0, vec![quarter.into()])?;
    /// let drawn = line.to_line_string(0.01)?;
    /// assert!((97..=100).contains(&drawn.lines().len()));
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn to_line_string(&self, tolerance_m: f64) -> Result<LineString> {
        self.parallel(0.0, tolerance_m)
    }

    /// The parallel at an offset, positive to the left, as chords that leave it by no more than a
    /// tolerance: an edge of a formation, a second track.
    ///
    /// # Errors
    ///
    /// As [`to_line_string`](Self::to_line_string); and [`Error::OutOfRange`] if the parallel
    /// reaches a centre of curvature, where it would turn back in a cusp.
    ///
    /// # Example
    ///
    /// Four metres to the right of a quarter circle of 300 m to the left is one of 304 m:
    ///
    /// ```
    /// use railcorridor::geodesy::Coord;
    /// use railcorridor::geometry::{Arc, Horizontal};
    ///
    /// let quarter = Arc::new(150.0 * std::f64::consts::PI, 300.0)?;
    /// let line = Horizontal::new(Coord { e_m: 0.0, n_m: 0.0 }, 0.0, vec![quarter.into()])?;
    /// let track = line.parallel(-4.0, 0.001)?;
    /// let off_m = |vertex: &geo::Coord<f64>| vertex.x.hypot(vertex.y - 300.0);
    /// assert!(track.0.iter().all(|vertex| (off_m(vertex) - 304.0).abs() < 1e-9));
    /// assert!(line.parallel(300.0, 0.001).is_err());
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn parallel(&self, offset_m: f64, tolerance_m: f64) -> Result<LineString> {
        within(|| "tolerance_m".to_owned(), tolerance_m, (BOX_M, 1e6), "give metres")?;
        within(|| "offset_m".to_owned(), offset_m, (-1e6, 1e6), "give metres")?;
        let mut counts = Vec::with_capacity(self.panels.len());
        let mut total = 1.0;
        for panel in &self.panels {
            let count =
                chords(panel, offset_m, tolerance_m).ok_or_else(|| cusp(panel, offset_m))?;
            total += count;
            counts.push(count);
        }
        if total > MOST_POINTS {
            return Err(Error::Limit {
                item: format!("the line to {tolerance_m} m"),
                needed: format!("{total:.0} points"),
                limit: format!("{MOST_POINTS:.0} points"),
                hint: "allow a larger tolerance".to_owned(),
            });
        }
        let vertex = |panel: &Panel, at_m: f64| {
            let place = self.pose(panel.at(at_m)).beside(offset_m);
            Vertex { x: place.e_m, y: place.n_m }
        };
        let mut vertices: Vec<Vertex<f64>> =
            self.panels.first().map(|panel| vertex(panel, panel.start_m())).into_iter().collect();
        for (panel, count) in self.panels.iter().zip(counts) {
            let mut done = 0.0;
            while done < count {
                done += 1.0;
                let at_m = panel.start_m() + 2.0 * panel.half_m * done / count;
                vertices.push(vertex(panel, at_m));
            }
        }
        Ok(LineString(vertices))
    }

    /// The box round the line, to a nanometre: not round its chords.
    ///
    /// # Example
    ///
    /// A half circle to the left reaches its radius beyond both of its ends:
    ///
    /// ```
    /// use railcorridor::geodesy::Coord;
    /// use railcorridor::geometry::{Arc, Horizontal};
    ///
    /// let half = Arc::new(300.0 * std::f64::consts::PI, 300.0)?;
    /// let line = Horizontal::new(Coord { e_m: 0.0, n_m: 0.0 }, 0.0, vec![half.into()])?;
    /// let sides = line.bounding_rect();
    /// assert!((sides.max().x - 300.0).abs() < 1e-8 && (sides.max().y - 600.0).abs() < 1e-8);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn bounding_rect(&self) -> Rect {
        let farthest_m = |toward| farthest_m(&self.panels, toward);
        let start = self.start();
        let (west_m, south_m) = (-farthest_m([-1.0, 0.0]), -farthest_m([0.0, -1.0]));
        let (east_m, north_m) = (farthest_m([1.0, 0.0]), farthest_m([0.0, 1.0]));
        Rect::new(
            Vertex { x: start.e_m + west_m, y: start.n_m + south_m },
            Vertex { x: start.e_m + east_m, y: start.n_m + north_m },
        )
    }
}

/// How far panels reach in a direction, a vector of length 1, from the beginning of the line.
fn farthest_m(panels: &[Panel], toward: [f64; 2]) -> f64 {
    let mut best_m = f64::NEG_INFINITY;
    let mut parts: Vec<(f64, f64, f64)> = Vec::new();
    for panel in panels {
        let reach_m = |at_m: f64| {
            let [e_m, n_m] = panel.place_at(at_m);
            toward[0] * e_m + toward[1] * n_m
        };
        let (from_m, whole_m) = (panel.start_m(), 2.0 * panel.half_m);
        // A nanometre for rounding.
        parts.push((from_m, from_m + whole_m, bow_m(panel, whole_m) + BOX_M));
        while let Some((from_m, to_m, bow_m)) = parts.pop() {
            let ends_m = reach_m(from_m).max(reach_m(to_m));
            best_m = best_m.max(ends_m);
            // Halves bow out by a quarter.
            if ends_m + bow_m > best_m + 2.0 * BOX_M {
                let middle_m = 0.5 * (from_m + to_m);
                parts.push((from_m, middle_m, 0.25 * bow_m));
                parts.push((middle_m, to_m, 0.25 * bow_m));
            }
        }
    }
    best_m
}

/// How many chords the parallel of a panel takes; none if it reaches a centre of curvature.
fn chords(panel: &Panel, offset_m: f64, tolerance_m: f64) -> Option<f64> {
    // The curvature lies between those of both ends, but for what a Viennese bend has beyond them.
    let most_per_m = panel.most_curvature_per_m;
    let ends_m = [panel.start_m(), panel.start_m() + 2.0 * panel.half_m];
    let [from_per_m, to_per_m] = ends_m.map(|at_m| panel.at(at_m)[3]);
    let beyond_per_m = (most_per_m - from_per_m.abs().max(to_per_m.abs())).max(0.0);
    // So does 1 - k o, by which the parallel is longer or shorter.
    let [from, to] = [from_per_m, to_per_m].map(|per_m| 1.0 - per_m * offset_m);
    let slack = beyond_per_m * offset_m.abs();
    let (least, most) = (from.min(to) - slack, from.max(to) + slack);
    if !(least > 1e-6) {
        return None;
    }
    // Its curvature is k / (1 - k o), its length (1 - k o) times as much.
    let bow_m = most_per_m / least * (2.0 * panel.half_m * most).powi(2) / 8.0;
    Some((bow_m / tolerance_m).sqrt().ceil().max(1.0))
}

fn cusp(panel: &Panel, offset_m: f64) -> Error {
    let from_m = panel.start_m();
    Error::OutOfRange {
        item: format!("offset_m beside {from_m:.3} to {:.3} m", from_m + 2.0 * panel.half_m),
        value: offset_m,
        limit: format!("less than the radius there, {:.3} m", 1.0 / panel.most_curvature_per_m),
        hint: "parallels end at the centre of curvature".to_owned(),
    }
}
