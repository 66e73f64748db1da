//! Mass haul: what of a cut goes into which fill, what is borrowed and what is wasted.

use crate::error::{Result, within};

/// What moving earth costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HaulRates {
    /// Carrying a cubic metre for a metre.
    pub haul_usd_per_m3_m: f64,
    /// Taking a cubic metre from beside the line.
    pub borrow_usd_per_m3: f64,
    /// Leaving a cubic metre beside the line.
    pub waste_usd_per_m3: f64,
}

/// The cheapest movement of earth along a line.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MassHaul {
    /// What passes from each place to the next, cubic metres; negative is carried back. It is the
    /// mass-haul diagram.
    pub flows_m3: Vec<f64>,
    /// What is borrowed at each place, cubic metres; negative is wasted.
    pub borrowed_m3: Vec<f64>,
    /// What all that costs.
    pub cost_usd: f64,
    /// Volume times distance.
    pub haul_m3_m: f64,
}

impl MassHaul {
    /// All that is borrowed.
    #[must_use]
    pub fn borrow_m3(&self) -> f64 {
        self.borrowed_m3.iter().map(|amount_m3| amount_m3.max(0.0)).sum()
    }

    /// All that is wasted.
    #[must_use]
    pub fn waste_m3(&self) -> f64 {
        self.borrowed_m3.iter().map(|amount_m3| (-amount_m3).max(0.0)).sum()
    }
}

/// The cheapest way to move earth between places in a row; each has so much to spare (positive) or
/// needs so much, and may borrow and waste any amount beside the line.
///
/// It is exact. What has been spent up to a place is a convex function of what is carried onwards
/// from there, a chain of straight pieces. Borrowing and wasting cut off its pieces that are
/// steeper than their rates; a metre of haul adds a kink at zero. So only kinks between those two
/// rates are kept, at most `(borrow + waste) / 2 haul` metres of line have one each, and a line
/// takes time in proportion to its places.
///
/// # Errors
///
/// [`Error::OutOfRange`](crate::Error::OutOfRange) if there is not one distance between each two
/// places, a number is not finite, or a distance or a rate is negative.
///
/// # Example
///
/// 100 m3 to spare and 100 m3 missing 500 m on: carrying them costs 1 a cubic metre, borrowing and
/// wasting 5.
///
/// ```
/// use railcorridor::design::{HaulRates, mass_haul};
///
/// let mut rates =
///     HaulRates { haul_usd_per_m3_m: 0.002, borrow_usd_per_m3: 3.0, waste_usd_per_m3: 2.0 };
/// let near = mass_haul(&[500.0], &[100.0, -100.0], rates)?;
/// assert_eq!((near.flows_m3[0], near.cost_usd), (100.0, 100.0));
/// rates.haul_usd_per_m3_m = 0.02;
/// let far = mass_haul(&[500.0], &[100.0, -100.0], rates)?;
/// assert_eq!((far.borrow_m3(), far.waste_m3(), far.cost_usd), (100.0, 100.0, 500.0));
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn mass_haul(distances_m: &[f64], spare_m3: &[f64], rates: HaulRates) -> Result<MassHaul> {
    check(distances_m, spare_m3, rates)?;
    let mut spent = Spent::default();
    let mut bounds = Vec::with_capacity(spare_m3.len());
    for (place, spare) in spare_m3.iter().enumerate() {
        bounds.push(spent.clamped(rates));
        spent.shift_m3 += spare;
        if let Some(distance_m) = distances_m.get(place) {
            spent.add_kink(2.0 * rates.haul_usd_per_m3_m * distance_m);
        }
    }
    let mut haul = MassHaul { flows_m3: vec![0.0; distances_m.len()], ..MassHaul::default() };
    haul.borrowed_m3 = vec![0.0; spare_m3.len()];
    // Nothing leaves the last place; what arrives there follows from where the cost is least.
    let mut onwards_m3 = 0.0;
    for (place, (spare, (low_m3, high_m3))) in spare_m3.iter().zip(&bounds).enumerate().rev() {
        let arrives_m3 = (onwards_m3 - spare).clamp(*low_m3, *high_m3);
        let borrowed_m3 = onwards_m3 - spare - arrives_m3;
        let rate =
            if borrowed_m3 < 0.0 { -rates.waste_usd_per_m3 } else { rates.borrow_usd_per_m3 };
        haul.cost_usd += rate * borrowed_m3;
        if let Some(kept) = haul.borrowed_m3.get_mut(place) {
            *kept = borrowed_m3;
        }
        if let Some(before) = place.checked_sub(1)
            && let (Some(flow_m3), Some(distance_m)) =
                (haul.flows_m3.get_mut(before), distances_m.get(before))
        {
            *flow_m3 = arrives_m3;
            haul.haul_m3_m += arrives_m3.abs() * distance_m;
        }
        onwards_m3 = arrives_m3;
    }
    haul.cost_usd += rates.haul_usd_per_m3_m * haul.haul_m3_m;
    Ok(haul)
}

