//! The contract of [`Storage`], checked for every store by the same suite.

#![allow(
    clippy::wildcard_enum_match_arm,
    clippy::similar_names,
    clippy::unused_self,
    clippy::large_enum_variant,
    reason = "a test fails by panicking, and its tables read as tables"
)]

mod maker;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use self::maker::{Act, Maker};
use super::entropy::Entropy;
use super::format::Found;
use super::journaled::{JournaledStorage, OpenPlan, StatePolicy};
use super::medium::Medium;
use super::medium::faulty::{FaultPlan, FaultyMedium};
use super::medium::folder::FolderMedium;
use super::medium::memory::MemoryMedium;
use super::owners::{OwnerKind, owners};
use super::{AppendFault, Head, Storage, View};
use crate::accounting::chart::BookMode;
use crate::records::codec;
use crate::records::row::{HistoryOf, Row, RowKey};
use crate::records::sealing::SlotKey;
use crate::vocabulary::time::Timestamp;

/// After this many records a checkpoint begins. At twice as many, an append waits for views that are older:
/// the suite holds a view for less than that.
const CHECKPOINT: u64 = 20;

/// A place where a store can be opened, left and opened again.
struct Place {
    medium: Arc<dyn Medium>,
    folder: Option<PathBuf>,
    plan: Option<Arc<FaultPlan>>,
}

impl Place {
    fn open(&self) -> Arc<dyn Storage> {
        let plan = OpenPlan {
            medium: Arc::clone(&self.medium),
            folder: self.folder.clone(),
            entropy: Arc::new(Entropy::System),
            mode: BookMode::Agency,
            now: Timestamp::from_micros(1),
            segment_bytes: 64 << 10,
            cache_bytes: 1 << 20,
            checkpoint_records: CHECKPOINT,
            key_hash_bits: 64,
            boot: None,
            state: StatePolicy::Trust,
        };
        let opened = match JournaledStorage::find(self.medium.as_ref()).unwrap() {
            Found::Ledger(identity) => JournaledStorage::open(plan, identity),
            Found::Nothing | Found::Newer(_) => JournaledStorage::create(plan),
        };
        Arc::new(opened.unwrap().storage)
    }
}

/// Runs the suite over a place, with a new one for every point of the contract.
fn keeps_the_contract(place: &dyn Fn() -> Place) {
    appended_groups_are_seen_whole_and_not_before(&place());
    a_failed_append_changes_nothing_that_is_seen(&place());
    a_view_shows_one_moment(&place());
    keys_are_found_up_to_the_head_of_the_view(&place());
    owners_come_in_order_for_every_page_size(&place());
    scan_rows_and_rebuild_agree(&place());
    closed_or_dropped_it_is_opened_with_everything(&place());
    slots_of_keys_are_handed_out_once(&place());
}

#[test]
fn in_memory() {
    keeps_the_contract(&|| Place { medium: Arc::new(MemoryMedium::default()), folder: None, plan: None });
}

#[test]
fn in_a_folder() {
    in_folders(|| None);
}

#[test]
fn in_memory_that_can_fail() {
    keeps_the_contract(&|| {
        let (inner, plan) = (Arc::new(MemoryMedium::default()), FaultPlan::none());
        let medium = FaultyMedium { inner, plan: Arc::clone(&plan) };
        Place { medium: Arc::new(medium), folder: None, plan: Some(plan) }
    });
}

#[test]
fn in_a_folder_that_can_fail() {
    in_folders(|| Some(FaultPlan::none()));
}

fn in_folders(plan: fn() -> Option<Arc<FaultPlan>>) {
    let home = tempfile::tempdir().unwrap();
    let number = std::cell::Cell::new(0);
    keeps_the_contract(&|| {
        number.set(number.get() + 1);
        let folder = home.path().join(number.get().to_string());
        std::fs::create_dir_all(&folder).unwrap();
        let (inner, plan) = (Arc::new(FolderMedium::new(&folder)), plan());
        let medium: Arc<dyn Medium> = match &plan {
            Some(plan) => Arc::new(FaultyMedium { inner, plan: Arc::clone(plan) }),
            None => inner,
        };
        Place { medium, folder: Some(folder), plan }
    });
}

