//! The line as a run knows it: gradient, curve and speed by distance.

use crate::error::{Result, within};

/// More than a segment a metre of the longest railway.
const MOST_SEGMENTS: f64 = 2e7;

/// Longer than any railway.
const MOST_M: f64 = 1e7;

/// From its start to that of the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RunSegment {
    /// Where it begins.
    pub start_m: f64,
    /// Its gradient, rising ahead above 0.
    pub gradient_permille: f64,
    /// The gradient that resists like its curve, and like the air in a tunnel; never below 0.
    pub curve_permille: f64,
    /// No part of a train may run faster here.
    pub speed_limit_mps: f64,
}

impl RunSegment {
    /// What holds trains back here, as a gradient.
    #[must_use]
    pub fn resistance_permille(&self) -> f64 {
        self.gradient_permille + self.curve_permille
    }
}

/// Gradient, curves and speeds of a line in one direction.
///
/// Before its beginning the first segment goes on, so that a train may stand there with its head at
/// the beginning and its tail before it.
///
/// ```
/// use railcorridor::operation::{RunLine, RunSegment};
///
/// let segment = |start_m, gradient_permille| RunSegment {
///     start_m, gradient_permille, curve_permille: 1.0, speed_limit_mps: 20.0,
/// };
/// let line = RunLine::new(vec![segment(0.0, 5.0), segment(600.0, -2.0)], 1000.0)?;
/// let back = line.reversed();
/// let first = back.segments()[0];
/// assert_eq!((first.start_m, first.gradient_permille, first.curve_permille), (0.0, 2.0, 1.0));
/// assert_eq!(back.segments()[1].start_m, 400.0); // where the climb of 600 m becomes a descent
/// assert_eq!(line.climb_m(), 3.0 - 0.8);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct RunLine {
    segments: Vec<RunSegment>,
    end_m: f64,
    /// Curves in order.
    bends: Vec<RunBend>,
}

/// A curve, or a piece of one, for what wheels hold there; how it resists is the segments' matter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RunBend {
    /// Where it begins.
    pub from_m: f64,
    /// Where it ends.
    pub to_m: f64,
    /// Its radius.
    pub radius_m: f64,
}

