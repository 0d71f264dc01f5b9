//! Any bytes as a record, a row or personal content: refused as damage, or the same again after encoding; and never
//! more memory than a few pieces of the largest size that is decoded.
#![no_main]

use ledger_core::testkit::{
    DECODED_MEMORY_MAX, personal_content_comes_back, record_comes_back, row_comes_back,
};
use ledger_core::{ErrorCode, ErrorKind, LedgerError};
use ledger_fuzz::memory::{Counted, most_held};
use libfuzzer_sys::fuzz_target;

#[global_allocator]
static COUNTED: Counted = Counted;

/// What is decoded may claim the largest size, and is held while its own bytes are made and decoded again.
const MEMORY_MAX: usize = 2 * DECODED_MEMORY_MAX + (4 << 20);

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, bytes)) = bytes.split_first() else { return };
    let decode = || -> Result<bool, LedgerError> {
        match kind % 3 {
            0 => record_comes_back(bytes, seq_in(bytes)),
            1 => row_comes_back(bytes),
            _ => personal_content_comes_back(bytes),
        }
    };
    let (decoded, memory) = most_held(decode);
    assert!(memory <= MEMORY_MAX, "{} bytes made it hold {memory}", bytes.len());
    match decoded {
        Ok(same) => assert!(same, "other bytes, other value"),
        // A version byte that is not known yet is told as such.
        Err(error) if error.code() == ErrorCode::NewerFormat => {}
        Err(error) => assert_eq!(error.kind(), ErrorKind::Corrupt, "{error}"),
    }
});

/// The seq that a record says, as it stands behind the version: without it every record would be one of another seq.
fn seq_in(bytes: &[u8]) -> u64 {
    let wide = |length: usize| {
        let mut seq = [0; 8];
        let found = bytes.get(2..2 + length).unwrap_or_default();
        seq[..found.len()].copy_from_slice(found);
        u64::from_le_bytes(seq)
    };
    match bytes.get(1) {
        Some(251) => wide(2),
        Some(252) => wide(4),
        Some(253) => wide(8),
        Some(small) => u64::from(*small),
        None => 0,
    }
}
