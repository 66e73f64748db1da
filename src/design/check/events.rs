//! Values of whole elements and of the joints between them.

use super::Lay;
use crate::geometry::{Element, Profile, VerticalElement};
use crate::model::LimitRule;

/// A value that an element or a joint has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Event {
    pub(super) from_m: f64,
    pub(super) to_m: f64,
    pub(super) value: f64,
    pub(super) speed_kmh: f64,
    pub(super) radius_m: f64,
}

/// Curvatures that differ by less, as 1 part of the larger, are the same but for rounding.
const SAME_RATIO: f64 = 1e-6;

/// Curvatures below are those of tangents: 1,000,000 km of radius.
const STRAIGHT_PER_M: f64 = 1e-9;

/// Gradients that differ by less are the same but for rounding, permille.
const SAME_PERMILLE: f64 = 1e-6;

/// The events of a rule; nothing for a rule of values along the line.
pub(super) fn events(lay: &Lay<'_>, rule: LimitRule, speed_kmh: f64) -> Option<Vec<Event>> {
    let along_profile = |events: fn(&Profile) -> Vec<Event>| {
        let found = lay.profile.map(events).unwrap_or_default().into_iter();
        let fastest = |event: Event| {
            let speed_kmh = fastest_kmh(lay, (event.from_m, event.to_m), speed_kmh);
            Event { speed_kmh, ..event }
        };
        found.map(fastest).collect()
    };
    Some(match rule {
        LimitRule::LeastTransitionLength => transitions(lay, speed_kmh),
        LimitRule::LeastElementLength => elements(lay, speed_kmh),
        LimitRule::MostDeficiencyJump => jumps(lay, speed_kmh),
        LimitRule::MostGradientChange => along_profile(kinks),
        LimitRule::LeastVerticalRadius => along_profile(curves),
        LimitRule::LeastGradeLength => along_profile(grades),
        _ => return None,
    })
}

/// The highest speed on a stretch.
fn fastest_kmh(lay: &Lay<'_>, (from_m, to_m): (f64, f64), otherwise_kmh: f64) -> f64 {
    let Some(speeds) = &lay.line.speeds_kmh else { return otherwise_kmh };
    // A joint lies on both stretches that meet there.
    let stated = speeds.between(from_m - 1e-6, to_m + 1e-6).map(|range| range.value);
    stated.reduce(f64::max).unwrap_or(otherwise_kmh)
}

/// Each element with where it begins and ends.
fn laid<'a>(lay: &'a Lay<'_>) -> impl Iterator<Item = (&'a Element, f64, f64)> {
    let pieces = lay.line.alignment.horizontal().pieces();
    pieces.map(|(element, (from_m, to_m))| (element, from_m, to_m))
}

fn event_of(
    lay: &Lay<'_>,
    (from_m, to_m): (f64, f64),
    value: f64,
    speed_kmh: f64,
    per_m: f64,
) -> Event {
    let speed_kmh = fastest_kmh(lay, (from_m, to_m), speed_kmh);
    Event { from_m, to_m, value, speed_kmh, radius_m: 1.0 / per_m.abs() }
}

/// Lengths of transitions; where curvatures jump there is one of no length.
fn transitions(lay: &Lay<'_>, speed_kmh: f64) -> Vec<Event> {
    let mut events: Vec<Event> = joints(lay)
        .map(|(at_m, before_per_m, behind_per_m)| {
            let sharper_per_m = before_per_m.abs().max(behind_per_m.abs());
            event_of(lay, (at_m, at_m), 0.0, speed_kmh, sharper_per_m)
        })
        .collect();
    events.extend(laid(lay).filter_map(|(element, from_m, to_m)| {
        let Element::Transition(transition) = element else { return None };
        let ends = [transition.curvature_from_per_m(), transition.curvature_to_per_m()];
        let sharper_per_m = ends[0].abs().max(ends[1].abs());
        Some(event_of(lay, (from_m, to_m), transition.length_m(), speed_kmh, sharper_per_m))
    }));
    events.sort_by(|a, b| a.from_m.total_cmp(&b.from_m));
    events
}

