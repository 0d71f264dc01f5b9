//! A step of a follower that is stopped anywhere leaves a copy that can be read, with the keys that it needs and none of
//! anybody whose erasure it has; the next follower completes it.

use std::sync::Arc;

use super::follow::Following;
use super::{source, standby};
use crate::machine::event::Event;
use crate::storage::Identity;
use crate::storage::journal::ahead;
use crate::storage::journaled::{BesideStorage, JournaledStorage, OpenPlan, StatePolicy};
use crate::storage::keyring::{self, ERASED, IN_USE};
use crate::storage::medium::faulty::{FaultPlan, FaultyMedium};
use crate::storage::medium::memory::MemoryMedium;
use crate::storage::medium::{Medium, read_whole};
use crate::*;

/// A ledger in memory whose files can be looked at.
struct Book {
    medium: Arc<dyn Medium>,
    ledger: Ledger,
}

impl Book {
    fn new() -> Self {
        let medium: Arc<dyn Medium> = Arc::new(MemoryMedium::default());
        let ledger = Ledger::in_medium(Arc::clone(&medium), &Options::new()).unwrap();
        Self { medium, ledger }
    }

    fn donor(&self, name: &str) -> DonorId {
        let profile = DonorProfile { name: Some(name.to_owned()), ..DonorProfile::default() };
        let command = RegisterDonor { profile, ..RegisterDonor::default() };
        self.ledger.register_donor(command).unwrap().donor().unwrap()
    }

    fn erase(&self, donor: DonorId) {
        let command = EraseDonor { key: None, donor, reason: ErasureReason::Requested };
        self.ledger.erase_donor(command).unwrap();
    }

    fn identity(&self) -> Identity {
        self.ledger.identity()
    }

    fn follow(&self, copy: &Arc<dyn Medium>) -> Result<Following, crate::vocabulary::fault::Fault> {
        Following::open(Arc::clone(&self.medium), Arc::clone(copy), self.identity())
    }
}

fn memory() -> Arc<dyn Medium> {
    Arc::new(MemoryMedium::default())
}

/// State of each slot that records of the copy name, and whether the copy has the erasure of its donor.
fn slots(copy: &dyn Medium, identity: Identity) -> Vec<(u32, Option<u8>, bool)> {
    let seq = source::acknowledged(copy).unwrap().seq;
    let (mut named, mut erased) = (std::collections::BTreeMap::new(), Vec::new());
    ahead::read_all(copy, identity.ledger, seq, &mut |record, _| {
        named.extend(record.sealed.iter().map(|field| (field.donor, field.slot)));
        for event in &record.events {
            if let Event::DonorErased { donor, .. } = event {
                erased.push(*donor);
            }
        }
        Ok(())
    })
    .unwrap();
    let state = |slot| keyring::read_slot(copy, slot).unwrap().map(|(state, _)| state);
    named.iter().map(|(donor, slot)| (*slot, state(*slot), erased.contains(donor))).collect()
}

#[test]
fn whatever_stops_a_step_the_copy_is_readable_and_erasures_reach_it() {
    let book = Book::new();
    let old = book.donor("Ada");
    let first = memory();
    let mut follower = book.follow(&first).unwrap();
    follower.step().unwrap();
    book.donor("Ben");
    book.erase(old);
    let new = book.donor("Cleo");
    book.erase(new);
    book.donor("Dan");
    let files: Vec<String> = ["FORMAT", "HEAD", "keys"]
        .map(str::to_owned)
        .into_iter()
        .chain(first.files_below("journal").unwrap())
        .collect();
    let plan = FaultPlan::none();
    let mut stops = 0;
    for fail in [FaultPlan::fail_writes_after, FaultPlan::fail_syncs_after] {
        for after in 0.. {
            let inner = memory();
            for file in &files {
                inner.write_at(file, 0, &read_whole(first.as_ref(), file).unwrap().unwrap()).unwrap();
            }
            let faulty: Arc<dyn Medium> =
                Arc::new(FaultyMedium { inner: Arc::clone(&inner), plan: Arc::clone(&plan) });
            let mut follower = book.follow(&faulty).unwrap();
            fail(&plan, after);
            let stopped = follower.step().is_err();
            plan.heal();
            drop(follower);
            let when = format!("stopped after {after}");
            for (slot, state, _) in slots(inner.as_ref(), book.identity()) {
                assert!(state == Some(IN_USE) || state == Some(ERASED), "{when}: slot {slot} is {state:?}");
            }
            BesideStorage::open(Arc::clone(&inner), book.identity(), 64)
                .unwrap_or_else(|fault| panic!("{when}: {fault}"));
            // Opening alone completes what is recorded in the copy.
            let mut next = book.follow(&inner).unwrap();
            for (slot, state, erased) in slots(inner.as_ref(), book.identity()) {
                assert_eq!(state == Some(ERASED), erased, "{when}: slot {slot} is {state:?}");
            }
            next.step().unwrap();
            let all = slots(inner.as_ref(), book.identity());
            let erased = all.iter().filter(|(_, state, erased)| *erased && *state == Some(ERASED)).count();
            assert_eq!((all.len(), erased), (4, 2), "{when}");
            if !stopped {
                break;
            }
            stops += 1;
        }
    }
    assert!(stops >= 12, "{stops}");
}

