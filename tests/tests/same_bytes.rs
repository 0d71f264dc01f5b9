//! The same commands, clock and entropy make the same journal, byte for byte, wherever it is kept and however
//! often its state goes to disk.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ledger_core::{AuditReport, Durability, Options};
use ledger_tests::rehearsal::{Action, Audits, Place, Rehearsal, draw};

/// Everything that does not depend on how rows are kept.
const SAME_FILES: [&str; 3] = ["FORMAT", "keys", "HEAD"];

fn options() -> Options {
    Options::new().entropy_seed(7)
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// Plays seeds on all of them; opening again would draw other random bytes and is left out.
fn play_on_all(rehearsals: &mut [Rehearsal], seeds: impl Iterator<Item = u64>) {
    for seed in seeds {
        for rehearsal in rehearsals.iter_mut() {
            match draw(seed, rehearsal.model()) {
                Action::Close | Action::Kill => {}
                action => rehearsal.hurry(action),
            }
        }
        let asked: Vec<_> = rehearsals.iter().map(|rehearsal| &rehearsal.model().asked).collect();
        assert!(asked.windows(2).all(|pair| pair[0] == pair[1]), "the same ids make the same commands");
    }
}

/// Root of the tree over the bytes of all records, and how many bytes the journal has.
fn evidence(rehearsal: &Rehearsal) -> (AuditReport, u64) {
    let report = rehearsal.ledger().audit().expect("an audit");
    assert_eq!(report.difference, None);
    assert_eq!(report.root.len(), 64);
    let stats = rehearsal.ledger().stats().expect("a read");
    (report, stats.journal_bytes)
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let names = fs::read_dir(folder.join("journal")).expect("segments");
    let journal =
        names.map(|entry| format!("journal/{}", entry.expect("a name").file_name().to_string_lossy()));
    let names = journal.chain(SAME_FILES.map(str::to_owned));
    names.map(|name| (name.clone(), fs::read(folder.join(name)).expect("a file"))).collect()
}

#[test]
fn memory_and_disk_write_the_same_records() {
    for run in 0..6 {
        let place = Place::Folder(folder());
        let mut both = [
            Rehearsal::with(Place::Memory, Audits::AtOpening, options()),
            Rehearsal::with(place, Audits::AtOpening, options().checkpoint_records(3)),
        ];
        for part in 0..4 {
            play_on_all(&mut both, (0..20).map(|seed| run * 1000 + part * 100 + seed));
            let [memory, disk] = &both;
            assert_eq!(evidence(memory), evidence(disk), "run {run}, part {part}");
            let changes = |of: &Rehearsal| of.ledger().changes(0, 10_000).expect("a read");
            assert_eq!(changes(memory), changes(disk));
        }
        assert!(both[0].model().seq > 20, "run {run} recorded little");
    }
}

#[test]
fn another_seed_or_another_command_makes_another_root() {
    let root = |entropy: u64, steps: u64| {
        let options = Options::new().entropy_seed(entropy);
        let mut one = [Rehearsal::with(Place::Memory, Audits::AtOpening, options)];
        play_on_all(&mut one, 0..steps);
        evidence(&one[0]).0.root
    };
    assert_eq!(root(7, 20), root(7, 20));
    assert_ne!(root(7, 20), root(8, 20));
    assert_ne!(root(7, 20), root(7, 30));
}

#[test]
fn checkpoints_cache_and_durability_leave_no_trace_in_the_journal() {
    let (often, seldom) = (folder(), folder());
    let paths = [often.path().to_owned(), seldom.path().to_owned()];
    let seldom_options = options().checkpoint_records(50_000).key_hash_bits(8);
    let mut both = [
        Rehearsal::with(Place::Folder(often), Audits::AtOpening, options().checkpoint_records(1)),
        Rehearsal::with(Place::Folder(seldom), Audits::AtOpening, seldom_options),
    ];
    play_on_all(&mut both, 0..2500);
    let found = paths.each_ref().map(|path| files(path));
    assert!(found[0].len() > 1 + SAME_FILES.len(), "more than one segment: {:?}", found[0].keys());
    let names = found.each_ref().map(|files| files.keys().collect::<Vec<_>>());
    assert_eq!(names[0], names[1]);
    for (name, bytes) in &found[0] {
        assert!(*bytes == found[1][name], "{name} differs");
    }
    assert_eq!(evidence(&both[0]), evidence(&both[1]));
}

#[test]
fn an_acknowledgment_that_survives_power_has_the_same_bytes() {
    let bytes_with = |durability: Durability| {
        let folder = folder();
        let clock = std::sync::Arc::new(std::sync::atomic::AtomicI64::new(1_772_366_400_000_000));
        let options = options().durability(durability).clock_set_by(clock);
        let ledger = ledger_core::Ledger::open(folder.path(), options).expect("a ledger");
        for number in 0..5 {
            let key = Some(format!("donor {number}"));
            let profile = ledger_core::DonorProfile { name: key.clone(), ..Default::default() };
            let command = ledger_core::RegisterDonor { key, profile, ..Default::default() };
            ledger.register_donor(command).expect("a donor");
        }
        ledger.close().expect("closed");
        files(folder.path())
    };
    let (sync, os) = (bytes_with(Durability::Sync), bytes_with(Durability::Os));
    // HEAD says which promise was given, so it is the one file that differs.
    for (name, bytes) in sync.iter().filter(|(name, _)| !name.ends_with("HEAD")) {
        assert!(*bytes == os[name], "{name} differs");
    }
    assert_eq!(sync.len(), os.len());
}
