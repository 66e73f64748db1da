//! Reference cases with known answers: finding their files, running them, the table of results.
//!
//! Shared by `tests/reference.rs` and `examples/conform.rs`. A subject adds a file beside this one
//! with its [`Kind`]s and names them in [`KINDS`].

mod alternatives;
mod case_file;
mod continuum;
mod csv;
mod design_line;
mod earned_value;
mod earth;
mod exchange;
mod geodesy;
mod json;
mod levels;
mod lines;
mod networks;
mod outcome;
mod profile_lp;
mod profiles;
mod risk;
mod runs;
mod schedule;
mod surfaces;
mod terrain;
mod traffic;
mod transitions;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

pub use case_file::CaseFile;
pub use outcome::{Outcome, Report};

/// Every kind that the library answers for today.
const KINDS: &[Kind] = &[
    alternatives::ALTERNATIVES,
    geodesy::TRANSVERSE_MERCATOR,
    design_line::LINES,
    continuum::GRADE_LIMIT,
    continuum::STRUCTURE_CHOICE,
    continuum::TWO_MEDIA,
    earned_value::EARNED_VALUE,
    earth::HAUL,
    earth::PRISMOIDS,
    exchange::MSPDI,
    levels::LEVEL_SEARCH_1D,
    levels::LEVEL_SEARCH_GRID,
    lines::DEFINITIONS,
    lines::POINTS,
    lines::PROJECTIONS,
    networks::ORACLE,
    networks::TEXTBOOK,
    profile_lp::CHEAPEST,
    profiles::CURVES,
    profiles::DEFINITIONS,
    profiles::POINTS,
    risk::EXACT,
    runs::BALANCE,
    runs::FORCE,
    runs::LAWS,
    runs::LOADS,
    runs::POWER,
    runs::RUNS,
    runs::STALLS,
    runs::STOPS,
    schedule::LINEAR,
    surfaces::ISOTROPIC,
    surfaces::ON_GROUND,
    surfaces::TURN_LIMITED,
    terrain::ENCODINGS,
    terrain::GEOTIFF,
    traffic::CAPACITY,
    traffic::MEETS,
    traffic::SPACING,
    transitions::CANT,
    transitions::CLOTHOIDS,
    transitions::G1_HERMITE,
    transitions::HORIZONTAL,
];

/// One kind of case file: how to recognise it, and how to run its cases.
pub struct Kind {
    /// Its name in the table.
    pub name: &'static str,
    /// Values of the `kind` key of a JSON file.
    pub json_kinds: &'static [&'static str],
    /// Folder and ending of the file name, for files without such a key.
    pub files: &'static [(&'static str, &'static str)],
    /// Runs the cases of one file; an `Err` fails the file.
    pub run: fn(&CaseFile, &mut Report) -> Result<(), String>,
}

/// Runs every case below the folders that has a kind.
pub fn run(folders: &[PathBuf]) -> Outcome {
    let mut outcome = Outcome::default();
    for folder in folders {
        let mut paths = Vec::new();
        if let Err(problem) = walk(folder, &mut paths) {
            outcome.unreadable(format!("{}: {problem}", folder.display()));
        }
        for path in paths {
            run_file(CaseFile::new(path), &mut outcome);
        }
    }
    outcome
}

/// Runs one file, or counts it among those that have no kind yet.
fn run_file(file: CaseFile, outcome: &mut Outcome) {
    match recognise(&file, KINDS) {
        Ok(kind) => {
            let mut report = Report::new(&file);
            let result = (kind.run)(&file, &mut report);
            report.close(result);
            outcome.add(kind.name, report);
        }
        Err(Some(name)) => outcome.unsupported(name),
        Err(None) => {}
    }
}

/// The kind of a file; else the name to list it under, or nothing for a text about the files.
fn recognise<'a>(file: &CaseFile, kinds: &'a [Kind]) -> Result<&'a Kind, Option<String>> {
    if let Some(key) = file.json_kind() {
        let listed = kinds.iter().find(|kind| kind.json_kinds.contains(&key.as_str()));
        return listed.ok_or_else(|| Some(format!("{}/{key}", file.folder())));
    }
    let (folder, name) = (file.folder(), file.name());
    // The longest ending wins, since one ending may end another.
    let mut endings = BTreeMap::new();
    for kind in kinds {
        for &(place, ending) in kind.files {
            if place == folder && name.ends_with(ending) {
                endings.insert(ending.len(), kind);
            }
        }
    }
    match endings.pop_last() {
        Some((_, kind)) => Ok(kind),
        None if name.ends_with(".md") || name.ends_with(".py") => Err(None),
        None => {
            let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
            Err(Some(format!("{folder}/*.{ending}")))
        }
    }
}

