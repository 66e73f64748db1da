//! Which candidates are kept.

use super::candidates::{Limits, candidates, in_time, refine};
use super::overlap::Plan;
use super::ways::{Cell, Ways};
use super::{Alternative, AlternativeOptions};
use crate::error::{Error, Result};

/// How much cheaper another way between two places of a way must be before that part counts as no
/// cheapest one, as a share.
const TOLERANCE_SHARE: f64 = 1e-3;

/// How many candidates may be replaced by cheaper ones.
const REPLACEMENTS: usize = 24;

/// The best way and those that really differ from it and from each other, in the order of cost;
/// when the time is over, those of them that were found to be cheapest by then.
pub(super) fn alternatives<W: Ways>(
    ways: &W,
    options: &AlternativeOptions,
) -> Result<Vec<Alternative<W::Way>>> {
    options.check()?;
    let best = ways.cheapest(None)?.ok_or_else(|| no_route(ways.ends()))?;
    if options.count == 0 {
        return Ok(Vec::new());
    }
    let plan = Plan::new(ways.grid());
    let first = Candidate::new(ways, best);
    let (best, best_m) = (first.cells.clone(), first.cost_m);
    let mut choice = Choice { ways, plan, options, pool: vec![first] };
    if options.count > 1 {
        for way in candidates(ways, &choice.plan, options, &best, best_m)? {
            choice.add(way);
        }
    }
    let limits = Limits { best: &best, most_m: best_m * (1.0 + options.dearer_share) };
    let mut left = REPLACEMENTS;
    loop {
        let kept = choice.kept();
        let (place, shortcut) = match choice.first_shortcut(&kept) {
            Ok(Some(found)) => found,
            Ok(None) => return Ok(choice.finish(&kept)),
            Err(Error::Stopped { .. }) => return Ok(choice.finish(&choice.cheapest(kept))),
            Err(problem) => return Err(problem),
        };
        // The way is no cheapest one round the place that makes it: a better one takes its place.
        choice.pool.remove(place);
        if left > 0 {
            left -= 1;
            if let Some(way) = in_time(refine(ways, &choice.plan, options, &limits, &shortcut))? {
                choice.add(way);
            }
        }
    }
}

fn no_route((from, to): (Cell, Cell)) -> Error {
    Error::NoRoute {
        from: format!("row {}, column {}", from.0, from.1),
        to: format!("row {}, column {}", to.0, to.1),
        problem: "nothing under the limits reaches it".to_owned(),
        hint: "allow a steeper gradient, deeper cuts or higher bridges, or open a cell".to_owned(),
    }
}

/// A way with what the rules ask of it.
struct Candidate<W> {
    way: W,
    cells: Vec<Cell>,
    cost_m: f64,
    /// Parts that were found to be cheapest ways.
    cheapest_parts: Vec<(usize, usize)>,
}

impl<W> Candidate<W> {
    fn new<Of: Ways<Way = W>>(ways: &Of, way: W) -> Self {
        let (cells, cost_m) = (ways.cells(&way), ways.cost_m(&way));
        Self { way, cells, cost_m, cheapest_parts: Vec::new() }
    }
}

/// A candidate that is kept so far.
struct Kept {
    place: usize,
    shared_share: f64,
    /// Place of the via cell among the way's cells.
    via: usize,
}

/// All candidates, the best one first.
struct Choice<'a, W: Ways> {
    ways: &'a W,
    plan: Plan,
    options: &'a AlternativeOptions,
    pool: Vec<Candidate<W::Way>>,
}

