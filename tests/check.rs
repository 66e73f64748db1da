//! A line held against standards: by hand, and against values taken every metre.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test fails by panicking")]

use chance::arbitrary::{Result, Unstructured};
use chance::property;
use railcorridor::Severity;
use railcorridor::design::{CheckOptions, Compliance, ComplianceRow, Verdict, check};
use railcorridor::geodesy::Coord;
use railcorridor::geometry::{
    Alignment, Along, Arc, Cant, CantPoint, Element, Horizontal, Line, Profile, Pvi, Ramp, Range,
    Rounding, Tangent, Transition, cant_constant_mm,
};
use railcorridor::model::{
    CurveCompensation, Limit, LimitRule, LimitWeight, Name, Reading, Standard,
};

const ORIGIN: Coord = Coord { e_m: 0.0, n_m: 0.0 };

/// Straight, a ramp of 60 m, an arc of 400 m to the left, a ramp, straight; 100 mm of cant; 8
/// permille up, then 4 down, then level.
fn line() -> Line {
    let tangent = || Tangent::new(500.0).unwrap().into();
    let ramp = |from, to| Transition::clothoid(60.0, from, to).unwrap().into();
    let elements: Vec<Element> = vec![
        tangent(),
        ramp(0.0, 1.0 / 400.0),
        Arc::new(300.0, 400.0).unwrap().into(),
        ramp(1.0 / 400.0, 0.0),
        tangent(),
    ];
    let plan = Horizontal::new(ORIGIN, 0.0, elements).unwrap();
    let point = |distance_m, cant_m| CantPoint { distance_m, cant_m, ramp: Ramp::Clothoid };
    let cant = vec![
        point(0.0, 0.0),
        point(500.0, 0.0),
        point(560.0, 0.1),
        point(860.0, 0.1),
        point(920.0, 0.0),
        point(1420.0, 0.0),
    ];
    let pvi = |distance_m, height_m, rounding| Pvi { distance_m, height_m, rounding };
    let profile = Profile::through(&[
        pvi(0.0, 100.0, Rounding::None),
        pvi(700.0, 105.6, Rounding::Parabola { radius_m: 8000.0 }),
        pvi(1200.0, 103.6, Rounding::None),
        pvi(1420.0, 103.6, Rounding::None),
    ])
    .unwrap();
    let cant = Cant::new(1.5, cant).unwrap();
    Line::new("bend", Alignment::new(plan, Some(profile), Some(cant)).unwrap()).unwrap()
}

fn limit(rule: LimitRule, value: f64) -> Limit {
    let (unit, source) = (rule.unit().to_owned(), "test".to_owned());
    Limit { rule, value, unit, source, ..Limit::default() }
}

fn standard(limits: Vec<Limit>) -> Standard {
    Standard {
        format: 1,
        id: "test".into(),
        name: Name { en: "test".into(), ..Name::default() },
        gauge_mm: 1435,
        rail_head_distance_mm: 1500.0,
        speed_kmh: 80.0,
        slow_speed_kmh: Some(40.0),
        curve_compensation: CurveCompensation::Radius(700.0),
        limits,
        ..Standard::default()
    }
}

fn options() -> CheckOptions {
    let station = Range { from_m: 1000.0, to_m: 1300.0, value: "halt".to_owned() };
    CheckOptions { stations: Some(Along::new(vec![station]).unwrap()), ..CheckOptions::default() }
}

fn checked(limits: Vec<Limit>) -> Compliance {
    check(&line(), &standard(limits), &options()).unwrap()
}

fn only(limit: Limit) -> ComplianceRow {
    checked(vec![limit]).rows.remove(0)
}

#[test]
fn every_value_is_the_one_reckoned_by_hand() {
    let wanted_mm = cant_constant_mm(1.5) * 80.0 * 80.0 / 400.0; // 188.8 mm at 80 km/h
    let slow_mm = wanted_mm / 4.0; // at 40 km/h
    let speed_mps = 80.0 / 3.6;
    for (rule, value, at_m) in [
        (LimitRule::LeastRadius, 400.0, None),
        (LimitRule::LeastTransitionLength, 60.0, Some(530.0)),
        (LimitRule::LeastElementLength, 300.0, Some(710.0)),
        (LimitRule::MostCant, 100.0, None),
        (LimitRule::MostCantDeficiency, wanted_mm - 100.0, None),
        (LimitRule::MostCantExcess, 100.0 - slow_mm, None),
        (LimitRule::MostLateralAcceleration, (wanted_mm - 100.0) * 9.80665 / 1500.0, None),
        (LimitRule::MostCantGradient, 100.0 / 60.0, None),
        (LimitRule::MostCantRate, 100.0 / 60.0 * speed_mps, None),
        (LimitRule::MostDeficiencyRate, (wanted_mm - 100.0) / 60.0 * speed_mps, None),
        (LimitRule::MostGradient, 8.0, None),
        // 8 permille run until 652 m (12 permille of 8,000 m are 96 m), in a curve of 400 m.
        (LimitRule::MostCompensatedGradient, 8.0 + 1.75, None),
        (LimitRule::MostStationGradient, 4.0, None),
        (LimitRule::MostGradientChange, 4.0, Some(1200.0)),
        (LimitRule::LeastVerticalRadius, 8000.0, Some(700.0)),
        (LimitRule::LeastGradeLength, 500.0, Some(950.0)),
    ] {
        let row = only(limit(rule, value));
        let worst = row.worst.unwrap();
        assert!((worst.value - value).abs() < 2e-6 * value, "{rule:?} {} {value}", worst.value);
        assert!(at_m.is_none_or(|at_m| (at_m - worst.distance_m).abs() < 1e-6), "{rule:?}");
        assert_eq!(row.verdict, Verdict::Kept, "{rule:?}: a value at its limit keeps it");
        let closer = if rule.is_least() { value * 1.001 } else { value * 0.999 };
        let compliance = checked(vec![limit(rule, closer)]);
        assert_eq!(compliance.rows[0].verdict, Verdict::Broken, "{rule:?}");
        assert!(!compliance.findings.is_empty() && compliance.findings[0].rule == rule.id());
    }
}

