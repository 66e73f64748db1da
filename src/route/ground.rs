//! The ground that a search runs over: heights of cells with true sizes, and what lies on them.

use std::collections::BTreeMap;

use super::Cells;
use super::levels::LEVEL;
use super::moves::number_of;
use crate::error::{Error, Result};
use crate::terrain::{Crossing, Grid, ZoneRaster};

/// Heights of cells, row by row from the north-west, with what a metre costs there beside the
/// earthworks, and with waters that moves cross.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground {
    cells: Cells,
    heights_m: Vec<f32>,
    /// Factor of the cost of a metre by cell, in units of 2^-20; empty where all are 1.
    friction: Vec<u32>,
    /// What a move costs beside the metres and how much of a crossing it is, by cell and number of
    /// the move.
    crossings: BTreeMap<(u32, u8), (f64, f64)>,
    /// A metre or half of one if all heights are whole numbers of it.
    grain_m: Option<f64>,
}

impl Ground {
    /// Ground from heights and cell sizes: `dx_m` by row, `dy_m` from each row to the next; NaN
    /// marks a cell that cannot be entered.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] unless there are whole rows, at least one cell, and positive sizes.
    pub fn new(cols: usize, dx_m: Vec<f64>, dy_m: Vec<f64>, heights_m: Vec<f32>) -> Result<Self> {
        let cells = Cells::new(cols, dx_m, dy_m, heights_m.len())?;
        if let Some(height) = heights_m.iter().find(|height| height.abs() > 1e5) {
            return Err(Error::OutOfRange {
                item: "height_m".to_owned(),
                value: f64::from(*height),
                limit: "-100,000 to 100,000".to_owned(),
                hint: "heights are metres above the sea; mark what is not known by NaN".to_owned(),
            });
        }
        let grain_m = grain_m(&heights_m);
        Ok(Self { cells, heights_m, friction: Vec::new(), crossings: BTreeMap::new(), grain_m })
    }

