//! The search for a way.

use std::process::ExitCode;

use railcorridor::model::{CORRIDOR, Study};
use railcorridor::report;
use railcorridor::route::{LevelOptions, Options, SegmentRoute, search};
use railcorridor::terrain::{self, Grid};

use crate::arguments::{Search, Show};
use crate::commands;
use crate::output::{self, Failure};

pub fn run(arguments: &Search, show: &Show) -> Result<ExitCode, Failure> {
    let (study, status) = commands::assess(show)?;
    let grid = grid(&study, arguments)?;
    if !arguments.sweep.is_empty() {
        let mut sweep = Vec::new();
        for gradient in &arguments.sweep {
            sweep.push((*gradient, search(&study, &grid, &options(*gradient, arguments))?));
        }
        commands::print(show, &[report::sweep_table(&study, &sweep)])?;
        return Ok(ExitCode::SUCCESS);
    }
    let gradient = gradient(&study, arguments)?;
    let routes = search(&study, &grid, &options(gradient, arguments))?;
    if output::has_ending(show.output.as_deref(), "geojson") {
        let text = format!("{}\n", report::routes_geojson(&study, &routes));
        output::put(show.output.as_deref(), show.force, &text)?;
    } else {
        commands::print(show, &[report::routes_table(&study, &status, &routes, gradient)])?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The gradient and the ways found under it.
pub fn find(study: &Study, arguments: &Search) -> Result<(f64, Vec<SegmentRoute>), Failure> {
    let gradient = gradient(study, arguments)?;
    let grid = grid(study, arguments)?;
    Ok((gradient, search(study, &grid, &options(gradient, arguments))?))
}

fn options(gradient_permille: f64, arguments: &Search) -> Options {
    let levels = LevelOptions {
        gradient_permille,
        level_step_m: arguments.level_step,
        ..LevelOptions::default()
    };
    Options { levels, through_places: arguments.through_places, ..Options::default() }
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

fn grid(study: &Study, arguments: &Search) -> Result<Grid, Failure> {
    let name = arguments.terrain.as_ref().or(study.terrain.first());
    let name = name
        .ok_or_else(|| Failure::usage("the study has no terrain; name one with --terrain FILE"))?;
    Ok(terrain::open(name)?)
}
