//! How much room words take in a picture, and words that keep to it.

/// The width of a text in letters of a size, px; rather too wide than too narrow.
///
/// Pictures are drawn without the font that a reader has, so widths are those of common sans serifs
/// by kind of letter, as shares of the size.
pub(super) fn width_px(text: &str, size_px: f64) -> f64 {
    text.chars().map(width_ratio).sum::<f64>() * size_px
}

fn width_ratio(letter: char) -> f64 {
    match letter {
        // Marks above and below letters, joiners, directions.
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{200b}'..='\u{200f}' => 0.0,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => 0.0,
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | ' ' | '.' | ',' | ':' | ';' | '!' | '\''
        | '|' | '(' | ')' | '[' | ']' | '/' | '-' => 0.34,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.92,
        'A'..='Z' => 0.72,
        '\u{0}'..='\u{7f}' => 0.57,
        // Letters as wide as they are high.
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{fffd}' | '\u{10000}'.. => 1.05,
        _ => 0.66,
    }
}

/// The text, or as much of its beginning as fits with an ellipsis.
pub(super) fn shortened(text: &str, size_px: f64, most_px: f64) -> String {
    if width_px(text, size_px) <= most_px {
        return text.to_owned();
    }
    let mut left_px = most_px - width_px("\u{2026}", size_px);
    let fits = |letter: &char| {
        left_px -= width_ratio(*letter) * size_px;
        left_px >= 0.0
    };
    let kept: String = text.chars().take_while(fits).collect();
    let is_loose = |letter: char| letter.is_whitespace() || letter == '-';
    format!("{}\u{2026}", kept.trim_end_matches(is_loose))
}

/// The text in lines, broken between words; what does not fit is left out behind an ellipsis.
pub(super) fn wrapped(text: &str, size_px: f64, most_px: f64, most_lines: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let is_full = lines.len() >= most_lines.max(1);
        match lines.last_mut() {
            Some(line) if is_full || width_px(&format!("{line} {word}"), size_px) <= most_px => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| shortened(line, size_px, most_px)).collect()
}

/// A name that is set apart from the words around it where it runs from right to left, or turns the
/// direction, so that what stands beside it keeps its place.
pub(super) fn isolated(name: &str) -> String {
    let is_from_right = |letter: char| matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}');
    if name.chars().any(is_from_right) {
        format!("\u{2068}{name}\u{2069}")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_to_their_room() {
        chance::property(|u| {
            let text: String = u.arbitrary()?;
            let (size_px, most_px) = (12.0, f64::from(u.int_in_range(30..=300_u32)?));
            let most_lines = u.int_in_range(1..=4)?;
            assert!(width_px(&shortened(&text, size_px, most_px), size_px) <= most_px);
            let lines = wrapped(&text, size_px, most_px, most_lines);
            assert!(lines.len() <= most_lines);
            assert!(lines.iter().all(|line| width_px(line, size_px) <= most_px), "{lines:?}");
            Ok(())
        });
    }

    #[test]
    fn a_name_of_two_lines_is_broken_between_words() {
        assert_eq!(wrapped("Pre-feasibility study", 12.0, 90.0, 3), ["Pre-feasibility", "study"]);
        assert_eq!(shortened("Herat", 12.0, 100.0), "Herat");
        assert_eq!(shortened("Herat-Kandahar", 12.0, 50.0), "Herat\u{2026}");
    }

    #[test]
    fn only_names_from_right_to_left_are_set_apart() {
        assert_eq!(isolated("Herat"), "Herat");
        assert_eq!(isolated("هرات"), "\u{2068}هرات\u{2069}");
    }
}
