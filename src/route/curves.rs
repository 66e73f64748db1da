//! What a curve between two moves takes from the straight runs beside it, and from their rise.

use super::levels::Levels;
use super::turns::bend;
use super::{Cells, LevelOptions};
use crate::error::{Error, Result};

/// The most half moves that the tangent of one curve may take: a sharper turn is made of several.
pub(super) const MOST_HALVES: u8 = 8;

/// The sharpest turn in one place: a right angle, but for its last digits.
const SHARPEST_RAD: f64 = std::f64::consts::FRAC_PI_2 + 1e-6;

/// A curve between two moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Curve {
    /// Half moves that its tangent takes from the run before and from the run after.
    pub(super) before: u8,
    pub(super) after: u8,
    /// Rise that is lost to its resistance, in parts of a level step.
    pub(super) lost: i32,
}

/// The curves of all pairs of moves, by row.
pub(super) struct Curves {
    by_row: Vec<[[Option<Curve>; 16]; 16]>,
    /// The most half moves that any curve takes; at least one.
    pub(super) most: u8,
}

impl Curves {
    /// Curves of the least radius of some options that have been checked.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if cells are so small that no curve of this radius fits.
    pub(super) fn new(cells: &Cells, options: &LevelOptions, levels: &Levels) -> Result<Self> {
        let count = options.neighbours.steps().len().min(16);
        let mut by_row = Vec::with_capacity(cells.rows());
        for row in 0..cells.rows() {
            let mut curves = [[None; 16]; 16];
            for (before, curves) in curves.iter_mut().enumerate().take(count) {
                for (after, slot) in curves.iter_mut().enumerate().take(count) {
                    *slot = curve(cells, row, (before, after), options, levels);
                }
                if curves.iter().flatten().count() < 3 {
                    return Err(Error::OutOfRange {
                        item: "least_radius_m".to_owned(),
                        value: options.least_radius_m,
                        limit: "a curve whose tangent is at most four cells long".to_owned(),
                        hint: "take a coarser terrain for the route, or a smaller radius"
                            .to_owned(),
                    });
                }
            }
            by_row.push(curves);
        }
        let all = by_row.iter().flatten().flatten().flatten();
        let most = all.map(|curve| curve.before.max(curve.after)).max().unwrap_or(0).max(1);
        Ok(Self { by_row, most })
    }

    /// The curves from a move into a cell of a row, by the move out of it; `None` where it has no room.
    #[inline]
    pub(super) fn of(&self, row: usize, before: usize) -> Option<&[Option<Curve>; 16]> {
        self.by_row.get(row)?.get(before)
    }

    pub(super) fn bytes(&self) -> usize {
        self.by_row.len() * size_of::<[[Option<Curve>; 16]; 16]>()
    }
}

/// What is left of the run of a move, and lost of its rise, where a way goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    /// Half moves that are free.
    pub(super) free: i32,
    pub(super) lost: i32,
}

/// The turn from a move to the one that leaves the cell it enters, which has so many half moves
/// free; `curves` are those of the first by the second, and `most` half moves may be free. `None` if
/// the curve has no room. At the end no move leaves, and there is none in the list.
#[inline]
pub(super) fn turn(
    curves: &[Option<Curve>; 16],
    (moving, most): (usize, i32),
    (leaving, free): (usize, i32),
) -> Option<Turn> {
    let (free, lost) = match curves.get(leaving) {
        _ if leaving == moving => (free + 2, 0),
        None => (2, 0),
        Some(Some(curve)) if free >= i32::from(curve.after) => {
            (2 - i32::from(curve.before), curve.lost)
        }
        Some(_) => return None,
    };
    Some(Turn { free: free.min(most), lost })
}

fn curve(
    cells: &Cells,
    row: usize,
    (before, after): (usize, usize),
    options: &LevelOptions,
    levels: &Levels,
) -> Option<Curve> {
    if before == after {
        return Some(Curve { before: 0, after: 0, lost: 0 });
    }
    let bend = bend(cells, row, before, after)?;
    if bend.angle_rad > SHARPEST_RAD {
        return None;
    }
    let tangent_m = options.least_radius_m * (bend.angle_rad / 2.0).tan();
    let halves = |length_m: f64| {
        let halves = (2.0 * tangent_m / length_m - 1e-9).ceil();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
        let count = halves as u8;
        (halves <= f64::from(MOST_HALVES)).then_some(count)
    };
    // Resistance of K / R permille over R times the angle: K times the angle, whatever the radius.
    let lost_m = options.compensation_permille_m / 1e3 * bend.angle_rad;
    let lost = -levels.rise(-lost_m);
    Some(Curve { before: halves(bend.before_m)?, after: halves(bend.after_m)?, lost })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::{Ground, Neighbours};

    fn curves(cell_m: f64, least_radius_m: f64) -> Result<Curves> {
        let cells = Cells::even(5, 5, cell_m, cell_m).unwrap();
        let options = LevelOptions {
            least_radius_m,
            compensation_permille_m: 700.0,
            neighbours: Neighbours::Eight,
            ..LevelOptions::default()
        };
        let ground = Ground::new(1, vec![1.0], Vec::new(), vec![0.0])?;
        Curves::new(&cells, &options, &Levels::new(&options, &ground))
    }

    #[test]
    fn a_tangent_takes_half_moves_of_both_runs() {
        // East to south: R tan 45 deg = 300 m, half of a cell of 600 m on either side.
        let found = curves(600.0, 300.0).unwrap().of(2, 0).unwrap()[2].unwrap();
        assert_eq!((found.before, found.after), (1, 1));
        // On cells of 200 m it takes three halves of each run.
        let found = curves(200.0, 300.0).unwrap().of(2, 0).unwrap()[2].unwrap();
        assert_eq!((found.before, found.after), (3, 3));
        // 0.7 m a radian: 1.0996 m for a right angle, in parts of a 120th of a metre.
        assert_eq!(found.lost, 132);
        // Straight on takes nothing; sharper than a right angle is not one curve.
        let curves = curves(200.0, 300.0).unwrap();
        assert_eq!(curves.of(2, 0).unwrap()[0].unwrap(), Curve { before: 0, after: 0, lost: 0 });
        assert_eq!(curves.of(2, 0).unwrap()[1], None);
        assert_eq!(curves.of(2, 0).unwrap()[5], None);
    }

    #[test]
    fn cells_too_small_for_a_curve_are_told() {
        // R tan 22.5 deg = 828 m: more than four cells of 90 m.
        assert!(curves(90.0, 2_000.0).is_err());
        assert!(curves(900.0, 2_000.0).is_ok());
    }
}
