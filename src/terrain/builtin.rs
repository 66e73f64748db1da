//! The embedded terrain.

use super::{Grid, read_geotiff};
use crate::error::Result;

/// The file of [`globe_30s`].
pub(super) const GLOBE_30S: &[u8] =
    include_bytes!("../../data/terrain/globe_30s_60-68E_29.5-37N.tif");

/// GLOBE 1.0, 30 arc-seconds, 60-68 E, 29.5-37 N: `builtin:globe-30s`.
///
/// Good for choosing a route, not for earthworks: against 71 airports of the region its median
/// error is -3 m (median absolute deviation 12 m), and 14 peaks read 17 to 300 m low.
///
/// # Errors
/// None in a released crate: the file is read by the tests.
///
/// ```
/// let grid = railcorridor::terrain::globe_30s()?;
/// assert_eq!(grid.height_m(500, 400), Some(1035.0));
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn globe_30s() -> Result<Grid> {
    read_geotiff(GLOBE_30S, "builtin:globe-30s")
}
