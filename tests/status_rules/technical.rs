//! Rules about counts, gradients, traffic, parameters and gauges.

use crate::study_text::{about, claim, table};
use crate::{Case, case};

pub fn cases() -> Vec<Case> {
    [counts(), parameters(), gauges()].into_iter().flatten().collect()
}

fn counts() -> Vec<Case> {
    let tunnels = |second: &str| {
        about("x", "tunnels_count", "3", "") + &about("y", "tunnels_count", second, "")
    };
    let contracts = |companies: &str| {
        about("x", "design_contracts_count", "5", "")
            + &about("y", "design_companies_count", companies, "")
    };
    let gradient = |printed: &str| {
        about("x", "ruling_gradient_permille", "2.5", &format!("printed = \"{printed}\""))
    };
    let traffic = |tonnes: &str| {
        about("x", "traffic_t_per_year", tonnes, "")
            + &about("y", "capacity_t_per_year", "3e6", "")
            + &about("z", "capacity_t_per_year", "6e6", "")
            + &claim("other", "bc", "capacity_t_per_year", "1e6", "")
    };
    vec![
        case("counts-disagree", &["ab:tunnels_count"], tunnels("5"), tunnels("3")),
        case("contracts-and-companies", &["x"], contracts("3"), contracts("5")),
        case("per-cent-for-permille", &["x"], gradient("2.5 %"), gradient("2.5 permille")),
        case("traffic-above-capacity", &["x"], traffic("7e6"), traffic("5e6")),
    ]
}

fn parameters() -> Vec<Case> {
    let gauge = || claim("g", "corridor", "gauge_mm", "1520", "");
    let published = |mm: &str| {
        gauge()
            + &table(
                "parameter",
                &format!("name = \"gauge_mm\"; value = {mm}; state = \"published\"; claim = \"g\""),
            )
    };
    let assumed = |keys: &str| {
        gauge()
            + &table(
                "parameter",
                &format!("value = 1520; state = \"assumed\"; reason = \"as the link\"; {keys}"),
            )
    };
    let axle = |keys: &str| {
        table(
            "parameter",
            &format!(
                "name = \"axle_load_t\"; value = 25; state = \"assumed\"; reason = \"usual\"{keys}"
            ),
        )
    };
    vec![
        case(
            "parameter-against-claim",
            &["corridor:gauge_mm"],
            published("1435"),
            published("1520"),
        ),
        case(
            "parameter-assumed-though-published",
            &["corridor:gauge_mm"],
            assumed("name = \"gauge_mm\""),
            assumed("name = \"gauge_mm\"; subject = \"ab\""),
        ),
        case(
            "parameter-without-source",
            &["corridor:axle_load_t"],
            axle(""),
            axle("; source = \"ministry\""),
        ),
    ]
}

fn gauges() -> Vec<Case> {
    let gauge = |id: &str, subject: &str, mm: &str| claim(id, subject, "gauge_mm", mm, "");
    let later = |dated: &str| {
        claim("g", "corridor", "gauge_mm", "1520", &format!("dated = {dated}"))
            + &gauge("bc", "bc", "1520")
    };
    vec![
        case(
            "gauges-disagree",
            &["far-line"],
            gauge("x", "far-line", "1435") + &gauge("y", "far-line", "1520"),
            gauge("x", "far-line", "1520") + &gauge("y", "far-line", "1520"),
        ),
        case("gauge-undecided", &["ab"], gauge("g", "bc", "1520"), gauge("g", "corridor", "1520")),
        // A decision counts from its day on.
        case("gauge-undecided", &["ab"], later("2025-10-21"), later("2025-10-20")).on("2025-10-20"),
        case(
            "break-of-gauge",
            &["link"],
            gauge("g", "corridor", "1435"),
            gauge("g", "corridor", "1520"),
        ),
        // The segment's own gauge goes before the corridor's.
        case(
            "break-of-gauge",
            &["link"],
            gauge("g", "corridor", "1520") + &gauge("own", "ab", "1435"),
            gauge("g", "corridor", "1435") + &gauge("own", "ab", "1520"),
        ),
        case(
            "connection-against-claim",
            &["link"],
            gauge("x", "link", "1435"),
            gauge("x", "link", "1520"),
        ),
    ]
}
