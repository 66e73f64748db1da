//! Reference cases computed by others, with a floor on their number that may only rise.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::neg_cmp_op_on_partial_ord, reason = "written so that NaN fails")]

mod conform;

use std::path::PathBuf;

#[test]
fn every_reference_case_passes() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    let summary = conform::run(&[folder]).unwrap();
    println!("{}", summary.table());
    let failures = summary.failures();
    assert!(
        failures.is_empty(),
        "{} failures:\n{}",
        failures.len(),
        failures[..failures.len().min(20)].join("\n")
    );
    assert!(summary.cases() >= 1_000, "only {} cases were run", summary.cases());
}

#[test]
fn a_broken_file_is_a_failure_with_its_line() {
    let folder = std::env::temp_dir().join(format!("railcorridor-conform-{}", std::process::id()));
    let geodesy = folder.join("geodesy");
    std::fs::create_dir_all(&geodesy).unwrap();
    std::fs::write(geodesy.join("x_TM-1000.dat"), "33 2 1 2 3 4\nnot six numbers\n").unwrap();
    let summary = conform::run(std::slice::from_ref(&folder)).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    let failures = summary.failures().join("\n");
    assert!(failures.contains("x_TM-1000.dat:1: easting is"), "{failures}");
    assert!(failures.contains("x_TM-1000.dat:2: is not six numbers"), "{failures}");
}
