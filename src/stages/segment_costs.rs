//! What building a segment costs, by place, and how sure its prices are.

use serde::{Deserialize, Serialize};

use crate::design::{Bill, BillItem, Track};
use crate::error::{Result, within};
use crate::model::{CostGroup, CostItem};

/// What an item of a bill costs on a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CostRange {
    /// Of what.
    pub item: CostItem,
    /// Where it begins, metres from the first station of the segment, along the line as built.
    pub from_m: f64,
    /// Where it ends, metres; the same as `from_m` for what stands in one place.
    pub to_m: f64,
    /// US dollars, spread evenly.
    pub cost_usd: f64,
}

/// What an item may cost on a whole segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CostSpread {
    /// Of what.
    pub item: CostItem,
    /// At the likely rate, US dollars.
    pub cost_usd: f64,
    /// At rates and on ground equally likely each, in ascending order, US dollars.
    pub values_usd: Vec<f64>,
}

/// What building a segment costs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentCosts {
    /// Works by place, in any order; ranges may overlap.
    pub ranges: Vec<CostRange>,
    /// All items, those that are reckoned on top of works among them.
    pub spreads: Vec<CostSpread>,
}

/// How many values a spread has.
const VALUES: u32 = 101;

impl SegmentCosts {
    /// The costs of a bill, each in its place: earth where it is dug, stations and turnouts at the ends
    /// and loops of the line, all else as the bill has it.
    pub(super) fn of_track(track: &Track) -> Self {
        let length_m = track.length_m();
        let ranges = track.bill.rows.iter().flat_map(|row| {
            // Bridges at the ends reach beyond them.
            let whole = CostRange {
                item: row.item,
                from_m: row.from_m.clamp(0.0, length_m),
                to_m: row.to_m.clamp(0.0, length_m),
                cost_usd: row.usd,
            };
            match row.item.group() {
                CostGroup::Earthworks => where_dug(track, whole),
                _ if is_at_stations(row.item) => at_stations(track)
                    .into_iter()
                    .map(|(at_m, share)| CostRange {
                        from_m: at_m,
                        to_m: at_m,
                        cost_usd: share * row.usd,
                        ..whole
                    })
                    .collect(),
                _ => vec![whole],
            }
        });
        Self { ranges: ranges.collect(), spreads: spreads(&track.bill, &track.band.cost_ratios()) }
    }

    /// What a kind of work costs between two places; works in one place count from the first to
    /// before the second.
    pub(super) fn work_usd(&self, work: &str, (from_m, to_m): (f64, f64)) -> f64 {
        let own = self.ranges.iter().filter(|range| work_of(range.item) == Some(work));
        own.map(|range| range.cost_usd * range.share_within(from_m, to_m)).sum()
    }

    /// Refuses what is no place within a segment and no amount of money.
    pub(super) fn check(&self, of: &str, length_m: f64) -> Result<()> {
        let most_m = length_m + 1e-3;
        for range in &self.ranges {
            let item =
                |what: &str| format!("{what} of {} among the costs of {of}", range.item.id());
            within(|| item("from_m"), range.from_m, (-1e-3, most_m), "within the segment")?;
            within(|| item("to_m"), range.to_m, (range.from_m, most_m), "from_m to the end")?;
            within(|| item("cost_usd"), range.cost_usd, (0.0, 1e12), "US dollars")?;
        }
        for spread in &self.spreads {
            let item =
                |what: &str| format!("{what} of {} among the costs of {of}", spread.item.id());
            within(|| item("cost_usd"), spread.cost_usd, (0.0, 1e12), "US dollars")?;
            for usd in &spread.values_usd {
                within(|| item("values_usd"), *usd, (0.0, 1e12), "US dollars")?;
            }
        }
        Ok(())
    }

    /// What an item may cost.
    pub(super) fn spread(&self, item: CostItem) -> Option<&CostSpread> {
        self.spreads.iter().find(|spread| spread.item == item)
    }
}

