//! The search for an earlier finish: orders of activities are crossed, and their schedules justified.

use std::collections::HashSet;

use super::LevellingOptions;
use super::compiled::Span;
use super::last_finish;
use super::resource_bound::{late, least_finish};
use super::resource_chance::Chance;
use super::resource_pass::{Bench, Cost};
use super::resource_setup::Setup;

/// Schedules that are crossed with one another in the first stage of a search.
const MEMBERS: usize = 60;
/// Trials of the first stage: 5,000 schedules.
const STAGE: u64 = 1_667;
/// A stage begins anew, with so many times as many members, and has so many times as many trials:
/// few members are soon alike, many are slow to become good.
const MORE_MEMBERS: usize = 4;
const MORE_TRIALS: u64 = 10;
/// So few members at least, and no more places of activities than that in all of them.
const LEAST_MEMBERS: usize = 8;
const PLACES: usize = 20_000_000;
/// Trials that do not know of one another, so that they can be made side by side.
const BATCH: u64 = 20;
/// Benches that they are made on.
const BENCHES: u64 = 4;
/// Schedules that a trial takes: one after its order, and one to each side.
const SCHEDULES_A_TRIAL: u64 = 3;
/// How far, of its late finish, the first orders are shaken, days.
const SHAKE_DAYS: usize = 40;
/// A place of an activity in an order is moved in so many of a thousand cases, up to a quarter of
/// the order.
const MOVES_PERMILLE: usize = 5;
/// The same where both parents are one.
const MOVES_ALONE_PERMILLE: usize = 20;

/// The best order found.
pub(super) struct Found {
    pub(super) order: Vec<u32>,
    pub(super) schedules: u64,
    /// A moment before which none is finished.
    pub(super) least_finish: i32,
}

/// A schedule, by its order; less is better.
struct Member {
    cost: Cost,
    /// The sum of all finishes: of two that end together, that with more room.
    sum: i64,
    order: Vec<u32>,
}

impl Member {
    fn worth(&self) -> (Cost, i64) {
        (self.cost, self.sum)
    }
}

/// Crosses orders of activities. The serial scheme makes a schedule of each, which is justified to
/// the right and back to the left.
///
/// A genetic algorithm on activity lists (S. Hartmann, Naval Research Logistics 45, 1998, 733-750)
/// with justification of every child (V. Valls, F. Ballestin, S. Quintanilla, European Journal of
/// Operational Research 165, 2005, 375-386). Trial `n` depends on seed, `n` and the batches before
/// it alone.
pub(super) fn search(setup: &Setup<'_>, early: &[Span], options: &LevellingOptions) -> Found {
    let late = late(setup, last_finish(early));
    let mut benches: Vec<Bench> = (0..BENCHES).map(|_| Bench::new(setup)).collect();
    let mut search =
        Search { setup, late, seed: options.seed, most: MEMBERS, made: 0, members: Vec::new() };
    // Of the last trial there may be budget for its first schedule only.
    let whole = options.schedules / SCHEDULES_A_TRIAL;
    let all = options.schedules.div_ceil(SCHEDULES_A_TRIAL);
    let most_of_all = (PLACES / early.len().max(1)).max(LEAST_MEMBERS);
    let (mut best, mut bound): (Option<Member>, Option<i32>) = (None, None);
    let (mut trials, mut stage_ends, mut most) = (0, STAGE, MEMBERS);
    while trials < all {
        if trials == stage_ends {
            stage_ends = stage_ends.saturating_mul(MORE_TRIALS);
            most = most.saturating_mul(MORE_MEMBERS);
            search.made = 0;
            best = search.members.drain(..).chain(best).min_by_key(Member::worth);
        }
        search.most = most.min(most_of_all);
        // The first alone, so that a bound is known before there are many.
        let batch = if trials == 0 { 1 } else { BATCH.min(all.min(stage_ends) - trials) };
        let made = search.batch(trials..trials + batch, whole, &mut benches);
        trials += batch;
        search.take(made);
        let Some(now) = search.members.first() else { break };
        let least = *bound.get_or_insert_with(|| least_finish(setup, early, now.cost.finish));
        if now.cost.late_days == 0 && now.cost.finish <= least {
            break;
        }
    }
    best = search.members.drain(..).chain(best).min_by_key(Member::worth);
    let schedules = (trials * SCHEDULES_A_TRIAL).min(whole * SCHEDULES_A_TRIAL + (all - whole));
    let finish = best.as_ref().map_or(0, |best| best.cost.finish);
    Found {
        order: best.map(|best| best.order).unwrap_or_default(),
        schedules,
        least_finish: bound.unwrap_or(finish).min(finish),
    }
}

struct Search<'s, 'c> {
    setup: &'s Setup<'c>,
    /// Late dates for the finish that the network alone would have.
    late: Vec<Span>,
    seed: u64,
    most: usize,
    /// How many were made in this stage: they are crossed once there have been enough.
    made: usize,
    /// Best first.
    members: Vec<Member>,
}

