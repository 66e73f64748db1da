//! Cheapest ways over cells and headings, where turns are limited or cost something.

use super::bucket_ring::Buckets;
use super::isotropic::Isotropic;
use super::labels::{CLOSED, Graph, Labels, Look, UNREACHED};
use super::moves::STEPS;
use super::padded::Padded;
use super::range::Range;
use super::refusal::{no_way, not_open, too_many, too_uneven};
use super::turns::{Turns, turn_headings};
use super::{MoveCosts, Neighbours, Step, TurnRule, Way};
use crate::error::{Error, Result};

/// What messages call it.
const ITEM: &str = "search over headings";

/// A search over cells and the sixteen headings of their neighbours.
///
/// A state is a cell and the move that entered it; memory 4 bytes a state and 4 a cell, and the
/// queue: 4.8 bytes a state in all on the embedded terrain.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TurningSearch {
    /// What limits a turn.
    pub rule: TurnRule,
    /// Cost of each of the sixteen headings that a turn passes, metres of level line.
    pub heading_cost_m: f64,
    /// Rows down and columns right of the move before the first; any if `None`.
    pub heading_in: Option<(i8, i8)>,
    /// Rows down and columns right of the last move; any if `None`.
    pub heading_out: Option<(i8, i8)>,
}

impl TurningSearch {
    /// The cheapest way from a cell to another under the turn rule.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for costs by moves (not by cells) or with climb, for a turn's cost
    /// below zero, for ends outside or closed and for a heading that is none of the sixteen;
    /// [`Error::NoRoute`]; [`Error::Limit`] beyond 2^31 states.
    ///
    /// ```
    /// use railcorridor::route::{Cells, MoveCosts, TurnRule, TurningSearch};
    ///
    /// // Turning back on level ground of 100 m cells with curves of 150 m: no move can just be
    /// // made the other way.
    /// let costs = MoveCosts::friction(Cells::even(20, 20, 100.0, 100.0)?, vec![1.0; 400])?;
    /// let search = TurningSearch {
    ///     rule: TurnRule::Radius { radius_m: 150.0 },
    ///     heading_cost_m: 0.0,
    ///     heading_in: Some((0, 1)),
    ///     heading_out: Some((0, -1)),
    /// };
    /// let way = search.way(&costs, (8, 8), (9, 8))?;
    /// assert!(way.length_m > 2.0 * std::f64::consts::PI * 50.0);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn way(
        &self,
        costs: &MoveCosts<'_>,
        from: (usize, usize),
        to: (usize, usize),
    ) -> Result<Way> {
        self.check(costs)?;
        let neighbours = Neighbours::Sixteen;
        let padded = Padded::new(costs.cells(), neighbours)?;
        if padded.nodes() >= 1 << 27 {
            return Err(too_many(ITEM, format!("{} states", padded.nodes() * 16), "2^31 states"));
        }
        let first = self.states(costs, &padded, "from", from, self.heading_in)?;
        let last = self.states(costs, &padded, "to", to, self.heading_out)?;
        let range = Range::of(costs, neighbours);
        // A turn of half a circle may come on top of every move.
        let turn_m = 8.0 * self.heading_cost_m;
        let units_per_m = range.finest_units_per_m(costs.cells()) / 8.0;
        let (cheapest, dearest) = range.units(units_per_m);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
        let dearest = dearest.saturating_add((turn_m * units_per_m) as u32 + 1);
        if cheapest == 0 || dearest >= CLOSED / 2 {
            return Err(too_uneven(ITEM));
        }
        let graph = Headings {
            moves: Isotropic::new(costs, &padded, neighbours, units_per_m),
            ratios: costs.padded(&padded, f32::INFINITY, |ratio| ratio),
            turns: Turns::new(costs.cells(), &padded, self.rule)?,
            padded,
            turn_units: self.turn_units(units_per_m),
        };
        let mut labels = Labels::new(vec![UNREACHED; 16 * padded.nodes()]);
        let ended = labels.spread(&graph, Buckets::new(cheapest, dearest), &first, &last);
        if !ended.in_range {
            return Err(too_uneven(ITEM));
        }
        let end = last.iter().copied().filter_map(|state| Some((labels.cost(state)?, state))).min();
        let (units, end) = end.ok_or_else(|| {
            let problem = "no way turns as gently as asked";
            no_way(from, to, problem, "allow a smaller radius or open a cell")
        })?;
        let searched_m = f64::from(units) / units_per_m;
        Ok(self.way_back(costs, &graph, &labels, end, searched_m, ended.settled_count))
    }

    /// Costs that the search knows, and a turn that costs nothing or more.
    fn check(&self, costs: &MoveCosts<'_>) -> Result<()> {
        let wrong = |item: &str, value: f64, limit: &str, hint: &str| {
            let (item, limit, hint) = (item.to_owned(), limit.to_owned(), hint.to_owned());
            Err(Error::OutOfRange { item, value, limit, hint })
        };
        if costs.span().is_none() {
            let hint = "a search over headings takes what a metre costs in each cell";
            return wrong("number of cells with a cost", 0.0, "costs by cells", hint);
        }
        if let Some(climb) = costs.climb() {
            let hint = "a search over headings knows no climb; let friction hold it";
            return wrong("up_ratio", climb.up_ratio, "costs without climb", hint);
        }
        if !(0.0..=1e9).contains(&self.heading_cost_m) {
            let hint = "metres of level line for a sixteenth of a turn";
            return wrong("heading_cost_m", self.heading_cost_m, "0 to 1e9 m", hint);
        }
        Ok(())
    }

    fn turn_units(&self, units_per_m: f64) -> [[u32; 16]; 16] {
        let units = |before: usize, after: usize| {
            let turn_m = f64::from(turn_headings(before, after)) * self.heading_cost_m;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "saturates"
            )]
            let units = (turn_m * units_per_m).round().min(f64::from(CLOSED)) as u32;
            units
        };
        std::array::from_fn(|before| std::array::from_fn(|after| units(before, after)))
    }

    /// The states of a cell: one for a heading, or all sixteen.
    fn states(
        &self,
        costs: &MoveCosts<'_>,
        padded: &Padded,
        item: &str,
        cell: (usize, usize),
        heading: Option<(i8, i8)>,
    ) -> Result<Vec<u32>> {
        let open = costs.friction_ratio(cell).and_then(|_| padded.node(cell));
        let node = open.ok_or_else(|| not_open(item, cell, costs.cells()))?;
        let Some(heading) = heading else { return Ok((0..16).map(|h| node * 16 + h).collect()) };
        let steps = Neighbours::Sixteen.steps();
        let number = (0..16_u32).zip(steps).find(|(_, step)| **step == heading);
        let (number, _) = number.ok_or_else(|| Error::OutOfRange {
            item: format!("rows down of the heading at {item}"),
            value: heading.0.into(),
            limit: "one of the sixteen moves".to_owned(),
            hint: "rows down and columns right, such as (1, 2)".to_owned(),
        })?;
        Ok(vec![node * 16 + number])
    }

    fn way_back(
        &self,
        costs: &MoveCosts<'_>,
        graph: &Headings,
        labels: &Labels<u32>,
        end: u32,
        searched_m: f64,
        settled_count: usize,
    ) -> Way {
        let mut states = vec![end];
        let mut state = end;
        while let Some(before) = labels.before(graph, state) {
            state = before;
            states.push(state);
        }
        states.reverse();
        let cells: Vec<_> = states.iter().map(|state| graph.padded.cell(state / 16)).collect();
        let (mut length_m, mut cost_m) = (0.0, 0.0);
        for (from, to) in cells.iter().zip(cells.iter().skip(1)) {
            let step = Step { from: *from, to: *to, length_m: costs.cells().length_m(*from, *to) };
            length_m += step.length_m;
            cost_m += costs.step_m(&step).unwrap_or(f64::NAN);
        }
        for (a, b) in states.iter().zip(states.iter().skip(1)) {
            let headings = turn_headings((a % 16) as usize, (b % 16) as usize);
            cost_m += f64::from(headings) * self.heading_cost_m;
        }
        Way { cells, length_m, cost_m, searched_m, settled_count }
    }
}

