//! Lines written for other programs: the numbers of the files lead back to the line.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test fails by panicking")]

mod lines;
mod step;

use chance::property;
use lines::{line, two_planes};
use railcorridor::exchange::to_ifc;
use railcorridor::geodesy::Coord;
use railcorridor::geometry::{
    Alignment, Arc, Cant, CantPoint, Element, Horizontal, Line, Profile, Ramp, Roll, Tangent,
    Transition, VerticalElement, VerticalShape,
};
use step::File;

/// What a segment of a plan says in the words of IFC.
fn element(row: &[String]) -> Element {
    let number = |column: usize| row[column].parse::<f64>().unwrap();
    let (from_m, to_m, length_m) = (number(4), number(5), number(6));
    let curvature_per_m = |radius_m: f64| if radius_m == 0.0 { 0.0 } else { 1.0 / radius_m };
    let ramp = match row[8].as_str() {
        ".LINE." => return Tangent::new(length_m).unwrap().into(),
        ".CIRCULARARC." => return Arc::new(length_m, from_m).unwrap().into(),
        ".CLOTHOID." => Ramp::Clothoid,
        ".BLOSSCURVE." => Ramp::Bloss,
        ".COSINECURVE." => Ramp::Cosine,
        ".SINECURVE." => Ramp::Sine,
        ".HELMERTCURVE." => Ramp::Helmert,
        other => {
            assert_eq!(other, ".VIENNESEBEND.");
            Ramp::Viennese
        }
    };
    let (from_per_m, to_per_m) = (curvature_per_m(from_m), curvature_per_m(to_m));
    Transition::new(ramp, length_m, from_per_m, to_per_m).unwrap().into()
}

/// The plan of the only line of a file, by its design.
fn plan(file: &File) -> Horizontal {
    let rows = file.all("IFCALIGNMENTHORIZONTALSEGMENT");
    let origin = file.all("IFCMAPCONVERSION");
    let origin: Vec<f64> = origin[0][2..4].iter().map(|cell| cell.parse().unwrap()).collect();
    let start = file.numbers(&rows[0][2]);
    let start = Coord { e_m: origin[0] + start[0], n_m: origin[1] + start[1] };
    let elements = rows.iter().take(rows.len() - 1).map(|row| element(row)).collect();
    Horizontal::new(start, rows[0][3].parse().unwrap(), elements).unwrap()
}

fn profile(file: &File) -> Profile {
    let rows = file.all("IFCALIGNMENTVERTICALSEGMENT");
    let number = |row: &[String], column: usize| row[column].parse::<f64>().unwrap();
    let element = |row: &Vec<String>| {
        let shape = match row[8].as_str() {
            ".CIRCULARARC." => VerticalShape::Circle,
            _ => VerticalShape::Parabola,
        };
        VerticalElement::new(shape, number(row, 3), number(row, 5), number(row, 6)).unwrap()
    };
    let elements = rows.iter().take(rows.len() - 1).map(element).collect();
    Profile::new(number(&rows[0], 2), number(&rows[0], 4), elements).unwrap()
}

#[test]
fn the_design_in_an_ifc_file_is_the_line() {
    property(|u| {
        let line = line(u)?;
        let text = to_ifc(std::slice::from_ref(&line)).expect("sound");
        assert_eq!(text, to_ifc(std::slice::from_ref(&line)).expect("sound"));
        let file = File::read(&text);
        let (plan, profile) = (plan(&file), profile(&file));
        let alignment = &line.alignment;
        assert!((plan.length_m() - line.length_m()).abs() < 1e-9);
        let cants = file.all("IFCALIGNMENTCANTSEGMENT");
        for step in 0..=50 {
            let at_m = line.length_m() * f64::from(step) / 50.0;
            let ours = alignment.at(at_m).expect("on the line");
            let theirs = plan.at(at_m.min(plan.length_m())).expect("on it");
            assert!(ours.pose.coord.distance_m(theirs.coord) < 5e-9, "{ours:?} {theirs:?}");
            let level = profile.at(at_m.min(profile.end_m())).expect("on it");
            assert!((level.height_m - ours.level.unwrap().height_m).abs() < 1e-9);
        }
        // Where ramps of cant begin, the right rail less the left one is the cant.
        let points = alignment.cant().unwrap().points();
        assert_eq!(cants.len(), points.len());
        for (row, point) in cants.iter().zip(points) {
            let number = |column: usize| row[column].parse::<f64>().unwrap();
            assert_eq!(number(2), point.distance_m);
            assert_eq!(number(6) - number(4), point.cant_m);
            assert!(number(6) >= 0.0 && number(4) >= 0.0);
        }
        Ok(())
    });
}

