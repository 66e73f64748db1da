//! A segment's line cut into lots, each with its terrain and structures.

use crate::route::{CostModel, SegmentRoute};
use crate::terrain::{Grid, TerrainClass};

use super::WorkRate;

/// A part of a segment's line that is built as one.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Lot {
    /// Where it begins, metres from the first station of the segment, along the line as built.
    pub from_m: f64,
    /// Where it ends, metres.
    pub to_m: f64,
    /// Open line on flat ground and where no slope is known, metres.
    pub flat_m: f64,
    /// Open line on rolling ground, metres.
    pub rolling_m: f64,
    /// Open line on hilly ground, metres.
    pub hilly_m: f64,
    /// Open line in mountains, metres.
    pub mountain_m: f64,
    /// Bridges and tunnels, metres.
    pub structures_m: f64,
}

impl Lot {
    /// Its length, metres.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.to_m - self.from_m
    }

    /// Working days that one crew needs for the open line of the lot: the sum of length / rate.
    #[must_use]
    pub fn open_line_days(&self, rate: &WorkRate) -> f64 {
        let parts = [
            (self.flat_m, TerrainClass::Flat),
            (self.rolling_m, TerrainClass::Rolling),
            (self.hilly_m, TerrainClass::Hilly),
            (self.mountain_m, TerrainClass::Mountain),
        ];
        parts.iter().map(|(part_m, class)| part_m / rate.rate_m_per_day(*class)).sum()
    }

    /// Working days for the whole lot, structures at the rate of flat ground.
    #[must_use]
    pub fn all_days(&self, rate: &WorkRate) -> f64 {
        self.open_line_days(rate) + self.structures_m / rate.rate_m_per_day(TerrainClass::Flat)
    }

    fn of_class(&mut self, class: Option<TerrainClass>, is_structure: bool) -> &mut f64 {
        if is_structure {
            return &mut self.structures_m;
        }
        match class {
            Some(TerrainClass::Rolling) => &mut self.rolling_m,
            Some(TerrainClass::Hilly) => &mut self.hilly_m,
            Some(TerrainClass::Mountain) => &mut self.mountain_m,
            Some(TerrainClass::Flat) | None => &mut self.flat_m,
        }
    }
}

/// The lots of a route, equally long and no longer than this.
///
/// The route is stretched to the length that is expected as built: curves and stations that the
/// terrain does not hold lie everywhere alike.
pub(super) fn lots(route: &SegmentRoute, grid: &Grid, cost: &CostModel, most_m: f64) -> Vec<Lot> {
    let built_m = route.figures.built_length.expected_m;
    let stretch = if route.length_m > 0.0 { built_m / route.length_m } else { 1.0 };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
    let count = (built_m / most_m).ceil().clamp(1.0, 10_000.0) as usize;
    #[expect(clippy::cast_precision_loss, reason = "10,000 at most")]
    let each_m = built_m / count as f64;
    #[expect(clippy::cast_precision_loss, reason = "10,000 at most")]
    let mut lots: Vec<Lot> = (0..count)
        .map(|place| Lot {
            from_m: each_m * place as f64,
            to_m: each_m * (place + 1) as f64,
            ..Lot::default()
        })
        .collect();
    for (a, b) in route.points.iter().zip(route.points.iter().skip(1)) {
        let above_m = b.height_m - b.ground_m;
        let is_structure = cost.is_tunnel(above_m) || cost.is_bridge(above_m);
        let class = grid
            .nearest(b.place)
            .and_then(|(row, col)| grid.slope_permille(row, col))
            .map(TerrainClass::of_slope);
        let piece = (a.chainage_m * stretch, b.chainage_m * stretch);
        // A piece may lie in several lots.
        for lot in &mut lots {
            let inside_m = piece.1.min(lot.to_m) - piece.0.max(lot.from_m);
            if inside_m > 0.0 {
                *lot.of_class(class, is_structure) += inside_m;
            }
        }
    }
    lots
}
