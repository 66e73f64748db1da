//! Through what terrain a route runs.

use serde::Serialize;

use super::{CostModel, Node, RoutePoint};
use crate::terrain::{Grid, TerrainClass};

/// Length of a route by the class of the ground along it (see [`TerrainClass`]), tunnels and
/// bridges apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct TerrainLengths {
    /// Open line on flat ground, metres.
    pub flat_m: f64,
    /// Open line on rolling ground, metres.
    pub rolling_m: f64,
    /// Open line on hilly ground, metres.
    pub hilly_m: f64,
    /// Open line in mountains, metres.
    pub mountain_m: f64,
    /// Tunnels and bridges, metres.
    pub structures_m: f64,
    /// Open line at the edge of the terrain and beside voids, where no slope is known, metres.
    pub unknown_m: f64,
    /// Mean slope of the ground along the route, structures too, permille.
    pub mean_slope_permille: f64,
}

impl TerrainLengths {
    /// Half of each piece of a way counts at the ground of either end.
    pub(super) fn along(
        points: &[RoutePoint],
        nodes: &[Node],
        grid: &Grid,
        cost: &CostModel,
    ) -> Self {
        let mut lengths = Self::default();
        let (mut known_m, mut slopes) = (0.0, 0.0);
        let ends = points.iter().zip(nodes);
        for ((a, from), (b, to)) in ends.clone().zip(ends.skip(1)) {
            let half_m = 0.5 * (b.chainage_m - a.chainage_m);
            let above_m = b.height_m - b.ground_m;
            let is_structure = cost.is_tunnel(above_m) || cost.is_bridge(above_m);
            for node in [from, to] {
                let slope_permille = grid.slope_permille(node.row, node.col);
                if let Some(slope_permille) = slope_permille {
                    known_m += half_m;
                    slopes += half_m * slope_permille;
                }
                let class = slope_permille.map(TerrainClass::of_slope);
                *lengths.of_class(class, is_structure) += half_m;
            }
        }
        if known_m > 0.0 {
            lengths.mean_slope_permille = slopes / known_m;
        }
        lengths
    }

    fn of_class(&mut self, class: Option<TerrainClass>, is_structure: bool) -> &mut f64 {
        if is_structure {
            return &mut self.structures_m;
        }
        match class {
            None => &mut self.unknown_m,
            Some(TerrainClass::Flat) => &mut self.flat_m,
            Some(TerrainClass::Rolling) => &mut self.rolling_m,
            Some(TerrainClass::Hilly) => &mut self.hilly_m,
            Some(TerrainClass::Mountain) => &mut self.mountain_m,
        }
    }

    /// The terrain as a whole, by the mean slope along the route.
    #[must_use]
    pub fn class(&self) -> TerrainClass {
        TerrainClass::of_slope(self.mean_slope_permille)
    }
}
