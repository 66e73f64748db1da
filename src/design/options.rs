//! What a design is to keep, and how long it is sought.

use super::loops::LoopRules;
use super::{OperatingPrices, TieIn, WholeLife};
use crate::error::{Result, within};
use crate::model::{Limit, LimitRule, LimitWeight, Standard, UnitCosts};
use crate::terrain::Zone;

/// What a design is to keep, and how it is sought.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignOptions {
    /// The standard that every element must keep.
    pub standard: Standard,
    /// What things cost.
    pub costs: UnitCosts,
    /// The gradient with what curves add to it, permille; not above that of the standard.
    pub gradient_permille: f64,
    /// The least radius of curves; not below that of the standard.
    pub least_radius_m: f64,
    /// The speed that curves are laid out for, where they are wide enough.
    pub speed_kmh: f64,
    /// The least radius of vertical curves.
    pub least_vertical_radius_m: f64,
    /// The least distance between breaks of the gradient.
    pub least_break_distance_m: f64,
    /// The least length of tangents between curves.
    pub least_straight_m: f64,
    /// Length of stations and loops, straight and at their own gradient.
    pub station_length_m: f64,
    /// No curve in a station or loop is sharper. 600 m is what norms of 1520 mm allow in mountains
    /// (recalled: STN Ts-01-95); loops lie on tangents where there are any.
    pub least_station_radius_m: f64,
    /// The gradient in stations, permille.
    pub station_gradient_permille: f64,
    /// How far apart crossing loops lie; 0 for none between the ends.
    pub loop_spacing_m: f64,
    /// Turnouts of a station or loop.
    pub turnout_count: f64,
    /// Breaks of gauge at the ends of the line, as far as the study knows them.
    pub gauge_break_count: f64,
    /// The code of the zone of UTM in whose plane the line is laid; that of its middle if absent.
    pub epsg: Option<u32>,
    /// How often plan and profile are sought in turn, at most.
    pub rounds: usize,
    /// Standard deviation of the heights of the terrain, and over what distance errors are alike;
    /// what volumes are uncertain by follows from both.
    pub terrain_error_m: [f64; 2],
    /// Seed of what is drawn.
    pub seed: u64,
    /// Zones that the line keeps out of, or where a metre of it weighs more or less in the choice
    /// of tangents and curves, and rivers that are charged where it crosses them, by the same weight
    /// as in the search; what their bridges cost is told by the streams of the terrain.
    /// Fixed points are passed exactly, by the segments whose ways pass their nodes.
    pub zones: Vec<Zone>,
    /// Ends of segments whose places and directions existing lines give.
    pub tie_ins: Vec<TieIn>,
    /// How much running trains over the years weighs beside building; if absent, operation is not
    /// looked at, and a weight of 0 only tells what it would cost.
    pub whole_life: Option<WholeLife>,
}

