//! Metres as kilometres and back, without losing a digit.

/// Metres as kilometres, with the digits that the metres have: none is lost by division.
pub(super) fn km_text(length_m: f64) -> String {
    let text = length_m.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return text;
    }
    let whole = format!("{whole:0>4}");
    let (km, m) = whole.split_at(whole.len() - 3);
    let part = format!("{m}{part}");
    let part = part.trim_end_matches('0');
    let point = if part.is_empty() { "" } else { "." };
    format!("{sign}{km}{point}{part}")
}

/// The metres of kilometres as text.
pub(super) fn m_of_km(text: &str) -> Option<f64> {
    let text = text.trim();
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte));
    let metres = if is_plain { format!("{text}e3").parse().ok() } else { None };
    metres.or_else(|| text.parse::<f64>().ok().map(|length_km| length_km * 1e3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kilometres_keep_every_digit_of_metres() {
        for (length_m, text) in
            [(25_000.0, "25"), (0.0, "0"), (1.5, "0.0015"), (-24_999.999_9, "-24.9999999")]
        {
            assert_eq!(km_text(length_m), text);
            assert_eq!(m_of_km(text), Some(length_m));
        }
        assert_eq!([m_of_km("1e2"), m_of_km("x"), m_of_km("")], [Some(100_000.0), None, None]);
    }

    #[test]
    fn any_length_comes_back() {
        chance::property(|u| {
            let length_m: f64 = u.arbitrary()?;
            if length_m.is_finite() {
                assert_eq!(m_of_km(&km_text(length_m)), Some(length_m));
            }
            Ok(())
        });
    }
}
