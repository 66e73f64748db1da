//! Zones laid on a grid, as a search needs them.

use super::coverage::{Covered, cover};
use super::crossing::{Crossing, crossings};
use super::polygon::{words, wrong};
use super::zone::named;
use super::zone_rule::LEAST_FACTOR_RATIO;
use super::{Grid, Polygon, Zone, ZoneShape};
use crate::error::{Error, Result};
use crate::geodesy::{LonLat, distance_m};

/// The dearest metre where zones overlap, in metres of level line.
const DEAREST_RATIO: f32 = 1e6;

/// The part of a cell that a geohazard covers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hazard {
    /// Index of the cell, row by row.
    pub cell: u32,
    /// Number of the zone in [`ZoneRaster::zone_ids`].
    pub zone: u32,
    /// The covered share of the cell's area, 0 to 1.
    pub covered_ratio: f32,
}

/// A point that the line must pass, with the node nearest to it.
#[derive(Debug, Clone, PartialEq)]
pub struct FixedPoint {
    /// Number of the zone in [`ZoneRaster::zone_ids`].
    pub zone: u32,
    /// Where it was drawn.
    pub place: LonLat,
    /// Row of the nearest node.
    pub row: usize,
    /// Column of the nearest node.
    pub col: usize,
}

/// What zones do to the cells of a grid and to the moves between them.
///
/// A cell is the box half a step about its node. Its friction is the product over all zones of
/// `1 + (factor - 1) x share`, where the share is the covered part of its area, computed exactly;
/// it never falls below [`LEAST_FACTOR_RATIO`]. A cell is closed (infinite) if a forbidden zone
/// covers any of it or its outline passes through it, so that no sliver is lost, however thin.
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
    /// Moves that cross a river, by cell and move, each once with the sum over all zones.
    pub crossings: Vec<Crossing>,
    /// Cells that geohazards cover, by cell.
    pub hazards: Vec<Hazard>,
    /// Points that the line must pass, in the order of the zones.
    pub fixed_points: Vec<FixedPoint>,
    /// Ids of the zones, in the order given.
    pub zone_ids: Vec<String>,
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
            hazards: Vec::new(),
            fixed_points: Vec::new(),
            zone_ids: zones.iter().map(|zone| zone.id().to_owned()).collect(),
            beyond: Vec::new(),
        };
        for (number, zone) in (0..).zip(zones) {
            let of = |error| named(error, zone.id(), None);
            let touches = raster.lay(grid, number, zone).map_err(of)?;
            if !touches {
                check_swapped(grid, zone).map_err(of)?;
                raster.beyond.push(zone.id().to_owned());
            }
        }
        raster.finish();
        // Last, since any zone may close the cell of a point.
        for (number, zone) in (0..).zip(zones) {
            if let ZoneShape::FixedPoints(points) = zone.shape() {
                for place in points {
                    let point = raster
                        .fixed_point(grid, number, *place)
                        .map_err(|error| named(error, zone.id(), None))?;
                    raster.fixed_points.push(point);
                }
            }
        }
        Ok(raster)
    }

    /// What a move costs for crossing rivers, metres of level line; 0 if it crosses none.
    #[must_use]
    pub fn crossing_m(&self, cell: u32, down: i8, right: i8) -> f64 {
        let found = self.crossings.binary_search_by_key(&(cell, down, right), Crossing::key);
        found.ok().and_then(|at| self.crossings.get(at)).map_or(0.0, |c| f64::from(c.cost_m))
    }

    /// Ids of the geohazards in a cell, each with the share of the cell that it covers.
    pub fn hazards_by_share(&self, cell: u32) -> impl Iterator<Item = (&str, f64)> {
        let first = self.hazards.partition_point(|hazard| hazard.cell < cell);
        let of_cell = self.hazards.iter().skip(first).take_while(move |hazard| hazard.cell == cell);
        of_cell.filter_map(|hazard| {
            let id = self.zone_ids.get(hazard.zone as usize)?;
            Some((id.as_str(), f64::from(hazard.covered_ratio)))
        })
    }

    /// Lays one zone; whether it touches the grid. Fixed points come later.
    fn lay(&mut self, grid: &Grid, number: u32, zone: &Zone) -> Result<bool> {
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
            ZoneShape::Factor { factor_ratio, is_hazard, polygons } => {
                let covered = cover_all(grid, polygons)?;
                for one in &covered {
                    #[expect(clippy::cast_possible_truncation, reason = "a factor")]
                    let factor_ratio = *factor_ratio as f32;
                    if let Some(ratio) = self.friction_ratio.get_mut(one.cell as usize) {
                        *ratio *= 1.0 + (factor_ratio - 1.0) * one.share;
                    }
                    if *is_hazard {
                        let covered_ratio = one.share;
                        self.hazards.push(Hazard { cell: one.cell, zone: number, covered_ratio });
                    }
                }
                Ok(!covered.is_empty())
            }
            ZoneShape::Rivers(rivers) => {
                #[expect(clippy::cast_possible_truncation, reason = "a cost, within 1e-7")]
                let lines: Vec<(&[LonLat], f32)> = rivers
                    .iter()
                    .map(|river| (river.places.as_slice(), river.cost_m as f32))
                    .collect();
                let found = crossings(grid, &lines)?;
                let touches = !found.is_empty();
                self.crossings.extend(found);
                Ok(touches)
            }
            ZoneShape::FixedPoints(_) => Ok(true),
        }
    }

    /// Bounds the frictions and adds up the crossings of a move.
    fn finish(&mut self) {
        #[expect(clippy::cast_possible_truncation, reason = "a factor")]
        let least_ratio = LEAST_FACTOR_RATIO as f32;
        for ratio in &mut self.friction_ratio {
            if ratio.is_finite() {
                *ratio = ratio.clamp(least_ratio, DEAREST_RATIO);
            }
        }
        self.hazards.sort_by_key(|hazard| (hazard.cell, hazard.zone));
        self.crossings.sort_by_key(Crossing::key);
        self.crossings.dedup_by(|next, sum| {
            let same = next.key() == sum.key();
            if same {
                sum.cost_m += next.cost_m;
            }
            same
        });
    }

    fn fixed_point(&self, grid: &Grid, zone: u32, place: LonLat) -> Result<FixedPoint> {
        let (row, col) = grid.row_col_cells(place);
        let outside = || {
            let problem = format!("the point {} lies outside of the terrain", words(place));
            wrong(problem, "are longitude and latitude swapped? else give a terrain that covers it")
        };
        if !(row > -0.5 && col > -0.5) {
            return Err(outside());
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast out of range saturates"
        )]
        let (row, col) = (row.round().max(0.0) as usize, col.round().max(0.0) as usize);
        if row >= grid.rows() || col >= grid.cols() {
            return Err(outside());
        }
        if grid.height_m(row, col).is_none() {
            let problem = format!("the point {} lies in a void of the terrain", words(place));
            return Err(wrong(problem, "fill the void from another terrain, or move the point"));
        }
        if self.friction_ratio.get(row * grid.cols() + col).is_some_and(|ratio| ratio.is_infinite())
        {
            let problem = format!("the point {} lies in a forbidden zone", words(place));
            return Err(wrong(problem, "move the point or the zone"));
        }
        Ok(FixedPoint { zone, place, row, col })
    }
}

