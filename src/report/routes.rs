//! The ways that the search found.

use super::sources::of_claims;
use super::table::{Cell, Table};
use super::words::sentence;
use crate::model::{CORRIDOR, Study};
use crate::route::{BuiltLength, CostBand, SegmentRoute};
use crate::status::Status;
use crate::unit::grouped;

/// One row a segment: length over the terrain and as built, climb, structures and cost of the
/// cheapest way, beside what was published.
#[must_use]
pub fn routes_table(
    study: &Study,
    status: &Status,
    routes: &[SegmentRoute],
    gradient_permille: f64,
) -> Table {
    let title = format!("Cheapest way at {gradient_permille} permille");
    let note = format!(
        "Searched over cells and height levels of the terrain{}; costs of cuts, fills, bridges and \
         tunnels are assumed. As built: with the curves and stations that such terrain does not \
         hold, as of railways that were built; the band holds four lines in five. Cost: by what \
         lines on such ground cost. The bands of the whole are sums.",
        proof_words(routes)
    );
    let headings = [
        "Segment",
        ">Length, km",
        ">As built, km",
        ">80 % band, km",
        ">Published, km",
        ">Climb, m",
        ">Fall, m",
        ">Tunnels, km",
        ">Bridges, km",
        ">Cost, million USD",
    ];
    let mut table = Table::new("routes", &title, &note, &headings);
    for route in routes {
        table.rows.push(vec![
            sentence(&study.subject_name(&route.segment)).into(),
            km(route.length_m).into(),
            km(route.figures.built_length.expected_m).into(),
            band_words(&route.figures.built_length).into(),
            published(study, status, &route.segment),
            grouped(route.climb_m, 0).into(),
            grouped(route.descent_m, 0).into(),
            km(route.tunnel_m).into(),
            km(route.bridge_m).into(),
            cost_words(&route.figures.cost).into(),
        ]);
    }
    if routes.len() > 1 {
        table.rows.push(total(study, status, routes));
    }
    table
}

/// Whether the ways are proven, or how far from the cheapest the worst may be.
fn proof_words(routes: &[SegmentRoute]) -> String {
    let certificates = routes.iter().flat_map(|route| &route.certificates);
    let gap_share = certificates.map(|one| one.gap_share()).fold(0.0, f64::max);
    if gap_share > 0.0 {
        return format!(", at most {:.1} % dearer than the cheapest on them", gap_share * 100.0);
    }
    " and proven cheapest on them".to_owned()
}

/// Length and cost of all segments as built; the band adds up those of the segments.
pub(super) fn sums(routes: &[SegmentRoute]) -> (BuiltLength, CostBand) {
    let sum = |value: fn(&SegmentRoute) -> f64| routes.iter().map(value).sum::<f64>();
    let length = BuiltLength {
        expected_m: sum(|route| route.figures.built_length.expected_m),
        low_m: sum(|route| route.figures.built_length.low_m),
        high_m: sum(|route| route.figures.built_length.high_m),
    };
    let cost = CostBand {
        low_musd: sum(|route| route.figures.cost.low_musd),
        high_musd: sum(|route| route.figures.cost.high_musd),
    };
    (length, cost)
}

fn total(study: &Study, status: &Status, routes: &[SegmentRoute]) -> Vec<Cell> {
    let sum = |value: fn(&SegmentRoute) -> f64| routes.iter().map(value).sum::<f64>();
    let (length, cost) = sums(routes);
    vec![
        sentence(&study.subject_name(CORRIDOR)).into(),
        km(sum(|route| route.length_m)).into(),
        km(length.expected_m).into(),
        band_words(&length).into(),
        published(study, status, CORRIDOR),
        grouped(sum(|route| route.climb_m), 0).into(),
        grouped(sum(|route| route.descent_m), 0).into(),
        km(sum(|route| route.tunnel_m)).into(),
        km(sum(|route| route.bridge_m)).into(),
        cost_words(&cost).into(),
    ]
}

fn published(study: &Study, status: &Status, subject: &str) -> Cell {
    let row = status.lengths.iter().find(|row| row.subject == subject);
    let Some((row, km)) = row.and_then(|row| Some((row, row.published_km?))) else {
        return "-".into();
    };
    let claim = row.resolved.as_ref().map(|resolved| resolved.claim.clone());
    let sources = of_claims(study, claim.as_deref());
    Cell { claim, ..Cell::from(grouped(km, 1)) }.with_sources(sources)
}

/// Metres as kilometres, to a tenth.
pub(super) fn km(length_m: f64) -> String {
    grouped(length_m / 1e3, 1)
}

/// `113.7-137.5`: no digit more than such a band deserves.
pub(super) fn band_words(length: &BuiltLength) -> String {
    format!("{}-{}", grouped(length.low_m / 1e3, 0), grouped(length.high_m / 1e3, 0))
}

/// `130-260`, to three digits.
pub(super) fn cost_words(cost: &CostBand) -> String {
    format!("{}-{}", three_digits(cost.low_musd), three_digits(cost.high_musd))
}

fn three_digits(number: f64) -> String {
    match number.abs() {
        n if n >= 999.5 => {
            let unit = 10_f64.powf(n.log10().floor() - 2.0);
            grouped((number / unit).round() * unit, 0)
        }
        n if n >= 99.95 => grouped(number, 0),
        n if n >= 9.995 => grouped(number, 1),
        _ => grouped(number, 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_have_three_digits() {
        let words = |low_musd, high_musd| cost_words(&CostBand { low_musd, high_musd });
        assert_eq!(words(1_234.4, 2_345.6), "1,230-2,350");
        assert_eq!(words(999.6, 123.44), "1,000-123");
        assert_eq!(words(12.345, 1.234), "12.3-1.23");
    }
}
