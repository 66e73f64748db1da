//! Breaks of gauge: how many trains a day get over one, and how long each of them takes.

use serde::{Deserialize, Serialize};

use super::line::wrong;
use crate::error::{self, Result};

/// What is done to a train where the gauge changes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", tag = "kind")]
pub enum Handling {
    /// Containers or loads are lifted from train to train.
    Transshipment {
        /// Moves that a train takes.
        moves_count: u32,
        /// Cranes at work on one train.
        cranes: u32,
        /// Moves of one crane an hour.
        moves_per_h: f64,
    },
    /// Wagons are lifted and get other bogies.
    BogieExchange {
        /// Wagons of a train.
        wagons: u32,
        /// Wagons that are lifted at once.
        positions: u32,
        /// How long one lift of so many takes, hours.
        lift_h: f64,
    },
}

/// A station where the gauge changes. No figure is assumed: all are the planner's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GaugeBreak {
    /// Its name.
    pub name: String,
    /// What is done there.
    pub handling: Handling,
    /// Trains that are handled at once.
    pub places: u32,
    /// Shunting, papers and brakes of each train besides, hours; they hold up no other train.
    pub besides_h: f64,
    /// How uneven arrivals are: their coefficient of variation. 1 if trains come at random, 0 if by
    /// the clock.
    pub arrival_variation_ratio: f64,
    /// How uneven the handling is, likewise.
    pub handling_variation_ratio: f64,
}

/// What a break of gauge does to trains.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BreakLoad {
    /// How long one train is handled, hours.
    pub handling_h: f64,
    /// Trains a day that can be handled at most.
    pub most_trains_per_day: f64,
    /// Share of the time in which a place is busy.
    pub busy_share: f64,
    /// Share of the trains that find all places busy, if trains come at random.
    pub wait_probability: f64,
    /// Mean wait for a place, hours.
    pub wait_h: f64,
    /// Trains that wait for a place, in the mean.
    pub waiting_count: f64,
    /// Wait, handling and the rest, in the mean, hours.
    pub dwell_h: f64,
}

/// How long trains take at a break of gauge, so many a day.
///
/// The wait is that of a queue with c places: `(ca^2 + cs^2) / 2` times the wait of M/M/c, whose
/// chance of waiting is Erlang's C formula. That is Allen and Cunneen's approximation (A. O. Allen,
/// "Probability, Statistics, and Queueing Theory", 2nd ed. 1990): exact for random arrivals and
/// exponential handling, and for random arrivals with one place (Pollaczek-Khinchine); for several
/// places and even handling it is within some percent.
///
/// # Errors
/// [`Error::Traffic`](crate::Error::Traffic) if more trains come than can be handled, saying how
/// many places would do; [`Error::OutOfRange`](crate::Error::OutOfRange) for numbers that cannot be.
///
/// # Example
/// ```
/// use railcorridor::operation::traffic::{GaugeBreak, Handling, break_load};
///
/// let gauge_break = GaugeBreak {
///     name: "Turgundi".into(),
///     handling: Handling::Transshipment { moves_count: 60, cranes: 2, moves_per_h: 15.0 },
///     places: 1,
///     besides_h: 1.0,
///     arrival_variation_ratio: 1.0,
///     handling_variation_ratio: 0.0,
/// };
/// // 60 moves by 2 cranes at 15 an hour are 2 h: 12 trains a day at most; 6 keep it half busy.
/// let load = break_load(&gauge_break, 6.0)?;
/// assert_eq!((load.handling_h, load.most_trains_per_day, load.busy_share), (2.0, 12.0, 0.5));
/// // Even handling, one place: 2 h x 0.5 / (2 x (1 - 0.5)) = 1 h of waiting.
/// assert!((load.wait_h - 1.0).abs() < 1e-12);
/// assert!((load.dwell_h - 4.0).abs() < 1e-12);
/// assert!(break_load(&gauge_break, 12.0).is_err());
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn break_load(gauge_break: &GaugeBreak, trains_per_day: f64) -> Result<BreakLoad> {
    let handling_h = check(gauge_break, trains_per_day)?;
    let places = f64::from(gauge_break.places);
    let most_trains_per_day = 24.0 * places / handling_h;
    let busy_places = trains_per_day * handling_h / 24.0;
    if !(busy_places < places) {
        let problem = format!(
            "{trains_per_day} trains a day come, and no more than {most_trains_per_day:.1} can be handled"
        );
        let hint = format!("{:.0} places would do, or faster handling", busy_places.floor() + 1.0);
        return Err(wrong(&gauge_break.name, problem, &hint));
    }
    let wait_probability = wait_probability(gauge_break.places, busy_places);
    let variation =
        gauge_break.arrival_variation_ratio.powi(2) + gauge_break.handling_variation_ratio.powi(2);
    let wait_h = variation / 2.0 * wait_probability * handling_h / (places - busy_places);
    Ok(BreakLoad {
        handling_h,
        most_trains_per_day,
        busy_share: busy_places / places,
        wait_probability,
        wait_h,
        waiting_count: trains_per_day / 24.0 * wait_h,
        dwell_h: wait_h + handling_h + gauge_break.besides_h,
    })
}

