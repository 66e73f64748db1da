//! A line with its stations, wherever it comes from.

use super::place_limits::{station_limits, structure_limits};
use crate::design::{Track, loops_wanted};
use crate::error::{Error, Result};
use crate::operation::track_line::tunnels_m;
use crate::operation::traffic::MAX_STATIONS;
use crate::operation::{RunBend, RunLine, RunSegment, SpeedLimit, SpeedReason, TrackRules};
use crate::route::SegmentRoute;

/// A place where trains can meet.
#[derive(Debug, Clone, PartialEq)]
pub struct ServicePlace {
    /// Its name; a loop without one is called by its kilometre.
    pub name: Option<String>,
    /// Where on the line.
    pub at_m: f64,
}

impl ServicePlace {
    /// Its name, or `km 45.3`.
    ///
    /// ```
    /// use railcorridor::operation::service::ServicePlace;
    ///
    /// let place = |name: Option<&str>| ServicePlace { name: name.map(str::to_owned), at_m: 45_260.0 };
    /// assert_eq!(place(Some("Herat")).label(), "Herat");
    /// assert_eq!(place(None).label(), "km 45.3");
    /// ```
    #[must_use]
    pub fn label(&self) -> String {
        self.name.clone().unwrap_or_else(|| format!("km {:.1}", self.at_m / 1e3))
    }

    /// Those of a designed track: its ends, by their names, and its crossing loops.
    #[must_use]
    pub fn of_track(track: &Track, ends: [&str; 2]) -> Vec<Self> {
        places(ends, [0.0, track.length_m()], track.loops_m.iter().copied())
    }
}

fn places(
    [first, last]: [&str; 2],
    [from_m, to_m]: [f64; 2],
    loops_m: impl Iterator<Item = f64>,
) -> Vec<ServicePlace> {
    let end = |name: &str, at_m| ServicePlace { name: Some(name.to_owned()), at_m };
    let mut places = vec![end(first, from_m)];
    places.extend(loops_m.map(|at_m| ServicePlace { name: None, at_m }));
    places.push(end(last, to_m));
    places
}

/// A line that trains run over from end to end.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceLine {
    /// Id of its segment, or `corridor`.
    pub id: String,
    /// Gradients, curves, the speed where nothing limits it.
    pub free: RunLine,
    /// Where trains must run slower, and why.
    pub limits: Vec<SpeedLimit>,
    /// Where trains can meet, in order; the first and the last are the ends.
    pub places: Vec<ServicePlace>,
}

impl ServiceLine {
    /// A designed track: its loops are its stations; its slower curves are its limits, and what the
    /// rules say of stations, bridges and tunnels.
    ///
    /// # Errors
    /// As [`RunLine::from_alignment`].
    pub fn of_track(track: &Track, ends: [&str; 2], rules: &TrackRules) -> Result<Self> {
        let free = RunLine::from_alignment(&track.line.alignment, None, &tunnels_m(track), rules)?;
        let speeds = track.line.speeds_kmh.iter().flat_map(|speeds| speeds.ranges());
        let slower = speeds.filter(|range| range.value < rules.speed_kmh);
        let limits = slower.map(|range| SpeedLimit {
            from_m: range.from_m,
            to_m: range.to_m,
            speed_kmh: range.value,
            reason: SpeedReason::Curve,
            words: radius_words(track, 0.5 * (range.from_m + range.to_m)),
        });
        let mut limits: Vec<SpeedLimit> = limits.collect();
        limits.extend(structure_limits(track, rules));
        let loops_m = track.loops_m.iter().copied();
        Ok(Self::between(&track.segment, free, limits, loops_m, ends).slowed_in_stations(rules))
    }

    /// A way as the search found it: its gradients, the resistance of its curves as a mean (that of a
    /// curve which turns as much a metre; of 700 / R exact, 0.7 m of rise a radian), and loops so far
    /// apart, evenly; 0 is for none. Speeds of curves, bridges and tunnels are not known before there
    /// is a design, those of stations are.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for numbers that cannot be.
    pub fn of_route(
        route: &SegmentRoute,
        ends: [&str; 2],
        loop_spacing_m: f64,
        rules: &TrackRules,
    ) -> Result<Self> {
        let turning_rad_per_m = route.figures.turning_deg_per_km.to_radians() / 1e3;
        let curve_permille = rules.compensation.resistance_permille(turning_rad_per_m);
        let mut segments: Vec<RunSegment> = Vec::with_capacity(route.points.len());
        for (a, b) in route.points.iter().zip(route.points.iter().skip(1)) {
            let span_m = b.chainage_m - a.chainage_m;
            if span_m > 0.0 {
                segments.push(RunSegment {
                    start_m: a.chainage_m,
                    gradient_permille: 1e3 * (b.height_m - a.height_m) / span_m,
                    curve_permille,
                    speed_limit_mps: rules.speed_kmh / 3.6,
                });
            }
        }
        let end_m = route.points.last().map_or(0.0, |point| point.chainage_m);
        let free = RunLine::new(segments, end_m)?;
        let loops_m = even_loops_m(free.length_m(), loop_spacing_m).into_iter();
        Ok(Self::between(&route.segment, free, Vec::new(), loops_m, ends).slowed_in_stations(rules))
    }

