//! Lines that could be built: `corridor design`.

use std::ops::ControlFlow;
use std::process::ExitCode;

use railcorridor::design::{
    DesignOptions, DesignProgress, TieIn, Track, WholeLife, cheapest_not_steeper, designs,
};
use railcorridor::exchange::{LineDrawing, LineFormat, LinePlace, lines_text_with};
use railcorridor::geodesy::{LonLat, UtmZone};
use railcorridor::geometry::Line;
use railcorridor::model::{Date, Standard, Study, UnitCosts};
use railcorridor::operation::service::ServicePlace;
use railcorridor::report::{self, Table};
use railcorridor::route::{AlternativeOptions, SegmentRoute};
use railcorridor::terrain::{Drainage, Grid};

use crate::arguments::{DesignChoice, Search, Show};
use crate::commands::{self, print_as};
use crate::output::{self, Failure};
use crate::watch::Watch;
use crate::{ground, line, route};

pub fn run(choice: &DesignChoice, search: &Search, show: &Show) -> Result<ExitCode, Failure> {
    if search.figures {
        return Err(Failure::usage("--figures are those of a way; leave them out"));
    }
    if search.alternatives.is_some() && search.sweep.is_some() {
        return Err(Failure::usage("--sweep and --alternatives are two questions; ask one"));
    }
    let whole = match whole_life(choice)? {
        Some(whole) => Some((whole, line::standard(&choice.standard)?)),
        None => None,
    };
    let (study, day) = commands::study_and_day(show)?;
    let study = tied(only(study, choice.segment.as_deref())?, choice);
    let gradients = match &search.sweep {
        Some(list) => list.0.clone(),
        None => vec![route::gradient(&study, search)?],
    };
    // What is wrong with a name is told before the search.
    let format = choice.lines.as_deref().map(LineFormat::of_path).transpose()?;
    if choice.lines.is_some() && (search.sweep.is_some() || search.alternatives.is_some()) {
        let words = "--lines are those of one design; leave out --sweep, --alternatives";
        return Err(Failure::usage(words));
    }
    let (terrain, designs) = by_gradient(&study, choice, search, show, &gradients)?;
    if let (Some(path), Some(format)) = (&choice.lines, format) {
        let lines: Vec<Line> = designs.iter().map(|design| design.track.line.clone()).collect();
        let chords = LineDrawing { tolerance_m: 0.05, step_m: 20.0 };
        // A format that holds them holds one line.
        let stations = designs.first().map(|design| stations(&study, &design.track));
        let stations = stations.unwrap_or_default();
        let text = lines_text_with(&lines, &stations, format, chords)?;
        output::put(Some(path), show.result.force, &text)?;
    }
    put(show, (&study, day), &designs, whole.as_ref(), terrain.as_ref())?;
    let tracks = || designs.iter().map(|design| &design.track);
    for track in tracks().filter(|track| track.was_stopped) {
        anstream::eprintln!("note: {}: stopped; the line shown is the best so far", track.segment);
    }
    let findings: Vec<_> = tracks().flat_map(|track| track.all_findings().cloned()).collect();
    Ok(output::counted(&findings))
}

/// The names of the ends of a segment.
pub fn ends(study: &Study, segment: &str) -> [String; 2] {
    let ends = study.segment(segment).map(|segment| [&segment.from, &segment.to]);
    ends.map_or_else(Default::default, |ends| ends.map(|id| study.subject_name(id)))
}

/// Both ends of a designed line and its crossing loops, by name or by kilometre.
fn stations(study: &Study, track: &Track) -> Vec<LinePlace> {
    let [first, last] = ends(study, &track.segment);
    ServicePlace::of_track(track, [&first, &last]).iter().map(LinePlace::from).collect()
}

/// A design, and what tells it from others of its segment.
pub struct Design {
    pub gradient_permille: f64,
    /// Flatter than that if a flatter line is cheaper.
    pub laid_out_for_permille: f64,
    /// What makes it: a pass, a valley, a place; none for the cheapest way.
    pub way: Option<String>,
    pub track: Track,
}

/// Designs for each gradient, as many gradients at a time as there are processors, in their order;
/// with the terrain of the last.
pub fn by_gradient(
    study: &Study,
    choice: &DesignChoice,
    search: &Search,
    show: &Show,
    gradients: &[f64],
) -> Result<(Option<Grid>, Vec<Design>), Failure> {
    let watch = Watch::new(search.time_limit)?;
    let at = |gradient_permille: f64| {
        let options = options(choice, search, gradient_permille)?;
        all_designs(study, search, show, &options, &watch)
    };
    let at = &at;
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let (mut designs, mut terrain) = (Vec::new(), None);
    for some in gradients.chunks(threads) {
        let found: Vec<Result<(Grid, Vec<Design>), Failure>> = std::thread::scope(|scope| {
            let works: Vec<_> =
                some.iter().map(|permille| scope.spawn(move || at(*permille))).collect();
            works.into_iter().map(joined).collect()
        });
        for found in found {
            let (grid, own) = found?;
            designs.extend(own);
            terrain = Some(grid);
        }
    }
    watch.clear();
    if gradients.len() > 1 {
        keep_flatter(study, &mut designs, choice.whole_life.unwrap_or_default());
    }
    Ok((terrain, designs))
}

