//! Drainage of the embedded terrain against areas computed elsewhere, at 19 crossings of streams.
#![cfg(feature = "turgundi")]

use railcorridor::geodesy::LonLat;
use railcorridor::terrain::{Drainage, Grid, globe_30s, read_geojson};
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
        let (low_km2, high_km2) = (0.85 * crossing.reach_start_km2, 1.15 * crossing.reach_end_km2);
        // The place may lie a node beside the bed.
        let areas_km2 = areas_around_km2(&grid, &drainage, place);
        let found = areas_km2.iter().any(|area_km2| (low_km2..=high_km2).contains(area_km2));
        assert!(found, "{} km: {low_km2} to {high_km2}, not {areas_km2:?}", crossing.chain_km);
        checked += 1;
    }
    assert_eq!(checked, 18);
}

/// Reaches derived elsewhere, on a wider cut of the same heights.
///
/// Where all water stays on the cut here, along the corridor, the beds are the same. Around it
/// lie closed basins (Sistan), whose spills depend on the cut, and rivers that come from beyond it.
#[test]
fn streams_run_where_they_were_found_elsewhere() {
    let grid = globe_30s().unwrap();
    let drainage = Drainage::of(&grid).unwrap();
    let bytes = include_bytes!("reference/terrain/streams_gt500km2.geojson");
    let reaches = read_geojson(bytes, "streams_gt500km2.geojson").unwrap();
    let everywhere = ([60.2, 67.8], [29.7, 36.8]);
    let along_the_corridor = ([62.0, 67.0], [32.0, 36.0]);
    for ((lon_deg, lat_deg), least, on_bed_share, of_area_share) in
        [(everywhere, 20_000, 0.86, 0.77), (along_the_corridor, 6_000, 0.98, 0.98)]
    {
        let (mut within, mut on_bed, mut of_area) = (0_u32, 0_u32, 0_u32);
        for reach in &reaches {
            let area = |key: &str| reach.properties.get(key).and_then(serde_json::Value::as_f64);
            let (start_km2, end_km2) =
                (area("upstream_km2").unwrap(), area("downstream_km2").unwrap());
            for place in reach.lines.iter().flatten() {
                let inside = (lon_deg[0]..lon_deg[1]).contains(&place.lon_deg)
                    && (lat_deg[0]..lat_deg[1]).contains(&place.lat_deg);
                if !inside {
                    continue;
                }
                within += 1;
                // The places are rounded to metres: the node, or one beside it.
                let areas_km2 = areas_around_km2(&grid, &drainage, *place);
                on_bed += u32::from(areas_km2.iter().any(|km2| *km2 >= 450.0));
                let close = |km2: &f64| (0.85 * start_km2..=1.15 * end_km2).contains(km2);
                of_area += u32::from(areas_km2.iter().any(close));
            }
        }
        let share = |count: u32| f64::from(count) / f64::from(within);
        let words = format!("{on_bed} on a bed, {of_area} of the same area, of {within}");
        assert!(within > least, "{words}");
        assert!(share(on_bed) >= on_bed_share && share(of_area) >= of_area_share, "{words}");
    }
}

/// Drainage areas of the nine nodes about a place, km2.
fn areas_around_km2(grid: &Grid, drainage: &Drainage, place: LonLat) -> Vec<f64> {
    let (row, col) = grid.row_col_cells(place);
    let (row, col) = (row.round() as usize, col.round() as usize);
    let around = (row - 1..=row + 1).flat_map(|row| (col - 1..=col + 1).map(move |c| (row, c)));
    around.filter_map(|(row, col)| drainage.area_km2(row, col)).collect()
}
