//! A copy that follows a ledger: under load, with readers on it; what becomes of it when its source is gone, and what
//! when there are two.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use ledger_core::{
    Durability, EraseDonor, ErasureReason, ErrorCode, Event, Follower, Ledger, LedgerError, Options, backup,
    backup_keys, repair, restore,
};
use ledger_tests::folder::{copy, files, hashes};
use ledger_tests::{book, dump};

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

    fn open(&self, name: &str) -> Ledger {
        Ledger::open(self.at(name), options()).unwrap()
    }

    fn follow(&self, from: &str, to: &str) -> Result<Follower, LedgerError> {
        Follower::open(self.at(from), self.at(to))
    }
}

fn erase(ledger: &Ledger, donor: ledger_core::DonorId) {
    ledger.erase_donor(EraseDonor { key: None, donor, reason: ErasureReason::Requested }).unwrap();
}

/// Writers, a follower and a reader of its copy at once, an erasure among the writes; at the end the copy is the ledger,
/// and it was a moment of it whenever it was read.
#[test]
fn a_copy_follows_under_load_while_it_is_read() {
    const WRITERS: u32 = 4;
    const GIFTS: u32 = 120;
    let home = Home::new();
    let ledger = home.open("books");
    let book = book::write(&ledger, 5);
    let mut follower = home.follow("books", "copy").unwrap();
    follower.step().unwrap();
    let running = AtomicU32::new(WRITERS);
    let write = |writer: u32| {
        let mut last = None;
        for number in 0..GIFTS {
            let key = format!("{writer}-{number}");
            let mut gift = book::gift(&key, book.donors[0], book.causes[1], i64::from(number) + 1);
            gift.memo = Some(format!("words of {key}"));
            ledger.donate(gift).unwrap();
            if number % 30 == 7 {
                last = Some(book::donor(&ledger, &format!("donor-{key}")));
            }
            if number % 60 == 40 {
                erase(&ledger, last.unwrap());
            }
        }
        running.fetch_sub(1, Ordering::SeqCst);
    };
    #[allow(clippy::disallowed_methods, reason = "following beside writers and a reader is what is tested")]
    let (steps, reads) = std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            scope.spawn(move || write(writer));
        }
        let reading = scope.spawn(|| {
            let reader = Ledger::open_read_only(home.at("copy"), options()).unwrap();
            let mut reads = 0;
            while running.load(Ordering::SeqCst) > 0 {
                let seq = reader.refresh().unwrap();
                let sums = reader.trial_balance().unwrap().sums;
                assert!(sums.iter().all(|sum| sum.debits_minor == sum.credits_minor), "at {seq}");
                reads += 1;
            }
            reads
        });
        let mut steps = Vec::new();
        while running.load(Ordering::SeqCst) > 0 {
            steps.push(follower.step().unwrap().seq);
        }
        (steps, reading.join().unwrap())
    });
    assert!(steps.is_sorted() && steps.len() > 3 && reads > 0, "{} steps, {reads} reads", steps.len());
    let last = follower.step().unwrap();
    assert!(last.is_level());
    assert_eq!(last.seq, ledger.stats().unwrap().seq);
    let reader = Ledger::open_read_only(home.at("copy"), options()).unwrap();
    dump::assert_clean(&reader, "the copy");
    assert_eq!(dump::dump(&reader, &book.keys), dump::dump(&ledger, &book.keys));
    ledger.close().unwrap();
}

