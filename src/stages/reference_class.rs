//! How long lines of the region took to build.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// A line of the region with its time of works.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceLine {
    /// Its name.
    pub name: String,
    /// ISO 3166 code of its country.
    pub country: String,
    /// Its length, kilometres.
    pub length_km: f64,
    /// From start of works to traffic, months.
    pub works_months: f64,
    /// Whether that happened, or was planned.
    pub built: bool,
    /// Where it was published.
    pub source: String,
}

impl ReferenceLine {
    /// Pace of the works.
    #[must_use]
    pub fn pace_km_per_month(&self) -> f64 {
        self.length_km / self.works_months
    }
}

/// The months that a line takes at the pace of the slowest and fastest built line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PaceRange {
    /// At the fastest pace, months.
    pub low_months: f64,
    /// At the slowest pace, months.
    pub high_months: f64,
    /// The lines that it rests on.
    pub lines: Vec<String>,
}

/// The lines of `data/rates/reference_class.toml`.
pub fn reference_lines() -> &'static [ReferenceLine] {
    #[derive(Deserialize)]
    struct File {
        line: Vec<ReferenceLine>,
    }
    static LINES: LazyLock<Vec<ReferenceLine>> = LazyLock::new(|| {
        // A test reads the file; one that cannot be read would give no lines.
        let text = include_str!("../../data/rates/reference_class.toml");
        toml::from_str(text).map_or_else(|_| Vec::new(), |file: File| file.line)
    });
    &LINES
}

/// How long the works of a line of this length take at the pace of built lines.
///
/// length / pace, for the slowest and the fastest built line of [`reference_lines`]. A few lines
/// in other ground: a check of a plan, no forecast.
///
/// ```
/// use railcorridor::stages::works_at_pace_of_built_lines;
///
/// // Hairatan-Mazar: 75 km in 10 months.
/// let range = works_at_pace_of_built_lines(75.0).unwrap();
/// assert!((range.high_months - 10.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn works_at_pace_of_built_lines(length_km: f64) -> Option<PaceRange> {
    let built = || reference_lines().iter().filter(|line| line.built);
    let months = || built().map(|line| length_km / line.pace_km_per_month());
    Some(PaceRange {
        low_months: months().min_by(f64::total_cmp)?,
        high_months: months().max_by(f64::total_cmp)?,
        lines: built().map(|line| line.name.clone()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_whole() {
        assert_eq!(reference_lines().len(), 5);
        assert!(reference_lines().iter().all(|line| line.pace_km_per_month() > 1.0));
    }
}
