//! The journal torn, cut and damaged: what was never acknowledged is cut off and kept aside, what was
//! acknowledged is never given up silently, and no bit that flips gives another answer.

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

use ledger_core::{
    CauseId, DonorId, Durability, EraseDonor, ErasureReason, ErrorCode, KeyStatus, Ledger, LedgerError,
    Options,
};
use ledger_tests::book;
use ledger_tests::folder::{copy, edit, journal_end, trim};

const SEGMENT: &str = "journal/0000000001.log";

fn options() -> Options {
    Options::new().cache_bytes(1 << 20)
}

fn open(folder: &Path) -> Result<Ledger, LedgerError> {
    Ledger::open(folder, options())
}

/// A ledger of which a copy was taken before its last group was written.
struct Moments {
    home: tempfile::TempDir,
    /// Where the journal ended then, and ends now.
    before: usize,
    after: usize,
    /// The last record then.
    seq: u64,
}

impl Moments {
    /// The last group is a gift with the key `last`.
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let ledger = open(home.path()).unwrap();
        let cause = book::cause(&ledger, "water");
        let donor = book::donor(&ledger, "ada");
        for key in ["first", "second"] {
            ledger.donate(book::gift(key, donor, cause, 100)).unwrap();
        }
        let (before, seq) = (journal_end(home.path()), ledger.stats().unwrap().seq);
        fs::copy(home.path().join("HEAD"), home.path().join("HEAD.before")).unwrap();
        ledger.donate(book::gift("last", donor, cause, 100)).unwrap();
        let after = journal_end(home.path());
        // Dropped, not closed: no seal tells how far the journal went.
        drop(ledger);
        trim(home.path(), SEGMENT);
        Self { home, before, after, seq }
    }

    /// A copy with the HEAD of before the last group: the process was killed while it wrote the group.
    fn while_writing(&self) -> tempfile::TempDir {
        let copied = self.now();
        fs::rename(copied.path().join("HEAD.before"), copied.path().join("HEAD")).unwrap();
        copied
    }

    fn now(&self) -> tempfile::TempDir {
        let copied = tempfile::tempdir().unwrap();
        copy(self.home.path(), copied.path());
        copied
    }
}

fn is_committed(ledger: &Ledger, key: &str) -> bool {
    matches!(ledger.status(key).unwrap(), KeyStatus::Committed { .. })
}

fn cut(folder: &Path, length: usize) {
    edit(&folder.join(SEGMENT), |bytes| bytes.truncate(length));
}

/// The last group was cut short, zeroed or overwritten with noise from some byte on.
#[test]
fn a_torn_group_beyond_head_is_cut_off_and_kept() {
    let moments = Moments::new();
    let tears: [fn(&mut Vec<u8>, usize); 3] = [
        Vec::truncate,
        |bytes, from| bytes[from..].fill(0),
        |bytes, from| bytes[from..].iter_mut().for_each(|byte| *byte ^= 0x5A),
    ];
    for (way, tear) in tears.into_iter().enumerate() {
        // Every byte is tried in one of the three ways, each way at every third byte.
        for from in (moments.before + way..moments.after).step_by(3) {
            let copied = moments.while_writing();
            edit(&copied.path().join(SEGMENT), |bytes| tear(bytes, from));
            let torn = fs::read(copied.path().join(SEGMENT)).unwrap();
            let ledger = open(copied.path()).unwrap_or_else(|error| panic!("torn at {from}: {error}"));
            assert_eq!(ledger.stats().unwrap().seq, moments.seq, "torn at {from}");
            assert!(is_committed(&ledger, "second") && !is_committed(&ledger, "last"));
            let left = &torn[moments.before..];
            let used = left.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
            match ledger.opening_report().cut.clone() {
                Some(cut) => {
                    assert_eq!(cut.seq, moments.seq + 1);
                    assert_eq!(cut.saved_as, format!("journal/torn-{}", cut.seq));
                    assert_eq!(
                        fs::read(copied.path().join(&cut.saved_as)).unwrap(),
                        left[..used],
                        "torn at {from}"
                    );
                    let length = fs::metadata(copied.path().join(SEGMENT)).unwrap().len();
                    assert_eq!(usize::try_from(length).unwrap(), moments.before);
                }
                None => assert!(left.iter().all(|byte| *byte == 0), "torn at {from}: cut in silence"),
            }
            if from % 20 == 0 {
                goes_on(&ledger, copied.path(), moments.seq);
            }
        }
    }
}

