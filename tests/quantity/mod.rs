//! The public numbers of a source text: fields, constants, arguments and results with a float.

use crate::source::{Token, tokens};

/// A public number.
#[derive(Debug)]
pub struct Quantity {
    /// Where it is: `Type::field`, `Enum::Variant::field`, `Type::function(argument)`.
    pub item: String,
    /// The name that should hold a unit.
    pub name: String,
    /// Counted from 1.
    pub line: usize,
}

/// The public numbers of a source text, in order; tests inside of modules are left out.
pub fn quantities(text: &str) -> Vec<Quantity> {
    let mut found = Vec::new();
    items(&tokens(text), "", false, &mut found);
    found
}

/// The items of a file or of a block. `all_public` in a public trait, whose items say no `pub`.
fn items(tokens: &[Token], path: &str, all_public: bool, found: &mut Vec<Quantity>) {
    let mut rest = tokens;
    while let Some(start) = rest.first() {
        let length = item_length(rest);
        let (item, after) = rest.split_at(length);
        rest = after;
        let (item, is_test) = past_attributes(item);
        if is_test {
            continue;
        }
        let (item, is_public) = past_visibility(item);
        let is_public = is_public || all_public;
        let Some(at) = item.iter().position(|token| is_keyword(item, token)) else {
            debug_assert!(length > 0, "no progress at line {}", start.line);
            continue;
        };
        let (keyword, body) = (item[at].text.as_str(), &item[at + 1..]);
        match keyword {
            "mod" => items(block(body), path, false, found),
            "impl" => items(block(body), &join(path, implemented(body)), false, found),
            "trait" if is_public => items(block(body), &join(path, first(body)), true, found),
            "struct" => fields(body, &join(path, first(body)), false, found),
            "enum" if is_public => variants(body, &join(path, first(body)), found),
            "fn" if is_public => function(body, path, found),
            "const" | "static" | "type" if is_public => {
                let typed = body.iter().take_while(|token| keyword == "type" || token.text != "=");
                note(path, body.first(), typed, found);
            }
            _ => {}
        }
    }
}

/// The word that says what an item is; `const fn` is a function.
fn is_keyword(item: &[Token], token: &Token) -> bool {
    const KEYWORDS: &[&str] =
        &["mod", "impl", "trait", "struct", "enum", "fn", "static", "type", "use", "macro_rules"];
    let is_function = || item.iter().take(4).any(|token| token.text == "fn");
    KEYWORDS.contains(&token.text.as_str()) || (token.text == "const" && !is_function())
}

/// How many tokens the first item has: to its `;`, or to the end of its braces.
fn item_length(tokens: &[Token]) -> usize {
    let mut at = 0;
    // The brackets of attributes do not end an item.
    while tokens.get(at).is_some_and(|token| token.text == "#") {
        at += 1 + usize::from(tokens.get(at + 1).is_some_and(|token| token.text == "!"));
        at += group_length(&tokens[at.min(tokens.len())..]);
    }
    let opens = ["{", "fn", "impl", "struct", "enum", "trait"];
    let is_value = tokens[at.min(tokens.len())..]
        .iter()
        .take_while(|token| !opens.contains(&token.text.as_str()))
        .any(|token| token.text == "=" || token.text == "use");
    while let Some(token) = tokens.get(at) {
        match token.text.as_str() {
            ";" => return at + 1,
            "{" => {
                at += group_length(&tokens[at..]);
                // The braces of a value or of a `use` are followed by a semicolon.
                if !is_value {
                    return at;
                }
            }
            "(" | "[" => at += group_length(&tokens[at..]),
            _ => at += 1,
        }
    }
    tokens.len()
}

/// How many tokens a bracketed group has, brackets included.
fn group_length(tokens: &[Token]) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// What follows the attributes, and whether one of them is `#[cfg(test)]`.
fn past_attributes(mut tokens: &[Token]) -> (&[Token], bool) {
    let mut is_test = false;
    while tokens.first().is_some_and(|token| token.text == "#") {
        let marks = 1 + usize::from(tokens.get(1).is_some_and(|token| token.text == "!"));
        let tail = &tokens[marks.min(tokens.len())..];
        let (attribute, after) = tail.split_at(group_length(tail));
        let words: Vec<_> = attribute.iter().map(|token| token.text.as_str()).collect();
        is_test |= words == ["[", "cfg", "(", "test", ")", "]"];
        tokens = after;
    }
    (tokens, is_test)
}

/// What follows `pub`, and whether it stands there without a restriction.
fn past_visibility(tokens: &[Token]) -> (&[Token], bool) {
    match tokens {
        [public, rest @ ..] if public.text == "pub" => match rest.first() {
            Some(open) if open.text == "(" && is_restriction(rest) => {
                (&rest[group_length(rest)..], false)
            }
            _ => (rest, true),
        },
        _ => (tokens, false),
    }
}

