//! The medium fails at every point of a write, one point at a time: callers are told what is known, a
//! doubtful write stops the ledger, and opening it again shows the truth. No key is ever posted twice.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]

use std::path::Path;
use std::sync::Arc;

use ledger_core::{
    Command, Committed, Delivery, DonorProfile, ErrorCode, FaultPlan, KeyStatus, Ledger, LedgerError,
    Options, RegisterDonor,
};
use ledger_tests::book::{self, Book};
use ledger_tests::folder::journal_end;
use ledger_tests::{dump, folder};

/// More points than any write has.
const POINTS_MAX: u32 = 40;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Failing {
    Writes,
    Syncs,
    Reads,
}

const ALL: [Failing; 3] = [Failing::Writes, Failing::Syncs, Failing::Reads];

impl Failing {
    fn begin(self, plan: &FaultPlan, successes: u32) {
        match self {
            Self::Writes => plan.fail_writes_after(successes),
            Self::Syncs => plan.fail_syncs_after(successes),
            Self::Reads => plan.fail_reads_after(successes),
        }
    }
}

fn options() -> Options {
    Options::new().cache_bytes(1 << 20).segment_bytes(64 << 10)
}

fn open(folder: &Path, plan: &Arc<FaultPlan>) -> Result<Ledger, LedgerError> {
    Ledger::open(folder, options().faults(Arc::clone(plan)))
}

/// What a failing call was told; any other error is a mistake.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Told {
    Committed,
    NotCommitted,
    Unknown,
}

fn told(result: &Result<Committed, LedgerError>) -> Told {
    match result {
        Ok(_) => Told::Committed,
        Err(error) if error.code() == ErrorCode::NotCommitted => Told::NotCommitted,
        Err(error) if error.code() == ErrorCode::OutcomeUnknown => Told::Unknown,
        Err(error) => panic!("{error} is neither"),
    }
}

fn is_committed(ledger: &Ledger, key: &str) -> bool {
    matches!(ledger.status(key).unwrap(), KeyStatus::Committed { .. })
}

/// What happens to a write: the commands, each with its key, of one call.
struct Write {
    commands: Vec<Command>,
    keys: Vec<String>,
}

impl Write {
    fn of(commands: Vec<Command>) -> Self {
        let keys = commands.iter().map(|command| command.key().unwrap().to_owned()).collect();
        Self { commands, keys }
    }
}

/// Fails a write at one point in a copy of a ledger and checks everything that was promised. Gives what the
/// caller was told.
fn fail_at(origin: &Path, book: &Book, write: &Write, failing: Failing, successes: u32) -> Told {
    let home = tempfile::tempdir().unwrap();
    folder::copy(origin, home.path());
    let (plan, when) = (FaultPlan::none(), format!("{failing:?} after {successes}"));
    let ledger = open(home.path(), &plan).unwrap();
    let before = dump::dump(&ledger, &write.keys);
    failing.begin(&plan, successes);
    let results = ledger.submit_all(write.commands.clone()).unwrap();
    plan.heal();
    let outcome = told(&results[0]);
    assert!(results.iter().all(|result| told(result) == outcome), "{when}: one group, one fate");
    // A small gift, which goes on where the failed write did not.
    let after = book::gift("after", book.donors[0], book.causes[0], 1);
    match outcome {
        Told::Committed => assert_eq!(ledger.donate(after).map(|done| done.delivery), Ok(Delivery::First)),
        Told::NotCommitted => {
            assert_eq!(dump::dump(&ledger, &write.keys), before, "{when}: nothing happened");
            assert_eq!(ledger.donate(after).map(|done| done.delivery), Ok(Delivery::First));
        }
        Told::Unknown => {
            let refused = ledger.donate(after).unwrap_err();
            assert_eq!(refused.code(), ErrorCode::Closed, "{when}: {refused}");
            let refused = ledger.rebuild().unwrap_err();
            assert_eq!(refused.code(), ErrorCode::Closed, "{when}: {refused}");
            assert_eq!(dump::dump(&ledger, &write.keys), before, "{when}: reads stay at the last head");
        }
    }
    // As after a crash, and once more after a close.
    if successes.is_multiple_of(2) {
        ledger.close().unwrap();
    }
    drop(ledger);
    let ledger = open(home.path(), &plan).unwrap_or_else(|error| panic!("{when}: {error}"));
    assert_eq!(is_committed(&ledger, "after"), outcome != Told::Unknown, "{when}");
    let kept = is_committed(&ledger, &write.keys[0]);
    for key in &write.keys {
        assert_eq!(is_committed(&ledger, key), kept, "{when}: {key}, of a group that is whole or not there");
    }
    match outcome {
        Told::Committed => assert!(kept, "{when}"),
        Told::NotCommitted => assert!(!kept, "{when}"),
        Told::Unknown => {}
    }
    dump::assert_clean(&ledger, &when);
    repeat(&ledger, write, kept, &when);
    outcome
}

