//! The limits that a line of tangents, arcs with transitions, and grades with parabolas must keep.

use serde::{Deserialize, Serialize};

use crate::error::{Result, within};
use crate::finding::{Finding, Severity};
use crate::geometry::{Alignment, Element, Profile};

/// Limits of plan and profile.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineLimits {
    /// The least radius of a curve.
    pub least_radius_m: f64,
    /// The length of the transition, a clothoid, on either side of an arc.
    pub transition_m: f64,
    /// The least length of an arc.
    pub least_arc_m: f64,
    /// The least length of a tangent between curves.
    pub least_tangent_m: f64,
    /// The greatest length of a tangent between curves.
    pub greatest_tangent_m: f64,
    /// The least gradient, up or down: water must run off.
    pub least_gradient_ratio: f64,
    /// The greatest gradient, up or down.
    pub greatest_gradient_ratio: f64,
    /// The radius of vertical curves.
    pub vertical_radius_m: f64,
    /// The least length of even gradient between vertical curves, and before the first and behind
    /// the last.
    pub least_even_grade_m: f64,
}

/// What is let off for the last digits: a length, and a gradient.
const ROUNDING_M: f64 = 1e-6;
const ROUNDING_RATIO: f64 = 1e-9;

impl LineLimits {
    /// Every limit that a line does not keep, in the order of the line, plan first.
    ///
    /// Tangents at the ends go on in other lines, so they may be of any length.
    ///
    /// # Example
    ///
    /// ```
    /// use railcorridor::design::LineLimits;
    /// use railcorridor::geodesy::Coord;
    /// use railcorridor::geometry::{Alignment, Horizontal, Profile, Tangent, VerticalElement};
    ///
    /// let limits = LineLimits {
    ///     least_radius_m: 250.0,
    ///     transition_m: 80.0,
    ///     least_arc_m: 100.0,
    ///     least_tangent_m: 222.0,
    ///     greatest_tangent_m: 1321.0,
    ///     least_gradient_ratio: 0.005,
    ///     greatest_gradient_ratio: 0.05,
    ///     vertical_radius_m: 10_000.0,
    ///     least_even_grade_m: 225.0,
    /// };
    /// let start = Coord { e_m: 0.0, n_m: 0.0 };
    /// let plan = Horizontal::new(start, 0.0, vec![Tangent::new(1000.0)?.into()])?;
    /// let profile = Profile::new(0.0, 934.0, vec![VerticalElement::grade(1000.0, 0.06)?])?;
    /// let line = Alignment::new(plan, Some(profile), None)?;
    /// let broken = limits.broken(&line);
    /// assert_eq!(broken.len(), 1);
    /// assert_eq!(broken[0].message, "the gradient is 60.00 permille where 50.00 is the most");
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn broken(&self, line: &Alignment) -> Vec<Finding> {
        let mut found = Vec::new();
        self.plan(line, &mut found);
        if let Some(profile) = line.profile() {
            self.profile(profile, &mut found);
        }
        found
    }

    /// Whether they are limits of a line that can be drawn.
    pub(super) fn checked(&self) -> Result<()> {
        let hint = "give lengths in metres and gradients as ratios";
        let lengths = (0.0, 1e6);
        let least_gradient = (0.0, self.greatest_gradient_ratio);
        for (name, value, range) in [
            ("least_radius_m", self.least_radius_m, (1.0, 1e6)),
            ("transition_m", self.transition_m, (0.1, 2.0 * self.least_radius_m)),
            ("least_arc_m", self.least_arc_m, lengths),
            ("least_tangent_m", self.least_tangent_m, lengths),
            ("greatest_tangent_m", self.greatest_tangent_m, (self.least_tangent_m, f64::MAX)),
            ("greatest_gradient_ratio", self.greatest_gradient_ratio, (1e-6, 1.0)),
            ("least_gradient_ratio", self.least_gradient_ratio, least_gradient),
            ("vertical_radius_m", self.vertical_radius_m, (1.0, 1e7)),
            ("least_even_grade_m", self.least_even_grade_m, lengths),
        ] {
            within(|| name.to_owned(), value, range, hint)?;
        }
        Ok(())
    }

