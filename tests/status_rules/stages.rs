//! Rules about stages, gates and their evidence.

use crate::study_text::{about, evidence, stage, table};
use crate::{Case, case};

/// The first two stages, passed.
fn passed() -> String {
    let proposal = [evidence("line-named", "2025-01-10"), evidence("parties-agreed", "2025-04-24")];
    stage("proposal", &format!("evidence = [{}]", proposal.join(", ")))
        + &stage(
            "pre-feasibility",
            &format!("evidence = [{}]", evidence("report-complete", "2025-05-01")),
        )
}

fn feasibility(keys: &str) -> String {
    let all = ["contract-signed", "report-complete", "report-accepted"]
        .map(|criterion| evidence(criterion, "2025-06-01"));
    stage("feasibility", &format!("evidence = [{}]{keys}", all.join(", ")))
}

pub fn cases() -> Vec<Case> {
    let claimed = || about("x", "status", "\"feasibility study complete\"", "");
    let by_claim = "claimed_by = \"x\"";
    let works = |more: &str, dated: &str| {
        let evidence = evidence("works-started", dated).replace(" }", more);
        format!("stage = \"construction\"; template = \"cis\"; evidence = [{evidence}]")
    };
    let on =
        |segment: &str, keys: &str| table("stage", &format!("segment = \"{segment}\"; {keys}"));
    let expected =
        |date: &str| stage("design", &format!("expected = {date}; expected_source = \"ministry\""));
    vec![
        case(
            "stage-only-claimed",
            &["ab:feasibility"],
            claimed() + &stage("feasibility", by_claim),
            claimed() + &feasibility("; claimed_by = \"x\""),
        ),
        case("gate-skipped", &["ab:feasibility"], feasibility(""), passed() + &feasibility("")),
        // A stretch's record begins where its works begin; the segment's does not.
        case(
            "gate-skipped",
            &["ab:construction"],
            on("ab", &works(" }", "2025-06-01")),
            on("a..p", &works(" }", "2025-06-01")),
        ),
        case(
            "gate-half-open",
            &["ab:construction:works-started"],
            on("ab", &works(", partial = true }", "2025-06-01")),
            on("ab", &works(" }", "2025-06-01")),
        ),
        case(
            "stalled",
            &["ab"],
            on("ab", &works(" }", "2025-01-30")),
            on("ab", &works(" }", "2025-01-31")),
        ),
        case(
            "stalled",
            &["a..p"],
            on("a..p", &works(" }", "2024-09-11")),
            on("a..p", &works(" }", "2025-09-11")),
        ),
        case("stage-overdue", &["ab:design"], expected("2026-01-30"), expected("2026-01-31")),
        case("stage-overdue", &["ab:design"], expected("2025-10-06"), expected("\"2026\"")),
    ]
}
