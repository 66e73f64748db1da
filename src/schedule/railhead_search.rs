//! The search for the earliest plan, in days of work instead of metres.

use super::crew::{Direction, RateRange};
use super::railhead::{LaidStretch, LayingJob, RailheadPlan, RailheadWork};

/// To what part of itself the earliest finish is found.
const FOUND_TO: f64 = 1e-12;

/// A line in days of work, and what may be laid from where, by chainage.
#[derive(Clone)]
pub(super) struct Site<'a> {
    job: &'a LayingJob,
    /// Days of work of the whole line.
    length: f64,
    /// Railheads by chainage.
    sources: Vec<Source>,
}

#[derive(Clone)]
struct Source {
    /// Its place in the list that was given.
    place: usize,
    /// Days of work from the start of the line.
    at: f64,
    open_day: f64,
    may: [bool; 5],
}

/// What is known of a part of the works: how far the line is covered, and by what.
#[derive(Clone)]
struct Covered {
    reach: f64,
    works: Vec<RailheadWork>,
}

/// The works, in the order given, that are done earliest with so many crews.
pub(super) fn best(site: &Site<'_>, crews: usize) -> Option<Vec<RailheadWork>> {
    let latest = site.sources.iter().map(|source| source.open_day).reduce(f64::max)?;
    let earliest = site.sources.iter().map(|source| source.open_day).reduce(f64::min)?;
    // A crew alone would be done long before this day.
    let far_off = latest + 2.0 * site.length + site.job.turn_days + 1.0;
    let mut works = site.covered_by(far_off, crews)?;
    let (mut low, mut high) = (earliest, site.finish_day(&works)?);
    loop {
        let middle = low + (high - low) / 2.0;
        if !(low < middle && middle < high && high - low > FOUND_TO * high.abs().max(1.0)) {
            break;
        }
        let found = site.covered_by(middle, crews);
        match found.and_then(|works| Some((site.finish_day(&works)?, works))) {
            Some((finish_day, earlier)) if finish_day < high => {
                (high, works) = (finish_day, earlier)
            }
            _ => low = middle,
        }
    }
    // Once more with the finish known, since fewer crews may do.
    let allowed = high + 2.0 * FOUND_TO * high.abs().max(1.0);
    let fewest = site.covered_by(allowed, crews);
    let as_early = |works: &Vec<RailheadWork>| {
        site.finish_day(works).is_some_and(|finish_day| finish_day <= allowed)
    };
    Some(fewest.filter(as_early).unwrap_or(works))
}

impl<'a> Site<'a> {
    pub(super) fn new(job: &'a LayingJob) -> Self {
        let length = days_to(&job.ranges, f64::INFINITY);
        let mut sources = Vec::with_capacity(job.railheads.len());
        for (place, railhead) in job.railheads.iter().enumerate() {
            let at = days_to(&job.ranges, railhead.chainage_m);
            let gauges = (job.gauge_mm, railhead.gauge_mm);
            let is_of_gauge = !matches!(gauges, (Some(line), Some(own)) if line != own);
            let goes = |direction| {
                let is_allowed =
                    railhead.directions.is_empty() || railhead.directions.contains(&direction);
                let has_ground = match direction {
                    Direction::Increasing => at < length,
                    Direction::Decreasing => at > 0.0,
                };
                is_of_gauge && is_allowed && has_ground
            };
            let (up, down) = (goes(Direction::Increasing), goes(Direction::Decreasing));
            let may = [true, up, down, up && down, up && down];
            sources.push(Source { place, at, open_day: railhead.open_day, may });
        }
        sources.sort_by(|a, b| a.at.total_cmp(&b.at));
        Self { job, length, sources }
    }

    /// The same line with one railhead alone, by its place in the list.
    pub(super) fn with_only(&self, place: usize) -> Self {
        let mut alone = self.clone();
        alone.sources.retain(|source| source.place == place);
        alone
    }

    /// Whether a railhead may do a work.
    pub(super) fn may(&self, place: usize, work: RailheadWork) -> bool {
        let source = self.sources.iter().find(|source| source.place == place);
        source.is_some_and(|source| source.may_do(work))
    }

