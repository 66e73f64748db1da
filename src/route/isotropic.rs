//! Edges of the cells' graph where costs go by cells.

use super::goal::Goal;
use super::labels::{Buckets, CLOSED, Graph, Labels};
use super::move_costs::samples;
use super::moves::between;
use super::padded::Padded;
use super::range::Range;
use super::{MoveCosts, Neighbours};

/// A closed cell's cost of a metre; more than the sum of any open ones.
const SHUT: u32 = 1 << 30;

/// Costs by cells.
pub(super) struct Isotropic<const N: usize> {
    width: usize,
    /// Cost of a metre by node, in fixed point below 2^27; [`SHUT`] where closed.
    ratios: Vec<u32>,
    /// By row of nodes and move: what a unit of the sum over the cells along costs, times 2^32.
    weights: Vec<[u64; N]>,
    offsets: [u32; N],
    /// For moves of three cells: offsets of the cells along them, with weights in sixths of six.
    along: Vec<Vec<(u32, u32)>>,
    /// Whether some cells are closed.
    gaps: bool,
}

impl<const N: usize> Isotropic<N> {
    pub(super) fn new(
        costs: &MoveCosts<'_>,
        padded: &Padded,
        neighbours: Neighbours,
        range: &Range,
        units_per_m: f64,
    ) -> Self {
        let cells = costs.cells();
        let fine = (26.0 - range.dearest_ratio.log2().ceil()).exp2();
        let mut ratios = vec![SHUT; padded.nodes()];
        costs.write_fixed(&mut ratios, padded, fine, SHUT);
        let steps = neighbours.steps();
        let of_row = |row: usize| {
            let mut weights = [0; N];
            for (number, (slot, &step)) in weights.iter_mut().zip(steps).enumerate() {
                // Ends and cells between, each once; moves of three cells in thirty-sixths.
                let summed = [2.0, 4.0, 36.0][(number / 8).min(2)];
                let span_m = cells.span_m(row.min(cells.rows() - 1), step);
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "the dearest move is below 2^30; infinite only into the rim"
                )]
                let weight = (span_m * units_per_m / summed / fine * 2_f64.powi(32)).round() as u64;
                *slot = weight;
            }
            weights
        };
        let rows = (0..u32::try_from(padded.nodes() / padded.width).unwrap_or_default())
            .map(|row| padded.cell(row * u32::try_from(padded.width).unwrap_or_default()).0);
        let weights = rows.map(of_row).collect();
        let mut offsets = [0; N];
        for (slot, &(down, right)) in offsets.iter_mut().zip(steps) {
            *slot = padded.offset(down.into(), right.into());
        }
        let along = steps.iter().skip(16).map(|&(down, right)| {
            let one = |(rows, cols, weight): (isize, isize, f64)| {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a whole number of thirty-sixths"
                )]
                let weight = (36.0 * weight).round() as u32;
                (padded.offset(rows, cols), weight)
            };
            samples(down.into(), right.into()).map(one).collect()
        });
        let along = along.collect();
        let gaps = costs.span().is_some_and(|span| span.gaps);
        Self { width: padded.width, ratios, weights, offsets, along, gaps }
    }

    /// Whether each node is closed; those of the rim are.
    pub(super) fn closed(&self) -> impl ExactSizeIterator<Item = bool> {
        self.ratios.iter().map(|ratio| *ratio == SHUT)
    }

    /// What a move adds to a node's number, modulo 2^32.
    #[inline]
    pub(super) fn offset(&self, number: usize) -> u32 {
        self.offsets.get(number).copied().unwrap_or(0)
    }

    /// Labels of all that can be reached, or until the last is final; and how many were settled.
    pub(super) fn spread(
        &self,
        goal: Option<Goal>,
        buckets: Buckets,
        first: &[u32],
        last: &[u32],
    ) -> (Labels, usize) {
        let mut labels = Labels::new(self.closed());
        let settled_count = match goal {
            Some(goal) => labels.spread(&Towards { kernel: self, goal }, buckets, first, last),
            None => labels.spread(self, buckets, first, last),
        };
        (labels, settled_count)
    }
}

