//! A draft on its way downhill, until it keeps every limit.

use super::line_cost::{line_cost, step_count};
use super::objective::Objective;
use super::quasi_newton::{Descent, Effort, Smooth as _};
use super::variables::{pack, unpack};
use super::{Ground, JointOptions, LineCost, LineDraft, LineTask};
use crate::error::Result;
use crate::geometry::Alignment;

/// A line that keeps every limit, and its cost.
pub(super) struct Found {
    pub draft: LineDraft,
    pub line: Alignment,
    pub cost: LineCost,
}

/// How many sections a line has while it is improved. Their number stays while its length changes,
/// so that its cost is smooth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Steps {
    pub coarse: u32,
    pub fine: u32,
}

impl Steps {
    pub fn new(task: &LineTask, options: &JointOptions) -> Result<Self> {
        let length_m = task.from.coord.distance_m(task.to.coord);
        let coarse = step_count(length_m, options.coarse_step_m)?;
        Ok(Self { coarse, fine: step_count(length_m, options.fine_step_m)? })
    }
}

/// Rounds of learning the prices of limits, and the steps in each.
#[derive(Clone, Copy)]
struct Work {
    rounds: u32,
    effort: Effort,
}

/// Enough to compare drafts: most are within a thousandth of where they lead to.
const TRY: Work = Work { rounds: 5, effort: Effort { steps: 40, gain: 2.0 } };
/// Enough for the last hundred thousandths.
const IMPROVE: Work = Work { rounds: 8, effort: Effort { steps: 60, gain: 0.2 } };
/// With more sections, and limits to the last centimetre.
const POLISH: Work = Work { rounds: 1, effort: Effort { steps: 30, gain: 0.05 } };

/// How often a line is polished at most until it keeps every limit.
const POLISHES: u32 = 12;

/// By which share of its cost a draft is taken for dearer where it breaks a limit by 10 m or a
/// permille.
const FINE_RATIO: f64 = 0.01;

/// A draft on its way.
pub(super) struct Trial<'a, G> {
    task: &'a LineTask,
    ground: &'a G,
    bends: usize,
    objective: Objective<'a, G>,
    descent: Descent,
    at: Vec<f64>,
    /// How far the worst limit is broken, in tens of metres or permille.
    worst: f64,
}

impl<'a, G: Ground> Trial<'a, G> {
    /// A draft improved so far that it can be compared; `None` if it is no line.
    pub fn new(ground: &'a G, task: &'a LineTask, draft: &LineDraft, steps: Steps) -> Option<Self> {
        let bends = draft.bends.len();
        let objective = Objective::new(ground, task, bends, steps.coarse);
        let (descent, at) = (Descent::default(), pack(draft));
        let mut trial = Self { task, ground, bends, objective, descent, at, worst: 0.0 };
        trial.improve(TRY)?;
        Some(trial)
    }

    /// What it costs, with a fine for limits that it does not keep yet.
    pub fn rank_usd(&self) -> f64 {
        self.objective.cost_usd() * (1.0 + FINE_RATIO * self.worst)
    }

    /// The line that it leads to; `None` if that breaks a limit.
    pub fn finish(mut self, options: &JointOptions, steps: Steps) -> Option<Result<Found>> {
        self.improve(IMPROVE)?;
        self.objective.refine(steps.fine);
        let mut draft = LineDraft::default();
        for _ in 0..POLISHES {
            self.improve(POLISH)?;
            unpack(&self.at, self.bends, &mut draft);
            let Ok(line) = draft.alignment(self.task) else { continue };
            if !self.task.limits.broken(&line).is_empty() {
                continue;
            }
            let LineTask { formation, prices, .. } = self.task;
            match line_cost(self.ground, formation, prices, &line, options.price_step_m) {
                Ok(cost) if cost.open_sections > 0 => {}
                cost => return Some(cost.map(|cost| Found { draft, line, cost })),
            }
        }
        None
    }

    fn improve(&mut self, work: Work) -> Option<()> {
        for _ in 0..work.rounds {
            let value = self.descent.descend(&mut self.objective, &mut self.at, work.effort);
            if !value.is_finite() {
                return None;
            }
            // The last place that was looked at need not be the best one.
            self.objective.value(&self.at);
            self.worst = self.objective.learn();
            self.objective.sharpen();
        }
        Some(())
    }
}
