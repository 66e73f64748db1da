//! Files with numbers that can be checked by hand.

use railcorridor::exchange::{ImportedLines, from_landxml, to_landxml};
use railcorridor::geometry::{Element, Line};

pub(super) const CURVE: &str = include_str!("curve.xml");
pub(super) const EQUATION: &str = include_str!("equation.xml");
const FEET: &str = include_str!("feet.xml");

fn only(file: &ImportedLines) -> &Line {
    assert_eq!(file.lines.len(), 1);
    &file.lines[0]
}

fn rules(file: &ImportedLines) -> Vec<&str> {
    file.findings.iter().map(|finding| finding.rule).collect()
}

#[test]
fn a_curve_with_all_that_belongs_to_it() {
    let file = from_landxml(CURVE).unwrap();
    // The cant is stated over the curve alone.
    assert_eq!(rules(&file), ["cant-reach"], "{:?}", file.findings);
    let notes: Vec<String> = file.notes.iter().map(ToString::to_string).collect();
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(notes[0].contains("rotationPoint of the cant is not kept"), "{notes:?}");
    assert!(notes[1].starts_with("line ") && notes[1].contains("Surfaces of LandXML"), "{notes:?}");

    let line = only(&file);
    assert_eq!((line.name.as_str(), line.epsg, line.gauge_mm), ("curve", Some(32641), Some(1520)));
    assert_eq!(line.length_m(), 640.0);
    let middle = line.alignment.at(320.0).unwrap();
    assert!((middle.pose.radius_m().unwrap() - 300.0).abs() < 1e-9);
    assert_eq!(middle.banking.unwrap().cant_m, 0.08);
    // Azimuth 30 degrees, then 0.1 + 0.4 + 0.1 rad to the left.
    let start = line.alignment.at(0.0).unwrap().pose;
    let end = line.alignment.at(640.0).unwrap().pose;
    assert!((start.azimuth_deg() - 30.0).abs() < 1e-9);
    assert!((end.bearing_rad - start.bearing_rad - 0.6).abs() < 1e-12);
    // A crest of 100 m between 10 permille up and down lies 0.02 * 100 / 8 below its point, a sag
    // of 3000 m that is 60 m long 60^2 / 8R above.
    let height_m = |at_m: f64| line.alignment.at(at_m).unwrap().level.unwrap().height_m;
    assert!((height_m(200.0) - 901.75).abs() < 1e-9);
    assert!((height_m(400.0) - 900.15).abs() < 1e-4);
    assert!((height_m(640.0) - 902.4).abs() < 1e-9);
    let speeds = line.speeds_kmh.as_ref().unwrap();
    assert_eq!((speeds.at(100.0), speeds.at(500.0)), (Some(&100.0), Some(&70.0)));
    // 12.589 = b / (12.96 g) in thousandths is that of rail heads 1.6 m apart.
    let heads_m = line.alignment.cant().unwrap().rail_head_distance_m();
    assert!((heads_m - 1.6).abs() < 1e-4, "{heads_m}");
}

#[test]
fn chainages_that_jump() {
    // Numbers of STN02 of buildingSMART's rail files, on a line of our own.
    let file = from_landxml(EQUATION).unwrap();
    assert_eq!(rules(&file), Vec::<&str>::new(), "{:?}", file.findings);
    let line = only(&file);
    for (distance_m, chainage_m) in
        [(1109.3721, 5430.0), (1419.3721, 5740.0), (353.1, 200.0), (853.1, 700.0)]
    {
        assert!((line.chainage.chainage_m(distance_m).unwrap() - chainage_m).abs() < 1e-9);
        assert!((line.chainage.distance_m(chainage_m).unwrap() - distance_m).abs() < 1e-9);
    }
    let falling = EQUATION.replace("staInternal=", "staIncrement=\"decreasing\" staInternal=");
    let file = from_landxml(&falling).unwrap();
    assert!((only(&file).chainage.chainage_m(1109.3721).unwrap() - 5270.0).abs() < 1e-9);
}

