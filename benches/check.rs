//! Lines of 40 to 4,000 elements held against a standard: `cargo bench --bench check`.

#![allow(clippy::expect_used, reason = "a bench fails by panicking")]

use divan::Bencher;
use railcorridor::design::{CheckOptions, check};
use railcorridor::geodesy::Coord;
use railcorridor::geometry::{
    Alignment, Arc, Cant, CurveCant, Element, Horizontal, Line, Profile, Pvi, Ramp, Rounding,
    Tangent, Transition,
};
use railcorridor::model::Standard;

fn main() {
    divan::main();
}

/// So many curves to either hand in turn, each with its cant, over a profile that breaks every
/// kilometre.
fn line(curves: u32) -> Line {
    let mut elements: Vec<Element> = Vec::new();
    let mut cants = Vec::new();
    for number in 0..curves {
        let share = (f64::from(number) * 0.754_877_666_246_693).fract();
        let radius_m = 300.0 + 2000.0 * share;
        let per_m = if number % 2 == 0 { 1.0 } else { -1.0 } / radius_m;
        let ramp = Ramp::ALL[number as usize % Ramp::ALL.len()];
        let ease = |from, to| Transition::new(ramp, 100.0, from, to).expect("sound");
        elements.extend([
            Element::from(Tangent::new(200.0 + 800.0 * share).expect("sound")),
            ease(0.0, per_m).into(),
            Arc::with_curvature(100.0 + 0.5 * radius_m * share, per_m).expect("sound").into(),
            ease(per_m, 0.0).into(),
        ]);
        cants.push(CurveCant { inwards_m: 0.1, ramp });
    }
    let start = Coord { e_m: 500_000.0, n_m: 3_900_000.0 };
    let plan = Horizontal::new(start, 0.3, elements).expect("sound");
    let cant = Cant::of_curves(1.5, &plan, &cants).expect("sound");
    let length_m = plan.length_m();
    let rounding = Rounding::Parabola { radius_m: 10_000.0 };
    let mut points = Vec::new();
    let mut at_m = 0.0;
    while at_m < length_m - 500.0 {
        let height_m = 900.0 + if points.len() % 2 == 0 { 0.0 } else { 8.0 };
        let rounding = if points.is_empty() { Rounding::None } else { rounding };
        points.push(Pvi { distance_m: at_m, height_m, rounding });
        at_m += 1000.0;
    }
    points.push(Pvi { distance_m: length_m, height_m: 900.0, rounding: Rounding::None });
    let profile = Profile::through(&points).expect("sound");
    let alignment = Alignment::new(plan, Some(profile), Some(cant)).expect("sound");
    Line::new("bench", alignment).expect("sound")
}

#[divan::bench(args = [10, 100, 1000], sample_count = 20)]
fn curves_held_against_a_standard(bencher: Bencher<'_, '_>, curves: u32) {
    let line = line(curves);
    let standard = Standard::builtin_called("1435-en-tsi").expect("built in");
    bencher.bench_local(|| check(&line, standard, &CheckOptions::default()).expect("sound"));
}
