//! The store of one folder, or of memory: journal, keyring, overlay, and sled below where there is a folder.

mod beside;
mod open;
#[cfg(test)]
mod row_budget_tests;
mod view;

use std::collections::BTreeSet;
use std::collections::btree_map::Entry;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};

pub use self::beside::BesideStorage;
pub use self::open::{OpenPlan, Opened, StatePolicy};

use self::view::JournaledView;
use super::journal::writer::{self, JournalWriter};
use super::key_index::KeyIndex;
use super::keyring::Keyring;
use super::medium::Medium;
use super::overlay::Overlay;
use super::sled::{Checkpoints, Rest, Seal, SledRows};
use super::{AppendFault, Durability, Group, Head, Identity, Keys, Sizes, Storage, View};
use crate::machine::event::Event;
use crate::records::fold::{Over, Rows, fold};
use crate::records::record::Record;
use crate::records::row::{Extent, HistoryOf, RECORDS_PER_PLACEMENT, Row, RowKey};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::DonorId;

/// How long closing waits for reads that are going on.
const CLOSING_WAIT: Duration = Duration::from_secs(1);

/// A journal, and the rows derived from it.
pub struct JournaledStorage {
    identity: Identity,
    medium: Arc<dyn Medium>,
    writer: Mutex<Lane>,
    keyring: Arc<Keyring>,
    overlay: Arc<Overlay>,
    key_index: Arc<KeyIndex>,
    below: Option<Below>,
    /// Records in the active layer, since the last checkpoint began.
    since_checkpoint: Mutex<u64>,
    /// Donors whose erasure is in the journal while their keys are still to be destroyed.
    unfinished: Mutex<BTreeSet<DonorId>>,
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
        )
    }

    /// Begins a checkpoint when enough has come together; waits when too much has.
    fn make_room(&self, more: u64) -> Result<(), Fault> {
        let Some(below) = &self.below else { return Ok(()) };
        let mut since = self.since_checkpoint.lock();
        let limit = below.checkpoint_records.saturating_mul(2);
        if since.saturating_add(more) >= limit && self.overlay.frozen().is_some() {
            // A checkpoint that failed is tried once more, here, before the caller is refused.
            below.checkpoints.wait().or_else(|_| below.checkpoints.run_to_end())?;
        }
        if *since >= below.checkpoint_records {
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
        if let Some(below) = &self.below {
            let _ = below.checkpoints.wait();
            below.rows.renew()?;
        }
        self.overlay.clear(Head { seq: 0, ..head });
        *self.since_checkpoint.lock() = 0;
        let erased = self.fold_journal(0, head)?;
        if self.destroy_keys(&erased)? > 0 {
            // An erasure was recorded and not completed: what was folded before it, with the key that is gone by
            // now, must not stay.
            return self.fold_anew(head);
        }
        self.load_key_index()
    }

    /// Destroys the keys of donors, where they are still there; says how many were.
    fn destroy_keys(&self, of: &[DonorId]) -> Result<u64, Fault> {
        let view = self.open_view();
        let mut destroyed = 0_u64;
        for donor in of {
            let row = super::RowReader::row(&view, &RowKey::Owner(HistoryOf::Donor(*donor)))?;
            let slot = if let Some(Row::Donor(row)) = row.as_deref() { row.slot } else { None };
            if slot.map_or(Ok(false), |slot| self.keyring.erase(slot))? {
                destroyed = destroyed.saturating_add(1);
            }
        }
        Ok(destroyed)
    }

    /// Folds the journal after a record into the rows. Gives the donors whose erasure it met.
    fn fold_journal(&self, after_seq: u64, end: Head) -> Result<Vec<DonorId>, Fault> {
        const PUBLISH_EVERY: usize = 1000;
        let mut pending = Pending { view: self.open_view(), rows: Rows::new() };
        let mut extents: Vec<Extent> = Vec::new();
        let mut erased = Vec::new();
        let mut first_seq = after_seq.saturating_add(1);
        let mut flush = |pending: &mut Pending, extents: &mut Vec<Extent>, head: Head| -> Result<(), Fault> {
            let mut rows = core::mem::take(&mut pending.rows);
            let count = u64::try_from(extents.len()).unwrap_or(0);
            let mut placements = placements(&self.open_view(), first_seq, count)?;
            place(first_seq, extents, &mut placements);
            rows.extend(placements);
            first_seq = head.seq.saturating_add(1);
            extents.clear();
            // A view keeps checkpoints waiting: it is opened anew for every stretch.
            pending.view.release();
            self.make_room(count)?;
            self.overlay.publish(rows, head);
            pending.view = self.open_view();
            Ok(())
        };
        writer::scan_all(self.medium.as_ref(), self.identity.ledger, end.seq, &mut |record, extent| {
            if record.seq <= after_seq {
                return Ok(());
            }
            let mut rows = Over { base: &pending.view, rows: &mut pending.rows };
            fold(&record, &mut rows, self.keyring.as_ref(), self.keyring.secret())?;
            erased.extend(record.events.iter().filter_map(|event| {
                if let Event::DonorErased { donor, .. } = event { Some(*donor) } else { None }
            }));
            extents.push(extent);
            if extents.len() < PUBLISH_EVERY {
                return Ok(());
            }
            // The root in between is asked for by nobody; the end is published with its own.
            flush(&mut pending, &mut extents, Head { seq: record.seq, ..end })
        })?;
        flush(&mut pending, &mut extents, end)?;
        Ok(erased)
    }

    /// Fills the index of keys from their rows.
    fn load_key_index(&self) -> Result<(), Fault> {
        self.key_index.clear();
        let view = self.open_view();
        let last = self.overlay.head().seq.checked_div(crate::records::fold::KEYS_PER_BLOCK).unwrap_or(0);
        for block in 0..=last {
            if let Some(Row::KeyBlock(claimed)) =
                super::RowReader::row(&view, &RowKey::KeyBlock(block))?.as_deref()
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
    rows: Rows,
}

/// The rows that take the places of so many new records, as they are. Read before anything is written, because
/// it can fail.
fn placements(view: &JournaledView, first_seq: u64, count: u64) -> Result<Rows, Fault> {
    let mut rows = Rows::new();
    for seq in first_seq..first_seq.saturating_add(count) {
        if let Entry::Vacant(entry) = rows.entry(placement_of(seq).0) {
            let old = super::RowReader::row(view, entry.key())?;
            entry.insert(old.unwrap_or_else(|| Arc::new(Row::Placement(Vec::new()))));
        }
    }
    Ok(rows)
}

/// Bytes of all segments.
fn journal_bytes(medium: &dyn Medium) -> Result<u64, Fault> {
    let mut bytes = 0_u64;
    for number in writer::segments(medium)? {
        let length = medium.length(&super::journal::segment::name(number))?.unwrap_or(0);
        bytes = bytes.saturating_add(length);
    }
    Ok(bytes)
}

/// Adds the places of new records to their rows.
fn place(first_seq: u64, extents: &[Extent], placements: &mut Rows) {
    for (seq, extent) in (first_seq..).zip(extents) {
        let (key, at) = placement_of(seq);
        if let Some(Row::Placement(places)) = placements.get_mut(&key).map(Arc::make_mut) {
            places.truncate(at);
            places.push(*extent);
        }
    }
}

/// The row that has the place of a record, and the position in it.
fn placement_of(seq: u64) -> (RowKey, usize) {
    let from_zero = seq.saturating_sub(1);
    let position = usize::try_from(from_zero.checked_rem(RECORDS_PER_PLACEMENT).unwrap_or(0)).unwrap_or(0);
    (RowKey::Placement(from_zero.checked_div(RECORDS_PER_PLACEMENT).unwrap_or(0)), position)
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
        let extents = lane.writer.append(&group, durability)?;
        place(group.first_seq, &extents, &mut placements);
        let mut rows = group.rows;
        rows.extend(placements);
        let head = lane.writer.head();
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
        Ok(head.seq)
    }

    fn forget(&self, donors: &[DonorId]) -> Result<(), Fault> {
        let lane = self.open_lane()?;
        if self.destroy_keys(donors)? > 0 {
            self.fold_anew(lane.writer.head())?;
        }
        self.unfinished.lock().retain(|donor| !donors.contains(donor));
        Ok(())
    }

    fn scan(&self, until_seq: u64, each: &mut dyn FnMut(Record) -> Result<(), Fault>) -> Result<Head, Fault> {
        let (medium, ledger) = (self.medium.as_ref(), self.identity.ledger);
        writer::scan_all(medium, ledger, until_seq, &mut |record, _| each(record))
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
            lane.writer.sync()?;
            self.below.as_ref().map_or(Ok(Rest::Complete), |below| below.checkpoints.finish())
        };
        let result = at_rest();
        if let Some(below) = &self.below {
            let let_go = below.rows.close()?;
            // Without a seal the next opening folds the journal, and completes what it finds there.
            let is_finished = self.unfinished.lock().is_empty();
            if result == Ok(Rest::Complete) && let_go == Rest::Complete && is_finished {
                Seal::write(self.medium.as_ref(), lane.writer.head())?;
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
