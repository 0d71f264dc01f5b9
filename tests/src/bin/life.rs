//! A process to be killed: opens a ledger, plays the whole life of several gifts, closes it, and all that again. It tells
//! of each call on its standard output only after the ledger acknowledged it.
//!
//! `life FOLDER ROUNDS`; a line `ready SEQ` comes after each opening, then a line a call, then a line a message.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::io::Write;
use std::path::Path;

use ledger_core::Ledger;
use ledger_tests::kill::{MESSAGE, READY};
use ledger_tests::whole_life::{clock, live, options};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder, rounds] = arguments.as_slice() else { panic!("life FOLDER ROUNDS") };
    let mut out = std::io::stdout().lock();
    let mut say = |line: String| {
        writeln!(out, "{line}").unwrap();
        out.flush().unwrap();
    };
    for _ in 0..rounds.parse().unwrap() {
        let clock = clock();
        let ledger = Ledger::open(Path::new(folder), options(&clock)).unwrap();
        say(format!("{READY}{}", ledger.stats().unwrap().seq));
        let sent = live(&ledger, &clock, &mut |told| say(told.to_string())).unwrap();
        for notice in sent {
            say(format!("{MESSAGE}{notice}"));
        }
        ledger.close().unwrap();
    }
}
