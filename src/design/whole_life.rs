//! What running trains costs over the life of a line, beside what building it costs.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::RiseCost;
use crate::error::{Error, Result, within};
use crate::model::{GRAVITY_MPS2, RollingStock, Sourced};

/// What trains burn and take, and how the years are reckoned.
///
/// ```
/// use railcorridor::design::OperatingRates;
///
/// let rates = OperatingRates::builtin()?;
/// assert_eq!((rates.discount_percent.value, rates.life_years.value), (8.0, 30.0));
/// assert!(rates.named().all(|(_, value)| !value.source.is_empty()));
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperatingRates {
    /// Mass of all trains a year, each way, millions of tonnes, where no other is given.
    pub traffic_mt_per_year: Sourced,
    /// Mass of a train.
    pub train_t: Sourced,
    /// Mass of a wagon with its load.
    pub wagon_t: Sourced,
    /// Mass on an axle of a wagon.
    pub axle_t: Sourced,
    /// The speed at which resistance is taken.
    pub rolling_kmh: Sourced,
    /// The speed from end to end, stops included.
    pub run_kmh: Sourced,
    /// Price of fuel.
    pub fuel_usd_per_litre: Sourced,
    /// Heat in a litre of fuel.
    pub heating_mj_per_litre: Sourced,
    /// Work at the wheels as a share of that heat.
    pub efficiency_ratio: Sourced,
    /// An hour of a train's crew.
    pub crew_usd_per_h: Sourced,
    /// An hour of a train's locomotives.
    pub locomotive_usd_per_h: Sourced,
    /// An hour of a wagon.
    pub wagon_usd_per_h: Sourced,
    /// A kilometre of line, a year.
    pub upkeep_usd_per_km_year: Sourced,
    /// What a year takes off the worth of money, percent.
    pub discount_percent: Sourced,
    /// The years that count.
    pub life_years: Sourced,
}

impl OperatingRates {
    /// Those of `data/rates/whole_life.toml`.
    ///
    /// # Errors
    /// None: a test reads the file.
    pub fn builtin() -> Result<Self> {
        static RATES: LazyLock<Option<OperatingRates>> =
            LazyLock::new(|| toml::from_str(include_str!("../../data/rates/whole_life.toml")).ok());
        RATES.clone().ok_or_else(|| Error::Unknown {
            what: "file of rates",
            name: "data/rates/whole_life.toml".to_owned(),
            hint: "build the crate with the file as it came".to_owned(),
        })
    }

    /// All of them by their keys.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &Sourced)> {
        [
            ("traffic_mt_per_year", &self.traffic_mt_per_year),
            ("train_t", &self.train_t),
            ("wagon_t", &self.wagon_t),
            ("axle_t", &self.axle_t),
            ("rolling_kmh", &self.rolling_kmh),
            ("run_kmh", &self.run_kmh),
            ("fuel_usd_per_litre", &self.fuel_usd_per_litre),
            ("heating_mj_per_litre", &self.heating_mj_per_litre),
            ("efficiency_ratio", &self.efficiency_ratio),
            ("crew_usd_per_h", &self.crew_usd_per_h),
            ("locomotive_usd_per_h", &self.locomotive_usd_per_h),
            ("wagon_usd_per_h", &self.wagon_usd_per_h),
            ("upkeep_usd_per_km_year", &self.upkeep_usd_per_km_year),
            ("discount_percent", &self.discount_percent),
            ("life_years", &self.life_years),
        ]
        .into_iter()
    }

    fn check(&self) -> Result<()> {
        for (name, sourced) in self.named() {
            let range = match name {
                "traffic_mt_per_year" | "discount_percent" => (0.0, 1e3),
                "efficiency_ratio" => (0.01, 1.0),
                "life_years" => (0.0, 200.0),
                name if name.contains("usd") => (0.0, 1e7),
                _ => (0.1, 1e6),
            };
            let hint = "see data/rates/whole_life.toml";
            within(|| name.to_owned(), sourced.value, range, hint)?;
        }
        Ok(())
    }
}

/// What a dollar a year is worth today over some years: `(1 - (1 + i)^-n) / i`, the years
/// themselves if nothing is taken off.
///
/// ```
/// use railcorridor::design::present_value_years;
///
/// // 1/1.1 + 1/1.21 = 0.9091 + 0.8264 for two years at ten percent.
/// assert!((present_value_years(10.0, 2.0) - 1.735_537).abs() < 1e-6);
/// assert_eq!(present_value_years(0.0, 30.0), 30.0);
/// ```
#[must_use]
pub fn present_value_years(discount_percent: f64, life_years: f64) -> f64 {
    let rate = discount_percent / 100.0;
    if rate == 0.0 { life_years } else { (1.0 - (1.0 + rate).powf(-life_years)) / rate }
}

