//! The plan of a corridor: from its gates and routes to a network of activities.

use jiff::civil;
use serde::Serialize;

use super::machine::check_machines;
use super::machine_plan::{levelled, most_at_once};
use super::plan_network::Builder;
use super::railhead_choice::best_order;
use super::track_order::{Line, TrackOrder};
use super::{Lot, Machine, MachinePlan, RailheadChoice, SegmentQuantities, WorkRates};
use crate::error::{Result, within};
use crate::model::{Certainty, Date, Study};
use crate::route::{CostModel, SegmentRoute};
use crate::schedule::{Network, RiskModel};
use crate::terrain::Grid;

/// What a plan may choose.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanOptions {
    /// The day up to which evidence counts, and on which what is left begins.
    pub day: Date,
    /// The longest lot, metres.
    pub longest_lot_m: f64,
    /// How many crews of earthworks work at a time on a segment, each on a lot of its own; as many
    /// build culverts.
    pub earthworks_crews: usize,
    /// How many crews clear the ground ahead of them.
    pub clearance_crews: usize,
    /// How many crews lay track at a time, each from a railhead of its own or both ways from one;
    /// behind each comes a crew of ballast.
    pub track_crews: usize,
    /// How many crews build stations at a time on a segment.
    pub station_crews: usize,
    /// Where rails arrive, besides open lines of the gauge.
    pub railheads: Vec<RailheadChoice>,
    /// What there is of machines and crews for all segments together; empty: as many as the plan asks
    /// for. [`WorkRates::machine`] has some.
    pub machines: Vec<Machine>,
    /// Rates and times.
    pub rates: WorkRates,
    /// Depths at which tunnels and bridges begin, as in the search.
    pub cost: CostModel,
}

impl PlanOptions {
    /// Lots of 25 km; four crews of earthworks and of culverts, two of clearance and two of stations
    /// a segment, at most four of track, from railheads of the gauge; the rates of
    /// `data/rates/works.toml`.
    #[must_use]
    pub fn new(day: Date) -> Self {
        Self {
            day,
            longest_lot_m: 25_000.0,
            earthworks_crews: 4,
            clearance_crews: 2,
            track_crews: 4,
            station_crews: 2,
            railheads: Vec::new(),
            machines: Vec::new(),
            rates: WorkRates::builtin().clone(),
            cost: CostModel::default(),
        }
    }

    fn check(&self) -> Result<()> {
        let range = |item: &str, value: f64, low: f64, high: f64| {
            within(|| item.to_owned(), value, (low, high), "see PlanOptions")
        };
        #[expect(clippy::cast_precision_loss, reason = "for a range check")]
        let count = |count: usize| count as f64;
        range("longest_lot_m", self.longest_lot_m, 100.0, 1e7)?;
        range("earthworks_crews", count(self.earthworks_crews), 1.0, 1_000.0)?;
        range("clearance_crews", count(self.clearance_crews), 1.0, 1_000.0)?;
        range("track_crews", count(self.track_crews), 1.0, 100.0)?;
        range("station_crews", count(self.station_crews), 1.0, 1_000.0)?;
        self.rates.check_payment()?;
        check_machines(&self.machines, &self.rates)
    }
}

/// What an activity of a plan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// A stage of the template up to its gate, money, a tender.
    Preparation,
    /// Work on a lot, or along a segment.
    Works,
    /// A line is opened.
    Opening,
}

/// An activity of a plan, in the order of the network.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanItem {
    /// Its id, as in the network.
    pub activity: String,
    /// Id of the segment; `corridor` for the opening of all.
    pub segment: String,
    /// What it is.
    pub kind: ItemKind,
    /// Id of the stage or work.
    pub work: String,
    /// Where it begins, metres along the segment as built; `None` if it is of no place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_m: Option<f64>,
    /// Where it ends, metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_m: Option<f64>,
    /// What it costs as planned, US dollars; 0 where nothing is known of costs.
    pub cost_usd: f64,
    /// Whether it goes towards the first station of its segment, as its track is laid.
    pub is_backwards: bool,
}

impl PlanItem {
    /// Whether it is work on a lot, and not along a whole segment, where it is no crew's alone.
    pub(crate) fn is_of_lot(&self) -> bool {
        self.kind == ItemKind::Works && self.activity.matches('/').count() > 1
    }
}

/// What a plan rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assumption {
    /// What it is about: a stage, a kind of work, a segment.
    pub subject: String,
    /// What is taken to be.
    pub value: String,
    /// Whether it was published.
    pub state: Certainty,
    /// Why.
    pub reason: String,
}

/// The lots of a segment.
#[derive(Debug, Clone, PartialEq)]
pub struct SegmentLots {
    /// Id of the segment.
    pub segment: String,
    /// From its first station to its last.
    pub lots: Vec<Lot>,
}

/// A network of what is still to be done, with where each activity is and what all rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Activities, links and calendars.
    pub network: Network,
    /// What each activity of the network is, in its order.
    pub items: Vec<PlanItem>,
    /// Spreads of all durations and the risks of the study that delay something.
    pub risk: RiskModel,
    /// What the plan rests on.
    pub assumptions: Vec<Assumption>,
    /// The lots of each segment, in the order of the study.
    pub lots: Vec<SegmentLots>,
    /// Who has which machine when, if there are only so many.
    pub machines: Option<MachinePlan>,
}