/// The files below a folder, in the order of their names.
///
/// A link to a folder is not followed, so that a loop of links ends.
fn walk(folder: &Path, paths: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            walk(&path, paths)?;
        } else if path.is_file() {
            paths.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nothing(_: &CaseFile, _: &mut Report) -> Result<(), String> {
        Ok(())
    }

    const TWO: &[Kind] = &[
        Kind {
            name: "short",
            json_kinds: &["run"],
            files: &[("alignment", "points.csv")],
            run: nothing,
        },
        Kind {
            name: "long",
            json_kinds: &[],
            files: &[("alignment", "alignment_points.csv")],
            run: nothing,
        },
    ];

    fn kind_of(path: &str) -> Result<&'static str, Option<String>> {
        recognise(&CaseFile::new(PathBuf::from(path)), TWO).map(|kind| kind.name)
    }

    #[test]
    fn a_file_is_known_by_folder_and_ending() {
        assert_eq!(kind_of("a/alignment/x_alignment_points.csv"), Ok("long"));
        assert_eq!(kind_of("a/alignment/points.csv"), Ok("short"));
        let elsewhere = "routing/*.csv".to_owned();
        assert_eq!(kind_of("a/routing/points.csv"), Err(Some(elsewhere)));
        assert_eq!(kind_of("a/alignment/README.md"), Err(None));
    }

    #[test]
    fn a_kind_key_goes_before_the_name() {
        let folder = Scratch::new("kind-key");
        let run = folder.write("x.json", r#"{"kind": "run"}"#);
        let other = folder.write("y.json", r#"{"kind": "walk"}"#);
        let broken = folder.write("z.json", r#"{"kind": "#);
        let kind_of =
            |path: &Path| recognise(&CaseFile::new(path.to_path_buf()), TWO).map(|kind| kind.name);
        assert_eq!(kind_of(&run), Ok("short"));
        let other_kind = kind_of(&other).err().flatten();
        assert!(other_kind.is_some_and(|name| name.ends_with("/walk")));
        assert!(kind_of(&broken).is_err());
    }

    #[test]
    fn wrong_malformed_empty_and_absent_cases_all_fail() {
        let good = include_str!("../reference/geodesy/TM-1000.dat").lines().next().unwrap();
        for (text, word) in [
            (good.replace("246077.604", "246077.605"), "x_TM-1000.dat:1"),
            (format!("{good}\n1 2 3\n"), "x_TM-1000.dat:2"),
            (good.replace("33.43", "x33.43"), "x_TM-1000.dat:1"),
            (good.replace("33.43", "nan"), "x_TM-1000.dat:1"),
            (String::new(), "no case"),
        ] {
            let folder = Scratch::new("bad-rows");
            folder.write("geodesy/x_TM-1000.dat", &text);
            let outcome = run(std::slice::from_ref(&folder.path));
            assert!(outcome.failed(), "{text}");
            assert!(outcome.to_string().contains(word), "{outcome}");
        }
        let folder = Scratch::new("good-row");
        folder.write("geodesy/x_TM-1000.dat", good);
        let outcome = run(std::slice::from_ref(&folder.path));
        assert!(!outcome.failed(), "{outcome}");
        assert!(run(&[folder.path.join("absent")]).failed());
    }

    /// A folder of its own for a test, gone afterwards.
    struct Scratch {
        path: PathBuf,
    }

    impl Scratch {
        fn new(name: &str) -> Self {
            let name = format!("railcorridor-conform-{name}-{}", std::process::id());
            let path = std::env::temp_dir().join(name);
            let _ = fs::remove_dir_all(&path);
            Self { path }
        }

        fn write(&self, name: &str, text: &str) -> PathBuf {
            let path = self.path.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
            path
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}
