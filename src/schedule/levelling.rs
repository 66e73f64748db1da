//! Dates that resources allow.

use jiff::civil::Date;

use super::compiled::{Compiled, Span};
use super::horizon::BEYOND;
use super::resource_pass::Bench;
use super::resource_search::search;
use super::resource_setup::Setup;
use super::{Horizon, ResourcePlan, last_finish};
use crate::error::{Error, Result};

/// How long to look for an earlier finish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LevellingOptions {
    /// How many schedules may be made, one at least.
    pub schedules: u64,
    /// Another seed makes other trials; the same makes the same, on any number of threads.
    pub seed: u64,
}

impl Default for LevellingOptions {
    /// 5,000 schedules: well under a second for some hundred activities.
    fn default() -> Self {
        Self { schedules: 5_000, seed: 1 }
    }
}

/// Dates that resources allow, and how far they are from the best that could be.
///
/// Activities are told by their place in the network's list, resources by theirs in the plan's.
pub struct Levelled<'c> {
    pub(super) setup: Setup<'c>,
    pub(super) bench: Bench,
    pub(super) spans: Vec<Span>,
    finish: i32,
    least_finish: i32,
    schedules: u64,
    pub(super) resource_ids: Vec<String>,
}

impl Compiled<'_> {
    /// Dates on which no resource is asked for more than there is, with a finish as early as is
    /// found.
    ///
    /// A resource is taken on the days that an activity works, not on its days off. An activity is
    /// not broken off for another. What is begun goes on when its resources allow; what must have
    /// its date has it before all others. A constraint or a link into such an activity that cannot
    /// be kept is told by [`Levelled::not_met`]; nothing is bent in silence. Dates are searched that
    /// miss as few days as possible, and finish early among those.
    ///
    /// More schedules, with the same seed, never give a worse result: a longer search begins with the
    /// shorter. It ends early if nothing better can be. With the feature `parallel` on several
    /// threads, with the same result.
    ///
    /// # Errors
    /// [`Error::Unknown`] for an id that nothing has; [`Error::Schedule`] for an activity that needs
    /// more than there is, a milestone that needs anything, activities that must have dates on which
    /// together they need more than there is; [`Error::OutOfRange`] for units above
    /// [`MAX_UNITS`](super::MAX_UNITS), no schedules, or dates beyond the horizon.
    ///
    /// # Complexity
    /// Links and days of work for each schedule.
    ///
    /// # Example
    /// Three jobs share one track layer; survey and signals need none.
    /// ```
    /// use jiff::civil::date;
    /// use railcorridor::schedule::{
    ///     Activity, Calendar, Demand, LevellingOptions, Link, Network, Resource, ResourcePlan,
    ///     WorkingWeek,
    /// };
    ///
    /// let week = WorkingWeek::EVERY_DAY;
    /// let mut network = Network::new(date(2026, 6, 1), Calendar::new("site", week));
    /// network.activities = vec![
    ///     Activity::task("lay-1", 5.0), Activity::task("lay-2", 3.0), Activity::task("lay-3", 4.0),
    ///     Activity::task("signals", 6.0),
    /// ];
    /// network.links = vec![Link::finish_start("lay-2", "signals")];
    /// let plan = ResourcePlan {
    ///     resources: vec![Resource::new("track-layer", 1)],
    ///     demands: ["lay-1", "lay-2", "lay-3"].map(|id| Demand::new(id, "track-layer", 1)).into(),
    /// };
    /// let compiled = network.compile()?;
    /// let levelled = compiled.level(&plan, &LevellingOptions::default())?;
    /// // 5 + 3 + 4 days one after the other, 1 to 12 June; none can do with less.
    /// assert_eq!(levelled.finish(), date(2026, 6, 12));
    /// assert_eq!(levelled.gap_ratio(), 0.0);
    /// // Signals take 6 days after lay-2, so lay-2 is not the last: it is finished by the sixth.
    /// assert!(levelled.finish_of(1) <= date(2026, 6, 6));
    /// assert_eq!(levelled.units_on(0, date(2026, 6, 12)), 1);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn level(&self, plan: &ResourcePlan, options: &LevellingOptions) -> Result<Levelled<'_>> {
        if options.schedules == 0 {
            return Err(Error::OutOfRange {
                item: "schedules that may be made".to_owned(),
                value: 0.0,
                limit: "1 or more".to_owned(),
                hint: "allow 1,000 to 50,000".to_owned(),
            });
        }
        let setup = Setup::new(self, plan)?;
        let mut early = Vec::new();
        self.forward(self.durations_days(), &mut early);
        self.check(&early, "early")?;
        let found = search(&setup, &early, options);
        let mut bench = Bench::new(&setup);
        bench.sequence.set(&found.order);
        bench.forward(&setup);
        let spans = bench.spans.clone();
        self.check(&spans, "levelled")?;
        let start = self.horizon().morning(self.network.start);
        let is_empty = spans.is_empty();
        let finish = if is_empty { start } else { last_finish(&spans) };
        let least_finish = if is_empty { start } else { found.least_finish };
        Ok(Levelled {
            setup,
            bench,
            spans,
            finish,
            least_finish,
            schedules: found.schedules,
            resource_ids: plan.resources.iter().map(|resource| resource.id.clone()).collect(),
        })
    }
}

impl Levelled<'_> {
    /// The first day of an activity; a milestone in the evening has the day that ends with it.
    #[must_use]
    pub fn start_of(&self, activity: usize) -> Date {
        self.setup.compiled.start_day(activity, self.span(activity))
    }

    /// The last day of an activity.
    #[must_use]
    pub fn finish_of(&self, activity: usize) -> Date {
        self.setup.compiled.finish_day(activity, self.span(activity))
    }

    /// The day on which the last activity is finished.
    #[must_use]
    pub fn finish(&self) -> Date {
        self.horizon().day(self.finish - 1)
    }

    /// A day before which no schedule can be finished: by the network alone, or since the resources
    /// cannot do the work in less time.
    #[must_use]
    pub fn least_finish(&self) -> Date {
        self.horizon().day(self.least_finish - 1)
    }

    /// By how much of the least duration the finish is later than the least finish; 0 if it is
    /// proven to be the earliest.
    #[must_use]
    pub fn gap_ratio(&self) -> f64 {
        let network = self.setup.compiled.network();
        let start = network.data_date.map_or(network.start, |day| day.max(network.start));
        let least_days = self.least_finish - self.horizon().morning(start);
        f64::from(self.finish - self.least_finish) / f64::from(least_days.max(1))
    }

    /// How many schedules were made.
    #[must_use]
    pub fn schedules(&self) -> u64 {
        self.schedules
    }

    /// Start and finish as moments, in the order of positions.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// How many units of a resource are in use on a day.
    #[must_use]
    pub fn units_on(&self, resource: usize, day: Date) -> u32 {
        self.setup.used(resource, self.bench.profile(), self.horizon().morning(day))
    }

    /// The days that the dates are computed on.
    #[must_use]
    pub fn horizon(&self) -> Horizon {
        self.setup.compiled.horizon()
    }

    pub(super) fn span(&self, activity: usize) -> Span {
        let span = self.spans.get(self.setup.compiled.position(activity));
        span.copied().unwrap_or(Span::at(BEYOND))
    }
}