/// The same calls again: each is posted exactly once in the end.
fn repeat(ledger: &Ledger, write: &Write, kept: bool, when: &str) {
    for expected in [if kept { Delivery::Replayed } else { Delivery::First }, Delivery::Replayed] {
        for result in ledger.submit_all(write.commands.clone()).unwrap() {
            assert_eq!(result.unwrap().delivery, expected, "{when}");
        }
    }
    let changes = ledger.changes(0, 10_000).unwrap();
    for key in &write.keys {
        let posted = changes.iter().filter(|change| change.key.as_deref() == Some(key)).count();
        assert_eq!(posted, 1, "{when}: {key}");
    }
    dump::assert_clean(ledger, when);
}

/// Fails a write at every point, until it succeeds; gives what was told at each.
fn fail_everywhere(origin: &Path, book: &Book, write: &Write, failing: Failing) -> Vec<Told> {
    let mut outcomes = Vec::new();
    for successes in 0..POINTS_MAX {
        outcomes.push(fail_at(origin, book, write, failing, successes));
        if outcomes.last() == Some(&Told::Committed) {
            return outcomes;
        }
    }
    panic!("{failing:?}: never succeeds");
}

fn written(gifts: u32) -> (tempfile::TempDir, Book) {
    let home = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(home.path(), options()).unwrap();
    let book = book::write(&ledger, gifts);
    ledger.close().unwrap();
    (home, book)
}

const NOT: Told = Told::NotCommitted;
const UNKNOWN: Told = Told::Unknown;
const DONE: Told = Told::Committed;

#[test]
fn a_gift_fails_at_every_point() {
    let (home, book) = written(5);
    let gift = book::gift("failing", book.donors[0], book.causes[0], 100);
    let write = Write::of(vec![Command::Donate(gift)]);
    let at = |failing| fail_everywhere(home.path(), &book, &write, failing);
    // Room for groups, the group, then HEAD.
    assert_eq!(at(Failing::Writes), [NOT, UNKNOWN, UNKNOWN, DONE]);
    // The group.
    assert_eq!(at(Failing::Syncs), [UNKNOWN, DONE]);
    assert_eq!(at(Failing::Reads), [DONE], "a gift of a known donor reads no file");
}

#[test]
fn a_key_slot_fails_at_every_point() {
    let home = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(home.path(), options()).unwrap();
    // Nobody with a profile yet: the first block of key slots is made by the call that fails.
    let cause = book::cause(&ledger, "water");
    let donor = ledger.register_donor(RegisterDonor::default()).unwrap().donor().unwrap();
    ledger.close().unwrap();
    let book = Book { donors: vec![donor], causes: vec![cause], keys: Vec::new() };
    let register = RegisterDonor {
        key: Some("registered".into()),
        profile: book::profile("zoe"),
        ..RegisterDonor::default()
    };
    let write = Write::of(vec![Command::RegisterDonor(register)]);
    let at = |failing| fail_everywhere(home.path(), &book, &write, failing);
    // The block of slots, the slot in use, room for groups, the group, HEAD.
    assert_eq!(at(Failing::Writes), [NOT, NOT, NOT, UNKNOWN, UNKNOWN, DONE]);
    // The block of slots, the group.
    assert_eq!(at(Failing::Syncs), [NOT, UNKNOWN, DONE]);
    // The slot, when it is handed out and when fold opens what was sealed with it.
    assert_eq!(at(Failing::Reads), [NOT, NOT, DONE]);
}

/// A book whose first segment has no room for thirty more gifts, but for one.
fn written_to_the_brim() -> (tempfile::TempDir, Book) {
    let (home, mut book) = written(5);
    let ledger = Ledger::open(home.path(), options()).unwrap();
    for number in 100.. {
        if journal_end(home.path()) > 62_000 {
            break;
        }
        book.donate(&ledger, &format!("filling-{number}"), number);
    }
    assert!(!home.path().join("journal/0000000002.log").exists());
    ledger.close().unwrap();
    (home, book)
}

