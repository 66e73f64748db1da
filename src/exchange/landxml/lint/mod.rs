//! What a file states twice must agree, and what follows one another must meet.
//!
//! Everything is measured against the stated points of each element, so that one mistake does not
//! spoil the findings behind it; only the last rule follows the chain from the first point on,
//! which is what the line becomes.

mod cants;
mod curvatures;
mod directions;
mod joints;
mod lengths;
mod signs;
mod stations;

pub(super) use cants::cant;
pub(super) use joints::chain;

use super::directions::Directions;
use super::found::{Findings, Found};
use super::piece::Piece;
use super::stated::StatedLine;
use crate::finding::Severity;

/// Everything about the elements of a plan; tells by the way which of them turn to the other side.
pub(super) fn elements(
    stated: &StatedLine,
    pieces: &mut [Piece<'_>],
    directions: Directions,
    is_whole: bool,
    findings: &mut Findings,
) {
    signs::turns(pieces, directions, findings);
    joints::gaps_and_kinks(pieces, findings);
    curvatures::jumps(pieces, findings);
    for piece in pieces.iter() {
        lengths::of_element(piece, findings);
        directions::of_element(piece, directions, findings);
    }
    stations::starts(stated, pieces, findings);
    if is_whole {
        lengths::of_line(stated, pieces, findings);
    }
}

/// Each element with the next; where one between them makes no piece, they are none.
fn neighbours<'p, 'a>(
    pieces: &'p [Piece<'a>],
) -> impl Iterator<Item = (&'p Piece<'a>, &'p Piece<'a>)> {
    pieces.iter().zip(pieces.iter().skip(1)).filter(|(piece, next)| next.follows(piece))
}

/// A finding of an element.
fn of(
    piece: &Piece<'_>,
    rule: &'static str,
    severity: Severity,
    value: String,
    limit: String,
    message: String,
) -> Found {
    Found {
        rule,
        severity,
        at: piece.stated.at,
        number: piece.stated.number,
        distance_m: Some(piece.from_m),
        value,
        limit,
        message: format!("element {}, {}: {message}", piece.stated.number, piece.stated.label),
    }
}

/// A millimetre and a centimetre: where differences of lengths become warnings and errors.
/// Files with six decimals keep below the first by far.
const WARNING_M: f64 = 1e-3;
const ERROR_M: f64 = 1e-2;
