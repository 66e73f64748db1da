//! A whole line: plan, profile and cant by one distance.

use super::{Balance, Banking, Cant, Horizontal, Level, Pose, Profile};
use crate::error::{Error, Result};

/// A line: its plan, and its profile and cant if they are known, by distance along the plan.
///
/// # Example
///
/// ```
/// use railcorridor::geodesy::Coord;
/// use railcorridor::geometry::{Alignment, Horizontal, Profile, Tangent, VerticalElement};
///
/// let start = Coord { e_m: 0.0, n_m: 0.0 };
/// let plan = Horizontal::new(start, 0.0, vec![Tangent::new(1000.0)?.into()])?;
/// let profile = Profile::new(0.0, 934.0, vec![VerticalElement::grade(1000.0, 0.012)?])?;
/// let line = Alignment::new(plan, Some(profile), None)?;
/// let half_way = line.at(500.0)?;
/// assert_eq!(half_way.level.map(|level| level.height_m), Some(940.0));
/// assert!((line.space_length_m(0.0, 1000.0)? - 1000.072).abs() < 1e-4); // 1000 * 0.012^2 / 2
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Alignment {
    horizontal: Horizontal,
    profile: Option<Profile>,
    cant: Option<Cant>,
}

/// All that is known of a line at one place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AlignmentPoint {
    /// Distance along the plan.
    pub distance_m: f64,
    /// Place, bearing, curvature.
    pub pose: Pose,
    /// Height and gradient, if there is a profile.
    pub level: Option<Level>,
    /// Cant and twist, if there is a cant.
    pub banking: Option<Banking>,
}

impl Alignment {
    /// A plan with its profile and cant.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the profile or the cant does not reach over all of the plan, to a
    /// millimetre.
    pub fn new(
        horizontal: Horizontal,
        profile: Option<Profile>,
        cant: Option<Cant>,
    ) -> Result<Self> {
        let reaches = [
            profile.as_ref().map(|profile| ("profile", profile.start_m(), profile.end_m())),
            cant.as_ref().map(|cant| ("cant", cant.start_m(), cant.end_m())),
        ];
        for (name, start_m, end_m) in reaches.into_iter().flatten() {
            let missing_m = start_m.max(horizontal.length_m() - end_m);
            if missing_m > REACH_M {
                return Err(Error::OutOfRange {
                    item: format!("length_m of the plan without {name}"),
                    value: missing_m,
                    limit: "0".to_owned(),
                    hint: format!("let the {name} reach from 0 to {} m", horizontal.length_m()),
                });
            }
        }
        Ok(Self { horizontal, profile, cant })
    }

    /// Its plan.
    #[must_use]
    pub fn horizontal(&self) -> &Horizontal {
        &self.horizontal
    }

    /// Its profile.
    #[must_use]
    pub fn profile(&self) -> Option<&Profile> {
        self.profile.as_ref()
    }

    /// Its cant.
    #[must_use]
    pub fn cant(&self) -> Option<&Cant> {
        self.cant.as_ref()
    }

    /// All that is known at a distance.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the distance is not on the plan.
    pub fn at(&self, distance_m: f64) -> Result<AlignmentPoint> {
        let pose = self.horizontal.at(distance_m)?;
        let level = self
            .profile
            .as_ref()
            .map(|profile| profile.at(distance_m.clamp(profile.start_m(), profile.end_m())));
        let banking =
            self.cant.as_ref().map(|cant| cant.at(distance_m.clamp(cant.start_m(), cant.end_m())));
        let (level, banking) = (level.transpose()?, banking.transpose()?);
        Ok(AlignmentPoint { distance_m, pose, level, banking })
    }

    /// What a train finds at a distance, with the curvature of the plan there; nothing if there is
    /// no cant.
    ///
    /// # Errors
    ///
    /// Those of [`Cant::balance`].
    pub fn balance(&self, distance_m: f64, speed_kmh: f64) -> Result<Option<Balance>> {
        let pose = self.horizontal.at(distance_m)?;
        let balance = self.cant.as_ref().map(|cant| {
            let within_m = distance_m.clamp(cant.start_m(), cant.end_m());
            cant.balance(within_m, pose.curvature_per_m, speed_kmh)
        });
        balance.transpose()
    }

    /// The length in space between two distances: along the slope, on the plane; that in plan if
    /// there is no profile.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if a distance is not on the plan.
    pub fn space_length_m(&self, from_m: f64, to_m: f64) -> Result<f64> {
        for distance_m in [from_m, to_m] {
            super::limits::distance(distance_m, self.horizontal.length_m())?;
        }
        match &self.profile {
            Some(profile) => {
                let [from_m, to_m] =
                    [from_m, to_m].map(|at_m| at_m.clamp(profile.start_m(), profile.end_m()));
                profile.slope_length_m(from_m, to_m)
            }
            None => Ok(to_m - from_m),
        }
    }
}

/// Lengths of profiles and cants are written to millimetres.
const REACH_M: f64 = 1.1e-3;
