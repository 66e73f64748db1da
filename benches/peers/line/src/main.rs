//! Our exact line and geo, for `driver.py`: `write FOLDER` writes the line's chords and the places
//! to look for, `WORK FOLDER` does a work once and prints its time and its answers.

use std::fs;
use std::hint::black_box;

use cpu_time::ThreadTime;
use geo::{Closest, ClosestPoint as _, LineLocatePoint as _, LineString, Point};
use railcorridor::geodesy::Coord;
use railcorridor::geometry::{Arc, Element, Horizontal, Ramp, Tangent, Transition};
use serde_json::json;

/// Chords of the polyline that others search.
const CHORDS: u32 = 100_000;
/// Places that geo looks for: it takes milliseconds for each.
const FEW: usize = 100;
/// Places on one clothoid.
const PLACES: u32 = 200_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let (work, folder) = (arguments[1].as_str(), arguments[2].as_str());
    if work == "write" {
        return write(folder);
    }
    let (ns_each, answers) = match work {
        "element" => element(),
        "along" => along(),
        "anywhere" => anywhere(),
        "build" => build(),
        "nearest" => nearest(folder),
        "geo-locate" => geo_locate(folder),
        "geo-closest" => geo_closest(folder),
        other => panic!("no work called {other}"),
    };
    println!("{}", json!({ "ns": ns_each, "answers": answers }));
}

/// A share of one, in no order that a cache could like.
fn share(number: u32, step: f64) -> f64 {
    (f64::from(number) * step).fract()
}

const STEPS: [f64; 2] = [0.754_877_666_246_693, 0.569_840_290_998_053];

/// A thousand curves, each a tangent, a clothoid, an arc, a clothoid: 4,000 elements.
fn elements() -> Vec<Element> {
    let mut elements = Vec::new();
    for number in 0..1000 {
        let [u, v] = STEPS.map(|step| share(number, step));
        let radius_m = 300.0 + 2000.0 * u;
        let per_m = if number % 2 == 0 { 1.0 } else { -1.0 } / radius_m;
        let ease_m = 60.0 + 100.0 * v;
        let ease = |from, to| Transition::new(Ramp::Clothoid, ease_m, from, to).unwrap();
        elements.extend([
            Element::from(Tangent::new(200.0 + 800.0 * v).unwrap()),
            ease(0.0, per_m).into(),
            Arc::with_curvature(100.0 + 0.5 * radius_m * v, per_m).unwrap().into(),
            ease(per_m, 0.0).into(),
        ]);
    }
    elements
}

fn line() -> Horizontal {
    Horizontal::new(Coord { e_m: 500_000.0, n_m: 3_900_000.0 }, 0.3, elements()).unwrap()
}

/// The chords, and places up to 50 m beside the line: east, north each.
fn write(folder: &str) {
    let line = line();
    let floats = |points: Vec<Coord>| -> Vec<u8> {
        points.iter().flat_map(|at| [at.e_m, at.n_m]).flat_map(f64::to_le_bytes).collect()
    };
    let at = |share: f64| line.at(share * line.length_m()).unwrap();
    let chords = (0..=CHORDS).map(|number| at(f64::from(number) / f64::from(CHORDS)).coord);
    fs::write(format!("{folder}/chords.f64"), floats(chords.collect())).unwrap();
    let beside = (0..20_000)
        .map(|number| at(share(number, STEPS[0])).beside(100.0 * share(number, STEPS[1]) - 50.0));
    fs::write(format!("{folder}/places.f64"), floats(beside.collect())).unwrap();
}

fn read(folder: &str, name: &str) -> Vec<Coord> {
    let bytes = fs::read(format!("{folder}/{name}.f64")).unwrap();
    let (floats, _) = bytes.as_chunks::<8>();
    let floats: Vec<f64> = floats.iter().map(|eight| f64::from_le_bytes(*eight)).collect();
    let (pairs, _) = floats.as_chunks::<2>();
    pairs.iter().map(|[e_m, n_m]| Coord { e_m: *e_m, n_m: *n_m }).collect()
}

