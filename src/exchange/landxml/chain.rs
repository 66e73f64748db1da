//! Elements one after another, each where the one before ends, against the points that are stated.

use super::piece::{Piece, turned};
use crate::geodesy::Coord;

/// Where a chain of elements lies, from its beginning eastwards.
pub(super) struct Chain {
    /// Where each element ends.
    ends: Vec<Coord>,
}

/// How far a chain lies off the points that are stated.
#[derive(Debug, Clone, Copy)]
pub(super) struct Residual {
    /// The largest of all.
    pub(super) most_m: f64,
    /// The piece, counted from 0, at the end of which it is.
    pub(super) place: usize,
}

impl Chain {
    pub(super) fn new(pieces: &[Piece<'_>]) -> Self {
        let (mut at, mut bearing_rad) = (Coord::default(), 0.0);
        let mut ends = Vec::with_capacity(pieces.len());
        for piece in pieces {
            at = turned(at, bearing_rad, piece.end.coord);
            bearing_rad += piece.end.bearing_rad;
            ends.push(at);
        }
        Self { ends }
    }

    /// How far the ends of elements lie off if the chain begins at the first stated point in a
    /// bearing.
    pub(super) fn residual(&self, pieces: &[Piece<'_>], bearing_rad: f64) -> Residual {
        let mut found = Residual { most_m: 0.0, place: 0 };
        let Some(first) = pieces.first() else { return found };
        for (place, (piece, end)) in pieces.iter().zip(&self.ends).enumerate() {
            let lies = turned(first.stated.start, bearing_rad, *end);
            let off_m = lies.distance_m(piece.stated.end);
            if off_m > found.most_m {
                found = Residual { most_m: off_m, place };
            }
        }
        found
    }

    /// The first of some bearings with which the chain lies as well as with any.
    pub(super) fn best(
        &self,
        pieces: &[Piece<'_>],
        bearings_rad: &[f64],
    ) -> Option<(f64, Residual)> {
        let tried: Vec<(f64, Residual)> = bearings_rad
            .iter()
            .map(|bearing_rad| (*bearing_rad, self.residual(pieces, *bearing_rad)))
            .collect();
        let least_m = tried.iter().map(|(_, residual)| residual.most_m).fold(f64::MAX, f64::min);
        tried.into_iter().find(|(_, residual)| residual.most_m <= least_m + EQUAL_M)
    }
}

/// Residuals that differ by less are the same: rounding.
const EQUAL_M: f64 = 1e-7;
