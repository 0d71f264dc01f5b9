//! Any sequence of commands leaves a sound book, in which a refusal changed nothing and a repeat says what was said
//! before; and the journal alone makes the same book again.
#![no_main]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use arbitrary::Unstructured;
use ledger_core::testkit::Files;
use ledger_core::{BookMode, Ledger, LedgerError, Options};
use ledger_fuzz::base_book::START;
use ledger_fuzz::drawing::Draw;
use ledger_fuzz::known::{Known, is_recorded_by};
use ledger_fuzz::sound::{assert_replayed, assert_sound, read_all, seq_of};
use libfuzzer_sys::fuzz_target;

/// Beyond this a sequence says little that a shorter one does not.
const CALLS_MAX: usize = 120;

fuzz_target!(|bytes: &[u8]| {
    let mut bytes = Unstructured::new(bytes);
    let clock = Arc::new(AtomicI64::new(START));
    let mode = if bytes.ratio(1, 2).unwrap_or(false) { BookMode::Principal } else { BookMode::Agency };
    // Hashes of 8 bits, so that keys collide.
    let options = Options::new().mode(mode).clock_set_by(Arc::clone(&clock)).entropy_seed(1).key_hash_bits(8);
    let files = Files::default();
    let ledger = files.open(options.clone()).expect("a new ledger");
    let mut known = Known { clock: START, ..Known::default() };
    for _ in 0..CALLS_MAX {
        if bytes.is_empty() {
            break;
        }
        let mut draw = Draw::new(&mut bytes, &known);
        if draw.below(16) == 15 {
            known.clock = draw.clock();
            clock.store(known.clock, Ordering::SeqCst);
        }
        ask(&ledger, Draw::new(&mut bytes, &known).call(), &mut known);
    }
    assert_sound(&ledger);
    read_all(&ledger).expect("every read");
    assert_replayed(&ledger, &known);
    let root = ledger.audit().expect("an audit").root;
    ledger.close().expect("a close");
    let again = files.open(options.entropy_seed(2)).expect("the ledger again");
    assert_sound(&again);
    assert_eq!(again.audit().expect("an audit").root, root);
    assert_replayed(&again, &known);
});

/// One call: what it commits is counted on without a gap, what it refuses leaves no trace.
fn ask(ledger: &Ledger, commands: Vec<ledger_core::Command>, known: &mut Known) {
    let mut seq = seq_of(ledger);
    let answers = ledger.submit_all(commands.clone()).expect("few commands");
    for (command, answer) in commands.iter().zip(&answers) {
        match answer {
            Ok(committed) if is_recorded_by(command, committed) => {
                seq += 1;
                assert_eq!(committed.seq, seq, "of {command:?}");
            }
            Ok(_) | Err(LedgerError::Rejected(_)) => {}
            Err(error) => panic!("{error} ({command:?})"),
        }
        known.learn(command, answer);
    }
    assert_eq!(seq_of(ledger), seq, "after {answers:?}");
}
