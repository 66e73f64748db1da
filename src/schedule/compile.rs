//! From a network as written to arrays: ids looked up, calendars counted out, order found.

use std::collections::HashMap;

use jiff::civil::Date;

use super::compiled::{ALL_DAYS, Compiled, LinkInto};
use super::duration::MAX_DURATION_DAYS;
use super::hammock::Hung;
use super::horizon::Horizon;
use super::order::{grouped, order};
use super::rule::{Held, NO_CEILING};
use super::{
    Activity, ActivityKind, Calendar, LagCalendar, LagUnit, Link, LinkKind, Network, WorkingDays,
};
use crate::error::{Error, Result};

/// No more activities, nor links, can be computed.
const MOST: usize = 50_000_000;

/// Years before the start that a horizon begins: late dates, and what a floor lets through.
const YEARS_BEFORE: i16 = 5;

impl Network {
    /// Checks it and lays it out for the passes.
    ///
    /// # Errors
    /// [`Error::Schedule`] for what is named twice or not at all, a cycle (named by its
    /// activities), a calendar without working days, a milestone with a duration;
    /// [`Error::Unknown`] for an id that nothing has; [`Error::OutOfRange`] for a duration, a
    /// quantity, a rate, a lag or a horizon that is none; [`Error::Limit`] for too many.
    ///
    /// # Complexity
    /// Linear in activities, links and days of the horizon times calendars.
    pub fn compile(&self) -> Result<Compiled<'_>> {
        limit("activities of the network", self.activities.len())?;
        limit("links of the network", self.links.len())?;
        let ids = ids(&self.activities)?;
        let ends = self.links.iter().map(|link| ends(link, &ids));
        let ends = ends.collect::<Result<Vec<_>>>()?;
        #[expect(clippy::cast_possible_truncation, reason = "within the limit just checked")]
        let count = self.activities.len() as u32;
        let order = order(count, &ends).map_err(|cycle| self.no_order(&cycle))?;
        let mut positions = vec![0_u32; order.len()];
        for (position, activity) in (0..).zip(&order) {
            if let Some(place) = positions.get_mut(*activity as usize) {
                *place = position;
            }
        }
        let mut compiled = Compiled {
            network: self,
            horizon: self.horizon()?,
            calendars: Vec::new(),
            durations_days: Vec::with_capacity(order.len()),
            counts_in: Vec::with_capacity(order.len()),
            placed_by: Vec::with_capacity(order.len()),
            rules: Vec::new(),
            floors: Vec::new(),
            ceilings: Vec::new(),
            first_link: Vec::new(),
            links: Vec::new(),
            link_numbers: Vec::new(),
            hammocks: Vec::new(),
            order,
            positions,
        };
        let mut kinds = Vec::new();
        compiled.lay_out_activities(&mut kinds)?;
        compiled.lay_out_hammocks(&mut kinds, &ids)?;
        compiled.lay_out_links(&ends)?;
        compiled.lay_out_rules()?;
        Ok(compiled)
    }

    fn horizon(&self) -> Result<Horizon> {
        let facts = self.activities.iter().filter_map(|activity| activity.progress.actual_start);
        let earliest = facts.chain(self.data_date).chain([self.start]).min();
        let year = earliest.unwrap_or(self.start).year();
        let edge = |year: i16, years: i16| {
            let year = year.checked_add(years);
            year.and_then(|year| Date::new(year, self.start.month(), 1).ok()).ok_or_else(|| {
                Error::OutOfRange {
                    item: "horizon_years of the network".to_owned(),
                    value: f64::from(self.horizon_years),
                    limit: format!("so many after {} that the year stays below 9999", self.start),
                    hint: "start between the years -9990 and 9900, and last less long".to_owned(),
                }
            })
        };
        Horizon::new(
            edge(year, -YEARS_BEFORE)?,
            edge(self.start.year(), self.horizon_years)?.last_of_month(),
        )
    }

    /// A cycle, in the ids of its activities.
    fn no_order(&self, cycle: &[u32]) -> Error {
        const SHOWN: usize = 12;
        let id = |activity: &u32| {
            self.activities.get(*activity as usize).map_or("", |activity| activity.id.as_str())
        };
        let mut names: Vec<&str> = cycle.iter().take(SHOWN).map(id).collect();
        if cycle.len() > SHOWN {
            names.push("...");
        }
        names.extend(cycle.first().map(id));
        Error::Schedule {
            item: format!("activity {}", cycle.first().map_or("", id)),
            problem: format!(
                "waits for itself in a cycle of {}: {}",
                cycle.len(),
                names.join(" -> ")
            ),
            hint: "take out one of these links".to_owned(),
        }
    }
}

