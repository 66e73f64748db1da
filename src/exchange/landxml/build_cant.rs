//! Cant, gauge and speeds out of what a file states at stations.

use super::build::{not_made, refused};
use super::build_profile::SLACK_M;
use super::found::{Findings, Found, metres};
use super::stated::{StatedBanking, StatedCant, StatedLine};
use crate::exchange::note::Notes;
use crate::exchange::xml::Source;
use crate::finding::Severity;
use crate::geometry::{Along, Cant, CantPoint, Horizontal, Ramp, Range, cant_constant_mm};

/// Gauges of the world's railways, in millimetres: what a file calls a gauge is otherwise taken
/// for the distance of the rail heads.
const GAUGES_MM: &[u32] = &[
    600, 610, 750, 760, 762, 891, 900, 914, 950, 1000, 1009, 1050, 1067, 1372, 1435, 1520, 1524,
    1668, 1676,
];
/// From the inner side of one rail to the middle of the other rail's head, twice: 1500 less 1435.
const HEAD_MM: u32 = 65;

/// What it means for a line that its cant cannot be made.
const NO_CANT: &str = "the line comes without cant";

/// The cant of a line and its gauge; findings of what makes none.
pub(super) fn cant(
    source: &Source<'_>,
    line: &StatedLine,
    stated: &StatedCant,
    plan: &Horizontal,
    notes: &mut Notes,
    findings: &mut Findings,
) -> (Option<Cant>, Option<u32>) {
    let (heads_m, gauge_mm) = widths(source, stated, notes);
    if stated.stations.is_empty() {
        return (None, gauge_mm);
    }
    let points = points(line, stated, findings)
        .and_then(|points| reaching(stated, points, plan.length_m(), findings));
    let Some(points) = points else { return (None, gauge_mm) };
    match Cant::new(heads_m, points) {
        Ok(cant) => {
            super::lint::cant(stated, &cant, plan, findings);
            (Some(cant), gauge_mm)
        }
        Err(error) => {
            findings.add(not_made("cant", stated.at, 0, &error, NO_CANT));
            (None, gauge_mm)
        }
    }
}

/// The distance between the rail heads, and the gauge if it is known.
fn widths(source: &Source<'_>, stated: &StatedCant, notes: &mut Notes) -> (f64, Option<u32>) {
    let whole = |gauge_mm: f64| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range")]
        let whole = (0.0..4e9).contains(&gauge_mm).then(|| gauge_mm.round() as u32);
        whole
    };
    if let Some(heads_m) = stated.told_heads_m {
        return (heads_m, stated.told_gauge_mm.and_then(whole));
    }
    let rounded = whole(stated.gauge_m * 1000.0);
    let gauge_mm = rounded.filter(|gauge_mm| GAUGES_MM.contains(gauge_mm) || stated.is_own);
    // The constant of the equilibrium is b / (12.96 g), and says what b is.
    let by_constant = stated.constant_mm.map(|mm| mm / cant_constant_mm(1.0));
    let by_constant = by_constant.filter(|heads_m| (0.3..=3.0).contains(heads_m));
    let heads_m = match (gauge_mm, by_constant) {
        (_, Some(heads_m)) => heads_m,
        (Some(gauge_mm), None) if stated.stations.is_empty() => f64::from(gauge_mm) / 1000.0,
        (Some(gauge_mm), None) => {
            source.note(notes, stated.at, "gauge", || {
                format!("the rail heads are taken to lie {HEAD_MM} mm further apart than the gauge")
            });
            f64::from(gauge_mm + HEAD_MM) / 1000.0
        }
        (None, None) => stated.gauge_m,
    };
    (heads_m, gauge_mm)
}

