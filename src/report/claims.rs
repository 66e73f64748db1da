//! Claims, what does not fit together, and money.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::sources::{number, of_claims};
use super::table::{Cell, Mark, Table};
use super::words::{claim_value, day_words, money_state, property_words, sentence};
use crate::finding::{Finding, Severity};
use crate::model::{CORRIDOR, Claim, Study, property};
use crate::status::{RULES, Status};
use crate::unit::money_words;

/// Every figure that anybody published, with the one that is used and why others are not.
#[must_use]
pub fn claims_table(study: &Study, status: &Status) -> Table {
    let note = "Nothing is deleted: the figure in use stands first of its kind, the others say \
                why they are not used. Graded by who says it: contract, official, news, derived \
                from other figures, estimate.";
    let headings = ["Of", "What", "Published", "When", "Grade", "Use"];
    let mut table = Table::new("claims", "All published figures", note, &headings);
    for resolved in &status.resolved {
        let used = std::iter::once((resolved.claim.as_str(), resolved.why.as_str(), None));
        let losers = resolved.losers.iter();
        let losers = losers.map(|l| (l.claim.as_str(), l.why.as_str(), Some(Mark::Disputed)));
        for (id, why, lost) in used.chain(losers) {
            let Some(claim) = study.claim(id) else { continue };
            let text = match lost {
                None => format!("used: {why}"),
                Some(_) => format!("not used: {why}"),
            };
            table.rows.push(claim_row(study, claim, text));
        }
    }
    // What has a free name is shown all the same.
    let is_free = |claim: &&Claim| property(&claim.property).is_none();
    for claim in study.claims_known_by(status.day).filter(is_free) {
        table.rows.push(claim_row(study, claim, "not compared: of a kind of its own".to_owned()));
    }
    table
}

fn claim_row(study: &Study, claim: &Claim, mut text: String) -> Vec<Cell> {
    let printed = claim.printed.as_ref().map(|printed| format!("printed \"{printed}\""));
    for words in [&printed, &claim.note].into_iter().flatten() {
        text.push_str(&format!("; {words}"));
    }

    let extent = match (&claim.between, &claim.of) {
        (Some([from, to]), _) => {
            format!(", {}-{}", study.subject_name(from), study.subject_name(to))
        }
        (None, Some(of)) => format!(", {of}"),
        (None, None) => String::new(),
    };
    let number = number(study, &claim.source);
    vec![
        sentence(&study.subject_name(&claim.subject)).into(),
        format!("{}{extent}", sentence(&property_words(&claim.property))).into(),
        Cell { claim: Some(claim.id.clone()), ..Cell::from(claim_value(study, claim)) }
            .with_sources(number),
        claim.dated.map_or("undated".to_owned(), day_words).into(),
        format!("{:?}", claim.grade).to_lowercase().into(),
        text.into(),
    ]
}

/// What does not fit together, the worst first.
#[must_use]
pub fn findings_table(study: &Study, status: &Status) -> Table {
    let mut table = empty_findings_table();
    let findings = own_first(study, &status.findings);
    table.rows.extend(findings.into_iter().map(|finding| finding_row(study, finding)));
    table
}

/// As [`findings_table`], with the notes of one rule in one row where there are many.
pub(super) fn findings_by_rule_table(study: &Study, status: &Status) -> Table {
    const MANY: usize = 4;
    let mut table = empty_findings_table();
    let findings = own_first(study, &status.findings);
    let is_note =
        |finding: &&Finding| finding.severity == Severity::Note && finding.waiver.is_none();
    let mut notes: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for note in findings.iter().copied().filter(is_note) {
        notes.entry(note.rule).or_default().push(note);
    }
    for finding in findings {
        let group =
            notes.get(finding.rule).filter(|group| is_note(&finding) && group.len() >= MANY);
        match group {
            None => table.rows.push(finding_row(study, finding)),
            Some(group) if group.first().is_some_and(|first| first.id == finding.id) => {
                table.rows.push(group_row(study, group));
            }
            Some(_) => {}
        }
    }
    table
}

fn empty_findings_table() -> Table {
    let note = "Errors cannot stand beside the rest of the study; warnings are not good enough \
                for a decision; notes are worth knowing. The line's own come first. The rule is the \
                first part of the id; corridor check --rules lists all.";
    let headings = ["Severity", "Of", "Finding", "Id"];
    Table::new("findings", "What does not fit together", note, &headings)
}

