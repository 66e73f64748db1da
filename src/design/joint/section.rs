//! A section across the line: what is cut and filled there, and how wide it lies.

use serde::{Deserialize, Serialize};

use super::positive_part::positive_part;
use super::varying::Varying;
use super::{Ground, GroundPoint};
use crate::error::{Result, within};
use crate::geodesy::Coord;

/// How a line lies in the ground: a level formation, and slopes on either side to the ground.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Formation {
    /// From the line to either edge of the formation.
    pub half_width_m: f64,
    /// Height by width of the slopes of a cutting.
    pub cut_rise_ratio: f64,
    /// Height by width of the slopes of an embankment.
    pub fill_rise_ratio: f64,
    /// The width within which a slope must meet the ground.
    pub reach_m: f64,
    /// How deep the soil lies above the rock.
    pub soil_depth_m: f64,
}

/// What a section holds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SectionSize {
    /// Area of fill.
    pub fill_m2: f64,
    /// Area cut in rock: what lies deeper below the ground than the soil.
    pub rock_m2: f64,
    /// Area cut in soil.
    pub soil_m2: f64,
    /// From the foot of one slope to that of the other.
    pub width_m: f64,
    /// The width of the wider slope; beyond the formation's reach the section cannot be built.
    pub slope_width_m: f64,
}

/// Where a section lies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub coord: Coord,
    pub bearing_rad: f64,
    /// Sine and cosine of the bearing.
    pub(super) sine: f64,
    pub(super) cosine: f64,
    pub height_m: f64,
}

/// What a section holds, and how that changes as it is moved.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Section {
    pub fill: Varying,
    pub rock: Varying,
    pub soil: Varying,
    pub width: Varying,
    /// The widths of the slopes, to the right and to the left.
    pub slopes: [Varying; 2],
}

/// The ground above the line at a place of the section, and how steeply it rises to the left.
#[derive(Clone, Copy)]
struct Depth {
    above: Varying,
    leftwards_ratio: f64,
}

impl Formation {
    /// The section of a line that runs through a place in a bearing, at a height.
    ///
    /// The ground is taken as a parabola across the formation, and as another from its edge to the
    /// foot of the slope, which Newton's method finds; areas of both are in closed form. So areas
    /// are exact on ground that bends evenly within a section. Against strips of 0.1 m on ground
    /// with slopes up to 1 in 2, whole lines agree to 1e-4.
    ///
    /// # Example
    ///
    /// 4 m below level ground, 10 m wide, slopes of 1 in 1, soil of 3 m: the section is a trapezium
    /// of 10 and 18 m, of which the last metre, 10 and 12 m wide, is rock:
    ///
    /// ```
    /// use railcorridor::design::{Formation, Ground, GroundPoint};
    /// use railcorridor::geodesy::Coord;
    ///
    /// struct Level;
    /// impl Ground for Level {
    ///     fn at(&self, _: Coord) -> GroundPoint {
    ///         GroundPoint { height_m: 104.0, slope_e_ratio: 0.0, slope_n_ratio: 0.0 }
    ///     }
    /// }
    /// let formation = Formation {
    ///     half_width_m: 5.0,
    ///     cut_rise_ratio: 1.0,
    ///     fill_rise_ratio: 0.5,
    ///     reach_m: 25.0,
    ///     soil_depth_m: 3.0,
    /// };
    /// let section = formation.section(&Level, Coord { e_m: 0.0, n_m: 0.0 }, 0.0, 100.0);
    /// assert!((section.soil_m2 + section.rock_m2 - 56.0).abs() < 1e-6);
    /// assert!((section.rock_m2 - 11.0).abs() < 1e-6);
    /// assert!((section.width_m - 18.0).abs() < 1e-6);
    /// ```
    #[must_use]
    pub fn section(
        &self,
        ground: &impl Ground,
        coord: Coord,
        bearing_rad: f64,
        height_m: f64,
    ) -> SectionSize {
        let (sine, cosine) = bearing_rad.sin_cos();
        let place = Place { coord, bearing_rad, sine, cosine, height_m };
        let section = self.varying_section(ground, place);
        let [right, left] = section.slopes;
        SectionSize {
            fill_m2: section.fill.value,
            rock_m2: section.rock.value,
            soil_m2: section.soil.value,
            width_m: section.width.value,
            slope_width_m: right.value.max(left.value),
        }
    }

    /// Whether it is one that a section can be made of.
    pub(super) fn checked(&self) -> Result<()> {
        let hint = "give metres, and slopes as height by width";
        for (name, value, range) in [
            ("half_width_m", self.half_width_m, (0.1, 1e3)),
            ("cut_rise_ratio", self.cut_rise_ratio, (0.01, 100.0)),
            ("fill_rise_ratio", self.fill_rise_ratio, (0.01, 100.0)),
            ("reach_m", self.reach_m, (0.1, 1e4)),
            ("soil_depth_m", self.soil_depth_m, (0.0, 1e4)),
        ] {
            within(|| format!("{name} of the formation"), value, range, hint)?;
        }
        Ok(())
    }