/// After promotion there are two histories of one ledger, and nobody takes one for the other.
#[test]
fn a_promoted_copy_begins_an_epoch_and_the_old_writer_is_followed_no_more() {
    let home = Home::new();
    let ledger = home.open("books");
    let book = book::write(&ledger, 5);
    let mut follower = home.follow("books", "copy").unwrap();
    let level = follower.step().unwrap();
    assert_eq!(Follower::promote(home.at("copy"), options()).unwrap_err().code(), ErrorCode::AlreadyOpen);
    drop(follower);
    // While it follows nobody else writes to it; read it may be.
    let refused = Ledger::open(home.at("copy"), options()).map(|_| ()).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::Standby);
    assert_eq!(repair(home.at("copy")).unwrap_err().code(), ErrorCode::Standby);
    let reader = Ledger::open_read_only(home.at("copy"), options()).unwrap();
    assert_eq!(reader.stats().unwrap().seq, level.seq);
    let promoted = Follower::promote(home.at("copy"), options()).unwrap();
    let begun = promoted.changes(level.seq, 10).unwrap();
    assert_eq!(begun.len(), 1);
    assert_eq!(begun[0].events, [Event::EpochBegun { epoch: 2 }]);
    assert_eq!((promoted.epoch().unwrap(), ledger.epoch().unwrap()), (2, 1));
    // The promoted one is a ledger as any: it knows everybody, and takes gifts.
    let gift = book::gift("after", book.donors[0], book.causes[0], 77);
    promoted.donate(gift).unwrap();
    book::donor(&promoted, "grace");
    dump::assert_clean(&promoted, "promoted");
    // There is one promotion: another one of either would give two histories one epoch.
    promoted.close().unwrap();
    for folder in ["books", "copy"] {
        let refused = Follower::promote(home.at(folder), options()).map(|_| ()).unwrap_err();
        let wanted = if folder == "books" { ErrorCode::AlreadyOpen } else { ErrorCode::NotStandby };
        assert_eq!(refused.code(), wanted);
    }
    let promoted = home.open("copy");
    // Somebody follows the promoted one, and has seen its epoch.
    let mut second = home.follow("copy", "second").unwrap();
    assert!(second.step().unwrap().is_level());
    assert_eq!(second.epoch(), 2);
    drop(second);
    // The old one is written on: no more, as many, and more records than the new one has.
    for (number, name) in ["linus", "edsger", "barbara", "donald"].into_iter().enumerate() {
        let told = home.follow("books", "second").map(|_| ()).unwrap_err();
        assert_eq!(told.code(), ErrorCode::Diverged, "after {number}");
        assert!(told.to_string().contains("the source is in epoch 1, the copy in epoch 2"), "{told}");
        assert_eq!(backup(home.at("books"), home.at("second")).unwrap_err().code(), ErrorCode::Diverged);
        book::donor(&ledger, name);
    }
    let told = home.follow("copy", "books-copy").and_then(|mut follower| follower.step()).unwrap();
    assert_eq!(told.seq, promoted.stats().unwrap().seq);
    // And whoever followed the old one further than the promotion cannot follow the new one.
    let mut third = home.follow("books", "third").unwrap();
    third.step().unwrap();
    drop(third);
    let told = home.follow("copy", "third").map(|_| ()).unwrap_err();
    assert_eq!(told.code(), ErrorCode::Diverged);
    assert!(told.to_string().contains(&format!("they part at record {}", level.seq + 1)), "{told}");
    promoted.close().unwrap();
    ledger.close().unwrap();
    // A second promotion begins the third epoch.
    let again = Follower::promote(home.at("second"), options()).unwrap();
    assert_eq!(again.epoch().unwrap(), 3);
    again.close().unwrap();
}

/// The source is replaced under a follower that runs: by an older copy that is written on, or by another ledger.
#[test]
fn a_source_that_is_replaced_under_a_follower_is_told() {
    let home = Home::new();
    let ledger = home.open("books");
    book::write(&ledger, 3);
    backup(home.at("books"), home.at("old")).unwrap();
    backup_keys(home.at("books"), home.at("keys")).unwrap();
    book::donor(&ledger, "grace");
    let mut follower = home.follow("books", "copy").unwrap();
    follower.step().unwrap();
    ledger.close().unwrap();
    let before = hashes(&home.at("copy"));
    fs::rename(home.at("books"), home.at("lost")).unwrap();
    restore(home.at("old"), home.at("keys"), home.at("books")).unwrap();
    let error = follower.step().unwrap_err();
    assert_eq!(error.code(), ErrorCode::Diverged, "{error}");
    let restored = home.open("books");
    for name in ["linus", "edsger", "barbara"] {
        book::donor(&restored, name);
    }
    restored.close().unwrap();
    let error = home.follow("books", "copy").map(|_| ());
    assert_eq!(error.as_ref().map_err(LedgerError::code), Err(ErrorCode::AlreadyOpen), "one at a time");
    drop(follower);
    let error = home.follow("books", "copy").map(|_| ()).unwrap_err();
    assert_eq!(error.code(), ErrorCode::Diverged, "{error}");
    fs::remove_dir_all(home.at("books")).unwrap();
    home.open("books").close().unwrap();
    assert_eq!(home.follow("books", "copy").map(|_| ()).unwrap_err().code(), ErrorCode::Diverged);
    assert_eq!(hashes(&home.at("copy")), before);
}

/// `HEAD` is not synced with each gift: after a power cut it may be an older one, beside a journal that has everything.
#[test]
fn a_head_that_fell_back_with_the_power_is_no_other_history() {
    let home = Home::new();
    let ledger = home.open("books");
    let book = book::write(&ledger, 3);
    let older = fs::read(home.at("books").join("HEAD")).unwrap();
    for number in 0..4 {
        ledger.donate(book::gift(&format!("more-{number}"), book.donors[0], book.causes[0], 5)).unwrap();
    }
    let mut follower = home.follow("books", "copy").unwrap();
    let level = follower.step().unwrap();
    drop(ledger);
    fs::write(home.at("books").join("HEAD"), older).unwrap();
    let step = follower.step().unwrap();
    assert_eq!((step.seq, step.records), (level.seq, 0));
    drop(follower);
    let mut follower = home.follow("books", "copy").unwrap();
    assert_eq!(follower.step().unwrap().seq, level.seq);
    assert_eq!(
        backup(home.at("books"), home.at("other")).unwrap().seq,
        level.seq - 4,
        "no further than HEAD"
    );
    // The next opening finds the end again.
    let ledger = home.open("books");
    book::donor(&ledger, "grace");
    let step = follower.step().unwrap();
    assert_eq!((step.seq, step.records, step.is_level()), (level.seq + 1, 1, true));
    ledger.close().unwrap();
}

