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

use clap::{CommandFactory as _, FromArgMatches as _};

/// Exit code for arguments that do not fit, as clap's own.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let arguments = match arguments() {
        Ok(arguments) => arguments,
        Err(error) => error.exit(),
    };
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

/// What was typed. A number below 0 is a number, so that what is wrong with it is told in words of
/// the matter.
fn arguments() -> Result<arguments::Arguments, clap::Error> {
    let takes_value = |one: clap::Arg| {
        let takes_value = one.get_action().takes_values();
        if takes_value { one.allow_negative_numbers(true) } else { one }
    };
    let command = arguments::Arguments::command();
    let command = command.mut_subcommands(|command| command.mut_args(takes_value));
    arguments::Arguments::from_arg_matches(&command.try_get_matches()?)
}
