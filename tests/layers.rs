//! No module of the library imports from a module to its right in the order below.
//!
//! It reads the source as text: whatever names `crate::x`, in a `use` or in a path, in code or in
//! the tests inside of a module. `super::super` is refused everywhere, since it hides where it
//! leads.

mod source;

use std::collections::BTreeMap;
use std::path::Path;

use source::{Token, tokens};

/// Modules from left to right; those in one row do not know each other.
const ORDER: &[&[&str]] = &[
    &["error"],
    &["finding"],
    &["bounded", "parallel", "unit"],
    &["geodesy"],
    &["geometry", "schedule", "terrain"],
    &["model"],
    &["route"],
    &["design"],
    &["operation"],
    &["stages"],
    &["status"],
    &["appraisal"],
    &["exchange"],
    &["report"],
];

/// What may be imported against the order: from, to, why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[(
    "error",
    "model",
    "the one error type carries all problems of a study, which only the model can lay out",
)];

fn rank(module: &str) -> Option<usize> {
    ORDER.iter().position(|row| row.contains(&module))
}

/// The modules that a file at a path below `src` is in, outermost first.
fn modules_of(path: &Path) -> Vec<String> {
    let mut modules: Vec<String> =
        path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if modules.last().is_some_and(|last| last == "mod" || last == "lib") {
        modules.pop();
    }
    modules
}

/// Names that the root of the library passes on, each with the module that it comes from.
fn passed_on(root: &str) -> BTreeMap<String, String> {
    let tokens = tokens(root);
    let mut names = BTreeMap::new();
    for (at, token) in tokens.iter().enumerate() {
        if token.text != "use" {
            continue;
        }
        let mut words = tokens[at + 1..]
            .iter()
            .take_while(|token| token.text != ";")
            .filter(|token| token.text.starts_with(char::is_alphabetic));
        if let Some(module) = words.next() {
            for name in words {
                names.insert(name.text.clone(), module.text.clone());
            }
        }
    }
    names
}

/// First names after `crate::` (or after `super::` where that is the root) at a token.
fn first_names(tokens: &[Token]) -> Vec<&str> {
    if tokens.first().is_none_or(|token| token.text != "{") {
        return tokens.first().map(|token| token.text.as_str()).into_iter().collect();
    }
    let (mut depth, mut names, mut before) = (0, Vec::new(), "{");
    for token in tokens {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            name if depth == 1 && (before == "{" || before == ",") => names.push(name),
            _ => {}
        }
        if depth == 0 {
            break;
        }
        before = &token.text;
    }
    names
}

/// Every import of a file that the order does not allow, as (line, what is wrong).
fn violations(
    file_modules: &[String],
    text: &str,
    passed_on: &BTreeMap<String, String>,
    mut excepted: impl FnMut(&str, &str) -> bool,
) -> Vec<(usize, String)> {
    let Some(from) = file_modules.first() else {
        return Vec::new();
    };
    let Some(from_rank) = rank(from) else {
        return vec![(1, format!("module {from} has no place in the order"))];
    };
    let tokens = tokens(text);
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let mut found = Vec::new();
    let (mut depth, mut inline_modules) = (0_usize, Vec::new());
    for (at, token) in tokens.iter().enumerate() {
        let nesting = file_modules.len() + inline_modules.len();
        let to_root = match token.text.as_str() {
            "{" => {
                depth += 1;
                if at >= 2 && word(at - 2) == "mod" {
                    inline_modules.push(depth);
                }
                false
            }
            "}" => {
                inline_modules.retain(|&opened| opened < depth);
                depth = depth.saturating_sub(1);
                false
            }
            "super" if word(at + 1) == "::" && word(at + 2) == "super" => {
                found.push((token.line, "super::super".to_owned()));
                false
            }
            "super" => nesting == 1 && word(at + 1) == "::",
            "crate" if word(at + 1) == "as" => {
                found.push((token.line, "another name for the whole crate".to_owned()));
                false
            }
            "crate" => word(at + 1) == "::",
            _ => false,
        };
        let names = if to_root { first_names(&tokens[at + 2..]) } else { Vec::new() };
        for name in names {
            let to = passed_on.get(name).map_or(name, String::as_str);
            let allowed = match rank(to) {
                Some(to_rank) => to == from || to_rank < from_rank || excepted(from, to),
                None => false,
            };
            if !allowed {
                found.push((token.line, format!("{from} imports {name} of {to}")));
            }
        }
    }
    found
}

