//! Numbers in words, with the digits that they deserve.

/// Days of a year of the calendar, in the mean of its 400 years.
pub(crate) const DAYS_A_YEAR: f64 = 365.2425;

/// Days of a month of the calendar, in the mean.
pub(crate) const DAYS_A_MONTH: f64 = DAYS_A_YEAR / 12.0;

/// Kilometres to a tenth: `1,205.3 km`.
#[must_use]
pub fn km_words(length_km: f64) -> String {
    format!("{} km", grouped(length_km, 1))
}

/// Money to three digits: `USD 500 million`, `USD 1.60 million`.
///
/// ```
/// use railcorridor::money_words;
///
/// assert_eq!(money_words("USD", 1_603_500.0), "USD 1.60 million");
/// assert_eq!(money_words("AFN", 264e6), "AFN 264 million");
/// assert_eq!(money_words("USD", 4.6e9), "USD 4.60 billion");
/// ```
#[must_use]
pub fn money_words(currency: &str, amount: f64) -> String {
    let (scaled, unit) = match amount.abs() {
        a if a >= 999.5e6 => (amount / 1e9, " billion"),
        a if a >= 999.5e3 => (amount / 1e6, " million"),
        _ => (amount, ""),
    };
    let digits = match scaled.abs() {
        a if unit.is_empty() || a >= 99.95 => 0,
        a if a >= 9.995 => 1,
        _ => 2,
    };
    format!("{currency} {}{unit}", grouped(scaled, digits))
}

/// A number with digits in groups of three: `4,673,929`.
pub(crate) fn grouped(number: f64, digits: usize) -> String {
    let plain = format!("{number:.digits$}");
    let (sign, plain) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
    // What rounds to nothing is not less than nothing.
    let sign = if plain.bytes().all(|byte| matches!(byte, b'0' | b'.')) { "" } else { sign };
    let (whole, rest) = plain.split_once('.').map_or((plain, None), |(w, r)| (w, Some(r)));
    let mut grouped = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(rest) = rest {
        grouped.push('.');
        grouped.push_str(rest);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_their_digits() {
        assert_eq!(grouped(4_673_929.0, 0), "4,673,929");
        assert_eq!(grouped(-1234.56, 1), "-1,234.6");
        assert_eq!((grouped(-0.004, 2), grouped(-0.006, 2)), ("0.00".into(), "-0.01".into()));
        assert_eq!(km_words(953.54), "953.5 km");
    }
}
