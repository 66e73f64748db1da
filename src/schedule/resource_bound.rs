//! The least finish that any schedule can have: the network without limits, and work against what
//! there is of each resource.

use super::compiled::Span;
use super::last_finish;
use super::resource_pass::{early_bound, late_bound, unhindered, unhindered_late};
use super::resource_setup::Setup;

/// A moment before which not all can be finished, at most one that is known to do.
///
/// Under a finish each activity has a window: not before its early start, not after its late
/// finish. What must be done within any part of time must not be more than the resource can do in
/// it. The latest finish that breaks this is found by halving. All parts are asked at once by a tree
/// over the windows in the order of their starts (P. Vilim, "Max energy filtering algorithm for
/// discrete cumulative resources", CPAIOR 2009, for the test of overload).
///
/// # Complexity
/// For each resource `n log n`, times the halvings.
pub(super) fn least_finish(setup: &Setup<'_>, early: &[Span], known: i32) -> i32 {
    let alone = last_finish(early);
    let tests = Tests::new(setup, early);
    // The finish before `low` is none; that of `high` is one, or is not known to be none.
    let (mut low, mut high) = (alone, known.max(alone));
    while low < high {
        let middle = low + (high - low) / 2;
        if tests.is_overloaded(setup, middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// Late starts and finishes of all for a finish, if there is enough of all and dates that it must
/// have hold none back.
pub(super) fn late(setup: &Setup<'_>, finish: i32) -> Vec<Span> {
    let mut late = vec![Span::at(finish); setup.compiled.order().len()];
    for position in (0..late.len()).rev() {
        let bound = late_bound(setup, position, &late, finish);
        let span = unhindered_late(setup, position, bound);
        if let Some(place) = late.get_mut(position) {
            *place = span;
        }
    }
    late
}

/// What is tested for each resource.
struct Tests {
    resources: Vec<Test>,
}

struct Test {
    /// Those who need the resource, by their earliest start.
    users: Vec<User>,
    /// What the resource can do before each moment, in units times days.
    before: Vec<i64>,
}

struct User {
    position: usize,
    early_start: i32,
    /// Units times days.
    work: i64,
}

impl Tests {
    fn new(setup: &Setup<'_>, early: &[Span]) -> Self {
        let count = setup.compiled.order().len();
        let one = |resource: usize| {
            let mut users: Vec<User> = Vec::new();
            for position in 0..count {
                let days = setup.duration_days(position);
                let units = setup.units(position, resource);
                let Some(calendar) = setup.calendar(position) else { continue };
                if units == 0 || days == 0 {
                    continue;
                }
                let bound = early_bound(setup, position, early);
                let start = match setup.rule(position) {
                    super::Rule::Begun(_) => calendar.earliest(days, bound).start,
                    _ => unhindered(setup, position, bound).start,
                };
                let work = i64::from(units) * i64::from(days);
                users.push(User { position, early_start: start, work });
            }
            users.sort_by_key(|user| user.early_start);
            Test { before: Self::before(setup, resource, &users), users }
        };
        Self { resources: (0..setup.resources()).map(one).collect() }
    }

    /// A resource can do its capacity on each day on which any of its users works.
    fn before(setup: &Setup<'_>, resource: usize, users: &[User]) -> Vec<i64> {
        let mut calendars: Vec<u16> = users
            .iter()
            .filter_map(|user| setup.compiled.placed_by.get(user.position).copied())
            .collect();
        calendars.sort_unstable();
        calendars.dedup();
        let days = usize::try_from(setup.compiled.horizon().days()).unwrap_or(0);
        let mut is_worked = vec![false; days];
        for number in calendars {
            let Some(calendar) = setup.compiled.calendar(number) else { continue };
            for day in calendar.mornings_from(0, i32::MAX) {
                let day = usize::try_from(*day).ok().and_then(|day| is_worked.get_mut(day));
                if let Some(is_worked) = day {
                    *is_worked = true;
                }
            }
        }
        let mut sum = 0;
        let mut before = vec![0];
        before.extend(is_worked.iter().map(|is_worked| {
            sum += if *is_worked { i64::from(setup.capacity(resource)) } else { 0 };
            sum
        }));
        before
    }

    /// Whether no schedule ends by a moment.
    fn is_overloaded(&self, setup: &Setup<'_>, finish: i32) -> bool {
        let late = late(setup, finish);
        self.resources.iter().any(|test| test.is_overloaded(&late))
    }
}

impl Test {
    fn is_overloaded(&self, late: &[Span]) -> bool {
        let finish = |user: &User| late.get(user.position).map_or(0, |span| span.finish);
        let mut by_finish: Vec<usize> = (0..self.users.len()).collect();
        by_finish.sort_by_key(|place| self.users.get(*place).map(finish));
        let mut tree = Tree::new(self.users.len());
        by_finish.into_iter().any(|place| {
            let Some(user) = self.users.get(place) else { return false };
            tree.put(place, Node { work: user.work, reach: self.at(user.early_start) + user.work });
            tree.reach() > self.at(finish(user))
        })
    }

    fn at(&self, moment: i32) -> i64 {
        let moment = usize::try_from(moment.max(0)).unwrap_or(0);
        self.before.get(moment).or(self.before.last()).copied().unwrap_or(0)
    }
}

/// A balanced tree over windows, in which each part is the sum of two.
struct Tree {
    /// The root is number 1; the two parts of `n` are `2n` and `2n + 1`.
    nodes: Vec<Node>,
    leaves: usize,
}

/// The work in a part, and how far it reaches, at least, if it begins no earlier than its windows:
/// as what the resource can do before that moment.
#[derive(Clone, Copy)]
struct Node {
    work: i64,
    reach: i64,
}

const NOTHING: Node = Node { work: 0, reach: i64::MIN / 2 };

impl Tree {
    fn new(count: usize) -> Self {
        let leaves = count.next_power_of_two();
        Self { nodes: vec![NOTHING; 2 * leaves], leaves }
    }

    fn put(&mut self, place: usize, node: Node) {
        let mut number = self.leaves + place;
        if let Some(leaf) = self.nodes.get_mut(number) {
            *leaf = node;
        }
        while number > 1 {
            number /= 2;
            let of = |number: usize| self.nodes.get(number).copied().unwrap_or(NOTHING);
            let (left, right) = (of(2 * number), of(2 * number + 1));
            let sum = Node {
                work: left.work + right.work,
                reach: right.reach.max(left.reach + right.work),
            };
            if let Some(node) = self.nodes.get_mut(number) {
                *node = sum;
            }
        }
    }

    fn reach(&self) -> i64 {
        self.nodes.get(1).map_or(0, |root| root.reach)
    }
}
