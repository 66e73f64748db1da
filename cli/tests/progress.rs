//! `corridor risk` and `corridor progress` as a user types them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod folder;

use folder::{Folder, err, out};
use serde_json::Value;

/// Evidence for the first gate, half of it of October 2025, and some works.
const EVIDENCE: &str = r#"
[[stage]]
segment = "from-to"
template = "cis"
stage = "proposal"
evidence = [
  { criterion = "line-named", dated = 2024-07-20, source = "paper" },
  { criterion = "parties-agreed", dated = 2025-10-09, source = "protocol" },
]

[[stage]]
segment = "from-to"
template = "cis"
stage = "pre-feasibility"
evidence = [{ criterion = "report-complete", dated = 2025-11-30, source = "protocol" }]

[[claim]]
id = "track-1"
subject = "from-to"
property = "track_laid_km"
value = 2.5
of = "33 km of main line"
dated = 2025-12-01
grade = "official"
source = "protocol"

[[risk]]
id = "frozen-money"
subject = "corridor"
name = "the money is late"
likelihood = "high"
impact = "high"
reason = "made up for a test"
delay = { work = "financing", event_probability = 0.4, low_months = 3, likely_months = 6, high_months = 12 }

[[source]]
id = "paper"
title = "A paper"

[[source]]
id = "protocol"
title = "A protocol"
"#;

const BASELINE: &str = r#"
format = 1
name = "contract"

[[activity]]
id = "earthworks"
name = "earthworks"
budget_usd = 10e6
start = 2025-01-01
planned = [{ by = "2026", percent = 100 }]
reports = [
  { on = "2025-06", percent = 20, spent_usd = 2.5e6 },
  { on = "2025-12", percent = 45, spent_usd = 6e6 },
]
"#;

impl Folder {
    /// With a short line in it, evidence and a baseline.
    fn with_evidence(name: &str) -> Self {
        let folder = Self::new(name);
        let ends = ["--from", "65.71013,31.61332", "--to", "65.95,31.4"];
        folder.run(&[&["new"], &ends[..], &["South of Kandahar", "--output", "k.toml"]].concat());
        let text = folder.read("k.toml");
        let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with("kept_to")).collect();
        let text = kept.join("\n").replace("name = \"South of Kandahar\"", KEPT);
        folder.write("k.toml", &(text + EVIDENCE));
        folder.write("b.toml", BASELINE);
        folder
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).unwrap();
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[arguments, &["--json"]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn written(&self, arguments: &[&str], name: &str) -> String {
        let output = self.run(&[arguments, &["--output", name]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        self.read(name)
    }
}

const KEPT: &str = "name = \"South of Kandahar\"\nkept_to = 2026-01-31";

/// What every search of the line needs.
const WAY: [&str; 6] =
    ["--terrain", "builtin:globe-30s", "--gradient", "18", "--iterations", "5000"];

/// A table of the output by its id.
fn table<'a>(json: &'a Value, id: &str) -> &'a Value {
    json["tables"].as_array().unwrap().iter().find(|table| table["id"] == id).unwrap()
}

#[test]
fn how_sure_the_plan_is() {
    let folder = Folder::with_evidence("risk");
    let risk = [&["risk", "k.toml"], &WAY[..]].concat();
    let text = folder.run(&risk);
    assert_eq!(text.status.code(), Some(0), "{}", err(&text));
    for words in [
        "When gates and openings are reached",
        "What holds together",
        "The plan carries no costs",
        "The money is late",
        "Whose duration moves",
        "What the last opening waits for",
        "How many iterations are enough",
        "never added",
        "from memory,",
        "Hairatan",
    ] {
        assert!(out(&text).contains(words), "{words} in {}", out(&text));
    }
    assert_eq!(out(&folder.run(&risk)), out(&text), "the same seed says the same");

    let json = folder.json(&risk);
    let own = &json["risk"];
    assert_eq!(own["iterations"], 5_000);
    assert_eq!(own["cost_usd"], Value::Null, "no money is not zero money");
    let event = &own["events"][0];
    assert_eq!(event["id"], "frozen-money");
    let happened = event["happened_share"].as_f64().unwrap();
    // Five standard errors of a share of 5,000.
    assert!((happened - 0.4).abs() < 5.0 * (0.24_f64 / 5_000.0).sqrt(), "{happened}");
    assert!(event["shift_days"].as_f64().unwrap() > 0.0);
    for milestone in own["milestones"].as_array().unwrap() {
        let at = |key: &str| milestone["days"][key].as_f64().unwrap();
        assert!(at("p10") <= at("p50") && at("p50") <= at("p80") && at("p80") <= at("p90"));
        assert!(milestone["p80_error_days"].as_f64().unwrap() >= 0.0);
    }
    let ids = own["milestones"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap());
    let ids: Vec<&str> = ids.collect();
    assert!(ids.contains(&"from-to/design") && ids.contains(&"from-to/opening"), "{ids:?}");
    // Longer runs begin with shorter ones, so the first look is a run of its own.
    let first = &own["convergence"][0];
    let short = [&["risk", "k.toml"], &WAY[..4], &["--iterations", "1000"]].concat();
    let short = folder.json(&short);
    assert_eq!(first["p80_days"], short["risk"]["finish"]["days"]["p80"]);
    assert_eq!(first["p80_error_days"], short["risk"]["finish"]["p80_error_days"]);
    assert_eq!(own["reference_class"]["uplift"][3]["uplift_percent"], 57.0);
    assert_eq!(own["reference_class"]["uplift"][3]["state"], "recalled");
    assert_ne!(
        folder.json(&[&risk[..], &["--seed", "2"]].concat())["risk"]["finish"],
        own["finish"]
    );
}

