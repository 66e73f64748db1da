//! Lines as tables, on maps and in simulations: what is written is the line, and GeoJSON leads back.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test fails by panicking")]

mod lines;

use chance::property;
use lines::{line, two_planes};
use railcorridor::exchange::{chainage_csv, from_geojson_line, to_geojson_line, to_railjson};
use railcorridor::geodesy::{Coord, LonLat, UtmZone};
use railcorridor::geometry::{
    Alignment, Cant, CantPoint, Horizontal, Line, Ramp, Roll, Tangent, Transition,
};
use serde_json::{Value, json};

/// Rows of a table, each with its cells by column.
fn rows(table: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
    let row = |record: csv::Result<csv::StringRecord>| {
        record.unwrap().iter().map(str::to_owned).collect()
    };
    reader.records().map(row).collect()
}

#[test]
fn rows_of_the_table_are_the_line() {
    property(|u| {
        let line = line(u)?;
        let step_m = lines::between(u, 3.0, 300.0)?;
        let rows = rows(&chainage_csv(&line, step_m).expect("sound"));
        assert_eq!(rows[0][..3], ["distance_m", "chainage_m", "picket"]);
        let number = |cell: &String| cell.parse::<f64>().expect("a number");
        let mut before_m = -1.0;
        for row in &rows[1..] {
            let at_m = number(&row[0]);
            assert!(at_m > before_m, "in order");
            before_m = at_m;
            let here = line.alignment.at(at_m.min(line.length_m())).expect("on the line");
            // Places to 0.1 mm, distances too.
            assert!((number(&row[3]) - here.pose.coord.e_m).abs() < 1.1e-4);
            assert!((number(&row[4]) - here.pose.coord.n_m).abs() < 1.1e-4);
            let turn_deg = (number(&row[6]) - here.pose.azimuth_deg()).to_radians().sin().abs();
            assert!(turn_deg < 1e-6 && number(&row[6]) < 360.0);
            let level = here.level.expect("a profile");
            assert!((number(&row[5]) - level.height_m).abs() < 6e-5);
            assert!((number(&row[9]) - here.banking.expect("a cant").cant_m * 1e3).abs() < 1e-2);
            let jumps: Vec<f64> = line.chainage.equations().map(|jump| jump.distance_m).collect();
            if jumps.iter().all(|jump_m| (jump_m - at_m).abs() > 1e-3) {
                let within_m = at_m.min(line.length_m());
                let chainage_m = line.chainage.chainage_m(within_m).expect("on the line");
                assert!((number(&row[1]) - chainage_m).abs() < 1.1e-4);
            }
        }
        // All joints and all steps are there.
        let has = |at_m: f64| rows[1..].iter().any(|row| (number(&row[0]) - at_m).abs() < 2e-4);
        assert!(line.alignment.horizontal().joints_m().iter().all(|at_m| has(*at_m)));
        let steps = (0..).map(|step| f64::from(step) * step_m);
        assert!(steps.take_while(|at_m| *at_m <= line.length_m()).all(has));
        Ok(())
    });
}

#[test]
fn steps_that_are_none_are_refused() {
    let [line, _] = two_planes();
    for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(chainage_csv(&line, bad).is_err(), "{bad}");
    }
    assert_eq!(rows(&chainage_csv(&line, 1e6).unwrap()).len(), 3);
}

/// Whether two lines have the same numbers, to the last digit.
fn is_same(a: &Line, b: &Line) -> bool {
    let (alignment, other) = (&a.alignment, &b.alignment);
    let (plan, same) = (alignment.horizontal(), other.horizontal());
    (&a.name, a.epsg, a.gauge_mm, &a.chainage, &a.speeds_kmh)
        == (&b.name, b.epsg, b.gauge_mm, &b.chainage, &b.speeds_kmh)
        && (plan.start(), plan.start_bearing_rad(), plan.elements())
            == (same.start(), same.start_bearing_rad(), same.elements())
        && alignment.profile().map(|profile| profile.elements())
            == other.profile().map(|profile| profile.elements())
        && alignment.cant().map(|cant| cant.points()) == other.cant().map(|cant| cant.points())
}

#[test]
fn a_line_comes_back_from_geojson_to_the_last_digit() {
    property(|u| {
        let line = line(u)?;
        let tolerance_m = *u.choose(&[0.01, 1.0, 100.0])?;
        let text = to_geojson_line(&line, tolerance_m).expect("sound");
        let back = from_geojson_line(&text).expect("its own file");
        assert!(is_same(&line, &back));
        for step in 0..=20 {
            let at_m = line.length_m() * f64::from(step) / 20.0;
            let (ours, theirs) =
                (line.alignment.at(at_m).unwrap(), back.alignment.at(at_m).unwrap());
            assert_eq!(ours, theirs);
        }
        assert_eq!(text, to_geojson_line(&back, tolerance_m).expect("sound"));
        Ok(())
    });
}

