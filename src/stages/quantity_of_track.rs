//! How much there is to build on a designed line.

use super::SegmentQuantities;
use super::quantity::{Quantities, QuantityRange, What};
use super::segment_costs::{SegmentCosts, at_stations};
use crate::design::{Track, TrackPoint, Works};
use crate::model::CostItem;

/// Earth is told by stretches no shorter than this, if the ground does not change before.
const STRETCH_M: f64 = 1000.0;

impl SegmentQuantities {
    /// What a designed line takes: open line by its ground, earth where it is dug, bridges and
    /// tunnels with their places, culverts as its bill counts them, stations and turnouts at its ends
    /// and loops; and what all that costs.
    #[must_use]
    pub fn of_track(track: &Track) -> Self {
        let mut ranges: Vec<QuantityRange> = Vec::new();
        let mut last = None;
        let steps = track.points.iter().zip(track.points.iter().skip(1));
        for (a, b) in steps {
            // Ground and structures change midway.
            let middle_m = 0.5 * (a.distance_m + b.distance_m);
            for (point, from_m, to_m) in [(a, a.distance_m, middle_m), (b, middle_m, b.distance_m)]
            {
                let what = what(point);
                let is_long =
                    ranges.last().is_some_and(|range| range.to_m - range.from_m >= STRETCH_M);
                if last != Some(what) || is_long {
                    ranges.push(QuantityRange { from_m, ..QuantityRange::default() });
                    last = Some(what);
                }
                let Some(range) = ranges.last_mut() else { continue };
                range.to_m = to_m;
                range.amounts.earth_m3 += 0.5 * (a.earth.cut_m3 + a.earth.fill_m3);
                // The bill has bridges over streams too.
                if let What::Open(_) = what {
                    *what.part_of(&mut range.amounts) += to_m - from_m;
                }
            }
        }
        let length_m = track.length_m();
        for row in &track.bill.rows {
            let mut amounts = Quantities::default();
            match row.item {
                CostItem::Bridge => amounts.bridge_m = row.amount,
                CostItem::Tunnel => amounts.tunnel_m = row.amount,
                CostItem::Culvert => amounts.culvert_count = row.amount,
                _ => continue,
            }
            let (from_m, to_m) = (row.from_m.max(0.0), row.to_m.min(length_m));
            ranges.push(QuantityRange { from_m, to_m, amounts });
        }
        for (at_m, share) in at_stations(track) {
            let amounts = Quantities {
                station_count: share * track.bill.amount(CostItem::Station),
                turnout_count: share * track.bill.amount(CostItem::Turnout),
                ..Quantities::default()
            };
            ranges.push(QuantityRange { from_m: at_m, to_m: at_m, amounts });
        }
        let costs = Some(SegmentCosts::of_track(track));
        Self { segment: track.segment.clone(), length_m, ranges, costs }
    }
}

fn what(point: &TrackPoint) -> What {
    match point.works {
        Works::Earthworks => What::Open(point.class),
        Works::Bridge => What::Bridge,
        Works::Tunnel => What::Tunnel,
    }
}