#[test]
fn each_segment_of_an_ifc_file_begins_where_the_line_is() {
    property(|u| {
        let line = line(u)?;
        let file = File::read(&to_ifc(std::slice::from_ref(&line)).expect("sound"));
        let plan = line.alignment.horizontal();
        let rows = file.all("IFCALIGNMENTHORIZONTALSEGMENT");
        assert_eq!(rows.len(), plan.joints_m().len());
        let origin = file.all("IFCMAPCONVERSION");
        let [e_m, n_m]: [f64; 2] = [2, 3].map(|column| origin[0][column].parse().unwrap());
        for (row, joint_m) in rows.iter().zip(plan.joints_m()) {
            let pose = plan.at(*joint_m).expect("on the line");
            let at = file.numbers(&row[2]);
            // Small numbers: the large ones stand beside the plane, and their sum loses nothing.
            assert_eq!((e_m + at[0], n_m + at[1]), (pose.coord.e_m, pose.coord.n_m));
            let turn_rad = row[3].parse::<f64>().unwrap() - pose.bearing_rad;
            assert!(turn_rad.sin().abs() < 1e-12 && turn_rad.cos() > 0.0);
        }
        Ok(())
    });
}

#[test]
fn every_reference_of_an_ifc_file_leads_somewhere_and_identities_differ() {
    property(|u| {
        let line = line(u)?;
        // The same line twice is two alignments.
        let file = File::read(&to_ifc(&[line.clone(), line]).expect("sound"));
        file.check_references();
        assert_eq!(file.all("IFCALIGNMENT").len(), 2);
        let ids: Vec<&String> = file.roots().collect();
        let different: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), different.len());
        Ok(())
    });
}

#[test]
fn names_of_any_script_are_escaped() {
    let plan = Horizontal::new(
        Coord { e_m: 0.0, n_m: 0.0 },
        0.0,
        vec![Tangent::new(10.0).unwrap().into()],
    );
    let alignment = Alignment::new(plan.unwrap(), None, None).unwrap();
    for (name, written) in [
        ("O'Neil\\", "'O''Neil\\\\'"),
        ("هرات", "'\\X2\\064706310627062A\\X0\\'"),
        ("a');\nEND-ISO-10303-21;", "'a'');\\X2\\000A\\X0\\END-ISO-10303-21;'"),
    ] {
        let line = Line::new(name, alignment.clone()).unwrap();
        let text = to_ifc(&[line]).unwrap();
        assert!(text.contains(written), "{text}");
        assert!(text.is_ascii() && text.ends_with("ENDSEC;\nEND-ISO-10303-21;\n"));
    }
    let line = Line::new("x".repeat(1000), alignment).unwrap();
    let text = to_ifc(&[line]).unwrap();
    assert!(text.contains(&format!("'{}',", "x".repeat(255))));
}

#[test]
fn what_ifc_cannot_say_is_refused() {
    let told = |lines: &[Line]| to_ifc(lines).unwrap_err().to_string();
    assert!(told(&[]).contains("there is none"));
    let text = told(&two_planes());
    assert!(text.contains("EPSG:32642, not in EPSG:32641"), "{text}");

    let roll = |cant_to_m| Roll {
        centre_height_m: 1.8,
        cant_from_m: 0.0,
        cant_to_m,
        rail_head_distance_m: 1.5,
    };
    let point = |distance_m, cant_m, ramp| CantPoint { distance_m, cant_m, ramp };
    let made = |bend: Transition, cant: Option<Cant>| {
        let start = Coord { e_m: 0.0, n_m: 0.0 };
        let plan = Horizontal::new(start, 0.0, vec![bend.into()]).unwrap();
        Line::new("bend", Alignment::new(plan, None, cant).unwrap()).unwrap()
    };
    let bend = Transition::viennese(100.0, 0.0, 0.002, roll(0.1)).unwrap();
    assert!(told(&[made(bend, None)]).contains("the line has none"));
    let even = vec![point(0.0, 0.1, Ramp::Viennese), point(100.0, 0.1, Ramp::Viennese)];
    assert!(told(&[made(bend, Some(Cant::new(1.5, even).unwrap()))]).contains("changes by 0.0000"));
    let fit = vec![point(0.0, 0.0, Ramp::Viennese), point(100.0, 0.1, Ramp::Viennese)];
    let text = to_ifc(&[made(bend, Some(Cant::new(1.5, fit).unwrap()))]).unwrap();
    let file = File::read(&text);
    let height_m: f64 = file.all("IFCALIGNMENTHORIZONTALSEGMENT")[0][7].parse().unwrap();
    assert!((height_m - 1.8).abs() < 1e-12);
    let same = Transition::viennese(100.0, 0.002, 0.002, roll(0.1)).unwrap();
    assert!(told(&[made(same, None)]).contains("one curvature"));

    let plain = Transition::clothoid(100.0, 0.0, 0.002).unwrap();
    let beyond =
        |ramp| vec![point(-50.0, 0.0, ramp), point(50.0, 0.1, ramp), point(100.0, 0.1, ramp)];
    let cut = made(plain, Some(Cant::new(1.5, beyond(Ramp::Bloss)).unwrap()));
    assert!(told(&[cut]).contains("ramp of the cant at -50 m"));
    let cut = made(plain, Some(Cant::new(1.5, beyond(Ramp::Clothoid)).unwrap()));
    let file = File::read(&to_ifc(&[cut]).unwrap());
    let first = &file.all("IFCALIGNMENTCANTSEGMENT")[0];
    assert_eq!((first[2].as_str(), first[6].as_str()), ("0.", "0.05"));
    // Without heights nothing is tilted: the curves are those of the plan alone.
    assert_eq!(file.all("IFCALIGNMENTCANTSEGMENT").len(), 3);
    assert_eq!(file.all("IFCCURVESEGMENT").len(), 2);
}

