//! How long a line will be as built, if its gradient is known or not.

use super::search::{ground, routes};
use super::stops::{Stops, stops};
use super::{
    BuiltLength, BuiltLengthModel, Course, Ground, LevelOptions, Options, SegmentRoute, cost_band,
};
use crate::error::{Error, Result};
use crate::model::{Segment, Study};
use crate::parallel::each;
use crate::terrain::Grid;

/// How to forecast the length of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct ForecastOptions {
    /// The search; its ruling gradient is replaced by those below.
    pub search: Options,
    /// The line's ruling gradient, if it is known, permille.
    pub ruling_gradient_permille: Option<f64>,
    /// Gradients to try if it is not, flat to steep, permille.
    pub tried_gradients_permille: Vec<f64>,
    /// A gradient whose line is dearer than the cheapest by this share weighs 1/e of it.
    pub weight_share: f64,
    /// The gradient to show is the flattest that is dearer by no more than this share.
    pub dearer_share: f64,
    /// Constants of the length as built.
    pub model: BuiltLengthModel,
}

impl Default for ForecastOptions {
    fn default() -> Self {
        Self {
            search: Options { through_places: true, ..Options::default() },
            ruling_gradient_permille: None,
            tried_gradients_permille: vec![6.0, 9.0, 12.0, 15.0, 18.0, 25.0],
            weight_share: 0.2,
            dearer_share: 0.1,
            model: BuiltLengthModel::default(),
        }
    }
}

/// The forecast for a segment.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// Id of the segment.
    pub segment: String,
    /// The ruling gradient: as given, or the flattest one that is hardly dearer, permille.
    pub gradient_permille: f64,
    /// Length as built, over all gradients tried.
    pub built_length: BuiltLength,
    /// The way at the gradient above; its figures hold the forecast's length and its cost.
    pub route: SegmentRoute,
}

/// Forecasts the length of each segment of a study as it would be built.
///
/// If the ruling gradient is known, its cheapest way is taken, else the mean over the gradients
/// that a planner would try: `ln freed = sum(w ln freed_g) / sum(w)` with
/// `w = exp(-(cost_g / cheapest - 1) / weight_share)`, since nobody knows which was chosen, but
/// hardly one whose line is much dearer. [`BuiltLengthModel`] does the rest. Gradients at which
/// there is no way are left out.
///
/// # Errors
/// Those of [`search`](super::search()), if no gradient has a way; [`Error::OutOfRange`] if there
/// is no gradient to try.
///
/// ```
/// use railcorridor::geodesy::LonLat;
/// use railcorridor::model::{Segment, Station, Study};
/// use railcorridor::route::{ForecastOptions, forecast};
/// use railcorridor::terrain::Grid;
///
/// // A plain: every gradient has the same way, and the flattest is shown.
/// let corner = LonLat::new(60.0, 0.05)?;
/// let grid = Grid::new(41, corner, 0.01, 0.01, vec![100.0; 41 * 11])?;
/// let at = |id: &str, lon_deg| Station { id: id.into(), lon_deg, ..Station::default() };
/// let segment =
///     Segment { id: "s".into(), from: "a".into(), to: "b".into(), ..Segment::default() };
/// let study = Study {
///     stations: vec![at("a", 60.1), at("b", 60.3)],
///     segments: vec![segment],
///     ..Study::default()
/// };
/// let line = &forecast(&study, &grid, &ForecastOptions::default())?[0];
/// assert_eq!(line.gradient_permille, 6.0);
/// assert!((line.built_length.expected_m - 26_200.8).abs() < 1.0); // 1.087 x 22,263.9 + 2,000
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn forecast(study: &Study, grid: &Grid, options: &ForecastOptions) -> Result<Vec<Forecast>> {
    let ground = ground(study, grid, &options.search)?;
    let of_segment = |segment| of_segment(study, segment, grid, &ground, options);
    study.segments.iter().map(of_segment).collect()
}

