//! What stands on the posts: chainages with jumps, there and back.

use serde::{Deserialize, Serialize};

use super::limits;
use crate::error::{Error, Result, within};

/// A place where chainages jump: what stood until there goes on with another number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equation {
    /// Distance along the line.
    pub distance_m: f64,
    /// The chainage from there on.
    pub ahead_m: f64,
    /// Whether chainages fall from there on instead of rising.
    pub is_falling: bool,
}

/// A stretch of a line over which chainages run evenly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Section {
    /// The distance where it begins.
    pub from_m: f64,
    /// The distance where it ends.
    pub to_m: f64,
    /// The chainage where it begins.
    pub first_m: f64,
    /// The chainage where it ends.
    pub last_m: f64,
}

/// Chainages along a line, as they stand on posts and in documents.
///
/// The distance along a line is unique; its chainage need not be. Where a line was shortened,
/// chainages leave a gap; where it was lengthened, some stand twice; where two lines were joined
/// they may begin anew or run backwards. Each such jump is an [`Equation`], written out, and a
/// chainage that stands nowhere or more than once is refused instead of guessed.
///
/// # Example
///
/// A line was lengthened by 40 m round a landslide at 5 km; the posts behind it stayed:
///
/// ```
/// use railcorridor::geometry::{Chainage, Equation};
///
/// let jump = Equation { distance_m: 5040.0, ahead_m: 5000.0, is_falling: false };
/// let chainage = Chainage::new(9040.0, 0.0, &[jump])?;
/// assert_eq!(chainage.chainage_m(7040.0)?, 7000.0);
/// assert_eq!(chainage.distance_m(7000.0)?, 7040.0);
/// assert_eq!(chainage.distances_m(5020.0), [5020.0, 5060.0]); // stands twice
/// assert!(chainage.distance_m(5020.0).is_err());
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Chainage {
    sections: Vec<Section>,
}

/// Chainages may lie beyond the end of a section by what decimals lose to rounding.
const ROUNDING_M: f64 = 1e-6;

impl Chainage {
    /// Chainages over a length, with that at the beginning and the jumps in the order of the line.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if a number is not finite, or the jumps do not lie on the line in
    /// order.
    pub fn new(length_m: f64, first_m: f64, equations: &[Equation]) -> Result<Self> {
        limits::length(length_m)?;
        let reach = (-limits::MOST_LENGTH_M, limits::MOST_LENGTH_M);
        within(|| "first_m".to_owned(), first_m, reach, "give the chainage in metres")?;
        let begin = Equation { distance_m: 0.0, ahead_m: first_m, is_falling: false };
        let starts = || [&begin].into_iter().chain(equations);
        let ends = starts().skip(1).map(|equation| equation.distance_m).chain([length_m]);
        let mut sections = Vec::with_capacity(equations.len() + 1);
        for (equation, to_m) in starts().zip(ends) {
            let Equation { distance_m: from_m, ahead_m, is_falling } = *equation;
            let item = || format!("distance_m behind the jump at {from_m} m");
            let hint = "jumps stand on the line in its order";
            within(item, to_m, (from_m.next_up(), length_m), hint)?;
            within(|| format!("ahead_m at {from_m} m"), ahead_m, reach, "give metres")?;
            let run_m = if is_falling { from_m - to_m } else { to_m - from_m };
            sections.push(Section { from_m, to_m, first_m: ahead_m, last_m: ahead_m + run_m });
        }
        Ok(Self { sections })
    }

    /// Stretches between jumps, in the order of the line.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The chainage at a distance; at a jump the one ahead.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if the distance is not on the line.
    pub fn chainage_m(&self, distance_m: f64) -> Result<f64> {
        Ok(self.section_at(distance_m)?.1.chainage_m(distance_m))
    }

    /// The section at a distance with its number; at a jump the one ahead.
    pub(super) fn section_at(&self, distance_m: f64) -> Result<(usize, &Section)> {
        let length_m = self.sections.last().map_or(0.0, |section| section.to_m);
        limits::distance(distance_m, length_m)?;
        let number = self.sections.partition_point(|section| section.from_m <= distance_m);
        let number = number.saturating_sub(1);
        let section = self.sections.get(number);
        section.map(|section| (number, section)).ok_or_else(|| nowhere(distance_m, "the line"))
    }

    /// All distances at which a chainage stands, in the order of the line.
    #[must_use]
    pub fn distances_m(&self, chainage_m: f64) -> Vec<f64> {
        self.distances_where_m(chainage_m, |_, _| true)
    }

    /// The same on those sections alone that are asked for, by number.
    pub(super) fn distances_where_m(
        &self,
        chainage_m: f64,
        is_asked: impl Fn(usize, &Section) -> bool,
    ) -> Vec<f64> {
        let numbered = self.sections.iter().enumerate();
        let asked = numbered.filter(|(number, section)| is_asked(*number, section));
        let mut found: Vec<f64> =
            asked.filter_map(|(_, section)| section.distance_m(chainage_m)).collect();
        // Where sections meet without a jump in the number, both have it.
        found.dedup_by(|later, earlier| *later - *earlier <= 2.0 * ROUNDING_M);
        found
    }

