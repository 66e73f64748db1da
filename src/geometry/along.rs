//! Values that hold from one distance to another.

use serde::{Deserialize, Serialize};

use crate::error::{Result, within};

/// A value from one distance to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range<T> {
    /// Where it begins to hold.
    pub from_m: f64,
    /// Where it ceases to hold.
    pub to_m: f64,
    /// What holds there.
    pub value: T,
}

/// Values by ranges of distance along a line: speeds, structures, standards. There may be gaps.
///
/// # Example
///
/// ```
/// use railcorridor::geometry::{Along, Range};
///
/// let speed = |from_m, to_m, value: u32| Range { from_m, to_m, value };
/// let speeds_kmh = Along::new(vec![speed(0.0, 800.0, 60), speed(800.0, 5000.0, 120)])?;
/// assert_eq!(speeds_kmh.at(799.0), Some(&60));
/// assert_eq!(speeds_kmh.at(800.0), Some(&120)); // where two meet, the one ahead
/// assert_eq!(speeds_kmh.at(5000.0), Some(&120)); // the end of a range that nothing follows
/// assert_eq!(speeds_kmh.at(5001.0), None);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Along<T> {
    ranges: Vec<Range<T>>,
}

impl<T> Along<T> {
    /// Values by their ranges, in any order.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`](crate::Error::OutOfRange) if a range is not longer than nothing, or
    /// two overlap.
    pub fn new(mut ranges: Vec<Range<T>>) -> Result<Self> {
        for Range { from_m, to_m, .. } in &ranges {
            let item = || format!("length_m of the range {from_m} to {to_m} m");
            let reach = (f64::MIN_POSITIVE, f64::MAX);
            within(item, to_m - from_m, reach, "a range goes forwards")?;
        }
        ranges.sort_by(|a, b| a.from_m.total_cmp(&b.from_m));
        for (range, next) in ranges.iter().zip(ranges.iter().skip(1)) {
            let item = || format!("from_m behind the range that begins at {} m", range.from_m);
            let hint = "let each range begin where the one before ends, or later";
            within(item, next.from_m, (range.to_m, f64::MAX), hint)?;
        }
        Ok(Self { ranges })
    }

    /// The value at a distance, if one holds there; where two ranges meet, that of the one ahead.
    #[must_use]
    pub fn at(&self, distance_m: f64) -> Option<&T> {
        let before = self.ranges.partition_point(|range| range.from_m <= distance_m);
        let range = self.ranges.get(before.checked_sub(1)?)?;
        (distance_m <= range.to_m).then_some(&range.value)
    }

    /// Its ranges in order.
    #[must_use]
    pub fn ranges(&self) -> &[Range<T>] {
        &self.ranges
    }

    /// The ranges that reach into that between two distances.
    pub fn between(&self, from_m: f64, to_m: f64) -> impl Iterator<Item = &Range<T>> {
        let first = self.ranges.partition_point(|range| range.to_m <= from_m);
        let rest = self.ranges.get(first..).unwrap_or_default();
        rest.iter().take_while(move |range| range.from_m < to_m)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_known_and_overlaps_refused() {
        let range = |from_m, to_m| Range { from_m, to_m, value: () };
        let along = Along::new(vec![range(20.0, 30.0), range(0.0, 10.0)]).unwrap();
        assert_eq!(along.at(15.0), None);
        assert_eq!(along.at(-1.0), None);
        assert_eq!(along.at(f64::NAN), None);
        assert!(along.at(10.0).is_some() && along.at(20.0).is_some());
        assert_eq!(along.between(10.0, 20.0).count(), 0);
        assert_eq!(along.between(9.0, 21.0).count(), 2);
        assert!(Along::new(vec![range(0.0, 10.0), range(9.0, 20.0)]).is_err());
        assert!(Along::new(vec![range(10.0, 10.0)]).is_err());
        assert!(Along::new(vec![range(10.0, f64::NAN)]).is_err());
        assert!(Along::new(vec![range(f64::NEG_INFINITY, 1.0)]).is_err());
    }
}
