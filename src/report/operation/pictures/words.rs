//! Times in words.

/// A time to minutes: `12 h 34 min`, `34 min`.
pub(super) fn duration_words(time_s: f64) -> String {
    let minutes = (time_s / 60.0).round();
    let (hours, rest) = ((minutes / 60.0).floor(), minutes.rem_euclid(60.0));
    if hours >= 1.0 { format!("{hours:.0} h {rest:02.0} min") } else { format!("{rest:.0} min") }
}

/// A moment in seconds from midnight of the first day: `06:05`, `01:20 on day 2`.
pub(super) fn moment_words(at_s: u64) -> String {
    let (day, minute) = (at_s / 86_400, at_s % 86_400 / 60);
    let clock = format!("{:02}:{:02}", minute / 60, minute % 60);
    if day == 0 { clock } else { format!("{clock} on day {}", day + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_to_the_minute() {
        assert_eq!(duration_words(7_170.0), "2 h 00 min"); // half a minute short of it
        assert_eq!(duration_words(3_540.0), "59 min");
        assert_eq!(moment_words(21_900), "06:05");
        assert_eq!(moment_words(86_400 + 4_800), "01:20 on day 2");
    }
}