/// Acts that make rows of every kind of owner.
fn acts(count: usize) -> Vec<Act> {
    let codes = ["EUR", "JPY", "USD", "KWD"];
    let each = |number: usize| match number % 4 {
        0 => Act::Register,
        1 => Act::Open(codes[number / 4 % codes.len()]),
        _ => Act::Give(i64::try_from(number).unwrap()),
    };
    (0..count).map(each).collect()
}

/// Everything that a view shows: its head, its records, and the rows under these keys.
type Shown = (Head, Vec<Option<u64>>, BTreeMap<RowKey, Option<Arc<Row>>>);

fn shown(view: &dyn View, keys: &BTreeSet<RowKey>, records: u64) -> Shown {
    let seqs = (0..=records + 1).map(|seq| view.record(seq).unwrap().map(|record| record.seq));
    let rows = keys.iter().map(|key| (key.clone(), view.row(key).unwrap()));
    (view.head(), seqs.collect(), rows.collect())
}

fn keys_of(maker: &Maker) -> BTreeSet<RowKey> {
    maker.expected.keys().cloned().collect()
}

fn assert_shows(storage: &dyn Storage, maker: &Maker) {
    let view = storage.view();
    let view_again = storage.view();
    assert_eq!(view.head(), view_again.head());
    assert_eq!(view.head().seq, u64::try_from(maker.records.len()).unwrap());
    for record in &maker.records {
        assert_eq!(view.record(record.seq).unwrap().as_ref(), Some(record));
    }
    assert_eq!(view.record(0).unwrap(), None);
    assert_eq!(view.record(view.head().seq + 1).unwrap(), None);
    for (key, row) in &maker.expected {
        assert_eq!(view.row(key).unwrap().as_ref(), Some(row), "{key:?}");
    }
}

fn appended_groups_are_seen_whole_and_not_before(place: &Place) {
    let (storage, mut maker) = (place.open(), Maker::default());
    assert_eq!(storage.view().head().seq, 0);
    assert_shows(storage.as_ref(), &maker);
    for group in acts(70).chunks(7) {
        let before = storage.view().head();
        let after = maker.append(storage.as_ref(), group);
        assert_eq!(after, storage.view().head());
        assert_eq!(after.seq, before.seq + 7);
        assert_ne!(after.root, before.root);
        assert_shows(storage.as_ref(), &maker);
    }
    let sizes = storage.sizes().unwrap();
    assert!(sizes.journal_bytes > 70 * 50, "{sizes:?}");
}

fn a_failed_append_changes_nothing_that_is_seen(place: &Place) {
    let Some(plan) = &place.plan else { return };
    let (mut storage, mut maker) = (place.open(), Maker::default());
    maker.append(storage.as_ref(), &acts(10));
    for fail in [FaultPlan::fail_writes_after, FaultPlan::fail_syncs_after] {
        let before = shown(storage.view().as_ref(), &keys_of(&maker), 12);
        fail(plan, 0);
        let fault = maker.append_in_vain(storage.as_ref(), &acts(4)[..1]);
        plan.heal();
        assert!(matches!(fault, AppendFault::Unknown(_)), "{fault:?}");
        assert_eq!(shown(storage.view().as_ref(), &keys_of(&maker), 12), before, "nothing is seen of it");
        storage.abandon();
        drop(storage);
        storage = place.open();
        // What was written and not synced is there when nothing but the process went: whole.
        let seq = storage.view().head().seq;
        assert!(seq == before.0.seq || seq == before.0.seq + 1);
        assert!(storage.view().record(seq).unwrap().is_some());
    }
}

