//! The profile of a designed line: ground, rails, structures, haul, cost a kilometre.

use crate::design::{Track, Works};
use crate::model::Study;
use crate::report::picture::Picture;
use crate::report::svg::{Svg, round_step_m};
use crate::report::words::sentence;
use crate::unit::grouped;

const WIDTH: f64 = 900.0;
const LEFT: f64 = 76.0;
const RIGHT: f64 = 14.0;
/// Each band: its top and its height.
const PROFILE: (f64, f64) = (24.0, 180.0);
const STRUCTURES: (f64, f64) = (212.0, 12.0);
const HAUL: (f64, f64) = (238.0, 70.0);
const COST: (f64, f64) = (322.0, 80.0);
const AXIS: f64 = 420.0;
const HEIGHT: f64 = 436.0;
/// Points that are drawn at most: two for each pixel.
const MOST_POINTS: usize = 1600;

/// The profile of a line with its ground, its structures, its mass haul and what each stretch
/// costs. `label` tells it from other designs of the segment, such as `12 permille`; none if there
/// is one alone.
#[must_use]
pub fn design_picture(study: &Study, track: &Track, label: Option<&str>) -> Picture {
    let mut name = sentence(&study.subject_name(&track.segment));
    let mut id = format!("design-{}", track.segment);
    if let Some(label) = label {
        name = format!("{name}, {label}");
        let words = label.split(|letter: char| !letter.is_alphanumeric());
        for word in words.filter(|word| !word.is_empty()) {
            id.push('-');
            id.push_str(&word.to_lowercase());
        }
    }
    let drawing = Drawing { track, length_m: track.length_m().max(1.0) };
    let mut svg = Svg::default();
    drawing.axis(&mut svg);
    drawing.profile(&mut svg);
    drawing.structures(&mut svg);
    drawing.haul(&mut svg);
    drawing.cost(&mut svg);
    let title = format!("Profile as designed: {name}");
    let words = format!("{name}, {} km, to the right.", grouped(track.length_m() / 1e3, 1));
    let caption = "Ground (filled) and rails (line), heights in metres. Below: tunnels dark, bridges \
        light, crossing loops as ticks. Haul: what earth is carried onwards (above the axis) or back \
        (below) past each place, thousand cubic metres. Cost: earthworks and structures of each \
        stretch, million dollars a kilometre; track, stations, signalling and what is reckoned on \
        top come on top."
        .to_owned();
    let svg = svg.finish("design-profile", &id, (WIDTH, HEIGHT), &title, &words);
    Picture { id, title, caption, svg }
}

struct Drawing<'a> {
    track: &'a Track,
    length_m: f64,
}

