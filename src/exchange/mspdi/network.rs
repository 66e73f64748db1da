//! Rows made into a network, its outline and its notes.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, DateTime, time};

use super::hours::day_ended;
use super::links_in::links;
use super::rows::{CalendarRow, ProjectRow, TaskRow};
use super::told::{self, ToldProject, ToldTask};
use super::tree::Tree;
use super::xml::Source;
use super::{FileDates, Imported, codes, plain};
use crate::error::{Error, Result};
use crate::exchange::note::Notes;
use crate::exchange::outline::{Outline, Place, SegmentName};
use crate::schedule::{
    Activity, ActivityKind, Calendar, HORIZON_YEARS, Hammock, LagCalendar, Network, OutOfSequence,
    ProjectStartFloor, WorkingWeek,
};

/// The longest horizon that dates of a file may ask for, years.
const MOST_YEARS: i16 = 300;

/// No more links, or dates, may come of a file when those of summaries are spread over their tasks.
pub(super) const MOST_SPREAD: usize = 5_000_000;

/// A project being made into a network.
pub(super) struct Maker<'a, 'd> {
    pub(super) source: &'a Source<'d>,
    pub(super) project: &'a ProjectRow,
    pub(super) tree: Tree<'a>,
    /// What the file tells us alone, if we wrote it.
    pub(super) told: Option<ToldProject>,
    /// What each activity tells us alone.
    pub(super) told_tasks: Vec<ToldTask>,
    /// Ids of calendars by uid.
    pub(super) calendar_ids: BTreeMap<i64, String>,
    /// Id of the calendar of those that last elapsed days.
    pub(super) elapsed: Option<String>,
}

/// The network of a file, with what it cannot hold.
pub(super) fn imported(
    source: &Source<'_>,
    project: &ProjectRow,
    mut notes: Notes,
) -> Result<Imported> {
    let told = ToldProject::read(&project.told);
    let hammocks = told.iter().flat_map(|told| told.hammocks.iter().map(|one| one.uid));
    let tree = Tree::new(source, project, hammocks.collect(), told.is_some(), &mut notes)?;
    let mut maker = Maker {
        source,
        project,
        told_tasks: Vec::with_capacity(tree.activities.len()),
        tree,
        told,
        calendar_ids: BTreeMap::new(),
        elapsed: None,
    };
    let calendars = maker.calendars(&mut notes);
    let mut activities = Vec::with_capacity(maker.tree.activities.len());
    let mut ids = BTreeSet::new();
    for row in maker.tree.activities.clone() {
        let activity = maker.activity(row, &mut ids, &mut notes)?;
        activities.push(activity);
    }
    maker.hold_below_summaries(&mut activities, &mut notes)?;
    let links = links(&maker, &activities, &mut notes)?;
    let mut network = maker.network(calendars, activities, &mut notes);
    network.links = links;
    let rows = maker.tree.activities.iter().zip(&network.activities);
    Ok(Imported {
        file_dates: rows.map(|(row, activity)| file_dates(row, activity.kind)).collect(),
        outline: maker.outline(),
        network,
        notes: notes.into_list(),
    })
}

impl Maker<'_, '_> {
    pub(super) fn note(&self, notes: &mut Notes, row: &TaskRow, kind: &str, text: &str) {
        let text = || format!("task \"{}\" {text}", row.name);
        self.source.note(notes, row.at, kind, text);
    }

    /// The calendars, that of the project first; what is told of them where it still holds.
    fn calendars(&mut self, notes: &mut Notes) -> Vec<Calendar> {
        let mut calendars = Vec::new();
        for row in &self.project.calendars {
            let mut told = self.told.iter().flat_map(|told| &told.calendars);
            let told = told.find(|told| told.uid == row.uid);
            let fitting = told.filter(|told| told.print == row.print());
            if told.is_some() && fitting.is_none() {
                notes.add(
                    "changed calendar",
                    || None,
                    || {
                        format!(
                            "calendar {} was changed since; its seasons and holidays are dates",
                            row.name
                        )
                    },
                );
            }
            if let Some(id) = fitting.and_then(|told| told.copy_of.as_ref()) {
                self.calendar_ids.insert(row.uid, id.clone());
                continue;
            }
            let calendar = fitting.and_then(|told| told.calendar.clone());
            let calendar = calendar.unwrap_or_else(|| plain::calendar(row));
            self.calendar_ids.insert(row.uid, calendar.id.clone());
            calendars.push(calendar);
        }
        let is_elapsed = |row: &&&TaskRow| codes::unit(row.format) == Some(codes::Unit::Elapsed);
        if let Some(row) = self.tree.activities.iter().find(is_elapsed) {
            let mut id = "every day".to_owned();
            while calendars.iter().any(|calendar| calendar.id == id) {
                id.push('\'');
            }
            self.note(
                notes,
                row,
                "elapsed",
                &format!("lasts elapsed days: it has a calendar of all days, called {id}"),
            );
            calendars.push(Calendar::new(&id, WorkingWeek::EVERY_DAY));
            self.elapsed = Some(id);
        }
        calendars
    }

    /// The row of a task's calendar, or of that of the project.
    pub(super) fn calendar(&self, row: &TaskRow) -> Option<&CalendarRow> {
        self.project.calendar(row.calendar_uid).or_else(|| self.project.calendars.first())
    }

