//! Every store that runs inside this process comes to the same books: small sizes, and nothing is timed.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

const STORES: [&str; 3] = ["ledger", "sqlite", "doubleentry"];

/// What one step prints. The step itself opens the store again, counts, adds up and repeats a key.
fn measured(engine: &str, step: &str, size: u64, folder: &Path) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ledger-peers"));
    command.args(["measure", "--engine", engine, "--step", step, "--size", &size.to_string()]);
    let output = command.arg("--folder").arg(folder).output().unwrap();
    assert!(output.status.success(), "{engine} {step}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn contents(engine: &str, step: &str, size: u64) -> Value {
    let folder = tempfile::tempdir().unwrap();
    measured(engine, step, size, folder.path()).get("contents").unwrap().clone()
}

/// Counts and what each cause has are the same everywhere; what was given and the fees, where both are kept.
fn check_same(step: &str, size: u64, stores: &[&str]) {
    let ours = contents("ledger", step, size);
    assert_eq!(ours.get("donations").unwrap(), size);
    for engine in stores {
        let theirs = contents(engine, step, size);
        for part in ["donations", "causes"] {
            assert_eq!(theirs.get(part), ours.get(part), "{engine} {step}: {part}");
        }
        if *engine != "doubleentry" {
            assert_eq!(theirs, ours, "{engine} {step}");
        }
    }
}

#[test]
fn one_client_leaves_the_same_books_everywhere() {
    check_same("one", 60, &STORES);
}

#[test]
fn many_clients_leave_the_same_books() {
    check_same("many", 500, &["sqlite"]);
}

#[test]
fn groups_leave_the_same_books_everywhere() {
    check_same("bulk", 2_000, &STORES);
}

#[test]
fn the_same_pages_are_read() {
    let checksum = |engine| {
        let folder = tempfile::tempdir().unwrap();
        measured(engine, "bulk", 3_000, folder.path());
        let read = measured(engine, "reads", 3_000, folder.path());
        read.pointer("/figures/pages_checksum").unwrap().clone()
    };
    assert_eq!(checksum("ledger"), checksum("sqlite"));
}