fn of_segment(
    study: &Study,
    segment: &Segment,
    grid: &Grid,
    ground: &Ground,
    options: &ForecastOptions,
) -> Result<Forecast> {
    let one = |&gradient_permille: &f64| -> Result<(f64, SegmentRoute)> {
        let levels = LevelOptions { gradient_permille, ..options.search.levels.clone() };
        let search = Options { levels, ..options.search.clone() };
        let mut found = routes(study, &[segment], grid, ground, &search, None)?;
        let route = found.pop().ok_or_else(|| no_gradient(&segment.id))?;
        Ok((gradient_permille, route))
    };
    let given: Vec<f64> = options.ruling_gradient_permille.into_iter().collect();
    let gradients = if given.is_empty() { &options.tried_gradients_permille } else { &given };
    let ways = ways(each(gradients, one), &segment.id)?;
    shown(study, segment, options, ways)
}

/// The ways that there are; any error but that of a gradient too flat ends the forecast.
fn ways(
    tried: Vec<Result<(f64, SegmentRoute)>>,
    segment: &str,
) -> Result<Vec<(f64, SegmentRoute)>> {
    let mut ways = Vec::new();
    let mut without = None;
    for one in tried {
        match one {
            Ok(way) => ways.push(way),
            Err(error @ Error::NoRoute { .. }) => without = Some(error),
            Err(error) => return Err(error),
        }
    }
    if ways.is_empty() {
        return Err(without.unwrap_or_else(|| no_gradient(segment)));
    }
    Ok(ways)
}

fn no_gradient(segment: &str) -> Error {
    Error::OutOfRange {
        item: format!("number of gradients to try for segment {segment}"),
        value: 0.0,
        limit: "one at least".to_owned(),
        hint: "see ForecastOptions".to_owned(),
    }
}

/// The forecast out of the ways by gradient.
fn shown(
    study: &Study,
    segment: &Segment,
    options: &ForecastOptions,
    ways: Vec<(f64, SegmentRoute)>,
) -> Result<Forecast> {
    let cheapest_m = ways.iter().map(|(_, way)| way.cost_m).fold(f64::INFINITY, f64::min);
    let dearer =
        |way: &SegmentRoute| if cheapest_m > 0.0 { way.cost_m / cheapest_m - 1.0 } else { 0.0 };
    let freed_m = weighed_mean_m(
        ways.iter()
            .map(|(_, way)| (dearer(way) / options.weight_share.max(1e-6), way.figures.freed_m)),
    );
    let chosen = ways.into_iter().filter(|(_, way)| dearer(way) <= options.dearer_share.max(0.0));
    let flattest = chosen.min_by(|a, b| a.0.total_cmp(&b.0));
    let (gradient_permille, mut route) = flattest.ok_or_else(|| no_gradient(&segment.id))?;
    let built_length = options.model.length(&Course {
        freed_m,
        geodesic_m: geodesic_m(study, segment, &options.search),
        legs: route.certificates.len(),
        knows_places: options.search.through_places,
        terrain: route.figures.terrain.class(),
    });
    route.figures.built_length = built_length;
    route.figures.cost = cost_band(&route.figures.terrain, built_length.expected_m);
    Ok(Forecast { segment: segment.id.clone(), gradient_permille, built_length, route })
}

/// Geometric mean of lengths with weights exp(-excess).
fn weighed_mean_m(lengths: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (mut weights, mut logarithms) = (0.0, 0.0);
    for (excess, length_m) in lengths.filter(|(_, length_m)| *length_m > 0.0) {
        let weight = (-excess).exp();
        weights += weight;
        logarithms += weight * length_m.ln();
    }
    if weights > 0.0 { (logarithms / weights).exp() } else { 0.0 }
}

/// Sum of the geodesics between the places that the line passes.
fn geodesic_m(study: &Study, segment: &Segment, options: &Options) -> f64 {
    let all = stops(study, options);
    all.iter().filter(|stops| stops.segment.id == segment.id).map(Stops::geodesic_m).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dearer_weighs_less() {
        // Weights 1 and 1/e: exp((ln 100 + ln 200 / e) / (1 + 1/e)) = 120.5.
        let mean_m = weighed_mean_m([(0.0, 100.0), (1.0, 200.0)].into_iter());
        assert!((mean_m - 120.492).abs() < 1e-3, "{mean_m}");
        assert_eq!(weighed_mean_m([(0.0, 0.0)].into_iter()), 0.0);
    }

    #[test]
    fn without_a_gradient_there_is_no_forecast() {
        assert!(matches!(ways(Vec::new(), "s"), Err(Error::OutOfRange { .. })));
    }
}
