//! Radii to build curves with, and what goes with each under a standard.

use crate::error::Result;
use crate::geometry::{CurveCant, Ramp};
use crate::geometry::{GRAVITY_MPS2, cant_constant_mm};
use crate::model::{Limit, LimitRule, LimitWeight, Standard};

/// Radii that curves are laid out with, metres.
const RADII_M: [f64; 17] = [
    250.0, 300.0, 350.0, 400.0, 500.0, 600.0, 800.0, 1000.0, 1200.0, 1500.0, 2000.0, 2500.0,
    3000.0, 4000.0, 6000.0, 10_000.0, 20_000.0,
];

/// Speeds of curves step by so much.
const SPEED_STEP_KMH: f64 = 5.0;

/// A radius with its speed, cant and transitions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurveClass {
    /// The radius.
    pub radius_m: f64,
    /// The highest speed in it.
    pub speed_kmh: f64,
    /// The cant of the outer rail.
    pub cant_m: f64,
    /// The length of either transition.
    pub transition_m: f64,
}

impl CurveClass {
    /// The cant as it lies in a curve of this class.
    #[must_use]
    pub fn curve_cant(&self) -> CurveCant {
        CurveCant { inwards_m: self.cant_m, ramp: Ramp::Clothoid }
    }

    /// The classes that a standard allows, from a least radius up, largest first.
    ///
    /// The speed is that of the standard, or lower in steps of 5 km/h where no cant would serve the
    /// fast and the slow trains. The cant is the least that keeps deficiency and lateral
    /// acceleration, in whole 5 mm; the transition is as long as its gradient, its rate and the
    /// rate of the deficiency ask, desirable limits included, in whole 10 m.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) if no radius is allowed at any speed.
    ///
    /// # Example
    ///
    /// ```
    /// use railcorridor::design::CurveClass;
    /// use railcorridor::model::Standard;
    ///
    /// let standard = Standard::builtin_called("1520-mixed-120")?;
    /// let classes = CurveClass::of_standard(standard, 800.0, standard.speed_kmh)?;
    /// let tight = classes.last().unwrap();
    /// // 120 km/h at 800 m asks for 226.6 mm; 0.7 m/s2 leave 114.2 of it to the passengers.
    /// assert_eq!((tight.radius_m, tight.speed_kmh, tight.cant_m), (800.0, 120.0, 0.115));
    /// assert_eq!(tight.transition_m, 120.0); // 1 permille: 115 m
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn of_standard(
        standard: &Standard,
        least_radius_m: f64,
        speed_kmh: f64,
    ) -> Result<Vec<Self>> {
        let radii = RADII_M.into_iter().rev().filter(|radius_m| *radius_m > least_radius_m);
        let radii: Vec<f64> = radii.chain([least_radius_m]).collect();
        let classes: Vec<Self> =
            radii.into_iter().filter_map(|radius_m| class(standard, radius_m, speed_kmh)).collect();
        if classes.is_empty() {
            return Err(crate::Error::OutOfRange {
                item: "least radius in metres".to_owned(),
                value: least_radius_m,
                limit: format!("what standard {} allows at any speed", standard.id),
                hint: "choose a larger radius, or another standard".to_owned(),
            });
        }
        Ok(classes)
    }
}

/// The class of a radius at the highest speed that it allows up to one.
fn class(standard: &Standard, radius_m: f64, most_kmh: f64) -> Option<CurveClass> {
    let mut speed_kmh = most_kmh;
    while speed_kmh > 0.0 {
        if let Some(class) = at_speed(standard, radius_m, speed_kmh) {
            return Some(class);
        }
        speed_kmh = ((speed_kmh / SPEED_STEP_KMH).ceil() - 1.0) * SPEED_STEP_KMH;
    }
    None
}