impl<'n> Compiled<'n> {
    fn lay_out_activities(&mut self, kinds: &mut Vec<Kind<'n>>) -> Result<()> {
        let network = self.network;
        self.calendars.push(WorkingDays::every_day(self.horizon));
        check_calendars(&network.calendars)?;
        // The calendar of the project comes first, whether or not an activity has it.
        self.counted(kinds, "", "", ["the network", ""])?;
        for activity in self.order.clone() {
            let Some(activity) = network.activities.get(activity as usize) else { continue };
            let (number, calendar) = self.counted(
                kinds,
                &activity.calendar,
                &activity.work,
                ["activity ", &activity.id],
            )?;
            let days = activity.duration.whole_days(&activity.id, calendar.week.shifts_per_day)?;
            if days != 0 && activity.kind != ActivityKind::Task {
                return Err(Error::Schedule {
                    item: format!("activity {}", activity.id),
                    problem: format!("a milestone of {days} days"),
                    hint: "give it no duration, or make it a task".to_owned(),
                });
            }
            let on_any_evening = activity.kind == ActivityKind::FinishMilestone;
            self.durations_days.push(days);
            self.counts_in.push(number);
            self.placed_by.push(if on_any_evening { ALL_DAYS } else { number });
        }
        Ok(())
    }

    fn lay_out_hammocks(
        &mut self,
        kinds: &mut Vec<Kind<'n>>,
        ids: &HashMap<&str, u32>,
    ) -> Result<()> {
        self.network.check_hammocks()?;
        for hammock in &self.network.hammocks {
            let over = hammock.activities(|id| ids.get(id).copied())?;
            let over = over.into_iter().map(|activity| self.position(activity as usize)).collect();
            let (calendar, _) =
                self.counted(kinds, &hammock.calendar, "", ["hammock ", &hammock.id])?;
            self.hammocks.push(Hung { over, calendar });
        }
        Ok(())
    }

    /// The number of a calendar for a kind of work, counted out when first met.
    fn counted(
        &mut self,
        kinds: &mut Vec<Kind<'n>>,
        id: &'n str,
        work: &'n str,
        named_by: [&str; 2],
    ) -> Result<(u16, &'n Calendar)> {
        let known = kinds.iter().find(|kind| kind.id == id && kind.work == work);
        if let Some(kind) = known {
            return Ok((kind.number, kind.calendar));
        }
        let calendars = &self.network.calendars;
        let found = if id.is_empty() {
            calendars.first()
        } else {
            calendars.iter().find(|calendar| calendar.id == id)
        };
        let calendar = found.ok_or_else(|| Error::Unknown {
            what: "calendar",
            name: id.to_owned(),
            hint: format!("{} names it; {}", named_by.concat(), known_ids(calendars)),
        })?;
        // A kind of work that no season knows needs no count of its own.
        let is_closed = calendar.seasons.iter().any(|season| season.closed_to.is_some());
        let counted = kinds.iter().find(|kind| {
            std::ptr::eq(kind.calendar, calendar) && (!is_closed || kind.work == work)
        });
        let number = match counted.map(|kind| kind.number) {
            Some(number) => number,
            None => {
                let number = u16::try_from(self.calendars.len()).ok();
                let number = number.ok_or_else(|| Error::Limit {
                    item: "calendars by kinds of work".to_owned(),
                    needed: "more".to_owned(),
                    limit: u16::MAX.to_string(),
                    hint: "let activities share calendars".to_owned(),
                })?;
                self.calendars.push(WorkingDays::new(calendar, work, self.horizon)?);
                number
            }
        };
        kinds.push(Kind { id, work, number, calendar });
        Ok((number, calendar))
    }

    fn lay_out_links(&mut self, ends: &[(u32, u32)]) -> Result<()> {
        let position = |activity: u32| self.positions.get(activity as usize).copied();
        let by_successor =
            (0_u32..).zip(ends).filter_map(|(link, (_, to))| Some((position(*to)?, link)));
        #[expect(clippy::cast_possible_truncation, reason = "activities are counted in 32 bits")]
        let (first_link, link_numbers) = grouped(self.order.len() as u32, by_successor);
        let mut links = Vec::with_capacity(ends.len());
        for number in &link_numbers {
            let number = *number as usize;
            let Some((link, (from, to))) = self.network.links.get(number).zip(ends.get(number))
            else {
                continue;
            };
            let (from, to) = (position(*from).unwrap_or(0), position(*to).unwrap_or(0));
            if !(-MAX_DURATION_DAYS..=MAX_DURATION_DAYS).contains(&link.lag_days) {
                return Err(Error::OutOfRange {
                    item: format!("lag_days of the link from {} to {}", link.from, link.to),
                    value: f64::from(link.lag_days),
                    limit: format!("-{MAX_DURATION_DAYS} to {MAX_DURATION_DAYS}"),
                    hint: "correct the link".to_owned(),
                });
            }
            let of = |position: u32| self.counts_in.get(position as usize).copied();
            let calendar = match (link.lag_unit, link.lag_calendar) {
                (LagUnit::Elapsed, _) | (_, LagCalendar::TwentyFourHours) => Some(ALL_DAYS),
                (_, LagCalendar::Predecessor) => of(from),
                (_, LagCalendar::Successor) => of(to),
                (_, LagCalendar::Project) => Some(PROJECT),
            };
            let is_counted = link.lag_days != 0
                || (link.kind.is_to_finish() && self.leaves_in_the_morning(link.kind, from));
            links.push(LinkInto {
                from,
                lag_days: link.lag_days,
                calendar: calendar.unwrap_or(ALL_DAYS),
                kind: link.kind,
                is_counted,
            });
        }
        (self.first_link, self.link_numbers, self.links) = (first_link, link_numbers, links);
        Ok(())
    }

