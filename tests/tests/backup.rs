//! Backups beside writers, restoring them, and everything that must keep a backup from being restored.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use ledger_core::{
    EraseDonor, ErasureReason, ErrorCode, Ledger, LedgerError, Options, RestoreReport, backup, backup_keys,
    drill, restore,
};
use ledger_tests::book::{self, Book};
use ledger_tests::dump::{self, Dump};
use ledger_tests::folder::{copy, edit, files, hashes, journal_end, trim};

fn options() -> Options {
    Options::new().cache_bytes(1 << 20).segment_bytes(64 << 10).checkpoint_records(200)
}

struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn open(&self) -> Ledger {
        Ledger::open(self.at("books"), options()).unwrap()
    }

    fn back_up(&self) -> u64 {
        let report = backup(self.at("books"), self.at("copy")).unwrap();
        backup_keys(self.at("books"), self.at("keys")).unwrap();
        report.seq
    }

    fn restore(&self) -> Result<RestoreReport, LedgerError> {
        restore(self.at("copy"), self.at("keys"), self.at("restored"))
    }

    /// A backup of a small book, closed, and all that it answers.
    fn backed_up(gifts: u32) -> (Self, Book, Dump) {
        let home = Self::new();
        let ledger = home.open();
        let book = book::write(&ledger, gifts);
        let dump = dump::dump(&ledger, &book.keys);
        ledger.close().unwrap();
        home.back_up();
        (home, book, dump)
    }
}

/// Whoever shares the machine reads no names: the journal is sealed, and keys are their owner's alone.
#[cfg(unix)]
#[test]
fn keys_are_hidden_from_other_users() {
    use std::os::unix::fs::PermissionsExt;
    let (home, ..) = Home::backed_up(3);
    home.restore().unwrap();
    drop(ledger_core::Follower::open(home.at("books"), home.at("followed")).unwrap());
    for file in ["books/keys", "keys", "restored/keys", "followed/keys"] {
        let mode = fs::metadata(home.at(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
}

fn dump_of(folder: &Path, keys: &[String]) -> Dump {
    let ledger = Ledger::open(folder, options()).unwrap();
    dump::assert_clean(&ledger, "restored");
    let dump = dump::dump(&ledger, keys);
    ledger.close().unwrap();
    dump
}

/// Eight threads write while backups are made; each is restored, and is the book as it was at that record.
#[test]
fn a_backup_beside_eight_writers_is_the_book_at_one_record() {
    const WRITERS: u32 = 8;
    const GIFTS: u32 = 60;
    let home = Home::new();
    let ledger = home.open();
    let mut book = book::write(&ledger, 5);
    let running = AtomicU32::new(WRITERS);
    let write = |writer: u32| {
        for number in 0..GIFTS {
            let key = format!("{writer}-{number}");
            let mut gift = book::gift(&key, book.donors[0], book.causes[1], i64::from(number) + 1);
            gift.memo = Some(format!("words of {key}"));
            ledger.donate(gift).unwrap();
            if number % 20 == 7 {
                book::donor(&ledger, &format!("donor-{key}"));
            }
        }
        running.fetch_sub(1, Ordering::SeqCst);
    };
    #[allow(clippy::disallowed_methods, reason = "copying beside writers is what is tested")]
    let mut seqs = std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            scope.spawn(move || write(writer));
        }
        let mut seqs = Vec::new();
        while running.load(Ordering::SeqCst) > 0 {
            seqs.push(home.back_up());
            if seqs.len() % 8 == 1 {
                let at = home.at(&format!("restored-{}", seqs.len()));
                let report = restore(home.at("copy"), home.at("keys"), &at).unwrap();
                assert_eq!(Some(&report.seq), seqs.last());
                let restored = Ledger::open(&at, options()).unwrap();
                assert_eq!(
                    restored.changes(0, 10_000).unwrap(),
                    ledger.changes(0, u32::try_from(report.seq).unwrap()).unwrap()
                );
                restored.close().unwrap();
            }
        }
        seqs
    });
    assert!(seqs.is_sorted(), "{seqs:?}");
    seqs.push(home.back_up());
    assert_eq!(seqs.last(), Some(&ledger.stats().unwrap().seq));
    home.restore().unwrap();
    book.keys
        .extend((0..WRITERS).flat_map(|writer| (0..GIFTS).map(move |number| format!("{writer}-{number}"))));
    assert_eq!(dump_of(&home.at("restored"), &book.keys), dump::dump(&ledger, &book.keys));
    ledger.close().unwrap();
    assert_eq!(
        restore(home.at("copy"), home.at("keys"), home.at("books")).unwrap_err().code(),
        ErrorCode::LedgerExists
    );
}

