//! Lines that could be built: `corridor design`.

use std::ops::ControlFlow;
use std::process::ExitCode;

use railcorridor::design::{DesignOptions, Track, design};
use railcorridor::exchange::{LineDrawing, LineFormat, lines_text};
use railcorridor::geodesy::{LonLat, UtmZone};
use railcorridor::geometry::Line;
use railcorridor::model::{Study, UnitCosts};
use railcorridor::report::{self, Table};
use railcorridor::route::SegmentRoute;
use railcorridor::terrain::Drainage;

use crate::arguments::{DesignChoice, Search, Show};
use crate::commands::{self, print_as};
use crate::output::{self, Failure};
use crate::watch::Watch;
use crate::{ground, line, route};

pub fn run(choice: &DesignChoice, search: &Search, show: &Show) -> Result<ExitCode, Failure> {
    if search.alternatives.is_some() || search.figures {
        return Err(Failure::usage("a design is of one way: leave out --alternatives, --figures"));
    }
    let (study, day) = commands::study_and_day(show)?;
    let study = only(study, choice.segment.as_deref())?;
    let gradients = match &search.sweep {
        Some(list) => list.0.clone(),
        None => vec![route::gradient(&study, search)?],
    };
    // What is wrong with a name is told before the search.
    let format = choice.lines.as_deref().map(LineFormat::of_path).transpose()?;
    let watch = Watch::new(search.time_limit)?;
    let mut designs = Vec::new();
    for gradient_permille in gradients {
        let options = options(choice, search, gradient_permille)?;
        designs.push((gradient_permille, tracks(&study, search, show, &options, &watch)?));
    }
    watch.clear();
    if let (Some(path), Some(format), [(_, tracks)]) = (&choice.lines, format, &designs[..]) {
        let lines: Vec<Line> = tracks.iter().map(|track| track.line.clone()).collect();
        let chords = LineDrawing { tolerance_m: 0.05, step_m: 20.0 };
        output::put(Some(path), show.result.force, &lines_text(&lines, format, chords)?)?;
    } else if choice.lines.is_some() {
        return Err(Failure::usage("--lines are those of one gradient; leave out --sweep"));
    }
    put(show, &study, day, &designs)?;
    let all = || designs.iter().flat_map(|(_, tracks)| tracks);
    for track in all().filter(|track| track.was_stopped) {
        anstream::eprintln!("note: {}: stopped; the line shown is the best so far", track.segment);
    }
    let findings: Vec<_> = all().flat_map(|track| track.all_findings().cloned()).collect();
    Ok(output::counted(&findings))
}

/// The study with one segment alone, if that is asked for.
fn only(mut study: Study, segment: Option<&str>) -> Result<Study, Failure> {
    let Some(id) = segment else { return Ok(study) };
    let ids: Vec<String> = study.segments.iter().map(|segment| segment.id.clone()).collect();
    study.segments.retain(|segment| segment.id == id);
    if study.segments.is_empty() {
        let words = format!("no segment called \"{id}\"; there are {}", ids.join(", "));
        return Err(Failure::Usage(words));
    }
    Ok(study)
}

fn options(
    choice: &DesignChoice,
    search: &Search,
    gradient_permille: f64,
) -> Result<DesignOptions, Failure> {
    let standard = line::standard(&choice.standard)?;
    let mut options = DesignOptions::of_standard(&standard)?;
    if let Some(file) = &choice.costs {
        options.costs = UnitCosts::from_path(file)?;
    }
    options.gradient_permille = gradient_permille;
    options.least_radius_m = search.radius.unwrap_or(options.least_radius_m);
    options.loop_spacing_m = 1000.0 * choice.loops;
    options.rounds = choice.rounds;
    Ok(options)
}

/// A line along the cheapest way of each segment.
fn tracks(
    study: &Study,
    search: &Search,
    show: &Show,
    options: &DesignOptions,
    watch: &Watch,
) -> Result<Vec<Track>, Failure> {
    let zones = ground::zones(study, show, search)?;
    let mut asked = route::options(options.search_gradient_permille(), search, &zones);
    asked.levels.least_radius_m = options.least_radius_m;
    asked.levels.compensation_permille_m = search.compensation.unwrap_or_default();
    let (grid, routes) = ground::search(study, search, &asked)?;
    let drainage = Drainage::of(&grid)?;
    // Lines of one file lie in one plane.
    let options = &DesignOptions { epsg: Some(plane(&routes)?), ..options.clone() };
    let mut tracks = Vec::new();
    for route in &routes {
        let look = |progress: &railcorridor::design::DesignProgress| {
            let best = progress.cost_usd.map_or(String::new(), |usd| {
                format!(", {:.1} million USD for line and works so far", usd / 1e6)
            });
            let round = progress.rounds_done + 1;
            let words = || format!("{}: round {round} of {}{best}", route.segment, progress.rounds);
            // There is always one round: something is better than nothing.
            if watch.is_over(words) && progress.rounds_done > 0 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        tracks.push(design(route, &grid, Some(&drainage), options, &look)?);
    }
    Ok(tracks)
}

/// The zone of UTM in the middle of all ways.
fn plane(routes: &[SegmentRoute]) -> Result<u32, Failure> {
    let places: Vec<LonLat> =
        routes.iter().flat_map(|route| &route.points).map(|point| point.place).collect();
    let west_deg = places.iter().map(|place| place.lon_deg).fold(f64::INFINITY, f64::min);
    let east_deg = places.iter().map(|place| place.lon_deg).fold(f64::NEG_INFINITY, f64::max);
    let lat_deg = places.first().map_or(0.0, |place| place.lat_deg);
    Ok(UtmZone::of(LonLat::new(0.5 * (west_deg + east_deg), lat_deg)?)?.epsg())
}

type Designs<'a> = &'a [(f64, Vec<Track>)];

fn put(
    show: &Show,
    study: &Study,
    day: railcorridor::model::Date,
    designs: Designs<'_>,
) -> Result<(), Failure> {
    let mut tables: Vec<Table> = Vec::new();
    if let [(gradient_permille, tracks)] = designs {
        tables.push(report::design_table(study, tracks, *gradient_permille));
        tables.extend(report::design_findings_table(study, tracks));
        for track in tracks {
            tables.push(report::bill_table(study, track));
            tables.extend(report::design_structures_table(study, track));
        }
    } else {
        tables.push(report::design_by_gradient_table(study, designs));
    }
    let json = || {
        let designs: Vec<serde_json::Value> = designs
            .iter()
            .map(|(gradient_permille, tracks)| {
                serde_json::json!({
                    "gradient_permille": gradient_permille,
                    "tracks": report::design_json(tracks),
                })
            })
            .collect();
        serde_json::json!({ "format": 1, "designs": designs, "tables": tables })
    };
    let page = || {
        let pictures: Vec<report::Picture> = designs
            .iter()
            .flat_map(|(_, tracks)| tracks)
            .map(|track| report::design_picture(study, track))
            .collect();
        Ok(report::pictures_html(study, day, &pictures, &tables))
    };
    print_as(&show.result, &tables, json, page)
}
