//! What an element is called in tables and on maps.

use crate::geometry::{Element, Ramp};

/// Its word.
pub(super) fn element_word(element: &Element) -> &'static str {
    match element {
        Element::Tangent(_) => "tangent",
        Element::Arc(_) => "arc",
        Element::Transition(transition) => match transition.ramp() {
            Ramp::Clothoid => "clothoid",
            Ramp::Bloss => "bloss",
            Ramp::Cosine => "cosine",
            Ramp::Sine => "sine",
            Ramp::Helmert => "helmert",
            Ramp::Viennese => "viennese",
        },
    }
}
