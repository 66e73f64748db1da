//! The few figures that a reader takes away.

use super::routes::{band_words, km, sums};
use super::sources::of_claims;
use super::stages::{in_part, mark};
use super::table::{Cell, Mark};
use super::words::{grouped, money_state, sentence};
use crate::finding::Severity;
use crate::model::{CORRIDOR, MoneyState, Study};
use crate::route::SegmentRoute;
use crate::status::{Status, amount_usd};
use crate::unit::{km_words, money_words};

/// A figure with its heading and a line below.
pub(super) struct KeyFigure {
    pub heading: String,
    pub figure: Cell,
    pub below: String,
}

pub(super) fn key_figures(
    study: &Study,
    status: &Status,
    routes: Option<(f64, &[SegmentRoute])>,
) -> Vec<KeyFigure> {
    let mut figures = vec![length(study, status)];
    figures.extend(routes.map(|(gradient, routes)| built_length(routes, gradient)));
    figures.push(gauge(study, status));
    for segment in &status.segments {
        let reached = segment.stages.reached_gate();
        let furthest = segment
            .stages
            .furthest_gate()
            .filter(|_| segment.stages.furthest > segment.stages.reached);
        let furthest = furthest.map(|gate| {
            let part = if in_part(gate) { " in part" } else { "" };
            format!(
                "furthest sign: {}, {}{part}",
                gate.name.to_lowercase(),
                mark(gate.state).word()
            )
        });
        let next = segment.stages.next_gate();
        let next = next.map(|gate| format!("next gate: {}", gate.name.to_lowercase()));
        figures.push(KeyFigure {
            heading: sentence(&segment.name),
            figure: reached.map_or(Cell::marked("", Mark::Open), |gate| gate.name.clone().into()),
            below: next.into_iter().chain(furthest).collect::<Vec<_>>().join("; "),
        });
    }
    figures.extend(money(study, status));
    figures.push(doubts(status));
    figures
}

fn length(study: &Study, status: &Status) -> KeyFigure {
    let total = status.lengths.iter().find(|row| row.subject == CORRIDOR);
    let claims =
        status.lengths.iter().filter_map(|row| Some(row.resolved.as_ref()?.claim.as_str()));
    let sources = of_claims(study, claims);
    let figure = total
        .and_then(|row| row.published_km)
        .map_or("not published".into(), |km| Cell::from(km_words(km)).with_sources(sources));
    let below =
        total.map_or(String::new(), |row| match (row.published_low_km, row.published_high_km) {
            (Some(low), Some(high)) => format!(
                "published {}-{} km; {} as the crow flies",
                grouped(low, 0),
                grouped(high, 0),
                km_words(row.geodesic_km)
            ),
            _ => format!("{} as the crow flies", km_words(row.geodesic_km)),
        });
    KeyFigure { heading: "Length, sum of the segments".to_owned(), figure, below }
}

fn built_length(routes: &[SegmentRoute], gradient_permille: f64) -> KeyFigure {
    let (length, _) = sums(routes);
    let searched_m = routes.iter().map(|route| route.length_m).sum();
    KeyFigure {
        heading: format!("Length as built, at {gradient_permille} permille"),
        figure: km_words(length.expected_m / 1e3).into(),
        below: format!(
            "80 % band {} km; cheapest way over the terrain {} km",
            band_words(&length),
            km(searched_m)
        ),
    }
}

fn gauge(study: &Study, status: &Status) -> KeyFigure {
    let mut gauges: Vec<String> = status
        .segments
        .iter()
        .map(|segment| segment.gauge_mm.map_or("undecided".to_owned(), |mm| format!("{mm} mm")))
        .collect();
    gauges.dedup();
    let resolved =
        status.resolved.iter().find(|r| r.subject == CORRIDOR && r.property == "gauge_mm");
    let sources = of_claims(study, resolved.map(|resolved| resolved.claim.as_str()));
    let places: Vec<&str> =
        status.breaks_of_gauge.iter().map(|place| place.name.as_str()).collect();
    KeyFigure {
        heading: "Gauge".to_owned(),
        figure: Cell::from(gauges.join(", ")).with_sources(sources),
        below: match places.len() {
            0 => "no break of gauge".to_owned(),
            _ => format!("meets other gauges at {}", places.join(", ")),
        },
    }
}

fn money(study: &Study, status: &Status) -> Option<KeyFigure> {
    let in_usd = |entry: &crate::model::FinancingEntry| {
        amount_usd(study, entry.amount, &entry.currency).unwrap_or_default()
    };
    let largest =
        status.money.iter().max_by(|a, b| in_usd(&a.newest).total_cmp(&in_usd(&b.newest)))?;
    let bound: f64 = status
        .money
        .iter()
        .filter(|money| money.state >= MoneyState::Agreed)
        .map(|money| in_usd(&money.newest))
        .sum();
    let entry = &largest.newest;
    let source = super::sources::number(study, &entry.source);
    Some(KeyFigure {
        heading: "Largest sum spoken of".to_owned(),
        figure: Cell::from(money_words(&entry.currency, entry.amount)).with_sources(source),
        below: format!(
            "{}; agreed in all: {}",
            money_state(largest.state),
            money_words("USD", bound)
        ),
    })
}

fn doubts(status: &Status) -> KeyFigure {
    let count = |severity: Severity| {
        status.findings.iter().filter(|f| f.severity == severity && f.waiver.is_none()).count()
    };
    KeyFigure {
        heading: "Figures that do not fit".to_owned(),
        figure: format!("{} errors", count(Severity::Error)).into(),
        below: format!("{} warnings, {} notes", count(Severity::Warning), count(Severity::Note)),
    }
}
