//! Zones laid on a grid, as a search needs them.

use super::coverage::{Covered, cover};
use super::crossing::{Crossing, crossings};
use super::fixed_point::{FixedPoint, on_grid};
use super::polygon::{words, wrong};
use super::union::united;
use super::zone_rule::{DEAREST_CROSSING_M, LEAST_FACTOR_RATIO, MOST_FACTOR_RATIO};
use super::{Grid, Polygon, Zone, ZoneShape};
use crate::error::{Error, Result};
use crate::geodesy::LonLat;

/// What zones do to the cells of a grid and to the moves between them.
///
/// A cell is the box half a step about its node. Its friction is the product over all zones of
/// `1 + (factor - 1) x share`, where the share is the covered part of its area, exact for the
/// polygons of a zone together, of which overlaps count once; it stays within
/// [`LEAST_FACTOR_RATIO`] and [`MOST_FACTOR_RATIO`]. A cell is closed (infinite) if a forbidden
/// zone covers any of it or its outline passes through it, so that no sliver is lost, however thin.
///
/// # Example
///
/// ```
/// use railcorridor::geodesy::LonLat;
/// use railcorridor::terrain::{Polygon, Zone, ZoneKind, ZoneRaster, ZoneRule, plane};
///
/// let grid = plane(5, 5, 1000.0, 0.0, 0.0)?;
/// // The south half, from the middle row down, at three times the cost.
/// let (west, east) = (grid.place(2, 0), grid.place(4, 4));
/// let (left, right) = (west.lon_deg - 1.0, east.lon_deg + 1.0);
/// let corner = |lon_deg, lat_deg| LonLat { lon_deg, lat_deg };
/// let ring = vec![corner(left, west.lat_deg), corner(right, west.lat_deg),
///                 corner(right, -1.0), corner(left, -1.0), corner(left, west.lat_deg)];
/// let rule = ZoneRule { kind: ZoneKind::Avoid, factor_ratio: Some(3.0), ..ZoneRule::default() };
/// let zone = Zone::of_polygons("marsh", &rule, vec![Polygon::new(ring, Vec::new())?])?;
/// let raster = ZoneRaster::new(&grid, &[zone])?;
/// // Above: 1; half covered: 1 + 2 x 0.5; below: 3.
/// assert_eq!([5, 10, 15].map(|cell| raster.friction_ratio[cell]), [1.0, 2.0, 3.0]);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ZoneRaster {
    /// What a metre in each cell costs in metres of level line, row by row; infinity closes it.
    pub friction_ratio: Vec<f32>,
    /// Moves that cross a river, in order, each once with the sum over all zones.
    pub crossings: Vec<Crossing>,
    /// Points that the line must pass, in the order of the zones.
    pub fixed_points: Vec<FixedPoint>,
    /// Ids of zones that touch no cell of the grid.
    pub beyond: Vec<String>,
}

impl ZoneRaster {
    /// Lays zones on a grid; memory 4 bytes a cell, and while a zone is laid 8 a cell of it.
    ///
    /// # Errors
    /// [`Error::Limit`] from 2^32 cells; [`Error::Zone`] for a zone off the grid that would lie on
    /// it with longitude and latitude exchanged, for outlines and lines too long for the grid, and
    /// for a fixed point off the grid, in a void or in a closed cell.
    pub fn new(grid: &Grid, zones: &[Zone]) -> Result<Self> {
        let cells = grid.heights_m().len();
        if u32::try_from(cells).is_err() {
            return Err(Error::Limit {
                item: "zones".to_owned(),
                needed: format!("{cells} cells"),
                limit: format!("{} cells", u32::MAX),
                hint: "take a window of the terrain".to_owned(),
            });
        }
        let mut raster = Self {
            friction_ratio: vec![1.0; cells],
            crossings: Vec::new(),
            fixed_points: Vec::new(),
            beyond: Vec::new(),
        };
        for zone in zones {
            let of = |error: Error| error.of_zone(zone.id(), None);
            let touches = raster.lay(grid, zone).map_err(of)?;
            if !touches {
                check_swapped(grid, zone).map_err(of)?;
                raster.beyond.push(zone.id().to_owned());
            }
        }
        raster.finish();
        // Last, since any zone may close the cell of a point.
        for zone in zones {
            if let ZoneShape::FixedPoints { places, .. } = zone.shape() {
                for place in places {
                    raster.fixed_points.push(on_grid(grid, &raster.friction_ratio, zone, *place)?);
                }
            }
        }
        Ok(raster)
    }

