//! Edges of the cells' graph where costs go by cells.

use super::around::Around;
use super::goal::Goal;
use super::labels::{CLOSED, Graph, Look, Node};
use super::moves::{STEPS, between};
use super::padded::{Padded, TILE};
use super::{MoveCosts, Neighbours};

/// Costs by cells, for `N` neighbours in a window of `D` rows and columns.
pub(super) struct Isotropic<const N: usize, const D: usize> {
    padded: Padded,
    pub(super) around: Around<D>,
    /// By place in a tile and move: what it adds to a node's number, modulo 2^32.
    offsets: Box<[[u32; N]; TILE]>,
    /// By row of nodes and move: units that a unit of the sum over the cells along costs.
    weights: Vec<[f64; N]>,
}

impl<const N: usize, const D: usize> Isotropic<N, D> {
    pub(super) fn new(
        costs: &MoveCosts<'_>,
        padded: &Padded,
        neighbours: Neighbours,
        units_per_m: f64,
    ) -> Self {
        let cells = costs.cells();
        let of_row = |row: usize| {
            let mut weights = [1.0; N];
            for (number, (slot, &step)) in weights.iter_mut().zip(neighbours.steps()).enumerate() {
                // Ends and cells between, each once; moves of three cells in eighteenths.
                let summed = [2.0, 4.0, 18.0][(number / 8).min(2)];
                let span_m = cells.span_m(padded.cell_row(row), step);
                if span_m.is_finite() {
                    *slot = span_m * units_per_m / summed;
                }
            }
            weights
        };
        let weights = (0..padded.node_rows()).map(of_row).collect();
        let offset = |place: usize, (down, right): (i8, i8)| {
            padded.offset(place, (down.into(), right.into()))
        };
        let offsets =
            std::array::from_fn(|place| std::array::from_fn(|number| offset(place, STEPS[number])));
        Self { padded: *padded, around: Around::new(padded), offsets: Box::new(offsets), weights }
    }

    /// Costs of the moves from a node by what a metre costs there, in the cells they lead to, and in
    /// those along moves of three cells.
    #[inline(always)]
    pub(super) fn edges(
        &self,
        node: u32,
        here: f32,
        there: &[f32; N],
        along: impl Fn((i8, i8)) -> f32,
    ) -> [u32; N] {
        let Some(weights) = self.weights.get(self.padded.row_of(node)) else {
            return [CLOSED; N];
        };
        let mut sums = [0.0; N];
        for number in 0..N.min(8) {
            sums[number] = here + there[number];
        }
        // Grouped so that a move and its reverse come to the same number.
        for number in 8..N.min(16) {
            let Some([a, b]) = between(number) else { continue };
            sums[number] = (here + there[number]) + (there[a] + there[b]);
        }
        for number in 16..N {
            let [heavy, light] = ALONG[number - 16];
            let near = along(heavy[0]) + along(heavy[1]);
            let far = along(light[0]) + along(light[1]);
            sums[number] = 3.0 * (here + there[number]) + (4.0 * near + 2.0 * far);
        }
        // Moves 4 to 7 run between the ends of two of the first four: not if both are closed.
        for (number, [a, b]) in [[0, 2], [1, 3], [1, 2], [0, 3]].into_iter().enumerate() {
            let least = if there[a] < there[b] { there[a] } else { there[b] };
            if least == f32::INFINITY {
                sums[4 + number] = f32::INFINITY;
            }
        }
        let mut edges = [CLOSED; N];
        for number in 0..N {
            edges[number] = whole(f64::from(sums[number]) * weights[number]);
        }
        edges
    }
}

impl<const N: usize, const D: usize> Graph<N> for Isotropic<N, D> {
    type Label = Node;

    #[inline(always)]
    fn look(&self, nodes: &[Node], node: u32) -> Look<N> {
        let around = self.around.of(nodes, node);
        // Each is read once.
        let heads: [Node; N] = std::array::from_fn(|number| around.at(STEPS[number]));
        let there = heads.map(|head| head.ratio);
        let along = |step| around.at(step).ratio;
        Look {
            edges: self.edges(node, along((0, 0)), &there, along),
            known: heads.map(|head| head.cost),
        }
    }

    #[inline(always)]
    fn head(&self, node: u32, number: usize) -> u32 {
        let offsets = &self.offsets[node as usize % TILE];
        node.wrapping_add(offsets.get(number).copied().unwrap_or(0))
    }

    fn tail(&self, node: u32, which: usize) -> (u32, usize) {
        (self.padded.tail(node, which), which)
    }
}

/// Cells along the moves of three cells: two of weight 4 and two of weight 2, the ends weighing 3.
pub(super) const ALONG: [[[(i8, i8); 2]; 2]; 16] = along();

const fn along() -> [[[(i8, i8); 2]; 2]; 16] {
    let mut all = [[[(0, 0); 2]; 2]; 16];
    let mut number = 0;
    while number < 16 {
        let (down, right) = STEPS[16 + number];
        let upright = down.abs() == 3;
        let (long, short) = if upright { (down / 3, right) } else { (right / 3, down) };
        // A third of the way along, a move that is one cell off lies nearer to its start's line.
        let (side, near) = (short.signum(), short - short.signum());
        let places =
            [[(long, near), (2 * long, side)], [(long, side - near), (2 * long, 2 * near)]];
        let mut kind = 0;
        while kind < 4 {
            let (along, across) = places[kind / 2][kind % 2];
            all[number][kind / 2][kind % 2] =
                if upright { (along, across) } else { (across, along) };
            kind += 1;
        }
        number += 1;
    }
    all
}

/// A cost as a whole number; [`CLOSED`] if it is infinite.
#[inline(always)]
fn whole(units: f64) -> u32 {
    // Above 2^52 floats are whole, with the number in their last bits. No other way is done for
    // several numbers at once by every processor.
    const WHOLE: f64 = (1_u64 << 52) as f64;
    let most = f64::from(CLOSED);
    let least = if units < most { units } else { most };
    (least + WHOLE).to_bits() as u32
}

/// The same moves with a bound of what is left.
pub(super) struct Towards<'a, G> {
    pub(super) graph: &'a G,
    pub(super) goal: Goal,
}

impl<const N: usize, G: Graph<N>> Graph<N> for Towards<'_, G> {
    type Label = G::Label;

    #[inline(always)]
    fn look(&self, labels: &[G::Label], node: u32) -> Look<N> {
        self.graph.look(labels, node)
    }

    #[inline(always)]
    fn head(&self, node: u32, number: usize) -> u32 {
        self.graph.head(node, number)
    }

    fn tail(&self, node: u32, which: usize) -> (u32, usize) {
        self.graph.tail(node, which)
    }

    #[inline(always)]
    fn left(&self, node: u32) -> u32 {
        self.goal.left::<N>(node)
    }
}
