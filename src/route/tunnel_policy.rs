//! How readily a line takes to tunnels: by its time and by what its owner will pay.

use super::LevelOptions;

/// What tunnels a line may have.
///
/// A planner knows this from the year of the works and the standard of the line; it is no fit.
/// The figures are assumptions: a metre of tunnel cost about ten metres of open line when it was
/// drilled by hand and lit by lamps, and costs about six with today's machines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TunnelPolicy {
    /// Cuts to 25 m and no tunnels.
    None,
    /// Summit tunnels of a few kilometres, at most 150 m deep, ten times as dear as open line: most
    /// lines before 1950.
    Summit,
    /// Base tunnels down to 450 m, six times as dear.
    #[default]
    Base,
}

impl TunnelPolicy {
    /// The options of a search under this policy.
    ///
    /// ```
    /// use railcorridor::route::{LevelOptions, TunnelPolicy};
    ///
    /// let levels = TunnelPolicy::Summit.applied(&LevelOptions::default());
    /// assert_eq!((levels.below_ground_m, levels.cost.tunnel_ratio), (150.0, 10.0));
    /// ```
    #[must_use]
    pub fn applied(self, levels: &LevelOptions) -> LevelOptions {
        let mut levels = levels.clone();
        (levels.below_ground_m, levels.cost.tunnel_ratio) = match self {
            Self::None => (25.0, levels.cost.tunnel_ratio),
            Self::Summit => (150.0, 10.0),
            Self::Base => (450.0, 6.0),
        };
        levels
    }
}
