//! Files of other moments and of other ledgers in the place of those that belong there, as a backup that was put back
//! by halves leaves them: made again and said, or refused; never books with less in them than was acknowledged.

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
    DonorId, EraseDonor, ErasureReason, ErrorCode, Follower, Ledger, LedgerError, Options, StateFound,
    StatePolicy, backup_keys, doctor,
};
use ledger_tests::book::{self, Book};
use ledger_tests::damage::segments;
use ledger_tests::dump::{self, Dump};
use ledger_tests::folder::{copy, edit, hashes};

fn options() -> Options {
    Options::new().cache_bytes(1 << 20).segment_bytes(64 << 10).checkpoint_records(40)
}

fn open(folder: &Path) -> Result<Ledger, LedgerError> {
    Ledger::open(folder, options())
}

/// One ledger at two moments, closed at both.
struct Moments {
    earlier: tempfile::TempDir,
    now: tempfile::TempDir,
    book: Book,
    dump: Dump,
}

fn moments() -> Moments {
    let (earlier, now) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let ledger = open(now.path()).unwrap();
    let mut book = book::write(&ledger, 100);
    ledger.close().unwrap();
    drop(ledger);
    copy(now.path(), earlier.path());
    let ledger = open(now.path()).unwrap();
    for number in 0..150 {
        book.donate(&ledger, &format!("later-{number}"), number);
    }
    let dump = dump::dump(&ledger, &book.keys);
    ledger.close().unwrap();
    Moments { earlier, now, book, dump }
}

/// Puts files and folders of one ledger in the place of another's.
fn put(from: &Path, to: &Path, names: &[&str]) {
    for name in names {
        let (source, target) = (from.join(name), to.join(name));
        if source.is_dir() {
            fs::remove_dir_all(&target).unwrap();
            copy(&source, &target);
        } else {
            fs::copy(source, target).unwrap();
        }
    }
}

fn copied(of: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(of, folder.path());
    folder
}

impl Moments {
    /// Opens a copy with other files in it: the same answers; gives what was said of the state.
    fn state_with(&self, what: &str, change: impl FnOnce(&Path)) -> StateFound {
        let folder = copied(self.now.path());
        change(folder.path());
        let ledger = open(folder.path()).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert!(dump::dump(&ledger, &self.book.keys) == self.dump, "{what}: another answer");
        dump::assert_clean(&ledger, what);
        let state = ledger.opening_report().state;
        ledger.close().unwrap();
        drop(ledger);
        let again = open(folder.path()).unwrap();
        assert!(again.opening_report().is_clean(), "{what}: at rest again");
        state
    }

    /// Opens a copy with something taken away: refused, and nothing of what is left was touched.
    fn refusal_with(&self, what: &str, change: impl FnOnce(&Path)) -> ErrorCode {
        let folder = copied(self.now.path());
        change(folder.path());
        let before = hashes(folder.path());
        let Err(error) = open(folder.path()) else { panic!("{what}: opened in silence") };
        assert_eq!(hashes(folder.path()), before, "{what}: a refused opening changes nothing");
        error.code()
    }
}

#[test]
fn a_state_of_an_older_backup_is_brought_up_to_the_journal_and_said() {
    let of = moments();
    let older = of.earlier.path();
    let with_seal = of.state_with("older state and seal", |to| put(older, to, &["state", "state.seal"]));
    assert_eq!(with_seal, StateFound::Behind);
    let state_only = of.state_with("older state", |to| put(older, to, &["state"]));
    assert_eq!(state_only, StateFound::Damaged, "the seal is of the newer one");
    let seal_only = of.state_with("older seal", |to| put(older, to, &["state.seal"]));
    assert_eq!(seal_only, StateFound::Damaged);
    let unsealed = of.state_with("older state, no seal", |to| {
        put(older, to, &["state"]);
        fs::remove_file(to.join("state.seal")).unwrap();
    });
    assert_eq!(unsealed, StateFound::Doubtful);
}

