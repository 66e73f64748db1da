//! The baseline file: what it says of a day, and what is told of a wrong one.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use chance::property;
use railcorridor::Error;
use railcorridor::model::{
    Baseline, BaselineActivity, BaselineGroup, Date, PlannedShare, WorkReport,
};
use railcorridor::schedule::Remaining;
use railcorridor::status::{BaselineValue, baseline_value};

const WHOLE: &str = r#"
format = 1
name = "contract of March 2026"

[[group]]
id = "works"
name = "works"

[[group]]
id = "line"
name = "the line"
part_of = "works"

[[activity]]
id = "earthworks"
name = "earthworks"
part_of = "line"
budget_usd = 60e6
start = 2026-04-01
planned = [{ by = "2026-09", percent = 50 }, { by = "2027-03", percent = 100 }]
reports = [{ on = "2026-06", percent = 10, spent_usd = 7e6 }]

[[activity]]
id = "track"
name = "track laying"
part_of = "works"
budget_usd = 40e6
quantity = 112
unit = "km of track"
start = 2026-07-01
planned = [{ by = "2027-06", percent = 100 }]
reports = [{ on = "2026-09", done = 14, spent_usd = 6e6 }]
"#;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn on(text: &str, by: &str) -> Option<BaselineValue> {
    baseline_value(&Baseline::from_toml_str(text).unwrap(), day(by)).unwrap()
}

#[test]
fn amounts_can_be_checked_by_hand() {
    let value = on(WHOLE, "2026-12-31").unwrap();
    assert_eq!(value.reported, day("2026-09"));
    let total = &value.value.total;
    // Earthworks: half of 60 by the end of September. Track: 92 of 365 days.
    let planned_usd = 30e6 + 40e6 * 92.0 / 365.0;
    assert!((total.planned_usd() - planned_usd).abs() < 1e-3, "{}", total.planned_usd());
    // A tenth of the earthworks and an eighth of the track.
    assert_eq!(total.earned_usd(), 6e6 + 5e6);
    assert_eq!(total.actual_usd(), 13e6);
    assert_eq!(value.older, ["earthworks"]);
    assert!(value.unreported.is_empty());
    // Groups hold what is in their parts.
    let sums: Vec<f64> = value.groups.iter().map(|group| group.value.earned_usd()).collect();
    assert_eq!(sums, [11e6, 6e6]);
    // The plan had 11 million after 67.1 days of earthworks at 30 million in 183: on 7 June.
    let earned = 11.0 / 30.0 * 183.0;
    assert!((value.value.schedule.earned_day - earned).abs() < 1e-9);
    assert_eq!(value.day(value.value.schedule.earned_day), Some(day("2026-06-07")));
}

#[test]
fn nothing_is_earned_before_the_first_report() {
    assert_eq!(on(WHOLE, "2026-06-29"), None);
    let value = on(WHOLE, "2026-07-31").unwrap();
    assert_eq!(value.reported, day("2026-06"));
    assert_eq!(value.unreported, ["track"]);
    // 91 of the 183 days of half the earthworks; the track begins a day later.
    assert!((value.value.total.planned_usd() - 30e6 * 91.0 / 183.0).abs() < 1e-3);
}

