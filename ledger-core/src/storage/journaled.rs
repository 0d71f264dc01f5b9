//! The store of one folder, or of memory: journal, keyring, overlay, and sled below where there is a folder.

mod beside;
mod open;
mod placements;
mod read_cache;
#[cfg(test)]
mod row_budget_tests;
mod state;
mod view;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};

pub use self::beside::BesideStorage;
pub use self::open::{OpenPlan, OpenReport, Opened, StatePolicy, check_empty};
pub use self::state::StateFound;

use self::placements::{place, placement_of, placements};
use self::read_cache::ReadCache;
use self::view::JournaledView;
use super::boot::BootId;
use super::journal::ahead::{self, Stretch, read_ahead};
use super::journal::read::{self, segments};
use super::journal::scan::Position;
use super::journal::writer::JournalWriter;
use super::key_index::KeyIndex;
use super::keyring::Keyring;
use super::medium::Medium;
use super::overlay::Overlay;
use super::sled::{Checkpoints, Rest, Seal, SledRows, running};
use super::{AppendFault, Durability, Group, Head, Identity, Keys, Sizes, Storage, View};
use crate::records::fold::{Folding, erased_in, fold};
use crate::records::record::Record;
use crate::records::row::{ClaimedKey, Extent, HistoryOf, Row, RowKey};
use crate::records::rows::{RowReader, RowTable};
use crate::records::sealing::{KeySource, LedgerSecret};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::DonorId;

/// How long closing waits for reads that are going on.
const CLOSING_WAIT: Duration = Duration::from_secs(1);

/// After so many changed rows a checkpoint begins, however few records changed them: this bounds the memory.
const CHECKPOINT_ROWS: usize = 1 << 16;

/// A journal, and the rows derived from it.
pub struct JournaledStorage {
    identity: Identity,
    medium: Arc<dyn Medium>,
    writer: Mutex<Lane>,
    keyring: Arc<Keyring>,
    overlay: Arc<Overlay>,
    key_index: Arc<KeyIndex>,
    read_cache: Arc<ReadCache>,
    below: Option<Below>,
    /// Records in the active layer, since the last checkpoint began.
    since_checkpoint: Mutex<u64>,
    /// Donors whose erasure is in the journal while their keys are still to be destroyed.
    unfinished: Mutex<BTreeSet<DonorId>>,
    /// The last record that was acknowledged under `Sync`.
    promised_seq: Arc<AtomicU64>,
    boot: BootId,
}

/// The journal's end, which one caller at a time may move.
struct Lane {
    writer: JournalWriter,
    /// Nothing is appended any more.
    closed: bool,
}

/// What lies below the overlay of a folder.
struct Below {
    rows: Arc<SledRows>,
    checkpoints: Checkpoints,
    /// After this many records a checkpoint begins; at twice as many, writers wait for it.
    checkpoint_records: u64,
}

impl JournaledStorage {
    fn open_view(&self) -> JournaledView {
        JournaledView::new(
            Arc::clone(&self.medium),
            Arc::clone(&self.overlay),
            self.below.as_ref().map(|below| Arc::clone(&below.rows)),
            Arc::clone(&self.key_index),
            Arc::clone(&self.read_cache),
        )
    }

    /// Begins a checkpoint when enough has come together; waits when too much has.
    fn make_room(&self, more: u64) -> Result<(), Fault> {
        let Some(below) = &self.below else { return Ok(()) };
        let mut since = self.since_checkpoint.lock();
        let rows = self.overlay.active_rows();
        let is_at_limit = since.saturating_add(more) >= below.checkpoint_records.saturating_mul(2)
            || rows >= CHECKPOINT_ROWS.saturating_mul(2);
        if is_at_limit && self.overlay.frozen().is_some() {
            // A checkpoint that failed is tried once more, here, before the caller is refused.
            below.checkpoints.wait().or_else(|_| below.checkpoints.run_to_end())?;
        }
        if *since >= below.checkpoint_records || rows >= CHECKPOINT_ROWS {
            let was_frozen = self.overlay.frozen().is_some();
            below.checkpoints.start()?;
            if !was_frozen {
                *since = 0;
            }
        }
        *since = since.saturating_add(more);
        Ok(())
    }

