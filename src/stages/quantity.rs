//! How much there is to build on each stretch of a line, wherever that is known from.

use serde::{Deserialize, Serialize};

use super::{Lot, SegmentCosts, WorkRates};
use crate::error::{Result, within};
use crate::route::{CostModel, SegmentRoute};
use crate::terrain::{Grid, TerrainClass};

/// How much there is of everything that is built along a line, each in its unit; or how much of it
/// one crew does in a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Quantities {
    /// Open line on flat ground and where no slope is known, metres.
    pub flat_m: f64,
    /// Open line on rolling ground, metres.
    pub rolling_m: f64,
    /// Open line on hilly ground, metres.
    pub hilly_m: f64,
    /// Open line in mountains, metres.
    pub mountain_m: f64,
    /// Bridges and viaducts, metres of line.
    pub bridge_m: f64,
    /// Tunnels, metres of line.
    pub tunnel_m: f64,
    /// Culverts.
    pub culvert_count: f64,
    /// Stations and crossing loops.
    pub station_count: f64,
    /// Turnouts.
    pub turnout_count: f64,
    /// Cut and fill, cubic metres. Where a design gives them, whoever has a rate for earth does not
    /// count open line by its ground.
    pub earth_m3: f64,
}

/// What each part of [`Quantities`] is called, in their order.
const NAMES: [&str; 10] = [
    "flat_m",
    "rolling_m",
    "hilly_m",
    "mountain_m",
    "bridge_m",
    "tunnel_m",
    "culvert_count",
    "station_count",
    "turnout_count",
    "earth_m3",
];

impl Quantities {
    /// The same for every metre of line, whatever the ground and whatever carries it.
    #[must_use]
    pub fn of_line(line_m: f64) -> Self {
        Self {
            flat_m: line_m,
            rolling_m: line_m,
            hilly_m: line_m,
            mountain_m: line_m,
            bridge_m: line_m,
            tunnel_m: line_m,
            ..Self::default()
        }
    }

    fn parts(&self) -> [f64; 10] {
        [
            self.flat_m,
            self.rolling_m,
            self.hilly_m,
            self.mountain_m,
            self.bridge_m,
            self.tunnel_m,
            self.culvert_count,
            self.station_count,
            self.turnout_count,
            self.earth_m3,
        ]
    }

    fn parts_mut(&mut self) -> [&mut f64; 10] {
        [
            &mut self.flat_m,
            &mut self.rolling_m,
            &mut self.hilly_m,
            &mut self.mountain_m,
            &mut self.bridge_m,
            &mut self.tunnel_m,
            &mut self.culvert_count,
            &mut self.station_count,
            &mut self.turnout_count,
            &mut self.earth_m3,
        ]
    }

    /// Each part that is not 0, by its name.
    pub(super) fn named(&self) -> impl Iterator<Item = (&'static str, f64)> {
        NAMES.into_iter().zip(self.parts()).filter(|(_, part)| *part != 0.0)
    }

    /// The part of this name, to be set.
    pub(super) fn of_name(&mut self, name: &str) -> Option<&mut f64> {
        NAMES.iter().zip(self.parts_mut()).find(|(known, _)| **known == name).map(|(_, part)| part)
    }

    /// Open line, metres.
    #[must_use]
    pub fn open_line_m(&self) -> f64 {
        self.flat_m + self.rolling_m + self.hilly_m + self.mountain_m
    }

    /// Working days for all of this at so much of each a day: the sum of amount / rate. What has a
    /// rate of 0 is no part of the work.
    ///
    /// ```
    /// use railcorridor::stages::Quantities;
    ///
    /// let amounts = Quantities { flat_m: 10_000.0, culvert_count: 5.0, ..Quantities::default() };
    /// let per_day = Quantities { flat_m: 500.0, culvert_count: 0.25, ..Quantities::default() };
    /// // 20 days of line and 20 of culverts.
    /// assert_eq!(amounts.duration_days(&per_day), 40.0);
    /// ```
    #[must_use]
    pub fn duration_days(&self, per_day: &Self) -> f64 {
        let is_earth_counted = self.earth_m3 > 0.0 && per_day.earth_m3 > 0.0;
        let rates = per_day.parts();
        let days = self.parts().into_iter().zip(rates).enumerate().map(|(place, (part, rate))| {
            let is_ground = place < 4;
            if rate > 0.0 && !(is_ground && is_earth_counted) { part / rate } else { 0.0 }
        });
        days.sum()
    }