#[test]
fn a_twist_and_a_mean_gradient_are_taken_over_their_base() {
    let over = |rule, value, base_m| Limit { base_m: Some(base_m), ..limit(rule, value) };
    // Over 90 m about a ramp of 60 m the cant changes by all its 100 mm.
    let twist = only(over(LimitRule::MostTwist, 2.0, 90.0)).worst.unwrap();
    assert!((twist.value - 100.0 / 90.0).abs() < 1e-9, "{}", twist.value);
    // Over all the line it rises by 3.6 m.
    let whole = only(over(LimitRule::MostGradient, 5.0, 2.0 * 1420.0)).worst.unwrap();
    assert!((whole.value - 3600.0 / 1420.0).abs() < 1e-6, "{}", whole.value);
}

#[test]
fn a_finding_says_what_where_and_by_which_clause() {
    let limit = Limit {
        clause: Some("7(1)".into()),
        state: Reading::Unverified,
        weight: LimitWeight::Desirable,
        ..limit(LimitRule::MostGradient, 6.0)
    };
    let finding = checked(vec![limit]).findings.remove(0);
    assert_eq!(finding.severity, Severity::Warning);
    // The parabola has come down to 6 permille 16 m behind its beginning at 652 m.
    let expected = "gradient 8 permille at km 0+000.0, from km 0+000.0 to km 0+668.0 is more than \
                    the desirable 6 permille of test, 7(1); the limit is unverified";
    let at = finding.message.find(" at ").unwrap();
    let from = finding.message.find(", from").unwrap();
    let message = format!("{} at km 0+000.0{}", &finding.message[..at], &finding.message[from..]);
    assert_eq!(message.replace(" in a curve of 400 m", ""), expected);
    assert!(finding.chainage_m.is_some());
}

#[test]
fn a_jump_of_curvature_is_a_transition_of_no_length() {
    let elements = vec![
        Tangent::new(100.0).unwrap().into(),
        Arc::new(100.0, -500.0).unwrap().into(),
        Tangent::new(100.0).unwrap().into(),
    ];
    let plan = Horizontal::new(ORIGIN, 0.0, elements).unwrap();
    let line = Line::new("kinked", Alignment::new(plan, None, None).unwrap()).unwrap();
    let limits = vec![
        limit(LimitRule::LeastTransitionLength, 20.0),
        limit(LimitRule::MostDeficiencyJump, 100.0),
        limit(LimitRule::MostCant, 150.0),
        limit(LimitRule::MostGradient, 12.0),
        limit(LimitRule::MostStationGradient, 2.0),
    ];
    let compliance = check(&line, &standard(limits), &CheckOptions::default()).unwrap();
    let verdicts: Vec<Verdict> = compliance.rows.iter().map(|row| row.verdict).collect();
    use Verdict::{Broken, Unchecked};
    assert_eq!(verdicts, [Broken, Unchecked, Broken, Unchecked, Unchecked]);
    assert_eq!(compliance.rows[0].count, 2);
    let jump = compliance.rows[2].worst.as_ref().unwrap();
    assert!((jump.value - cant_constant_mm(1.5) * 6400.0 / 500.0).abs() < 1e-9);
    assert_eq!(compliance.rows[1].unchecked, Some("the line has no cant"));
}

#[test]
fn speeds_of_the_line_count_before_those_of_the_standard() {
    let mut line = line();
    let speed = |from_m, to_m, value| Range { from_m, to_m, value };
    line.speeds_kmh = Some(Along::new(vec![speed(0.0, 700.0, 60.0)]).unwrap());
    let deficiency = limit(LimitRule::MostCantDeficiency, 80.0);
    let compliance = check(&line, &standard(vec![deficiency]), &options()).unwrap();
    let finding = &compliance.findings[0];
    // Behind 700 m the standard's 80 km/h hold, until the ramp has come down to 80 of 88.8 mm.
    assert_eq!(compliance.findings.len(), 1);
    assert!(finding.message.contains("from km 0+700.0 to km 0+866.0"), "{}", finding.message);
    line.gauge_mm = Some(1520);
    let compliance = check(&line, &standard(vec![]), &options());
    assert!(compliance.is_err(), "a standard without a limit is none");
    let radius = standard(vec![limit(LimitRule::LeastRadius, 1.0)]);
    let compliance = check(&line, &radius, &options()).unwrap();
    assert_eq!(compliance.findings[0].rule, "gauge-of-standard");
}

