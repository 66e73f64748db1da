//! What is uncertain in a network: durations, what they have in common, events, money.

use serde::{Deserialize, Serialize};

use super::crew::within;
use super::distribution::Distribution;
use crate::error::{Error, Result};

/// Most iterations of one simulation.
const MAX_ITERATIONS: u32 = 100_000_000;

/// The duration of an activity, and what it costs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivityRisk {
    /// Id of the activity.
    pub activity: String,
    /// Working days of its calendar; parts of days count as they are. Of an activity that was begun
    /// it is what remains; of one that is done nothing is drawn.
    pub duration: Distribution,
    /// What its duration has in common with others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub loadings: Vec<Loading>,
    /// What it costs however long it takes.
    #[serde(default)]
    pub fixed_usd: f64,
    /// What a working day of it costs.
    #[serde(default)]
    pub cost_usd_per_day: f64,
}

/// How much a duration follows a common factor, such as the ground or the supply of rails.
///
/// Two durations with loadings `a` and `b` on one factor have the rank correlation
/// `6/pi asin(a b / 2)`, about `a b`: a Gaussian copula.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Loading {
    /// Name of the factor.
    pub factor: String,
    /// From -1 to 1; the squares of all loadings of an activity add up to 1 at most.
    pub loading_ratio: f64,
}

/// Something that may happen once, to one activity or to many at a time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskEvent {
    /// Its id.
    pub id: String,
    /// How likely it is, 0 to 1.
    pub event_probability: f64,
    /// Working days that it adds to each of the activities, the same to all.
    pub impact: Distribution,
    /// Ids of the activities that it delays.
    pub activities: Vec<String>,
    /// What it costs besides the longer work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Distribution>,
}

/// Money that is spent however long work takes: an item of a bill at prices that are not known yet.
///
/// ```
/// use railcorridor::schedule::{CostRisk, Distribution, Loading};
///
/// // Rails for 100 million dollars, a tenth less or a fifth more: the median of that triangle is
/// // 120 - sqrt(30 x 20 / 2) million.
/// let rails = CostRisk {
///     id: "rails".into(),
///     cost: Distribution::Triangular { low: 90e6, mode: 100e6, high: 120e6 },
///     loadings: vec![Loading { factor: "prices".into(), loading_ratio: 0.5 }],
/// };
/// assert!((rails.cost.quantile(0.5)? - 102.68e6).abs() < 0.01e6);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CostRisk {
    /// Its id.
    pub id: String,
    /// What it may cost, US dollars.
    pub cost: Distribution,
    /// What its price has in common with others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub loadings: Vec<Loading>,
}

/// All that is uncertain.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskModel {
    /// Activities whose duration or cost is known; the others take what is planned and cost nothing.
    #[serde(default)]
    pub activities: Vec<ActivityRisk>,
    /// What may happen.
    #[serde(default)]
    pub events: Vec<RiskEvent>,
    /// What is spent whatever the work takes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub costs: Vec<CostRisk>,
    /// What each day until the finish costs, weekends as well.
    #[serde(default)]
    pub overhead_usd_per_day: f64,
    /// Ids of activities whose finish is wanted as that of milestones is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub finishes: Vec<String>,
}

/// How often and from what seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RiskOptions {
    /// How many times the network is computed.
    pub iterations: u32,
    /// The same seed gives the same results to the last bit, on any number of threads.
    pub seed: u64,
}

impl Default for RiskOptions {
    fn default() -> Self {
        Self { iterations: 100_000, seed: 1 }
    }
}

impl RiskModel {
    /// Refuses distributions, probabilities and loadings that are none.
    pub(super) fn check(&self, options: &RiskOptions) -> Result<()> {
        let most = f64::from(MAX_ITERATIONS);
        within(|| "iterations".into(), f64::from(options.iterations), 1.0, most)?;
        let money = |item: String, amount: f64| within(|| item, amount, 0.0, 1e12);
        money("overhead_usd_per_day".into(), self.overhead_usd_per_day)?;
        for activity in &self.activities {
            let id = &activity.activity;
            activity.duration.check(&format!("duration of {id}"))?;
            money(format!("fixed_usd of {id}"), activity.fixed_usd)?;
            money(format!("cost_usd_per_day of {id}"), activity.cost_usd_per_day)?;
            check_loadings(id, &activity.loadings)?;
        }
        for cost in &self.costs {
            cost.cost.check(&format!("cost of {}", cost.id))?;
            check_loadings(&cost.id, &cost.loadings)?;
        }
        for event in &self.events {
            let id = &event.id;
            within(|| format!("event_probability of {id}"), event.event_probability, 0.0, 1.0)?;
            event.impact.check(&format!("impact of {id}"))?;
            if let Some(cost) = &event.cost {
                cost.check(&format!("cost of {id}"))?;
            }
        }
        Ok(())
    }

    /// Names of the factors, in the order in which they are first met.
    pub(super) fn factors(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        let of_time = self.activities.iter().flat_map(|activity| &activity.loadings);
        for loading in of_time.chain(self.costs.iter().flat_map(|cost| &cost.loadings)) {
            if !names.contains(&loading.factor.as_str()) {
                names.push(&loading.factor);
            }
        }
        names
    }
}

fn check_loadings(id: &str, loadings: &[Loading]) -> Result<()> {
    let mut squares = 0.0;
    for loading in loadings {
        let item = || format!("loading_ratio of {id} on {}", loading.factor);
        within(item, loading.loading_ratio, -1.0, 1.0)?;
        squares += loading.loading_ratio * loading.loading_ratio;
    }
    if squares > 1.0 + 1e-9 {
        return Err(Error::OutOfRange {
            item: format!("sum of the squared loadings of {id}"),
            value: squares,
            limit: "0 to 1".into(),
            hint: "let it follow its factors less".into(),
        });
    }
    Ok(())
}
