//! The order in which lots get their track, and over which rails it arrives.

use super::front_plan::{FrontPlan, LineLot, Place, front_plan};
use super::railhead_order::{Supply, brings_rails, supplies};
use super::{Lot, RailheadChoice, SegmentCosts};
use crate::error::{Error, Result};
use crate::model::{Segment, Study};
use crate::schedule::Direction;

/// A lot whose track is laid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LaidLot {
    /// Which of the segments with quantities it lies in.
    pub(super) segment: usize,
    /// Which lot of it.
    pub(super) lot: usize,
    /// Which front lays it.
    pub(super) front: usize,
    /// Whether it is laid towards the first station of its segment.
    pub(super) is_backwards: bool,
    /// The place in the order of the lot that is laid before it, on whose rails its own arrive, or
    /// by whose crew it is laid.
    pub(super) behind: Option<usize>,
}

/// A crew of track, with where its rails come from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Front {
    /// Id of the station.
    pub(super) station: String,
    pub(super) comes: Comes,
}

/// How rails come to a front.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Comes {
    /// Over an open line of the line's gauge.
    OverOpenLine,
    /// As somebody chose.
    AsChosen(RailheadChoice),
    /// No line of the gauge arrives.
    ByRoad,
}

/// Who lays what after what.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TrackOrder {
    /// A lot comes after the one that it is behind.
    pub(super) lots: Vec<LaidLot>,
    pub(super) fronts: Vec<Front>,
    /// By how many days the last opening is earlier than from railheads of the gauge alone.
    pub(super) gain_days: i32,
}

/// A segment with its lots.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) segment: &'a Segment,
    pub(super) lots: &'a [Lot],
    /// What it costs, if that is known.
    pub(super) costs: Option<&'a SegmentCosts>,
}