#[test]
fn imports_follow_the_order() {
    let files = source::library();
    let root = files.iter().find(|(path, _)| path == Path::new("lib.rs"));
    let passed_on = passed_on(&root.expect("src/lib.rs").1);
    assert_eq!(passed_on.get("Error").map(String::as_str), Some("error"));
    let mut used = Vec::new();
    let mut found = Vec::new();
    for (path, text) in &files {
        let excepted = |from: &str, to: &str| {
            let is_listed = |&&(a, b, _): &&(&str, &str, &str)| (a, b) == (from, to);
            let exception = EXCEPTIONS.iter().find(is_listed);
            used.extend(exception);
            exception.is_some()
        };
        for (line, what) in violations(&modules_of(path), text, &passed_on, excepted) {
            found.push(format!("src/{}:{line}: {what}", path.display()));
        }
    }
    assert!(found.is_empty(), "against the order:\n{}", found.join("\n"));
    for exception in EXCEPTIONS {
        assert!(used.contains(exception), "no longer needed: {exception:?}");
    }
}

/// What is found in a snippet that stands in a file.
fn found_in(file: &str, text: &str) -> Vec<String> {
    let root = "mod error; pub use error::{Error, Result}; pub use model::Study;";
    let found = violations(&modules_of(Path::new(file)), text, &passed_on(root), |_, _| false);
    found.into_iter().map(|(_, what)| what).collect()
}

#[test]
fn imports_to_the_left_are_allowed() {
    for text in [
        "use crate::{Error, Result}; use super::LonLat; use self::x::y;",
        "use crate::geodesy::{LonLat, utm::UtmZone}; pub(crate) fn f() -> crate::Result<()> {}",
        "// crate::report\n/// [`crate::model::Study`]\nconst A: &str = \"crate::report\";",
        "mod tests { use super::*; use crate::error::Error; }",
        "use railcorridor_report::crate_report;",
    ] {
        assert_eq!(found_in("geodesy/utm.rs", text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(found_in("report/page.rs", "use crate::Study;"), Vec::<String>::new());
}

#[test]
fn imports_to_the_right_are_found() {
    for text in [
        "use crate::model::Study;",
        "use crate::Study;",
        "use crate::{Error, Study};",
        "use crate::{error::{Error, Result}, report::page};",
        "use crate :: /* hidden */ report;",
        "fn f() { let x = crate::status::assess(); }",
        "mod tests { mod inner { use crate::terrain::Grid; } }",
        "use super::super::report::Report;",
        "use crate as library;",
        "use crate::*;",
        "use crate::nowhere;",
        "pub(in crate::model) fn f() {}",
    ] {
        assert_eq!(found_in("geodesy/utm.rs", text).len(), 1, "{text}");
    }
}

#[test]
fn neighbours_in_one_row_do_not_know_each_other() {
    assert_eq!(found_in("terrain/grid.rs", "use crate::geometry::Arc;").len(), 1);
    assert_eq!(found_in("geometry/arc.rs", "use crate::terrain::Grid;").len(), 1);
}

#[test]
fn super_of_an_outer_module_is_the_crate() {
    assert_eq!(found_in("geodesy/mod.rs", "use super::model::Study;").len(), 1);
    assert_eq!(found_in("error.rs", "use super::{model::Study, finding};").len(), 2);
    let inside = "mod tests { use super::*; } use super::report;";
    assert_eq!(found_in("geodesy/mod.rs", inside), ["geodesy imports report of report"]);
}

#[test]
fn a_module_must_have_a_place() {
    assert_eq!(found_in("helpers.rs", "").len(), 1);
}
