//! A plan as files for other programs, as a user types it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::PathBuf;
use std::process::{Command, Output};

use railcorridor::exchange::{from_csv, from_mspdi};
use railcorridor::schedule::Network;

/// A folder of its own for one test, with a study of a short line; gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("corridor-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        let folder = Self(path);
        let ends = ["--from", "65.71013,31.61332", "--to", "65.95,31.4", "--output", "k.toml"];
        folder.run(&[&["new", "South of Kandahar"], &ends[..]].concat());
        folder
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_corridor"));
        command.args(arguments).current_dir(&self.0).output().unwrap()
    }

    /// The schedule of the line, with more arguments.
    fn schedule(&self, more: &[&str]) -> Output {
        let way = ["schedule", "k.toml", "--terrain", "builtin:globe-30s", "--gradient", "18"];
        self.run(&[&way[..], &["--iterations", "500"], more].concat())
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_plan_goes_to_other_programs_and_comes_back() {
    let folder = Folder::new("exchange");
    let files = ["--tasks", "tasks.csv", "--links", "links.csv", "--output", "plan.xml"];
    let output = folder.schedule(&files);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(err(&output).contains("wrote plan.xml"), "{}", err(&output));
    assert!(output.stdout.is_empty(), "tables as well as the file");
    assert_eq!(folder.names(), ["k.toml", "links.csv", "plan.xml", "tasks.csv"]);
    let imported = from_mspdi(&folder.read("plan.xml")).unwrap();
    assert_eq!(imported.notes, []);
    let network = imported.network;
    assert!(network.activities.len() > 10 && network.links.len() > 10);
    let compiled = network.compile().unwrap();
    let dates = compiled.dates().unwrap();
    let opening = network.activity("a-b/opening").unwrap_or(network.activities.len() - 1);
    assert_eq!(imported.file_dates[opening].finish, Some(dates.early_finish(opening)));
    // The tables say the same as the XML.
    let empty = Network { activities: Vec::new(), links: Vec::new(), ..network.clone() };
    let tables = from_csv(&folder.read("tasks.csv"), &folder.read("links.csv"), empty).unwrap();
    assert_eq!(tables.network, network);
    assert!(tables.outline.places.iter().any(|place| place.to_m > Some(1_000.0)));
    let calendar = folder.schedule(&["--output", "plan.ics"]);
    assert_eq!(calendar.status.code(), Some(0), "{}", err(&calendar));
    let calendar = folder.read("plan.ics").replace("\r\n ", "");
    let opened = dates.early_finish(opening).strftime("%Y%m%d").to_string();
    assert!(calendar.contains(&format!("DTSTART;VALUE=DATE:{opened}")), "{calendar}");
    assert!(calendar.contains("P80: 20"), "{calendar}");
}

#[test]
fn no_file_is_overwritten_and_none_is_left_half() {
    let folder = Folder::new("exchange-kept");
    std::fs::write(folder.0.join("links.csv"), "mine").unwrap();
    let files = ["--tasks", "tasks.csv", "--links", "links.csv", "--output", "plan.xml"];
    let kept = folder.schedule(&files);
    assert_eq!(kept.status.code(), Some(1), "{}", err(&kept));
    assert!(err(&kept).contains("--force"), "{}", err(&kept));
    assert_eq!(folder.names(), ["k.toml", "links.csv"]);
    assert_eq!(folder.read("links.csv"), "mine");
    let twice = folder.schedule(&["--tasks", "one.csv", "--links", "one.csv"]);
    assert_eq!(twice.status.code(), Some(2), "{}", err(&twice));
    let forced = folder.schedule(&[&files[..], &["--force"]].concat());
    assert_eq!(forced.status.code(), Some(0), "{}", err(&forced));
    assert!(folder.read("links.csv").starts_with("from,to,kind"));
}