#[test]
fn a_clothoid_between_like_curves_is_drawn_by_powers() {
    // Curvatures one to five; to the other hand it is straight on the way.
    for (share, is_clothoid) in
        [(4.1, true), (-1.5, true), (3.9, false), (0.5, false), (1e-9, false)]
    {
        let from_per_m = 1.0 / 700.0;
        let to_per_m = from_per_m * (1.0 + share);
        let egg = Transition::clothoid(120.0, from_per_m, to_per_m).unwrap();
        let start = Coord { e_m: 0.0, n_m: 0.0 };
        let plan = Horizontal::new(start, 0.0, vec![egg.into()]).unwrap();
        let line = Line::new("egg", Alignment::new(plan, None, None).unwrap()).unwrap();
        let file = File::read(&to_ifc(&[line]).unwrap());
        assert_eq!(file.all("IFCALIGNMENTHORIZONTALSEGMENT")[0][8], ".CLOTHOID.");
        assert_eq!(file.all("IFCCLOTHOID").len(), usize::from(is_clothoid));
        if let [terms] = &file.all("IFCSECONDORDERPOLYNOMIALSPIRAL")[..] {
            let number = |column: usize| terms[column].parse::<f64>().unwrap();
            // k = 1 / C + s / A^2 + s^2 / B^3.
            let curvature_per_m = |at_m: f64| {
                1.0 / number(3) + at_m / number(2).powi(2) + (at_m / number(1)).powi(2) / number(1)
            };
            assert!((curvature_per_m(0.0) - from_per_m).abs() < 1e-17);
            assert!((curvature_per_m(120.0) - to_per_m).abs() < 1e-17);
        }
    }
}

#[test]
fn a_profile_is_cut_to_the_plan() {
    let start = Coord { e_m: 0.0, n_m: 0.0 };
    let plan = Horizontal::new(start, 0.0, vec![Tangent::new(100.0).unwrap().into()]).unwrap();
    let sag = VerticalElement::parabola(200.0, -0.01, 0.01).unwrap();
    let profile = Profile::new(-50.0, 10.0, vec![sag]).unwrap();
    let line = Line::new("cut", Alignment::new(plan, Some(profile), None).unwrap()).unwrap();
    let file = File::read(&to_ifc(&[line]).unwrap());
    let rows = file.all("IFCALIGNMENTVERTICALSEGMENT");
    assert_eq!(rows.len(), 2);
    let number = |row: usize, column: usize| rows[row][column].parse::<f64>().unwrap();
    // 50 m on: -0.01 + 0.0001 * 50, 10 - 50 * 0.0075.
    assert_eq!((number(0, 2), number(0, 3)), (0.0, 100.0));
    assert!((number(0, 4) - 9.625).abs() < 1e-12 && (number(0, 5) + 0.005).abs() < 1e-15);
    assert!((number(0, 6) - 0.005).abs() < 1e-15);
    assert!((number(1, 2) - 100.0).abs() < 1e-12 && (number(1, 4) - 9.625).abs() < 1e-12);
}