/// The first reference case as a baseline: each task with what it was to earn, the rest of the
/// budget later.
#[test]
fn a_worked_example_comes_out_as_printed() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/stages/evm/cases.json");
    let cases: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let case = &cases[0];
    let number = |value: &serde_json::Value| value.as_f64().unwrap();
    let mut rest_usd = number(&case["BAC"]);
    let mut baseline = Baseline { format: 1, name: "example".into(), ..Baseline::default() };
    let start = day("2026-01-01");
    let activity = |id: String, budget_usd: f64| BaselineActivity {
        name: id.clone(),
        id,
        part_of: None,
        budget_usd,
        quantity: None,
        unit: None,
        start,
        planned: vec![PlannedShare { by: day("2026-12"), percent: 100.0 }],
        reports: Vec::new(),
    };
    for task in case["tasks"].as_array().unwrap() {
        let [planned, earned, spent] = ["PV", "EV", "AC"].map(|key| number(&task[key]));
        let budget_usd = planned.max(earned);
        rest_usd -= budget_usd;
        let mut own = activity(format!("t{}", task["t"]), budget_usd);
        let share = PlannedShare { by: day("2026-03-25"), percent: 100.0 * planned / budget_usd };
        own.planned.insert(0, share);
        own.reports.push(WorkReport {
            on: day("2026-03-25"),
            done: None,
            percent: Some(100.0 * earned / budget_usd),
            spent_usd: spent,
        });
        baseline.activities.push(own);
    }
    let mut rest = activity("rest".into(), rest_usd);
    rest.start = day("2026-03-26");
    baseline.activities.push(rest);
    let value = baseline_value(&baseline, day("2026-04")).unwrap().unwrap();
    let total = &value.value.total;
    let expect = &case["expect"];
    for (found, key) in [
        (Some(total.planned_usd()), "PV"),
        (Some(total.earned_usd()), "EV"),
        (Some(total.actual_usd()), "AC"),
        (total.cost_performance_ratio(), "CPI"),
        (total.schedule_performance_ratio(), "SPI"),
        (total.at_completion_usd(Remaining::AtCostPace), "EAC_cpi"),
        (total.variance_at_completion_usd(Remaining::AtCostPace), "VAC"),
    ] {
        let wanted = number(&expect[key]);
        assert!((found.unwrap() - wanted).abs() < 1e-9 * wanted.abs(), "{key}: {found:?}");
    }
    assert_eq!(value.unreported, ["rest"]);
}

/// The file with one thing replaced, and what is told of it.
#[test]
fn what_is_wrong_is_told_with_its_line() {
    for (old, new, words) in [
        ("budget_usd = 60e6", "budget_usd = -60e6", "budget_usd = -60000000 is outside"),
        ("budget_usd = 60e6", "budget_usd = nan", "is not a number"),
        ("spent_usd = 7e6", "spent_usd = -7e6", "spent_usd = -7000000 is outside 0"),
        ("percent = 10,", "percent = 110,", "percent = 110 is outside 0 to 100"),
        ("percent = 10,", "percent = -1,", "percent = -1 is outside 0 to 100"),
        ("percent = 50", "percent = 150", "percent = 150 is outside 0 to 100"),
        (
            "{ by = \"2027-06\", percent = 100 }",
            "{ by = \"2027-06\", percent = 90 }",
            "ends at 90 %",
        ),
        ("by = \"2027-03\"", "by = \"2026-08\"", "does not come after"),
        (
            "percent = 50 }, { by = \"2027-03\", percent = 100",
            "percent = 50 }, { by = \"2027-03\", percent = 40",
            "less than before",
        ),
        ("done = 14", "done = 113", "done = 113 is outside 0 to 112"),
        ("done = 14", "percent = 14", "what is done?"),
        ("percent = 10,", "done = 10,", "what is done?"),
        ("quantity = 112\n", "", "a unit without a quantity"),
        ("unit = \"km of track\"\n", "", "the quantity has no unit"),
        (
            "id = \"line\"\nname = \"the line\"\npart_of = \"works\"",
            "id = \"line\"\nname = \"the line\"\npart_of = \"line\"",
            "is a part of itself: line in line",
        ),
        (
            "id = \"works\"\nname = \"works\"",
            "id = \"works\"\nname = \"works\"\npart_of = \"line\"",
            "is a part of itself: works in line in works",
        ),
        ("part_of = \"works\"\nbudget", "part_of = \"work\"\nbudget", "did you mean \"works\"?"),
        ("id = \"track\"", "id = \"earthworks\"", "is used twice"),
        ("name = \"contract of March 2026\"", "name = \"\"", "name is empty"),
        ("format = 1", "format = 2", "format = 2 is not known"),
        ("format = 1", "", "format is missing"),
        ("budget_usd = 40e6", "budget_us = 40e6", "did you mean \"budget_usd\"?"),
        ("on = \"2026-06\"", "on = \"2026-02\"", "lies before the first start"),
        ("on = \"2026-06\"", "on = \"soon\"", "soon"),
        (
            "reports = [{ on = \"2026-06\", percent = 10, spent_usd = 7e6 }]",
            "reports = [{ on = \"2026-06\", percent = 10, spent_usd = 7e6 }, { on = \"2026-07\", percent = 20, spent_usd = 6e6 }]",
            "spent_usd = 6000000 is less than before",
        ),
    ] {
        assert!(WHOLE.contains(old), "{old}");
        let text = WHOLE.replacen(old, new, 1);
        let error = Baseline::from_toml_str(&text).unwrap_err();
        let told = error.to_string();
        assert!(told.contains(words), "{old} -> {new}: {told}");
        assert!(told.contains("baseline.toml"), "{told}");
        assert!(told.contains("-->"), "no line: {told}");
    }
    let empty = Baseline::from_toml_str("").unwrap_err().to_string();
    assert!(empty.contains("the file is empty"), "{empty}");
    let none = Baseline::from_toml_str("format = 1\nname = \"x\"\n").unwrap_err().to_string();
    assert!(none.contains("at least one activity"), "{none}");
    let missing = Baseline::from_path("no/such/file.toml");
    assert!(matches!(missing, Err(Error::Io { .. })), "{missing:?}");
}

