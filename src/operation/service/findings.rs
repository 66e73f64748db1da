//! Trains that a line does not let through, as findings.

use super::{LineService, LoadLimit};
use crate::error::Stall;
use crate::finding::{Finding, Severity};
use crate::operation::LOOP_MARGIN_M;

/// What a reader must know of a train that stalls: where, what it lacks, what would pass.
///
/// ```
/// use railcorridor::Stall;
/// use railcorridor::operation::service::stall_finding;
///
/// let stall = Stall {
///     train: "TE33A + 55 wagons".into(), at_m: 19_810.0, needed_n: 565e3, available_n: 534e3,
///     gradient_permille: 9.0, curve_permille: 1.0, entry_m: 15_000.0, entry_mps: 15.0,
///     mass_t: 5308.0, load_t: 5170.0, holding_load_t: 4876.0,
/// };
/// let finding = stall_finding("herat-kandahar", &stall);
/// assert_eq!(finding.id, "train-stalls:herat-kandahar");
/// assert_eq!((finding.value.as_str(), finding.limit.as_str()), ("565 kN needed", "534 kN"));
/// assert_eq!(finding.chainage_m, Some(19_810.0));
/// ```
#[must_use]
pub fn stall_finding(subject: &str, stall: &Stall) -> Finding {
    Finding {
        rule: "train-stalls",
        id: format!("train-stalls:{subject}"),
        severity: Severity::Error,
        subject: subject.to_owned(),
        chainage_m: Some(stall.at_m),
        value: format!("{:.0} kN needed", stall.needed_n / 1e3),
        limit: format!("{:.0} kN", stall.available_n / 1e3),
        message: stall.to_string(),
        claims: Vec::new(),
        sources: Vec::new(),
        waiver: None,
    }
}

/// What a reader must know of more pairs of trains a day than a line lets through; none if they fit.
///
/// ```
/// use railcorridor::operation::service::crowding_finding;
///
/// assert!(crowding_finding("corridor", 18, 18).is_none());
/// let finding = crowding_finding("corridor", 30, 18);
/// assert_eq!(finding.map(|one| one.id).as_deref(), Some("more-trains-than-fit:corridor"));
/// ```
#[must_use]
pub fn crowding_finding(subject: &str, pairs: u32, fitting: u32) -> Option<Finding> {
    (pairs > fitting).then(|| Finding {
        rule: "more-trains-than-fit",
        id: format!("more-trains-than-fit:{subject}"),
        severity: Severity::Warning,
        subject: subject.to_owned(),
        chainage_m: None,
        value: format!("{pairs} pairs a day"),
        limit: format!("{fitting} pairs a day"),
        message: "more trains than the tightest section lets through: delays grow from day to day"
            .to_owned(),
        claims: Vec::new(),
        sources: Vec::new(),
        waiver: None,
    })
}

/// What a reader must know of a train to which loops or gradients leave no wagon; none if it has
/// some, or if none were chosen.
///
/// ```
/// use railcorridor::model::RollingStock;
/// use railcorridor::operation::service::{
///     ServiceChoice, ServiceLine, ServicePlace, line_service, no_wagon_finding,
/// };
/// use railcorridor::operation::{RunLine, RunSegment};
///
/// let level = RunSegment {
///     start_m: 0.0, gradient_permille: 0.0, curve_permille: 0.0, speed_limit_mps: 20.0,
/// };
/// let place = |at_m| ServicePlace { name: None, at_m };
/// let line = ServiceLine {
///     id: "plain".into(),
///     free: RunLine::new(vec![level], 40e3)?,
///     limits: Vec::new(),
///     places: [0.0, 20e3, 40e3].map(place).to_vec(),
/// };
/// let mut choice = ServiceChoice::of_train(RollingStock::builtin(), "2te25km-gondola")?;
/// assert!(no_wagon_finding(&line_service(&line, &choice)?, choice.loop_m).is_none());
/// choice.loop_m = 80.0;
/// let finding = no_wagon_finding(&line_service(&line, &choice)?, choice.loop_m);
/// assert_eq!(finding.map(|one| one.id).as_deref(), Some("no-wagon:plain"));
/// // Locomotives alone are no train that lacks wagons.
/// choice.set.wagons.clear();
/// assert!(no_wagon_finding(&line_service(&line, &choice)?, choice.loop_m).is_none());
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[must_use]
pub fn no_wagon_finding(service: &LineService, loop_m: f64) -> Option<Finding> {
    if service.wagons > 0 {
        return None;
    }
    let [there, back] = &service.ways;
    let (way, name) = match service.limit {
        LoadLimit::Chosen => return None,
        LoadLimit::Back => (back, "back"),
        LoadLimit::Loop | LoadLimit::There => (there, "there"),
    };
    let (limit, message) = if service.limit == LoadLimit::Loop {
        let room_m = loop_m - LOOP_MARGIN_M - way.train.length_m;
        (
            format!("{:.0} m for wagons", room_m.max(0.0)),
            format!(
                "loops of {loop_m:.0} m, {LOOP_MARGIN_M:.0} m of them left free, hold no wagon \
                 beside the locomotives' {:.0} m: give longer loops",
                way.train.length_m
            ),
        )
    } else {
        (
            format!("{:.0} t", way.load_t),
            format!(
                "a wagon is more than the locomotives pull {name} on {:.1} permille: give more \
                 locomotives or a flatter line",
                way.ruling_permille
            ),
        )
    };
    Some(Finding {
        rule: "no-wagon",
        id: format!("no-wagon:{}", service.id),
        severity: Severity::Error,
        subject: service.id.clone(),
        chainage_m: None,
        value: "no wagon".to_owned(),
        limit,
        message,
        claims: Vec::new(),
        sources: Vec::new(),
        waiver: None,
    })
}
