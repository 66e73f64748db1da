//! Findings of lines as they are found, with their places in the file.

use std::collections::BTreeMap;

use crate::finding::{Finding, Severity};

/// So many of a rule are told of a line; then only how many more there are.
const MOST_OF_RULE: usize = 100;

/// Something that is not as it should be.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) rule: &'static str,
    pub(super) severity: Severity,
    /// The byte in the file.
    pub(super) at: usize,
    /// The number of the element, counted from 1; 0 for all of the line.
    pub(super) number: usize,
    /// Distance along the plan.
    pub(super) distance_m: Option<f64>,
    pub(super) value: String,
    pub(super) limit: String,
    pub(super) message: String,
}

/// What is found of one line.
#[derive(Debug, Default)]
pub(super) struct Findings {
    found: Vec<Found>,
    counts: BTreeMap<&'static str, usize>,
}

impl Findings {
    pub(super) fn add(&mut self, found: Found) {
        let count = self.counts.entry(found.rule).or_default();
        *count += 1;
        if *count <= MOST_OF_RULE {
            self.found.push(found);
        }
    }

    /// All of them, the last of each rule with the number of those left out.
    pub(super) fn into_list(self) -> Vec<Found> {
        let mut found = self.found;
        for (rule, count) in self.counts {
            let last = found.iter_mut().rev().find(|found| found.rule == rule);
            if let Some(last) = last.filter(|_| count > MOST_OF_RULE) {
                last.message += &format!("; and {} more of this kind", count - MOST_OF_RULE);
            }
        }
        found
    }
}

/// How much a difference matters, if at all.
pub(super) fn severity(difference: f64, warning: f64, error: f64) -> Option<Severity> {
    // Written so that what is no number is an error.
    if !(difference <= error) {
        Some(Severity::Error)
    } else if difference > warning {
        Some(Severity::Warning)
    } else {
        None
    }
}

/// Millimetres or metres, with the digits that they deserve.
pub(super) fn metres(length_m: f64) -> String {
    match length_m.abs() {
        0.0 => "0 m".to_owned(),
        small if small < 1e-3 => format!("{length_m:.1e} m"),
        some if some < 10.0 => format!("{length_m:.4} m"),
        _ => format!("{length_m:.3} m"),
    }
}

/// Places of bytes in a text, line and column counted from 1, all found in one pass.
pub(super) fn places(text: &str, at: impl Iterator<Item = usize>) -> BTreeMap<usize, (u32, u32)> {
    let mut places: BTreeMap<usize, (u32, u32)> = at.map(|at| (at, (1, 1))).collect();
    let mut chars = text.char_indices().peekable();
    let (mut line, mut column) = (1_u32, 1_u32);
    for (at, place) in &mut places {
        while let Some((_, c)) = chars.next_if(|(here, _)| here < at) {
            if c == '\n' {
                (line, column) = (line.saturating_add(1), 1);
            } else {
                column = column.saturating_add(1);
            }
        }
        *place = (line, column);
    }
    places
}

impl Found {
    /// As a finding of a line, with its place in the file and its chainage.
    pub(super) fn told(
        self,
        subject: &str,
        place: Option<(u32, u32)>,
        chainage_m: Option<f64>,
    ) -> Finding {
        let of = if self.number == 0 { String::new() } else { format!(":{}", self.number) };
        let place = place.map(|(line, column)| format!("line {line}, column {column}: "));
        Finding {
            rule: self.rule,
            id: format!("{}:{subject}{of}", self.rule),
            severity: self.severity,
            subject: subject.to_owned(),
            chainage_m,
            value: self.value,
            limit: self.limit,
            message: format!("{}{}", place.unwrap_or_default(), self.message),
            claims: Vec::new(),
            sources: Vec::new(),
            waiver: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_lines_and_columns() {
        let found = places("ab\ncé\nd", [0, 1, 3, 6, 7, 99].into_iter());
        let list: Vec<(u32, u32)> = found.into_values().collect();
        assert_eq!(list, [(1, 1), (1, 2), (2, 1), (2, 3), (3, 1), (3, 2)]);
    }

    #[test]
    fn what_is_no_number_is_an_error() {
        assert_eq!(severity(f64::NAN, 1.0, 2.0), Some(Severity::Error));
        assert_eq!(severity(1.5, 1.0, 2.0), Some(Severity::Warning));
        assert_eq!(severity(1.0, 1.0, 2.0), None);
    }
}
