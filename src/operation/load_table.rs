//! Loads by gradient, locomotive and wagon, with the length of the train beside that of the loops.

use serde::Serialize;

use super::{GRAVITY_MPS2, Hold, Pulling, PullingCase, Run, RunLine, RunOptions, Train, run};
use crate::error::{Error, Result};
use crate::model::{LocomotiveGroup, Rails, RollingStock, TrainSet, Wagon};

/// What a loop must leave free beside a train.
pub const LOOP_MARGIN_M: f64 = 50.0;

/// A train on a ruling gradient.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LoadRow {
    /// The ruling gradient, curves included.
    pub ruling_permille: f64,
    /// Ids of the locomotives, with their numbers: `2 x te33a`.
    pub locomotives: String,
    /// Id of the wagon.
    pub wagon: String,
    /// What they pull, rounded down to 50 t.
    pub load_t: f64,
    /// Whether starting allows less than pulling.
    pub is_limited_by_start: bool,
    /// Loaded wagons of that load.
    pub wagons: u32,
    /// The load that those carry.
    pub net_t: f64,
    /// The train, locomotives included.
    pub length_m: f64,
    /// Wagons that fit beside the locomotives into the loops.
    pub wagons_in_loop: u32,
}

impl LoadRow {
    /// Whether the train fits into the loops.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.wagons <= self.wagons_in_loop
    }

    /// Wagons of a train that both pull and loops allow.
    #[must_use]
    pub fn most_wagons(&self) -> u32 {
        self.wagons.min(self.wagons_in_loop)
    }
}

/// A row for each gradient, each choice of locomotives and each loaded wagon; where a hold is given,
/// pulls are no stronger than wheels hold by it.
///
/// # Errors
/// [`Error::Unknown`] if there is no such locomotive or wagon, [`Error::OutOfRange`] if a gradient
/// is none.
///
/// ```
/// use railcorridor::model::{LocomotiveGroup, Rails, RollingStock};
/// use railcorridor::operation::load_table;
///
/// let choice = [vec![LocomotiveGroup { id: "2te25km".into(), count: 1 }]];
/// let stock = RollingStock::builtin();
/// let rows = load_table(stock, &choice, &["gondola"], &[9.0, 18.0], Rails::Jointed, 850.0, None)?;
/// let [nine, eighteen] = [&rows[0], &rows[1]];
/// assert_eq!((nine.load_t, nine.wagons), (6250.0, 66)); // of 94 t each
/// // 800 m less 40 m of locomotive hold 54 wagons of 13.92 m: here loops rule, there the gradient.
/// assert_eq!((nine.wagons_in_loop, nine.most_wagons(), eighteen.most_wagons()), (54, 54, 33));
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn load_table(
    stock: &RollingStock,
    locomotives: &[Vec<LocomotiveGroup>],
    wagons: &[&str],
    gradients_permille: &[f64],
    rails: Rails,
    loop_m: f64,
    hold: Option<&Hold>,
) -> Result<Vec<LoadRow>> {
    let mut rows = Vec::new();
    for &ruling_permille in gradients_permille {
        for groups in locomotives {
            for id in wagons {
                let wagon = stock.wagon(id)?;
                let pulling = Pulling::limited(stock, groups, hold)?;
                let lengths = (rails, loop_m);
                rows.push(row(stock, (groups, pulling), wagon, ruling_permille, lengths)?);
            }
        }
    }
    Ok(rows)
}

fn row(
    stock: &RollingStock,
    (groups, pulling): (&[LocomotiveGroup], Pulling),
    wagon: &Wagon,
    ruling_permille: f64,
    (rails, loop_m): (Rails, f64),
) -> Result<LoadRow> {
    let gross_t = wagon.tare_t.value + wagon.payload_t.value;
    let axle_t = gross_t / f64::from(wagon.axles.max(1));
    let case = PullingCase {
        stock,
        rails,
        axle_t,
        wagon_law: wagon.own_law(rails),
        gravity_mps2: GRAVITY_MPS2,
    };
    let load = case.load(pulling, ruling_permille)?;
    let own_m = locomotives_m(stock, groups)?;
    let words = groups.iter().filter(|group| group.count > 0).map(|group| match group.count {
        1 => group.id.clone(),
        count => format!("{count} x {}", group.id),
    });
    let words: Vec<String> = words.collect();
    let wagons = whole(load.load_t() / gross_t);
    Ok(LoadRow {
        ruling_permille,
        locomotives: words.join(" + "),
        wagon: wagon.id.clone(),
        load_t: load.load_t(),
        is_limited_by_start: load.is_limited_by_start(),
        wagons,
        net_t: f64::from(wagons) * wagon.payload_t.value,
        length_m: own_m + f64::from(wagons) * wagon.length_m.value,
        wagons_in_loop: wagons_in_loop(loop_m, own_m, wagon.length_m.value),
    })
}

/// All locomotives of a train, end to end.
pub(super) fn locomotives_m(stock: &RollingStock, groups: &[LocomotiveGroup]) -> Result<f64> {
    let lengths_m = groups
        .iter()
        .map(|group| Ok(f64::from(group.count) * stock.locomotive(&group.id)?.length_m.value));
    lengths_m.sum()
}

/// Wagons of a length that a loop holds beside what else the train is made of.
pub(super) fn wagons_in_loop(loop_m: f64, beside_m: f64, wagon_m: f64) -> u32 {
    whole((loop_m - LOOP_MARGIN_M - beside_m) / wagon_m)
}

/// A whole number far below those of a u32, and none below 0.
fn whole(value: f64) -> u32 {
    value.clamp(0.0, 1e6).floor() as u32
}

/// The longest train of a kind that gets over a line, momentum included, by running it: so many
/// wagons of its first group, with its run; nothing if not even its locomotives do.
///
/// # Errors
/// As [`run`], but for stalls.
pub fn most_wagons_by_running(
    line: &RunLine,
    stock: &RollingStock,
    set: &TrainSet,
    rails: Rails,
    options: &RunOptions,
    most: u32,
) -> Result<Option<(u32, Run)>> {
    let with = |count: u32| {
        let mut set = set.clone();
        if let Some(group) = set.wagons.first_mut() {
            group.count = count;
        }
        match run(line, &Train::of_set(stock, &set, rails)?, options) {
            Ok(run) => Ok(Some(run)),
            Err(Error::Stalled(_)) => Ok(None),
            Err(error) => Err(error),
        }
    };
    let Some(mut best) = with(0)? else { return Ok(None) };
    if let Some(run) = with(most)? {
        return Ok(Some((most, run)));
    }
    let (mut passes, mut stalls) = (0, most);
    while stalls - passes > 1 {
        let middle = passes + (stalls - passes) / 2;
        match with(middle)? {
            Some(run) => (passes, best) = (middle, run),
            None => stalls = middle,
        }
    }
    Ok(Some((passes, best)))
}
