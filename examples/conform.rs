//! Runs cases with known answers: is this build of the library right?
//!
//! ```text
//! cargo run --release --example conform -- tests/reference
//! ```
//!
//! Give it folders of case files, laid out like `tests/reference`. It prints the worst error of
//! each quantity beside its limit, then the files that the library has no answer for yet, and
//! exits with 1 if any case fails:
//!
//! ```text
//! kind                     quantity                         cases     worst   limit  result
//! transverse-mercator      convergence, deg                   832   1.8e-15   1e-14  pass
//! transverse-mercator      forward, m                         832    3.7e-9    5e-9  pass
//! transverse-mercator      inverse, m                         832    3.5e-9    5e-9  pass
//! transverse-mercator      refused outside 8.5 deg            168     0.0e0     0e0  pass
//! transverse-mercator      scale, ratio                       832   6.7e-16   2e-15  pass
//! 3496 cases, 0 failures
//! ```

#[path = "../tests/conform/mod.rs"]
mod conform;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if folders.is_empty() {
        eprintln!("usage: conform DIR...");
        return ExitCode::from(2);
    }
    let outcome = conform::run(&folders);
    // A reader that has seen enough is no failure of the cases.
    let _ = write!(std::io::stdout(), "{outcome}");
    if outcome.failed() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