/// What has been spent up to a place, by what is carried onwards: where its slope changes.
#[derive(Default)]
struct Spent {
    /// The slope left of all kinks; nothing while only a flow of 0 is possible.
    first_slope: Option<f64>,
    /// Where the slope rises, less the shift, in order, and by how much.
    kinks: std::collections::VecDeque<(f64, f64)>,
    /// By how much all kinks lie farther to the right.
    shift_m3: f64,
}

impl Spent {
    /// Cuts off what is steeper than borrowing or wasting, and tells between which flows it lay.
    fn clamped(&mut self, rates: HaulRates) -> (f64, f64) {
        let (least, most) = (-rates.waste_usd_per_m3, rates.borrow_usd_per_m3);
        let Some(mut left) = self.first_slope else {
            // Only no flow arrives at the first place: a kink of both rates at once.
            self.first_slope = Some(least);
            self.kinks.push_back((-self.shift_m3, most - least));
            return (0.0, 0.0);
        };
        let mut right = left + self.kinks.iter().map(|(_, rise)| rise).sum::<f64>();
        let (mut low_m3, mut high_m3) = (f64::NEG_INFINITY, f64::INFINITY);
        while left < least
            && let Some((at_m3, rise)) = self.kinks.pop_front()
        {
            left += rise;
            low_m3 = at_m3 + self.shift_m3;
            if left > least {
                self.kinks.push_front((at_m3, left - least));
                left = least;
            }
        }
        while right > most
            && let Some((at_m3, rise)) = self.kinks.pop_back()
        {
            right -= rise;
            high_m3 = at_m3 + self.shift_m3;
            if right < most {
                self.kinks.push_back((at_m3, most - right));
            }
        }
        self.first_slope = Some(left);
        (low_m3, high_m3.max(low_m3))
    }

    /// Adds half of a rise times the amount carried, in either direction.
    fn add_kink(&mut self, rise: f64) {
        if rise == 0.0 {
            return;
        }
        let at_m3 = -self.shift_m3;
        let place = self.kinks.partition_point(|(known_m3, _)| *known_m3 < at_m3);
        self.kinks.insert(place, (at_m3, rise));
        self.first_slope = self.first_slope.map(|slope| slope - rise / 2.0);
    }
}

