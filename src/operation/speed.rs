//! Where trains must run slower, why, and what that costs them.

use serde::Serialize;

use super::{RunLine, RunOptions, RunSegment, Train, run};
use crate::error::{Result, within};
use crate::geometry::{Alignment, cant_constant_mm};
use crate::model::{LimitRule, LimitWeight, Standard};
use crate::parallel::each;

/// Speeds of curves are rounded down to this.
const STEP_KMH: f64 = 5.0;

/// Why trains run slower.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpeedReason {
    /// A curve, by its radius and cant.
    Curve,
    /// A bridge or tunnel.
    Structure,
    /// A station.
    Station,
    /// Anything else.
    Other,
}

/// A stretch on which no part of a train may run faster.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SpeedLimit {
    /// Where it begins.
    pub from_m: f64,
    /// Where it ends.
    pub to_m: f64,
    /// The speed.
    pub speed_kmh: f64,
    /// Why.
    pub reason: SpeedReason,
    /// In words: `radius 400 m, cant 100 mm`.
    pub words: String,
}

/// What a limit costs a train.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LimitCost {
    /// The limit.
    pub limit: SpeedLimit,
    /// The time that the train would gain without it.
    pub cost_min: f64,
    /// The work that it would save, below 0 if running faster takes more.
    pub cost_kwh: f64,
}

/// The speed at which a curve with a cant has a deficiency: `sqrt(R (h + d) / c)`.
///
/// ```
/// use railcorridor::operation::curve_speed_kmh;
///
/// // 11.8 V^2 / R on 1435 mm: 170 mm in 1,000 m are 120 km/h.
/// assert!((curve_speed_kmh(1000.0, 100.0, 70.0, 1.5) - 120.0).abs() < 0.1);
/// ```
#[must_use]
pub fn curve_speed_kmh(
    radius_m: f64,
    cant_mm: f64,
    deficiency_mm: f64,
    rail_head_distance_m: f64,
) -> f64 {
    let most_mm = (cant_mm + deficiency_mm).max(0.0);
    (radius_m * most_mm / cant_constant_mm(rail_head_distance_m)).sqrt()
}

/// The deficiency that a standard allows at its speed, mm: the least of its limits of deficiency
/// and of acceleration sideways.
#[must_use]
pub fn most_deficiency_mm(standard: &Standard) -> Option<f64> {
    let limits = standard.limits.iter().filter(|limit| limit.weight == LimitWeight::Limit);
    let allowed = limits.filter_map(|limit| {
        let value = limit.at(standard.speed_kmh, f64::INFINITY)?;
        match limit.rule {
            LimitRule::MostCantDeficiency => Some(value),
            LimitRule::MostLateralAcceleration => {
                Some(value * standard.rail_head_distance_mm / super::GRAVITY_MPS2)
            }
            _ => None,
        }
    });
    allowed.reduce(f64::min)
}

/// Limits of the curves of an alignment under a standard, slower than a speed: by radius and cant
/// where each element is sharpest, rounded down to 5 km/h; neighbours of one speed are one.
///
/// # Errors
/// [`Error::OutOfRange`](crate::Error::OutOfRange) if the speed is none, or the standard limits
/// neither deficiency nor acceleration.
pub fn curve_limits(
    alignment: &Alignment,
    standard: &Standard,
    speed_kmh: f64,
) -> Result<Vec<SpeedLimit>> {
    within(|| "speed_kmh".to_owned(), speed_kmh, (1.0, 600.0), "give kilometres an hour")?;
    let deficiency_mm = most_deficiency_mm(standard).unwrap_or(f64::NAN);
    let hint = "give the standard a most-cant-deficiency or most-lateral-acceleration";
    within(|| "deficiency of the standard, mm".to_owned(), deficiency_mm, (0.0, 1e3), hint)?;
    let plan = alignment.horizontal();
    let rail_head_distance_m = standard.rail_head_distance_mm / 1e3;
    let mut limits: Vec<SpeedLimit> = Vec::new();
    for (element, ends) in plan.elements().iter().zip(plan.joints_m().windows(2)) {
        let &[from_m, to_m] = ends else { continue };
        let sharpest = element.curvature_from_per_m().abs().max(element.curvature_to_per_m().abs());
        if sharpest < 1e-6 {
            continue;
        }
        let is_at_end = element.curvature_to_per_m().abs() > element.curvature_from_per_m().abs();
        let at_m = if is_at_end { to_m - 1e-6 } else { from_m + 1e-6 };
        let cant_mm = match alignment.cant() {
            Some(cant) => 1e3 * cant.at(at_m)?.cant_m.abs(),
            None => 0.0,
        };
        let radius_m = 1.0 / sharpest;
        let most_kmh = curve_speed_kmh(radius_m, cant_mm, deficiency_mm, rail_head_distance_m);
        let most_kmh = ((most_kmh + 1e-6) / STEP_KMH).floor().max(1.0) * STEP_KMH;
        if most_kmh >= speed_kmh {
            continue;
        }
        if let Some(last) = limits.last_mut()
            && last.speed_kmh == most_kmh
            && from_m - last.to_m < 1e-3
        {
            last.to_m = to_m;
            continue;
        }
        limits.push(SpeedLimit {
            from_m,
            to_m,
            speed_kmh: most_kmh,
            reason: SpeedReason::Curve,
            words: format!("radius {radius_m:.0} m, cant {cant_mm:.0} mm"),
        });
    }
    Ok(limits)
}