/// Length of a line within each geohazard, metres on the ellipsoid, by zone in the order given;
/// exact for the polygons as drawn, whatever the grid.
///
/// ```
/// use railcorridor::geodesy::LonLat;
/// use railcorridor::terrain::{Polygon, Zone, ZoneKind, ZoneRule, hazard_lengths_m};
///
/// let at = |lon_deg, lat_deg| LonLat { lon_deg, lat_deg };
/// let ring = vec![at(0.0, -1.0), at(1.0, -1.0), at(1.0, 1.0), at(0.0, 1.0), at(0.0, -1.0)];
/// let kind = ZoneKind::Geohazard;
/// let rule = ZoneRule { kind, factor_ratio: Some(1.5), ..ZoneRule::default() };
/// let slide = Zone::of_polygons("slide", &rule, vec![Polygon::new(ring, Vec::new())?])?;
/// // Along the equator from 1 W to 2 E: one degree of three lies within, 111.32 km.
/// let zones = [slide];
/// let lengths = hazard_lengths_m(&zones, &[at(-1.0, 0.0), at(2.0, 0.0)]);
/// assert_eq!(lengths.len(), 1);
/// assert!((lengths[0].1 - 111_319.491).abs() < 0.001);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[must_use]
pub fn hazard_lengths_m<'z>(zones: &'z [Zone], line: &[LonLat]) -> Vec<(&'z str, f64)> {
    let mut lengths = Vec::new();
    for zone in zones {
        let ZoneShape::Factor { is_hazard: true, polygons, .. } = zone.shape() else { continue };
        let mut length_m = 0.0;
        for (from, to) in line.iter().zip(line.iter().skip(1)) {
            // Polygons of one zone that overlap count once, up to the whole leg.
            let share: f64 = polygons
                .iter()
                .map(|polygon| polygon.inside_share(*from, *to))
                .sum::<f64>()
                .min(1.0);
            if share > 0.0 {
                length_m += share * distance_m(*from, *to);
            }
        }
        lengths.push((zone.id(), length_m));
    }
    lengths
}

