//! Where loops go, so that a wanted number of trains fits at the least cost.

use serde::Serialize;

use super::capacity::{LineCapacity, capacity_between, seconds};
use super::class::TrainClass;
use super::day_use::DayUse;
use super::line::{TrackLine, wrong};
use super::scheme::Scheme;
use super::stretch::{choices, meeting_places, stretch};
use crate::error::{self, Result};

/// Loops chosen among the stations of a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LoopPlan {
    /// Stations where trains meet, ends included, counted from 0 along the line.
    pub stations: Vec<usize>,
    /// What those cost that are not free, US dollars.
    pub cost_usd: f64,
    /// The longest period that the wanted pairs allow, seconds.
    pub longest_period_s: f64,
    /// What fits with these loops: no less than was wanted.
    pub capacity: LineCapacity,
}

/// The cheapest loops with which so many pairs of trains a day fit; among those of one cost, the
/// ones that make the longest period as short as can be: equal times between them.
///
/// Every station of the line with room for two trains of the class is a site; `costs_usd` says for
/// each station what its loop costs, 0 if it is built. Ends and yards are always in the plan. The
/// search is exact: a dynamic programme over sites and who runs through there
/// ([`line_capacity`](super::line_capacity)), since a period depends on two neighbouring sites.
///
/// # Errors
/// [`Error::Traffic`](crate::Error::Traffic) if even all sites together do not do, naming the
/// stretch that is too long; [`Error::OutOfRange`](crate::Error::OutOfRange) for numbers that
/// cannot be.
///
/// # Complexity
/// `O(n m)` for n sites of which m follow one another within one period.
///
/// # Example
/// ```
/// use railcorridor::operation::traffic::{
///     DayUse, SectionRun, TrackLine, TrackStation, TrainClass, place_loops,
/// };
///
/// // A site every 5 km, 6 minutes each way; a loop costs 2 million.
/// let station = |number: u32| TrackStation {
///     name: format!("km {}", 5 * number), chainage_m: 5e3 * f64::from(number),
///     track_lengths_m: vec![1_050.0; 2], ..Default::default()
/// };
/// let line = TrackLine::new((0..=12).map(station).collect())?;
/// let runs = vec![SectionRun { increasing_s: 360, decreasing_s: 360 }; 12];
/// let class = TrainClass { name: "freight".into(), length_m: 900.0, runs, ..Default::default() };
/// let day = DayUse { closed_s: 0, reliability_share: 1.0 };
/// // 20 pairs a day leave 72 minutes a pair: 36 minutes each way, six sites apart.
/// let plan = place_loops(&line, &class, &[2e6; 13], 20.0, &day)?;
/// assert_eq!(plan.stations, [0, 6, 12]);
/// assert_eq!(plan.cost_usd, 2e6);
/// // 21 pairs leave 68.6 minutes: two loops, and equal times put them at thirds.
/// assert_eq!(place_loops(&line, &class, &[2e6; 13], 21.0, &day)?.stations, [0, 4, 8, 12]);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn place_loops(
    line: &TrackLine,
    class: &TrainClass,
    costs_usd: &[f64],
    pairs_per_day: f64,
    day: &DayUse,
) -> Result<LoopPlan> {
    class.check(line)?;
    if costs_usd.len() != line.stations().len() {
        let problem = format!("{} costs for {} stations", costs_usd.len(), line.stations().len());
        return Err(wrong(
            "costs_usd",
            problem,
            "give one for each station, 0 where a loop is built",
        ));
    }
    for (station, cost_usd) in line.stations().iter().zip(costs_usd) {
        let item = || format!("cost in usd of a loop at {}", station.name);
        error::within(item, *cost_usd, (0.0, 1e12), "0 if it is built")?;
    }
    let longest_period_s = day.longest_period_s(pairs_per_day)?;
    let sites = meeting_places(line, class);
    let search = Search { line, class, costs_usd, sites: &sites, limit_s: longest_period_s };
    let Some((cost_usd, stations)) = search.best()? else {
        return Err(search.too_long(&capacity_between(line, class, day, &sites)?, pairs_per_day));
    };
    let capacity = capacity_between(line, class, day, &stations)?;
    Ok(LoopPlan { stations, cost_usd, longest_period_s, capacity })
}

struct Search<'a> {
    line: &'a TrackLine,
    class: &'a TrainClass,
    costs_usd: &'a [f64],
    sites: &'a [usize],
    limit_s: f64,
}

