//! What a line does with the limits of a standard, as a table.

use crate::design::{Compliance, ComplianceRow, Verdict};
use crate::finding::Finding;
use crate::model::{LimitWeight, Reading, Standard};
use crate::report::claims::severity;
use crate::report::table::{Cell, Mark, Table};

/// Every limit of a standard with the place that is worst under it.
#[must_use]
pub fn compliance_table(standard: &Standard, compliance: &Compliance) -> Table {
    let unverified =
        compliance.rows.iter().filter(|row| row.limit.state == Reading::Unverified).count();
    let mut note = format!(
        "{}. Where the line comes nearest to each limit, or is furthest beyond it.",
        standard.name.en
    );
    if unverified > 0 {
        note.push_str(&format!(
            " {unverified} of {} limits are UNVERIFIED: recalled or quoted by others, to be read \
             in the document before they are relied on.",
            compliance.rows.len()
        ));
    }
    if let Some(more) = &standard.note {
        note.push_str(&format!(" {more}"));
    }
    let headings = ["Limit", ">Asked", ">Worst", "At", "Kept", "Where it stands", "State"];
    let mut table = Table::new("compliance", "Limits of the standard", &note, &headings);
    table.rows = compliance.rows.iter().map(row).collect();
    table
}

fn row(row: &ComplianceRow) -> Vec<Cell> {
    let limit = &row.limit;
    let unit = limit.rule.unit();
    let sign = if limit.rule.is_least() { "at least" } else { "at most" };
    let base = limit.base_m.map_or(String::new(), |base_m| format!(" over {base_m} m"));
    let asked = row.worst.as_ref().map_or(limit.value, |worst| worst.limit_value);
    let worst = row.worst.as_ref();
    let kept = match (row.verdict, limit.weight) {
        (Verdict::Kept, _) => Cell::from("yes"),
        (Verdict::NothingToCheck, _) => Cell::from("nothing to check"),
        (Verdict::Unchecked, _) => {
            Cell::from(format!("not checked: {}", row.unchecked.unwrap_or_default()))
        }
        (Verdict::Broken, weight) => {
            let mark = match weight {
                LimitWeight::Limit => Mark::Error,
                LimitWeight::Desirable => Mark::Warning,
            };
            let places = if row.count == 1 { "place" } else { "places" };
            Cell::marked(format!("no, at {} {places}", row.count), mark)
        }
    };
    let wish = match limit.weight {
        LimitWeight::Limit => "",
        LimitWeight::Desirable => " (desirable)",
    };
    let clause = limit.clause.as_ref().map_or(String::new(), |clause| format!(", {clause}"));
    let state = match limit.state {
        Reading::Verified => "verified",
        Reading::Unverified => "UNVERIFIED",
    };
    vec![
        format!("{}{wish}", limit.rule.words()).into(),
        format!("{sign} {} {unit}{base}", figure(asked)).into(),
        worst.map_or(String::new(), |worst| format!("{} {unit}", figure(worst.value))).into(),
        worst.map_or(String::new(), |worst| worst.chainage.clone()).into(),
        kept,
        format!("{}{clause}", limit.source).into(),
        state.into(),
    ]
}

/// What is wrong with a line: limits that are not kept, statements that do not fit together.
#[must_use]
pub fn line_findings_table(findings: &[Finding]) -> Table {
    let headings = ["Line", "What", "Weight"];
    let mut table = Table::new("line-findings", "What does not fit", "", &headings);
    let row = |finding: &Finding| {
        let (line, what) = (finding.subject.clone(), finding.message.clone());
        vec![line.into(), what.into(), severity(finding)]
    };
    table.rows = findings.iter().map(row).collect();
    table
}

/// A number with as many digits as matter.
fn figure(value: f64) -> String {
    let decimals = if value.abs() >= 1000.0 {
        0
    } else if value.abs() >= 10.0 {
        1
    } else {
        2
    };
    let text = crate::unit::grouped(value, decimals);
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.to_owned()
}
