//! Bytes that are not what was written, and files of other ledgers: an error with its code, or the same
//! answers as before; never a panic, never another answer.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::Path;

use ledger_core::{ErrorCode, KeyStatus, Ledger, LedgerError, Options};
use ledger_tests::book::{self, Book};
use ledger_tests::dump::{self, Dump};
use ledger_tests::folder::{copy, edit, trim};

fn options() -> Options {
    Options::new().cache_bytes(1 << 20).segment_bytes(64 << 10)
}

fn open(folder: &Path) -> Result<Ledger, LedgerError> {
    Ledger::open(folder, options())
}

struct Written {
    home: tempfile::TempDir,
    book: Book,
    dump: Dump,
}

enum Left {
    AtRest,
    AsKilled,
}

fn written(gifts: u32, left: &Left) -> Written {
    let home = tempfile::tempdir().unwrap();
    let ledger = open(home.path()).unwrap();
    let book = book::write(&ledger, gifts);
    let dump = dump::dump(&ledger, &book.keys);
    if matches!(left, Left::AtRest) {
        ledger.close().unwrap();
    }
    drop(ledger);
    if matches!(left, Left::AsKilled) {
        // The room ahead of the journal's end holds nothing that damage could take away.
        trim(home.path(), "journal/0000000001.log");
    }
    Written { home, book, dump }
}

impl Written {
    fn copied(&self) -> tempfile::TempDir {
        let copied = tempfile::tempdir().unwrap();
        copy(self.home.path(), copied.path());
        copied
    }

    /// Flips bits of a file, one at a time, in one copy; gives what opening said of each, by offset and bit.
    fn flip(
        &self,
        file: &str,
        bits: impl Fn(usize) -> Vec<u8>,
        mut check: impl FnMut(&str, Result<Ledger, LedgerError>),
    ) {
        let whole = fs::read(self.home.path().join(file)).unwrap();
        let mut copied = self.copied();
        for at in 0..whole.len() {
            for bit in bits(at) {
                edit(&copied.path().join(file), |bytes| bytes[at] ^= 1 << bit);
                let opened = open(copied.path());
                let repaired = opened.is_ok();
                check(&format!("{file}, bit {bit} of byte {at}"), opened);
                if repaired {
                    // Opening wrote: the next flip gets a copy of its own.
                    copied = self.copied();
                } else {
                    fs::write(copied.path().join(file), &whole).unwrap();
                }
            }
        }
        // A refused opening changed nothing that matters.
        let ledger = open(copied.path()).unwrap();
        assert_eq!(dump::dump(&ledger, &self.book.keys), self.dump);
    }
}

fn one_bit(at: usize) -> Vec<u8> {
    vec![u8::try_from(at % 8).unwrap()]
}

fn every_bit(_: usize) -> Vec<u8> {
    (0..8).collect()
}

fn refusal(opened: Result<Ledger, LedgerError>, when: &str) -> ErrorCode {
    match opened {
        Ok(_) => panic!("{when}: opened in silence"),
        Err(error) => error.code(),
    }
}

#[test]
fn a_flipped_bit_of_the_last_segment_is_refused() {
    let whole = written(3, &Left::AsKilled);
    let mut codes = [0, 0];
    whole.flip("journal/0000000001.log", one_bit, |when, opened| match refusal(opened, when) {
        ErrorCode::JournalDamaged => codes[0] += 1,
        ErrorCode::JournalCut => codes[1] += 1,
        other => panic!("{when}: {other:?}"),
    });
    // Before the last group it is damage; the last group itself is as good as cut.
    assert!(codes[0] > codes[1] && codes[1] > 100, "{codes:?}");
}

/// Slots that the book in these tests uses: its donors with something personal.
const IN_USE: usize = 4;

#[test]
fn a_flipped_bit_of_the_keyring_is_refused_or_does_not_matter() {
    let whole = written(1, &Left::AtRest);
    // The header and the slots in use, and some of the 256 that are ready.
    let bits = |at| {
        if at < 64 + 6 * 44 || at % 29 == 0 { one_bit(at) } else { Vec::new() }
    };
    // A slot that nobody uses yet is made again; the header and every slot in use must be whole.
    let mut made_again = 0;
    let mut refused = 0;
    whole.flip("keys", bits, |when, opened| match opened {
        Ok(ledger) => {
            assert_eq!(dump::dump(&ledger, &whole.book.keys), whole.dump, "{when}: the same answers");
            made_again += 1;
        }
        Err(error) => {
            assert_eq!(error.code(), ErrorCode::KeyringDamaged, "{when}");
            refused += 1;
        }
    });
    assert_eq!(refused, 64 + IN_USE * 44, "every byte of the header and of the slots in use");
    assert!(made_again > 44, "{made_again} flips in slots that are ready");
}