    /// All but the links.
    fn network(
        &self,
        calendars: Vec<Calendar>,
        activities: Vec<Activity>,
        notes: &mut Notes,
    ) -> Network {
        let first = calendars.first().cloned();
        let first =
            first.unwrap_or_else(|| Calendar::new("Standard", WorkingWeek::MONDAY_TO_FRIDAY));
        let mut network = Network::new(self.project.start.date(), first);
        network.calendars = calendars;
        network.activities = activities;
        network.start_floor = ProjectStartFloor::Msp;
        network.horizon_years = self.horizon_years(&network);
        if let Some(told) = &self.told {
            network.start_floor = told.start_floor();
            network.out_of_sequence = told.out_of_sequence();
            network.finish_by = told.finish_by;
            network.horizon_years = told.horizon_years;
            let ids: BTreeSet<&str> =
                network.activities.iter().map(|one| one.id.as_str()).collect();
            let hammocks = told.hammocks.iter().filter(|one| self.tree.has(one.uid));
            let hammock = |one: &told::ToldHammock| Hammock {
                id: one.id.clone(),
                name: one.name.clone(),
                calendar: one.calendar.clone(),
                over: one.over.iter().filter(|id| ids.contains(id.as_str())).cloned().collect(),
            };
            network.hammocks = hammocks.map(hammock).filter(|one| !one.over.is_empty()).collect();
            if network.hammocks.len() < told.hammocks.len() {
                notes.add("hammocks", || None, || "a hammock was taken out since".to_owned());
            }
            if told.print == self.project.print() {
                network.data_date = told.data_date;
                return network;
            }
        }
        if self.project.is_from_finish {
            network.finish_by = self.project.finish.map(day_ended);
            notes.add("from finish", || None, || {
                "the project is scheduled from its finish; here all is as early as possible, and \
                 late dates count back from the finish"
                    .to_owned()
            });
        }
        network.data_date = self.data_date(&network, notes);
        if network.data_date.is_some() {
            network.out_of_sequence = OutOfSequence::GoOn;
        }
        network
    }

    /// The morning after progress was taken, if there is any.
    fn data_date(&self, network: &Network, notes: &mut Notes) -> Option<Date> {
        let facts = network.activities.iter().flat_map(|activity| {
            let progress = activity.progress;
            [progress.actual_start, progress.actual_finish].into_iter().flatten()
        });
        let after = facts.max().map(|day| day.tomorrow().unwrap_or(day));
        let morning = |moment: DateTime| {
            let is_morning = moment.time() < time(12, 0, 0, 0);
            let day = moment.date();
            if is_morning { day } else { day.tomorrow().unwrap_or(day) }
        };
        let status = self.project.status.map(morning);
        let Some(after) = after else {
            if status.is_some() {
                notes.add(
                    "status",
                    || None,
                    || {
                        "the project has a status date and no progress; it moves nothing here"
                            .to_owned()
                    },
                );
            }
            return None;
        };
        let stated = status.or_else(|| self.project.current.map(morning));
        if status.is_none() || stated.is_some_and(|day| day < after) {
            notes.add("status", || None, || {
                "progress lies after the status date, or there is none; a later day is taken for it"
                    .to_owned()
            });
        }
        Some(stated.map_or(after, |day| day.max(after)))
    }

    /// Years that reach over all dates of the file.
    fn horizon_years(&self, network: &Network) -> i16 {
        let rows = self.tree.activities.iter();
        let moments =
            rows.flat_map(|row| [row.start, row.finish, row.constraint_date, row.deadline]);
        let last = moments.flatten().map(DateTime::year).max().unwrap_or(0);
        let years = last.saturating_sub(network.start.year()).saturating_add(10);
        years.clamp(HORIZON_YEARS, MOST_YEARS)
    }

    fn outline(&self) -> Outline {
        let (mut segments, mut seen) = (Vec::new(), BTreeSet::new());
        let mut places = Vec::with_capacity(self.tree.activities.len());
        for (row, segment) in self.tree.activities.iter().zip(&self.tree.segments) {
            let id = segment.map_or(String::new(), segment_id);
            if let Some(summary) = segment
                && seen.insert(id.clone())
            {
                let (id, name) = (id.clone(), summary.name.clone());
                segments.push((summary.at, SegmentName { id, name }));
            }
            places.push(Place { segment: id, from_m: row.fields.from_m, to_m: row.fields.to_m });
        }
        if places.iter().all(|place| *place == Place::default()) {
            places.clear();
        }
        segments.sort_by_key(|(at, _)| *at);
        let segments = segments.into_iter().map(|(_, segment)| segment).collect();
        Outline { title: self.project.title.clone(), segments, places }
    }

    /// The calendar that lags count in unless they tell another.
    pub(super) fn usual_lag_calendar(&self) -> LagCalendar {
        let told = self.told.as_ref().and_then(|told| told::lag_calendar(told.lag_calendar));
        told.unwrap_or(LagCalendar::Successor)
    }

    /// An error that so much would come of links or dates of summaries.
    pub(super) fn too_much(what: &str) -> Error {
        Error::Limit {
            item: format!("{what} in a file of a schedule"),
            needed: format!("more than {MOST_SPREAD}"),
            limit: MOST_SPREAD.to_string(),
            hint: "link tasks instead of summaries".to_owned(),
        }
    }
}

/// The days of a row: a moment in the evening has the day that ends with it.
fn file_dates(row: &TaskRow, kind: ActivityKind) -> FileDates {
    let takes_time = row.finish > row.start;
    let is_evening = kind == ActivityKind::FinishMilestone;
    let start = row.start.map(if is_evening { day_ended } else { DateTime::date });
    let is_ended = is_evening || takes_time;
    FileDates { start, finish: row.finish.map(if is_ended { day_ended } else { DateTime::date }) }
}

fn segment_id(summary: &TaskRow) -> String {
    let id = &summary.fields.id;
    if id.is_empty() { summary.uid.to_string() } else { id.clone() }
}
