//! Schemes that agree at every station: whoever runs through there does so for both sections.

use super::class::TrainClass;
use super::line::TrackLine;
use super::scheme::{Passing, Scheme};
use super::stretch::{Stretch, choices};

/// The choice at each place, ends included, that makes the longest period as short as can be, and
/// of those the one with the least sum of periods.
///
/// A dynamic programme over the places, twice: first the longest period alone, then the sum under
/// it. Both are exact, since a period depends on the choices at its two ends only.
pub(super) fn consistent(
    line: &TrackLine,
    class: &TrainClass,
    places: &[usize],
    stretches: &[Stretch<'_>],
) -> Vec<Passing> {
    let choices: Vec<&[Passing]> =
        places.iter().map(|place| choices(line, class, *place)).collect();
    let longest = |so_far: u64, period_s: u64| Some(so_far.max(period_s));
    let Some((limit_s, _)) = best(class, &choices, stretches, longest) else { return Vec::new() };
    let within = |so_far: u64, period_s: u64| (period_s <= limit_s).then(|| so_far + period_s);
    best(class, &choices, stretches, within).map_or_else(Vec::new, |(_, chosen)| chosen)
}

/// Of a choice at a place: the measure so far, and the number of the choice before.
type Label = (u64, usize);

/// The least of a measure that grows along the line, with the choices that make it.
fn best(
    class: &TrainClass,
    choices: &[&[Passing]],
    stretches: &[Stretch<'_>],
    grow: impl Fn(u64, u64) -> Option<u64>,
) -> Option<(u64, Vec<Passing>)> {
    let first: Vec<Label> = choices.first()?.iter().map(|_| (0, 0)).collect();
    let mut rows: Vec<Vec<Option<Label>>> = vec![first.into_iter().map(Some).collect()];
    for (stretch, (lows, highs)) in stretches.iter().zip(choices.iter().zip(choices.iter().skip(1)))
    {
        let before = rows.last()?;
        let to = |high: &Passing| {
            let from = |(number, (low, label)): (usize, (&Passing, &Option<Label>))| {
                let period_s = stretch.period_s(class, Scheme { low: *low, high: *high });
                Some((grow((*label)?.0, period_s)?, number))
            };
            lows.iter().zip(before).enumerate().filter_map(from).min()
        };
        let row = highs.iter().map(to).collect();
        rows.push(row);
    }
    let ends = rows.last()?.iter().enumerate();
    let (measure, mut number) = ends.filter_map(|(n, label)| Some(((*label)?.0, n))).min()?;
    let mut chosen = Vec::with_capacity(rows.len());
    for (row, choices) in rows.iter().zip(choices).rev() {
        chosen.push(*choices.get(number)?);
        number = (*row.get(number)?)?.1;
    }
    chosen.reverse();
    Some((measure, chosen))
}
