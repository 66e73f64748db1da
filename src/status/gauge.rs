//! Where lines of two gauges meet.

use serde::Serialize;

use super::{Preference, resolve};
use crate::model::{CORRIDOR, Date, Study};

/// A station where the corridor's gauge meets another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BreakOfGauge {
    /// Id of the station.
    pub station: String,
    /// Its name.
    pub name: String,
    /// Id of the other line.
    pub connection: String,
    /// Name of the other line.
    pub connection_name: String,
    /// Gauge of the corridor there, millimetres; absent while it is not decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corridor_mm: Option<f64>,
    /// Gauge of the other line, millimetres.
    pub connection_mm: f64,
}

/// The gauge of a segment on a day, millimetres: its own, else the corridor's.
pub(super) fn segment_gauge_mm(study: &Study, segment: &str, day: Date) -> Option<f64> {
    [segment, CORRIDOR].iter().find_map(|subject| {
        resolve(study, subject, "gauge_mm", day, Preference::default())?.value.number()
    })
}

/// Every place where the gauge breaks, or would if it were decided.
#[must_use]
pub fn breaks_of_gauge(study: &Study, day: Date) -> Vec<BreakOfGauge> {
    let mut breaks = Vec::new();
    for connection in &study.connections {
        let segment = study
            .segments
            .iter()
            .find(|segment| segment.station_ids().any(|id| id == connection.at));
        let Some(segment) = segment else { continue };
        let corridor_mm = segment_gauge_mm(study, &segment.id, day);
        let connection_mm = f64::from(connection.gauge_mm);
        if corridor_mm != Some(connection_mm) {
            breaks.push(BreakOfGauge {
                station: connection.at.clone(),
                name: study.subject_name(&connection.at),
                connection: connection.id.clone(),
                connection_name: connection.name.en.clone(),
                corridor_mm,
                connection_mm,
            });
        }
    }
    breaks
}
