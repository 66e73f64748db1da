//! Plans among zones: kept out of forbidden ground to the millimetre, weighed by factors.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod plane;

use chance::arbitrary::{Result, Unstructured};
use chance::property;
use plane::{USD_PER_M, among, area, block, east, forbidden, guide, inside_m, zone};
use railcorridor::terrain::ZoneKind;

const RADII_M: [f64; 4] = [2000.0, 1000.0, 600.0, 300.0];

#[test]
fn a_line_goes_round_what_is_forbidden() {
    let yard = block([3800.0, -200.0], [4200.0, 150.0]);
    let plan = among(&[forbidden(vec![yard.clone()])], east(8), &RADII_M);
    assert_eq!(inside_m(&plan, &[yard]), 0.0);
    // No shorter than a rope round its nearer side, and not much longer.
    let rope_m = 2.0 * 3800.0_f64.hypot(150.0) + 400.0;
    let length_m = plan.horizontal().unwrap().length_m();
    assert!((rope_m..1.005 * rope_m).contains(&length_m), "{length_m} {rope_m}");
    assert!(plan.cost_usd >= USD_PER_M * rope_m * (1.0 - 1e-9), "{}", plan.cost_usd);
    // Nothing forbids what lies beside.
    let beside = block([3800.0, -200.0], [4200.0, -0.01]);
    let plan = among(&[forbidden(vec![beside])], east(8), &RADII_M);
    assert!((plan.cost_usd - USD_PER_M * 8000.0).abs() < 1e-6, "{}", plan.cost_usd);
    // A sliver thinner than a rail is no gap.
    let sliver = block([4000.0, -300.0], [4000.005, 150.0]);
    let plan = among(&[forbidden(vec![sliver])], east(8), &RADII_M);
    assert!(plan.cost_usd > USD_PER_M * (8000.0 + 1.0), "{}", plan.cost_usd);
}

#[test]
fn curves_keep_out_too_and_tangents_may_meet_within() {
    // Round a corner of 90 degrees: a post stands where the tangents meet, and a wall beside it
    // shuts the wide way. Arcs of 2,000 m would cut through the wall, those of 300 m would not.
    let corner =
        guide(&[(0.0, 0.0), (2000.0, 0.0), (4000.0, 0.0), (4000.0, 2000.0), (4000.0, 4000.0)]);
    let post = block([3990.0, -10.0], [4010.0, 10.0]);
    let wall =
        area(&[(0.0, 60.0), (3600.0, 60.0), (3940.0, 400.0), (3940.0, 4000.0), (0.0, 4000.0)]);
    let zones = [forbidden(vec![post.clone()]), forbidden(vec![wall.clone()])];
    let plan = among(&zones, corner.clone(), &RADII_M);
    assert_eq!(inside_m(&plan, &[post, wall]), 0.0);
    let free = among(&[], corner, &RADII_M);
    assert!(free.cost_usd < plan.cost_usd - 1e5, "{} {}", free.cost_usd, plan.cost_usd);
}

#[test]
fn factors_weigh_by_the_metre() {
    // A strip of 10 m, far thinner than the distance of samples, at five times the cost: 40 m more.
    let strip = block([4100.0, -9000.0], [4110.0, 9000.0]);
    let marsh =
        |factor, kind| zone("marsh", kind, Some(factor), vec![strip.clone(), strip.clone()]);
    let cost_m = |zones: &[_]| among(zones, east(8), &RADII_M).cost_usd / USD_PER_M;
    let dear_m = cost_m(&[marsh(5.0, ZoneKind::Avoid)]);
    assert!((dear_m - 8040.0).abs() < 0.01, "{dear_m}");
    let cheap_m = cost_m(&[marsh(0.5, ZoneKind::Prefer)]);
    assert!((cheap_m - 7995.0).abs() < 0.01, "{cheap_m}");
    // Zones upon one another multiply: 4 x 5 times.
    let both_m = cost_m(&[marsh(5.0, ZoneKind::Avoid), marsh(4.0, ZoneKind::Geohazard)]);
    assert!((both_m - 8190.0).abs() < 0.01, "{both_m}");
    // A dear area is left aside where that is worth its way, and crossed where not.
    let mire = block([3700.0, -300.0], [4300.0, 150.0]);
    let round = |factor| {
        let plan = among(
            &[zone("mire", ZoneKind::Avoid, Some(factor), vec![mire.clone()])],
            east(8),
            &RADII_M,
        );
        inside_m(&plan, std::slice::from_ref(&mire))
    };
    assert!((round(1.001) - 600.0).abs() <= 1.0, "{}", round(1.001));
    assert!(round(50.0) < 100.0, "{}", round(50.0));
}

