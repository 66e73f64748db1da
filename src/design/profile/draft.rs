//! The search for a cheap profile: works by levels, levels by works, in turn.

use super::blocked::{breach, too_close};
use super::fit::fitted;
use super::interior;
use super::layout::layouts;
use super::legs::{Legs, level_limits, programme};
use super::problem::{ProfileProblem, Works};
use super::reach::Levels;
use super::ways::choose;
use super::works_costs::{Detail, LevelsCost, WorksCosts};
use crate::error::{Error, Result};
use crate::geometry::{Pvi, Rounding};

/// The gap at which heights are the best.
const GAP: f64 = 1e-7;

/// The same while works are chosen.
const ROUGH_GAP: f64 = 1e-5;

/// Rounds of banning works from stations where they led nowhere.
const BANS: usize = 24;

/// Rounds of choosing works and levels.
const ROUNDS: usize = 6;

/// What a metre outside of what works allow counts while works are chosen, as shares of what it
/// counts in the end, one after the other: little at first, since levels can still make up for it.
/// How little is best depends on the ground, so both are tried.
const STARTS: [&[f64]; 2] = [&[0.2, 1.0], &[0.02, 0.2, 1.0]];

/// The same once levels are good.
const LAST: [f64; 1] = [1.0];

/// A cost that falls by a smaller share is the same.
const SAME: f64 = 1e-5;

/// Points are taken out of a line that gets dearer by this share at most.
const FEWER: f64 = 1e-4;

/// A gradient that changes by less, as a ratio, hardly changes.
const EVEN: f64 = 5e-5;

/// Greater radii cannot be told from grades, and no profile takes them.
const MOST_RADIUS_M: f64 = 9e8;

/// A profile while it is sought.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    legs: Legs,
    heights_m: Vec<f64>,
    pub(super) levels_m: Vec<f64>,
    pub(super) works: Vec<Works>,
    pub(super) cost_usd: f64,
    cost: LevelsCost,
}

impl Draft {
    /// Its points with the radii of their curves.
    pub(super) fn points(&self, problem: &ProfileProblem) -> Vec<Pvi> {
        let bends = self.bends();
        let point = |number: usize, distance_m: f64, height_m: f64| {
            let bend = number.checked_sub(1).and_then(|before| bends.get(before)).copied();
            let curve_m = 2.0 * self.legs.half_m(number);
            let radius_m = bend.map(|bend| {
                let least_m = self.legs.radius_m(problem, number);
                (curve_m / bend.abs()).max(least_m).min(MOST_RADIUS_M)
            });
            let rounding =
                radius_m.map_or(Rounding::None, |radius_m| Rounding::Parabola { radius_m });
            Pvi { distance_m, height_m, rounding }
        };
        let places = self.legs.at_m.iter().zip(&self.heights_m).enumerate();
        places.map(|(number, (at_m, height_m))| point(number, *at_m, *height_m)).collect()
    }

    /// How the gradient changes at each point between the ends.
    fn bends(&self) -> Vec<f64> {
        let runs = self.legs.at_m.windows(2).zip(self.heights_m.windows(2));
        let gradients: Vec<f64> = runs
            .map(|(at_m, height_m)| match (at_m, height_m) {
                ([from_m, to_m], [low_m, high_m]) => (high_m - low_m) / (to_m - from_m),
                _ => 0.0,
            })
            .collect();
        gradients
            .windows(2)
            .map(|pair| match pair {
                [before, after] => after - before,
                _ => 0.0,
            })
            .collect()
    }
}

/// What a search has at hand.
pub(super) struct Search<'a> {
    costs: WorksCosts<'a>,
    limits: Vec<Levels>,
}

impl<'a> Search<'a> {
    pub(super) fn new(problem: &'a ProfileProblem) -> Self {
        Self { costs: WorksCosts::new(problem), limits: level_limits(problem) }
    }

