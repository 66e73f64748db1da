//! Railway corridors: where the line goes, how long it is, in what stages it is built, and how
//! sure all of that is, each number with its source or its proof.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod bounded;
pub mod design;
mod error;
pub mod exchange;
mod finding;
pub mod geodesy;
pub mod geometry;
pub mod model;
pub mod operation;
mod parallel;
pub mod report;
pub mod route;
pub mod schedule;
pub mod stages;
pub mod status;
pub mod terrain;
mod unit;

pub use error::{Error, Result};
pub use finding::{Finding, Severity, WaiverNote};
pub use unit::{km_words, money_words};
