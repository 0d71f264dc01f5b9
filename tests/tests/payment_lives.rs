//! Random lives of many gifts by payments, against a model that shares no code: what is accepted, what is refused and
//! with which number, every balance and every total after every step, a clean audit, and the same after reopening.
//!
//! `PROPTEST_CASES` sets how many lives.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use ledger_tests::cases::cases;
use ledger_tests::lives::live;
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn lives_in_memory_agree_with_the_model(seed in any::<u64>()) {
        live(seed, 120, None);
    }

    #[test]
    fn lives_on_disk_agree_with_the_model(seed in any::<u64>()) {
        let folder = tempfile::tempdir().unwrap();
        live(seed, 60, Some(folder.path()));
    }
}