fn at_speed(standard: &Standard, radius_m: f64, speed_kmh: f64) -> Option<CurveClass> {
    let limits = |rule: LimitRule| of_rule(standard, rule, speed_kmh, radius_m);
    let must = |rule| limits(rule).filter(|(limit, _)| limit.weight == LimitWeight::Limit);
    let least = |values: &mut dyn Iterator<Item = f64>| values.fold(f64::INFINITY, f64::min);
    if must(LimitRule::LeastRadius).any(|(_, least_m)| radius_m < least_m) {
        return None;
    }
    let constant = cant_constant_mm(standard.rail_head_distance_mm / 1000.0);
    let even_mm = |speed_kmh: f64| constant * speed_kmh * speed_kmh / radius_m;
    let by_force = must(LimitRule::MostLateralAcceleration)
        .map(|(_, most)| most * standard.rail_head_distance_mm / GRAVITY_MPS2);
    let lack_mm =
        least(&mut must(LimitRule::MostCantDeficiency).map(|(_, most)| most).chain(by_force));
    let needed_mm = (even_mm(speed_kmh) - lack_mm).max(0.0);
    let cant_mm = (needed_mm / 5.0).ceil() * 5.0;
    let excess_mm = least(&mut must(LimitRule::MostCantExcess).map(|(_, most)| most));
    let slow_kmh = standard.slow_speed_kmh.unwrap_or(speed_kmh).min(speed_kmh);
    let most_mm = least(&mut must(LimitRule::MostCant).map(|(_, most)| most));
    if cant_mm > most_mm || cant_mm > even_mm(slow_kmh) + excess_mm {
        return None;
    }
    let cant_mm = if cant_mm.is_finite() { cant_mm } else { 0.0 };
    let speed_mps = speed_kmh / 3.6;
    // What is missing to the equilibrium changes along the transition too.
    let missing_mm = (even_mm(speed_kmh) - cant_mm).abs();
    let by = |rule, change: f64| limits(rule).map(move |(_, most)| change / most);
    let lengths = by(LimitRule::MostCantGradient, cant_mm)
        .chain(by(LimitRule::MostTwist, cant_mm))
        .chain(by(LimitRule::MostCantRate, cant_mm * speed_mps))
        .chain(by(LimitRule::MostDeficiencyRate, missing_mm * speed_mps))
        .chain(limits(LimitRule::LeastTransitionLength).map(|(_, least_m)| least_m));
    let transition_m = lengths.filter(|length_m| length_m.is_finite()).fold(0.0, f64::max);
    let transition_m = (transition_m / 10.0).ceil() * 10.0;
    Some(CurveClass { radius_m, speed_kmh, cant_m: cant_mm / 1000.0, transition_m })
}

/// The limits of a rule that hold at a speed in a radius, with their values there.
fn of_rule(
    standard: &Standard,
    rule: LimitRule,
    speed_kmh: f64,
    radius_m: f64,
) -> impl Iterator<Item = (&Limit, f64)> {
    let limits = standard.limits.iter().filter(move |limit| limit.rule == rule);
    limits.filter_map(move |limit| Some((limit, limit.at(speed_kmh, radius_m)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tight_curves_are_slower() {
        let standard = Standard::builtin_called("1520-mixed-120").unwrap();
        let classes = CurveClass::of_standard(standard, 300.0, 120.0).unwrap();
        assert!(classes.windows(2).all(|pair| pair[0].radius_m > pair[1].radius_m));
        assert!(classes.windows(2).all(|pair| pair[0].speed_kmh >= pair[1].speed_kmh));
        let tightest = classes.last().unwrap();
        assert!(tightest.speed_kmh < 100.0 && tightest.radius_m == 300.0, "{tightest:?}");
        assert!(classes.iter().all(|class| class.cant_m <= 0.15 && class.transition_m >= 20.0));
        let wide = classes.first().unwrap();
        assert_eq!((wide.radius_m, wide.cant_m, wide.transition_m), (20_000.0, 0.0, 20.0));
    }

    #[test]
    fn every_standard_has_curves() {
        for standard in Standard::builtin() {
            let classes = CurveClass::of_standard(standard, 800.0, standard.speed_kmh).unwrap();
            assert!(classes.len() > 5, "{}", standard.id);
        }
        let standard = Standard::builtin_called("1435-ebo").unwrap();
        let problem = CurveClass::of_standard(standard, 20.0, 100.0);
        assert!(problem.is_ok_and(|classes| classes.iter().all(|class| class.radius_m >= 300.0)));
    }
}
