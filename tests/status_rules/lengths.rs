//! Rules about lengths and the sums of their parts.

use crate::study_text::{AB, BC, about, claim, length};
use crate::{Case, case};

pub fn cases() -> Vec<Case> {
    [single(), compared(), sums()].into_iter().flatten().collect()
}

fn single() -> Vec<Case> {
    let to_p = |km: &str| about("x", "length_km", km, r#"between = ["a", "p"]"#);
    vec![
        // 92.4 km, less a kilometre at each end, less half of the last digit.
        case("length-below-geodesic", &["x"], length("x", "89.8", ""), length("x", "90", "")),
        // 46.2 km, less the 5 km by which the place may be off as well.
        case("length-below-geodesic", &["x"], to_p("38"), to_p("39")),
        case("length-barely-geodesic", &["x"], length("x", "92", ""), length("x", "92.5", "")),
        case("length-barely-geodesic", &["x"], to_p("41"), to_p("41.5")),
        case("length-far-above-geodesic", &["x"], length("x", "232", ""), length("x", "230", "")),
        case(
            "length-without-ends",
            &["x"],
            about("x", "length_km", "100", ""),
            about("x", "length_km", "100", "of = \"with the yard\""),
        ),
        // Of a line elsewhere nobody need know the ends.
        case(
            "length-without-ends",
            &["x"],
            claim("x", "link", "length_km", "10", ""),
            claim("x", "far-line", "length_km", "10", ""),
        ),
        // A stretch names its ends.
        case(
            "length-without-ends",
            &["x"],
            claim("x", "bc", "length_km", "50", ""),
            claim("x", "a..p", "length_km", "50", ""),
        ),
        case("length-from-assumed-place", &["x"], to_p("50"), length("x", "100", "")),
    ]
}

fn compared() -> Vec<Case> {
    let pair = |first: &str, second: &str| length("x", first, "") + &length("y", second, "");
    let other_ends = |ends: &str| {
        length("x", "100", "") + &about("y", "length_km", "190", &format!("between = {ends}"))
    };
    let road = |km: &str| length("x", "100", "") + &about("y", "road_distance_km", km, AB);
    vec![
        case(
            "lengths-of-other-ends",
            &["ab"],
            other_ends(r#"["a", "c"]"#),
            other_ends(r#"["b", "a"]"#),
        ),
        case("lengths-disagree", &["ab:a-b"], pair("100", "102.1"), pair("100", "101.9")),
        // Other end points are another length.
        case("lengths-disagree", &["ab:a-b"], pair("100", "190"), other_ends(r#"["a", "c"]"#)),
        case("road-is-no-railway", &["x"], road("101"), road("103")),
    ]
}

fn sums() -> Vec<Case> {
    let whole = |ends: &str, second_km: &str| {
        claim("w", "corridor", "length_km", "200", r#"between = ["a", "c"]"#)
            + &about("x", "length_km", "100", &format!("between = {ends}"))
            + &claim("y", "bc", "length_km", second_km, BC)
    };
    let sum = |value: &str, x_dated: &str| {
        about("x", "lot_length_km", "22", &format!("dated = {x_dated}"))
            + &about("y", "lot_length_km", "90", "")
            + &about("d", "length_km", value, "derived_from = [\"x\", \"y\"]; grade = \"derived\"")
    };
    let lots = |second_km: &str| {
        length("w", "100", "")
            + &about("x", "lot_length_km", "40", "")
            + &about("y", "lot_length_km", second_km, "")
    };
    vec![
        case(
            "parts-do-not-add-up",
            &["w:x+y"],
            whole(r#"["a", "b"]"#, "97"),
            whole(r#"["a", "b"]"#, "99"),
        ),
        // A length is the same in both directions.
        case(
            "parts-do-not-add-up",
            &["w:x+y"],
            whole(r#"["b", "a"]"#, "97"),
            whole(r#"["b", "a"]"#, "99"),
        ),
        // A part as long as the whole, or longer, does not add up either.
        case(
            "parts-do-not-add-up",
            &["w:x+y"],
            whole(r#"["a", "b"]"#, "200"),
            whole(r#"["a", "b"]"#, "101"),
        ),
        case("derived-differs", &["d"], sum("113", "2025-06-01"), sum("112", "2025-06-01")),
        case("derived-from-unknown", &["d:x"], sum("112", "2026-02-10"), sum("112", "2025-06-01")),
        case("lots-incomplete", &["ab"], lots("50"), lots("59.5")),
        case("lots-incomplete", &["ab"], lots("70"), length("w", "100", "")),
    ]
}
