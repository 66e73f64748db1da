//! A number with where it comes from.

use serde::{Deserialize, Serialize};

/// Whether a value was read, is remembered, or was chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueState {
    /// Read in the source that is named.
    Read,
    /// From memory, or quoted by others than the source: to be read before it is relied on.
    Recalled,
    /// Chosen, because nothing was found.
    #[default]
    Assumed,
}

impl ValueState {
    /// In a word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Recalled => "recalled",
            Self::Assumed => "assumed",
        }
    }
}

/// A number whose unit stands in the name of what holds it, with where it comes from.
///
/// In TOML: `mass_t = { value = 138, state = "read", source = "..." }`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sourced {
    /// The number.
    pub value: f64,
    /// Whether it was read there.
    #[serde(default)]
    pub state: ValueState,
    /// The source, or why so much is assumed.
    pub source: String,
}

impl Sourced {
    /// A number that somebody chose, and why.
    ///
    /// ```
    /// use railcorridor::model::{Sourced, ValueState};
    ///
    /// let length_m = Sourced::assumed(22.0, "as long as its like");
    /// assert_eq!((length_m.value, length_m.state), (22.0, ValueState::Assumed));
    /// ```
    #[must_use]
    pub fn assumed(value: f64, source: impl Into<String>) -> Self {
        Self { value, state: ValueState::Assumed, source: source.into() }
    }
}
