//! Marks along a line: posts at round chainages, and where chainages jump.

use super::{Chainage, Horizontal, Pose};
use crate::error::{Error, Result, within};

/// A post beside a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// Distance along the line.
    pub distance_m: f64,
    /// The chainage that stands on it.
    pub chainage_m: f64,
    /// Whether chainages jump there, to the one that it shows.
    pub is_jump: bool,
    /// The line there.
    pub pose: Pose,
}

/// More posts than on a line round the earth at every ten metres.
const MOST_MARKS: f64 = 4e6;

impl Horizontal {
    /// Posts at whole multiples of a step, as the chainages stand, and one at each jump.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the step is not 1 mm to 10,000 km or the chainages belong to a line
    /// of another length; [`Error::Limit`] if there would be more than four million posts.
    ///
    /// # Example
    ///
    /// ```
    /// use railcorridor::geodesy::Coord;
    /// use railcorridor::geometry::{Chainage, Horizontal, Tangent};
    ///
    /// let start = Coord { e_m: 0.0, n_m: 0.0 };
    /// let line = Horizontal::new(start, 0.0, vec![Tangent::new(250.0)?.into()])?;
    /// let marks = line.marks(&Chainage::new(250.0, 930.0, &[])?, 100.0)?;
    /// let posts: Vec<(f64, f64)> = marks.iter().map(|mark| (mark.distance_m, mark.chainage_m)).collect();
    /// assert_eq!(posts, [(70.0, 1000.0), (170.0, 1100.0)]);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn marks(&self, chainage: &Chainage, every_m: f64) -> Result<Vec<Mark>> {
        within(|| "every_m".to_owned(), every_m, (1e-3, 1e7), "give metres")?;
        let length_m = chainage.sections().last().map_or(0.0, |section| section.to_m);
        if !((length_m - self.length_m()).abs() <= 1e-3) {
            return Err(Error::OutOfRange {
                item: "length_m of the chainages".to_owned(),
                value: length_m,
                limit: format!("that of the line, {} m", self.length_m()),
                hint: "take the chainages of this line".to_owned(),
            });
        }
        if length_m / every_m > MOST_MARKS {
            return Err(Error::Limit {
                item: format!("posts every {every_m} m"),
                needed: format!("{:.0} posts", length_m / every_m),
                limit: format!("{MOST_MARKS:.0} posts"),
                hint: "choose a larger step".to_owned(),
            });
        }
        let (mut marks, mut walk) = (Vec::new(), self.walk());
        for (number, section) in chainage.sections().iter().enumerate() {
            let mut mark = |distance_m: f64, chainage_m: f64, is_jump: bool| -> Result<()> {
                let distance_m = distance_m.min(self.length_m());
                let pose = walk.at(distance_m)?;
                marks.push(Mark { distance_m, chainage_m, is_jump, pose });
                Ok(())
            };
            if number > 0 {
                mark(section.from_m, section.first_m, true)?;
            }
            let (sign, run_m) = (section.sign(), section.to_m - section.from_m);
            let is_last = number + 1 == chainage.sections().len();
            // At the beginning of the line a post may stand, behind a jump only after it.
            let mut step = (sign * section.first_m / every_m).ceil();
            loop {
                let chainage_m = sign * step * every_m;
                let along_m = sign * (chainage_m - section.first_m);
                // What stands at the jump is on its own post.
                if along_m > run_m || (!is_last && along_m >= run_m) {
                    break;
                }
                if number == 0 || along_m > 0.0 {
                    mark(section.from_m + along_m, chainage_m, false)?;
                }
                step += 1.0;
            }
        }
        Ok(marks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::Coord;
    use crate::geometry::{Equation, Tangent};

    #[test]
    fn posts_about_jumps_and_on_falling_chainages() {
        let start = Coord { e_m: 0.0, n_m: 0.0 };
        let tangent = Tangent::new(600.0).unwrap();
        let line = Horizontal::new(start, 0.0, vec![tangent.into()]).unwrap();
        let jump = |distance_m, ahead_m, is_falling| Equation { distance_m, ahead_m, is_falling };
        // 0 to 200, then from 500 on to 650, then back from 250.
        let jumps = [jump(200.0, 500.0, false), jump(350.0, 250.0, true)];
        let chainage = Chainage::new(600.0, 0.0, &jumps).unwrap();
        let marks = line.marks(&chainage, 100.0).unwrap();
        let posts: Vec<(f64, f64, bool)> =
            marks.iter().map(|mark| (mark.distance_m, mark.chainage_m, mark.is_jump)).collect();
        assert_eq!(
            posts,
            [
                (0.0, 0.0, false),
                (100.0, 100.0, false),
                (200.0, 500.0, true),
                (300.0, 600.0, false),
                (350.0, 250.0, true),
                (400.0, 200.0, false),
                (500.0, 100.0, false),
                (600.0, 0.0, false),
            ]
        );
        assert!(marks.iter().all(|mark| (mark.pose.coord.e_m - mark.distance_m).abs() < 1e-9));
        assert!(line.marks(&chainage, 0.0).is_err() && line.marks(&chainage, f64::NAN).is_err());
        assert!(line.marks(&Chainage::new(500.0, 0.0, &[]).unwrap(), 100.0).is_err());
    }
}
