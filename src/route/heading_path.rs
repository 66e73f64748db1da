//! The way out of a finished search over headings.

use super::heading_entry::twin;
use super::heading_search::HeadingSearch;
use super::heading_table::Heading;
use super::level_entry::climb_cost;
use super::level_path::Found;
use super::level_table::State;
use super::pages::{NONE, UNKNOWN};

impl HeadingSearch<'_> {
    /// The way that was found, walked from the start by costs that add up exactly.
    pub(super) fn found(&self) -> Option<Found> {
        let mut states = vec![self.guide.first];
        let (cost, first) = self.first.unzip();
        let mut at = first.map(|first| (first, self.guide.first.1));
        while let Some((heading, level)) = at {
            let (next, state) = self.after(heading, level)?;
            states.push(state);
            at = next.map(|next| (next, state.1));
        }
        let (settled_count, memory_bytes) = (self.all_settled(), self.bytes());
        Some(Found { states, cost: cost.unwrap_or(0), settled_count, memory_bytes })
    }

    /// Where the cheapest way from a state goes next, and how it leaves from there unless it ends.
    fn after(&self, heading: Heading, level: usize) -> Option<(Option<Heading>, State)> {
        let cost = self.table.cost(heading, level)?;
        let low = self.height(heading.page, level)?;
        // The twin of the move that leaves leads back here.
        let (exits, _) = self.guide.pages.exits_of(heading.page)?;
        let (page, back) = (*exits.next.get(heading.leaving)? as usize, heading.leaving ^ 1);
        let fits = |next: Option<Heading>, to: usize| {
            if self.before(page, back, next)? != heading {
                return None;
            }
            let high = self.height(page, to)?;
            let (least, most) = self.rise(page, back, next)?;
            let left = match next {
                Some(next) => self.table.cost(next, to)?,
                None => 0,
            };
            let climb = climb_cost(self.guide.climb, high - low);
            let through = left.checked_add(self.step(page, back, high)?)?.checked_add(climb)?;
            let is_next = (least..=most).contains(&(low - high)) && through == cost;
            is_next.then_some((next, (page, to)))
        };
        let is_last = page == self.guide.last.0;
        let end = is_last.then(|| fits(None, self.guide.last.1)).flatten();
        end.or_else(|| {
            let levels = 0..self.guide.levels.count();
            let mut headings = self.table.headings(page);
            headings.find_map(|next| levels.clone().find_map(|to| fits(Some(next), to)))
        })
    }

    /// The heading of a move into a page, before the curve to the heading there; `None` if the
    /// move cannot be made or the curve has no room. `number` leads back.
    fn before(&self, page: usize, number: usize, heading: Option<Heading>) -> Option<Heading> {
        let (exits, _) = self.guide.pages.exits_of(page)?;
        let next = exits.next.get(number).copied().filter(|next| *next != NONE)?;
        let (leaving, most) = (number ^ 1, i32::from(self.curves.most));
        let free = match heading {
            None => 2,
            Some(heading) if heading.leaving == leaving => heading.free + 2,
            Some(heading) => {
                let curve = self.curves.get(exits.row as usize, leaving, heading.leaving)?;
                if heading.free < i32::from(curve.after) {
                    return None;
                }
                2 - i32::from(curve.before)
            }
        };
        Some(Heading { page: next as usize, leaving, free: free.min(most) })
    }

    /// The least and the greatest rise out of a page by a move back, as the gradient and the curve
    /// allow.
    fn rise(&self, page: usize, number: usize, heading: Option<Heading>) -> Option<(i32, i32)> {
        let (exits, _) = self.guide.pages.exits_of(page)?;
        let one = self.guide.moves.of_row(exits.row as usize).get(number)?;
        let is_station = exits.stations >> number & 1 == 1;
        let reach = if is_station { one.station_reach } else { one.reach };
        let lost = match heading {
            Some(heading) => self.curves.get(exits.row as usize, number ^ 1, heading.leaving)?.lost,
            None => 0,
        };
        (reach >= lost).then_some((lost - reach, reach - lost))
    }

    /// What the twin of a move costs that enters a page at a height, but for climbing.
    fn step(&self, page: usize, number: usize, height: i32) -> Option<u32> {
        let (entering, crossing) = twin(&self.guide, page, number)?;
        let cost = entering.cost(height).saturating_add(crossing);
        (cost != UNKNOWN).then_some(cost)
    }
}