impl<W: Ways> Choice<'_, W> {
    /// Takes a candidate into the order of costs, unless it is there already.
    fn add(&mut self, way: W::Way) {
        let candidate = Candidate::new(self.ways, way);
        if self.pool.iter().any(|other| other.cells == candidate.cells) {
            return;
        }
        let order = |other: &Candidate<W::Way>| {
            other
                .cost_m
                .total_cmp(&candidate.cost_m)
                .then_with(|| other.cells.cmp(&candidate.cells))
        };
        // Over all cells nothing is cheaper than the best, which stays first.
        let place = self.pool.partition_point(|other| order(other).is_lt()).max(1);
        self.pool.insert(place, candidate);
    }

    /// Candidates near the best in cost that share little with each better one.
    fn kept(&self) -> Vec<Kept> {
        let mut kept: Vec<Kept> = Vec::new();
        let most_m =
            self.pool.first().map_or(0.0, |best| best.cost_m) * (1.0 + self.options.dearer_share);
        for (place, candidate) in self.pool.iter().enumerate() {
            if kept.len() == self.options.count || candidate.cost_m > most_m {
                break;
            }
            let better = || kept.iter().filter_map(|one| self.pool.get(one.place));
            let shares = better().map(|other| {
                self.plan.shared_share(&candidate.cells, &other.cells, self.options.beside_m)
            });
            let shared_share = shares.fold(0.0, f64::max);
            if shared_share > self.options.shared_share {
                continue;
            }
            let via = self.via(&candidate.cells, better().map(|other| other.cells.as_slice()));
            kept.push(Kept { place, shared_share, via });
        }
        kept
    }

    /// The place of a way that is farthest from the others; the middle if there are none.
    fn via<'c>(&self, cells: &[Cell], others: impl Iterator<Item = &'c [Cell]>) -> usize {
        let mut apart_m: Vec<f64> = vec![f64::INFINITY; cells.len()];
        for other in others {
            for (slot, apart) in apart_m.iter_mut().zip(self.plan.apart_m(cells, other)) {
                *slot = slot.min(apart);
            }
        }
        let middle = cells.len() / 2;
        let farthest = apart_m.iter().enumerate().max_by(|a, b| {
            a.1.total_cmp(b.1).then_with(|| middle.abs_diff(b.0).cmp(&middle.abs_diff(a.0)))
        });
        farthest.map_or(0, |(place, _)| place)
    }

    /// The first kept way whose part round its via cell is no cheapest way, with a cheaper one.
    fn first_shortcut(&mut self, kept: &[Kept]) -> Result<Option<(usize, Vec<Cell>)>> {
        let half_m = self.half_m();
        for one in kept.iter().skip(1) {
            let Some(candidate) = self.pool.get_mut(one.place) else { continue };
            let part = part(&self.plan, &candidate.cells, one.via, half_m);
            if candidate.cheapest_parts.contains(&part) {
                continue;
            }
            match self.ways.shortcut(&candidate.way, part, TOLERANCE_SHARE)? {
                Some(shortcut) => return Ok(Some((one.place, shortcut))),
                None => candidate.cheapest_parts.push(part),
            }
        }
        Ok(None)
    }

    /// Half the length of the part that must be a cheapest way.
    fn half_m(&self) -> f64 {
        let best_m = self.pool.first().map_or(0.0, |best| self.plan.length_m(&best.cells));
        0.5 * self.options.local_share * best_m
    }

    /// The best, and those that are known to be cheapest round what makes them.
    fn cheapest(&self, mut kept: Vec<Kept>) -> Vec<Kept> {
        let half_m = self.half_m();
        kept.retain(|one| {
            let Some(candidate) = self.pool.get(one.place) else { return false };
            let part = part(&self.plan, &candidate.cells, one.via, half_m);
            one.place == 0 || candidate.cheapest_parts.contains(&part)
        });
        kept
    }

    fn finish(&self, kept: &[Kept]) -> Vec<Alternative<W::Way>> {
        let best_m = self.pool.first().map_or(1.0, |best| best.cost_m);
        let one = |one: &Kept| {
            let candidate = self.pool.get(one.place)?;
            Some(Alternative {
                way: candidate.way.clone(),
                shared_share: one.shared_share,
                detour_ratio: if best_m > 0.0 { candidate.cost_m / best_m } else { 1.0 },
                via: *candidate.cells.get(one.via)?,
            })
        };
        kept.iter().filter_map(one).collect()
    }
}

/// The first and last place within a length of a place of a way.
fn part(plan: &Plan, cells: &[Cell], via: usize, half_m: f64) -> (usize, usize) {
    let step_m = |a: usize, b: usize| {
        let ends = cells.get(a).zip(cells.get(b));
        ends.map_or(f64::INFINITY, |(a, b)| plan.distance_m(*a, *b))
    };
    let (mut first, mut last) = (via, via);
    let mut left_m = half_m;
    while first > 0 && step_m(first - 1, first) <= left_m {
        left_m -= step_m(first - 1, first);
        first -= 1;
    }
    left_m = half_m;
    while last + 1 < cells.len() && step_m(last, last + 1) <= left_m {
        left_m -= step_m(last, last + 1);
        last += 1;
    }
    (first, last)
}
