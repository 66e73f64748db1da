//! Files that are none: each is refused with its place and what would be right.

use railcorridor::exchange::from_landxml;

use super::reading::CURVE;

fn refusal(text: &str) -> String {
    from_landxml(text)
        .map(|file| format!("read: {file:?}"))
        .unwrap_or_else(|error| error.to_string())
}

#[test]
fn what_is_no_file_of_lines_is_refused() {
    let doctype = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"cc\">]><LandXML/>";
    for (text, problem) in [
        ("", "no XML"),
        ("\0", "no XML"),
        ("<LandXML", "no XML"),
        ("{\"LandXML\": 1}", "no XML"),
        (doctype, "no XML"),
        ("<Project/>", "begins with <Project>"),
        ("<LandXML/>", "states no units"),
        ("<LandXML><Units/></LandXML>", "states no units"),
        (
            "<LandXML><Units><Metric linearUnit='meter'/><Imperial/></Units></LandXML>",
            "metric and imperial",
        ),
        ("<LandXML><Units><Metric linearUnit='meter'/></Units></LandXML>", "has no alignment"),
    ] {
        let found = refusal(text);
        assert!(found.starts_with("line ") && found.contains(problem), "{text}: {found}");
    }
}

#[test]
fn numbers_and_words_that_are_none_are_refused_with_their_place() {
    for (from, to, problem) in [
        ("linearUnit=\"meter\"", "linearUnit=\"verst\"", "\"verst\" is not known; known are meter"),
        ("directionUnit=\"decimal degrees\"", "directionUnit=\"mils\"", "\"mils\" is not known"),
        ("length=\"200.000000\"", "length=\"NaN\"", "length of Line \"NaN\" is not a number"),
        ("length=\"200.000000\"", "length=\"INF\"", "is not a number"),
        ("length=\"200.000000\"", "length=\"200,5\"", "with a point for the decimals"),
        ("length=\"200.000000\"", "length=\"1e999\"", "is not a number"),
        ("rot=\"ccw\"", "rot=\"left\"", "write cw for curves to the right"),
        ("radiusStart=\"INF\"", "radiusStart=\"infinity\"", "is not a number"),
        ("radiusStart=\"INF\" ", "", "Spiral has no radiusStart"),
        ("<PVI>0.0 900.0</PVI>", "<PVI>0.0</PVI>", "does not have two numbers"),
        ("3800000.000000 450000.000000", "3800000.000000", "two or three numbers"),
        ("3800000.000000 450000.000000", "3800000.0 abc", "\"abc\" is not a number"),
        ("3800000.000000 450000.000000", "", "no point \"\" is there"),
        ("staStart=\"0.000000\"", "", "Alignment has no staStart"),
        ("gauge=\"1.52\"", "", "Cant has no gauge"),
        ("curvature=\"ccw\"", "curvature=\"\"", "curvature \"\" of CantStation"),
    ] {
        assert!(CURVE.contains(from), "{from}");
        let found = refusal(&CURVE.replacen(from, to, 1));
        assert!(found.starts_with("line ") && found.contains(problem), "{to}: {found}");
    }
}

#[test]
fn numbers_beyond_all_railways_leave_the_line_out() {
    for (from, to) in [
        ("length=\"200.000000\"", "length=\"1e300\""),
        ("length=\"200.000000\"", "length=\"0\""),
        ("length=\"200.000000\"", "length=\"-200\""),
        ("length=\"120.000000\"", "length=\"9e6\""),
        ("radius=\"300.000000\"", "radius=\"0\""),
        ("radius=\"300.000000\"", "radius=\"1e-300\""),
        ("3800000.000000 450000.000000", "1e300 1e300"),
    ] {
        assert!(CURVE.contains(from), "{from}");
        let file = from_landxml(&CURVE.replacen(from, to, 1)).unwrap();
        assert!(file.lines.is_empty(), "{to}");
        let found = file.findings.iter().find(|finding| finding.rule == "not-made").unwrap();
        assert!(
            found.message.starts_with("line ") && found.message.ends_with("left out"),
            "{found}"
        );
    }
}

#[test]
fn a_file_of_endless_turns_is_bounded() {
    // A thousand lines of ten thousand radians each would take gigabytes.
    let from = CURVE.find("  <Alignment ").unwrap();
    let to = CURVE.find(" </Alignments>").unwrap();
    let one = CURVE[from..to].replace("length=\"120.000000\"", "length=\"2999000\"");
    let text = format!("{}{}{}", &CURVE[..from], one.repeat(120), &CURVE[to..]);
    let file = from_landxml(&text).unwrap();
    assert!(file.lines.len() < 110 && !file.lines.is_empty(), "{}", file.lines.len());
    assert!(file.findings.iter().any(|finding| finding.rule == "turns"));
}
