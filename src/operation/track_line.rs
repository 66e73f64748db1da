//! From a designed track, or from any alignment, to the line of a run.

use super::{RunBend, RunLine, RunSegment};
use crate::design::{Track, Works};
use crate::error::{Error, Result};
use crate::geometry::{Alignment, Along};
use crate::model::{CurveCompensation, PlaceSpeed};

/// Wider curves leave wheels all that they hold.
const MOST_RADIUS_M: f64 = 2_000.0;

/// Transitions and vertical curves are cut into pieces of this length.
const PIECE_M: f64 = 50.0;

/// What an alignment does not say.
#[derive(Debug, Clone, PartialEq)]
pub struct TrackRules {
    /// By how much curves are reckoned as gradients.
    pub compensation: CurveCompensation,
    /// The speed where the line states none.
    pub speed_kmh: f64,
    /// What the air in tunnels takes, as a gradient, however long they are.
    pub tunnel_permille: f64,
    /// What it takes besides for each metre of a tunnel: see [`TunnelLaw`](crate::model::TunnelLaw).
    pub tunnel_permille_per_m: f64,
    /// Speeds through stations, on bridges and in tunnels.
    pub place_speeds: Vec<PlaceSpeed>,
    /// How far along the line a station is one, where a speed does not say it.
    pub station_m: f64,
}

impl Default for TrackRules {
    /// 700 / R, 80 km/h, nothing for tunnels, no speeds of places, loops of 1,050 m.
    fn default() -> Self {
        Self {
            compensation: CurveCompensation::Radius(700.0),
            speed_kmh: 80.0,
            tunnel_permille: 0.0,
            tunnel_permille_per_m: 0.0,
            place_speeds: Vec::new(),
            station_m: 1050.0,
        }
    }
}

/// Both ends of each tunnel of a designed track.
pub(super) fn tunnels_m(track: &Track) -> Vec<[f64; 2]> {
    let tunnels = track.structures.iter().filter(|one| one.works == Works::Tunnel);
    tunnels.map(|tunnel| [tunnel.from_m, tunnel.to_m]).collect()
}

impl RunLine {
    /// The line of a designed track, with its tunnels and the speeds for which it is laid out.
    ///
    /// # Errors
    /// As [`from_alignment`](Self::from_alignment).
    pub fn from_track(track: &Track, rules: &TrackRules) -> Result<Self> {
        let line = &track.line;
        Self::from_alignment(&line.alignment, line.speeds_kmh.as_ref(), &tunnels_m(track), rules)
    }

