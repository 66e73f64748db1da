//! The calendars of a network, counted out once for each kind of work that needs it.

use super::{Calendar, Horizon, WorkingDays};
use crate::error::{Error, Result};

/// The calendar of all days, in every network.
pub(super) const ALL_DAYS: u16 = 0;

/// The calendar of the project.
pub(super) const PROJECT: u16 = 1;

/// The calendars of a network, counted out once for each kind of work that needs it.
pub(super) struct Counted<'n> {
    calendars: &'n [Calendar],
    horizon: Horizon,
    /// Working days by number.
    pub(super) days: Vec<WorkingDays>,
    kinds: Vec<Kind<'n>>,
}

/// A calendar and a kind of work that occur together.
struct Kind<'n> {
    id: &'n str,
    work: &'n str,
    number: u16,
    calendar: &'n Calendar,
}

impl<'n> Counted<'n> {
    /// That of all days and that of the project.
    pub(super) fn new(calendars: &'n [Calendar], horizon: Horizon) -> Result<Self> {
        for (place, calendar) in calendars.iter().enumerate() {
            if calendars.iter().take(place).any(|other| other.id == calendar.id) {
                return Err(Error::Schedule {
                    item: format!("calendar {}", calendar.id),
                    problem: "two have this id".to_owned(),
                    hint: "give each an id of its own".to_owned(),
                });
            }
        }
        let days = vec![WorkingDays::every_day(horizon)];
        let mut counted = Self { calendars, horizon, days, kinds: Vec::new() };
        counted.number("", "", ["the network", ""])?;
        Ok(counted)
    }

    /// The number of a calendar for a kind of work, named by something of an id.
    pub(super) fn number(
        &mut self,
        id: &'n str,
        work: &'n str,
        named_by: [&str; 2],
    ) -> Result<(u16, &'n Calendar)> {
        let known = self.kinds.iter().find(|kind| kind.id == id && kind.work == work);
        if let Some(kind) = known {
            return Ok((kind.number, kind.calendar));
        }
        let mut calendars = self.calendars.iter();
        let found = calendars.find(|calendar| id.is_empty() || calendar.id == id);
        let calendar = found.ok_or_else(|| Error::Unknown {
            what: "calendar",
            name: id.to_owned(),
            hint: format!("{} names it; {}", named_by.concat(), self.known()),
        })?;
        // A kind of work to which no season is closed needs no count of its own.
        let is_closed_to = |work: &str| {
            calendar.seasons.iter().any(|season| season.closed_to.as_deref() == Some(work))
        };
        let same = self.kinds.iter().find(|kind| {
            std::ptr::eq(kind.calendar, calendar)
                && (kind.work == work || !(is_closed_to(work) || is_closed_to(kind.work)))
        });
        let number = match same.map(|kind| kind.number) {
            Some(number) => number,
            None => self.count(calendar, work)?,
        };
        self.kinds.push(Kind { id, work, number, calendar });
        Ok((number, calendar))
    }

    fn count(&mut self, calendar: &Calendar, work: &str) -> Result<u16> {
        let number = u16::try_from(self.days.len()).map_err(|_| Error::Limit {
            item: "calendars by kinds of work".to_owned(),
            needed: (self.days.len() + 1).to_string(),
            limit: u16::MAX.to_string(),
            hint: "let activities share calendars".to_owned(),
        })?;
        self.days.push(WorkingDays::new(calendar, work, self.horizon)?);
        Ok(number)
    }

    fn known(&self) -> String {
        let ids: Vec<&str> = self.calendars.iter().map(|calendar| calendar.id.as_str()).collect();
        if ids.is_empty() {
            "the network has none".to_owned()
        } else {
            format!("the network has {}", ids.join(", "))
        }
    }
}
