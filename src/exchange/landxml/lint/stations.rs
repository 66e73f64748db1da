//! Stations at which elements begin.

use super::{ERROR_M, WARNING_M, of};
use crate::exchange::landxml::found::{Findings, metres, severity};
use crate::exchange::landxml::piece::Piece;
use crate::exchange::landxml::stated::StatedLine;

/// An element that does not begin as far behind the one before as that is long. Each is compared
/// with the one before it, so that one mistake is told once.
pub(super) fn starts(stated: &StatedLine, pieces: &[Piece<'_>], findings: &mut Findings) {
    let mut end_m = Some(stated.sta_start_m);
    let mut number = 0;
    for piece in pieces {
        let expected_m = end_m.filter(|_| piece.stated.number == number + 1);
        number = piece.stated.number;
        let sta_m = piece.stated.sta_start_m;
        if let (Some(expected_m), Some(sta_m)) = (expected_m, sta_m) {
            let off_m = (sta_m - expected_m).abs();
            if let Some(severity) = severity(off_m, 2.0 * WARNING_M, 2.0 * ERROR_M) {
                let (value, limit) = (metres(sta_m), metres(expected_m));
                let message =
                    format!("its staStart is {value}, but the one before ends at {limit}");
                findings.add(of(piece, "station-disagrees", severity, value, limit, message));
            }
        }
        end_m = sta_m.or(expected_m).map(|sta_m| sta_m + piece.element.length_m());
    }
}
