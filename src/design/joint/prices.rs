//! What a line costs by its earth, its land and its length.

use serde::{Deserialize, Serialize};

use crate::error::{Result, within};

/// Prices of earth, with one balance for the whole line.
///
/// What is cut can be used to the shares given here. Fill is taken from it as far as it goes, and
/// is borrowed beyond that; what is left over, and what cannot be used, is dumped.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarthPrices {
    /// Cutting rock.
    pub rock_usd_per_m3: f64,
    /// Cutting soil.
    pub soil_usd_per_m3: f64,
    /// Fill that a cubic metre of rock gives.
    pub rock_usable_ratio: f64,
    /// Fill that a cubic metre of soil gives.
    pub soil_usable_ratio: f64,
    /// Filling with what was cut.
    pub fill_usd_per_m3: f64,
    /// Filling with what is brought from elsewhere.
    pub borrow_usd_per_m3: f64,
    /// Dumping.
    pub waste_usd_per_m3: f64,
    /// What is to be dumped of a cubic metre of rock in any case.
    pub rock_waste_ratio: f64,
    /// What is to be dumped of a cubic metre of soil in any case.
    pub soil_waste_ratio: f64,
    /// What is to be dumped for a cubic metre of fill that finds no use.
    pub unused_waste_ratio: f64,
}

/// Volumes of earth.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct EarthVolume {
    /// Fill.
    pub fill_m3: f64,
    /// Cut in rock.
    pub rock_m3: f64,
    /// Cut in soil.
    pub soil_m3: f64,
}

/// All prices of a line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinePrices {
    /// Those of earth.
    pub earth: EarthPrices,
    /// Land, for the width of a section and a margin.
    pub land_usd_per_m2: f64,
    /// The margin, both sides together.
    pub land_margin_m: f64,
    /// Clearing the width of a section, measured along the slope of the line.
    pub clearing_usd_per_m2: f64,
    /// Building a metre, measured along the slope.
    pub track_usd_per_m: f64,
    /// Keeping up a metre, measured along the slope.
    pub upkeep_usd_per_m: f64,
}

impl EarthPrices {
    /// The cost of volumes.
    ///
    /// # Example
    ///
    /// 100 m3 of fill from 100 m3 of rock, at 5 to cut and 1.1 to fill, are 610; 50 m3 more are
    /// borrowed for 4.5 each:
    ///
    /// ```
    /// use railcorridor::design::{EarthPrices, EarthVolume};
    ///
    /// let prices = EarthPrices {
    ///     rock_usd_per_m3: 5.0,
    ///     soil_usd_per_m3: 2.0,
    ///     rock_usable_ratio: 1.0,
    ///     soil_usable_ratio: 0.8,
    ///     fill_usd_per_m3: 1.1,
    ///     borrow_usd_per_m3: 4.5,
    ///     waste_usd_per_m3: 2.0,
    ///     rock_waste_ratio: 0.0,
    ///     soil_waste_ratio: 0.05,
    ///     unused_waste_ratio: 1.4,
    /// };
    /// let volume = EarthVolume { fill_m3: 150.0, rock_m3: 100.0, soil_m3: 0.0 };
    /// assert!((prices.cost_usd(&volume) - (610.0 + 225.0)).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn cost_usd(&self, volume: &EarthVolume) -> f64 {
        let lacking_m3 = self.lacking_m3(volume);
        let [fill, rock, soil] = self.balanced_usd_per_m3();
        let balance_usd =
            (lacking_m3 * self.most_usd_per_m3()).max(lacking_m3 * self.least_usd_per_m3());
        fill * volume.fill_m3 + rock * volume.rock_m3 + soil * volume.soil_m3 + balance_usd
    }

    /// The fill that what is cut does not give; negative if some of it is left over.
    pub(super) fn lacking_m3(&self, volume: &EarthVolume) -> f64 {
        volume.fill_m3
            - self.rock_usable_ratio * volume.rock_m3
            - self.soil_usable_ratio * volume.soil_m3
    }

    /// What a cubic metre of fill, rock and soil costs apart from the balance.
    pub(super) fn balanced_usd_per_m3(&self) -> [f64; 3] {
        [
            self.fill_usd_per_m3,
            self.rock_usd_per_m3 + self.waste_usd_per_m3 * self.rock_waste_ratio,
            self.soil_usd_per_m3 + self.waste_usd_per_m3 * self.soil_waste_ratio,
        ]
    }

    /// The value of a cubic metre of fill where it is lacking: it need not be borrowed.
    pub(super) fn most_usd_per_m3(&self) -> f64 {
        self.borrow_usd_per_m3 - self.fill_usd_per_m3
    }

    /// The value of one where some is left over: what dumping it costs, as a negative number.
    pub(super) fn least_usd_per_m3(&self) -> f64 {
        -self.waste_usd_per_m3 * self.unused_waste_ratio
    }
}

impl LinePrices {
    /// Whether they are prices, and using what was cut is no dearer than dumping it and borrowing.
    pub(super) fn checked(&self) -> Result<()> {
        let earth = &self.earth;
        for (name, value) in [
            ("rock_usd_per_m3", earth.rock_usd_per_m3),
            ("soil_usd_per_m3", earth.soil_usd_per_m3),
            ("rock_usable_ratio", earth.rock_usable_ratio),
            ("soil_usable_ratio", earth.soil_usable_ratio),
            ("fill_usd_per_m3", earth.fill_usd_per_m3),
            ("borrow_usd_per_m3", earth.borrow_usd_per_m3),
            ("waste_usd_per_m3", earth.waste_usd_per_m3),
            ("rock_waste_ratio", earth.rock_waste_ratio),
            ("soil_waste_ratio", earth.soil_waste_ratio),
            ("unused_waste_ratio", earth.unused_waste_ratio),
            ("land_usd_per_m2", self.land_usd_per_m2),
            ("land_margin_m", self.land_margin_m),
            ("clearing_usd_per_m2", self.clearing_usd_per_m2),
            ("track_usd_per_m", self.track_usd_per_m),
            ("upkeep_usd_per_m", self.upkeep_usd_per_m),
        ] {
            within(|| name.to_owned(), value, (0.0, 1e9), "prices are not negative")?;
        }
        let spread = earth.most_usd_per_m3() - earth.least_usd_per_m3();
        let item = || "borrowing and dumping less filling, usd_per_m3".to_owned();
        within(item, spread, (0.0, f64::MAX), "let filling be no dearer than both together")
    }
}
