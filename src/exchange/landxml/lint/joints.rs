//! Where one element ends and the next begins.

use super::{ERROR_M, WARNING_M, neighbours, of};
use crate::exchange::landxml::chain::Residual;
use crate::exchange::landxml::found::{Findings, metres, severity};
use crate::exchange::landxml::piece::Piece;
use crate::finding::Severity;
use crate::geometry::half_turn_rad;

/// Bearings that differ by more are no rounding, radians.
const ERROR_RAD: f64 = 1e-2;

/// The least that the end of the chain may lie off the stated points to be an error.
const CHAIN_ERROR_M: f64 = 0.1;

/// Ends that do not meet the next start, and bearings that do not go on.
pub(super) fn gaps_and_kinks(pieces: &[Piece<'_>], findings: &mut Findings) {
    for (piece, next) in neighbours(pieces) {
        let gap_m = piece.stated.end.distance_m(next.stated.start);
        if let Some(severity) = severity(gap_m, WARNING_M, ERROR_M) {
            let message = format!("it begins {} from where the one before ends", metres(gap_m));
            let limit = metres(WARNING_M);
            findings.add(of(next, "line-gap", severity, metres(gap_m), limit, message));
        }
        let kink_rad = half_turn_rad(next.bearing_from_rad() - piece.bearing_to_rad()).abs();
        let slack_rad = piece.bearing_slack_rad() + next.bearing_slack_rad();
        if let Some(severity) = severity(kink_rad, slack_rad, slack_rad.max(ERROR_RAD)) {
            let degrees = kink_rad.to_degrees();
            let message = format!(
                "it begins with a kink of {degrees:.4} degrees by its points; plans go on without"
            );
            let limit = format!("{:.4} degrees", slack_rad.to_degrees());
            let value = format!("{degrees:.4} degrees");
            findings.add(of(next, "line-kink", severity, value, limit, message));
        }
    }
}

/// How far the chain of all elements, which the line becomes, lies off the stated points.
pub(in crate::exchange::landxml) fn chain(
    pieces: &[Piece<'_>],
    residual: Residual,
    findings: &mut Findings,
) {
    let Residual { most_m, place } = residual;
    let Some(piece) = pieces.get(place) else { return };
    if let Some(severity) = severity(most_m, ERROR_M, CHAIN_ERROR_M) {
        let tail = match severity {
            Severity::Error => "; the line follows the chain, not the points",
            Severity::Note | Severity::Warning => "",
        };
        let message = format!(
            "in a chain from the first point on it ends {} off its stated end, more than any \
             other{tail}",
            metres(most_m)
        );
        let limit = metres(ERROR_M);
        findings.add(of(piece, "chain-off", severity, metres(most_m), limit, message));
    }
}
