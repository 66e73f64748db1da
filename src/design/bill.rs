//! The bill of quantities: how much of what, at which rate.

use serde::Serialize;

use crate::model::{CostGroup, CostItem, RateState, UnitCosts};
use crate::schedule::normal::normal_quantile;
use crate::schedule::random::words_of;

/// A row of a bill: an amount of an item between two places.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BillRow {
    /// Of what.
    pub item: CostItem,
    /// From where, by distance along the line.
    pub from_m: f64,
    /// To where.
    pub to_m: f64,
    /// How much, in the item's unit.
    pub amount: f64,
    /// The rate of one unit.
    pub rate: f64,
    /// Dollars.
    pub usd: f64,
}

/// What an item of a bill comes to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BillItem {
    /// Of what.
    pub item: CostItem,
    /// How much, in the item's unit.
    pub amount: f64,
    /// The rate of one unit.
    pub rate: f64,
    /// Dollars.
    pub usd: f64,
    /// Rates that it hardly falls below and hardly exceeds, as shares of it.
    pub ratios: [f64; 2],
    /// Where the rate comes from.
    pub state: RateState,
    /// The source of the rate, or why it is assumed.
    pub source: String,
}

impl BillItem {
    /// What it costs at the rate that is not exceeded in such a share of cases.
    ///
    /// ```
    /// use railcorridor::design::BillItem;
    /// use railcorridor::model::{CostItem, RateState};
    ///
    /// let track = BillItem {
    ///     item: CostItem::Track,
    ///     amount: 100.0,
    ///     rate: 420_000.0,
    ///     usd: 42e6,
    ///     ratios: [0.65, 1.4],
    ///     state: RateState::Assumed,
    ///     source: String::new(),
    /// };
    /// // The rate itself half of the time, its high share nine times out of ten.
    /// assert_eq!(track.quantile_usd(0.5), 42e6);
    /// assert!((track.quantile_usd(0.9) - 1.4 * 42e6).abs() < 1.0);
    /// ```
    #[must_use]
    pub fn quantile_usd(&self, below_share: f64) -> f64 {
        self.usd * rate_ratio(self.ratios, normal_quantile(below_share))
    }
}

/// What is built and what it costs.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Bill {
    /// Amounts by place, in the order of items.
    pub rows: Vec<BillRow>,
    /// Items, in their order, with what is reckoned on top.
    pub items: Vec<BillItem>,
    /// The year whose prices these are.
    pub price_year: u32,
}

/// How often costs are drawn.
const DRAWS: u32 = 10_000;

impl Bill {
    /// The share of their variance that rates have in common: prices rise together.
    pub const COMMON_VARIANCE_SHARE: f64 = 0.3;

    /// A bill of amounts: each of an item, from where to where.
    pub(super) fn new(costs: &UnitCosts, amounts: &[(CostItem, f64, f64, f64)]) -> Self {
        let mut bill = Self { price_year: costs.price_year, ..Self::default() };
        for item in CostItem::ALL.into_iter().filter(|item| !item.is_share()) {
            let rate = costs.rate(item);
            let of_item = amounts.iter().filter(|(of, ..)| *of == item);
            let rows = of_item.filter(|(.., amount)| *amount > 0.0).map(
                |&(item, from_m, to_m, amount)| BillRow {
                    item,
                    from_m,
                    to_m,
                    amount,
                    rate,
                    usd: amount * rate,
                },
            );
            let before = bill.rows.len();
            bill.rows.extend(rows);
            let rows = bill.rows.get(before..).unwrap_or_default();
            let amount: f64 = rows.iter().map(|row| row.amount).sum();
            if amount > 0.0 {
                bill.items.push(bill_item(costs, item, amount, amount * rate));
            }
        }
        let works_usd = bill.works_usd();
        for item in CostItem::ALL.into_iter().filter(|item| item.is_share()) {
            let percent = costs.rate(item);
            if percent > 0.0 {
                bill.items.push(bill_item(costs, item, percent, works_usd * percent / 100.0));
            }
        }
        bill
    }

    /// All that is built, without what is reckoned on top.
    #[must_use]
    pub fn works_usd(&self) -> f64 {
        self.items.iter().filter(|item| !item.item.is_share()).map(|item| item.usd).sum()
    }

    /// All.
    #[must_use]
    pub fn total_usd(&self) -> f64 {
        self.items.iter().map(|item| item.usd).sum()
    }

    /// What a group comes to.
    #[must_use]
    pub fn group_usd(&self, group: CostGroup) -> f64 {
        self.items.iter().filter(|item| item.item.group() == group).map(|item| item.usd).sum()
    }

    /// What an item comes to in its unit.
    #[must_use]
    pub fn amount(&self, item: CostItem) -> f64 {
        self.items.iter().find(|row| row.item == item).map_or(0.0, |row| row.amount)
    }

