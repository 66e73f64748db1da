//! A line held against a standard, limit by limit.

mod events;
mod extreme;
mod lay;
mod outcome;
mod pieces;
mod values;

use events::events;
use extreme::{edges, worst};
use lay::Lay;
use outcome::{Breach, excess, is_broken, row};
pub use outcome::{Compliance, ComplianceRow, Verdict, WorstPlace};
use pieces::{Piece, pieces};

use crate::error::{Result, within};
use crate::geometry::{Along, Line};
use crate::model::{Limit, LimitRule, Standard};

/// What a check is to assume beyond what line and standard say.
#[derive(Debug, Clone, Default)]
pub struct CheckOptions {
    /// The speed of the fastest trains where the line states none; that of the standard if absent.
    pub speed_kmh: Option<f64>,
    /// The speed of the slowest trains; that of the standard if absent.
    pub slow_speed_kmh: Option<f64>,
    /// Where the stations lie, by distance along the plan; without them, gradients in stations are
    /// not checked.
    pub stations: Option<Along<String>>,
}

/// Holds a line against the limits of a standard.
///
/// Each value is taken where it is worst: between the joints of plan, cant and profile, where
/// everything runs smoothly, the worst place is sought on 17 places and then by halving to a
/// micrometre. Deficiency and excess come from the equilibrium cant S V^2 k / (12.96 g), with S the
/// distance of the rail heads; a cant that leans out of a curve counts in full against it. The
/// first and the last element go on in other lines, so that their lengths are not held against
/// limits.
///
/// # Errors
///
/// [`Error::Study`](crate::Error::Study) if the standard breaks its own rules,
/// [`Error::OutOfRange`](crate::Error::OutOfRange) if a speed is not 0 to 1,000 km/h.
///
/// # Complexity
///
/// Linear in the joints of the line times the limits of the standard.
///
/// # Example
///
/// At 100 km/h a curve of 500 m asks for 11.80 x 100^2 / 500 = 236 mm, 160 of which is cant; it
/// lacks 76 mm, within 130. Its radius is wide enough for the law, but not for the limit of 600 m
/// that is set here:
///
/// ```
/// use railcorridor::design::{CheckOptions, Verdict, check};
/// use railcorridor::geodesy::Coord;
/// use railcorridor::geometry::{Alignment, Arc, Cant, CantPoint, Horizontal, Line, Ramp};
/// use railcorridor::model::{LimitRule, Standard};
///
/// let start = Coord { e_m: 0.0, n_m: 0.0 };
/// let plan = Horizontal::new(start, 0.0, vec![Arc::new(400.0, 500.0)?.into()])?;
/// let point = |distance_m| CantPoint { distance_m, cant_m: 0.16, ramp: Ramp::Clothoid };
/// let cant = Cant::new(1.5, vec![point(0.0), point(400.0)])?;
/// let line = Line::new("curve", Alignment::new(plan, None, Some(cant))?)?;
///
/// let mut standard = Standard::builtin_called("1435-en-tsi")?.clone();
/// standard.limits[0].value = 600.0;
/// let options = CheckOptions { speed_kmh: Some(100.0), ..CheckOptions::default() };
/// let compliance = check(&line, &standard, &options)?;
///
/// let row = |rule| compliance.rows.iter().find(|row| row.limit.rule == rule).unwrap();
/// let deficiency = row(LimitRule::MostCantDeficiency);
/// assert_eq!(deficiency.verdict, Verdict::Kept);
/// assert!((deficiency.worst.as_ref().unwrap().value - 76.0).abs() < 0.1);
/// assert_eq!(row(LimitRule::LeastRadius).verdict, Verdict::Broken);
/// assert_eq!(compliance.findings[0].rule, "least-radius");
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn check(line: &Line, standard: &Standard, options: &CheckOptions) -> Result<Compliance> {
    standard.check()?;
    let speed_kmh = options.speed_kmh.unwrap_or(standard.speed_kmh);
    let slow_kmh = options.slow_speed_kmh.or(standard.slow_speed_kmh);
    for (name, speed_kmh) in [("speed_kmh", speed_kmh), ("slow_speed_kmh", slow_kmh.unwrap_or(0.0))]
    {
        within(|| name.to_owned(), speed_kmh, (0.0, 1000.0), "give kilometres an hour")?;
    }
    let lay = Lay::new(line, standard, slow_kmh);
    let mut pieces = pieces(line, standard, speed_kmh, options.stations.as_ref());
    for piece in &mut pieces {
        piece.is_even = lay.is_even(piece);
    }
    let mut compliance = Compliance { rows: Vec::new(), findings: Vec::new() };
    for rule in LimitRule::ALL {
        let mut limits = standard.limits.iter().filter(|limit| limit.rule == rule).peekable();
        if limits.peek().is_none() {
            continue;
        }
        let missing = missing(line, rule, slow_kmh, options);
        let events = events(&lay, rule, speed_kmh);
        for limit in limits {
            let breaches = match (&missing, &events) {
                (Some(_), _) => Vec::new(),
                (None, Some(events)) => {
                    events.iter().filter_map(|event| Breach::of_event(*event, limit)).collect()
                }
                (None, None) => {
                    pieces.iter().filter_map(|piece| of_piece(&lay, piece, limit)).collect()
                }
            };
            let is_along = events.is_none();
            let (row, findings) = row(line, standard, limit, missing, (breaches, is_along))?;
            compliance.rows.push(row);
            compliance.findings.extend(findings);
        }
    }
    compliance.findings.extend(outcome::of_gauge(line, standard));
    Ok(compliance)
}

