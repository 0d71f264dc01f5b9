//! `docs/error-codes.md` is the table of error codes, generated from the code.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use ledger_core::{ErrorCode, ErrorKind};

fn table() -> String {
    let mut text = String::from(
        "# Error codes\n\n\
         Generated from `ErrorCode::ALL`; do not edit. `UPDATE_EXPECT=1 cargo test -p ledger-tests --test error_table`\n\
         writes it again. A number never changes its meaning and is never used again. The kind is the class of the\n\
         exception in every language.\n",
    );
    let mut thousand = 0;
    for code in ErrorCode::ALL {
        let (number, name, remedy) = (code.number(), code.name(), code.remedy());
        if number / 1000 != thousand {
            thousand = number / 1000;
            text.push_str("\n| code | name | kind | what it means, what to do |\n|---|---|---|---|\n");
        }
        writeln!(text, "| {number} | `{name}` | {:?} | {remedy} |", code.kind())
            .expect("writing to a string");
    }
    text
}

/// Whoever meets a failure of the disk finds a section about it.
#[test]
fn what_to_do_is_written_down_for_every_failure_of_storage() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/when-something-breaks.md");
    let text = fs::read_to_string(file).expect("docs/when-something-breaks.md");
    let found: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("### ")).collect();
    let of_storage = |code: &&ErrorCode| matches!(code.kind(), ErrorKind::Storage | ErrorKind::Corrupt);
    let wanted: Vec<String> = ErrorCode::ALL
        .iter()
        .filter(of_storage)
        .map(|code| format!("{} {}", code.number(), code.name()))
        .collect();
    assert_eq!(found, wanted);
}

#[test]
fn the_table_of_error_codes_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/error-codes.md");
    let wanted = table();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&file, &wanted).expect("docs/error-codes.md is written");
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == wanted,
        "docs/error-codes.md differs from ErrorCode::ALL: run with UPDATE_EXPECT=1 and read the difference"
    );
}
