//! Each mistake in a file is told, with its place and how much it matters.

use railcorridor::Severity::{self, Error, Note, Warning};
use railcorridor::exchange::from_landxml;

use super::reading::{CURVE, EQUATION};

/// The text with the first of something behind an element's name replaced.
fn edited(text: &str, element: &str, from: &str, to: &str) -> String {
    let at = text.find(&format!("name=\"{element}\"")).unwrap();
    let (before, behind) = text.split_at(at);
    assert!(behind.contains(from), "{element} {from}");
    format!("{before}{}", behind.replacen(from, to, 1))
}

/// The text with a point of an element moved.
fn moved(text: &str, element: &str, point: &str, by: [f64; 2]) -> String {
    let at = text.find(&format!("name=\"{element}\"")).unwrap();
    let open = format!("<{point}>");
    let from = at + text[at..].find(&open).unwrap() + open.len();
    let to = from + text[from..].find('<').unwrap();
    let numbers: Vec<f64> = text[from..to].split(' ').map(|part| part.parse().unwrap()).collect();
    let moved = format!("{:.6} {:.6}", numbers[0] + by[0], numbers[1] + by[1]);
    format!("{}{moved}{}", &text[..from], &text[to..])
}

/// Rules and severities of what is found, each once; how many lines were made.
fn found(text: &str) -> (Vec<(&'static str, Severity)>, usize) {
    let file = from_landxml(text).unwrap();
    let mut found: Vec<(&str, Severity)> =
        file.findings.iter().map(|finding| (finding.rule, finding.severity)).collect();
    for finding in &file.findings {
        assert!(finding.message.starts_with("line "), "{finding}");
        assert!(finding.id.starts_with(finding.rule), "{finding}");
    }
    found.sort_unstable();
    found.dedup();
    (found, file.lines.len())
}

#[test]
fn each_mistake_has_its_finding() {
    let edit = |element: &str, from: &str, to: &str| edited(CURVE, element, from, to);
    let whole = |from: &str, to: &str| {
        assert!(CURVE.contains(from), "{from}");
        CURVE.replacen(from, to, 1)
    };
    let length = |value: &str| edit("H3", "length=\"120.000000\"", value);
    for (text, rule, severity) in [
        (moved(CURVE, "H5", "Start", [0.005, 0.0]), "line-gap", Warning),
        (moved(CURVE, "H5", "Start", [0.05, 0.0]), "line-gap", Error),
        (moved(CURVE, "H5", "Start", [0.005, 0.0]), "length-disagrees", Warning),
        (moved(CURVE, "H5", "End", [0.0, 1.0]), "line-kink", Warning),
        (moved(CURVE, "H5", "End", [0.0, 10.0]), "line-kink", Error),
        (moved(CURVE, "H5", "End", [0.0, 1.0]), "chain-off", Error),
        (moved(CURVE, "H5", "End", [0.0, 1.0]), "direction-disagrees", Warning),
        (moved(CURVE, "H3", "Center", [0.005, 0.005]), "radius-disagrees", Warning),
        (moved(CURVE, "H3", "PI", [5.0, 5.0]), "intersection-off", Warning),
        (edit("H3", "rot=\"ccw\"", "rot=\"cw\""), "curve-sign", Error),
        (edit("H3", "radius=\"300.0", "radius=\"305.0"), "radius-disagrees", Error),
        (edit("H3", "radius=\"300.0", "radius=\"305.0"), "spiral-radius-disagrees", Error),
        (edit("H2", "radiusEnd=\"300.0", "radiusEnd=\"300.9"), "spiral-radius-disagrees", Warning),
        (edit("H2", "radiusStart=\"INF", "radiusStart=\"5000"), "spiral-radius-disagrees", Error),
        (length("length=\"121.0\""), "length-disagrees", Error),
        (length("length=\"121.0\""), "station-disagrees", Error),
        (edit("H3", "chord=\"119.", "chord=\"118."), "chord-disagrees", Warning),
        (edit("H3", "delta=\"22.", "delta=\"23."), "angle-disagrees", Warning),
        (edit("H2", "theta=\"5.", "theta=\"6."), "angle-disagrees", Warning),
        (edit("H1", "dir=\"30.0", "dir=\"30.1"), "direction-disagrees", Warning),
        (edit("H5", "staStart=\"440.0", "staStart=\"441.0"), "station-disagrees", Error),
        (edit("curve", "length=\"640.0", "length=\"640.5"), "length-disagrees", Warning),
        (edit("designed", "200.0 902.0", "-10.0 902.0"), "profile-backwards", Error),
        (edit("designed", "length=\"100.0", "length=\"500.0"), "profile-overlap", Error),
        (edit("designed", "length=\"60.0", "length=\"70.0"), "profile-curve-disagrees", Error),
        (edit("designed", "640.0 902.4", "600.0 902.0"), "profile-reach", Error),
        (edit("designed", "640.0 902.4", "639.995 902.4"), "profile-reach", Warning),
        (whole("<PVI>0.0 900.0</PVI>", ""), "profile-end", Error),
        (edit("cant", "80.0\" curvature=\"ccw", "80.0\" curvature=\"cw"), "cant-sign", Error),
        (edit("cant", "station=\"260.0", "station=\"150.0"), "cant-backwards", Error),
        (edit("cant", "appliedCant=\"0.0", "appliedCant=\"20.0"), "cant-reach", Error),
        (edit("cant", "Type=\"clothoid", "Type=\"cubic"), "cant-ramp-unknown", Error),
        (
            edit("cant", "<SpeedStation station=\"0.0", "<SpeedStation station=\"300.0"),
            "speed-backwards",
            Error,
        ),
    ] {
        let (found, lines) = found(&text);
        assert!(found.contains(&(rule, severity)), "{rule}: {found:?}\n{text}");
        assert_eq!(lines, 1, "{rule}");
    }
}

#[test]
fn what_makes_no_line_leaves_it_out_and_says_why() {
    let edit = |element: &str, from: &str, to: &str| edited(CURVE, element, from, to);
    let equation = |from: &str, to: &str| EQUATION.replace(from, to);
    for (text, rule) in [
        (edit("H2", "spiType=\"clothoid", "spiType=\"radioid"), "spiral-unknown"),
        (edit("H2", "spiType=\"clothoid", "spiType=\"spline"), "spiral-unknown"),
        (edit("curve", "<CoordGeom>", "<CoordGeom><Chain>1</Chain>"), "element-unknown"),
        (
            CURVE.replacen("<Start>", "<Begin>", 1).replacen("</Start>", "</Begin>", 1),
            "point-missing",
        ),
        (equation("staInternal=\"876.2721", "staInternal=\"8760.0"), "equation-off"),
        (equation("staInternal=\"876.2721", "staInternal=\"-200.0"), "equation-off"),
    ] {
        // A second alignment is read all the same, and its findings told.
        let from = CURVE.find("  <Alignment ").unwrap();
        let to = CURVE.find(" </Alignments>").unwrap();
        let second = CURVE[from..to].replace("name=\"curve\"", "name=\"second\"");
        let text = text.replace(" </Alignments>", &format!("{second} </Alignments>"));
        let file = from_landxml(&text).unwrap();
        let found = file.findings.iter().find(|finding| finding.rule == rule);
        let found = found.unwrap_or_else(|| panic!("{rule}: {:?}", file.findings));
        assert_eq!(found.severity, Error);
        assert!(found.message.ends_with("the line is left out"), "{found}");
        let names: Vec<&str> = file.lines.iter().map(|line| line.name.as_str()).collect();
        assert_eq!(names, ["second"], "{rule}");
        assert!(file.findings.iter().any(|finding| finding.subject == "second"));
    }
    let text = edit("H2", "spiType=\"clothoid", "spiType=\"radioid");
    let message = from_landxml(&text).unwrap().findings[0].to_string();
    assert!(message.contains("line 14, column 5") && message.contains("\"radioid\""), "{message}");
}

#[test]
fn elements_behind_one_that_is_not_known_are_compared_with_one_another_alone() {
    let ids = |text: &str| -> Vec<String> {
        from_landxml(text).unwrap().findings.into_iter().map(|finding| finding.id).collect()
    };
    let unknown = edited(CURVE, "H2", "spiType=\"clothoid", "spiType=\"radioid");
    assert_eq!(ids(&unknown), ["spiral-unknown:curve:2"]);
    // Nor does a station hang on the one before that which is not known.
    let silent = edited(&unknown, "H3", " staStart=\"260.000000\"", "");
    assert_eq!(ids(&silent), ["spiral-unknown:curve:2"]);
    // Each keeps the number that it has in the file.
    let late = edited(&unknown, "H5", "staStart=\"440.0", "staStart=\"441.0");
    let file = from_landxml(&late).unwrap();
    assert!(file.findings[1].message.contains("element 5, Line \"H5\""), "{:?}", file.findings);
    assert_eq!(ids(&late), ["spiral-unknown:curve:2", "station-disagrees:curve:5"]);
    let apart = moved(&unknown, "H5", "Start", [0.05, 0.0]);
    assert!(ids(&apart).contains(&"line-gap:curve:5".to_owned()), "{:?}", ids(&apart));
    // The curve behind it begins in its stated direction.
    let turned = edited(&unknown, "H3", "rot=\"ccw\"", "rot=\"cw\"");
    assert!(ids(&turned).contains(&"curve-sign:curve:3".to_owned()), "{:?}", ids(&turned));
}

/// As rows H11 to H13 of STN02 of buildingSMART's rail files: 49 m off as written, 4e-4 m turned
/// to the other side.
#[test]
fn curves_that_turn_to_the_wrong_side() {
    let file = from_landxml(&EQUATION.replace("rot=\"ccw\"", "rot=\"cw\"")).unwrap();
    let wrong: Vec<&str> = file
        .findings
        .iter()
        .filter(|finding| finding.rule == "curve-sign")
        .map(|finding| finding.id.as_str())
        .collect();
    assert_eq!(wrong, ["curve-sign:equation:6", "curve-sign:equation:7", "curve-sign:equation:8"]);
    let rules: Vec<&str> = file.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["curve-sign", "curve-sign", "curve-sign", "chain-off"]);
    // An arc of 280 m and 350 m lies 2 R (1 - cos(L / R)) = 212 m off on the other side.
    let arc = &file.findings[1];
    let off_m: f64 = arc.value.trim_end_matches(" m").parse().unwrap();
    assert!((off_m - 700.0 * (1.0 - 0.8_f64.cos())).abs() < 0.01, "{off_m}");
    assert!(arc.message.contains("e-4 m remain") || arc.message.contains("e-5 m remain"), "{arc}");
    assert!(arc.message.contains("flip its sign"), "{arc}");
    // The chain is as written, not repaired.
    assert_eq!(file.lines[0].alignment.at(700.0).unwrap().pose.radius_m().unwrap().round(), -350.0);
}