#[test]
fn what_cannot_be_kept_out_of_is_entered_as_little_as_can_be() {
    // A wall from edge to edge, 300 m thick but for a neck of 40 m.
    let wall = area(&[
        (4000.0, -9000.0),
        (4300.0, -9000.0),
        (4300.0, 100.0),
        (4040.0, 100.0),
        (4040.0, 500.0),
        (4300.0, 500.0),
        (4300.0, 9000.0),
        (4000.0, 9000.0),
    ]);
    let plan = among(&[forbidden(vec![wall.clone()])], east(8), &RADII_M);
    let entered_m = inside_m(&plan, &[wall]);
    assert!((39.0..45.0).contains(&entered_m), "{entered_m}");
}

/// Boxes beside and on the guide.
fn boxes(u: &mut Unstructured) -> Result<Vec<[[f64; 2]; 2]>> {
    let count = u.int_in_range(1..=3_usize)?;
    let mut boxes = Vec::new();
    for _ in 0..count {
        let west = f64::from(u.int_in_range(1000..=6000_u16)?);
        let south = f64::from(u.int_in_range(-800..=700_i16)?);
        let [wide, tall] =
            [u.int_in_range(1..=900_u16)?, u.int_in_range(1..=900_u16)?].map(f64::from);
        boxes.push([[west, south], [west + wide, south + tall]]);
    }
    Ok(boxes)
}

#[test]
fn larger_zones_never_lower_the_cost_and_a_mirror_changes_nothing() {
    property(|u| {
        let boxes = boxes(u)?;
        let more = f64::from(u.int_in_range(1..=300_u16)?);
        let zones = |boxes: &[[[f64; 2]; 2]]| -> Vec<_> {
            boxes.iter().map(|[low, high]| block(*low, *high)).collect()
        };
        let plan = |areas: Vec<_>| {
            let zones: Vec<_> = areas.into_iter().map(|area| forbidden(vec![area])).collect();
            among(&zones, east(8), &RADII_M)
        };
        let small = plan(zones(&boxes));
        let entered_m = inside_m(&small, &zones(&boxes));
        // Where it enters, it pays for it: all other plans enter too.
        assert!(1e6 * (entered_m - 2.0) <= small.cost_usd, "{entered_m} {}", small.cost_usd);
        let grown = |more: f64| {
            let grow = |[low, high]: &[[f64; 2]; 2]| {
                [[low[0] - more, low[1] - more], [high[0] + more, high[1] + more]]
            };
            plan(zones(&boxes.iter().map(grow).collect::<Vec<_>>())).cost_usd
        };
        assert!(grown(more) >= small.cost_usd * (1.0 - 1e-12), "{boxes:?} {more}");
        let mirror: Vec<[[f64; 2]; 2]> =
            boxes.iter().map(|[low, high]| [[low[0], -high[1]], [high[0], -low[1]]]).collect();
        let mirrored_usd = plan(zones(&mirror)).cost_usd;
        // Sides are straight in longitude and latitude: mirrored ones differ by a centimetre, and
        // what just passed may just not pass.
        let [least_usd, most_usd] = [-0.05, 0.05].map(grown);
        if most_usd < 1e7 {
            let told = (&boxes, least_usd, mirrored_usd, most_usd);
            assert!(least_usd - 1.0 <= mirrored_usd && mirrored_usd <= most_usd + 1.0, "{told:?}");
        }
        Ok(())
    })
    .budget_ms(10_000);
}

fn river(crossing_cost_m: f64, line: &[(f64, f64)]) -> railcorridor::terrain::Zone {
    let (plane, _) = plane::plane();
    let rule = railcorridor::terrain::ZoneRule {
        kind: ZoneKind::River,
        crossing_cost_m: Some(crossing_cost_m),
        ..railcorridor::terrain::ZoneRule::default()
    };
    let line = line.iter().map(|&(e_m, n_m)| plane.inverse(plane::at(e_m, n_m)).unwrap());
    railcorridor::terrain::Zone::of_line("river", &rule, line.collect()).unwrap()
}