/// What a thread found; one that panics takes its panic on.
fn joined<T>(work: std::thread::ScopedJoinHandle<'_, T>) -> T {
    work.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// Where a flatter line of the same segment is cheaper, it is kept: it keeps the steeper gradient too.
fn keep_flatter(study: &Study, designs: &mut [Design], weight_ratio: f64) {
    for segment in &study.segments {
        let own = |place: &usize| designs[*place].track.segment == segment.id;
        let places: Vec<usize> = (0..designs.len()).filter(own).collect();
        let cost = |place: &usize| {
            let design = &designs[*place];
            (design.gradient_permille, design.track.whole_life_usd(weight_ratio))
        };
        let costs: Vec<(f64, f64)> = places.iter().map(cost).collect();
        // One that is kept for others is the cheapest for its own gradient, so it stays as it is.
        for (own, best) in cheapest_not_steeper(&costs).into_iter().enumerate() {
            if own != best {
                let [own, best] = [places[own], places[best]];
                designs[own].laid_out_for_permille = designs[best].gradient_permille;
                designs[own].track = designs[best].track.clone();
            }
        }
    }
}

/// The study with one segment alone, if that is asked for.
pub fn only(mut study: Study, segment: Option<&str>) -> Result<Study, Failure> {
    let Some(id) = segment else { return Ok(study) };
    let ids: Vec<String> = study.segments.iter().map(|segment| segment.id.clone()).collect();
    study.segments.retain(|segment| segment.id == id);
    if study.segments.is_empty() {
        let words = format!("no segment called \"{id}\"; there are {}", ids.join(", "));
        return Err(Failure::Usage(words));
    }
    Ok(study)
}

/// The study with the directions of the ends that are asked for.
pub fn tied(mut study: Study, choice: &DesignChoice) -> Study {
    if let (Some(bearing), Some(first)) = (choice.from_bearing, study.segments.first_mut()) {
        first.from_bearing_deg = Some(bearing.0);
    }
    if let (Some(bearing), Some(last)) = (choice.to_bearing, study.segments.last_mut()) {
        last.to_bearing_deg = Some(bearing.0);
    }
    study
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
    options.whole_life = whole_life(choice)?;
    Ok(options)
}

/// The whole-life view, if that is asked for.
fn whole_life(choice: &DesignChoice) -> Result<Option<WholeLife>, Failure> {
    if choice.whole_life.is_none() && choice.traffic_mt_a.is_none() {
        return Ok(None);
    }
    let mut whole = WholeLife::of_weight(choice.whole_life.unwrap_or_default())?;
    whole.traffic_mt_per_year = choice.traffic_mt_a.unwrap_or(whole.traffic_mt_per_year);
    whole.check()?;
    Ok(Some(whole))
}

/// A line along the cheapest way of each segment, or along each of the ways that differ.
fn all_designs(
    study: &Study,
    search: &Search,
    show: &Show,
    options: &DesignOptions,
    watch: &Watch,
) -> Result<(Grid, Vec<Design>), Failure> {
    let zones = ground::zones(study, show, search)?;
    let mut asked = route::options(options.search_gradient_permille(), search, &zones);
    asked.levels.least_radius_m = options.least_radius_m;
    asked.levels.compensation_permille_m = search.compensation.unwrap_or_default();
    let (grid, routes) = ground::search(study, search, &asked, watch)?;
    let drainage = Drainage::of(&grid)?;
    let routes = match search.alternatives {
        None => routes.into_iter().map(|route| (None, route)).collect::<Vec<_>>(),
        Some(count) => {
            let wanted = AlternativeOptions { count: count.0, ..AlternativeOptions::default() };
            let legs = ground::alternatives(study, &grid, &asked, &wanted, watch)?;
            if legs.iter().any(|leg| leg.ways.is_empty()) {
                // Nothing to compare in time: the best way of each segment is there.
                routes.into_iter().map(|route| (None, route)).collect()
            } else {
                let ways = legs.into_iter().flat_map(|leg| leg.ways);
                ways.map(|way| (Some(way.name), way.route)).collect()
            }
        }
    };
    // Lines of one file lie in one plane.
    let options = &DesignOptions {
        epsg: Some(plane(&routes)?),
        zones,
        tie_ins: TieIn::of_study(study),
        ..options.clone()
    };
    let (names, routes): (Vec<Option<String>>, Vec<SegmentRoute>) = routes.into_iter().unzip();
    let look = |route: &SegmentRoute, progress: &DesignProgress| {
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
    let tracks = designs(&routes, &grid, Some(&drainage), options, &look)?;
    let gradient_permille = options.gradient_permille;
    let laid_out_for_permille = gradient_permille;
    let named = names.into_iter().zip(tracks);
    let designs = named
        .map(|(way, track)| Design { gradient_permille, laid_out_for_permille, way, track })
        .collect();
    Ok((grid, designs))
}

/// The zone of UTM in the middle of all ways.
fn plane(routes: &[(Option<String>, SegmentRoute)]) -> Result<u32, Failure> {
    let places: Vec<LonLat> =
        routes.iter().flat_map(|(_, route)| &route.points).map(|point| point.place).collect();
    let west_deg = places.iter().map(|place| place.lon_deg).fold(f64::INFINITY, f64::min);
    let east_deg = places.iter().map(|place| place.lon_deg).fold(f64::NEG_INFINITY, f64::max);
    let lat_deg = places.first().map_or(0.0, |place| place.lat_deg);
    Ok(UtmZone::of(LonLat::new(0.5 * (west_deg + east_deg), lat_deg)?)?.epsg())
}

/// Whether the line is that of a flatter gradient.
fn is_kept(design: &Design) -> bool {
    design.laid_out_for_permille != design.gradient_permille
}

fn put(
    show: &Show,
    (study, day): (&Study, Date),
    designs: &[Design],
    whole: Option<&(WholeLife, Standard)>,
    terrain: Option<&Grid>,
) -> Result<(), Failure> {
    let is_one_gradient =
        designs.windows(2).all(|pair| pair[0].gradient_permille == pair[1].gradient_permille);
    let label = |design: &Design| match &design.way {
        Some(way) => Some(way.clone()),
        None if is_one_gradient => None,
        None if is_kept(design) => Some(format!(
            "{} permille, as at {}",
            design.gradient_permille, design.laid_out_for_permille
        )),
        None => Some(format!("{} permille", design.gradient_permille)),
    };
    let own = |segment: &str| -> Vec<(String, &Track)> {
        let own = designs.iter().filter(|design| design.track.segment == segment);
        own.map(|design| (label(design).unwrap_or_default(), &design.track)).collect()
    };
    // A line that was kept is drawn once.
    let lines = |segment: &str| -> Vec<(String, &Track)> {
        let own = designs.iter().filter(|design| design.track.segment == segment);
        let own = own.filter(|design| !is_kept(design));
        own.map(|design| (label(design).unwrap_or_default(), &design.track)).collect()
    };
    let is_alone = designs.iter().all(|design| label(design).is_none());
    let mut tables: Vec<Table> = Vec::new();
    if is_alone {
        let tracks: Vec<&Track> = designs.iter().map(|design| &design.track).collect();
        let gradient_permille = designs.first().map_or(0.0, |design| design.gradient_permille);
        tables.push(report::design_table(study, &tracks, gradient_permille));
        tables.extend(report::design_findings_table(study, &tracks));
        tables.extend(report::design_hazards_table(study, &tracks));
        for track in &tracks {
            tables.push(report::bill_table(study, track));
            tables.extend(report::design_structures_table(study, track));
        }
    } else {
        if !is_one_gradient {
            let designs = designs.iter().map(|design| report::GradientDesign {
                gradient_permille: design.gradient_permille,
                laid_out_for_permille: design.laid_out_for_permille,
                track: &design.track,
            });
            let designs: Vec<report::GradientDesign<'_>> = designs.collect();
            tables.push(report::design_by_gradient_table(study, day, &designs));
        }
        for segment in &study.segments {
            let name = study.subject_name(&segment.id);
            let own = own(&segment.id);
            tables.push(report::designs_side_by_side_table(&segment.id, &name, &own));
        }
    }
    if let Some((whole, standard)) = whole {
        let named = designs.iter().map(|design| (label(design).unwrap_or_default(), &design.track));
        let named: Vec<(String, &Track)> = named.collect();
        tables.push(report::whole_life_table(study, whole, standard, &named));
    }
    let json = || {
        let designs: Vec<serde_json::Value> = designs
            .iter()
            .map(|design| {
                serde_json::json!({
                    "gradient_permille": design.gradient_permille,
                    "laid_out_for_permille": design.laid_out_for_permille,
                    "way": design.way,
                    "track": report::track_json(&design.track),
                })
            })
            .collect();
        let mut told = serde_json::json!({ "format": 1, "designs": designs, "tables": tables });
        if let Some((whole, standard)) = whole {
            told["whole_life"] = report::whole_life_json(whole, standard);
        }
        told
    };
    let page = || {
        let mut pictures: Vec<report::Picture> = Vec::new();
        for segment in &study.segments {
            pictures.extend(report::designs_map(study, &segment.id, &lines(&segment.id), terrain));
            let own = designs.iter().filter(|design| design.track.segment == segment.id);
            let own = own.filter(|design| !is_kept(design));
            pictures.extend(own.map(|design| {
                report::design_picture(study, &design.track, label(design).as_deref())
            }));
        }
        Ok(report::pictures_html(study, day, &pictures, &tables))
    };
    print_as(&show.result, &tables, json, page)
}
