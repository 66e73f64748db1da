//! How far a train takes to stop: at an even deceleration, or by the friction of its shoes.

use crate::error::{Result, within};
use crate::model::ShoeBrake;

/// Speed that 1 N/kN takes from a freight train in an hour, km/h2: that of a factor of rotating
/// masses of 1.06.
const ZETA_KMH2: f64 = 120.0;

/// A stop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stop {
    /// Until the brakes hold, the train keeping its speed.
    pub preparation_s: f64,
    /// How far it comes meanwhile.
    pub preparation_m: f64,
    /// How far it comes while they hold.
    pub braking_m: f64,
}

impl Stop {
    /// From the order to brake until it stands.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.preparation_m + self.braking_m
    }
}

/// A stop at an even deceleration: `v^2 / 2b`.
///
/// # Errors
/// [`Error::OutOfRange`](crate::Error::OutOfRange) if a number is none of a train.
///
/// ```
/// use railcorridor::operation::even_stop;
///
/// let stop = even_stop(72.0, 0.25)?; // 20 m/s
/// assert!((stop.braking_m - 800.0).abs() < 1e-9);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn even_stop(speed_kmh: f64, deceleration_mps2: f64) -> Result<Stop> {
    within(|| "speed_kmh".to_owned(), speed_kmh, (0.0, 600.0), "give kilometres an hour")?;
    let hint = "about 0.25 of a freight train";
    within(|| "deceleration_mps2".to_owned(), deceleration_mps2, (1e-3, 10.0), hint)?;
    let speed_mps = speed_kmh / 3.6;
    let braking_m = speed_mps * speed_mps / (2.0 * deceleration_mps2);
    Ok(Stop { preparation_s: 0.0, preparation_m: 0.0, braking_m })
}

/// An emergency stop by the Rules of Traction Calculations: preparation of `a - c i / b` seconds,
/// `a` of 7, 10 or 12 by the number of axles, then `v dv / (zeta (b + w + i))`, where `b` is the
/// force of the shoes and `w` the rolling resistance, both in N/kN.
///
/// `rolling_n_per_kn` is the coefficients of 1, v and v^2 (km/h) of the coasting train.
///
/// # Errors
/// [`Error::OutOfRange`](crate::Error::OutOfRange) if a number is none of a train, or the brakes do
/// not hold on the gradient.
///
/// ```
/// use railcorridor::model::RollingStock;
/// use railcorridor::operation::emergency_stop;
///
/// // The published share of cast iron and that assumed for composite shoes stop alike.
/// let stock = RollingStock::builtin();
/// let stop_m = |id: &str| {
///     let stop = emergency_stop(stock.brake(id)?, 80.0, [0.9, 0.005, 0.0001], 0.0, 200)?;
///     Ok::<f64, railcorridor::Error>(stop.braking_m)
/// };
/// let [iron_m, composite_m] = [stop_m("cast-iron")?, stop_m("composite")?];
/// assert!((composite_m / iron_m - 1.0).abs() < 0.1, "{iron_m} {composite_m}");
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn emergency_stop(
    brake: &ShoeBrake,
    speed_kmh: f64,
    rolling_n_per_kn: [f64; 3],
    gradient_permille: f64,
    axles: u32,
) -> Result<Stop> {
    within(|| "speed_kmh".to_owned(), speed_kmh, (0.0, 600.0), "give kilometres an hour")?;
    let gradient = || "gradient_permille".to_owned();
    within(gradient, gradient_permille, (-100.0, 100.0), "give permille, falling below 0")?;
    let [a, b, c] = rolling_n_per_kn;
    let slows_n_per_kn =
        |v: f64| brake.emergency_n_per_kn(v) + a + v * (b + c * v) + gradient_permille;
    let at_speed = slows_n_per_kn(speed_kmh);
    let hint = "the brakes do not hold the train on this gradient; more share, or a lower speed";
    within(|| "what slows the train, N/kN".to_owned(), at_speed, (1e-3, 1e6), hint)?;
    let [still_s, by_gradient_s] = match axles {
        0..=200 => [7.0, 10.0],
        201..=300 => [10.0, 15.0],
        _ => [12.0, 18.0],
    };
    let brake_n_per_kn = brake.emergency_n_per_kn(speed_kmh);
    let preparation_s = (still_s - by_gradient_s * gradient_permille / brake_n_per_kn).max(0.0);
    // km/h dv over km/h2: kilometres.
    let braking_km = simpson(speed_kmh, |v| v / (ZETA_KMH2 * slows_n_per_kn(v)));
    let preparation_m = speed_kmh / 3.6 * preparation_s;
    Ok(Stop { preparation_s, preparation_m, braking_m: 1e3 * braking_km })
}

/// The even deceleration that stops a train as soon as a full service brake does on the level,
/// without preparation and rolling resistance.
///
/// # Errors
/// [`Error::OutOfRange`](crate::Error::OutOfRange) if the speed is none of a train.
pub fn service_mps2(brake: &ShoeBrake, speed_kmh: f64) -> Result<f64> {
    within(|| "speed_kmh".to_owned(), speed_kmh, (1.0, 600.0), "give kilometres an hour")?;
    let braking_km = simpson(speed_kmh, |v| v / (ZETA_KMH2 * brake.service_n_per_kn(v)));
    let speed_mps = speed_kmh / 3.6;
    Ok(speed_mps * speed_mps / (2e3 * braking_km))
}

/// The integral from 0 by Simpson's rule; the integrand is smooth, so that 128 steps leave 1e-9.
fn simpson(to: f64, of: impl Fn(f64) -> f64) -> f64 {
    const STEPS: u32 = 128;
    let step = to / f64::from(STEPS);
    let inner = (1..STEPS).map(|number| {
        let weight = if number % 2 == 1 { 4.0 } else { 2.0 };
        weight * of(f64::from(number) * step)
    });
    (of(0.0) + inner.sum::<f64>() + of(to)) * step / 3.0
}
