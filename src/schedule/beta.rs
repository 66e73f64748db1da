//! The beta distribution on 0 to 1.

/// Steps of a continued fraction, far more than any of the shapes here needs.
const MOST_STEPS: u32 = 500;

/// A beta distribution with shapes of 1 and more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Beta {
    a: f64,
    b: f64,
    /// The logarithm of B(a, b).
    ln_complete: f64,
}

impl Beta {
    pub(super) fn new(a: f64, b: f64) -> Self {
        // Both tails together are 1, which gives B(a, b) without a gamma function.
        let at = (a + 1.0) / (a + b + 2.0);
        let tails = fraction(a, b, at) / a + fraction(b, a, 1.0 - at) / b;
        Self { a, b, ln_complete: a * at.ln() + b * (1.0 - at).ln() + tails.ln() }
    }

    /// The same distribution seen from 1.
    pub(super) fn mirrored(self) -> Self {
        Self { a: self.b, b: self.a, ..self }
    }

    /// The density at a value between 0 and 1.
    pub(super) fn density(self, at: f64) -> f64 {
        let ln = (self.a - 1.0) * at.ln() + (self.b - 1.0) * (-at).ln_1p() - self.ln_complete;
        ln.exp()
    }

    /// The probability of a value below: the regularised incomplete beta function `I_x(a, b)`, by
    /// the continued fraction of the Digital Library of Mathematical Functions, 8.17.22.
    pub(super) fn cumulative(self, at: f64) -> f64 {
        if at <= 0.0 {
            return 0.0;
        }
        if at >= 1.0 {
            return 1.0;
        }
        let scale = (self.a * at.ln() + self.b * (-at).ln_1p() - self.ln_complete).exp();
        if at <= (self.a + 1.0) / (self.a + self.b + 2.0) {
            scale * fraction(self.a, self.b, at) / self.a
        } else {
            1.0 - scale * fraction(self.b, self.a, 1.0 - at) / self.b
        }
    }

    /// The value that a draw stays below with a probability, 0 to 1: Newton's method, kept between
    /// bounds that close in.
    pub(super) fn quantile(self, probability: f64) -> f64 {
        if probability <= 0.0 {
            return 0.0;
        }
        if probability >= 1.0 {
            return 1.0;
        }
        let (mut low, mut high) = (0.0, 1.0);
        // Near 0 the distribution is x^a / (a B).
        let near_0 = ((probability.ln() + self.a.ln() + self.ln_complete) / self.a).exp();
        let mut at = near_0.min(self.a / (self.a + self.b));
        for _ in 0..200 {
            let above = self.cumulative(at) - probability;
            if above > 0.0 {
                high = at;
            } else {
                low = at;
            }
            let step = above / self.density(at);
            let mut next = at - step;
            if !(next > low && next < high) {
                next = low + (high - low) / 2.0;
            }
            if (next - at).abs() <= 1e-15 * next {
                return next;
            }
            at = next;
        }
        at
    }
}

/// The continued fraction of `I_x(a, b)` without its factor, by Lentz's method.
fn fraction(a: f64, b: f64, at: f64) -> f64 {
    let tiny = 1e-300;
    let (mut value, mut over, mut under) = (1.0, 1.0, 0.0);
    for step in 1..MOST_STEPS {
        let m = f64::from(step / 2);
        let term = if step % 2 == 0 {
            m * (b - m) * at / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        } else {
            -(a + m) * (a + b + m) * at / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        };
        under = 1.0 / away(1.0 + term * under, tiny);
        over = away(1.0 + term / over, tiny);
        let factor = over * under;
        value *= factor;
        if (factor - 1.0).abs() < 1e-16 {
            break;
        }
    }
    1.0 / value
}

/// A number, but never 0.
fn away(from_zero: f64, tiny: f64) -> f64 {
    if from_zero == 0.0 { tiny } else { from_zero }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_40_digits() {
        // a, b, probability, quantile: the incomplete beta function of mpmath 1.3, halved 130 times.
        for (a, b, probability, value) in [
            (1.0, 5.0, 1e-09, 2.0000000008e-10),
            (1.0, 5.0, 0.001, 0.00020008004803362555),
            (1.0, 5.0, 0.1, 0.02085163763902321),
            (1.0, 5.0, 0.5, 0.12944943670387585),
            (1.0, 5.0, 0.9, 0.36904265551980675),
            (1.0, 5.0, 0.999, 0.748811356849042),
            (5.0, 1.0, 1e-09, 0.015848931924611134),
            (5.0, 1.0, 0.001, 0.251188643150958),
            (5.0, 1.0, 0.1, 0.6309573444801932),
            (5.0, 1.0, 0.5, 0.8705505632961241),
            (5.0, 1.0, 0.9, 0.9791483623609768),
            (5.0, 1.0, 0.999, 0.9997999199519664),
            (2.5, 3.5, 1e-09, 9.67427614437684e-05),
            (2.5, 3.5, 0.001, 0.024735511935950617),
            (2.5, 3.5, 0.1, 0.17497634435653014),
            (2.5, 3.5, 0.5, 0.4068449408931939),
            (2.5, 3.5, 0.9, 0.6731526027354174),
            (2.5, 3.5, 0.999, 0.9204807521237621),
            (1.04, 4.96, 1e-09, 4.5316831117691843e-10),
            (1.04, 4.96, 0.001, 0.0002665109043593496),
            (1.04, 4.96, 0.1, 0.02334837374623021),
            (1.04, 4.96, 0.5, 0.13670597845440402),
            (1.04, 4.96, 0.9, 0.37896787021102607),
            (1.04, 4.96, 0.999, 0.7556066159986207),
            (2.142857142857143, 3.857142857142857, 1e-09, 2.1139157729168755e-05),
            (2.142857142857143, 3.857142857142857, 0.001, 0.01350299017059678),
            (2.142857142857143, 3.857142857142857, 0.1, 0.1291933513289708),
            (2.142857142857143, 3.857142857142857, 0.5, 0.34036980020289215),
            (2.142857142857143, 3.857142857142857, 0.9, 0.6103861066211246),
            (2.142857142857143, 3.857142857142857, 0.999, 0.8913147654107687),
            (41.0, 61.0, 1e-09, 0.15412717667129763),
            (41.0, 61.0, 0.001, 0.26040713433023294),
            (41.0, 61.0, 0.1, 0.34027709525706584),
            (41.0, 61.0, 0.5, 0.40131756112411066),
            (41.0, 61.0, 0.9, 0.46447934916157085),
            (41.0, 61.0, 0.999, 0.5542757095953651),
        ] {
            let beta = Beta::new(a, b);
            let found = beta.quantile(probability);
            assert!((found / value - 1.0).abs() < 1e-12, "{a} {b} {probability}: {found} {value}");
            let back = beta.cumulative(value);
            assert!((back / probability - 1.0).abs() < 1e-12, "{a} {b} {probability}: {back}");
            let mirrored = beta.mirrored().cumulative(1.0 - value);
            assert!((1.0 - mirrored - probability).abs() < 1e-14);
            // The density is the slope of the distribution.
            let step = 1e-6 * value.min(1.0 - value);
            let slope =
                (beta.cumulative(value + step) - beta.cumulative(value - step)) / (2.0 * step);
            assert!((slope / beta.density(value) - 1.0).abs() < 1e-6, "{a} {b} {probability}");
        }
        assert_eq!(
            (Beta::new(2.0, 3.0).quantile(0.0), Beta::new(2.0, 3.0).quantile(1.0)),
            (0.0, 1.0)
        );
    }
}