/// Any line with ramps of all shapes.
fn any_line(u: &mut Unstructured<'_>) -> Result<Line> {
    let (mut elements, mut cants): (Vec<Element>, _) = (Vec::new(), Vec::new());
    let (mut at_m, mut per_m, mut cant_m) = (0.0, 0.0, 0.0);
    for _ in 0..u.int_in_range(1..=6)? {
        let length_m = f64::from(u.int_in_range(20_u32..=300)?);
        let ramp = *u.choose(&Ramp::ALL)?;
        cants.push(CantPoint { distance_m: at_m, cant_m, ramp });
        let next_per_m = f64::from(u.int_in_range(-40_i32..=40)?) * 1e-4;
        let next_m = f64::from(u.int_in_range(-150_i32..=150)?) * 1e-3;
        elements.push(Transition::new(ramp, length_m, per_m, next_per_m).unwrap().into());
        (at_m, per_m, cant_m) = (at_m + length_m, next_per_m, next_m);
    }
    cants.push(CantPoint { distance_m: at_m, cant_m, ramp: Ramp::Clothoid });
    let plan = Horizontal::new(ORIGIN, 0.0, elements).unwrap();
    let height_m = f64::from(u.int_in_range(-20_i32..=20)?);
    let pvi = |distance_m, height_m| Pvi { distance_m, height_m, rounding: Rounding::None };
    let profile = Profile::through(&[pvi(0.0, 0.0), pvi(at_m, height_m)]).unwrap();
    let cant = Cant::new(1.6, cants).unwrap();
    Ok(Line::new("any", Alignment::new(plan, Some(profile), Some(cant)).unwrap()).unwrap())
}

#[test]
fn nothing_on_a_walk_along_the_line_is_worse_than_the_worst() {
    property(|u| {
        let line = any_line(u)?;
        let rules = [LimitRule::LeastRadius, LimitRule::MostCant, LimitRule::MostCantDeficiency];
        let limits = rules.map(|rule| limit(rule, if rule.is_least() { 1e5 } else { 0.0 }));
        let compliance = check(&line, &standard(limits.to_vec()), &options()).unwrap();
        let worst = |place: usize| compliance.rows[place].worst.as_ref().map(|worst| worst.value);
        let [mut sharpest, mut most, mut lack] = [0.0_f64; 3];
        for step in 0..=2000 {
            let at_m = line.length_m() * f64::from(step) / 2000.0;
            let point = line.alignment.at(at_m).unwrap();
            sharpest = sharpest.max(point.pose.curvature_per_m.abs());
            most = most.max(point.banking.unwrap().cant_m.abs() * 1e3);
            let balance = line.alignment.balance(at_m, 80.0).unwrap().unwrap();
            lack = lack.max(balance.deficiency_m * 1e3);
        }
        assert!(worst(0).is_none_or(|radius_m| radius_m * sharpest <= 1.0 + 1e-6));
        assert!(most <= worst(1).unwrap() + 1e-4, "{most} {:?}", worst(1));
        assert!(lack <= worst(2).unwrap() + 1e-4, "{lack} {:?}", worst(2));
        // And the worst is a place of the line: the walk comes near it.
        assert!(most >= worst(1).unwrap() - 1.0 && lack >= worst(2).unwrap() - 6.0);
        Ok(())
    });
}

#[test]
fn a_looser_limit_never_has_more_findings() {
    property(|u| {
        let line = any_line(u)?;
        let rule = *u.choose(&LimitRule::ALL)?;
        let value = f64::from(u.int_in_range(0_u32..=2000)?);
        let looser = if rule.is_least() { value * 0.5 } else { value * 2.0 };
        let metres = |value: f64| {
            let compliance = check(&line, &standard(vec![limit(rule, value)]), &options()).unwrap();
            compliance.rows[0].verdict == Verdict::Broken
        };
        assert!(metres(value) || !metres(looser), "{rule:?} {value}");
        Ok(())
    });
}

#[test]
fn standards_and_speeds_that_are_none_are_refused() {
    let mut bad = standard(vec![limit(LimitRule::MostCant, 150.0)]);
    bad.rail_head_distance_mm = f64::NAN;
    assert!(check(&line(), &bad, &options()).is_err());
    let good = standard(vec![limit(LimitRule::MostCant, 150.0)]);
    for speed_kmh in [f64::NAN, -1.0, f64::INFINITY] {
        let options = CheckOptions { speed_kmh: Some(speed_kmh), ..options() };
        assert!(check(&line(), &good, &options).is_err(), "{speed_kmh}");
    }
}