    /// The section at a place with its derivatives.
    pub(super) fn varying_section(&self, ground: &impl Ground, place: Place) -> Section {
        let Place { sine, cosine, .. } = place;
        let depth = |left_m: f64| {
            let coord = Coord {
                e_m: place.coord.e_m - left_m * sine,
                n_m: place.coord.n_m + left_m * cosine,
            };
            let GroundPoint { height_m, slope_e_ratio, slope_n_ratio } = ground.at(coord);
            let ahead_ratio = slope_e_ratio * cosine + slope_n_ratio * sine;
            let by = [slope_e_ratio, slope_n_ratio, -1.0, -left_m * ahead_ratio];
            let leftwards_ratio = slope_n_ratio * cosine - slope_e_ratio * sine;
            Depth { above: Varying { value: height_m - place.height_m, by }, leftwards_ratio }
        };
        let half_m = self.half_width_m;
        let (right, middle, left) = (depth(-half_m), depth(0.0), depth(half_m));
        let across = [right, middle, left].map(|depth| depth.above);
        let mut section = Section {
            fill: positive_part(across.map(|above| above.times(-1.0)), 2.0 * half_m),
            soil: positive_part(across, 2.0 * half_m),
            rock: self.rock(across, 2.0 * half_m),
            width: Varying::fixed(2.0 * half_m),
            slopes: [Varying::default(), Varying::default()],
        };
        for ((side, edge), width) in
            [(-1.0, right), (1.0, left)].into_iter().zip(&mut section.slopes)
        {
            let is_cut = edge.above.value > 0.0;
            let (sign, slope_ratio) =
                if is_cut { (1.0, self.cut_rise_ratio) } else { (-1.0, self.fill_rise_ratio) };
            let slope = Slope { side, sign, slope_ratio };
            let Some((left_m, foot)) = self.foot(&slope, edge, &depth) else { continue };
            let half_way = slope.left_to_do(depth(side * (half_m + 0.5 * left_m)), 0.5 * left_m);
            let beside = [slope.left_to_do(edge, 0.0), half_way, slope.left_to_do(foot, left_m)];
            let area = positive_part(beside, left_m);
            if is_cut {
                section.soil = section.soil.plus(area);
                section.rock = section.rock.plus(self.rock(beside, left_m));
            } else {
                section.fill = section.fill.plus(area);
            }
            let nearing_ratio = slope.nearing_ratio(foot);
            *width = slope.left_to_do(foot, left_m).times(-1.0 / nearing_ratio);
            width.value = left_m;
            section.width = section.width.plus(*width);
        }
        section.soil = section.soil.plus(section.rock.times(-1.0));
        section
    }

    fn rock(&self, cut: [Varying; 3], length_m: f64) -> Varying {
        positive_part(cut.map(|depth| depth.less(self.soil_depth_m)), length_m)
    }

    /// Where a slope meets the ground: how far from the edge, and the ground there.
    ///
    /// A slope that does not meet it ends at four times the reach.
    fn foot(
        &self,
        slope: &Slope,
        edge: Depth,
        depth: &impl Fn(f64) -> Depth,
    ) -> Option<(f64, Depth)> {
        let (mut from_edge_m, mut at) = (0.0, edge);
        for _ in 0..MOST_STEPS {
            let left_m = slope.left_to_do(at, from_edge_m).value;
            if !(left_m.abs() > NEAR_M) {
                break;
            }
            let step_m = (-left_m / slope.nearing_ratio(at)).clamp(-self.reach_m, self.reach_m);
            from_edge_m = (from_edge_m + step_m).clamp(0.0, 4.0 * self.reach_m);
            at = depth(slope.side * (self.half_width_m + from_edge_m));
        }
        (from_edge_m > 0.0).then_some((from_edge_m, at))
    }
}

/// Feet of slopes are sought in so many steps at most: on smooth ground two or three are enough.
const MOST_STEPS: usize = 8;

/// How near the ground counts as met.
const NEAR_M: f64 = 1e-4;

/// A slope: on which side, whether it is cut (1) or filled (-1), and how steep.
struct Slope {
    side: f64,
    sign: f64,
    slope_ratio: f64,
}

impl Slope {
    /// The height between slope and ground that is still to be cut or filled.
    fn left_to_do(&self, at: Depth, from_edge_m: f64) -> Varying {
        at.above.times(self.sign).less(self.slope_ratio * from_edge_m)
    }

    /// By how much that height falls a metre away from the edge, as a negative number; never so
    /// little that Newton's method would leap.
    fn nearing_ratio(&self, at: Depth) -> f64 {
        (self.sign * self.side * at.leftwards_ratio - self.slope_ratio)
            .min(-0.15 * self.slope_ratio)
    }
}
