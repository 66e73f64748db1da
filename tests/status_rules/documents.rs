//! Rules about the documents behind the figures, and about waivers of nothing.

use crate::study_text::{claim, length, table};
use crate::{Case, case};

pub fn cases() -> Vec<Case> {
    let document =
        |keys: &str| table("source", &format!("id = \"idle\"; title = \"Idle\"; {keys}"));
    let address = "url = \"https://idle.example\"";
    let used = || length("x", "100", "source = \"idle\"");
    let from = |grade: &str, source: &str| {
        length("x", "100", &format!("grade = \"{grade}\"; source = \"{source}\""))
    };
    let waiver = |finding: &str| {
        length("x", "100", "undated")
            + &table(
                "waiver",
                &format!("finding = \"{finding}\"; reason = \"known\"; dated = 2026-01-01"),
            )
    };
    vec![
        case(
            "source-without-address",
            &["idle"],
            used() + &document(""),
            used() + &document(address),
        ),
        case("source-unused", &["idle"], document(address), used() + &document(address)),
        // A party of the same id is no use of the document.
        case(
            "source-unused",
            &["idle"],
            table("party", "id = \"idle\"; name = \"Idle\"; role = \"owner\"; source = \"press\"")
                + &document(address),
            table(
                "risk",
                "id = \"r\"; subject = \"ab\"; name = \"R\"; likelihood = \"low\"; impact = \"low\"; source = \"idle\"",
            ) + &document(address),
        ),
        case(
            "news-only",
            &["ab:length_km"],
            from("news", "press"),
            from("news", "press") + &length("y", "100", "dated = 2020-01-01"),
        ),
        case(
            "single-source",
            &["corridor:gauge_mm"],
            claim("x", "corridor", "gauge_mm", "1520", ""),
            claim("x", "corridor", "gauge_mm", "1520", "")
                + &claim("y", "corridor", "gauge_mm", "1520", "source = \"press\""),
        ),
        case("waiver-needless", &["undated:y"], waiver("undated:y"), waiver("undated:x")),
    ]
}
