//! The search for a way.

use std::process::ExitCode;

use railcorridor::model::{CORRIDOR, Study};
use railcorridor::report;
use railcorridor::route::{LevelOptions, Options, SegmentRoute};
use railcorridor::terrain::Zone;

use crate::arguments::{Search, Show};
use crate::output::{self, Failure};
use crate::{commands, ground};

pub fn run(arguments: &Search, show: &Show) -> Result<ExitCode, Failure> {
    let (study, status) = commands::assess(show)?;
    let zones = ground::zones(&study, show, arguments)?;
    if !arguments.sweep.is_empty() {
        let mut sweep = Vec::new();
        for gradient in &arguments.sweep {
            let options = options(*gradient, arguments, &zones);
            sweep.push((*gradient, ground::search(&study, arguments, &options)?));
        }
        commands::print(show, &[report::sweep_table(&study, &sweep)])?;
        return Ok(ExitCode::SUCCESS);
    }
    let gradient = gradient(&study, arguments)?;
    let routes = ground::search(&study, arguments, &options(gradient, arguments, &zones))?;
    if output::has_ending(show.output.as_deref(), "geojson") {
        let text = format!("{}\n", report::routes_geojson(&study, &routes));
        output::put(show.output.as_deref(), show.force, &text)?;
    } else {
        let mut tables = vec![report::routes_table(&study, &status, &routes, gradient)];
        tables.extend(report::hazards_table(&study, &routes));
        commands::print(show, &tables)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The gradient and the ways found under it.
pub fn find(
    study: &Study,
    arguments: &Search,
    show: &Show,
) -> Result<(f64, Vec<SegmentRoute>), Failure> {
    let gradient = gradient(study, arguments)?;
    let zones = ground::zones(study, show, arguments)?;
    Ok((gradient, ground::search(study, arguments, &options(gradient, arguments, &zones))?))
}

fn options(gradient_permille: f64, arguments: &Search, zones: &[Zone]) -> Options {
    let levels = LevelOptions {
        gradient_permille,
        level_step_m: arguments.level_step,
        ..LevelOptions::default()
    };
    Options { levels, through_places: arguments.through_places, zones: zones.to_vec() }
}

/// The gradient asked for, or the study's.
fn gradient(study: &Study, arguments: &Search) -> Result<f64, Failure> {
    let named = |parameter: &&railcorridor::model::Parameter| {
        parameter.name == "ruling_gradient_permille" && parameter.subject == CORRIDOR
    };
    let own = || study.parameters.iter().find(named).and_then(|parameter| parameter.value.number());
    let none = "the study has no ruling_gradient_permille; name one with --gradient PERMILLE";
    arguments.gradient.or_else(own).ok_or_else(|| Failure::usage(none))
}
