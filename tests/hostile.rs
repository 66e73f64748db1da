//! Bad study files: each must give an error that names line and item, without a panic and
//! without much memory. The good ones among them must be read.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::PathBuf;

use railcorridor::model::Study;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/study")
}

/// File, line (0: must be read), words that the message must hold.
fn expected() -> Vec<(String, usize, String)> {
    let table = std::fs::read_to_string(folder().join("expected.tsv")).unwrap();
    let row = |line: &str| {
        let mut cells = line.split('\t').map(str::to_owned);
        let mut next = || cells.next().unwrap_or_default();
        (next(), next().parse().unwrap(), next())
    };
    table.lines().skip(1).map(row).collect()
}

#[test]
fn every_bad_file_is_refused_with_its_place() {
    let cases = expected();
    assert!(cases.len() >= 117, "the number of cases may only rise, there are {}", cases.len());
    let wrong: Vec<String> = cases.iter().filter_map(complaint).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// What is wrong with the way in which a case is met.
fn complaint((file, line, words): &(String, usize, String)) -> Option<String> {
    let path = folder().join(file);
    let message = match Study::from_path(&path) {
        Ok(_) if words == "ok" => return None,
        Ok(_) => return Some(format!("{file}: must be refused")),
        Err(error) => error.to_string(),
    };
    if words == "ok" {
        return Some(format!("{file}: must be read, but: {message}"));
    }
    let place = format!("{}:{line}:", path.display());
    let nowhere = message.contains("recursion limit");
    let rules = [
        (
            nowhere || message.contains(&place) || message.contains(&format!("line {line}")),
            "line is not named",
        ),
        (message.contains(words.as_str()), "words are not there"),
        (message.len() < 20_000, "message is too long"),
        (!message.contains(|c: char| c.is_control() && c != '\n'), "holds control characters"),
    ];
    let broken = rules.iter().find(|(met, _)| !met)?.1;
    Some(format!("{file}: {broken}: line {line}, \"{words}\" in:\n{message}"))
}

#[test]
fn every_file_of_the_folder_is_expected() {
    let names: Vec<String> = expected().into_iter().map(|(file, ..)| file).collect();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name == "expected.tsv" || names.contains(&name), "{name} has no row");
    }
}

#[test]
fn all_problems_come_back_at_once() {
    let text = "format = 1\nname = \"X\"\ncolour = 1\n[[station]]\nid = \"a\"\nlon_deg = \"x\"\n\
                [[segment]]\nid = \"s\"\nfrom = \"q\"\nto = \"r\"\n";
    let message = Study::from_toml_str(text).unwrap_err().to_string();
    for words in ["unknown field `colour`", "station a: ", "called \"q\"", "called \"r\""] {
        assert!(message.contains(words), "\"{words}\" is not in:\n{message}");
    }
}

#[test]
fn a_long_string_is_refused_in_a_short_message() {
    let text = format!("format = 1\nname = \"{}\"\n", "x".repeat(10_000_000));
    let message = Study::from_toml_str(&text).unwrap_err().to_string();
    assert!(message.contains("10000000 characters"), "{}", &message[..400.min(message.len())]);
    assert!(message.len() < 2_000);
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let path = std::env::temp_dir().join(format!("railcorridor-large-{}.toml", std::process::id()));
    std::fs::write(&path, "#".repeat(16 * 1024 * 1024 + 1)).unwrap();
    let message = Study::from_path(&path).unwrap_err().to_string();
    std::fs::remove_file(&path).unwrap();
    assert!(message.contains("the limit is 16777216 bytes"), "{message}");
}

#[test]
fn many_problems_take_little_time() {
    let station = "[[station]]\nid = 7\n";
    let started = std::time::Instant::now();
    let message = Study::from_toml_str(&station.repeat(50_000)).unwrap_err().to_string();
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    assert!(message.len() < 20_000);
}

#[test]
fn a_folder_or_a_missing_file_is_an_error() {
    assert!(Study::from_path(folder()).unwrap_err().to_string().contains("cannot read"));
    assert!(Study::from_path("no/such/file.toml").unwrap_err().to_string().contains("no/such"));
}

#[test]
fn cut_and_changed_files_never_panic() {
    let mut files: Vec<Vec<u8>> = Vec::new();
    for (file, ..) in expected() {
        files.push(std::fs::read(folder().join(file)).unwrap());
    }
    chance::property(|u| {
        let mut bytes = u.choose(&files)?.clone();
        if bytes.len() > 2_000 {
            bytes.truncate(2_000);
        }
        for _ in 0..u.int_in_range(1..=4)? {
            if bytes.is_empty() {
                break;
            }
            let at = u.choose_index(bytes.len())?;
            match u.int_in_range(0..=2)? {
                0 => bytes.truncate(at),
                1 => bytes[at] = u.arbitrary()?,
                _ => {
                    bytes.remove(at);
                }
            }
        }
        let _ = Study::from_toml_str(&String::from_utf8_lossy(&bytes)).map_err(|e| e.to_string());
        Ok(())
    })
    .budget_ms(3_000);
}