    /// What a move from a node by so many rows down and columns right costs for crossing rivers,
    /// metres of level line; 0 if it crosses none.
    #[must_use]
    pub fn crossing_m(&self, from: (usize, usize), step: (i8, i8)) -> f64 {
        let found = self.crossings.binary_search_by_key(&(from, step), Crossing::key);
        found.ok().and_then(|at| self.crossings.get(at)).map_or(0.0, |crossing| crossing.cost_m)
    }

    /// Lays one zone; whether it touches the grid. Fixed points come later.
    fn lay(&mut self, grid: &Grid, zone: &Zone) -> Result<bool> {
        match zone.shape() {
            ZoneShape::Forbidden(polygons) => {
                let mut touches = false;
                for polygon in polygons {
                    for covered in cover(grid, polygon)? {
                        touches = true;
                        if let Some(ratio) = self.friction_ratio.get_mut(covered.cell as usize) {
                            *ratio = f32::INFINITY;
                        }
                    }
                }
                Ok(touches)
            }
            ZoneShape::Factor { factor_ratio, polygons, .. } => {
                #[expect(clippy::cast_possible_truncation, reason = "a factor")]
                let factor_ratio = *factor_ratio as f32;
                let covered = cover_all(grid, polygons)?;
                for one in &covered {
                    let ratio = self.friction_ratio.get_mut(one.cell as usize);
                    if let Some(ratio) = ratio.filter(|ratio| ratio.is_finite()) {
                        // However many zones overlap, only forbidden ones close.
                        *ratio = (*ratio * (1.0 + (factor_ratio - 1.0) * one.share)).min(f32::MAX);
                    }
                }
                Ok(!covered.is_empty())
            }
            ZoneShape::Rivers(rivers) => {
                let found = crossings(grid, rivers)?;
                let touches = !found.is_empty();
                self.crossings.extend(found);
                Ok(touches)
            }
            ZoneShape::FixedPoints { .. } => Ok(true),
        }
    }

    /// Bounds the frictions and adds up the crossings of a move.
    fn finish(&mut self) {
        #[expect(clippy::cast_possible_truncation, reason = "factors")]
        let (least_ratio, most_ratio) = (LEAST_FACTOR_RATIO as f32, MOST_FACTOR_RATIO as f32);
        for ratio in self.friction_ratio.iter_mut().filter(|ratio| ratio.is_finite()) {
            *ratio = ratio.clamp(least_ratio, most_ratio);
        }
        self.crossings.sort_by_key(Crossing::key);
        self.crossings.dedup_by(|next, sum| {
            let same = next.key() == sum.key();
            if same {
                sum.cost_m = (sum.cost_m + next.cost_m).min(DEAREST_CROSSING_M);
                sum.crossed_share += next.crossed_share;
            }
            same
        });
    }
}

/// What the polygons of one zone cover together; where they overlap, once.
fn cover_all(grid: &Grid, polygons: &[Polygon]) -> Result<Vec<Covered>> {
    let [_, _, ..] = polygons else {
        return polygons.first().map_or(Ok(Vec::new()), |only| cover(grid, only));
    };
    let mut all = Vec::new();
    for polygon in united(polygons) {
        all.extend(cover(grid, &polygon)?);
    }
    all.sort_by_key(|covered| covered.cell);
    all.dedup_by(|next, sum| {
        let same = next.cell == sum.cell;
        if same {
            // To the whole cell at most, but for rounding.
            sum.share = (sum.share + next.share).min(1.0);
        }
        same
    });
    Ok(all)
}