    fn plan(&self, line: &Alignment, found: &mut Vec<Finding>) {
        let plan = line.horizontal();
        let elements = plan.elements();
        let curvature = |element: &Element| {
            element.curvature_from_per_m().abs().max(element.curvature_to_per_m().abs())
        };
        for (number, (element, &at_m)) in elements.iter().zip(plan.joints_m()).enumerate() {
            let length_m = element.length_m();
            let radius_m = 1.0 / curvature(element);
            if radius_m < self.least_radius_m - ROUNDING_M {
                found.push(least(
                    "line-radius",
                    "radius",
                    at_m,
                    metres(radius_m, self.least_radius_m),
                ));
            }
            match element {
                Element::Tangent(_) if number > 0 && number + 1 < elements.len() => {
                    if length_m < self.least_tangent_m - ROUNDING_M {
                        let values = metres(length_m, self.least_tangent_m);
                        found.push(least("line-tangent", "tangent between curves", at_m, values));
                    }
                    if length_m > self.greatest_tangent_m + ROUNDING_M {
                        let values = metres(length_m, self.greatest_tangent_m);
                        found.push(most("line-tangent", "tangent between curves", at_m, values));
                    }
                }
                Element::Tangent(_) => {}
                Element::Arc(_) => {
                    if length_m < self.least_arc_m - ROUNDING_M {
                        let values = metres(length_m, self.least_arc_m);
                        found.push(least("line-arc", "arc", at_m, values));
                    }
                }
                Element::Transition(_) => {
                    if length_m < self.transition_m - ROUNDING_M {
                        let values = metres(length_m, self.transition_m);
                        found.push(least("line-transition", "transition", at_m, values));
                    }
                }
            }
        }
        let pairs = elements.iter().zip(elements.iter().skip(1));
        for ((before, after), &at_m) in pairs.zip(plan.joints_m().iter().skip(1)) {
            let jump_per_m = after.curvature_from_per_m() - before.curvature_to_per_m();
            if jump_per_m.abs() > JUMP_PER_M {
                let values = (format!("{jump_per_m:.6} 1/m"), "0 1/m".to_owned());
                found.push(most("line-transition", "jump of curvature", at_m, values));
            }
        }
    }

    fn profile(&self, profile: &Profile, found: &mut Vec<Finding>) {
        for (element, at_m) in profile.elements().iter().zip(profile.joints_m()) {
            let (from_ratio, to_ratio) =
                (element.gradient_from_ratio(), element.gradient_to_ratio());
            let change_ratio = (to_ratio - from_ratio).abs();
            if change_ratio > 0.0 {
                let radius_m = element.length_m() / change_ratio;
                if radius_m < self.vertical_radius_m * (1.0 - ROUNDING_RATIO) {
                    let values = metres(radius_m, self.vertical_radius_m);
                    found.push(least("line-vertical-radius", "vertical radius", at_m, values));
                }
                continue;
            }
            let gradient_ratio = from_ratio.abs();
            if gradient_ratio > self.greatest_gradient_ratio + ROUNDING_RATIO {
                let values = permille(gradient_ratio, self.greatest_gradient_ratio);
                found.push(most("line-gradient", "gradient", at_m, values));
            }
            if gradient_ratio < self.least_gradient_ratio - ROUNDING_RATIO {
                let values = permille(gradient_ratio, self.least_gradient_ratio);
                found.push(least("line-gradient", "gradient", at_m, values));
            }
            if element.length_m() < self.least_even_grade_m - ROUNDING_M {
                let values = metres(element.length_m(), self.least_even_grade_m);
                found.push(least("line-even-grade", "even grade", at_m, values));
            }
        }
    }
}

/// Curvatures that differ by less are the same.
const JUMP_PER_M: f64 = 1e-9;

fn metres(value_m: f64, limit_m: f64) -> (String, String) {
    (format!("{value_m:.2} m"), format!("{limit_m:.2} m"))
}

fn permille(value_ratio: f64, limit_ratio: f64) -> (String, String) {
    (format!("{:.2} permille", 1e3 * value_ratio), format!("{:.2}", 1e3 * limit_ratio))
}

fn least(rule: &'static str, what: &str, at_m: f64, values: (String, String)) -> Finding {
    finding(rule, what, at_m, values, "least")
}

fn most(rule: &'static str, what: &str, at_m: f64, values: (String, String)) -> Finding {
    finding(rule, what, at_m, values, "most")
}

fn finding(
    rule: &'static str,
    what: &str,
    at_m: f64,
    (value, limit): (String, String),
    word: &str,
) -> Finding {
    Finding {
        rule,
        id: format!("{rule}:{at_m:.0}"),
        severity: Severity::Error,
        subject: format!("line at {at_m:.2} m"),
        chainage_m: Some(at_m),
        message: format!("the {what} is {value} where {limit} is the {word}"),
        value,
        limit,
        claims: Vec::new(),
        sources: Vec::new(),
        waiver: None,
    }
}
