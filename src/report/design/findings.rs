//! What does not fit in designed lines.

use crate::design::Track;
use crate::finding::Finding;
use crate::model::Study;
use crate::report::claims::severity;
use crate::report::routes::km;
use crate::report::table::Table;
use crate::report::words::sentence;
use crate::unit::grouped;

/// So many findings of one rule are told one by one; more of them together.
const FEW: usize = 2;

/// What a reader must know of designed lines: where they break the standard, what is doubtful.
/// Many findings of one rule and limit stand in one row, with all their places.
#[must_use]
pub fn design_findings_table(study: &Study, tracks: &[&Track]) -> Option<Table> {
    let headings = ["Segment", "What", ">Is", ">Should be", "Weight"];
    let title = "What does not fit in the designs";
    let note = "Limits of the standard that are not kept, and what is doubtful.";
    let mut table = Table::new("design-findings", title, note, &headings);
    for track in tracks {
        for alike in by_rule(track) {
            let rows = if alike.len() > FEW { vec![alike] } else { one_by_one(&alike) };
            for alike in rows {
                let Some(first) = alike.first() else { continue };
                table.rows.push(vec![
                    sentence(&study.subject_name(&track.segment)).into(),
                    words(&alike).into(),
                    values(&alike).into(),
                    first.limit.clone().into(),
                    severity(first),
                ]);
            }
        }
    }
    (!table.rows.is_empty()).then_some(table)
}

fn one_by_one<'a>(findings: &[&'a Finding]) -> Vec<Vec<&'a Finding>> {
    findings.iter().map(|finding| vec![*finding]).collect()
}

/// Findings of one rule, limit and weight together, in the order of the first of each.
fn by_rule(track: &Track) -> Vec<Vec<&Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for finding in track.all_findings() {
        let is_alike = |group: &&mut Vec<&Finding>| {
            group.first().is_some_and(|first| {
                (first.rule, &first.limit, first.severity)
                    == (finding.rule, &finding.limit, finding.severity)
            })
        };
        match groups.iter_mut().find(is_alike) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups
}

/// What one finding says, or the first of several and where the others are.
fn words(findings: &[&Finding]) -> String {
    let place = |finding: &&Finding| finding.chainage_m.map(km);
    let Some((first, others)) = findings.split_first() else { return String::new() };
    let at = place(first).map_or(String::new(), |at_km| format!(", km {at_km}"));
    let told = format!("{}{at}", sentence(&first.message));
    if others.is_empty() {
        return told;
    }
    let places: Vec<String> = others.iter().filter_map(place).collect();
    let also = format!("At {} places. {told}", findings.len());
    if places.is_empty() { also } else { format!("{also}; also at km {}", places.join(", ")) }
}

/// The value of one finding, or the least and the most of several.
fn values(findings: &[&Finding]) -> String {
    let split = |finding: &&Finding| {
        let (number, unit) = finding.value.split_once(' ')?;
        Some((number.replace(',', "").parse::<f64>().ok()?, unit.to_owned()))
    };
    let found: Option<Vec<(f64, String)>> = findings.iter().map(split).collect();
    let first = findings.first().map_or(String::new(), |first| first.value.clone());
    let (Some(found), true) = (found, findings.len() > 1) else { return first };
    let low = found.iter().map(|(value, _)| *value).fold(f64::INFINITY, f64::min);
    let high = found.iter().map(|(value, _)| *value).fold(f64::NEG_INFINITY, f64::max);
    let unit = found.first().map_or("", |(_, unit)| unit);
    let decimals = if high < 100.0 { 1 } else { 0 };
    if low == high {
        first
    } else {
        format!("{} to {} {unit}", grouped(low, decimals), grouped(high, decimals))
    }
}
