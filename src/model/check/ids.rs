//! Ids: their shape, and that no two things share one.

use std::collections::BTreeMap;

use super::Check;
use crate::model::Study;
use crate::model::problem::{Problem, shown};

const LONGEST_ID: usize = 64;

pub(super) fn check(check: &mut Check<'_>) {
    let study = check.study;
    let check = &mut check.problems;
    shape_and_unique(check, subjects(study));
    shape_and_unique(check, list("zone", study.zones.iter().map(|x| &x.id)));
    shape_and_unique(check, list("claim", study.claims.iter().map(|x| &x.id)));
    shape_and_unique(check, list("source", study.sources.iter().map(|x| &x.id)));
    shape_and_unique(check, list("milestone", study.milestones.iter().map(|x| &x.id)));
    shape_and_unique(check, list("financing", study.financing.iter().map(|x| &x.id)));
    shape_and_unique(check, list("risk", study.risks.iter().map(|x| &x.id)));
    shape_and_unique(check, list("template", study.templates.iter().map(|x| &x.id)));
}

/// What a claim may speak about, besides the corridor and stretches: kind, index, id. They share
/// one set of names.
pub(super) fn subjects(study: &Study) -> impl Iterator<Item = (&'static str, usize, &str)> + Clone {
    list("station", study.stations.iter().map(|x| &x.id))
        .chain(list("segment", study.segments.iter().map(|x| &x.id)))
        .chain(list("connection", study.connections.iter().map(|x| &x.id)))
        .chain(list("neighbour", study.neighbours.iter().map(|x| &x.id)))
        .chain(list("party", study.parties.iter().map(|x| &x.id)))
}

fn list<'a>(
    kind: &'static str,
    ids: impl Iterator<Item = &'a String> + Clone,
) -> impl Iterator<Item = (&'static str, usize, &'a str)> + Clone {
    ids.enumerate().map(move |(index, id)| (kind, index, id.as_str()))
}

pub(super) fn shape_and_unique<'a>(
    problems: &mut Vec<Problem>,
    ids: impl Iterator<Item = (&'static str, usize, &'a str)>,
) {
    let mut add = |path: String, item: String, message: String, hint: String| {
        problems.push(Problem::new(path, item, message, hint));
    };
    let mut first: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    for (kind, index, id) in ids {
        let path = || format!("{kind}[{index}].id");
        let well_formed = !id.is_empty()
            && id.len() <= LONGEST_ID
            && id.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-')
            && id != crate::model::CORRIDOR;
        let item = || format!("{kind} {}", shown(id));
        if !well_formed {
            add(
                path(),
                item(),
                format!("id \"{}\" cannot be used", shown(id)),
                "use 1 to 64 lower case letters, digits and -, and not \"corridor\"".to_owned(),
            );
        }
        if let Some((other, place)) = first.insert(id, (kind, index)) {
            add(
                path(),
                item(),
                format!("id \"{}\" is used twice", shown(id)),
                format!("the other is {other}[{place}], counted from 0; choose another id"),
            );
        }
    }
}
