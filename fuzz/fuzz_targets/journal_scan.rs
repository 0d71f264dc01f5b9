//! Any files, damaged files of a sound ledger, and forged records with right checksums: a ledger opens over them and
//! holds all that was acknowledged, or says what is damaged.
#![no_main]

use std::sync::LazyLock;

use arbitrary::Unstructured;
use ledger_fuzz::base_book::BaseBook;
use ledger_fuzz::damage::{any_files, damaged, forged};
use ledger_fuzz::opened::{open_damaged, open_strange};
use libfuzzer_sys::fuzz_target;

static NARROW: LazyLock<BaseBook> = LazyLock::new(BaseBook::narrow);
static WIDE: LazyLock<BaseBook> = LazyLock::new(BaseBook::wide);

fuzz_target!(|bytes: &[u8]| {
    let mut bytes = Unstructured::new(bytes);
    // Bytes that end too early make no files.
    let _ = match bytes.int_in_range(0..=7) {
        Ok(0) => any_files(&mut bytes).map(|files| open_strange(files, &NARROW)),
        Ok(1..=3) => forged(&mut bytes, &NARROW).map(|files| open_strange(files, &NARROW)),
        Ok(4) => damaged(&mut bytes, &WIDE).map(|files| open_damaged(files, &WIDE)),
        _ => damaged(&mut bytes, &NARROW).map(|files| open_damaged(files, &NARROW)),
    };
});