#[test]
fn what_became_of_the_stages() {
    let folder = Folder::with_evidence("progress");
    let since = [&["progress", "k.toml", "--since", "2025-06-30"], &WAY[..]].concat();
    let text = folder.run(&since);
    assert_eq!(text.status.code(), Some(0), "{}", err(&text));
    for words in [
        "1 of 2",
        "2 of 2",
        "0 of 1",
        "1 of 1",
        "9 October 2025",
        "A protocol",
        "33 km of main line",
        "2.5 km",
        "no baseline was given",
    ] {
        assert!(out(&text).contains(words), "{words} in {}", out(&text));
    }
    let json = folder.json(&since);
    let gates = json["progress"]["gates"].as_array().unwrap();
    let gate = |stage: &str| gates.iter().find(|gate| gate["stage"] == stage).unwrap();
    assert_eq!(gate("proposal")["criteria_count"], 2);
    assert_eq!(gate("proposal")["then"]["met_count"], 1);
    assert_eq!(gate("proposal")["evidence"][0]["source"], "protocol");
    let slips = json["progress"]["slips"].as_array().unwrap();
    let opening = slips.iter().find(|slip| slip["work"] == "opening").unwrap();
    let days = |key: &str| opening[key].as_i64().unwrap();
    assert_eq!(days("slip_days"), days("waited_days") + days("evidence_days"));
    assert!(days("evidence_days") < 0, "a stage is done: {opening}");
    assert!(opening["p80_now"].as_str() > opening["now"].as_str(), "{opening}");
    let done = slips.iter().find(|slip| slip["work"] == "pre-feasibility").unwrap();
    assert_eq!(done["now"], Value::Null);
    assert_eq!(json["progress"]["earned_value"]["now"], Value::Null);

    // Nothing came in after the last evidence: only time passed.
    let idle = [&["progress", "k.toml", "--since", "2025-12-31"], &WAY[..]].concat();
    let json = folder.json(&idle);
    for slip in json["progress"]["slips"].as_array().unwrap() {
        assert_eq!(slip["evidence_days"], 0, "{slip}");
        assert_eq!(slip["slip_days"], slip["waited_days"], "{slip}");
    }
    assert_eq!(table(&json, "new-evidence")["rows"].as_array().unwrap().len(), 0);
}

#[test]
fn what_was_done_and_spent() {
    let folder = Folder::with_evidence("earned");
    let asked = ["progress", "k.toml", "--since", "2025-06-30", "--baseline", "b.toml"];
    let asked = [&asked[..], &WAY[..]].concat();
    let json = folder.json(&asked);
    let value = &json["progress"]["earned_value"];
    assert_eq!(value["then"]["reported"], "2025-06");
    assert_eq!(value["then"]["total"]["earned_usd"], 2e6);
    assert_eq!(value["then"]["total"]["cost_performance_ratio"], 0.8);
    assert_eq!(value["now"]["reported"], "2025-12");
    // Half of two years has passed: 5 of 10 million, and 4.5 are earned for 6.
    assert_eq!(value["now"]["total"]["planned_usd"], 5e6);
    assert_eq!(value["now"]["total"]["cost_performance_ratio"], 0.75);
    assert_eq!(value["now"]["total"]["schedule_performance_ratio"], 0.9);
    let whole_usd = value["now"]["total"]["at_completion_usd"].as_f64().unwrap();
    assert!((whole_usd - 10e6 / 0.75).abs() < 1.0, "{whole_usd}");
    // 45 % of 730 days: day 328.5 of 365.
    assert_eq!(value["now"]["earned_schedule"]["variance_days"], -36.5);
    assert_eq!(value["now"]["earned_schedule"]["earned"], "2025-11-25");
    let text = out(&folder.run(&asked));
    for words in ["Earned value on December 2025", "45 %", "0.75", "13.3", "25 November"] {
        assert!(text.contains(words), "{words} in {text}");
    }
}