    /// The journal's end, unless the store was closed: its folder may be somebody else's by now.
    fn open_lane(&self) -> Result<MutexGuard<'_, Lane>, Fault> {
        let lane = self.writer.lock();
        if lane.closed {
            Err(Fault::medium("replace state", &"the ledger was closed meanwhile"))
        } else {
            Ok(lane)
        }
    }

    /// Throws all rows away and folds the whole journal.
    fn fold_anew(&self, head: Head) -> Result<(), Fault> {
        let beginning = read::beginning(self.medium.as_ref(), self.identity.ledger)?;
        if let Some(below) = &self.below {
            let _ = below.checkpoints.wait();
            running::remove(self.medium.as_ref())?;
            below.rows.renew()?;
        }
        self.overlay.clear(beginning.head());
        self.read_cache.clear();
        *self.since_checkpoint.lock() = 0;
        let erased = self.fold_journal(&beginning, head)?;
        if self.destroy_keys(&erased)? > 0 {
            // An erasure was recorded and not completed: what was folded before it, with the key that is gone by
            // now, must not stay.
            return self.fold_anew(head);
        }
        self.load_key_index()
    }

    /// From now on the state is worth looking at if the process is killed, unless an erasure is under way.
    fn note_running(&self) -> Result<(), Fault> {
        if self.below.is_none() || !self.unfinished.lock().is_empty() {
            return Ok(());
        }
        running::write(self.medium.as_ref(), self.boot)
    }

    /// Destroys the keys of donors, where they are still there; says how many were.
    fn destroy_keys(&self, of: &[DonorId]) -> Result<u64, Fault> {
        let view = self.open_view();
        let mut destroyed = 0_u64;
        for donor in of {
            let row = RowReader::row(&view, &RowKey::Owner(HistoryOf::Donor(*donor)))?;
            let slot = if let Some(Row::Donor(row)) = row.as_deref() { row.slot } else { None };
            if slot.map_or(Ok(false), |slot| self.keyring.erase(slot))? {
                destroyed = destroyed.saturating_add(1);
            }
        }
        Ok(destroyed)
    }

    /// Folds the journal after a position into the rows. Gives the donors whose erasure it met.
    fn fold_journal(&self, after: &Position, end: Head) -> Result<Vec<DonorId>, Fault> {
        let mut pending = Pending { view: self.open_view(), rows: RowTable::default() };
        let mut erased = Vec::new();
        let mut before = after.head();
        let (medium, ledger) = (self.medium.as_ref(), self.identity.ledger);
        read_ahead(medium, ledger, after, end.seq, &mut |Stretch { records, end }| {
            let mut extents = Vec::with_capacity(records.len());
            for (record, extent) in records {
                pending.fold(record, self.keyring.as_ref(), self.keyring.secret())?;
                erased.extend(erased_in(&record.events));
                extents.push(*extent);
            }
            self.publish_folded(&mut pending, &extents, before, end.head())?;
            before = end.head();
            Ok(())
        })?;
        Ok(erased)
    }

    /// Publishes a stretch of folded records and opens the view anew: an old one keeps checkpoints waiting.
    fn publish_folded(
        &self,
        pending: &mut Pending,
        extents: &[Extent],
        before: Head,
        head: Head,
    ) -> Result<(), Fault> {
        let mut rows = core::mem::take(&mut pending.rows).into_changed();
        let (first_seq, count) = (before.seq.saturating_add(1), head.seq.saturating_sub(before.seq));
        let mut placements = placements(&self.open_view(), first_seq, count)?;
        place(first_seq, extents, &mut placements);
        rows.extend(placements);
        pending.view.release();
        self.make_room(count)?;
        self.overlay.publish(rows, head);
        pending.view = self.open_view();
        Ok(())
    }

    /// Fills the index of keys from their rows.
    fn load_key_index(&self) -> Result<(), Fault> {
        self.key_index.clear();
        let view = self.open_view();
        let last = self.overlay.head().seq.checked_div(crate::records::fold::KEYS_PER_BLOCK).unwrap_or(0);
        for block in 0..=last {
            if let Some(Row::KeyBlock(claimed)) = RowReader::row(&view, &RowKey::KeyBlock(block))?.as_deref()
            {
                for each in claimed {
                    self.key_index.insert(*each);
                }
            }
        }
        Ok(())
    }
}

/// Rows of a group in the making, over a view.
struct Pending {
    view: JournaledView,
    rows: RowTable,
}

impl Pending {
    /// Folds a record; gives the key that it claimed.
    fn fold(
        &mut self,
        record: &Record,
        keys: &dyn KeySource,
        secret: &LedgerSecret,
    ) -> Result<Option<ClaimedKey>, Fault> {
        let key_hash = record.key.as_deref().map(|key| secret.key_hash(key));
        fold(record, &mut self.rows, &Folding { base: &self.view, keys, key_hash })?;
        Ok(key_hash.map(|hash| ClaimedKey { hash, seq: record.seq }))
    }
}

/// Bytes of all segments.
fn journal_bytes(medium: &dyn Medium) -> Result<u64, Fault> {
    let mut bytes = 0_u64;
    for number in segments(medium)? {
        let length = medium.length(&super::journal::segment::name(number))?.unwrap_or(0);
        bytes = bytes.saturating_add(length);
    }
    Ok(bytes)
}

