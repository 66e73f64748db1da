//! Rules about dates.

use crate::study_text::{about, claim, length, milestone};
use crate::{Case, case};

pub fn cases() -> Vec<Case> {
    [publication(), milestones(), one_figure()].into_iter().flatten().collect()
}

fn publication() -> Vec<Case> {
    let dated = |dated: &str| length("x", "100", &format!("dated = {dated}"));
    let traffic =
        |valid_on: &str| about("x", "traffic_t_per_year", "1e6", &format!("valid_on = {valid_on}"));
    vec![
        case("undated", &["x"], length("x", "100", "undated"), dated("\"2025\"")),
        case("dated-by-year", &["x"], dated("\"2025\""), dated("\"2025-06\"")),
        case("read-after-keeping", &["x"], dated("2025-12-16"), dated("2025-12-15")),
        // What may have been published by then is not blamed.
        case("read-after-keeping", &["x"], dated("\"2026-01\""), dated("\"2025-12\"")),
        // A year after the keeping is after it, too.
        case("read-after-keeping", &["x"], dated("\"2026\""), dated("\"2025\"")).on("2027-01-31"),
        case("event-after-publication", &["x"], traffic("2025-06-02"), traffic("2025-06-01")),
        case("event-after-publication", &["x"], traffic("\"2025-07\""), traffic("\"2025\"")),
    ]
}

fn milestones() -> Vec<Case> {
    let planned = ("planned", "2025-10-06", "2025-02-06");
    let actual = |date: &'static str| milestone(&[planned, ("actual", date, "2025-11-01")]);
    let forecast = |date: &'static str| milestone(&[planned, ("forecast", date, "2025-09-01")]);
    vec![
        case(
            "event-after-publication",
            &["opening:2025-11-01"],
            actual("2025-11-02"),
            actual("2025-10-20"),
        ),
        case("opening-not-reported", &["opening"], milestone(&[planned]), actual("2025-10-06")),
        case("opening-not-reported", &["opening"], forecast("2026-01-30"), forecast("2026-01-31")),
        case("forecast-slipped", &["opening"], forecast("2026-01-05"), forecast("2026-01-04")),
        // What is said after the day is not known on it.
        case("forecast-slipped", &["opening"], forecast("2027-01-01"), milestone(&[planned])),
    ]
}

fn one_figure() -> Vec<Case> {
    let opened = |second: &str| {
        claim("x", "link", "opened", "1964", "")
            + &claim("y", "link", "opened", second, "source = \"press\"")
    };
    let second = |keys: &str| length("x", "100", "") + &length("y", "110", keys);
    let counted = |third: &str| {
        let of =
            |id: &str, km: &str, of: &str| about(id, "length_km", km, &format!("of = \"{of}\""));
        of("x", "100", "line") + &of("y", "120", "with yards") + &of("z", third, "with yards")
    };
    let printed = |currency: &str| {
        let cost = |id: &str, code: &str| {
            about(id, "design_cost", "264e6", &format!("currency = \"{code}\""))
        };
        cost("x", "AFN") + &cost("y", currency)
    };
    let year = |valid_on: &str| {
        let traffic = |id: &str, tonnes: &str, valid_on: &str| {
            about(id, "traffic_t_per_year", tonnes, &format!("valid_on = {valid_on}"))
        };
        traffic("x", "1e6", "\"2023\"") + &traffic("y", "2e6", valid_on)
    };
    vec![
        case("opened-twice", &["link"], opened("1982"), opened("1966")),
        case(
            "one-source-two-figures",
            &["ab:length_km:ministry"],
            second(""),
            second("source = \"press\""),
        ),
        // Not only the first figure is compared with the others.
        case("one-source-two-figures", &["ab:length_km:ministry"], counted("130"), counted("120")),
        case(
            "one-source-two-figures",
            &["ab:design_cost:ministry"],
            printed("USD"),
            printed("AFN"),
        ),
        // Two years, or two pairs of ends, are two figures.
        case(
            "one-source-two-figures",
            &["ab:traffic_t_per_year:ministry"],
            year("\"2023\""),
            year("\"2024\""),
        ),
        case(
            "one-source-two-figures",
            &["ab:length_km:ministry"],
            second(""),
            length("x", "100", "") + &about("y", "length_km", "60", r#"between = ["a", "p"]"#),
        ),
    ]
}