    /// Whether a link of a kind leaves its predecessor on a morning: at a start, or at a milestone
    /// that is not one of the evening.
    fn leaves_in_the_morning(&self, kind: LinkKind, from: u32) -> bool {
        let activity = self.order.get(from as usize);
        let activity = activity.and_then(|place| self.network.activities.get(*place as usize));
        let is_on_an_evening =
            activity.is_some_and(|activity| activity.kind == ActivityKind::FinishMilestone);
        let is_moment = self.durations_days.get(from as usize) == Some(&0);
        !is_on_an_evening && (!kind.is_from_finish() || is_moment)
    }

    fn lay_out_rules(&mut self) -> Result<()> {
        let mut all = Vec::with_capacity(self.order.len());
        let places = self.order.iter().zip(&self.durations_days).zip(&self.counts_in);
        for (((activity, duration_days), number), links) in places.zip(self.links_by_position()) {
            let activity = self.network.activities.get(*activity as usize);
            let Some((activity, calendar)) = activity.zip(self.calendar(*number)) else { continue };
            let is_let_through = self.is_let_through(links);
            all.push(Held::new(
                self.network,
                self.horizon,
                activity,
                *duration_days,
                calendar,
                is_let_through,
            )?);
        }
        self.rules = all.iter().map(|held| held.rule).collect();
        self.floors = all.iter().map(|held| held.floor).collect();
        self.durations_days = all.iter().map(|held| held.duration_days).collect();
        let ceilings = (0..).zip(&all).map(|(position, held)| (position, held.ceiling));
        self.ceilings = ceilings.filter(|(_, ceiling)| *ceiling != NO_CEILING).collect();
        Ok(())
    }
}

/// The number of the calendar of the project, which is counted out right after that of all days.
const PROJECT: u16 = 1;

/// A calendar and a kind of work that occur together.
struct Kind<'n> {
    id: &'n str,
    work: &'n str,
    number: u16,
    calendar: &'n Calendar,
}

fn limit(item: &str, count: usize) -> Result<()> {
    if count <= MOST {
        return Ok(());
    }
    Err(Error::Limit {
        item: item.to_owned(),
        needed: count.to_string(),
        limit: MOST.to_string(),
        hint: "split the network".to_owned(),
    })
}

/// The place of each id.
fn ids(activities: &[Activity]) -> Result<HashMap<&str, u32>> {
    let mut ids = HashMap::with_capacity(activities.len());
    for (place, activity) in (0..).zip(activities) {
        let problem = if activity.id.is_empty() {
            format!("number {} has no id", place + 1)
        } else if ids.insert(activity.id.as_str(), place).is_some() {
            "two have this id".to_owned()
        } else {
            continue;
        };
        return Err(Error::Schedule {
            item: format!("activity {}", activity.id),
            problem,
            hint: "give each an id of its own".to_owned(),
        });
    }
    Ok(ids)
}

/// The activities that a link joins.
fn ends(link: &Link, ids: &HashMap<&str, u32>) -> Result<(u32, u32)> {
    let find = |id: &str| {
        ids.get(id).copied().ok_or_else(|| Error::Unknown {
            what: "activity",
            name: id.to_owned(),
            hint: format!("a link from {} to {} names it", link.from, link.to),
        })
    };
    Ok((find(&link.from)?, find(&link.to)?))
}

fn check_calendars(calendars: &[Calendar]) -> Result<()> {
    for (place, calendar) in calendars.iter().enumerate() {
        if calendars.iter().take(place).any(|other| other.id == calendar.id) {
            return Err(Error::Schedule {
                item: format!("calendar {}", calendar.id),
                problem: "two have this id".to_owned(),
                hint: "give each an id of its own".to_owned(),
            });
        }
    }
    Ok(())
}

fn known_ids(calendars: &[Calendar]) -> String {
    let ids: Vec<&str> = calendars.iter().map(|calendar| calendar.id.as_str()).collect();
    if ids.is_empty() {
        "the network has none".to_owned()
    } else {
        format!("the network has {}", ids.join(", "))
    }
}