impl Drawing<'_> {
    fn x(&self, at_m: f64) -> f64 {
        LEFT + at_m / self.length_m * (WIDTH - LEFT - RIGHT)
    }

    fn axis(&self, svg: &mut Svg) {
        let step_m = round_step_m(self.length_m, 1000.0, 10.0);
        let mut at_m = 0.0;
        while at_m <= self.length_m {
            let x = self.x(at_m);
            svg.polyline("rule", "", &[(x, PROFILE.0), (x, AXIS - 12.0)]);
            if x < WIDTH - 60.0 {
                svg.text("label", (x, AXIS + 4.0), "middle", &grouped(at_m / 1e3, 0));
            }
            at_m += step_m;
        }
        svg.text("label", (WIDTH - RIGHT, AXIS + 4.0), "end", "km");
    }

    /// Every so many-th point, so that no pixel has more than two.
    fn every(&self) -> usize {
        self.track.points.len().div_ceil(MOST_POINTS).max(1)
    }

    fn profile(&self, svg: &mut Svg) {
        let heights = self.track.points.iter().flat_map(|point| [point.ground_m, point.level_m]);
        let low_m = heights.clone().fold(f64::INFINITY, f64::min);
        let high_m = heights.fold(f64::NEG_INFINITY, f64::max);
        let (top, height) = PROFILE;
        let range_m = (high_m - low_m).max(20.0);
        let y = |height_m: f64| top + height * (1.0 - (height_m - low_m) / range_m);
        let points = || self.track.points.iter().step_by(self.every());
        let mut ground: Vec<(f64, f64)> =
            points().map(|point| (self.x(point.distance_m), y(point.ground_m))).collect();
        let ends = [ground.last().map(|at| at.0), ground.first().map(|at| at.0)];
        ground.extend(ends.into_iter().flatten().map(|x| (x, top + height)));
        svg.polygon("ground", &ground);
        let rails: Vec<(f64, f64)> =
            points().map(|point| (self.x(point.distance_m), y(point.level_m))).collect();
        svg.polyline("rails", "", &rails);
        for (height_m, beside) in [(high_m, 8.0), (low_m, 0.0)] {
            let words = format!("{} m", grouped(height_m, 0));
            svg.text("name", (LEFT - 8.0, y(height_m) + beside), "end", &words);
        }
    }

    fn structures(&self, svg: &mut Svg) {
        let (top, height) = STRUCTURES;
        svg.text("name", (LEFT - 8.0, top + 10.0), "end", "structures");
        svg.polyline("axis", "", &[(LEFT, top + height), (WIDTH - RIGHT, top + height)]);
        for structure in &self.track.structures {
            let class = if structure.works == Works::Tunnel { "tunnel" } else { "bridge" };
            let (from, to) = (self.x(structure.from_m), self.x(structure.to_m));
            let words = format!(
                "{} of {} m at km {}",
                structure.works.word(),
                grouped(structure.to_m - structure.from_m, 0),
                grouped(structure.from_m / 1e3, 1)
            );
            svg.titled(&words, |svg| svg.block(class, (from, top), ((to - from).max(1.5), height)));
        }
        for at_m in &self.track.loops_m {
            let x = self.x(*at_m);
            svg.polyline("loop", "", &[(x, top - 3.0), (x, top + height + 3.0)]);
        }
    }

    fn haul(&self, svg: &mut Svg) {
        let (top, height) = HAUL;
        let middle = top + 0.5 * height;
        svg.text("name", (LEFT - 8.0, middle + 4.0), "end", "haul");
        svg.polyline("axis", "", &[(LEFT, middle), (WIDTH - RIGHT, middle)]);
        let flows = &self.track.haul.flows_m3;
        let most_m3 = flows.iter().map(|flow| flow.abs()).fold(1.0, f64::max);
        let places = self.track.points.iter().skip(1).zip(flows).step_by(self.every());
        let mut points = vec![(LEFT, middle)];
        points.extend(places.map(|(point, flow_m3)| {
            (self.x(point.distance_m), middle - flow_m3 / most_m3 * 0.5 * height)
        }));
        points.push((WIDTH - RIGHT, middle));
        svg.polygon("haul", &points);
        let words = grouped(most_m3 / 1e3, 0);
        svg.text("label", (LEFT - 8.0, top + 8.0), "end", &words);
    }

    fn cost(&self, svg: &mut Svg) {
        let (top, height) = COST;
        svg.text("name", (LEFT - 8.0, top + 0.5 * height + 4.0), "end", "cost");
        let per_km = self.track.works_musd_per_km();
        let most = per_km.iter().map(|(.., musd)| *musd).fold(1e-3, f64::max);
        for (from_m, to_m, musd) in per_km {
            let tall = musd / most * height;
            let (from, to) = (self.x(from_m), self.x(to_m));
            svg.block("cost", (from, top + height - tall), ((to - from - 0.2).max(0.2), tall));
        }
        svg.polyline("axis", "", &[(LEFT, top + height), (WIDTH - RIGHT, top + height)]);
        svg.text("label", (LEFT - 8.0, top + 8.0), "end", &grouped(most, 1));
    }
}
