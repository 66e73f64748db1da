//! What a check found: a row for each limit, a finding for each stretch where it is not kept.

use serde::Serialize;

use super::events::Event;
use crate::error::Result;
use crate::finding::{Finding, Severity};
use crate::geometry::{Line, Notation};
use crate::model::{Limit, LimitRule, LimitWeight, Reading, Standard};

/// What a line does with the limits of a standard.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compliance {
    /// One for each limit, in the order of rules and then of the standard.
    pub rows: Vec<ComplianceRow>,
    /// Every stretch where a limit is not kept, by rule and then along the line.
    pub findings: Vec<Finding>,
}

/// A limit, and what the line does with it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComplianceRow {
    /// The limit.
    pub limit: Limit,
    /// Whether it is kept.
    pub verdict: Verdict,
    /// Where the line comes nearest to it, or is furthest beyond it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worst: Option<WorstPlace>,
    /// How many stretches break it.
    pub count: usize,
    /// Why it could not be checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unchecked: Option<&'static str>,
}

/// Whether a limit is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Everywhere.
    Kept,
    /// Not everywhere.
    Broken,
    /// The line has nothing that it limits.
    NothingToCheck,
    /// The line does not tell what it limits.
    Unchecked,
}

/// The place that is worst under a limit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WorstPlace {
    /// Distance along the plan.
    pub distance_m: f64,
    /// The same as it stands on the posts.
    pub chainage: String,
    /// The value there, in the unit of the rule.
    pub value: f64,
    /// The limit there.
    pub limit_value: f64,
    /// The speed that was reckoned with.
    pub speed_kmh: f64,
}

/// A stretch under a limit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Breach {
    pub(super) from_m: f64,
    pub(super) to_m: f64,
    pub(super) at_m: f64,
    pub(super) value: f64,
    pub(super) limit_value: f64,
    pub(super) speed_kmh: f64,
    pub(super) radius_m: f64,
    pub(super) is_broken: bool,
}

impl Breach {
    /// An event under a limit, if it holds there.
    pub(super) fn of_event(event: Event, limit: &Limit) -> Option<Self> {
        let Event { from_m, to_m, value, speed_kmh, radius_m } = event;
        let limit_value = limit.at(speed_kmh, radius_m)?;
        let is_broken = is_broken(excess(limit.rule, value, limit_value), limit_value);
        let at_m = 0.5 * (from_m + to_m);
        Some(Self { from_m, to_m, at_m, value, limit_value, speed_kmh, radius_m, is_broken })
    }
}

/// By how much a limit is exceeded; negative if it is kept.
pub(super) fn excess(rule: LimitRule, value: f64, limit_value: f64) -> f64 {
    if rule.is_least() { limit_value - value } else { value - limit_value }
}

/// Whether an excess is more than rounding.
pub(super) fn is_broken(excess: f64, limit_value: f64) -> bool {
    excess > ROUNDING_RATIO * limit_value.max(1.0)
}

/// Values beyond a limit by so small a part of it are rounding.
const ROUNDING_RATIO: f64 = 1e-6;

/// Stretches nearer than this are one.
const TOUCHING_M: f64 = 1e-3;

/// The row of a limit and its findings; stretches of values along the line go on over joints.
pub(super) fn row(
    line: &Line,
    standard: &Standard,
    limit: &Limit,
    unchecked: Option<&'static str>,
    (breaches, is_along): (Vec<Breach>, bool),
) -> Result<(ComplianceRow, Vec<Finding>)> {
    let beyond = |one: &Breach| excess(limit.rule, one.value, one.limit_value);
    let worse = |a: &Breach, b: &Breach| beyond(a).total_cmp(&beyond(b));
    let worst = breaches.iter().copied().reduce(|a, b| if worse(&b, &a).is_gt() { b } else { a });
    // A radius nowhere or a length of nothing is no place to name.
    let worst = worst.filter(|worst| worst.value.is_finite());
    let mut stretches: Vec<Breach> = Vec::new();
    for breach in breaches.into_iter().filter(|breach| breach.is_broken) {
        match stretches.last_mut() {
            Some(last) if is_along && breach.from_m - last.to_m < TOUCHING_M => {
                let (from_m, to_m) = (last.from_m, breach.to_m);
                let keep = if worse(&breach, last).is_gt() { breach } else { *last };
                *last = Breach { from_m, to_m, ..keep };
            }
            _ => stretches.push(breach),
        }
    }
    let verdict = match (&unchecked, stretches.is_empty(), &worst) {
        (Some(_), _, _) => Verdict::Unchecked,
        (None, false, _) => Verdict::Broken,
        (None, true, Some(_)) => Verdict::Kept,
        (None, true, None) => Verdict::NothingToCheck,
    };
    let worst = worst.map(|worst| place(line, standard, &worst)).transpose()?;
    let count = stretches.len();
    let findings: Result<Vec<Finding>> =
        stretches.iter().map(|stretch| finding(line, standard, limit, stretch)).collect();
    Ok((ComplianceRow { limit: limit.clone(), verdict, worst, count, unchecked }, findings?))
}

