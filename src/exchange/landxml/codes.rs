//! Names of the format for what the library names otherwise.

use roxmltree::Node;

use crate::geometry::Ramp;

/// Types of spirals that are read and written; the others of the format are approximations by
/// parabolas, or are not defined well enough to be exact.
///
/// A biquadratic one consists of two parabolas of curvature, which is Helmert's (Schramm's).
const SPIRALS: [(&str, Ramp); 6] = [
    ("clothoid", Ramp::Clothoid),
    ("bloss", Ramp::Bloss),
    ("cosine", Ramp::Cosine),
    ("sinusoid", Ramp::Sine),
    ("biquadratic", Ramp::Helmert),
    ("weinerBogen", Ramp::Viennese), // so spelt there
];

/// The ramp of a type of spiral.
pub(super) fn ramp(spiral_type: &str) -> Option<Ramp> {
    SPIRALS.iter().find(|(name, _)| *name == spiral_type).map(|(_, ramp)| *ramp)
}

/// The type of spiral of a ramp.
pub(super) fn spiral_type(ramp: Ramp) -> &'static str {
    SPIRALS.iter().find(|(_, known)| *known == ramp).map_or("clothoid", |(name, _)| name)
}

/// All types that are known.
pub(super) fn known_spirals() -> String {
    SPIRALS.map(|(name, _)| name).join(", ")
}

/// The code of features that this library writes for itself.
pub(super) const OWN: &str = "railcorridor";

/// Whether an element is such a feature.
pub(super) fn is_own(node: Node<'_, '_>) -> bool {
    node.tag_name().name() == "Feature" && node.attribute("code") == Some(OWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ramp_has_a_name_of_its_own() {
        for one in Ramp::ALL {
            assert_eq!(ramp(spiral_type(one)), Some(one));
        }
        assert_eq!(ramp("radioid"), None);
        assert_eq!(ramp("Clothoid"), None);
    }
}
