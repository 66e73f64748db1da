//! Boxes round short pieces of a line, in a tree: where to look for what is near.

use super::panel::Panel;
use super::piece::{Piece, Place, Sides, View, cut};

/// Boxes round four pieces or nodes next to one another, rounded outwards. A cache line.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Node {
    west_m: [f32; WIDTH],
    south_m: [f32; WIDTH],
    east_m: [f32; WIDTH],
    north_m: [f32; WIDTH],
}

/// Boxes to a node.
const WIDTH: usize = 4;

/// A tree of boxes over pieces in the order of the line, so that neighbours in the tree are
/// neighbours on the ground.
#[derive(Debug, Clone)]
pub(super) struct Boxes {
    /// Level by level: first the nodes over pieces, four each, then those over four nodes each, at
    /// last the root.
    nodes: Vec<Node>,
    /// Where each level begins.
    levels: Vec<usize>,
    pieces: Vec<Piece>,
}

impl Boxes {
    pub(super) fn new(panels: &[Panel]) -> Self {
        let mut pieces = Vec::with_capacity(2 * panels.len());
        for (number, panel) in (0..).zip(panels) {
            cut(panel, number, &mut pieces);
        }
        let (mut nodes, mut levels) = (Vec::with_capacity(pieces.len() / 2), vec![0]);
        nodes.extend(pieces.chunks(WIDTH).map(|some| Node::round(some.iter().map(Piece::sides))));
        let mut from = 0;
        while nodes.len() - from > 1 {
            let to = nodes.len();
            levels.push(to);
            for first in (from..to).step_by(WIDTH) {
                let some = nodes.get(first..to.min(first + WIDTH)).unwrap_or_default();
                nodes.push(Node::round(some.iter().map(Node::sides)));
            }
            from = to;
        }
        Self { nodes, levels, pieces }
    }

    /// How far the line reaches in a direction, a vector of length 1, to a tolerance.
    pub(super) fn farthest(&self, panels: &[Panel], toward: [f64; 2], tolerance_m: f64) -> f64 {
        let mut best_m = f64::NEG_INFINITY;
        let mut parts: Vec<(f64, f64, f64)> = Vec::new();
        for Piece { from_m, to_m, bow_m, panel, .. } in &self.pieces {
            let Some(panel) = panels.get(*panel as usize) else { continue };
            let reach_m = |at_m: f64| {
                let [e_m, n_m] = panel.place_at(at_m);
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
        // Its square is finite, as that of no box that holds nothing is.
        let mut limit_m = within_m.min(1e150);
        let mut limit_m2 = limit_m * limit_m;
        // Three wait at each level of the tree, and sixteen million pieces have twelve.
        let mut waiting = [Waiting::default(); 40];
        let mut count = 0_usize;
        let mut now = Waiting { off_m2: 0.0, level: self.levels.len() as u32, number: 0 };
        loop {
            if let Some(level) = (now.level as usize).checked_sub(1) {
                let first = self.levels.get(level).copied().unwrap_or_default();
                if let Some(node) = self.nodes.get(first + now.number as usize) {
                    let off_m2 = node.off_m2(place);
                    let nearest = nearest(&off_m2);
                    let child = |at: usize| Waiting {
                        off_m2: off_m2[at],
                        level: now.level - 1,
                        number: now.number * WIDTH as u32 + at as u32,
                    };
                    if off_m2[nearest] <= limit_m2 {
                        for (at, &off_m2) in off_m2.iter().enumerate() {
                            if let Some(slot) = waiting.get_mut(count) {
                                *slot = child(at);
                            }
                            count += usize::from(at != nearest && off_m2 <= limit_m2);
                        }
                        now = child(nearest);
                        continue;
                    }
                }
            } else if let Some(piece) = self.pieces.get(now.number as usize) {
                let view = piece.view(place);
                if view.least_m <= limit_m {
                    limit_m = limit_m.min(visit(piece, view));
                    limit_m2 = limit_m * limit_m;
                }
            }
            loop {
                let Some(before) = count.checked_sub(1) else { return };
                count = before;
                now = waiting.get(count).copied().unwrap_or_default();
                if now.off_m2 <= limit_m2 {
                    break;
                }
            }
        }
    }
}

/// Which is least. As they are not negative, their bits are in their order, and integers are
/// compared without a branch; the last bits tell which it is.
#[inline]
fn nearest(off_m2: &[f64; WIDTH]) -> usize {
    let mark = WIDTH as u64 - 1;
    let keys: [u64; WIDTH] = std::array::from_fn(|at| (off_m2[at].to_bits() & !mark) | at as u64);
    (keys.into_iter().fold(u64::MAX, u64::min) & mark) as usize
}

/// A node or piece that is still to be visited.
#[derive(Debug, Clone, Copy, Default)]
struct Waiting {
    off_m2: f64,
    /// 0 for a piece, 1 for a node over pieces.
    level: u32,
    /// Counted from the beginning of its level.
    number: u32,
}

impl Node {
    fn round(sides: impl Iterator<Item = Sides>) -> Self {
        let mut node = Self {
            west_m: [f32::INFINITY; WIDTH],
            south_m: [f32::INFINITY; WIDTH],
            east_m: [f32::NEG_INFINITY; WIDTH],
            north_m: [f32::NEG_INFINITY; WIDTH],
        };
        for (at, [west_m, south_m, east_m, north_m]) in sides.enumerate().take(WIDTH) {
            node.west_m[at] = (west_m as f32).next_down();
            node.south_m[at] = (south_m as f32).next_down();
            node.east_m[at] = (east_m as f32).next_up();
            node.north_m[at] = (north_m as f32).next_up();
        }
        node
    }

    /// Round all four.
    fn sides(&self) -> Sides {
        let least = |sides: [f32; WIDTH]| sides.into_iter().fold(f32::INFINITY, f32::min).into();
        let most = |sides: [f32; WIDTH]| sides.into_iter().fold(f32::NEG_INFINITY, f32::max).into();
        [least(self.west_m), least(self.south_m), most(self.east_m), most(self.north_m)]
    }

    /// The squares of how far a place lies off each box; infinite where there is none.
    #[inline]
    fn off_m2(&self, [e_m, n_m]: Place) -> [f64; WIDTH] {
        std::array::from_fn(|at| {
            let off_e_m =
                (f64::from(self.west_m[at]) - e_m).max(e_m - f64::from(self.east_m[at])).max(0.0);
            let off_n_m =
                (f64::from(self.south_m[at]) - n_m).max(n_m - f64::from(self.north_m[at])).max(0.0);
            off_e_m * off_e_m + off_n_m * off_n_m
        })
    }
}