#[test]
fn a_bend_that_rolls_comes_back() {
    let roll = Roll {
        centre_height_m: 1.77,
        cant_from_m: 0.01,
        cant_to_m: 0.13,
        rail_head_distance_m: 1.6,
    };
    let bend = Transition::viennese(97.3, 0.0, 1.0 / 431.0, roll).unwrap();
    let start = Coord { e_m: 421_234.567, n_m: 3_801_987.654 };
    let plan = Horizontal::new(start, 0.3, vec![bend.into()]).unwrap();
    let point = |distance_m, cant_m| CantPoint { distance_m, cant_m, ramp: Ramp::Viennese };
    let cant = Cant::new(1.6, vec![point(0.0, 0.01), point(97.3, 0.13)]).unwrap();
    let mut line = Line::new("bend", Alignment::new(plan, None, Some(cant)).unwrap()).unwrap();
    line.epsg = Some(32641);
    let back = from_geojson_line(&to_geojson_line(&line, 0.1).unwrap()).unwrap();
    assert!(is_same(&line, &back));
}

/// Longitudes and latitudes of the first feature.
fn drawn(file: &Value) -> Vec<[f64; 2]> {
    let list = file["features"][0]["geometry"]["coordinates"].as_array().unwrap();
    list.iter().map(|place| [0, 1].map(|axis| place[axis].as_f64().unwrap())).collect()
}

#[test]
fn chords_on_the_map_leave_the_line_by_no_more_than_the_tolerance() {
    property(|u| {
        let line = line(u)?;
        let tolerance_m = *u.choose(&[0.05, 0.5, 5.0])?;
        let file: Value =
            serde_json::from_str(&to_geojson_line(&line, tolerance_m).expect("sound")).unwrap();
        let zone = UtmZone::from_epsg(32641).unwrap();
        let plan = line.alignment.horizontal();
        for pair in drawn(&file).windows(2) {
            for part in 1..8 {
                let share = f64::from(part) / 8.0;
                let [lon_deg, lat_deg] =
                    [0, 1].map(|axis| pair[0][axis] + (pair[1][axis] - pair[0][axis]) * share);
                let coord = zone.forward(LonLat::new(lon_deg, lat_deg).unwrap()).unwrap();
                let foot = plan.nearest(coord).expect("finite");
                let off_m = foot.offset_m.hypot(foot.beyond_m);
                assert!(off_m <= tolerance_m * 1.001 + 2e-4, "{off_m}");
            }
        }
        Ok(())
    });
}

#[test]
fn long_tangents_are_bent_on_maps() {
    let start = Coord { e_m: 300_000.0, n_m: 6_500_000.0 };
    let tangent = Tangent::new(40_000.0).unwrap();
    let plan = Horizontal::new(start, 0.1, vec![tangent.into()]).unwrap();
    let mut line = Line::new("long", Alignment::new(plan, None, None).unwrap()).unwrap();
    line.epsg = Some(32641);
    let file: Value = serde_json::from_str(&to_geojson_line(&line, 0.1).unwrap()).unwrap();
    let zone = UtmZone::from_epsg(32641).unwrap();
    let places = drawn(&file);
    assert!(places.len() > 10);
    for pair in places.windows(2) {
        let [lon_deg, lat_deg] = [0, 1].map(|axis| 0.5 * (pair[0][axis] + pair[1][axis]));
        let coord = zone.forward(LonLat::new(lon_deg, lat_deg).unwrap()).unwrap();
        let foot = line.alignment.horizontal().nearest(coord).unwrap();
        assert!(foot.offset_m.abs() <= 0.1, "{}", foot.offset_m);
    }
}

