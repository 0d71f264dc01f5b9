//! The largest closing that the rules allow is written, read again and audited.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

use ledger_core::{
    BookMode, ClosePeriod, Command, Delivery, DonorKind, Event, Ledger, Options, RecordedAs, TakeOver,
};
use ledger_tests::{book, dump};

fn row(number: u32) -> Command {
    Command::TakeOver(TakeOver {
        key: format!("row-{number}"),
        recorded_as: RecordedAs::Gift,
        donor_external_id: "d1".to_owned(),
        donor_kind: DonorKind::Person,
        donor_name: None,
        cause_external_id: format!("cause-{number}"),
        cause_name: None,
        currency: book::euro(),
        amount: Some(book::cents(i64::MAX)),
        occurred_on: "2026-01-31".parse().ok(),
        memo: None,
    })
}

#[test]
fn a_closing_of_2000_accounts_is_read_again() {
    let home = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(home.path(), Options::new().mode(BookMode::Principal)).unwrap();
    let rows = ledger.submit_all((0..2_000).map(row).collect()).unwrap();
    assert!(rows.iter().all(Result::is_ok));
    let close = ClosePeriod { key: "closing".to_owned(), through: "2026-01-31".parse().unwrap() };
    let closed = ledger.close_period(close.clone()).unwrap();
    let Some(Event::PeriodClosed { closed: accounts, .. }) = closed.events.first() else {
        panic!("not closed")
    };
    assert_eq!((accounts.len(), closed.balances.len()), (2_000, 4_000));
    ledger.close().unwrap();
    for options in [Options::new(), Options::new().state(ledger_core::StatePolicy::Rebuild)] {
        let ledger = Ledger::open(home.path(), options).unwrap();
        dump::assert_clean(&ledger, "after a large closing");
        let again = ledger.close_period(close.clone()).unwrap();
        assert_eq!((again.delivery, again.balances.len()), (Delivery::Replayed, 4_000));
        ledger.close().unwrap();
    }
}
