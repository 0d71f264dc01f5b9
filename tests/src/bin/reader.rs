//! A process that reads beside a writer: refreshes without end, and tells what it sees at each moment, a line each:
//! the record, the gifts, and debits and credits of all accounts.
//!
//! `reader FOLDER`; it ends when it is killed, or nobody listens any more.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::io::Write;

use ledger_core::{Ledger, Options};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder] = arguments.as_slice() else { panic!("reader FOLDER") };
    let ledger = Ledger::open_read_only(folder, Options::new()).unwrap();
    let mut out = std::io::stdout();
    loop {
        let seq = ledger.refresh().unwrap();
        let stats = ledger.stats().unwrap();
        let sums = ledger.trial_balance().unwrap().sums;
        let debits: u128 = sums.iter().map(|sum| sum.debits_minor).sum();
        let credits: u128 = sums.iter().map(|sum| sum.credits_minor).sum();
        assert_eq!(seq, stats.seq, "one moment");
        if writeln!(out, "{seq} {} {debits} {credits}", stats.donations).and_then(|()| out.flush()).is_err() {
            return;
        }
    }
}
