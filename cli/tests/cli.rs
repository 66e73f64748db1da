//! The command as a user types it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod folder;

use std::process::Command;

use folder::{Folder, err, out};

#[test]
fn no_argument_prints_the_summary_and_writes_the_page() {
    let folder = Folder::new("main");
    let output = folder.run(&[]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    for words in ["Turgundi-Herat-Kandahar-Spin Boldak railway", "953.5 km", "Investment proposal"]
    {
        assert!(out(&output).contains(words), "{}", out(&output));
    }
    assert_eq!(folder.names(), ["turgundi.html"]);
    let again = folder.run(&[]);
    assert!(err(&again).contains("up to date"), "{}", err(&again));
    std::fs::write(folder.0.join("turgundi.html"), "mine").unwrap();
    let kept = folder.run(&[]);
    assert_eq!(kept.status.code(), Some(0));
    assert!(err(&kept).contains("kept"), "{}", err(&kept));
    assert_eq!(std::fs::read(folder.0.join("turgundi.html")).unwrap(), b"mine");
}

#[test]
fn every_table_is_text_json_and_markdown() {
    let folder = Folder::new("tables");
    for command in ["lengths", "parameters", "stages", "status", "claims", "check"] {
        let text = folder.run(&[command]);
        let wanted = if command == "check" { Some(3) } else { Some(0) };
        assert_eq!(text.status.code(), wanted, "{command}: {}", err(&text));
        assert!(!out(&text).contains('\u{1b}'), "{command}: colours in a pipe");
        let json: serde_json::Value =
            serde_json::from_slice(&folder.run(&[command, "--json"]).stdout).unwrap();
        assert_eq!(json["format"], 1, "{command}");
        let name = format!("{command}.md");
        folder.run(&[command, "--output", &name]);
        let markdown = std::fs::read_to_string(folder.0.join(&name)).unwrap();
        assert!(markdown.contains("| --- |"), "{command}: {markdown}");
    }
}

#[test]
fn the_day_matters() {
    let folder = Folder::new("day");
    let gauge = |day: &str| out(&folder.run(&["parameters", "--as-of", day]));
    assert!(gauge("2025-10-19").contains("Published later"));
    assert!(!gauge("2025-10-20").contains("Published later"));
    let changes = folder.run(&["changes", "--since", "2025-10-01", "--as-of", "2025-12-08"]);
    assert!(out(&changes).contains("1520 mm"), "{}", out(&changes));
    let wrong = folder.run(&["lengths", "--as-of", "yesterday"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(err(&wrong).contains("2025-10-20"), "{}", err(&wrong));
}

#[test]
fn a_report_in_every_format() {
    let folder = Folder::new("report");
    for (name, words) in [
        ("a.html", "<!DOCTYPE html>"),
        ("a.md", "# Turgundi"),
        ("a.json", "\"format\": 1"),
        ("a.txt", "Lengths"),
    ] {
        let output = folder.run(&["report", "--output", name]);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        let text = std::fs::read_to_string(folder.0.join(name)).unwrap();
        assert!(text.contains(words), "{name}");
        let again = folder.run(&["report", "--output", name]);
        assert_eq!(again.status.code(), Some(1));
        assert!(err(&again).contains("--force"), "{}", err(&again));
        assert_eq!(folder.run(&["report", "--output", name, "--force"]).status.code(), Some(0));
    }
    assert_eq!(folder.names(), ["a.html", "a.json", "a.md", "a.txt"]);
}

#[test]
fn every_table_names_its_documents() {
    let folder = Folder::new("documents");
    let text = out(&folder.run(&["lengths"]));
    assert!(text.contains("120.0 [27]") && text.contains("\n[27] Kazakhstan expects"), "{text}");
    let json: serde_json::Value =
        serde_json::from_slice(&folder.run(&["lengths", "--json"]).stdout).unwrap();
    assert_eq!(json["day"], "2026-01-31");
    let numbers: Vec<_> =
        json["sources"].as_array().unwrap().iter().map(|source| &source["number"]).collect();
    assert!(numbers.contains(&&serde_json::json!(27)), "{numbers:?}");
    for (name, words) in [
        ("a.csv", "<https://report.az"),
        ("a.html", "<section id=\"lengths\">"),
        ("a.md", "27. Kazakhstan expects"),
        ("a.txt", "[27] Kazakhstan expects"),
    ] {
        let output = folder.run(&["lengths", "--output", name]);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        let text = std::fs::read_to_string(folder.0.join(name)).unwrap();
        assert!(text.contains(words), "{name}: {text}");
    }
    let strange = folder.run(&["lengths", "--output", "a.pdf"]);
    assert_eq!(strange.status.code(), Some(2));
    assert!(err(&strange).contains(".html"), "{}", err(&strange));
    assert_eq!(out(&folder.run(&["lengths", "--output", "-"])), text);
    assert_eq!(folder.names(), ["a.csv", "a.html", "a.md", "a.txt"]);
}

#[test]
fn a_sheet_has_as_many_cells_as_headings_and_no_formula() {
    let folder = Folder::new("sheet");
    folder.run(&["new", "--from", "62.3,35.2", "--to", "62.2,34.3", "=1+1", "-o", "n.toml"]);
    let text = std::fs::read_to_string(folder.0.join("n.toml")).unwrap();
    let text = text.replace("name = \"From\"", "name = \"=HYPERLINK(1)\"");
    std::fs::write(folder.0.join("n.toml"), text).unwrap();
    let output = folder.run(&["report", "n.toml", "-o", "n.csv"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let sheet = std::fs::read(folder.0.join("n.csv")).unwrap();
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&sheet[..]);
    let cells: Vec<String> = reader
        .records()
        .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    assert!(cells.iter().any(|cell| cell == "'=HYPERLINK(1)"), "{cells:?}");
    assert!(!cells.iter().any(|cell| cell.starts_with('=')), "{cells:?}");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = Folder::new("pipe");
    let mut child = Command::new(env!("CARGO_BIN_EXE_corridor"))
        .args(["claims", "--json"])
        .current_dir(&folder.0)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(err(&output).is_empty(), "{}", err(&output));
}

#[test]
fn a_new_study_passes_its_check() {
    let folder = Folder::new("new");
    let ends = ["--from", "62.283,35.25", "--to", "62.2,34.35"];
    for name in ["My line", "Железная дорога", "خط آهن", "\"quoted\" \\ back"] {
        let output =
            folder.run(&[&["new"], &ends[..], &[name, "--output", "new.toml", "--force"]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        let check = folder.run(&["check", "new.toml"]);
        assert_eq!(check.status.code(), Some(0), "{}{}", out(&check), err(&check));
        let report = folder.run(&["report", "new.toml"]);
        assert_eq!(report.status.code(), Some(0), "{}", err(&report));
    }
    let refused = folder.run(&[&["new"], &ends[..], &["again", "--output", "new.toml"]].concat());
    assert_eq!(refused.status.code(), Some(1));
    for bad in ["162.2", "a,b", "62.2,95", "nan,1", ""] {
        let output = folder.run(&["new", "--from", bad, "--to", "62.2,34.35", "X"]);
        assert_eq!(output.status.code(), Some(2), "{bad}");
        assert!(err(&output).starts_with("error"), "{}", err(&output));
    }
    let name = folder.run(&[&["new"], &ends[..], &["two\nlines"]].concat());
    assert_eq!(name.status.code(), Some(2), "{}", err(&name));
}

#[test]
fn wrong_files_and_words_are_told() {
    let folder = Folder::new("wrong");
    std::fs::write(folder.0.join("bad.toml"), "format = 1\nname = \"x\"\ncolour = 1\n").unwrap();
    let bad = folder.run(&["lengths", "bad.toml"]);
    assert_eq!(bad.status.code(), Some(1));
    assert!(err(&bad).contains("bad.toml:3:1"), "{}", err(&bad));
    assert!(out(&bad).is_empty());
    let name = folder.run(&["lengths", "turgindi"]);
    assert_eq!(name.status.code(), Some(2));
    assert!(err(&name).contains("turgundi"), "{}", err(&name));
    let missing = folder.run(&["lengths", "no-such.toml"]);
    assert!(err(&missing).contains("no-such.toml"), "{}", err(&missing));
    assert_eq!(folder.run(&["lenghts"]).status.code(), Some(2));
    assert!(err(&folder.run(&["lenghts"])).contains("lengths"));
    let nowhere = folder.run(&["report", "--output", "no/such/folder/a.html"]);
    assert_eq!(nowhere.status.code(), Some(1));
    assert_eq!(folder.names(), ["bad.toml"]);
}

#[test]
fn works_wait_for_machines_where_that_is_asked_for() {
    let folder = Folder::new("machines");
    let ends = ["--from", "65.71013,31.61332", "--to", "65.95,31.4"];
    folder.run(&[&["new"], &ends[..], &["South of Kandahar", "--output", "k.toml"]].concat());
    let way = ["schedule", "k.toml", "--terrain", "builtin:globe-30s", "--gradient", "18"];
    let quick = [&way[..], &["--iterations", "1000", "--lot", "5"]].concat();
    let free = out(&folder.run(&quick));
    assert!(!free.contains("What machines do"), "{free}");
    let few = [&quick[..], &["--machine", "earthworks-fleet=1"]].concat();
    let text = out(&folder.run(&few));
    for words in
        ["What machines do to it", "Who waits for a machine", "earthworks fleets 1", "1 of 1"]
    {
        assert!(text.contains(words), "{words} in {text}");
    }
    // More cores change nothing.
    let alone = folder.run_on("1", &few);
    assert_eq!(out(&alone), text);
    let json = out(&folder.run(&[&few[..], &["--json"]].concat()));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let machines = &json["machines"];
    let wait = &machines["waits"][0];
    assert_eq!(wait["machine"], "earthworks-fleet");
    assert!(
        machines["openings"][0]["limited"].as_str() > machines["openings"][0]["unlimited"].as_str()
    );
    let id = wait["activity"].as_str().unwrap();
    let told = [&way[..], &["--lot", "5", "--machine", "earthworks-fleet=1", "--explain", id]];
    let told = out(&folder.run(&told.concat()));
    assert!(told.contains("for earthworks fleets, of which there are 1"), "{told}");
    let in_hijri =
        out(&folder.run(&[&way[..], &["--lot", "5", "--explain", id, "--hijri"]].concat()));
    let years = ["140", "141"].map(|of| format!(" {of}"));
    assert!(years.iter().any(|of| in_hijri.contains(of)), "{in_hijri}");
    for (bad, words) in [
        (&["--machine", "tram=1"][..], "no machine tram"),
        (&["--machine", "track-layer"], "track-layer=2"),
        (&["--machine", "track-layer=0"], "count of track-layer"),
        (&["--hijri"], "--explain"),
    ] {
        let output = folder.run(&[&way[..], bad].concat());
        assert_ne!(output.status.code(), Some(0), "{bad:?}");
        assert!(err(&output).contains(words), "{bad:?}: {}", err(&output));
    }
}

#[test]
fn what_it_costs_is_planned_on_designed_lines() {
    let folder = Folder::new("money");
    let ends = ["--from", "65.71013,31.61332", "--to", "65.95,31.4"];
    folder.run(&[&["new"], &ends[..], &["South of Kandahar", "--output", "k.toml"]].concat());
    let way = ["k.toml", "--terrain", "builtin:globe-30s", "--gradient", "18"];
    let quick = [&way[..], &["--iterations", "2000", "--designed"]].concat();
    let text = out(&folder.run(&[&["schedule"], &quick[..]].concat()));
    for words in ["What it costs", "As planned: Track", "What is spent by year", "All so far"] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let risk = out(&folder.run(&[&["risk"], &quick[..], &["--json"]].concat()));
    let risk: serde_json::Value = serde_json::from_str(&risk).unwrap();
    let usd = |level: &str| risk["risk"]["cost_usd"][level].as_f64().unwrap();
    assert!(usd("p10") > 10e6 && usd("p10") < usd("p50") && usd("p80") < usd("p90"));
    let page = folder.run(&[&["schedule"], &quick[..], &["--output", "k.html"]].concat());
    assert_eq!(page.status.code(), Some(0), "{}", err(&page));
    let page = std::fs::read_to_string(folder.0.join("k.html")).unwrap();
    assert!(page.contains("How much is spent by when") && page.contains("class=\"plan\""));
    for (bad, words) in [
        (&["--costs", "c.toml"][..], "--designed"),
        (&["--designed", "--costs", "c.toml"], "cannot read c.toml"),
        (&["--designed", "--standard", "broad"], "broad"),
        (&["--designed", "--alternatives"], "leave out --alternatives"),
    ] {
        let output = folder.run(&[&["risk"], &way[..], bad].concat());
        assert_ne!(output.status.code(), Some(0), "{bad:?}");
        assert!(err(&output).contains(words), "{bad:?}: {}", err(&output));
    }
}

#[test]
fn what_is_still_to_be_done_is_planned() {
    let folder = Folder::new("schedule");
    let ends = ["--from", "65.71013,31.61332", "--to", "65.95,31.4"];
    folder.run(&[&["new"], &ends[..], &["South of Kandahar", "--output", "k.toml"]].concat());
    let way = ["schedule", "k.toml", "--terrain", "builtin:globe-30s", "--gradient", "18"];
    let quick = [&way[..], &["--iterations", "2000"]].concat();
    let text = folder.run(&quick);
    assert_eq!(text.status.code(), Some(0), "{}", err(&text));
    for words in ["When it opens", "P80", "Financing", "What moves", "What the plan rests on"] {
        assert!(out(&text).contains(words), "{words} in {}", out(&text));
    }
    // The same seed says the same.
    assert_eq!(out(&folder.run(&quick)), out(&text));
    let json = out(&folder.run(&[&quick[..], &["--json"]].concat()));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let activities = json["activities"].as_array().unwrap();
    let id = activities[0]["activity"].as_str().unwrap();
    assert!(activities.iter().all(|one| one["late_start"].as_str() >= one["early_start"].as_str()));
    let told = out(&folder.run(&[&way[..], &["--explain", id]].concat()));
    assert!(told.starts_with(id) && told.contains("early start"), "{told}");
    let page = folder.run(&[&quick[..], &["--output", "k.html"]].concat());
    assert_eq!(page.status.code(), Some(0), "{}", err(&page));
    let page = std::fs::read_to_string(folder.0.join("k.html")).unwrap();
    let pictures =
        ["gate-board", "gantt", "time-location", "s-curve", "movers", "track", "opening"];
    for words in pictures.map(|class| format!("class=\"{class}\"")) {
        assert!(page.contains(&words), "{words}");
    }
    for (bad, words) in [
        (&["--explain", "financin"][..], "there are"),
        (&["--explain", "nothing"], "nothing"),
        (&["--track", "0"], "rates of track"),
        (&["--lot", "0"], "longest_lot_m"),
        (&["--crews", "0"], "earthworks_crews"),
        (&["--iterations", "0"], "iterations"),
        (&["--sweep", "12"], "leave out --sweep"),
    ] {
        let output = folder.run(&[&way[..], bad].concat());
        assert_ne!(output.status.code(), Some(0), "{bad:?}");
        assert!(err(&output).contains(words), "{bad:?}: {}", err(&output));
    }
}

#[test]
fn rules_and_completions() {
    let folder = Folder::new("rules");
    let rules = folder.run(&["check", "--rules"]);
    assert_eq!(rules.status.code(), Some(0));
    assert!(out(&rules).contains("length-below-geodesic"));
    for shell in ["bash", "zsh", "fish"] {
        assert!(out(&folder.run(&["completions", shell])).contains("corridor"));
    }
}