/// The whole-life view: how much running trains counts beside building.
#[derive(Debug, Clone, PartialEq)]
pub struct WholeLife {
    /// A dollar of operation counts as so many of construction where the line is chosen: 0 to build
    /// as cheaply as can be, 1 to pay least over the years.
    pub weight_ratio: f64,
    /// Mass of all trains a year, each way, millions of tonnes.
    pub traffic_mt_per_year: f64,
    /// What trains burn and take.
    pub rates: OperatingRates,
}

impl WholeLife {
    /// With the built-in rates and their traffic.
    ///
    /// # Errors
    /// Those of [`OperatingRates::builtin`].
    pub fn of_weight(weight_ratio: f64) -> Result<Self> {
        let rates = OperatingRates::builtin()?;
        Ok(Self { weight_ratio, traffic_mt_per_year: rates.traffic_mt_per_year.value, rates })
    }

    /// Whether the numbers are those of a railway.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] naming the first that is not.
    pub fn check(&self) -> Result<()> {
        let hint = "0 leaves operation out, 1 counts it as it is";
        within(|| "weight of operation".to_owned(), self.weight_ratio, (0.0, 100.0), hint)?;
        let hint = "give millions of tonnes of trains a year, each way";
        within(|| "traffic in Mt a year".to_owned(), self.traffic_mt_per_year, (0.0, 1e3), hint)?;
        self.rates.check()
    }

    /// What a line costs to run by what it is made of: the worth today of all the years, both ways
    /// together, without the weight. `curve_m_per_rad` is the height that a radian of turning
    /// takes, 0.7 m for a resistance of 700 / R permille.
    ///
    /// A metre of climb of mass m takes m g of work, which costs m g / efficiency / heat of a litre
    /// x price of a litre. A kilometre of level line takes as much as a climb of its resistance in
    /// permille by a metre, and hours of crews, locomotives and wagons, and upkeep.
    ///
    /// ```
    /// use railcorridor::design::{WholeLife, present_value_years};
    ///
    /// let whole = WholeLife::of_weight(1.0)?;
    /// // 10 million t over a metre: 9.81e10 J at the wheels, 3.0656e11 J or 8,539 litres of
    /// // fuel at 0.32 and 35.9 MJ, 6,831 dollars a year, 11.258 times that in thirty at 8 percent.
    /// let prices = whole.prices(0.7);
    /// assert!((prices.climb_usd_per_m - 6_831.5 * 11.2578).abs() < 10.0);
    /// // A radian takes 0.7 m of climb each way.
    /// assert!((prices.turn_usd_per_rad - 1.4 * prices.climb_usd_per_m).abs() < 1e-6);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn prices(&self, curve_m_per_rad: f64) -> OperatingPrices {
        let rates = &self.rates;
        let years = present_value_years(rates.discount_percent.value, rates.life_years.value);
        let mass_t = 1e6 * self.traffic_mt_per_year;
        let work_mj_per_m = mass_t * 1e3 * GRAVITY_MPS2 / 1e6;
        let litres_per_m =
            work_mj_per_m / rates.efficiency_ratio.value / rates.heating_mj_per_litre.value;
        let climb_usd_per_m = litres_per_m * rates.fuel_usd_per_litre.value * years;
        let law = &RollingStock::builtin().resistance.welded.loaded;
        let resistance_permille = law.n_per_kn(rates.rolling_kmh.value, rates.axle_t.value);
        let train_usd_per_h = rates.crew_usd_per_h.value
            + rates.locomotive_usd_per_h.value
            + rates.wagon_usd_per_h.value * rates.train_t.value / rates.wagon_t.value;
        let trains_per_year = 2.0 * mass_t / rates.train_t.value;
        let time_usd_per_km = trains_per_year * train_usd_per_h / rates.run_kmh.value;
        let kept_usd_per_km = (time_usd_per_km + rates.upkeep_usd_per_km_year.value) * years;
        OperatingPrices {
            climb_usd_per_m,
            length_usd_per_m: 2.0 * climb_usd_per_m * resistance_permille / 1e3
                + kept_usd_per_km / 1e3,
            turn_usd_per_rad: 2.0 * climb_usd_per_m * curve_m_per_rad,
            resistance_permille,
        }
    }
}

/// What operation costs by what a line is made of; the worth today of all the years.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct OperatingPrices {
    /// A metre that trains of one way climb, or those of the other way where the line falls.
    pub climb_usd_per_m: f64,
    /// A metre of line, both ways.
    pub length_usd_per_m: f64,
    /// A radian of turning, both ways, whatever the radius.
    pub turn_usd_per_rad: f64,
    /// The resistance of level track. A fall that is no steeper gives back all that its height took.
    pub resistance_permille: f64,
}