#[test]
fn a_state_of_another_ledger_is_made_again_and_said() {
    let (of, other) = (moments(), moments());
    let other = other.now.path();
    let sealed = of.state_with("another's state and seal", |to| put(other, to, &["state", "state.seal"]));
    assert_eq!(sealed, StateFound::OfAnotherHistory);
    let unsealed = of.state_with("another's state", |to| put(other, to, &["state"]));
    assert_eq!(unsealed, StateFound::Damaged);
}

#[test]
fn a_journal_of_another_ledger_is_refused() {
    let (of, other) = (moments(), moments());
    let other = other.now.path();
    for names in [["journal"].as_slice(), &["journal", "HEAD"], &["journal", "HEAD", "state", "state.seal"]] {
        let code = of.refusal_with(&format!("another's {names:?}"), |to| put(other, to, names));
        assert_eq!(code, ErrorCode::JournalDamaged, "{names:?}");
    }
}

/// The journal went back, the state did not, and HEAD is gone: the state knows what was acknowledged.
#[test]
fn a_journal_that_lost_its_end_beside_a_newer_state_is_refused() {
    let of = moments();
    let older = of.earlier.path();
    let without_head = |to: &Path| fs::remove_file(to.join("HEAD")).unwrap();
    let lost_segments = |to: &Path| {
        segments(to).iter().skip(1).for_each(|file| fs::remove_file(to.join(file)).unwrap());
        without_head(to);
    };
    let older_journal = |to: &Path| {
        put(older, to, &["journal"]);
        without_head(to);
    };
    let older_head = |to: &Path| put(older, to, &["journal", "HEAD"]);
    assert_eq!(of.refusal_with("only the first segment", lost_segments), ErrorCode::JournalCut);
    assert_eq!(of.refusal_with("the older journal", older_journal), ErrorCode::JournalCut);
    assert_eq!(of.refusal_with("the older journal and HEAD", older_head), ErrorCode::JournalCut);
    let nothing = |to: &Path| {
        fs::remove_dir_all(to.join("journal")).unwrap();
        without_head(to);
    };
    assert_eq!(of.refusal_with("no journal", nothing), ErrorCode::JournalDamaged);
}

/// The same for a ledger that was killed: its state has no seal, and says in its mark what was promised.
#[test]
fn a_killed_state_is_no_reason_to_forget_what_it_knows() {
    let of = moments();
    for boot in [[1; 16], [2; 16]] {
        let killed = copied(of.now.path());
        let at = |boot| options().boot(Some(boot));
        let ledger = Ledger::open(killed.path(), at([1; 16])).unwrap();
        let promised = ledger.stats().unwrap().seq;
        drop(ledger);
        put(of.earlier.path(), killed.path(), &["journal"]);
        fs::remove_file(killed.path().join("HEAD")).unwrap();
        for policy in [StatePolicy::Trust, StatePolicy::Rebuild] {
            match Ledger::open(killed.path(), at(boot).state(policy)).map(|_| ()) {
                Err(LedgerError::Corrupt { code: ErrorCode::JournalCut, seq, .. }) => {
                    assert_eq!(seq, promised, "what was promised last");
                }
                other => panic!("{boot:?}, {policy:?}: {other:?}"),
            }
            assert!(killed.path().join("state/db").exists(), "the state that knows is kept");
        }
    }
}

/// Where a slot of the keyring begins.
fn slot(number: usize) -> usize {
    64 + 44 * number
}

fn erase(ledger: &Ledger, donor: DonorId) {
    let erase = EraseDonor { key: None, donor, reason: ErasureReason::Requested };
    ledger.erase_donor(erase).unwrap();
}