fn a_view_shows_one_moment(place: &Place) {
    let (mut storage, mut maker) = (place.open(), Maker::default());
    maker.append(storage.as_ref(), &acts(13));
    for round in 0..6 {
        let known = storage.view().head().seq;
        let old = storage.view();
        let keys = keys_of(&maker);
        let (before, rows) = (shown(old.as_ref(), &keys, known + 8), all_rows(old.as_ref()));
        // A checkpoint begins in the middle of these, and waits for the view.
        let more = u64::try_from(maker.records.len()).unwrap().min(CHECKPOINT + 10);
        for number in 0..more {
            let act = acts(4)[usize::try_from((number + round) % 4).unwrap()];
            maker.append(storage.as_ref(), &[act]);
            let newer = storage.view();
            assert_eq!(newer.head(), storage.view().head());
            assert_eq!(newer.row(&RowKey::Meta).unwrap().as_ref(), maker.expected.get(&RowKey::Meta));
        }
        assert_eq!(shown(old.as_ref(), &keys, known + 8), before, "round {round}: still its moment");
        for (key, _) in maker.expected.iter().filter(|(key, _)| !keys.contains(key)) {
            assert_eq!(old.row(key).unwrap(), None, "round {round}: {key:?} came later");
        }
        assert!(all_rows(old.as_ref()) == rows, "round {round}: all rows of its moment");
        let of_old: usize = [OwnerKind::Donors, OwnerKind::Causes, OwnerKind::Accounts]
            .map(|kind| owners(old.as_ref(), None, kind, 1_000).unwrap().len())
            .iter()
            .sum();
        let owners = keys.iter().filter(|key| matches!(key, RowKey::Owner(_))).count();
        assert_eq!(of_old, owners, "round {round}: owners of its moment only");
        drop(old);
        // Brings everything below, which no view stands against now.
        storage.close().unwrap();
        storage = place.open();
        assert_shows(storage.as_ref(), &maker);
    }
}

fn keys_are_found_up_to_the_head_of_the_view(place: &Place) {
    let (storage, mut maker) = (place.open(), Maker::default());
    maker.append(storage.as_ref(), &acts(9));
    let (old, keys) = (storage.view(), storage.keys());
    let hash = |seq: u64| keys.secret().key_hash(&format!("key-{seq}"));
    maker.append(storage.as_ref(), &acts(9));
    for seq in 1..=18 {
        assert_eq!(storage.view().key_candidates(hash(seq)), [seq]);
        assert_eq!(old.key_candidates(hash(seq)).len(), usize::from(seq <= 9), "key-{seq}");
    }
    assert!(storage.view().key_candidates(hash(99)).is_empty());
}

fn owners_come_in_order_for_every_page_size(place: &Place) {
    let (mut storage, mut maker) = (place.open(), Maker::default());
    let all = acts(60);
    for group in all[..36].chunks(6) {
        maker.append(storage.as_ref(), group);
    }
    // Some rows below, some in memory, some in both with a newer one in memory.
    storage.close().unwrap();
    storage = place.open();
    maker.append(storage.as_ref(), &[Act::Give(1), Act::Give(2)]);
    for group in all[36..].chunks(6) {
        maker.append(storage.as_ref(), group);
    }
    let view = storage.view();
    for kind in [OwnerKind::Donors, OwnerKind::Causes, OwnerKind::Accounts] {
        let expected = expected_owners(&maker, kind);
        assert!(expected.len() >= 10, "{kind:?}: {}", expected.len());
        for size in 1..=expected.len() + 1 {
            let (mut paged, mut after): (Vec<_>, Option<HistoryOf>) = (Vec::new(), None);
            loop {
                let page = owners(view.as_ref(), after.as_ref(), kind, size).unwrap();
                assert!(page.len() <= size);
                let Some((last, _)) = page.last() else { break };
                after = Some(last.clone());
                paged.extend(page);
            }
            assert!(paged == expected, "{kind:?} by pages of {size}");
        }
        assert!(owners(view.as_ref(), None, kind, 0).unwrap().is_empty());
    }
}

