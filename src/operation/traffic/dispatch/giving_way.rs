//! Trains that stay where they are for another: for one that is about to need the section that they
//! would take, or for one whose delay counts more, before it comes against them or up behind them.

use super::{Hop, Place, Run, Train};
use crate::schedule::Direction;

impl Run<'_> {
    /// Whether a train had better not start on a hop that it would leave at `clear_s`: one of more
    /// weight would lose more by it than this one by waiting until that is past.
    ///
    /// Where the other is to be is reckoned as if nothing were in its way. It must find a track
    /// beside this train, or waiting for it would be in vain.
    pub(super) fn gives_way(&self, train: Train, hop: &Hop, now_s: u64, clear_s: u64) -> bool {
        let Some(own) = self.itinerary(train) else { return false };
        self.task.urgent.iter().any(|&other| {
            let Some(by) = self.itinerary(other).filter(|by| by.weight > own.weight) else {
                return false;
            };
            let at_s = |station| self.expected_s(other, station, now_s);
            let (Some(near_s), Some(far_s)) = (at_s(hop.from), at_s(hop.to)) else { return false };
            let is_against = by.direction != own.direction;
            let enters_s = if is_against { far_s } else { near_s };
            let after_s = self.line.interval_s(hop.to, is_against);
            let lost_s = (clear_s + after_s).saturating_sub(enters_s);
            if lost_s == 0 || !self.has_track_for(other, hop.from) {
                return false;
            }
            let past_s = near_s.max(far_s) + self.line.interval_s(hop.from, is_against);
            own.weight * past_s.saturating_sub(now_s) < by.weight * lost_s
        })
    }

    /// When a train comes to a station if nothing keeps it; `None` if it has been there.
    fn expected_s(&self, train: Train, station: usize, now_s: u64) -> Option<u64> {
        let (itinerary, release_s) = self.task.itinerary(train)?;
        let next = *self.next_hop.get(train)?;
        let hop = itinerary.hops.get(next)?;
        let (place, known_s) = match self.places.get(train)? {
            Place::Waiting(ready_s) => (hop.from, itinerary.start_s + now_s.max(*ready_s)),
            Place::Entering => (hop.to, now_s),
            Place::Busy if self.released.get(train) == Some(&true) => {
                (hop.to, now_s.max(*self.due_s.get(train)?))
            }
            Place::Busy => (hop.from, itinerary.start_s + now_s.max(release_s)),
            Place::Arrived => return None,
        };
        let [here_s, there_s] =
            [place, station].map(|at| itinerary.passes_s.get(at).copied().flatten());
        Some(known_s + there_s?.checked_sub(here_s?)?)
    }

    /// Whether a train is at a station, on its way there with a track waiting for it, or could have
    /// one.
    fn has_track_for(&self, train: Train, station: usize) -> bool {
        let Some(itinerary) = self.itinerary(train) else { return false };
        self.line.holds(station, train)
            || self.line.track_for(station, itinerary.length_m).is_some()
    }

    /// Whether a train would keep one waiting that goes first and comes against it.
    pub(super) fn is_in_the_way(
        &self,
        train: Train,
        hop: &Hop,
        direction: Direction,
        (now_s, reach_s): (u64, u64),
    ) -> bool {
        let Some((due_s, other)) = self.line.next_against(hop.to, direction) else { return false };
        let Some(opposing) = self.itinerary(other) else { return false };
        let next = self.next_hop.get(other).and_then(|next| opposing.hops.get(next + 1));
        let Some(next) = next.filter(|_| due_s < reach_s) else { return false };
        if !self.manner.shorter_wait {
            return self.ranks.get(other) < self.ranks.get(train);
        }
        // Until the other has come by here, or until this one has come to where the other is due.
        let wait_s = (due_s + next.run_s).saturating_sub(now_s);
        self.burden(train, wait_s) < self.burden(other, reach_s - due_s)
    }

    /// What it counts that a train waits.
    fn burden(&self, train: Train, wait_s: u64) -> i64 {
        let weight = self.itinerary(train).map_or(0, |itinerary| itinerary.weight);
        let lead_s = self.leads_s.get(train).copied().unwrap_or(0);
        let wait_s = i64::try_from(wait_s).unwrap_or(i64::MAX).saturating_add(lead_s);
        i64::try_from(weight).unwrap_or(i64::MAX).saturating_mul(wait_s)
    }
}

#[cfg(test)]
mod tests {
    use crate::operation::traffic::{
        GraphOptions, GraphTrain, SectionRun, TrackLine, TrackStation, TrainClass, train_graph,
    };

    #[test]
    fn a_slow_train_is_overtaken_where_that_costs_least() {
        let station = |name: &str, chainage_m| TrackStation {
            name: name.into(),
            chainage_m,
            track_lengths_m: vec![1_050.0; 2],
            ..TrackStation::default()
        };
        let line = TrackLine::new(vec![station("A", 0.0), station("B", 30e3), station("C", 60e3)])
            .unwrap();
        let class = |name: &str, minutes: u32, weight| TrainClass {
            name: name.into(),
            length_m: 900.0,
            runs: vec![SectionRun { increasing_s: 60 * minutes, decreasing_s: 60 * minutes }; 2],
            weight,
            ..TrainClass::default()
        };
        let train = |class: &str, minutes: u64| GraphTrain {
            name: class.into(),
            class: class.into(),
            release_s: 60 * minutes,
            ..GraphTrain::default()
        };
        let told = |weight| {
            let classes = [class("freight", 60, 1), class("passenger", 20, weight)];
            let trains = [train("freight", 0), train("passenger", 50)];
            train_graph(&line, &classes, &trains, &GraphOptions::default()).unwrap().graph
        };
        // The freight train is at B after 60 min and the other may follow: B 80, C 100 instead of 90.
        // Until then the first stands, 40 min; running on would cost the other 40 min more.
        let graph = told(3);
        assert_eq!(graph.weighted_delay_s, 60 * (40 + 3 * 10));
        let at_b = graph.runs[0].calls[1];
        assert_eq!((at_b.arrive_s / 60, at_b.depart_s / 60), (60, 100));
        assert_eq!(graph.runs[1].delay_s, Some(600));
        // Of a train that counts a hundred times no minute is lost: the first leaves A after it.
        assert_eq!((told(100).weighted_delay_s, told(100).runs[1].delay_s), (60 * 70, Some(0)));
    }
}
