//! corridor.
fn main() {}
