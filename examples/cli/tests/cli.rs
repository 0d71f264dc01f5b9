//! The tool as an operator meets it: what it prints, what it says when it fails, and with which number it ends.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

mod books;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use books::{Books, LEDGER, bulk_rows, small_books};

#[test]
fn init_makes_books_once_and_in_a_mode_that_is_known() {
    let books = Books::new();
    let unknown = books.bad(&["init", "--mode", "barter"]);
    assert!(unknown.contains("barter") && unknown.contains("agency"), "{unknown}");
    assert!(!books.dir().exists(), "a refused init makes no folder");
    let made = books.good(&["init", "--mode", "agency"]);
    assert!(made.starts_with("created led_"), "{made}");
    assert!(books.bad(&["init"]).starts_with("error 3010: "));
    assert_eq!(books.json(&["stats"])["records"], 0);
}

#[test]
fn reading_a_folder_without_books_makes_none_and_names_init() {
    let reading: [&[&str]; 17] = [
        &["stats"],
        &["verify"],
        &["rebuild"],
        &["balances"],
        &["status", "k"],
        &["changes"],
        &["causes"],
        &["donors"],
        &["history", "--donor", "d"],
        &["export", "--format", "csv"],
        &["history", "--account", "assets:imported"],
        &["balances", "--at", "2026-01-31"],
        &["statement", "--cause", "water", "--from", "2026-01-01", "--to", "2026-01-31"],
        &["totals", "--by", "year"],
        &["sheet", "--at", "2026-01-31"],
        // Nobody can give or get back in books without donors.
        &["donate", "--donor", "u-1", "--to", "water=1.00", "--key", "k"],
        &["refund", "gft_1", "--key", "k"],
    ];
    for args in reading {
        let books = Books::new();
        let said = books.bad(args);
        assert!(said.starts_with("error 2004: ") && said.contains("ledger init"), "{args:?}: {said}");
        assert!(!books.dir().exists(), "{args:?}");
    }
}

#[test]
fn wrong_usage_ends_with_2() {
    let wrong: [&[&str]; 13] = [
        &[],
        &["dance"],
        &["stats"],
        &["--dir", "x", "stats", "--yaml"],
        &["--dir", "x", "import", "f.csv"],
        &["--dir", "x", "history"],
        &["--dir", "x", "export", "--format", "pdf"],
        &["--dir", "x", "history", "--donor", "a", "--cause", "b"],
        &["--dir", "x", "--read-only", "rebuild"],
        &["--dir", "x", "donor", "merge", "a"],
        &["--dir", "x", "donor", "merge", "a", "b", "--undo", "don_1"],
        &["--dir", "x", "correct", "gft_1", "--key", "k", "--nothing", "entered-twice", "--on", "2026-01-31"],
        &["--dir", "x", "refund", "gft_1", "--key", "k", "--amount", "1", "--cause", "a=1"],
    ];
    for args in wrong {
        let output = Command::new(LEDGER).args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!output.stderr.is_empty() && output.stdout.is_empty(), "{args:?}");
    }
}

#[test]
fn every_task_shows_an_example() {
    let tasks: [&[&str]; 29] = [
        &[],
        &["init"],
        &["import"],
        &["stats"],
        &["verify"],
        &["rebuild"],
        &["balances"],
        &["statement"],
        &["totals"],
        &["sheet"],
        &["status"],
        &["changes"],
        &["causes"],
        &["donors"],
        &["history"],
        &["cause"],
        &["cause", "open"],
        &["donor"],
        &["donor", "add"],
        &["donor", "export"],
        &["donor", "merge"],
        &["donor", "erase"],
        &["donate"],
        &["refund"],
        &["reallocate"],
        &["correct"],
        &["period"],
        &["period", "close"],
        &["export"],
    ];
    for task in tasks.iter().chain([["demo"].as_slice()].iter()) {
        let output = Command::new(LEDGER).args(*task).arg("--help").output().unwrap();
        let help = String::from_utf8(output.stdout).unwrap();
        let example = help.split("Example:\n").nth(1).unwrap_or_else(|| panic!("{task:?} has no example"));
        let starts = task.join(" ");
        assert!(output.status.success() && example.contains(&starts), "{task:?}: {example}");
    }
}

