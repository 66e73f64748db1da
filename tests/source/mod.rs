//! Rust source as tokens, for the tests that read the library's own text.

use std::fs;
use std::path::{Path, PathBuf};

/// A word, a number, or a mark; comments, lifetimes and the inside of texts are gone.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// As written; every literal text is `""`.
    pub text: String,
    /// Counted from 1.
    pub line: usize,
}

/// The source files of the library with their paths below `src`, in order.
pub fn library() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap_or_default();
                let name = path.strip_prefix(&root).unwrap_or(&path).to_path_buf();
                files.push((name, text));
            }
        }
    }
    files.sort();
    files
}

/// The tokens of a source text.
pub fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(&byte) = bytes.get(at) {
        let rest = &bytes[at..];
        let (length, token) = match byte {
            b'/' if rest.starts_with(b"//") => (line_end(rest), None),
            b'/' if rest.starts_with(b"/*") => (comment_end(rest), None),
            b'"' => (text_end(rest), Some("\"\"".to_owned())),
            b'\'' => quoted(rest),
            _ if byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80 => word(rest),
            _ if byte.is_ascii_whitespace() => (1, None),
            _ if rest.starts_with(b"::") => (2, Some("::".to_owned())),
            _ if rest.starts_with(b"->") => (2, Some("->".to_owned())),
            _ if rest.starts_with(b"=>") => (2, Some("=>".to_owned())),
            _ => (1, Some(char::from(byte).to_string())),
        };
        tokens.extend(token.map(|text| Token { text, line }));
        let passed = rest.iter().take(length);
        line += passed.filter(|&&byte| byte == b'\n').count();
        at += length;
    }
    tokens
}

fn line_end(rest: &[u8]) -> usize {
    let end = rest.iter().position(|&byte| byte == b'\n');
    end.unwrap_or(rest.len())
}

/// Comments may hold comments.
fn comment_end(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        if rest[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += 1;
        }
    }
    at
}

fn text_end(rest: &[u8]) -> usize {
    let mut at = 1;
    while let Some(&byte) = rest.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// A character, as an empty text, or a lifetime, as nothing.
fn quoted(rest: &[u8]) -> (usize, Option<String>) {
    let text = Some("\"\"".to_owned());
    if rest.get(1) == Some(&b'\\') {
        let end = rest.iter().skip(3).position(|&byte| byte == b'\'');
        return (end.map_or(rest.len(), |end| end + 4), text);
    }
    // The first byte of a character of UTF-8 says how many it has.
    let width = match rest.get(1) {
        Some(0xF0..) => 4,
        Some(0xE0..) => 3,
        Some(0xC0..) => 2,
        _ => 1,
    };
    if rest.get(1 + width) == Some(&b'\'') {
        return (2 + width, text);
    }
    let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
    (1 + rest.iter().skip(1).take_while(is_name).count(), None)
}

/// A word or number; or the raw, byte or C text that begins like a word.
fn word(rest: &[u8]) -> (usize, Option<String>) {
    let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_' || **byte >= 0x80;
    let length = rest.iter().take_while(is_name).count();
    let name = String::from_utf8_lossy(&rest[..length]).into_owned();
    let text = Some("\"\"".to_owned());
    if matches!(name.as_str(), "b" | "c") && rest.get(length) == Some(&b'"') {
        return (length + text_end(&rest[length..]), text);
    }
    if name == "b" && rest.get(length) == Some(&b'\'') {
        return (length + quoted(&rest[length..]).0, text);
    }
    if matches!(name.as_str(), "r" | "br" | "cr") {
        let hashes = rest[length..].iter().take_while(|&&byte| byte == b'#');
        let hashes = hashes.count();
        if rest.get(length + hashes) == Some(&b'"') {
            let close = [b"\"".as_slice(), &vec![b'#'; hashes]].concat();
            let start = length + hashes + 1;
            let mut windows = rest[start..].windows(close.len());
            let end = windows.position(|window| window == close);
            return (end.map_or(rest.len(), |end| start + end + close.len()), text);
        }
    }
    (length, Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_texts_and_lifetimes_leave_no_words() {
        let source = r####"
            // crate::a
            /* crate::b /* crate::c */ crate::d */
            let x: &'static str = "crate::e \" crate::f"; let y = r#"crate::"g""#;
            let z = ['\'', '"', 'c', 'é', b'"' as char, '\u{1F600}']; let w = b"crate::h";
            crate::i
        "####;
        let words: Vec<_> = tokens(source).into_iter().collect();
        let paths = words.iter().filter(|token| token.text == "crate");
        assert_eq!(paths.map(|token| token.line).collect::<Vec<_>>(), [6]);
        assert!(!words.iter().any(|token| token.text == "static"));
        assert_eq!(words.last().unwrap().text, "i");
    }

    #[test]
    fn the_library_is_found() {
        let names: Vec<_> = library().into_iter().map(|(name, _)| name).collect();
        assert!(names.contains(&PathBuf::from("geodesy/utm.rs")), "{names:?}");
    }
}
