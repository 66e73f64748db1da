//! How much locomotives pull up a gradient: at the speed that they can keep up, and from rest.

use super::{RunLine, Train, cells::cells};
use crate::error::{Result, within};
use crate::model::{LocomotiveGroup, Rails, ResistanceLaw, RollingStock};

/// Loads are given in steps of this, rounded down.
pub const LOAD_STEP_T: f64 = 50.0;

/// What wheels hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hold {
    /// The share of the law of adhesion: 1 on dry rails, less on wet ones.
    pub weather_ratio: f64,
    /// The curve in which locomotives stand; an infinite radius is straight track.
    pub radius_m: f64,
}

/// What pulls: one locomotive or several.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pulling {
    /// Together.
    pub mass_t: f64,
    /// The pull that they keep up.
    pub force_kn: f64,
    /// The speed at which they do.
    pub speed_kmh: f64,
    /// Their pull at rest.
    pub start_kn: f64,
}

impl Pulling {
    /// Locomotives of a file; of different kinds at the speed of the fastest of their continuous
    /// speeds, at which the others pull what their power gives.
    ///
    /// # Errors
    /// [`Error::Unknown`](crate::Error::Unknown) if there is no such locomotive,
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) if there is none at all.
    pub fn of(stock: &RollingStock, groups: &[LocomotiveGroup]) -> Result<Self> {
        Self::limited(stock, groups, None)
    }

    /// As [`held`](Self::held) if a hold is given, else as [`of`](Self::of).
    pub(super) fn limited(
        stock: &RollingStock,
        groups: &[LocomotiveGroup],
        hold: Option<&Hold>,
    ) -> Result<Self> {
        if let Some(hold) = hold {
            let hint = "1 on dry rails, less on wet ones";
            within(|| "weather_ratio of a hold".to_owned(), hold.weather_ratio, (0.01, 2.0), hint)?;
        }
        let mut all: Option<Self> = None;
        for group in groups.iter().filter(|group| group.count > 0) {
            let locomotive = stock.locomotive(&group.id)?;
            let count = f64::from(group.count);
            let speed_kmh = locomotive.continuous_kmh.value;
            let [mut force_kn, mut start_kn] =
                [locomotive.continuous_kn.value, locomotive.start_kn.value];
            if let Some(hold) = hold {
                let law = stock.adhesion(&locomotive.adhesion)?;
                force_kn = force_kn.min(locomotive.held_kn(law, speed_kmh, hold));
                start_kn = start_kn.min(locomotive.held_kn(law, 0.0, hold));
            }
            let more = Self {
                mass_t: count * locomotive.mass_t.value,
                force_kn: count * force_kn,
                speed_kmh,
                start_kn: count * start_kn,
            };
            all = Some(all.map_or(more, |sum| sum.with(more)));
        }
        all.ok_or_else(|| super::effort::no_pull("pull of a train"))
    }

    /// As [`of`](Self::of), no more than wheels hold: the pull that is kept up at its speed, and that
    /// at rest.
    ///
    /// # Errors
    /// As [`of`](Self::of), and [`Error::Unknown`](crate::Error::Unknown) if there is no such law of
    /// adhesion.
    ///
    /// ```
    /// use railcorridor::model::{LocomotiveGroup, RollingStock};
    /// use railcorridor::operation::{Hold, Pulling};
    ///
    /// let groups = [LocomotiveGroup { id: "2te25km".into(), count: 1 }];
    /// let on = |radius_m| {
    ///     Pulling::held(RollingStock::builtin(), &groups, &Hold { weather_ratio: 1.0, radius_m })
    /// };
    /// // 288 t x 9.81 x (0.118 + 5 / (27.5 + 23.6)); 1,050 / 1,300 of that in a curve of 300 m.
    /// let [straight, sharp] = [on(f64::INFINITY)?.force_kn, on(300.0)?.force_kn];
    /// assert!((straight - 609.8).abs() < 0.1 && (sharp / straight - 1050.0 / 1300.0).abs() < 1e-12);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn held(stock: &RollingStock, groups: &[LocomotiveGroup], hold: &Hold) -> Result<Self> {
        Self::limited(stock, groups, Some(hold))
    }

    /// Both together, such as a train's locomotive and a helper.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let speed_kmh = self.speed_kmh.max(other.speed_kmh);
        let force_kn = |one: Self| one.force_kn * one.speed_kmh / speed_kmh;
        Self {
            mass_t: self.mass_t + other.mass_t,
            force_kn: force_kn(self) + force_kn(other),
            speed_kmh,
            start_kn: self.start_kn + other.start_kn,
        }
    }
}

