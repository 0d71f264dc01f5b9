//! A process to be killed while it opens a ledger, or makes its state again: it does so without end, with a few gifts
//! between. Whatever it begins it says before (`opening`, `rebuilding`), and a key is a line of its own, told only after
//! the ledger acknowledged it.
//!
//! `opener FOLDER opening|rebuilding RUN`

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

use std::io::Write;
use std::path::Path;

use ledger_core::{Ledger, Options, StatePolicy};
use ledger_tests::book;
use ledger_tests::kill::{self, GIFTS_OF_A_ROUND};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder, way, run] = arguments.as_slice() else {
        panic!("opener FOLDER opening|rebuilding RUN");
    };
    let (folder, first) = (Path::new(folder), run.parse::<u32>().unwrap());
    match way.as_str() {
        "opening" => {
            for round in 0_u32.. {
                say("opening");
                let ledger = Ledger::open(folder, as_of_round(first + round)).unwrap();
                give(&ledger, &format!("{run}-{round}"));
                if round % 3 == 1 {
                    ledger.close().unwrap();
                }
            }
        }
        "rebuilding" => {
            let ledger = Ledger::open(folder, kill::options()).unwrap();
            for round in 0_u32.. {
                say("rebuilding");
                ledger.rebuild().unwrap();
                give(&ledger, &format!("{run}-{round}"));
            }
        }
        _ => panic!("no such way: {way}"),
    }
}

/// In turn: as it is, after another start of the machine, and without the state that is there.
fn as_of_round(round: u32) -> Options {
    match round % 4 {
        1 => kill::options().boot(Some(u128::from(round).to_le_bytes())),
        3 => kill::options().state(StatePolicy::Rebuild),
        _ => kill::options(),
    }
}

fn give(ledger: &Ledger, name: &str) {
    let donor = ledger.donors(None, 1).unwrap()[0].id;
    let cause = ledger.causes(None, 1).unwrap()[0].id;
    for number in 0..GIFTS_OF_A_ROUND {
        let key = format!("{name}-{number}");
        ledger.donate(book::gift(&key, donor, cause, 100)).unwrap();
        say(&key);
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout();
    writeln!(out, "{line}").unwrap();
    out.flush().unwrap();
}
