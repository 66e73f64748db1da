//! One value out of contradicting claims: which is used, and why the others are not.

use railcorridor::model::Value;
use railcorridor::status::{Preference, Resolved, resolve};

use crate::day;
use crate::study_text::{about, dollars, length, study, table};

fn resolved(pieces: &str, property: &str, on: &str, preference: Preference) -> Option<Resolved> {
    resolve(&study(pieces), "ab", property, day(on), preference)
}

fn newest(pieces: &str) -> Resolved {
    resolved(pieces, "length_km", "2026-01-31", Preference::NewestOfficial).unwrap()
}

fn best(pieces: &str) -> Resolved {
    resolved(pieces, "length_km", "2026-01-31", Preference::HighestGrade).unwrap()
}

fn km(resolved: &Resolved) -> f64 {
    resolved.value.number().unwrap()
}

/// Why a claim was not used.
fn why<'a>(resolved: &'a Resolved, claim: &str) -> &'a str {
    &resolved.losers.iter().find(|loser| loser.claim == claim).unwrap().why
}

fn said(id: &str, km: &str, grade: &str, dated: &str) -> String {
    length(id, km, &format!("grade = \"{grade}\"; {dated}"))
}

/// A contract of 2016, official figures of 2024 and 2025, and the newest from the press.
fn four() -> String {
    said("contract", "200", "contract", "dated = 2016-04-04")
        + &said("old", "110", "official", "dated = 2024-01-01")
        + &said("new", "120", "official", "dated = 2025-09-09")
        + &said("press", "113", "news", "dated = 2025-12-01; source = \"press\"")
}

#[test]
fn nothing_claimed_is_nothing_resolved() {
    assert_eq!(resolved("", "length_km", "2026-01-31", Preference::NewestOfficial), None);
    assert_eq!(resolved(&four(), "length_km", "2016-04-03", Preference::NewestOfficial), None);
    assert_eq!(resolved(&four(), "gauge_mm", "2026-01-31", Preference::NewestOfficial), None);
}

#[test]
fn the_newest_official_figure_is_used_and_no_other_is_lost() {
    let used = newest(&four());
    assert_eq!((km(&used), used.claim.as_str()), (120.0, "new"));
    assert_eq!(used.why, "newest official figure");
    assert_eq!(used.losers.len(), 3);
    assert_eq!(why(&used, "press"), "news, not official");
    assert_eq!(why(&used, "old"), "older: 2024-01-01");
    assert_eq!(why(&used, "contract"), "older: 2016-04-04");
    let spread = used.spread.unwrap();
    assert_eq!((spread.low, spread.high, used.sources_count), (110.0, 200.0, 2));
}

#[test]
fn without_an_official_figure_the_newest_is_used() {
    let used = newest(
        &(said("x", "100", "news", "dated = 2024-01-01")
            + &said("y", "105", "estimate", "dated = 2025-01-01")),
    );
    assert_eq!((km(&used), used.why.as_str()), (105.0, "newest figure; none is official"));
}

#[test]
fn the_highest_grade_goes_before_the_newest() {
    let used = best(&four());
    assert_eq!((km(&used), used.why.as_str()), (200.0, "figure of the best grade"));
    // The others are newer, so neither their age nor "same date" is why they lost.
    assert_eq!(why(&used, "new"), "official, not contract");
    assert_eq!(why(&used, "press"), "news, not official");
    let used = best(
        &(said("x", "100", "official", "dated = 2024-01-01")
            + &said("y", "105", "official", "dated = 2025-01-01")),
    );
    assert_eq!((km(&used), why(&used, "x")), (105.0, "older: 2024-01-01"));
}

#[test]
fn of_one_day_the_better_grade_is_used_then_the_first_id() {
    let same_day = |a: &str, b: &str| {
        newest(
            &(said("y", "100", a, "dated = 2025-01-01")
                + &said("x", "105", b, "dated = 2025-01-01")),
        )
    };
    let used = same_day("contract", "official");
    assert_eq!((used.claim.as_str(), why(&used, "x")), ("y", "official, same date"));
    assert_eq!(same_day("official", "official").claim, "x");
}

fn choice(claim: &str, dated: &str) -> String {
    table(
        "choice",
        &format!(
            "subject = \"ab\"; property = \"length_km\"; claim = \"{claim}\"; reason = \"the {claim} one was surveyed\"; dated = {dated}"
        ),
    )
}

#[test]
fn a_choice_by_hand_goes_before_all_from_its_day_on() {
    let pieces = four() + &choice("old", "2025-12-15");
    let on = |text: &str| resolved(&pieces, "length_km", text, Preference::default()).unwrap();
    assert_eq!(on("2025-12-14").claim, "new");
    let used = on("2025-12-15");
    assert_eq!(used.claim, "old");
    assert_eq!(used.why, "chosen by hand: the old one was surveyed");
    assert_eq!(why(&used, "new"), "another was chosen by hand");
    assert_eq!(why(&used, "contract"), "older: 2016-04-04");
    assert_eq!(best(&pieces).claim, "old", "whatever the preference");
}

