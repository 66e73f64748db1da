//! The strip of a line: curvature, cant and profile by the same distance.

use super::elements::element_words;
use super::post;
use crate::geometry::{Element, Line};
use crate::report::picture::Picture;
use crate::report::svg::{Svg, round_step_m};
use crate::unit::grouped;

const WIDTH: f64 = 900.0;
const LEFT: f64 = 82.0;
const RIGHT: f64 = 14.0;
/// Each band: its top and its height.
const SPEED: (f64, f64) = (28.0, 18.0);
const CURVATURE: (f64, f64) = (64.0, 96.0);
const CANT: (f64, f64) = (182.0, 64.0);
const PROFILE: (f64, f64) = (268.0, 104.0);
const GRADIENTS: (f64, f64) = (380.0, 18.0);
const AXIS: f64 = 414.0;
const HEIGHT: f64 = 436.0;
/// A word of so many letters takes about so many pixels each.
const LETTER_PX: f64 = 6.4;
/// Pieces of a ramp that are drawn.
const STEPS: u32 = 8;

/// The strip of a line: how it bends, how it is banked, how it rises. The id tells it from others on
/// a page.
#[must_use]
pub fn line_strip_picture(line: &Line, id: &str) -> Picture {
    let strip = Strip { line, length_m: line.length_m() };
    let mut svg = Svg::default();
    strip.posts(&mut svg);
    strip.speeds(&mut svg);
    strip.curvature(&mut svg);
    strip.cant(&mut svg);
    strip.profile(&mut svg);
    let title = "Curvature, cant and profile".to_owned();
    let length = grouped(line.length_m() / 1e3, 3);
    let words = format!("The line from its beginning to its end, {length} km, to the right.");
    let caption = "The line stretched out. Curvature: above the axis where it bends to the left, \
        below where it bends to the right, with radii in metres. Cant: above where the right rail is \
        the higher one, so that it leans into a curve to the left. Profile: heights, with the \
        gradient of each grade in permille below. Numbers that have no room are left out; they \
        stand in the tables."
        .to_owned();
    let svg = svg.finish("line-strip", id, (WIDTH, HEIGHT), &title, &words);
    Picture { id: id.to_owned(), title, caption, svg }
}

struct Strip<'a> {
    line: &'a Line,
    length_m: f64,
}