#[test]
fn a_later_run_copies_only_what_is_new() {
    let home = Home::new();
    let ledger = home.open();
    let mut book = book::write(&ledger, 5);
    let end = || u64::try_from(journal_end(&home.at("books"))).unwrap();
    let first = backup(home.at("books"), home.at("copy")).unwrap();
    assert_eq!((first.bytes_copied, first.is_incremental, first.segments), (end(), false, 1));
    let before = end();
    book.donate(&ledger, "one more", 6);
    let second = backup(home.at("books"), home.at("copy")).unwrap();
    assert_eq!((second.bytes_copied, second.is_incremental), (end() - before, true));
    assert!(second.seq > first.seq && second.root != first.root);
    let third = backup(home.at("books"), home.at("copy")).unwrap();
    assert_eq!((third.bytes_copied, third.seq, &third.root), (0, second.seq, &second.root));
    // Over the ends of segments it goes on as well.
    for number in 0..200 {
        book.donate(&ledger, &format!("many-{number}"), number);
    }
    ledger.close().unwrap();
    let fourth = backup(home.at("books"), home.at("copy")).unwrap();
    let segments = || files(&home.at("books")).into_iter().filter(|file| file.starts_with("journal"));
    let bytes: u64 = segments().map(|file| fs::metadata(home.at("books").join(file)).unwrap().len()).sum();
    let copied = [first, second, third, fourth].map(|report| report.bytes_copied);
    assert_eq!(copied.iter().sum::<u64>(), bytes);
    for file in segments() {
        assert!(
            fs::read(home.at("books").join(&file)).unwrap() == fs::read(home.at("copy").join(&file)).unwrap()
        );
    }
    let held: Vec<PathBuf> = files(&home.at("copy"));
    assert!(!held.iter().any(|file| file.starts_with("keys") || file.starts_with("state")), "{held:?}");
}

/// Nothing of the source changes, and a backup needs no right to write to it.
#[test]
fn the_source_is_only_read() {
    let (home, ..) = Home::backed_up(10);
    let before = hashes(&home.at("books"));
    home.back_up();
    home.restore().unwrap();
    drill(home.at("copy"), home.at("keys"), home.at("elsewhere")).unwrap();
    assert_eq!(hashes(&home.at("books")), before);
}

#[test]
fn a_drill_says_the_same_as_a_restore_and_leaves_nothing() {
    let (home, ..) = Home::backed_up(10);
    let drilled = drill(home.at("copy"), home.at("keys"), home.at("restored")).unwrap();
    let names = |home: &Home| {
        let mut names: Vec<_> =
            fs::read_dir(home.0.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&home), ["books", "copy", "keys"]);
    assert_eq!(home.restore().unwrap(), drilled);
    assert!(drilled.rows_compared > 10);
    assert_eq!(names(&home), ["books", "copy", "keys", "restored"]);
}

