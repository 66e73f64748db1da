//! Drainage of the embedded terrain against areas computed elsewhere, at 19 crossings of streams.
#![cfg(feature = "turgundi")]

use railcorridor::geodesy::LonLat;
use railcorridor::terrain::{Drainage, globe_30s};
use serde::Deserialize;

/// One crossing of `data/terrain/proxy_crossings.json`.
#[derive(Deserialize)]
struct Crossing {
    chain_km: f64,
    lat_deg: f64,
    lon_deg: f64,
    reach_start_km2: f64,
    reach_end_km2: f64,
}

/// Where the basin reaches beyond the east edge of the embedded terrain.
const CUT_OFF: f64 = 641.4;

#[test]
fn drainage_areas_agree_within_15_percent() {
    let grid = globe_30s().unwrap();
    let drainage = Drainage::of(&grid).unwrap();
    let text = include_str!("../data/terrain/proxy_crossings.json");
    let crossings: Vec<Crossing> = serde_json::from_str(text).unwrap();
    let mut checked = 0;
    for crossing in crossings.iter().filter(|crossing| crossing.chain_km != CUT_OFF) {
        let place = LonLat { lon_deg: crossing.lon_deg, lat_deg: crossing.lat_deg };
        let (row, col) = grid.row_col_cells(place);
        let (row, col) = (row.round() as usize, col.round() as usize);
        let (low_km2, high_km2) = (0.85 * crossing.reach_start_km2, 1.15 * crossing.reach_end_km2);
        // The place may lie a node beside the bed.
        let around = (row - 1..=row + 1).flat_map(|row| (col - 1..=col + 1).map(move |c| (row, c)));
        let areas_km2: Vec<f64> =
            around.filter_map(|(row, col)| drainage.area_km2(row, col)).collect();
        let found = areas_km2.iter().any(|area_km2| (low_km2..=high_km2).contains(area_km2));
        assert!(found, "{} km: {low_km2} to {high_km2}, not {areas_km2:?}", crossing.chain_km);
        checked += 1;
    }
    assert_eq!(checked, 18);
}
