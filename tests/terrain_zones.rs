//! Zones on the embedded terrain: its own streams as rivers, and a study's zones from their file.
#![cfg(feature = "turgundi")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use railcorridor::geodesy::LonLat;
use railcorridor::model::Study;
use railcorridor::terrain::{
    Drainage, FlatArea, Zone, ZoneKind, ZoneRaster, ZoneRule, crossing_cost_m, flat_areas,
    globe_30s,
};

/// What the straight way from node to node pays for crossings, by moves along columns or rows.
fn paid_m(raster: &ZoneRaster, nodes: &[(usize, usize)]) -> f64 {
    let of = |pair: &[(usize, usize)]| {
        let by = |from: usize, to: usize| i8::try_from(to.cast_signed() - from.cast_signed());
        let (down, right) = (by(pair[0].0, pair[1].0).unwrap(), by(pair[0].1, pair[1].1).unwrap());
        raster.crossing_m(pair[0], (down, right))
    };
    nodes.windows(2).map(of).sum()
}

#[test]
fn the_great_rivers_are_charged_where_the_line_crosses_them() {
    let grid = globe_30s().unwrap();
    let drainage = Drainage::of(&grid).unwrap();
    let zone = Zone::of_streams("streams", &grid, &drainage, 500.0).unwrap();
    let raster = ZoneRaster::new(&grid, &[zone]).unwrap();
    assert!(raster.crossings.len() > 10_000, "{}", raster.crossings.len());
    // The Hari Rud south of Herat, the Helmand at Gereshk: across on a meridian.
    for (lon_deg, lat_deg, least_km2, most_km2) in
        [(62.2131, 34.2833, 24_000.0, 28_000.0), (64.5701, 31.8223, 50_000.0, 65_000.0)]
    {
        let (row, col) = grid.row_col_cells(LonLat { lon_deg, lat_deg });
        let (row, col) = (row.round() as usize, col.round() as usize);
        // Six kilometres either way of the bed.
        let walk: Vec<(usize, usize)> = (row - 6..=row + 6).map(|row| (row, col)).collect();
        let there = paid_m(&raster, &walk);
        let back: Vec<(usize, usize)> = walk.iter().rev().copied().collect();
        assert_eq!(there, paid_m(&raster, &back));
        // Once for the river itself; a winding bed or a tributary may be met as well.
        assert!(there >= crossing_cost_m(least_km2), "{there} m at {lat_deg}");
        assert!(there <= 2.5 * crossing_cost_m(most_km2), "{there} m at {lat_deg}");
    }
}

#[test]
fn zones_of_a_study_come_from_its_folder() {
    let folder = std::env::temp_dir().join(format!("railcorridor-zones-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let rivers = r#"{"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"upstream_km2": 1000, "crossing_cost_m": 1},
         "geometry": {"type": "LineString", "coordinates": [[62.0, 34.302], [63.0, 34.302]]}}]}"#;
    std::fs::write(folder.join("rivers.geojson"), rivers).unwrap();
    let mut study = Study::turgundi().unwrap();
    let zones = r#"
        [[zone]]
        id = "rivers"
        kind = "river"
        file = "rivers.geojson"
        drainage_area_property = "upstream_km2"
        reason = "drawn for this test"
        [[zone]]
        id = "old-town"
        name = "Old town of Herat"
        kind = "forbidden"
        polygon_deg = [[62.18, 34.33], [62.20, 34.33], [62.20, 34.35], [62.18, 34.33]]
        reason = "drawn for this test"
        "#;
    study = Study::from_toml_str(&(study.to_toml() + zones)).unwrap();
    assert_eq!(study.zone("old-town").unwrap().name.as_ref().unwrap().en, "Old town of Herat");
    assert_eq!(Study::from_toml_str(&study.to_toml()).unwrap(), study);
    let grid = globe_30s().unwrap();
    let raster = ZoneRaster::new(&grid, &study.zones_on_terrain(&folder).unwrap()).unwrap();
    assert!(raster.beyond.is_empty());
    let closed = raster.friction_ratio.iter().filter(|ratio| ratio.is_infinite()).count();
    assert!((6..=12).contains(&closed), "{closed}");
    // 34.302 N lies between rows 323 and 324; 62.5 E is column 300.
    let charged_m = raster.crossing_m((323, 300), (1, 0));
    assert!((charged_m - crossing_cost_m(1000.0)).abs() < 1e-3, "{charged_m}");
    std::fs::remove_dir_all(&folder).unwrap();
    let message = study.zones_on_terrain(&folder).unwrap_err().to_string();
    assert!(message.contains("rivers.geojson"), "{message}");
}

/// Waters that any map shows: name, place, and what the terrain model makes of them.
#[test]
fn lakes_and_reservoirs_are_offered_as_water() {
    let grid = globe_30s().unwrap();
    let waters: Vec<FlatArea> =
        flat_areas(&grid, 20.0).into_iter().filter(FlatArea::is_like_water).collect();
    for (name, lon_deg, lat_deg, height_m) in [
        ("Ab-i Istada", 67.90, 32.48, 1968.0),
        ("Kajaki reservoir", 65.18, 32.33, 991.0),
        ("Dahla reservoir", 65.88, 31.88, 1116.0),
        ("Hamun-i Puzak", 61.78, 31.35, 470.0),
    ] {
        let (row, col) = grid.row_col_cells(LonLat { lon_deg, lat_deg });
        let near = |water: &&FlatArea| {
            let close = |at: usize, to: f64| (at as f64 - to).abs() <= 6.0;
            water.cells.iter().any(|(r, c)| close(*r, row) && close(*c, col))
        };
        let water = waters.iter().find(near).unwrap_or_else(|| panic!("{name} is missing"));
        assert_eq!(water.height_m, height_m, "{name}");
        // As a zone it closes its own cells and no others.
        let rule = ZoneRule { kind: ZoneKind::Forbidden, ..ZoneRule::default() };
        let zone = Zone::of_polygons("water", &rule, water.outline(&grid).unwrap()).unwrap();
        let raster = ZoneRaster::new(&grid, &[zone]).unwrap();
        let closed = raster.friction_ratio.iter().filter(|ratio| ratio.is_infinite()).count();
        assert_eq!(closed, water.cells.len(), "{name}");
    }
}