#[test]
fn what_was_changed_or_is_not_ours_is_refused() {
    let [mut line, _] = two_planes();
    line.name = "short".into();
    let text = to_geojson_line(&line, 1.0).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let told = |file: &Value| from_geojson_line(&file.to_string()).unwrap_err().to_string();

    // What programs of maps add, and places rounded to a centimetre.
    let mut added = file.clone();
    added["crs"] = json!({"type": "name"});
    added["features"][0]["id"] = json!(7);
    let lon_deg = added["features"][0]["geometry"]["coordinates"][0][0].as_f64().unwrap();
    added["features"][0]["geometry"]["coordinates"][0][0] = json!((lon_deg * 1e7).round() / 1e7);
    assert!(from_geojson_line(&added.to_string()).is_ok());

    let changes: [(&str, &[&str], Value, &str); 6] = [
        ("moved", &["geometry", "coordinates", "0", "0"], json!(62.9), "coordinates[0][0] is 62.9"),
        ("cut", &["geometry", "coordinates"], json!([[63.0, 34.0]]), "1 entries"),
        ("longer", &["properties", "line", "elements", "0", "length_m"], json!(11.0), "is "),
        ("wild", &["properties", "line", "elements", "0", "length_m"], json!(-1.0), "length_m"),
        ("named", &["properties", "line", "name"], json!("other"), "name is"),
        ("more", &["properties", "line", "extra"], json!(1), "unknown field"),
    ];
    for (what, path, value, words) in changes {
        let mut changed = file.clone();
        let mut at = &mut changed["features"][0];
        for key in path {
            at = match key.parse::<usize>() {
                Ok(place) => &mut at[place],
                Err(_) => &mut at[*key],
            };
        }
        *at = value;
        let text = told(&changed);
        assert!(text.contains(words), "{what}: {text}");
    }
    let mut twice = file.clone();
    twice["features"] = json!([file["features"][0], file["features"][0]]);
    assert!(told(&twice).contains("more than one line"));
    let mut alone = file.clone();
    alone["features"] = json!([file["features"][0]]);
    assert!(told(&alone).contains("1 entries, not 2"));

    let foreign = json!({"type": "LineString", "coordinates": [[62.0, 34.0], [62.1, 34.0]]});
    assert!(told(&foreign).contains("Horizontal::through"));
    let feature = json!({"type": "FeatureCollection", "features": [{
        "type": "Feature", "properties": null, "geometry": foreign}]});
    assert!(told(&feature).contains("kinks"));
    for bad in ["", "{", "[]", "null", "{\"features\": 3}", "{\"features\": [null, 3]}", "\u{0}"] {
        let text = from_geojson_line(bad).unwrap_err().to_string();
        assert!(text.starts_with("the GeoJSON file"), "{text}");
    }
    assert!(from_geojson_line(&"[".repeat(1_000_000)).is_err());
}

#[test]
fn lines_that_no_map_shows_are_refused() {
    let [mut line, _] = two_planes();
    line.epsg = None;
    assert!(to_geojson_line(&line, 1.0).unwrap_err().to_string().contains("set its epsg"));
    line.epsg = Some(28406);
    assert!(to_geojson_line(&line, 1.0).unwrap_err().to_string().contains("EPSG:28406"));
    line.epsg = Some(32641);
    for bad in [0.0, -1.0, f64::NAN] {
        assert!(to_geojson_line(&line, bad).is_err() && to_railjson(&line, bad).is_err());
    }
    let start = Coord { e_m: 772_000.0, n_m: 3_800_000.0 };
    let plan = Horizontal::new(start, 0.0, vec![Tangent::new(9_000.0).unwrap().into()]).unwrap();
    let mut line = Line::new("far", Alignment::new(plan, None, None).unwrap()).unwrap();
    line.epsg = Some(32660);
    let text = to_geojson_line(&line, 1.0).unwrap_err().to_string();
    assert!(text.contains("180 degrees"), "{text}");
}

#[test]
fn gradients_and_radii_of_a_simulation_add_up_to_the_line() {
    property(|u| {
        let line = line(u)?;
        let file: Value = serde_json::from_str(&to_railjson(&line, 1.0).expect("sound")).unwrap();
        let track = &file["track_sections"][0];
        let number = |value: &Value| value.as_f64().expect("a number");
        let length_m = number(&track["length"]);
        assert_eq!(length_m, line.length_m());
        let (mut at_m, mut height_m) =
            (0.0, line.alignment.at(0.0).unwrap().level.unwrap().height_m);
        for slope in track["slopes"].as_array().unwrap() {
            // Without gaps, and at the height of the line at the end of each.
            assert_eq!(number(&slope["begin"]), at_m);
            let run_m = number(&slope["end"]) - number(&slope["begin"]);
            at_m = number(&slope["end"]);
            height_m += number(&slope["gradient"]) * 1e-3 * run_m;
            let here = line.alignment.at(at_m.min(length_m)).unwrap().level.unwrap();
            assert!((height_m - here.height_m).abs() < 1e-8, "{at_m}");
        }
        assert!((at_m - length_m).abs() < 1e-9);
        // All turning of the line, without signs.
        let curves = track["curves"].as_array().unwrap();
        assert!(curves.windows(2).all(|two| number(&two[0]["end"]) <= number(&two[1]["begin"])));
        let turn_rad: f64 = curves
            .iter()
            .map(|curve| {
                (number(&curve["end"]) - number(&curve["begin"])) / number(&curve["radius"])
            })
            .sum();
        let plan = line.alignment.horizontal();
        let elements = plan.elements().iter().map(|element| match element.turn_rad() {
            // A curve that changes its side turns there and back.
            _ if element.curvature_from_per_m() * element.curvature_to_per_m() < 0.0 => None,
            turn_rad => Some(turn_rad.abs()),
        });
        if let Some(exact_rad) = elements.sum::<Option<f64>>() {
            assert!((turn_rad - exact_rad).abs() < 1e-9 + length_m * 1e-7);
        }
        Ok(())
    });
}