    /// Adds a share of other amounts.
    pub(super) fn add(&mut self, other: &Self, share: f64) {
        for (own, part) in self.parts_mut().into_iter().zip(other.parts()) {
            *own += share * part;
        }
    }

    /// Refuses parts that are no amounts, or beyond this.
    pub(super) fn check(&self, of: &str, most: f64) -> Result<()> {
        for (name, part) in NAMES.iter().zip(self.parts()) {
            within(|| format!("{name} of {of}"), part, (0.0, most), "an amount")?;
        }
        Ok(())
    }
}

/// How much there is on one stretch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuantityRange {
    /// Where it begins, metres from the first station of the segment, along the line as built.
    pub from_m: f64,
    /// Where it ends, metres; the same as `from_m` for what stands in one place.
    pub to_m: f64,
    /// What is there, spread evenly.
    pub amounts: Quantities,
}

/// How much there is to build on a segment: of a route of the search, or of a designed track.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentQuantities {
    /// Id of the segment.
    pub segment: String,
    /// Its length, metres along the line as built.
    pub length_m: f64,
    /// What there is, in any order; ranges may overlap.
    pub ranges: Vec<QuantityRange>,
    /// What it costs, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub costs: Option<SegmentCosts>,
}

impl SegmentQuantities {
    /// What a route of the search tells: open line by the ground that it crosses, bridges and
    /// tunnels where the search goes high or deep enough; culverts, stations and turnouts by the
    /// densities of the rates.
    ///
    /// The route is stretched to the length that is expected as built: curves and stations that the
    /// terrain does not hold lie everywhere alike.
    #[must_use]
    pub fn of_route(
        route: &SegmentRoute,
        grid: &Grid,
        cost: &CostModel,
        rates: &WorkRates,
    ) -> Self {
        let length_m = route.figures.built_length.expected_m;
        let stretch = if route.length_m > 0.0 { length_m / route.length_m } else { 1.0 };
        let mut ranges: Vec<QuantityRange> = Vec::new();
        let mut last = None;
        for (a, b) in route.points.iter().zip(route.points.iter().skip(1)) {
            let above_m = b.height_m - b.ground_m;
            let what = if cost.is_tunnel(above_m) {
                What::Tunnel
            } else if cost.is_bridge(above_m) {
                What::Bridge
            } else {
                let at = grid.nearest(b.place);
                let slope = at.and_then(|(row, col)| grid.slope_permille(row, col));
                What::Open(slope.map_or(TerrainClass::Flat, TerrainClass::of_slope))
            };
            let (from_m, to_m) = (a.chainage_m * stretch, b.chainage_m * stretch);
            if last != Some(what) {
                ranges.push(QuantityRange { from_m, ..QuantityRange::default() });
                last = Some(what);
            }
            if let Some(range) = ranges.last_mut() {
                range.to_m = to_m;
                *what.part_of(&mut range.amounts) += to_m - from_m;
            }
        }
        for range in &mut ranges {
            rates.add_by_density(&mut range.amounts, range.to_m - range.from_m);
        }
        Self { segment: route.segment.clone(), length_m, ranges, costs: None }
    }

    /// Equally long lots, none longer than this.
    ///
    /// # Errors
    /// [`OutOfRange`](crate::Error::OutOfRange) for a range outside of the segment and for amounts
    /// below 0.
    pub fn lots(&self, longest_m: f64) -> Result<Vec<Lot>> {
        let of = |what: &str| format!("{what} of the quantities of {}", self.segment);
        within(|| of("length_m"), self.length_m, (0.0, 1e8), "metres along the line")?;
        within(|| "longest_lot_m".to_owned(), longest_m, (100.0, 1e8), "metres of a lot")?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
        let count = (self.length_m / longest_m).ceil().clamp(1.0, 10_000.0) as usize;
        #[expect(clippy::cast_precision_loss, reason = "10,000 at most")]
        let each_m = self.length_m / count as f64;
        #[expect(clippy::cast_precision_loss, reason = "10,000 at most")]
        let mut lots: Vec<Lot> = (0..count)
            .map(|place| Lot {
                from_m: each_m * place as f64,
                to_m: each_m * (place + 1) as f64,
                amounts: Quantities::default(),
            })
            .collect();
        if let Some(costs) = &self.costs {
            costs.check(&self.segment, self.length_m)?;
        }
        // A millimetre for sums that were rounded.
        let most_m = self.length_m + 1e-3;
        for range in &self.ranges {
            within(|| of("from_m"), range.from_m, (-1e-3, most_m), "within the segment")?;
            within(|| of("to_m"), range.to_m, (range.from_m, most_m), "from_m to the end")?;
            range.amounts.check(&of("a range"), 1e12)?;
            range.share_among(&mut lots, each_m);
        }
        Ok(lots)
    }
}

