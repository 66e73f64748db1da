//! How length, climb, cost and the pass depend on the ruling gradient.

use super::alternatives::{Named, Naming, Plan, name};
use super::level_search::level_search_until;
use super::search::{Leg, ground, leg_cells, legs};
use super::segment_route::route;
use super::stops::stops;
use super::{
    AlternativeOptions, Ground, IsOver, LevelOptions, LevelPath, Options, Pass, SegmentRoute,
    passes,
};
use crate::error::{Error, Result};
use crate::geodesy::LonLat;
use crate::model::Study;
use crate::parallel::{both, each};
use crate::terrain::Grid;

/// The best way of a leg under each ruling gradient.
#[derive(Debug, Clone, PartialEq)]
pub struct LegSensitivity {
    /// Id of the segment.
    pub segment: String,
    /// Id of the station where the leg begins.
    pub from: String,
    /// Id of the station where it ends.
    pub to: String,
    /// In the order of the gradients, flattest first.
    pub rows: Vec<SensitivityRow>,
}

/// The best way under one ruling gradient.
#[derive(Debug, Clone, PartialEq)]
pub struct SensitivityRow {
    /// The ruling gradient, permille.
    pub gradient_permille: f64,
    /// The way with length, climb and cost; `None` if there is none under this gradient.
    pub route: Option<SegmentRoute>,
    /// What makes it, such as `direct saddle 1,526 m`; empty without a way.
    pub name: String,
    /// The pass that it takes; `None` if it runs in valleys.
    pub pass: Option<Pass>,
    /// Where that pass is.
    pub pass_place: Option<LonLat>,
    /// Whether it is the way of the next steeper gradient, known to be the best without a search.
    pub is_unchanged: bool,
    /// Whether the search was over before a way under this gradient was found.
    pub was_stopped: bool,
}

/// The best way of every leg of a study under each of some ruling gradients.
///
/// One ground and one list of passes serve all. A way that is the best under a gradient, and keeps
/// to a flatter one, is the best under all between: they allow no way more. So the search starts
/// with the steepest and the flattest gradient and halves the range between two ways that differ.
/// With curves that cost rise each gradient is searched for itself.
/// With the feature `parallel` on several threads, with the same result.
///
/// # Errors
/// Those of [`search`](super::search) but [`Error::NoRoute`]: such a row has no route.
///
/// ```
/// use railcorridor::model::{Segment, Station, Study};
/// use railcorridor::route::{Options, sensitivity};
/// use railcorridor::terrain::plane;
///
/// // 40 cells of 1 km up a plane of 10 permille: under 8 permille the line has to wind.
/// let grid = plane(41, 41, 1000.0, 10.0, 0.0)?;
/// let place = |id: &str, col: usize| {
///     let at = grid.place(20, col);
///     Station { id: id.into(), name: id.into(), lon_deg: at.lon_deg, lat_deg: at.lat_deg,
///               ..Station::default() }
/// };
/// let study = Study {
///     stations: vec![place("low", 0), place("high", 40)],
///     segments: vec![Segment { id: "up".into(), from: "low".into(), to: "high".into(),
///                              ..Segment::default() }],
///     ..Study::default()
/// };
/// let legs = sensitivity(&study, &grid, &Options::default(), &[8.0, 12.0, 20.0, 30.0])?;
/// let lengths_km: Vec<f64> = legs[0].rows.iter()
///     .filter_map(|row| Some(row.route.as_ref()?.length_m / 1e3)).collect();
/// assert!(lengths_km[0] > 45.0); // 400 m at 8 permille are 50 km, less what cuts and fills save
/// assert!(lengths_km[1..].iter().all(|km| (km - 40.0).abs() < 0.1));
/// // The straight line rises by 10 permille and is the best under 12 as under 30.
/// assert!(legs[0].rows[1].is_unchanged && legs[0].rows[2].is_unchanged);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn sensitivity(
    study: &Study,
    grid: &Grid,
    options: &Options,
    gradients_permille: &[f64],
) -> Result<Vec<LegSensitivity>> {
    sensitivity_until(study, grid, options, gradients_permille, &|| false)
}