/// A power cut while keys are made ahead leaves slots that cannot be read. They must not stand in the way once later
/// ones are in use.
#[test]
fn a_damaged_slot_that_nobody_uses_is_made_again() {
    let whole = written(1, &Left::AtRest);
    let broken = IN_USE + 3;
    edit(&whole.home.path().join("keys"), |bytes| bytes[64 + broken * 44 + 10] ^= 1);
    let ledger = open(whole.home.path()).unwrap();
    assert_eq!(ledger.opening_report().key_slots_made_again, 1);
    let names: Vec<String> = (0..10).map(|number| format!("late-{number}")).collect();
    let donors: Vec<_> = names.iter().map(|name| book::donor(&ledger, name)).collect();
    ledger.close().unwrap();
    let ledger = open(whole.home.path()).unwrap();
    assert!(ledger.opening_report().is_clean(), "{:?}", ledger.opening_report());
    for (name, donor) in names.iter().zip(donors) {
        assert_eq!(ledger.donor(donor).unwrap().unwrap().profile, book::profile(name));
    }
}

#[test]
fn a_flipped_bit_of_format_is_refused_or_does_not_matter() {
    let whole = written(1, &Left::AtRest);
    let mut opened_still = Vec::new();
    whole.flip("FORMAT", every_bit, |when, opened| match opened {
        Ok(ledger) => {
            assert_eq!(dump::dump(&ledger, &whole.book.keys), whole.dump, "{when}: the same answers");
            opened_still.push(when.to_owned());
        }
        // The number of the format is believed before the checksum: a newer one may be checked otherwise.
        Err(error) => assert!(
            [ErrorCode::FormatDamaged, ErrorCode::NewerFormat].contains(&error.code()),
            "{when}: {error}"
        ),
    });
    assert!(opened_still.len() <= 8, "the line break at the end only: {opened_still:?}");
}

/// HEAD has two slots, and the journal says itself how far it goes: one bit is never missed.
#[test]
fn a_flipped_bit_of_head_does_not_matter() {
    let whole = written(1, &Left::AtRest);
    whole.flip("HEAD", one_bit, |when, opened| {
        let ledger = opened.unwrap_or_else(|error| panic!("{when}: {error}"));
        assert_eq!(ledger.opening_report().cut, None, "{when}");
        assert_eq!(dump::dump(&ledger, &whole.book.keys), whole.dump, "{when}");
    });
}

/// Damage in an older segment of a ledger at rest: what does not lie there is answered as before, what does
/// is an error, and so is the audit. No state is made of it, and none is given up for that.
#[test]
fn damage_of_an_older_segment_is_never_another_answer() {
    let whole = written(200, &Left::AtRest);
    let file = "journal/0000000001.log";
    assert!(whole.home.path().join("journal/0000000002.log").exists());
    let length = fs::read(whole.home.path().join(file)).unwrap().len();
    for at in (0..length).step_by(2_503) {
        let copied = whole.copied();
        edit(&copied.path().join(file), |bytes| bytes[at] ^= 1);
        let when = format!("byte {at}");
        let ledger = open(copied.path()).unwrap_or_else(|error| panic!("{when}: {error}"));
        assert_eq!(ledger.trial_balance().unwrap(), whole.dump.trial_balance, "{when}");
        assert_eq!(ledger.donors(None, 100).unwrap(), whole.dump.donors, "{when}");
        assert_eq!(ledger.causes(None, 100).unwrap(), whole.dump.causes, "{when}");
        for change in &whole.dump.changes {
            match ledger.changes(change.seq - 1, 1) {
                Ok(read) => assert_eq!(read, std::slice::from_ref(change), "{when}"),
                Err(error) => assert_eq!(error.code(), ErrorCode::JournalDamaged, "{when}: {error}"),
            }
        }
        let audited = ledger.audit().map(|report| report.difference);
        assert_eq!(audited.map_err(|error| error.code()), Err(ErrorCode::JournalDamaged), "{when}");
        assert_eq!(ledger.rebuild().map_err(|error| error.code()), Err(ErrorCode::JournalDamaged), "{when}");
        // Of a damaged journal no state can be made: the one that is there was kept.
        assert_eq!(ledger.trial_balance().unwrap(), whole.dump.trial_balance, "{when}");
        drop(ledger);
        let again = open(copied.path()).unwrap_or_else(|error| panic!("{when}, again: {error}"));
        assert_eq!(again.trial_balance().unwrap(), whole.dump.trial_balance, "{when}, again");
        drop(again);
        fs::remove_dir_all(copied.path().join("state")).unwrap();
        assert_eq!(refusal(open(copied.path()), &when), ErrorCode::JournalDamaged);
    }
}