    /// The line of an alignment, by distance along its plan.
    ///
    /// Each piece has the gradient between the heights of its ends, so that no height is lost, and
    /// the curvature of its middle, which is the mean of a transition.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if there is no profile, or what [`RunLine::new`] says.
    ///
    /// ```
    /// use railcorridor::geodesy::Coord;
    /// use railcorridor::geometry::{Alignment, Arc, Horizontal, Profile, Tangent, VerticalElement};
    /// use railcorridor::operation::{RunLine, TrackRules};
    ///
    /// let start = Coord { e_m: 420_000.0, n_m: 3_800_000.0 };
    /// let parts = vec![Tangent::new(1000.0)?.into(), Arc::new(500.0, 700.0)?.into()];
    /// let plan = Horizontal::new(start, 0.0, parts)?;
    /// let profile = Profile::new(0.0, 900.0, vec![VerticalElement::grade(1500.0, 0.009)?])?;
    /// let alignment = Alignment::new(plan, Some(profile), None)?;
    /// let line = RunLine::from_alignment(&alignment, None, &[], &TrackRules::default())?;
    /// let [tangent, curve] = line.segments() else { panic!("two parts") };
    /// assert!((tangent.gradient_permille - 9.0).abs() < 1e-9 && tangent.curve_permille == 0.0);
    /// assert!((curve.curve_permille - 1.0).abs() < 1e-6); // 700 / 700
    /// assert!((line.climb_m() - 13.5).abs() < 1e-9);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn from_alignment(
        alignment: &Alignment,
        speeds_kmh: Option<&Along<f64>>,
        tunnels_m: &[[f64; 2]],
        rules: &TrackRules,
    ) -> Result<Self> {
        let plan = alignment.horizontal();
        let profile = alignment.profile().ok_or_else(|| Error::OutOfRange {
            item: "profile of a line".to_owned(),
            value: 0.0,
            limit: "one".to_owned(),
            hint: "give the line heights: trains feel gradients".to_owned(),
        })?;
        let end_m = plan.length_m();
        let mut joints_m: Vec<f64> = plan.joints_m().to_vec();
        joints_m.extend(profile.joints_m());
        joints_m.extend(tunnels_m.iter().flatten());
        let ranges = speeds_kmh.map(Along::ranges).unwrap_or_default();
        joints_m.extend(ranges.iter().flat_map(|range| [range.from_m, range.to_m]));
        joints_m.extend([0.0, end_m]);
        joints_m.retain(|joint_m| (0.0..=end_m).contains(joint_m));
        joints_m.sort_unstable_by(f64::total_cmp);
        joints_m.dedup_by(|a, b| (*a - *b).abs() < 1e-3);
        let (mut segments, mut bends) = (Vec::new(), Vec::new());
        for pair in joints_m.windows(2) {
            let &[from_m, to_m] = pair else { continue };
            let middle = alignment.at(0.5 * (from_m + to_m))?;
            let ends = [alignment.at(from_m + 1e-6)?, alignment.at(to_m - 1e-6)?];
            let differ = |a: f64, b: f64, by: f64| (a - b).abs() > by;
            let [k0, k1] = ends.map(|end| end.pose.curvature_per_m);
            let [i0, i1] = ends.map(|end| end.level.map_or(0.0, |level| level.gradient_ratio));
            let is_even = !differ(k0, k1, 1e-9) && !differ(i0, i1, 1e-9);
            let pieces = if is_even { 1.0 } else { ((to_m - from_m) / PIECE_M).ceil().max(1.0) };
            let is_inside = |[a, b]: &&[f64; 2]| middle.distance_m > *a && middle.distance_m < *b;
            let air_permille = tunnels_m.iter().find(is_inside).map_or(0.0, |[a, b]| {
                rules.tunnel_permille + rules.tunnel_permille_per_m * (b - a)
            });
            let speed = speeds_kmh.and_then(|along| along.at(middle.distance_m)).copied();
            let mut at_m = from_m;
            // Pieces of a stretch: few, so that counting in floating point is exact.
            for number in 1..=pieces as u32 {
                let next_m = from_m + (to_m - from_m) * f64::from(number) / pieces;
                let [low_m, high_m] =
                    [profile.at(at_m)?.height_m, profile.at(next_m.min(end_m))?.height_m];
                let curvature = plan.at(0.5 * (at_m + next_m))?.curvature_per_m;
                let radius_m = 1.0 / curvature.abs();
                if radius_m < MOST_RADIUS_M {
                    bends.push(RunBend { from_m: at_m, to_m: next_m, radius_m });
                }
                segments.push(RunSegment {
                    start_m: at_m,
                    gradient_permille: 1e3 * (high_m - low_m) / (next_m - at_m),
                    curve_permille: rules.compensation.resistance_permille(curvature)
                        + air_permille,
                    speed_limit_mps: speed.unwrap_or(rules.speed_kmh) / 3.6,
                });
                at_m = next_m;
            }
        }
        Self::new(segments, end_m)?.with_bends(bends)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::Coord;
    use crate::geometry::{Horizontal, Profile, Tangent, VerticalElement};
    use crate::model::{Rails, RollingStock};
    use crate::operation::{Train, ruling_permille};

    /// 10 km straight, rising 5 permille, with a tunnel of 3,000 m.
    fn line(rules: &TrackRules) -> RunLine {
        let start = Coord { e_m: 420_000.0, n_m: 3_800_000.0 };
        let plan = Horizontal::new(start, 0.0, vec![Tangent::new(1e4).unwrap().into()]).unwrap();
        let rise = vec![VerticalElement::grade(1e4, 0.005).unwrap()];
        let profile = Profile::new(0.0, 900.0, rise).unwrap();
        let alignment = Alignment::new(plan, Some(profile), None).unwrap();
        RunLine::from_alignment(&alignment, None, &[[4_000.0, 7_000.0]], rules).unwrap()
    }

    #[test]
    fn the_air_in_a_tunnel_grows_with_its_length() {
        let law = RollingStock::builtin().resistance.tunnel.as_ref().unwrap();
        let by_length =
            TrackRules { tunnel_permille_per_m: law.n_per_kn_per_m, ..TrackRules::default() };
        let air = |rules: &TrackRules| {
            let line = line(rules);
            line.segments().iter().map(|one| one.curve_permille).collect::<Vec<_>>()
        };
        assert_eq!(air(&TrackRules::default()), [0.0; 3]);
        assert_eq!(air(&by_length), [0.0, 3_000.0 * 0.00013, 0.0]); // 0.39 N/kN
        let even = TrackRules { tunnel_permille: 1.0, ..by_length.clone() };
        assert_eq!(air(&even), [0.0, 1.0 + 3_000.0 * 0.00013, 0.0]);
        // A train shorter than the tunnel feels all of it, one of 4 km three quarters.
        let stock = RollingStock::builtin();
        let short = Train::of(stock, "te33a-gondola", Rails::Welded).unwrap();
        let long = Train { length_m: 4_000.0, ..short.clone() };
        let line = line(&by_length);
        let ruling = |train: &Train| ruling_permille(&line, train, 0.0, 1e4).unwrap();
        assert!((ruling(&short) - 5.39).abs() < 1e-9 && (ruling(&long) - 5.2925).abs() < 1e-9);
    }
}
