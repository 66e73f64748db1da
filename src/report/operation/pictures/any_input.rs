//! Pictures of anything: whatever is asked for, they hold together.

use chance::arbitrary::{Result, Unstructured};

use super::drawn::drawn;
use super::made_up::train;
use super::{effort_picture, load_picture, occupation_picture, speed_picture, train_graph_picture};
use crate::operation::traffic::{
    Scheme, SectionCapacity, SectionRun, StringLine, StringLines, StringPoint, StringStation,
    TrackLine, TrackStation,
};
use crate::operation::{LoadRow, Regime, Run, RunLine, RunPoint, RunSegment, Train};
use crate::schedule::Direction;

/// Names of people who write in many scripts, or wish pictures ill.
fn name(u: &mut Unstructured<'_>) -> Result<String> {
    let parts = ["Herat", "هرات", "<b>", "&amp;", "\"", "ヘラート", "\u{7}", "W", " ", "i", "]]>"];
    let count = u.int_in_range(0..=12)?;
    (0..count).map(|_| u.choose(&parts).copied()).collect()
}

/// A number, or none.
fn number(u: &mut Unstructured<'_>) -> Result<f64> {
    let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0, -5.0, 1e-300, 1e300, -1e300];
    if u.ratio(1, 4)? { u.choose(&odd).copied() } else { plain(u, 0.0, 1e5) }
}

fn plain(u: &mut Unstructured<'_>, low: f64, high: f64) -> Result<f64> {
    Ok(low + (high - low) * f64::from(u.arbitrary::<u16>()?) / 65_535.0)
}

fn several<'a, T>(
    u: &mut Unstructured<'a>,
    most: usize,
    mut of: impl FnMut(&mut Unstructured<'a>) -> Result<T>,
) -> Result<Vec<T>> {
    let count = u.int_in_range(0..=most)?;
    (0..count).map(|_| of(u)).collect()
}

fn direction(u: &mut Unstructured<'_>) -> Result<Direction> {
    u.choose(&[Direction::Increasing, Direction::Decreasing]).copied()
}

fn line(u: &mut Unstructured<'_>) -> Result<RunLine> {
    let mut at_m = plain(u, -1e5, 1e5)?;
    let mut segments = Vec::new();
    for _ in 0..u.int_in_range(1..=60)? {
        segments.push(RunSegment {
            start_m: at_m,
            gradient_permille: plain(u, -300.0, 300.0)?,
            curve_permille: plain(u, 0.0, 100.0)?,
            speed_limit_mps: plain(u, 0.1, 900.0)?,
        });
        at_m += plain(u, 0.01, 9e3)?;
    }
    Ok(RunLine::new(segments, at_m).unwrap())
}

fn run(u: &mut Unstructured<'_>) -> Result<Run> {
    let regimes =
        [Regime::Pulling, Regime::Holding, Regime::Braking, Regime::Coasting, Regime::Standing];
    let points = several(u, 60, |u| {
        Ok(RunPoint {
            distance_m: number(u)?,
            speed_mps: number(u)? / 2e3,
            time_s: number(u)?,
            traction_j: number(u)?,
            regime: *u.choose(&regimes)?,
        })
    })?;
    Ok(Run {
        running_s: plain(u, 0.0, 1e6)?,
        dwell_s: plain(u, 0.0, 1e5)?,
        traction_j: plain(u, 0.0, 1e13)?,
        braking_j: 0.0,
        rolling_j: 0.0,
        gradient_j: 0.0,
        kinetic_j: 0.0,
        length_m: plain(u, 0.0, 1e6)?,
        mass_kg: 3e6,
        steps: 0,
        points,
    })
}

#[test]
fn speeds() {
    chance::property(|u| {
        let (there, back) = (line(u)?, line(u)?);
        let (one, other) = (run(u)?, run(u)?);
        let stations_m = several(u, 40, |u| Ok((name(u)?, number(u)?)))?;
        let back = u.arbitrary::<bool>()?.then_some((&back, &other));
        drawn(&speed_picture(&name(u)?, &name(u)?, (&there, &one), back, &stations_m));
        Ok(())
    });
}

#[test]
fn train_graphs() {
    chance::property(|u| {
        let mut point = |u: &mut Unstructured<'_>| {
            Ok(StringPoint { at_s: u.arbitrary::<u32>()?.into(), chainage_m: number(u)? })
        };
        let lines = StringLines {
            stations: several(u, 40, |u| {
                Ok(StringStation { name: name(u)?, chainage_m: number(u)? })
            })?,
            trains: several(u, 20, |u| {
                Ok(StringLine {
                    train: name(u)?,
                    class: name(u)?,
                    direction: direction(u)?,
                    points: several(u, 20, &mut point)?,
                })
            })?,
        };
        let from_s = u64::from(u.arbitrary::<u32>()?);
        let window_s = (from_s, from_s.saturating_add(u.int_in_range(0..=900_000)?));
        drawn(&train_graph_picture(&name(u)?, &name(u)?, &lines, window_s));
        Ok(())
    });
}

#[test]
fn efforts() {
    let known = ["te33a-gondola", "2te25km-gondola"].map(train);
    chance::property(|u| {
        let trains = several(u, 7, |u| {
            Ok(Train {
                mass_kg: number(u)? * 100.0,
                speed_max_mps: number(u)? / 2e3,
                resistance_n: [number(u)?, number(u)?, number(u)?],
                ..u.choose(&known)?.clone()
            })
        })?;
        let mut named: Vec<(String, &Train)> = Vec::new();
        for train in &trains {
            named.push((name(u)?, train));
        }
        let gradients_permille = several(u, 30, |u| Ok(number(u)? / 3e3))?;
        drawn(&effort_picture(&name(u)?, &name(u)?, &named, &gradients_permille));
        Ok(())
    });
}

#[test]
fn loads() {
    chance::property(|u| {
        let rows = several(u, 40, |u| {
            Ok(LoadRow {
                ruling_permille: number(u)? / 3e3,
                locomotives: name(u)?,
                wagon: name(u)?,
                load_t: number(u)?,
                is_limited_by_start: false,
                wagons: u.int_in_range(0..=200)?,
                net_t: 0.0,
                length_m: plain(u, 0.0, 3e3)?,
                wagons_in_loop: u.int_in_range(0..=100)?,
            })
        })?;
        drawn(&load_picture(&name(u)?, &name(u)?, &rows, number(u)?));
        Ok(())
    });
}

#[test]
fn occupations() {
    chance::property(|u| {
        let mut stations = Vec::new();
        let mut chainage_m = plain(u, -1e6, 1e6)?;
        for number in 0..u.int_in_range(2..=40)? {
            let name = format!("{}{number}", name(u)?);
            stations.push(TrackStation { name, chainage_m, ..TrackStation::default() });
            chainage_m += plain(u, 0.1, 3e4)?;
        }
        let line = TrackLine::new(stations).unwrap();
        let sections = several(u, 45, |u| {
            Ok(SectionCapacity {
                name: name(u)?,
                low: u.int_in_range(0..=45)?,
                high: u.int_in_range(0..=45)?,
                run: SectionRun::default(),
                scheme: Scheme::default(),
                period_s: u.arbitrary()?,
                shortest_period_s: 0,
                pairs_per_day: number(u)?,
            })
        })?;
        drawn(&occupation_picture(&name(u)?, &name(u)?, &line, &sections, number(u)?));
        Ok(())
    });
}
