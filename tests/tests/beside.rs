//! What goes on beside each other in one process: an audit beside writers, and a ledger that is opened while
//! a closed handle of it is still held.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]

use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use ledger_core::{ErrorCode, Ledger, Options};
use ledger_tests::{book, dump};

fn options() -> Options {
    Options::new().cache_bytes(1 << 20).checkpoint_records(40)
}

/// Writers go on while an audit runs, up to where memory is full, and the audit is of one moment.
#[test]
fn an_audit_beside_writers_is_clean_and_comes_to_an_end() {
    let home = tempfile::tempdir().unwrap();
    for ledger in [Ledger::open(home.path(), options()), Ledger::in_memory(options())] {
        let (ledger, stop) = (ledger.unwrap(), AtomicBool::new(false));
        let book = book::write(&ledger, 30);
        let begun = ledger.stats().unwrap().seq;
        let write = || {
            for number in 0.. {
                if stop.load(Ordering::SeqCst) {
                    return number;
                }
                let key = format!("beside-{number}");
                ledger.donate(book::gift(&key, book.donors[0], book.causes[0], 1)).unwrap();
            }
            0
        };
        #[allow(clippy::disallowed_methods, reason = "writing beside the audit is what is tested")]
        let (written, audited) = std::thread::scope(|scope| {
            let writer = scope.spawn(write);
            let mut audited = begun;
            // Until an audit has seen what was written beside an earlier one.
            while audited < begun + 20 {
                let report = ledger.audit().unwrap();
                assert_eq!(report.difference, None, "at record {}", report.seq);
                assert_eq!(report.records, report.seq);
                audited = report.seq;
            }
            stop.store(true, Ordering::SeqCst);
            (writer.join().unwrap(), audited)
        });
        assert_eq!(ledger.stats().unwrap().seq, begun + written);
        assert!(audited <= begun + written);
        dump::assert_clean(&ledger, "afterwards");
        ledger.close().unwrap();
    }
}

/// A closed handle holds nothing: neither the lock nor sled's own. A dropped one neither.
#[test]
fn a_closed_ledger_can_be_opened_while_its_handle_lives() {
    let home = tempfile::tempdir().unwrap();
    let first = Ledger::open(home.path(), options()).unwrap();
    let clone = first.clone();
    let book = book::write(&first, 5);
    let before = dump::dump(&first, &book.keys);
    first.close().unwrap();
    let second = Ledger::open(home.path(), options()).unwrap();
    assert_eq!(second.opening_report().records_folded_again, None);
    assert_eq!(dump::dump(&second, &book.keys), before);
    for closed in [&first, &clone] {
        assert_eq!(closed.stats().unwrap_err().code(), ErrorCode::Closed);
        closed.close().unwrap();
    }
    let third = Ledger::open(home.path(), options()).map(|_| ()).unwrap_err();
    assert_eq!(third.code(), ErrorCode::AlreadyOpen, "the second is still open");
    drop(second);
    let third = Ledger::open(home.path(), options()).unwrap();
    assert_eq!(dump::dump(&third, &book.keys), before);
}

/// Whoever is told that the ledger is closed finds the folder given back, also the second who closes it.
#[test]
fn two_who_close_at_once_both_find_the_folder_free() {
    for round in 0..20 {
        let home = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(home.path(), options()).unwrap();
        let book = book::write(&ledger, 70);
        let (other, barrier) = (ledger.clone(), Barrier::new(2));
        #[allow(clippy::disallowed_methods, reason = "closing at the same time is what is tested")]
        let opened = std::thread::scope(|scope| {
            scope.spawn(|| {
                barrier.wait();
                other.close().unwrap();
            });
            barrier.wait();
            ledger.close().unwrap();
            Ledger::open(home.path(), options()).map_err(|error| error.code())
        });
        let opened = opened.unwrap_or_else(|code| panic!("round {round}: {code:?}"));
        assert_eq!(opened.opening_report().records_folded_again, None, "round {round}");
        assert!(opened.donor(book.donors[0]).unwrap().is_some());
    }
}

/// Reads and writes that are going on end by themselves: closing waits for them, calls after it are told that
/// the ledger is closed, and the next opening has nothing to fold again.
#[test]
fn a_close_beside_readers_and_writers_is_a_clean_one() {
    for round in 0..20 {
        let home = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(home.path(), options()).unwrap();
        let book = book::write(&ledger, 30);
        let begun = AtomicU64::new(0);
        #[allow(clippy::disallowed_methods, reason = "closing beside calls is what is tested")]
        let (written, seen) = std::thread::scope(|scope| {
            let write = scope.spawn(|| {
                for number in 0.. {
                    begun.store(number, Ordering::SeqCst);
                    let gift = book::gift(&format!("beside-{number}"), book.donors[0], book.causes[0], 1);
                    if let Err(error) = ledger.donate(gift) {
                        return (number, error.code());
                    }
                }
                (0, ErrorCode::NotCommitted)
            });
            let reads: Vec<_> = (0..3)
                .map(|_| {
                    scope.spawn(|| {
                        loop {
                            if let Err(error) = ledger.trial_balance() {
                                return error.code();
                            }
                        }
                    })
                })
                .collect();
            while begun.load(Ordering::SeqCst) < 50 {
                std::hint::spin_loop();
            }
            ledger.close().unwrap();
            (write.join().unwrap(), reads.into_iter().map(|read| read.join().unwrap()).collect::<Vec<_>>())
        });
        assert_eq!(written.1, ErrorCode::Closed, "round {round}");
        assert_eq!(seen, [ErrorCode::Closed; 3], "round {round}");
        drop(ledger);
        let opened = Ledger::open(home.path(), options()).unwrap();
        assert_eq!(opened.opening_report().records_folded_again, None, "round {round}");
        let status = opened.status(&format!("beside-{}", written.0 - 1)).unwrap();
        assert!(matches!(status, ledger_core::KeyStatus::Committed { .. }), "round {round}");
    }
}
