//! Every public number of the library says its unit in its name.
//!
//! A public field, constant, argument or function whose type holds an `f64` or `f32`, however
//! deep (`Option<f64>`, `&[f64]`, `(f64, f64)`), must end in a unit: `length_m`, `cost_usd_per_km`.

mod quantity;
mod source;

use quantity::{Quantity, quantities};

/// Units, and pure numbers of a known kind, that may end a name.
const UNITS: &[&str] = &[
    // Lengths, areas, volumes.
    "mm",
    "cm",
    "m",
    "km",
    "mm2",
    "m2",
    "km2",
    "ha",
    "m3",
    "litres",
    "cells",
    // Counts that need not be whole.
    "count",
    // Angles.
    "deg",
    "rad",
    "gon",
    // Curvature and its change along a line: 1/m, 1/m2.
    "curvature",
    "inv_m",
    "inv_m2",
    // Shares and factors.
    "ratio",
    "share",
    "percent",
    "permille",
    "ppm",
    "probability",
    "quantile",
    // Mass, force, energy, power.
    "kg",
    "t",
    "kt",
    "mt",
    "n",
    "kn",
    "kj",
    "mj",
    "j",
    "kwh",
    "mwh",
    "w",
    "kw",
    "mw",
    // Time and motion.
    "ms",
    "s",
    "min",
    "h",
    "day",
    "days",
    "month",
    "months",
    "year",
    "years",
    "mps",
    "kmh",
    "mps2",
    "mps3",
    "s2",
    "s3",
    // Money.
    "usd",
    "afn",
    "eur",
    "musd",
    // Drawings.
    "px",
    "pt",
];