/// The plan of what is still to be done for every segment that has a route; see
/// [`plan_of_quantities`].
///
/// # Errors
/// As [`plan_of_quantities`].
pub fn plan(
    study: &Study,
    routes: &[SegmentRoute],
    grid: &Grid,
    options: &PlanOptions,
) -> Result<Plan> {
    plan_of_quantities(study, &quantities_of_routes(routes, grid, options)?, options)
}

/// How much there is to build on each route, by the rules of the search and the densities of the
/// rates; see [`SegmentQuantities::of_route`].
///
/// # Errors
/// [`Unknown`](crate::Error::Unknown) and [`OutOfRange`](crate::Error::OutOfRange) for densities of
/// what is not known, or that are none.
pub fn quantities_of_routes(
    routes: &[SegmentRoute],
    grid: &Grid,
    options: &PlanOptions,
) -> Result<Vec<SegmentQuantities>> {
    options.rates.check_densities()?;
    let of = |route| SegmentQuantities::of_route(route, grid, &options.cost, &options.rates);
    Ok(routes.iter().map(of).collect())
}

/// The plan of what is still to be done for every segment of which is known what there is to build.
///
/// Stages of the segment's template that are not reached by evidence come first, one after another,
/// each for the share of its criteria that is still missing; money and tender beside and behind
/// them. Then mobilisation, and lot by lot clearance, earthworks, culverts, bridges and tunnels.
/// Track is laid lot by lot from where rails arrive: over segments laid before, or, where railheads
/// are chosen and the segments lie in a row, from those and by as many crews as finish earliest.
/// Ballast, stations, signalling and trial running follow. Everything is one [`Network`], so that
/// the opening moves when a gate slips.
///
/// Where quantities have costs, works cost what they do in their place, engineering what it does
/// on studies that are ahead, and the owner is paid by the day until the last opening; a share of
/// works is paid by the day ([`WorkRates::payment`]), all prices are uncertain, and the contingency of
/// a bill is left out, since what it is for is drawn.
///
/// Where [`PlanOptions::machines`] says that there are only so many of a machine, works wait for it,
/// in an order that opens the last segment as early as is found; hand-overs of machines are links of
/// the network, so that all that is computed on it keeps to them. See [`Plan::machines`].
///
/// # Errors
/// [`OutOfRange`](crate::Error::OutOfRange) for an option or a quantity without sense;
/// [`Unknown`](crate::Error::Unknown) for a rate that is missing, for a risk of the study that
/// delays what the plan does not have, for a railhead at which no segment ends, and for a machine
/// for no kind of work.
pub fn plan_of_quantities(
    study: &Study,
    quantities: &[SegmentQuantities],
    options: &PlanOptions,
) -> Result<Plan> {
    options.check()?;
    let gauge_mm = gauge_mm(study);
    let mut all = Vec::new();
    for segment in &study.segments {
        let Some(own) = quantities.iter().find(|own| own.segment == segment.id) else { continue };
        let lots = own.lots(options.longest_lot_m)?;
        all.push(SegmentLots { segment: segment.id.clone(), lots });
    }
    let lines: Vec<Line<'_>> = all
        .iter()
        .filter_map(|own| {
            let segment = study.segments.iter().find(|segment| segment.id == own.segment)?;
            let costs = quantities.iter().find(|one| one.segment == own.segment);
            let costs = costs.and_then(|own| own.costs.as_ref());
            Some(Line { segment, lots: &own.lots, costs })
        })
        .collect();
    let of = |options: &PlanOptions| -> Result<Plan> {
        let order = best_order(study, &lines, gauge_mm, options)?;
        plan_of_order(study, &lines, &order, gauge_mm, options)
    };
    let mut plan = of(options)?;
    if !options.machines.is_empty() {
        plan = levelled(plan, &options.machines, most_at_once(options), of)?;
    }
    plan.pay_owner(quantities)?;
    Ok(Plan { lots: all, ..plan })
}

/// The plan in which track is laid in this order, without its lots.
pub(super) fn plan_of_order(
    study: &Study,
    lines: &[Line<'_>],
    order: &TrackOrder,
    gauge_mm: Option<u32>,
    options: &PlanOptions,
) -> Result<Plan> {
    let mut builder = Builder::new(study, options)?;
    builder.all(lines, order, gauge_mm)?;
    builder.finish()
}

/// The gauge of the line, if the study names one.
pub(super) fn gauge_mm(study: &Study) -> Option<u32> {
    let value = study.corridor_parameter("gauge_mm")?.value.number()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range")]
    (100.0..10_000.0).contains(&value).then_some(value.round() as u32)
}

impl Plan {
    /// The activity with which a segment, or the whole corridor, is opened.
    #[must_use]
    pub fn opening(&self, segment: &str) -> Option<usize> {
        let is_it = |item: &PlanItem| item.segment == segment && item.kind == ItemKind::Opening;
        self.items.iter().position(is_it)
    }
}

/// The first day on which what is left can begin.
pub(super) fn first_day(day: Date) -> civil::Date {
    day.last_day().tomorrow().unwrap_or(day.last_day())
}
