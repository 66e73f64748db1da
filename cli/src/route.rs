//! The search for a way.

use std::process::ExitCode;

use railcorridor::model::Study;
use railcorridor::report::{self, Report};
use railcorridor::route::{
    AlternativeOptions, LegAlternatives, LegSensitivity, LevelOptions, Options, SegmentRoute,
};
use railcorridor::status::Status;
use railcorridor::terrain::{Grid, Zone};

use crate::arguments::{Search, Show};
use crate::output::{self, Failure};
use crate::watch::Watch;
use crate::{commands, ground};

/// What curves take off the gradient on 1520 mm gauge: 700 / R permille, the usual rule (recalled).
const COMPENSATION_1520_PERMILLE_M: f64 = 700.0;

pub fn run(arguments: &Search, show: &Show) -> Result<ExitCode, Failure> {
    let (study, status) = commands::assess(show)?;
    let is_geojson = output::has_ending(show.result.output.as_deref(), "geojson");
    if arguments.sweep.is_some() {
        sweep(arguments, show, &study, &status, is_geojson)?;
        return Ok(ExitCode::SUCCESS);
    }
    let found = find(&study, arguments, show)?;
    if is_geojson {
        let lines = match &found.alternatives {
            Some((_, legs)) => report::alternatives_geojson(&study, legs),
            None => report::routes_geojson(&study, &found.routes),
        };
        show.result.put(&format!("{lines}\n"))?;
    } else {
        found.print(arguments, show, &study, &status)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn sweep(
    arguments: &Search,
    show: &Show,
    study: &Study,
    status: &Status,
    is_geojson: bool,
) -> Result<(), Failure> {
    let wrong = [
        (arguments.gradient.is_some(), "--sweep has gradients of its own; leave out --gradient"),
        (arguments.alternatives.is_some(), "--sweep and --alternatives are two questions; ask one"),
        (arguments.figures, "--figures are those of one gradient; leave out --sweep"),
        (is_geojson, "a .geojson file holds the ways of one gradient; leave out --sweep"),
    ];
    if let Some((_, words)) = wrong.iter().find(|(is_wrong, _)| *is_wrong) {
        return Err(Failure::usage(words));
    }
    let watch = Watch::new(arguments.time_limit)?;
    let legs = by_gradient(study, arguments, &ground::zones(study, show, arguments)?, &watch)?;
    let tables = [report::sweep_table(study, &legs), report::chosen_ways_table(study, &legs)];
    let more = vec![("sensitivity", report::sensitivity_json(study, &legs))];
    commands::print_cited_with(show, study, status.day, &tables, more)
}

/// What a search found.
pub struct Found {
    gradient_permille: f64,
    /// As much of the terrain as the search needed.
    terrain: Grid,
    routes: Vec<SegmentRoute>,
    alternatives: Option<(AlternativeOptions, Vec<LegAlternatives>)>,
    by_gradient: Vec<LegSensitivity>,
}

impl Found {
    /// The report with all that was found, over the terrain that it was searched on.
    pub fn shown<'a>(&'a self, report: Report<'a>) -> Report<'a> {
        let mut report = report.terrain(&self.terrain).routes(self.gradient_permille, &self.routes);
        if let Some((choice, legs)) = &self.alternatives {
            report = report.alternatives(self.gradient_permille, *choice, legs);
        }
        if self.by_gradient.is_empty() { report } else { report.sensitivity(&self.by_gradient) }
    }

    fn print(
        &self,
        arguments: &Search,
        show: &Show,
        study: &Study,
        status: &Status,
    ) -> Result<(), Failure> {
        let gradient = self.gradient_permille;
        let mut more = vec![
            ("gradient_permille", gradient.into()),
            ("routes", report::routes_json(study, &self.routes)),
        ];
        let mut tables = Vec::new();
        if let Some((choice, legs)) = &self.alternatives {
            if legs.iter().any(|leg| leg.ways.is_empty()) {
                // The time was over before anything could be compared; the best ways are there.
                tables.push(report::routes_table(study, status, &self.routes, gradient));
            }
            tables.push(report::alternatives_table(study, legs, choice, gradient));
            more.push(("alternatives", report::alternatives_json(study, legs)));
            if arguments.figures {
                tables.extend(legs.iter().flat_map(|leg| report::leg_figures_tables(study, leg)));
            }
        } else {
            tables.push(report::routes_table(study, status, &self.routes, gradient));
            tables.extend(report::hazards_table(study, &self.routes));
            if arguments.figures {
                tables.extend(report::route_figures_tables(study, &self.routes));
            }
        }
        let pictures = || {
            let report = self.shown(Report::new(study, status));
            let relief = commands::relief(study)?;
            Ok(commands::over(report, relief.as_ref()).route_pictures())
        };
        commands::print_pictured(show, study, status.day, &tables, more, pictures)
    }
}

/// The options of a single search; a question about several ways is refused.
pub fn asked(study: &Study, arguments: &Search, show: &Show) -> Result<Options, Failure> {
    if arguments.sweep.is_some() || arguments.alternatives.is_some() || arguments.figures {
        return Err(Failure::usage(
            "a plan is of one way: leave out --sweep, --alternatives, --figures",
        ));
    }
    let zones = ground::zones(study, show, arguments)?;
    Ok(options(gradient(study, arguments)?, arguments, &zones))
}

/// All that the arguments ask for.
pub fn find(study: &Study, arguments: &Search, show: &Show) -> Result<Found, Failure> {
    let gradient_permille = gradient(study, arguments)?;
    let zones = ground::zones(study, show, arguments)?;
    let options = options(gradient_permille, arguments, &zones);
    let watch = Watch::new(arguments.time_limit)?;
    let (grid, routes) = ground::search(study, arguments, &options, &watch)?;
    let alternatives = match arguments.alternatives {
        Some(count) => {
            let choice = AlternativeOptions { count: count.0, ..AlternativeOptions::default() };
            Some((choice, ground::alternatives(study, &grid, &options, &choice, &watch)?))
        }
        None => None,
    };
    let by_gradient = match arguments.sweep {
        Some(_) => by_gradient(study, arguments, &zones, &watch)?,
        None => Vec::new(),
    };
    Ok(Found { gradient_permille, terrain: grid, routes, alternatives, by_gradient })
}

/// The ways under each gradient of the sweep, over the ground that the flattest one needs.
fn by_gradient(
    study: &Study,
    arguments: &Search,
    zones: &[Zone],
    watch: &Watch,
) -> Result<Vec<LegSensitivity>, Failure> {
    let gradients = arguments.sweep.iter().flat_map(|list| &list.0).copied();
    let gradients: Vec<f64> = gradients.collect();
    let flattest = gradients.iter().copied().fold(f64::INFINITY, f64::min);
    let options = options(flattest, arguments, zones);
    ground::by_gradient(study, arguments, &options, &gradients, watch)
}

pub fn options(gradient_permille: f64, arguments: &Search, zones: &[Zone]) -> Options {
    let compensation = if arguments.radius.is_some() { COMPENSATION_1520_PERMILLE_M } else { 0.0 };
    let levels = LevelOptions {
        gradient_permille,
        level_step_m: arguments.level_step,
        least_radius_m: arguments.radius.unwrap_or_default(),
        compensation_permille_m: arguments.compensation.unwrap_or(compensation),
        largest_memory_bytes: arguments.memory_limit as usize * 1_000_000,
        ..LevelOptions::default()
    };
    Options { levels, through_places: arguments.through_places, zones: zones.to_vec() }
}

/// The gradient asked for, or the study's.
pub fn gradient(study: &Study, arguments: &Search) -> Result<f64, Failure> {
    let own = || study.corridor_parameter("ruling_gradient_permille")?.value.number();
    let none = "the study has no ruling_gradient_permille; name one with --gradient PERMILLE";
    arguments.gradient.or_else(own).ok_or_else(|| Failure::usage(none))
}
