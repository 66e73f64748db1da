//! A train as the run knows it: mass, length, pull, resistance, brake.

use super::Effort;
use super::effort::no_pull;
use crate::error::{Result, within};
use crate::model::{GRAVITY_MPS2, Rails, RollingStock, TrainSet};

/// A train.
///
/// ```
/// use railcorridor::model::{Rails, RollingStock};
/// use railcorridor::operation::Train;
///
/// let train = Train::of(RollingStock::builtin(), "te33a-gondola", Rails::Welded)?;
/// assert_eq!(train.mass_kg, 2_958_000.0); // 138 t and 30 wagons of 94 t
/// assert!((train.length_m - 439.6).abs() < 1e-9); // 22 m and 30 wagons of 13.92 m
/// // (138 * 1.9 + 2820 * (0.7 + 3 / 23.5)) t N/kN * 9.81
/// assert!((train.resistance_n[0] - 25_468.722).abs() < 1e-6);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Train {
    /// What it is called in messages.
    pub name: String,
    /// All of it.
    pub mass_kg: f64,
    /// The part of it that pulls; for the load that would pass where it stalls.
    pub locomotive_kg: f64,
    /// Mass that wheels which turn add, as a factor of the mass: 1.06 of freight trains.
    pub rotating_mass_ratio: f64,
    /// From its head to its tail.
    pub length_m: f64,
    /// Rolling resistance while it is pulled: coefficients of 1, v and v^2, v in m/s.
    pub resistance_n: [f64; 3],
    /// Rolling resistance while it coasts.
    pub coasting_resistance_n: [f64; 3],
    /// Its pull.
    pub effort: Effort,
    /// How fast it loses speed where it must, gradients included.
    pub braking_mps2: f64,
    /// It never runs faster.
    pub speed_max_mps: f64,
    /// What weight is reckoned with.
    pub gravity_mps2: f64,
    /// Whether gradients act as if all of it were at its head; limits count its length even so.
    pub mass_is_at_head: bool,
}

impl Train {
    /// The train with an id of a file of rolling stock.
    ///
    /// # Errors
    /// [`Error::Unknown`](crate::Error::Unknown) if there is none, and what [`check`](Self::check)
    /// says.
    pub fn of(stock: &RollingStock, id: &str, rails: Rails) -> Result<Self> {
        Self::of_set(stock, stock.train(id)?, rails)
    }

    /// A train of the locomotives and wagons of a file.
    ///
    /// # Errors
    /// As [`of`](Self::of).
    pub fn of_set(stock: &RollingStock, set: &TrainSet, rails: Rails) -> Result<Self> {
        Self::of_set_limited(stock, set, rails, None)
    }

