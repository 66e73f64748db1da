//! One graph from one order of priority: whoever comes first in it moves first, or, where two trains
//! meet, whoever keeps the other waiting for less.
//!
//! Time goes from event to event: a train is released, reaches a station, has stopped, an interval
//! ends. At each, trains try to go on in the order of priority until none can; one that was refused
//! asks again only after a change on its next hop, so that cost grows with the stations that trains
//! come by. A train that cannot go on when it reaches a station stops there. One rule keeps trains
//! from blocking one another: the last free track of a station is not given to a train if all others
//! there go the same way and trains the other way are still to come.

mod asks;
mod at_stations;
mod giving_way;
mod tracks;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use self::asks::Asks;
use self::tracks::ToCome;
use super::itinerary::{Hop, Itinerary, Via};
use super::occupancy::{Occupancy, Train};
use super::task::Task;
use crate::schedule::Direction;

/// Arrival and departure at a station; the same moment where a train runs through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Passage {
    pub(super) station: usize,
    pub(super) arrive_s: u64,
    pub(super) depart_s: u64,
}

/// How careful trains are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Manner {
    /// Trains not yet released count among those to come.
    pub(super) is_cautious: bool,
    /// A train stays where it is while one of higher priority is about to need its next section.
    pub(super) looks_ahead: bool,
    /// So it does only if it would wait there for less than the other would wait for it, each by
    /// what its delay counts: settled meeting by meeting, so that no direction waits for the other
    /// all along the line. A place farther up in the order than by release counts as a wait of
    /// [`PLACE_S`] more.
    pub(super) shorter_wait: bool,
    /// A train stays where it is while one whose delay counts more is to come against it or up behind
    /// it, if that is worth it; and such a train may overtake on the last track of a station.
    pub(super) gives_way: bool,
}

/// What a place in the order is worth where waits are compared, seconds.
const PLACE_S: i64 = 60;

/// A graph of all trains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dispatched {
    pub(super) passages: Vec<Vec<Passage>>,
    /// Trains that never arrive.
    pub(super) stuck: Vec<Train>,
    pub(super) weighted_delay_s: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Not released, or on a section.
    Busy,
    /// At the entry of a station, able to run through.
    Entering,
    /// At rest in a station, from when it may go.
    Waiting(u64),
    Arrived,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// A train may go that had to wait for this moment.
    Ready(Train),
    Released(Train),
    Reached(Train),
    Stopped(Train),
}

struct Run<'a> {
    task: &'a Task<'a>,
    manner: Manner,
    order: &'a [Train],
    /// Place of each train in the order.
    ranks: Vec<usize>,
    asks: Asks,
    /// By how many seconds the order makes each wait count for more or, below zero, for less.
    leads_s: Vec<i64>,
    line: Occupancy,
    places: Vec<Place>,
    /// The hop that each train runs or will run next.
    next_hop: Vec<usize>,
    released: Vec<bool>,
    to_come: ToCome,
    /// When each train that runs comes to the end of its hop.
    due_s: Vec<u64>,
    /// For when each train was last to be asked again.
    woken_s: Vec<u64>,
    /// Nobody gives way: all that wait would wait for one another.
    insists: bool,
    passages: Vec<Vec<Passage>>,
    events: BinaryHeap<Reverse<(u64, Event)>>,
}

/// Place of each train in an order.
fn ranks(order: &[Train], count: usize) -> Vec<usize> {
    let mut ranks = vec![0; count];
    for (rank, train) in order.iter().enumerate() {
        if let Some(slot) = ranks.get_mut(*train) {
            *slot = rank;
        }
    }
    ranks
}

/// How much farther up in an order each train is than by release, in seconds of wait.
fn leads_s(task: &Task<'_>, found: &[usize]) -> Vec<i64> {
    let by_release = ranks(&task.by_release, found.len());
    let lead = |(own, rank): (usize, usize)| {
        let [own, rank] = [own, rank].map(|rank| i64::try_from(rank).unwrap_or(i64::MAX));
        own.saturating_sub(rank).saturating_mul(PLACE_S)
    };
    by_release.into_iter().zip(found.iter().copied()).map(lead).collect()
}

/// The graph that an order of priority makes.
pub(super) fn dispatch<'a>(task: &'a Task<'a>, order: &'a [Train], manner: Manner) -> Dispatched {
    let count = task.trains.len();
    let ranks = ranks(order, count);
    let releases = task.trains.iter().enumerate();
    let mut run = Run {
        task,
        manner,
        leads_s: if manner.shorter_wait { leads_s(task, &ranks) } else { Vec::new() },
        order,
        ranks,
        asks: Asks::new(count, task.line.stations().len()),
        line: Occupancy::new(task.line),
        places: vec![Place::Busy; count],
        next_hop: vec![0; count],
        released: vec![false; count],
        to_come: ToCome::new(task),
        due_s: vec![0; count],
        woken_s: vec![0; count],
        insists: false,
        passages: vec![Vec::new(); count],
        events: releases
            .map(|(train, (_, at_s))| Reverse((*at_s, Event::Released(train))))
            .collect(),
    };
    if manner.is_cautious {
        (0..count).for_each(|train| run.to_come.add(task, train));
    }
    let mut last_s = 0;
    loop {
        while let Some(now_s) = run.next_moment() {
            run.take_events(now_s);
            run.move_trains(now_s);
            last_s = now_s;
        }
        if !manner.gives_way {
            return run.result();
        }
        run.insists = true;
        run.move_trains(last_s);
        run.insists = false;
        if run.next_moment().is_none() {
            return run.result();
        }
    }
}

