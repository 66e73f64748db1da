//! Drafts for searches to begin with: lines that swing out to one side or the other.

use super::course::Course;
use super::line_draft::{Bend, GradePoint, LineDraft};
use super::{Ground, LineTask};
use crate::geodesy::Coord;

/// How many bends drafts have in turn; which of them are needed is found later.
const BENDS: [usize; 4] = [2, 3, 2, 4];

/// How far aside of the straight line a bend may lie, as a share of its length.
const ASIDE_RATIO: f64 = 0.25;

/// How far along it a bend may be moved, as a share of the room of each.
const ALONG_RATIO: f64 = 0.5;

/// By how much gradients are taken to change from one grade to the next.
const CHANGE_RATIO: f64 = 0.02;

/// The ground over this share of the line is evened out to its first profile.
const EVEN_RATIO: f64 = 0.1;

/// The draft of a number, counted from 0; `None` if its curves do not fit.
///
/// Bends are scattered by the additive sequence of Roberts: with g the root of g^(d + 1) = g + 1,
/// the draft n has the fraction of n / g^i as its coordinate i of d. So the first few drafts cover
/// all sides as evenly as any number of them, without a draw.
pub(super) fn start(ground: &impl Ground, task: &LineTask, number: usize) -> Option<LineDraft> {
    let (from, to) = (task.from.coord, task.to.coord);
    let count = BENDS.get(number % BENDS.len()).copied().unwrap_or(BENDS.len());
    let step = root(2 * count);
    #[expect(clippy::cast_precision_loss, reason = "a few thousand at most")]
    let (round, room) = (number as f64 + 1.0, 1.0 / count as f64);
    let mut factor = 1.0;
    let mut share = || {
        factor /= step;
        (0.5 + round * factor).fract() - 0.5
    };
    let mut bends = Vec::with_capacity(count);
    let mut along = -0.5 * room;
    for _ in 0..count {
        along += room;
        let ahead = along + ALONG_RATIO * room * share();
        let aside = 2.0 * ASIDE_RATIO * share();
        let coord = Coord {
            e_m: from.e_m + ahead * (to.e_m - from.e_m) - aside * (to.n_m - from.n_m),
            n_m: from.n_m + ahead * (to.n_m - from.n_m) + aside * (to.e_m - from.e_m),
        };
        bends.push(Bend { coord, radius_m: 0.0 });
    }
    set_radii(task, &mut bends);
    let mut course = Course::default();
    course.lay_out(task, &bends)?;
    let grade_points = profile(ground, task, &course);
    Some(LineDraft { bends, grade_points })
}

/// The root of g^(d + 1) = g + 1.
fn root(dimensions: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a few dimensions")]
    let exponent = 1.0 / (dimensions as f64 + 1.0);
    (0..40).fold(1.5_f64, |root, _| (1.0 + root).powf(exponent))
}

/// The radii at which arcs are just longer than they must be.
fn set_radii(task: &LineTask, bends: &mut [Bend]) {
    let limits = &task.limits;
    let corners: Vec<Coord> = [task.from.coord]
        .into_iter()
        .chain(bends.iter().map(|bend| bend.coord))
        .chain([task.to.coord])
        .collect();
    let legs = corners.iter().zip(corners.iter().skip(1));
    let bearings: Vec<f64> = legs.map(|(a, b)| a.bearing_rad(*b)).collect();
    for (bend, (a, b)) in bends.iter_mut().zip(bearings.iter().zip(bearings.iter().skip(1))) {
        let turn_rad = (b - a).abs().max(1e-3);
        let arc_m = 1.05 * (limits.least_arc_m + limits.transition_m);
        bend.radius_m = (arc_m / turn_rad).max(1.05 * limits.least_radius_m);
    }
}

/// Grade points at even distances, at the height of the ground around.
fn profile(ground: &impl Ground, task: &LineTask, course: &Course) -> Vec<GradePoint> {
    let limits = &task.limits;
    let grade_m = limits.least_even_grade_m + CHANGE_RATIO * limits.vertical_radius_m;
    let grades = (course.length_m / grade_m).round().clamp(1.0, 1e3);
    let mut places = Vec::new();
    course.stations(PLACES, &mut places);
    let heights_m: Vec<f64> = places.iter().map(|place| ground.at(place.coord).height_m).collect();
    #[expect(clippy::cast_precision_loss, reason = "hundreds")]
    let station = |share: f64| (share * heights_m.len() as f64) as usize;
    let mut points = Vec::new();
    let mut number = 1.0;
    while number < grades {
        let share = number / grades;
        let around = station((share - 0.5 * EVEN_RATIO).max(0.0))
            ..station((share + 0.5 * EVEN_RATIO).min(1.0));
        let around = heights_m.get(around).unwrap_or_default();
        #[expect(clippy::cast_precision_loss, reason = "hundreds")]
        let height_m = around.iter().sum::<f64>() / around.len() as f64;
        points.push(GradePoint { distance_m: share * course.length_m, height_m });
        number += 1.0;
    }
    points
}

/// Places of the ground that a first profile is made from.
const PLACES: u32 = 400;