impl CostRange {
    fn share_within(&self, from_m: f64, to_m: f64) -> f64 {
        let length_m = self.to_m - self.from_m;
        if length_m > 0.0 {
            ((self.to_m.min(to_m) - self.from_m.max(from_m)) / length_m).clamp(0.0, 1.0)
        } else if (from_m..to_m).contains(&self.from_m) {
            1.0
        } else {
            0.0
        }
    }
}

/// The kind of work that an item is paid for; none for what is reckoned on top.
pub(super) fn work_of(item: CostItem) -> Option<&'static str> {
    Some(match item {
        CostItem::Land | CostItem::Clearance => "clearance",
        CostItem::CutSoil
        | CostItem::CutRock
        | CostItem::Fill
        | CostItem::Borrow
        | CostItem::Waste
        | CostItem::Haul => "earthworks",
        CostItem::Culvert => "culverts",
        CostItem::Bridge | CostItem::BridgeHeight => "bridges",
        CostItem::Tunnel => "tunnels",
        CostItem::Track => "track",
        CostItem::Turnout | CostItem::Station | CostItem::BreakOfGauge => "stations",
        CostItem::Signalling | CostItem::Power => "signalling",
        CostItem::Engineering | CostItem::Owner | CostItem::Contingency => return None,
    })
}

fn is_at_stations(item: CostItem) -> bool {
    work_of(item) == Some("stations")
}

/// Middles of loops, and both ends, which count half: another segment goes on there; each with its
/// share of all.
pub(super) fn at_stations(track: &Track) -> Vec<(f64, f64)> {
    #[expect(clippy::cast_precision_loss, reason = "a small count")]
    let share = 1.0 / (track.loops_m.len() as f64 + 1.0);
    // What stands at the end stands within the last lot, however that was rounded.
    let end_m = track.length_m() - 1e-3;
    let ends = [(0.0, 0.5 * share), (end_m, 0.5 * share)];
    track.loops_m.iter().map(|at_m| (*at_m, share)).chain(ends).collect()
}

/// A cost of earth where earth is moved.
fn where_dug(track: &Track, whole: CostRange) -> Vec<CostRange> {
    let moved_m3 = track.earth.cut_m3 + track.earth.fill_m3;
    let steps = track.points.iter().zip(track.points.iter().skip(1));
    let dug = steps.filter_map(|(a, b)| {
        let share = (a.earth.cut_m3 + a.earth.fill_m3) / moved_m3;
        let range = CostRange {
            from_m: a.distance_m,
            to_m: b.distance_m,
            cost_usd: share * whole.cost_usd,
            ..whole
        };
        (share > 0.0).then_some(range)
    });
    dug.collect()
}

/// What items may cost: at all rates alike in probability, and on the ground that the terrain may
/// stand for where that counts.
fn spreads(bill: &Bill, ground_ratios: &[f64]) -> Vec<CostSpread> {
    let of = |item: &BillItem| {
        let probability = |value: u32| (f64::from(value) + 0.5) / f64::from(VALUES);
        let mut values: Vec<f64> =
            (0..VALUES).map(|value| item.quantile_usd(probability(value))).collect();
        let group = item.item.group();
        let is_by_ground = matches!(group, CostGroup::Earthworks | CostGroup::Structures);
        if is_by_ground && !ground_ratios.is_empty() {
            let all =
                values.iter().flat_map(|usd| ground_ratios.iter().map(move |ratio| usd * ratio));
            let mut all: Vec<f64> = all.collect();
            all.sort_by(f64::total_cmp);
            // The middle one of as many as there are ratios.
            values = all
                .chunks(ground_ratios.len())
                .filter_map(|some| some.get(some.len() / 2).copied())
                .collect();
        }
        CostSpread { item: item.item, cost_usd: item.usd, values_usd: values }
    };
    bill.items.iter().map(of).collect()
}
