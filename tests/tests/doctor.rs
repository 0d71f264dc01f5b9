//! The doctor says the right thing of each kind of damage, and changes nothing; the repair mends the state alone; and
//! what stands before damage of the journal can be read.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]

mod doctor_cases;

use std::fs;
use std::path::{Path, PathBuf};

use doctor_cases::{Case, FIRST, LAST, cases, cut_end, flip};
use ledger_core::{
    Cure, Diagnosis, EraseDonor, ErasureReason, ErrorCode, Finding, Ledger, LedgerError, Options, Severity,
    backup, doctor, repair,
};
use ledger_tests::book::{self, Book};
use ledger_tests::dump;
use ledger_tests::folder::{copy, hashes};

fn options() -> Options {
    Options::new().cache_bytes(1 << 20).segment_bytes(64 << 10).checkpoint_records(200)
}

fn written(gifts: u32) -> (tempfile::TempDir, Book) {
    let home = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(home.path(), options()).unwrap();
    let book = book::write(&ledger, gifts);
    ledger.close().unwrap();
    (home, book)
}

/// What the doctor says, after making sure that it changed nothing.
fn look(folder: &Path) -> Result<Diagnosis, LedgerError> {
    let (before, lock) = (hashes(folder), fs::read(folder.join("LOCK")).ok());
    let said = doctor(folder);
    assert_eq!(hashes(folder), before, "the doctor changed something");
    assert_eq!(fs::read(folder.join("LOCK")).ok(), lock);
    said
}

fn copied(home: &tempfile::TempDir) -> tempfile::TempDir {
    let other = tempfile::tempdir().unwrap();
    copy(home.path(), other.path());
    other
}

#[test]
fn each_kind_of_damage_is_told_with_its_place_and_its_cure_and_nothing_is_changed() {
    let (home, _) = written(300);
    assert!(
        home.path().join("journal/0000000003.log").exists()
            && !home.path().join("journal/0000000004.log").exists()
    );
    let sound = look(home.path()).unwrap();
    assert_eq!((&sound.findings, sound.worst(), sound.is_whole()), (&Vec::new(), None, true));
    assert_eq!(
        (sound.whole_seq, sound.acknowledged_seq, sound.segments),
        (sound.acknowledged_seq, sound.whole_seq, 3)
    );
    assert_eq!((sound.keys_in_use, sound.epoch, &sound.writer), (4, 1, &None));
    for case in cases() {
        let (folder, name) = (copied(&home), case.name);
        (case.act)(folder.path());
        let said = look(folder.path()).unwrap();
        let is_it = |found: &&Finding| found.file == case.file && found.what.contains(case.says);
        let found = said.findings.iter().find(is_it).unwrap_or_else(|| panic!("{name}: {:?}", said.findings));
        assert_eq!((found.severity, found.cure, found.code), (case.severity, case.cure, case.code), "{name}");
        assert_eq!(said.is_whole(), case.severity != Severity::Damage, "{name}: {:?}", said.findings);
        assert_eq!(said.worst(), Some(case.severity), "{name}: {:?}", said.findings);
        opening_does(&case, folder.path(), sound.whole_seq);
    }
}

/// What the doctor says will be done is what is done.
fn opening_does(case: &Case, folder: &Path, seq: u64) {
    let (opened, name) = (Ledger::open(folder, options()), case.name);
    if case.severity == Severity::Damage {
        // An old segment is not read while the state is sealed; an audit reads it.
        let refusal = match opened {
            Err(error) => error,
            Ok(ledger) => {
                let error = ledger.audit().unwrap_err();
                ledger.close().unwrap();
                error
            }
        };
        assert_eq!(Some(refusal.code()), case.code, "{name}: {refusal}");
        return;
    }
    let ledger = opened.unwrap_or_else(|error| panic!("{name}: {error}"));
    let made_again = ledger.opening_report().records_folded_again == Some(seq);
    assert_eq!(made_again, case.cure == Cure::StateMadeAgain, "{name}: {:?}", ledger.opening_report());
    dump::assert_clean(&ledger, name);
    ledger.close().unwrap();
}