    /// The one distance at which a chainage stands.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if it stands nowhere; the error names the gap. [`Error::Unknown`] if
    /// it stands more than once; the error lists where.
    pub fn distance_m(&self, chainage_m: f64) -> Result<f64> {
        self.only_m(chainage_m, &self.distances_m(chainage_m), || chainage_m.to_string())
    }

    /// The one distance that was found for a chainage.
    pub(super) fn only_m(
        &self,
        chainage_m: f64,
        found_m: &[f64],
        name: impl FnOnce() -> String,
    ) -> Result<f64> {
        match found_m {
            [distance_m] => Ok(*distance_m),
            [] => Err(nowhere(chainage_m, &self.reach_words())),
            several => Err(ambiguous(&name(), several)),
        }
    }

    /// The chainages that stand somewhere, in words.
    fn reach_words(&self) -> String {
        let words = |section: &Section| format!("{} to {}", section.first_m, section.last_m);
        let reach: Vec<String> = self.sections.iter().map(words).collect();
        reach.join(", then ")
    }
}

impl Section {
    /// The chainage at a distance.
    pub(super) fn chainage_m(&self, distance_m: f64) -> f64 {
        self.first_m + self.sign() * (distance_m - self.from_m)
    }

    /// 1 where chainages rise, -1 where they fall.
    pub(super) fn sign(&self) -> f64 {
        if self.last_m < self.first_m { -1.0 } else { 1.0 }
    }

    /// The distance at which a chainage stands here.
    fn distance_m(&self, chainage_m: f64) -> Option<f64> {
        let along_m = self.sign() * (chainage_m - self.first_m);
        let length_m = self.to_m - self.from_m;
        let stands = (-ROUNDING_M..=length_m + ROUNDING_M).contains(&along_m);
        stands.then(|| self.from_m + along_m.clamp(0.0, length_m))
    }
}

fn nowhere(chainage_m: f64, reach: &str) -> Error {
    Error::OutOfRange {
        item: "chainage_m".to_owned(),
        value: chainage_m,
        limit: reach.to_owned(),
        hint: "it stands nowhere on this line".to_owned(),
    }
}

fn ambiguous(name: &str, distances_m: &[f64]) -> Error {
    let distances: Vec<String> = distances_m.iter().map(|at_m| format!("{at_m:.3}")).collect();
    Error::Unknown {
        what: "single chainage",
        name: name.to_owned(),
        hint: format!("it stands {} times, at {} m", distances.len(), distances.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jump(distance_m: f64, ahead_m: f64) -> Equation {
        Equation { distance_m, ahead_m, is_falling: false }
    }

    #[test]
    fn the_jump_of_a_test_file_of_railways() {
        // STN02 of buildingSMART's rail files: begins at -153.1, jumps from 876.2721 to 5350.
        let chainage = Chainage::new(1500.0, -153.1, &[jump(1029.3721, 5350.0)]).unwrap();
        for (distance_m, chainage_m) in
            [(1109.3721, 5430.0), (1419.3721, 5740.0), (353.1, 200.0), (853.1, 700.0)]
        {
            assert!((chainage.chainage_m(distance_m).unwrap() - chainage_m).abs() < 1e-9);
            assert!((chainage.distance_m(chainage_m).unwrap() - distance_m).abs() < 1e-9);
        }
        let text = chainage.distance_m(3000.0).unwrap_err().to_string();
        assert!(text.contains("then 5350 to") && text.contains("stands nowhere"), "{text}");
    }

    #[test]
    fn chainages_may_run_backwards() {
        let back = Equation { distance_m: 1000.0, ahead_m: 1000.0, is_falling: true };
        let chainage = Chainage::new(1600.0, 0.0, &[back]).unwrap();
        assert_eq!(chainage.chainage_m(1200.0).unwrap(), 800.0);
        assert_eq!(chainage.distances_m(800.0), [800.0, 1200.0]);
        assert_eq!(chainage.distances_m(1000.0), [1000.0]);
        assert_eq!(chainage.distance_m(300.0).unwrap(), 300.0);
        let text = chainage.distance_m(800.0).unwrap_err().to_string();
        assert!(text.contains("2 times, at 800.000, 1200.000 m"), "{text}");
    }

    #[test]
    fn jumps_off_the_line_and_out_of_order_are_refused() {
        for equations in [
            vec![jump(0.0, 5.0)],
            vec![jump(1000.0, 0.0)],
            vec![jump(500.0, 0.0), jump(500.0, 10.0)],
            vec![jump(500.0, 0.0), jump(400.0, 10.0)],
            vec![jump(f64::NAN, 0.0)],
            vec![jump(500.0, f64::NAN)],
        ] {
            assert!(Chainage::new(1000.0, 0.0, &equations).is_err(), "{equations:?}");
        }
        assert!(Chainage::new(1000.0, f64::INFINITY, &[]).is_err());
        assert!(Chainage::new(1000.0, 0.0, &[]).unwrap().chainage_m(1001.0).is_err());
        assert!(Chainage::new(1000.0, 0.0, &[]).unwrap().distance_m(f64::NAN).is_err());
    }
}
