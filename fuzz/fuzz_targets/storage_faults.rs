//! A medium that fails anywhere in a sequence of commands: a call says whether it happened, and it is so.
#![no_main]

use ledger_fuzz::failing::Failing;
use libfuzzer_sys::fuzz_target;

/// Beyond this a sequence says little that a shorter one does not.
const STEPS_MAX: usize = 120;

fuzz_target!(|bytes: &[u8]| {
    let mut bytes = arbitrary::Unstructured::new(bytes);
    let mut ledger = Failing::new(bytes.ratio(1, 8).unwrap_or(false));
    for _ in 0..STEPS_MAX {
        if bytes.is_empty() {
            break;
        }
        ledger.step(&mut bytes);
    }
    ledger.end();
});