impl<const N: usize> Graph<N> for Isotropic<N> {
    #[inline]
    fn edges(&self, node: u32) -> [u32; N] {
        let shut = [CLOSED; N];
        let (Some(weights), Some(&here)) =
            (self.weights.get(node as usize / self.width), self.ratios.get(node as usize))
        else {
            return shut;
        };
        let there = self.around(&self.ratios, node);
        let mut costs = shut;
        for number in 0..N.min(8) {
            costs[number] = whole(u64::from(here + there[number]), weights[number]);
        }
        for number in 8..N.min(16) {
            let Some([a, b]) = between(number) else { continue };
            let sum = here + there[number] + there[a] + there[b];
            costs[number] =
                if sum < SHUT { whole(u64::from(sum), weights[number]) } else { CLOSED };
        }
        for (number, along) in self.along.iter().enumerate() {
            let mut sum = 0;
            let mut dearest = 0;
            for (by, weight) in along {
                let at = node.wrapping_add(*by) as usize;
                let ratio = self.ratios.get(at).copied().unwrap_or(SHUT);
                sum += u64::from(*weight) * u64::from(ratio);
                dearest = ratio.max(dearest);
            }
            costs[16 + number] =
                if dearest < SHUT { whole(sum, weights[16 + number]) } else { CLOSED };
        }
        if self.gaps {
            // Moves 4 to 7 run between the ends of these.
            for (number, [a, b]) in [(4, [0, 2]), (5, [1, 3]), (6, [1, 2]), (7, [0, 3])] {
                if there[a].min(there[b]) == SHUT {
                    costs[number] = CLOSED;
                }
            }
        }
        costs
    }

    #[inline]
    fn head(&self, node: u32, number: usize) -> u32 {
        node.wrapping_add(self.offset(number))
    }

    #[inline]
    fn around(&self, values: &[u32], node: u32) -> [u32; N] {
        let mut found = [0; N];
        let node = node as usize;
        // Row by row, so that many neighbours take one check.
        let three = |at: usize| values.get(at.wrapping_sub(1)..)?.first_chunk::<3>();
        let (up, down) = (node.wrapping_sub(self.width), node + self.width);
        let (Some(above), Some(beside), Some(below)) = (three(up), three(node), three(down)) else {
            return found;
        };
        found[..8].copy_from_slice(&[
            beside[2], beside[0], below[1], above[1], below[2], above[0], below[0], above[2],
        ]);
        for (slot, by) in found.iter_mut().zip(self.offsets).skip(8) {
            let at = node.wrapping_add(by.cast_signed() as usize);
            *slot = values.get(at).copied().unwrap_or(0);
        }
        found
    }
}

/// The same moves with a bound of what is left.
struct Towards<'a, const N: usize> {
    kernel: &'a Isotropic<N>,
    goal: Goal,
}

impl<const N: usize> Graph<N> for Towards<'_, N> {
    #[inline]
    fn edges(&self, node: u32) -> [u32; N] {
        self.kernel.edges(node)
    }

    #[inline]
    fn head(&self, node: u32, number: usize) -> u32 {
        self.kernel.head(node, number)
    }

    #[inline]
    fn around(&self, values: &[u32], node: u32) -> [u32; N] {
        self.kernel.around(values, node)
    }

    #[inline]
    fn left(&self, node: u32) -> u32 {
        self.goal.left(node)
    }
}

/// A sum of costs of a metre times the weight of one, rounded.
#[inline]
fn whole(sum: u64, weight: u64) -> u32 {
    let units = ((sum.wrapping_mul(weight).wrapping_add(1 << 31)) >> 32) as u32;
    units & CLOSED
}
