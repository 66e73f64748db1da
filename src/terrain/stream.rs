//! Where water flows: hollows filled, flow directions, drainage areas, streams.

use super::Grid;
use super::flood::{Flood, NONE, neighbours};
use crate::error::{Error, Result};

/// How the ground of a grid drains.
///
/// Hollows are filled to their spill by priority flood (Barnes, Lehman and Mulla 2014,
/// Priority-flood, Computers & Geosciences 62). Each node then drains to its lowest of eight
/// neighbours by slope (D8, O'Callaghan and Mark 1984), and inside of filled hollows and flats
/// towards the spill. Water leaves at the edge and into voids.
///
/// Drainage from beyond the edge of the grid is missing: areas of streams that enter from outside
/// are too small, which [`is_cut`](Self::is_cut) tells.
#[derive(Debug, Clone)]
pub struct Drainage {
    cols: usize,
    filled_m: Vec<f32>,
    downstream: Vec<u32>,
    area_km2: Vec<f64>,
    /// Whether water may come in from beyond the grid.
    is_cut: Vec<bool>,
}

/// A reach of a stream, from its source or a confluence down to the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Stream {
    /// Rows and columns, downstream; the last one belongs to the next reach too.
    pub nodes: Vec<(usize, usize)>,
    /// Drainage area where the reach ends, before the next one joins.
    pub area_km2: f64,
}

