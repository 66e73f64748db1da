//! Transitions whose radii are not those of their neighbours.

use super::{neighbours, of};
use crate::exchange::landxml::found::{Findings, severity};
use crate::exchange::landxml::piece::Piece;
use crate::geometry::Element;

/// Shares of a curvature that rounding of radii leaves by far, and that are no rounding.
const WARNING_SHARE: f64 = 1e-4;
const ERROR_SHARE: f64 = 1e-2;

/// Jumps of curvature where a transition begins or ends; between lines and arcs they are usual.
pub(super) fn jumps(pieces: &[Piece<'_>], findings: &mut Findings) {
    for (piece, next) in neighbours(pieces) {
        let transitions =
            [piece, next].map(|piece| matches!(piece.element, Element::Transition(_)));
        // What turns to the wrong side is told elsewhere.
        if transitions == [false, false] || piece.is_flipped != next.is_flipped {
            continue;
        }
        let (from, to) = (piece.element.curvature_to_per_m(), next.element.curvature_from_per_m());
        let most = [piece, next].map(|piece| {
            let element = piece.element;
            element.curvature_from_per_m().abs().max(element.curvature_to_per_m().abs())
        });
        let share = (to - from).abs() / most[0].max(most[1]).max(f64::MIN_POSITIVE);
        if let Some(severity) = severity(share, WARNING_SHARE, ERROR_SHARE) {
            let [ends, begins] = [from, to].map(radius_words);
            let message = format!("it begins with {begins}, the one before ends with {ends}");
            let limit = format!("{ends} as before");
            findings.add(of(next, "spiral-radius-disagrees", severity, begins, limit, message));
        }
    }
}

fn radius_words(curvature_per_m: f64) -> String {
    if curvature_per_m == 0.0 {
        return "no curvature".to_owned();
    }
    let side = if curvature_per_m > 0.0 { "left" } else { "right" };
    format!("a radius of {:.3} m to the {side}", 1.0 / curvature_per_m.abs())
}
