//! Trains on the line: how many fit and what they carry.

pub mod traffic;