#[test]
fn the_newest_choice_counts_in_whatever_order_they_stand() {
    let (first, second) = (choice("old", "2025-12-15"), choice("press", "2025-12-20"));
    assert_eq!(newest(&(four() + &first + &second)).claim, "press");
    assert_eq!(newest(&(four() + &second + &first)).claim, "press");
}

#[test]
fn a_choice_of_what_is_not_yet_known_waits_for_it() {
    let later = said("later", "118", "official", "dated = 2026-01-20");
    let pieces = four() + &later + &choice("later", "2026-01-01");
    let on = |text: &str| resolved(&pieces, "length_km", text, Preference::default()).unwrap();
    assert_eq!(
        (on("2026-01-19").claim.as_str(), on("2026-01-20").claim.as_str()),
        ("new", "later")
    );
    assert_eq!(on("2026-01-19").why, "newest official figure");
}

#[test]
fn other_end_points_are_kept_but_neither_used_nor_in_the_spread() {
    let other = about("other", "length_km", "190", "between = [\"a\", \"c\"]; dated = 2025-12-01");
    let back = about("back", "length_km", "125", "between = [\"b\", \"a\"]; dated = 2024-06-01");
    let used = newest(&(four() + &other + &back));
    assert_eq!((km(&used), why(&used, "other")), (120.0, "other end points: A-C"));
    assert_eq!(why(&used, "back"), "older: 2024-06-01");
    let (all, alone) = (used.spread.unwrap(), newest(&other));
    assert_eq!((all.low, all.high), (110.0, 200.0));
    assert_eq!((km(&alone), alone.spread.unwrap().high), (190.0, 190.0), "better than nothing");
}

#[test]
fn what_has_no_date_comes_last_and_is_known_when_the_study_was_kept() {
    let pieces = said("x", "100", "official", "undated")
        + &said("y", "105", "official", "dated = 2016-01-01");
    let used = newest(&pieces);
    assert_eq!((km(&used), why(&used, "x")), (105.0, "undated"));
    let alone = said("x", "100", "official", "undated");
    let on = |text: &str| resolved(&alone, "length_km", text, Preference::default());
    assert_eq!((on("2025-12-14"), on("2025-12-15").map(|used| km(&used))), (None, Some(100.0)));
    let two = alone + &said("z", "101", "news", "undated");
    assert_eq!(why(&newest(&two), "z"), "news, not official");
    let two = said("x", "100", "news", "undated") + &said("y", "101", "estimate", "undated");
    assert_eq!(why(&newest(&two), "y"), "estimate, undated as the other");
}

#[test]
fn a_year_or_a_month_is_known_at_its_end() {
    let pieces = said("year", "100", "official", "dated = \"2025\"")
        + &said("month", "105", "official", "dated = \"2025-02\"");
    let on = |text: &str| {
        resolved(&pieces, "length_km", text, Preference::default()).map(|used| used.claim)
    };
    assert_eq!(on("2025-02-27"), None);
    assert_eq!(on("2025-02-28").as_deref(), Some("month"));
    assert_eq!(on("2025-12-30").as_deref(), Some("month"));
    assert_eq!(on("2025-12-31").as_deref(), Some("year"));
    // A day says more than the year that ends on it.
    let both = said("year", "100", "official", "dated = \"2025\"")
        + &said("day", "105", "official", "dated = 2025-12-31");
    assert_eq!(newest(&both).claim, "day");
}

#[test]
fn a_range_widens_the_spread_and_money_is_compared_in_dollars() {
    let range = said("x", "[110, 130]", "official", "dated = 2025-01-01")
        + &said("y", "120", "news", "dated = 2025-01-01");
    let used = newest(&range);
    assert_eq!(used.value, Value::Range([110.0, 130.0]));
    let spread = used.spread.unwrap();
    assert_eq!((spread.low, spread.high), (110.0, 130.0));
    let money = dollars("x", "design_cost", "245e6", "grade = \"news\"")
        + &about("y", "design_cost", "264e6", "currency = \"AFN\"")
        + &about("z", "design_cost", "1e6", "currency = \"EUR\"; grade = \"news\"");
    let used = resolved(&money, "design_cost", "2026-01-31", Preference::default()).unwrap();
    assert_eq!((used.claim.as_str(), used.currency.as_deref()), ("y", Some("AFN")));
    // The euro has no rate here, so it cannot be compared.
    let spread = used.spread.unwrap();
    assert_eq!((spread.low, spread.high), (264e6 / 73.0, 245e6));
}
