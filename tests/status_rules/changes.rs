//! What changed between two days: nothing within a day, and nothing lost between three.

use std::collections::BTreeSet;

use railcorridor::model::{Date, Study};
use railcorridor::status::{Change, changes};

use crate::day;
use crate::study_text::{about, dollars, evidence, financing, length, milestone, stage, study};

/// Before all documents, around the turning points of the corridor, after all.
const DAYS: [&str; 9] = [
    "1950-01-01",
    "2019-12-31",
    "2024-09-10",
    "2025-02-06",
    "2025-07-14",
    "2025-10-19",
    "2025-10-20",
    "2026-01-31",
    "2099-12-31",
];

fn embedded() -> Study {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/data/studies/turgundi-spin-boldak.toml");
    Study::from_path(file).unwrap()
}

/// A length, money, a stage and a date that all change more than once, some of them back.
fn restless() -> Study {
    let partial = evidence("works-started", "2025-02-01").replace(" }", ", partial = true }");
    let whole = evidence("works-started", "2025-08-01");
    study(
        &(length("x", "100", "dated = 2025-01-01")
            + &length("y", "120", "dated = 2025-03-01")
            + &length("z", "100", "dated = 2025-07-20")
            + &dollars("p", "design_cost", "264e6", "dated = 2025-01-01")
            + &about("q", "design_cost", "264e6", "dated = 2025-07-20; currency = \"AFN\"")
            + &financing(&[
                ("pledged", "2025-01-07", ""),
                ("memorandum", "2025-07-10", ""),
                ("pledged", "2025-11-01", ""),
            ])
            + &stage("construction", &format!("evidence = [{partial}, {whole}]"))
            + &stage(
                "pre-feasibility",
                &format!("evidence = [{}]", evidence("report-complete", "2025-05-01")),
            )
            + &milestone(&[
                ("planned", "2025-10-06", "2025-01-06"),
                ("forecast", "2025-12-01", "2025-09-01"),
                ("actual", "2025-10-06", "2025-10-20"),
            ])),
    )
}

/// What a reader sees of a change, apart from what stood there before.
fn news(changes: &[Change]) -> BTreeSet<(String, String, String)> {
    let seen = |c: &Change| (c.subject.clone(), c.what.clone(), c.after.clone());
    changes.iter().map(seen).collect()
}

fn between(study: &Study, from: &str, to: &str) -> Vec<Change> {
    changes(study, day(from), day(to)).unwrap()
}

#[test]
fn within_one_day_nothing_changes() {
    for study in [embedded(), restless()] {
        for day in DAYS {
            assert_eq!(between(&study, day, day), [], "{day}");
        }
    }
}

#[test]
fn what_changed_over_a_time_changed_in_one_of_its_parts() {
    for study in [embedded(), restless()] {
        let step = |from: usize, to: usize| news(&between(&study, DAYS[from], DAYS[to]));
        let table: Vec<Vec<_>> = (0..DAYS.len())
            .map(|from| (0..DAYS.len()).map(|to| step(from, to.max(from))).collect())
            .collect();
        for a in 0..DAYS.len() {
            for b in a..DAYS.len() {
                for c in b..DAYS.len() {
                    let parts: BTreeSet<_> = table[a][b].union(&table[b][c]).cloned().collect();
                    let lost: Vec<_> = table[a][c].difference(&parts).collect();
                    assert!(lost.is_empty(), "{} {} {}: {lost:?}", DAYS[a], DAYS[b], DAYS[c]);
                }
            }
        }
    }
}

#[test]
fn changes_are_dated_between_the_days_and_the_oldest_first() {
    for study in [embedded(), restless()] {
        for pair in DAYS.windows(2) {
            let (from, to) = (day(pair[0]), day(pair[1]));
            let changes = changes(&study, from, to).unwrap();
            let dates: Vec<Option<Date>> = changes.iter().map(|change| change.dated).collect();
            // What has no date comes last.
            assert!(dates.is_sorted_by_key(|date| (date.is_none(), *date)), "{pair:?}");
            for change in changes.iter().filter(|change| change.dated.is_some()) {
                let dated = change.dated.unwrap();
                assert!(dated.is_by(to) && !dated.is_by(from), "{pair:?}: {change:?}");
            }
        }
    }
}

#[test]
fn a_figure_that_came_back_is_no_change_over_the_whole_time() {
    let study = restless();
    let length = |from: &str, to: &str| {
        let of = |change: &Change| change.what == "length";
        between(&study, from, to).into_iter().find(of).map(|change| (change.before, change.after))
    };
    let (january, march, august) = ("2025-01-31", "2025-03-31", "2025-08-31");
    assert_eq!(length(january, march), Some((Some("100 km".into()), "120 km".into())));
    assert_eq!(length(march, august), Some((Some("120 km".into()), "100 km".into())));
    assert_eq!(length(january, august), None);
}

#[test]
fn the_same_figure_in_another_currency_is_a_change() {
    let found = between(&restless(), "2025-01-31", "2025-08-31");
    let cost = found.iter().find(|change| change.claims == ["q"]).unwrap();
    assert_eq!(
        (cost.before.as_deref(), cost.after.as_str()),
        (Some("USD 264 million"), "AFN 264 million")
    );
}

#[test]
fn evidence_money_and_dates_are_changes() {
    let found = between(&restless(), "2025-06-30", "2025-10-31");
    let of = |what: &str| found.iter().find(|change| change.what == what).unwrap();
    assert_eq!(of("evidence for construction").after, "works have started on the line");
    assert_eq!(of("money from Bank").before.as_deref(), Some("USD 500 million (pledged)"));
    assert_eq!(of("money from Bank").after, "USD 500 million (memorandum)");
    assert_eq!(of("Opening").after, "happened 6 October 2025");
    let spring = between(&restless(), "2025-04-30", "2025-05-31");
    let reached = spring.iter().find(|change| change.what == "stage reached").unwrap();
    assert_eq!(
        (reached.after.as_str(), reached.dated),
        ("Pre-feasibility study", Some(day("2025-05-01")))
    );
}
