//! The order of priority that makes the best graph of those tried.

use super::dispatch::{Dispatched, Manner, dispatch};
use super::occupancy::Train;
use super::task::Task;
use crate::schedule::Direction;
use crate::schedule::random::words_of;

/// How far apart in the order trains are that a swap of neighbours changes, at most.
const NEIGHBOURS: usize = 6;

/// The most careful first; those in which lighter trains give way before them, if some are lighter.
fn manners(task: &Task<'_>) -> Vec<Manner> {
    let gives_way = if task.urgent.is_empty() { &[false][..] } else { &[true, false] };
    let mut manners = Vec::with_capacity(12);
    for &gives_way in gives_way {
        for is_cautious in [true, false] {
            for (looks_ahead, shorter_wait) in [(true, false), (true, true), (false, false)] {
                manners.push(Manner { is_cautious, looks_ahead, shorter_wait, gives_way });
            }
        }
    }
    manners
}

/// The best graph, and how many were made.
pub(super) fn best_graph(
    task: &Task<'_>,
    tries: usize,
    seed: u64,
    is_enough: impl Fn(&Dispatched) -> bool,
) -> (Dispatched, usize) {
    let manners = manners(task);
    let first = manners.first().copied().unwrap_or_default();
    let best = Tried::of(task, task.by_release.to_vec(), first);
    let mut search = Search { task, manners: manners.clone(), tried: 1, best };
    if search.is_done(tries, &is_enough) {
        return (search.best.graph, search.tried);
    }
    for order in first_orders(task) {
        for &manner in &manners {
            search.offer(order.clone(), manner);
        }
    }
    let count = task.trains.len();
    if factorial(count).is_some_and(|orders| manners.len() * orders <= tries) {
        for manner in manners {
            let mut order: Vec<Train> = (0..count).collect();
            while !search.is_done(tries, &is_enough) {
                search.offer(order.clone(), manner);
                if !next_permutation(&mut order) {
                    break;
                }
            }
        }
        return (search.best.graph, search.tried);
    }
    search.swap(tries, seed, is_enough);
    (search.best.graph, search.tried)
}

/// An order with its graph.
#[derive(Clone)]
struct Tried {
    order: Vec<Train>,
    manner: Manner,
    graph: Dispatched,
}

impl Tried {
    fn of(task: &Task<'_>, order: Vec<Train>, manner: Manner) -> Self {
        let graph = dispatch(task, &order, manner);
        Self { order, manner, graph }
    }

    /// First that trains arrive, then that they arrive early.
    fn measure(&self) -> (usize, u64) {
        (self.graph.stuck.len(), self.graph.weighted_delay_s)
    }
}

struct Search<'a> {
    task: &'a Task<'a>,
    manners: Vec<Manner>,
    tried: usize,
    best: Tried,
}

impl Search<'_> {
    fn is_done(&self, tries: usize, is_enough: &impl Fn(&Dispatched) -> bool) -> bool {
        self.tried >= tries || is_enough(&self.best.graph)
    }

    fn offer(&mut self, order: Vec<Train>, manner: Manner) {
        let tried = Tried::of(self.task, order, manner);
        self.tried += 1;
        if tried.measure() < self.best.measure() {
            self.best = tried;
        }
    }

    /// Swaps two trains as long as that is no worse; after many swaps in vain it begins anew from
    /// the best, well shuffled.
    fn swap(&mut self, tries: usize, seed: u64, is_enough: impl Fn(&Dispatched) -> bool) {
        let count = self.task.trains.len();
        let mut here = self.best.clone();
        let (mut in_vain, patience) = (0, 4 * count);
        let mut number = 0;
        while !self.is_done(tries, &is_enough) && count > 1 {
            let mut order = here.order.clone();
            let swaps = if in_vain > patience { 3 + count / 8 } else { 1 };
            for _ in 0..swaps {
                let [a, other, near, by] = words_of(seed, number, 0).map(|word| word as usize);
                // Trains that meet lie near one another in a long order: half of the swaps are there.
                let (a, by) = (a % count, 1 + by % NEIGHBOURS);
                let b = if near % 2 == 0 { (a + by).min(count - 1) } else { other % count };
                order.swap(a, b);
                number += 1;
            }
            let [word, ..] = words_of(seed, number, 1);
            let other = self.manners.get(word as usize % (4 * self.manners.len()));
            let next = Tried::of(self.task, order, *other.unwrap_or(&here.manner));
            self.tried += 1;
            if next.measure() < self.best.measure() {
                self.best = next.clone();
                in_vain = 0;
            }
            if swaps > 1 || next.measure() <= here.measure() {
                in_vain = if swaps > 1 { 0 } else { in_vain };
                here = next;
            } else {
                in_vain += 1;
            }
        }
    }
}

/// Orders to begin with: by release, either direction first among equals; all of one direction
/// before the other; by weight.
fn first_orders(task: &Task<'_>) -> Vec<Vec<Train>> {
    let is_back = |train: &Train| {
        task.itinerary(*train).is_some_and(|(one, _)| one.direction == Direction::Decreasing)
    };
    let release_s = |train: &Train| task.itinerary(*train).map(|(_, release_s)| release_s);
    let mut back_first = task.by_release.to_vec();
    back_first.sort_by_key(|train| (release_s(train), !is_back(train)));
    let mut there_before = task.by_release.to_vec();
    there_before.sort_by_key(|train| is_back(train));
    let mut back_before = task.by_release.to_vec();
    back_before.sort_by_key(|train| !is_back(train));
    let mut orders = vec![task.by_release.to_vec(), by_weight(task)];
    for order in [back_first, there_before, back_before] {
        if !orders.contains(&order) {
            orders.push(order);
        }
    }
    orders
}

/// Those whose delay counts most first.
fn by_weight(task: &Task<'_>) -> Vec<Train> {
    let mut order = task.by_release.to_vec();
    let weight = |train: &Train| task.itinerary(*train).map(|(itinerary, _)| itinerary.weight);
    order.sort_by_key(|train| std::cmp::Reverse(weight(train)));
    order
}

fn factorial(count: usize) -> Option<usize> {
    (1..=count).try_fold(1_usize, |product, number| product.checked_mul(number))
}

/// The next permutation in the order of a dictionary; whether there is one.
fn next_permutation(order: &mut [Train]) -> bool {
    let falls = order.windows(2).rposition(|pair| pair.first() < pair.last());
    let Some(pivot) = falls else { return false };
    let value = order.get(pivot).copied();
    let Some(above) = order.iter().rposition(|other| Some(*other) > value) else { return false };
    order.swap(pivot, above);
    if let Some(rest) = order.get_mut(pivot + 1..) {
        rest.reverse();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_permutations_come_once() {
        let mut order = vec![0, 1, 2, 3];
        let mut all = vec![order.clone()];
        while next_permutation(&mut order) {
            all.push(order.clone());
        }
        assert_eq!((all.len(), all.last()), (24, Some(&vec![3, 2, 1, 0])));
        all.sort();
        all.dedup();
        assert_eq!((all.len(), factorial(4)), (24, Some(24)));
    }
}
