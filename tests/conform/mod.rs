//! Reference cases: files of known answers, recognised by what they are, run against the library.
//!
//! Shared by `tests/reference.rs` and `examples/conform.rs`. A new kind is one file here and one
//! line in [`KINDS`].

pub mod geodesy;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A kind of reference file.
pub struct Kind {
    /// Its name in the table.
    pub name: &'static str,
    /// Whether a file is of this kind.
    pub is: fn(&File) -> bool,
    /// Runs every case of the file.
    pub run: fn(&File, &mut Tally),
}

/// All kinds that the library supports today.
pub const KINDS: &[Kind] = &[geodesy::TRANSVERSE_MERCATOR];

/// A reference file, as it is recognised.
pub struct File {
    /// Where it lies.
    pub path: PathBuf,
    /// Its `kind` key, if it is JSON and has one.
    pub kind: Option<String>,
    /// Name of the folder that it lies in.
    pub folder: String,
}

impl File {
    fn new(path: PathBuf) -> Self {
        let name = |path: Option<&Path>| {
            path.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned())
        };
        let folder = name(path.parent()).unwrap_or_default();
        let is_json = path.extension().is_some_and(|ending| ending == "json");
        let kind =
            is_json.then(|| std::fs::read_to_string(&path).ok()).flatten().and_then(|text| {
                let value: serde_json::Value = serde_json::from_str(&text).ok()?;
                Some(value.get("kind")?.as_str()?.to_owned())
            });
        Self { path, kind, folder }
    }

    /// Whether it has no `kind` key, lies in `folder` and its name ends so; a prefix may stand
    /// before the ending.
    pub fn ends(&self, folder: &str, ending: &str) -> bool {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        self.kind.is_none() && self.folder == folder && name.ends_with(ending)
    }

    /// What the table calls a file of no known kind.
    fn unknown_kind(&self) -> String {
        let ending = self.path.extension().unwrap_or_default().to_string_lossy();
        match &self.kind {
            Some(kind) => format!("{}/{kind}", self.folder),
            None => format!("{}/*.{ending}", self.folder),
        }
    }
}

/// What came of the cases of one kind.
#[derive(Default)]
pub struct Tally {
    /// Number of cases run.
    pub cases: usize,
    /// Worst error over its limit; up to 1 passes.
    pub worst: f64,
    /// The worst error and its limit, in words.
    pub worst_words: String,
    /// Where and by how much cases failed.
    pub failures: Vec<String>,
}

impl Tally {
    /// Notes one comparison of a case.
    pub fn compare(&mut self, place: &str, what: &str, got: f64, wanted: f64, limit: f64) {
        let error = (got - wanted).abs();
        let share = error / limit;
        if share >= self.worst || self.worst_words.is_empty() {
            self.worst = share;
            self.worst_words = format!("{error:.1e} of {limit:.0e} ({what})");
        }
        // Written so that NaN fails.
        if !(error <= limit) {
            self.fail(place, &format!("{what} is {got}, should be {wanted} within {limit:e}"));
        }
    }

    /// Notes a failure that is no comparison.
    pub fn fail(&mut self, place: &str, what: &str) {
        self.failures.push(format!("{place}: {what}"));
    }
}

/// The result of walking folders.
#[derive(Default)]
pub struct Summary {
    /// By name of the kind.
    pub kinds: BTreeMap<&'static str, Tally>,
    /// Files of no kind that is supported, with their number.
    pub unsupported: BTreeMap<String, usize>,
}

impl Summary {
    /// Number of cases run.
    pub fn cases(&self) -> usize {
        self.kinds.values().map(|tally| tally.cases).sum()
    }

    /// All failures.
    pub fn failures(&self) -> Vec<&str> {
        self.kinds.values().flat_map(|tally| &tally.failures).map(String::as_str).collect()
    }

    /// The table that a person reads.
    pub fn table(&self) -> String {
        let mut lines = vec![format!(
            "{:<28} {:>7}  {:<42} result",
            "kind", "cases", "worst error of its limit"
        )];
        for (name, tally) in &self.kinds {
            let result = if tally.failures.is_empty() { "pass" } else { "FAIL" };
            lines
                .push(format!("{name:<28} {:>7}  {:<42} {result}", tally.cases, tally.worst_words));
        }
        for (name, files) in &self.unsupported {
            lines.push(format!(
                "{name:<28} not supported yet ({files} file{})",
                if *files == 1 { "" } else { "s" }
            ));
        }
        lines.join("\n")
    }
}

/// Runs every file under the folders.
pub fn run(folders: &[PathBuf]) -> std::io::Result<Summary> {
    let mut paths = Vec::new();
    for folder in folders {
        walk(folder, &mut paths)?;
    }
    paths.sort();
    let mut summary = Summary::default();
    for path in paths {
        let file = File::new(path);
        match KINDS.iter().find(|kind| (kind.is)(&file)) {
            Some(kind) => (kind.run)(&file, summary.kinds.entry(kind.name).or_default()),
            None => *summary.unsupported.entry(file.unknown_kind()).or_default() += 1,
        }
    }
    Ok(summary)
}

fn walk(path: &Path, paths: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if !path.is_dir() {
        let is_text = path.extension().is_some_and(|ending| ending == "md" || ending == "py");
        if !is_text {
            paths.push(path.to_owned());
        }
        return Ok(());
    }
    for entry in std::fs::read_dir(path)? {
        walk(&entry?.path(), paths)?;
    }
    Ok(())
}
