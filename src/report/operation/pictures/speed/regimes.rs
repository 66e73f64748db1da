//! What a train does, as a band.

use super::{LEFT, RIGHT, WIDTH, Way};
use crate::operation::{Regime, RunPoint};
use crate::report::operation::pictures::axis::Axis;
use crate::report::svg::Svg;

/// How far blocks reach from the axis.
const HIGH: f64 = 10.0;
const LOW: f64 = 5.0;
/// What lies closer together is one block.
const LEAST_GAP: f64 = 0.5;

/// What the train does between two places of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    /// All its pull.
    Pulling,
    /// So much of it as keeps the speed.
    KeepingUp,
    /// So much of its brakes as keeps the speed.
    KeepingDown,
    /// Its brakes, for a limit or a stop ahead.
    Braking,
}

impl Deed {
    fn of(from: &RunPoint, to: &RunPoint) -> Option<Self> {
        match to.regime {
            Regime::Pulling => Some(Self::Pulling),
            Regime::Holding if to.traction_j > from.traction_j => Some(Self::KeepingUp),
            Regime::Holding => Some(Self::KeepingDown),
            Regime::Braking => Some(Self::Braking),
            Regime::Coasting | Regime::Standing => None,
        }
    }
}

/// Blocks above an axis where the train is pulled, below it where it is braked.
pub(super) fn regimes(svg: &mut Svg, x: Axis, way: &Way<'_>, top: f64) {
    let middle = top + HIGH + 1.0;
    for (deed, class, from, height) in [
        (Deed::KeepingUp, "keeping", middle - LOW, LOW),
        (Deed::KeepingDown, "keeping", middle, LOW),
        (Deed::Pulling, "pulling", middle - HIGH, HIGH),
        (Deed::Braking, "braking", middle, HIGH),
    ] {
        for (left, right) in stretches(x, way, deed) {
            svg.block(class, (left, from), ((right - left).max(LEAST_GAP), height));
        }
    }
    svg.polyline("axis", "", &[(LEFT, middle), (WIDTH - RIGHT, middle)]);
    svg.text("name", (8.0, middle - 2.0), "start", "pulled");
    svg.text("name", (8.0, middle + 10.0), "start", "braked");
}

/// Where it does so, to the right.
fn stretches(x: Axis, way: &Way<'_>, deed: Deed) -> Vec<(f64, f64)> {
    let points = &way.run.points;
    let pairs = points.iter().zip(points.iter().skip(1));
    let does_so = pairs.filter(|(from, to)| Deed::of(from, to) == Some(deed));
    let mut found: Vec<(f64, f64)> = does_so
        .map(|(from, to)| [from, to].map(|at| x.px(way.chainage_m(at.distance_m))))
        .map(|[a, b]| (a.min(b), a.max(b)))
        .filter(|(left, right)| left < right)
        .collect();
    if way.sign < 0.0 {
        found.reverse();
    }
    let mut joined: Vec<(f64, f64)> = Vec::new();
    for (left, right) in found {
        match joined.last_mut() {
            Some(last) if left - last.1 < LEAST_GAP => last.1 = last.1.max(right),
            _ => joined.push((left, right)),
        }
    }
    joined
}
