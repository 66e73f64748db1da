//! How much of everything a laid line takes, by place.

use super::lay::{Laid, Site};
use super::{Earth, HaulRates, MassHaul, Structure, Works, mass_haul};
use crate::error::Result;
use crate::model::{CostItem, UnitCosts};
use crate::terrain::TerrainClass;

/// What a line takes.
pub(super) struct Amounts {
    pub earth: Earth,
    /// From each station to the next.
    pub earth_by_step: Vec<Earth>,
    pub haul: MassHaul,
    /// Item, from, to, amount.
    pub rows: Vec<(CostItem, f64, f64, f64)>,
}

/// Earth of an interval between two stations.
struct Dug {
    earth: Earth,
    /// Of the cut.
    rock_m3: f64,
    land_m2: f64,
}

/// All amounts of a line with its levels, ways and structures.
pub(super) fn amounts(
    site: &Site<'_>,
    laid: &Laid,
    (levels_m, works, structures): (&[f64], &[Works], &[Structure]),
) -> Result<Amounts> {
    let costs = &site.options.costs;
    let (mut earth, mut earth_by_step) = (Earth::default(), Vec::new());
    let (mut rock_m3, mut land_m2) = (0.0, 0.0);
    let mut spare_m3 = Vec::new();
    let mut middles_m = Vec::new();
    for (station, pair) in laid.distances_m.windows(2).enumerate() {
        let [from_m, to_m] = pair else { continue };
        let dug = dug(site, laid, levels_m, works, station, to_m - from_m);
        earth += dug.earth;
        earth_by_step.push(dug.earth);
        rock_m3 += dug.rock_m3;
        land_m2 += dug.land_m2;
        spare_m3.push(dug.earth.cut_m3 * costs.ground.fill_of_cut_ratio - dug.earth.fill_m3);
        middles_m.push(0.5 * (from_m + to_m));
    }
    let apart_m: Vec<f64> = middles_m
        .windows(2)
        .map(|pair| match pair {
            [a, b] => b - a,
            _ => 0.0,
        })
        .collect();
    let haul = mass_haul(&apart_m, &spare_m3, haul_rates(costs))?;
    let end_m = laid.plan.length_m();
    let whole = |item, amount| (item, 0.0, end_m, amount);
    let mut rows = vec![
        whole(CostItem::Land, land_m2),
        whole(CostItem::CutSoil, earth.cut_m3 - rock_m3),
        whole(CostItem::CutRock, rock_m3),
        whole(CostItem::Fill, earth.fill_m3),
        whole(CostItem::Borrow, haul.borrow_m3()),
        whole(CostItem::Waste, haul.waste_m3()),
        whole(CostItem::Haul, haul.haul_m3_m / 1000.0),
    ];
    rows.extend(structure_rows(laid, costs, levels_m, structures));
    rows.extend(line_rows(site, laid, structures));
    Ok(Amounts { earth, earth_by_step, haul, rows })
}

/// Rates of haul as the bill has them.
pub(super) fn haul_rates(costs: &UnitCosts) -> HaulRates {
    HaulRates {
        haul_usd_per_m3_m: costs.rate(CostItem::Haul) / 1000.0,
        borrow_usd_per_m3: costs.rate(CostItem::Borrow),
        waste_usd_per_m3: costs.rate(CostItem::Waste),
    }
}

/// What is dug between a station and the next; structures and kinds of ground end midway.
fn dug(
    site: &Site<'_>,
    laid: &Laid,
    levels_m: &[f64],
    works: &[Works],
    station: usize,
    length_m: f64,
) -> Dug {
    let above_m = |station: usize| {
        let (level, ground) = (levels_m.get(station), laid.ground_m.get(station));
        level.zip(ground).map_or(0.0, |(level_m, ground_m)| level_m - ground_m)
    };
    let (h0, h1) = (above_m(station), above_m(station + 1));
    let middle = 0.5 * (h0 + h1);
    let half_m = 0.5 * length_m;
    let mut dug = Dug { earth: Earth::default(), rock_m3: 0.0, land_m2: 0.0 };
    for (station, from, to) in [(station, h0, middle), (station + 1, middle, h1)] {
        let class = laid.classes.get(station).copied().unwrap_or(TerrainClass::Flat);
        let cost = site.way(class);
        let section = &cost.section;
        let width_m = match works.get(station).copied().unwrap_or(Works::Earthworks) {
            Works::Earthworks => {
                let earth = section.earth(half_m, from, to);
                let rock_ratio = site.options.costs.ground.rock_ratio.get(class as usize).copied();
                dug.rock_m3 += earth.cut_m3 * rock_ratio.unwrap_or_default();
                dug.earth += earth;
                section.land_width_m(0.5 * (from + to)) + cost.margin_m
            }
            Works::Bridge => section.formation_width_m + cost.margin_m,
            Works::Tunnel => 0.0,
        };
        dug.land_m2 += half_m * width_m;
    }
    dug
}

