//! A small study as TOML text, and the pieces that a case adds to it.

use railcorridor::model::Study;

/// Two segments of 92.4 km each by geodesic, a place whose position is assumed, another line, a
/// neighbour, a party, two documents; the study is kept to the middle of December 2025.
const BASE: &str = r#"
format = 1
name = "A to C"
kept_to = 2025-12-15

[[station]]
id = "a"
name = "A"
lon_deg = 62.0
lat_deg = 34.0
source = "ministry"

[[station]]
id = "b"
name = "B"
lon_deg = 63.0
lat_deg = 34.0
source = "press"

[[station]]
id = "c"
name = "C"
lon_deg = 64.0
lat_deg = 34.0

[[station]]
id = "p"
name = "P"
lon_deg = 62.5
lat_deg = 34.0
position = "assumed"
position_within_m = 5000
reason = "half way"

[[station]]
id = "yard"
name = "Yard"
lon_deg = 61.9
lat_deg = 34.0

[[segment]]
id = "ab"
from = "a"
via = ["p"]
to = "b"

[[segment]]
id = "bc"
from = "b"
to = "c"

[[connection]]
id = "link"
name = "Link"
at = "a"
to = "yard"
gauge_mm = 1520
source = "ministry"

[[neighbour]]
id = "far-line"
name = "Far line"

[[party]]
id = "bank"
name = "Bank"
role = "financier"
source = "ministry"

[[exchange_rate]]
currency = "AFN"
per_usd = 73
dated = "2025-02"
reason = "for the test"

[[source]]
id = "ministry"
title = "A ministry's page"
url = "https://ministry.example/page"

[[source]]
id = "press"
title = "A newspaper"
url = "https://press.example/article"
"#;

/// Length between the ends of segment `ab`.
pub const AB: &str = r#"between = ["a", "b"]"#;

/// Length between the ends of segment `bc`.
pub const BC: &str = r#"between = ["b", "c"]"#;

/// The base with the pieces.
pub fn study(pieces: &str) -> Study {
    let text = format!("{BASE}{pieces}");
    Study::from_toml_str(&text).unwrap_or_else(|error| panic!("{error}\n{pieces}"))
}

/// A table of the study. `keys` are separated by `; `.
pub fn table(kind: &str, keys: &str) -> String {
    format!("\n[[{kind}]]\n{}\n", keys.replace("; ", "\n"))
}

/// A claim, official, of June 2025 and from the ministry, unless `keys` say otherwise; the key
/// `undated` leaves the date out.
pub fn claim(id: &str, subject: &str, property: &str, value: &str, keys: &str) -> String {
    let mut all = format!(
        "id = \"{id}\"; subject = \"{subject}\"; property = \"{property}\"; value = {value}"
    );
    let given: Vec<&str> = keys.split("; ").filter(|key| !key.is_empty()).collect();
    let defaults = [("dated", "2025-06-01"), ("grade", "\"official\""), ("source", "\"ministry\"")];
    for (key, value) in defaults {
        let is_given = given.iter().any(|given| given.starts_with(&format!("{key} =")));
        let is_undated = key == "dated" && given.contains(&"undated");
        if !is_given && !is_undated {
            all.push_str(&format!("; {key} = {value}"));
        }
    }
    for key in given.iter().filter(|key| **key != "undated") {
        all.push_str(&format!("; {key}"));
    }
    table("claim", &all)
}

/// A length of segment `ab` between its ends.
pub fn length(id: &str, km: &str, keys: &str) -> String {
    claim(id, "ab", "length_km", km, &format!("{AB}; {keys}"))
}

/// A claim about segment `ab`.
pub fn about(id: &str, property: &str, value: &str, keys: &str) -> String {
    claim(id, "ab", property, value, keys)
}

/// A sum of dollars for segment `ab`.
pub fn dollars(id: &str, property: &str, amount: &str, keys: &str) -> String {
    claim(id, "ab", property, amount, &format!("currency = \"USD\"; {keys}"))
}

/// Evidence for a criterion, from the ministry.
pub fn evidence(criterion: &str, dated: &str) -> String {
    format!("{{ criterion = \"{criterion}\", dated = {dated}, source = \"ministry\" }}")
}

/// A stage of segment `ab` by the CIS template.
pub fn stage(stage: &str, keys: &str) -> String {
    table("stage", &format!("segment = \"ab\"; template = \"cis\"; stage = \"{stage}\"; {keys}"))
}

/// Money of the bank for segment `ab`: its statements of state, date and further keys.
pub fn financing(statements: &[(&str, &str, &str)]) -> String {
    let entry = |(state, dated, keys): &(&str, &str, &str)| {
        format!(
            "{{ state = \"{state}\", amount = 5e8, currency = \"USD\", dated = {dated}, source = \"ministry\"{keys} }}"
        )
    };
    let history: Vec<String> = statements.iter().map(entry).collect();
    let history = history.join(", ");
    table(
        "financing",
        &format!("id = \"loan\"; subject = \"ab\"; party = \"bank\"; history = [{history}]"),
    )
}

/// A milestone of segment `ab`: its entries of kind, date, and when it was said.
pub fn milestone(entries: &[(&str, &str, &str)]) -> String {
    let entry = |(kind, date, dated): &(&str, &str, &str)| {
        format!("{{ kind = \"{kind}\", date = {date}, dated = {dated}, source = \"ministry\" }}")
    };
    let entries: Vec<String> = entries.iter().map(entry).collect();
    let entries = entries.join(", ");
    table(
        "milestone",
        &format!("id = \"opening\"; subject = \"ab\"; name = \"Opening\"; entries = [{entries}]"),
    )
}
