//! Risks of the study that delay something of the plan.

use super::plan::Assumption;
use super::plan_network::{Builder, WORKING_DAYS_A_MONTH};
use crate::error::Result;
use crate::model::{CORRIDOR, Certainty};
use crate::schedule::{Distribution, RiskEvent};

impl Builder<'_> {
    /// Each risk as an event that delays the first activity of its kind on every segment it hits.
    pub(super) fn risks(&mut self) -> Result<()> {
        for risk in &self.study.risks {
            let Some(delay) = &risk.delay else { continue };
            let rates = &self.options.rates;
            if rates.preparation(&delay.work).is_err() {
                rates.work(&delay.work)?;
            }
            let mut activities: Vec<String> = Vec::new();
            for segment in &self.study.segments {
                let is_hit = risk.subject == CORRIDOR || risk.subject == segment.id;
                // One event delays the first of its kind on a segment, and with it the rest.
                let first = self
                    .items
                    .iter()
                    .find(|item| item.segment == segment.id && item.work == delay.work);
                activities.extend(first.filter(|_| is_hit).map(|item| item.activity.clone()));
            }
            if activities.is_empty() {
                continue;
            }
            let days = |months: f64| months * WORKING_DAYS_A_MONTH;
            self.risk.events.push(RiskEvent {
                id: risk.id.clone(),
                event_probability: delay.event_probability,
                impact: Distribution::Triangular {
                    low: days(delay.low_months),
                    mode: days(delay.likely_months),
                    high: days(delay.high_months),
                },
                activities,
                cost: None,
            });
            self.assumptions.push(Assumption {
                subject: risk.name.en.clone(),
                value: format!(
                    "{:.0} %, {} to {} months on {}",
                    delay.event_probability * 100.0,
                    delay.low_months,
                    delay.high_months,
                    delay.work.replace('-', " ")
                ),
                state: Certainty::Assumed,
                reason: risk.reason.clone().unwrap_or_default(),
            });
        }
        Ok(())
    }
}