/// Bridges over valleys and streams, and tunnels, each by itself.
fn structure_rows(
    laid: &Laid,
    costs: &UnitCosts,
    levels_m: &[f64],
    structures: &[Structure],
) -> Vec<(CostItem, f64, f64, f64)> {
    let mut rows = Vec::new();
    let height_m = |at_m: f64| laid.level_m(levels_m, at_m) - laid.level_m(&laid.ground_m, at_m);
    for structure in structures {
        let (from_m, to_m) = (structure.from_m, structure.to_m);
        match structure.works {
            Works::Tunnel => rows.push((CostItem::Tunnel, from_m, to_m, to_m - from_m)),
            Works::Bridge => {
                rows.push((CostItem::Bridge, from_m, to_m, to_m - from_m));
                let side_m2 = side_m2(laid, &height_m, from_m, to_m);
                rows.push((CostItem::BridgeHeight, from_m, to_m, side_m2));
            }
            Works::Earthworks => {}
        }
    }
    for crossing in &laid.crossings {
        let at_m = crossing.distance_m;
        if structures.iter().any(|carrier| (carrier.from_m..=carrier.to_m).contains(&at_m)) {
            continue;
        }
        let length_m = crossing.bed_m.max(costs.ground.least_bridge_m);
        let (from_m, to_m) = (at_m - 0.5 * length_m, at_m + 0.5 * length_m);
        rows.push((CostItem::Bridge, from_m, to_m, length_m));
        rows.push((CostItem::BridgeHeight, from_m, to_m, length_m * height_m(at_m).max(0.0)));
    }
    rows
}

/// Area between a bridge and the ground below it.
fn side_m2(laid: &Laid, height_m: &dyn Fn(f64) -> f64, from_m: f64, to_m: f64) -> f64 {
    let first = laid.distances_m.partition_point(|at_m| *at_m < from_m);
    let last = laid.distances_m.partition_point(|at_m| *at_m <= to_m);
    let inner = laid.distances_m.get(first..last).unwrap_or_default();
    let places: Vec<f64> =
        std::iter::once(from_m).chain(inner.iter().copied()).chain([to_m]).collect();
    let pairs = places.iter().zip(places.iter().skip(1));
    let area =
        |(a, b): (&f64, &f64)| 0.5 * (height_m(*a).max(0.0) + height_m(*b).max(0.0)) * (b - a);
    pairs.map(area).sum()
}

/// What goes with the length of the line.
fn line_rows(
    site: &Site<'_>,
    laid: &Laid,
    structures: &[Structure],
) -> Vec<(CostItem, f64, f64, f64)> {
    let options = site.options;
    let end_m = laid.plan.length_m();
    let in_tunnels_m: f64 = structures
        .iter()
        .filter(|structure| structure.works == Works::Tunnel)
        .map(|structure| structure.to_m - structure.from_m)
        .sum();
    let carried_m: f64 = structures.iter().map(|structure| structure.to_m - structure.from_m).sum();
    #[expect(clippy::cast_precision_loss, reason = "a small count")]
    let loops = laid.loops_m.len() as f64;
    // The stations at the ends count half: another segment goes on there.
    let stations = loops + 1.0;
    let km = |length_m: f64| length_m / 1000.0;
    let whole = |item, amount| (item, 0.0, end_m, amount);
    vec![
        whole(CostItem::Clearance, km(end_m - in_tunnels_m)),
        whole(CostItem::Culvert, options.costs.ground.culverts_per_km * km(end_m - carried_m)),
        whole(CostItem::Track, km(end_m + stations * options.station_length_m)),
        whole(CostItem::Turnout, options.turnout_count * stations),
        whole(CostItem::Station, stations),
        whole(CostItem::BreakOfGauge, options.gauge_break_count),
        whole(CostItem::Signalling, km(end_m)),
        whole(CostItem::Power, km(end_m)),
    ]
}