/// What a rule needs and the line does not tell.
fn missing(
    line: &Line,
    rule: LimitRule,
    slow_kmh: Option<f64>,
    options: &CheckOptions,
) -> Option<&'static str> {
    let no_cant = line.alignment.cant().is_none().then_some("the line has no cant");
    let no_profile = line.alignment.profile().is_none().then_some("the line has no profile");
    match rule {
        LimitRule::LeastRadius
        | LimitRule::LeastTransitionLength
        | LimitRule::LeastElementLength
        | LimitRule::MostDeficiencyJump => None,
        LimitRule::MostCantExcess => {
            no_cant.or(slow_kmh.is_none().then_some("no speed of slow trains is given"))
        }
        LimitRule::MostCant
        | LimitRule::MostCantDeficiency
        | LimitRule::MostLateralAcceleration
        | LimitRule::MostCantGradient
        | LimitRule::MostTwist
        | LimitRule::MostCantRate
        | LimitRule::MostDeficiencyRate => no_cant,
        LimitRule::MostStationGradient => {
            no_profile.or(options.stations.is_none().then_some("no stations are given"))
        }
        LimitRule::MostGradient
        | LimitRule::MostCompensatedGradient
        | LimitRule::MostGradientChange
        | LimitRule::LeastVerticalRadius
        | LimitRule::LeastGradeLength => no_profile,
    }
}

/// The worst place of a piece under a limit, and from where to where it is not kept.
fn of_piece(lay: &Lay<'_>, piece: &Piece<'_>, limit: &Limit) -> Option<Breach> {
    if limit.rule == LimitRule::MostStationGradient && !piece.is_station {
        return None;
    }
    let held = |at_m: f64| {
        let radius_m = Lay::radius_m(piece, at_m);
        let value = lay.value(limit, piece, at_m);
        let limit_value = limit.at(piece.speed_kmh, radius_m)?;
        Some((value, limit_value, radius_m))
    };
    let beyond = |at_m: f64| {
        held(at_m).map_or(f64::NEG_INFINITY, |(value, limit_value, _)| {
            excess(limit.rule, value, limit_value)
        })
    };
    let is_even = limit.base_m.is_none() && piece.is_even;
    let (at_m, most) = worst(&beyond, (piece.from_m, piece.to_m), is_even);
    let (value, limit_value, radius_m) = held(at_m)?;
    let is_broken = is_broken(most, limit_value);
    let (from_m, to_m) = match is_broken && !is_even {
        true => edges(&beyond, (piece.from_m, piece.to_m), at_m),
        false => (piece.from_m, piece.to_m),
    };
    let speed_kmh = piece.speed_kmh;
    Some(Breach { from_m, to_m, at_m, value, limit_value, speed_kmh, radius_m, is_broken })
}
