//! Laws of rolling resistance and adhesion, as coefficients with their sources.

use serde::{Deserialize, Serialize};

use super::{Sourced, ValueState};

/// What weight is reckoned with, m/s2: the value of traction calculations, the same everywhere.
pub const GRAVITY_MPS2: f64 = 9.81;

/// How hard a vehicle rolls on straight level track, at `v` km/h with `q` tonnes on an axle, in
/// newtons for a kilonewton of its weight: `own(v) + axle(v) / q`, both `a + b v + c v^2`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResistanceLaw {
    /// What does not depend on the axle load: coefficients of 1, v and v^2.
    pub own_n_per_kn: [f64; 3],
    /// What is divided by the axle load in tonnes: coefficients of 1, v and v^2.
    #[serde(default)]
    pub axle_n_per_kn: [f64; 3],
    /// Whether it was read in its source.
    #[serde(default)]
    pub state: ValueState,
    /// Where it stands.
    pub source: String,
}

impl ResistanceLaw {
    /// Coefficients of 1, v and v^2, v in km/h, with so many tonnes on an axle.
    #[must_use]
    pub fn coefficients_n_per_kn(&self, axle_t: f64) -> [f64; 3] {
        let [own, axle] = [self.own_n_per_kn, self.axle_n_per_kn];
        let sum = |own: f64, axle: f64| if axle == 0.0 { own } else { own + axle / axle_t };
        let ([a, b, c], [d, e, f]) = (own, axle);
        [sum(a, d), sum(b, e), sum(c, f)]
    }

    /// Newtons for a kilonewton of weight at a speed, with so many tonnes on an axle.
    ///
    /// ```
    /// use railcorridor::model::RollingStock;
    ///
    /// let law = &RollingStock::builtin().resistance.jointed.loaded;
    /// assert_eq!(law.n_per_kn(40.0, 20.0), 0.7 + (3.0 + 4.0 + 4.0) / 20.0); // 1.25
    /// ```
    #[must_use]
    pub fn n_per_kn(&self, speed_kmh: f64, axle_t: f64) -> f64 {
        let [a, b, c] = self.coefficients_n_per_kn(axle_t);
        a + b * speed_kmh + c * speed_kmh * speed_kmh
    }
}

/// The laws on one kind of track.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrackResistance {
    /// Wagons.
    pub loaded: ResistanceLaw,
    /// Wagons whose axle load is not above that of [`Resistances::empty_axle_t`].
    pub empty: ResistanceLaw,
    /// Locomotives that pull.
    pub power: ResistanceLaw,
    /// Locomotives that do not.
    pub coasting: ResistanceLaw,
}

/// What the air in a tunnel adds to the resistance of a train inside: so much for each metre of the
/// tunnel's length, whatever the speed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TunnelLaw {
    /// Newtons for a kilonewton of weight, for a metre of tunnel; as a gradient permille a metre.
    pub n_per_kn_per_m: f64,
    /// Whether it was read in its source.
    #[serde(default)]
    pub state: ValueState,
    /// Where it stands.
    pub source: String,
}

/// How a kind of wagon rolls that follows neither the law of loaded wagons nor that of empty ones:
/// coaches.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WagonResistance {
    /// On rails with joints.
    pub jointed: ResistanceLaw,
    /// On welded rails.
    pub welded: ResistanceLaw,
}

impl WagonResistance {
    /// The law on rails with joints, or on welded ones.
    #[must_use]
    pub fn on(&self, rails: Rails) -> &ResistanceLaw {
        match rails {
            Rails::Jointed => &self.jointed,
            Rails::Welded => &self.welded,
        }
    }
}

/// How rails are joined.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rails {
    /// With joints.
    Jointed,
    /// Welded.
    #[default]
    Welded,
}

/// How hard trains of a gauge roll.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resistances {
    /// Wagons with this axle load or less follow the law of empty ones, t.
    pub empty_axle_t: Sourced,
    /// Starting: this, divided by the axle load and [`start_offset_t`](Self::start_offset_t)
    /// together, is what a kilonewton takes in newtons.
    pub start_t: Sourced,
    /// Starting: what is added to the axle load, t.
    pub start_offset_t: Sourced,
    /// On rails with joints.
    pub jointed: TrackResistance,
    /// On welded rails.
    pub welded: TrackResistance,
    /// What the air in tunnels adds; nothing is known of it if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tunnel: Option<TunnelLaw>,
}

