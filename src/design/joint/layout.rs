//! A draft laid out for a search: its plan, its grades, its stations, its limits.

use super::LineTask;
use super::course::Course;
use super::levels::{self, Grade};
use super::line_draft::{Bend, LineDraft};
use super::section::Place;

/// Units of the limits: lengths in tens of metres, gradients in permille.
const LENGTH_M: f64 = 10.0;
const GRADIENT_RATIO: f64 = 1e-3;

/// How far within a limit a line is to stay, in those units: a centimetre, a thousandth of a
/// permille.
const MARGIN: f64 = 1e-3;

/// A draft laid out.
#[derive(Default, Clone)]
pub(super) struct Layout {
    course: Course,
    grades: Vec<Grade>,
    pub places: Vec<Place>,
    pub(super) gradients_ratio: Vec<f64>,
    pub step_m: f64,
    /// Numbers that must not be negative, in units of about the same weight.
    pub(super) limits: Vec<f64>,
}

impl Layout {
    /// Lays out a draft anew with so many sections; `None` if it cannot be.
    pub fn lay_out(&mut self, task: &LineTask, draft: &LineDraft, steps: u32) -> Option<()> {
        self.course.lay_out(task, &draft.bends)?;
        self.course.stations(steps, &mut self.places);
        self.step_m = self.course.length_m / f64::from(steps);
        self.lay_out_grades(task, draft, steps)
    }

    /// Lays out the grades of a draft anew on a plan that stays.
    pub fn lay_out_grades(&mut self, task: &LineTask, draft: &LineDraft, steps: u32) -> Option<()> {
        let length_m = self.course.length_m;
        levels::lay_out(task, &draft.grade_points, length_m, &mut self.grades)?;
        let step_m = self.step_m;
        self.gradients_ratio.clear();
        let distances_m = (0..steps).map(|step| (f64::from(step) + 0.5) * step_m);
        let levels = levels::levels(&self.grades, task.limits.vertical_radius_m, distances_m);
        for (place, (height_m, gradient_ratio)) in self.places.iter_mut().zip(levels) {
            place.height_m = height_m;
            self.gradients_ratio.push(gradient_ratio);
        }
        self.set_limits(task, &draft.bends);
        Some(())
    }

    fn set_limits(&mut self, task: &LineTask, bends: &[Bend]) {
        let limits = &task.limits;
        self.limits.clear();
        let mut add = |room: f64| self.limits.push(room - MARGIN);
        for bend in bends {
            add((bend.radius_m - limits.least_radius_m) / LENGTH_M);
        }
        for arc_m in &self.course.arcs_m {
            add((arc_m - limits.least_arc_m) / LENGTH_M);
        }
        // The first and the last tangent may be of any length.
        for tangent_m in self.course.tangents_m.get(1..bends.len()).unwrap_or_default() {
            add((tangent_m - limits.least_tangent_m) / LENGTH_M);
            add((limits.greatest_tangent_m - tangent_m) / LENGTH_M);
        }
        for grade in &self.grades {
            add((grade.even_m() - limits.least_even_grade_m) / LENGTH_M);
            let gradient_ratio = grade.gradient_ratio.abs();
            add((limits.greatest_gradient_ratio - gradient_ratio) / GRADIENT_RATIO);
            add((gradient_ratio - limits.least_gradient_ratio) / GRADIENT_RATIO);
        }
    }

    /// What it costs to go to another layout of as many sections, but for the length of steps:
    /// with prices for moving each place east, north and up, turning it to the left and making it
    /// steeper, and for each limit.
    pub(super) fn change(&self, to: &Self, by_place: &[[f64; 5]], by_limit: &[f64]) -> f64 {
        let mut change = 0.0;
        let places = self.places.iter().zip(&to.places);
        let gradients = self.gradients_ratio.iter().zip(&to.gradients_ratio);
        for (((a, b), (from, to)), [east, north, up, left, steeper]) in
            places.zip(gradients).zip(by_place)
        {
            change += east * (b.coord.e_m - a.coord.e_m)
                + north * (b.coord.n_m - a.coord.n_m)
                + up * (b.height_m - a.height_m)
                + left * (b.bearing_rad - a.bearing_rad)
                + steeper * (to - from);
        }
        for ((price, from), to) in by_limit.iter().zip(&self.limits).zip(&to.limits) {
            change -= price * (to - from);
        }
        change
    }
}
