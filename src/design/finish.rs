//! The plan that was kept, made into a line with all that it takes.

use super::accuracy::volume_band;
use super::amounts::amounts;
use super::direction::Direction;
use super::lay::{Laid, Site};
use super::notes::{entry_findings, notes};
use super::zones::{Contacts, contacts};
use super::{
    Bill, CheapestProfile, CheckOptions, CurveClass, DesignOptions, DesignRound, Earth, Track,
    TrackPoint, Works, cheapest_profile, check,
};
use crate::error::Result;
use crate::geodesy::UtmZone;
use crate::geometry::{Alignment, Along, Cant, CurveCant, Line, Range, curve_spans};
use crate::route::SegmentRoute;
use crate::terrain::TerrainClass;

/// Profile, structures, quantities, costs and checks of a plan that was sought from one end of a way,
/// by distance from the beginning of the way.
pub(super) fn finished(
    (route, direction): (&SegmentRoute, Direction),
    site: &Site<'_>,
    zone: &UtmZone,
    laid: Laid,
    rounds: Vec<DesignRound>,
    was_stopped: bool,
) -> Result<Track> {
    let options = site.options;
    let profile = cheapest_profile(&laid.with_all_ways(site))?;
    // Errors of the ground are drawn from one end too.
    let band = volume_band(options, &laid, &site.way(TerrainClass::Flat).section);
    let (laid, profile) = match direction {
        Direction::Ahead => (laid, profile),
        Direction::Back => {
            let laid = laid.reversed()?;
            let length_m = laid.plan.length_m();
            (laid, profile.reversed(length_m)?)
        }
    };
    let parts = (&profile.levels_m[..], &profile.works[..], &profile.structures[..]);
    let counted = amounts(site, &laid, parts)?;
    let line = line_of(route, options, zone, &laid, &profile)?;
    let stations = stations_along(options, &laid)?;
    let compliance = check(
        &line,
        &options.standard,
        &CheckOptions { speed_kmh: Some(options.speed_kmh), slow_speed_kmh: None, stations },
    )?;
    let line_usd = site.way(TerrainClass::Flat).line_usd_per_m * laid.plan.length_m();
    let points = points(site, zone, &laid, &profile, &counted.earth_by_step)?;
    let contacts = match &site.zones {
        Some(zones) => contacts(zones, &laid.plan)?,
        None => Contacts::default(),
    };
    let mut track = Track {
        segment: route.segment.clone(),
        line,
        points,
        bill: Bill::new(&options.costs, &counted.rows),
        earth: counted.earth,
        haul: counted.haul,
        structures: profile.structures,
        band,
        cost_usd: profile.cost_usd + line_usd,
        bound_usd: profile.bound_usd + line_usd,
        rounds,
        was_stopped,
        compliance,
        findings: Vec::new(),
        curves: laid.choice.curves,
        crossings: laid.crossings,
        loops_m: laid.loops_m,
        hazards: contacts.hazards,
        operation: None,
    };
    track.operation = options.operating().map(|prices| {
        let at = |of: fn(&TrackPoint) -> f64| track.points.iter().map(of).collect::<Vec<f64>>();
        let (distances_m, levels_m) = (at(|point| point.distance_m), at(|point| point.level_m));
        prices.cost(&distances_m, &levels_m, track.turn_rad())
    });
    track.findings = notes(&track, &laid.low_crossings_m, options);
    track.findings.extend(entry_findings(&route.segment, &contacts.entries));
    Ok(track)
}

/// The line itself, with cant and speeds.
fn line_of(
    route: &SegmentRoute,
    options: &DesignOptions,
    zone: &UtmZone,
    laid: &Laid,
    profile: &CheapestProfile,
) -> Result<Line> {
    let cants: Vec<CurveCant> = laid.choice.curves.iter().map(CurveClass::curve_cant).collect();
    let rail_head_distance_m = options.standard.rail_head_distance_mm / 1000.0;
    let cant = Cant::of_curves(rail_head_distance_m, &laid.plan, &cants)?;
    let alignment = Alignment::new(laid.plan.clone(), Some(profile.profile.clone()), Some(cant))?;
    let mut line = Line::new(route.segment.clone(), alignment)?;
    line.epsg = Some(zone.epsg());
    line.gauge_mm = Some(options.standard.gauge_mm);
    line.speeds_kmh = Some(speeds(options, laid)?);
    Ok(line)
}

/// The speed along the line: that of each curve within it, else that of the options.
fn speeds(options: &DesignOptions, laid: &Laid) -> Result<Along<f64>> {
    let mut ranges: Vec<Range<f64>> = Vec::new();
    let mut add = |from_m: f64, to_m: f64, value: f64| match ranges.last_mut() {
        Some(last) if last.value == value => last.to_m = to_m,
        _ if to_m > from_m => ranges.push(Range { from_m, to_m, value }),
        _ => {}
    };
    let mut done_m = 0.0;
    for (span, curve) in curve_spans(&laid.plan).iter().zip(&laid.choice.curves) {
        add(done_m, span.from_m, options.speed_kmh);
        add(span.from_m, span.to_m, curve.speed_kmh);
        done_m = span.to_m;
    }
    add(done_m, laid.plan.length_m(), options.speed_kmh);
    Along::new(ranges)
}

/// Where stations and loops lie.
fn stations_along(options: &DesignOptions, laid: &Laid) -> Result<Option<Along<String>>> {
    let (half_m, end_m) = (0.5 * options.station_length_m, laid.plan.length_m());
    if half_m == 0.0 || end_m <= 2.0 * half_m {
        return Ok(None);
    }
    let range = |from_m: f64, to_m: f64, name: String| Range { from_m, to_m, value: name };
    let mut ranges = vec![range(0.0, half_m, "start".to_owned())];
    for (number, at_m) in (1..).zip(&laid.loops_m) {
        ranges.push(range(at_m - half_m, at_m + half_m, format!("loop {number}")));
    }
    ranges.push(range(end_m - half_m, end_m, "end".to_owned()));
    Along::new(ranges).map(Some)
}

fn points(
    site: &Site<'_>,
    zone: &UtmZone,
    laid: &Laid,
    profile: &CheapestProfile,
    earth_by_step: &[Earth],
) -> Result<Vec<TrackPoint>> {
    let mut points = Vec::with_capacity(laid.distances_m.len());
    let ground = laid.ground_m.iter().zip(&laid.classes);
    let rails = profile.levels_m.iter().zip(&profile.works);
    let places = laid.distances_m.iter().zip(&laid.coords);
    // None begins at the last.
    let earth = earth_by_step.iter().copied().chain([Earth::default()]);
    for ((((distance_m, coord), (ground_m, class)), (level_m, works)), earth) in
        places.zip(ground).zip(rails).zip(earth)
    {
        let way = site.way(*class);
        let above_m = level_m - ground_m;
        let works_usd_per_m = match works {
            Works::Earthworks => way.earthworks_usd_per_m(above_m),
            Works::Bridge => way.bridge_usd_per_m(above_m),
            Works::Tunnel => way.tunnel_usd_per_m,
        };
        points.push(TrackPoint {
            works_usd_per_m,
            earth,
            distance_m: *distance_m,
            place: zone.inverse(*coord)?,
            ground_m: *ground_m,
            level_m: *level_m,
            works: *works,
            class: *class,
        });
    }
    Ok(points)
}