    fn between(
        id: &str,
        free: RunLine,
        limits: Vec<SpeedLimit>,
        loops_m: impl Iterator<Item = f64>,
        ends: [&str; 2],
    ) -> Self {
        let places = places(ends, [free.start_m(), free.end_m()], loops_m);
        Self { id: id.to_owned(), free, limits, places }
    }

    fn slowed_in_stations(mut self, rules: &TrackRules) -> Self {
        self.limits.extend(station_limits(&self.places, rules));
        self
    }

    /// Lines that follow one another as one: where two meet there is one place, of the first's name.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if there is none.
    pub fn joined(id: &str, lines: &[Self]) -> Result<Self> {
        let (mut segments, mut limits, mut places) = (Vec::new(), Vec::new(), Vec::new());
        let mut bends = Vec::new();
        let mut from_m = 0.0;
        for line in lines {
            let shift_m = from_m - line.free.start_m();
            segments.extend(
                line.free
                    .segments()
                    .iter()
                    .map(|segment| RunSegment { start_m: segment.start_m + shift_m, ..*segment }),
            );
            bends.extend(line.free.bends().iter().map(|bend| RunBend {
                from_m: bend.from_m + shift_m,
                to_m: bend.to_m + shift_m,
                ..*bend
            }));
            limits.extend(line.limits.iter().map(|limit| SpeedLimit {
                from_m: limit.from_m + shift_m,
                to_m: limit.to_m + shift_m,
                ..limit.clone()
            }));
            let skipped = usize::from(!places.is_empty());
            places.extend(line.places.iter().skip(skipped).map(|place| ServicePlace {
                name: place.name.clone(),
                at_m: place.at_m + shift_m,
            }));
            from_m += line.free.length_m();
        }
        let free = RunLine::new(segments, from_m)?.with_bends(bends)?;
        Ok(Self { id: id.to_owned(), free, limits, places })
    }

    /// The line with its limits.
    ///
    /// # Errors
    /// As [`RunLine::limited`].
    pub fn run_line(&self) -> Result<RunLine> {
        self.free.limited(&self.limits)
    }

    /// Its length.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.free.length_m()
    }

    /// The ends of each stretch between places, metres.
    pub(super) fn sections(&self) -> Result<Vec<[f64; 2]>> {
        let sections: Vec<[f64; 2]> = self
            .places
            .windows(2)
            .filter_map(|pair| Some([pair.first()?.at_m, pair.last()?.at_m]))
            .collect();
        match sections.iter().find(|[a, b]| !(a < b)) {
            None if !sections.is_empty() => Ok(sections),
            wrong => Err(Error::Traffic {
                item: format!("places of {}", self.id),
                problem: match wrong {
                    Some([a, b]) => format!("one at {b} m follows one at {a} m"),
                    None => "a line has two at least".to_owned(),
                },
                hint: "name both ends and put the loops between them in order".to_owned(),
            }),
        }
    }
}

/// Loops between the ends of a line, evenly and about so far apart.
fn even_loops_m(length_m: f64, spacing_m: f64) -> Vec<f64> {
    // No line has more stations than `TrackLine` takes.
    let loops = loops_wanted(length_m, spacing_m).min(MAX_STATIONS as f64);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 10,000")]
    let count = loops as u32;
    (1..=count).map(|number| length_m * f64::from(number) / (loops + 1.0)).collect()
}

/// The sharpest radius about a place, in words.
fn radius_words(track: &Track, at_m: f64) -> String {
    let curvature =
        track.line.alignment.horizontal().at(at_m).map(|pose| pose.curvature_per_m.abs());
    match curvature {
        Ok(curvature) if curvature > 1e-6 => format!("radius {:.0} m", 1.0 / curvature),
        _ => "curve".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loops_lie_evenly_and_joined_lines_keep_their_places() {
        assert_eq!(even_loops_m(90e3, 20e3), [18e3, 36e3, 54e3, 72e3]);
        assert!(even_loops_m(25e3, 20e3).is_empty() && even_loops_m(90e3, 0.0).is_empty());
        let line = |names: [&str; 2], length_m: f64| {
            let segment = RunSegment {
                start_m: 0.0,
                gradient_permille: 3.0,
                curve_permille: 0.0,
                speed_limit_mps: 20.0,
            };
            let free = RunLine::new(vec![segment], length_m).unwrap();
            let loops_m = [0.5 * length_m].into_iter();
            ServiceLine::between("x", free, Vec::new(), loops_m, names)
        };
        let both = [line(["A", "B"], 40e3), line(["B", "C"], 10e3)];
        let joined = ServiceLine::joined("corridor", &both).unwrap();
        let places: Vec<String> = joined.places.iter().map(ServicePlace::label).collect();
        assert_eq!(places, ["A", "km 20.0", "B", "km 45.0", "C"]);
        assert_eq!(joined.length_m(), 50e3);
        assert_eq!(joined.sections().unwrap().len(), 4);
        assert!(ServiceLine::joined("corridor", &[]).is_err());
    }
}