    /// The ground of a grid, with cell sizes on the ellipsoid.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn of_grid(grid: &Grid) -> Result<Self> {
        let dx_m = (0..grid.rows()).map(|row| grid.dx_m(row));
        let dy_m = (0..grid.rows() - 1).map(|row| 0.5 * (grid.dy_m(row) + grid.dy_m(row + 1)));
        Self::new(grid.cols(), dx_m.collect(), dy_m.collect(), grid.heights_m().to_vec())
    }

    /// The same ground where a metre costs so many times more in each cell, by land, soil or zone;
    /// infinity closes a cell.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if a factor is not above 0 and at most 1,000 (or infinite), or if
    /// there are not as many as cells.
    pub fn with_friction(mut self, friction_ratio: &[f32]) -> Result<Self> {
        let wrong = |item: String, value: f64, limit: &str| Error::OutOfRange {
            item,
            value,
            limit: limit.to_owned(),
            hint: "1 leaves the cost of a metre as it is; infinity closes a cell".to_owned(),
        };
        if friction_ratio.len() != self.heights_m.len() {
            #[expect(clippy::cast_precision_loss, reason = "a count, for a message")]
            let count = friction_ratio.len() as f64;
            return Err(wrong("number of factors".to_owned(), count, "one a cell"));
        }
        let mut friction = Vec::with_capacity(friction_ratio.len());
        for (index, &ratio) in friction_ratio.iter().enumerate() {
            if ratio == f32::INFINITY {
                if let Some(height) = self.heights_m.get_mut(index) {
                    *height = f32::NAN;
                }
            } else if !(ratio > 0.0 && ratio <= 1e3) {
                let (row, col) = (index / self.cells.cols(), index % self.cells.cols());
                let item = format!("factor at row {row}, column {col}");
                return Err(wrong(item, ratio.into(), "above 0, at most 1,000"));
            }
            let fixed = f64::from(ratio).min(1e3) * f64::from(LEVEL);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
            friction.push((fixed.round() as u32).max(1));
        }
        self.friction = friction;
        self.grain_m = grain_m(&self.heights_m);
        Ok(self)
    }

    /// The same ground with moves that cross something; of the same move the dearest counts.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a cost that is negative or not finite, a cell outside, or a step
    /// that is none of the sixteen moves.
    pub fn with_crossings(mut self, crossings: &[Crossing]) -> Result<Self> {
        for crossing in crossings {
            let (down, right) = crossing.step;
            let number = number_of(down.into(), right.into());
            let cell = self.cells.index(crossing.from);
            let key = number.zip(cell).and_then(|(number, cell)| crossing_key(cell, number));
            let sound = (0.0..=1e6).contains(&crossing.cost_m) && crossing.crossed_share >= 0.0;
            let Some(key) = key.filter(|_| sound) else {
                return Err(Error::OutOfRange {
                    item: format!("cost_m of the crossing at {:?}", crossing.from),
                    value: crossing.cost_m,
                    limit: "0 to 1,000,000 m, by one of the sixteen moves from a cell".to_owned(),
                    hint: "costs are metres of level line".to_owned(),
                });
            };
            let (cost_m, share) = self.crossings.entry(key).or_insert((0.0, 0.0));
            *cost_m = cost_m.max(crossing.cost_m);
            *share = share.max(crossing.crossed_share);
        }
        Ok(self)
    }

    /// The same ground with zones laid on it: forbidden cells closed, metres dearer or cheaper, and
    /// rivers to be crossed.
    ///
    /// # Errors
    /// Those of [`with_friction`](Self::with_friction) and
    /// [`with_crossings`](Self::with_crossings), for zones of another grid.
    ///
    /// ```
    /// use railcorridor::geodesy::LonLat;
    /// use railcorridor::route::Ground;
    /// use railcorridor::terrain::{Polygon, Zone, ZoneKind, ZoneRaster, ZoneRule, plane};
    ///
    /// let grid = plane(3, 3, 1000.0, 0.0, 100.0)?;
    /// // A diamond about the node in the middle.
    /// let (at, reach) = (grid.place(1, 1), 0.2 * grid.step_lat_deg());
    /// let corner = |east: f64, north: f64| LonLat {
    ///     lon_deg: at.lon_deg + east * reach,
    ///     lat_deg: at.lat_deg + north * reach,
    /// };
    /// let corners = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0), (1.0, 0.0)];
    /// let ring = corners.map(|(east, north)| corner(east, north)).to_vec();
    /// let forbidden = ZoneRule { kind: ZoneKind::Forbidden, ..ZoneRule::default() };
    /// let zone = Zone::of_polygons("mine", &forbidden, vec![Polygon::new(ring, Vec::new())?])?;
    /// let ground = Ground::of_grid(&grid)?.with_zones(&ZoneRaster::new(&grid, &[zone])?)?;
    /// assert_eq!(ground.height_m(1, 1), None);
    /// assert_eq!(ground.height_m(1, 0), Some(100.0));
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn with_zones(self, zones: &ZoneRaster) -> Result<Self> {
        // Where no metre changes its price, plain ground stays plain, which is quicker to search.
        let ground = if zones.friction_ratio.iter().all(|ratio| *ratio == 1.0) {
            self
        } else {
            self.with_friction(&zones.friction_ratio)?
        };
        ground.with_crossings(&zones.crossings)
    }

    /// The same ground where a metre costs so many times more again; infinity closes a cell.
    ///
    /// Where no factor is but 1 or infinity, plain ground stays plain.
    pub(super) fn scaled(&self, factor_ratio: &[f32]) -> Self {
        let mut scaled = self.clone();
        for (height, factor) in scaled.heights_m.iter_mut().zip(factor_ratio) {
            if *factor == f32::INFINITY {
                *height = f32::NAN;
            }
        }
        let open = |factor: &f32| *factor != 1.0 && factor.is_finite();
        if factor_ratio.iter().any(open) {
            let fixed = |(cell, factor): (usize, &f32)| {
                let factor = if factor.is_finite() { f64::from(*factor) } else { 1.0 };
                let most = 1e3 * f64::from(LEVEL);
                let scaled = (f64::from(self.friction(cell)) * factor).round().clamp(1.0, most);
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "clamped"
                )]
                let fixed = scaled as u32;
                fixed
            };
            scaled.friction = factor_ratio.iter().enumerate().map(fixed).collect();
        }
        scaled
    }

    /// The same ground with another height in one cell, so that a search begins or ends there.
    pub(super) fn with_height(mut self, cell: (usize, usize), height_m: f64) -> Self {
        let slot = self.cells.index(cell).and_then(|index| self.heights_m.get_mut(index));
        if let Some(slot) = slot {
            #[expect(clippy::cast_possible_truncation, reason = "a height, to a tenth of a mm")]
            let height_m = height_m as f32;
            *slot = height_m;
        }
        self.grain_m = grain_m(&self.heights_m);
        self
    }

    /// Whether a metre costs the same everywhere but for earthworks, and nothing is crossed.
    pub(super) fn is_plain(&self) -> bool {
        self.friction.is_empty() && self.crossings.is_empty()
    }

    /// Factor of the cost of a metre in a cell, in units of 2^-20.
    pub(super) fn friction(&self, cell: usize) -> u32 {
        self.friction.get(cell).copied().unwrap_or(LEVEL)
    }

    /// The least factor of the cost of a metre of any cell.
    pub(super) fn least_friction_ratio(&self) -> f64 {
        let least = self.friction.iter().min().copied().unwrap_or(LEVEL);
        f64::from(least) / f64::from(LEVEL)
    }

    /// What a move crosses, metres of level line.
    pub(super) fn crossing_m(&self, cell: usize, number: usize) -> f64 {
        let key = crossing_key(cell, number);
        key.and_then(|key| self.crossings.get(&key)).map_or(0.0, |(cost_m, _)| *cost_m)
    }

    /// How much of a crossing a step from a cell to a cell is: 0 where nothing is crossed.
    pub(super) fn crossed_share(&self, from: (usize, usize), to: (usize, usize)) -> f64 {
        let step = |from: usize, to: usize| to.cast_signed() - from.cast_signed();
        let number = number_of(step(from.0, to.0), step(from.1, to.1));
        let key = number
            .zip(self.cells.index(from))
            .and_then(|(number, cell)| crossing_key(cell, number));
        key.and_then(|key| self.crossings.get(&key)).map_or(0.0, |(_, share)| *share)
    }

    /// The cells and their sizes.
    #[must_use]
    pub fn cells(&self) -> &Cells {
        &self.cells
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.cells.rows()
    }

    /// Number of columns.
    #[must_use]
    pub fn cols(&self) -> usize {
        self.cells.cols()
    }

    /// Height of a cell; `None` outside and where nothing is known.
    #[must_use]
    pub fn height_m(&self, row: usize, col: usize) -> Option<f64> {
        let height = self.heights_m.get(self.cells.index((row, col))?)?;
        (!height.is_nan()).then_some(f64::from(*height))
    }

    /// Heights of all cells, row by row; NaN where nothing is known.
    pub(super) fn heights_m(&self) -> &[f32] {
        &self.heights_m
    }

    /// A metre or half of one if all heights are whole numbers of it.
    pub(super) fn grain_m(&self) -> Option<f64> {
        self.grain_m
    }

    /// Length of the straight line from a cell to another, metres.
    #[must_use]
    pub fn length_m(&self, from: (usize, usize), to: (usize, usize)) -> f64 {
        self.cells.length_m(from, to)
    }
}