fn points(
    line: &StatedLine,
    stated: &StatedCant,
    findings: &mut Findings,
) -> Option<Vec<CantPoint>> {
    let mut points: Vec<CantPoint> = Vec::with_capacity(stated.stations.len() + 2);
    for station in &stated.stations {
        let StatedBanking { at, sta_m, cant_m, .. } = *station;
        let Some(ramp) = station.ramp else {
            let message = format!(
                "the ramp of the cant at {sta_m} m is of a type that is not known exactly; \
                 {NO_CANT}"
            );
            let known = super::codes::known_spirals();
            findings.add(refused("cant-ramp-unknown", at, "another type", &known, message));
            return None;
        };
        let distance_m = sta_m - line.sta_start_m;
        let behind_m = points.last().map_or(f64::INFINITY, |last| distance_m - last.distance_m);
        if behind_m.abs() <= 1e-6 && points.last().is_some_and(|last| last.cant_m == cant_m) {
            points.pop(); // the same again
        } else if !(behind_m > 1e-6) {
            let message = format!(
                "the cant at {sta_m} m stands {} behind the one before, with another cant; \
                 {NO_CANT}",
                metres(behind_m)
            );
            findings.add(refused("cant-backwards", at, &metres(behind_m), "forwards", message));
            return None;
        }
        points.push(CantPoint { distance_m, cant_m, ramp });
    }
    Some(points)
}

/// Points that reach over the plan: before the first and behind the last the cant stays as it is,
/// if there is none or hardly any length is missing.
fn reaching(
    stated: &StatedCant,
    mut points: Vec<CantPoint>,
    length_m: f64,
    findings: &mut Findings,
) -> Option<Vec<CantPoint>> {
    let (first, last) = (*points.first()?, *points.last()?);
    let (before_m, behind_m) = (first.distance_m, length_m - last.distance_m);
    let is_short = before_m > 1e-3 || behind_m > 1e-3;
    if is_short || points.len() == 1 {
        let goes_on = |missing_m: f64, cant_m: f64| missing_m <= SLACK_M || cant_m == 0.0;
        let can_reach = goes_on(before_m, first.cant_m) && goes_on(behind_m, last.cant_m);
        let (severity, tail) = if can_reach {
            (Severity::Note, "it goes on as it is there")
        } else {
            (Severity::Error, NO_CANT)
        };
        let (from_m, to_m) = (first.distance_m, last.distance_m);
        findings.add(Found {
            rule: "cant-reach",
            severity,
            at: stated.at,
            number: 0,
            distance_m: None,
            value: format!("{from_m} to {to_m} m"),
            limit: format!("0 to {length_m} m"),
            message: format!(
                "the cant is stated from {from_m} to {to_m} m, the plan from 0 to {length_m} m; {tail}"
            ),
        });
        if !can_reach {
            return None;
        }
    }
    let level =
        |distance_m: f64, cant_m: f64| CantPoint { distance_m, cant_m, ramp: Ramp::Clothoid };
    if before_m > 1e-3 {
        points.insert(0, level(0.0, first.cant_m));
    }
    if behind_m > 1e-3 {
        points.push(level(length_m, last.cant_m));
    }
    Some(points)
}

/// Speeds from each station to the next one; 0 says that none is known from there on.
pub(super) fn speeds(
    line: &StatedLine,
    length_m: f64,
    findings: &mut Findings,
) -> Option<Along<f64>> {
    let stated = line.cant.as_ref()?;
    let mut at = stated.speeds.clone();
    if at.is_empty() {
        let stations = stated.stations.iter();
        at.extend(stations.filter_map(|one| Some((one.sta_m, one.speed_kmh?))));
        at.dedup_by(|later, earlier| later.1 == earlier.1);
    }
    let ends = at.iter().skip(1).map(|(sta_m, _)| *sta_m - line.sta_start_m);
    let ends: Vec<f64> = ends.chain([length_m]).collect();
    let mut ranges = Vec::with_capacity(at.len());
    for ((sta_m, speed_kmh), to_m) in at.into_iter().zip(ends) {
        let from_m = sta_m - line.sta_start_m;
        // The last may stand at the very end, where it holds for nothing.
        if speed_kmh != 0.0 && (to_m > from_m || to_m < length_m) {
            ranges.push(Range { from_m, to_m, value: speed_kmh });
        }
    }
    match Along::new(ranges) {
        Ok(speeds) => Some(speeds).filter(|speeds| !speeds.ranges().is_empty()),
        Err(error) => {
            let consequence = "the line comes without speeds";
            let found = not_made("speeds", stated.at, 0, &error, consequence);
            findings.add(Found { rule: "speed-backwards", ..found });
            None
        }
    }
}
