//! What a metre of line costs by its height above the ground.

use super::{CostPoint, CostSet, HeightCost, Section, Works};
use crate::error::Result;
use crate::model::{CostItem, UnitCosts};
use crate::terrain::TerrainClass;

/// Heights at which the cost of earthworks is taken exactly; straight between them. They lie closer
/// where lines mostly run.
const HEIGHTS_M: [f64; 14] =
    [0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 20.0, 30.0, 50.0];

/// A tunnel lies no deeper. Deeper ones would be as dear, but the convex cost below all ways, with
/// which bounds are computed, falls the lower the deeper they may lie.
const DEEPEST_M: f64 = 500.0;

/// Dollars a metre of line, by its height above the ground, in one class of terrain.
#[derive(Debug, Clone, PartialEq)]
pub struct WayCost {
    /// The cross-section of the formation.
    pub section: Section,
    /// A cubic metre of cut.
    pub cut_usd_per_m3: f64,
    /// A cubic metre of fill.
    pub fill_usd_per_m3: f64,
    /// A square metre of land.
    pub land_usd_per_m2: f64,
    /// Land beside the toes.
    pub margin_m: f64,
    /// A metre of bridge, and what each metre of its height adds.
    pub bridge_usd_per_m: [f64; 2],
    /// A metre of tunnel.
    pub tunnel_usd_per_m: f64,
    /// A metre of all that does not depend on the height.
    pub line_usd_per_m: f64,
    /// What stands, and from where structures are possible: fill, cut, bridge from and to, tunnel.
    caps_m: [f64; 5],
}

impl WayCost {
    /// The cost in a class of terrain under some rates. A cubic metre of cut that makes a fill
    /// costs cutting and placing; `earth_usd_per_m3` is what a cubic metre of earth is worth along
    /// the line: between what borrowing one costs, and less than nothing if it must be wasted.
    ///
    /// # Errors
    ///
    /// Those of [`Section::new`].
    pub fn new(costs: &UnitCosts, class: TerrainClass, earth_usd_per_m3: f64) -> Result<Self> {
        let ground = &costs.ground;
        let section = Section::new(
            ground.formation_width_m,
            ground.fill_slope_ratio,
            ground.cut_slope_ratio,
        )?;
        let rate = |item| costs.rate(item);
        let rock_ratio = ground.rock_ratio.get(class as usize).copied().unwrap_or_default();
        let cut =
            rate(CostItem::CutRock) * rock_ratio + rate(CostItem::CutSoil) * (1.0 - rock_ratio);
        let line_usd_per_km = rate(CostItem::Track)
            + rate(CostItem::Signalling)
            + rate(CostItem::Power)
            + rate(CostItem::Clearance)
            + rate(CostItem::Culvert) * ground.culverts_per_km;
        Ok(Self {
            section,
            cut_usd_per_m3: (cut - earth_usd_per_m3 * ground.fill_of_cut_ratio).max(0.0),
            fill_usd_per_m3: (rate(CostItem::Fill) + earth_usd_per_m3).max(0.0),
            land_usd_per_m2: rate(CostItem::Land),
            margin_m: ground.margin_m,
            bridge_usd_per_m: [rate(CostItem::Bridge), rate(CostItem::BridgeHeight)],
            tunnel_usd_per_m: rate(CostItem::Tunnel),
            line_usd_per_m: line_usd_per_km / 1000.0,
            caps_m: [
                ground.most_fill_m,
                ground.most_cut_m,
                ground.least_bridge_height_m,
                ground.most_bridge_height_m,
                ground.least_tunnel_depth_m,
            ],
        })
    }

    /// Earthworks and land at a height, without the line itself.
    #[must_use]
    pub fn earthworks_usd_per_m(&self, above_ground_m: f64) -> f64 {
        let earth = if above_ground_m < 0.0 {
            self.cut_usd_per_m3 * self.section.cut_area_m2(-above_ground_m)
        } else {
            self.fill_usd_per_m3 * self.section.fill_area_m2(above_ground_m)
        };
        let width_m = self.section.land_width_m(above_ground_m) + self.margin_m;
        earth + self.land_usd_per_m2 * width_m
    }

    /// A bridge of a height.
    #[must_use]
    pub fn bridge_usd_per_m(&self, above_ground_m: f64) -> f64 {
        let [base, by_height] = self.bridge_usd_per_m;
        base + by_height * above_ground_m
    }

    /// The cheapest way to build a metre of line at a height, the line itself included. Where
    /// nothing stands or fits, the nearest that does is taken, and grows dearer with what is
    /// missing.
    #[must_use]
    pub fn usd_per_m(&self, above_ground_m: f64) -> f64 {
        let [most_fill_m, most_cut_m, low_bridge_m, high_bridge_m, tunnel_m] = self.caps_m;
        let h = above_ground_m;
        let stands_m = h.clamp(-most_cut_m, most_fill_m);
        let beyond_m = (h - stands_m).abs();
        let mut usd_per_m = self.earthworks_usd_per_m(stands_m) + 1000.0 * beyond_m;
        if h >= low_bridge_m {
            let over_m = (h - high_bridge_m).max(0.0);
            usd_per_m = usd_per_m.min(self.bridge_usd_per_m(h) + 1000.0 * over_m);
        }
        if h <= -tunnel_m {
            usd_per_m = usd_per_m.min(self.tunnel_usd_per_m);
        }
        self.line_usd_per_m + usd_per_m
    }