/// Every kind of damage keeps a backup from being restored, or does not change what it answers; never another answer,
/// and after a refusal nothing is there.
#[test]
fn a_damaged_backup_is_refused_and_leaves_nothing() {
    let (home, book, dump) = Home::backed_up(4);
    fs::create_dir(home.at("restored")).unwrap();
    let mut refused = 0;
    let sound = tempfile::tempdir().unwrap();
    copy(&home.at("copy"), sound.path());
    let sound_keys = fs::read(home.at("keys")).unwrap();
    let mut check = |when: &str| {
        match home.restore() {
            Ok(_) => {
                assert_eq!(dump_of(&home.at("restored"), &book.keys), dump, "{when}");
                fs::remove_dir_all(home.at("restored")).unwrap();
            }
            Err(error) => {
                refused += 1;
                assert_eq!(error.kind(), ledger_core::ErrorKind::Corrupt, "{when}: {error}");
                assert!(!home.at("restored").exists() || files(&home.at("restored")).is_empty(), "{when}");
            }
        }
        fs::remove_dir_all(home.at("copy")).unwrap();
        copy(sound.path(), &home.at("copy"));
        fs::write(home.at("keys"), &sound_keys).unwrap();
    };
    for file in ["journal/0000000001.log", "HEAD", "FORMAT"] {
        let length = fs::read(home.at("copy").join(file)).unwrap().len();
        for at in (0..length).step_by(length / 12) {
            edit(&home.at("copy").join(file), |bytes| bytes[at] ^= 1 << (at % 8));
            check(&format!("{file}, byte {at}"));
        }
        for bytes in [0, length / 2, length - 1] {
            edit(&home.at("copy").join(file), |held| held.truncate(bytes));
            check(&format!("{file} cut to {bytes} bytes"));
        }
    }
    for at in [3, 20, 40, 64 + 2, 64 + 30, 64 + 41, 64 + 44 + 20] {
        edit(&home.at("keys"), |bytes| bytes[at] ^= 4);
        check(&format!("keys, byte {at}"));
    }
    fs::remove_file(home.at("copy").join("journal/0000000001.log")).unwrap();
    check("the segment is gone");
    fs::remove_file(home.at("keys")).unwrap();
    let error = home.restore().unwrap_err();
    assert!(
        error.code() == ErrorCode::NotCommitted && error.to_string().contains("there is no file"),
        "{error}"
    );
    assert!(!home.at("restored").exists() && !home.at(".restored.restoring").exists());
    assert!(refused >= 40, "{refused}");
}

/// The power went while a slot of the copy's `HEAD` was written: nothing is lost, and that it is not certain is told.
#[test]
fn a_backup_with_one_slot_is_restored_and_that_is_told() {
    let (home, book, dump) = Home::backed_up(30);
    assert!(drill(home.at("copy"), home.at("keys"), home.at("restored")).unwrap().is_end_certain);
    for slot in [0, 64] {
        let sound = fs::read(home.at("copy").join("HEAD")).unwrap();
        edit(&home.at("copy").join("HEAD"), |bytes| bytes[slot + 20] ^= 1);
        let report = home.restore().unwrap();
        assert!(!report.is_end_certain, "slot at {slot}");
        assert_eq!(dump_of(&home.at("restored"), &book.keys), dump, "slot at {slot}");
        fs::remove_dir_all(home.at("restored")).unwrap();
        fs::write(home.at("copy").join("HEAD"), sound).unwrap();
    }
}

/// A `HEAD` of an earlier run, whole as it is, and a run that was stopped look the same: what it tells of is restored, and
/// that more follows is told.
#[test]
fn a_backup_under_an_older_head_is_not_certain() {
    let home = Home::new();
    let ledger = home.open();
    let mut book = book::write(&ledger, 5);
    let first = home.back_up();
    book.donate(&ledger, "more-1", 1);
    home.back_up();
    let older = fs::read(home.at("copy").join("HEAD")).unwrap();
    book.donate(&ledger, "more-2", 2);
    let last = home.back_up();
    ledger.close().unwrap();
    fs::write(home.at("copy").join("HEAD"), older).unwrap();
    let report = home.restore().unwrap();
    assert!(first < report.seq && report.seq < last, "{}", report.seq);
    assert!(!report.is_end_certain);
}

