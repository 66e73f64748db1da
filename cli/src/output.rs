//! Where text goes, and what is said when it cannot.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use railcorridor::{Finding, Severity, report};

use crate::arguments::Destination;

/// Why a command could not be done.
#[derive(Debug)]
pub enum Failure {
    /// The library said no.
    Library(railcorridor::Error),
    /// stdout said no.
    Stdout(std::io::Error),
    /// The arguments do not fit the study.
    Usage(String),
}

impl Failure {
    pub fn usage(words: &str) -> Self {
        Self::Usage(words.to_owned())
    }
}

impl From<railcorridor::Error> for Failure {
    fn from(error: railcorridor::Error) -> Self {
        Self::Library(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Stdout(error)
    }
}

/// Whether the reader of stdout went away, which is no failure.
pub fn is_broken_pipe(failure: &Failure) -> bool {
    matches!(failure, Failure::Stdout(error) if error.kind() == std::io::ErrorKind::BrokenPipe)
}

/// The words for a failure; the word "error" in red where that is wanted.
pub fn error_words(failure: &Failure) -> String {
    let red = "\u{1b}[1;31merror\u{1b}[0m";
    match failure {
        // Each problem of a study begins with the word already.
        Failure::Library(railcorridor::Error::Study(problems)) => {
            problems.to_string().replace("error: ", &format!("{red}: "))
        }
        Failure::Library(error) => format!("{red}: {error}"),
        Failure::Stdout(error) => format!("{red}: cannot write to stdout: {error}"),
        Failure::Usage(words) => format!("{red}: {words}"),
    }
}

/// Columns of the terminal; 100 where there is none, so that files do not depend on a window.
pub fn width_columns() -> usize {
    const WIDE: usize = 100;
    if !std::io::stdout().is_terminal() {
        return WIDE;
    }
    let named = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    named.or_else(seen).unwrap_or(WIDE).clamp(40, 400)
}

/// What is written, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Text,
    Markdown,
    Json,
    Html,
    Csv,
}

/// The format that the file's name asks for; `otherwise` where there is no file or no ending.
pub fn format(path: Option<&Path>, otherwise: Format) -> Result<Format, Failure> {
    const ENDINGS: [(&str, Format); 6] = [
        ("txt", Format::Text),
        ("md", Format::Markdown),
        ("json", Format::Json),
        ("html", Format::Html),
        ("htm", Format::Html),
        ("csv", Format::Csv),
    ];
    let Some(ending) = path.and_then(Path::extension) else { return Ok(otherwise) };
    let known = ENDINGS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known));
    known.map(|(_, format)| *format).ok_or_else(|| {
        let ending = ending.display();
        Failure::Usage(format!(
            "cannot write .{ending}; name the file .html, .md, .txt, .json or .csv"
        ))
    })
}

impl Destination {
    /// The format that is asked for: JSON, or the one that the file's name asks for.
    pub fn format(&self, otherwise: Format) -> Result<Format, Failure> {
        let format = format(self.output.as_deref(), otherwise)?;
        Ok(if self.json { Format::Json } else { format })
    }

    /// Puts a text where it is to go.
    pub fn put(&self, text: &str) -> Result<(), Failure> {
        put(self.output.as_deref(), self.force, text)
    }
}

/// Exit code for findings of severity error.
const FINDINGS: u8 = 3;

/// Whether findings are of severity error, as an exit code; says how many there are.
pub fn counted(findings: &[Finding]) -> ExitCode {
    let errors = errors(findings);
    anstream::eprintln!("{} findings, {errors} of them errors", findings.len());
    exit_code(errors)
}

/// As [`counted`], without a word.
pub fn code_of(findings: &[Finding]) -> ExitCode {
    exit_code(errors(findings))
}

fn exit_code(errors: usize) -> ExitCode {
    if errors > 0 { ExitCode::from(FINDINGS) } else { ExitCode::SUCCESS }
}

fn errors(findings: &[Finding]) -> usize {
    let is_error = |f: &&Finding| f.severity == Severity::Error && f.waiver.is_none();
    findings.iter().filter(is_error).count()
}

/// Whether the file's name ends so.
pub fn has_ending(path: Option<&Path>, ending: &str) -> bool {
    path.and_then(Path::extension).is_some_and(|other| other.eq_ignore_ascii_case(ending))
}

/// Puts a text into a file, or on stdout, which `-` names too.
pub fn put(path: Option<&Path>, force: bool, text: &str) -> Result<(), Failure> {
    match path {
        Some(path) if path.as_os_str() != "-" => {
            report::write_file(path, text.as_bytes(), force)?;
            anstream::eprintln!("wrote {}", path.display());
            Ok(())
        }
        _ => {
            let mut stdout = std::io::stdout().lock();
            stdout.write_all(text.as_bytes())?;
            stdout.flush()?;
            Ok(())
        }
    }
}
