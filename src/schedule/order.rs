//! An order in which every activity comes after all that hold it, or a cycle that forbids one.

/// The order, or the activities of a cycle, each holding the next and the last the first.
///
/// Ends are (predecessor, successor), each below `count`. What is in order already stays so;
/// else activities come out once all their predecessors have (Kahn 1962), in the order of that.
///
/// # Complexity
/// Linear in activities and links.
pub fn order(count: u32, ends: &[(u32, u32)]) -> Result<Vec<u32>, Vec<u32>> {
    if ends.iter().all(|(from, to)| from < to) {
        return Ok((0..count).collect());
    }
    let (first, successors) = grouped(count, ends.iter().copied());
    let mut waits_for = vec![0_u32; count as usize];
    for (_, to) in ends {
        if let Some(number) = waits_for.get_mut(*to as usize) {
            *number += 1;
        }
    }
    let mut order = Vec::with_capacity(count as usize);
    order.extend((0..count).zip(&waits_for).filter(|(_, n)| **n == 0).map(|(one, _)| one));
    let mut done = 0;
    while let Some(from) = order.get(done).copied() {
        done += 1;
        for to in group(&first, &successors, from as usize) {
            let Some(number) = waits_for.get_mut(*to as usize) else { continue };
            *number -= 1;
            if *number == 0 {
                order.push(*to);
            }
        }
    }
    if order.len() == count as usize { Ok(order) } else { Err(cycle(&waits_for, ends)) }
}

/// A cycle among the activities that still wait for others; there is one.
fn cycle(waits_for: &[u32], ends: &[(u32, u32)]) -> Vec<u32> {
    let waits = |one: u32| waits_for.get(one as usize).is_some_and(|number| *number > 0);
    // Whoever waits does so for another that waits: going from one to the next comes round.
    let mut holder = vec![None; waits_for.len()];
    for (from, to) in ends.iter().rev().filter(|(from, _)| waits(*from)) {
        if let Some(held_by) = holder.get_mut(*to as usize) {
            *held_by = Some(*from);
        }
    }
    let before = |one: u32| holder.get(one as usize).copied().flatten();
    let Some(mut one) = (0_u32..).zip(waits_for).find(|(_, n)| **n > 0).map(|(one, _)| one) else {
        return Vec::new();
    };
    for _ in 0..waits_for.len() {
        one = before(one).unwrap_or(one);
    }
    let mut cycle = vec![one];
    let mut next = before(one);
    while let Some(another) = next.filter(|another| *another != one && cycle.len() < holder.len()) {
        cycle.push(another);
        next = before(another);
    }
    cycle.reverse();
    // Told from the activity that was written first.
    let least = cycle.iter().enumerate().min_by_key(|(_, one)| **one);
    let least = least.map_or(0, |(place, _)| place);
    cycle.rotate_left(least);
    cycle
}

/// Values grouped by keys below `count`, in their order: where each group begins, and the values.
pub fn grouped<T: Copy + Default>(
    count: u32,
    pairs: impl Iterator<Item = (u32, T)> + Clone,
) -> (Vec<u32>, Vec<T>) {
    let mut first = vec![0_u32; count as usize + 1];
    for (key, _) in pairs.clone() {
        if let Some(number) = first.get_mut(key as usize + 1) {
            *number += 1;
        }
    }
    let mut sum = 0;
    for number in &mut first {
        sum += *number;
        *number = sum;
    }
    let mut next = first.clone();
    let mut values = vec![T::default(); sum as usize];
    for (key, value) in pairs {
        let Some(place) = next.get_mut(key as usize) else { continue };
        if let Some(free) = values.get_mut(*place as usize) {
            *free = value;
        }
        *place += 1;
    }
    (first, values)
}

/// The values of a key.
pub(super) fn group<'a, T>(first: &[u32], values: &'a [T], key: usize) -> &'a [T] {
    let ends = first.get(key).zip(first.get(key + 1));
    let range = ends.map(|(first, next)| *first as usize..*next as usize);
    range.and_then(|range| values.get(range)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_that_holds_is_kept() {
        assert_eq!(order(4, &[(0, 2), (1, 3)]), Ok(vec![0, 1, 2, 3]));
        assert_eq!(order(0, &[]), Ok(vec![]));
    }

    #[test]
    fn predecessors_come_first() {
        assert_eq!(order(4, &[(3, 0), (0, 2), (1, 2)]), Ok(vec![1, 3, 0, 2]));
    }

    #[test]
    fn a_cycle_is_told_from_its_first_activity() {
        // 5 hangs on the cycle and is no part of it.
        let ends = [(4, 2), (2, 3), (3, 1), (1, 4), (1, 5), (0, 2)];
        assert_eq!(order(6, &ends), Err(vec![1, 4, 2, 3]));
        assert_eq!(order(2, &[(1, 1)]), Err(vec![1]));
    }
}
