//! Runs reference cases: `cargo run --release --example conform -- DIR...` walks folders of known
//! answers, prints a table, and exits with 1 on any failure.

#![allow(clippy::neg_cmp_op_on_partial_ord, reason = "written so that NaN fails")]

#[path = "../tests/conform/mod.rs"]
mod conform;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if folders.is_empty() {
        eprintln!("usage: conform DIR...   (for example tests/reference)");
        return ExitCode::from(2);
    }
    match conform::run(&folders) {
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
        Ok(summary) => {
            println!("{}", summary.table());
            let failures = summary.failures();
            for failure in failures.iter().take(40) {
                eprintln!("{failure}");
            }
            eprintln!("{} cases, {} failures", summary.cases(), failures.len());
            if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
    }
}
