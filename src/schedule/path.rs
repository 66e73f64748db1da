//! The longest path, and the paths that have little time to spare.

use super::{Dates, Rule};

/// Activities of which each holds the next, and how much time they have to spare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Total float of the activity that it ends with, working days.
    pub total_float_days: i32,
    /// Places of the activities in the network's list, first to last.
    pub activities: Vec<usize>,
    /// Places of the links that lead from each to the next.
    pub links: Vec<usize>,
}

impl Dates<'_> {
    /// The chain of activities that makes the network as long as it is.
    ///
    /// From the activity that is finished last it goes back over the links that fix the early
    /// dates. Unlike a float of zero, it is right with several calendars and with constraints.
    /// Where several would do, it takes the one that was written first.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use railcorridor::schedule::{Activity, Calendar, Link, Network, WorkingWeek};
    ///
    /// let week = WorkingWeek::EVERY_DAY;
    /// let mut network = Network::new(date(2026, 1, 5), Calendar::new("site", week));
    /// network.activities = vec![
    ///     Activity::task("fill", 9.0), Activity::task("piers", 7.0), Activity::task("track", 5.0)];
    /// network.links =
    ///     vec![Link::finish_start("piers", "track"), Link::finish_start("fill", "track")];
    /// let compiled = network.compile()?;
    /// let dates = compiled.dates()?;
    /// let longest = dates.longest_path();
    /// assert_eq!((longest.activities, longest.links), (vec![0, 2], vec![1]));
    /// // The piers have two days to spare.
    /// let near = dates.near_critical_paths(5, 10);
    /// assert_eq!((near.len(), near[1].total_float_days), (2, 2));
    /// assert_eq!(near[1].activities, [1]);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn longest_path(&self) -> Path {
        let last = self.early.iter().position(|span| span.finish == self.finish);
        let mut path = self.path_to(last, |_| false);
        path.total_float_days =
            path.activities.last().map_or(0, |last| self.total_float_days(*last));
        path
    }

    /// Whether each activity is on a longest path, where there may be several.
    #[must_use]
    pub fn on_longest_paths(&self) -> Vec<bool> {
        let count = self.early.len();
        let mut is_on: Vec<bool> =
            self.early.iter().map(|span| span.finish == self.finish).collect();
        for position in (0..count).rev() {
            if !is_on.get(position).is_some_and(|on| *on) {
                continue;
            }
            for from in self.driving(position).map(|(from, _)| from) {
                if let Some(on) = is_on.get_mut(from) {
                    *on = true;
                }
            }
        }
        let positions = self.compiled.positions.iter();
        positions.map(|place| is_on.get(*place as usize).is_some_and(|on| *on)).collect()
    }

    /// Paths with no more than so many working days to spare, least first; the longest leads.
    ///
    /// Each further path ends with the activity that has least to spare and lies on no path yet,
    /// the last one of several, and goes back over driving links to a path that is told already.
    ///
    /// # Complexity
    /// That of sorting the activities.
    #[must_use]
    pub fn near_critical_paths(&self, most_float_days: i32, most_paths: usize) -> Vec<Path> {
        let mut is_told = vec![false; self.early.len()];
        let mut paths = vec![self.longest_path()];
        let mut ends: Vec<(i32, usize)> = Vec::new();
        for (position, rule) in self.compiled.rules.iter().enumerate() {
            let float_days = self.total_float_days(self.compiled.activity_at(position));
            if *rule != Rule::Done && float_days <= most_float_days {
                ends.push((float_days, position));
            }
        }
        let finish = |position: usize| self.early.get(position).map_or(0, |span| span.finish);
        ends.sort_by_key(|(float_days, position)| {
            (*float_days, std::cmp::Reverse((finish(*position), *position)))
        });
        let mut ends = ends.into_iter();
        while paths.len() <= most_paths {
            for activity in paths.last().iter().flat_map(|path| &path.activities) {
                if let Some(told) = is_told.get_mut(self.compiled.position(*activity)) {
                    *told = true;
                }
            }
            let is_told = |position: usize| is_told.get(position).is_some_and(|told| *told);
            let Some((total_float_days, end)) = ends.find(|(_, end)| !is_told(*end)) else { break };
            paths.push(Path { total_float_days, ..self.path_to(Some(end), is_told) });
        }
        paths.truncate(most_paths);
        paths.retain(|path| !path.activities.is_empty());
        paths
    }

    /// The path that leads to a position, back to where no link drives or a path is told already.
    fn path_to(&self, last: Option<usize>, is_told: impl Fn(usize) -> bool) -> Path {
        let mut path = Path { total_float_days: 0, activities: Vec::new(), links: Vec::new() };
        let mut at = last;
        while let Some(position) = at {
            path.activities.push(self.compiled.activity_at(position));
            let mut driving: Vec<(usize, usize)> = self.driving(position).collect();
            driving.sort_by_key(|(_, number)| *number);
            let before = driving.into_iter().find(|(from, _)| !is_told(*from));
            path.links.extend(before.map(|(_, number)| number));
            at = before.map(|(from, _)| from);
        }
        path.activities.reverse();
        path.links.reverse();
        path
    }

    /// The predecessors that fix the early dates of a position, each with its link's number.
    fn driving(&self, position: usize) -> impl Iterator<Item = (usize, usize)> {
        let place = self.place(self.compiled.activity_at(position));
        let place = place.filter(|place| self.compiled.waits(place.rule));
        place.into_iter().flat_map(move |place| {
            let links = self.compiled.links_into(position);
            let drives = links.filter(|(link, _)| self.drives(link, &place));
            let ends: Vec<_> = drives.map(|(link, number)| (link.from as usize, number)).collect();
            ends
        })
    }
}