#[test]
fn all_signs_wrong_are_coordinates_the_other_way_round() {
    let swapped = EQUATION
        .replace("rot=\"ccw\"", "rot=\"?\"")
        .replace("rot=\"cw\"", "rot=\"ccw\"")
        .replace("rot=\"?\"", "rot=\"cw\"");
    let (found, _) = found(&swapped);
    assert!(found.contains(&("all-signs-wrong", Error)), "{found:?}");
}

#[test]
fn a_cant_that_says_it_is_adverse_is_only_noted() {
    let adverse = CURVE.replace("curvature=\"ccw\"", "curvature=\"ccw\" adverse=\"true\"");
    let (found, _) = found(&adverse);
    assert!(found.contains(&("cant-sign", Note)), "{found:?}");
}

#[test]
fn no_more_than_a_hundred_of_a_kind_are_told() {
    let from = CURVE.find("    <Line name=\"H1\"").unwrap();
    let to = CURVE.find("    <Spiral").unwrap();
    let text = CURVE.replacen(&CURVE[from..to], &CURVE[from..to].repeat(300), 1);
    let file = from_landxml(&text).unwrap();
    let gaps: Vec<_> = file.findings.iter().filter(|finding| finding.rule == "line-gap").collect();
    assert_eq!(gaps.len(), 100);
    assert!(gaps[99].message.ends_with("and 199 more of this kind"), "{}", gaps[99]);
}
