//! What a metre of line costs at a height above or below the ground.

/// Cost of a metre of line by its height over the ground, in metres of line on level ground.
///
/// `1 + min(a h + b h^2, cap)`: earthworks grow with depth and its square, until a bridge or a
/// tunnel is cheaper. All figures are assumptions of a first study and are the study's to change.
///
/// A tunnel adds ten metres of level line: 11 to 13 million dollars a kilometre, where level line
/// costs 0.7 to 1.7. Whole lines in mountains with tunnels were built at 7 to 10 million a kilometre
/// (`data/rates/cost_bands.toml`), open stretches included; the 19.2 km single-track tunnel of the
/// Angren-Pap line, with its safety tunnel, was contracted at 455 million (2013), 24 a kilometre.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CostModel {
    /// For each metre of fill.
    pub fill_ratio_per_m: f64,
    /// For each square metre of fill height.
    pub fill_ratio_per_m2: f64,
    /// A low bridge, for each metre of height; caps the fill.
    pub viaduct_ratio_per_m: f64,
    /// The highest bridge; caps both. Below 4,000.
    pub bridge_ratio: f64,
    /// For each metre of cut.
    pub cut_ratio_per_m: f64,
    /// For each square metre of cut depth.
    pub cut_ratio_per_m2: f64,
    /// A tunnel; caps the cut. Below 4,000.
    pub tunnel_ratio: f64,
}

impl Default for CostModel {
    fn default() -> Self {
        Self {
            fill_ratio_per_m: 0.02,
            fill_ratio_per_m2: 0.0012,
            viaduct_ratio_per_m: 0.25,
            bridge_ratio: 12.0,
            cut_ratio_per_m: 0.03,
            cut_ratio_per_m2: 0.0015,
            tunnel_ratio: 10.0,
        }
    }
}

impl CostModel {
    /// Cost of a metre of line whose rails run so far above the ground (below: negative).
    ///
    /// ```
    /// use railcorridor::route::CostModel;
    ///
    /// // 10 m of fill: 1 + 0.02 x 10 + 0.0012 x 100 = 1.32 metres of level line.
    /// assert!((CostModel::default().metre_ratio(10.0) - 1.32).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn metre_ratio(&self, above_ground_m: f64) -> f64 {
        let h = above_ground_m.abs();
        let extra = if above_ground_m >= 0.0 {
            (self.fill_ratio_per_m * h + self.fill_ratio_per_m2 * h * h)
                .min(self.viaduct_ratio_per_m * h)
                .min(self.bridge_ratio)
        } else {
            (self.cut_ratio_per_m * h + self.cut_ratio_per_m2 * h * h).min(self.tunnel_ratio)
        };
        1.0 + extra
    }

    /// Whether a bridge is cheaper than the fill at this height above the ground.
    #[must_use]
    pub fn is_bridge(&self, above_ground_m: f64) -> bool {
        let h = above_ground_m.max(0.0);
        let fill = self.fill_ratio_per_m * h + self.fill_ratio_per_m2 * h * h;
        fill > (self.viaduct_ratio_per_m * h).min(self.bridge_ratio)
    }

    /// Whether a tunnel is cheaper than the cut at this height below the ground (negative).
    #[must_use]
    pub fn is_tunnel(&self, above_ground_m: f64) -> bool {
        let d = (-above_ground_m).max(0.0);
        self.cut_ratio_per_m * d + self.cut_ratio_per_m2 * d * d > self.tunnel_ratio
    }

    /// Whether no part of the model is negative or not a number, so that costs can be searched.
    pub(super) fn is_sound(&self) -> bool {
        let parts = [
            self.fill_ratio_per_m,
            self.fill_ratio_per_m2,
            self.viaduct_ratio_per_m,
            self.bridge_ratio,
            self.cut_ratio_per_m,
            self.cut_ratio_per_m2,
            self.tunnel_ratio,
        ];
        let caps = [self.bridge_ratio, self.tunnel_ratio];
        parts.iter().all(|part| (0.0..=1e4).contains(part))
            && caps.iter().all(|cap| *cap < super::levels::DEAREST_RATIO)
    }
}