/// Whatever becomes of a slot, its donor is not taken for erased: the journal would have to say so.
#[test]
fn a_damaged_key_slot_is_not_an_erased_one() {
    let of = moments();
    let said = |what: &str, policy: StatePolicy, change: &dyn Fn(&mut [u8])| {
        let folder = copied(of.now.path());
        edit(&folder.path().join("keys"), |bytes| change(&mut bytes[slot(1)..slot(2)]));
        let opened = Ledger::open(folder.path(), options().state(policy));
        let result = opened.and_then(|ledger| {
            let donors = ledger.donors(None, 100)?;
            assert!(donors == of.dump.donors, "{what}, {policy:?}: a donor changed");
            for donation in &of.dump.donations {
                let now = ledger.donation(donation.id)?;
                assert!(now.as_ref() == Some(donation), "{what}, {policy:?}: a memo was lost");
            }
            Ok(())
        });
        result.map_err(|error| error.code())
    };
    for policy in [StatePolicy::Trust, StatePolicy::Rebuild] {
        for bit in 0..8 {
            let outcome = said("a bit of the state", policy, &|slot| slot[40] ^= 1 << bit);
            assert_eq!(outcome, Err(ErrorCode::KeyringDamaged), "bit {bit}, {policy:?}");
        }
        let zeroed = said("zeros", policy, &|slot| slot.fill(0));
        assert_eq!(zeroed, Err(ErrorCode::KeyringDamaged), "zeros, {policy:?}");
        let forged = said("the state of an erased one", policy, &|slot| slot[40] = 0xA5);
        assert_eq!(forged, Err(ErrorCode::KeyringDamaged), "says erased, {policy:?}");
        let key = said("a bit of the key", policy, &|slot| slot[20] ^= 1);
        assert_eq!(key, Err(ErrorCode::KeyringDamaged), "key, {policy:?}");
        // Said to be free, with its key: the rows know better.
        assert_eq!(said("free", policy, &|slot| slot[40] = 0), Ok(()), "{policy:?}");
    }
}

/// A copy would write such a slot down as erased, and be worse than the one before.
#[test]
fn a_slot_that_nobody_erased_gets_into_no_copy() {
    let of = moments();
    let folder = copied(of.now.path());
    let place = tempfile::tempdir().unwrap();
    let (keys, standby) = (place.path().join("keys"), place.path().join("standby"));
    backup_keys(folder.path(), &keys).unwrap();
    let good = fs::read(&keys).unwrap();
    edit(&folder.path().join("keys"), |bytes| bytes[slot(1) + 40] = 0xA5);
    let damaged = Some(ErrorCode::KeyringDamaged);
    assert_eq!(backup_keys(folder.path(), &keys).err().map(|error| error.code()), damaged);
    assert!(fs::read(&keys).unwrap() == good, "the copy of before is left alone");
    let followed = Follower::open(folder.path(), &standby).and_then(|mut follower| follower.step());
    assert_eq!(followed.err().map(|error| error.code()), damaged);
    let findings = doctor(folder.path()).unwrap().findings;
    assert!(findings.iter().any(|finding| finding.code == damaged), "{findings:?}");
}

/// Keys of before an erasure, put back after it: who was erased stays erased, in answers and on disk.
#[test]
fn keys_of_before_an_erasure_bring_nobody_back() {
    let home = tempfile::tempdir().unwrap();
    let ledger = open(home.path()).unwrap();
    let book = book::write(&ledger, 60);
    ledger.close().unwrap();
    drop(ledger);
    let keys = fs::read(home.path().join("keys")).unwrap();
    let ledger = open(home.path()).unwrap();
    erase(&ledger, book.donors[0]);
    let expected = dump::dump(&ledger, &book.keys);
    ledger.close().unwrap();
    drop(ledger);
    for (policy, without_seal) in [
        (StatePolicy::Trust, false),
        (StatePolicy::Trust, true),
        (StatePolicy::Rebuild, false),
        (StatePolicy::Rebuild, true),
    ] {
        let folder = copied(home.path());
        fs::write(folder.path().join("keys"), &keys).unwrap();
        if without_seal {
            fs::remove_file(folder.path().join("state.seal")).unwrap();
        }
        let when = format!("{policy:?}, without seal {without_seal}");
        let ledger = Ledger::open(folder.path(), options().state(policy)).unwrap();
        assert!(dump::dump(&ledger, &book.keys) == expected, "{when}: somebody is back");
        dump::assert_clean(&ledger, &when);
        ledger.close().unwrap();
        let held = fs::read(folder.path().join("keys")).unwrap();
        assert_eq!(held[slot(0) + 4..slot(0) + 36], [0; 32], "{when}: the key is back on disk");
    }
}
