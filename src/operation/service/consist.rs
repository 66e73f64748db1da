//! How long a train a line lets through.

use super::ServiceChoice;
use crate::error::Result;
use crate::operation::load_table::{locomotives_m, wagons_in_loop};
use crate::operation::{
    GRAVITY_MPS2, PullingCase, RunLine, TrailingLoad, Train, rulings_by_radius_permille,
};

/// No train is longer, whatever its loops.
pub(super) const MOST_WAGONS: u32 = 400;

/// What keeps a train from being longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LoadLimit {
    /// Somebody chose its length.
    Chosen,
    /// The loops.
    Loop,
    /// The gradients on the way there.
    There,
    /// The gradients on the way back.
    Back,
}

/// A train of a length, and what its locomotives pull where it is hardest for it.
pub(super) struct Consist {
    pub(super) train: Train,
    pub(super) ruling_permille: f64,
    pub(super) load: TrailingLoad,
    /// Wagons and what is in them.
    pub(super) gross_t: f64,
    /// What is in them.
    pub(super) net_t: f64,
    axle_t: f64,
}

impl Consist {
    pub(super) fn new(
        choice: &ServiceChoice<'_>,
        line: &RunLine,
        wagons: u32,
        load_ratio: f64,
    ) -> Result<Self> {
        let set = choice.train_set(wagons, load_ratio);
        let train = choice.train(&set)?;
        let (mut gross_t, mut net_t, mut axles) = (0.0, 0.0, 0.0);
        for group in &set.wagons {
            let wagon = choice.stock.wagon(&group.id)?;
            let count = f64::from(group.count);
            net_t += count * load_ratio * wagon.payload_t.value;
            gross_t += count * (wagon.tare_t.value + load_ratio * wagon.payload_t.value);
            axles += count * f64::from(wagon.axles.max(1));
        }
        let rulings = rulings_by_radius_permille(line, &train, line.start_m(), line.end_m())?;
        // A locomotive alone has no wagon to roll.
        let empty_t = choice.stock.resistance.empty_axle_t.value;
        let axle_t = if gross_t > 0.0 { gross_t / axles } else { empty_t };
        let load = hardest_load(choice, &case(choice, axle_t)?, &rulings, 1)?;
        let ruling_permille = steepest(&rulings);
        Ok(Self { train, ruling_permille, load, gross_t, net_t, axle_t })
    }

    /// How its wagons roll.
    pub(super) fn case<'a>(&self, choice: &ServiceChoice<'a>) -> Result<PullingCase<'a>> {
        case(choice, self.axle_t)
    }

    /// Whether its locomotives pull it wherever it may stand.
    fn passes(&self) -> bool {
        self.gross_t <= self.load.by_pull_t.min(self.load.by_start_t)
    }
}

/// The steepest of all, whatever the curve.
pub(super) fn steepest(rulings: &[(f64, f64)]) -> f64 {
    rulings.iter().map(|(_, permille)| *permille).fold(f64::NEG_INFINITY, f64::max)
}

/// What so many times the locomotives pull where it is hardest: by radius and ruling gradient.
/// Downhill, and on the level, they pull what they pull on the level.
pub(super) fn hardest_load(
    choice: &ServiceChoice<'_>,
    case: &PullingCase<'_>,
    rulings: &[(f64, f64)],
    times: u32,
) -> Result<TrailingLoad> {
    let mut hardest: Option<TrailingLoad> = None;
    for (radius_m, permille) in rulings {
        let own = choice.pulling(*radius_m)?;
        let pulling = (1..times).fold(own, |sum, _| sum.with(own));
        let load = case.load(pulling, permille.max(0.0))?;
        let least_t = |load: &TrailingLoad| load.by_pull_t.min(load.by_start_t);
        if hardest.is_none_or(|hardest| least_t(&load) < least_t(&hardest)) {
            hardest = Some(load);
        }
    }
    // A line has a place, and a section one of it.
    hardest.map_or_else(|| case.load(choice.pulling(f64::INFINITY)?, 0.0), Ok)
}

/// Wagons of several kinds roll as those of the first kind do.
fn case<'a>(choice: &ServiceChoice<'a>, axle_t: f64) -> Result<PullingCase<'a>> {
    let (stock, rails) = (choice.stock, choice.rails);
    let first = choice.set.wagons.first().map(|group| stock.wagon(&group.id)).transpose()?;
    let wagon_law = first.and_then(|wagon| wagon.own_law(rails));
    Ok(PullingCase { stock, rails, axle_t, wagon_law, gravity_mps2: GRAVITY_MPS2 })
}

/// Wagons that fit into the loops beside locomotives and other wagons.
pub(super) fn most_in_loop(choice: &ServiceChoice<'_>) -> Result<u32> {
    let Some((first, others)) = choice.set.wagons.split_first() else { return Ok(0) };
    let mut beside_m = locomotives_m(choice.stock, &choice.set.locomotives)?;
    for group in others {
        beside_m += f64::from(group.count) * choice.stock.wagon(&group.id)?.length_m.value;
    }
    let wagon_m = choice.stock.wagon(&first.id)?.length_m.value;
    Ok(wagons_in_loop(choice.loop_m, beside_m, wagon_m).min(MOST_WAGONS))
}

/// The most wagons that loops and gradients of both ways allow, and what allows no more.
///
/// A train is let through if its locomotives keep it going at their continuous speed, and start it,
/// on the steepest mean of gradient and curves that it can have under it: the ruling gradient of a
/// longer train is no steeper, so lengths are tried from the longest down.
pub(super) fn most_wagons(
    choice: &ServiceChoice<'_>,
    lines: [&RunLine; 2],
) -> Result<(u32, LoadLimit)> {
    // A train that is made of locomotives alone has as many wagons as it should.
    let chosen = choice.wagons.or(choice.set.wagons.is_empty().then_some(0));
    if let Some(wagons) = chosen {
        return Ok((wagons, LoadLimit::Chosen));
    }
    let mut limit = LoadLimit::Loop;
    let mut wagons = most_in_loop(choice)?;
    let ways = [LoadLimit::There, LoadLimit::Back];
    for ((line, ratio), way) in lines.into_iter().zip(choice.load_ratio).zip(ways) {
        let passing = most_passing(choice, line, wagons, ratio)?;
        if passing < wagons {
            (wagons, limit) = (passing, way);
        }
    }
    Ok((wagons, limit))
}

/// The most wagons, up to a number, that locomotives keep going and start along a line.
pub(super) fn most_passing(
    choice: &ServiceChoice<'_>,
    line: &RunLine,
    mut wagons: u32,
    load_ratio: f64,
) -> Result<u32> {
    while wagons > 0 && !Consist::new(choice, line, wagons, load_ratio)?.passes() {
        wagons -= 1;
    }
    Ok(wagons)
}
