//! The audit is itself tested by mutation: one field of one row of the state is changed behind the ledger's
//! back, and the audit must find it and name it. What it does not find, nobody would.
//!
//! The journal stays whole, so a rebuild must make everything as it was.

#![allow(
    clippy::wildcard_enum_match_arm,
    clippy::similar_names,
    clippy::unused_self,
    clippy::large_enum_variant,
    reason = "a test fails by panicking, and its tables read as tables"
)]

mod book;
mod cases;

use std::collections::BTreeSet;
use std::path::Path;

use self::book::{Book, options};
use self::cases::{Change, Keys, Mutation};
use crate::accounting::account::{Account, AccountName};
use crate::records::codec;
use crate::records::row::{MonthOf, RowKey};
use crate::storage::Head;
use crate::storage::medium::folder::FolderMedium;
use crate::storage::sled::{Rest, Seal, wait_for_release};
use crate::vocabulary::month::Month;
use crate::{Command, ErrorCode, Ledger, LedgerError, RegisterDonor};

/// Changes the rows of a ledger at rest behind its back, and seals them as if they had always been so: what the
/// seal and the mark would notice is not what is tested here.
fn edit_state<T>(folder: &Path, edit: impl FnOnce(&sled::Db) -> T) -> T {
    let medium = FolderMedium::new(folder);
    let seal = Seal::read(&medium).unwrap().unwrap();
    let db = sled::Config::new().path(folder.join("state")).cache_capacity(1 << 20).open().unwrap();
    let edited = edit(&db);
    db.flush().unwrap();
    drop(db);
    assert_eq!(wait_for_release(&folder.join("state")), Ok(Rest::Complete));
    Seal::write(&medium, Head { seq: seal.seq, root: seal.root, ..Head::default() }).unwrap();
    edited
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (from, to) = {
            let entry = entry.unwrap();
            (entry.path(), to.join(entry.file_name()))
        };
        if from.is_dir() {
            copy(&from, &to);
        } else {
            std::fs::copy(&from, &to).unwrap();
        }
    }
}

fn apply(folder: &Path, mutation: &Mutation) {
    edit_state(folder, |db| change(db, mutation));
}

fn change(db: &sled::Db, mutation: &Mutation) {
    let key = codec::encode_key(&mutation.key);
    let held = db.get(&key).unwrap();
    let changed = match (&mutation.change, held) {
        (Change::Edit(edit), Some(bytes)) => {
            let before = codec::decode_row(&bytes).unwrap();
            let mut after = before.clone();
            edit(&mut after);
            assert_ne!(before, after, "{}: changes nothing", mutation.name);
            Some(after)
        }
        (Change::Delete, Some(_)) => None,
        (Change::Add(row), _) => Some(row.clone()),
        (Change::Edit(_) | Change::Delete, None) => panic!("{}: no such row", mutation.name),
    };
    match changed {
        Some(row) => db.insert(key, codec::encode_row(&row).unwrap()).unwrap(),
        None => db.remove(key).unwrap(),
    };
}

/// The book, its keys and a folder to which it is copied for each mutation.
fn written() -> (tempfile::TempDir, Book, Keys) {
    let home = tempfile::tempdir().unwrap();
    let book = book::write(&home.path().join("book"));
    let copied = home.path().join("for-keys");
    copy(&home.path().join("book"), &copied);
    let ledger = Ledger::open(&copied, options()).unwrap();
    let keys = Keys::of(&book, ledger.inner.storage.keys().secret());
    (home, book, keys)
}

#[test]
fn an_untouched_copy_audits_clean() {
    let (home, book, _) = written();
    let ledger = Ledger::open(home.path().join("book"), options()).unwrap();
    assert_eq!(ledger.opening_report().records_folded_again, None, "the state is trusted");
    let report = ledger.audit().unwrap();
    assert_eq!(report.difference, None);
    assert_eq!((report.seq, report.records), (book.last_gift, report.seq), "all was looked at");
    assert_eq!(report.keys, 66 + 2 + 4 + 9 + 7 + 1 + 1 + 1);
}

