//! Claim checks: what cannot be right, does not fit together, or is not enough to decide on.
//!
//! Each rule has an id, a severity and one line of explanation in [`RULES`]. Each finding has the
//! id `rule:item`, which a `[[waiver]]` of the study can name; a waived finding stays in the
//! record.

mod context;
mod counts;
mod dates;
mod gauges;
mod lengths;
mod money;
mod parts;
mod progress;
mod rules;
mod sources;
mod stages;

pub use rules::{RULES, Rule};

use context::Context;

use crate::error::Result;
use crate::finding::{Finding, WaiverNote};
use crate::model::{Date, Study};

/// All findings of the study on a day: not waived first, then the worst, then by id.
///
/// # Errors
/// [`Error::OutOfRange`](crate::Error::OutOfRange) for a station that is nowhere on earth.
pub fn check(study: &Study, day: Date) -> Result<Vec<Finding>> {
    let mut context = Context::new(study, day);
    lengths::check(&mut context)?;
    parts::check(&mut context)?;
    money::check(&mut context);
    progress::check(&mut context);
    counts::check(&mut context);
    dates::check(&mut context);
    gauges::check(&mut context);
    stages::check(&mut context)?;
    sources::check(&mut context);
    let mut findings = context.findings;
    findings.sort_by(|a, b| a.id.cmp(&b.id));
    findings.dedup_by(|a, b| a.id == b.id);
    for waiver in study.waivers.iter().filter(|waiver| waiver.dated.is_by(day)) {
        match findings.iter_mut().find(|finding| finding.id == waiver.finding) {
            Some(finding) => {
                let note =
                    WaiverNote { reason: waiver.reason.clone(), dated: waiver.dated.to_string() };
                finding.waiver = Some(note);
            }
            None => findings.push(sources::needless_waiver(waiver)),
        }
    }
    findings.sort_by(|a, b| {
        let key = |f: &Finding| (f.waiver.is_some(), std::cmp::Reverse(f.severity));
        (key(a), &a.id).cmp(&(key(b), &b.id))
    });
    findings.dedup_by(|a, b| a.id == b.id);
    Ok(findings)
}
