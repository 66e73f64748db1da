//! Four neighbouring pieces of a line, looked at together.

use super::boxes::WIDTH;
use super::piece::{Piece, Place};

/// Chords of four pieces, from a place of their own, and how far pieces bow out from them. Two cache
/// lines: single digits are enough for what only rules out, as long as bows hold what they lack.
#[derive(Debug, Clone, Copy)]
#[repr(align(128))]
pub(super) struct Leaf {
    origin: Place,
    /// No number where there is no piece: nothing compares with it.
    start_e_m: [f32; WIDTH],
    start_n_m: [f32; WIDTH],
    chord_e_m: [f32; WIDTH],
    chord_n_m: [f32; WIDTH],
    /// 1 / length^2 of the chord.
    per_square: [f32; WIDTH],
    bow_m: [f32; WIDTH],
    panel: [u32; WIDTH],
}

/// Single digits end after 6e-8 of a number; start, chord and share of one each lack some.
const LACKING: f64 = 1e-6;

/// Four pieces as seen from a place.
pub(super) struct Views {
    /// Squares of how far the chords are.
    pub(super) off_m2: [f64; WIDTH],
    /// The pieces have no place nearer than this.
    pub(super) least_m: [f64; WIDTH],
    /// They have one as near as this.
    pub(super) most_m: [f64; WIDTH],
    /// How far along their chords the nearest places are, about, as a share.
    pub(super) share: [f64; WIDTH],
}

impl Leaf {
    /// Of four pieces or fewer.
    #[expect(clippy::cast_possible_truncation, reason = "bows hold what is lost")]
    pub(super) fn new(pieces: &[Piece]) -> Self {
        let origin = pieces.first().map_or([0.0; 2], |piece| piece.start);
        let mut leaf = Self {
            origin,
            start_e_m: [f32::NAN; WIDTH],
            start_n_m: [f32::NAN; WIDTH],
            chord_e_m: [0.0; WIDTH],
            chord_n_m: [0.0; WIDTH],
            per_square: [0.0; WIDTH],
            bow_m: [0.0; WIDTH],
            panel: [0; WIDTH],
        };
        for (at, piece) in pieces.iter().enumerate().take(WIDTH) {
            let start = [piece.start[0] - origin[0], piece.start[1] - origin[1]];
            let square = piece.chord[0] * piece.chord[0] + piece.chord[1] * piece.chord[1];
            leaf.start_e_m[at] = start[0] as f32;
            leaf.start_n_m[at] = start[1] as f32;
            leaf.chord_e_m[at] = piece.chord[0] as f32;
            leaf.chord_n_m[at] = piece.chord[1] as f32;
            // Of a chord that is hardly one, a number still: it must not be taken for no piece.
            let per_square = if square > 0.0 { (1.0 / square).min(f32::MAX.into()) } else { 0.0 };
            leaf.per_square[at] = per_square as f32;
            let extent_m = start.into_iter().chain(piece.chord).map(f64::abs).sum::<f64>();
            leaf.bow_m[at] = ((piece.bow_m + LACKING * extent_m) as f32).next_up();
            leaf.panel[at] = piece.panel;
        }
        leaf
    }

    /// The panel of one of the pieces.
    pub(super) fn panel(&self, at: usize) -> u32 {
        self.panel[at]
    }

    /// All four as seen from a place.
    #[inline]
    pub(super) fn views(&self, [e_m, n_m]: Place) -> Views {
        let [e_m, n_m] = [e_m - self.origin[0], n_m - self.origin[1]];
        let [mut off_m2, mut least_m, mut most_m, mut share] = [[0.0; WIDTH]; 4];
        for at in 0..WIDTH {
            let chord = [self.chord_e_m[at], self.chord_n_m[at]].map(f64::from);
            let off = [e_m - f64::from(self.start_e_m[at]), n_m - f64::from(self.start_n_m[at])];
            let along = (off[0] * chord[0] + off[1] * chord[1]) * f64::from(self.per_square[at]);
            share[at] = along.clamp(0.0, 1.0);
            let rest = [off[0] - share[at] * chord[0], off[1] - share[at] * chord[1]];
            off_m2[at] = rest[0] * rest[0] + rest[1] * rest[1];
            let (off_m, bow_m) = (off_m2[at].sqrt(), f64::from(self.bow_m[at]));
            least_m[at] = off_m - bow_m;
            most_m[at] = off_m + bow_m;
        }
        Views { off_m2, least_m, most_m, share }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A chord from a place to another, that bows out by a metre.
    fn piece(start: Place, end: Place) -> Piece {
        let chord = [end[0] - start[0], end[1] - start[1]];
        Piece { from_m: 0.0, to_m: 1.0, start, chord, bow_m: 1.0, panel: 7 }
    }

    #[test]
    fn no_piece_is_nearer_than_the_least_or_farther_than_the_most() {
        // Far from the beginning of the line, long and short, and one of no length.
        let pieces = [
            piece([4e6 + 0.1, -3e6], [4e6 + 2_000.3, -3e6 + 30.7]),
            piece([4e6 + 2_000.3, -3e6 + 30.7], [4e6 + 2_000.3, -3e6 + 31.2]),
            piece([4e6 + 2_000.3, -3e6 + 31.2], [4e6 + 2_000.3, -3e6 + 31.2]),
        ];
        let leaf = Leaf::new(&pieces);
        assert_eq!(leaf.panel(2), 7);
        for (e_m, n_m) in [(0.0, 0.0), (700.0, 3.0), (2_000.3, 31.2), (-5e6, 2e6), (1e3, -0.5)] {
            let place = [4e6 + e_m, -3e6 + n_m];
            let views = leaf.views(place);
            for (at, piece) in pieces.iter().enumerate() {
                let square = piece.chord[0].powi(2) + piece.chord[1].powi(2);
                let off = [place[0] - piece.start[0], place[1] - piece.start[1]];
                let along = (off[0] * piece.chord[0] + off[1] * piece.chord[1]) / square.max(1e-99);
                let share = along.clamp(0.0, 1.0);
                let off_m =
                    (off[0] - share * piece.chord[0]).hypot(off[1] - share * piece.chord[1]);
                assert!(views.least_m[at] <= off_m - 1.0, "{at} {place:?}");
                assert!(views.most_m[at] >= off_m + 1.0, "{at} {place:?}");
                assert!((views.most_m[at] - off_m - 1.0).abs() < 0.01, "{at} {place:?}");
            }
            // Where there is no piece, nothing is as near as anything.
            assert!(!(views.least_m[3] <= f64::INFINITY));
        }
    }

    #[test]
    fn a_chord_shorter_than_single_digits_can_tell_is_seen() {
        for length_m in [1e-12, 1e-20, 1e-30, 1e-160] {
            let leaf = Leaf::new(&[piece([0.0, 0.0], [length_m, 0.0])]);
            let views = leaf.views([3.0, 4.0]);
            assert!((views.least_m[0] - 4.0).abs() < 1e-6, "{length_m}: {}", views.least_m[0]);
        }
    }
}