/// What was acknowledged without being durable may vanish from the source: it waits until it is durable.
#[test]
fn what_is_not_durable_in_the_source_is_not_followed() {
    let home = Home::new();
    let ledger = home.open("books");
    let book = book::write(&ledger, 3);
    ledger.close().unwrap();
    let ledger = Ledger::open(home.at("books"), options().durability(Durability::Os)).unwrap();
    let mut follower = home.follow("books", "copy").unwrap();
    let begun = follower.step().unwrap();
    assert!(begun.is_level());
    for number in 0..5 {
        ledger.donate(book::gift(&format!("os-{number}"), book.donors[0], book.causes[0], 5)).unwrap();
    }
    let behind = follower.step().unwrap();
    assert_eq!((behind.seq, behind.source_seq, behind.is_level()), (begun.seq, begun.seq + 5, false));
    ledger.close().unwrap();
    let level = follower.step().unwrap();
    assert_eq!((level.seq, level.records, level.is_level()), (begun.seq + 5, 5, true));
}

/// A copy that was begun as a backup gets its keys when it is followed; one whose donors were erased meanwhile too.
#[test]
fn a_backup_becomes_a_copy_that_follows() {
    let home = Home::new();
    let ledger = home.open("books");
    let book = book::write(&ledger, 4);
    backup(home.at("books"), home.at("copy")).unwrap();
    erase(&ledger, book.donors[1]);
    let mut follower = home.follow("books", "copy").unwrap();
    follower.step().unwrap();
    // And a backup in between brings records whose keys are not there yet.
    drop(follower);
    book::donor(&ledger, "grace");
    book::donor(&ledger, "linus");
    backup(home.at("books"), home.at("copy")).unwrap();
    let mut follower = home.follow("books", "copy").unwrap();
    assert_eq!(follower.step().unwrap().records, 0);
    let reader = Ledger::open_read_only(home.at("copy"), options()).unwrap();
    assert_eq!(dump::dump(&reader, &book.keys), dump::dump(&ledger, &book.keys));
    assert!(reader.donor(book.donors[1]).unwrap().unwrap().profile.name.is_none());
    ledger.close().unwrap();
}

/// An erasure is in the copy one step later, down to the last byte of the key.
#[test]
fn an_erasure_follows() {
    let home = Home::new();
    let ledger = home.open("books");
    let book = book::write(&ledger, 6);
    let mut follower = home.follow("books", "copy").unwrap();
    follower.step().unwrap();
    let keys = fs::read(home.at("copy").join("keys")).unwrap();
    let of_first = &keys[64 + 4..64 + 36];
    erase(&ledger, book.donors[0]);
    let step = follower.step().unwrap();
    assert_eq!((step.records, step.keys_destroyed), (1, 1));
    for file in files(&home.at("copy")) {
        let bytes = fs::read(home.at("copy").join(&file)).unwrap();
        assert!(!bytes.windows(32).any(|window| window == of_first), "{} has the key", file.display());
    }
    let reader = Ledger::open_read_only(home.at("copy"), options()).unwrap();
    assert_eq!(dump::dump(&reader, &book.keys), dump::dump(&ledger, &book.keys));
    // Keys of before, put back over the copy's, are destroyed again when the copy is opened to follow.
    drop(follower);
    fs::write(home.at("copy").join("keys"), &keys).unwrap();
    drop(home.follow("books", "copy").unwrap());
    let held = fs::read(home.at("copy").join("keys")).unwrap();
    assert!(!held.windows(32).any(|window| window == of_first));
    ledger.close().unwrap();
}

#[test]
fn a_copy_with_the_keys_of_another_ledger_is_refused() {
    let home = Home::new();
    let ledger = home.open("books");
    book::write(&ledger, 2);
    home.follow("books", "copy").unwrap().step().unwrap();
    let other = home.open("other");
    book::write(&other, 2);
    copy(&home.at("copy"), &home.at("mixed"));
    fs::copy(home.at("other").join("keys"), home.at("mixed").join("keys")).unwrap();
    let error = home.follow("books", "mixed").map(|_| ()).unwrap_err();
    assert_eq!(error.code(), ErrorCode::KeyringDamaged);
    other.close().unwrap();
    ledger.close().unwrap();
}
