//! Boxes round short pieces of a line, in a tree: where to look for what is near.

use super::leaf::Leaf;
use super::panel::Panel;
use super::piece::{Piece, Place, Sides, cut};

/// Boxes round four leaves or nodes next to one another, rounded outwards. A cache line.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Node {
    west_m: [f32; WIDTH],
    south_m: [f32; WIDTH],
    east_m: [f32; WIDTH],
    north_m: [f32; WIDTH],
}

/// Boxes to a node, and pieces to a leaf.
pub(super) const WIDTH: usize = 4;

/// A tree of boxes over pieces in the order of the line, so that neighbours in the tree are
/// neighbours on the ground.
#[derive(Debug, Clone)]
pub(super) struct Boxes {
    /// Level by level: first the nodes over four leaves each, then those over four nodes each, at
    /// last the root.
    nodes: Vec<Node>,
    /// Where each level begins.
    levels: Vec<usize>,
    leaves: Vec<Leaf>,
    /// From where to where along the line each piece is.
    spans_m: Vec<(f64, f64)>,
}

/// A piece that may be near, as seen from the place.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    /// The number of its panel.
    pub(super) panel: u32,
    piece: u32,
    /// How far along its chord the nearest place is, about.
    share: f64,
    /// It has no place nearer than this.
    pub(super) least_m: f64,
    /// It has one as near as this.
    pub(super) most_m: f64,
}

impl Boxes {
    pub(super) fn new(panels: &[Panel]) -> Self {
        let mut pieces = Vec::with_capacity(2 * panels.len());
        for (number, panel) in (0..).zip(panels) {
            cut(panel, number, &mut pieces);
        }
        let leaves: Vec<Leaf> = pieces.chunks(WIDTH).map(Leaf::new).collect();
        let around = |some: &[Piece]| Node::round(some.iter().map(Piece::sides)).sides();
        let mut below: Vec<Sides> = pieces.chunks(WIDTH).map(around).collect();
        let (mut nodes, mut levels) = (Vec::with_capacity(leaves.len() / 2), Vec::new());
        while below.len() > 1 {
            levels.push(nodes.len());
            let level: Vec<Node> =
                below.chunks(WIDTH).map(|some| Node::round(some.iter().copied())).collect();
            below = level.iter().map(Node::sides).collect();
            nodes.extend(level);
        }
        let spans_m = pieces.iter().map(|piece| (piece.from_m, piece.to_m)).collect();
        Self { nodes, levels, leaves, spans_m }
    }

    /// From where to where along the line a piece is, and where its nearest place is, about.
    pub(super) fn span_m(&self, view: &View) -> Option<((f64, f64), f64)> {
        let (from_m, to_m) = *self.spans_m.get(view.piece as usize)?;
        Some(((from_m, to_m), from_m + view.share * (to_m - from_m)))
    }

    /// Visits pieces that may lie within a distance of a place, nearer boxes first; the visit tells
    /// how near the next ones must be.
    pub(super) fn near(&self, place: Place, within_m: f64, mut visit: impl FnMut(View) -> f64) {
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
            } else if let Some(leaf) = self.leaves.get(now.number as usize) {
                let views = leaf.views(place);
                let nearest = nearest(&views.off_m2);
                // All four, the nearest of them first.
                for at in [nearest, nearest ^ 1, nearest ^ 2, nearest ^ 3] {
                    let least_m = views.least_m[at];
                    if least_m <= limit_m {
                        limit_m = limit_m.min(visit(View {
                            panel: leaf.panel(at),
                            piece: now.number * WIDTH as u32 + at as u32,
                            share: views.share[at],
                            least_m,
                            most_m: views.most_m[at],
                        }));
                    }
                }
                limit_m2 = limit_m * limit_m;
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

/// A node or leaf that is still to be visited.
#[derive(Debug, Clone, Copy, Default)]
struct Waiting {
    off_m2: f64,
    /// 0 for a leaf, 1 for a node over leaves.
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
