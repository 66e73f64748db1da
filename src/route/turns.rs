//! Which move may follow which.

use super::padded::Padded;
use super::{Cells, Neighbours};
use crate::error::{Error, Result};

/// What limits the turn from one move to the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TurnRule {
    /// So many of the sixteen headings to either side.
    Headings(u8),
    /// Room for a curve: its tangent, `R tan(angle / 2)`, takes no more than half of either move.
    Radius {
        /// Radius of the curve, metres.
        radius_m: f64,
    },
}

/// Moves that may follow a move, for every row of nodes.
pub(super) struct Turns {
    by_row: Vec<[u16; 16]>,
}

impl Turns {
    /// # Errors
    /// [`Error::OutOfRange`] for a radius that is negative or not a number.
    pub(super) fn new(cells: &Cells, padded: &Padded, rule: TurnRule) -> Result<Self> {
        if let TurnRule::Radius { radius_m } = rule
            && !(0.0..1e6).contains(&radius_m)
        {
            return Err(Error::OutOfRange {
                item: "radius_m".to_owned(),
                value: radius_m,
                limit: "0 to 1,000,000 m".to_owned(),
                hint: "the least radius of a curve, in metres".to_owned(),
            });
        }
        let of_row = |row: usize| {
            let row = padded.cell_row(row);
            let mut masks = [0_u16; 16];
            for (before, mask) in masks.iter_mut().enumerate() {
                for after in 0..16 {
                    *mask |= u16::from(may_follow(cells, row, rule, before, after)) << after;
                }
            }
            masks
        };
        Ok(Self { by_row: (0..padded.node_rows()).map(of_row).collect() })
    }

    /// Moves, as bits, that may leave a node of a row entered by a move.
    pub(super) fn after(&self, row: usize, before: usize) -> u16 {
        self.by_row.get(row).and_then(|masks| masks.get(before)).copied().unwrap_or(0)
    }
}

fn may_follow(cells: &Cells, row: usize, rule: TurnRule, before: usize, after: usize) -> bool {
    match rule {
        TurnRule::Headings(most) => turn_headings(before, after) <= most,
        TurnRule::Radius { radius_m } => {
            let Some(bend) = bend(cells, row, before, after) else { return false };
            let shorter_m = bend.before_m.min(bend.after_m);
            bend.angle_rad < 3.1 && radius_m * (bend.angle_rad / 2.0).tan() <= shorter_m / 2.0
        }
    }
}

/// The bend between two moves.
pub(super) struct Bend {
    pub(super) angle_rad: f64,
    /// Lengths of the moves, metres.
    pub(super) before_m: f64,
    pub(super) after_m: f64,
}

/// The bend from a move into a cell of a row to a move out of it.
pub(super) fn bend(cells: &Cells, row: usize, before: usize, after: usize) -> Option<Bend> {
    let vector = |number: usize| {
        let (down, right) = Neighbours::Sixteen.steps().get(number).copied()?;
        // A move that would leave the grid here is as long as its reverse.
        let span_m = cells.span_m(row, (down, right)).min(cells.span_m(row, (-down, right)));
        let east_m = f64::from(right) * cells.width_m(row);
        let south_m =
            f64::from(down.signum()) * (span_m * span_m - east_m * east_m).max(0.0).sqrt();
        Some((east_m, south_m))
    };
    let (a, b) = (vector(before)?, vector(after)?);
    let angle_rad = (a.0 * b.1 - a.1 * b.0).atan2(a.0 * b.0 + a.1 * b.1).abs();
    Some(Bend { angle_rad, before_m: a.0.hypot(a.1), after_m: b.0.hypot(b.1) })
}

/// Headings between two moves, the shorter way round: 0 to 8.
pub(super) fn turn_headings(before: usize, after: usize) -> u8 {
    let apart = heading(before).abs_diff(heading(after));
    apart.min(16 - apart)
}

/// Place of a move among the sixteen, by angle from the east, anticlockwise.
pub(super) fn heading(number: usize) -> u8 {
    const HEADINGS: [u8; 16] = [0, 8, 12, 4, 14, 6, 10, 2, 15, 7, 13, 5, 9, 1, 11, 3];
    HEADINGS.get(number).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_go_round_by_angle() {
        let mut moves: Vec<(f64, u8)> = (0..16)
            .map(|number| {
                let (down, right) = Neighbours::Sixteen.steps()[number];
                let angle = f64::from(-down).atan2(f64::from(right));
                (angle.rem_euclid(std::f64::consts::TAU), heading(number))
            })
            .collect();
        moves.sort_by(|a, b| a.0.total_cmp(&b.0));
        assert_eq!(
            moves.iter().map(|(_, rank)| *rank).collect::<Vec<_>>(),
            (0..16).collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_right_angle_needs_half_a_cell_of_tangent() {
        // R tan 45 deg = R: 400 m fit into half of 800 m, 401 m do not.
        let cells = Cells::even(5, 5, 800.0, 800.0).unwrap();
        let follows = |radius_m: f64| {
            let padded = Padded::new(&cells, Neighbours::Sixteen).unwrap();
            Turns::new(&cells, &padded, TurnRule::Radius { radius_m }).unwrap().after(2, 0) >> 2 & 1
                == 1
        };
        assert!(follows(400.0));
        assert!(!follows(401.0));
        // Straight on is always possible, straight back never.
        let padded = Padded::new(&cells, Neighbours::Sixteen).unwrap();
        let turns = Turns::new(&cells, &padded, TurnRule::Radius { radius_m: 300.0 }).unwrap();
        assert!((0..16).all(|number| turns.after(2, number) >> number & 1 == 1));
        assert!((0..16).all(|number| turns.after(2, number) >> (number ^ 1) & 1 == 0));
        assert!(Turns::new(&cells, &padded, TurnRule::Radius { radius_m: f64::NAN }).is_err());
    }
}