fn check(distances_m: &[f64], spare_m3: &[f64], rates: HaulRates) -> Result<()> {
    #[expect(clippy::cast_precision_loss, reason = "counts")]
    let (count, places) = (distances_m.len() as f64, spare_m3.len().max(1) as f64);
    let one_less = (places - 1.0, places - 1.0);
    within(|| "number of distances".to_owned(), count, one_less, "give one less than places")?;
    for (number, distance_m) in distances_m.iter().enumerate() {
        let item = || format!("distance in metres from place {number} to the next");
        within(item, *distance_m, (0.0, 1e9), "give metres along the line")?;
    }
    for (number, volume_m3) in spare_m3.iter().enumerate() {
        let item = || format!("earth in cubic metres at place {number}");
        within(item, *volume_m3, (-1e15, 1e15), "give cubic metres; what is missing is negative")?;
    }
    for (name, rate) in [
        ("haul_usd_per_m3_m", rates.haul_usd_per_m3_m),
        ("borrow_usd_per_m3", rates.borrow_usd_per_m3),
        ("waste_usd_per_m3", rates.waste_usd_per_m3),
    ] {
        within(|| name.to_owned(), rate, (0.0, 1e9), "give a rate that is not negative")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATES: HaulRates =
        HaulRates { haul_usd_per_m3_m: 0.01, borrow_usd_per_m3: 3.0, waste_usd_per_m3: 2.0 };

    /// The cheapest whole flows, by trying all of them place after place.
    fn tried(distances_m: &[f64], spare_m3: &[f64], rates: HaulRates) -> f64 {
        let reach = 40_i32;
        let mut spent: Vec<f64> =
            (-reach..=reach).map(|flow| if flow == 0 { 0.0 } else { f64::INFINITY }).collect();
        for (place, spare) in spare_m3.iter().enumerate() {
            let distance_m = distances_m.get(place).copied();
            let next = (-reach..=reach).map(|flow| {
                let from = spent.iter().zip(-reach..).map(|(cost, before)| {
                    let borrowed = f64::from(flow) - spare - f64::from(before);
                    let rate = if borrowed < 0.0 {
                        -rates.waste_usd_per_m3
                    } else {
                        rates.borrow_usd_per_m3
                    };
                    cost + rate * borrowed
                });
                let haul = rates.haul_usd_per_m3_m * distance_m.unwrap_or(0.0);
                from.fold(f64::INFINITY, f64::min) + haul * f64::from(flow).abs()
            });
            spent = next.collect();
        }
        spent[usize::try_from(reach).unwrap()]
    }

    #[test]
    fn no_whole_flows_are_cheaper() {
        chance::property(|u| {
            let count = u.int_in_range(1..=7_usize)?;
            let mut draw = |low: i32, high: i32| u.int_in_range(low..=high).map(f64::from);
            let (mut spare, mut distances) = (Vec::new(), Vec::new());
            for place in 0..count {
                spare.push(draw(-6, 6)?);
                if place > 0 {
                    distances.push(draw(0, 300)?);
                }
            }
            let rates = HaulRates { borrow_usd_per_m3: draw(0, 4)?, ..RATES };
            let haul = mass_haul(&distances, &spare, rates).unwrap();
            let tried = tried(&distances, &spare, rates);
            assert!((haul.cost_usd - tried).abs() < 1e-9, "{} {tried}", haul.cost_usd);
            // What arrives, is borrowed and is there goes on, and nothing leaves the line.
            let mut before = 0.0;
            let onwards = haul.flows_m3.iter().copied().chain([0.0]);
            for ((spare, borrowed), onwards) in spare.iter().zip(&haul.borrowed_m3).zip(onwards) {
                assert!((before + spare + borrowed - onwards).abs() < 1e-9);
                before = onwards;
            }
            Ok(())
        });
    }

    #[test]
    fn slips_are_told() {
        let refused = |distances: &[f64], spare: &[f64], rates| {
            mass_haul(distances, spare, rates).unwrap_err().to_string()
        };
        assert!(refused(&[1.0], &[1.0], RATES).contains("number of distances"));
        assert!(refused(&[-1.0], &[1.0, 2.0], RATES).contains("from place 0"));
        assert!(refused(&[1.0], &[1.0, f64::NAN], RATES).contains("at place 1"));
        let rates = HaulRates { waste_usd_per_m3: -1.0, ..RATES };
        assert!(refused(&[1.0], &[1.0, 2.0], rates).contains("waste_usd_per_m3"));
        assert_eq!(mass_haul(&[], &[], RATES).unwrap(), MassHaul::default());
        let none =
            HaulRates { haul_usd_per_m3_m: 0.0, borrow_usd_per_m3: 0.0, waste_usd_per_m3: 0.0 };
        assert_eq!(mass_haul(&[9.0], &[3.0, -9.0], none).unwrap().cost_usd, 0.0);
    }
}