/// Lengths of tangents and arcs between others.
fn elements(lay: &Lay<'_>, speed_kmh: f64) -> Vec<Event> {
    let count = lay.line.alignment.horizontal().elements().len();
    let inner = laid(lay).take(count.saturating_sub(1)).skip(1);
    inner
        .filter(|(element, _, _)| !matches!(element, Element::Transition(_)))
        .map(|(element, from_m, to_m)| {
            let per_m = element.curvature_from_per_m();
            event_of(lay, (from_m, to_m), element.length_m(), speed_kmh, per_m)
        })
        .collect()
}

/// Jumps of the deficiency: cants do not jump, so they are those of the curvature.
fn jumps(lay: &Lay<'_>, speed_kmh: f64) -> Vec<Event> {
    joints(lay)
        .map(|(at_m, before_per_m, behind_per_m)| {
            let sharper_per_m = before_per_m.abs().max(behind_per_m.abs());
            let event = event_of(lay, (at_m, at_m), 0.0, speed_kmh, sharper_per_m);
            let jump_per_m = (behind_per_m - before_per_m).abs();
            Event { value: lay.equilibrium_mm_m(event.speed_kmh) * jump_per_m, ..event }
        })
        .collect()
}

/// Joints at which the curvature jumps, with those before and behind.
fn joints<'a>(lay: &'a Lay<'_>) -> impl Iterator<Item = (f64, f64, f64)> + 'a {
    laid(lay).zip(laid(lay).skip(1)).filter_map(|((before, _, at_m), (behind, _, _))| {
        let (from, to) = (before.curvature_to_per_m(), behind.curvature_from_per_m());
        let is_jump = (to - from).abs() > SAME_RATIO * from.abs().max(to.abs()) + STRAIGHT_PER_M;
        is_jump.then_some((at_m, from, to))
    })
}

/// An event of a profile; its speed is found later, its radius is none of the plan.
fn vertical(from_m: f64, to_m: f64, value: f64) -> Event {
    Event { from_m, to_m, value, speed_kmh: 0.0, radius_m: f64::INFINITY }
}

/// Each piece of a profile with where it begins and ends.
fn levels(profile: &Profile) -> impl Iterator<Item = (&VerticalElement, f64, f64)> {
    let ends_m = profile.joints_m().skip(1);
    profile
        .elements()
        .iter()
        .zip(profile.joints_m().zip(ends_m))
        .map(|(element, (from, to))| (element, from, to))
}

/// Sudden changes of the gradient.
fn kinks(profile: &Profile) -> Vec<Event> {
    let pairs = levels(profile).zip(levels(profile).skip(1));
    let kink = |((before, _, at_m), (behind, _, _)): (
        (&VerticalElement, _, f64),
        (&VerticalElement, _, _),
    )| {
        let change = behind.gradient_from_ratio() - before.gradient_to_ratio();
        let change_permille = change.abs() * 1e3;
        (change_permille > SAME_PERMILLE).then(|| vertical(at_m, at_m, change_permille))
    };
    pairs.filter_map(kink).collect()
}

/// Radii of vertical curves.
fn curves(profile: &Profile) -> Vec<Event> {
    let radius = |(element, from_m, to_m): (&VerticalElement, f64, f64)| {
        element.radius_m().map(|radius_m| vertical(from_m, to_m, radius_m.abs()))
    };
    levels(profile).filter_map(radius).collect()
}

/// Lengths from break to break; that of a curve lies in its middle, where its tangents meet.
fn grades(profile: &Profile) -> Vec<Event> {
    let mut breaks_m: Vec<f64> = kinks(profile).iter().map(|event| event.from_m).collect();
    breaks_m.extend(curves(profile).iter().map(|event| 0.5 * (event.from_m + event.to_m)));
    breaks_m.sort_by(f64::total_cmp);
    let pairs = breaks_m.iter().zip(breaks_m.iter().skip(1));
    pairs.map(|(from_m, to_m)| vertical(*from_m, *to_m, to_m - from_m)).collect()
}
