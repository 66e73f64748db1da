//! Cells of a table that no spreadsheet takes for a formula.

use std::borrow::Cow;

/// The text so that no spreadsheet takes it for a formula: with an apostrophe before it.
///
/// So are texts that would be read as having been given one, so that [`plain_cell`] leads back.
///
/// ```
/// use railcorridor::exchange::{plain_cell, safe_cell};
///
/// assert_eq!(safe_cell("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
/// assert_eq!(safe_cell("-12.5"), "-12.5");
/// assert_eq!(plain_cell(&safe_cell("'=1")), "'=1");
/// ```
#[must_use]
pub fn safe_cell(text: &str) -> Cow<'_, str> {
    if is_formula(text.trim_start_matches('\'')) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text that was made safe by [`safe_cell`].
#[must_use]
pub fn plain_cell(cell: &str) -> &str {
    let is_safe = |rest: &&str| is_formula(rest.trim_start_matches('\''));
    cell.strip_prefix('\'').filter(is_safe).unwrap_or(cell)
}

/// Whether a spreadsheet computes it; a number below zero is none.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '@', '\t', '\r'])
        || (text.starts_with('-') && text.len() > 1 && text.parse::<f64>().is_err())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_becomes_a_formula() {
        for evil in ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-1+1", "\t=1", "'=1", "''-a"] {
            assert_eq!(safe_cell(evil), format!("'{evil}"));
            assert_eq!(plain_cell(&safe_cell(evil)), evil);
        }
        for plain in ["-", "-12.5", "a=b", "'a", "", "'"] {
            assert_eq!(safe_cell(plain), plain);
            assert_eq!(plain_cell(plain), plain);
        }
    }
}
