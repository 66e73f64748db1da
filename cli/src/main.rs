//! `corridor`: what is known of a railway corridor, from the command line.
//!
//! Results go to stdout, everything else to stderr. Exit code 0: done; 1: failed; 2: wrong usage;
//! 3: done, and there are findings of severity error.

mod arguments;
mod commands;
mod csv;
mod design;
mod exchange;
mod ground;
mod line;
mod new;
mod output;
mod planning;
mod progress;
mod risk;
mod route;
mod schedule;
mod trains;
mod watch;

use std::process::ExitCode;

use clap::Parser as _;

/// Exit code for arguments that do not fit, as clap's own.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    match commands::run(&arguments) {
        Ok(code) => code,
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("{}", output::error_words(&error));
            match error {
                output::Failure::Usage(_) => ExitCode::from(USAGE),
                _ => ExitCode::FAILURE,
            }
        }
    }
}