/// From the moment in which a ledger can be seen in the folder, it says that it follows, and has the ledger's secret.
#[test]
fn whatever_stops_the_beginning_nobody_takes_the_copy_for_a_ledger_of_its_own() {
    let book = Book::new();
    book.donor("Ada");
    let mut stops = 0;
    for fail in [FaultPlan::fail_writes_after, FaultPlan::fail_syncs_after] {
        for after in 0.. {
            let (inner, plan) = (memory(), FaultPlan::none());
            let faulty: Arc<dyn Medium> =
                Arc::new(FaultyMedium { inner: Arc::clone(&inner), plan: Arc::clone(&plan) });
            fail(&plan, after);
            let stopped = book.follow(&faulty).is_err();
            plan.heal();
            if source::identity_of(inner.as_ref()).unwrap().is_some() {
                assert!(standby::is_marked(inner.as_ref()).unwrap(), "stopped after {after}");
                keyring::read_secret(inner.as_ref(), book.identity().ledger)
                    .unwrap_or_else(|fault| panic!("stopped after {after}: {fault}"));
            }
            assert_eq!(book.follow(&faulty).unwrap().step().unwrap().seq, 1, "stopped after {after}");
            if !stopped {
                break;
            }
            stops += 1;
        }
    }
    assert!(stops >= 12, "{stops}");
}

/// A step in which a failed one left something to do does it; the same follower goes on.
#[test]
fn a_follower_goes_on_after_a_failure() {
    let book = Book::new();
    let (inner, plan) = (memory(), FaultPlan::none());
    let faulty: Arc<dyn Medium> =
        Arc::new(FaultyMedium { inner: Arc::clone(&inner), plan: Arc::clone(&plan) });
    let mut follower = book.follow(&faulty).unwrap();
    for round in 0..30 {
        let donor = book.donor(&format!("donor {round}"));
        if round % 3 == 0 {
            book.erase(donor);
        }
        plan.fail_writes_after(round % 5);
        let _ = follower.step();
        plan.heal();
        plan.fail_syncs_after(round % 4);
        let _ = follower.step();
        plan.heal();
    }
    let step = follower.step().unwrap();
    assert_eq!((step.seq, step.source_seq), (40, 40));
    let all = slots(inner.as_ref(), book.identity());
    assert_eq!((all.len(), all.iter().filter(|(_, _, erased)| *erased).count()), (30, 10));
    for (slot, state, erased) in all {
        assert_eq!(state, Some(if erased { ERASED } else { IN_USE }), "slot {slot}");
    }
}

/// The key of whoever is erased goes although the source has not destroyed its own yet: the record is enough.
#[test]
fn a_key_is_destroyed_in_the_step_that_brings_the_erasure() {
    let book = Book::new();
    let (ada, copy) = (book.donor("Ada"), memory());
    book.donor("Ben");
    let mut follower = book.follow(&copy).unwrap();
    assert_eq!(follower.step().unwrap().records, 2);
    let key = read_whole(copy.as_ref(), keyring::FILE).unwrap().unwrap()[64 + 4..64 + 36].to_vec();
    assert_eq!(follower.step().unwrap().keys_destroyed, 0);
    book.erase(ada);
    let step = follower.step().unwrap();
    assert_eq!((step.records, step.keys_destroyed), (1, 1));
    let held = read_whole(copy.as_ref(), keyring::FILE).unwrap().unwrap();
    assert!(!held.windows(32).any(|window| window == key));
    assert_eq!(
        slots(copy.as_ref(), book.identity()).iter().filter(|(_, state, _)| *state == Some(ERASED)).count(),
        1
    );
    assert_eq!(follower.step().unwrap().keys_destroyed, 0);
}

/// Keys that the source made ahead, or handed out to nobody, do not come along: the two must never use one for two donors.
#[test]
fn a_promoted_copy_hands_out_keys_of_its_own() {
    let book = Book::new();
    book.donor("Ada");
    let copy = memory();
    book.follow(&copy).unwrap().step().unwrap();
    let plan = OpenPlan {
        medium: Arc::clone(&copy),
        folder: None,
        entropy: Arc::new(crate::storage::entropy::Entropy::System),
        mode: BookMode::Agency,
        now: Timestamp::from_micros(1),
        segment_bytes: 1 << 20,
        cache_bytes: 1 << 20,
        checkpoint_records: 100,
        state: StatePolicy::Trust,
        key_hash_bits: 64,
        boot: None,
    };
    let opened = JournaledStorage::open(plan, book.identity()).unwrap();
    let (slot, key) = crate::storage::Storage::keys(&opened.storage).hand_out().unwrap();
    assert_eq!(slot, 1);
    assert!(
        !read_whole(book.medium.as_ref(), keyring::FILE)
            .unwrap()
            .unwrap()
            .windows(32)
            .any(|held| held == key)
    );
}

/// What a step costs does not depend on the donors that are there already.
#[test]
fn a_step_reads_no_more_keys_than_come() {
    let counts: Vec<i64> = [3_u32, 60]
        .into_iter()
        .map(|donors| {
            let book = Book::new();
            for number in 0..donors {
                book.donor(&format!("donor {number}"));
            }
            let (inner, plan) = (memory(), FaultPlan::none());
            let faulty: Arc<dyn Medium> = Arc::new(FaultyMedium { inner, plan: Arc::clone(&plan) });
            let mut follower = book.follow(&faulty).unwrap();
            follower.step().unwrap();
            book.donor("one more");
            plan.fail_reads_after(1_000_000);
            assert_eq!(follower.step().unwrap().records, 1);
            1_000_000 - plan.reads_left()
        })
        .collect();
    assert_eq!(counts[0], counts[1]);
    assert!(counts[0] < 20, "{counts:?}");
}
