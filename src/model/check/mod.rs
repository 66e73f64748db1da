//! The rules that a study must obey to be computed with; all problems are found at once.
//!
//! A value that is merely doubtful is no problem but a finding: see `status`.

mod baseline;
mod claims;
mod ids;
mod line;
mod place_speeds;
mod places;
mod records;
mod rolling_stock;
mod standard;
mod unit_costs;
mod values;
mod zones;

use std::collections::BTreeSet;

pub(super) use baseline::problems as baseline_problems;
pub(super) use line::problems as line_problems;
pub(super) use rolling_stock::problems as rolling_stock_problems;
pub(super) use standard::problems as standard_problems;
pub(super) use unit_costs::problems as unit_costs_problems;
pub(super) use values::check as value_problems;

use super::problem::{Problem, shown};
use super::{FORMAT, Study, nearest};

/// All problems of the study. `lost_ids` are of items that could not even be read: naming them
/// is no second problem.
pub(super) fn problems(study: &Study, lost_ids: &BTreeSet<String>) -> Vec<Problem> {
    let mut check = Check { study, lost_ids, problems: Vec::new() };
    if study.format != FORMAT {
        check.add(
            "format",
            "study",
            format!("format = {} is not known", study.format),
            format!("this version reads format = {FORMAT}"),
        );
    }
    if study.stations.len() < 2 || study.segments.is_empty() {
        check.add(
            "name",
            "study",
            "a corridor needs at least two stations and one segment",
            "add [[station]] and [[segment]] tables",
        );
    }
    check.text("name".to_owned(), "study", "name", &study.name.en);
    values::check(&mut check.problems, study, "study");
    ids::check(&mut check);
    places::check(&mut check);
    claims::check(&mut check);
    records::check(&mut check);
    zones::check(&mut check);
    place_speeds::check(&mut check.problems, &study.speeds);
    check.problems
}

/// The study under check and what was found so far.
struct Check<'a> {
    study: &'a Study,
    lost_ids: &'a BTreeSet<String>,
    problems: Vec<Problem>,
}

impl<'a> Check<'a> {
    fn add(
        &mut self,
        path: impl Into<String>,
        item: impl Into<String>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.problems.push(Problem::new(path, item, message, hint));
    }

    /// Adds a problem unless `name` is one of `known`.
    fn known<'n>(
        &mut self,
        path: String,
        item: String,
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'n str> + Clone,
    ) {
        if self.lost_ids.contains(name) || known.clone().any(|id| id == name) {
            return;
        }
        let hint = did_you_mean(name, known);
        self.add(path, item, format!("no {what} called \"{}\"", shown(name)), hint);
    }

    fn range(&mut self, path: String, item: &str, key: &str, value: f64, [low, high]: [f64; 2]) {
        if value.is_finite() && !(low..=high).contains(&value) {
            self.add(
                path,
                item,
                format!("{key} = {value} is outside {low} to {high}"),
                "check the unit: the key's ending names it",
            );
        }
    }

    fn source(&mut self, path: String, item: String, id: &str) {
        let study = self.study;
        self.known(path, item, "source", id, study.sources.iter().map(|s| s.id.as_str()));
    }

    fn station(&mut self, path: String, item: String, id: &str) {
        let study = self.study;
        self.known(path, item, "station", id, study.stations.iter().map(|s| s.id.as_str()));
    }

    fn claim(&mut self, path: String, item: String, id: &str) {
        let study = self.study;
        self.known(path, item, "claim", id, study.claims.iter().map(|c| c.id.as_str()));
    }

    fn subject(&mut self, path: String, item: String, subject: &str) {
        if let Some((from, to)) = Study::stretch(subject) {
            self.station(path.clone(), item.clone(), from);
            self.station(path, item, to);
            return;
        }
        let study = self.study;
        let subjects = ids::subjects(study).map(|(_, _, id)| id).chain([super::CORRIDOR]);
        self.known(path, item, "subject", subject, subjects);
    }

    fn text(&mut self, path: String, item: &str, key: &str, text: &str) {
        if text.trim().is_empty() {
            self.add(path, item, format!("{key} is empty"), "say it in words");
        }
    }
}

fn did_you_mean<'n>(name: &str, known: impl Iterator<Item = &'n str> + Clone) -> String {
    if let Some(near) = nearest(name, known.clone()) {
        return format!("did you mean \"{near}\"?");
    }
    let some: Vec<&str> = known.take(8).collect();
    if some.is_empty() {
        "there is none yet".to_owned()
    } else {
        format!("known are {}", some.join(", "))
    }
}