#[test]
fn failures_are_one_line_with_their_code() {
    let (books, donation, _) = small_books();
    let over = ["refund", &donation, "--amount", "900.00", "--key", "refund-2"];
    let cases: [(&[&str], &str); 8] = [
        (&["donate", "--donor", "u-1", "--to", "water=20.005", "--key", "k"], "error 1003: "),
        (&["donate", "--donor", "u-1", "--to", "water=0", "--key", "k"], "error 1001: "),
        (&["donate", "--donor", "u-1", "--to", "water=1.00", "--key", "order-1"], "error 3001: "),
        (&["donate", "--donor", "u-1", "--to", "water", "--key", "k"], "error: "),
        (&over, "error 3007: "),
        (&["cause", "open", "--name", "x", "--currency", "EURO"], "error 1005: "),
        (&["cause", "open", "--name", "x", "--currency", "EUR", "--external-id", "water"], "error 3002: "),
        (&["history", "--donor", "u-1", "--cursor", "nonsense"], "error 1023: "),
    ];
    let before = books.json(&["stats"]);
    for (args, start) in cases {
        let said = books.bad(args);
        assert!(said.starts_with(start), "{args:?}: {said}");
    }
    assert_eq!(books.json(&["stats"])["records"], before["records"], "nothing was posted");
}

#[test]
fn a_repeated_gift_is_the_same_gift() {
    let (books, donation, _) = small_books();
    let again = books.json(&[
        "donate",
        "--donor",
        "u-1",
        "--to",
        "water=20.00",
        "--to",
        "school=5.00",
        "--tip",
        "1.00",
        "--fee",
        "0.50",
        "--key",
        "order-1",
        "--on",
        "2026-01-31",
    ]);
    assert_eq!(again["id"], json!(donation));
    assert_eq!(again["delivery"], "replayed");
    assert_eq!(books.json(&["stats"])["donations"], 1);
}

#[test]
fn verify_and_rebuild_agree_before_and_after() {
    let (books, ..) = small_books();
    let before = books.json(&["verify"]);
    assert_eq!(before["difference"], Value::Null);
    assert!(books.good(&["verify"]).ends_with("everything holds\n"));
    assert!(books.good(&["rebuild"]).starts_with("state rebuilt from 5 records"));
    assert_eq!(books.json(&["verify"]), before);
}

#[test]
fn the_demo_holds() {
    let output = Command::new(LEDGER).arg("demo").output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && output.stderr.is_empty());
    assert!(printed.ends_with("everything holds\n"), "{printed}");
    assert!(printed.contains("error 3001: "), "{printed}");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let books = Books::new();
    let rows = books.write("rows.txt", bulk_rows(3_000).as_bytes());
    books.import("fec-itcont", &rows);
    let printing: [&[&str]; 6] = [
        &["donors"],
        &["donors", "--json"],
        &["changes"],
        &["export", "--format", "csv"],
        &["export", "--format", "hledger"],
        &["export", "--format", "jsonl"],
    ];
    for args in printing {
        let mut child = books.command(args).spawn().unwrap();
        let mut line = String::new();
        BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), &*said), (Some(0), ""), "{args:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_cannot_be_written_is_a_failure() {
    let (books, ..) = small_books();
    let printing: [&[&str]; 4] =
        [&["stats"], &["causes", "--json"], &["export", "--format", "csv"], &["verify"]];
    for args in printing {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = books.command(args).stdout(Stdio::from(full)).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{args:?}: {said}");
        assert!(said.contains("No space left") && said.lines().count() == 1, "{args:?}: {said}");
    }
}
