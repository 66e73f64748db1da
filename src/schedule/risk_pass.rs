//! The passes over a network for a block of iterations: when all is done, and by what way.

use super::compiled::Compiled;
use super::horizon::BEYOND;
use super::lanes::{
    Floats, LANES, SIDE, Words, add, each, equal, later, less, sides, sides_mut, sum,
};
use super::risk_clock::{Clock, Counted};
use super::{LinkKind, Rule, WorkingDays};

/// A network laid out for passes with parts of days.
pub(super) struct RiskNetwork {
    pub(super) activities: Vec<RiskActivity>,
    links: Vec<RiskLink>,
}

/// What a pass must know of the activity at a position.
pub(super) struct RiskActivity {
    /// Its links are those up to this number, from that of the position before; first those that
    /// hold its start, from this number on those that hold its finish.
    first_to_finish: usize,
    last_link: usize,
    floor: f32,
    /// Whether something holds its finish, and the floor of that.
    finish_floor: Option<f32>,
    calendar: u16,
    /// Whether nothing need come after its finish, so that it may be the last of all.
    may_be_last: bool,
    /// When it was begun, or done.
    fact: Option<Fact>,
}

/// What has happened.
#[derive(Clone, Copy)]
enum Fact {
    /// Begun; what is drawn is what remains.
    Begun(f32),
    Done(f32, f32),
}

struct RiskLink {
    from: usize,
    /// The place of its end among the ends of a block.
    end: usize,
    lag_days: f32,
    /// The calendar that counts the lag, if any counts it.
    calendar: Option<u16>,
    is_to_finish: bool,
}

/// What the passes of a block leave behind, by position.
pub(super) struct Block {
    pub(super) durations: Vec<Floats>,
    /// Start and finish of each position, one behind the other.
    ends: Vec<Floats>,
    /// Working days before the starts; unused where those are working days themselves.
    worked: Vec<Floats>,
    /// Only where something is critical are the words of now.
    critical: Vec<Words>,
    is_critical: Vec<bool>,
}

impl Block {
    pub(super) fn new(durations_days: &[f32]) -> Self {
        let zeros = vec![[0.0; LANES]; durations_days.len()];
        Self {
            durations: durations_days.iter().map(|days| [*days; LANES]).collect(),
            ends: vec![[0.0; LANES]; 2 * durations_days.len()],
            worked: zeros,
            critical: vec![[0; LANES]; durations_days.len()],
            is_critical: vec![false; durations_days.len()],
        }
    }
}

impl Block {
    #[inline(always)]
    pub(super) fn starts(&self, position: usize) -> Option<&Floats> {
        self.ends.get(2 * position)
    }

    #[inline(always)]
    pub(super) fn finishes(&self, position: usize) -> Option<&Floats> {
        self.ends.get(2 * position + 1)
    }
}

impl RiskNetwork {
    /// `clock`: that of all activities, if they share one.
    pub(super) fn new(compiled: &Compiled<'_>, from: i32, clock: Option<Counted<'_>>) -> Self {
        let count = compiled.order().len();
        let mut is_before_another = vec![false; count];
        let mut links = Vec::new();
        let mut activities = Vec::with_capacity(count);
        let places = compiled.links_by_position().zip(compiled.floors());
        let places = places.zip(&compiled.placed_by).zip(&compiled.rules);
        let places = places.zip(compiled.durations_days());
        for ((((of_position, floor), calendar), rule), duration_days) in places {
            let mut holds_finish = floor.finish > -BEYOND;
            let of_position = if compiled.waits(*rule) { of_position } else { &[] };
            let first_link = links.len();
            for link in of_position {
                let from = link.from as usize;
                holds_finish |= link.kind.is_to_finish();
                if link.kind == LinkKind::FinishStart
                    && link.lag_days >= 0
                    && let Some(is_before) = is_before_another.get_mut(from)
                {
                    *is_before = true;
                }
                #[expect(clippy::cast_precision_loss, reason = "days")]
                links.push(RiskLink {
                    from,
                    end: 2 * from + usize::from(link.kind.is_from_finish()),
                    lag_days: if link.is_counted { link.lag_days as f32 } else { 0.0 },
                    calendar: link.is_counted.then_some(link.calendar),
                    is_to_finish: link.kind.is_to_finish(),
                });
            }
            let own = links.get_mut(first_link..).unwrap_or_default();
            own.sort_by_key(|link: &RiskLink| link.is_to_finish);
            let to_start = own.iter().take_while(|link| !link.is_to_finish).count();
            let moment = |of_horizon| moment(of_horizon, from, clock);
            // Work ends on the evening of a working day; a moment need not.
            let days = compiled.calendar(*calendar).filter(|_| *duration_days > 0);
            let finish = days.map_or(floor.finish, |days| evening(days, floor.finish));
            activities.push(RiskActivity {
                first_to_finish: first_link + to_start,
                last_link: links.len(),
                floor: moment(floor.start),
                finish_floor: holds_finish.then(|| moment(finish)),
                calendar: *calendar,
                may_be_last: true,
                fact: match *rule {
                    Rule::Begun(begun) => Some(Fact::Begun(moment(begun))),
                    Rule::Done => Some(Fact::Done(moment(floor.start), moment(floor.finish))),
                    Rule::Open | Rule::Pinned => None,
                },
            });
        }
        for (activity, is_before) in activities.iter_mut().zip(is_before_another) {
            activity.may_be_last = !is_before;
        }
        Self { activities, links }
    }