/// The key of the torn group can be used as if nothing had been.
fn goes_on(ledger: &Ledger, folder: &Path, seq: u64) {
    let donor = ledger.donors(None, 1).unwrap()[0].id;
    let cause = ledger.causes(None, 1).unwrap()[0].id;
    assert_eq!(ledger.donate(book::gift("last", donor, cause, 100)).unwrap().seq, seq + 1);
    ledger.close().unwrap();
    let reopened = open(folder).unwrap();
    assert!(is_committed(&reopened, "last"));
    assert_eq!(reopened.opening_report().cut, None);
    assert_eq!(reopened.audit().unwrap().difference, None);
}

/// Whole, but HEAD does not know of it yet: it may have been acknowledged, so it stays.
#[test]
fn a_whole_group_beyond_head_stays() {
    let moments = Moments::new();
    let copied = moments.while_writing();
    let ledger = open(copied.path()).unwrap();
    assert!(is_committed(&ledger, "last"));
    assert_eq!(ledger.opening_report().cut, None);
}

/// A second tear at the same place replaces what was kept of the first.
#[test]
fn what_is_kept_of_a_tear_is_that_tear() {
    let moments = Moments::new();
    let copied = moments.while_writing();
    for kept in [100, 20] {
        copy_segment(&moments, copied.path());
        cut(copied.path(), moments.before + kept);
        fs::copy(moments.home.path().join("HEAD.before"), copied.path().join("HEAD")).unwrap();
        let ledger = open(copied.path()).unwrap();
        let saved_as = ledger.opening_report().cut.clone().unwrap().saved_as;
        let torn = fs::read(moments.home.path().join(SEGMENT)).unwrap();
        let torn = &torn[moments.before..moments.before + kept];
        let used = torn.iter().rposition(|byte| *byte != 0).unwrap() + 1;
        assert_eq!(fs::read(copied.path().join(saved_as)).unwrap(), torn[..used]);
    }
}

fn copy_segment(moments: &Moments, to: &Path) {
    fs::copy(moments.home.path().join(SEGMENT), to.join(SEGMENT)).unwrap();
}

/// Every cut below what was acknowledged is refused, with its code, and nothing on disk is changed by it.
#[test]
fn a_cut_below_head_is_refused() {
    let moments = Moments::new();
    for length in 0..moments.after {
        let copied = moments.now();
        cut(copied.path(), length);
        let refused = open(copied.path()).map(|_| ()).unwrap_err();
        let codes = [ErrorCode::JournalCut, ErrorCode::JournalDamaged];
        assert!(codes.contains(&refused.code()), "cut at {length}: {refused}");
        let kept = fs::metadata(copied.path().join(SEGMENT)).unwrap().len();
        assert_eq!(usize::try_from(kept).unwrap(), length, "cut at {length}: left as it was");
        assert!(!copied.path().join(format!("journal/torn-{}", moments.seq)).exists());
    }
    let copied = moments.now();
    fs::remove_file(copied.path().join(SEGMENT)).unwrap();
    assert_eq!(open(copied.path()).map(|_| ()).unwrap_err().code(), ErrorCode::JournalDamaged);
}

/// The state went further than the journal does: acknowledged records are gone.
#[test]
fn a_journal_that_ends_before_the_state_is_refused() {
    let moments = Moments::new();
    let copied = moments.now();
    open(copied.path()).unwrap().close().unwrap();
    fs::remove_file(copied.path().join("HEAD")).unwrap();
    cut(copied.path(), moments.before);
    let refused = open(copied.path()).map(|_| ()).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::JournalCut, "{refused}");
}

/// A ledger in which `first` was given under a promise, and where each of some more gifts begins.
struct Promised {
    home: tempfile::TempDir,
    cause: CauseId,
    donor: DonorId,
}

