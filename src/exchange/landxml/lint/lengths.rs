//! Lengths, radii, chords and angles that are stated beside one another.

use super::{ERROR_M, WARNING_M, of};
use crate::exchange::landxml::found::{Findings, Found, metres, severity};
use crate::exchange::landxml::piece::Piece;
use crate::exchange::landxml::stated::{Shape, StatedLine};

/// Angles are written with six decimals of a degree and more, radians.
const ANGLE_RAD: f64 = 1e-5;

/// An element whose points are not as far apart as its length and radii make them.
pub(super) fn of_element(piece: &Piece<'_>, findings: &mut Findings) {
    let (made_m, stated_m) = (piece.chord_by_numbers_m(), piece.chord_by_points_m());
    if let Some(severity) = severity((made_m - stated_m).abs(), WARNING_M, ERROR_M) {
        let what = if piece.is_curved() { "length and radius make" } else { "its length makes" };
        let message = format!(
            "start and end lie {} apart, but {what} it {}",
            metres(stated_m),
            metres(made_m)
        );
        let found =
            of(piece, "length-disagrees", severity, metres(stated_m), metres(made_m), message);
        findings.add(found);
    }
    radius(piece, findings);
    if let Some(chord_m) = piece.stated.chord_m {
        let off_m = (chord_m - made_m).abs();
        if let Some(severity) = severity(off_m, WARNING_M, f64::INFINITY) {
            let message = format!("its chord is {}, not {}", metres(made_m), metres(chord_m));
            let (value, limit) = (metres(chord_m), metres(made_m));
            findings.add(of(piece, "chord-disagrees", severity, value, limit, message));
        }
    }
    let made_rad = piece.end.bearing_rad.abs();
    if let Some(stated_rad) = piece.stated.turn_rad.map(f64::abs)
        && let Some(severity) = severity((stated_rad - made_rad).abs(), ANGLE_RAD, f64::INFINITY)
    {
        let [stated, made] = [stated_rad, made_rad]
            .map(|angle_rad| format!("{:.5} degrees", angle_rad.to_degrees()));
        let message = format!("it turns by {made}, not by {stated}");
        findings.add(of(piece, "angle-disagrees", severity, stated, made, message));
    }
}

/// A curve whose centre is not its radius away from its ends.
fn radius(piece: &Piece<'_>, findings: &mut Findings) {
    let Shape::Curve { radius_m, centre: Some(centre), .. } = piece.stated.shape else { return };
    let Some(radius_m) = radius_m.map(f64::abs) else { return };
    let far_m = [piece.stated.start, piece.stated.end].map(|point| centre.distance_m(point));
    let worst_m =
        if (far_m[0] - radius_m).abs() > (far_m[1] - radius_m).abs() { far_m[0] } else { far_m[1] };
    // The centre of a flat curve is found from afar.
    let slack_m = 1e-6 * radius_m;
    let off_m = (worst_m - radius_m).abs() - slack_m;
    if let Some(severity) = severity(off_m, WARNING_M, ERROR_M) {
        let message = format!(
            "its centre lies {} from one of its ends, its radius is {}",
            metres(worst_m),
            metres(radius_m)
        );
        let (value, limit) = (metres(worst_m), metres(radius_m));
        findings.add(of(piece, "radius-disagrees", severity, value, limit, message));
    }
}

/// A line whose length is not the sum of its elements.
pub(super) fn of_line(stated: &StatedLine, pieces: &[Piece<'_>], findings: &mut Findings) {
    let Some(last) = pieces.last() else { return };
    let sum_m = last.from_m + last.element.length_m();
    // Lengths are rounded to millimetres, at least.
    let rounding_m = WARNING_M * (1.0 + 0.01 * f64::from(u32::try_from(pieces.len()).unwrap_or(0)));
    let off_m = (stated.length_m - sum_m).abs();
    if let Some(severity) = severity(off_m, rounding_m, 1.0) {
        let (value, limit) = (metres(stated.length_m), metres(sum_m));
        findings.add(Found {
            rule: "length-disagrees",
            severity,
            at: stated.at,
            number: 0,
            distance_m: None,
            message: format!("its length is stated as {value}, its elements are {limit} long"),
            value,
            limit,
        });
    }
}