#[test]
fn files_of_another_ledger_are_refused() {
    let (mine, other) = (written(5, &Left::AtRest), written(4, &Left::AtRest));
    for (file, code) in [
        ("journal/0000000001.log", ErrorCode::JournalDamaged),
        ("keys", ErrorCode::KeyringDamaged),
        ("FORMAT", ErrorCode::KeyringDamaged),
        ("HEAD", ErrorCode::JournalDamaged),
    ] {
        let copied = mine.copied();
        fs::copy(other.home.path().join(file), copied.path().join(file)).unwrap();
        assert_eq!(refusal(open(copied.path()), file), code, "{file}");
    }
    // A state of another ledger is not believed.
    let copied = mine.copied();
    fs::remove_dir_all(copied.path().join("state")).unwrap();
    copy(&other.home.path().join("state"), &copied.path().join("state"));
    fs::copy(other.home.path().join("state.seal"), copied.path().join("state.seal")).unwrap();
    let ledger = open(copied.path()).unwrap();
    assert_eq!(dump::dump(&ledger, &mine.book.keys), mine.dump);
    assert_eq!(ledger.opening_report().records_folded_again, Some(mine.dump.counts[0]));
}

/// Keys of before: those that the file lacks would be made anew, and what was sealed with them lost.
#[test]
fn keys_that_end_before_the_slots_in_use_are_refused() {
    let home = tempfile::tempdir().expect("a folder");
    let ledger = open(home.path()).unwrap();
    for number in 0..300 {
        book::donor(&ledger, &format!("donor-{number}"));
    }
    ledger.close().unwrap();
    drop(ledger);
    let whole = fs::read(home.path().join("keys")).unwrap();
    for slots in [0, 100, 256] {
        let copied = tempfile::tempdir().expect("a folder");
        copy(home.path(), copied.path());
        fs::write(copied.path().join("keys"), &whole[..64 + 44 * slots]).unwrap();
        assert_eq!(refusal(open(copied.path()), "cut"), ErrorCode::KeyringDamaged, "{slots} slots");
        fs::write(copied.path().join("keys"), &whole).unwrap();
        assert_eq!(
            open(copied.path()).unwrap().donors(None, 1_000).unwrap().len(),
            300,
            "{slots} slots, restored"
        );
    }
}

/// Missing files: each is an error, none is quietly made anew beside what is left.
#[test]
fn missing_files_are_never_made_up() {
    let whole = written(5, &Left::AtRest);
    for (file, code) in
        [("keys", ErrorCode::KeyringDamaged), ("journal/0000000001.log", ErrorCode::JournalDamaged)]
    {
        let copied = whole.copied();
        fs::remove_file(copied.path().join(file)).unwrap();
        assert_eq!(refusal(open(copied.path()), file), code, "{file}");
        assert!(!copied.path().join(file).exists(), "{file}: not made anew");
    }
    let copied = whole.copied();
    fs::remove_file(copied.path().join("HEAD")).unwrap();
    let ledger = open(copied.path()).unwrap();
    assert_eq!(dump::dump(&ledger, &whole.book.keys), whole.dump);
    assert!(matches!(ledger.status("gift-0").unwrap(), KeyStatus::Committed { .. }));
}

/// Without FORMAT there is no ledger; what lies there must not be overwritten by making one.
#[test]
fn a_folder_that_lost_its_format_is_not_made_a_new_ledger() {
    let whole = written(5, &Left::AtRest);
    let copied = whole.copied();
    fs::remove_file(copied.path().join("FORMAT")).unwrap();
    let journal = fs::read(copied.path().join("journal/0000000001.log")).unwrap();
    let opened = open(copied.path()).map(|ledger| ledger.identity());
    assert!(opened.is_err(), "made a new ledger over an old one: {opened:?}");
    assert_eq!(fs::read(copied.path().join("journal/0000000001.log")).unwrap(), journal);
}
