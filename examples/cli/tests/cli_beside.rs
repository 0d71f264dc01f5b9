//! Tasks that read while another process writes: they say what they say alone, and which record was the last.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

mod books;

use std::fmt::Write;

use ledger_core::{Ledger, Options};

use books::{Books, bulk_rows, small_books};

/// What a task prints, and what it says beside.
fn outcome(books: &Books, args: &[&str]) -> (String, String) {
    let output = books.run(args);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{args:?}: {said}");
    (String::from_utf8(output.stdout).unwrap(), said)
}

/// Every task that reads, on the small books.
const READING_TASKS: [&[&str]; 19] = [
    &["stats", "--json"],
    &["verify", "--json"],
    &["balances", "--json"],
    &["balances", "--at", "2026-01-31"],
    &["balances", "--at-seq", "4"],
    &["statement", "--cause", "water", "--from", "2026-01-01", "--to", "2099-12-31"],
    &["totals", "--by", "month", "--json"],
    &["sheet", "--at", "2026-01-31"],
    &["status", "order-1"],
    &["changes", "--json"],
    &["causes"],
    &["donors", "--json"],
    &["history", "--donor", "u-1"],
    &["history", "--account", "assets:bank:main"],
    &["export", "--format", "hledger"],
    &["export", "--format", "beancount"],
    &["donor", "export", "u-1"],
    &["donor", "merge", "u-1", "u-2", "--dry-run"],
    &["history", "--cause", "school", "--json"],
];

#[test]
fn every_task_that_reads_works_beside_a_writer_and_names_its_record() {
    let (books, ..) = small_books();
    books.good(&["donor", "add", "--name", "Bob", "--external-id", "u-2"]);
    let alone: Vec<String> = READING_TASKS.iter().map(|task| books.good(task)).collect();
    let writer = Ledger::open(books.dir(), Options::new()).unwrap();
    let seq = writer.stats().unwrap().seq;
    for (task, alone) in READING_TASKS.iter().zip(alone) {
        let (beside, said) = outcome(&books, task);
        let holder = std::process::id();
        assert_eq!(said, format!("read only, beside process {holder}: as of record {seq}\n"), "{task:?}");
        // What the state takes on disk is nothing here, and the rows of `verify` are in memory.
        let without = |text: &str| {
            let kept = text.lines().filter(|line| !line.contains("state_bytes"));
            kept.fold(String::new(), |mut all, line| {
                writeln!(all, "{line}").unwrap();
                all
            })
        };
        assert_eq!(without(&beside), without(&alone), "{task:?}");
    }
    let writing = ["donate", "--donor", "u-1", "--to", "water=1.00", "--key", "order-9"];
    assert!(books.bad(&writing).starts_with("error 5004: "), "writing is not for two");
    writer.close().unwrap();
    let (_, said) = outcome(&books, &["--read-only", "causes"]);
    assert_eq!(said, format!("read only: as of record {seq}\n"));
    books.good(&writing);
}

/// Polls while an import goes on: whole commits, never back, and in the end all of it.
#[test]
fn a_reader_that_polls_an_import_never_goes_back() {
    const ROWS: u64 = 60_000;
    let books = Books::new();
    books.good(&["init"]);
    let file = books.write("rows.txt", bulk_rows(ROWS).as_bytes());
    let mut import =
        books.command(&["import", "--map", "fec-itcont", file.to_str().unwrap()]).spawn().unwrap();
    let reader = Ledger::open_read_only(books.dir(), Options::new()).unwrap();
    let (mut last, mut moments) = (0, 0);
    loop {
        let is_over = import.try_wait().unwrap().is_some();
        let seq = reader.refresh().unwrap();
        assert!(seq >= last, "{seq} after {last}");
        let (stats, trial) = (reader.stats().unwrap(), reader.trial_balance().unwrap());
        assert_eq!((stats.donations, stats.seq, trial.seq), (seq, seq, seq), "a gift a record");
        assert!(trial.sums.iter().all(|sum| sum.debits_minor == sum.credits_minor), "at record {seq}");
        moments += u64::from(seq > last);
        last = seq;
        if is_over {
            break;
        }
    }
    assert!(import.wait().unwrap().success());
    assert_eq!(last, ROWS, "all of it in the end");
    assert!(moments > 3, "{moments} moments were seen on the way");
    reader.close().unwrap();
    let (told, _) = outcome(&books, &["--read-only", "verify"]);
    assert!(told.ends_with("everything holds\n"), "{told}");
}
