//! Which of the railheads that are offered a plan uses.

use std::collections::BTreeMap;

use jiff::civil;

use super::PlanOptions;
use super::front_plan::LineLot;
use super::plan::plan_of_order;
use super::plan_network::lot_activity;
use super::track_order::{Chain, Line, TrackOrder, order_by_supply};
use crate::error::{Error, Result};
use crate::model::{Date, Study};
use crate::schedule::days_between;

/// Railheads of which every choice is tried: 16 plans at most.
const ALL_TRIED: usize = 4;

/// A station at which rails are to arrive though no line of the gauge does: by a line of another
/// gauge and over a crane, or by road.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RailheadChoice {
    /// Id of a station at which a segment ends.
    pub station: String,
    /// From when; from the start of the plan if absent.
    pub open: Option<Date>,
}

/// The order of track that opens the last segment earliest.
///
/// For each choice among the railheads offered, who lays what is found in days of track and of
/// ballast behind it, on ground as ready as a first plan makes it; then the whole plan is computed.
/// So one more railhead on offer never makes a plan later. Of more than four, all and each alone are
/// tried.
pub(super) fn best_order(
    study: &Study,
    lines: &[Line<'_>],
    gauge_mm: Option<u32>,
    options: &PlanOptions,
) -> Result<TrackOrder> {
    let offered = options.railheads.as_slice();
    let chain = Chain::of(lines);
    if let (None, Some(choice)) = (&chain, offered.first()) {
        return Err(Error::Unknown {
            what: "railhead",
            name: choice.station.clone(),
            hint: "railheads are chosen for segments in a row; these branch or hang apart".into(),
        });
    }
    let by_supply = order_by_supply(study, lines, gauge_mm);
    let Some(chain) = chain else { return Ok(by_supply) };
    let row = Row { study, lines, gauge_mm, options, chain };
    if row.chain.arrivals(study, gauge_mm, offered, |_| 0.0)?.len() < 2 && offered.is_empty() {
        return Ok(by_supply);
    }
    let mut best = (row.finish(&by_supply)?, by_supply);
    let without = best.0;
    for chosen in subsets(offered) {
        if let Some(order) = row.order(&chosen)? {
            let finish = row.finish(&order)?;
            if finish < best.0 {
                best = (finish, order);
            }
        }
    }
    let (finish, mut order) = best;
    order.gain_days = days_between(finish, without);
    Ok(order)
}

/// Segments in a row, and all that a plan of them rests on.
struct Row<'a> {
    study: &'a Study,
    lines: &'a [Line<'a>],
    gauge_mm: Option<u32>,
    options: &'a PlanOptions,
    chain: Chain,
}

impl Row<'_> {
    /// The day on which the last segment opens.
    fn finish(&self, order: &TrackOrder) -> Result<civil::Date> {
        let Self { study, lines, gauge_mm, options, .. } = self;
        let plan = plan_of_order(study, lines, order, *gauge_mm, options)?;
        Ok(plan.network.compile()?.dates()?.finish())
    }

    /// Who lays what from these railheads and those of the gauge.
    fn order(&self, chosen: &[RailheadChoice]) -> Result<Option<TrackOrder>> {
        let Self { study, lines, gauge_mm, options, chain } = self;
        // When ground is ready depends on where track begins; so first as if lots near a railhead
        // went first, then in the order found.
        let near = chain.order_by_nearness(study, *gauge_mm, chosen)?;
        let first = plan_of_order(study, lines, &near, *gauge_mm, options)?;
        let compiled = first.network.compile()?;
        let dates = compiled.dates()?;
        let places = first.items.iter().enumerate();
        let ids: BTreeMap<&str, usize> =
            places.map(|(place, item)| (item.activity.as_str(), place)).collect();
        let days_to = |day: civil::Date| f64::from(days_between(first.network.start, day));
        let (track, ballast) = (options.rates.work("track")?, options.rates.work("ballast")?);
        let work = |segment: usize, lot: usize| -> LineLot {
            let Some(line) = lines.get(segment) else {
                return LineLot { days: 0.0, ready_day: 0.0 };
            };
            let amounts = line.lots.get(lot).map(|lot| lot.amounts).unwrap_or_default();
            let days =
                amounts.duration_days(&track.per_day).max(amounts.duration_days(&ballast.per_day));
            let ready = ["earthworks", "bridges", "tunnels"].iter().filter_map(|work| {
                let place = ids.get(lot_activity(&line.segment.id, work, lot).as_str())?;
                Some(days_to(dates.early_finish(*place)) + 1.0)
            });
            // Days of the calendar, of which six in seven are worked.
            LineLot { days: days * 7.0 / 6.0, ready_day: ready.fold(0.0, f64::max) }
        };
        let day_of = |one: &RailheadChoice| one.open.map_or(0.0, |day| days_to(day.last_day()));
        chain.order(study, *gauge_mm, (chosen, options.track_crews), day_of, work)
    }
}

/// Every choice among the railheads, or all and each alone.
fn subsets(offered: &[RailheadChoice]) -> Vec<Vec<RailheadChoice>> {
    if offered.len() > ALL_TRIED {
        let alone = offered.iter().map(|one| vec![one.clone()]);
        return alone.chain([offered.to_vec()]).collect();
    }
    let is_in = |set: usize, place: usize| set >> place & 1 == 1;
    let of = |set: usize| {
        offered
            .iter()
            .enumerate()
            .filter(move |(place, _)| is_in(set, *place))
            .map(|(_, one)| one.clone())
    };
    (0..1_usize << offered.len()).map(|set| of(set).collect()).collect()
}