impl<'a> Run<'a> {
    fn next_moment(&self) -> Option<u64> {
        self.events.peek().map(|Reverse((at_s, _))| *at_s)
    }

    fn take_events(&mut self, now_s: u64) {
        while self.events.peek().is_some_and(|Reverse((at_s, _))| *at_s <= now_s) {
            let Some(Reverse((_, event))) = self.events.pop() else { break };
            match event {
                Event::Ready(train) => self.ask_again(train),
                Event::Released(train) => {
                    if let Some(released) = self.released.get_mut(train) {
                        *released = true;
                    }
                    if !self.manner.is_cautious {
                        self.to_come.add(self.task, train);
                    }
                    self.set(train, Place::Waiting(now_s));
                }
                Event::Reached(train) => self.reach(train, now_s),
                Event::Stopped(train) => self.stop(train, now_s),
            }
        }
    }

    /// Moves all trains that can move, until none can; those that cannot go on then stop.
    fn move_trains(&mut self, now_s: u64) {
        loop {
            self.asks.restless_again();
            if !self.any_goes(now_s) && !self.any_stops(now_s) {
                break;
            }
        }
    }

    fn itinerary(&self, train: Train) -> Option<&'a Itinerary> {
        self.task.itinerary(train).map(|(itinerary, _)| itinerary)
    }

    /// A train has come to the end of its hop and runs through unless it must stop.
    fn reach(&mut self, train: Train, now_s: u64) {
        let hops = self.itinerary(train).map_or(0, |itinerary| itinerary.hops.len());
        let Some(hop) = self.hop(train) else { return };
        let is_last = self.next_hop.get(train).is_some_and(|next| next + 1 == hops);
        if is_last || hop.dwell_s.is_some() {
            self.begin_stop(train, now_s);
        } else {
            self.set(train, Place::Entering);
        }
    }

    /// Whether it stands at once, since stopping takes no time.
    fn begin_stop(&mut self, train: Train, now_s: u64) -> bool {
        let stop_s = self.itinerary(train).map_or(0, |itinerary| itinerary.stop_s);
        if stop_s == 0 {
            self.stop(train, now_s);
            return true;
        }
        self.set(train, Place::Busy);
        self.events.push(Reverse((now_s + stop_s, Event::Stopped(train))));
        false
    }

    /// A train has come to rest at the end of its hop.
    fn stop(&mut self, train: Train, now_s: u64) {
        let Some(hop) = self.hop(train) else { return };
        let ready_s = now_s + hop.dwell_s.unwrap_or(0);
        let to = hop.to;
        self.leave_hop(train, now_s);
        let hops = self.itinerary(train).map_or(0, |itinerary| itinerary.hops.len());
        if self.next_hop.get(train).is_some_and(|next| *next < hops) {
            self.set(train, Place::Waiting(ready_s));
            if ready_s > now_s {
                self.wake(train, ready_s);
            }
        } else {
            self.clear(to, train);
            self.set(train, Place::Arrived);
        }
    }

    /// The hop, by number, that a train at a station runs next: while it comes in that is the one
    /// after the one that it is on.
    fn hop_ahead(&self, train: Train, is_entering: bool) -> usize {
        self.next_hop.get(train).map_or(0, |next| next + usize::from(is_entering))
    }

    fn hop(&self, train: Train) -> Option<&'a Hop> {
        let next = *self.next_hop.get(train)?;
        self.itinerary(train)?.hops.get(next)
    }

    /// A train has left its track.
    fn clear(&mut self, station: usize, train: Train) {
        self.line.clear(station, train);
        self.asks.again_at(station..=station);
    }

    /// Frees what a train held on the way to where it is now.
    fn leave_hop(&mut self, train: Train, now_s: u64) {
        let (Some(hop), Some(direction)) =
            (self.hop(train), self.itinerary(train).map(|itinerary| itinerary.direction))
        else {
            return;
        };
        for (section, _) in &hop.sections {
            self.line.leave(*section, direction, hop.to, now_s);
        }
        for via in &hop.via {
            self.line.clear(via.station, train);
        }
        self.line.arrived(hop.to, direction, now_s);
        self.to_come.passed(self.task, train, hop);
        self.asks.again_at(hop.stations());
        if let Some(passages) = self.passages.get_mut(train) {
            passages.push(Passage { station: hop.to, arrive_s: now_s, depart_s: now_s });
        }
        if let Some(next) = self.next_hop.get_mut(train) {
            *next += 1;
        }
    }

    /// From when all sections of a hop may be entered; `None` while a train is on one.
    fn free_from_s(&self, hop: &Hop, direction: Direction) -> Option<u64> {
        hop.sections.iter().try_fold(0, |free_s, (section, _)| {
            Some(self.line.free_s(*section, direction)?.max(free_s))
        })
    }

    /// Asks a train again at a moment from which it may go.
    fn wake(&mut self, train: Train, at_s: u64) {
        let Some(woken_s) = self.woken_s.get_mut(train).filter(|woken_s| **woken_s != at_s) else {
            return;
        };
        *woken_s = at_s;
        self.events.push(Reverse((at_s, Event::Ready(train))));
    }

    /// Sends a train on its next hop if it can go now.
    fn try_to_go(&mut self, train: Train, now_s: u64) -> bool {
        let (is_entering, ready_s) = match self.places.get(train) {
            Some(Place::Entering) => (true, now_s),
            Some(Place::Waiting(ready_s)) => (false, *ready_s),
            _ => return false,
        };
        let Some((itinerary, _)) = self.task.itinerary(train) else { return false };
        let next = self.hop_ahead(train, is_entering);
        let Some(hop) = itinerary.hops.get(next).filter(|_| ready_s <= now_s) else { return false };
        let start_s = if is_entering { 0 } else { itinerary.start_s };
        let direction = itinerary.direction;
        let Some(free_s) = self.free_from_s(hop, direction) else { return false };
        if free_s > now_s {
            self.wake(train, free_s);
            return false;
        }
        if !hop.via.iter().all(|via| self.has_way_through(via, itinerary.length_m)) {
            return false;
        }
        let Some(tracks) = self.tracks(train, itinerary, next) else {
            return self.refuse_for_another(train);
        };
        let stay_s = start_s + hop.run_s + itinerary.stop_s;
        let open_s = hop.open_from_s(self.task.closures, now_s, stay_s).unwrap_or(now_s);
        let reach_s = now_s + start_s + hop.run_s;
        if self.manner.looks_ahead && self.is_in_the_way(train, hop, direction, (now_s, reach_s)) {
            return false;
        }
        let span_s = (reach_s, reach_s + itinerary.stop_s);
        if self.manner.gives_way && !self.insists && self.gives_way(train, hop, now_s, span_s.1) {
            return self.refuse_for_another(train);
        }
        let late_s = self.line.arrival_delay_s(hop.to, direction, span_s);
        if open_s > now_s || late_s > 0 {
            self.wake(train, open_s.max(now_s + late_s));
            return false;
        }
        if is_entering {
            self.leave_hop(train, now_s);
        }
        self.clear(hop.from, train);
        self.depart(train, hop, (now_s, start_s), itinerary.length_m);
        for (station, track) in tracks.into_iter().flatten() {
            self.line.reserve(station, track, train);
        }
        if let Some(due_s) = self.due_s.get_mut(train) {
            *due_s = reach_s;
        }
        self.line.expect(hop.to, direction, span_s, train);
        self.events.push(Reverse((reach_s, Event::Reached(train))));
        true
    }

    /// Takes the sections of a hop and notes when the train passes each station on the way.
    fn depart(&mut self, train: Train, hop: &Hop, (now_s, start_s): (u64, u64), length_m: f64) {
        self.set(train, Place::Busy);
        let Some(passages) = self.passages.get_mut(train) else { return };
        match passages.last_mut() {
            Some(at) => at.depart_s = now_s,
            None => {
                passages.push(Passage { station: hop.from, arrive_s: now_s, depart_s: now_s });
            }
        }
        let mut at_s = now_s + start_s;
        for (place, (section, run_s)) in hop.sections.iter().enumerate() {
            self.line.enter(*section, train);
            at_s += run_s;
            if let Some(via) = hop.via.get(place) {
                let track =
                    via.stop_s.and_then(|_| self.line.track_for(via.station, length_m)?.track);
                self.line.reserve(via.station, track, train);
                let [stop_s, dwell_s, start_s] = via.stop_s.unwrap_or_default();
                let (arrive_s, depart_s) = (at_s + stop_s, at_s + stop_s + dwell_s);
                passages.push(Passage { station: via.station, arrive_s, depart_s });
                at_s = depart_s + start_s;
            }
        }
    }

    fn result(self) -> Dispatched {
        let arrived = |train: &Train| self.places.get(*train) == Some(&Place::Arrived);
        let stuck = (0..self.places.len()).filter(|train| !arrived(train)).collect();
        let delay_s = |(train, passages): (Train, &Vec<Passage>)| {
            let (itinerary, release_s) = self.task.itinerary(train).filter(|_| arrived(&train))?;
            let due_s = release_s + itinerary.free_s;
            Some(itinerary.weight * passages.last()?.arrive_s.saturating_sub(due_s))
        };
        let weighted_delay_s = self.passages.iter().enumerate().filter_map(delay_s).sum();
        Dispatched { stuck, weighted_delay_s, passages: self.passages }
    }
}
