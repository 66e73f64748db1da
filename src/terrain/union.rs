//! Polygons of one zone that overlap, as ground that counts once.

use geo::orient::{Direction, Orient as _};
use rstar::primitives::Rectangle;
use rstar::{AABB, RTree};

use super::Polygon;

/// Polygons that cover the same ground, each place once.
///
/// Those whose boxes touch no other come back as they are, the others as their union: its corners
/// lie on a lattice of about 1e-9 of their extent, a millimetre over ten degrees.
pub(super) fn united(polygons: &[Polygon]) -> Vec<Polygon> {
    let around = |polygon: &Polygon| {
        let bounds = polygon.bounds();
        AABB::from_corners([bounds.west_deg, bounds.south_deg], [bounds.east_deg, bounds.north_deg])
    };
    let boxes = polygons.iter().map(|polygon| Rectangle::from_aabb(around(polygon)));
    let tree = RTree::bulk_load(boxes.collect());
    let meets_another =
        |polygon: &Polygon| tree.locate_in_envelope_intersecting(&around(polygon)).nth(1).is_some();
    let (meeting, mut alone): (Vec<Polygon>, Vec<Polygon>) =
        polygons.iter().cloned().partition(meets_another);
    let meeting: Vec<geo::Polygon> =
        meeting.iter().map(|polygon| polygon.to_geo().orient(Direction::Default)).collect();
    alone.extend(geo::unary_union(&meeting).iter().map(Polygon::of_union));
    alone
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::LonLat;

    /// A square of so many degrees from its south-west corner.
    fn square(lon_deg: f64, lat_deg: f64, side_deg: f64, is_clockwise: bool) -> Polygon {
        let corners = [(0.0, 0.0), (side_deg, 0.0), (side_deg, side_deg), (0.0, side_deg)];
        let mut ring: Vec<LonLat> = corners
            .iter()
            .chain(corners.first())
            .map(|(east, north)| LonLat { lon_deg: lon_deg + east, lat_deg: lat_deg + north })
            .collect();
        if is_clockwise {
            ring.reverse();
        }
        Polygon::new(ring, Vec::new()).unwrap()
    }

    fn area(polygons: &[Polygon]) -> f64 {
        use geo::Area as _;
        polygons.iter().map(|polygon| polygon.to_geo().unsigned_area()).sum()
    }

    #[test]
    fn overlaps_count_once_whichever_way_rings_run() {
        let apart = square(70.0, 30.0, 1.0, false);
        for turned in [false, true] {
            // Two squares of 2 degrees that share a quarter, and one that stands alone: 4 + 4 - 1 + 1.
            let overlap =
                [square(60.0, 30.0, 2.0, turned), square(61.0, 31.0, 2.0, false), apart.clone()];
            let united = united(&overlap);
            assert_eq!(united.len(), 2);
            assert_eq!(united[0], apart);
            assert!((area(&united) - 8.0).abs() < 1e-7, "{}", area(&united));
        }
        // The same twice is the same; neighbours with a common side lose nothing.
        assert!((area(&united(&[apart.clone(), apart.clone()])) - 1.0).abs() < 1e-7);
        assert!(
            (area(&united(&[apart.clone(), square(71.0, 30.0, 1.0, false)])) - 2.0).abs() < 1e-7
        );
        assert!(united(&[]).is_empty());
    }

    #[test]
    fn ground_between_polygons_stays_open() {
        // Four strips round a square of one degree.
        let strip = |west: f64, south: f64, east: f64, north: f64| {
            let ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
                .map(|(lon_deg, lat_deg)| LonLat { lon_deg, lat_deg });
            Polygon::new(ring.to_vec(), Vec::new()).unwrap()
        };
        let frame = [
            strip(60.0, 30.0, 63.0, 31.0),
            strip(60.0, 32.0, 63.0, 33.0),
            strip(60.0, 30.0, 61.0, 33.0),
            strip(62.0, 30.0, 63.0, 33.0),
        ];
        let united = united(&frame);
        assert_eq!((united.len(), united[0].holes().len()), (1, 1));
        assert!((area(&united) - 8.0).abs() < 1e-7);
    }
}