#[test]
fn a_roll_to_a_new_segment_fails_at_every_point() {
    let (home, book) = written_to_the_brim();
    // Without memos: those would read key slots, and each fail for itself.
    let gifts = (0..30).map(|number| {
        let key = format!("rolling-{number}");
        Command::Donate(book::gift(&key, book.donors[0], book.causes[0], 100))
    });
    let write = Write::of(gifts.collect());
    for failing in ALL {
        let outcomes = fail_everywhere(home.path(), &book, &write, failing);
        // Half a roll is never passed over: whatever fails in it, the outcome is unknown until the next opening.
        // Only where there is no room in the new segment, nothing has happened yet.
        let (done, rolling) = outcomes.split_last().unwrap();
        assert_eq!(*done, DONE, "{failing:?}");
        let without_room = usize::from(matches!(failing, Failing::Writes));
        assert_eq!(rolling.iter().filter(|told| **told == NOT).count(), without_room, "{outcomes:?}");
        let unknown = rolling.iter().filter(|told| **told == UNKNOWN).count();
        let steps = match failing {
            // Syncs: the old segment and HEAD, the new segment, two folders, HEAD; then the group.
            // Writes: the room in the old segment, HEAD, whatever was in the new file's place, its header, HEAD; then
            // the group and HEAD.
            Failing::Syncs | Failing::Writes => 7,
            // The new header is read back.
            Failing::Reads => 1,
        };
        assert_eq!(unknown, steps, "{failing:?}: {outcomes:?}");
    }
}

/// A refusal that came before anything pending stands; one that came after may rest on records that were
/// never written, and shares their fate.
#[test]
fn a_refusal_stands_as_far_as_what_it_rests_on() {
    let (home, book) = written(3);
    let plan = FaultPlan::none();
    let ledger = open(home.path(), &plan).unwrap();
    let good = book::gift("good", book.donors[0], book.causes[0], 100);
    let taken = RegisterDonor {
        profile: DonorProfile { name: None, ..book::profile("eve") },
        ..RegisterDonor::default()
    };
    plan.fail_syncs_after(0);
    let taken = Command::RegisterDonor(taken);
    let results = ledger.submit_all(vec![taken.clone(), Command::Donate(good), taken]).unwrap();
    assert_eq!(results[0].as_ref().map_err(LedgerError::code), Err(ErrorCode::ExternalIdTaken));
    assert_eq!((told(&results[1]), told(&results[2])), (UNKNOWN, UNKNOWN));
}

/// Opening fails at every point, of writing, syncing and reading: with an error, and the next opening without
/// failures finds everything.
#[test]
fn opening_fails_at_every_point_and_nothing_is_lost() {
    let (origin, book) = written(1);
    let expected = {
        let ledger = Ledger::open(origin.path(), options()).unwrap();
        dump::dump(&ledger, &book.keys)
        // Dropped, not closed: the next opening folds the journal, and so reads all of it.
    };
    for failing in ALL {
        let mut failures = 0;
        for successes in 0.. {
            let home = tempfile::tempdir().unwrap();
            folder::copy(origin.path(), home.path());
            let plan = FaultPlan::none();
            failing.begin(&plan, successes);
            let opened = open(home.path(), &plan).map(|ledger| ledger.identity());
            plan.heal();
            let when = format!("{failing:?} after {successes}");
            let ledger = open(home.path(), &plan).unwrap_or_else(|error| panic!("{when}: {error}"));
            assert_eq!(dump::dump(&ledger, &book.keys), expected, "{when}");
            let Err(error) = opened else { break };
            assert_eq!(error.code(), ErrorCode::NotCommitted, "{when}: {error}");
            failures += 1;
        }
        assert!(failures >= 3, "{failing:?} has {failures} points");
    }
}

/// So does making a ledger: what was begun is begun anew, and is one ledger in the end.
#[test]
fn making_a_ledger_fails_at_every_point_and_can_be_repeated() {
    for failing in ALL {
        let mut failures = 0;
        for successes in 0..POINTS_MAX {
            let home = tempfile::tempdir().unwrap();
            let plan = FaultPlan::none();
            failing.begin(&plan, successes);
            let made = open(home.path(), &plan).map(|ledger| ledger.identity());
            plan.heal();
            let when = format!("{failing:?} after {successes}");
            let ledger = open(home.path(), &plan).unwrap_or_else(|error| panic!("{when}: {error}"));
            book::write(&ledger, 2);
            dump::assert_clean(&ledger, &when);
            match made {
                Ok(identity) => {
                    assert_eq!(identity, ledger.identity(), "{when}");
                    break;
                }
                Err(error) => assert_eq!(error.code(), ErrorCode::NotCommitted, "{when}: {error}"),
            }
            failures += 1;
        }
        assert!(failures < POINTS_MAX, "{failing:?}: never succeeds");
    }
}
