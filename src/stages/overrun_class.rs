//! How much more railways cost than was estimated: the outside view of an estimate.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// How well a figure of a reference class is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FigureState {
    /// Read in the document that it comes from.
    Read,
    /// Seen quoted in another text.
    Quoted,
    /// From memory, not checked against the document.
    Recalled,
}

/// The mean overrun of a class of projects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeanOverrun {
    /// What was built.
    pub class: String,
    /// Cost above the estimate of the decision, constant prices, per cent of the estimate.
    pub overrun_percent: f64,
    /// How well that is known.
    pub state: FigureState,
    /// Where it comes from.
    pub source: String,
}

/// By how much an estimate would have had to be raised to be enough for so many rail projects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Uplift {
    /// The share of projects for which it would have been enough, per cent.
    pub enough_for_percent: f64,
    /// The uplift, per cent of the estimate.
    pub uplift_percent: f64,
    /// How well that is known.
    pub state: FigureState,
    /// Where it comes from.
    pub source: String,
}

/// What is known of the overruns of railways.
///
/// It is a view from outside, to stand beside a simulation of the plan and never on top of it: the
/// overruns of built lines hold already what a simulation draws. It is of cost alone; no class of
/// overruns of time is known with a source.
///
/// ```
/// use railcorridor::stages::OverrunClass;
///
/// let class = OverrunClass::builtin();
/// let at_80 = class.uplifts.iter().find(|one| one.enough_for_percent == 80.0);
/// assert_eq!(at_80.map(|one| one.uplift_percent), Some(57.0));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverrunClass {
    /// Means by class.
    #[serde(rename = "mean")]
    pub means: Vec<MeanOverrun>,
    /// Uplifts for rail, rising.
    #[serde(rename = "uplift")]
    pub uplifts: Vec<Uplift>,
}

impl OverrunClass {
    /// That of `data/rates/overrun_class.toml`.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static CLASS: LazyLock<OverrunClass> = LazyLock::new(|| {
            // A test reads the file; one that cannot be read would give no class.
            toml::from_str(include_str!("../../data/rates/overrun_class.toml")).unwrap_or_default()
        });
        &CLASS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_whole_and_rises() {
        let class = OverrunClass::builtin();
        assert_eq!((class.means.len(), class.uplifts.len()), (3, 5));
        let rises = |pair: &[Uplift]| {
            pair[0].enough_for_percent < pair[1].enough_for_percent
                && pair[0].uplift_percent < pair[1].uplift_percent
        };
        assert!(class.uplifts.windows(2).all(rises));
    }

    #[test]
    fn nothing_passes_for_checked_that_was_not() {
        let class = OverrunClass::builtin();
        assert!(class.means.iter().all(|mean| mean.state == FigureState::Quoted));
        assert!(class.uplifts.iter().all(|uplift| uplift.state == FigureState::Recalled));
    }
}