impl Promised {
    fn new(durability: Durability) -> Self {
        let home = tempfile::tempdir().unwrap();
        let ledger = Self::open(home.path(), durability).unwrap();
        let cause = book::cause(&ledger, "water");
        let donor = book::donor(&ledger, "ada");
        ledger.donate(book::gift("first", donor, cause, 100)).unwrap();
        Self { home, cause, donor }
    }

    fn open(folder: &Path, durability: Durability) -> Result<Ledger, LedgerError> {
        Ledger::open(folder, options().durability(durability))
    }

    /// Gives under a promise, leaves the ledger as a killed process does, and says where each gift begins.
    fn give(&self, durability: Durability, keys: &[&str]) -> Vec<usize> {
        let ledger = Self::open(self.home.path(), durability).unwrap();
        let give = |key: &&str| {
            let start = journal_end(self.home.path());
            ledger.donate(book::gift(key, self.donor, self.cause, 100)).unwrap();
            start
        };
        keys.iter().map(give).collect()
    }

    /// What a power cut leaves that lost some bytes of the journal.
    fn lose(&self, from: usize, to: usize) {
        edit(&self.home.path().join(SEGMENT), |bytes| bytes[from..to].fill(0));
        fs::remove_dir_all(self.home.path().join("state")).unwrap();
    }
}

/// Nobody waited for the disk, so it may have a group and not the one before it. What was promised stays.
#[test]
fn groups_that_nobody_waited_for_are_cut_together() {
    let promised = Promised::new(Durability::Os);
    let starts = promised.give(Durability::Os, &["one", "two", "three", "four"]);
    promised.lose(starts[2], starts[3]);
    let ledger = open(promised.home.path()).unwrap();
    let there: Vec<bool> =
        ["first", "one", "two", "three", "four"].iter().map(|key| is_committed(&ledger, key)).collect();
    assert_eq!(there, [true, true, true, false, false]);
    let cut = ledger.opening_report().cut.clone().unwrap();
    assert_eq!(cut.seq, ledger.stats().unwrap().seq + 1);
    goes_on(&ledger, promised.home.path(), cut.seq - 1);
}

/// Where somebody waited for each group, a whole one after one that is not is damage, also after a time in which
/// nobody did.
#[test]
fn groups_that_somebody_waited_for_are_never_cut() {
    let promised = Promised::new(Durability::Os);
    promised.give(Durability::Os, &["one", "two"]);
    let starts = promised.give(Durability::Sync, &["three", "four", "five"]);
    promised.lose(starts[1], starts[2]);
    let refused = open(promised.home.path()).map(|_| ()).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::JournalDamaged, "{refused}");
}

/// `HEAD` may reach the disk before the group that it tells of. When the group is gone, that slot must go too: it would
/// contradict the group that takes its place.
#[test]
fn a_head_of_lost_groups_does_not_outlive_them() {
    let promised = Promised::new(Durability::Os);
    let starts = promised.give(Durability::Os, &["one", "two"]);
    promised.lose(starts[1], journal_end(promised.home.path()));
    let head = promised.home.path().join("HEAD");
    let ledger = open(promised.home.path()).unwrap();
    let on_the_disk = fs::read(&head).unwrap();
    ledger.donate(book::gift("instead", promised.donor, promised.cause, 200)).unwrap();
    drop(ledger);
    // Of the gift only the journal was synced.
    fs::write(&head, on_the_disk).unwrap();
    let ledger = open(promised.home.path()).unwrap();
    assert!(is_committed(&ledger, "instead") && !is_committed(&ledger, "two"));
    assert_eq!(ledger.audit().unwrap().difference, None);
}

/// An erasure destroys a key for good, so its record is promised whatever else is: a journal without it was cut.
#[test]
fn an_erasure_is_waited_for_whatever_was_promised() {
    let promised = Promised::new(Durability::Os);
    let ledger = Promised::open(promised.home.path(), Durability::Os).unwrap();
    ledger.donate(book::gift("one", promised.donor, promised.cause, 100)).unwrap();
    let start = journal_end(promised.home.path());
    let erase = EraseDonor { key: None, donor: promised.donor, reason: ErasureReason::Requested };
    ledger.erase_donor(erase).unwrap();
    drop(ledger);
    promised.lose(start, journal_end(promised.home.path()));
    let refused = open(promised.home.path()).map(|_| ()).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::JournalCut, "{refused}");
}