impl DesignOptions {
    /// The options that follow from a standard: its limits, the desirable ones where it has them,
    /// and rates of the region. Radii alone may be as small as they must, but no less than 300 m:
    /// the search takes the largest that fits, and in mountains none fits that is desirable.
    ///
    /// # Errors
    ///
    /// Those of [`UnitCosts::builtin`].
    ///
    /// ```
    /// use railcorridor::design::DesignOptions;
    /// use railcorridor::model::Standard;
    ///
    /// let options = DesignOptions::of_standard(Standard::builtin_called("1520-mixed-120")?)?;
    /// assert_eq!((options.gradient_permille, options.least_radius_m), (15.0, 300.0));
    /// assert_eq!(options.station_gradient_permille, 1.5);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn of_standard(standard: &Standard) -> Result<Self> {
        let speed_kmh = standard.speed_kmh;
        let value = |rule, or| strictest(standard, rule, speed_kmh).unwrap_or(or);
        let gradient_permille = value(LimitRule::MostGradient, f64::INFINITY)
            .min(value(LimitRule::MostCompensatedGradient, f64::INFINITY));
        Ok(Self {
            standard: standard.clone(),
            costs: UnitCosts::builtin()?,
            gradient_permille: if gradient_permille.is_finite() { gradient_permille } else { 12.0 },
            least_radius_m: of_weight(
                standard,
                LimitRule::LeastRadius,
                speed_kmh,
                LimitWeight::Limit,
            )
            .map_or(300.0, |least_m| least_m.max(300.0)),
            speed_kmh,
            least_vertical_radius_m: value(LimitRule::LeastVerticalRadius, 10_000.0),
            least_break_distance_m: value(LimitRule::LeastGradeLength, 200.0),
            least_straight_m: value(LimitRule::LeastElementLength, 100.0),
            station_length_m: 1050.0,
            least_station_radius_m: 600.0,
            station_gradient_permille: value(LimitRule::MostStationGradient, 2.5),
            loop_spacing_m: 20_000.0,
            turnout_count: 4.0,
            gauge_break_count: 0.0,
            epsg: None,
            rounds: 6,
            terrain_error_m: [18.0, 5_000.0],
            seed: 1,
            zones: Vec::new(),
            tie_ins: Vec::new(),
            whole_life: None,
        })
    }

    /// What is left of the ruling gradient on a long climb: stations are flatter, and curves and
    /// vertical curves take about a thirtieth.
    #[must_use]
    pub fn climb_ratio(&self) -> f64 {
        let in_stations = if self.loop_spacing_m > 0.0 {
            (self.station_length_m / self.loop_spacing_m).min(1.0)
        } else {
            0.0
        };
        let flatter = 1.0 - (self.station_gradient_permille / self.gradient_permille).min(1.0);
        (1.0 - in_stations * flatter - 0.03).max(0.3)
    }

    /// The gradient at which a way should be searched, so that a line along it can climb as it
    /// must: what is left on a long climb, and a twentieth less, since a way from cell to cell is
    /// about so much longer than the line beside it.
    ///
    /// ```
    /// use railcorridor::design::DesignOptions;
    /// use railcorridor::model::Standard;
    ///
    /// let options = DesignOptions::of_standard(Standard::builtin_called("1520-mixed-120")?)?;
    /// // 1,050 m in 20 km climb by 1.5 instead of 15 permille: 0.92 of 15, less a twentieth.
    /// assert!((options.search_gradient_permille() - 13.15).abs() < 0.01);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn search_gradient_permille(&self) -> f64 {
        0.95 * self.climb_ratio() * self.gradient_permille
    }

    /// What a line costs to run, if that is looked at.
    pub(super) fn operating(&self) -> Option<OperatingPrices> {
        self.whole_life
            .as_ref()
            .map(|whole| whole.prices(self.standard.curve_compensation.climb_m_per_rad()))
    }

    /// The weight of operation, and its prices as they stand beside those of works where the line is
    /// chosen; nothing if it has no weight. A dollar of works comes to more with what is reckoned on
    /// top, so one of operation counts for less.
    pub(super) fn weighed_operating(&self) -> Option<(f64, OperatingPrices)> {
        let weight_ratio = self.whole_life.as_ref().map_or(0.0, |whole| whole.weight_ratio);
        let prices = self.operating().filter(|_| weight_ratio > 0.0)?;
        Some((weight_ratio, prices.times(weight_ratio / self.costs.on_top_ratio())))
    }

    /// The same with operation told but not weighed.
    pub(super) fn without_weight(&self) -> Self {
        let mut plain = self.clone();
        if let Some(whole) = &mut plain.whole_life {
            whole.weight_ratio = 0.0;
        }
        plain
    }

    pub(super) fn loop_rules(&self) -> LoopRules {
        LoopRules {
            spacing_m: self.loop_spacing_m,
            length_m: self.station_length_m,
            least_radius_m: self.least_station_radius_m,
        }
    }

    /// Whether the numbers are those of a railway.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) naming the first that is not;
    /// [`Error::Study`](crate::Error::Study) for a standard or rates that break their own rules.
    pub fn check(&self) -> Result<()> {
        self.standard.check()?;
        self.costs.check()?;
        if let Some(whole) = &self.whole_life {
            whole.check()?;
        }
        let [error_m, alike_m] = self.terrain_error_m;
        for (name, value, range) in [
            ("gradient_permille", self.gradient_permille, (0.1, 200.0)),
            ("least_radius_m", self.least_radius_m, (50.0, 50_000.0)),
            ("speed_kmh", self.speed_kmh, (5.0, 500.0)),
            ("least_vertical_radius_m", self.least_vertical_radius_m, (100.0, 1e6)),
            ("least_break_distance_m", self.least_break_distance_m, (0.0, 1e5)),
            ("least_straight_m", self.least_straight_m, (0.0, 1e4)),
            ("station_length_m", self.station_length_m, (0.0, 1e4)),
            ("least_station_radius_m", self.least_station_radius_m, (50.0, 50_000.0)),
            ("station_gradient_permille", self.station_gradient_permille, (0.0, 50.0)),
            ("loop_spacing_m", self.loop_spacing_m, (0.0, 1e7)),
            ("turnout_count", self.turnout_count, (0.0, 1e3)),
            ("gauge_break_count", self.gauge_break_count, (0.0, 2.0)),
            ("terrain_error_m", error_m, (0.0, 1e3)),
            ("distance over which errors of the terrain are alike, in metres", alike_m, (1.0, 1e6)),
        ] {
            within(|| name.to_owned(), value, range, "give a number of a railway")?;
        }
        Ok(())
    }
}

/// The limit of a rule, the desirable one if there is one, at a speed on straight track.
fn strictest(standard: &Standard, rule: LimitRule, speed_kmh: f64) -> Option<f64> {
    let of = |weight| of_weight(standard, rule, speed_kmh, weight);
    of(LimitWeight::Desirable).or(of(LimitWeight::Limit))
}

/// The limit of a rule with a weight, at a speed on straight track.
fn of_weight(
    standard: &Standard,
    rule: LimitRule,
    speed_kmh: f64,
    weight: LimitWeight,
) -> Option<f64> {
    let limits = standard.limits.iter();
    let limits = limits.filter(|limit| limit.rule == rule && limit.weight == weight);
    let values = limits.filter_map(|limit: &Limit| limit.at(speed_kmh, 1e6));
    values.reduce(if rule.is_least() { f64::max } else { f64::min })
}
