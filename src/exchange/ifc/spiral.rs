//! Transitions as spirals of IFC: curvatures as sums of powers, cosines and sines of the distance.

use std::f64::consts::TAU;

use super::step::{Id, MaybeReal, Real, Step};
use crate::geometry::Ramp;

/// A clothoid that would be straight farther off than so many of its lengths is written by powers.
const FAR_OFF: f64 = 0.25;

/// Changes that are smaller bend a line by less than an atom, and have no term.
pub(super) const NO_CHANGE_PER_M: f64 = 1e-30;

/// What a transition of a ramp is called in a design.
pub(super) fn word(ramp: Ramp) -> &'static str {
    match ramp {
        Ramp::Clothoid => "CLOTHOID",
        Ramp::Bloss => "BLOSSCURVE",
        Ramp::Cosine => "COSINECURVE",
        Ramp::Sine => "SINECURVE",
        Ramp::Helmert => "HELMERTCURVE",
        Ramp::Viennese => "VIENNESEBEND",
    }
}

/// A part of a spiral.
pub(super) struct Part {
    pub(super) parent: Id,
    /// Where it begins on the spiral.
    pub(super) start_m: f64,
    pub(super) length_m: f64,
}

/// What runs from one value to another over a length, and what is added to it in powers of the
/// share of the length.
///
/// A spiral of IFC has the curvature k(s) = sum of sgn(A_n) s^n / |A_n|^(n + 1); so the term of a
/// coefficient a_n of (s / L)^n is A_n = sgn(a_n) (L^n / |a_n|)^(1 / (n + 1)).
pub(super) struct Run {
    pub(super) ramp: Ramp,
    pub(super) length_m: f64,
    pub(super) from_per_m: f64,
    pub(super) to_per_m: f64,
    /// The term of a Viennese bend, by powers from the second to the fifth.
    pub(super) sway_per_m: f64,
}

impl Run {
    fn is_straight_far_off(&self) -> bool {
        let (from, to) = (self.from_per_m, self.to_per_m);
        from * to > 0.0 && from.abs().min(to.abs()) > FAR_OFF * (to - from).abs()
    }

    /// The spirals, in order: two for the Helmert curve, else one.
    pub(super) fn write(&self, step: &mut Step, base: Id) -> Vec<Part> {
        let (from, change) = (self.from_per_m, self.to_per_m - self.from_per_m);
        let whole = |parent| Part { parent, start_m: 0.0, length_m: self.length_m };
        match self.ramp {
            Ramp::Clothoid if self.is_straight_far_off() => {
                // Between two curves: readers that integrate from where its clothoid would be
                // straight miss it the more the farther that lies off, and at last the turns have
                // no digits left. A power that adds nothing takes the place of one that must stand.
                let linear = MaybeReal(self.term(1, change));
                let constant = MaybeReal(self.term(0, from));
                vec![whole(step.add(format_args!(
                    "IFCSECONDORDERPOLYNOMIALSPIRAL({base},1.E30,{linear},{constant})"
                )))]
            }
            Ramp::Clothoid => {
                let constant = Real(self.term(1, change).unwrap_or(f64::MAX));
                let parent = step.add(format_args!("IFCCLOTHOID({base},{constant})"));
                // It begins where the curvature of the spiral is the first one.
                let start_m = from / change * self.length_m;
                vec![Part { parent, start_m, length_m: self.length_m }]
            }
            Ramp::Bloss => {
                let powers = [from, 0.0, 3.0 * change, -2.0 * change];
                vec![whole(self.powers(step, base, "IFCTHIRDORDERPOLYNOMIALSPIRAL", &powers))]
            }
            Ramp::Cosine => {
                let cosine = MaybeReal(self.term(0, -0.5 * change));
                let constant = MaybeReal(self.term(0, from + 0.5 * change));
                vec![whole(step.add(format_args!("IFCCOSINESPIRAL({base},{cosine},{constant})")))]
            }
            Ramp::Sine => {
                let sine = MaybeReal(self.term(0, -change / TAU));
                let linear = MaybeReal(self.term(1, change));
                let constant = MaybeReal(self.term(0, from));
                vec![whole(
                    step.add(format_args!("IFCSINESPIRAL({base},{sine},{linear},{constant})")),
                )]
            }
            Ramp::Helmert => {
                let half_m = 0.5 * self.length_m;
                let first = [from, 0.0, 2.0 * change];
                let second = [from - change, 4.0 * change, -2.0 * change];
                let entity = "IFCSECONDORDERPOLYNOMIALSPIRAL";
                [(first, 0.0), (second, half_m)]
                    .map(|(powers, start_m)| {
                        let parent = self.powers(step, base, entity, &powers);
                        Part { parent, start_m, length_m: half_m }
                    })
                    .into()
            }
            Ramp::Viennese => {
                let sway = self.sway_per_m;
                let powers = [
                    from,
                    0.0,
                    -420.0 * sway,
                    1680.0 * sway,
                    35.0 * change - 2100.0 * sway,
                    -84.0 * change + 840.0 * sway,
                    70.0 * change,
                    -20.0 * change,
                ];
                vec![whole(self.powers(step, base, "IFCSEVENTHORDERPOLYNOMIALSPIRAL", &powers))]
            }
        }
    }

    /// A spiral by its powers, the lowest first; the file has the highest first.
    fn powers(&self, step: &mut Step, base: Id, entity: &str, powers: &[f64]) -> Id {
        let mut terms = String::new();
        for (power, coefficient) in powers.iter().enumerate().rev() {
            terms += &format!(",{}", MaybeReal(self.term(power, *coefficient)));
        }
        step.add(format_args!("{entity}({base}{terms})"))
    }

    /// The term of a power; none if it is 0, which no length can say.
    #[expect(clippy::cast_precision_loss, reason = "powers are 0 to 7")]
    fn term(&self, power: usize, coefficient_per_m: f64) -> Option<f64> {
        let (power, root) = (power as f64, 1.0 / (power as f64 + 1.0));
        let above = self.length_m.powf(power * root);
        let term = above * coefficient_per_m.abs().powf(-root);
        term.is_finite().then(|| term.copysign(coefficient_per_m))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clothoid_has_the_parameter_that_stands_in_books() {
        // A^2 = R L: 300 m and 75 m make 150 m.
        let run = Run {
            ramp: Ramp::Clothoid,
            length_m: 75.0,
            from_per_m: 0.0,
            to_per_m: -1.0 / 300.0,
            sway_per_m: 0.0,
        };
        assert!((run.term(1, run.to_per_m).unwrap() + 150.0).abs() < 1e-12);
        assert_eq!((run.term(0, 0.0), run.term(0, 1e-320)), (None, None));
    }
}