    /// Works of the fewest crews that lay the whole line by a day; `None` if there are none.
    fn covered_by(&self, day: f64, crews: usize) -> Option<Vec<RailheadWork>> {
        let most = crews.min(2 * self.sources.len());
        let nothing = Covered { reach: 0.0, works: Vec::new() };
        // By number of crews; more crews that reach no farther are left out.
        let mut states: Vec<Option<Covered>> = vec![Some(nothing)];
        states.resize(most + 1, None);
        for source in &self.sources {
            let mut next: Vec<Option<Covered>> = vec![None; most + 1];
            for (used, state) in states.iter().enumerate() {
                let Some(state) = state else { continue };
                for work in RailheadWork::ALL {
                    let Some(reach) = source.reach(work, state.reach, day, self.job.turn_days)
                    else {
                        continue;
                    };
                    let Some(slot) = next.get_mut(used + work.crews()) else { continue };
                    if slot.as_ref().is_none_or(|best| reach > best.reach) {
                        let mut works = state.works.clone();
                        works.push(work);
                        *slot = Some(Covered { reach, works });
                    }
                }
            }
            states = next;
        }
        let done = states.into_iter().flatten().find(|state| state.reach >= self.length)?;
        let mut works = vec![RailheadWork::Closed; self.job.railheads.len()];
        for (source, work) in self.sources.iter().zip(done.works) {
            if let Some(slot) = works.get_mut(source.place) {
                *slot = work;
            }
        }
        Some(works)
    }

    /// Railheads that are opened, with their works, by chainage.
    fn opened(&self, works: &[RailheadWork]) -> Vec<(&Source, RailheadWork)> {
        let with_work = |source| {
            let work = works.get(Source::place(source)).copied().unwrap_or_default();
            (source, work)
        };
        let opened = self.sources.iter().map(with_work);
        opened.filter(|(_, work)| *work != RailheadWork::Closed).collect()
    }

    /// The day on which works are done; `None` if they leave a part of the line out.
    pub(super) fn finish_day(&self, works: &[RailheadWork]) -> Option<f64> {
        let opened = self.opened(works);
        let mut ends: Vec<f64> = vec![0.0];
        ends.extend(opened.iter().map(|(source, _)| source.at));
        ends.push(self.length);
        // Each crew by the gaps that it reaches: gap g lies before railhead g.
        let mut reaches: Vec<(usize, usize, f64)> = Vec::new();
        for (gap, (source, work)) in opened.iter().enumerate() {
            match work {
                RailheadWork::InTurn => {
                    reaches.push((gap, gap + 1, source.open_day + self.job.turn_days));
                }
                _ => {
                    if work.goes(Direction::Decreasing) {
                        reaches.push((gap, gap, source.open_day));
                    }
                    if work.goes(Direction::Increasing) {
                        reaches.push((gap + 1, gap + 1, source.open_day));
                    }
                }
            }
        }
        let mut finish_day = f64::NEG_INFINITY;
        for first in 0..=opened.len() {
            for last in first..=opened.len() {
                let days = ends.get(last + 1)? - ends.get(first)?;
                if days <= 0.0 {
                    continue;
                }
                let of_run = reaches.iter().filter(|(a, b, _)| *b >= first && *a <= last);
                let starts: Vec<f64> = of_run.map(|reach| reach.2).collect();
                finish_day = finish_day.max(shared_finish(days, starts)?);
            }
        }
        Some(finish_day)
    }

    /// The plan that works amount to; `None` if they leave a part of the line out.
    pub(super) fn plan(&self, works: &[RailheadWork]) -> Option<RailheadPlan> {
        let finish_day = self.finish_day(works)?;
        let opened = self.opened(works);
        let mut stretches = Vec::new();
        let mut gauge_breaks_m = Vec::new();
        let mut reach = 0.0;
        for (number, (source, work)) in opened.iter().enumerate() {
            let next = opened.get(number + 1);
            let down = if work.goes(Direction::Decreasing) { source.at - reach } else { 0.0 };
            let mut up_starts = source.open_day;
            if down > 0.0 {
                stretches.push(self.stretch(source, source.at - down, source.open_day));
                if *work == RailheadWork::InTurn {
                    up_starts += down + self.job.turn_days;
                }
            }
            let end = next.map_or(self.length, |(next, _)| next.at);
            reach = source.at;
            if work.goes(Direction::Increasing) {
                reach = self.meeting((source, *work), next, up_starts, finish_day).min(end);
                if next.is_none_or(|(_, work)| !work.goes(Direction::Decreasing)) {
                    reach = end;
                }
                if reach > source.at {
                    stretches.push(self.stretch(source, reach, up_starts));
                }
                if let Some((next, _)) = next
                    && self.gauges_differ(source, next)
                {
                    gauge_breaks_m.push(chainage_m(&self.job.ranges, reach));
                }
            }
        }
        let done = stretches.iter().map(|stretch| stretch.finish_day).reduce(f64::max)?;
        let crews = works.iter().map(|work| work.crews()).sum();
        let works = works.to_vec();
        Some(RailheadPlan {
            finish_day: done,
            crews,
            works,
            stretches,
            gauge_breaks_m,
            from_one: None,
        })
    }