/// The load that locomotives pull up a gradient.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrailingLoad {
    /// By the pull that they keep up: `(F - P g (w' + i)) / (g (w'' + i))`.
    pub by_pull_t: f64,
    /// By their pull at rest: `F / (g (w + i)) - P`.
    pub by_start_t: f64,
}

impl TrailingLoad {
    /// The lesser of both, rounded down to [`LOAD_STEP_T`]; 0 where they do not even pull
    /// themselves.
    #[must_use]
    pub fn load_t(&self) -> f64 {
        let least_t = self.by_pull_t.min(self.by_start_t).max(0.0);
        (least_t / LOAD_STEP_T).floor() * LOAD_STEP_T
    }

    /// Whether starting allows less than pulling.
    #[must_use]
    pub fn is_limited_by_start(&self) -> bool {
        self.by_start_t < self.by_pull_t
    }
}

/// What is pulled, and where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PullingCase<'a> {
    /// The laws of resistance.
    pub stock: &'a RollingStock,
    /// How the rails are joined.
    pub rails: Rails,
    /// The load on each axle of the wagons, t.
    pub axle_t: f64,
    /// How the wagons roll, if by a law of their own; by their load if absent.
    pub wagon_law: Option<&'a ResistanceLaw>,
    /// What weight is reckoned with.
    pub gravity_mps2: f64,
}

impl PullingCase<'_> {
    /// Resistance of locomotives and wagons at a speed, and of both at rest, N/kN.
    fn laws_n_per_kn(&self, speed_kmh: f64) -> [f64; 3] {
        let resistance = &self.stock.resistance;
        let laws = resistance.on(self.rails);
        let by_load = || laws.wagon(self.axle_t, resistance.empty_axle_t.value);
        let wagon = self.wagon_law.unwrap_or_else(by_load);
        [
            laws.power.n_per_kn(speed_kmh, self.axle_t),
            wagon.n_per_kn(speed_kmh, self.axle_t),
            resistance.start_n_per_kn(self.axle_t),
        ]
    }

    /// The load for a ruling gradient, curves included.
    ///
    /// # Errors
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) if a number is none of a railway.
    ///
    /// ```
    /// use railcorridor::model::{LocomotiveGroup, Rails, RollingStock};
    /// use railcorridor::operation::{Pulling, PullingCase};
    ///
    /// let stock = RollingStock::builtin();
    /// let groups = [LocomotiveGroup { id: "2te25km".into(), count: 1 }];
    /// let pulling = Pulling::of(stock, &groups)?;
    /// let (rails, axle_t) = (Rails::Jointed, 23.5);
    /// let case = PullingCase { stock, rails, axle_t, wagon_law: None, gravity_mps2: 9.81 };
    /// let nine = case.load(pulling, 9.0)?;
    /// assert_eq!((nine.by_pull_t.round(), nine.load_t()), (6278.0, 6250.0));
    /// assert_eq!(case.load(pulling, 18.0)?.load_t(), 3150.0); // half the train on twice the gradient
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn load(&self, pulling: Pulling, ruling_permille: f64) -> Result<TrailingLoad> {
        let hint = "give permille, from 0 on";
        within(|| "ruling_permille".to_owned(), ruling_permille, (0.0, 200.0), hint)?;
        within(|| "axle_t".to_owned(), self.axle_t, (1.0, 50.0), "give tonnes on an axle")?;
        let hint = "it is 9.81";
        within(|| "gravity_mps2".to_owned(), self.gravity_mps2, (9.7, 9.9), hint)?;
        let Pulling { mass_t, force_kn, speed_kmh, start_kn } = pulling;
        let [own, wagon, start] = self.laws_n_per_kn(speed_kmh);
        // Kilonewtons by g are 1000 t N/kN.
        let of_kn = |kn: f64| 1e3 * kn / self.gravity_mps2;
        let spare = of_kn(force_kn) - mass_t * (own + ruling_permille);
        Ok(TrailingLoad {
            by_pull_t: spare / (wagon + ruling_permille),
            by_start_t: of_kn(start_kn) / (start + ruling_permille) - mass_t,
        })
    }

    /// The steepest gradient on which locomotives, helpers among them, keep a load going.
    ///
    /// ```
    /// use railcorridor::model::{LocomotiveGroup, Rails, RollingStock};
    /// use railcorridor::operation::{Pulling, PullingCase};
    ///
    /// let stock = RollingStock::builtin();
    /// let group = |count| [LocomotiveGroup { id: "te33a".into(), count }];
    /// let (rails, axle_t) = (Rails::Jointed, 23.5);
    /// let case = PullingCase { stock, rails, axle_t, wagon_law: None, gravity_mps2: 9.81 };
    /// let one = Pulling::of(stock, &group(1))?;
    /// let load_t = case.load(one, 9.0)?.by_pull_t;
    /// assert!((case.steepest_permille(one, load_t) - 9.0).abs() < 1e-9);
    /// let helped = case.steepest_permille(one.with(one), load_t); // one more for the same load
    /// assert!((helped - 18.4).abs() < 0.1);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn steepest_permille(&self, pulling: Pulling, load_t: f64) -> f64 {
        let [own, wagon, _] = self.laws_n_per_kn(pulling.speed_kmh);
        let force = 1e3 * pulling.force_kn / self.gravity_mps2;
        (force - pulling.mass_t * own - load_t * wagon) / (pulling.mass_t + load_t)
    }
}