/// Refuses a zone beside the grid that would lie on it with its coordinates exchanged.
fn check_swapped(grid: &Grid, zone: &Zone) -> Result<()> {
    let on_grid = |place: &LonLat| {
        grid.nearest(LonLat { lon_deg: place.lat_deg, lat_deg: place.lon_deg }).is_some()
    };
    match zone.places().iter().find(|place| on_grid(place)) {
        Some(place) => Err(wrong(
            format!(
                "{} lies off the terrain, but would lie on it the other way round",
                words(*place)
            ),
            "are longitude and latitude swapped? longitude comes first",
        )),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terrain::{ZoneKind, ZoneRule};

    /// Ten by ten nodes one hundredth of a degree apart; node 0, 0 at 60 E, 35 N, a void at 9, 9.
    fn grid() -> Grid {
        let mut heights_m = vec![0.0; 100];
        heights_m[99] = f32::NAN;
        Grid::new(10, at(0.0, 0.0), 0.01, 0.01, heights_m).unwrap()
    }

    /// The place at a row and column of the grid.
    fn at(row: f64, col: f64) -> LonLat {
        LonLat { lon_deg: 60.0 + 0.01 * col, lat_deg: 35.0 - 0.01 * row }
    }

    fn area(corners: [(f64, f64); 4]) -> Polygon {
        let ring = corners.iter().chain(corners.first()).map(|&(row, col)| at(row, col));
        Polygon::new(ring.collect(), Vec::new()).unwrap()
    }

    /// The box from one row and column to another.
    fn within(top: f64, left: f64, bottom: f64, right: f64) -> Polygon {
        area([(top, left), (top, right), (bottom, right), (bottom, left)])
    }

    fn zone(id: &str, kind: ZoneKind, factor_ratio: Option<f64>, polygons: Vec<Polygon>) -> Zone {
        Zone::of_polygons(id, &ZoneRule { kind, factor_ratio, ..ZoneRule::default() }, polygons)
            .unwrap()
    }

    fn friction(raster: &ZoneRaster, row: usize, col: usize) -> f32 {
        raster.friction_ratio[row * 10 + col]
    }

    #[test]
    fn factors_multiply_by_their_shares() {
        let raster = ZoneRaster::new(
            &grid(),
            &[
                zone("marsh", ZoneKind::Avoid, Some(3.0), vec![within(1.5, 1.5, 3.5, 4.5)]),
                zone("road", ZoneKind::Prefer, Some(0.5), vec![within(1.5, 3.5, 3.5, 6.0)]),
            ],
        )
        .unwrap();
        let expected = [(2, 2, 3.0), (2, 4, 1.5), (2, 5, 0.5), (2, 6, 0.75), (4, 2, 1.0)];
        for (row, col, ratio) in expected {
            assert!((friction(&raster, row, col) - ratio).abs() < 1e-6, "{row} {col}");
        }
    }

    #[test]
    fn ground_in_two_polygons_of_one_zone_counts_once() {
        // From a third of the cell to its end and from its half: two thirds are covered.
        let overlap = vec![within(1.5, 1.0 + 5.0 / 6.0, 2.5, 4.5), within(1.5, 2.0, 2.5, 4.5)];
        let raster =
            ZoneRaster::new(&grid(), &[zone("a", ZoneKind::Avoid, Some(4.0), overlap)]).unwrap();
        assert!((friction(&raster, 2, 2) - 3.0).abs() < 1e-5);
        assert!((friction(&raster, 2, 3) - 4.0).abs() < 1e-5);
    }

    #[test]
    fn polygons_of_one_zone_add_up_to_whole_cells() {
        let halves = vec![within(1.5, 1.5, 3.5, 3.0), within(1.5, 3.0, 3.5, 4.5)];
        let raster =
            ZoneRaster::new(&grid(), &[zone("a", ZoneKind::Avoid, Some(3.0), halves)]).unwrap();
        assert!((2..=4).all(|col| (friction(&raster, 2, col) - 3.0).abs() < 1e-6));
        let much = vec![within(1.5, 1.5, 3.5, 3.5); 3];
        let zones: Vec<Zone> = (0..9)
            .map(|number| zone(&format!("p{number}"), ZoneKind::Prefer, Some(0.2), much.clone()))
            .collect();
        assert_eq!(friction(&ZoneRaster::new(&grid(), &zones).unwrap(), 2, 2), 0.2);
        // Dear ground stays open, however many zones make it dear.
        let dear = vec![within(1.5, 1.5, 3.5, 3.5)];
        let zones: Vec<Zone> = (0..20)
            .map(|number| zone(&format!("d{number}"), ZoneKind::Avoid, Some(1e3), dear.clone()))
            .collect();
        assert_eq!(friction(&ZoneRaster::new(&grid(), &zones).unwrap(), 2, 2), 1e3);
    }

    #[test]
    fn a_forbidden_sliver_closes_every_cell_that_it_touches() {
        let sliver = area([(-2.0, 3.31), (12.0, 3.31), (12.0, 3.3100001), (-2.0, 3.3100001)]);
        let raster =
            ZoneRaster::new(&grid(), &[zone("border", ZoneKind::Forbidden, None, vec![sliver])])
                .unwrap();
        for row in 0..10 {
            for col in 0..10 {
                assert_eq!(friction(&raster, row, col).is_infinite(), col == 3, "{row} {col}");
            }
        }
        assert!(raster.beyond.is_empty());
    }

    #[test]
    fn rivers_of_two_zones_add_up_and_those_of_one_do_not() {
        let rule =
            ZoneRule { kind: ZoneKind::River, crossing_cost_m: Some(100.0), ..ZoneRule::default() };
        let river = |id: &str, row: f64| {
            Zone::of_line(id, &rule, vec![at(row, -1.0), at(row, 11.0)]).unwrap()
        };
        let raster =
            ZoneRaster::new(&grid(), &[river("one", 4.4), river("two", 4.6), river("far", 400.0)])
                .unwrap();
        assert_eq!(raster.crossing_m((4, 5), (1, 0)), 200.0);
        assert_eq!(raster.crossing_m((5, 5), (-1, 0)), 200.0);
        assert_eq!(raster.crossing_m((4, 5), (0, 1)), 0.0);
        assert_eq!(raster.beyond, ["far"]);
        assert!(raster.crossings.is_sorted_by_key(Crossing::key));
    }

    fn point(place: LonLat) -> Zone {
        let features = vec![crate::terrain::MapFeature {
            points: vec![place],
            ..crate::terrain::MapFeature::default()
        }];
        let rule = ZoneRule { kind: ZoneKind::FixedPoint, ..ZoneRule::default() };
        Zone::new("ford", &rule, features).unwrap()
    }

    #[test]
    fn fixed_points_lie_on_open_ground() {
        let raster = ZoneRaster::new(&grid(), &[point(at(2.4, 6.6))]).unwrap();
        let found = &raster.fixed_points[0];
        assert_eq!((found.row, found.col, found.zone.as_str()), (2, 7, "ford"));
        let closed = zone("yard", ZoneKind::Forbidden, None, vec![within(1.5, 1.5, 3.5, 9.4)]);
        for (zones, words) in [
            (
                vec![point(at(2.4, 6.6)), closed],
                "zone ford: the point [60.066, 34.976] lies in a f",
            ),
            (vec![point(at(9.0, 9.0))], "lies in a void"),
            (vec![point(at(-3.0, 4.0))], "outside of the terrain"),
            (vec![point(LonLat { lon_deg: 35.0, lat_deg: 60.0 })], "swapped"),
        ] {
            let message = ZoneRaster::new(&grid(), &zones).unwrap_err().to_string();
            assert!(message.contains(words), "\"{words}\" is not in: {message}");
        }
    }

    #[test]
    fn swapped_places_are_found_and_far_zones_named() {
        let swap = |polygon: &Polygon| {
            let ring = polygon.exterior().iter();
            let ring = ring.map(|p| LonLat { lon_deg: p.lat_deg, lat_deg: p.lon_deg });
            Polygon::new(ring.collect(), Vec::new()).unwrap()
        };
        let swapped = swap(&within(1.5, 1.5, 3.5, 4.0));
        let zones = [zone("marsh", ZoneKind::Avoid, Some(2.0), vec![swapped])];
        let message = ZoneRaster::new(&grid(), &zones).unwrap_err().to_string();
        assert!(message.contains("zone marsh: ") && message.contains("swapped?"), "{message}");
        let far = zone("far", ZoneKind::Avoid, Some(2.0), vec![within(50.0, 50.0, 51.0, 51.0)]);
        let raster = ZoneRaster::new(&grid(), &[far]).unwrap();
        assert_eq!(raster.beyond, ["far"]);
        assert!(raster.friction_ratio.iter().all(|ratio| *ratio == 1.0));
    }
}
