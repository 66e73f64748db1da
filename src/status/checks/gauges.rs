//! Gauges.

use super::context::{Context, by_value, list};
use crate::model::Claim;
use crate::status::gauge::{breaks_of_gauge, segment_gauge_mm};

pub(super) fn check(context: &mut Context<'_>) {
    let study = context.study;
    for ((subject, property), claims) in context.groups() {
        let values = by_value(&claims);
        let differ = values.first().map(|(low, _)| low) != values.last().map(|(high, _)| high);
        if property == "gauge_mm" && differ {
            let words = list(&claims, "mm");
            let message = format!("its gauge is given as {words}");
            context.find("gauges-disagree", subject, subject, words, message, &claims);
        }
    }
    for segment in &study.segments {
        if segment_gauge_mm(study, &segment.id, context.day).is_none() {
            let message = "no gauge has been decided";
            context.find("gauge-undecided", &segment.id, &segment.id, "none", message, &[]);
        }
    }
    for place in breaks_of_gauge(study, context.day) {
        let Some(corridor_mm) = place.corridor_mm else { continue };
        let message = format!(
            "at {} {corridor_mm} mm meets {} mm of {}: wagons are changed, or goods transshipped",
            place.name, place.connection_mm, place.connection_name
        );
        let value = format!("{corridor_mm} and {} mm", place.connection_mm);
        context.find("break-of-gauge", &place.connection, &place.station, value, message, &[]);
    }
    for connection in &study.connections {
        let other = |claim: &&Claim| {
            claim.subject == connection.id
                && claim.value.number().is_some_and(|mm| mm != f64::from(connection.gauge_mm))
        };
        if let Some(claim) = context.of_property("gauge_mm").into_iter().find(other) {
            let message = format!(
                "has {} mm in the study, but claim {} says {}",
                connection.gauge_mm, claim.id, claim.value
            );
            let value = format!("{} mm", connection.gauge_mm);
            context.find(
                "connection-against-claim",
                &connection.id,
                &connection.id,
                value,
                message,
                &[claim],
            );
        }
    }
}
