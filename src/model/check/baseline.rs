//! The rules of a baseline: money, shares that rise to the whole, groups without a circle.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::{did_you_mean, ids, values};
use crate::model::problem::{Problem, shown};
use crate::model::{Baseline, BaselineActivity, Date, FORMAT};

/// Largest amount, US dollars.
const MAX_USD: f64 = 1e15;

/// Largest quantity.
const MAX_QUANTITY: f64 = 1e15;

/// All problems of a baseline. `lost_ids` are of items that could not even be read.
pub(in crate::model) fn problems(baseline: &Baseline, lost_ids: &BTreeSet<String>) -> Vec<Problem> {
    let mut check = Check { baseline, lost_ids, problems: Vec::new() };
    if baseline.format != FORMAT {
        let message = format!("format = {} is not known", baseline.format);
        check.add("format", "baseline", message, format!("this version reads format = {FORMAT}"));
    }
    if baseline.name.trim().is_empty() {
        check.add("name", "baseline", "name is empty", "say whose plan it is, and of when");
    }
    if baseline.activities.is_empty() && lost_ids.is_empty() {
        let hint = "add [[activity]] tables with budget_usd, start and planned";
        check.add("name", "baseline", "a baseline needs at least one activity", hint);
    }
    let groups = baseline.groups.iter().enumerate().map(|(at, x)| ("group", at, x.id.as_str()));
    let works = baseline.activities.iter().enumerate();
    let works = works.map(|(at, x)| ("activity", at, x.id.as_str()));
    ids::shape_and_unique(&mut check.problems, groups.chain(works));
    check.groups();
    let first = baseline.activities.iter().map(|activity| activity.start.first_day()).min();
    for (place, activity) in baseline.activities.iter().enumerate() {
        check.activity(place, activity, first.map(Date::from));
    }
    values::check(&mut check.problems, baseline, "baseline");
    check.problems
}