#[test]
fn all_problems_come_at_once() {
    let text = WHOLE
        .replace("60e6", "-60e6")
        .replace("done = 14", "done = 500")
        .replace("percent = 10,", "percent = 101,");
    let Err(Error::Study(problems)) = Baseline::from_toml_str(&text) else { panic!("no problems") };
    assert_eq!(problems.list().len(), 3, "{problems}");
}

/// However a file is bent, it is read or its problems are told.
#[test]
fn no_file_is_a_panic() {
    property(|u| {
        let mut bytes = WHOLE.as_bytes().to_vec();
        for _ in 0..u.int_in_range(1..=6)? {
            let at = u.choose_index(bytes.len())?;
            match u.int_in_range(0..=2)? {
                0 => drop(bytes.remove(at)),
                1 => bytes.insert(at, u.arbitrary()?),
                _ => {
                    let to = (at + u.int_in_range(0..=80)?).min(bytes.len());
                    let part = bytes[at..to].to_vec();
                    bytes.splice(at..at, part);
                }
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        match Baseline::from_toml_str(&text) {
            Ok(baseline) => drop(baseline_value(&baseline, day("2027")).unwrap()),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
        Ok(())
    })
    .budget_ms(3_000);
}

/// Groups that go round are found, whichever way, and others are not taken for such.
#[test]
fn circles_of_groups_are_found() {
    property(|u| {
        let count = u.int_in_range(1..=6)?;
        let above: Vec<Option<usize>> = (0..count)
            .map(|_| Ok(if u.arbitrary()? { Some(u.choose_index(count)?) } else { None }))
            .collect::<Result<_, _>>()?;
        let mut baseline = Baseline::from_toml_str(WHOLE).unwrap();
        baseline.activities.iter_mut().for_each(|activity| activity.part_of = None);
        let id = |number: usize| format!("g{number}");
        baseline.groups = above
            .iter()
            .enumerate()
            .map(|(number, above)| BaselineGroup {
                id: id(number),
                name: id(number),
                part_of: above.map(id),
            })
            .collect();
        let goes_round = |from: usize| {
            let mut at = above[from];
            for _ in 0..count {
                match at {
                    Some(at) if at == from => return true,
                    Some(next) => at = above[next],
                    None => return false,
                }
            }
            false
        };
        let wanted = (0..count).filter(|number| goes_round(*number)).count();
        let found = match baseline.check() {
            Ok(()) => 0,
            Err(Error::Study(problems)) => problems.list().len(),
            Err(error) => panic!("{error}"),
        };
        assert_eq!(found, wanted, "{above:?}");
        Ok(())
    })
    .budget_ms(1_000);
}