/// Erlang's C: the chance of waiting, from his B by the recursion `B(c) = a B(c-1) / (c + a B(c-1))`.
fn wait_probability(places: u32, busy_places: f64) -> f64 {
    let blocked = (1..=places).fold(1.0, |blocked: f64, place| {
        busy_places * blocked / (f64::from(place) + busy_places * blocked)
    });
    let busy_share = busy_places / f64::from(places);
    blocked / (1.0 - busy_share * (1.0 - blocked))
}

/// How long a train is handled, hours, once all numbers can be.
fn check(gauge_break: &GaugeBreak, trains_per_day: f64) -> Result<f64> {
    let of = |what: &str| format!("{what} of the break of gauge at {}", gauge_break.name);
    let within = |what: &str, value: f64, range: (f64, f64), hint: &str| {
        error::within(|| of(what), value, range, hint)
    };
    within("places", f64::from(gauge_break.places), (1.0, 1e4), "one train at least")?;
    within("trains_per_day", trains_per_day, (0.0, 1e5), "give trains a day")?;
    within("besides_h", gauge_break.besides_h, (0.0, 1e4), "give it in hours")?;
    for (what, value) in [
        ("arrival_variation_ratio", gauge_break.arrival_variation_ratio),
        ("handling_variation_ratio", gauge_break.handling_variation_ratio),
    ] {
        within(what, value, (0.0, 10.0), "0 is by the clock, 1 at random")?;
    }
    let counts = (1.0, 1e5);
    match gauge_break.handling {
        Handling::Transshipment { moves_count, cranes, moves_per_h } => {
            within("moves_count", f64::from(moves_count), counts, "a train takes moves")?;
            within("cranes", f64::from(cranes), counts, "one at least")?;
            within("moves_per_h", moves_per_h, (1e-3, 1e5), "moves of one crane an hour")?;
            Ok(f64::from(moves_count) / (f64::from(cranes) * moves_per_h))
        }
        Handling::BogieExchange { wagons, positions, lift_h } => {
            within("wagons", f64::from(wagons), counts, "a train has wagons")?;
            within("positions", f64::from(positions), counts, "one at least")?;
            within("lift_h", lift_h, (1e-3, 1e4), "give it in hours")?;
            Ok(f64::from(wagons.div_ceil(positions)) * lift_h)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chance_of_waiting_is_that_of_sums() {
        // a^c / c! / (1 - rho) over that and the sum of a^k / k! below c.
        for (places, busy_places) in [(1, 0.5), (2, 1.5), (5, 4.0), (12, 3.0)] {
            let term = |k: u32| (1..=k).fold(1.0, |t, i| t * busy_places / f64::from(i));
            let top = term(places) / (1.0 - busy_places / f64::from(places));
            let exact = top / (top + (0..places).map(term).sum::<f64>());
            assert!((wait_probability(places, busy_places) - exact).abs() < 1e-14);
        }
    }

    #[test]
    fn bogies_are_changed_in_whole_lifts_and_bad_numbers_refused() {
        let handling = Handling::BogieExchange { wagons: 50, positions: 12, lift_h: 0.8 };
        let gauge_break = GaugeBreak {
            name: "b".into(),
            handling,
            places: 2,
            besides_h: 0.0,
            arrival_variation_ratio: 0.0,
            handling_variation_ratio: 0.0,
        };
        let load = break_load(&gauge_break, 10.0).unwrap();
        assert!((load.handling_h - 4.0).abs() < 1e-12);
        assert_eq!((load.wait_h, load.waiting_count), (0.0, 0.0));
        let full = break_load(&gauge_break, 12.0).unwrap_err().to_string();
        assert!(full.contains("3 places would do"), "{full}");
        assert!(break_load(&gauge_break, f64::NAN).is_err());
        assert!(break_load(&GaugeBreak { places: 0, ..gauge_break.clone() }, 1.0).is_err());
        let still = Handling::BogieExchange { wagons: 50, positions: 0, lift_h: 0.8 };
        assert!(break_load(&GaugeBreak { handling: still, ..gauge_break }, 1.0).is_err());
    }
}
