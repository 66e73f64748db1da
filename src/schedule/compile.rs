//! From a network as written to arrays: ids looked up, calendars counted out, order found.

use jiff::civil::Date;

use super::compiled::{Compiled, LinkInto};
use super::counted::{ALL_DAYS, Counted, PROJECT};
use super::duration::MAX_DURATION_DAYS;
use super::hammock::Hung;
use super::horizon::Horizon;
use super::ids::Ids;
use super::order::{grouped, order};
use super::rule::{Held, NO_CEILING};
use super::{ActivityKind, LagCalendar, LagUnit, Link, LinkKind, Network};
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
        let ids = Ids::new(&self.activities)?;
        let ends = ends(&self.links, &ids)?;
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
        let mut counted = Counted::new(&self.calendars, compiled.horizon)?;
        compiled.lay_out_activities(&mut counted)?;
        compiled.lay_out_hammocks(&mut counted, &ids)?;
        compiled.calendars = counted.days;
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
    fn lay_out_activities(&mut self, counted: &mut Counted<'n>) -> Result<()> {
        let network = self.network;
        for activity in self.order.clone() {
            let Some(activity) = network.activities.get(activity as usize) else { continue };
            let (number, calendar) =
                counted.number(&activity.calendar, &activity.work, ["activity ", &activity.id])?;
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

    fn lay_out_hammocks(&mut self, counted: &mut Counted<'n>, ids: &Ids) -> Result<()> {
        self.network.check_hammocks()?;
        for hammock in &self.network.hammocks {
            let over = hammock.activities(|id| ids.find(id))?;
            let over = over.into_iter().map(|activity| self.position(activity as usize)).collect();
            let (calendar, _) = counted.number(&hammock.calendar, "", ["hammock ", &hammock.id])?;
            self.hammocks.push(Hung { over, calendar });
        }
        Ok(())
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

/// The activities that each link joins.
fn ends(links: &[Link], ids: &Ids) -> Result<Vec<(u32, u32)>> {
    let mut ends = Vec::with_capacity(links.len());
    // Links are mostly written successor by successor: it need not be looked up each time.
    let mut last: Option<(&str, u32)> = None;
    for link in links {
        let find = |id: &str| {
            ids.known(id, || format!("a link from {} to {} names it", link.from, link.to))
        };
        let to = match last {
            Some((id, place)) if id == link.to => place,
            _ => find(&link.to)?,
        };
        last = Some((&link.to, to));
        ends.push((find(&link.from)?, to));
    }
    Ok(ends)
}