impl OperatingPrices {
    /// All prices times a factor.
    pub(super) fn times(&self, ratio: f64) -> Self {
        Self {
            climb_usd_per_m: ratio * self.climb_usd_per_m,
            length_usd_per_m: ratio * self.length_usd_per_m,
            turn_usd_per_rad: ratio * self.turn_usd_per_rad,
            ..*self
        }
    }

    /// What rises and falls cost.
    ///
    /// Where the line rises by more than the resistance, one way pays its height, and the other way
    /// gets back what it saves of the resistance, so that both together pay for what is steeper.
    #[must_use]
    pub fn rise(&self) -> RiseCost {
        RiseCost { usd_per_m: self.climb_usd_per_m, free_permille: self.resistance_permille }
    }

    /// What a line costs to run, by distances, levels and turning.
    ///
    /// ```
    /// use railcorridor::design::WholeLife;
    ///
    /// let prices = WholeLife::of_weight(1.0)?.prices(0.7);
    /// // 1 km at 10 permille, 1 km level, turning by a radian.
    /// let cost = prices.cost(&[0.0, 1000.0, 2000.0], &[100.0, 110.0, 110.0], 1.0);
    /// assert!((cost.paid_climb_m - (10.0 - prices.resistance_permille)).abs() < 1e-9);
    /// assert!((cost.length_usd - 2000.0 * prices.length_usd_per_m).abs() < 1e-6);
    /// assert_eq!(cost.turn_usd, prices.turn_usd_per_rad);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn cost(&self, distances_m: &[f64], levels_m: &[f64], turn_rad: f64) -> OperatingCost {
        let length_m = match (distances_m.first(), distances_m.last()) {
            (Some(from_m), Some(to_m)) => to_m - from_m,
            _ => 0.0,
        };
        let paid_climb_m = self.rise().paid_m(distances_m, levels_m);
        OperatingCost {
            paid_climb_m,
            climb_usd: self.climb_usd_per_m * paid_climb_m,
            length_usd: self.length_usd_per_m * length_m,
            turn_usd: self.turn_usd_per_rad * turn_rad,
        }
    }
}

/// What a line costs to run over the years; their worth today.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct OperatingCost {
    /// Metres of rise and fall beyond what the resistance takes anyway.
    pub paid_climb_m: f64,
    /// For these.
    pub climb_usd: f64,
    /// For its length.
    pub length_usd: f64,
    /// For its curves.
    pub turn_usd: f64,
}

impl OperatingCost {
    /// All of it.
    #[must_use]
    pub fn total_usd(&self) -> f64 {
        self.climb_usd + self.length_usd + self.turn_usd
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metre_of_climb_costs_its_work_in_fuel() {
        let mut whole = WholeLife::of_weight(1.0).unwrap();
        whole.traffic_mt_per_year = 1.0;
        // Simple numbers: 1e9 kg x 9.81 m/s2 x 1 m = 9,810 MJ; at a half and 36 MJ a litre 545
        // litres, a dollar each, for two years without discount.
        let set = |sourced: &mut Sourced, value: f64| sourced.value = value;
        set(&mut whole.rates.efficiency_ratio, 0.5);
        set(&mut whole.rates.heating_mj_per_litre, 36.0);
        set(&mut whole.rates.fuel_usd_per_litre, 1.0);
        set(&mut whole.rates.discount_percent, 0.0);
        set(&mut whole.rates.life_years, 2.0);
        let prices = whole.prices(0.7);
        assert!((prices.climb_usd_per_m - 2.0 * 545.0).abs() < 1e-9);
        // 0.7 + (3 + 0.09 x 60 + 0.002 x 3600) / 20 = 1.48 permille.
        assert!((prices.resistance_permille - 1.48).abs() < 1e-12);
        // A kilometre, both ways: 2.96 m of climb; 2 x 1e6 / 3000 trains of 20 + 60 + 30 dollars an
        // hour over 40 km/h, and 12,000 dollars, two years.
        let hours_usd = 2.0 * (2e6 / 3000.0 * 110.0 / 40.0 + 12_000.0);
        let expected = (2.0 * 1.48 * 1090.0 + hours_usd) / 1e3;
        assert!((prices.length_usd_per_m - expected).abs() < 1e-9);
    }

    #[test]
    fn what_is_no_railway_is_refused() {
        let good = WholeLife::of_weight(0.5).unwrap();
        assert!(good.check().is_ok());
        for wrong in [-1.0, f64::NAN, 1e6] {
            let whole = WholeLife { weight_ratio: wrong, ..good.clone() };
            assert!(whole.check().unwrap_err().to_string().contains("weight of operation"));
            let whole = WholeLife { traffic_mt_per_year: wrong, ..good.clone() };
            assert!(whole.check().unwrap_err().to_string().contains("traffic in Mt a year"));
        }
        let mut whole = good;
        whole.rates.efficiency_ratio.value = 0.0;
        assert!(whole.check().unwrap_err().to_string().contains("efficiency_ratio"));
    }
}
