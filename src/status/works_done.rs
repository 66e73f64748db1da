//! How much of survey, design and works is said to be done, always with what it is a part of.

use serde::Serialize;

use super::{Preference, resolve};
use crate::model::{Claim, Date, Study, Value};

/// Properties that say how much is done.
const DONE: [&str; 4] = [
    "survey_progress_percent",
    "design_progress_percent",
    "construction_progress_percent",
    "track_laid_km",
];

/// What is said to be done of a subject, on two days.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WorkDone {
    /// Id of the segment, stretch or other line.
    pub subject: String,
    /// Name of the property, with its unit.
    pub property: String,
    /// Of what, in the words of the claims; `None` if they do not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// Of how many kilometres, for a length: the length of the subject in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of_km: Option<f64>,
    /// What was said last by the earlier day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub then: Option<Said>,
    /// What was said last by the later day.
    pub now: Said,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Said {
    /// Id of the claim.
    pub claim: String,
    /// What it says.
    pub value: Value,
    /// When it was published, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dated: Option<Date>,
    /// Id of the source.
    pub source: String,
}

/// All that is said to be done by the later day, beside what was said by the earlier one.
///
/// Claims are held against each other only if they speak of the same whole: 40 % of what is not
/// said is neither more nor less than 35 % of two lots.
#[must_use]
pub fn works_done(study: &Study, since: Date, day: Date) -> Vec<WorkDone> {
    let mut all: Vec<WorkDone> = Vec::new();
    for claim in study.claims_known_by(day).filter(|claim| DONE.contains(&&*claim.property)) {
        let is_same = |done: &WorkDone| {
            (&done.subject, &done.property, &done.of)
                == (&claim.subject, &claim.property, &claim.of)
        };
        if all.iter().any(is_same) {
            continue;
        }
        let Some(now) = newest(study, claim, day) else { continue };
        let is_length = claim.property.ends_with("_km");
        all.push(WorkDone {
            subject: claim.subject.clone(),
            property: claim.property.clone(),
            of: claim.of.clone(),
            of_km: if is_length { length_km(study, &claim.subject, day) } else { None },
            then: newest(study, claim, since),
            now,
        });
    }
    let place = |done: &WorkDone| {
        let segment = study.segments.iter().position(|segment| segment.id == done.subject);
        let property = DONE.iter().position(|name| *name == done.property);
        (segment.unwrap_or(usize::MAX), done.subject.clone(), property)
    };
    all.sort_by_key(place);
    all
}

/// What was said last, of the same whole, by the day.
fn newest(study: &Study, like: &Claim, day: Date) -> Option<Said> {
    let same = |claim: &&Claim| {
        (&claim.subject, &claim.property, &claim.of) == (&like.subject, &like.property, &like.of)
    };
    // Of one day the better grade, then the id, for one order.
    let newest = study.claims_known_by(day).filter(same).max_by_key(|claim| {
        (claim.dated.map(Date::last_day), std::cmp::Reverse((claim.grade, claim.id.as_str())))
    })?;
    Some(Said {
        claim: newest.id.clone(),
        value: newest.value.clone(),
        dated: newest.dated,
        source: newest.source.clone(),
    })
}

fn length_km(study: &Study, subject: &str, day: Date) -> Option<f64> {
    resolve(study, subject, "length_km", day, Preference::default())?.value.number()
}