impl Drainage {
    /// Fills the grid and follows the water; memory 40 bytes a node.
    ///
    /// # Errors
    /// [`Error::Limit`] from 2^32 - 1 nodes.
    ///
    /// ```
    /// use railcorridor::terrain::{Drainage, plane};
    ///
    /// // A slope down to the south: the drainage area grows by a cell with each row.
    /// let grid = plane(20, 5, 100.0, 0.0, 10.0)?;
    /// let drainage = Drainage::of(&grid)?;
    /// assert_eq!(drainage.downstream(7, 2), Some((8, 2)));
    /// assert!((drainage.area_km2(7, 2).unwrap() - 0.07).abs() < 1e-6);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn of(grid: &Grid) -> Result<Self> {
        let nodes = grid.heights_m().len();
        if nodes >= NONE as usize {
            return Err(Error::Limit {
                item: "drainage".to_owned(),
                needed: format!("{nodes} nodes"),
                limit: format!("{} nodes", NONE - 1),
                hint: "cut the grid to the corridor".to_owned(),
            });
        }
        let flood = Flood::of(grid);
        let mut drainage = Self {
            cols: grid.cols(),
            downstream: flood.spill,
            filled_m: flood.filled_m,
            area_km2: Vec::new(),
            is_cut: Vec::new(),
        };
        drainage.follow_the_slope(grid);
        drainage.add_up(grid, &flood.order);
        drainage.cut(grid, &flood.order);
        Ok(drainage)
    }

    /// The height of the ground with hollows filled, metres; `None` outside and at voids.
    #[must_use]
    pub fn filled_m(&self, row: usize, col: usize) -> Option<f64> {
        let height_m = *self.filled_m.get(self.cell(row, col)?)?;
        (!height_m.is_nan()).then_some(f64::from(height_m))
    }

    /// The node that the water of a node flows to; `None` where it leaves the grid.
    #[must_use]
    pub fn downstream(&self, row: usize, col: usize) -> Option<(usize, usize)> {
        let to = *self.downstream.get(self.cell(row, col)?)?;
        (to != NONE).then_some((to as usize / self.cols, to as usize % self.cols))
    }

    /// The area that drains through a node, itself included, km2 on the ellipsoid; `None` outside
    /// and at voids.
    #[must_use]
    pub fn area_km2(&self, row: usize, col: usize) -> Option<f64> {
        self.area_km2.get(self.cell(row, col)?).copied().filter(|&area_km2| area_km2 > 0.0)
    }

    /// Whether what drains through a node may reach beyond the grid, so that its area is too small:
    /// somewhere upstream the ground falls inwards from the edge or from a void.
    ///
    /// ```
    /// use railcorridor::terrain::{Drainage, plane};
    ///
    /// // On a slope to the south all water may come from beyond the north.
    /// let drainage = Drainage::of(&plane(20, 5, 100.0, 0.0, 10.0)?)?;
    /// assert!(drainage.is_cut(7, 2));
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn is_cut(&self, row: usize, col: usize) -> bool {
        self.cell(row, col).and_then(|cell| self.is_cut.get(cell)) == Some(&true)
    }

    /// All reaches whose drainage area is `least_km2` or more, in the order of their first nodes.
    #[must_use]
    pub fn streams(&self, least_km2: f64) -> Vec<Stream> {
        let wet = |cell: usize| self.area_km2.get(cell).is_some_and(|&km2| km2 >= least_km2);
        let wet = |cell: usize| wet(cell) && self.area_km2.get(cell) > Some(&0.0);
        let mut feeders = vec![0_u8; self.area_km2.len()];
        for cell in (0..self.area_km2.len()).filter(|&cell| wet(cell)) {
            if let Some(count) = self.next(cell).and_then(|to| feeders.get_mut(to)) {
                *count += 1;
            }
        }
        let starts = |cell: usize| feeders.get(cell) != Some(&1);
        let place = |cell: usize| (cell / self.cols, cell % self.cols);
        let mut streams = Vec::new();
        for start in (0..self.area_km2.len()).filter(|&cell| wet(cell) && starts(cell)) {
            let (mut nodes, mut last) = (vec![place(start)], start);
            while let Some(to) = self.next(last) {
                nodes.push(place(to));
                if starts(to) {
                    break;
                }
                last = to;
            }
            let area_km2 = self.area_km2.get(last).copied().unwrap_or_default();
            streams.push(Stream { nodes, area_km2 });
        }
        streams
    }

    fn cell(&self, row: usize, col: usize) -> Option<usize> {
        (col < self.cols).then(|| row.checked_mul(self.cols)?.checked_add(col)).flatten()
    }

    fn next(&self, cell: usize) -> Option<usize> {
        self.downstream.get(cell).filter(|&&to| to != NONE).map(|&to| to as usize)
    }

    /// Turns every node that has a lower neighbour towards the steepest; the rest keep their spill.
    fn follow_the_slope(&mut self, grid: &Grid) {
        for row in 0..grid.rows() {
            let (dx_m, dy_m) = (grid.dx_m(row), grid.dy_m(row));
            for col in 0..grid.cols() {
                let cell = row * self.cols + col;
                if self.next(cell).is_none() {
                    continue;
                }
                if let Some(to) = self.steepest(row, col, grid, (dx_m, dy_m))
                    && let Some(downstream) = self.downstream.get_mut(cell)
                {
                    #[expect(clippy::cast_possible_truncation, reason = "checked in `of`")]
                    let to = to as u32;
                    *downstream = to;
                }
            }
        }
    }

    /// The neighbour to which the filled ground falls most steeply, if it falls to one.
    fn steepest(
        &self,
        row: usize,
        col: usize,
        grid: &Grid,
        (dx_m, dy_m): (f64, f64),
    ) -> Option<usize> {
        let here_m = *self.filled_m.get(row * self.cols + col)?;
        let (mut steepest_ratio, mut steepest) = (0.0, None);
        for (to_row, to_col) in neighbours(row, col, grid.rows(), grid.cols()) {
            let to = to_row * self.cols + to_col;
            let fall_m = self.filled_m.get(to).map_or(0.0, |to_m| here_m - to_m);
            let (down, across) = (to_row != row, to_col != col);
            let run_m = if down { dy_m } else { 0.0 }.hypot(if across { dx_m } else { 0.0 });
            let fall_ratio = f64::from(fall_m) / run_m;
            // A void compares as no fall.
            if fall_ratio > steepest_ratio {
                (steepest_ratio, steepest) = (fall_ratio, Some(to));
            }
        }
        steepest
    }

    /// Marks what lies downstream of ground that falls inwards from the edge.
    fn cut(&mut self, grid: &Grid, order: &[u32]) {
        self.is_cut = vec![false; self.filled_m.len()];
        for &cell in order {
            let cell = cell as usize;
            let (row, col) = (cell / self.cols, cell % self.cols);
            if self.next(cell).is_some() {
                continue;
            }
            let size_m = (grid.dx_m(row), grid.dy_m(row));
            let inwards = self.steepest(row, col, grid, size_m);
            if let Some(is_cut) = inwards.and_then(|to| self.is_cut.get_mut(to)) {
                *is_cut = true;
            }
        }
        for &cell in order.iter().rev() {
            let cell = cell as usize;
            if self.is_cut.get(cell) == Some(&true)
                && let Some(is_cut) = self.next(cell).and_then(|to| self.is_cut.get_mut(to))
            {
                *is_cut = true;
            }
        }
    }

    /// Adds the cells up against the order of the flood: water flows only to nodes flooded before.
    fn add_up(&mut self, grid: &Grid, order: &[u32]) {
        self.area_km2 = vec![0.0; self.filled_m.len()];
        let rows_km2: Vec<f64> = (0..grid.rows()).map(|row| grid.cell_km2(row)).collect();
        for &cell in order.iter().rev() {
            let cell = cell as usize;
            let own_km2 = rows_km2.get(cell / self.cols).copied().unwrap_or_default();
            let Some(area_km2) = self.area_km2.get_mut(cell) else { continue };
            *area_km2 += own_km2;
            let area_km2 = *area_km2;
            if let Some(sum_km2) = self.next(cell).and_then(|to| self.area_km2.get_mut(to)) {
                *sum_km2 += area_km2;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::LonLat;

    /// A ring of 9 m round a hollow of 1 m, with a gap of 5 m in the east, on a plain of 0 m.
    fn bowl() -> Grid {
        let height_m = |row: usize, col: usize| match row.abs_diff(4).max(col.abs_diff(4)) {
            2 if (row, col) == (4, 6) => 5.0,
            2 => 9.0,
            0 | 1 => 1.0,
            _ => 0.0,
        };
        let heights_m = (0..81).map(|cell| height_m(cell / 9, cell % 9)).collect();
        let north_west = LonLat { lon_deg: 60.0, lat_deg: 37.0 };
        Grid::new(9, north_west, 1.0 / 120.0, 1.0 / 120.0, heights_m).unwrap()
    }

    #[test]
    fn a_hollow_fills_to_its_spill_and_drains_there() {
        let grid = bowl();
        let drainage = Drainage::of(&grid).unwrap();
        assert_eq!(drainage.filled_m(4, 4), Some(5.0));
        assert_eq!(drainage.filled_m(4, 6), Some(5.0));
        assert_eq!(drainage.filled_m(2, 4), Some(9.0));
        // The hollow's 9 nodes go through the gap, with it and what of the ring falls inwards.
        assert!(drainage.area_km2(4, 6).unwrap() > 9.9 * grid.cell_km2(4));
        let (mut at, mut steps) = ((4, 4), 0);
        while let Some(to) = drainage.downstream(at.0, at.1) {
            (at, steps) = (to, steps + 1);
        }
        assert!(steps < 9 && (at.0 == 0 || at.0 == 8 || at.1 == 8), "{at:?} after {steps}");
    }

    #[test]
    fn a_basin_inside_of_the_grid_is_not_cut() {
        // A cone: all water runs outwards.
        let cone = |cell: usize| 9 - (cell / 9).abs_diff(4).max((cell % 9).abs_diff(4));
        let heights_m = (0..81).map(|cell| f32::from(u8::try_from(cone(cell)).unwrap())).collect();
        let north_west = LonLat { lon_deg: 60.0, lat_deg: 37.0 };
        let cone = Grid::new(9, north_west, 1.0 / 120.0, 1.0 / 120.0, heights_m).unwrap();
        let cut = |grid: &Grid| {
            let drainage = Drainage::of(grid).unwrap();
            (0..81).filter(|cell| drainage.is_cut(cell / 9, cell % 9)).count()
        };
        assert_eq!(cut(&cone), 0);
        // The gap of the bowl lets its own water out, and none in.
        assert_eq!(cut(&bowl()), 0);
        // Down a slope to the south all but the first row may get water from beyond.
        assert_eq!(cut(&crate::terrain::plane(9, 9, 900.0, 0.0, 10.0).unwrap()), 8 * 9);
    }

    /// What leaves the grid is what fell on it; no node drains upwards.
    fn check(grid: &Grid) {
        let drainage = Drainage::of(grid).unwrap();
        let (mut fallen_km2, mut left_km2) = (0.0, 0.0);
        for row in 0..grid.rows() {
            for col in 0..grid.cols() {
                let Some(area_km2) = drainage.area_km2(row, col) else { continue };
                fallen_km2 += grid.cell_km2(row);
                let Some((r, c)) = drainage.downstream(row, col) else {
                    left_km2 += area_km2;
                    continue;
                };
                assert!(drainage.filled_m(r, c) <= drainage.filled_m(row, col));
                assert!(drainage.area_km2(r, c).unwrap() > area_km2);
            }
        }
        assert!((fallen_km2 / left_km2 - 1.0).abs() < 1e-9);
    }

    #[test]
    fn no_water_is_lost() {
        check(&bowl());
        check(&crate::terrain::waves(200, 150, 30.0).unwrap());
        let mut heights_m = bowl().heights_m().to_vec();
        heights_m[40] = f32::NAN;
        let north_west = LonLat { lon_deg: 60.0, lat_deg: -37.0 };
        let grid = Grid::new(9, north_west, 0.01, 0.01, heights_m).unwrap();
        let drainage = Drainage::of(&grid).unwrap();
        assert_eq!((drainage.filled_m(4, 4), drainage.area_km2(4, 4)), (None, None));
        assert_eq!(drainage.filled_m(4, 3), Some(1.0)); // drains into the void
        check(&grid);
        assert_eq!(drainage.area_km2(0, 9), None);
        assert_eq!(drainage.area_km2(usize::MAX, 0), None);
    }

    #[test]
    fn streams_join_and_grow() {
        let grid = crate::terrain::waves(200, 150, 30.0).unwrap();
        let drainage = Drainage::of(&grid).unwrap();
        let streams = drainage.streams(0.5);
        assert!(streams.len() > 5);
        for stream in &streams {
            assert!(stream.area_km2 >= 0.5);
            for pair in stream.nodes.windows(2) {
                assert_eq!(drainage.downstream(pair[0].0, pair[0].1), Some(pair[1]));
            }
            let &(row, col) = stream.nodes.first().unwrap();
            assert!(drainage.area_km2(row, col).unwrap() >= 0.5);
        }
        assert!(drainage.streams(1e9).is_empty());
        // Every wet node belongs to a reach.
        let within = |node| streams.iter().any(|stream| stream.nodes.contains(&node));
        let mut nodes = (0..200).flat_map(|row| (0..150).map(move |col| (row, col)));
        assert!(nodes.all(|(row, col)| {
            drainage.area_km2(row, col).is_none_or(|km2| km2 < 0.5) || within((row, col))
        }));
    }
}
