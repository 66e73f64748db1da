//! Texts of a study inside of markup.

/// The text with everything that markup could mistake for its own.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c if c.is_control() && c != '\n' => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

/// The address if it may become a link: http and https only.
pub(super) fn link(address: &str) -> Option<String> {
    let plain = address.starts_with("https://") || address.starts_with("http://");
    plain.then(|| escape(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text() {
        assert_eq!(escape("<a href=\"x\">'&"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
        assert_eq!(link("javascript:alert(1)"), None);
        assert_eq!(link("https://x/?a=1&b=2").as_deref(), Some("https://x/?a=1&amp;b=2"));
    }
}
