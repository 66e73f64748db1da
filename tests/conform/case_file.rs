//! One file of cases, and reading it without a panic.

use std::fs;
use std::path::PathBuf;

/// A file of cases.
pub struct CaseFile {
    path: PathBuf,
}

impl CaseFile {
    /// The file at a path; nothing is read yet.
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Its path as text, for messages.
    pub fn shown(&self) -> String {
        self.path.display().to_string()
    }

    /// The folder that it lies in, without the way there.
    pub fn folder(&self) -> String {
        // A bare `.` has a name only once it is resolved.
        let resolved = self.path.canonicalize().unwrap_or(self.path.clone());
        let folder = resolved.parent().and_then(|parent| parent.file_name());
        folder.unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Its own name.
    pub fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// Another file of the same folder.
    pub fn beside(&self, name: &str) -> Self {
        Self { path: self.path.with_file_name(name) }
    }

    /// Its text.
    pub fn text(&self) -> Result<String, String> {
        fs::read_to_string(&self.path).map_err(|error| error.to_string())
    }

    /// Its value as JSON.
    pub fn json(&self) -> Result<serde_json::Value, String> {
        serde_json::from_str(&self.text()?).map_err(|error| error.to_string())
    }

    /// Its bytes.
    pub fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.path).map_err(|error| error.to_string())
    }

    /// The value of its `kind` key, if it is a JSON object that has one.
    pub fn json_kind(&self) -> Option<String> {
        if !self.name().ends_with(".json") {
            return None;
        }
        Some(self.json().ok()?.get("kind")?.as_str()?.to_owned())
    }
}

/// The numbers of a row that must have `N` of them, all finite.
pub fn numbers<'a, const N: usize>(
    cells: impl Iterator<Item = &'a str>,
) -> Result<[f64; N], String> {
    let mut row = Vec::with_capacity(N);
    for cell in cells {
        match cell.parse::<f64>() {
            Ok(number) if number.is_finite() => row.push(number),
            _ => return Err(format!("\"{cell}\" is not a number")),
        }
    }
    <[f64; N]>::try_from(row).map_err(|row| format!("{} numbers instead of {N}", row.len()))
}