/// What some polygons of one zone cover together: shares add up to a whole cell at most.
fn cover_all(grid: &Grid, polygons: &[Polygon]) -> Result<Vec<Covered>> {
    let mut all = Vec::new();
    for polygon in polygons {
        all.extend(cover(grid, polygon)?);
    }
    if polygons.len() > 1 {
        all.sort_by_key(|covered| covered.cell);
        all.dedup_by(|next, sum| {
            let same = next.cell == sum.cell;
            if same {
                sum.share = (sum.share + next.share).min(1.0);
            }
            same
        });
    }
    Ok(all)
}

/// Refuses a zone beside the grid that would lie on it with its coordinates exchanged.
fn check_swapped(grid: &Grid, zone: &Zone) -> Result<()> {
    let on_grid = |place: &LonLat| {
        let swapped = LonLat { lon_deg: place.lat_deg, lat_deg: place.lon_deg };
        let (row, col) = grid.row_col_cells(swapped);
        #[expect(clippy::cast_precision_loss, reason = "fewer than 2^32 rows")]
        let (rows, cols) = (grid.rows() as f64, grid.cols() as f64);
        (0.0..rows).contains(&row) && (0.0..cols).contains(&col)
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
    fn hazards_know_their_cells_and_lengths() {
        let slide = zone("slide", ZoneKind::Geohazard, Some(2.0), vec![within(1.5, 1.5, 3.5, 4.0)]);
        let flood = zone("flood", ZoneKind::Geohazard, Some(1.0), vec![within(1.5, 3.5, 9.0, 5.5)]);
        let zones = [slide, flood];
        let raster = ZoneRaster::new(&grid(), &zones).unwrap();
        let of = |cell| raster.hazards_by_share(cell).collect::<Vec<_>>();
        assert_eq!(of(20), []);
        assert_eq!(of(22).len(), 1);
        let both = of(24);
        assert_eq!((both[0].0, both[1].0), ("slide", "flood"));
        assert!((both[0].1 - 0.5).abs() < 1e-6 && (both[1].1 - 1.0).abs() < 1e-6);
        assert!((friction(&raster, 2, 4) - 1.5).abs() < 1e-6);
        let line = [at(2.0, 0.0), at(2.0, 9.0)];
        let lengths = hazard_lengths_m(&zones, &line);
        let step_m = distance_m(line[0], line[1]) / 9.0;
        assert!((lengths[0].1 / step_m - 2.5).abs() < 1e-9);
        assert!((lengths[1].1 / step_m - 2.0).abs() < 1e-9);
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
        assert_eq!(raster.crossing_m(45, 1, 0), 200.0);
        assert_eq!(raster.crossing_m(55, -1, 0), 200.0);
        assert_eq!(raster.crossing_m(45, 0, 1), 0.0);
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
        assert_eq!((found.row, found.col, found.zone), (2, 7, 0));
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
