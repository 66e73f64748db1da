//! Every reference case under `tests/reference` holds, and there are no fewer of them than before.

mod conform;

use std::path::PathBuf;

/// Cases that ran when last counted; this number may only rise.
const FLOOR: usize = 35_909;

#[test]
fn reference_cases_hold() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    let outcome = conform::run(&[folder]);
    assert!(!outcome.failed(), "{outcome}");
    assert!(
        outcome.cases() >= FLOOR,
        "{} cases ran, {FLOOR} or more should:\n{outcome}",
        outcome.cases()
    );
}
