//! In words, why an activity has its dates.

use std::fmt;

use jiff::civil::Date;

use super::driver::Place;
use super::reason::{End, Reason, calendar_of, working_days};
use super::{Activity, Dates, Driver, Rule};
use crate::error::{Error, Result};

/// In words, why an activity has its dates; each sentence begins with the date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Its id, and its name if it has one.
    pub activity: String,
    /// Why it cannot start earlier.
    pub early_start: String,
    /// Why it cannot be finished earlier.
    pub early_finish: String,
    /// Why it must not start later.
    pub late_start: String,
    /// Why it must not be finished later.
    pub late_finish: String,
    /// What it has to spare, and whether it is on a longest path.
    pub float: String,
}

impl Dates<'_> {
    /// In words, which link, constraint or calendar fixes each date of an activity.
    ///
    /// # Errors
    /// [`Error::Unknown`] if the network has no such activity.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use railcorridor::schedule::{Activity, Calendar, Link, Network, WorkingWeek};
    ///
    /// let week = WorkingWeek::FRIDAY_OFF;
    /// let mut network = Network::new(date(2026, 1, 5), Calendar::new("site", week));
    /// network.activities = vec![Activity::task("fill", 9.0), Activity::task("ballast", 4.0)];
    /// network.links = vec![Link::finish_start("fill", "ballast").lag_days(1)];
    /// let compiled = network.compile()?;
    /// let told = compiled.dates()?.explain("ballast")?;
    /// assert_eq!(
    ///     told.early_start,
    ///     "2026-01-17: FS link from fill, which finishes on 2026-01-14, plus 1 working day of \
    ///      calendar site; then the next working day of calendar site"
    /// );
    /// assert_eq!(told.early_finish, "2026-01-20: 4 working days of calendar site from its start");
    /// assert_eq!(told.late_finish, "2026-01-20: the last activity is finished then");
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn explain(&self, id: &str) -> Result<Explanation> {
        let activity = self.compiled.network.activity(id);
        let place = activity.and_then(|activity| Some((activity, self.place(activity)?)));
        let Some((activity, place)) = place else {
            return Err(unknown(id));
        };
        let mut early = Reasons::default();
        let drivers = self.early_drivers(activity);
        let is_held = drivers.iter().any(|driver| matches!(driver, Driver::Link(_)));
        for driver in drivers {
            // Both may lead to the same day where a season is closed; the link says more.
            if is_held && driver == Driver::ProjectStart {
                continue;
            }
            early.take(&place, self.early_reason(&place, driver));
        }
        let mut late = Reasons::default();
        for driver in self.late_drivers(activity) {
            late.take(&place, self.late_reason(&place, driver));
        }
        if place.rule == Rule::Done {
            for reasons in [&mut early, &mut late] {
                reasons.start = vec!["it was begun then".to_owned()];
                reasons.finish = vec!["it was finished then".to_owned()];
            }
        }
        let days = self.days(&place);
        let from_start = format!("{days} from its start");
        let from_finish = format!("{days} back from its finish");
        let (early_start, early_finish) = match place.rule {
            Rule::Begun(_) => ("it was begun then".to_owned(), early.remaining(&days)),
            _ => (early.start(&from_finish), early.finish(&from_start)),
        };
        let dated = |day: Date, reason: &str| format!("{day}: {reason}");
        Ok(Explanation {
            activity: called(place.activity),
            early_start: dated(self.early_start(activity), &early_start),
            early_finish: dated(self.early_finish(activity), &early_finish),
            late_start: dated(self.late_start(activity), &late.start(&from_finish)),
            late_finish: dated(self.late_finish(activity), &late.finish(&from_start)),
            float: self.float_words(activity, &place),
        })
    }

    /// Its duration, or what remains of it.
    fn days(&self, place: &Place<'_>) -> String {
        let calendar = calendar_of(self.compiled.network, place.activity);
        working_days(place.duration_days, calendar)
    }

    fn float_words(&self, activity: usize, place: &Place<'_>) -> String {
        if place.rule == Rule::Done {
            return "it is finished".to_owned();
        }
        let calendar = calendar_of(self.compiled.network, place.activity);
        let total = working_days(self.total_float_days(activity), calendar);
        let free = self.free_float_days(activity);
        let is_on = self.on_longest_paths().get(activity) == Some(&true);
        let path = if is_on { "on" } else { "not on" };
        format!(
            "{total} to spare before the whole is late, {free} before another is; {path} a longest path"
        )
    }
}

/// What fixes the two ends of an activity.
#[derive(Default)]
struct Reasons {
    start: Vec<String>,
    finish: Vec<String>,
}

impl Reasons {
    /// Sorts in a reason by the end that it fixes: of a moment both.
    fn take(&mut self, place: &Place<'_>, reason: Reason) {
        let is_moment = place.duration_days == 0;
        if reason.end != End::Finish || is_moment {
            self.start.push(reason.words.clone());
        }
        if reason.end != End::Start || is_moment {
            self.finish.push(reason.words);
        }
    }

    fn start(&self, otherwise: &str) -> String {
        if self.start.is_empty() { otherwise.to_owned() } else { self.start.join(", and ") }
    }

    fn finish(&self, otherwise: &str) -> String {
        if self.finish.is_empty() { otherwise.to_owned() } else { self.finish.join(", and ") }
    }

    /// Why what remains is not finished earlier.
    fn remaining(&self, days: &str) -> String {
        let mut all = vec![format!("{days} remain")];
        all.extend(self.start.iter().chain(&self.finish).cloned());
        all.dedup();
        all.join("; ")
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.activity)?;
        writeln!(f, "early start {}", self.early_start)?;
        writeln!(f, "early finish {}", self.early_finish)?;
        writeln!(f, "late start {}", self.late_start)?;
        writeln!(f, "late finish {}", self.late_finish)?;
        write!(f, "float: {}", self.float)
    }
}

fn called(activity: &Activity) -> String {
    match activity.name.as_str() {
        "" => activity.id.clone(),
        name => format!("{} ({name})", activity.id),
    }
}

/// That the network has no such activity.
pub(super) fn unknown(id: &str) -> Error {
    Error::Unknown {
        what: "activity",
        name: id.chars().take(40).collect(),
        hint: "name one of the network by its id".to_owned(),
    }
}
