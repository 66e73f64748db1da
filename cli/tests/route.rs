//! `corridor route`: ways, their pages and files, and what bars them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod folder;

use folder::{Folder, err, out};

#[test]
fn a_way_is_found_and_drawn() {
    let folder = Folder::new("route");
    let ends = ["--from", "65.71013,31.61332", "--to", "66.40001,31.00575"];
    folder.run(&[&["new"], &ends[..], &["Kandahar-Spin Boldak", "--output", "k.toml"]].concat());
    let way = ["route", "k.toml", "--terrain", "builtin:globe-30s"];
    let text = folder.run(&[&way[..], &["--gradient", "18"]].concat());
    assert_eq!(text.status.code(), Some(0), "{}", err(&text));
    assert!(out(&text).contains("97.9"), "{}", out(&text));
    for more in [&["--radius", "300"][..], &["--time-limit", "600"]] {
        let same = folder.run(&[&way[..], &["--gradient", "18"], more].concat());
        assert!(out(&same).contains("97.9"), "{more:?}: {}{}", out(&same), err(&same));
        assert!(!err(&same).contains("stopped"), "{more:?}: {}", err(&same));
    }
    let lines = folder.run(&[&way[..], &["--gradient", "18", "--output", "k.geojson"]].concat());
    assert_eq!(lines.status.code(), Some(0), "{}", err(&lines));
    let json = std::fs::read_to_string(folder.0.join("k.geojson")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["features"][0]["geometry"]["type"], "LineString");
    let sweep = folder.run(&[&way[..], &["--sweep", "12,18"]].concat());
    for words in ["Length by ruling gradient", "Chosen way by ruling gradient", "12-18"] {
        assert!(out(&sweep).contains(words), "{words} in {}", out(&sweep));
    }
    // What the time does not allow is told, and what is there is shown.
    for (question, words) in [
        (&["--sweep", "12,18"][..], "not in time"),
        (&["--gradient", "18", "--alternatives"], "stopped with 0 ways found"),
    ] {
        let early = folder.run(&[&way[..], question, &["--time-limit", "0.001"]].concat());
        assert_eq!(early.status.code(), Some(0), "{}", err(&early));
        let both = format!("{}{}", out(&early), err(&early));
        assert!(both.contains(words), "{both}");
    }
    for (bad, words) in [
        (&["--gradient", "-5"][..], "gradient_permille = -5"),
        (&["--gradient", "nan"], "gradient_permille"),
        (&[], "--gradient"),
        (&["--sweep", "12,x"], "10,12,15"),
        (&["--sweep", "12,500"], "0 to 200"),
        (&["--sweep", "12", "--gradient", "18"], "leave out --gradient"),
        (&["--sweep", "12", "--alternatives"], "ask one"),
        (&["--sweep", "12", "--output", "s.geojson"], "leave out --sweep"),
        (&["--gradient", "18", "--radius", "1e9"], "0 to 100000"),
        (&["--gradient", "18", "--radius", "40000"], "smaller radius"),
        (&["--gradient", "18", "--time-limit", "-1"], "such as 10"),
        (&["--gradient", "18", "--time-limit", "soon"], "such as 10"),
        (&["--gradient", "18", "--memory-limit", "1"], "the limit is 1000000 bytes"),
        (&["--alternatives", "0"], "1 to 20"),
        (&["--alternatives", "k.toml"], "before --alternatives"),
    ] {
        let output = folder.run(&[&way[..], bad].concat());
        assert_ne!(output.status.code(), Some(0), "{bad:?}");
        assert!(err(&output).contains(words), "{bad:?}: {}", err(&output));
    }
    let nowhere = folder.run(&["route", "k.toml", "--terrain", "no.tif", "--gradient", "18"]);
    assert!(err(&nowhere).contains("no.tif"), "{}", err(&nowhere));
}

/// A map of one feature.
fn map(properties: &str, geometry: &str, coordinates: &str) -> String {
    format!(
        r#"{{"type": "Feature", "properties": {{{properties}}},
            "geometry": {{"type": "{geometry}", "coordinates": {coordinates}}}}}"#
    )
}

