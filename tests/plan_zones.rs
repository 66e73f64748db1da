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