/// A metre or half of one if all heights are whole numbers of it.
fn grain_m(heights_m: &[f32]) -> Option<f64> {
    let is_grain = |grain_m: f32| {
        // By the whole number and back, which takes one instruction each, as rounding does not.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "heights are less than 100,000 m"
        )]
        let is_broken = |height_m: &&f32| {
            let grains = **height_m / grain_m;
            grains as i32 as f32 != grains && !grains.is_nan()
        };
        // In pieces, each of which is looked at as a whole.
        let mut pieces = heights_m.chunks(256);
        pieces.all(|heights_m| heights_m.iter().filter(is_broken).count() == 0)
    };
    [1.0, 0.5].into_iter().find(|grain_m| is_grain(*grain_m)).map(f64::from)
}

/// Where the crossing of a move out of a cell is kept.
fn crossing_key(cell: usize, number: usize) -> Option<(u32, u8)> {
    Some((u32::try_from(cell).ok()?, u8::try_from(number).ok()?))
}

/// Hills of 20 by 20 cells for tests: the same cost of a metre everywhere, and seven of them.
#[cfg(test)]
pub(super) fn hills() -> [Ground; 2] {
    let height_m = |cell: u32| (cell % 20 * (cell / 20) * 7_919 % 83) as f32;
    let heights_m = (0..400).map(height_m).collect();
    let plain = Ground::new(20, vec![500.0; 20], vec![500.0; 19], heights_m).unwrap();
    let frictions: Vec<f32> = (0..400_u16).map(|cell| 1.0 + f32::from(cell % 7)).collect();
    [plain.clone(), plain.with_friction(&frictions).unwrap()]
}
