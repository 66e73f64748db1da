//! Progress of a search or a simulation, its time limit, and Ctrl-C.

use std::io::IsTerminal as _;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressStyle};
use railcorridor::model::Study;
use railcorridor::route::{
    Ground, LegProgress, LevelOptions, Options, SegmentRoute, largest_memory_bytes, search,
    search_watched,
};
use railcorridor::schedule::{
    self, ActivityLength, Compiled, LengthReached, RiskModel, RiskOptions, RiskOutcome,
};
use railcorridor::terrain::Grid;

use crate::arguments::Seconds;
use crate::output::Failure;

/// Whether Ctrl-C was pressed. A second time ends the program at once.
static IS_INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Looks at a search for whoever waits for it.
pub struct Watch {
    deadline: Option<Instant>,
    bar: Option<ProgressBar>,
    is_stopped: AtomicBool,
}

impl Watch {
    pub fn new(limit: Option<Seconds>) -> Result<Self, Failure> {
        let bar = std::io::stderr().is_terminal().then(ProgressBar::new_spinner);
        let watch = Self {
            deadline: limit.and_then(|limit| Instant::now().checked_add(limit.0)),
            bar,
            is_stopped: AtomicBool::new(false),
        };
        if watch.is_wanted() {
            listen()?;
        }
        Ok(watch)
    }

    /// Says on a terminal what memory a search may come to, before it starts.
    pub fn expect(&self, grid: &Grid, levels: &LevelOptions) -> railcorridor::Result<()> {
        let Some(bar) = &self.bar else { return Ok(()) };
        let ground = Ground::of_grid(grid)?;
        let (most, limit) = (largest_memory_bytes(&ground, levels)?, levels.largest_memory_bytes);
        let cells = HumanCount((ground.rows() * ground.cols()) as u64);
        let [most_words, limit_words] = [most, limit].map(|bytes| HumanBytes(bytes as u64));
        bar.set_message(format!("{cells} cells of ground; at most {most_words} for each leg"));
        bar.tick();
        if most > limit {
            bar.println(format!(
                "note: a leg that touches all {cells} cells would take {most_words}, and stops at \
                 {limit_words} (--memory-limit); most legs take a hundredth to a fifth"
            ));
        }
        Ok(())
    }

    /// The cheapest way of each segment, or the best found until the time is over.
    pub fn search(
        &self,
        study: &Study,
        grid: &Grid,
        options: &Options,
    ) -> railcorridor::Result<Vec<SegmentRoute>> {
        if !self.is_wanted() {
            return search(study, grid, options);
        }
        let found = search_watched(study, grid, options, &|leg| self.look(leg));
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        for route in found.iter().flatten() {
            let gap = route.certificates.iter().map(|one| one.gap_share()).fold(0.0, f64::max);
            if gap > 0.0 {
                anstream::eprintln!(
                    "note: {}: stopped; the way shown costs at most {:.1} % more than the cheapest",
                    route.segment,
                    100.0 * gap
                );
            }
        }
        found
    }

    pub fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }

    /// Whether the time is over or Ctrl-C was pressed; shows how far another job has come.
    pub fn is_over(&self, words: impl FnOnce() -> String) -> bool {
        let is_late = self.deadline.is_some_and(|deadline| Instant::now() >= deadline);
        if is_late || IS_INTERRUPTED.load(Ordering::Relaxed) {
            return true;
        }
        if let Some(bar) = &self.bar {
            bar.set_message(words());
            bar.tick();
        }
        false
    }

    /// Takes its line off the terminal.
    pub fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    /// Whether someone waits at a terminal, or set a limit.
    fn is_wanted(&self) -> bool {
        self.bar.is_some() || self.deadline.is_some()
    }

    fn look(&self, leg: &LegProgress<'_>) -> ControlFlow<()> {
        let is_late = self.deadline.is_some_and(|deadline| Instant::now() >= deadline);
        if is_late || IS_INTERRUPTED.load(Ordering::Relaxed) {
            self.is_stopped.store(true, Ordering::Relaxed);
            return ControlFlow::Break(());
        }
        if let Some(bar) = &self.bar {
            bar.set_message(words(leg));
            bar.enable_steady_tick(Duration::from_millis(100));
            bar.tick();
        }
        ControlFlow::Continue(())
    }
}

/// Lets the first Ctrl-C end a job early.
fn listen() -> Result<(), Failure> {
    let set = ctrlc::set_handler(|| {
        if IS_INTERRUPTED.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    match set {
        // A second job of the same run has the handler of the first.
        Ok(()) | Err(ctrlc::Error::MultipleHandlers) => Ok(()),
        Err(error) => Err(Failure::Usage(format!("cannot listen to Ctrl-C: {error}"))),
    }
}

/// A simulation, with when so much of these lengths is done; on a terminal with its progress, where Ctrl-C ends it with the iterations done.
pub fn simulate_lengths(
    compiled: &Compiled<'_>,
    model: &RiskModel,
    options: &RiskOptions,
    (lengths, reached_m): (&[ActivityLength], &[f64]),
) -> Result<(RiskOutcome, Vec<LengthReached>), Failure> {
    if !std::io::stderr().is_terminal() {
        return Ok(schedule::simulate_lengths(compiled, model, options, lengths, reached_m)?);
    }
    listen()?;
    // A search that was ended early was another job.
    IS_INTERRUPTED.store(false, Ordering::Relaxed);
    let bar = ProgressBar::new(u64::from(options.iterations));
    let style = ProgressStyle::with_template("{human_pos} of {human_len} simulated plans {bar:30}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    let asked = (lengths, reached_m);
    let found = schedule::simulate_lengths_watched(compiled, model, options, asked, &mut |done| {
        bar.set_position(u64::from(done));
        match IS_INTERRUPTED.load(Ordering::Relaxed) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    });
    bar.finish_and_clear();
    let (outcome, reached) = found?;
    let done = outcome.finish_days.len();
    if (done as u64) < u64::from(options.iterations) {
        anstream::eprintln!("note: stopped; what follows is that of --iterations {done}");
    }
    Ok((outcome, reached))
}

/// The same without lengths.
pub fn simulate(
    compiled: &Compiled<'_>,
    model: &RiskModel,
    options: &RiskOptions,
) -> Result<RiskOutcome, Failure> {
    let (outcome, _) = simulate_lengths(compiled, model, options, (&[], &[]))?;
    Ok(outcome)
}

/// One line about a search, such as "Turgundi-Herat: at least 131.2 km of level line ...".
fn words(leg: &LegProgress<'_>) -> String {
    let progress = &leg.progress;
    let best =
        progress.best_m.map_or(String::new(), |best_m| format!(", at most {:.1}", best_m / 1e3));
    format!(
        "{}-{}: cost at least {:.1} km of level line{best}; {} states, {}",
        leg.from.name.en,
        leg.to.name.en,
        progress.lower_bound_m / 1e3,
        HumanCount(progress.settled_count as u64),
        HumanBytes(progress.memory_bytes as u64),
    )
}
