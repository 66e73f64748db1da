//! Heights and gradients of a draft at stations, fast.

use super::LineTask;
use super::line_draft::GradePoint;

/// A grade of a profile, with half the length of the vertical curve at either end of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grade {
    pub from: GradePoint,
    pub to: GradePoint,
    pub gradient_ratio: f64,
    /// Half the curve at its beginning, and by how much the gradient grows on it.
    before: Option<Rounded>,
    after: Option<Rounded>,
}

#[derive(Debug, Clone, Copy)]
struct Rounded {
    half_m: f64,
    change_ratio: f64,
}

impl Grade {
    /// What the curves leave of it.
    pub fn even_m(&self) -> f64 {
        let half_m = |curve: Option<Rounded>| curve.map_or(0.0, |curve| curve.half_m);
        self.to.distance_m - self.from.distance_m - half_m(self.before) - half_m(self.after)
    }

    /// Height and gradient at a distance on it.
    ///
    /// Half a parabola of radius R leaves the grade by u^2 / 2R, u from where it begins.
    fn at(&self, distance_m: f64, radius_m: f64) -> (f64, f64) {
        let along_m = distance_m - self.from.distance_m;
        let mut height_m = self.from.height_m + self.gradient_ratio * along_m;
        let mut gradient_ratio = self.gradient_ratio;
        if let Some(curve) = self.before {
            let into_m = curve.half_m - along_m;
            if into_m > 0.0 {
                height_m += curve.change_ratio.signum() * into_m * into_m / (2.0 * radius_m);
                gradient_ratio -= curve.change_ratio.signum() * into_m / radius_m;
            }
        }
        if let Some(curve) = self.after {
            let into_m = curve.half_m - (self.to.distance_m - distance_m);
            if into_m > 0.0 {
                height_m += curve.change_ratio.signum() * into_m * into_m / (2.0 * radius_m);
                gradient_ratio += curve.change_ratio.signum() * into_m / radius_m;
            }
        }
        (height_m, gradient_ratio)
    }
}

/// Lays out the grades of a draft anew; `None` if its points do not go forwards.
pub(super) fn lay_out(
    task: &LineTask,
    points: &[GradePoint],
    length_m: f64,
    grades: &mut Vec<Grade>,
) -> Option<()> {
    grades.clear();
    let mut from = GradePoint { distance_m: 0.0, height_m: task.from.height_m };
    let end = GradePoint { distance_m: length_m, height_m: task.to.height_m };
    for &to in points.iter().chain([&end]) {
        let run_m = to.distance_m - from.distance_m;
        if !(run_m >= LEAST_RUN_M) {
            return None;
        }
        let gradient_ratio = (to.height_m - from.height_m) / run_m;
        let mut before = None;
        if let Some(last) = grades.last_mut() {
            let change_ratio = gradient_ratio - last.gradient_ratio;
            let half_m = 0.5 * task.limits.vertical_radius_m * change_ratio.abs();
            before = Some(Rounded { half_m, change_ratio });
            last.after = before;
        }
        grades.push(Grade { from, to, gradient_ratio, before, after: None });
        from = to;
    }
    Some(())
}

/// Grade points nearer to each other are none.
const LEAST_RUN_M: f64 = 10.0;

/// Height and gradient at each of some distances that go forwards.
pub(super) fn levels(
    grades: &[Grade],
    radius_m: f64,
    distances_m: impl Iterator<Item = f64>,
) -> impl Iterator<Item = (f64, f64)> {
    let mut ahead = grades.iter();
    let mut grade = ahead.next().copied();
    distances_m.map(move |distance_m| {
        while let Some(here) = grade
            && distance_m > here.to.distance_m
            && let Some(next) = ahead.next()
        {
            grade = Some(*next);
        }
        grade.map_or((f64::NAN, f64::NAN), |grade| grade.at(distance_m, radius_m))
    })
}
