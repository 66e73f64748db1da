//! The way out of a finished search over headings.

use super::curves::{Turn, turn};
use super::heading_entry::{END, twin};
use super::heading_search::HeadingSearch;
use super::heading_table::Heading;
use super::level_entry::climb_cost;
use super::level_path::Found;
use super::level_table::State;
use super::pages::UNKNOWN;

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
        let (into, _) = self.guide.pages.exits_of(page)?;
        let row = into.row as usize;
        let reach = into.reach(back, self.guide.moves.of_row(row).get(back)?);
        let curves = self.curves.of(row, heading.leaving)?;
        let moving = (heading.leaving, i32::from(self.curves.most));
        let fits = |next: Option<Heading>, to: usize| {
            let after = next.map_or((END.into(), 0), |next| (next.leaving, next.free));
            let Turn { free, lost } = turn(curves, moving, after)?;
            let high = self.height(page, to)?;
            let left = match next {
                Some(next) => self.table.cost(next, to)?,
                None => 0,
            };
            let climb = climb_cost(self.guide.climb, high - low);
            let through = left.checked_add(self.step(page, back, high)?)?.checked_add(climb)?;
            let is_next =
                free == heading.free && (low - high).abs() <= reach - lost && through == cost;
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

    /// What the twin of a move costs that enters a page at a height, but for climbing.
    fn step(&self, page: usize, number: usize, height: i32) -> Option<u32> {
        let (entering, crossing) = twin(&self.guide, page, number)?;
        let cost = entering.cost(height).saturating_add(crossing);
        (cost != UNKNOWN).then_some(cost)
    }
}