    /// Totals that are not exceeded in so many of ten thousand draws: each rate falls below its low
    /// share and exceeds its high one once in ten times (a normal value to the power of which it
    /// grows or shrinks), and a third of its variance it has in common with all others. Amounts of
    /// earth and structures grow by a draw out of `volume_ratios`, if there are any.
    #[must_use]
    pub fn quantiles_usd(&self, seed: u64, volume_ratios: &[f64], shares: &[f64]) -> Vec<f64> {
        let mut totals: Vec<f64> =
            (0..DRAWS).map(|draw| self.drawn_usd(seed, draw, volume_ratios)).collect();
        totals.sort_by(f64::total_cmp);
        let last = f64::from(DRAWS - 1);
        let at = |share: &f64| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a share of the draws"
            )]
            let place = (share.clamp(0.0, 1.0) * last).round() as usize;
            totals.get(place).copied().unwrap_or_default()
        };
        shares.iter().map(at).collect()
    }

    /// One draw of the total.
    fn drawn_usd(&self, seed: u64, draw: u32, volume_ratios: &[f64]) -> f64 {
        let normal = |number: u32| {
            let [word, ..] = words_of(seed, u64::from(draw), number);
            normal_quantile((f64::from(word) + 0.5) / 4_294_967_296.0)
        };
        let common = normal(0);
        let volume_ratio = {
            let [_, word, ..] = words_of(seed, u64::from(draw), 0);
            let place = word as usize % volume_ratios.len().max(1);
            volume_ratios.get(place).copied().unwrap_or(1.0)
        };
        let (mut works_usd, mut on_top_ratio) = (0.0, 0.0);
        for (number, item) in (1..).zip(&self.items) {
            let value = Self::COMMON_VARIANCE_SHARE.sqrt() * common
                + (1.0 - Self::COMMON_VARIANCE_SHARE).sqrt() * normal(number);
            let ratio = rate_ratio(item.ratios, value);
            if item.item.is_share() {
                on_top_ratio += item.rate / 100.0 * ratio;
                continue;
            }
            let is_by_terrain =
                matches!(item.item.group(), CostGroup::Earthworks | CostGroup::Structures);
            works_usd += item.usd * ratio * if is_by_terrain { volume_ratio } else { 1.0 };
        }
        works_usd * (1.0 + on_top_ratio)
    }
}

/// The share of its likely rate for a normal value: 1 at 0, the low one at the tenth, the high one
/// at the ninetieth hundredth.
fn rate_ratio([low, high]: [f64; 2], value: f64) -> f64 {
    const TENTH: f64 = 1.281_551_565_544_600_4;
    let side = if value < 0.0 { low.max(1e-6).recip() } else { high };
    side.powf(value / TENTH)
}

fn bill_item(costs: &UnitCosts, item: CostItem, amount: f64, usd: f64) -> BillItem {
    let known = costs.get(item);
    BillItem {
        item,
        amount,
        rate: costs.rate(item),
        usd,
        ratios: known.map_or([1.0, 1.0], |known| [known.low_ratio, known.high_ratio]),
        state: known.map_or(RateState::Assumed, |known| known.state),
        source: known.map(|known| known.source.clone()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bill_adds_up() {
        let costs = UnitCosts::builtin().unwrap();
        let bill = Bill::new(
            &costs,
            &[
                (CostItem::Tunnel, 1000.0, 1500.0, 500.0),
                (CostItem::Track, 0.0, 10_000.0, 10.0),
                (CostItem::Tunnel, 3000.0, 3200.0, 200.0),
                (CostItem::Bridge, 0.0, 0.0, 0.0),
            ],
        );
        assert_eq!(bill.rows.len(), 3);
        assert_eq!(bill.amount(CostItem::Tunnel), 700.0);
        assert_eq!(bill.works_usd(), 700.0 * 12_000.0 + 10.0 * 420_000.0);
        assert!((bill.total_usd() / bill.works_usd() - costs.on_top_ratio()).abs() < 1e-12);
        let groups: f64 = CostGroup::ALL.into_iter().map(|group| bill.group_usd(group)).sum();
        assert!((groups - bill.total_usd()).abs() < 1e-3);
    }

    #[test]
    fn rates_lie_beyond_their_spread_once_in_ten_times() {
        let costs = UnitCosts::builtin().unwrap();
        let mut bill = Bill::new(&costs, &[(CostItem::Tunnel, 0.0, 1.0, 1.0)]);
        bill.items.truncate(1);
        let [low, middle, high] =
            [0.1, 0.5, 0.9].map(|share| bill.quantiles_usd(7, &[], &[share])[0]);
        assert!((low / (12_000.0 * 0.7) - 1.0).abs() < 0.02, "{low}");
        assert!((middle / 12_000.0 - 1.0).abs() < 0.02, "{middle}");
        assert!((high / (12_000.0 * 2.0) - 1.0).abs() < 0.02, "{high}");
        let doubled = bill.quantiles_usd(7, &[2.0], &[0.5])[0];
        assert!((doubled / middle - 2.0).abs() < 1e-9);
    }
}
