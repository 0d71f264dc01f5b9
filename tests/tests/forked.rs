//! A forked child shares files and locks with its parent, but not the threads behind them: every call there
//! is refused, and its end ends nothing of the parent's.
#![cfg(unix)]
#![allow(
    unsafe_code,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking; nothing safe forks"
)]

use ledger_core::{Follower, Ledger, LedgerError, Options, RegisterDonor};

/// Seconds after which a child that hangs is killed.
const CHILD_SECONDS: u32 = 60;

/// Runs in a forked child, and gives what it says by its exit status; `None` where it was killed.
fn in_a_child(work: impl FnOnce() -> i32) -> Option<i32> {
    // SAFETY: the child calls nothing but `work` and the end of the process; both sides stay in this function.
    unsafe {
        match libc::fork() {
            -1 => panic!("no child"),
            0 => {
                libc::alarm(CHILD_SECONDS);
                libc::_exit(work())
            }
            child => {
                let mut status = 0;
                assert_eq!(libc::waitpid(child, &raw mut status, 0), child);
                libc::WIFEXITED(status).then(|| libc::WEXITSTATUS(status))
            }
        }
    }
}

/// 1 for a call that was refused as one of a forked process.
fn refused<T>(result: Result<T, LedgerError>) -> i32 {
    match result {
        Err(LedgerError::Closed { why }) => i32::from(why.contains("forked")),
        Err(_) | Ok(_) => 0,
    }
}

#[test]
fn a_child_is_refused_and_harms_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = Ledger::open(folder.path(), Options::new()).expect("opened");
    ledger.register_donor(RegisterDonor::default()).expect("a donor");

    let mut of_child = Some(ledger.clone());
    let mut of_parent = Some(ledger);
    let said = in_a_child(|| {
        // Both handles go in the child: the last one would bring the parent's ledger to rest.
        let (one, other) = (of_child.take().expect("a handle"), of_parent.take().expect("a handle"));
        let refusals = refused(one.register_donor(RegisterDonor::default()))
            + refused(one.trial_balance())
            + refused(one.audit())
            + refused(one.close());
        drop((one, other));
        refusals
    });
    assert_eq!(said, Some(4), "refused calls of a child that ended by itself");

    let elsewhere = tempfile::tempdir().expect("a folder");
    let said = in_a_child(|| refused(Ledger::open(elsewhere.path(), Options::new()).map(|_| ())));
    assert_eq!(said, Some(1), "an opening in a child of a process that has opened a ledger");
    let said = in_a_child(|| {
        let reader = Ledger::open_read_only(folder.path(), Options::new());
        i32::from(reader.and_then(|reader| reader.stats()).is_ok_and(|stats| stats.seq == 1))
    });
    assert_eq!(said, Some(1), "a child may read beside its parent");
    assert!(Ledger::in_memory(Options::new()).is_ok(), "memory needs no threads");

    let ledger = of_parent.take().expect("a handle");
    assert_eq!(ledger.register_donor(RegisterDonor::default()).expect("a donor").seq, 2);
    let second =
        Ledger::open(folder.path(), Options::new()).map(|_| ()).map_err(|error| error.code().number());
    assert_eq!(second, Err(5004), "the child gave the parent's lock away");
    ledger.close().expect("closed");
    let again = Ledger::open(folder.path(), Options::new()).expect("opened again");
    assert_eq!(again.opening_report().records_folded_again, None);
    assert_eq!(again.stats().expect("a read").seq, 2);
}

#[test]
fn a_child_follows_nothing_and_leaves_the_copy_locked() {
    let (source, copies) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let copy = copies.path().join("copy");
    let ledger = Ledger::open(source.path(), Options::new()).expect("opened");
    let mut follower = Some(Follower::open(source.path(), &copy).expect("a follower"));

    let said = in_a_child(|| follower.take().map_or(0, |mut follower| refused(follower.step())));
    assert_eq!(said, Some(1), "a step in a child that ended by itself");
    let second = Follower::open(source.path(), &copy).map(|_| ()).map_err(|error| error.code().number());
    assert_eq!(second, Err(5004), "the child gave the lock of the copy away");
    ledger.register_donor(RegisterDonor::default()).expect("a donor");
    let step = follower.as_mut().expect("a follower").step().expect("followed");
    assert!(step.is_level());
}
