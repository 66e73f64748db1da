//! A line out of what a file states: its elements in a chain from the first point on, its heights,
//! cant, chainages and speeds.

use super::chain::Chain;
use super::directions::Directions;
use super::found::{Findings, Found};
use super::piece::Piece;
use super::stated::StatedLine;
use super::{build_cant, build_chainage, build_profile, lint};
use crate::error::Error;
use crate::exchange::note::Notes;
use crate::exchange::xml::Source;
use crate::finding::Severity;
use crate::geometry::{Alignment, Horizontal, Line, half_turn_rad};

/// Turns of all elements of a file together, radians; no file may have more, since each radian
/// takes memory.
pub(super) const MOST_TURN_RAD: f64 = 1e6;

/// What it means for a line that its plan or its chainages cannot be made.
pub(super) const NO_LINE: &str = "the line is left out";

/// A line, if its elements make one, and all that is found of it.
pub(super) fn line(
    source: &Source<'_>,
    stated: &StatedLine,
    turn_left_rad: &mut f64,
    notes: &mut Notes,
) -> (Option<Line>, Vec<Found>) {
    let mut findings = Findings::default();
    for refused in &stated.refused {
        findings.add(refused.clone());
    }
    let line = make(source, stated, turn_left_rad, notes, &mut findings);
    (line, findings.into_list())
}

fn make(
    source: &Source<'_>,
    stated: &StatedLine,
    turn_left_rad: &mut f64,
    notes: &mut Notes,
    findings: &mut Findings,
) -> Option<Line> {
    let mut pieces = pieces(stated, findings);
    let is_whole = stated.refused.is_empty() && pieces.len() == stated.elements.len();
    if pieces.is_empty() && is_whole {
        let message = "it has no plan; the line is left out".to_owned();
        findings.add(refused("plan-missing", stated.at, "no element", "1 and more", message));
        return None;
    }
    let directions = Directions::of(&pieces);
    if let Some(words) = directions.words() {
        source.note(notes, stated.at, words, || {
            format!("directions of the file agree with its points if they count {words}")
        });
    }
    lint::elements(stated, &mut pieces, directions, is_whole, findings);
    if !is_whole {
        return None;
    }
    let turn_rad: f64 = pieces.iter().map(turning_rad).sum();
    *turn_left_rad -= turn_rad;
    if *turn_left_rad < 0.0 {
        let message = "the lines of the file turn too often; the line is left out".to_owned();
        let limit = format!("{MOST_TURN_RAD:e} radians in a file");
        findings.add(refused(
            "turns",
            stated.at,
            &format!("{turn_rad:e} radians"),
            &limit,
            message,
        ));
        return None;
    }
    let plan = plan(stated, &pieces, directions, findings)?;
    let length_m = plan.length_m();
    let chainage = build_chainage::chainage(stated, length_m, findings)?;
    let profile = build_profile::profile(stated, length_m, findings);
    let cant = stated
        .cant
        .as_ref()
        .map(|cant| build_cant::cant(source, stated, cant, &plan, notes, findings));
    let (cant, gauge_mm) = cant.unwrap_or_default();
    let speeds_kmh = build_cant::speeds(stated, length_m, findings);
    let alignment = Alignment::new(plan, profile, cant);
    let line = alignment.and_then(|alignment| Line::new(stated.name.clone(), alignment));
    match line {
        Ok(line) => Some(Line { gauge_mm, chainage, speeds_kmh, ..line }),
        Err(error) => {
            findings.add(not_made("line", stated.at, 0, &error, NO_LINE));
            None
        }
    }
}

/// Elements that can be made; findings of the others.
fn pieces<'a>(stated: &'a StatedLine, findings: &mut Findings) -> Vec<Piece<'a>> {
    let mut pieces = Vec::with_capacity(stated.elements.len());
    let mut from_m = 0.0;
    for one in &stated.elements {
        match Piece::new(one, from_m) {
            Ok(piece) => {
                from_m += piece.element.length_m();
                pieces.push(piece);
            }
            Err(error) => findings.add(not_made(&one.label, one.at, one.number, &error, NO_LINE)),
        }
    }
    pieces
}

/// A bound of how much an element turns to and fro.
fn turning_rad(piece: &Piece<'_>) -> f64 {
    let ends = [piece.element.curvature_from_per_m(), piece.element.curvature_to_per_m()];
    // What a Viennese bend adds is small beside one radian.
    1e-3 + piece.element.length_m() * ends[0].abs().max(ends[1].abs())
}

/// The chain from the first stated point, in the bearing that suits the stated points best: the
/// one that this library told itself, the stated one, or that out of the points of the first
/// element.
fn plan(
    stated: &StatedLine,
    pieces: &[Piece<'_>],
    directions: Directions,
    findings: &mut Findings,
) -> Option<Horizontal> {
    let first = pieces.first()?;
    let from_points_rad = first.bearing_from_rad();
    let written_rad = first.stated.direction_from_rad.map(|rad| directions.bearing_rad(rad));
    let nearest_rad = written_rad.unwrap_or(from_points_rad);
    // What was told holds as long as the direction beside it is the same.
    let is_same = |told_rad: &f64| half_turn_rad(nearest_rad - told_rad).abs() < 1e-9;
    let told_rad = stated.told_bearing_rad.filter(is_same);
    let bearings: Vec<f64> =
        [told_rad, written_rad, Some(from_points_rad)].into_iter().flatten().collect();
    let (bearing_rad, residual) = Chain::new(pieces).best(pieces, &bearings)?;
    lint::chain(pieces, residual, findings);
    let elements = pieces.iter().map(|piece| piece.element).collect();
    match Horizontal::new(first.stated.start, bearing_rad, elements) {
        Ok(plan) => Some(plan),
        Err(error) => {
            findings.add(not_made("plan", stated.at, 0, &error, NO_LINE));
            None
        }
    }
}

/// A finding that something cannot be made, and what that means for the line.
pub(super) fn not_made(
    what: &str,
    at: usize,
    number: usize,
    error: &Error,
    consequence: &str,
) -> Found {
    let (value, limit) = match error {
        Error::OutOfRange { value, limit, .. } => (value.to_string(), limit.clone()),
        Error::Limit { needed, limit, .. } => (needed.clone(), limit.clone()),
        _ => (String::new(), String::new()),
    };
    let message = format!("{what}: {error}; {consequence}");
    let rule = "not-made";
    Found { rule, severity: Severity::Error, at, number, distance_m: None, value, limit, message }
}

/// A finding of all of a line that must not be.
pub(super) fn refused(
    rule: &'static str,
    at: usize,
    value: &str,
    limit: &str,
    message: String,
) -> Found {
    let (value, limit) = (value.to_owned(), limit.to_owned());
    let severity = Severity::Error;
    Found { rule, severity, at, number: 0, distance_m: None, value, limit, message }
}
