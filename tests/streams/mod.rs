//! Streams as another program drained them out of the same terrain, and where a known line crosses
//! them: files beside this repository.

use std::path::Path;

use serde_json::Value;

/// A reach between two confluences.
pub struct Reach {
    /// Longitudes and latitudes, downstream.
    pub places_deg: Vec<[f64; 2]>,
    /// What drains to its beginning and to its end.
    pub areas_km2: [f64; 2],
    /// The reach that it flows into.
    pub next: Option<usize>,
}

/// A place where a stream of more than 500 km2 is known to be crossed.
pub struct Known {
    pub at_deg: [f64; 2],
    pub area_km2: f64,
    pub watershed: String,
    pub reach: usize,
}

fn read(name: &str) -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    Some(serde_json::from_str(&std::fs::read_to_string(path).ok()?).unwrap())
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn place_deg(value: &Value) -> [f64; 2] {
    [number(&value[0]), number(&value[1])]
}

/// Reaches and known crossings; nothing where the files are not there.
pub fn shared() -> Option<(Vec<Reach>, Vec<Known>)> {
    let (streams, crossings) =
        (read("streams_dem_gt500km2.geojson")?, read("proxy_crossings.json")?);
    let mut reaches: Vec<Reach> = Vec::new();
    for feature in streams["features"].as_array().unwrap() {
        let own = &feature["properties"];
        let line = feature["geometry"]["coordinates"].as_array().unwrap();
        reaches.push(Reach {
            places_deg: line.iter().map(place_deg).collect(),
            areas_km2: [number(&own["upstream_km2"]), number(&own["downstream_km2"])],
            next: None,
        });
    }
    let next = |reach: &Reach| reaches.iter().position(|one| one.places_deg[0] == *end(reach));
    let next: Vec<Option<usize>> = reaches.iter().map(next).collect();
    for (reach, next) in reaches.iter_mut().zip(next) {
        reach.next = next;
    }
    let known = |one: &Value| {
        let at_deg = [number(&one["lon"]), number(&one["lat"])];
        let off = |reach: &Reach| {
            let offs = reach.places_deg.windows(2).map(|pair| off_km(at_deg, pair[0], pair[1]));
            offs.fold(f64::INFINITY, f64::min)
        };
        let nearest = (0..reaches.len())
            .min_by(|a, b| off(&reaches[*a]).total_cmp(&off(&reaches[*b])))
            .unwrap();
        Known {
            at_deg,
            area_km2: number(&one["area_km2"]),
            watershed: one["watershed"].as_str().unwrap_or("?").to_owned(),
            reach: nearest,
        }
    };
    let known = crossings.as_array().unwrap().iter().map(known).collect();
    Some((reaches, known))
}

fn end(reach: &Reach) -> &[f64; 2] {
    reach.places_deg.last().unwrap()
}

/// Kilometres east and north from a place, well enough near it.
fn plane_km(from_deg: [f64; 2], to_deg: [f64; 2]) -> [f64; 2] {
    let shrink_ratio = from_deg[1].to_radians().cos();
    [111.2 * shrink_ratio * (to_deg[0] - from_deg[0]), 111.2 * (to_deg[1] - from_deg[1])]
}

pub fn apart_km(a_deg: [f64; 2], b_deg: [f64; 2]) -> f64 {
    let [east_km, north_km] = plane_km(a_deg, b_deg);
    east_km.hypot(north_km)
}

/// How far a place lies from a chord.
fn off_km(at_deg: [f64; 2], from_deg: [f64; 2], to_deg: [f64; 2]) -> f64 {
    let ([ax, ay], [bx, by]) = (plane_km(at_deg, from_deg), plane_km(at_deg, to_deg));
    let (dx, dy) = (bx - ax, by - ay);
    let square = dx * dx + dy * dy;
    let share = if square > 0.0 { (-(ax * dx + ay * dy) / square).clamp(0.0, 1.0) } else { 0.0 };
    (ax + share * dx).hypot(ay + share * dy)
}

/// Where two chords cross, as a share of each.
pub fn cross(a: [[f64; 2]; 2], b: [[f64; 2]; 2]) -> Option<[f64; 2]> {
    let ([px, py], [qx, qy]) = (a[0], b[0]);
    let ([rx, ry], [sx, sy]) = ([a[1][0] - px, a[1][1] - py], [b[1][0] - qx, b[1][1] - qy]);
    let turn = rx * sy - ry * sx;
    let own = ((qx - px) * sy - (qy - py) * sx) / turn;
    let other = ((qx - px) * ry - (qy - py) * rx) / turn;
    let is_within = |share: f64| (0.0..1.0).contains(&share);
    (is_within(own) && is_within(other)).then_some([own, other])
}

/// Whether one reach flows into the other by and by.
pub fn are_one_stream(reaches: &[Reach], a: usize, b: usize) -> bool {
    flows_to(reaches, a, b) || flows_to(reaches, b, a)
}

fn flows_to(reaches: &[Reach], from: usize, to: usize) -> bool {
    let mut at = Some(from);
    // No way through a network is longer than all of it.
    for _ in 0..=reaches.len() {
        match at {
            Some(reach) if reach == to => return true,
            Some(reach) => at = reaches[reach].next,
            None => return false,
        }
    }
    false
}
