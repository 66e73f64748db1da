//! A plan as files for other programs, as a user types it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod folder;

use std::process::Output;

use folder::{Folder, err};
use railcorridor::exchange::{from_csv, from_mspdi};
use railcorridor::schedule::Network;

impl Folder {
    /// With a study of a short line.
    fn with_line(name: &str) -> Self {
        let folder = Self::new(name);
        let ends = ["--from", "65.71013,31.61332", "--to", "65.95,31.4", "--output", "k.toml"];
        folder.run(&[&["new", "South of Kandahar"], &ends[..]].concat());
        folder
    }

    /// The schedule of the line, with more arguments.
    fn schedule(&self, more: &[&str]) -> Output {
        let way = ["schedule", "k.toml", "--terrain", "builtin:globe-30s", "--gradient", "18"];
        self.run(&[&way[..], &["--iterations", "500"], more].concat())
    }
}

#[test]
fn a_plan_goes_to_other_programs_and_comes_back() {
    let folder = Folder::with_line("exchange");
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
    let folder = Folder::with_line("exchange-kept");
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
