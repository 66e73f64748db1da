//! The table of rules.

use crate::finding::Severity::{self, Error, Note, Warning};

/// A rule of the claim checks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Its id, the first part of a finding's id.
    pub id: &'static str,
    /// How much a finding of it matters.
    pub severity: Severity,
    /// What it asks for.
    pub asks: &'static str,
}

const fn new(id: &'static str, severity: Severity, asks: &'static str) -> Rule {
    Rule { id, severity, asks }
}

/// All rules, by subject matter.
pub const RULES: &[Rule] = &[
    // Lengths
    new("length-below-geodesic", Error, "a line is no shorter than the geodesic between its ends"),
    new(
        "length-barely-geodesic",
        Warning,
        "a line is longer than the geodesic by more than the ends and the rounding leave open",
    ),
    new(
        "length-far-above-geodesic",
        Warning,
        "a line is at most 2.5 times as long as the geodesic",
    ),
    new("length-without-ends", Warning, "a length names its end points or its extent"),
    new("lengths-of-other-ends", Note, "lengths that are compared have the same end points"),
    new("lengths-disagree", Warning, "lengths between the same ends agree within 2 %"),
    new("length-from-assumed-place", Note, "the end points of a length are known places"),
    new("road-is-no-railway", Warning, "a road distance is not used as the length of the railway"),
    // Sums of parts
    new("parts-do-not-add-up", Warning, "the parts of a length add up to the whole within 1 %"),
    new("derived-differs", Error, "a derived figure is the sum of its inputs within 0.5 %"),
    new(
        "derived-from-unknown",
        Warning,
        "the inputs of a derived figure were known when it was used",
    ),
    new("lots-incomplete", Note, "the lots of a segment add up to its length"),
    // Money
    new("currency-confused", Error, "the same figure is not printed in two currencies"),
    new("decimal-shifted", Error, "a figure is not another one with its decimal point moved"),
    new("costs-disagree", Warning, "costs of the same thing agree within 25 %"),
    new(
        "cost-per-km-unlikely",
        Warning,
        "a cost per kilometre lies within those of the region's lines",
    ),
    new("pledge-is-no-estimate", Note, "a segment with pledged money has an estimate of its cost"),
    new("same-money-twice", Warning, "one sum is promised for one extent"),
    new("money-went-back", Warning, "money does not become less firm"),
    new("money-without-evidence", Warning, "money that became firmer has a document"),
    new("money-without-state", Note, "an investment says how firm it is"),
    new("currency-without-rate", Note, "every currency has an exchange rate"),
    new("amount-too-small", Warning, "amounts are in units, not in millions"),
    // Progress
    new("percentage-without-whole", Warning, "a percentage says of what"),
    new("progress-went-back", Warning, "progress does not fall"),
    new("progress-disagrees", Warning, "figures of progress of one month agree"),
    new("survey-done-and-begun", Warning, "a survey is not complete and commenced at once"),
    new("duration-of-what", Error, "the duration of design is not given as that of works"),
    new("pace-unlikely", Warning, "works are no faster than any built line of the region"),
    // Counts and technical values
    new("counts-disagree", Warning, "counts of the same thing agree"),
    new("contracts-and-companies", Note, "the number of contracts and of companies is explained"),
    new("per-cent-for-permille", Warning, "gradients are printed in permille"),
    new("traffic-above-capacity", Warning, "traffic is no more than the capacity"),
    new("parameter-against-claim", Error, "a published parameter has the value of its claim"),
    new("parameter-assumed-though-published", Warning, "a published figure is used, not assumed"),
    new("parameter-without-source", Note, "an assumed parameter leans on a standard"),
    // Dates
    new("undated", Warning, "a claim says when it was published"),
    new("dated-by-year", Note, "a claim is dated at least to the month"),
    new("event-after-publication", Error, "nothing is reported as done before it happened"),
    new(
        "opening-not-reported",
        Warning,
        "a planned date that is past has a report of what happened",
    ),
    new("forecast-slipped", Note, "a date stays where it was planned"),
    new("opened-twice", Warning, "a line has one date of opening"),
    new("one-source-two-figures", Warning, "one document gives one figure"),
    new("read-after-keeping", Note, "the study is kept to the date of its newest claim"),
    // Gauges
    new("gauges-disagree", Error, "a line has one gauge"),
    new("gauge-undecided", Warning, "every segment has a gauge"),
    new("break-of-gauge", Note, "gauges match where lines meet"),
    new("connection-against-claim", Error, "a connection has the gauge that is claimed of it"),
    // Stages
    new("stage-only-claimed", Warning, "a stage counts by evidence, not by a claim"),
    new("gate-skipped", Warning, "gates are passed in their order"),
    new("gate-half-open", Note, "evidence covers the whole of its criterion"),
    new("stalled", Warning, "a segment has new evidence within 12 months"),
    new("stage-overdue", Warning, "a stage is reached by the date that was expected"),
    // Sources
    new("source-without-address", Note, "a document can be looked up"),
    new("news-only", Warning, "a key figure has an official source"),
    new("single-source", Note, "a key figure has two independent sources"),
    new("source-unused", Note, "a document is used"),
    new("waiver-needless", Note, "a waiver names a finding that is there"),
];

/// The rule of this id; the rules' own tests see that it is there.
pub(super) fn rule(id: &'static str) -> Rule {
    RULES.iter().find(|rule| rule.id == id).copied().unwrap_or(new(id, Error, ""))
}
