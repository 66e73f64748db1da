//! How readily a line takes to tunnels: by its time and by what its owner will pay.

use super::LevelOptions;

/// What tunnels a line may have.
///
/// A planner knows this from the year of the works and the standard of the line; it is no fit.
/// What a metre of tunnel costs is left as it is; the depths are assumptions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TunnelPolicy {
    /// Cuts to 25 m and no tunnels.
    None,
    /// Summit tunnels of a few kilometres, at most 150 m deep: most lines before 1950.
    Summit,
    /// Base tunnels down to 450 m.
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
    /// assert_eq!(levels.below_ground_m, 150.0);
    /// ```
    #[must_use]
    pub fn applied(self, levels: &LevelOptions) -> LevelOptions {
        let mut levels = levels.clone();
        levels.below_ground_m = match self {
            Self::None => 25.0,
            Self::Summit => 150.0,
            Self::Base => 450.0,
        };
        levels
    }
}