    fn links_of(&self, position: usize) -> &[RiskLink] {
        let last = self.activities.get(position).map_or(0, |activity| activity.last_link);
        let before = position.checked_sub(1).and_then(|before| self.activities.get(before));
        let first = before.map_or(0, |activity| activity.last_link);
        self.links.get(first..last).unwrap_or_default()
    }

    /// As [`forward`](Self::forward) where all share one calendar: the same sums and comparisons,
    /// sixteen iterations at a time, so that what is between reading and writing stays in registers.
    #[inline(always)]
    pub(super) fn forward_on_one(&self, block: &mut Block) -> Floats {
        let mut last = [f32::NEG_INFINITY; LANES];
        let mut first_link = 0;
        for (position, activity) in self.activities.iter().enumerate() {
            let to_start = self.links.get(first_link..activity.first_to_finish);
            let to_finish = self.links.get(activity.first_to_finish..activity.last_link);
            let (to_start, to_finish) =
                (to_start.unwrap_or_default(), to_finish.unwrap_or_default());
            first_link = activity.last_link;
            let (before, own) = block.ends.split_at_mut(2 * position);
            let ([starts, finishes, ..], Some(durations)) = (own, block.durations.get(position))
            else {
                continue;
            };
            let finish_floor = activity.finish_floor.unwrap_or(f32::NEG_INFINITY);
            let written = sides_mut(starts).iter_mut().zip(sides_mut(finishes));
            for (side, ((start, finish), days)) in written.zip(sides(durations)).enumerate() {
                let held = |links: &[RiskLink], floor: f32| {
                    let mut bound = [floor; SIDE];
                    for link in links {
                        let ends = before.get(link.end).and_then(|ends| sides(ends).get(side));
                        let Some(ends) = ends else { continue };
                        bound = later(&bound, &each(ends, ends, |end, _| end + link.lag_days));
                    }
                    bound
                };
                let mut start_bound = held(to_start, activity.floor);
                if activity.finish_floor.is_some() {
                    let finish_bound = held(to_finish, finish_floor);
                    start_bound = later(&start_bound, &less(&finish_bound, days));
                }
                *start = start_bound;
                *finish = sum(&start_bound, days);
            }
            match activity.fact {
                Some(Fact::Begun(begun)) => {
                    put(&mut block.worked, position, &*starts);
                    *starts = [begun; LANES];
                }
                Some(Fact::Done(start, finish)) => {
                    (*starts, *finishes) = ([start; LANES], [finish; LANES]);
                }
                None => {}
            }
            if activity.may_be_last {
                last = later(&last, finishes);
            }
        }
        last
    }

