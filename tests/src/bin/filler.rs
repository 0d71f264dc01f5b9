//! A process that gives until the disk is full, and one that looks at what is left when there is room again.
//!
//! `filler fill FOLDER NOTES SEGMENT_BYTES CHECKPOINT_RECORDS`: gives until the ledger takes no more;
//! `filler state FOLDER NOTES SEGMENT_BYTES CHECKPOINT_RECORDS`: the same, but everything that is left of the disk is
//! taken away first, so that only what the journal has reserved can be written;
//! `filler roll FOLDER NOTES SEGMENT_BYTES CHECKPOINT_RECORDS`: that happens where the segment has all its room, so that
//! the next one cannot be begun;
//! `filler check FOLDER NOTES SEGMENT_BYTES CHECKPOINT_RECORDS`: opens, checks every note, and gives again.
//!
//! Notes are lines `KEY OUTCOME`, of what each call was told; they are kept where there is room.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::io::Write;
use std::path::Path;

use ledger_core::{CauseId, DonorId, ErrorCode, KeyStatus, Ledger, LedgerError, Options};
use ledger_tests::{book, dump};

/// More gifts than any disk of these tests takes.
const GIFTS_MAX: u32 = 100_000;
/// After so many calls that were told that nothing happened, the disk is full.
const REFUSALS: u32 = 20;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, what, folder, notes, segment_bytes, checkpoint_records] = arguments.as_slice() else {
        panic!("filler fill|state|roll|check FOLDER NOTES SEGMENT_BYTES CHECKPOINT_RECORDS");
    };
    let options = Options::new()
        .cache_bytes(1 << 20)
        .segment_bytes(segment_bytes.parse().unwrap())
        .checkpoint_records(checkpoint_records.parse().unwrap());
    let ledger = Ledger::open(folder, options.clone()).unwrap();
    match what.as_str() {
        "check" => {
            check(&ledger, Path::new(notes));
            let again = Ledger::open(folder, options).unwrap();
            say(&format!("clean {}", again.opening_report().is_clean()));
        }
        "fill" => fill(&ledger, Path::new(notes)),
        "state" => {
            begin(&ledger);
            take_all_room(&Path::new(folder).join("../more-ballast"));
            fill(&ledger, Path::new(notes));
        }
        "roll" => {
            reserve_a_segment(&ledger, Path::new(folder), segment_bytes.parse().unwrap());
            take_all_room(&Path::new(folder).join("../more-ballast"));
            fill(&ledger, Path::new(notes));
        }
        _ => panic!("no such word: {what}"),
    }
}

/// Gives until the first segment is as long as it may be. Nothing of that is noted.
fn reserve_a_segment(ledger: &Ledger, folder: &Path, segment_bytes: u64) {
    let first = folder.join("journal/0000000001.log");
    for number in 0.. {
        if fs::metadata(&first).unwrap().len() >= segment_bytes {
            return;
        }
        give(ledger, &format!("before-{number}")).unwrap();
    }
}

/// The donor and the cause of all gifts.
fn begin(ledger: &Ledger) -> (DonorId, CauseId) {
    match ledger.donors(None, 1).unwrap().first() {
        Some(donor) => (donor.id, ledger.causes(None, 1).unwrap()[0].id),
        None => (book::donor(ledger, "ada"), book::cause(ledger, "water")),
    }
}

/// Leaves nothing on the disk, to the last byte that it gives.
fn take_all_room(ballast: &Path) {
    let mut file = fs::File::create(ballast).unwrap();
    for piece in [1 << 16, 1 << 12, 1] {
        while file.write_all(&vec![1; piece]).is_ok() {}
    }
}

fn give(ledger: &Ledger, key: &str) -> Result<(), LedgerError> {
    let (donor, cause) = begin(ledger);
    ledger.donate(book::gift(key, donor, cause, 100)).map(|_| ())
}

fn fill(ledger: &Ledger, notes: &Path) {
    let mut notes = fs::File::create(notes).unwrap();
    let (donor, cause) = begin(ledger);
    let before = ledger.cause(cause).unwrap().unwrap().totals.gross_minor;
    let (mut told, mut refused) = (0_u32, 0_u32);
    for number in 0..GIFTS_MAX {
        let key = format!("gift-{number}");
        let outcome = match ledger.donate(book::gift(&key, donor, cause, 100)) {
            Ok(_) => "committed",
            Err(error) if error.code() == ErrorCode::NotCommitted => "not",
            Err(error) if error.code() == ErrorCode::OutcomeUnknown => "unknown",
            Err(error) => panic!("{key}: {error}"),
        };
        writeln!(notes, "{key} {outcome}").unwrap();
        match outcome {
            "committed" => told += 1,
            "not" => refused += 1,
            _ => {
                let after = give(ledger, "after").map_err(|error| error.code());
                assert_eq!(after, Err(ErrorCode::Closed), "poisoned after an unknown outcome");
                say("poisoned");
                break;
            }
        }
        if refused >= REFUSALS {
            break;
        }
    }
    say(&format!("told {told}"));
    say(&format!("refused {refused}"));
    // Reads go on: every gift by its key, and the sums.
    for number in 0..told {
        let status = ledger.status(&format!("gift-{number}"));
        match status {
            Ok(KeyStatus::Committed { .. }) => {}
            Ok(_) if refused > 0 => {}
            other => panic!("gift-{number}: {other:?}"),
        }
    }
    let gross = ledger.cause(cause).unwrap().unwrap().totals.gross_minor;
    assert_eq!(gross - before, i128::from(told) * 100, "all that was told, and no more");
    say("reads");
}

fn check(ledger: &Ledger, notes: &Path) {
    let (mut lost, mut made_up) = (0, 0);
    for note in fs::read_to_string(notes).unwrap().lines() {
        let (key, outcome) = note.split_once(' ').unwrap();
        let is_there = matches!(ledger.status(key).unwrap(), KeyStatus::Committed { .. });
        lost += u32::from(outcome == "committed" && !is_there);
        made_up += u32::from(outcome == "not" && is_there);
    }
    say(&format!("lost {lost}"));
    say(&format!("made up {made_up}"));
    dump::assert_clean(ledger, "room again");
    for number in 0..500 {
        give(ledger, &format!("room-again-{number}")).unwrap();
    }
    dump::assert_clean(ledger, "after more gifts");
    ledger.close().unwrap();
}

fn say(line: &str) {
    let mut out = std::io::stdout();
    writeln!(out, "{line}").unwrap();
    out.flush().unwrap();
}
