//! The cheapest line: many drafts tried, the best of them improved to the end, then varied.

use std::ops::ControlFlow;

use super::line_bound::line_bound_usd;
use super::starts::start;
use super::trial::{Found, Steps, Trial};
use super::variants::variants;
use super::{Ground, LineCost, LineDraft, LineTask};
use crate::error::{Error, Result, within};
use crate::geometry::Alignment;
use crate::parallel::each_of;

/// How hard a line is sought.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct JointOptions {
    /// Rounds at most; each tries 40 drafts and improves the best of them.
    pub rounds: u32,
    /// Ends sooner if no line can be cheaper by more than this share.
    pub gap_ratio: f64,
    /// Distance of sections while drafts are compared.
    pub coarse_step_m: f64,
    /// Distance of sections for the last improvements.
    pub fine_step_m: f64,
    /// Distance of sections at which the line found is priced.
    pub price_step_m: f64,
}

impl Default for JointOptions {
    fn default() -> Self {
        let (coarse_step_m, fine_step_m, price_step_m) = (40.0, 10.0, 2.0);
        Self { rounds: 1, gap_ratio: 0.0, coarse_step_m, fine_step_m, price_step_m }
    }
}

/// A line found, with what it costs and what no line costs less than.
#[derive(Debug, Clone)]
pub struct JointDesign {
    /// Its bends and grade points.
    pub draft: LineDraft,
    /// The exact line; it keeps every limit of the task.
    pub line: Alignment,
    /// What it costs.
    pub cost: LineCost,
    /// No line of the task costs less.
    pub bound_usd: f64,
    /// How many drafts were tried.
    pub drafts: usize,
}

/// Asked between rounds, with the number of those done, whether to go on.
pub type JointWatch<'a> = dyn FnMut(u32) -> ControlFlow<()> + 'a;

/// Plan and profile of a cheap line, sought together.
///
/// A round tries drafts that swing out to both sides, by [`LineDraft`]: places and radii of bends,
/// places and heights of grade points, all of them free at once. Each goes downhill by a
/// quasi-Newton method, with limits and the balance of earth as augmented Lagrangians; the best
/// three go on to the end, where they keep every limit; and the best of those is varied by leaving
/// out and adding bends and grade points as long as that makes it cheaper.
///
/// The line is a local optimum, good by experience: nothing is proved but
/// [`bound_usd`](JointDesign::bound_usd). Transitions are as short as they may be, vertical radii
/// those of the limits. With the feature `parallel` on several threads, with the same result.
///
/// # Errors
///
/// [`Error::OutOfRange`] for a task or options that make no sense, [`Error::NoRoute`] if no draft
/// leads to a line that keeps every limit.
///
/// # Example
///
/// Two kilometres up a plane of 10 permille: the line lies in it all the way and is as good as
/// straight, so that it costs what its length does:
///
/// ```
/// # use railcorridor::design::{
/// #     EarthPrices, Formation, Ground, GroundPoint, JointOptions, LineEnd, LineLimits, LinePrices,
/// #     LineTask, design_line,
/// # };
/// # use railcorridor::geodesy::Coord;
/// struct Plane;
/// impl Ground for Plane {
///     fn at(&self, place: Coord) -> GroundPoint {
///         let height_m = 100.0 + 0.01 * place.e_m;
///         GroundPoint { height_m, slope_e_ratio: 0.01, slope_n_ratio: 0.0 }
///     }
/// }
/// # let formation = Formation {
/// #     half_width_m: 5.0, cut_rise_ratio: 1.0, fill_rise_ratio: 0.6, reach_m: 25.0,
/// #     soil_depth_m: 3.0,
/// # };
/// # let earth = EarthPrices {
/// #     rock_usd_per_m3: 5.0, soil_usd_per_m3: 2.0, rock_usable_ratio: 0.97,
/// #     soil_usable_ratio: 0.76, fill_usd_per_m3: 1.1, borrow_usd_per_m3: 4.5,
/// #     waste_usd_per_m3: 2.0, rock_waste_ratio: 0.04, soil_waste_ratio: 0.06,
/// #     unused_waste_ratio: 1.4,
/// # };
/// # let prices = LinePrices {
/// #     earth, land_usd_per_m2: 7.0, land_margin_m: 6.0, clearing_usd_per_m2: 0.6,
/// #     track_usd_per_m: 550.0, upkeep_usd_per_m: 100.0,
/// # };
/// # let limits = LineLimits {
/// #     least_radius_m: 250.0, transition_m: 80.0, least_arc_m: 100.0, least_tangent_m: 222.0,
/// #     greatest_tangent_m: 1321.0, least_gradient_ratio: 0.005, greatest_gradient_ratio: 0.05,
/// #     vertical_radius_m: 10_000.0, least_even_grade_m: 225.0,
/// # };
/// let end = |e_m| LineEnd { coord: Coord { e_m, n_m: 0.0 }, height_m: 100.0 + 0.01 * e_m };
/// let task = LineTask { from: end(0.0), to: end(2000.0), formation, prices, limits };
/// let design = design_line(&Plane, &task, &JointOptions::default())?;
/// // 2,000 m with 16 m of land, 10 m to clear, track and upkeep.
/// assert!((design.bound_usd - 2000.0 * (7.0 * 16.0 + 0.6 * 10.0 + 650.0)).abs() < 1e-6);
/// assert!(design.cost.total_usd < 1.001 * design.bound_usd);
/// assert!(limits.broken(&design.line).is_empty());
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn design_line<G: Ground>(
    ground: &G,
    task: &LineTask,
    options: &JointOptions,
) -> Result<JointDesign> {
    design_line_watched(ground, task, options, &mut |_| ControlFlow::Continue(()))
}

