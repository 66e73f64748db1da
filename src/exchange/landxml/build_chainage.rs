//! Chainages out of equations of stations.

use super::build::{NO_LINE, not_made, refused};
use super::found::{Findings, Found, metres, severity};
use super::stated::StatedLine;
use crate::finding::Severity;
use crate::geometry::{Chainage, Equation};

/// Stations are written to millimetres.
const ROUNDING_M: f64 = 1e-3;

/// The chainages of a line; `None`, and a finding, if the equations are none.
pub(super) fn chainage(
    stated: &StatedLine,
    length_m: f64,
    findings: &mut Findings,
) -> Option<Chainage> {
    let mut first_m = stated.sta_start_m;
    let mut equations: Vec<Equation> = Vec::with_capacity(stated.equations.len());
    for equation in &stated.equations {
        let distance_m = equation.internal_m - stated.sta_start_m;
        let ahead_m = equation.ahead_m;
        if distance_m.abs() <= ROUNDING_M && equations.is_empty() {
            if equation.is_falling {
                let message = "chainages fall from the beginning on, which no line here can; \
                               the line is left out";
                let value = "decreasing at the beginning";
                let limit = "increasing there";
                findings.add(refused("equation-off", equation.at, value, limit, message.into()));
                return None;
            }
            first_m = ahead_m; // all of the line is renumbered
            continue;
        }
        if (distance_m - length_m).abs() <= ROUNDING_M {
            findings.add(Found {
                rule: "equation-off",
                severity: Severity::Note,
                at: equation.at,
                number: 0,
                distance_m: Some(length_m),
                value: metres(distance_m),
                limit: format!("less than {}", metres(length_m)),
                message: "an equation at the very end of the line numbers nothing".to_owned(),
            });
            continue;
        }
        let behind_m = match equations.last() {
            Some(last) if last.is_falling => last.ahead_m - (distance_m - last.distance_m),
            Some(last) => last.ahead_m + (distance_m - last.distance_m),
            None => first_m + distance_m,
        };
        if let Some(back_m) = equation.back_m
            && let Some(severity) = severity((back_m - behind_m).abs(), ROUNDING_M, 1.0)
        {
            let (value, limit) = (metres(back_m), metres(behind_m));
            findings.add(Found {
                rule: "equation-back-disagrees",
                severity,
                at: equation.at,
                number: 0,
                distance_m: Some(distance_m),
                message: format!("staBack says {value}, but chainages reach {limit} there"),
                value,
                limit,
            });
        }
        equations.push(Equation { distance_m, ahead_m, is_falling: equation.is_falling });
    }
    match Chainage::new(length_m, first_m, &equations) {
        Ok(chainage) => Some(chainage),
        Err(error) => {
            let at = stated.equations.first().map_or(stated.at, |equation| equation.at);
            let found = not_made("chainages", at, 0, &error, NO_LINE);
            findings.add(Found { rule: "equation-off", ..found });
            None
        }
    }
}
