//! A designed line as JSON.

use serde_json::{Value, json};

use crate::design::{Track, Works};

/// A designed line with its figures, structures, bill and findings.
#[must_use]
pub fn track_json(track: &Track) -> Value {
    let [climb_m, fall_m] = track.climbs_m();
    let structures: Vec<Value> = track
        .structures
        .iter()
        .map(|structure| {
            json!({
                "works": structure.works.word(),
                "from_m": structure.from_m,
                "to_m": structure.to_m,
            })
        })
        .collect();
    let band = track.cost_band();
    let mut told = json!({
        "segment": track.segment,
        "epsg": track.line.epsg,
        "length_m": track.length_m(),
        "climb_m": climb_m,
        "fall_m": fall_m,
        "summit_m": track.summit().map(|at| at.level_m),
        "least_radius_m": track.least_radius_m(),
        "curve_count": track.curves.len(),
        "turn_rad": track.turn_rad(),
        "tunnel_m": track.structures_of(Works::Tunnel).1,
        "bridge_m": track.structures_of(Works::Bridge).1,
        "structures": structures,
        "crossings": track.crossings,
        "loops_m": track.loops_m,
        "earth": track.earth,
        "haul_m3_m": track.haul.haul_m3_m,
        "borrow_m3": track.haul.borrow_m3(),
        "waste_m3": track.haul.waste_m3(),
        "bill": track.bill,
        "total_usd": track.bill.total_usd(),
        "quantiles_usd": track.quantiles_usd(&[0.1, 0.5, 0.8, 0.9]),
        "region_musd": [band.low_musd, band.high_musd],
        "profile_cost_usd": track.cost_usd,
        "profile_bound_usd": track.bound_usd,
        "volume_band": track.band,
        "rounds": track.rounds,
        "was_stopped": track.was_stopped,
        "findings": track.all_findings().collect::<Vec<_>>(),
    });
    if let (Some(map), false) = (told.as_object_mut(), track.hazards.is_empty()) {
        map.insert("hazards".to_owned(), json!(track.hazards));
    }
    if let (Some(map), Some(operation)) = (told.as_object_mut(), track.operation) {
        map.insert("operation".to_owned(), json!(operation));
    }
    told
}