/// As [`design_line`], with a watch that may end it early: the line is that of as many rounds.
///
/// # Errors
///
/// As [`design_line`], and [`Error::Stopped`] if the watch ends it before there is a line.
pub fn design_line_watched<G: Ground>(
    ground: &G,
    task: &LineTask,
    options: &JointOptions,
    watch: &mut JointWatch<'_>,
) -> Result<JointDesign> {
    let search = Search::new(ground, task, options)?;
    let bound_usd = line_bound_usd(task);
    let (mut best, mut drafts): (Option<Found>, usize) = (None, 0);
    for round in 0..options.rounds.max(1) {
        if round > 0 && watch(round).is_break() {
            if best.is_none() {
                return Err(Error::Stopped { item: "the search for a line".to_owned() });
            }
            break;
        }
        let numbers: Vec<usize> = (drafts..drafts + DRAFTS).collect();
        drafts += DRAFTS;
        let starts = each_of(numbers, |number| start(ground, task, number));
        if let Some(found) = search.best_of(starts.into_iter().flatten().collect())? {
            best = cheaper(best, Some(search.vary(found)?));
        }
        let enough_usd = (1.0 + options.gap_ratio) * bound_usd;
        if best.as_ref().is_some_and(|best| best.cost.total_usd <= enough_usd) {
            break;
        }
    }
    let Found { draft, line, cost } = best.ok_or_else(|| no_line(task))?;
    Ok(JointDesign { draft, line, cost, bound_usd, drafts })
}

/// A cheap line near a draft of one's own: it keeps to the same side of hills.
///
/// # Errors
///
/// As [`design_line`].
pub fn improve_line<G: Ground>(
    ground: &G,
    task: &LineTask,
    draft: &LineDraft,
    options: &JointOptions,
) -> Result<JointDesign> {
    let search = Search::new(ground, task, options)?;
    let found = search.best_of(vec![draft.clone()])?.ok_or_else(|| no_line(task))?;
    let Found { draft, line, cost } = search.vary(found)?;
    Ok(JointDesign { draft, line, cost, bound_usd: line_bound_usd(task), drafts: 1 })
}

/// Drafts of a round.
const DRAFTS: usize = 40;

/// How many of some drafts are improved to the end.
const KEPT: usize = 3;

/// Bends and grade points left out or added at most, one after the other.
const MOST_CHANGES: u32 = 4;

/// Which share of its cost such a change must save.
const WORTH_RATIO: f64 = 1e-6;

struct Search<'a, G> {
    ground: &'a G,
    task: &'a LineTask,
    options: &'a JointOptions,
    steps: Steps,
}

impl<'a, G: Ground> Search<'a, G> {
    fn new(ground: &'a G, task: &'a LineTask, options: &'a JointOptions) -> Result<Self> {
        task.checked()?;
        options.checked()?;
        Ok(Self { ground, task, options, steps: Steps::new(task, options)? })
    }

    /// The cheapest line that some drafts lead to: all are tried, the best of them improved to the
    /// end.
    fn best_of(&self, drafts: Vec<LineDraft>) -> Result<Option<Found>> {
        let tried = each_of(drafts, |draft| Trial::new(self.ground, self.task, &draft, self.steps));
        let mut tried: Vec<Trial<'_, G>> = tried.into_iter().flatten().collect();
        tried.sort_by(|a, b| a.rank_usd().total_cmp(&b.rank_usd()));
        tried.truncate(KEPT);
        let mut best = None;
        for found in each_of(tried, |trial| trial.finish(self.options, self.steps)) {
            best = cheaper(best, found.transpose()?);
        }
        Ok(best)
    }

    /// The line that leaving out and adding bends and grade points leads to, as long as it becomes
    /// cheaper.
    fn vary(&self, mut best: Found) -> Result<Found> {
        for _ in 0..MOST_CHANGES {
            let length_m = best.line.horizontal().length_m();
            let drafts = variants(self.task, &best.draft, length_m);
            let Some(found) = self.best_of(drafts)? else { break };
            if !(found.cost.total_usd < best.cost.total_usd * (1.0 - WORTH_RATIO)) {
                break;
            }
            best = found;
        }
        Ok(best)
    }
}

impl JointOptions {
    fn checked(&self) -> Result<()> {
        for (name, step_m) in [
            ("coarse_step_m", self.coarse_step_m),
            ("fine_step_m", self.fine_step_m),
            ("price_step_m", self.price_step_m),
        ] {
            within(|| name.to_owned(), step_m, (0.01, 1e3), "give metres between sections")?;
        }
        within(|| "gap_ratio".to_owned(), self.gap_ratio, (0.0, 1e3), "give a share of the cost")
    }
}

/// The cheaper of two lines, the earlier one of equals.
fn cheaper(a: Option<Found>, b: Option<Found>) -> Option<Found> {
    match (a, b) {
        (Some(a), Some(b)) if b.cost.total_usd < a.cost.total_usd => Some(b),
        (None, b) => b,
        (a, _) => a,
    }
}

fn no_line(task: &LineTask) -> Error {
    let place = |end: &super::LineEnd| format!("E {:.0} N {:.0}", end.coord.e_m, end.coord.n_m);
    Error::NoRoute {
        from: place(&task.from),
        to: place(&task.to),
        problem: "no draft leads to a line that keeps every limit".to_owned(),
        hint: "give more rounds, wider limits, or a draft of your own".to_owned(),
    }
}