    /// One convex cost in place of all ways: earthworks as far as they stand, and beyond that a
    /// straight line to what structures cost at twice that height. It is dearer than deep tunnels
    /// are and cheaper than shallow ones, but unlike the greatest convex cost below all ways it
    /// does not make every cut a tunnel.
    #[must_use]
    pub fn stand_in(&self) -> CostSet {
        let [most_fill_m, most_cut_m, ..] = self.caps_m;
        let mut set = self.set();
        set.ways.truncate(1);
        if let Some(earth) = set.ways.first_mut() {
            let beyond = |cap_m: f64, structure_usd: f64, earth_usd: f64, slope: f64| {
                ((structure_usd - earth_usd) / cap_m).max(slope)
            };
            let cut_usd = self.earthworks_usd_per_m(-most_cut_m);
            let cut_slope = cut_usd - self.earthworks_usd_per_m(1.0 - most_cut_m);
            let cut_slope = beyond(most_cut_m, self.tunnel_usd_per_m, cut_usd, cut_slope);
            let fill_usd = self.earthworks_usd_per_m(most_fill_m);
            let fill_slope = fill_usd - self.earthworks_usd_per_m(most_fill_m - 1.0);
            let bridge_usd = self.bridge_usd_per_m(2.0 * most_fill_m);
            let fill_slope = beyond(most_fill_m, bridge_usd, fill_usd, fill_slope);
            let far_m = 2.0 * DEEPEST_M;
            let low = CostPoint {
                height_m: -most_cut_m - far_m,
                cost_usd_per_m: cut_usd + cut_slope * far_m,
            };
            let high = CostPoint {
                height_m: most_fill_m + far_m,
                cost_usd_per_m: fill_usd + fill_slope * far_m,
            };
            earth.points.insert(0, low);
            earth.points.push(high);
        }
        set
    }

    /// The ways to build here, for the search of a profile; without the line itself.
    #[must_use]
    pub fn set(&self) -> CostSet {
        let [most_fill_m, most_cut_m, low_bridge_m, high_bridge_m, tunnel_m] = self.caps_m;
        let point = |height_m, cost_usd_per_m| CostPoint { height_m, cost_usd_per_m };
        let mut points = Vec::new();
        let heights = |most_m: f64| {
            let inner = HEIGHTS_M.into_iter().filter(move |height_m| *height_m < most_m);
            inner.chain([most_m])
        };
        let cuts: Vec<f64> = heights(most_cut_m).filter(|depth_m| *depth_m > 0.0).collect();
        for depth_m in cuts.into_iter().rev() {
            points.push(point(-depth_m, self.earthworks_usd_per_m(-depth_m)));
        }
        for height_m in heights(most_fill_m) {
            points.push(point(height_m, self.earthworks_usd_per_m(height_m)));
        }
        let mut ways = vec![HeightCost { works: Works::Earthworks, points }];
        let high_m = high_bridge_m.max(low_bridge_m + 1e-3);
        let bridge =
            [low_bridge_m, high_m].map(|height_m| point(height_m, self.bridge_usd_per_m(height_m)));
        ways.push(HeightCost { works: Works::Bridge, points: bridge.to_vec() });
        let tunnel = [-DEEPEST_M, -tunnel_m].map(|height_m| point(height_m, self.tunnel_usd_per_m));
        ways.push(HeightCost { works: Works::Tunnel, points: tunnel.to_vec() });
        CostSet { ways }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat() -> WayCost {
        WayCost::new(&UnitCosts::builtin().unwrap(), TerrainClass::Flat, 0.0).unwrap()
    }

    #[test]
    fn a_fill_of_four_metres_is_52_square_metres_of_earth() {
        let cost = flat();
        // 7.6 x 4 + 1.5 x 16 = 54.4 m2 at 2 dollars, 29.6 m of land at 0.3.
        let expected = 54.4 * 2.0 + (7.6 + 12.0 + 10.0) * 0.3;
        assert!((cost.earthworks_usd_per_m(4.0) - expected).abs() < 1e-9);
        // 420 + 90 + 25 + 20 dollars a metre, and 0.47 culverts of 60 dollars a metre of line.
        assert!((cost.line_usd_per_m - 583.2).abs() < 1e-9);
    }

    #[test]
    fn the_cheapest_way_is_a_tunnel_deep_down_and_a_bridge_high_up() {
        let cost = flat();
        let line = cost.line_usd_per_m;
        assert_eq!(cost.usd_per_m(-400.0), line + 12_000.0);
        assert_eq!(cost.usd_per_m(60.0), line + 14_000.0 + 450.0 * 60.0);
        assert_eq!(cost.usd_per_m(2.0), line + cost.earthworks_usd_per_m(2.0));
        // Between the highest fill and where bridges pay nothing is free.
        assert!(cost.usd_per_m(21.0) > cost.usd_per_m(20.0));
    }

    #[test]
    fn the_ways_are_convex_and_no_dearer_than_they_are() {
        let cost = flat();
        for way in cost.set().ways {
            let slopes: Vec<f64> = way
                .points
                .windows(2)
                .map(|pair| {
                    (pair[1].cost_usd_per_m - pair[0].cost_usd_per_m)
                        / (pair[1].height_m - pair[0].height_m)
                })
                .collect();
            assert!(slopes.is_sorted_by(|a, b| *a <= *b + 1e-9), "{:?} {slopes:?}", way.works);
            if way.works == Works::Earthworks {
                for point in &way.points {
                    let exact = cost.earthworks_usd_per_m(point.height_m);
                    assert!((point.cost_usd_per_m - exact).abs() < 1e-9);
                }
            }
        }
    }
}