/// A backup has no keys and no state, and is whole all the same.
#[test]
fn a_backup_is_whole_without_keys() {
    let (home, _) = written(300);
    let folder = tempfile::tempdir().unwrap();
    let report = backup(home.path(), folder.path()).unwrap();
    let said = look(folder.path()).unwrap();
    assert_eq!((said.whole_seq, said.is_whole()), (report.seq, true));
    let told: Vec<_> =
        said.findings.iter().map(|found| (found.file.as_str(), found.severity, found.code)).collect();
    assert_eq!(told, [("keys", Severity::Warning, Some(ErrorCode::KeyringDamaged))]);
    let opened = Ledger::open(folder.path(), options()).map(|_| ()).unwrap_err();
    assert_eq!(opened.code(), ErrorCode::KeyringDamaged);
    // One of its bytes wrong, and it is none.
    flip(folder.path(), FIRST, 400);
    assert!(!look(folder.path()).unwrap().is_whole());
}

/// Damage in one place hides none in another.
#[test]
fn all_damage_is_told_at_once() {
    let (home, _) = written(300);
    flip(home.path(), FIRST, 400);
    flip(home.path(), "journal/0000000002.log", 5_000);
    flip(home.path(), "keys", 64 + 9);
    flip(home.path(), "state/db", 100);
    let said = look(home.path()).unwrap();
    let told: Vec<(&str, Severity)> =
        said.findings.iter().map(|found| (found.file.as_str(), found.severity)).collect();
    let wanted = [
        (FIRST, Severity::Damage),
        ("journal/0000000002.log", Severity::Damage),
        ("keys", Severity::Damage),
        ("state", Severity::Warning),
    ];
    assert_eq!(told, wanted);
    assert!(said.whole_seq > 0 && said.whole_seq < 10, "{}", said.whole_seq);
    let of_second = &said.findings[1];
    assert!(of_second.offset > 4_000 && of_second.offset <= 5_000 && of_second.seq > 100, "{of_second:?}");
}

#[test]
fn a_writer_is_told_and_what_it_may_change_is_not_looked_at() {
    let home = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(home.path(), options()).unwrap();
    let book = book::write(&ledger, 20);
    let said = doctor(home.path()).unwrap();
    assert_eq!(said.writer, Some(std::process::id().to_string()));
    assert!(said.is_whole());
    assert_eq!(said.worst(), Some(Severity::Note));
    assert_eq!(said.whole_seq, ledger.stats().unwrap().seq);
    assert_eq!(repair(home.path()).unwrap_err().code(), ErrorCode::AlreadyOpen);
    ledger.donate(book::gift("still", book.donors[0], book.causes[0], 5)).unwrap();
    drop(ledger);
    let said = look(home.path()).unwrap();
    assert_eq!((said.writer, said.findings.len()), (None, 1));
    assert!(said.findings[0].what.contains("without closing it"), "{:?}", said.findings);
}

/// Keys of before an erasure, put back: the next opening destroys them, and the doctor says so.
#[test]
fn a_key_that_should_be_gone_is_told() {
    let (home, book) = written(5);
    let keys = fs::read(home.path().join("keys")).unwrap();
    let ledger = Ledger::open(home.path(), options()).unwrap();
    let command = EraseDonor { key: None, donor: book.donors[0], reason: ErasureReason::Requested };
    ledger.erase_donor(command).unwrap();
    ledger.close().unwrap();
    let said = look(home.path()).unwrap();
    assert_eq!((said.keys_in_use, said.keys_destroyed, said.findings.len()), (3, 1, 0));
    fs::write(home.path().join("keys"), keys).unwrap();
    let said = look(home.path()).unwrap();
    assert_eq!((said.findings.len(), said.findings[0].cure), (1, Cure::NextOpening));
    assert!(said.findings[0].what.contains("erasure is recorded"), "{:?}", said.findings);
}

