//! Ground that lies flat: lakes, reservoirs and pans as a terrain shows them.

use super::outline::outlines;
use super::{Grid, Polygon};
use crate::error::Result;

/// Cells of one height that hang together by their sides.
///
/// Terrain models show water as ground of one height. So do plains in whole metres; water lies in a
/// hollow, so what tells them apart is how much of the rim rises.
#[derive(Debug, Clone, PartialEq)]
pub struct FlatArea {
    /// Its height, metres.
    pub height_m: f64,
    /// Its area on the ellipsoid, km2.
    pub area_km2: f64,
    /// Which share of the cells beside it is higher, 0 to 1.
    pub higher_rim_ratio: f64,
    /// Its cells as rows and columns, row by row.
    pub cells: Vec<(usize, usize)>,
}

/// A rim that rises nearly all round: an outlet may be lower.
const WATER_RIM_RATIO: f64 = 0.85;

impl FlatArea {
    /// Whether its rim rises nearly all round, as that of water does: offered as water, for the
    /// planner to judge.
    #[must_use]
    pub fn is_like_water(&self) -> bool {
        self.higher_rim_ratio >= WATER_RIM_RATIO
    }

    /// Its outline along the sides of its cells, as a zone needs it.
    ///
    /// # Errors
    /// [`Error::Zone`](crate::Error::Zone) above a million corners, or if the grid is another.
    pub fn outline(&self, grid: &Grid) -> Result<Vec<Polygon>> {
        outlines(grid, &self.cells)
    }
}

/// The flat areas of a grid of so many km2 or more, largest first.
///
/// # Example
///
/// ```
/// use railcorridor::geodesy::LonLat;
/// use railcorridor::terrain::{Grid, flat_areas};
///
/// // A lake of two cells at 5 m in ground of 9 m.
/// let heights_m = vec![9.0, 9.1, 9.2, 9.3, 9.4, 5.0, 5.0, 9.5, 9.6, 9.7, 9.8, 9.9];
/// let grid = Grid::new(4, LonLat { lon_deg: 62.0, lat_deg: 34.0 }, 0.01, 0.01, heights_m)?;
/// let flats = flat_areas(&grid, 1.5);
/// assert_eq!(flats.len(), 1);
/// assert_eq!(flats[0].cells, [(1, 1), (1, 2)]);
/// assert!(flats[0].is_like_water());
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[must_use]
pub fn flat_areas(grid: &Grid, least_km2: f64) -> Vec<FlatArea> {
    let cols = grid.cols();
    let mut seen = vec![false; grid.heights_m().len()];
    let mut areas = Vec::new();
    for start in 0..seen.len() {
        let (row, col) = (start / cols, start % cols);
        let Some(height_m) = grid.height_m(row, col) else { continue };
        if seen.get(start) != Some(&false) {
            continue;
        }
        let mut area =
            FlatArea { height_m, area_km2: 0.0, higher_rim_ratio: 0.0, cells: Vec::new() };
        let (mut rim, mut higher) = (0_u32, 0_u32);
        let mut open = vec![start];
        mark(&mut seen, start);
        while let Some(cell) = open.pop() {
            let (row, col) = (cell / cols, cell % cols);
            area.area_km2 += grid.cell_km2(row);
            area.cells.push((row, col));
            for (row, col) in beside(row, col) {
                match grid.height_m(row, col) {
                    Some(other_m) if other_m == height_m => {
                        if mark(&mut seen, row * cols + col) {
                            open.push(row * cols + col);
                        }
                    }
                    // The edge and voids are rim, and not known to be higher.
                    other_m => {
                        rim += 1;
                        higher += u32::from(other_m.is_some_and(|other_m| other_m > height_m));
                    }
                }
            }
        }
        if area.area_km2 >= least_km2 {
            area.cells.sort_unstable();
            area.higher_rim_ratio = f64::from(higher) / f64::from(rim.max(1));
            areas.push(area);
        }
    }
    areas.sort_by(|a, b| b.area_km2.total_cmp(&a.area_km2));
    areas
}

/// Marks a cell; whether it was new.
fn mark(seen: &mut [bool], cell: usize) -> bool {
    seen.get_mut(cell).is_some_and(|seen| !std::mem::replace(seen, true))
}

/// The four cells beside one; those outside have no height.
fn beside(row: usize, col: usize) -> [(usize, usize); 4] {
    [
        (row.wrapping_sub(1), col),
        (row, col.wrapping_sub(1)),
        (row, col.saturating_add(1)),
        (row.saturating_add(1), col),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::LonLat;
    use crate::terrain::{Zone, ZoneKind, ZoneRaster, ZoneRule};

    /// Ground that rises to the south-east, with water where a map of letters says so.
    fn grid(map: &[&str]) -> Grid {
        let cols = map[0].len();
        let mut heights_m = Vec::new();
        for (row, line) in map.iter().enumerate() {
            for (col, letter) in line.chars().enumerate() {
                heights_m.push(if letter == '~' { 3.0 } else { (100 + 10 * row + col) as f32 });
            }
        }
        let north_west = LonLat { lon_deg: 60.0, lat_deg: 35.0 };
        Grid::new(cols, north_west, 0.01, 0.01, heights_m).unwrap()
    }

    #[test]
    fn an_outline_covers_its_cells_and_no_others() {
        // An island, cells that meet by a corner only, and a bay.
        let map = [
            "...........",
            ".~~~~~.....",
            ".~...~.~~..",
            ".~.~.~.~~..",
            ".~...~~~...",
            ".~~~~~.....",
            "......~~~..",
            "...........",
        ];
        let grid = grid(&map);
        let flats = flat_areas(&grid, 0.0);
        let lake = &flats[0];
        assert_eq!(lake.cells.len(), 22);
        assert!(flats.iter().any(|flat| flat.cells == [(3, 3)]));
        assert_eq!(lake.height_m, 3.0);
        assert!(lake.is_like_water());
        let rule = ZoneRule { kind: ZoneKind::Forbidden, ..ZoneRule::default() };
        let zone = Zone::of_polygons("lake", &rule, lake.outline(&grid).unwrap()).unwrap();
        let raster = ZoneRaster::new(&grid, &[zone]).unwrap();
        for row in 0..map.len() {
            for col in 0..map[0].len() {
                let closed = raster.friction_ratio[row * map[0].len() + col].is_infinite();
                assert_eq!(closed, lake.cells.contains(&(row, col)), "{row} {col}");
            }
        }
    }

    #[test]
    fn plains_are_flat_but_no_water() {
        // Steps to the east: each has higher ground on one side only.
        let heights_m = (0..100).map(|cell| (cell % 10 / 5) as f32).collect();
        let north_west = LonLat { lon_deg: 60.0, lat_deg: 35.0 };
        let grid = Grid::new(10, north_west, 0.01, 0.01, heights_m).unwrap();
        let flats = flat_areas(&grid, 1.0);
        assert_eq!(flats.len(), 2);
        assert!(flats.iter().all(|flat| !flat.is_like_water()));
        assert!((flats[0].area_km2 - 50.0 * grid.cell_km2(5)).abs() < 0.01);
        assert!(flat_areas(&grid, 1e6).is_empty());
    }
}