impl RunLine {
    /// Segments in order, up to an end.
    ///
    /// # Errors
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) if there is none, their starts do not rise
    /// up to the end, or a number is none of a railway: a limit of 0, a gradient of 300 permille.
    pub fn new(segments: Vec<RunSegment>, end_m: f64) -> Result<Self> {
        let hint = "give one segment or more";
        let count = segments.len() as f64;
        within(|| "segments of a line, count".to_owned(), count, (1.0, MOST_SEGMENTS), hint)?;
        let mut least_m = -MOST_M;
        for (number, segment) in segments.iter().enumerate() {
            let item = |key: &str| format!("{key} of segment {number}");
            let hint = "starts rise along the line, in metres";
            within(|| item("start_m"), segment.start_m, (least_m, MOST_M), hint)?;
            let hint = "give permille: 9 is 9 m a kilometre";
            let gradient = segment.gradient_permille;
            within(|| item("gradient_permille"), gradient, (-300.0, 300.0), hint)?;
            let hint = "a curve holds back whichever way it is run: 700 / R, not below 0";
            within(|| item("curve_permille"), segment.curve_permille, (0.0, 100.0), hint)?;
            let hint = "trains run there, so give metres a second above 0";
            let limit = segment.speed_limit_mps;
            within(|| item("speed_limit_mps"), limit, (0.1, 1e3), hint)?;
            least_m = segment.start_m.next_up();
        }
        let hint = "the end lies behind the last start";
        within(|| "end_m of a line".to_owned(), end_m, (least_m, MOST_M), hint)?;
        Ok(Self { segments, end_m, bends: Vec::new() })
    }

    /// The same line with its curves, for trains whose pull is less there
    /// ([`Effort::in_curves`](super::Effort::in_curves)): as long as their head, where locomotives
    /// are, is in one.
    ///
    /// # Errors
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) if one begins before the end of the one before
    /// it, or a radius is none.
    ///
    /// ```
    /// use railcorridor::operation::{Effort, RunBend, RunLine, RunOptions, RunSegment, Train, run};
    ///
    /// // 1,000 t without resistance, 200 kN, and half of that in curves of less than 500 m.
    /// let effort = Effort::limits(200e3, 1e9)?.in_curves(vec![(500.0, Effort::limits(100e3, 1e9)?)]);
    /// let train = Train {
    ///     name: "even".into(), mass_kg: 1e6, locomotive_kg: 1e5, rotating_mass_ratio: 1.0,
    ///     length_m: 100.0, resistance_n: [0.0; 3], coasting_resistance_n: [0.0; 3], effort,
    ///     braking_mps2: 0.5, speed_max_mps: 50.0, gravity_mps2: 9.81, mass_is_at_head: false,
    /// };
    /// let level = RunSegment { start_m: 0.0, gradient_permille: 0.0, curve_permille: 0.0, speed_limit_mps: 50.0 };
    /// let bend = |from_m, radius_m| RunBend { from_m, to_m: from_m + 1000.0, radius_m };
    /// let line = RunLine::new(vec![level], 3000.0)?.with_bends(vec![bend(0.0, 600.0), bend(1000.0, 300.0)])?;
    /// let options = RunOptions { stops_at_end: false, ..RunOptions::default() };
    /// let run = run(&line, &train, &options)?;
    /// // 0.2 m/s2 over a kilometre, 0.1 over the next, 0.2 over the last: v^2 is 400, 600, 1,000.
    /// let by_hand_s = 100.0 + (600_f64.sqrt() - 20.0) / 0.1 + (1000_f64.sqrt() - 600_f64.sqrt()) / 0.2;
    /// assert!((run.running_s / by_hand_s - 1.0).abs() < 1e-7);
    /// assert!((run.traction_j / 500e6 - 1.0).abs() < 1e-8); // 200, 100 and 200 kN over a kilometre each
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn with_bends(mut self, bends: Vec<RunBend>) -> Result<Self> {
        let mut least_m = -MOST_M;
        for (number, bend) in bends.iter().enumerate() {
            let item = |key: &str| format!("{key} of curve {number}");
            let hint = "curves follow one another along the line, in metres";
            within(|| item("from_m"), bend.from_m, (least_m, MOST_M), hint)?;
            within(|| item("to_m"), bend.to_m, (bend.from_m.next_up(), MOST_M), hint)?;
            within(|| item("radius_m"), bend.radius_m, (1.0, 1e9), "give metres, without a sign")?;
            least_m = bend.to_m;
        }
        self.bends = bends;
        Ok(self)
    }

    /// The radius at a place, infinite where no curve is known.
    pub(in crate::operation) fn radius_m(&self, at_m: f64) -> f64 {
        let after = self.bends.partition_point(|bend| bend.from_m <= at_m);
        let bend = after.checked_sub(1).and_then(|place| self.bends.get(place));
        bend.filter(|bend| at_m < bend.to_m).map_or(f64::INFINITY, |bend| bend.radius_m)
    }

    /// Its curves in order; none if they are not known.
    #[must_use]
    pub fn bends(&self) -> &[RunBend] {
        &self.bends
    }

    /// The segments in order.
    #[must_use]
    pub fn segments(&self) -> &[RunSegment] {
        &self.segments
    }

    /// Where the line begins.
    #[must_use]
    pub fn start_m(&self) -> f64 {
        self.segments.first().map_or(0.0, |segment| segment.start_m)
    }

    /// Where the line ends.
    #[must_use]
    pub fn end_m(&self) -> f64 {
        self.end_m
    }

    /// Its length.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.end_m - self.start_m()
    }

    /// The height of its end above its beginning.
    #[must_use]
    pub fn climb_m(&self) -> f64 {
        self.spans()
            .map(|(segment, to_m)| segment.gradient_permille / 1e3 * (to_m - segment.start_m))
            .sum()
    }

    /// Each segment with its end in metres.
    pub fn spans(&self) -> impl DoubleEndedIterator<Item = (&RunSegment, f64)> {
        let ends = self.segments.iter().skip(1).map(|next| next.start_m);
        let ends = ends.chain(std::iter::once(self.end_m));
        self.segments.iter().zip(ends.collect::<Vec<_>>())
    }

    /// The segment at a distance; before the line the first, behind it the last.
    #[must_use]
    pub fn at(&self, distance_m: f64) -> Option<&RunSegment> {
        let after = self.segments.partition_point(|segment| segment.start_m <= distance_m);
        self.segments.get(after.saturating_sub(1))
    }

    /// The same line run the other way: distances count from its end, what rises falls.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let start_m = self.start_m();
        let turned = self.spans().rev().map(|(segment, to_m)| RunSegment {
            start_m: self.end_m - to_m,
            gradient_permille: -segment.gradient_permille,
            ..*segment
        });
        let turned_bends = self.bends.iter().rev().map(|bend| RunBend {
            from_m: self.end_m - bend.to_m,
            to_m: self.end_m - bend.from_m,
            radius_m: bend.radius_m,
        });
        Self {
            segments: turned.collect(),
            end_m: self.end_m - start_m,
            bends: turned_bends.collect(),
        }
    }

    /// The same line with no part faster than a speed.
    #[must_use]
    pub fn slowed(&self, speed_mps: f64) -> Self {
        let slow = |segment: &RunSegment| RunSegment {
            speed_limit_mps: segment.speed_limit_mps.min(speed_mps.max(0.1)),
            ..*segment
        };
        Self { segments: self.segments.iter().map(slow).collect(), ..self.clone() }
    }

    /// Each stretch with its end on which neither what holds trains back nor the limit changes.
    pub(super) fn merged(&self) -> Merged<'_> {
        Merged { ahead: &self.segments, end_m: self.end_m }
    }
}