/// Names that need no unit: where, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("VolumeBand::cost_ratios", "shares, as its name says in the plural"),
    ("VolumeBand::range(of)", "in the unit of what it is asked for"),
    ("VolumeBand::range", "in the unit of what it is asked for"),
    ("Amounts::rows", "each in the unit of its item"),
    ("BillRow::amount", "in the unit of its item"),
    ("BillRow::rate", "dollars for one unit of its item, or percent"),
    ("BillRow::usd", "dollars are its unit"),
    ("BillItem::amount", "in the unit of its item"),
    ("BillItem::rate", "dollars for one unit of its item, or percent"),
    ("BillItem::usd", "dollars are its unit"),
    ("BillItem::ratios", "shares, as its name says in the plural"),
    ("Bill::amount", "in the unit of the item asked for"),
    ("Bill::quantiles_usd(volume_ratios)", "shares, as its name says in the plural"),
    ("Bill::quantiles_usd(shares)", "shares, as its name says in the plural"),
    ("Track::quantiles_usd(shares)", "shares, as its name says in the plural"),
    ("Leg::ahead", "a vector of length 1"),
    ("PlaceCost", "a function whose units its text says"),
    ("Track::structures_of", "a count and metres, as its text says"),
    ("UnitCost::rate", "in the unit beside it"),
    ("UnitCosts::rate", "dollars for one unit of the item asked for, or percent"),
    ("cheapest_not_steeper(designs)", "gradients in permille, each with its cost in any money"),
    ("Error::OutOfRange::value", "its unit stands in the item beside it, which the caller names"),
    ("FinancingEntry::amount", "its currency stands beside it"),
    ("amount_usd(amount)", "its currency stands beside it"),
    ("money_words(amount)", "its currency stands beside it"),
    ("Duration::Quantity::quantity", "any unit, the same as that of the rate beside it"),
    ("Duration::Quantity::rate_per_shift", "in the unit of the quantity beside it"),
    ("Activity::quantity(quantity)", "any unit, the same as that of the rate beside it"),
    ("Activity::quantity(rate_per_shift)", "in the unit of the quantity beside it"),
    ("Property::range", "in the unit that the name beside it ends in"),
    ("ParameterKind::range", "in the unit that the name beside it ends in"),
    ("Value::Number", "in the unit that the property's name ends in"),
    ("Value::Range", "in the unit that the property's name ends in"),
    ("Value::number", "in the unit that the property's name ends in"),
    ("Spread::low", "in the unit that the property's name ends in, money in US dollars"),
    ("Spread::high", "in the unit that the property's name ends in, money in US dollars"),
    ("QualityPoint::value", "a share, an index, or days, as the limit beside it says"),
    ("Limit::value", "its unit stands in the field beside it, that of the rule"),
    ("Limit::at", "in the unit of the limit"),
    ("CurveCompensation::Radius", "permille times metres of radius, as its docs say"),
    ("Limit::per_kmh2", "in the unit of the limit, by the square of the speed in km/h"),
    ("WorstPlace::value", "in the unit of the limit's rule"),
    ("WorstPlace::limit_value", "in the unit of the limit's rule"),
    ("Distribution::Fixed::value", "in the unit of what is drawn"),
    ("Distribution::Triangular::low", "in the unit of what is drawn"),
    ("Distribution::Triangular::mode", "in the unit of what is drawn"),
    ("Distribution::Triangular::high", "in the unit of what is drawn"),
    ("Distribution::BetaPert::low", "in the unit of what is drawn"),
    ("Distribution::BetaPert::mode", "in the unit of what is drawn"),
    ("Distribution::BetaPert::high", "in the unit of what is drawn"),
    ("Distribution::BetaPert::weight", "a pure number, so called in PERT"),
    ("Distribution::Lognormal::p10", "in the unit of what is drawn"),
    ("Distribution::Lognormal::p90", "in the unit of what is drawn"),
    ("Distribution::LognormalMean::mean", "in the unit of what is drawn"),
    ("Distribution::LognormalMean::deviation", "in the unit of what is drawn"),
    ("Distribution::Empirical::values", "in the unit of what is drawn"),
    ("Distribution::quantile", "in the unit of what is drawn"),
    ("Distribution::quantile(probability)", "a pure number"),
    ("Distribution::mean", "in the unit of what is drawn"),
    ("Sourced::value", "in the unit that the name of what holds it ends in"),
    ("Sourced::assumed(value)", "in the unit that the name of what holds it ends in"),
    ("RunLine::spans", "segments, each with its end in metres"),
    ("Percentiles::p10", "in the unit that the name of what holds them ends in"),
    ("Percentiles::p50", "in the unit that the name of what holds them ends in"),
    ("Percentiles::p80", "in the unit that the name of what holds them ends in"),
    ("Percentiles::p90", "in the unit that the name of what holds them ends in"),
    ("Percentiles::mean", "in the unit that the name of what holds them ends in"),
    ("RiskOutcome::tornado", "days; each stands beside the name of what moves the finish"),
    ("BaselineActivity::quantity", "its unit stands beside it"),
    ("PlannedShare::percent", "it is its own unit"),
    ("WorkReport::percent", "it is its own unit"),
    ("WorkReport::done", "in the unit of the activity's quantity"),
    ("QuantityDone::done", "its unit stands beside it"),
    ("QuantityDone::of", "its unit stands beside it"),
];

/// Whether a name ends in a unit, after a word that says of what.
fn has_unit(name: &str) -> bool {
    let name = name.to_lowercase();
    let is_unit = |text: &str| UNITS.contains(&text);
    let ends_in_unit = |text: &str| {
        UNITS.iter().any(|unit| {
            let of_what = text.strip_suffix(unit);
            of_what.is_some_and(|rest| rest.len() > 1 && rest.ends_with('_'))
        })
    };
    match name.rsplit_once("_per_") {
        // Something counted, by a unit or by something counted: trains_per_day, usd_per_train_km.
        Some((amount, by)) => !amount.is_empty() && (is_unit(by) || ends_in_unit(by)),
        None => ends_in_unit(&name),
    }
}

fn without_unit(found: Vec<Quantity>) -> Vec<Quantity> {
    let nameless = |quantity: &Quantity| !has_unit(&quantity.name);
    found.into_iter().filter(nameless).collect()
}

