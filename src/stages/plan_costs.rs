//! What the activities of a plan cost, and how sure that is.

use super::plan::{Assumption, ItemKind};
use super::plan_network::Builder;
use super::segment_costs::SegmentCosts;
use super::track_order::Line;
use super::{Plan, SegmentQuantities};
use crate::design::Bill;
use crate::error::Result;
use crate::model::{Certainty, CostItem};
use crate::schedule::{CostRisk, Distribution, Loading};
use crate::unit::grouped;

/// Stages that are no studies.
const NO_STUDIES: [&str; 4] = ["financing", "tender", "mobilisation", "trial-running"];

impl Builder<'_> {
    /// Puts the cost of engineering on the studies of a segment that are ahead, by their time.
    pub(super) fn pay_studies(&mut self, costs: Option<&SegmentCosts>, segment: &str) {
        let spread = costs.and_then(|costs| costs.spread(CostItem::Engineering));
        let Some(spread) = spread else { return };
        let ahead: Vec<(usize, f64)> = self
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| {
                item.segment == segment
                    && item.kind == ItemKind::Preparation
                    && !NO_STUDIES.contains(&item.work.as_str())
            })
            .map(|(place, item)| (place, self.likely_days(&item.activity)))
            .collect();
        let days: f64 = ahead.iter().map(|(_, days)| days).sum();
        if !(days > 0.0) {
            return;
        }
        for (place, own_days) in ahead {
            if let Some(item) = self.items.get_mut(place) {
                item.cost_usd = spread.cost_usd * own_days / days;
            }
        }
        self.add_spread(CostItem::Engineering, 0.0, costs);
    }

    /// Works at prices that are not known yet: what is not paid by the day.
    pub(super) fn price_works(&mut self, lines: &[Line<'_>]) {
        let by_day = self.by_day_ratio();
        for line in lines {
            for item in CostItem::ALL.into_iter().filter(|item| !item.is_share()) {
                self.add_spread(item, by_day, line.costs);
            }
        }
        if lines.iter().all(|line| line.costs.is_none()) {
            return;
        }
        let payment = self.options.rates.payment.clone().unwrap_or_default();
        self.assumptions.push(Assumption {
            subject: "payment of works".to_owned(),
            value: format!("{} % by the day", grouped(100.0 * by_day, 0)),
            state: payment.state,
            reason: payment.reason,
        });
        self.assumptions.push(Assumption {
            subject: "costs".to_owned(),
            value: "bills of the designs, contingency left out".to_owned(),
            state: Certainty::Assumed,
            reason: "what a contingency is for is drawn: rates, ground, time and risks; rates of one \
                     item are the same on all segments, and a third of their variance all items have \
                     in common"
                .to_owned(),
        });
    }

    /// Adds what an item may cost on a segment to what it costs on those before: at one rate.
    fn add_spread(&mut self, item: CostItem, by_day: f64, costs: Option<&SegmentCosts>) {
        let Some(spread) = costs.and_then(|costs| costs.spread(item)) else { return };
        let values = spread.values_usd.iter().map(|usd| (usd - by_day * spread.cost_usd).max(0.0));
        let known = self.risk.costs.iter_mut().find(|cost| cost.id == item.id());
        match known.map(|cost| &mut cost.cost) {
            Some(Distribution::Empirical { values: sum }) => {
                for (sum, value) in sum.iter_mut().zip(values) {
                    *sum += value;
                }
            }
            _ => self.risk.costs.push(CostRisk {
                id: item.id().to_owned(),
                cost: Distribution::Empirical { values: values.collect() },
                loadings: vec![Loading {
                    factor: "prices".to_owned(),
                    loading_ratio: Bill::COMMON_VARIANCE_SHARE.sqrt(),
                }],
            }),
        }
    }

    /// What of the cost of works is paid by the day.
    pub(super) fn by_day_ratio(&self) -> f64 {
        self.options.rates.payment.as_ref().map_or(0.0, |payment| payment.by_day_ratio)
    }

    fn likely_days(&self, activity: &str) -> f64 {
        let found = self.risk.activities.iter().find(|one| one.activity == activity);
        match found.map(|one| &one.duration) {
            Some(Distribution::Triangular { mode, .. }) => *mode,
            _ => 0.0,
        }
    }
}

impl Plan {
    /// Spreads the owner's costs over the days until the last opening, so that a later one costs
    /// more.
    pub(super) fn pay_owner(&mut self, quantities: &[SegmentQuantities]) -> Result<()> {
        let costs = quantities.iter().filter_map(|own| own.costs.as_ref());
        let usd: f64 = costs
            .filter_map(|costs| costs.spread(CostItem::Owner))
            .map(|spread| spread.cost_usd)
            .sum();
        if usd > 0.0 {
            let days = self.days_until_finish()?;
            self.risk.overhead_usd_per_day = usd / days.max(1.0);
        }
        Ok(())
    }

    /// Calendar days from the start to the evening of the last finish, as planned.
    fn days_until_finish(&self) -> Result<f64> {
        let finish = self.network.compile()?.dates()?.finish();
        let days = self.network.start.until(finish).map_or(0, |span| span.get_days()) + 1;
        Ok(f64::from(days))
    }

    /// What all costs as planned, at likely rates and times, US dollars; 0 if the plan has no costs.
    #[must_use]
    pub fn cost_usd(&self) -> f64 {
        let owner =
            self.days_until_finish().map_or(0.0, |days| days * self.risk.overhead_usd_per_day);
        self.items.iter().map(|item| item.cost_usd).sum::<f64>() + owner
    }
}
