//! What a limit of a standard may limit, with its unit and in words.

use serde::{Deserialize, Serialize};

/// What a limit limits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LimitRule {
    /// The radius of a curve, m.
    #[default]
    LeastRadius,
    /// The length of a transition, m; where curvatures jump there is one of no length.
    LeastTransitionLength,
    /// The length of a tangent or an arc between others, m.
    LeastElementLength,
    /// The cant, mm.
    MostCant,
    /// What the cant lacks to the equilibrium at the speed of the fastest trains, mm.
    MostCantDeficiency,
    /// What the cant has above the equilibrium at the speed of the slowest trains, mm.
    MostCantExcess,
    /// The acceleration sideways that the cant leaves to the fastest trains, m/s2.
    MostLateralAcceleration,
    /// The change of cant a metre of line, permille.
    MostCantGradient,
    /// The difference of cant over a base, a metre of it, permille.
    MostTwist,
    /// The change of cant in a second, mm/s.
    MostCantRate,
    /// The change of the deficiency in a second, mm/s.
    MostDeficiencyRate,
    /// By how much the deficiency jumps where two elements meet, mm.
    MostDeficiencyJump,
    /// The gradient, permille.
    MostGradient,
    /// The gradient with what curves add to it, permille.
    MostCompensatedGradient,
    /// The gradient in stations, permille.
    MostStationGradient,
    /// By how much the gradient changes at once, permille.
    MostGradientChange,
    /// The radius of a vertical curve, m.
    LeastVerticalRadius,
    /// From one break of the gradient to the next, m.
    LeastGradeLength,
}

impl LimitRule {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 18] = [
        Self::LeastRadius,
        Self::LeastTransitionLength,
        Self::LeastElementLength,
        Self::MostCant,
        Self::MostCantDeficiency,
        Self::MostCantExcess,
        Self::MostLateralAcceleration,
        Self::MostCantGradient,
        Self::MostTwist,
        Self::MostCantRate,
        Self::MostDeficiencyRate,
        Self::MostDeficiencyJump,
        Self::MostGradient,
        Self::MostCompensatedGradient,
        Self::MostStationGradient,
        Self::MostGradientChange,
        Self::LeastVerticalRadius,
        Self::LeastGradeLength,
    ];

    /// Its name, as in files: `least-radius`.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.row().0
    }

    /// Its unit.
    #[must_use]
    pub fn unit(self) -> &'static str {
        self.row().1
    }

    /// What is limited, in words: `radius`.
    #[must_use]
    pub fn words(self) -> &'static str {
        self.row().2
    }

    /// Whether values must not be smaller, rather than not larger.
    #[must_use]
    pub fn is_least(self) -> bool {
        self.id().starts_with("least")
    }

    fn row(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::LeastRadius => ("least-radius", "m", "radius"),
            Self::LeastTransitionLength => {
                ("least-transition-length", "m", "length of a transition")
            }
            Self::LeastElementLength => ("least-element-length", "m", "length of a tangent or arc"),
            Self::MostCant => ("most-cant", "mm", "cant"),
            Self::MostCantDeficiency => ("most-cant-deficiency", "mm", "cant deficiency"),
            Self::MostCantExcess => ("most-cant-excess", "mm", "cant excess"),
            Self::MostLateralAcceleration => {
                ("most-lateral-acceleration", "m/s2", "lateral acceleration")
            }
            Self::MostCantGradient => ("most-cant-gradient", "permille", "cant gradient"),
            Self::MostTwist => ("most-twist", "permille", "twist over a base"),
            Self::MostCantRate => ("most-cant-rate", "mm/s", "change of cant in time"),
            Self::MostDeficiencyRate => {
                ("most-deficiency-rate", "mm/s", "change of deficiency in time")
            }
            Self::MostDeficiencyJump => ("most-deficiency-jump", "mm", "jump of deficiency"),
            Self::MostGradient => ("most-gradient", "permille", "gradient"),
            Self::MostCompensatedGradient => {
                ("most-compensated-gradient", "permille", "gradient with curve resistance")
            }
            Self::MostStationGradient => {
                ("most-station-gradient", "permille", "gradient in stations")
            }
            Self::MostGradientChange => {
                ("most-gradient-change", "permille", "sudden change of gradient")
            }
            Self::LeastVerticalRadius => ("least-vertical-radius", "m", "vertical radius"),
            Self::LeastGradeLength => {
                ("least-grade-length", "m", "length between breaks of gradient")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_files_and_every_rule_is_listed() {
        for rule in LimitRule::ALL {
            let json = serde_json::to_value(rule).unwrap();
            assert_eq!(json.as_str(), Some(rule.id()));
            assert!(rule.is_least() || rule.id().starts_with("most-"));
        }
        assert!(LimitRule::ALL.is_sorted());
        assert!(LimitRule::ALL.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