    /// As [`of_set`](Self::of_set), with a pull no stronger than its wheels hold by the laws of
    /// adhesion, curves included, times a share: 1 on dry rails, less on wet ones.
    ///
    /// # Errors
    /// As [`of`](Self::of).
    ///
    /// ```
    /// use railcorridor::model::{Rails, RollingStock};
    /// use railcorridor::operation::Train;
    ///
    /// let stock = RollingStock::builtin();
    /// let train = Train::of_set_held(stock, stock.train("2te25km-gondola")?, Rails::Welded, 1.0)?;
    /// // 0.118 + 5 / 27.5 of 288 t are more than the pull at rest, four fifths of that are not.
    /// assert_eq!(train.effort.force_in_curve_n(0.0, f64::INFINITY), 838e3);
    /// let sharp_n = train.effort.force_in_curve_n(0.0, 300.0);
    /// assert!((sharp_n - 288e3 * 9.81 * (0.118 + 5.0 / 27.5) * 1050.0 / 1300.0).abs() < 1.0);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn of_set_held(
        stock: &RollingStock,
        set: &TrainSet,
        rails: Rails,
        hold_ratio: f64,
    ) -> Result<Self> {
        Self::of_set_limited(stock, set, rails, Some(hold_ratio))
    }

    /// As [`of_set_held`](Self::of_set_held) if a share is given, else as [`of_set`](Self::of_set).
    pub(super) fn of_set_limited(
        stock: &RollingStock,
        set: &TrainSet,
        rails: Rails,
        hold_ratio: Option<f64>,
    ) -> Result<Self> {
        if let Some(hold_ratio) = hold_ratio {
            let hint = "1 on dry rails, less on wet ones";
            within(|| "hold_ratio of a train".to_owned(), hold_ratio, (0.01, 2.0), hint)?;
        }
        let laws = stock.resistance.on(rails);
        let mut parts = Parts::default();
        let mut effort: Option<Effort> = None;
        let mut speed_kmh = set.speed_max_kmh.value;
        for group in &set.locomotives {
            let locomotive = stock.locomotive(&group.id)?;
            let (count, mass_t) = (f64::from(group.count), locomotive.mass_t.value);
            let axle_t = mass_t / f64::from(locomotive.axles.max(1));
            parts.length_m += count * locomotive.length_m.value;
            parts.locomotive_t += count * mass_t;
            let power = laws.power.coefficients_n_per_kn(axle_t);
            parts.add(count * mass_t, power, laws.coasting.coefficients_n_per_kn(axle_t));
            let pull = match hold_ratio {
                None => locomotive.effort()?,
                Some(ratio) => {
                    locomotive.effort_in_curves(stock.adhesion(&locomotive.adhesion)?, ratio)?
                }
            };
            for _ in 0..group.count {
                effort = Some(effort.map_or_else(|| pull.clone(), |sum| sum.plus(&pull)));
            }
            if group.count > 0 {
                speed_kmh = speed_kmh.min(locomotive.speed_max_kmh.value);
            }
        }
        for group in &set.wagons {
            let wagon = stock.wagon(&group.id)?;
            let count = f64::from(group.count);
            let gross_t = wagon.tare_t.value + group.load_ratio * wagon.payload_t.value;
            let axle_t = gross_t / f64::from(wagon.axles.max(1));
            let by_load = || laws.wagon(axle_t, stock.resistance.empty_axle_t.value);
            let law = wagon.own_law(rails).unwrap_or_else(by_load);
            let law = law.coefficients_n_per_kn(axle_t);
            parts.length_m += count * wagon.length_m.value;
            parts.add(count * gross_t, law, law);
        }
        let train = Self {
            name: set.name.en.clone(),
            mass_kg: 1e3 * parts.mass_t,
            locomotive_kg: 1e3 * parts.locomotive_t,
            rotating_mass_ratio: stock.rotating_mass_ratio.value,
            length_m: parts.length_m,
            resistance_n: by_mps(parts.power_t_n_per_kn),
            coasting_resistance_n: by_mps(parts.coasting_t_n_per_kn),
            effort: effort.ok_or_else(|| no_pull("pull of a train"))?,
            braking_mps2: set.braking_mps2.value,
            speed_max_mps: speed_kmh / 3.6,
            gravity_mps2: GRAVITY_MPS2,
            mass_is_at_head: false,
        };
        train.check()?;
        Ok(train)
    }

    /// Whether all its numbers are such of trains.
    ///
    /// # Errors
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) with the first that is not.
    pub fn check(&self) -> Result<()> {
        let all = [
            ("mass_kg", self.mass_kg, (1.0, 1e9), "a train has a mass: give kilograms"),
            ("locomotive_kg", self.locomotive_kg, (0.0, self.mass_kg), "not above mass_kg"),
            ("rotating_mass_ratio", self.rotating_mass_ratio, (1.0, 2.0), "about 1.06"),
            ("length_m", self.length_m, (0.0, 1e5), "give metres"),
            ("braking_mps2", self.braking_mps2, (1e-3, 10.0), "about 0.25 of a freight train"),
            ("speed_max_mps", self.speed_max_mps, (0.01, 500.0), "give metres a second"),
            ("gravity_mps2", self.gravity_mps2, (9.7, 9.9), "it is 9.81"),
        ];
        for (key, value, range, hint) in all {
            within(|| format!("{key} of train {}", self.name), value, range, hint)?;
        }
        for (key, law) in [
            ("resistance_n", self.resistance_n),
            ("coasting_resistance_n", self.coasting_resistance_n),
        ] {
            for value in law {
                let hint = "coefficients of 1, v and v^2 in newtons with v in m/s, none below 0";
                within(|| format!("{key} of train {}", self.name), value, (0.0, 1e9), hint)?;
            }
        }
        Ok(())
    }

    /// Its rolling resistance at a speed, while it is pulled.
    #[must_use]
    pub fn rolling_n(&self, speed_mps: f64) -> f64 {
        let [a, b, c] = self.resistance_n;
        a + speed_mps * (b + c * speed_mps)
    }

    /// The force with which a gradient holds it back.
    #[must_use]
    pub fn gradient_n(&self, gradient_permille: f64) -> f64 {
        self.mass_kg * self.gravity_mps2 * gradient_permille / 1e3
    }

    /// The speed that it keeps up on an endless gradient, curves included; 0 where it cannot start,
    /// and its top speed where it could run faster.
    ///
    /// ```
    /// use railcorridor::model::{Rails, RollingStock};
    /// use railcorridor::operation::Train;
    ///
    /// let train = Train::of(RollingStock::builtin(), "2te25km-gondola", Rails::Jointed)?;
    /// let [nine, twenty] = [9.0, 20.0].map(|permille| 3.6 * train.balancing_mps(permille));
    /// assert!((nine - 30.7).abs() < 0.1 && twenty == 0.0); // 4,988 t at 20 permille need 1,022 kN
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn balancing_mps(&self, gradient_permille: f64) -> f64 {
        let gradient_n = self.gradient_n(gradient_permille);
        let spare_n = |v: f64| self.effort.force_n(v) - self.rolling_n(v) - gradient_n;
        let (mut low, mut high) = (0.0, self.speed_max_mps);
        if spare_n(low) <= 0.0 {
            return 0.0;
        }
        if spare_n(high) >= 0.0 {
            return high;
        }
        // The pull never rises and the resistance never falls, so there is one place.
        for _ in 0..200 {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                break;
            }
            if spare_n(middle) > 0.0 { low = middle } else { high = middle }
        }
        low
    }
}

/// Sums over the vehicles, masses in tonnes, forces in t N/kN.
#[derive(Default)]
struct Parts {
    mass_t: f64,
    locomotive_t: f64,
    length_m: f64,
    power_t_n_per_kn: [f64; 3],
    coasting_t_n_per_kn: [f64; 3],
}

impl Parts {
    fn add(&mut self, mass_t: f64, power: [f64; 3], coasting: [f64; 3]) {
        self.mass_t += mass_t;
        for (sums, law) in
            [(&mut self.power_t_n_per_kn, power), (&mut self.coasting_t_n_per_kn, coasting)]
        {
            for (sum, value) in sums.iter_mut().zip(law) {
                *sum += mass_t * value;
            }
        }
    }
}

/// Newtons by powers of m/s: tonnes times N/kN times g are newtons, and v in km/h is 3.6 v.
fn by_mps(law: [f64; 3]) -> [f64; 3] {
    let [a, b, c] = law.map(|value| value * GRAVITY_MPS2);
    [a, 3.6 * b, 3.6 * 3.6 * c]
}
