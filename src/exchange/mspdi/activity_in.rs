//! Rows of tasks made into activities.

use std::collections::BTreeSet;

use super::network::{MOST_SPREAD, Maker};
use super::rows::TaskRow;
use super::told::{self, ToldTask};
use super::{codes, plain};
use crate::error::Result;
use crate::exchange::note::Notes;
use crate::schedule::{Activity, Constraint};

impl Maker<'_, '_> {
    /// The activity of a row, with what is told of it as far as it still holds.
    pub(super) fn activity(
        &mut self,
        row: &TaskRow,
        ids: &mut BTreeSet<String>,
        notes: &mut Notes,
    ) -> Result<Activity> {
        let Some(calendar) = self.calendar(row) else {
            let hint = "the file has no calendar at all";
            return Err(self.source.wrong(row.at, "a task without calendar".to_owned(), hint));
        };
        let (day_seconds, shifts) = (plain::day_seconds(row, calendar), calendar.shifts_per_day());
        let told = self.told_task(row, notes);
        let fields = &row.fields;
        let mut id = if fields.id.is_empty() { row.uid.to_string() } else { fields.id.clone() };
        while !ids.insert(id.clone()) {
            self.note(notes, row, "twice", "has the id of another; its UID is added");
            id = format!("{id} ({})", row.uid);
        }
        let (duration, progress) = plain::time(row, day_seconds, shifts);
        let is_elapsed = codes::unit(row.format) == Some(codes::Unit::Elapsed);
        let calendar = match &self.elapsed {
            Some(id) if is_elapsed => id.clone(),
            _ => self.calendar_ids.get(&row.calendar_uid).cloned().unwrap_or_default(),
        };
        let is_nameless = row.name == id && !told.named;
        let mut activity = Activity {
            name: if is_nameless { String::new() } else { row.name.clone() },
            id,
            kind: plain::kind(row),
            calendar,
            work: fields.work.clone(),
            duration,
            constraints: plain::held(row),
            progress,
        };
        self.note_rounding(row, day_seconds, notes);
        let is_open = progress.actual_start.is_none() && progress.actual_finish.is_none();
        if row.is_manual
            && is_open
            && let Some(start) = row.start
        {
            activity.constraints = vec![Constraint::MustStart(start.date())];
        }
        take_told(&mut activity, row, &told);
        let is_must = activity.constraints.iter().any(|one| one.is_must());
        if is_must && activity.constraints.len() > 1 {
            self.note(notes, row, "must", "must have its date; its deadline is left out");
            activity.constraints.truncate(1);
        }
        self.told_tasks.push(told);
        Ok(activity)
    }

    /// Notes what of a row a network takes otherwise.
    fn note_rounding(&self, row: &TaskRow, day_seconds: i64, notes: &mut Notes) {
        if row.calendar_uid >= 0 && self.project.calendar(row.calendar_uid).is_none() {
            self.note(notes, row, "calendar", "has a calendar that is not in the file");
        }
        if row.seconds % day_seconds != 0 {
            let words = "takes parts of days, which are scheduled as whole ones";
            self.note(notes, row, "parts", words);
        }
        if row.constraint >= 2 && row.constraint_date.is_none() {
            self.note(notes, row, "dateless", "has a constraint without a date, which is left out");
        }
    }

    /// What is told of a task, as far as it still holds.
    fn told_task(&self, row: &TaskRow, notes: &mut Notes) -> ToldTask {
        if row.fields.told.is_empty() {
            return ToldTask::default();
        }
        let Ok(mut told) = serde_json::from_str::<ToldTask>(&row.fields.told) else {
            self.note(notes, row, "told", "has \"Corridor data\" that cannot be read");
            return ToldTask::default();
        };
        let was = told.clone();
        told.time = told.time.filter(|time| time.print == row.time_print());
        told.held = told.held.filter(|held| held.print == row.held_print());
        told.links = told.links.filter(|links| links.print == row.links_print());
        if told != was {
            self.note(notes, row, "changed", "was changed since; what it says now is taken");
        }
        told
    }

    /// A summary that starts no earlier than a day lets nothing below it start earlier.
    pub(super) fn hold_below_summaries(
        &self,
        activities: &mut [Activity],
        notes: &mut Notes,
    ) -> Result<()> {
        let mut count = 0;
        for (summary, below) in self.tree.summaries() {
            for constraint in plain::held(summary) {
                let Constraint::StartNoEarlier(_) = constraint else {
                    let words = "has a constraint or deadline, which does not hold here";
                    self.note(notes, summary, "summary held", words);
                    continue;
                };
                count += below.len();
                if count > MOST_SPREAD {
                    return Err(Self::too_much("dates of summaries"));
                }
                for place in below {
                    let Some(activity) = activities.get_mut(*place) else { continue };
                    if !activity.constraints.iter().any(|one| one.is_must()) {
                        activity.constraints.push(constraint);
                    }
                }
            }
        }
        Ok(())
    }
}

/// Puts what is told in the place of what the row says.
fn take_told(activity: &mut Activity, row: &TaskRow, told: &ToldTask) {
    if let Some(time) = &told.time
        && let Some((duration, progress)) = time.duration(plain::quantity(row))
    {
        (activity.duration, activity.progress) = (duration, progress);
        activity.calendar.clone_from(&time.cal);
        activity.kind = told::kind_of(time.kind);
    }
    if let Some(constraints) = told.held.as_ref().and_then(told::ToldHeld::constraints) {
        activity.constraints = constraints;
    }
}