    /// Starts and finishes of a block, and the last finish of all.
    #[inline(always)]
    pub(super) fn forward<C: Clock>(&self, clock: &C, block: &mut Block) -> Floats {
        let mut last = [f32::NEG_INFINITY; LANES];
        for (position, activity) in self.activities.iter().enumerate() {
            let mut start_bound = [activity.floor; LANES];
            let mut finish_bound = [activity.finish_floor.unwrap_or(f32::NEG_INFINITY); LANES];
            for link in self.links_of(position) {
                let Some(end) = block.ends.get(link.end) else { continue };
                let allowed = link.allows(clock, end);
                let bound = if link.is_to_finish { &mut finish_bound } else { &mut start_bound };
                *bound = later(bound, &allowed);
            }
            let Some(durations) = block.durations.get(position) else { continue };
            let mut worked = clock.worked(activity.calendar, &start_bound);
            if activity.finish_floor.is_some() {
                let by_finish = clock.worked(activity.calendar, &finish_bound);
                worked = later(&worked, &less(&by_finish, durations));
            }
            let mut starts = clock.starts(activity.calendar, &worked);
            let mut finishes = clock.ends(activity.calendar, &sum(&worked, durations));
            if !C::IS_ONE {
                if activity.finish_floor.is_some() {
                    finishes = later(&finishes, &finish_bound);
                }
                for ((finish, start), days) in finishes.iter_mut().zip(&starts).zip(durations) {
                    // A moment is not the evening before, but its own morning.
                    *finish = if *days == 0.0 { *start } else { *finish };
                }
            }
            if !C::IS_ONE || activity.fact.is_some() {
                put(&mut block.worked, position, &worked);
            }
            match activity.fact {
                Some(Fact::Begun(begun)) => {
                    for ((finish, days), bound) in
                        finishes.iter_mut().zip(durations).zip(&later(&start_bound, &finish_bound))
                    {
                        // Nothing remains: it ends as soon as it may, on a day off as well.
                        *finish = if *days == 0.0 { *bound } else { *finish };
                    }
                    starts = [begun; LANES];
                }
                Some(Fact::Done(start, finish)) => {
                    (starts, finishes) = ([start; LANES], [finish; LANES]);
                }
                None => {}
            }
            if activity.may_be_last {
                last = later(&last, &finishes);
            }
            put(&mut block.ends, 2 * position, &starts);
            put(&mut block.ends, 2 * position + 1, &finishes);
        }
        last
    }

    /// Counts the iterations in which each activity is on a way of links that hold back the last
    /// finish. What holds is told exactly: the same sums are made again and compared.
    #[inline(always)]
    pub(super) fn count_critical<C: Clock>(
        &self,
        clock: &C,
        block: &mut Block,
        last: &Floats,
        valid: &Words,
        counts: &mut [u32],
    ) {
        let places = self.activities.iter().zip(counts).enumerate().rev();
        for (position, (activity, count)) in places {
            if activity.may_be_last
                && let Some(finishes) = block.finishes(position)
            {
                let marks = equal(finishes, last, valid);
                mark(&mut block.critical, &mut block.is_critical, position, &marks);
            }
            let (Some(is_critical), Some(critical)) =
                (block.is_critical.get_mut(position), block.critical.get(position))
            else {
                continue;
            };
            if !std::mem::take(is_critical) {
                continue;
            }
            let critical = *critical;
            *count += critical.iter().map(|word| word & 1).sum::<u32>();
            let is_start = C::IS_ONE && activity.fact.is_none();
            let worked =
                if is_start { block.ends.get(2 * position) } else { block.worked.get(position) };
            let (Some(worked), Some(durations)) = (worked, block.durations.get(position)) else {
                continue;
            };
            for link in self.links_of(position) {
                let Some(end) = block.ends.get(link.end) else { continue };
                let mut held = clock.worked(activity.calendar, &link.allows(clock, end));
                if link.is_to_finish {
                    held = less(&held, durations);
                }
                let marks = equal(&held, worked, &critical);
                mark(&mut block.critical, &mut block.is_critical, link.from, &marks);
            }
        }
    }
}

/// Marks a position where words are set, if any is.
#[inline(always)]
fn mark(critical: &mut [Words], is_critical: &mut [bool], position: usize, marks: &Words) {
    let any = marks.iter().fold(0, |any, word| any | word);
    let (Some(words), Some(is_critical)) =
        (critical.get_mut(position), is_critical.get_mut(position))
    else {
        return;
    };
    if any == 0 {
        return;
    }
    if std::mem::replace(is_critical, true) {
        add(words, marks);
    } else {
        *words = *marks;
    }
}

impl RiskLink {
    /// The earliest moments of the successor's end.
    #[inline(always)]
    fn allows<C: Clock>(&self, clock: &C, end: &Floats) -> Floats {
        match self.calendar {
            Some(calendar) => {
                let worked = clock.worked(calendar, end);
                clock.ends(calendar, &sum(&worked, &[self.lag_days; LANES]))
            }
            None => *end,
        }
    }
}

/// The first evening of a working day at a moment or after it.
fn evening(days: &WorkingDays, moment: i32) -> i32 {
    if moment <= -BEYOND { moment } else { days.end_of(days.before(moment - 1) + 1) }
}

/// A moment of the horizon in days, or working days of the clock, from the start.
fn moment(of_horizon: i32, from: i32, clock: Option<Counted<'_>>) -> f32 {
    if of_horizon <= -BEYOND {
        return f32::NEG_INFINITY;
    }
    #[expect(clippy::cast_precision_loss, reason = "days")]
    let days = (of_horizon - from) as f32;
    clock.map_or(days, |clock| clock.worked(days))
}

fn put(values: &mut [Floats], position: usize, value: &Floats) {
    if let Some(slot) = values.get_mut(position) {
        *slot = *value;
    }
}
