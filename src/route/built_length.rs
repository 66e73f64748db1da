//! From the way that a search found to the length of the line as it would be built.

use serde::Serialize;

use super::RoutePoint;
use super::smoothing::{length_and_turning, smoothed};
use crate::terrain::TerrainClass;

/// Length of a line as built: what is to be expected, with a band that holds four lines in five.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BuiltLength {
    /// What is to be expected, metres.
    pub expected_m: f64,
    /// One line in ten is shorter, metres.
    pub low_m: f64,
    /// One line in ten is longer, metres.
    pub high_m: f64,
}

/// What is known of a line when its length is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Course {
    /// Length of the way, freed from the steps of its cells, metres.
    pub freed_m: f64,
    /// Sum of the geodesics from place to place, metres.
    pub geodesic_m: f64,
    /// Stretches between two places that the line serves: one more than places on the way.
    pub legs: usize,
    /// Whether the places on the way are known; else only the ends.
    pub knows_places: bool,
    /// The terrain along the way.
    pub terrain: TerrainClass,
}

/// Constants that lead from a searched way to the line as built.
///
/// `length = built_ratio x freed^(1 - w) x geodesic^w + leg_m x legs`, with
/// - freed: the way as the mean over five points half a cell apart, since a track may lie anywhere
///   in its cells while a search zigzags between their middles;
/// - w = `geodesic_share`: relief is rougher in coarse cells than a surveyor finds it;
/// - `built_ratio`: what such a way does not hold: chords of one cell keep 99.5 % of a track in
///   plains and 96.7 % in mountains, and dunes, canals, fields, towns do not show in the terrain;
/// - `leg_m`: places lie beside the best line between them, and stations need level, straight
///   ground;
/// - `ends_only_ratio`: what a line is longer because it serves places that were not named.
///
/// Fitted on sixteen lines built in Central Asia, Iran, India, Turkey and the Horn of Africa (55 to
/// 752 km) over terrain of 30 arc-seconds, at the default costs: mean absolute error 4.8 % with
/// places and 5.5 % with ends only; each line left out of the fit of the ratio in turn, 5.0 and
/// 6.0 %; 6.4 and 8.2 % if the form of the model too is chosen anew without it, out of 320. The band
/// is 1.34 root mean squares of the errors of lines left out (10 % on either side by Student's t
/// with 15 degrees of freedom), half by kind of terrain and half of all, since each kind has five
/// or six lines only. See `benches/record`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BuiltLengthModel {
    /// Built over searched length.
    pub built_ratio: f64,
    /// Weight of the geodesics in the mean, 0 to 1.
    pub geodesic_share: f64,
    /// Length that each stretch between two places adds, metres.
    pub leg_m: f64,
    /// More of it if only the ends are known.
    pub ends_only_ratio: f64,
    /// Half of the band on flat ground, as a share of the length; a tenth of lines are beyond it
    /// on either side.
    pub flat_band_share: f64,
    /// The same on rolling ground.
    pub rolling_band_share: f64,
    /// The same on hilly ground and in mountains.
    pub mountain_band_share: f64,
    /// How much wider the band is if only the ends are known.
    pub ends_only_band_ratio: f64,
}

impl Default for BuiltLengthModel {
    fn default() -> Self {
        Self {
            built_ratio: 1.087,
            geodesic_share: 0.1,
            leg_m: 2_000.0,
            ends_only_ratio: 1.034,
            flat_band_share: 0.09,
            rolling_band_share: 0.10,
            mountain_band_share: 0.09,
            ends_only_band_ratio: 1.1,
        }
    }
}

impl BuiltLengthModel {
    /// Length of a line as built.
    ///
    /// The band is symmetric in the logarithm: from expected / (1 + share) to
    /// expected x (1 + share).
    ///
    /// ```
    /// use railcorridor::route::{BuiltLengthModel, Course};
    /// use railcorridor::terrain::TerrainClass;
    ///
    /// // A way along the geodesic, 100 km in one leg: 1.087 x 100 + 2 km.
    /// let course = Course {
    ///     freed_m: 100_000.0,
    ///     geodesic_m: 100_000.0,
    ///     legs: 1,
    ///     knows_places: true,
    ///     terrain: TerrainClass::Flat,
    /// };
    /// let built = BuiltLengthModel::default().length(&course);
    /// assert!((built.expected_m - 110_700.0).abs() < 1e-6);
    /// assert!((built.high_m - 1.09 * 110_700.0).abs() < 1e-6);
    /// ```
    #[must_use]
    pub fn length(&self, course: &Course) -> BuiltLength {
        #[expect(clippy::cast_precision_loss, reason = "a count of places")]
        let legs = course.legs as f64;
        let geodesic = course.geodesic_m.max(0.0).powf(self.geodesic_share);
        let way = course.freed_m.max(0.0).powf(1.0 - self.geodesic_share);
        let (longer, wider) = if course.knows_places {
            (1.0, 1.0)
        } else {
            (self.ends_only_ratio, self.ends_only_band_ratio)
        };
        let expected_m = longer * self.built_ratio * geodesic * way + self.leg_m * legs;
        let share = wider
            * match course.terrain {
                TerrainClass::Flat => self.flat_band_share,
                TerrainClass::Rolling => self.rolling_band_share,
                TerrainClass::Hilly | TerrainClass::Mountain => self.mountain_band_share,
            };
        BuiltLength {
            expected_m,
            low_m: expected_m / (1.0 + share),
            high_m: expected_m * (1.0 + share),
        }
    }
}

/// Length of a way as the mean over five points half a cell apart, metres.
pub(super) fn freed_m(points: &[RoutePoint], cell_m: f64) -> f64 {
    length_and_turning(&smoothed(points, 0.5 * cell_m, 2)).0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course() -> Course {
        Course {
            freed_m: 120_000.0,
            geodesic_m: 100_000.0,
            legs: 3,
            knows_places: true,
            terrain: TerrainClass::Rolling,
        }
    }

    #[test]
    fn the_geodesic_pulls_a_little() {
        let built = BuiltLengthModel::default().length(&course());
        // 120^0.9 x 100^0.1 = 117.83.
        let expected_m = 1.087 * 117_832.0 + 6_000.0;
        assert!((built.expected_m - expected_m).abs() < 2.0, "{}", built.expected_m);
        assert!((built.high_m / built.expected_m - 1.10).abs() < 1e-12);
        assert!((built.expected_m / built.low_m - 1.10).abs() < 1e-12);
    }

    #[test]
    fn unknown_places_lengthen_and_widen() {
        let model = BuiltLengthModel::default();
        let (with, without) =
            (model.length(&course()), model.length(&Course { knows_places: false, ..course() }));
        assert!((without.expected_m - 6e3) / (with.expected_m - 6e3) > 1.0339);
        assert!(without.high_m / without.expected_m > with.high_m / with.expected_m);
    }

    #[test]
    fn no_way_has_no_length() {
        let nothing = Course { freed_m: 0.0, geodesic_m: 0.0, legs: 0, ..course() };
        assert_eq!(BuiltLengthModel::default().length(&nothing).expected_m, 0.0);
    }
}