impl QuantityRange {
    /// Gives each lot what lies in it.
    fn share_among(&self, lots: &mut [Lot], each_m: f64) {
        let last = lots.len().saturating_sub(1);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let place =
            |m: f64| if each_m > 0.0 { ((m / each_m).max(0.0) as usize).min(last) } else { 0 };
        let (first, end) = (place(self.from_m), place(self.to_m));
        let length_m = self.to_m - self.from_m;
        for (place, lot) in lots.iter_mut().enumerate().take(end + 1).skip(first) {
            // The ends belong to the lots at the ends, however they were rounded.
            let from_m = if place == first { self.from_m } else { lot.from_m };
            let to_m = if place == end { self.to_m } else { lot.to_m };
            let share = if length_m > 0.0 { (to_m - from_m) / length_m } else { 1.0 };
            lot.amounts.add(&self.amounts, share.max(0.0));
        }
    }
}

/// What a stretch of a route is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Open(TerrainClass),
    Bridge,
    Tunnel,
}

impl What {
    pub(super) fn part_of(self, amounts: &mut Quantities) -> &mut f64 {
        match self {
            Self::Open(TerrainClass::Flat) => &mut amounts.flat_m,
            Self::Open(TerrainClass::Rolling) => &mut amounts.rolling_m,
            Self::Open(TerrainClass::Hilly) => &mut amounts.hilly_m,
            Self::Open(TerrainClass::Mountain) => &mut amounts.mountain_m,
            Self::Bridge => &mut amounts.bridge_m,
            Self::Tunnel => &mut amounts.tunnel_m,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(from_m: f64, to_m: f64, flat_m: f64) -> QuantityRange {
        let amounts = Quantities { flat_m, ..Quantities::default() };
        QuantityRange { from_m, to_m, amounts }
    }

    #[test]
    fn lots_share_what_lies_in_them() {
        let quantities = SegmentQuantities {
            segment: "ab".into(),
            length_m: 10_000.0,
            ranges: vec![range(0.0, 10_000.0, 100.0), range(2_500.0, 2_500.0, 7.0)],
            costs: None,
        };
        let lots = quantities.lots(2_500.0).unwrap();
        let flat: Vec<f64> = lots.iter().map(|lot| lot.amounts.flat_m).collect();
        // What stands on a border belongs to the lot that begins there.
        assert_eq!(flat, [25.0, 32.0, 25.0, 25.0]);
    }

    #[test]
    fn earth_counted_in_cubic_metres_replaces_the_ground() {
        let per_day = Quantities { flat_m: 100.0, earth_m3: 1_000.0, ..Quantities::default() };
        let mut amounts = Quantities { flat_m: 1_000.0, ..Quantities::default() };
        assert_eq!(amounts.duration_days(&per_day), 10.0);
        amounts.earth_m3 = 3_000.0;
        assert_eq!(amounts.duration_days(&per_day), 3.0);
        // Who has no rate for earth goes on counting metres.
        let per_day = Quantities { flat_m: 100.0, ..Quantities::default() };
        assert_eq!(amounts.duration_days(&per_day), 10.0);
    }

    #[test]
    fn what_lies_outside_is_refused() {
        let of = |one: QuantityRange| SegmentQuantities {
            segment: "ab".into(),
            length_m: 1_000.0,
            ranges: vec![one],
            costs: None,
        };
        for bad in [
            range(-1.0, 10.0, 1.0),
            range(0.0, 1_001.0, 1.0),
            range(20.0, 10.0, 1.0),
            range(0.0, 10.0, -1.0),
            range(0.0, f64::NAN, 1.0),
        ] {
            let problem = of(bad).lots(500.0).unwrap_err().to_string();
            assert!(problem.contains("of ab") || problem.contains("quantities of ab"), "{problem}");
        }
        assert!(of(range(0.0, 1.0, 1.0)).lots(f64::NAN).is_err());
    }
}