/// Stretches that are merged as they are asked for.
#[derive(Debug, Clone)]
pub(super) struct Merged<'a> {
    ahead: &'a [RunSegment],
    end_m: f64,
}

impl Iterator for Merged<'_> {
    type Item = (RunSegment, f64);

    fn next(&mut self) -> Option<Self::Item> {
        let (first, mut ahead) = self.ahead.split_first()?;
        while let Some((next, behind)) = ahead.split_first()
            && *first == (RunSegment { start_m: first.start_m, ..*next })
        {
            ahead = behind;
        }
        self.ahead = ahead;
        Some((*first, ahead.first().map_or(self.end_m, |next| next.start_m)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(start_m: f64) -> RunSegment {
        RunSegment { start_m, gradient_permille: 1.0, curve_permille: 0.0, speed_limit_mps: 20.0 }
    }

    #[test]
    fn what_is_no_line_is_refused() {
        let good = segment(0.0);
        for (bad, word) in [
            (RunSegment { speed_limit_mps: 0.0, ..good }, "speed_limit_mps"),
            (RunSegment { speed_limit_mps: f64::NAN, ..good }, "speed_limit_mps"),
            (RunSegment { gradient_permille: f64::NAN, ..good }, "gradient_permille"),
            (RunSegment { gradient_permille: f64::INFINITY, ..good }, "gradient_permille"),
            (RunSegment { curve_permille: -0.1, ..good }, "curve_permille"),
            (RunSegment { curve_permille: f64::NAN, ..good }, "curve_permille"),
            (RunSegment { start_m: f64::NAN, ..good }, "start_m"),
            (RunSegment { start_m: 500.0, ..good }, "end_m"),
        ] {
            let problem = RunLine::new(vec![bad], 500.0).unwrap_err().to_string();
            assert!(problem.contains(word), "{problem}");
        }
        assert!(RunLine::new(Vec::new(), 1.0).is_err());
        assert!(RunLine::new(vec![segment(0.0), segment(0.0)], 1.0).is_err());
        assert!(RunLine::new(vec![good], f64::NAN).is_err());
        assert!(RunLine::new(vec![good], f64::INFINITY).is_err());
    }

    #[test]
    fn a_line_turned_twice_is_itself() {
        let line = RunLine::new(vec![segment(0.0), segment(10.0), segment(30.0)], 70.0).unwrap();
        assert_eq!(line.reversed().reversed(), line);
    }
}
