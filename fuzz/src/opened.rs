//! Ledgers over files that may be damaged, and what must be true of them.

use arbitrary::Unstructured;
use ledger_core::testkit::Files;
use ledger_core::{Command, ErrorCode, ErrorKind, Ledger, LedgerError};

use crate::base_book::{BaseBook, noise, options};
use crate::damage::FileMap;
use crate::drawing::Draw;
use crate::known::Known;
use crate::sound::{assert_sound, read_all};

/// No panic and no end of time; whatever is wrong has its code.
pub fn open_strange(files: FileMap, book: &BaseBook) {
    let files = Files::of(files);
    for opened in [files.open_read_only(options()), files.open(options())] {
        let Some(ledger) = told(opened) else { continue };
        told(ledger.audit());
        let _ = read_all(&ledger);
        let _ = ledger.submit_all(more(&book.known));
    }
}

/// What a caller may ask of a book: commands that it knows, and new ones.
fn more(known: &Known) -> Vec<Command> {
    let again = known.committed.iter().take(8).map(|(command, _)| command.clone());
    let bytes = noise(5, 600);
    let mut bytes = Unstructured::new(&bytes);
    let new = (0..12).flat_map(|_| Draw::new(&mut bytes, known).call());
    again.chain(new).collect()
}

/// Whatever opens shows nothing but what was in the book, and all of it where `HEAD` still says so.
pub fn open_damaged(files: FileMap, book: &BaseBook) {
    let is_kept = |name: &str| files.get(name) == book.files.get(name);
    let (head, keys) = (is_kept("HEAD"), is_kept("keys"));
    let files = Files::of(files);
    for opened in [files.open_read_only(options()), files.open(options())] {
        let Some(ledger) = told(opened) else { continue };
        let shown = ledger.changes(0, 10_000).expect("records that were read at opening");
        assert_eq!(shown[..], book.changes[..shown.len()], "records as they were");
        assert!(!head || shown.len() == book.changes.len(), "acknowledged records are missing");
        if head && keys {
            assert_sound(&ledger);
            read_all(&ledger).expect("every read");
        } else {
            is_sound_or_told(&ledger);
        }
    }
}

/// Keys that were given back to an older state, or records that were cut off with their `HEAD`, can contradict each other.
fn is_sound_or_told(ledger: &Ledger) {
    let audited = told(ledger.audit());
    if audited.is_some_and(|report| report.difference.is_none()) {
        read_all(ledger).expect("every read of what audits clean");
    }
}

/// What came of it; none where the files were refused, with a code for it.
fn told<T>(result: Result<T, LedgerError>) -> Option<T> {
    let error = match result {
        Ok(done) => return Some(done),
        Err(error) => error,
    };
    let is_told = matches!(error.kind(), ErrorKind::Corrupt | ErrorKind::Storage)
        || error.code() == ErrorCode::NoLedger;
    assert!(is_told, "{error}");
    None
}
