//! What claims may speak about; the name carries the unit.

/// What kind of value a property has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PropertyKind {
    /// A number between two bounds, in the unit of the name.
    Number,
    /// Money: a number in units of the claim's currency.
    Money,
    /// A share of something that the claim names in `of`.
    Percent,
    /// A date.
    Date,
    /// Words.
    Text,
}

/// A property that a claim may give a value for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Property {
    /// Its name, with the unit.
    pub name: &'static str,
    /// The words that the report uses.
    pub label: &'static str,
    /// Its unit in words; empty for dates and texts.
    pub unit: &'static str,
    /// What kind of value it has.
    pub kind: PropertyKind,
    /// Least and greatest value that can be meant.
    pub range: [f64; 2],
}

use PropertyKind::{Date, Money, Number, Percent, Text};

const fn number(
    name: &'static str,
    label: &'static str,
    unit: &'static str,
    range: [f64; 2],
) -> Property {
    Property { name, label, unit, kind: Number, range }
}

const fn other(name: &'static str, label: &'static str, kind: PropertyKind) -> Property {
    let (unit, range) = match kind {
        Money => ("money", [0.0, 1e15]),
        Percent => ("%", [0.0, 100.0]),
        _ => ("", [0.0, 0.0]),
    };
    Property { name, label, unit, kind, range }
}

/// All properties, in the order in which a report lists them.
///
/// A name that starts with `x_` is free: its value is shown, but neither resolved nor checked.
pub const PROPERTIES: &[Property] = &[
    number("length_km", "length", "km", [0.01, 20_000.0]),
    number("lot_length_km", "length of a design lot", "km", [0.01, 20_000.0]),
    number("road_distance_km", "distance by road", "km", [0.01, 20_000.0]),
    number("gauge_mm", "gauge", "mm", [600.0, 1_676.0]),
    number("tracks_count", "tracks", "", [1.0, 8.0]),
    number("ruling_gradient_permille", "ruling gradient", "permille", [0.0, 60.0]),
    number("minimum_radius_m", "minimum radius", "m", [80.0, 20_000.0]),
    number("axle_load_t", "axle load", "t", [8.0, 40.0]),
    number("train_mass_t", "train mass", "t", [100.0, 40_000.0]),
    number("speed_passenger_kmh", "speed of passenger trains", "km/h", [10.0, 600.0]),
    number("speed_freight_kmh", "speed of freight trains", "km/h", [10.0, 300.0]),
    number("height_m", "height above sea", "m", [-430.0, 6_000.0]),
    number("stations_count", "intermediate stations", "", [0.0, 2_000.0]),
    number("bridges_count", "bridges", "", [0.0, 20_000.0]),
    number("tunnels_count", "tunnels", "", [0.0, 2_000.0]),
    number("tunnels_length_km", "length of tunnels", "km", [0.0, 5_000.0]),
    other("total_cost", "total cost", Money),
    other("construction_cost", "cost of works", Money),
    other("design_cost", "cost of survey and design", Money),
    other("study_cost", "cost of a study", Money),
    other("investment", "investment", Money),
    number("design_contracts_count", "design contracts", "", [0.0, 100.0]),
    number("design_companies_count", "companies that design", "", [0.0, 100.0]),
    other("survey_progress_percent", "progress of survey", Percent),
    other("design_progress_percent", "progress of survey and design", Percent),
    other("construction_progress_percent", "progress of works", Percent),
    number("track_laid_km", "track laid", "km", [0.0, 20_000.0]),
    number("duration_design_months", "duration of design", "months", [0.1, 240.0]),
    number("duration_construction_months", "duration of works", "months", [0.1, 600.0]),
    number("tracklaying_m_per_day", "track laid in a day", "m/day", [10.0, 10_000.0]),
    other("works_start", "start of works", Date),
    other("works_end", "end of works", Date),
    other("opened", "opened", Date),
    number("traffic_t_per_year", "traffic", "t/year", [0.0, 1e10]),
    number("capacity_t_per_year", "capacity or forecast traffic", "t/year", [0.0, 1e10]),
    number("transit_time_days", "transit time", "days", [0.01, 1_000.0]),
    number("freight_rate_usd_per_t", "freight rate", "USD/t", [0.0, 10_000.0]),
    other("revenue_per_year", "revenue in a year", Money),
    other("status", "status", Text),
    other("event", "event", Text),
    other("route", "route", Text),
    other("scope", "scope", Text),
    other("party", "who takes part", Text),
];

/// The property of this name, if there is one.
///
/// ```
/// use railcorridor::model::property;
///
/// assert_eq!(property("length_km").map(|p| p.unit), Some("km"));
/// assert!(property("length_miles").is_none());
/// ```
#[must_use]
pub fn property(name: &str) -> Option<&'static Property> {
    PROPERTIES.iter().find(|property| property.name == name)
}
