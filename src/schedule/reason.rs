//! One thing that fixes a date, in words.

use super::driver::Place;
use super::{Activity, Constraint, Dates, Driver, LagCalendar, LagUnit, Link, Network};

/// One thing that fixes a date, in words.
pub(super) struct Reason {
    /// The end that it fixes; the other follows from the duration.
    pub(super) end: End,
    pub(super) words: String,
}

/// An end of an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Start,
    Finish,
    /// Each by itself.
    Both,
}

impl Dates<'_> {
    pub(super) fn early_reason(&self, place: &Place<'_>, driver: Driver) -> Reason {
        let Driver::Link(number) = driver else {
            let mut reason = self.reason(driver);
            if let Some(floor) = self.compiled.floors.get(place.position) {
                let is_finish = reason.end == End::Finish;
                let moved = self.moved_words(place, floor.end(is_finish), is_finish);
                reason.words.push_str(&moved);
            }
            return reason;
        };
        let into = self.compiled.links_into(place.position).find(|(_, one)| *one == number);
        let link = self.compiled.network.links.get(number);
        let Some(((into, _), link)) = into.zip(link) else { return self.reason(driver) };
        let is_finish = link.kind.is_to_finish();
        let from = self.compiled.activity_at(into.from as usize);
        let from_end = if link.kind.is_from_finish() {
            format!("finishes on {}", self.early_finish(from))
        } else {
            format!("starts on {}", self.early_start(from))
        };
        let mut words =
            format!("{} link from {}, which {from_end}", link.kind.letters(), link.from);
        words.push_str(&self.lag_words(link, "plus", "less"));
        if let Some(from) = self.early.get(into.from as usize) {
            let allowed = self.compiled.later(into, from.end(link.kind.is_from_finish()));
            words.push_str(&self.moved_words(place, allowed, is_finish));
        }
        Reason { end: if is_finish { End::Finish } else { End::Start }, words }
    }

    pub(super) fn late_reason(&self, place: &Place<'_>, driver: Driver) -> Reason {
        let Driver::Link(number) = driver else { return self.reason(driver) };
        let Some(link) = self.compiled.network.links.get(number) else {
            return self.reason(driver);
        };
        let mut leaving = self.links_from(place.position);
        let to = leaving.find(|(_, one, _)| *one == number).map(|(_, _, to)| to);
        let to = self.compiled.activity_at(to.unwrap_or(usize::MAX));
        let to_end = if link.kind.is_to_finish() {
            format!("must finish by {}", self.late_finish(to))
        } else {
            format!("must start by {}", self.late_start(to))
        };
        let words = format!("{} link to {}, which {to_end}", link.kind.letters(), link.to);
        let words = words + &self.lag_words(link, "less", "plus");
        Reason { end: if link.kind.is_from_finish() { End::Finish } else { End::Start }, words }
    }

    /// What is no link.
    fn reason(&self, driver: Driver) -> Reason {
        let network = self.compiled.network;
        let (end, words) = match driver {
            Driver::Link(_) => (End::Both, "a link".to_owned()),
            Driver::Fact => (End::Both, "a fact".to_owned()),
            Driver::ProjectStart => {
                (End::Start, format!("the project starts on {}", network.start))
            }
            Driver::DataDate => {
                let day = network.data_date.unwrap_or(network.start);
                (End::Start, format!("the data date is {day}"))
            }
            Driver::ProjectFinish => (End::Finish, "the last activity is finished then".to_owned()),
            Driver::FinishBy => {
                let day = network.finish_by.unwrap_or(network.start);
                (End::Finish, format!("all must be finished by {day}"))
            }
            Driver::Constraint(constraint) => constraint_words(constraint),
        };
        Reason { end, words }
    }

    /// That an activity cannot begin, or end, at the moment that is allowed, since its calendar has
    /// no work then; with the season if that is why.
    fn moved_words(&self, place: &Place<'_>, allowed: i32, is_finish: bool) -> String {
        if place.early.end(is_finish) <= allowed {
            return String::new();
        }
        let id = calendar_of(self.compiled.network, place.activity);
        let day = self.horizon().day(if is_finish { allowed - 1 } else { allowed });
        let calendars = &self.compiled.network.calendars;
        let calendar = calendars.iter().find(|calendar| calendar.id == id);
        let mut seasons = calendar.into_iter().flat_map(|calendar| &calendar.seasons);
        let season =
            seasons.find(|season| season.closes(&place.activity.work) && season.holds(day));
        let why = season.map_or_else(String::new, |season| format!(" ({})", season.name));
        format!("; then the next working day of calendar {id}{why}")
    }

    fn lag_words(&self, link: &Link, more: &str, less: &str) -> String {
        if link.lag_days == 0 {
            return String::new();
        }
        let word = if link.lag_days > 0 { more } else { less };
        let days = link.lag_days.abs();
        let network = self.compiled.network;
        let id = match (link.lag_unit, link.lag_calendar) {
            (LagUnit::Elapsed, _) | (_, LagCalendar::TwentyFourHours) => None,
            (_, LagCalendar::Project) => Some(""),
            (_, LagCalendar::Predecessor) => Some(link.from.as_str()),
            (_, LagCalendar::Successor) => Some(link.to.as_str()),
        };
        let Some(id) = id else {
            return format!(", {word} {days} day{}", if days == 1 { "" } else { "s" });
        };
        let activity = network.activity(id).and_then(|place| network.activities.get(place));
        let project = network.calendars.first().map_or("", |calendar| &calendar.id);
        let calendar = activity.map_or(project, |activity| calendar_of(network, activity));
        format!(", {word} {}", working_days(days, calendar))
    }
}

fn constraint_words(constraint: Constraint) -> (End, String) {
    let day = constraint.day();
    let (end, what) = match constraint {
        Constraint::StartNoEarlier(_) => (End::Start, "not start before"),
        Constraint::FinishNoEarlier(_) => (End::Finish, "not finish before"),
        Constraint::StartNoLater(_) => (End::Start, "start by"),
        Constraint::FinishNoLater(_) => (End::Finish, "finish by"),
        Constraint::MustStart(_) => (End::Start, "start on"),
        Constraint::MustFinish(_) => (End::Finish, "finish on"),
    };
    (end, format!("a constraint, it must {what} {day}"))
}

/// The id of the calendar that an activity counts its days in.
pub(super) fn calendar_of<'n>(network: &'n Network, activity: &'n Activity) -> &'n str {
    match activity.calendar.as_str() {
        "" => network.calendars.first().map_or("", |calendar| &calendar.id),
        id => id,
    }
}

/// `1 working day of calendar site`.
pub(super) fn working_days(days: i32, calendar: &str) -> String {
    let plural = if days == 1 { "" } else { "s" };
    format!("{days} working day{plural} of calendar {calendar}")
}