struct Check<'a> {
    baseline: &'a Baseline,
    lost_ids: &'a BTreeSet<String>,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn add(
        &mut self,
        path: impl Into<String>,
        item: impl Into<String>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.problems.push(Problem::new(path, item, message, hint));
    }

    fn number(
        &mut self,
        path: String,
        item: &str,
        (value, range): (f64, RangeInclusive<f64>),
        hint: &str,
    ) {
        if value.is_finite() && !range.contains(&value) {
            let key = path.rsplit('.').next().unwrap_or_default().to_owned();
            let limit = format!("{} to {}", range.start(), range.end());
            self.add(path, item, format!("{key} = {value} is outside {limit}"), hint);
        }
    }

    fn part_of(&mut self, path: String, item: &str, group: &str) {
        let known = self.baseline.groups.iter().map(|group| group.id.as_str());
        if !self.lost_ids.contains(group) && !known.clone().any(|id| id == group) {
            let hint = did_you_mean(group, known);
            self.add(path, item, format!("no group called \"{}\"", shown(group)), hint);
        }
    }

    fn groups(&mut self) {
        let groups = &self.baseline.groups;
        for (place, group) in groups.iter().enumerate() {
            let item = format!("group {}", shown(&group.id));
            let path = format!("group[{place}].part_of");
            if group.name.trim().is_empty() {
                self.add(format!("group[{place}].name"), &item, "name is empty", "say it in words");
            }
            let Some(part_of) = &group.part_of else { continue };
            self.part_of(path.clone(), &item, part_of);
            // Whoever comes back within as many steps as there are groups goes round.
            let mut way = vec![group.id.as_str()];
            let mut above = Some(part_of.as_str());
            while let Some(id) = above
                && way.len() <= groups.len()
            {
                way.push(id);
                if id == group.id {
                    let ids: Vec<String> = way.iter().map(|id| shown(id)).collect();
                    let message = format!("is a part of itself: {}", ids.join(" in "));
                    self.add(path, &item, message, "let the outermost be part of none");
                    break;
                }
                let next = groups.iter().find(|other| other.id == id);
                above = next.and_then(|other| other.part_of.as_deref());
            }
        }
    }

    fn activity(&mut self, place: usize, activity: &BaselineActivity, first: Option<Date>) {
        let item = format!("activity {}", shown(&activity.id));
        let at = |key: &str| format!("activity[{place}].{key}");
        if activity.name.trim().is_empty() {
            self.add(at("name"), &item, "name is empty", "say it in words");
        }
        if let Some(group) = &activity.part_of {
            self.part_of(at("part_of"), &item, group);
        }
        let budget = (activity.budget_usd, 0.01..=MAX_USD);
        self.number(at("budget_usd"), &item, budget, "give what all of it is to cost");
        if let Some(quantity) = activity.quantity {
            let hint = "give the whole quantity, such as km of track";
            self.number(at("quantity"), &item, (quantity, 1e-9..=MAX_QUANTITY), hint);
        }
        match (activity.quantity, &activity.unit) {
            (Some(_), None) => {
                let hint = "name what is counted: unit = \"km of track\"";
                self.add(at("quantity"), &item, "the quantity has no unit", hint);
            }
            (None, Some(_)) => {
                let hint = "give the whole quantity beside it";
                self.add(at("unit"), &item, "a unit without a quantity", hint);
            }
            _ => {}
        }
        self.planned(&item, &at, activity);
        self.reports(&item, &at, activity, first);
    }

    fn planned(&mut self, item: &str, at: &dyn Fn(&str) -> String, activity: &BaselineActivity) {
        let (mut last, mut last_percent) = (activity.start.first_day(), 0.0);
        for (number, point) in activity.planned.iter().enumerate() {
            let path = |key: &str| at(&format!("planned[{number}].{key}"));
            let by = point.by.last_day();
            if by < last || (number > 0 && by == last) {
                let message = format!("by = {} does not come after {last}", point.by);
                self.add(path("by"), item, message, "begin at the start and let days rise");
            }
            let hint = "give per cent of the whole, from 0 to 100";
            self.number(path("percent"), item, (point.percent, 0.0..=100.0), hint);
            if point.percent < last_percent {
                let message = format!("percent = {} is less than before", point.percent);
                self.add(path("percent"), item, message, "shares are cumulative: they do not fall");
            }
            (last, last_percent) = (by, point.percent);
        }
        if last_percent < 100.0 {
            let message = match activity.planned.last() {
                Some(_) => format!("the plan ends at {last_percent} %"),
                None => "nothing is planned".to_owned(),
            };
            self.add(at("planned"), item, message, "let the last point be percent = 100");
        }
    }

    fn reports(
        &mut self,
        item: &str,
        at: &dyn Fn(&str) -> String,
        activity: &BaselineActivity,
        first: Option<Date>,
    ) {
        let (mut last, mut last_usd): (Option<Date>, f64) = (None, 0.0);
        for (number, report) in activity.reports.iter().enumerate() {
            let path = |key: &str| at(&format!("reports[{number}].{key}"));
            if last.is_some_and(|last| report.on.last_day() <= last.last_day()) {
                let message = format!("on = {} does not come after the report before", report.on);
                self.add(path("on"), item, message, "write reports oldest first, each day once");
            }
            if let Some(first) = first
                && report.on.last_day() < first.first_day()
            {
                let message = format!("on = {} lies before the first start, {first}", report.on);
                self.add(path("on"), item, message, "let the plan begin with the first work");
            }
            match (activity.quantity, report.done, report.percent) {
                (Some(quantity), Some(done), None) => {
                    let hint = "if the whole has grown, raise the quantity; the share done falls";
                    self.number(path("done"), item, (done, 0.0..=quantity.max(0.0)), hint);
                }
                (None, None, Some(percent)) => {
                    let hint = "give per cent of the work, from 0 to 100";
                    self.number(path("percent"), item, (percent, 0.0..=100.0), hint);
                }
                (Some(_), ..) => {
                    let hint = "give done, in the unit of the quantity, and no percent";
                    self.add(at(&format!("reports[{number}]")), item, "what is done?", hint);
                }
                (None, ..) => {
                    let hint = "give percent, or a quantity to the activity and done here";
                    self.add(at(&format!("reports[{number}]")), item, "what is done?", hint);
                }
            }
            let spent = (report.spent_usd, 0.0..=MAX_USD);
            self.number(path("spent_usd"), item, spent, "give all that it has cost so far");
            if report.spent_usd < last_usd {
                let message = format!("spent_usd = {} is less than before", report.spent_usd);
                let hint = "amounts are cumulative: all up to that day";
                self.add(path("spent_usd"), item, message, hint);
            }
            (last, last_usd) = (Some(report.on), report.spent_usd);
        }
    }
}