#[test]
fn a_backup_that_lacks_a_segment_is_refused() {
    let (home, ..) = Home::backed_up(300);
    let missing = home.at("copy").join("journal/0000000002.log");
    assert!(missing.exists() && home.at("copy").join("journal/0000000003.log").exists());
    fs::remove_file(missing).unwrap();
    let error = home.restore().unwrap_err();
    assert!(matches!(error.code(), ErrorCode::JournalDamaged | ErrorCode::JournalCut), "{error}");
    assert!(!home.at("restored").exists());
}

#[test]
fn the_keys_of_another_ledger_are_refused_and_never_replaced() {
    let (home, ..) = Home::backed_up(3);
    let (other, ..) = Home::backed_up(3);
    let error = restore(home.at("copy"), other.at("keys"), home.at("restored")).unwrap_err();
    assert_eq!(error.code(), ErrorCode::KeyringDamaged);
    assert!(error.to_string().contains("another ledger"), "{error}");
    assert!(!home.at("restored").exists());
    let before = fs::read(other.at("keys")).unwrap();
    let error = backup_keys(home.at("books"), other.at("keys")).unwrap_err();
    assert_eq!(error.code(), ErrorCode::KeyringDamaged);
    fs::write(home.at("letter"), "dear donor").unwrap();
    let error = backup_keys(home.at("books"), home.at("letter")).unwrap_err();
    assert!(error.to_string().contains("is no keyring"), "{error}");
    assert_eq!(fs::read(other.at("keys")).unwrap(), before);
    assert_eq!(fs::read_to_string(home.at("letter")).unwrap(), "dear donor");
}

/// Keys from before an erasure bring nobody back.
#[test]
fn older_keys_do_not_undo_an_erasure() {
    let home = Home::new();
    let ledger = home.open();
    let book = book::write(&ledger, 6);
    home.back_up();
    let erased = book.donors[0];
    let command = EraseDonor { key: None, donor: erased, reason: ErasureReason::Requested };
    ledger.erase_donor(command).unwrap();
    let after = dump::dump(&ledger, &book.keys);
    ledger.close().unwrap();
    backup(home.at("books"), home.at("copy")).unwrap();
    let report = home.restore().unwrap();
    assert_eq!(report.keys_destroyed_again, 1);
    assert_eq!(dump_of(&home.at("restored"), &book.keys), after);
    let held = fs::read(home.at("keys")).unwrap();
    let slot = &held[64..64 + 44];
    for file in files(&home.at("restored")) {
        let bytes = fs::read(home.at("restored").join(&file)).unwrap();
        assert!(!bytes.windows(32).any(|window| window == &slot[4..36]), "{} has the key", file.display());
    }
    // The keys copied after the erasure do not have it either.
    assert_eq!(backup_keys(home.at("books"), home.at("keys")).unwrap().destroyed, 1);
    assert_ne!(fs::read(home.at("keys")).unwrap()[64..64 + 44], *slot);
    fs::remove_dir_all(home.at("restored")).unwrap();
    assert_eq!(home.restore().unwrap().keys_destroyed_again, 0);
    assert_eq!(dump_of(&home.at("restored"), &book.keys), after);
}

/// A damaged slot that nobody uses is no reason to have no backup; one of a donor is.
#[test]
fn damaged_keys_are_not_copied_over_good_ones() {
    let (home, book, dump) = Home::backed_up(3);
    let good = fs::read(home.at("keys")).unwrap();
    let of_donor = 64 + 44 + 10;
    edit(&home.at("books/keys"), |bytes| bytes[of_donor] ^= 1);
    let error = backup_keys(home.at("books"), home.at("keys")).unwrap_err();
    assert_eq!(error.code(), ErrorCode::KeyringDamaged);
    assert_eq!(fs::read(home.at("keys")).unwrap(), good);
    edit(&home.at("books/keys"), |bytes| {
        bytes[of_donor] ^= 1;
        bytes[64 + 44 * 200 + 10] ^= 1;
    });
    backup_keys(home.at("books"), home.at("keys")).unwrap();
    home.restore().unwrap();
    assert_eq!(dump_of(&home.at("restored"), &book.keys), dump);
}