/// What share of a locomotive's weight its wheels can pull with at `v` km/h:
/// `constant + over / (base + slope v) + falling v`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdhesionLaw {
    /// Its id: `diesel`.
    pub id: String,
    /// The share that speed leaves.
    pub constant_ratio: f64,
    /// The numerator.
    pub over_ratio: f64,
    /// The denominator at rest.
    pub base_ratio: f64,
    /// What a kilometre an hour adds to the denominator.
    pub slope_ratio_per_kmh: f64,
    /// What a kilometre an hour adds to the share.
    #[serde(default)]
    pub falling_ratio_per_kmh: f64,
    /// What sharp curves leave of it; all of it if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub curve: Option<CurveAdhesion>,
    /// Whether it was read in its source.
    #[serde(default)]
    pub state: ValueState,
    /// Where it stands.
    pub source: String,
}

impl AdhesionLaw {
    /// The share at a speed.
    ///
    /// ```
    /// use railcorridor::model::RollingStock;
    ///
    /// let diesel = RollingStock::builtin().adhesion("diesel")?;
    /// assert_eq!(diesel.held_ratio(22.5), 0.218); // 0.118 + 5 / 50
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn held_ratio(&self, speed_kmh: f64) -> f64 {
        self.constant_ratio
            + self.over_ratio / (self.base_ratio + self.slope_ratio_per_kmh * speed_kmh)
            + self.falling_ratio_per_kmh * speed_kmh
    }

    /// The share at a speed in a curve; an infinite radius is straight track.
    #[must_use]
    pub fn held_in_curve_ratio(&self, speed_kmh: f64, radius_m: f64) -> f64 {
        let left = self.curve.as_ref().map_or(1.0, |curve| curve.left_ratio(radius_m));
        self.held_ratio(speed_kmh).max(0.0) * left
    }
}

/// What a curve of radius R leaves of the adhesion on straight track:
/// `(over + over_per_m R) / (base + base_per_m R)`, never more than all of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CurveAdhesion {
    /// Curves of this radius or more leave all of it.
    pub below_radius_m: f64,
    /// The numerator without the radius.
    pub over_ratio: f64,
    /// What a metre of radius adds to the numerator.
    pub over_ratio_per_m: f64,
    /// The denominator without the radius.
    pub base_ratio: f64,
    /// What a metre of radius adds to the denominator.
    pub base_ratio_per_m: f64,
    /// Whether it was read in its source.
    #[serde(default)]
    pub state: ValueState,
    /// Where it stands.
    pub source: String,
}

impl CurveAdhesion {
    /// The share that a curve leaves.
    ///
    /// ```
    /// use railcorridor::model::RollingStock;
    ///
    /// let stock = RollingStock::builtin();
    /// let left = |id: &str, radius_m| {
    ///     Ok::<_, railcorridor::Error>(stock.adhesion(id)?.curve.as_ref().unwrap().left_ratio(radius_m))
    /// };
    /// assert_eq!(left("diesel", 300.0)?, 1050.0 / 1300.0); // 3.5 R / (400 + 3 R)
    /// assert_eq!(left("vl10", 300.0)?, 715.0 / 830.0); // (250 + 1.55 R) / (500 + 1.1 R)
    /// assert_eq!([left("diesel", 800.0)?, left("vl10", 500.0)?], [1.0, 1.0]);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn left_ratio(&self, radius_m: f64) -> f64 {
        if !(radius_m < self.below_radius_m) {
            return 1.0;
        }
        let over = self.over_ratio + self.over_ratio_per_m * radius_m;
        (over / (self.base_ratio + self.base_ratio_per_m * radius_m)).clamp(0.0, 1.0)
    }
}

impl Resistances {
    /// What starting a wagon or locomotive takes on roller bearings, in newtons for a kilonewton of
    /// its weight.
    ///
    /// ```
    /// use railcorridor::model::RollingStock;
    ///
    /// let laws = &RollingStock::builtin().resistance;
    /// assert_eq!(laws.start_n_per_kn(21.0), 1.0); // 28 / (21 + 7)
    /// ```
    #[must_use]
    pub fn start_n_per_kn(&self, axle_t: f64) -> f64 {
        self.start_t.value / (axle_t + self.start_offset_t.value)
    }

    /// The laws on rails with joints, or on welded ones.
    #[must_use]
    pub fn on(&self, rails: Rails) -> &TrackResistance {
        match rails {
            Rails::Jointed => &self.jointed,
            Rails::Welded => &self.welded,
        }
    }
}

impl TrackResistance {
    /// The law of a wagon with so many tonnes on an axle.
    #[must_use]
    pub fn wagon(&self, axle_t: f64, empty_axle_t: f64) -> &ResistanceLaw {
        if axle_t > empty_axle_t { &self.loaded } else { &self.empty }
    }
}