/// `(crate)`, `(super)`, `(in ...)`; not the tuple of a field `pub (f64, f64)`.
fn is_restriction(tokens: &[Token]) -> bool {
    let word = tokens.get(1).map_or("", |token| token.text.as_str());
    matches!(word, "crate" | "super" | "self" | "in")
}

/// The inside of the first braces.
fn block(tokens: &[Token]) -> &[Token] {
    group(tokens, "{")
}

/// The inside of the first group that opens so; nothing if there is none.
fn group<'a>(tokens: &'a [Token], open: &str) -> &'a [Token] {
    let start = tokens.iter().position(|token| token.text == open);
    let Some(tail) = start.map(|start| &tokens[start..]) else {
        return &[];
    };
    tail.get(1..group_length(tail).saturating_sub(1)).unwrap_or_default()
}

/// The type that an `impl` is for: the last name before the braces that is not a parameter.
fn implemented(tokens: &[Token]) -> &str {
    let (mut depth, mut name) = (0, "");
    for token in tokens {
        match token.text.as_str() {
            "<" => depth += 1,
            ">" => depth -= 1,
            "{" | "where" => break,
            word if depth == 0 && word.starts_with(char::is_alphabetic) => name = word,
            _ => {}
        }
    }
    name
}

/// Named fields in braces or unnamed ones in parentheses, whichever comes first.
fn fields(tokens: &[Token], path: &str, all_public: bool, found: &mut Vec<Quantity>) {
    let mut opens = tokens.iter().map(|token| token.text.as_str());
    let named = opens.find(|text| matches!(*text, "{" | "(")) == Some("{");
    let inside = group(tokens, if named { "{" } else { "(" });
    for field in split(inside) {
        let (field, _) = past_attributes(field);
        let (field, is_public) = past_visibility(field);
        if !(is_public || all_public) {
            continue;
        }
        if named {
            note(path, field.first(), field.iter().skip(1), found);
        } else if holds_float(field.iter()) {
            let name = path.rsplit("::").next().unwrap_or(path);
            found.push(Quantity {
                item: path.to_owned(),
                name: name.to_owned(),
                line: field.first().map_or(0, |token| token.line),
            });
        }
    }
}

/// The fields of every variant; they are as public as the enum.
fn variants(tokens: &[Token], path: &str, found: &mut Vec<Quantity>) {
    for variant in split(block(tokens)) {
        let (variant, _) = past_attributes(variant);
        fields(variant, &join(path, first(variant)), true, found);
    }
}

/// The arguments of a function, and its result under its own name.
fn function(tokens: &[Token], path: &str, found: &mut Vec<Quantity>) {
    // Parentheses in the bounds of the parameters, as in `<F: Fn(f64)>`, are not the arguments.
    let (mut depth, mut open) = (0, tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "<" => depth += 1,
            ">" => depth -= 1,
            "(" if depth == 0 => {
                open = at;
                break;
            }
            _ => {}
        }
    }
    let (head, tail) = tokens.split_at(open);
    let (arguments, after) = tail.split_at(group_length(tail));
    let item = join(path, first(head));
    for argument in split(group(arguments, "(")) {
        let colon = argument.iter().position(|token| token.text == ":");
        let (pattern, typed) = argument.split_at(colon.unwrap_or(argument.len()));
        for name in pattern {
            let is_name = name.text.starts_with(char::is_alphabetic);
            if is_name && !matches!(name.text.as_str(), "mut" | "ref" | "self") {
                let before = found.len();
                note("", Some(name), typed.iter(), found);
                for quantity in &mut found[before..] {
                    quantity.item = format!("{item}({})", name.text);
                }
            }
        }
    }
    if after.first().is_some_and(|token| token.text == "->") {
        let ends = |token: &&Token| !matches!(token.text.as_str(), "{" | ";" | "where");
        note(path, head.first(), after.iter().take_while(ends), found);
    }
}

/// Adds a name whose type holds a float.
fn note<'a>(
    path: &str,
    name: Option<&Token>,
    mut typed: impl Iterator<Item = &'a Token>,
    found: &mut Vec<Quantity>,
) {
    let Some(name) = name else { return };
    if holds_float(&mut typed) {
        found.push(Quantity {
            item: join(path, &name.text),
            name: name.text.clone(),
            line: name.line,
        });
    }
}

fn holds_float<'a>(mut typed: impl Iterator<Item = &'a Token>) -> bool {
    typed.any(|token| matches!(token.text.as_str(), "f64" | "f32"))
}

/// The parts between commas that stand in no bracket.
fn split(tokens: &[Token]) -> impl Iterator<Item = &[Token]> {
    let mut depth = 0_i32;
    let parts = tokens.split(move |token| {
        match token.text.as_str() {
            "(" | "[" | "{" | "<" => depth += 1,
            ")" | "]" | "}" | ">" => depth -= 1,
            _ => {}
        }
        depth == 0 && token.text == ","
    });
    parts.filter(|part| !part.is_empty())
}

fn first(tokens: &[Token]) -> &str {
    tokens.first().map_or("", |token| token.text.as_str())
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}::{name}") }
}
