//! Edges of the cells' graph where climbing costs more than descending.

use super::climb::Climb;
use super::isotropic::{ALONG, Isotropic};
use super::labels::{CLOSED, Graph, Look, Node};
use super::moves::{STEPS, between};
use super::padded::Padded;

/// Heights of the nodes, and what climb costs.
pub(super) struct Slope {
    heights_m: Vec<f32>,
    up_units_per_m: f64,
    down_units_per_m: f64,
}

impl Slope {
    pub(super) fn new(climb: &Climb, padded: &Padded, units_per_m: f64) -> Self {
        Self {
            heights_m: padded.laid(0.0, climb.heights_m.iter().copied()),
            up_units_per_m: climb.up_ratio * units_per_m,
            down_units_per_m: climb.down_ratio * units_per_m,
        }
    }
}

/// Costs by cells and by climb.
pub(super) struct Sloped<'a, const N: usize, const D: usize> {
    pub(super) level: &'a Isotropic<N, D>,
    pub(super) slope: &'a Slope,
    /// Whether all moves are made the other way.
    pub(super) reversed: bool,
}

impl<const N: usize, const D: usize> Graph<N> for Sloped<'_, N, D> {
    type Label = Node;

    #[inline(always)]
    fn look(&self, nodes: &[Node], node: u32) -> Look<N> {
        let mut look = self.level.look(nodes, node);
        let heights_m = self.level.around.of(&self.slope.heights_m, node);
        let height_m = |step: (i8, i8)| f64::from(heights_m.at(step));
        let here_m = height_m((0, 0));
        let (up, down) = match self.reversed {
            false => (self.slope.up_units_per_m, self.slope.down_units_per_m),
            true => (self.slope.down_units_per_m, self.slope.up_units_per_m),
        };
        let price = |rise_m: f64| if rise_m > 0.0 { rise_m * up } else { -rise_m * down };
        for number in 0..N {
            let there_m = height_m(STEPS[number]);
            let units = if let Some([a, b]) = between(number) {
                let middle_m = 0.5 * (height_m(STEPS[a]) + height_m(STEPS[b]));
                price(middle_m - here_m) + price(there_m - middle_m)
            } else if number >= 16 {
                let [near, far] = ALONG[number - 16];
                let third =
                    |place: usize| (2.0 * height_m(near[place]) + height_m(far[place])) / 3.0;
                let (first_m, second_m) = (third(0), third(1));
                // The outer two together, so that both ways come to the same number.
                (price(first_m - here_m) + price(there_m - second_m)) + price(second_m - first_m)
            } else {
                price(there_m - here_m)
            };
            // Below 2^31 each.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "saturates"
            )]
            let units = (units + 0.5) as u32;
            look.edges[number] = look.edges[number].saturating_add(units).min(CLOSED);
        }
        look
    }

    #[inline(always)]
    fn head(&self, node: u32, number: usize) -> u32 {
        self.level.head(node, number)
    }

    fn tail(&self, node: u32, which: usize) -> (u32, usize) {
        self.level.tail(node, which)
    }
}
