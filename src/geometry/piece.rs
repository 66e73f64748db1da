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
    pub(super) start: Place,
    pub(super) chord: Place,
    pub(super) bow_m: f64,
    pub(super) panel: u32,
}

/// Cuts a panel into pieces that bow out little.
pub(super) fn cut(panel: &Panel, number: u32, pieces: &mut Vec<Piece>) {
    let whole_m = bow_m(panel, 2.0 * panel.half_m);
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
        pieces.push(Piece { from_m, to_m, start, chord, bow_m, panel: number });
        (from_m, start) = (to_m, end);
    }
}

/// How far a stretch of a panel may bow out from its chord: of length l and no more curvature than
/// k, by k l^2 / 8.
pub(super) fn bow_m(panel: &Panel, length_m: f64) -> f64 {
    0.125 * panel.most_curvature_per_m * length_m * length_m
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
}