/// The steepest mean of gradient and curves that a train has under it while its head is on a
/// section.
///
/// # Errors
/// [`Error::OutOfRange`](crate::Error::OutOfRange) if the train is none, or the section not on the
/// line.
pub fn ruling_permille(line: &RunLine, train: &Train, from_m: f64, to_m: f64) -> Result<f64> {
    let rulings = rulings_by_radius_permille(line, train, from_m, to_m)?;
    Ok(rulings.into_iter().map(|(_, permille)| permille).fold(f64::NEG_INFINITY, f64::max))
}

/// The same apart for curves in which its locomotives, at its head, pull otherwise: pairs of the
/// sharpest radius of such curves and permille. Straight track has an infinite radius, and is all that
/// there is to trains whose pull curves do not change.
///
/// # Errors
/// As [`ruling_permille`].
pub fn rulings_by_radius_permille(
    line: &RunLine,
    train: &Train,
    from_m: f64,
    to_m: f64,
) -> Result<Vec<(f64, f64)>> {
    train.check()?;
    let ends = (line.start_m(), line.end_m());
    within(|| "from_m of a section".to_owned(), from_m, ends, "it lies on the line")?;
    within(|| "to_m of a section".to_owned(), to_m, (from_m, line.end_m()), "not before from_m")?;
    let nothing = (f64::INFINITY, f64::NEG_INFINITY);
    let mut most = vec![nothing; train.effort.curve_pulls() + 1];
    for cell in cells(line, train, &[]) {
        if !(cell.to_m > from_m && cell.from_m < to_m) {
            continue;
        }
        let ends_m = [from_m.max(cell.from_m), to_m.min(cell.to_m)];
        let own_n =
            ends_m.map(|at_m| cell.force_at(at_m)).into_iter().fold(f64::NEG_INFINITY, f64::max);
        if let Some((radius_m, most_n)) = most.get_mut(cell.grip) {
            *most_n = most_n.max(own_n);
            if cell.grip > 0 {
                *radius_m = radius_m.min(line.radius_m(0.5 * (cell.from_m + cell.to_m)));
            }
        }
    }
    let rulings = most.into_iter().filter(|(_, most_n)| *most_n > f64::NEG_INFINITY);
    Ok(rulings.map(|(radius_m, most_n)| (radius_m, most_n / train.gradient_n(1.0))).collect())
}
