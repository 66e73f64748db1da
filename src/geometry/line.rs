//! A line as it is exchanged: its alignment, the chainages on its posts, and what plane it lies in.

use super::{Alignment, Along, Chainage, Equation};
use crate::error::Result;

/// A line with all that a file of lines says of it.
///
/// # Example
///
/// ```
/// use railcorridor::geodesy::Coord;
/// use railcorridor::geometry::{Alignment, Horizontal, Line, Tangent};
///
/// let start = Coord { e_m: 420_000.0, n_m: 3_800_000.0 };
/// let plan = Horizontal::new(start, 0.0, vec![Tangent::new(1000.0)?.into()])?;
/// let mut line = Line::new("Turgundi-Herat", Alignment::new(plan, None, None)?)?;
/// line.epsg = Some(32641); // UTM zone 41 north
/// assert_eq!(line.chainage.chainage_m(250.0)?, 250.0);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// The code of the plane of its coordinates, if it is known; heights are in metres above the
    /// sea.
    pub epsg: Option<u32>,
    /// Between the inner sides of the rails, in millimetres, if it is known.
    pub gauge_mm: Option<u32>,
    /// Plan, profile and cant.
    pub alignment: Alignment,
    /// What stands on the posts.
    pub chainage: Chainage,
    /// The speeds for which it is laid out, where they are known.
    pub speeds_kmh: Option<Along<f64>>,
}

impl Line {
    /// A line of a name and an alignment; chainages begin at 0, all else is unknown.
    ///
    /// # Errors
    ///
    /// None that an alignment leaves open.
    pub fn new(name: impl Into<String>, alignment: Alignment) -> Result<Self> {
        let chainage = Chainage::new(alignment.horizontal().length_m(), 0.0, &[])?;
        let name = name.into();
        Ok(Self { name, epsg: None, gauge_mm: None, alignment, chainage, speeds_kmh: None })
    }

    /// Its length in plan.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.alignment.horizontal().length_m()
    }
}

impl Chainage {
    /// The chainage at the beginning.
    #[must_use]
    pub fn first_m(&self) -> f64 {
        self.sections().first().map_or(0.0, |section| section.first_m)
    }

    /// The jumps, from which with [`first_m`](Self::first_m) the same chainages are made.
    ///
    /// ```
    /// use railcorridor::geometry::{Chainage, Equation};
    ///
    /// let jump = Equation { distance_m: 600.0, ahead_m: 1000.0, is_falling: true };
    /// let chainage = Chainage::new(900.0, 50.0, &[jump])?;
    /// assert_eq!((chainage.first_m(), chainage.equations().collect()), (50.0, vec![jump]));
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn equations(&self) -> impl Iterator<Item = Equation> {
        self.sections().iter().skip(1).map(|section| Equation {
            distance_m: section.from_m,
            ahead_m: section.first_m,
            is_falling: section.sign() < 0.0,
        })
    }
}
