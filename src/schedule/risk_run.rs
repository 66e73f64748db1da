//! Many iterations, in chunks that any thread may take: results depend on the seed alone.

use super::lanes::{Floats, LANES, SIDE, Words, above, only};
use super::risk::RiskWatch;
use super::risk_clock::Clock;
use super::risk_draw::{Drawn, Draws};
use super::risk_length::Lengths;
use super::risk_pass::{Block, RiskNetwork};

/// Iterations to a chunk. Sums are made within a chunk, and over chunks in their order.
const CHUNK: u32 = 4_096;

/// All that a chunk needs to know.
pub(super) struct Job<'a, C> {
    pub(super) network: &'a RiskNetwork,
    pub(super) clock: &'a C,
    pub(super) draws: &'a Draws,
    pub(super) seed: u64,
    pub(super) iterations: u32,
    /// By position: the duration that is not drawn.
    pub(super) durations_days: &'a [f32],
    /// Positions of the durations that are, with their medians.
    pub(super) uncertain: &'a [(usize, f32)],
    /// Positions whose finish is kept, and whether it is a morning.
    pub(super) milestones: &'a [(usize, bool)],
    pub(super) lengths: &'a Lengths,
    pub(super) costs: &'a Costs,
    /// The finish as planned, which sums are counted from.
    pub(super) planned_days: f32,
}

/// What money depends on.
#[derive(Default)]
pub(super) struct Costs {
    pub(super) fixed_usd: f64,
    pub(super) overhead_usd_per_day: f64,
    /// Position and US dollars a working day.
    pub(super) by_day: Vec<(usize, f64)>,
}

/// What came out, by iteration or summed up.
#[derive(Default, Clone)]
pub(super) struct Results {
    pub(super) finish_days: Vec<f32>,
    pub(super) cost_usd: Vec<f64>,
    /// By milestone.
    pub(super) milestone_days: Vec<Vec<f32>>,
    /// By length that is asked for, in ascending order.
    pub(super) length_days: Vec<Vec<f32>>,
    /// By position: in how many iterations it is critical.
    pub(super) critical: Vec<u32>,
    /// The finish of all iterations, from that planned.
    pub(super) all: Share,
    /// The same where an uncertain duration is above its median.
    pub(super) above: Vec<Share>,
    /// The same where an event happens.
    pub(super) happens: Vec<Share>,
}

/// A part of the iterations: how many, and the sum of their finishes.
#[derive(Default, Clone, Copy)]
pub(super) struct Share {
    pub(super) count: f64,
    pub(super) sum_days: f64,
}

/// All iterations, on the threads that there are, or as many as the watch lets be done.
pub(super) fn run<C: Clock>(
    job: &Job<'_, C>,
    arch: pulp::Arch,
    watch: &mut RiskWatch<'_>,
) -> Results {
    let chunks = job.iterations.div_ceil(CHUNK);
    let one = |chunk: u32| arch.dispatch(Chunk { job, chunk });
    let mut results = Results::empty(job);
    let (mut first, round) = (0, chunks_a_round());
    while first < chunks {
        let last = first.saturating_add(round).min(chunks);
        #[cfg(feature = "parallel")]
        let parts: Vec<Results> = {
            use rayon::prelude::*;
            (first..last).into_par_iter().map(one).collect()
        };
        #[cfg(not(feature = "parallel"))]
        let parts = (first..last).map(one);
        for part in parts {
            results.add(part);
        }
        if watch(last.saturating_mul(CHUNK).min(job.iterations)).is_break() {
            break;
        }
        first = last;
    }
    results
}

/// How many chunks are done between two looks of a watch: some for each thread.
fn chunks_a_round() -> u32 {
    #[cfg(feature = "parallel")]
    let threads = rayon::current_num_threads();
    #[cfg(not(feature = "parallel"))]
    let threads = 1_usize;
    u32::try_from(threads.saturating_mul(4)).unwrap_or(u32::MAX)
}

/// A chunk to be computed: a type of its own, since a closure would not be built for wide registers.
struct Chunk<'a, 'j, C> {
    job: &'a Job<'j, C>,
    chunk: u32,
}

impl<C: Clock> pulp::NullaryFnOnce for Chunk<'_, '_, C> {
    type Output = Results;

    #[inline(always)]
    fn call(self) -> Results {
        self.job.chunk(self.chunk)
    }
}