    /// The best profile that some levels lead to.
    pub(super) fn best(&mut self, guide_m: &[f64]) -> Result<Draft> {
        let problem = self.costs.problem;
        let mut best: Option<Draft> = None;
        for at_m in layouts(problem) {
            let legs = Legs::new(problem, at_m);
            match best.as_ref().map(|best| best.levels_m.clone()) {
                Some(levels_m) => self.improve(&legs, &levels_m, &LAST, &mut best),
                None => {
                    for fines in STARTS {
                        self.improve(&legs, guide_m, fines, &mut best);
                    }
                }
            }
        }
        let mut best = best.ok_or_else(|| self.nothing(guide_m))?;
        self.refit(&mut best);
        for _ in 0..BANS {
            if best.cost.outside.is_empty() {
                break;
            }
            for &(station, _) in &best.cost.outside {
                if let Some(works) = best.works.get(station) {
                    self.costs.ban(station, *works);
                }
            }
            let (legs, levels_m) = (best.legs.clone(), best.levels_m.clone());
            let mut other = None;
            self.improve(&legs, &levels_m, &LAST, &mut other);
            best = other.ok_or_else(|| self.outside(&best.cost))?;
        }
        if !best.cost.outside.is_empty() {
            return Err(self.outside(&best.cost));
        }
        Ok(self.thinned(self.settled(best)))
    }

    /// Points anew where the best levels of all stations, with the same works, ask for them.
    fn refit(&self, best: &mut Draft) {
        let problem = self.costs.problem;
        let legs = Legs::at_stations(problem);
        let works = best.works.clone();
        let Some(ideal) = self.solve(&legs, works, &best.levels_m, Detail::Rough) else { return };
        let at_m = fitted(&self.costs, &best.works, &ideal.levels_m);
        let mut other = Some(best.clone());
        self.improve(&Legs::new(problem, at_m), &ideal.levels_m, &LAST, &mut other);
        if let Some(other) = other {
            *best = other;
        }
    }

    /// Works and levels in turn, as long as the line gets cheaper.
    fn improve(&self, legs: &Legs, levels_m: &[f64], fines: &[f64], best: &mut Option<Draft>) {
        let mut levels_m = levels_m.to_vec();
        for fine in fines {
            let mut last_usd = f64::INFINITY;
            for _ in 0..ROUNDS {
                let fine_usd_per_m = fine * self.costs.outside_usd_per_m;
                let Some(works) = choose(&self.costs, &levels_m, fine_usd_per_m) else { return };
                let Some(draft) = self.solve(legs, works, &levels_m, Detail::Rough) else { return };
                let usd = draft.cost.total_usd();
                levels_m.clone_from(&draft.levels_m);
                let is_inside = draft.cost.outside.is_empty();
                if best.as_ref().is_none_or(|best| usd < best.cost.total_usd()) {
                    *best = Some(draft);
                }
                if usd >= last_usd * (1.0 - SAME) {
                    if is_inside {
                        return;
                    }
                    break;
                }
                last_usd = usd;
            }
        }
    }

    /// The best heights of points with works chosen; `None` if they do not keep the limits.
    fn solve(
        &self,
        legs: &Legs,
        works: Vec<Works>,
        levels_m: &[f64],
        detail: Detail,
    ) -> Option<Draft> {
        let problem = self.costs.problem;
        let programme = programme(&self.costs, &works, &self.limits, legs, (levels_m, detail));
        let optimum =
            interior::solve(&programme, if detail == Detail::All { GAP } else { ROUGH_GAP });
        if !optimum.is_solved {
            return None;
        }
        let heights_m = optimum.unknowns.get(..legs.at_m.len())?.to_vec();
        let levels_m = legs.levels_m(&problem.distances_m, &optimum.unknowns);
        let mut cost = self.costs.of_levels(&works, &levels_m);
        for (station, (level_m, limit)) in levels_m.iter().zip(&self.limits).enumerate() {
            cost.see_outside(station, (limit.low_m - level_m).max(level_m - limit.high_m));
        }
        Some(Draft { legs: legs.clone(), heights_m, levels_m, works, cost_usd: cost.usd, cost })
    }