type Answers = Vec<[f64; 2]>;

/// Nanoseconds each, and some of the answers.
fn timed(count: f64, run: impl FnOnce() -> Answers) -> (f64, Answers) {
    let start = ThreadTime::now();
    let answers = run();
    (start.elapsed().as_secs_f64() * 1e9 / count, answers)
}

/// Poses at distances made ready, once to warm up and once measured; the first ten are answers.
fn poses(line: &Horizontal) -> (f64, Answers) {
    let length_m = line.length_m();
    let distances_m: Vec<f64> =
        (0..PLACES).map(|number| length_m * share(number, STEPS[0])).collect();
    let all = || {
        for &distance_m in &distances_m {
            black_box(line.at(distance_m).unwrap());
        }
        Vec::new()
    };
    all();
    let (ns_each, _) = timed(f64::from(PLACES), all);
    let coords = distances_m.iter().take(10).map(|&at_m| line.at(at_m).unwrap().coord);
    (ns_each, coords.map(|at| [at.e_m, at.n_m]).collect())
}

/// A clothoid of 100 m from straight to 300 m, as a line of one element.
fn clothoid() -> Horizontal {
    let clothoid = Transition::clothoid(100.0, 0.0, 1.0 / 300.0).unwrap();
    Horizontal::new(Coord { e_m: 0.0, n_m: 0.0 }, 0.0, vec![clothoid.into()]).unwrap()
}

fn element() -> (f64, Answers) {
    poses(&clothoid())
}

/// From one end of the clothoid to the other.
fn along() -> (f64, Answers) {
    let line = clothoid();
    let at_m = |number| 100.0 * f64::from(number) / f64::from(PLACES);
    let distances_m: Vec<f64> = (0..PLACES).map(at_m).collect();
    let all = || {
        let mut walk = line.walk();
        for &distance_m in &distances_m {
            black_box(walk.at(distance_m).unwrap());
        }
        Vec::new()
    };
    all();
    timed(f64::from(PLACES), all)
}

fn anywhere() -> (f64, Answers) {
    poses(&line())
}

fn build() -> (f64, Answers) {
    let elements = elements();
    timed(1.0, || {
        black_box(Horizontal::new(Coord { e_m: 0.0, n_m: 0.0 }, 0.3, elements).unwrap());
        Vec::new()
    })
}

/// As poses, once to warm up and once measured.
fn nearest(folder: &str) -> (f64, Answers) {
    let (line, places) = (line(), read(folder, "places"));
    let all = || {
        for at in &places {
            black_box(line.nearest(*at).unwrap());
        }
        Vec::new()
    };
    all();
    let (ns_each, _) = timed(places.len() as f64, all);
    let first = places.iter().take(FEW).map(|at| line.nearest(*at).unwrap().pose.coord);
    (ns_each, first.map(|at| [at.e_m, at.n_m]).collect())
}

fn chords(folder: &str) -> LineString {
    read(folder, "chords").iter().map(|at| (at.e_m, at.n_m)).collect()
}

fn geo_locate(folder: &str) -> (f64, Answers) {
    let (chords, places) = (chords(folder), read(folder, "places"));
    timed(FEW as f64, || {
        for at in places.iter().take(FEW) {
            black_box(chords.line_locate_point(&Point::new(at.e_m, at.n_m)));
        }
        Vec::new()
    })
}

fn geo_closest(folder: &str) -> (f64, Answers) {
    let (chords, places) = (chords(folder), read(folder, "places"));
    timed(FEW as f64, || {
        let closest = |at: &Coord| match chords.closest_point(&Point::new(at.e_m, at.n_m)) {
            Closest::Intersection(point) | Closest::SinglePoint(point) => [point.x(), point.y()],
            Closest::Indeterminate => [f64::NAN; 2],
        };
        places.iter().take(FEW).map(closest).collect()
    })
}