    /// How far a crew lays towards the next railhead: between two crews that do nothing else to
    /// where both end on one day, else as far as the finish allows.
    fn meeting(
        &self,
        own: (&Source, RailheadWork),
        next: Option<&(&Source, RailheadWork)>,
        starts: f64,
        finish_day: f64,
    ) -> f64 {
        let (source, work) = own;
        let farthest = source.at + (finish_day - starts).max(0.0);
        match next {
            Some((next, other))
                if work != RailheadWork::InTurn && *other != RailheadWork::InTurn =>
            {
                let middle = (source.at + next.at + next.open_day - starts) / 2.0;
                middle.clamp(source.at, next.at)
            }
            _ => farthest,
        }
    }

    fn stretch(&self, source: &Source, end: f64, start_day: f64) -> LaidStretch {
        let railhead = self.job.railheads.get(source.place);
        let direction =
            if end >= source.at { Direction::Increasing } else { Direction::Decreasing };
        LaidStretch {
            railhead: railhead.map(|railhead| railhead.name.clone()).unwrap_or_default(),
            direction,
            from_m: railhead.map_or(0.0, |railhead| railhead.chainage_m),
            to_m: chainage_m(&self.job.ranges, end),
            start_day,
            finish_day: start_day + (end - source.at).abs(),
        }
    }

    fn gauges_differ(&self, a: &Source, b: &Source) -> bool {
        let gauge = |source: &Source| self.job.railheads.get(source.place)?.gauge_mm;
        matches!((gauge(a), gauge(b)), (Some(a), Some(b)) if a != b)
    }
}

impl Source {
    fn place(&self) -> usize {
        self.place
    }

    fn may_do(&self, work: RailheadWork) -> bool {
        RailheadWork::ALL.iter().zip(self.may).any(|(one, may)| *one == work && may)
    }

    /// How far the line is covered by a day, if it was covered so far by railheads before; `None`
    /// if ground is left that no railhead after this one can come to.
    fn reach(&self, work: RailheadWork, before: f64, day: f64, turn_days: f64) -> Option<f64> {
        if work == RailheadWork::Closed {
            return Some(before);
        }
        let days = day - self.open_day;
        if !self.may_do(work) || !(days > 0.0) {
            return None;
        }
        let open = (self.at - before).max(0.0);
        let both_ways = days - turn_days;
        let (down, up) = match work {
            RailheadWork::Increasing => (0.0, days),
            RailheadWork::Decreasing => (days, 0.0),
            RailheadWork::InTurn => (both_ways, both_ways - open),
            _ => (days, days),
        };
        (open <= down).then(|| before.max(self.at + up.max(0.0)))
    }
}

/// When crews that start on different days and share all work have done so many days of it; `None`
/// without crews.
fn shared_finish(days: f64, mut starts: Vec<f64>) -> Option<f64> {
    starts.sort_by(f64::total_cmp);
    let (mut sum, mut crews) = (days, 0.0);
    for (number, start) in starts.iter().enumerate() {
        sum += start;
        crews += 1.0;
        let finish_day = sum / crews;
        if starts.get(number + 1).is_none_or(|&next| finish_day <= next) {
            return Some(finish_day);
        }
    }
    None
}

/// Days of work from the start of a line to a chainage.
fn days_to(ranges: &[RateRange], chainage_m: f64) -> f64 {
    let days = |range: &RateRange| {
        (chainage_m.clamp(range.from_m, range.to_m) - range.from_m) / range.rate_m_per_day
    };
    ranges.iter().map(days).sum()
}

/// The chainage that so many days of work lead to.
fn chainage_m(ranges: &[RateRange], days: f64) -> f64 {
    let mut left = days;
    for range in ranges {
        let of_range = (range.to_m - range.from_m) / range.rate_m_per_day;
        if left <= of_range {
            return range.from_m + left.max(0.0) * range.rate_m_per_day;
        }
        left -= of_range;
    }
    ranges.last().map_or(0.0, |range| range.to_m)
}