impl Strip<'_> {
    fn x(&self, at_m: f64) -> f64 {
        LEFT + at_m / self.length_m * (WIDTH - LEFT - RIGHT)
    }

    /// A word in the middle of a stretch, if it has room there.
    fn word(&self, svg: &mut Svg, class: &str, (from_m, to_m): (f64, f64), y: f64, word: &str) {
        #[expect(clippy::cast_precision_loss, reason = "some letters")]
        let wide_px = word.chars().count() as f64 * LETTER_PX;
        if self.x(to_m) - self.x(from_m) > wide_px {
            svg.text(class, (self.x(0.5 * (from_m + to_m)), y), "middle", word);
        }
    }

    /// Lines at round distances, with what stands on the posts there.
    fn posts(&self, svg: &mut Svg) {
        let step_m = round_step_m(self.length_m, 100.0, 9.0);
        let marks = self.line.alignment.horizontal().marks(&self.line.chainage, step_m);
        let mut free_x = f64::NEG_INFINITY;
        for mark in marks.unwrap_or_default() {
            let x = self.x(mark.distance_m);
            svg.polyline("rule", "", &[(x, CURVATURE.0), (x, AXIS - 12.0)]);
            let word = post(self.line, mark.distance_m, 0);
            let half_px = 0.5 * LETTER_PX * word.chars().map(|_| 1.0).sum::<f64>();
            if x - half_px > free_x {
                let anchor = if x > WIDTH - half_px { "end" } else { "middle" };
                svg.text("label", (x, AXIS + 2.0), anchor, &word);
                free_x = x + half_px + 4.0;
            }
        }
    }

    fn speeds(&self, svg: &mut Svg) {
        let Some(speeds) = &self.line.speeds_kmh else { return };
        svg.text("name", (LEFT - 8.0, SPEED.0 + 13.0), "end", "km/h");
        for range in speeds.ranges() {
            let (from_m, to_m) = (range.from_m.max(0.0), range.to_m.min(self.length_m));
            let (x, width) = (self.x(from_m), self.x(to_m) - self.x(from_m));
            svg.block("speed", (x, SPEED.0), (width, SPEED.1));
            let word = format!("{:.0}", range.value);
            self.word(svg, "inside", (from_m, to_m), SPEED.0 + 13.0, &word);
        }
    }

    fn curvature(&self, svg: &mut Svg) {
        let plan = self.line.alignment.horizontal();
        let ends = |element: &Element| {
            element.curvature_from_per_m().abs().max(element.curvature_to_per_m().abs())
        };
        let most_per_m = plan.elements().iter().map(ends).fold(1e-6, f64::max);
        let (top, height) = CURVATURE;
        let middle = top + 0.5 * height;
        let y = |per_m: f64| middle - per_m / most_per_m * (0.5 * height - 12.0);
        svg.text("name", (LEFT - 8.0, top + 8.0), "end", "left");
        svg.text("name", (LEFT - 8.0, middle + 4.0), "end", "curvature");
        svg.text("name", (LEFT - 8.0, top + height), "end", "right");
        svg.polyline("axis", "", &[(LEFT, middle), (WIDTH - RIGHT, middle)]);
        let mut points = vec![(LEFT, middle)];
        for (element, &from_m) in plan.elements().iter().zip(plan.joints_m()) {
            let steps = if matches!(element, Element::Transition(_)) { STEPS } else { 1 };
            for step in 0..=steps {
                let within_m = element.length_m() * f64::from(step) / f64::from(steps);
                let per_m = element.curvature_per_m(within_m);
                points.push((self.x(from_m + within_m), y(per_m)));
            }
        }
        points.push((WIDTH - RIGHT, middle));
        svg.polygon("curvature", &points);
        for (element, (from_m, to_m)) in plan.pieces() {
            let Element::Arc(arc) = element else { continue };
            let per_m = arc.curvature_per_m();
            let word = grouped(1.0 / per_m.abs(), 0);
            let beside = if per_m > 0.0 { -4.0 } else { 12.0 };
            let name = format!(
                "{} of {word} m, {} m long",
                element_words(element),
                grouped(element.length_m(), 0)
            );
            svg.titled(&name, |svg| {
                self.word(svg, "radius", (from_m, to_m), y(per_m) + beside, &word);
            });
        }
    }

    fn cant(&self, svg: &mut Svg) {
        let (top, height) = CANT;
        let middle = top + 0.5 * height;
        svg.text("name", (LEFT - 8.0, middle + 4.0), "end", "cant, mm");
        svg.polyline("axis", "", &[(LEFT, middle), (WIDTH - RIGHT, middle)]);
        let Some(cant) = self.line.alignment.cant() else {
            svg.text("label", (LEFT + 4.0, middle - 4.0), "start", "not known");
            return;
        };
        let most_m = cant.points().iter().map(|point| point.cant_m.abs()).fold(1e-3, f64::max);
        let y = |cant_m: f64| middle - cant_m / most_m * (0.5 * height - 10.0);
        let pairs = || cant.points().iter().zip(cant.points().iter().skip(1));
        let mut points = vec![(LEFT, middle)];
        for (from, to) in pairs() {
            let steps = if from.cant_m == to.cant_m { 1 } else { STEPS };
            for step in 0..=steps {
                let share = f64::from(step) / f64::from(steps);
                let at_m = from.distance_m + (to.distance_m - from.distance_m) * share;
                let cant_m = cant.at(at_m).map_or(0.0, |banking| banking.cant_m);
                points.push((self.x(at_m.clamp(0.0, self.length_m)), y(cant_m)));
            }
        }
        points.push((WIDTH - RIGHT, middle));
        svg.polygon("cant", &points);
        for (from, to) in
            pairs().filter(|(from, to)| from.cant_m == to.cant_m && from.cant_m != 0.0)
        {
            let beside = if from.cant_m > 0.0 { -3.0 } else { 11.0 };
            let word = format!("{:.0}", from.cant_m.abs() * 1e3);
            let range = (from.distance_m, to.distance_m);
            self.word(svg, "radius", range, y(from.cant_m) + beside, &word);
        }
    }

    fn profile(&self, svg: &mut Svg) {
        let (top, height) = PROFILE;
        svg.text("name", (LEFT - 8.0, GRADIENTS.0 + 13.0), "end", "permille");
        let Some(profile) = self.line.alignment.profile() else {
            svg.text("name", (LEFT - 8.0, top + 0.5 * height), "end", "heights");
            svg.text("label", (LEFT + 4.0, top + 0.5 * height), "start", "not known");
            return;
        };
        let mut heights: Vec<(f64, f64)> = Vec::new();
        for (element, from_m) in profile.elements().iter().zip(profile.joints_m()) {
            let steps = if element.radius_m().is_some() { STEPS } else { 1 };
            for step in 0..=steps {
                let at_m = from_m + element.length_m() * f64::from(step) / f64::from(steps);
                if let Ok(level) = profile.at(at_m.min(profile.end_m())) {
                    heights.push((at_m.clamp(0.0, self.length_m), level.height_m));
                }
            }
        }
        let low_m = heights.iter().map(|at| at.1).fold(f64::INFINITY, f64::min);
        let high_m = heights.iter().map(|at| at.1).fold(f64::NEG_INFINITY, f64::max);
        // A plain is drawn flat.
        let range_m = (high_m - low_m).max(10.0);
        let y = |height_m: f64| top + height * (1.0 - (height_m - low_m) / range_m);
        let points: Vec<(f64, f64)> = heights.iter().map(|at| (self.x(at.0), y(at.1))).collect();
        svg.polyline("rails", "", &points);
        svg.text(
            "name",
            (LEFT - 8.0, y(high_m).max(top + 8.0)),
            "end",
            &format!("{} m", grouped(high_m, 0)),
        );
        if y(low_m) - y(high_m) > 16.0 {
            svg.text("name", (LEFT - 8.0, y(low_m)), "end", &format!("{} m", grouped(low_m, 0)));
        }
        for (element, from_m) in profile.elements().iter().zip(profile.joints_m()) {
            let to_m = from_m + element.length_m();
            let x = (self.x(from_m.max(0.0)), self.x(to_m.min(self.length_m)));
            let class = if element.radius_m().is_some() { "bend" } else { "grade" };
            svg.block(class, (x.0, GRADIENTS.0), ((x.1 - x.0).max(0.1), GRADIENTS.1));
            if class == "grade" {
                let word = format!("{:.1}", element.gradient_from_ratio() * 1e3);
                let word = if word == "-0.0" { "0.0".to_owned() } else { word };
                self.word(svg, "inside", (from_m, to_m), GRADIENTS.0 + 13.0, &word);
            }
        }
    }
}
