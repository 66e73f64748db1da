//! The cross-section of the formation, and the earth between two of them.

use serde::{Deserialize, Serialize};

use crate::error::{Result, within};

/// The formation across the line: its width, and how its sides slope.
///
/// The ground is taken as level across the line, so that an area is that of a trapezoid:
/// `A(h) = b h + m h^2` with the width `b` of the formation and the slope `m` of its sides.
///
/// # Example
///
/// ```
/// use railcorridor::design::Section;
///
/// let section = Section::new(7.0, 1.5, 1.0)?;
/// assert_eq!(section.fill_area_m2(4.0), 7.0 * 4.0 + 1.5 * 16.0); // 52 m2
/// assert_eq!(section.land_width_m(-4.0), 7.0 + 2.0 * 4.0); // a cut of 4 m is 15 m wide
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Width of the formation, ditches included.
    pub formation_width_m: f64,
    /// How far a fill's side runs out for each metre of its height.
    pub fill_slope_ratio: f64,
    /// How far a cut's side runs out for each metre of its depth.
    pub cut_slope_ratio: f64,
}

/// What is cut and what is filled, as it lies in the ground and in the bank.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Earth {
    /// Cut, cubic metres.
    pub cut_m3: f64,
    /// Filled, cubic metres.
    pub fill_m3: f64,
}

impl std::ops::AddAssign for Earth {
    fn add_assign(&mut self, other: Self) {
        self.cut_m3 += other.cut_m3;
        self.fill_m3 += other.fill_m3;
    }
}

impl Section {
    /// A section whose sides slope by so many metres out for each metre up or down.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) if the formation is not 1 to 200 m wide, or
    /// a slope not 0 to 20.
    pub fn new(
        formation_width_m: f64,
        fill_slope_ratio: f64,
        cut_slope_ratio: f64,
    ) -> Result<Self> {
        let section = Self { formation_width_m, fill_slope_ratio, cut_slope_ratio };
        section.check()?;
        Ok(section)
    }

    /// Whether its numbers are those of a formation; see [`new`](Self::new).
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn check(&self) -> Result<()> {
        let wide = || "formation_width_m".to_owned();
        within(wide, self.formation_width_m, (1.0, 200.0), "give metres from side to side")?;
        for (name, slope) in
            [("fill_slope_ratio", self.fill_slope_ratio), ("cut_slope_ratio", self.cut_slope_ratio)]
        {
            within(|| name.to_owned(), slope, (0.0, 20.0), "give metres out for a metre up: 1.5")?;
        }
        Ok(())
    }

    /// Area of a fill of a height, square metres.
    #[must_use]
    pub fn fill_area_m2(&self, height_m: f64) -> f64 {
        height_m * (self.formation_width_m + self.fill_slope_ratio * height_m)
    }

    /// Area of a cut of a depth, square metres.
    #[must_use]
    pub fn cut_area_m2(&self, depth_m: f64) -> f64 {
        depth_m * (self.formation_width_m + self.cut_slope_ratio * depth_m)
    }

    /// How wide the ground is that a fill (positive) or a cut (negative) covers.
    #[must_use]
    pub fn land_width_m(&self, above_ground_m: f64) -> f64 {
        let slope = if above_ground_m < 0.0 { self.cut_slope_ratio } else { self.fill_slope_ratio };
        self.formation_width_m + 2.0 * slope * above_ground_m.abs()
    }

    /// Cut and fill over a length of line between two heights above the ground (negative: cut),
    /// where the height changes evenly.
    ///
    /// Exact: the integral of the area, `L (b / 2 (h0 + h1) + m / 3 (h0^2 + h0 h1 + h1^2))`, split
    /// where the line passes from cut to fill. The mean of the two end areas would overestimate it
    /// by `m L (h0 - h1)^2 / 6`.
    ///
    /// ```
    /// use railcorridor::design::Section;
    ///
    /// let section = Section::new(6.0, 1.5, 1.0)?;
    /// // From 3 m of cut to 3 m of fill over 60 m: 30 m of each.
    /// let earth = section.earth(60.0, -3.0, 3.0);
    /// assert!((earth.cut_m3 - 30.0 * (3.0 * 3.0 + 9.0 / 3.0)).abs() < 1e-9); // 360
    /// assert!((earth.fill_m3 - 30.0 * (3.0 * 3.0 + 1.5 * 9.0 / 3.0)).abs() < 1e-9); // 405
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    #[must_use]
    pub fn earth(&self, length_m: f64, from_above_m: f64, to_above_m: f64) -> Earth {
        let (h0, h1) = (from_above_m, to_above_m);
        if h0 * h1 >= 0.0 {
            return self.one_sided(length_m, h0, h1);
        }
        let zero_m = length_m * (h0 / (h0 - h1));
        let mut earth = self.one_sided(zero_m, h0, 0.0);
        earth += self.one_sided(length_m - zero_m, 0.0, h1);
        earth
    }

    /// Between two heights on one side of the ground.
    fn one_sided(&self, length_m: f64, h0: f64, h1: f64) -> Earth {
        let is_cut = h0 + h1 < 0.0;
        let slope = if is_cut { self.cut_slope_ratio } else { self.fill_slope_ratio };
        let (h0, h1) = (h0.abs(), h1.abs());
        let volume_m3 = length_m
            * (self.formation_width_m / 2.0 * (h0 + h1)
                + slope / 3.0 * (h0 * h0 + h0 * h1 + h1 * h1));
        if is_cut {
            Earth { cut_m3: volume_m3, fill_m3: 0.0 }
        } else {
            Earth { cut_m3: 0.0, fill_m3: volume_m3 }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_volume_is_the_integral_of_the_area() {
        let section = Section::new(7.6, 1.75, 0.5).unwrap();
        for (h0, h1) in [(2.0, 9.0), (-4.0, -1.0), (-6.0, 2.5), (3.0, -8.0), (0.0, 5.0)] {
            let earth = section.earth(80.0, h0, h1);
            let (mut cut_m3, mut fill_m3) = (0.0, 0.0);
            let pieces = 200_000_u32;
            for piece in 0..pieces {
                let share = (f64::from(piece) + 0.5) / f64::from(pieces);
                let h: f64 = h0 + share * (h1 - h0);
                let step_m = 80.0 / f64::from(pieces);
                if h < 0.0 {
                    cut_m3 += section.cut_area_m2(-h) * step_m;
                } else {
                    fill_m3 += section.fill_area_m2(h) * step_m;
                }
            }
            assert!((earth.cut_m3 - cut_m3).abs() < 1e-5, "{h0} {h1}");
            assert!((earth.fill_m3 - fill_m3).abs() < 1e-5, "{h0} {h1}");
        }
    }

    #[test]
    fn sections_of_nothing_are_refused() {
        for (width_m, fill, cut) in
            [(0.0, 1.5, 1.0), (f64::NAN, 1.5, 1.0), (7.0, -1.0, 1.0), (7.0, 1.5, f64::INFINITY)]
        {
            let problem = Section::new(width_m, fill, cut).unwrap_err().to_string();
            assert!(problem.contains("outside"), "{problem}");
        }
    }
}