#[test]
fn public_numbers_name_their_unit() {
    let (mut seen, mut bad, mut used) = (0, Vec::new(), Vec::new());
    for (path, text) in source::library() {
        let found = quantities(&text);
        seen += found.len();
        for quantity in without_unit(found) {
            let listed = EXCEPTIONS.iter().find(|(item, _)| *item == quantity.item);
            used.extend(listed);
            if listed.is_none() {
                let place = format!("src/{}:{}", path.display(), quantity.line);
                bad.push(format!("{place}: {} ({})", quantity.item, quantity.name));
            }
        }
    }
    assert!(bad.is_empty(), "no unit in the name:\n{}", bad.join("\n"));
    assert!(seen >= 30, "only {seen} public numbers seen: the reader is broken");
    for exception in EXCEPTIONS {
        assert!(used.contains(&exception), "no longer needed: {exception:?}");
    }
}

#[test]
fn names_with_and_without_unit() {
    for name in ["length_m", "e_m", "MAX_LAT_DEG", "cost_usd_per_km", "trains_per_day"] {
        assert!(has_unit(name), "{name}");
    }
    for name in ["length", "m", "_m", "item", "form", "_per_km", "usd_per_banana", "params"] {
        assert!(!has_unit(name), "{name}");
    }
}

/// The items of a snippet that lack a unit.
fn bad_items(text: &str) -> Vec<String> {
    let bad = without_unit(quantities(text));
    bad.into_iter().map(|quantity| quantity.item).collect()
}

#[test]
fn every_shape_of_a_public_number_is_found() {
    for (text, item) in [
        ("pub struct A { pub length: f64 }", "A::length"),
        ("pub struct A<T> where T: X { pub length: Option<f64>, }", "A::length"),
        ("pub struct A { #[serde(default)] pub lengths: Vec<(u8, f64)> }", "A::lengths"),
        ("pub struct Length(pub f64);", "Length"),
        ("pub struct A<T = X> { pub length: f64 } pub fn f() {}", "A::length"),
        ("pub enum E { A, B { value: f32 } }", "E::B::value"),
        ("pub enum E { Length(f64) }", "E::Length"),
        ("pub const LIMIT: f64 = 1.0;", "LIMIT"),
        ("pub static LIMITS: [f64; 2] = [1.0, 2.0];", "LIMITS"),
        ("impl A { pub const LIMIT: &[f64] = &[]; }", "A::LIMIT"),
        ("pub type Length = f64;", "Length"),
        ("pub fn length() -> f64 { 1.0 }", "length"),
        ("pub const fn length(self) -> Result<Option<f64>, E> { x }", "length"),
        ("impl<T> A<T> { pub fn length(&self) -> (f64, f64) where T: X { x } }", "A::length"),
        ("impl X for A {} impl A { pub fn f(&mut self, by: f64) {} }", "A::f(by)"),
        ("pub fn f<T: Fn(f64) -> f64>(a_m: f64, mut by: &[f64; 3], t: T) {}", "f(by)"),
        ("pub fn f((a_m, b): (f64, f64)) {}", "f(b)"),
        ("pub trait T { fn length(&self) -> f64; }", "T::length"),
        ("mod inner { pub fn length() -> f64 { 1.0 } }", "length"),
        ("fn a() { if x { y } } pub async unsafe fn length() -> f64 { 1.0 }", "length"),
    ] {
        assert_eq!(bad_items(text), [item], "{text}");
    }
}

#[test]
fn what_is_private_or_has_a_unit_is_left_alone() {
    for text in [
        "pub struct A { length: f64, pub(crate) width: f64, pub height_m: f64, pub n: u32 }",
        "struct A(f64); pub struct B(f64); enum E { B { value: f64 } }",
        "const LIMIT: f64 = 1.0; pub(super) const OTHER: f64 = 2.0; fn f(by: f64) -> f64 { by }",
        "pub fn length_m(from: LonLat, by_deg: f64) -> Result<f64> { let pub_x: f64 = 1.0; }",
        "impl Trait for A { fn length(&self, by: f64) -> f64 { 1.0 } const X: f64 = 1.0; }",
        "#[cfg(test)] mod tests { pub fn length() -> f64 { 1.0 } }",
        "// pub const LIMIT: f64 = 1.0;\n/** pub fn f(by: f64) {} */ pub fn g() {}",
        "pub use a::{b, c}; macro_rules! m { () => { pub const LIMIT: f64 = 1.0; } }",
    ] {
        assert_eq!(bad_items(text), Vec::<String>::new(), "{text}");
    }
}