/// The cells' moves from every state: cell times 16 plus the move that entered it.
struct Headings {
    moves: Isotropic<16, 5>,
    /// What a metre costs by node; infinite where it is closed.
    ratios: Vec<f32>,
    turns: Turns,
    padded: Padded,
    /// By the move before and the one after.
    turn_units: [[u32; 16]; 16],
}

impl Graph<16> for Headings {
    type Label = u32;

    #[inline(always)]
    fn look(&self, labels: &[u32], state: u32) -> Look<16> {
        let (node, before) = (state / 16, (state % 16) as usize);
        let around = self.moves.around.of(&self.ratios, node);
        let there = std::array::from_fn(|number| around.at(STEPS[number]));
        let mut costs = self.moves.edges(node, around.at((0, 0)), &there, |step| around.at(step));
        let may_follow = self.turns.after(self.padded.row_of(node), before);
        let turns = self.turn_units.get(before).unwrap_or(&[0; 16]);
        for (number, (cost, turn)) in costs.iter_mut().zip(turns).enumerate() {
            // Both are below 2^31.
            let sum = (*cost + turn).min(CLOSED);
            *cost = if may_follow >> number & 1 == 0 { CLOSED } else { sum };
        }
        let known = std::array::from_fn(|number| {
            labels.get(self.head(state, number) as usize).copied().unwrap_or(0)
        });
        Look { edges: costs, known }
    }

    #[inline(always)]
    fn head(&self, state: u32, number: usize) -> u32 {
        let node = self.moves.head(state / 16, number);
        node.wrapping_mul(16).wrapping_add(u32::try_from(number).unwrap_or_default())
    }

    fn tail(&self, state: u32, which: usize) -> (u32, usize) {
        let number = (state % 16) as usize;
        let (node, _) = self.moves.tail(state / 16, number);
        let before = u32::try_from(which).unwrap_or_default();
        (node.wrapping_mul(16).wrapping_add(before), number)
    }
}
