//! Pieces of panels that are nearly straight: what is sought among to find what is near.

use super::panel::Panel;

/// West, south, east and north side, from the beginning of the line.
pub(super) type Sides = [f64; 4];

/// A place on the plane, from the beginning of the line.
pub(super) type Place = [f64; 2];

/// How far a piece may bow out from its chord.
const MOST_BOW_M: f64 = 1.0;

/// No more pieces than that to a panel.
const MOST_PIECES: f64 = 16.0;

/// A piece of a panel as its chord and how far it bows out from it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// Distances along the line.
    pub(super) from_m: f64,
    pub(super) to_m: f64,
    start: Place,
    chord: Place,
    /// 1 / length^2 of the chord.
    per_square: f64,
    pub(super) bow_m: f64,
    pub(super) panel: u32,
}

/// How a piece is seen from a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    /// The piece has no place nearer than this.
    pub(super) least_m: f64,
    /// It has one as near as this.
    pub(super) most_m: f64,
    /// Where its nearest place is, about.
    pub(super) about_m: f64,
}

/// Cuts a panel into pieces that bow out little. A curve of length l and no more curvature than k
/// bows out by k l^2 / 8 at most.
pub(super) fn cut(panel: &Panel, number: u32, pieces: &mut Vec<Piece>) {
    let whole_m = 0.5 * panel.most_curvature_per_m * panel.half_m * panel.half_m;
    let count = (whole_m / MOST_BOW_M).sqrt().ceil().clamp(1.0, MOST_PIECES);
    let step_m = 2.0 * panel.half_m / count;
    // A nanometre for rounding.
    let bow_m = whole_m / (count * count) + 1e-9;
    let (mut from_m, mut start, mut done) = (panel.start_m(), panel.place_at(panel.start_m()), 0.0);
    while done < count {
        done += 1.0;
        let to_m = panel.start_m() + step_m * done;
        let end = panel.place_at(to_m);
        let chord = [end[0] - start[0], end[1] - start[1]];
        let square = chord[0] * chord[0] + chord[1] * chord[1];
        let per_square = if square > 0.0 { 1.0 / square } else { 0.0 };
        pieces.push(Piece { from_m, to_m, start, chord, per_square, bow_m, panel: number });
        (from_m, start) = (to_m, end);
    }
}

impl Piece {
    pub(super) fn sides(&self) -> Sides {
        let [e_m, n_m] = self.start;
        let [to_e_m, to_n_m] = [e_m + self.chord[0], n_m + self.chord[1]];
        [
            e_m.min(to_e_m) - self.bow_m,
            n_m.min(to_n_m) - self.bow_m,
            e_m.max(to_e_m) + self.bow_m,
            n_m.max(to_n_m) + self.bow_m,
        ]
    }

    #[inline]
    pub(super) fn view(&self, place: Place) -> View {
        let off = [place[0] - self.start[0], place[1] - self.start[1]];
        let share = (off[0] * self.chord[0] + off[1] * self.chord[1]) * self.per_square;
        let share = share.clamp(0.0, 1.0);
        let rest = [off[0] - share * self.chord[0], off[1] - share * self.chord[1]];
        let off_m = (rest[0] * rest[0] + rest[1] * rest[1]).sqrt();
        View {
            least_m: off_m - self.bow_m,
            most_m: off_m + self.bow_m,
            about_m: self.from_m + share * (self.to_m - self.from_m),
        }
    }
}