/// The worst first; of one severity, what the line itself is concerned with before its neighbours.
pub(super) fn own_first<'a>(study: &Study, findings: &'a [Finding]) -> Vec<&'a Finding> {
    let on_the_line = |id: &str| {
        study
            .segments
            .iter()
            .any(|segment| segment.id == id || segment.station_ids().any(|s| s == id))
    };
    let is_own = |subject: &str| match Study::stretch(subject) {
        Some((from, to)) => on_the_line(from) && on_the_line(to),
        None => subject == CORRIDOR || on_the_line(subject),
    };
    let mut findings: Vec<&Finding> = findings.iter().collect();
    findings.sort_by_key(|f| (f.waiver.is_some(), Reverse(f.severity), !is_own(&f.subject)));
    findings
}

/// Numbers of the documents that a finding rests on.
fn documents(study: &Study, finding: &Finding) -> Vec<usize> {
    let own = finding.sources.iter().filter_map(|id| number(study, id));
    of_claims(study, finding.claims.iter().map(String::as_str)).into_iter().chain(own).collect()
}

fn finding_row(study: &Study, finding: &Finding) -> Vec<Cell> {
    let mut text = sentence(&finding.message);
    if let Some(waiver) = &finding.waiver {
        text.push_str(&format!("; waived {}: {}", waiver.dated, waiver.reason));
    }
    vec![
        severity(finding),
        sentence(&study.subject_name(&finding.subject)).into(),
        Cell::from(text).with_sources(documents(study, finding)),
        finding.id.clone().into(),
    ]
}

/// Notes of one rule: what it asks for, and where it is not met.
fn group_row(study: &Study, group: &[&Finding]) -> Vec<Cell> {
    let Some(first) = group.first() else { return Vec::new() };
    let mut subjects: BTreeMap<String, usize> = BTreeMap::new();
    for finding in group {
        *subjects.entry(study.subject_name(&finding.subject)).or_default() += 1;
    }
    let subjects: Vec<String> = subjects
        .into_iter()
        .map(|(name, count)| if count > 1 { format!("{name} ({count})") } else { name })
        .collect();
    let text = format!("{}; not so of {}", sentence(&first.limit), subjects.join(", "));
    let sources = group.iter().flat_map(|finding| documents(study, finding));
    vec![
        severity(first),
        format!("{} findings", group.len()).into(),
        Cell::from(text).with_sources(sources),
        format!("{}:*", first.rule).into(),
    ]
}

pub(super) fn severity(finding: &Finding) -> Cell {
    let mark = match finding.severity {
        Severity::Error => Mark::Error,
        Severity::Warning => Mark::Warning,
        Severity::Note => Mark::Note,
    };
    match &finding.waiver {
        Some(_) => Cell::marked(mark.word(), Mark::Waived),
        None => Cell::marked("", mark),
    }
}

/// The rules of the claim checks.
#[must_use]
pub fn rules_table() -> Table {
    let mut table = Table::new("rules", "Rules", "", &["Rule", "Severity", "What it asks for"]);
    for rule in RULES {
        let severity = format!("{:?}", rule.severity).to_lowercase();
        table.rows.push(vec![rule.id.into(), severity.into(), sentence(rule.asks).into()]);
    }
    table
}

/// Who pays, and how firmly.
#[must_use]
pub fn money_table(study: &Study, status: &Status) -> Table {
    let note = "An idea, a pledge and a memorandum bind nobody; an agreement does; effective \
                money can be drawn; disbursed money was paid.";
    let headings = ["From", "For", ">Amount", "State", "Firmest so far", "Last said", "Note"];
    let mut table = Table::new("money", "Money", note, &headings);
    for money in &status.money {
        let entry = &money.newest;
        let source = number(study, &entry.source);
        table.rows.push(vec![
            study.subject_name(&money.party).into(),
            sentence(&study.subject_name(&money.subject)).into(),
            Cell::from(money_words(&entry.currency, entry.amount)).with_sources(source),
            money_state(money.state).into(),
            money_state(money.firmest).into(),
            day_words(entry.dated).into(),
            sentence(money.note.as_deref().unwrap_or("-")).into(),
        ]);
    }
    table
}
