//! Directions and points of intersection beside the points of elements.

use super::{ERROR_M, of};
use crate::exchange::landxml::directions::Directions;
use crate::exchange::landxml::found::{Findings, metres};
use crate::exchange::landxml::piece::Piece;
use crate::finding::Severity;
use crate::geometry::half_turn_rad;

/// Directions that are not those of the points, and points of intersection beside the tangent.
pub(super) fn of_element(piece: &Piece<'_>, directions: Directions, findings: &mut Findings) {
    let stated = [piece.stated.direction_from_rad, piece.stated.direction_to_rad];
    let by_points = [piece.bearing_from_rad(), piece.bearing_to_rad()];
    for ((stated_rad, by_points_rad), where_) in
        stated.into_iter().zip(by_points).zip(["begins", "ends"])
    {
        let Some(stated_rad) = stated_rad else { continue };
        let off_rad = half_turn_rad(directions.bearing_rad(stated_rad) - by_points_rad).abs();
        let slack_rad = piece.bearing_slack_rad();
        if off_rad <= slack_rad {
            continue;
        }
        let degrees = off_rad.to_degrees();
        let message =
            format!("the direction in which it {where_} is {degrees:.4} degrees off its points");
        let limit = format!("{:.4} degrees", slack_rad.to_degrees());
        let value = format!("{degrees:.4} degrees");
        findings.add(of(piece, "direction-disagrees", Severity::Warning, value, limit, message));
        break; // a line has only one
    }
    intersection(piece, findings);
}

/// The point of intersection lies on the tangent at the start, before it or behind it.
fn intersection(piece: &Piece<'_>, findings: &mut Findings) {
    let Some(point) = piece.stated.intersection.filter(|_| piece.is_curved()) else { return };
    // Where a curve hardly turns, or turns back, the tangents meet nowhere or far away.
    let turn_rad = piece.end.bearing_rad.abs();
    let start = piece.stated.start;
    let far_m = start.distance_m(point);
    if !(1e-3..3.0).contains(&turn_rad) || far_m < 1.0 {
        return;
    }
    let off_rad = half_turn_rad(start.bearing_rad(point) - piece.bearing_from_rad());
    let beside_m = far_m * off_rad.sin().abs();
    let slack_m = ERROR_M + far_m * 1e-4 + far_m * 1e-3 / piece.chord_by_points_m().max(1e-9);
    if beside_m > slack_m {
        let message = format!(
            "its point of intersection lies {} beside the tangent at its start",
            metres(beside_m)
        );
        let (value, limit) = (metres(beside_m), metres(slack_m));
        findings.add(of(piece, "intersection-off", Severity::Warning, value, limit, message));
    }
}
