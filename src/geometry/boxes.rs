//! Boxes round short pieces of a line, in a tree: where to look for what is near.

use super::panel::Panel;

/// West, south, east and north side, from the beginning of the line.
type Sides = [f64; 4];

const EMPTY: Sides = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];

/// How far a piece may bow out from its chord.
const MOST_BOW_M: f64 = 1.0;

/// No more pieces than that to a panel.
const MOST_PIECES: f64 = 16.0;

/// A place on the plane, from the beginning of the line.
pub(super) type Place = [f64; 2];

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
    bow_m: f64,
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

/// A binary tree of boxes over pieces in the order of the line, so that neighbours in the tree are
/// neighbours on the ground.
#[derive(Debug, Clone)]
pub(super) struct Boxes {
    /// The root is 1, the children of n are 2 n and 2 n + 1; the second half are the pieces.
    sides: Vec<Sides>,
    pieces: Vec<Piece>,
}

impl Boxes {
    pub(super) fn new(panels: &[Panel]) -> Self {
        let mut pieces = Vec::with_capacity(2 * panels.len());
        for (number, panel) in (0..).zip(panels) {
            cut(panel, number, &mut pieces);
        }
        let leaves = pieces.len().next_power_of_two();
        let mut sides = vec![EMPTY; 2 * leaves];
        for (piece, side) in pieces.iter().zip(sides.iter_mut().skip(leaves)) {
            *side = piece.sides();
        }
        for node in (1..leaves).rev() {
            let [a, b] = [2 * node, 2 * node + 1].map(|at| sides.get(at).copied().unwrap_or(EMPTY));
            if let Some(side) = sides.get_mut(node) {
                *side = [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])];
            }
        }
        Self { sides, pieces }
    }

    /// How far the line reaches in a direction, a vector of length 1, to a tolerance.
    pub(super) fn farthest(&self, panels: &[Panel], toward: [f64; 2], tolerance_m: f64) -> f64 {
        let mut best_m = f64::NEG_INFINITY;
        let mut parts: Vec<(f64, f64, f64)> = Vec::new();
        for Piece { from_m, to_m, bow_m, panel, .. } in &self.pieces {
            let Some(panel) = panels.get(*panel as usize) else { continue };
            let reach_m = |at_m: f64| {
                let [e_m, n_m, ..] = panel.at(at_m);
                toward[0] * e_m + toward[1] * n_m
            };
            // Halves of a piece bow out by a quarter.
            parts.push((*from_m, *to_m, *bow_m));
            while let Some((from_m, to_m, bow_m)) = parts.pop() {
                let ends_m = reach_m(from_m).max(reach_m(to_m));
                best_m = best_m.max(ends_m);
                // The nanometre for rounding stays.
                if ends_m + bow_m > best_m + tolerance_m.max(2e-9) {
                    let middle_m = 0.5 * (from_m + to_m);
                    parts.push((from_m, middle_m, 0.25 * bow_m));
                    parts.push((middle_m, to_m, 0.25 * bow_m));
                }
            }
        }
        best_m
    }

    /// Visits pieces that may lie within a distance of a place, nearer boxes first; the visit tells
    /// how near the next ones must be.
    pub(super) fn near<'a>(
        &'a self,
        place: Place,
        within_m: f64,
        mut visit: impl FnMut(&'a Piece, View) -> f64,
    ) {
        let leaves = self.sides.len() / 2;
        let mut limit_m = within_m;
        let mut limit_m2 = limit_m * limit_m;
        // One waits at each level of the tree, and sixteen million pieces have 24.
        let mut waiting = [(0_usize, 0.0_f64); 64];
        let (mut count, mut node) = (0_usize, 1);
        loop {
            if node < leaves {
                let [left, right] = [2 * node, 2 * node + 1];
                let [left_m2, right_m2] = [left, right].map(|at| self.off_m2(at, place));
                let (near, far) = if left_m2 <= right_m2 {
                    ((left, left_m2), (right, right_m2))
                } else {
                    ((right, right_m2), (left, left_m2))
                };
                if near.1 <= limit_m2 {
                    if far.1 <= limit_m2
                        && let Some(slot) = waiting.get_mut(count)
                    {
                        *slot = far;
                        count += 1;
                    }
                    node = near.0;
                    continue;
                }
            } else if let Some(piece) = self.pieces.get(node - leaves) {
                let view = piece.view(place);
                if view.least_m <= limit_m {
                    limit_m = limit_m.min(visit(piece, view));
                    limit_m2 = limit_m * limit_m;
                }
            }
            loop {
                let Some(before) = count.checked_sub(1) else { return };
                count = before;
                let (next, off_m2) = waiting.get(count).copied().unwrap_or_default();
                if off_m2 <= limit_m2 {
                    node = next;
                    break;
                }
            }
        }
    }

    #[inline]
    fn off_m2(&self, node: usize, [e_m, n_m]: Place) -> f64 {
        let [west, south, east, north] = self.sides.get(node).copied().unwrap_or(EMPTY);
        let off_e_m = (west - e_m).max(e_m - east).max(0.0);
        let off_n_m = (south - n_m).max(n_m - north).max(0.0);
        off_e_m * off_e_m + off_n_m * off_n_m
    }
}

/// Cuts a panel into pieces that bow out little. A curve of length l and no more curvature than k
/// bows out by k l^2 / 8 at most.
fn cut(panel: &Panel, number: u32, pieces: &mut Vec<Piece>) {
    let whole_m = 0.5 * panel.most_curvature_per_m * panel.half_m * panel.half_m;
    let count = (whole_m / MOST_BOW_M).sqrt().ceil().clamp(1.0, MOST_PIECES);
    let step_m = 2.0 * panel.half_m / count;
    // A nanometre for rounding.
    let bow_m = whole_m / (count * count) + 1e-9;
    let place = |at_m: f64| {
        let [e_m, n_m, ..] = panel.at(at_m);
        [e_m, n_m]
    };
    let (mut from_m, mut start, mut done) = (panel.start_m(), place(panel.start_m()), 0.0);
    while done < count {
        done += 1.0;
        let to_m = panel.start_m() + step_m * done;
        let end = place(to_m);
        let chord = [end[0] - start[0], end[1] - start[1]];
        let square = chord[0] * chord[0] + chord[1] * chord[1];
        let per_square = if square > 0.0 { 1.0 / square } else { 0.0 };
        pieces.push(Piece { from_m, to_m, start, chord, per_square, bow_m, panel: number });
        (from_m, start) = (to_m, end);
    }
}

impl Piece {
    fn sides(&self) -> Sides {
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
