//! Lines in and out of LandXML.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod hostile;
mod linter;
mod reading;
mod round_trip;