/// One crew of track for every railhead of the gauge, over what was laid before it.
pub(super) fn order_by_supply(
    study: &Study,
    lines: &[Line<'_>],
    gauge_mm: Option<u32>,
) -> TrackOrder {
    let mut order = TrackOrder { lots: Vec::new(), fronts: Vec::new(), gain_days: 0 };
    let mut ends: Vec<(&str, usize)> = Vec::new();
    for supply in supplies(study, gauge_mm) {
        let Supply { segment, is_backwards, over, is_reached } = supply;
        let Some(place) = lines.iter().position(|line| line.segment.id == segment.id) else {
            continue;
        };
        let arrived = over.and_then(|over| ends.iter().find(|(id, _)| *id == over.id.as_str()));
        let mut behind = arrived.map(|(_, last)| *last);
        let front = behind.and_then(|last| order.lots.get(last)).map(|lot| lot.front);
        let front = front.unwrap_or_else(|| {
            let station = if is_backwards { &segment.to } else { &segment.from }.clone();
            let comes = if is_reached { Comes::OverOpenLine } else { Comes::ByRoad };
            order.fronts.push(Front { station, comes });
            order.fronts.len() - 1
        });
        let count = lines.get(place).map_or(0, |line| line.lots.len());
        for step in 0..count {
            let lot = if is_backwards { count - 1 - step } else { step };
            order.lots.push(LaidLot { segment: place, lot, front, is_backwards, behind });
            behind = Some(order.lots.len() - 1);
        }
        if let Some(last) = behind {
            ends.push((&segment.id, last));
        }
    }
    order
}

/// A station at which rails arrive, with its place on the chain.
pub(super) struct Arrival {
    station: String,
    place: Place,
    comes: Comes,
}

/// A lot of a row of segments.
#[derive(Debug, Clone, Copy)]
struct ChainLot {
    segment: usize,
    lot: usize,
    /// Whether the row goes towards the first station of the segment.
    is_reversed: bool,
}

/// Lots of segments in a row, from its one end to the other.
pub(super) struct Chain {
    lots: Vec<ChainLot>,
    /// Stations between which lots lie, each with the number of lots before it.
    stations: Vec<(String, usize)>,
}

impl Chain {
    /// The segments as one row; `None` if they branch or hang apart.
    pub(super) fn of(lines: &[Line<'_>]) -> Option<Self> {
        let meets = |id: &str| {
            lines.iter().filter(|line| line.segment.from == id || line.segment.to == id).count()
        };
        let ends = lines.iter().flat_map(|line| [&line.segment.from, &line.segment.to]);
        let mut at = ends.clone().find(|id| meets(id) == 1)?.clone();
        let mut left: Vec<usize> = (0..lines.len()).collect();
        let mut chain = Self { lots: Vec::new(), stations: vec![(at.clone(), 0)] };
        while !left.is_empty() {
            if meets(&at) > 2 {
                return None;
            }
            let found = left.iter().position(|place| {
                lines
                    .get(*place)
                    .is_some_and(|line| line.segment.from == at || line.segment.to == at)
            })?;
            let place = left.remove(found);
            let line = lines.get(place)?;
            let is_forwards = line.segment.from == at;
            let count = line.lots.len();
            chain.lots.extend((0..count).map(|step| ChainLot {
                segment: place,
                lot: if is_forwards { step } else { count - 1 - step },
                is_reversed: !is_forwards,
            }));
            at = if is_forwards { &line.segment.to } else { &line.segment.from }.clone();
            chain.stations.push((at.clone(), chain.lots.len()));
        }
        Some(chain)
    }

    fn station(&self, id: &str) -> Option<usize> {
        self.stations.iter().find(|(station, _)| station == id).map(|(_, before)| *before)
    }

    /// Where rails arrive: open lines of the gauge, and what somebody chose.
    pub(super) fn arrivals(
        &self,
        study: &Study,
        gauge_mm: Option<u32>,
        choices: &[RailheadChoice],
        day_of: impl Fn(&RailheadChoice) -> f64,
    ) -> Result<Vec<Arrival>> {
        let mut all: Vec<Arrival> = Vec::new();
        for line in &study.connections {
            let Some(at) = self.station(&line.at) else { continue };
            if brings_rails(line, gauge_mm) {
                let place = Place { at, open_day: 0.0, is_of_gauge: true };
                let station = line.at.clone();
                all.push(Arrival { station, place, comes: Comes::OverOpenLine });
            }
        }
        for choice in choices {
            let Some(at) = self.station(&choice.station) else {
                let known: Vec<&str> = self.stations.iter().map(|(id, _)| id.as_str()).collect();
                return Err(Error::Unknown {
                    what: "railhead",
                    name: choice.station.clone(),
                    hint: format!("segments end at {}", known.join(", ")),
                });
            };
            let place = Place { at, open_day: day_of(choice), is_of_gauge: false };
            let comes = Comes::AsChosen(choice.clone());
            all.push(Arrival { station: choice.station.clone(), place, comes });
        }
        // Of two at one place the first to open counts.
        all.sort_by(|a, b| {
            a.place.at.cmp(&b.place.at).then(a.place.open_day.total_cmp(&b.place.open_day))
        });
        all.dedup_by_key(|arrival| arrival.place.at);
        Ok(all)
    }

    /// The order that lays the last lot earliest, with so many crews of track at a time.
    ///
    /// `work` says for a lot how many days its track takes and from which day its ground is ready.
    pub(super) fn order(
        &self,
        study: &Study,
        gauge_mm: Option<u32>,
        (choices, crews): (&[RailheadChoice], usize),
        day_of: impl Fn(&RailheadChoice) -> f64,
        work: impl Fn(usize, usize) -> LineLot,
    ) -> Result<Option<TrackOrder>> {
        let arrivals = self.arrivals(study, gauge_mm, choices, day_of)?;
        let line: Vec<LineLot> = self.lots.iter().map(|one| work(one.segment, one.lot)).collect();
        let places: Vec<Place> = arrivals.iter().map(|arrival| arrival.place).collect();
        let Some(plan) = front_plan(&line, &places, crews) else { return Ok(None) };
        Ok(Some(self.laid(&plan, &arrivals)))
    }

    fn laid(&self, plan: &FrontPlan, arrivals: &[Arrival]) -> TrackOrder {
        let mut order = TrackOrder { lots: Vec::new(), fronts: Vec::new(), gain_days: 0 };
        let mut last = None;
        for stretch in &plan.stretches {
            if !stretch.is_second {
                last = None;
                if let Some(arrival) = arrivals.get(stretch.railhead) {
                    let Arrival { station, comes, .. } = arrival;
                    order.fronts.push(Front { station: station.clone(), comes: comes.clone() });
                }
            }
            let front = order.fronts.len().saturating_sub(1);
            let is_down = stretch.direction == Direction::Decreasing;
            let mut own = self.lots.get(stretch.lots.clone()).unwrap_or_default().to_vec();
            if is_down {
                own.reverse();
            }
            for ChainLot { segment, lot, is_reversed } in own {
                let is_backwards = is_down != is_reversed;
                order.lots.push(LaidLot { segment, lot, front, is_backwards, behind: last });
                last = Some(order.lots.len() - 1);
            }
        }
        order
    }

    /// The lots by how near they are to the next railhead, each behind none: an order in which
    /// their ground may be made ready before it is known who lays them.
    pub(super) fn order_by_nearness(
        &self,
        study: &Study,
        gauge_mm: Option<u32>,
        choices: &[RailheadChoice],
    ) -> Result<TrackOrder> {
        let arrivals = self.arrivals(study, gauge_mm, choices, |_| 0.0)?;
        let mut lots: Vec<(usize, LaidLot)> = Vec::with_capacity(self.lots.len());
        for (place, ChainLot { segment, lot, is_reversed }) in self.lots.iter().copied().enumerate()
        {
            let away = |arrival: &Arrival| {
                let at = arrival.place.at;
                if place >= at { place - at } else { at - 1 - place }
            };
            let near = arrivals.iter().map(away).min().unwrap_or(place);
            let is_backwards = is_reversed;
            lots.push((near, LaidLot { segment, lot, front: 0, is_backwards, behind: None }));
        }
        lots.sort_by_key(|(near, _)| *near);
        let fronts = vec![Front { station: String::new(), comes: Comes::ByRoad }];
        let lots = lots.into_iter().map(|(_, lot)| lot).collect();
        Ok(TrackOrder { lots, fronts, gain_days: 0 })
    }
}