impl<C: Clock> Job<'_, C> {
    #[inline(always)]
    fn chunk(&self, chunk: u32) -> Results {
        let mut results = Results::empty(self);
        let mut block = Block::new(self.durations_days);
        let mut drawn = self.draws.drawn();
        let mut sums = vec![[0.0; SIDE]; self.uncertain.len() + self.draws.events.len() + 1];
        let first = chunk * CHUNK;
        let last = first.saturating_add(CHUNK).min(self.iterations);
        #[expect(clippy::cast_possible_truncation, reason = "64")]
        let lanes = LANES as u32;
        for from in (first..last).step_by(LANES) {
            let mut valid = [u32::MAX; LANES];
            let count = (last - from).min(lanes) as usize;
            for word in valid.iter_mut().skip(count) {
                *word = 0;
            }
            self.draws.block(self.seed, u64::from(from), &mut drawn, &mut block.durations);
            let moments = if C::IS_ONE {
                self.network.forward_on_one(&mut block)
            } else {
                self.network.forward(self.clock, &mut block)
            };
            let critical = &mut results.critical;
            self.network.count_critical(self.clock, &mut block, &moments, &valid, critical);
            let mut days = moments;
            self.to_days(&mut days, false);
            results.finish_days.extend(days.iter().take(count));
            for ((place, is_morning), of) in self.milestones.iter().zip(&mut results.milestone_days)
            {
                let Some(mut days) = block.finishes(*place).copied() else { continue };
                self.to_days(&mut days, *is_morning);
                of.extend(days.iter().take(count));
            }
            self.lengths.add(self.clock, &block, count, &mut results.length_days);
            self.add_costs(&drawn, &block, &days, count, &mut results.cost_usd);
            self.add_shares(&drawn, &block, &days, &valid, &mut sums, &mut results);
        }
        results.take_sums(&sums);
        results
    }

    #[inline(always)]
    fn to_days(&self, moments: &mut Floats, is_morning: bool) {
        if C::IS_ONE {
            for moment in moments {
                *moment = self.clock.days(*moment, is_morning);
            }
        }
    }

    /// What each iteration costs; nothing is kept if nothing costs anything.
    #[inline(always)]
    fn add_costs(
        &self,
        drawn: &Drawn,
        block: &Block,
        days: &Floats,
        count: usize,
        all: &mut Vec<f64>,
    ) {
        let mut usd = [self.costs.fixed_usd; LANES];
        for (position, usd_per_day) in &self.costs.by_day {
            let Some(durations) = block.durations.get(*position) else { continue };
            for (usd, days) in usd.iter_mut().zip(durations) {
                *usd += usd_per_day * f64::from(*days);
            }
        }
        for spent in &drawn.spent {
            for (usd, spent) in usd.iter_mut().zip(spent) {
                *usd += f64::from(*spent);
            }
        }
        for (costs, happens) in drawn.costs.iter().zip(&drawn.happens) {
            for ((usd, cost), happens) in usd.iter_mut().zip(costs).zip(happens) {
                *usd += f64::from(only(*happens, *cost));
            }
        }
        for (usd, days) in usd.iter_mut().zip(days) {
            *usd += self.costs.overhead_usd_per_day * f64::from(*days);
        }
        all.extend(usd.iter().take(count));
    }

    /// Adds finishes, from that planned, to the sums of all, of long durations, of events.
    #[inline(always)]
    fn add_shares(
        &self,
        drawn: &Drawn,
        block: &Block,
        days: &Floats,
        valid: &Words,
        sums: &mut [[f32; SIDE]],
        results: &mut Results,
    ) {
        let mut late = [0.0; LANES];
        for ((late, days), valid) in late.iter_mut().zip(days).zip(valid) {
            *late = only(*valid, days - self.planned_days);
        }
        let mut sums = sums.iter_mut();
        let mut take = |share: &mut Share, among: &Words| {
            let Some(sum) = sums.next() else { return };
            share.count += f64::from(add_among(sum, &late, among, valid));
        };
        take(&mut results.all, valid);
        for ((position, median), share) in self.uncertain.iter().zip(&mut results.above) {
            let Some(durations) = block.durations.get(*position) else { continue };
            take(share, &above(durations, *median));
        }
        for (happens, share) in drawn.happens.iter().zip(&mut results.happens) {
            take(share, happens);
        }
    }
}

/// Adds the numbers where words are set, side by side; returns how many.
#[inline(always)]
fn add_among(sum: &mut [f32; SIDE], late: &Floats, among: &Words, valid: &Words) -> u32 {
    let (mut sides, mut counts) = (*sum, [0; SIDE]);
    let blocks = late.chunks_exact(SIDE).zip(among.chunks_exact(SIDE));
    for ((late, among), valid) in blocks.zip(valid.chunks_exact(SIDE)) {
        let lanes = sides.iter_mut().zip(&mut counts).zip(late).zip(among).zip(valid);
        for ((((side, count), late), among), valid) in lanes {
            *side += only(*among, *late);
            *count += among & valid & 1;
        }
    }
    *sum = sides;
    counts.iter().sum()
}

impl Results {
    fn empty<C>(job: &Job<'_, C>) -> Self {
        Self {
            milestone_days: vec![Vec::new(); job.milestones.len()],
            length_days: vec![Vec::new(); job.lengths.count()],
            critical: vec![0; job.durations_days.len()],
            above: vec![Share::default(); job.uncertain.len()],
            happens: vec![Share::default(); job.draws.events.len()],
            ..Self::default()
        }
    }

    fn shares(&mut self) -> impl Iterator<Item = &mut Share> {
        std::iter::once(&mut self.all).chain(&mut self.above).chain(&mut self.happens)
    }

    /// Takes what a chunk has summed up side by side.
    fn take_sums(&mut self, sums: &[[f32; SIDE]]) {
        for (share, sum) in self.shares().zip(sums) {
            share.sum_days = sum.iter().map(|part| f64::from(*part)).sum();
        }
    }

    /// Adds the next chunk.
    fn add(&mut self, mut next: Self) {
        self.finish_days.append(&mut next.finish_days);
        self.cost_usd.append(&mut next.cost_usd);
        let of = self.milestone_days.iter_mut().chain(&mut self.length_days);
        for (of, next) in of.zip(next.milestone_days.iter_mut().chain(&mut next.length_days)) {
            of.append(next);
        }
        for (count, next) in self.critical.iter_mut().zip(&next.critical) {
            *count += next;
        }
        for (share, next) in self.shares().zip(next.shares()) {
            share.count += next.count;
            share.sum_days += next.sum_days;
        }
    }
}