impl RunLine {
    /// The same line with limits on stretches of it.
    ///
    /// # Errors
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) if a limit is none, or its stretch is empty.
    pub fn limited(&self, limits: &[SpeedLimit]) -> Result<Self> {
        let mut starts_m: Vec<f64> = self.segments().iter().map(|one| one.start_m).collect();
        for (number, limit) in limits.iter().enumerate() {
            let item = |key: &str| format!("{key} of speed limit {number}");
            let hint = "give kilometres an hour above 0";
            within(|| item("speed_kmh"), limit.speed_kmh, (0.4, 1e3), hint)?;
            let hint = "give distances along the line, in order";
            within(|| item("from_m"), limit.from_m, (-1e7, limit.to_m.next_down()), hint)?;
            within(|| item("to_m"), limit.to_m, (limit.from_m, 1e7), hint)?;
            starts_m.extend([limit.from_m, limit.to_m]);
        }
        starts_m.retain(|at_m| *at_m >= self.start_m() && *at_m < self.end_m());
        starts_m.sort_unstable_by(f64::total_cmp);
        starts_m.dedup();
        let mut limits: Vec<&SpeedLimit> = limits.iter().collect();
        limits.sort_by(|a, b| a.from_m.total_cmp(&b.from_m));
        let (mut waiting, mut here) = (limits.into_iter().peekable(), Vec::new());
        let mut under = self.segments().iter().peekable();
        let mut segment = under.next().copied();
        let mut segments = Vec::with_capacity(starts_m.len());
        for start_m in starts_m {
            while let Some(next) = under.next_if(|next| next.start_m <= start_m) {
                segment = Some(*next);
            }
            while let Some(next) = waiting.next_if(|next| next.from_m <= start_m) {
                here.push(next);
            }
            here.retain(|limit| limit.to_m > start_m);
            let Some(segment) = segment else { continue };
            let limit_mps = here.iter().map(|limit| limit.speed_kmh / 3.6);
            let speed_limit_mps = limit_mps.fold(segment.speed_limit_mps, f64::min);
            segments.push(RunSegment { start_m, speed_limit_mps, ..segment });
        }
        Self::new(segments, self.end_m())?.with_bends(self.bends().to_vec())
    }
}

/// What each limit costs a train: the run with all of them against that without the one.
/// With the feature `parallel` on several threads, with the same result.
///
/// # Errors
/// As [`run`] and [`RunLine::limited`].
///
/// ```
/// use railcorridor::model::{Rails, RollingStock};
/// use railcorridor::operation::{
///     RunLine, RunOptions, RunSegment, SpeedLimit, SpeedReason, Train, limit_costs,
/// };
///
/// let level = RunSegment {
///     start_m: 0.0, gradient_permille: 0.0, curve_permille: 0.0, speed_limit_mps: 80.0 / 3.6,
/// };
/// let line = RunLine::new(vec![level], 60_000.0)?;
/// let bridge = SpeedLimit {
///     from_m: 30_000.0, to_m: 31_000.0, speed_kmh: 40.0, reason: SpeedReason::Structure,
///     words: "old bridge".into(),
/// };
/// let train = Train::of(RollingStock::builtin(), "te33a-gondola", Rails::Welded)?;
/// let costs = limit_costs(&line, &train, &[bridge], &RunOptions::default())?;
/// // A kilometre and the train's length at 40 km/h instead of 80 are 1.1 minutes, braking and
/// // gaining speed the rest.
/// assert!(costs[0].cost_min > 1.1 && costs[0].cost_min < 3.5, "{}", costs[0].cost_min);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn limit_costs(
    line: &RunLine,
    train: &Train,
    limits: &[SpeedLimit],
    options: &RunOptions,
) -> Result<Vec<LimitCost>> {
    let all = run(&line.limited(limits)?, train, options)?;
    let numbers: Vec<usize> = (0..limits.len()).collect();
    let costs = each(&numbers, |&number| {
        let others = limits.iter().enumerate().filter(|(other, _)| *other != number);
        let others: Vec<SpeedLimit> = others.map(|(_, limit)| limit.clone()).collect();
        let without = run(&line.limited(&others)?, train, options)?;
        Ok((all.total_s() - without.total_s(), all.traction_kwh() - without.traction_kwh()))
    });
    let rows = limits.iter().zip(costs).map(|(limit, cost)| {
        let (cost_s, cost_kwh) = cost?;
        Ok(LimitCost { limit: limit.clone(), cost_min: cost_s / 60.0, cost_kwh })
    });
    rows.collect()
}