#[test]
fn every_mutation_of_a_row_is_found_and_named_and_mended_by_a_rebuild() {
    let (home, _, keys) = written();
    let mutations = keys.mutations();
    let names: BTreeSet<&str> = mutations.iter().map(|mutation| mutation.name).collect();
    assert_eq!(names.len(), mutations.len(), "every mutation has its own name");
    assert!(mutations.len() >= 100, "{} mutations", mutations.len());
    let mut missed = Vec::new();
    for (number, mutation) in mutations.iter().enumerate() {
        let folder = home.path().join(format!("mutated-{number}"));
        copy(&home.path().join("book"), &folder);
        apply(&folder, mutation);
        let ledger = Ledger::open(&folder, options()).unwrap();
        let found = ledger.audit().unwrap().difference;
        let named = found.as_deref().is_some_and(|found| found.contains(&mutation.said));
        if !named {
            missed.push(format!("{}: {found:?} is not {:?}", mutation.name, mutation.said));
        }
        ledger.rebuild().unwrap();
        assert_eq!(ledger.audit().unwrap().difference, None, "{} rebuilt", mutation.name);
        drop(ledger);
        std::fs::remove_dir_all(&folder).unwrap();
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// A state that goes to another record than the seal says is not believed.
#[test]
fn a_state_that_ends_elsewhere_is_made_again_by_opening() {
    let (home, book, keys) = written();
    for (number, mutation) in keys.of_the_end().iter().enumerate() {
        let folder = home.path().join(format!("elsewhere-{number}"));
        copy(&home.path().join("book"), &folder);
        apply(&folder, mutation);
        let ledger = Ledger::open(&folder, options()).unwrap();
        let folded = ledger.opening_report().records_folded_again;
        assert_eq!(folded, Some(book.last_gift), "{}", mutation.name);
        assert_eq!(ledger.audit().unwrap().difference, None, "{}", mutation.name);
    }
}

/// A state that another version of this library left is at rest and sealed, and yet made again.
#[test]
fn a_state_with_rows_of_another_version_is_made_again_by_opening() {
    let (home, book, _) = written();
    let folder = home.path().join("book");
    edit_state(&folder, |db| {
        let rows: Vec<_> = db.range(..[0xFF]).map(Result::unwrap).collect();
        for (key, row) in rows {
            let mut of_version_5 = row.to_vec();
            assert_eq!(std::mem::replace(&mut of_version_5[0], 5), 6);
            db.insert(key, of_version_5).unwrap();
        }
    });
    let ledger = Ledger::open(&folder, options()).unwrap();
    assert_eq!(ledger.opening_report().records_folded_again, Some(book.last_gift));
    assert_eq!(ledger.audit().unwrap().difference, None);
    ledger.close().unwrap();
}

/// Damage that only the making of rows meets: nothing of the group is written, also what was planned before it.
#[test]
fn damage_met_while_rows_are_made_spoils_the_whole_group() {
    let (home, book, _) = written();
    let folder = home.path().join("book");
    let month = Month::of(book.day);
    let bank = Account { name: AccountName::Bank { bank: book::BANK.into() }, currency: book::euro() };
    let key = codec::encode_key(&RowKey::Month(MonthOf::Account(bank), month));
    edit_state(&folder, |db| {
        let other = db.get(codec::encode_key(&RowKey::Meta)).unwrap().unwrap();
        assert!(db.insert(key, other).unwrap().is_some());
    });
    let ledger = Ledger::open(&folder, options()).unwrap();
    assert_eq!(ledger.opening_report().records_folded_again, None);
    let register = || Command::RegisterDonor(RegisterDonor::default());
    let commands = vec![register(), Command::Donate(book::gift_of(&book, "spoils")), register()];
    for result in ledger.submit_all(commands).unwrap() {
        assert_eq!(result.map_err(|error| error.code()), Err(ErrorCode::StateDamaged));
    }
    assert_eq!(ledger.stats().unwrap().seq, book.last_gift, "nothing was written");
    let next = ledger.submit(register()).unwrap();
    assert_eq!(next.seq, book.last_gift + 1, "the next group is another one");
    ledger.rebuild().unwrap();
    ledger.donate(book::gift_of(&book, "spoils")).unwrap();
    assert_eq!(ledger.audit().unwrap().difference, None);
}

/// Bytes that are no row: reading says so, and opening or a rebuild makes them good.
#[test]
fn bytes_that_are_no_row_are_damage_of_the_state() {
    let (home, ..) = written();
    for (number, bytes) in [&[][..], &[9, 1, 2], &[2, 255, 255], &[2, 0, 0, 0]].into_iter().enumerate() {
        let folder = home.path().join(format!("garbled-{number}"));
        copy(&home.path().join("book"), &folder);
        edit_state(&folder, |db| db.insert(codec::encode_key(&RowKey::KeyBlock(99)), bytes).unwrap());
        let ledger = Ledger::open(&folder, options()).unwrap();
        let code = ledger.audit().map_err(|error: LedgerError| error.code());
        assert_eq!(code, Err(ErrorCode::StateDamaged), "{bytes:?}");
        ledger.rebuild().unwrap();
        assert_eq!(ledger.audit().unwrap().difference, None, "{bytes:?}");
    }
}