/// A folder that was restored from an older backup, and written on, has another history.
#[test]
fn a_copy_of_what_never_was_is_told() {
    let (home, ..) = Home::backed_up(5);
    home.restore().unwrap();
    let restored = Ledger::open(home.at("restored"), options()).unwrap();
    book::donor(&restored, "grace");
    book::donor(&restored, "linus");
    let ledger = home.open();
    let grace = book::donor(&ledger, "grace");
    let seq = home.back_up();
    ledger.close().unwrap();
    let copied = hashes(&home.at("copy"));
    let error = backup(home.at("restored"), home.at("copy")).unwrap_err();
    assert_eq!(error.code(), ErrorCode::Diverged);
    let part = format!("they part at record {seq}");
    assert!(error.to_string().contains(&part), "{error}");
    assert_eq!(hashes(&home.at("copy")), copied, "after {grace} nothing was touched");
    restored.close().unwrap();
}

/// What a killed writer left after `HEAD` was never acknowledged, and does not travel.
#[test]
fn only_what_was_acknowledged_travels() {
    let home = Home::new();
    let ledger = home.open();
    let book = book::write(&ledger, 5);
    let dump = dump::dump(&ledger, &book.keys);
    drop(ledger);
    trim(&home.at("books"), "journal/0000000001.log");
    edit(&home.at("books/journal/0000000001.log"), |bytes| bytes.extend([0xEE; 500]));
    home.back_up();
    home.restore().unwrap();
    assert_eq!(dump_of(&home.at("restored"), &book.keys), dump);
    assert!(!files(&home.at("restored")).iter().any(|file| file.to_string_lossy().contains("torn")));
}

#[test]
fn places_that_cannot_be_are_refused_with_their_code() {
    let (home, ..) = Home::backed_up(2);
    let code = |result: Result<ledger_core::BackupReport, LedgerError>| result.unwrap_err().code();
    assert_eq!(code(backup(home.at("nowhere"), home.at("copy"))), ErrorCode::NoLedger);
    assert_eq!(code(backup(home.at("books"), home.at("books"))), ErrorCode::NotCommitted);
    let (other, ..) = Home::backed_up(2);
    assert_eq!(code(backup(home.at("books"), other.at("copy"))), ErrorCode::Diverged);
    fs::create_dir(home.at("full")).unwrap();
    fs::write(home.at("full/letter"), "dear donor").unwrap();
    assert_eq!(code(backup(home.at("full/letter"), home.at("copy"))), ErrorCode::NoLedger);
    assert_eq!(code(backup(home.at("books"), home.at("full/letter"))), ErrorCode::NotAFolder);
    let error = restore(home.at("copy"), home.at("keys"), home.at("full/letter")).unwrap_err();
    assert_eq!(error.code(), ErrorCode::NotAFolder);
    let error = restore(home.at("copy"), home.at("keys"), home.at("full")).unwrap_err();
    assert_eq!(error.code(), ErrorCode::NotCommitted);
    assert_eq!(fs::read_dir(home.at("full")).unwrap().count(), 1);
    // Whoever works on the copy holds it.
    restore(home.at("copy"), home.at("keys"), home.at("held")).unwrap();
    let held = Ledger::open(home.at("held"), options()).unwrap();
    assert_eq!(code(backup(home.at("books"), home.at("held"))), ErrorCode::AlreadyOpen);
    held.close().unwrap();
    assert_eq!(backup(home.at("books"), home.at("held")).unwrap().bytes_copied, 0);
}