#[test]
fn the_repair_makes_the_state_again_and_touches_nothing_else() {
    let (home, book) = written(300);
    let ledger = Ledger::open(home.path(), options()).unwrap();
    let before = dump::dump(&ledger, &book.keys);
    ledger.close().unwrap();
    let kept = |folder: &Path| {
        let mut all = hashes(folder);
        all.retain(|file, _| {
            !file.starts_with("state")
                && file != &PathBuf::from("state.seal")
                && file != &PathBuf::from("HEAD")
        });
        all
    };
    let untouched = kept(home.path());
    flip(home.path(), "state/db", 200);
    assert_eq!(repair(home.path()).unwrap(), before.counts[0]);
    assert_eq!(look(home.path()).unwrap().findings, []);
    assert_eq!(kept(home.path()), untouched);
    let ledger = Ledger::open(home.path(), options()).unwrap();
    assert_eq!(ledger.opening_report().records_folded_again, None);
    assert_eq!(dump::dump(&ledger, &book.keys), before);
    ledger.close().unwrap();
    // Of a damaged journal nothing is made, and what is there stays.
    for (file, at, code) in [
        (FIRST, 400, ErrorCode::JournalDamaged),
        ("keys", 64 + 9, ErrorCode::KeyringDamaged),
        ("FORMAT", 40, ErrorCode::FormatDamaged),
    ] {
        let folder = copied(&home);
        flip(folder.path(), file, at);
        let all = hashes(folder.path());
        assert_eq!(repair(folder.path()).unwrap_err().code(), code);
        assert_eq!(hashes(folder.path()), all);
    }
    assert_eq!(repair(home.path().join("nowhere")).unwrap_err().code(), ErrorCode::NoLedger);
}

/// What is done, what reading says of it, and how many records stand before it at least.
type Damage = (fn(&Path), ErrorCode, u64);

/// What stands before the damage is read, as it was; nothing is written, and nothing beyond is pretended.
#[test]
fn a_damaged_ledger_is_read_up_to_the_damage() {
    let (home, book) = written(300);
    let sound = Ledger::open(home.path(), options()).unwrap();
    let (changes, all) = (sound.changes(0, 10_000).unwrap(), sound.stats().unwrap().seq);
    sound.close().unwrap();
    let damages: [Damage; 4] = [
        (|at| flip(at, FIRST, 30_000), ErrorCode::JournalDamaged, 20),
        (|at| flip(at, "journal/0000000002.log", 9), ErrorCode::JournalDamaged, 80),
        (|at| fs::remove_file(at.join(LAST)).unwrap(), ErrorCode::JournalCut, 150),
        (cut_end, ErrorCode::JournalCut, all - 1),
    ];
    for (damage, code, at_least) in damages {
        let folder = copied(&home);
        damage(folder.path());
        let before = hashes(folder.path());
        assert_eq!(Ledger::open_read_only(folder.path(), options()).unwrap_err().code(), code);
        let rest = Ledger::open_damaged(folder.path(), options()).unwrap();
        let told = rest.opening_report().damage.as_ref().unwrap();
        assert_eq!(told.code(), code);
        assert!(!rest.opening_report().is_clean());
        let seq = rest.stats().unwrap().seq;
        assert!(seq >= at_least && seq < all, "{seq} of {all}");
        assert_eq!(doctor(folder.path()).unwrap().whole_seq, seq);
        assert_eq!(rest.changes(0, 10_000).unwrap(), changes[..usize::try_from(seq).unwrap()]);
        assert_eq!(rest.audit().unwrap().difference, None);
        assert!(rest.donor(book.donors[0]).unwrap().unwrap().profile.name.is_some());
        let gift = book::gift("more", book.donors[0], book.causes[0], 5);
        assert_eq!(rest.donate(gift).unwrap_err().code(), ErrorCode::ReadOnly);
        assert_eq!(rest.refresh().unwrap_err().code(), code);
        rest.close().unwrap();
        assert_eq!(hashes(folder.path()), before);
    }
}

/// Where the journal is whole it is an ordinary handle; where something else is damaged it is refused as ever.
#[test]
fn only_damage_of_the_journal_is_passed_over() {
    let (home, _) = written(5);
    let ledger = Ledger::open_damaged(home.path(), options()).unwrap();
    assert!(ledger.opening_report().damage.is_none());
    assert_eq!(ledger.refresh().unwrap(), ledger.stats().unwrap().seq);
    ledger.close().unwrap();
    let code = |folder: &Path| Ledger::open_damaged(folder, options()).unwrap_err().code();
    for (file, at, wanted) in [
        ("keys", 9, ErrorCode::KeyringDamaged),
        ("FORMAT", 40, ErrorCode::FormatDamaged),
        (FIRST, 20, ErrorCode::JournalDamaged),
    ] {
        let folder = copied(&home);
        flip(folder.path(), file, at);
        assert_eq!(code(folder.path()), wanted, "{file}");
    }
    assert_eq!(code(&home.path().join("nowhere")), ErrorCode::NoLedger);
}