impl Search<'_, '_> {
    /// Trials by their numbers; those from `short` on have a single schedule.
    fn batch(
        &self,
        trials: std::ops::Range<u64>,
        short: u64,
        benches: &mut [Bench],
    ) -> Vec<Member> {
        let lane = |(number, bench): (usize, &mut Bench)| -> Vec<Member> {
            let own = trials.clone().filter(|trial| trial % BENCHES == number as u64);
            own.map(|trial| self.trial(trial, trial < short, bench)).collect()
        };
        #[cfg(feature = "parallel")]
        let lanes: Vec<Vec<Member>> = {
            use rayon::prelude::*;
            benches.par_iter_mut().enumerate().map(lane).collect()
        };
        #[cfg(not(feature = "parallel"))]
        let lanes: Vec<Vec<Member>> = benches.iter_mut().enumerate().map(lane).collect();
        let mut lanes: Vec<_> = lanes.into_iter().map(Vec::into_iter).collect();
        // In the order of their numbers, whichever bench they were made on.
        trials
            .filter_map(|trial| {
                let lane = usize::try_from(trial % BENCHES).unwrap_or(0);
                lanes.get_mut(lane).and_then(Iterator::next)
            })
            .collect()
    }

    fn trial(&self, trial: u64, is_justified: bool, bench: &mut Bench) -> Member {
        let mut chance = Chance::new(self.seed, trial);
        if self.made < self.most {
            let shake = if trial == 0 { 0 } else { SHAKE_DAYS * PARTS };
            let parts = i32::try_from(PARTS).unwrap_or(1);
            let keys = self.late.iter().map(|span| {
                let shaken = i32::try_from(chance.below(shake + 1)).unwrap_or(0);
                span.finish.saturating_mul(parts).saturating_add(shaken)
            });
            bench.sequence.by_keys(self.setup, keys);
        } else {
            self.cross(&mut chance, bench);
        }
        self.decode(is_justified, bench)
    }

    /// The schedule of the order on the bench.
    fn decode(&self, is_justified: bool, bench: &mut Bench) -> Member {
        let mut cost = bench.forward(self.setup);
        let mut spans = bench.spans.clone();
        let mut order = bench.sequence.order().to_vec();
        if is_justified {
            bench.sequence.by_finish_back(self.setup, &spans);
            bench.backward(self.setup, cost.finish);
            bench.sequence.by_start(self.setup, &bench.spans);
            let justified = bench.forward(self.setup);
            if justified <= cost {
                cost = justified;
                spans.clone_from(&bench.spans);
                order.copy_from_slice(bench.sequence.order());
            }
        }
        // In the order of starts all find the places that they have, unless something may start
        // before what holds it, or was begun long ago: then the order that made the schedule stays.
        if self.setup.is_by_start {
            bench.sequence.by_start(self.setup, &spans);
            order.copy_from_slice(bench.sequence.order());
        }
        let sum = spans.iter().map(|span| i64::from(span.finish)).sum();
        Member { cost, sum, order }
    }

    /// An order of two parents on the bench: the first activities as in the mother, then some as in
    /// the father, the rest as in the mother again.
    fn cross(&self, chance: &mut Chance, bench: &mut Bench) {
        let (father, mother) = (self.parent(chance), self.parent(chance));
        let (Some(father), Some(mother)) = (self.members.get(father), self.members.get(mother))
        else {
            return;
        };
        let count = father.order.len();
        let (first, second) = (chance.below(count + 1), chance.below(count + 1));
        let (first, second) = (first.min(second), first.max(second));
        let mut is_taken = vec![false; count];
        let mut order = Vec::with_capacity(count);
        for (parent, until) in [(mother, first), (father, second), (mother, count)] {
            for position in &parent.order {
                if order.len() >= until {
                    break;
                }
                let Some(is_taken) = is_taken.get_mut(*position as usize) else { continue };
                if !*is_taken {
                    *is_taken = true;
                    order.push(*position);
                }
            }
        }
        let is_one = father.order == mother.order;
        self.move_some(
            if is_one { MOVES_ALONE_PERMILLE } else { MOVES_PERMILLE },
            order,
            chance,
            bench,
        );
    }

    /// The better of two members.
    fn parent(&self, chance: &mut Chance) -> usize {
        chance.below(self.members.len()).min(chance.below(self.members.len()))
    }

    /// Moves some activities of an order, and lays it on the bench.
    fn move_some(&self, permille: usize, order: Vec<u32>, chance: &mut Chance, bench: &mut Bench) {
        let reach = order.len() / 4 * 2 * PARTS;
        let mut keys = vec![0_i32; order.len()];
        let mut is_moved = false;
        for (place, position) in order.iter().enumerate() {
            let mut key = (place * PARTS).saturating_add(reach / 2);
            if chance.below(1000) < permille {
                key = (place * PARTS).saturating_add(chance.below(reach + 1));
                is_moved = true;
            }
            if let Some(place) = keys.get_mut(*position as usize) {
                *place = i32::try_from(key).unwrap_or(i32::MAX);
            }
        }
        if is_moved {
            bench.sequence.by_keys(self.setup, keys.into_iter());
        } else {
            bench.sequence.set(&order);
        }
    }

    /// Takes those made, and lets the best stay, each only once.
    fn take(&mut self, made: Vec<Member>) {
        self.made += made.len();
        self.members.extend(made);
        // The sort is stable: of equals the older stays first.
        self.members.sort_by_key(Member::worth);
        let mut known = HashSet::new();
        let mut is_new = Vec::with_capacity(self.members.len());
        for member in &self.members {
            is_new.push(known.insert((member.cost.finish, member.sum, &member.order)));
        }
        let mut is_new = is_new.into_iter();
        self.members.retain(|_| is_new.next() == Some(true));
        self.members.truncate(self.most);
    }
}

/// Parts of a day, or of a place in an order, that are told apart when one is shaken.
const PARTS: usize = 16;