    /// With the best heights by all corners of the costs; the works of a draft are the cheapest at
    /// its levels.
    fn settled(&self, draft: Draft) -> Draft {
        let works = choose(&self.costs, &draft.levels_m, self.costs.outside_usd_per_m);
        let works = works.unwrap_or_else(|| draft.works.clone());
        match self.solve(&draft.legs, works, &draft.levels_m, Detail::All) {
            Some(best) if best.cost.outside.is_empty() && best.cost.usd <= draft.cost.usd => best,
            _ => draft,
        }
    }

    /// Without the points where the gradient hardly changes, as long as it hardly costs.
    fn thinned(&self, draft: Draft) -> Draft {
        let mut best = draft;
        let most_usd = best.cost.total_usd() * (1.0 + FEWER);
        for _ in 0..ROUNDS {
            let bends = best.bends();
            let last = best.legs.at_m.len() - 1;
            let is_kept = |number: usize| {
                let bend = number.checked_sub(1).and_then(|before| bends.get(before));
                number == last || bend.is_none_or(|bend| bend.abs() >= EVEN)
            };
            let kept = best.legs.at_m.iter().enumerate().filter(|(number, _)| is_kept(*number));
            let at_m: Vec<f64> = kept.map(|(_, at_m)| *at_m).collect();
            if at_m.len() == best.legs.at_m.len() {
                break;
            }
            let legs = Legs::new(self.costs.problem, at_m);
            match self.solve(&legs, best.works.clone(), &best.levels_m, Detail::All) {
                Some(fewer) if fewer.cost.total_usd() <= most_usd => best = fewer,
                _ => break,
            }
        }
        best
    }

    /// The station that lies farthest outside of what its works allow.
    fn outside(&self, cost: &LevelsCost) -> Error {
        let worst = cost.outside.iter().max_by(|a, b| a.1.total_cmp(&b.1));
        let (station, outside_m) = worst.copied().unwrap_or_default();
        let at_m = self.costs.problem.distances_m.get(station).copied().unwrap_or(f64::NAN);
        let limits = self.costs.problem.levels.iter().filter(|limit| limit.station == station);
        let reasons: Vec<String> =
            limits.map(|limit| format!(" ({} m for {})", limit.level_m, limit.reason)).collect();
        let given = reasons.concat();
        Error::OutOfRange {
            item: format!("level_m at {at_m} m{given}, off what limits and works allow there"),
            value: (outside_m * 1e3).round() / 1e3,
            limit: "0 m".to_owned(),
            hint: HINT.to_owned(),
        }
    }

    /// Why nothing was found from levels with the first layout of points.
    fn nothing(&self, levels_m: &[f64]) -> Error {
        let problem = self.costs.problem;
        let works = choose(&self.costs, levels_m, self.costs.outside_usd_per_m);
        let at_m = layouts(problem).into_iter().next().unwrap_or_default();
        let legs = Legs::new(problem, at_m);
        let Some(works) = works else {
            return Error::OutOfRange {
                item: "least_bridge_m or least_tunnel_m".to_owned(),
                value: problem.least_bridge_m.max(problem.least_tunnel_m),
                limit: "the lengths over which these works have costs".to_owned(),
                hint: HINT.to_owned(),
            };
        };
        let start = (levels_m, Detail::Rough);
        let programme = programme(&self.costs, &works, &self.limits, &legs, start);
        let Some(breach) = breach(programme, |row| row.weight <= 0.0) else { return too_close() };
        let around_m = legs.at_m.get(breach.first).copied().unwrap_or(f64::NAN);
        Error::OutOfRange {
            item: format!("least_break_distance_m, with what lies after {around_m:.0} m,"),
            value: problem.least_break_distance_m,
            limit: "what levels, gradients and radii leave room for there".to_owned(),
            hint: HINT.to_owned(),
        }
    }
}

/// What helps where no profile is found.
const HINT: &str = "allow breaks of the gradient nearer to one another, shorter bridges and tunnels, \
                    or costs for greater heights";