/// As [`sensitivity`], until it is over: rows that were not searched by then have no route.
///
/// # Errors
/// Those of [`sensitivity`].
pub fn sensitivity_until(
    study: &Study,
    grid: &Grid,
    options: &Options,
    gradients_permille: &[f64],
    is_over: &IsOver<'_>,
) -> Result<Vec<LegSensitivity>> {
    let ground = ground(study, grid, options)?;
    let choice = AlternativeOptions::default();
    let passes = passes(&ground, choice.pass_depth_m);
    let plan = Plan::new(ground.cells());
    let naming = Naming::new(&plan, &passes, &options.levels, &choice);
    let mut gradients_permille = gradients_permille.to_vec();
    gradients_permille.sort_unstable_by(f64::total_cmp);
    gradients_permille.dedup();
    let stops = stops(study, options);
    let one = |leg: &Leg<'_>| {
        let searched = leg_cells(grid, &ground, options, leg)?;
        let &(segment, from, to) = leg;
        let ends = searched.ends;
        let sweep = Sweep { ground: &ground, ends, levels: &options.levels, is_over };
        let best = sweep.all(&gradients_permille)?;
        let row = |(gradient_permille, best): (&f64, Best)| {
            let path = best.path.map(|path| searched.along_leg(path));
            let path = path.as_ref();
            let Named { name, pass, .. } = path.map_or_else(
                || Named { name: String::new(), pass: None, cell: None },
                |path| name(&naming, path, None),
            );
            SensitivityRow {
                gradient_permille: *gradient_permille,
                route: path.map(|path| route(segment, grid, &ground, options, &[(from, to, path)])),
                name,
                pass,
                pass_place: pass.map(|pass| grid.place(pass.cell.0, pass.cell.1)),
                is_unchanged: best.is_unchanged,
                was_stopped: best.was_stopped,
            }
        };
        Ok(LegSensitivity {
            segment: segment.id.clone(),
            from: from.id.clone(),
            to: to.id.clone(),
            rows: gradients_permille.iter().zip(best).map(row).collect(),
        })
    };
    each(&legs(&stops), one).into_iter().collect()
}

/// Searches of one leg.
struct Sweep<'a> {
    ground: &'a Ground,
    ends: ((usize, usize), (usize, usize)),
    levels: &'a LevelOptions,
    is_over: &'a IsOver<'a>,
}

/// The best way under a gradient.
#[derive(Clone, Default)]
struct Best {
    path: Option<LevelPath>,
    is_unchanged: bool,
    was_stopped: bool,
}

impl Sweep<'_> {
    /// The best way for each gradient, flattest first.
    fn all(&self, gradients_permille: &[f64]) -> Result<Vec<Best>> {
        let (Some(flat), Some(steep)) = (gradients_permille.first(), gradients_permille.last())
        else {
            return Ok(Vec::new());
        };
        let steepest = self.one(*steep)?;
        if gradients_permille.len() == 1 {
            return Ok(vec![steepest]);
        }
        let flattest = match self.unchanged(&steepest, *flat) {
            Some(same) => same,
            None => self.one(*flat)?,
        };
        let inner = gradients_permille.get(1..gradients_permille.len() - 1).unwrap_or_default();
        let inner = self.between(inner, &steepest)?;
        Ok([flattest].into_iter().chain(inner).chain([steepest]).collect())
    }

    /// The best ways for gradients flatter than one whose best way is known.
    fn between(&self, gradients_permille: &[f64], steep: &Best) -> Result<Vec<Best>> {
        let half = gradients_permille.len() / 2;
        let Some(middle_permille) = gradients_permille.get(half) else { return Ok(Vec::new()) };
        let middle = match self.unchanged(steep, *middle_permille) {
            Some(same) => same,
            None => self.one(*middle_permille)?,
        };
        let (flatter, steeper) = gradients_permille.split_at(half);
        let steeper = steeper.get(1..).unwrap_or_default();
        let (flatter, steeper) =
            both(|| self.between(flatter, &middle), || self.between(steeper, steep));
        Ok(flatter?.into_iter().chain([middle]).chain(steeper?).collect())
    }

    fn one(&self, gradient_permille: f64) -> Result<Best> {
        let levels = LevelOptions { gradient_permille, ..self.levels.clone() };
        match level_search_until(self.ground, self.ends, &levels, self.is_over) {
            Ok(path) => Ok(Best { path: Some(path), ..Best::default() }),
            Err(Error::NoRoute { .. }) => Ok(Best::default()),
            Err(Error::Stopped { .. }) => Ok(Best { was_stopped: true, ..Best::default() }),
            Err(error) => Err(error),
        }
    }

    /// The best way under a steeper gradient, if it keeps to a flatter one too; or none if there
    /// is none even there.
    fn unchanged(&self, steep: &Best, flat_permille: f64) -> Option<Best> {
        let Some(path) = &steep.path else {
            return Some(Best { is_unchanged: !steep.was_stopped, ..steep.clone() });
        };
        if self.levels.compensation_permille_m > 0.0 {
            return None;
        }
        let station_permille = if self.levels.station_length_m > 0.0 {
            self.levels.station_gradient_permille
        } else {
            flat_permille
        };
        let moves = path.nodes.iter().zip(path.nodes.iter().skip(1)).enumerate();
        let keeps = moves.into_iter().all(|(place, (a, b))| {
            let is_end = place == 0 || place + 2 == path.nodes.len();
            let limit_permille =
                if is_end { flat_permille.min(station_permille) } else { flat_permille };
            let length_m = self.ground.length_m((a.row, a.col), (b.row, b.col));
            // Heights come in parts of a level step: no more than the last digits are let off.
            (b.height_m - a.height_m).abs() <= limit_permille / 1e3 * length_m
        });
        keeps.then(|| Best { path: Some(path.clone()), is_unchanged: true, was_stopped: false })
    }
}
