//! Where the line of a segment must pass: stations, and points that zones fix.

use std::borrow::Cow;

use super::Options;
use super::search::leg_ends;
use crate::geodesy::{LonLat, distance_m};
use crate::model::{Segment, Station, Study};
use crate::terrain::ZoneShape;

/// A segment with the places that its line passes, from its first station to its last.
pub(super) struct Stops<'a> {
    pub(super) segment: &'a Segment,
    pub(super) places: Vec<Cow<'a, Station>>,
}

impl Stops<'_> {
    /// The stretches from place to place.
    pub(super) fn legs(&self) -> impl Iterator<Item = (&Station, &Station)> {
        let places = || self.places.iter().map(Cow::as_ref);
        places().zip(places().skip(1))
    }

    /// Sum of the geodesics from place to place.
    pub(super) fn geodesic_m(&self) -> f64 {
        self.legs().map(|(from, to)| distance_m(place(from), place(to))).sum()
    }
}

/// The stops of every segment of a study.
///
/// A fixed point belongs where it makes the geodesics from stop to stop least longer: one by one,
/// in the order of the zones, each between two stops of one segment.
pub(super) fn stops<'a>(study: &'a Study, options: &Options) -> Vec<Stops<'a>> {
    let of_segment = |segment: &'a Segment| {
        let legs = leg_ends(study, segment, options.through_places);
        let first = legs.first().map(|(from, _)| *from);
        let stations = first.into_iter().chain(legs.iter().map(|(_, to)| *to));
        Stops { segment, places: stations.map(Cow::Borrowed).collect() }
    };
    let mut all: Vec<Stops<'a>> = study.segments.iter().map(of_segment).collect();
    for zone in &options.zones {
        let ZoneShape::FixedPoints { places, .. } = zone.shape() else { continue };
        for point in places {
            insert(&mut all, zone.id(), *point);
        }
    }
    all
}

/// Puts a point between the two stops that it is least out of the way of.
fn insert(all: &mut [Stops<'_>], id: &str, point: LonLat) {
    let detour_m = |(from, to): (&Station, &Station)| {
        let (from, to) = (place(from), place(to));
        distance_m(from, point) + distance_m(point, to) - distance_m(from, to)
    };
    let mut least: Option<(f64, usize, usize)> = None;
    for (line, stops) in all.iter().enumerate() {
        for (leg, ends) in stops.legs().enumerate() {
            let detour_m = detour_m(ends);
            if least.is_none_or(|(least_m, ..)| detour_m < least_m) {
                least = Some((detour_m, line, leg));
            }
        }
    }
    let Some((_, line, leg)) = least else { return };
    let station = Station {
        id: id.to_owned(),
        name: id.into(),
        lon_deg: point.lon_deg,
        lat_deg: point.lat_deg,
        ..Station::default()
    };
    if let Some(stops) = all.get_mut(line) {
        stops.places.insert(leg + 1, Cow::Owned(station));
    }
}

fn place(station: &Station) -> LonLat {
    LonLat { lon_deg: station.lon_deg, lat_deg: station.lat_deg }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terrain::{MapFeature, Zone, ZoneKind, ZoneRule};

    fn points(id: &str, lons_deg: &[f64]) -> Zone {
        let points = lons_deg.iter().map(|&lon_deg| LonLat { lon_deg, lat_deg: 0.1 }).collect();
        let rule = ZoneRule { kind: ZoneKind::FixedPoint, ..ZoneRule::default() };
        Zone::new(id, &rule, vec![MapFeature { points, ..MapFeature::default() }]).unwrap()
    }

    #[test]
    fn points_lie_where_they_are_least_out_of_the_way() {
        let at = |id: &str, lon_deg| Station { id: id.into(), lon_deg, ..Station::default() };
        let segment = |id: &str, from: &str, to: &str| Segment {
            id: id.into(),
            from: from.into(),
            to: to.into(),
            ..Segment::default()
        };
        let study = Study {
            stations: vec![at("a", 60.0), at("b", 61.0), at("c", 62.0)],
            segments: vec![segment("west", "a", "b"), segment("east", "b", "c")],
            ..Study::default()
        };
        let zones = vec![points("ford", &[61.4]), points("gap", &[61.8, 61.2, 60.5])];
        let all = stops(&study, &Options { zones, ..Options::default() });
        let ids = |line: usize| -> Vec<&str> {
            all[line].places.iter().map(|place| place.id.as_str()).collect()
        };
        assert_eq!(ids(0), ["a", "gap", "b"]);
        assert_eq!(ids(1), ["b", "gap", "ford", "gap", "c"]);
        let lons: Vec<f64> = all[1].places.iter().map(|place| place.lon_deg).collect();
        assert_eq!(lons, [61.0, 61.2, 61.4, 61.8, 62.0]);
        assert_eq!(stops(&study, &Options::default())[0].places.len(), 2);
    }
}