#[test]
fn in_every_format() {
    let folder = Folder::with_evidence("formats");
    let risk = [&["risk", "k.toml"], &WAY[..]].concat();
    let since = ["progress", "k.toml", "--since", "2025-06-30", "--baseline", "b.toml"];
    let progress = [&since[..], &WAY[..]].concat();
    for (arguments, name, id) in
        [(&risk, "risk", "Risk"), (&progress, "progress", "Expected dates")]
    {
        let page = folder.written(arguments, &format!("{name}.html"));
        assert!(page.starts_with("<!DOCTYPE html>") && page.contains("</html>"), "{name}");
        let markdown = folder.written(arguments, &format!("{name}.md"));
        assert!(markdown.contains("| --- |") && markdown.contains(id), "{markdown}");
        let sheet = folder.written(arguments, &format!("{name}.csv"));
        assert!(sheet.contains("\r\n") && sheet.contains(id), "{sheet}");
        let json: Value =
            serde_json::from_str(&folder.written(arguments, &format!("{name}.json"))).unwrap();
        assert_eq!(json["format"], 1);
        assert!(json[name].is_object(), "{name}");
    }
}

#[test]
fn what_cannot_be_is_told() {
    let folder = Folder::with_evidence("progress-wrong");
    let bent = |name: &str, old: &str, new: &str| {
        assert!(BASELINE.contains(old), "{old}");
        folder.write(name, &BASELINE.replacen(old, new, 1));
    };
    bent("money.toml", "spent_usd = 2.5e6", "spent_usd = -2.5e6");
    bent("percent.toml", "percent = 45", "percent = 145");
    bent("unknown.toml", "budget_usd", "budget_eur");
    bent(
        "circle.toml",
        "[[activity]]",
        "[[group]]\nid = \"a\"\nname = \"a\"\npart_of = \"a\"\n[[activity]]",
    );
    let since = ["progress", "k.toml", "--since", "2025-06-30", "--baseline"];
    for (name, words) in [
        ("money.toml", "spent_usd = -2500000 is outside"),
        ("percent.toml", "percent = 145 is outside 0 to 100"),
        ("unknown.toml", "budget_eur"),
        ("circle.toml", "is a part of itself"),
        ("k.toml", "unknown field"),
        ("none.toml", "cannot read"),
    ] {
        let output = folder.run(&[&since[..], &[name], &WAY[..]].concat());
        assert_eq!(output.status.code(), Some(1), "{name}: {}", err(&output));
        assert!(err(&output).contains(words), "{name}: {}", err(&output));
        if name != "none.toml" {
            assert!(err(&output).contains(&format!("{name}:")), "no line: {}", err(&output));
        }
    }
    for (arguments, code, words) in [
        (&["progress", "k.toml", "--since", "2026-02-01"][..], 1, "let the earlier day be before"),
        (&["progress", "k.toml", "--since", "2026-01-31"], 1, "1 and more"),
        (&["progress", "k.toml", "--since", "yesterday"], 2, "2025-10-20"),
        (&["progress", "k.toml"], 2, "--since"),
        (&["progress", "kandahar", "--since", "2025"], 2, "no study called"),
        (&["risk", "kandahar"], 2, "no study called"),
        (&["risk", "k.toml", "--sweep", "12"], 2, "leave out --sweep"),
    ] {
        let output = folder.run(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains(words), "{arguments:?}: {}", err(&output));
    }
    let none = [&["risk", "k.toml"], &WAY[..4], &["--iterations", "0"]].concat();
    let none = folder.run(&none);
    assert_eq!(none.status.code(), Some(1));
    assert!(err(&none).contains("iterations"), "{}", err(&none));
}