#[test]
fn rivers_are_charged_where_they_are_crossed() {
    let cost_m = |zones: &[_]| among(zones, east(8), &RADII_M).cost_usd / USD_PER_M;
    // From edge to edge there is no way round: 8,000 m of line, and the 700 m of the crossing.
    let across = [(4100.0, -40_000.0), (4300.0, 40_000.0)];
    assert!((cost_m(&[river(700.0, &across)]) - 8700.0).abs() < 1e-6);
    // Two rivers are paid for twice, and so is one that comes back; bends nearer than 500 m once.
    let second = [(6100.0, -40_000.0), (6300.0, 40_000.0)];
    let both = [river(700.0, &across), river(300.0, &second)];
    assert!((cost_m(&both) - 9000.0).abs() < 1e-6);
    let bends = |wide_m: f64| {
        let bend = [(4000.0, 40_000.0), (4000.0, -9000.0), (4000.0 + wide_m, -9000.0)];
        let rest = [(4000.0 + wide_m, 9000.0), (4000.0 + 2.0 * wide_m, 9000.0)];
        let end = [(4000.0 + 2.0 * wide_m, -40_000.0)];
        river(100.0, &[&bend[..], &rest, &end].concat())
    };
    assert!((cost_m(&[bends(200.0)]) - 8100.0).abs() < 1e-6);
    assert!((cost_m(&[bends(1000.0)]) - 8300.0).abs() < 1e-6);
    // Beside the line, it costs nothing.
    assert!((cost_m(&[river(700.0, &[(0.0, 10.0), (8000.0, 10.0)])]) - 8000.0).abs() < 1e-6);
}

#[test]
fn a_line_goes_round_the_head_of_a_river_if_that_is_cheaper() {
    // From the north to 150 m south of the line: round its head the rope is 2 hypot(4000, 150) m
    // long, 5.6 m more than straight across.
    let head = [(4000.0, 40_000.0), (4000.0, -150.0)];
    let cost_m = |cost_m: f64| {
        let plan = among(&[river(cost_m, &head)], east(8), &RADII_M);
        (plan.cost_usd / USD_PER_M, plan.horizontal().unwrap().length_m())
    };
    let (crossed_m, length_m) = cost_m(4.0);
    assert!((crossed_m - 8004.0).abs() < 1e-6 && (length_m - 8000.0).abs() < 1e-6, "{crossed_m}");
    let rope_m = 2.0 * 4000.0_f64.hypot(150.0);
    let (round_m, length_m) = cost_m(700.0);
    assert!((rope_m..rope_m + 20.0).contains(&length_m), "{length_m} {rope_m}");
    assert!((round_m - length_m).abs() < 0.1, "{round_m} {length_m}");
}

#[test]
fn a_dearer_crossing_never_lowers_the_cost() {
    property(|u| {
        let mut north = |from: i32| Ok(f64::from(u.int_in_range(from..=from + 2000)?));
        let (top_m, foot_m, west_m, east_m) =
            (north(-500)?, north(-2500)?, north(2000)?, north(4000)?);
        let course = [(west_m, 3000.0 + top_m), (east_m, foot_m + 0.37)];
        let mirrored = course.map(|(e_m, n_m)| (e_m, -n_m));
        let cost_usd =
            |cost_m: f64, course| among(&[river(cost_m, course)], east(8), &RADII_M).cost_usd;
        let costs_usd = [0.0, 20.0, 700.0].map(|cost_m| cost_usd(cost_m, &course));
        let least_usd = USD_PER_M * 8000.0;
        assert!((costs_usd[0] - least_usd).abs() < 1e-6, "{course:?}");
        assert!(costs_usd.is_sorted(), "{course:?} {costs_usd:?}");
        assert!(costs_usd[2] <= least_usd + USD_PER_M * 700.0 + 1e-6, "{course:?}");
        let off_usd = (cost_usd(700.0, &mirrored) - costs_usd[2]).abs();
        assert!(off_usd < 1.0, "{course:?} {off_usd}");
        Ok(())
    })
    .budget_ms(5_000);
}
