//! Cants that tilt outwards without saying so.

use crate::exchange::landxml::found::{Findings, Found};
use crate::exchange::landxml::stated::StatedCant;
use crate::finding::Severity;
use crate::geometry::{Cant, Element, Horizontal};

/// Where along an arc its cant is looked at.
const PLACES: [f64; 3] = [0.25, 0.5, 0.75];

/// Arcs within which the outer rail is the lower one, though no station there says `adverse`.
pub(in crate::exchange::landxml) fn cant(
    stated: &StatedCant,
    cant: &Cant,
    plan: &Horizontal,
    findings: &mut Findings,
) {
    let says_adverse = stated.stations.iter().any(|station| station.is_adverse);
    for ((element, (from_m, to_m)), number) in plan.pieces().zip(1..) {
        let Element::Arc(arc) = element else { continue };
        let tilts_in = |share: &f64| {
            let distance_m = from_m + share * (to_m - from_m);
            let cant_m = cant.at(distance_m).map_or(0.0, |banking| banking.cant_m);
            // Less than a millimetre is no cant.
            let is_wrong = cant_m.abs() >= 1e-3 && cant_m * arc.curvature_per_m() < 0.0;
            is_wrong.then_some((distance_m, cant_m))
        };
        let Some((distance_m, cant_m)) = PLACES.iter().find_map(tilts_in) else { continue };
        let side = if arc.curvature_per_m() > 0.0 { "left" } else { "right" };
        findings.add(Found {
            rule: "cant-sign",
            severity: if says_adverse { Severity::Note } else { Severity::Error },
            at: stated.at,
            number,
            distance_m: Some(distance_m),
            value: format!("{:.1} mm", cant_m * 1000.0),
            limit: "the outer rail higher".to_owned(),
            message: format!(
                "within element {number}, a curve to the {side}, the inner rail lies \
                 {:.1} mm higher",
                cant_m.abs() * 1000.0
            ),
        });
    }
}
