//! Claims, what does not fit together, and money.

use super::sources::{number, of_claims};
use super::table::{Cell, Mark, Table};
use super::words::{day_words, money_state, sentence, value};
use crate::finding::{Finding, Severity};
use crate::model::{Claim, Study, property};
use crate::status::{RULES, Status};
use crate::unit::money_words;

/// Every figure that anybody published, with the one that is used and why others are not.
#[must_use]
pub fn claims_table(study: &Study, status: &Status) -> Table {
    let note = "Nothing is deleted: the figure in use stands first of its kind, the others say \
                why they are not used.";
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
    table
}

fn claim_row(study: &Study, claim: &Claim, text: String) -> Vec<Cell> {
    let label =
        property(&claim.property).map_or(claim.property.as_str(), |property| property.label);
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
        format!("{}{extent}", sentence(label)).into(),
        Cell { claim: Some(claim.id.clone()), ..Cell::from(value(study, claim)) }
            .with_sources(number),
        claim.dated.map_or("undated".to_owned(), day_words).into(),
        format!("{:?}", claim.grade).to_lowercase().into(),
        text.into(),
    ]
}

/// What does not fit together, the worst first.
#[must_use]
pub fn findings_table(study: &Study, status: &Status) -> Table {
    let note = "Errors cannot stand beside the rest of the study; warnings are not good enough \
                for a decision; notes are worth knowing. The rule is the first part of the id.";
    let headings = ["Severity", "Of", "Finding", "Id"];
    let mut table = Table::new("findings", "What does not fit together", note, &headings);
    for finding in &status.findings {
        table.rows.push(vec![
            severity(finding),
            sentence(&study.subject_name(&finding.subject)).into(),
            Cell::from(sentence(&finding.message))
                .with_sources(of_claims(study, finding.claims.iter().map(String::as_str))),
            finding.id.clone().into(),
        ]);
    }
    table
}

fn severity(finding: &Finding) -> Cell {
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
