//! Small sound books, always the same: what damage is done to.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use arbitrary::Unstructured;
use ledger_core::testkit::Files;
use ledger_core::{Attribute, Change, DonorProfile, Ledger, Options, RegisterDonor, UpdateDonor};

use crate::drawing::Draw;
use crate::known::Known;

/// When every book begins: 2026-02-25.
pub const START: i64 = 1_772_000_000_000_000;

/// The smallest segments that the library makes.
pub const SEGMENT_BYTES: u64 = 64 << 10;

/// A sound book: what was asked, what is in it, and its files.
pub struct BaseBook {
    /// What is known of it.
    pub known: Known,
    /// Every record.
    pub changes: Vec<Change>,
    /// Its files, as a killed process leaves them.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl BaseBook {
    /// Some fifty records of many kinds in one segment.
    pub fn narrow() -> Self {
        Self::with(&|ledger, clock, known| drawn(ledger, clock, known, 50))
    }

    /// A handful of records, small enough to be bytes of an input.
    pub fn tiny() -> Self {
        Self::with(&|ledger, clock, known| drawn(ledger, clock, known, 4))
    }

    /// Records over three segments, the last of which is nearly full.
    pub fn wide() -> Self {
        Self::with(&|ledger, clock, known| {
            drawn(ledger, clock, known, 20);
            let donor =
                ledger.register_donor(RegisterDonor::default()).expect("a donor").donor().expect("its id");
            let fill = |bytes: usize| {
                let value = |number: usize| "x".repeat((bytes / 32).saturating_sub(number % 2));
                let attribute = |number| Attribute { name: format!("a{number}"), value: value(number) };
                let profile =
                    DonorProfile { attributes: (0..32).map(attribute).collect(), ..DonorProfile::default() };
                ledger.update_donor(UpdateDonor { key: None, donor, profile }).expect("an update");
            };
            // Another value every time: an update that changes nothing makes no record.
            (0..11_usize).for_each(|turn| fill(15_000 + 64 * turn));
        })
    }

    fn with(fill: &dyn Fn(&Ledger, &AtomicI64, &mut Known)) -> Self {
        let (files, clock) = (Files::default(), Arc::new(AtomicI64::new(START)));
        let ledger = files.open(options().clock_set_by(Arc::clone(&clock))).expect("a new ledger");
        let mut known = Known { clock: START, ..Known::default() };
        fill(&ledger, &clock, &mut known);
        known.clock = clock.load(Ordering::SeqCst);
        let changes = ledger.changes(0, 10_000).expect("every record");
        Self { known, changes, files: files.contents() }
    }
}

/// How every book is opened.
pub fn options() -> Options {
    Options::new().entropy_seed(7).segment_bytes(SEGMENT_BYTES)
}

/// Commands that look random and are always the same, until there are so many records.
fn drawn(ledger: &Ledger, clock: &AtomicI64, known: &mut Known, records: usize) {
    let bytes = noise(3, 1 << 16);
    let mut bytes = Unstructured::new(&bytes);
    while known.committed.len() < records {
        for command in Draw::new(&mut bytes, known).call() {
            let answer = ledger.submit(command.clone());
            known.learn(&command, &answer);
        }
        known.clock += 3_600_000_000;
        clock.store(known.clock, Ordering::SeqCst);
    }
}

/// Bytes that look random and are the same for the same seed (splitmix64).
pub fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed;
    let mut roll = move || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    };
    (0..length).map(|_| roll().to_le_bytes()[0]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The books are what their descriptions say, and the same every time.
    #[test]
    fn books_are_as_described() {
        let (narrow, wide) = (BaseBook::narrow(), BaseBook::wide());
        assert_eq!(narrow.files, BaseBook::narrow().files);
        let kinds: std::collections::BTreeSet<String> = narrow
            .changes
            .iter()
            .flat_map(|change| &change.events)
            .map(|event| format!("{event:?}").split([' ', '{']).next().expect("a name").to_owned())
            .collect();
        assert_eq!(kinds.len(), 16, "{kinds:?}");
        let lengths: Vec<_> = wide.files.iter().map(|(name, bytes)| (name, bytes.len())).collect();
        assert!(wide.files["journal/0000000003.log"].len() > 40_000, "{lengths:?}");
        assert!(!wide.files.contains_key("journal/0000000004.log"));
    }
}
