//! Curves that are written to the one side and lie to the other.

use super::{ERROR_M, of};
use crate::exchange::landxml::directions::Directions;
use crate::exchange::landxml::found::{Findings, metres};
use crate::exchange::landxml::piece::Piece;
use crate::exchange::landxml::stated::Shape;
use crate::finding::Severity;

/// Marks the elements that meet their stated end only when they turn to the other side.
///
/// Each begins at its stated start, in the bearing in which the one before it ends by its points;
/// if that one is not known, in its stated one.
pub(super) fn turns(pieces: &mut [Piece<'_>], directions: Directions, findings: &mut Findings) {
    let mut before: Option<(usize, f64)> = None;
    let (mut curved, mut wrong) = (0, 0);
    for piece in pieces.iter_mut() {
        let number = piece.stated.number;
        let end_rad = before.filter(|(before, _)| number == before + 1).map(|(_, rad)| rad);
        let stated_rad = piece.stated.direction_from_rad.map(|rad| directions.bearing_rad(rad));
        if piece.is_curved() {
            curved += 1;
            let gaps = gaps_m(piece, end_rad.or(stated_rad));
            piece.is_flipped = is_wrong(gaps) && is_sound(piece, gaps);
            if piece.is_flipped {
                wrong += 1;
                tell(piece, gaps, findings);
            }
        }
        before = Some((number, piece.bearing_to_rad()));
    }
    let all_wrong = pieces.iter().find(|piece| piece.is_flipped).filter(|_| wrong >= 2);
    if let Some(piece) = all_wrong.filter(|_| wrong == curved) {
        let message = format!(
            "all {wrong} curves turn to the other side: are the coordinates written east, north \
             instead of north, east?"
        );
        let (value, limit) = ("all".to_owned(), "none".to_owned());
        let found = of(piece, "all-signs-wrong", Severity::Error, value, limit, message);
        findings.add(found);
    }
}

/// How far the end lies off as written, and to the other side.
fn gaps_m(piece: &Piece<'_>, bearing_rad: Option<f64>) -> [f64; 2] {
    if let Some(bearing_rad) = bearing_rad {
        return [false, true]
            .map(|is_flipped| piece.end_from(bearing_rad, is_flipped))
            .map(|end| end.distance_m(piece.stated.end));
    }
    // Nothing tells how it begins: its centre tells the side, and twice the rise of an arc the gap.
    let Shape::Curve { is_left, centre: Some(centre), .. } = piece.stated.shape else {
        return [0.0, 0.0];
    };
    let (start, end) = (piece.stated.start, piece.stated.end);
    let (along, to_centre) = (
        [end.e_m - start.e_m, end.n_m - start.n_m],
        [centre.e_m - start.e_m, centre.n_m - start.n_m],
    );
    let cross = along[0] * to_centre[1] - along[1] * to_centre[0];
    let is_more_than_half = piece.end.bearing_rad.abs() > std::f64::consts::PI;
    let lies_left = (cross > 0.0) != is_more_than_half;
    if lies_left == is_left { [0.0, 0.0] } else { [2.0 * piece.end.coord.n_m.abs(), 0.0] }
}

fn is_wrong([written_m, flipped_m]: [f64; 2]) -> bool {
    written_m > ERROR_M && flipped_m < 0.1 * written_m
}

/// Whether its numbers suit its points at all, so that the side is what is wrong.
fn is_sound(piece: &Piece<'_>, [written_m, _]: [f64; 2]) -> bool {
    (piece.chord_by_numbers_m() - piece.chord_by_points_m()).abs() < 0.1 * written_m
}

fn tell(piece: &Piece<'_>, [written_m, flipped_m]: [f64; 2], findings: &mut Findings) {
    let side = if piece.end.bearing_rad < 0.0 { ("right", "left") } else { ("left", "right") };
    let message = format!(
        "it turns to the {} as written and ends {} off its stated end; turned to the {}, {} remain: \
         flip its sign",
        side.0,
        metres(written_m),
        side.1,
        metres(flipped_m)
    );
    let limit = metres(ERROR_M);
    findings.add(of(piece, "curve-sign", Severity::Error, metres(written_m), limit, message));
}
