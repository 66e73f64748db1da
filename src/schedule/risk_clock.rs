//! Working time without steps: from moments to working days and back, for parts of days too.

use super::WorkingDays;
use super::lanes::{Floats, LANES};

/// Farthest moment that a table is asked for, days from the start.
const REACH_DAYS: f32 = 4e5;

/// How calendars turn moments, counted in days from the start of the network, into working days
/// since then, and back.
pub(super) trait Clock: Sync {
    /// Whether moments are working days themselves, those of the one calendar that all share.
    const IS_ONE: bool;

    /// Working days before moments.
    fn worked(&self, calendar: u16, moments: &Floats) -> Floats;

    /// The latest moments before which so many working days lie: a morning.
    fn starts(&self, calendar: u16, worked: &Floats) -> Floats;

    /// The earliest moments before which so many working days lie: an evening.
    fn ends(&self, calendar: u16, worked: &Floats) -> Floats;

    /// Days from the start, whatever moments count; of a morning, or of an evening.
    fn days(&self, moment: f32, is_morning: bool) -> f32;
}

/// All activities work on the same days: time passes on these alone.
pub(super) struct OneCalendar<'a>(pub(super) Counted<'a>);

/// Activities and lags work on days of their own. Looking days up one by one gains nothing from
/// wide registers, so it is built once and not into every loop.
pub(super) struct Calendars<'a>(pub(super) Vec<Counted<'a>>);

/// The working days of a calendar, counted from a moment.
#[derive(Clone, Copy)]
pub(super) struct Counted<'a> {
    days: &'a WorkingDays,
    from: i32,
    before: i32,
}

impl<'a> Counted<'a> {
    pub(super) fn new(days: &'a WorkingDays, from: i32) -> Self {
        Self { days, from, before: days.before(from) }
    }

    #[inline(always)]
    pub(super) fn worked(&self, moment: f32) -> f32 {
        let (whole, part) = split(moment);
        let before = self.days.before(self.from + whole);
        let after = self.days.before(self.from + whole + 1);
        float(before - self.before) + part * float(after - before)
    }

    #[inline(always)]
    fn start(&self, worked: f32) -> f32 {
        let (whole, part) = split(worked);
        float(self.days.start_of(self.before + whole) - self.from) + part
    }

    #[inline(always)]
    fn end(&self, worked: f32) -> f32 {
        let (whole, part) = split(-worked);
        float(self.days.end_of(self.before - whole) - self.from) - part
    }
}

impl Clock for OneCalendar<'_> {
    const IS_ONE: bool = true;

    #[inline(always)]
    fn worked(&self, _: u16, moments: &Floats) -> Floats {
        *moments
    }

    #[inline(always)]
    fn starts(&self, _: u16, worked: &Floats) -> Floats {
        *worked
    }

    #[inline(always)]
    fn ends(&self, _: u16, worked: &Floats) -> Floats {
        *worked
    }

    #[inline(always)]
    fn days(&self, moment: f32, is_morning: bool) -> f32 {
        // What ends at the start ends there, even if the days before are off.
        if moment == 0.0 && !is_morning {
            return 0.0;
        }
        if is_morning { self.0.start(moment) } else { self.0.end(moment) }
    }
}

impl Calendars<'_> {
    #[inline(always)]
    fn each(
        &self,
        calendar: u16,
        values: &Floats,
        one: impl Fn(&Counted<'_>, f32) -> f32,
    ) -> Floats {
        let mut found = [0.0; LANES];
        if let Some(calendar) = self.0.get(usize::from(calendar)) {
            for (found, value) in found.iter_mut().zip(values) {
                *found = one(calendar, *value);
            }
        }
        found
    }
}

impl Clock for Calendars<'_> {
    const IS_ONE: bool = false;

    #[inline(never)]
    fn worked(&self, calendar: u16, moments: &Floats) -> Floats {
        self.each(calendar, moments, |days, moment| days.worked(moment))
    }

    #[inline(never)]
    fn starts(&self, calendar: u16, worked: &Floats) -> Floats {
        self.each(calendar, worked, |days, worked| days.start(worked))
    }

    #[inline(never)]
    fn ends(&self, calendar: u16, worked: &Floats) -> Floats {
        self.each(calendar, worked, |days, worked| days.end(worked))
    }

    #[inline(always)]
    fn days(&self, moment: f32, _: bool) -> f32 {
        moment
    }
}

/// The whole number below, and what is left.
#[inline(always)]
fn split(value: f32) -> (i32, f32) {
    let value = value.clamp(-REACH_DAYS, REACH_DAYS);
    // Not `floor`, which is a call where registers are narrow.
    #[expect(clippy::cast_possible_truncation, reason = "within the reach")]
    let towards_0 = value as i32;
    let whole = if float(towards_0) > value { towards_0 - 1 } else { towards_0 };
    (whole, value - float(whole))
}

#[expect(clippy::cast_precision_loss, reason = "days, or far beyond them all")]
#[inline(always)]
fn float(days: i32) -> f32 {
    days as f32
}