fn notation(standard: &Standard) -> Notation {
    Notation::usual_on(standard.gauge_mm)
}

fn place(line: &Line, standard: &Standard, worst: &Breach) -> Result<WorstPlace> {
    let Breach { at_m, value, limit_value, speed_kmh, .. } = *worst;
    let chainage = line.chainage.write(at_m, notation(standard), 1)?;
    Ok(WorstPlace { distance_m: at_m, chainage, value, limit_value, speed_kmh })
}

fn finding(line: &Line, standard: &Standard, limit: &Limit, stretch: &Breach) -> Result<Finding> {
    let rule = limit.rule;
    let unit = rule.unit();
    let write = |at_m: f64| line.chainage.write(at_m, notation(standard), 1);
    let at = write(stretch.at_m)?;
    let reach = if stretch.to_m - stretch.from_m > 0.05 {
        format!(", from {} to {}", write(stretch.from_m)?, write(stretch.to_m)?)
    } else {
        String::new()
    };
    let [value, limit_value] = [stretch.value, stretch.limit_value].map(number);
    let beside = if rule.is_least() { "less than" } else { "more than" };
    let curve = match stretch.radius_m {
        radius_m if radius_m.is_finite() && rule != LimitRule::LeastRadius => {
            format!(" in a curve of {radius_m:.0} m")
        }
        _ => String::new(),
    };
    let speed = if depends_on_speed(limit) {
        format!(" at {:.0} km/h", stretch.speed_kmh)
    } else {
        String::new()
    };
    let clause = limit.clause.as_ref().map_or(String::new(), |clause| format!(", {clause}"));
    let state = match limit.state {
        Reading::Verified => "",
        Reading::Unverified => "; the limit is unverified",
    };
    let wish = match limit.weight {
        LimitWeight::Limit => "",
        LimitWeight::Desirable => "desirable ",
    };
    let message = format!(
        "{} {value} {unit} at {at}{reach}{curve}{speed} is {beside} the {wish}{limit_value} {unit} \
         of {}{clause}{state}",
        rule.words(),
        limit.source,
    );
    let severity = match limit.weight {
        LimitWeight::Limit => Severity::Error,
        LimitWeight::Desirable => Severity::Warning,
    };
    let chainage_m = line.chainage.chainage_m(stretch.at_m)?;
    Ok(Finding {
        rule: rule.id(),
        id: format!("{}:{wish}{:.3}", rule.id(), stretch.at_m).replace(' ', "-"),
        severity,
        subject: line.name.clone(),
        chainage_m: Some(chainage_m),
        value: format!("{value} {unit}"),
        limit: format!("{wish}{limit_value} {unit}"),
        message,
        claims: Vec::new(),
        sources: Vec::new(),
        waiver: None,
    })
}

/// Whether the value or the limit depends on the speed.
fn depends_on_speed(limit: &Limit) -> bool {
    let is_by_speed = limit.per_kmh != 0.0 || limit.per_kmh2 != 0.0 || limit.speeds_kmh.is_some();
    is_by_speed
        || matches!(
            limit.rule,
            LimitRule::MostCantDeficiency
                | LimitRule::MostLateralAcceleration
                | LimitRule::MostCantRate
                | LimitRule::MostDeficiencyRate
                | LimitRule::MostDeficiencyJump
        )
}

/// A number as a reader wants it: four digits, and no zeros behind the point.
fn number(value: f64) -> String {
    let decimals = match value.abs() {
        large if large >= 1000.0 => 0,
        large if large >= 100.0 => 1,
        middle if middle >= 10.0 => 2,
        _ => 3,
    };
    let text = format!("{value:.decimals$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// A line of one gauge held against the standard of another.
pub(super) fn of_gauge(line: &Line, standard: &Standard) -> Option<Finding> {
    let gauge_mm = line.gauge_mm.filter(|gauge_mm| *gauge_mm != standard.gauge_mm)?;
    Some(Finding {
        rule: "gauge-of-standard",
        id: "gauge-of-standard:line".to_owned(),
        severity: Severity::Error,
        subject: line.name.clone(),
        chainage_m: None,
        value: format!("{gauge_mm} mm"),
        limit: format!("{} mm", standard.gauge_mm),
        message: format!(
            "the line has a gauge of {gauge_mm} mm, the standard {} is for {} mm",
            standard.id, standard.gauge_mm
        ),
        claims: Vec::new(),
        sources: Vec::new(),
        waiver: None,
    })
}