impl Storage for JournaledStorage {
    fn identity(&self) -> Identity {
        self.identity
    }

    fn append(&self, group: Group, durability: Durability) -> Result<Head, AppendFault> {
        let mut lane = self.writer.lock();
        if lane.closed {
            return Err(AppendFault::Closed);
        }
        let count = u64::try_from(group.records.len()).unwrap_or(u64::MAX);
        self.make_room(count).map_err(AppendFault::NotCommitted)?;
        let mut placements =
            placements(&self.open_view(), group.first_seq, count).map_err(AppendFault::NotCommitted)?;
        // Keys are destroyed for good as soon as this returns, so the record that says why must not go with the power.
        let durability = if group.erased.is_empty() { durability } else { Durability::Sync };
        if !group.erased.is_empty() {
            running::remove(self.medium.as_ref()).map_err(AppendFault::NotCommitted)?;
        }
        let extents = lane.writer.append(&group, durability)?;
        place(group.first_seq, &extents, &mut placements);
        let mut rows = group.rows;
        rows.extend(placements);
        let head = lane.writer.head();
        if durability == Durability::Sync {
            self.promised_seq.store(head.seq, Ordering::SeqCst);
        }
        self.unfinished.lock().extend(group.erased);
        group.keys.into_iter().for_each(|claimed| self.key_index.insert(claimed));
        self.overlay.publish(rows, head);
        Ok(head)
    }

    fn view(&self) -> Box<dyn View> {
        Box::new(self.open_view())
    }

    fn keys(&self) -> Arc<dyn Keys> {
        let keys: Arc<dyn Keys> = self.keyring.clone();
        keys
    }

    fn rebuild(&self) -> Result<u64, Fault> {
        let lane = self.open_lane()?;
        let head = lane.writer.head();
        self.fold_anew(head)?;
        self.note_running()?;
        Ok(head.seq)
    }

    fn forget(&self, donors: &[DonorId]) -> Result<(), Fault> {
        let lane = self.open_lane()?;
        if self.destroy_keys(donors)? > 0 {
            self.fold_anew(lane.writer.head())?;
        }
        self.unfinished.lock().retain(|donor| !donors.contains(donor));
        self.note_running()
    }

    fn scan(
        &self,
        until_seq: u64,
        each: &mut dyn FnMut(&Record, Extent) -> Result<(), Fault>,
    ) -> Result<Head, Fault> {
        let (medium, ledger) = (self.medium.as_ref(), self.identity.ledger);
        Ok(ahead::read_all(medium, ledger, until_seq, each)?.head())
    }

    /// Nobody else writes here.
    fn catch_up(&self) -> Result<Head, Fault> {
        Ok(self.overlay.head())
    }

    /// Whoever destroys keys here makes the state anew.
    fn is_overtaken(&self) -> Result<bool, Fault> {
        Ok(false)
    }

    fn sizes(&self) -> Result<Sizes, Fault> {
        let journal_bytes = journal_bytes(self.medium.as_ref())?;
        let state_bytes = self.below.as_ref().map_or(Ok(0), |below| below.rows.bytes())?;
        Ok(Sizes { journal_bytes, state_bytes })
    }

    fn close(&self) -> Result<(), Fault> {
        // Reads that are going on end by themselves. A dry run need not: it would keep the checkpoint waiting for
        // ever, and with it a writer that holds the lane; then the next opening folds.
        self.overlay.stop_waiting(CLOSING_WAIT);
        let mut lane = self.writer.lock();
        lane.closed = true;
        let mut at_rest = || {
            lane.writer.finish()?;
            self.below.as_ref().map_or(Ok(Rest::Complete), |below| below.checkpoints.finish())
        };
        let result = at_rest();
        if let Some(below) = &self.below {
            let let_go = below.rows.close()?;
            // Without a seal the next opening folds the journal, and completes what it finds there.
            let is_finished = self.unfinished.lock().is_empty();
            if result == Ok(Rest::Complete) && let_go == Rest::Complete && is_finished {
                Seal::write(self.medium.as_ref(), lane.writer.head())?;
                // What is not as it was sealed is not to be taken for what a killed process left.
                running::remove(self.medium.as_ref())?;
            }
        }
        result.map(|_| ())
    }

    fn abandon(&self) {
        self.overlay.stop_waiting(Duration::ZERO);
        self.writer.lock().closed = true;
        if let Some(below) = &self.below {
            // What is not written now is written again after the next opening.
            let _ = below.checkpoints.wait();
            let _ = below.rows.close();
        }
    }
}