#[test]
fn feet_of_a_survey_minutes_and_points_by_name() {
    let file = from_landxml(FEET).unwrap();
    assert_eq!(rules(&file), Vec::<&str>::new(), "{:?}", file.findings);
    let line = only(&file);
    let foot_m = 1200.0 / 3937.0;
    let start = line.alignment.horizontal().start();
    assert!((start.e_m - 2_000_000.0 * foot_m).abs() < 1e-9);
    assert!((start.n_m - 500_000.0 * foot_m).abs() < 1e-9);
    // Length and radius of the curve are not stated: its centre tells them, to six decimals.
    let Element::Arc(arc) = line.alignment.horizontal().elements()[1] else { panic!("no arc") };
    assert!((arc.radius_m() + 1000.0 * foot_m).abs() < 1e-6, "{}", arc.radius_m());
    assert!((arc.length_m() - 600.0 * foot_m).abs() < 1e-6, "{}", arc.length_m());
    // Two parabolas of 200 and 100 ft over 20 permille lie 200 * 100 / 600 * 0.02 ft below.
    let level = line.alignment.at(750.0 * foot_m).unwrap().level.unwrap();
    assert!((level.height_m / foot_m - (107.5 - 2.0 / 3.0)).abs() < 1e-6);
    // Four inches, to the right; 60 miles an hour; 1435 mm.
    assert!(
        (line.alignment.at(800.0 * foot_m).unwrap().banking.unwrap().cant_m + 0.1016).abs() < 1e-12
    );
    assert_eq!(line.speeds_kmh.as_ref().unwrap().at(200.0), Some(&96.56064));
    assert_eq!(line.gauge_mm, Some(1435));
    assert_eq!(line.alignment.cant().unwrap().rail_head_distance_m(), 1.5);
    assert!(file.notes.iter().any(|note| note.text.contains("65 mm further apart")));
}

#[test]
fn directions_that_count_otherwise_are_told() {
    for (words, direction) in [
        ("anticlockwise from north", (|azimuth| 360.0 - azimuth) as fn(f64) -> f64),
        ("anticlockwise from east", |azimuth| 450.0 - azimuth),
    ] {
        let mut text = String::new();
        for part in CURVE.split_inclusive('"') {
            let is_direction =
                [" dir=\"", " dirStart=\"", " dirEnd=\""].iter().any(|name| text.ends_with(name));
            match part.trim_end_matches('"').parse::<f64>() {
                Ok(azimuth) if is_direction => text += &format!("{}\"", direction(azimuth)),
                _ => text += part,
            }
        }
        let file = from_landxml(&text).unwrap();
        assert!(file.notes.iter().any(|note| note.text.contains(words)), "{:?}", file.notes);
        assert_eq!(rules(&file), ["cant-reach"], "{:?}", file.findings);
        let pose = only(&file).alignment.at(0.0).unwrap().pose;
        assert!((pose.azimuth_deg() - 30.0).abs() < 1e-6);
    }
}

#[test]
fn what_is_written_is_read_again() {
    for text in [CURVE, EQUATION, FEET] {
        let file = from_landxml(text).unwrap();
        let again = from_landxml(&to_landxml(&file.lines).unwrap()).unwrap();
        assert_eq!(rules(&again), Vec::<&str>::new(), "{:?}", again.findings);
        assert!(again.notes.is_empty(), "{:?}", again.notes);
        assert_eq!(to_landxml(&again.lines).unwrap(), to_landxml(&file.lines).unwrap());
    }
}

#[test]
fn what_another_program_changed_counts() {
    // A curvature and a bearing that no radius and no azimuth hold to the last digit are told
    // besides; but a radius and a direction that were changed count.
    let file = from_landxml(EQUATION).unwrap();
    let text = to_landxml(&file.lines).unwrap();
    let radius = "radius=\"400.0\"";
    assert!(text.contains(radius) && text.contains("bearingRad"));
    let changed = from_landxml(&text.replace(radius, "radius=\"410.0\"")).unwrap();
    let Element::Arc(arc) = only(&changed).alignment.horizontal().elements()[2] else { panic!() };
    assert_eq!(arc.radius_m(), -410.0);
}
