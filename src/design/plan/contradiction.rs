//! Places to pass that no plan can pass both.

use super::choose::{Stuck, kept_out};
use super::{PlanPass, PlanProblem};
use crate::design::CurveClass;
use crate::error::Error;
use crate::geodesy::Coord;

/// Radii are tried down to so small a share of the least one.
const SMALLEST_SHARE: f64 = 1.0 / 64.0;

/// So often the radius that would do is halved about: to a thousandth.
const HALVINGS: usize = 12;

/// Why there is no plan, told by the two places between which it ends.
pub(super) fn contradiction(problem: &PlanProblem<'_>, stuck: Stuck) -> Error {
    let last = problem.guide.len() - 1;
    let beyond = problem.passes.iter().position(|pass| pass.point >= stuck.stage.max(1));
    let end = PlanPass { name: "the end of the line".to_owned(), point: last, bearing_rad: None };
    let start =
        PlanPass { name: "the beginning of the line".to_owned(), point: 0, bearing_rad: None };
    let number = beyond.unwrap_or(problem.passes.len());
    let pass = |number: Option<usize>| number.and_then(|number| problem.passes.get(number));
    let one = pass(number.checked_sub(1)).unwrap_or(&start);
    let two = pass(Some(number)).unwrap_or(&end);
    let from = pass(number.checked_sub(2)).map_or(0, |pass| pass.point);
    let Some(least_m) = problem.curves.last().map(|class| class.radius_m) else {
        return stuck.error;
    };
    let at = |pass: &PlanPass| {
        problem.guide.get(pass.point).map_or(Coord { e_m: 0.0, n_m: 0.0 }, |point| point.coord)
    };
    let apart_m = at(one).distance_m(at(two));
    let turn = match (one.bearing_rad, two.bearing_rad) {
        (Some(a), Some(b)) => {
            let (sine, cosine) = (b - a).sin_cos();
            format!(" with directions {:.1} degrees apart", sine.atan2(cosine).abs().to_degrees())
        }
        _ => String::new(),
    };
    let lie = format!("they lie {apart_m:.1} m apart{turn}");
    let problem_words = match radius_that_does_m(problem, from, two, least_m) {
        Some(radius_m) => format!(
            "{lie}, which curves of {radius_m:.0} m would allow but those of {least_m:.0} m do \
             not: {:.0} m of radius are missing",
            least_m - radius_m
        ),
        None => format!("{lie}, and no tangents and curves of {least_m:.0} m or less pass both"),
    };
    Error::NoRoute {
        from: one.name.clone(),
        to: two.name.clone(),
        problem: problem_words,
        hint: "move one of them or turn its direction, or allow a smaller radius".to_owned(),
    }
}

/// The largest radius below the least one with which a plan comes from one place to pass past the
/// next; nothing if none does.
fn radius_that_does_m(
    problem: &PlanProblem<'_>,
    from: usize,
    to: &PlanPass,
    least_m: f64,
) -> Option<f64> {
    let guide = problem.guide.get(from..=to.point)?.to_vec();
    let passes = problem.passes.iter().filter(|pass| {
        let is_free_end = pass.bearing_rad.is_none() && pass.point == to.point;
        (from..=to.point).contains(&pass.point)
            && !is_free_end
            && (pass.point != from || pass.bearing_rad.is_some())
    });
    let passes: Vec<PlanPass> =
        passes.map(|pass| PlanPass { point: pass.point - from, ..pass.clone() }).collect();
    let last = problem.guide.len() - 1;
    let half_m = 0.5 * problem.least_straight_m;
    let [first_m, last_m] = problem.end_straight_m;
    let class = problem.curves.last()?;
    let does = |radius_m: f64| {
        let share = radius_m / least_m;
        let transition_m = class.transition_m * share;
        let narrow = PlanProblem {
            curves: vec![CurveClass { radius_m, transition_m, ..*class }],
            least_arc_m: problem.least_arc_m.min(transition_m * 0.1),
            end_straight_m: [
                if from == 0 { first_m } else { half_m },
                if to.point == last { last_m } else { half_m },
            ],
            zones: None,
            ..problem.along(guide.clone(), passes.clone())
        };
        kept_out(&narrow).is_ok()
    };
    let (mut low_m, mut high_m) = (least_m * SMALLEST_SHARE, least_m);
    if !does(low_m) {
        return None;
    }
    for _ in 0..HALVINGS {
        let middle_m = 0.5 * (low_m + high_m);
        if does(middle_m) {
            low_m = middle_m;
        } else {
            high_m = middle_m;
        }
    }
    Some(low_m)
}
