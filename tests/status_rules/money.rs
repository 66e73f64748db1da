//! Rules about money.

use crate::study_text::{about, claim, dollars, financing, length};
use crate::{Case, case};

pub fn cases() -> Vec<Case> {
    [pairs(), single(), promises()].into_iter().flatten().collect()
}

fn pairs() -> Vec<Case> {
    let design = |amount: &str| {
        about("x", "design_cost", "264e6", "currency = \"AFN\"")
            + &dollars("y", "design_cost", amount, "")
    };
    let cost = |first: &str, second: &str| {
        dollars("x", "construction_cost", first, "")
            + &dollars("y", "construction_cost", second, "")
    };
    vec![
        case("currency-confused", &["x:y"], design("264e6"), design("3.6e6")),
        case("currency-confused", &["x:y"], design("245e6"), design("200e6")),
        case("decimal-shifted", &["x:y"], cost("58.5e6", "5.58e6"), cost("58.5e6", "5.57e6")),
        // The same digits in another order are no moved point.
        case("decimal-shifted", &["x:y"], cost("50e6", "5e6"), cost("58e6", "85e6")),
        case("costs-disagree", &["x:y"], cost("54.6e6", "35e6"), cost("54.6e6", "53e6")),
    ]
}

fn single() -> Vec<Case> {
    let per_km =
        |amount: &str| length("l", "100", "") + &dollars("x", "construction_cost", amount, "");
    let in_currency =
        |code: &str| about("x", "study_cost", "1.6e6", &format!("currency = \"{code}\""));
    let promised = |keys: &str| dollars("x", "investment", "5e8", keys);
    vec![
        case("cost-per-km-unlikely", &["x"], per_km("30e6"), per_km("40e6")),
        case("cost-per-km-unlikely", &["x"], per_km("1600e6"), per_km("1400e6")),
        case("currency-without-rate", &["x"], in_currency("EUR"), in_currency("AFN")),
        case(
            "amount-too-small",
            &["x"],
            about("x", "design_cost", "264", "currency = \"AFN\""),
            about("x", "design_cost", "264e6", "currency = \"AFN\""),
        ),
        case("money-without-state", &["x"], promised(""), promised("money_state = \"pledged\"")),
        case(
            "pledge-is-no-estimate",
            &["ab"],
            promised(""),
            promised("") + &dollars("y", "total_cost", "5e8", ""),
        ),
    ]
}

fn promises() -> Vec<Case> {
    let twice = |subject: &str, amount: &str| {
        dollars("x", "investment", "5e8", "")
            + &claim("y", subject, "investment", amount, "currency = \"USD\"; source = \"press\"")
    };
    let document = ", evidence = \"the memorandum\"";
    vec![
        case("same-money-twice", &["x"], twice("corridor", "5e8"), twice("ab", "5e8")),
        case("same-money-twice", &["x"], twice("bc", "5e8"), twice("corridor", "4e8")),
        case(
            "money-went-back",
            &["loan:2025-08-01"],
            financing(&[("agreed", "2025-07-01", ""), ("pledged", "2025-08-01", "")]),
            financing(&[("pledged", "2025-07-01", ""), ("agreed", "2025-08-01", "")]),
        ),
        case(
            "money-went-back",
            &["loan:2025-08-01"],
            financing(&[("pledged", "2025-07-01", ""), ("idea", "2025-08-01", "")]),
            financing(&[("pledged", "2025-07-01", ""), ("pledged", "2025-08-01", "")]),
        ),
        // The order is that of the dates, not that of the file.
        case(
            "money-went-back",
            &["loan:2025-08-01"],
            financing(&[("pledged", "2025-08-01", ""), ("agreed", "2025-07-01", "")]),
            financing(&[("agreed", "2025-08-01", ""), ("pledged", "2025-07-01", "")]),
        ),
        case(
            "money-without-evidence",
            &["loan:2025-08-01"],
            financing(&[("pledged", "2025-07-01", ""), ("memorandum", "2025-08-01", "")]),
            financing(&[("pledged", "2025-07-01", ""), ("memorandum", "2025-08-01", document)]),
        ),
        // What is said after the day is not known on it.
        case(
            "money-without-evidence",
            &["loan:2026-01-31"],
            financing(&[("effective", "2026-01-31", "")]),
            financing(&[("effective", "2026-02-01", "")]),
        ),
    ]
}
