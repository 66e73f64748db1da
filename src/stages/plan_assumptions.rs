//! What a plan rests on, in words.

use super::plan::Assumption;
use super::plan_network::{Builder, missing_share};
use super::track_order::{Comes, Front, Line, TrackOrder};
use super::{Gate, StageState, WorkRate};
use crate::error::Result;
use crate::model::Certainty;
use crate::unit::DAYS_A_MONTH;

impl Builder<'_> {
    pub(super) fn assume_rates(&mut self) -> Result<()> {
        let rates = &self.options.rates;
        for preparation in &rates.preparation {
            let found = rates.preparation(&preparation.stage)?;
            let months = |ratio: f64| found.likely_months * ratio;
            self.assumptions.push(Assumption {
                subject: found.stage.replace('-', " "),
                value: format!(
                    "{} months, {:.1} to {:.1}",
                    found.likely_months,
                    months(found.low_ratio),
                    months(found.high_ratio)
                ),
                state: found.state,
                reason: found.reason.clone(),
            });
        }
        for work in &rates.work {
            let rate = rates.work(&work.id)?;
            self.assumptions.push(Assumption {
                subject: rate.name.clone(),
                value: rate_words(rate),
                state: rate.state,
                reason: rate.reason.clone(),
            });
        }
        for density in &rates.density {
            self.assumptions.push(Assumption {
                subject: density.of.trim_end_matches("_count").to_owned() + "s",
                value: format!("{} a kilometre", density.per_km),
                state: density.state,
                reason: density.reason.clone(),
            });
        }
        self.assumptions.push(Assumption {
            subject: "crews and calendar".to_owned(),
            value: format!(
                "{} crews of earthworks, {} of clearance and {} of stations a segment; Friday and \
                 1 Hamal off; no earthworks from 15 December to 15 February",
                self.options.earthworks_crews,
                self.options.clearance_crews,
                self.options.station_crews
            ),
            state: Certainty::Assumed,
            reason: "nobody has published a programme of works".to_owned(),
        });
        Ok(())
    }

    pub(super) fn assume_gate(&mut self, segment: &str, gate: &Gate) {
        let value = match gate.state {
            StageState::Claimed => "claimed, counted as not done".to_owned(),
            StageState::Begun => format!("begun: {:.0} % left", 100.0 * missing_share(gate)),
            StageState::Reached | StageState::Open => return,
        };
        let missing: Vec<&str> = gate.missing.iter().map(|one| one.text.as_str()).collect();
        self.assumptions.push(Assumption {
            subject: format!("{}: {}", self.study.subject_name(segment), gate.name),
            value,
            state: Certainty::Assumed,
            reason: format!("no evidence that {}", missing.join(", nor that ")),
        });
    }

    pub(super) fn assume_nothing(&mut self, segment: &str, gate: &Gate) {
        self.assumptions.push(Assumption {
            subject: format!("{}: {}", self.study.subject_name(segment), gate.name),
            value: "no time of its own".to_owned(),
            state: Certainty::Assumed,
            reason: format!("the rates have none for stage {}", gate.stage),
        });
    }

    /// From where each crew of track lays, how far, and what brings its rails.
    pub(super) fn assume_fronts(
        &mut self,
        lines: &[Line<'_>],
        order: &TrackOrder,
        gauge_mm: Option<u32>,
    ) {
        for (place, front) in order.fronts.iter().enumerate() {
            let own = order.lots.iter().filter(|lot| lot.front == place);
            let mut parts: Vec<String> = Vec::new();
            for lot in own {
                let Some(line) = lines.get(lot.segment) else { continue };
                let name = self.study.subject_name(&line.segment.id);
                if !parts.contains(&name) {
                    parts.push(name);
                }
            }
            let length_m: f64 = order
                .lots
                .iter()
                .filter(|lot| lot.front == place)
                .filter_map(|lot| lines.get(lot.segment)?.lots.get(lot.lot))
                .map(super::Lot::length_m)
                .sum();
            if parts.is_empty() {
                continue;
            }
            let assumption = Assumption {
                subject: format!("track from {}", self.study.subject_name(&front.station)),
                value: format!("{:.0} km: {}", length_m / 1e3, parts.join(", ")),
                state: Certainty::Assumed,
                reason: self.how_rails_come(front, gauge_mm),
            };
            self.assumptions.push(assumption);
        }
        if order.gain_days > 0 {
            let months = f64::from(order.gain_days) / DAYS_A_MONTH;
            self.assumptions.push(Assumption {
                subject: "railheads".to_owned(),
                value: format!("the last opening {months:.0} months earlier"),
                state: Certainty::Assumed,
                reason: format!(
                    "than from railheads of the gauge alone; the best choice among those offered, \
                     with {} crews of track at most",
                    self.options.track_crews
                ),
            });
        }
    }

    fn how_rails_come(&self, front: &Front, gauge_mm: Option<u32>) -> String {
        let gauge = gauge_mm.map_or("any".to_owned(), |gauge_mm| format!("{gauge_mm} mm"));
        match &front.comes {
            Comes::OverOpenLine => format!("an open line of {gauge} gauge arrives there"),
            Comes::ByRoad => {
                format!("no open line of {gauge} gauge arrives at either end: rails by road")
            }
            Comes::AsChosen(choice) => {
                let from =
                    choice.open.map_or("from the start".to_owned(), |day| format!("from {day}"));
                let lines = self.study.connections.iter().filter(|line| line.at == choice.station);
                let other: Vec<String> = lines
                    .map(|line| {
                        let state = line.state.words();
                        format!("{} of {} mm is {state}", line.name.en, line.gauge_mm)
                    })
                    .collect();
                let what = if other.is_empty() {
                    "no line is known to arrive: rails by road".to_owned()
                } else {
                    other.join(", ")
                };
                format!("chosen, {from}; {what}")
            }
        }
    }
}

fn rate_words(rate: &WorkRate) -> String {
    let parts: Vec<String> = rate
        .per_day
        .named()
        .map(|(name, amount)| {
            let (what, unit) = name.rsplit_once('_').unwrap_or((name, ""));
            match unit {
                "count" => format!("{amount} {what}s"),
                _ => format!("{amount} {unit} of {what}"),
            }
        })
        .collect();
    let alone = if parts.len() > 1 { ", each alone" } else { "" };
    format!(
        "{} a crew and day{alone}; {} to {} times as long",
        parts.join(", "),
        rate.low_ratio,
        rate.high_ratio
    )
}
