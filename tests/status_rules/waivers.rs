//! A waived finding stays in the record, marked and last.

use crate::study_text::{length, table};
use crate::{findings, found};

fn waiver(finding: &str, dated: &str) -> String {
    table(
        "waiver",
        &format!("finding = \"{finding}\"; reason = \"measured on the ground\"; dated = {dated}"),
    )
}

/// Two findings of one severity, `undated:x` and `undated:y`.
fn two_undated() -> String {
    length("x", "100", "undated") + &length("y", "100", "undated; source = \"press\"")
}

#[test]
fn a_waived_finding_is_kept_and_marked() {
    let plain = findings(&two_undated(), "2026-01-31");
    let waived = findings(&(two_undated() + &waiver("undated:x", "2026-01-01")), "2026-01-31");
    assert_eq!(waived.len(), plain.len());
    let last = waived.last().unwrap();
    assert_eq!(last.id, "undated:x");
    let note = last.waiver.as_ref().unwrap();
    assert_eq!(
        (note.reason.as_str(), note.dated.as_str()),
        ("measured on the ground", "2026-01-01")
    );
    assert!(last.to_string().ends_with("(waived: measured on the ground)"));
    let before = plain.iter().find(|finding| finding.id == "undated:x").unwrap();
    let unmarked = railcorridor::Finding { waiver: None, ..last.clone() };
    assert_eq!(unmarked, *before);
    assert_eq!(waived.iter().filter(|finding| finding.waiver.is_some()).count(), 1);
}

#[test]
fn a_waiver_counts_from_its_day_on() {
    let pieces = two_undated() + &waiver("undated:x", "2026-01-15");
    let waived_on = |day: &str| {
        let waived = findings(&pieces, day).into_iter().filter(|finding| finding.waiver.is_some());
        waived.count()
    };
    assert_eq!((waived_on("2026-01-14"), waived_on("2026-01-15")), (0, 1));
    assert!(found("waiver-needless", &pieces, "2026-01-14").is_empty());
}

#[test]
fn a_needless_waiver_is_found() {
    let pieces = length("x", "100", "") + &waiver("undated:x", "2026-01-01");
    let found: Vec<String> = found("waiver-needless", &pieces, "2026-01-31").into_iter().collect();
    assert_eq!(found, ["waiver-needless:undated:x"]);
}

/// One railway length that equals two road distances is one finding, and one waiver is enough.
#[test]
fn a_finding_of_two_causes_is_waived_by_one_waiver() {
    let road =
        |id: &str| crate::study_text::about(id, "road_distance_km", "100", crate::study_text::AB);
    let pieces = length("x", "100", "")
        + &road("r1")
        + &road("r2")
        + &waiver("road-is-no-railway:x", "2026-01-01");
    let findings = findings(&pieces, "2026-01-31");
    let roads: Vec<_> = findings.iter().filter(|f| f.rule == "road-is-no-railway").collect();
    assert_eq!(roads.len(), 1);
    assert!(roads[0].waiver.is_some());
}