#[test]
fn zones_and_terrain_files_bear_on_the_way() {
    let folder = Folder::new("zones");
    let ends = ["--from", "62.2,34.5", "--to", "62.6,34.5"];
    folder.run(&[&["new"], &ends[..], &["Over a plain", "--output", "plain.toml"]].concat());
    // A tile of 3 arc-seconds at 500 m.
    let plain: Vec<u8> =
        std::iter::repeat_n(500_i16.to_be_bytes(), 1201 * 1201).flatten().collect();
    std::fs::write(folder.0.join("N34E062.hgt"), plain).unwrap();
    let box_at = |west: f64, east: f64| {
        format!(
            "[[[{west}, 34.4], [{east}, 34.4], [{east}, 34.6], [{west}, 34.6], [{west}, 34.4]]]"
        )
    };
    let slide = r#""id": "slide", "kind": "geohazard", "factor_ratio": 1.0"#;
    let maps = [
        ("slide.geojson", map(slide, "Polygon", &box_at(62.3, 62.4))),
        (
            "yard.geojson",
            map(r#""id": "yard", "kind": "forbidden""#, "Polygon", &box_at(62.59, 62.61)),
        ),
        ("far.geojson", map(r#""id": "far", "kind": "forbidden""#, "Polygon", &box_at(80.0, 80.1))),
        (
            "bad.geojson",
            map(r#""kind": "avoid", "factor_ratio": -1"#, "Polygon", &box_at(62.3, 62.4)),
        ),
    ];
    for (name, text) in maps {
        std::fs::write(folder.0.join(name), text).unwrap();
    }
    let way = ["route", "plain.toml", "--gradient", "10", "--terrain-step", "0.01"];
    let found = folder.run(&[&way[..], &["--terrain", ".", "--zones", "slide.geojson"]].concat());
    assert_eq!(found.status.code(), Some(0), "{}", err(&found));
    // A tenth of a degree on 34.5 N is 9.2 km, a quarter of the way.
    assert!(out(&found).contains("Geohazards on the way"), "{}", out(&found));
    let row = out(&found).lines().find(|line| line.contains("slide")).unwrap().to_owned();
    assert!(row.contains("9.2") && row.contains("25.0"), "{row}");
    let both = ["--terrain", "N34E062.hgt", "--zones", "slide.geojson", "far.geojson"];
    let beyond = folder.run(&[&way[..], &both].concat());
    assert_eq!(beyond.status.code(), Some(0), "{}", err(&beyond));
    assert!(err(&beyond).contains("note: zone far lies beyond"), "{}", err(&beyond));
    for (bad, words) in [
        (&["--terrain", ".", "--zones", "yard.geojson"][..], "zone yard: is forbidden"),
        (&["--terrain", ".", "--zones", "bad.geojson"], "feature 0: factor_ratio = -1"),
        (&["--terrain", ".", "--zones", "no.geojson"], "cannot read no.geojson"),
        (&["--terrain", ".", "plain.toml"], "plain.toml is a study: name it first"),
        (&["--terrain", "builtin:globe-30s", "--terrain-step", "0"], "step_deg"),
    ] {
        let output = folder.run(&[&way[..4], bad].concat());
        assert_ne!(output.status.code(), Some(0), "{bad:?}");
        assert!(err(&output).contains(words), "{bad:?}: {}", err(&output));
    }
}

#[test]
fn figures_and_ways_that_differ() {
    let folder = Folder::new("ways");
    let ends = ["--from", "65.71013,31.61332", "--to", "66.40001,31.00575"];
    folder.run(&[&["new"], &ends[..], &["Kandahar-Spin Boldak", "--output", "k.toml"]].concat());
    let way = ["route", "k.toml", "--terrain", "builtin:globe-30s", "--gradient", "18"];
    let short = out(&folder.run(&way));
    assert!(short.contains("80 %") && !short.contains("Deepest cut"), "{short}");
    assert!(short.lines().count() < 15, "{short}");
    let long = out(&folder.run(&[&way[..], &["--figures"]].concat()));
    assert!(long.starts_with(&short), "{long}");
    for words in ["Deepest cut", "Longest tunnel, m", "Gradient, permille", "Rails above"] {
        assert!(long.contains(words), "{words} in {long}");
    }
    let read = |name: &str| std::fs::read_to_string(folder.0.join(name)).unwrap();
    let json = out(&folder.run(&[&way[..], &["--json"]].concat()));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let figures = &json["routes"][0]["figures"];
    assert!(figures["built_length"]["low_m"].as_f64() < figures["built_length"]["high_m"].as_f64());
    assert_eq!(json["gradient_permille"], 18.0);
    let two = [&way[..], &["--alternatives", "2"]].concat();
    let text = out(&folder.run(&two));
    for words in ["Ways that differ at 18 permille", "At most 2 a leg", "1.00", "Shared"] {
        assert!(text.contains(words), "{words} in {text}");
    }
    folder.run(&[&two[..], &["--output", "k.geojson"]].concat());
    let lines: serde_json::Value = serde_json::from_str(&read("k.geojson")).unwrap();
    let ranks: Vec<_> = lines["features"].as_array().unwrap().iter().collect();
    assert_eq!(ranks.len(), 2);
    assert_eq!(ranks[1]["properties"]["rank"], 2);
    // One way is drawn on a map of the whole, several on one of their leg, over the terrain named.
    for (asked, title) in
        [(&way[..], "Map of the corridor</h2>"), (&two, ": 2 ways that differ</h2>")]
    {
        folder.run(&[asked, &["--output", "ways.html", "--force"]].concat());
        let page = read("ways.html");
        for words in ["<image", "Terrain: GLOBE", title] {
            assert_eq!(page.matches(words).count(), 1, "{words}");
        }
    }
    let mut report = two.clone();
    report[0] = "report";
    let output = folder.run(&[&report[..], &["--output", "k.html"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let page = read("k.html");
    for words in ["figure class=\"leg\"", "way way-2", "id=\"route-figures\"", "80 % band"] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn a_blocked_way_is_told_with_what_opens_it() {
    let folder = Folder::new("blocked");
    let ends = ["--from", "65.71013,31.61332", "--to", "66.40001,31.00575"];
    folder.run(&[&["new"], &ends[..], &["Kandahar-Spin Boldak", "--output", "k.toml"]].concat());
    let way = ["route", "k.toml", "--terrain", "builtin:globe-30s", "--gradient", "0"];
    let blocked = folder.run(&way);
    assert_eq!(blocked.status.code(), Some(1));
    for words in ["nothing under 0 permille", " of 1,2", " N ", "permille would open it"] {
        assert!(err(&blocked).contains(words), "{words} in {}", err(&blocked));
    }
}
