//! From where the directions of a file count.

use std::f64::consts::FRAC_PI_2;

use super::piece::Piece;
use crate::geometry::half_turn_rad;

/// How a direction becomes a bearing from east, anticlockwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Directions {
    /// Clockwise from north: what programs write.
    Azimuth,
    /// Anticlockwise from north: what the schema says of units.
    NorthAnticlockwise,
    /// Anticlockwise from east, as other angles of the format.
    East,
}

impl Directions {
    /// What the points of a line agree with most often; azimuths if they tell nothing.
    pub(super) fn of(pieces: &[Piece<'_>]) -> Self {
        let mut best = (Self::Azimuth, Self::Azimuth.votes(pieces));
        for other in [Self::NorthAnticlockwise, Self::East] {
            let votes = other.votes(pieces);
            if votes > best.1 {
                best = (other, votes);
            }
        }
        best.0
    }

    fn votes(self, pieces: &[Piece<'_>]) -> usize {
        let agrees = |piece: &&Piece<'_>| {
            let stated_rad = piece.stated.direction_from_rad.map(|stated| self.bearing_rad(stated));
            stated_rad.is_some_and(|stated_rad| {
                let off_rad = half_turn_rad(stated_rad - piece.bearing_from_rad()).abs();
                off_rad <= piece.bearing_slack_rad()
            })
        };
        pieces.iter().filter(agrees).count()
    }

    /// The bearing of a direction.
    pub(super) fn bearing_rad(self, direction_rad: f64) -> f64 {
        match self {
            Self::Azimuth => FRAC_PI_2 - direction_rad,
            Self::NorthAnticlockwise => FRAC_PI_2 + direction_rad,
            Self::East => direction_rad,
        }
    }

    /// For a note; nothing if it is as usual.
    pub(super) fn words(self) -> Option<&'static str> {
        match self {
            Self::Azimuth => None,
            Self::NorthAnticlockwise => Some("anticlockwise from north"),
            Self::East => Some("anticlockwise from east"),
        }
    }
}
