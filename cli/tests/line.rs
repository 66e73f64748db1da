//! `corridor align` and the exact lines of a study as a user types them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod folder;

use folder::{Folder, err, out};
use serde_json::Value;

/// A folder that holds the example of a line.
fn with_line(name: &str) -> Folder {
    let folder = Folder::new(name);
    let text = include_str!("../../examples/ten_kilometres.toml");
    std::fs::write(folder.0.join("line.toml"), text).unwrap();
    folder
}

#[test]
fn a_line_is_shown_with_places_and_limits() {
    let folder = with_line("align");
    let shown =
        folder.run(&["align", "line.toml", "--at", "PK 61+64.55", "--near", "425000,3803500"]);
    assert_eq!(shown.status.code(), Some(0), "{}", err(&shown));
    let text = out(&shown);
    assert!(text.contains("9,979.533 m") && text.contains("3 tangents, 4 transitions, 2 arcs"));
    // The place beside the line has its foot where the chainage stands.
    assert!(text.contains("Offset, m: -510.960") && text.contains("PK 61+64.550"), "{text}");

    let held = folder.run(&["align", "line.toml", "--standard", "1520-mixed-120", "--json"]);
    assert_eq!(held.status.code(), Some(3), "a limit is not kept");
    let json: Value = serde_json::from_slice(&held.stdout).unwrap();
    let rows = json["compliance"]["rows"].as_array().unwrap();
    assert_eq!(rows[0]["worst"]["value"].as_f64().unwrap().round(), 600.0);
    assert!(err(&held).contains("the limit is unverified"), "{}", err(&held));

    let page = folder.run(&["align", "line.toml", "--output", "line.html"]);
    assert_eq!(page.status.code(), Some(0), "{}", err(&page));
    let html = folder.read("line.html");
    assert!(html.contains("<svg class=\"line-strip\"") && has_its_pairs(&html));
    let again = folder.run(&["align", "line.toml", "--output", "line.html"]);
    assert!(again.status.code() == Some(1) && err(&again).contains("--force"));
}

/// Whether the page is well-formed, as far as tags go in pairs.
fn has_its_pairs(html: &str) -> bool {
    html.matches("<section").count() == html.matches("</section>").count()
        && html.matches("<g>").count() == html.matches("</g>").count()
}

#[test]
fn what_cannot_be_is_refused_with_its_place() {
    let folder = with_line("align-bad");
    let asked = |arguments: &[&str]| {
        let output = folder.run(arguments);
        (output.status.code(), err(&output))
    };
    let (code, words) = asked(&["align", "line.toml", "--at", "PK 200+00"]);
    assert!(code == Some(1) && words.contains("it stands nowhere on this line"), "{words}");
    let (code, words) = asked(&["align", "line.toml", "--near", "here"]);
    assert!(code == Some(2) && words.contains("give east and north"), "{words}");
    let (code, words) = asked(&["align", "line.toml", "--standard", "1520-mixed-12"]);
    assert!(code == Some(1) && words.contains("did you mean \"1520-mixed-120\""), "{words}");
    let (code, words) = asked(&["align", "none.toml"]);
    assert!(code == Some(1) && words.contains("cannot read none.toml"), "{words}");
    let text = folder.read("line.toml").replace("radius_m = 800", "radius_m = 80000");
    std::fs::write(folder.0.join("bad.toml"), text).unwrap();
    let (code, words) = asked(&["align", "bad.toml"]);
    assert!(code == Some(1) && words.contains("bad.toml:") && words.contains("smaller radius"));
}

#[test]
fn a_study_shows_the_line_that_a_segment_carries() {
    let folder = with_line("carried");
    let from_to = ["--from", "62.1,34.33", "--to", "62.19,34.38"];
    let made = folder.run(&[&["new", "Test line", "-o", "st.toml"][..], &from_to].concat());
    assert_eq!(made.status.code(), Some(0), "{}", err(&made));
    let study = folder.read("st.toml");
    let study = study.replacen("[[segment]]\n", "[[segment]]\nalignment = \"line.toml\"\n", 1);
    std::fs::write(folder.0.join("st.toml"), study).unwrap();
    let page = folder.run(&["report", "st.toml", "--as-of", "2026-01-01", "-o", "page.html"]);
    assert_eq!(page.status.code(), Some(0), "{}", err(&page));
    let html = folder.read("page.html");
    assert!(html.contains("The line as designed: Ten kilometres") && html.contains("line-strip"));
}

#[test]
fn lines_go_from_format_to_format_and_come_back() {
    let folder = with_line("convert");
    for name in ["a.xml", "a.ifc", "a.geojson", "a.csv", "a.railjson"] {
        let written = folder.run(&["convert", "line.toml", name]);
        assert_eq!(written.status.code(), Some(0), "{name}: {}", err(&written));
    }
    // By way of the map the same file comes out.
    assert_eq!(folder.run(&["convert", "a.geojson", "b.xml"]).status.code(), Some(0));
    let elements = |name: &str| {
        let text = folder.read(name);
        let begin = text.find("<CoordGeom").unwrap();
        text[begin..text.find("</CoordGeom").unwrap()].to_owned()
    };
    assert_eq!(elements("a.xml"), elements("b.xml"));
    let exported = folder.run(&["export", "line.toml", "--format", "landxml"]);
    assert_eq!(out(&exported), folder.read("a.xml"));
    for (arguments, code, expected) in [
        (&["convert", "a.ifc", "c.xml"][..], 1, "is written, not read"),
        (&["convert", "a.xml", "a.csv"], 1, "--force"),
        (&["convert", "a.xml", "a.dwg"], 1, "no format of lines"),
        (&["export", "a.xml", "--format", "dwg"], 2, "landxml, ifc, geojson"),
        (&["align", "a.xml", "--line", "B"], 2, "\"Ten kilometres\""),
    ] {
        let output = folder.run(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains(expected), "{arguments:?}: {}", err(&output));
    }
    assert!(!folder.names().contains(&"c.xml".to_owned()), "no file is left of what failed");
}

#[test]
fn a_curve_to_the_wrong_side_is_found_and_left() {
    let folder = with_line("lint");
    folder.run(&["convert", "line.toml", "a.xml"]);
    let sound = folder.run(&["check", "a.xml"]);
    assert_eq!(sound.status.code(), Some(0), "{}", err(&sound));
    let text = folder.read("a.xml").replace("<Curve rot=\"ccw\"", "<Curve rot=\"cw\"");
    std::fs::write(folder.0.join("w.xml"), text).unwrap();
    let wrong = folder.run(&["check", "w.xml"]);
    assert_eq!(wrong.status.code(), Some(3));
    assert!(out(&wrong).contains("[curve-sign:"), "{}", out(&wrong));
    let json = folder.run(&["check", "w.xml", "--json"]);
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["tables"][0]["id"], "line-findings");
    let map = "{\"type\":\"LineString\",\"coordinates\":[[1,2],[3,4]]}";
    std::fs::write(folder.0.join("p.geojson"), map).unwrap();
    let drawn = folder.run(&["check", "p.geojson"]);
    assert!(
        drawn.status.code() == Some(1) && err(&drawn).contains("with kinks"),
        "{}",
        err(&drawn)
    );
}
