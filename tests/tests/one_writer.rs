//! One folder has one writer: a second opening is refused, from this process and from another one.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]

use std::path::Path;
use std::process::Command;

use ledger_core::{ErrorCode, Ledger, LedgerError, Options, RegisterDonor};

fn from_here(folder: &Path) -> Result<Ledger, LedgerError> {
    Ledger::open(folder, Options::new())
}

/// What another process is told: the number of the error, or 0.
fn from_another_process(folder: &Path) -> u16 {
    let run = Command::new(env!("CARGO_BIN_EXE_open_ledger")).arg(folder).output().expect("a process");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8_lossy(&run.stdout).parse().expect("a number")
}

#[test]
fn a_second_opening_is_refused_until_the_first_is_closed() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = from_here(folder.path()).expect("opened");
    ledger.register_donor(RegisterDonor::default()).expect("a donor");

    let refused = from_here(folder.path()).expect_err("it is open");
    assert_eq!(refused.code(), ErrorCode::AlreadyOpen);
    assert!(refused.is_retryable());
    let LedgerError::AlreadyOpen { holder, .. } = refused else { panic!("{refused}") };
    assert_eq!(holder, std::process::id().to_string());
    assert_eq!(from_another_process(folder.path()), ErrorCode::AlreadyOpen.number());

    // The refused ones have harmed nothing.
    assert_eq!(ledger.register_donor(RegisterDonor::default()).expect("a donor").seq, 2);
    ledger.close().expect("closed");
    drop(ledger);
    assert_eq!(from_another_process(folder.path()), 0);
    assert_eq!(from_here(folder.path()).expect("opened").stats().expect("a read").seq, 2);
}

#[test]
fn a_dropped_handle_gives_the_folder_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = from_here(folder.path()).expect("opened");
    let clone = ledger.clone();
    drop(ledger);
    assert_eq!(from_another_process(folder.path()), ErrorCode::AlreadyOpen.number(), "a clone holds it");
    drop(clone);
    assert_eq!(from_another_process(folder.path()), 0);
}