/// The owners of a kind in the order of their bytes on disk.
fn expected_owners(maker: &Maker, kind: OwnerKind) -> Vec<(HistoryOf, Arc<Row>)> {
    let of_kind = |owner: &HistoryOf| match owner {
        HistoryOf::Donor(_) => kind == OwnerKind::Donors,
        HistoryOf::Cause(_) => kind == OwnerKind::Causes,
        HistoryOf::Account(_) => kind == OwnerKind::Accounts,
    };
    let mut owners: Vec<_> = maker
        .expected
        .iter()
        .filter_map(|(key, row)| match key {
            RowKey::Owner(owner) if of_kind(owner) => Some((owner.clone(), Arc::clone(row))),
            _ => None,
        })
        .collect();
    owners.sort_by_key(|(owner, _)| codec::encode_key(&RowKey::Owner(owner.clone())));
    owners
}

/// All rows but the places, which only the store knows.
fn all_rows(view: &dyn View) -> BTreeMap<Vec<u8>, Row> {
    let mut rows = BTreeMap::new();
    view.rows(&mut |key, row| {
        let is_place = matches!(row, Row::Placement(_));
        assert!(rows.insert(key, row).is_none(), "a row twice");
        if is_place {
            rows.retain(|_, row| !matches!(row, Row::Placement(_)));
        }
        Ok(())
    })
    .unwrap();
    rows
}

fn scan_rows_and_rebuild_agree(place: &Place) {
    let (storage, mut maker) = (place.open(), Maker::default());
    for group in acts(150).chunks(9) {
        maker.append(storage.as_ref(), group);
    }
    let expected: BTreeMap<Vec<u8>, Row> =
        maker.expected.iter().map(|(key, row)| (codec::encode_key(key), (**row).clone())).collect();
    for when in ["as written", "rebuilt", "rebuilt again"] {
        let mut scanned = Vec::new();
        let end = storage
            .scan(150, &mut |record, place| {
                assert_eq!(storage.view().place(record.seq), Ok(Some(place)), "{when}: {}", record.seq);
                scanned.push(record.clone());
                Ok(())
            })
            .unwrap();
        assert_eq!(end, storage.view().head(), "{when}");
        assert!(scanned == maker.records, "{when}: every record, in order");
        assert!(all_rows(storage.view().as_ref()) == expected, "{when}: every row");
        assert_shows(storage.as_ref(), &maker);
        assert_eq!(storage.rebuild().unwrap(), 150);
    }
}

fn closed_or_dropped_it_is_opened_with_everything(place: &Place) {
    let mut maker = Maker::default();
    let mut storage = place.open();
    let identity = storage.identity();
    for (round, group) in acts(150).chunks(30).enumerate() {
        for part in group.chunks(4) {
            maker.append(storage.as_ref(), part);
        }
        let head = storage.view().head();
        if round.is_multiple_of(2) {
            storage.close().unwrap();
        }
        storage.abandon();
        drop(storage);
        storage = place.open();
        assert_eq!((storage.identity(), storage.view().head()), (identity, head));
        assert_shows(storage.as_ref(), &maker);
        let keys = storage.keys();
        for record in &maker.records {
            let hash = keys.secret().key_hash(record.key.as_deref().unwrap());
            assert_eq!(storage.view().key_candidates(hash), [record.seq]);
        }
    }
}

fn slots_of_keys_are_handed_out_once(place: &Place) {
    let mut handed_out = BTreeMap::new();
    // Three times as many as are made at once.
    for _ in 0..3 {
        let storage = place.open();
        let keys = storage.keys();
        for _ in 0..256 {
            let (slot, key) = keys.hand_out().unwrap();
            assert_eq!(handed_out.insert(slot, key), None, "slot {slot} twice");
        }
        for (slot, key) in &handed_out {
            assert!(matches!(keys.slot_key(*slot).unwrap(), SlotKey::Present(held) if held == *key));
        }
        assert_ne!(keys.nonce().unwrap(), keys.nonce().unwrap());
        storage.abandon();
    }
    let distinct: BTreeSet<_> = handed_out.values().collect();
    assert_eq!(distinct.len(), 3 * 256, "every slot has a key of its own");
}
