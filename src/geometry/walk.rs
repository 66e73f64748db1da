//! Poses along a line at distances that lie near one another.

use super::horizontal::no_element;
use super::panel::Panel;
use super::{Horizontal, Pose, limits};
use crate::error::Result;

/// A look at a line that moves along it: poses as [`Horizontal::at`] gives them, in half the time
/// where the next distance is near the last one.
///
/// # Example
///
/// ```
/// use railcorridor::geodesy::Coord;
/// use railcorridor::geometry::{Arc, Horizontal};
///
/// // A quarter of a circle of 100 m: every tenth of it turns by 9 degrees.
/// let quarter = Arc::new(50.0 * std::f64::consts::PI, 100.0)?;
/// let line = Horizontal::new(Coord { e_m: 0.0, n_m: 0.0 }, 0.0, vec![quarter.into()])?;
/// let mut walk = line.walk();
/// for tenth in 0..=10 {
///     let pose = walk.at(5.0 * std::f64::consts::PI * f64::from(tenth))?;
///     assert!((pose.bearing_rad.to_degrees() - 9.0 * f64::from(tenth)).abs() < 1e-12);
/// }
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Walk<'a> {
    line: &'a Horizontal,
    /// The panel that was looked at last, and the distances that are its own.
    panel: Option<&'a Panel>,
    from_m: f64,
    to_m: f64,
}

impl Horizontal {
    /// A look that moves along it, from its beginning.
    #[must_use]
    pub fn walk(&self) -> Walk<'_> {
        Walk { line: self, panel: None, from_m: 0.0, to_m: 0.0 }
    }
}

impl Walk<'_> {
    /// The pose at a distance, the same to the last digit as that of [`Horizontal::at`].
    ///
    /// # Errors
    ///
    /// Those of [`Horizontal::at`].
    ///
    /// # Complexity
    ///
    /// Constant on average.
    #[inline]
    pub fn at(&mut self, distance_m: f64) -> Result<Pose> {
        if let Some(panel) = self.panel
            && distance_m >= self.from_m
            && distance_m < self.to_m
        {
            return Ok(self.line.pose(panel.at(distance_m)));
        }
        self.turn_to(distance_m)
    }

    /// The pose at a distance in another panel.
    fn turn_to(&mut self, distance_m: f64) -> Result<Pose> {
        limits::distance(distance_m, self.line.length_m())?;
        let (panel, (from_m, to_m)) = self.line.panel_about(distance_m).ok_or_else(no_element)?;
        (self.panel, self.from_m, self.to_m) = (Some(panel), from_m, to_m);
        Ok(self.line.pose(panel.at(distance_m)))
    }
}