/// The best plan up to a site with a choice there: cost, longest period, site and choice before.
#[derive(Clone, Copy)]
struct Label {
    cost_usd: f64,
    longest_s: u64,
    before: (usize, usize),
}

impl Label {
    fn is_better(&self, than: Option<&Self>) -> bool {
        than.is_none_or(|than| {
            let costs = self.cost_usd.total_cmp(&than.cost_usd);
            costs.then(self.longest_s.cmp(&than.longest_s)).is_lt()
        })
    }
}

impl Search<'_> {
    /// Cost and stations of the best plan; `None` if there is none.
    fn best(&self) -> Result<Option<(f64, Vec<usize>)>> {
        let choices_at = |site: &usize| choices(self.line, self.class, *site);
        let start = Label { cost_usd: 0.0, longest_s: 0, before: (0, 0) };
        let mut labels: Vec<Vec<Option<Label>>> =
            self.sites.iter().map(|site| vec![None; choices_at(site).len()]).collect();
        if let Some(first) = labels.first_mut() {
            first.fill(Some(start));
        }
        for (from, low) in self.sites.iter().enumerate() {
            let Some(here) = labels.get(from).cloned() else { break };
            for (to, high) in self.sites.iter().enumerate().skip(from + 1) {
                let stretch = stretch(self.line, self.class, *low, *high)?;
                let running_s =
                    u64::from(stretch.run.increasing_s) + u64::from(stretch.run.decreasing_s);
                if seconds(running_s) > self.limit_s {
                    break;
                }
                let cost_usd = self.cost_of(*high);
                for (number, at_low) in choices_at(low).iter().enumerate() {
                    let Some(label) = here.get(number).copied().flatten() else { continue };
                    for (other, at_high) in choices_at(high).iter().enumerate() {
                        let period_s =
                            stretch.period_s(self.class, Scheme { low: *at_low, high: *at_high });
                        if seconds(period_s) > self.limit_s {
                            continue;
                        }
                        let next = Label {
                            cost_usd: label.cost_usd + cost_usd,
                            longest_s: label.longest_s.max(period_s),
                            before: (from, number),
                        };
                        let Some(slot) = labels.get_mut(to).and_then(|row| row.get_mut(other))
                        else {
                            continue;
                        };
                        if next.is_better(slot.as_ref()) {
                            *slot = Some(next);
                        }
                    }
                }
                if self.line.is_yard(*high) {
                    break;
                }
            }
        }
        Ok(self.walk_back(&labels))
    }

    /// What a loop costs; a yard has its tracks.
    fn cost_of(&self, station: usize) -> f64 {
        let cost_usd = self.costs_usd.get(station).copied().unwrap_or_default();
        if self.line.is_yard(station) { 0.0 } else { cost_usd }
    }

    fn walk_back(&self, labels: &[Vec<Option<Label>>]) -> Option<(f64, Vec<usize>)> {
        let last = labels.last()?.iter().enumerate();
        let (number, label) = last.filter_map(|(number, label)| Some((number, (*label)?))).fold(
            None,
            |best: Option<(usize, Label)>, (number, label)| match best {
                Some((_, other)) if !label.is_better(Some(&other)) => best,
                _ => Some((number, label)),
            },
        )?;
        let mut stations = vec![*self.sites.last()?];
        let (mut site, mut number) = (self.sites.len() - 1, number);
        while site > 0 {
            (site, number) = (*labels.get(site)?.get(number)?)?.before;
            stations.push(*self.sites.get(site)?);
        }
        stations.reverse();
        Some((label.cost_usd, stations))
    }

    /// Why there is no plan: the tightest stretch with all sites in use.
    fn too_long(&self, all: &LineCapacity, pairs_per_day: f64) -> crate::Error {
        let (name, period_s) =
            all.binding_section().map_or(("", 0), |at| (at.name.as_str(), at.period_s));
        let problem = format!(
            "a pair of trains takes {period_s} s even with a loop at every site, and {pairs_per_day} pairs a day leave {:.0} s",
            self.limit_s
        );
        wrong(
            name,
            problem,
            &format!("add a site there, or ask for {:.1} pairs at most", all.pairs_per_day),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_go_by_cost_then_by_period() {
        let label = |cost_usd, longest_s| Label { cost_usd, longest_s, before: (0, 0) };
        assert!(label(1.0, 9).is_better(Some(&label(2.0, 1))));
        assert!(label(1.0, 8).is_better(Some(&label(1.0, 9))));
        assert!(!label(1.0, 9).is_better(Some(&label(1.0, 9))));
        assert!(label(1.0, 9).is_better(None));
    }
}
