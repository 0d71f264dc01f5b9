//! A view: the rows and records of one moment, through the overlay to what lies below.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use super::placement_of;
use crate::records::codec;
use crate::records::fold::RowReader;
use crate::records::record::{Record, RecordReader};
use crate::records::row::{HistoryOf, Row, RowKey};
use crate::storage::journal::writer::read_record;
use crate::storage::key_index::KeyIndex;
use crate::storage::medium::Medium;
use crate::storage::overlay::Overlay;
use crate::storage::sled::SledRows;
use crate::storage::{Head, OwnerKind, OwnerRow, View};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{CauseId, DonorId};

/// One moment of a journaled store.
pub struct JournaledView {
    medium: Arc<dyn Medium>,
    overlay: Arc<Overlay>,
    below: Option<Arc<SledRows>>,
    key_index: Arc<KeyIndex>,
    head: Head,
    pinned: bool,
}

impl JournaledView {
    pub(super) fn new(
        medium: Arc<dyn Medium>,
        overlay: Arc<Overlay>,
        below: Option<Arc<SledRows>>,
        key_index: Arc<KeyIndex>,
    ) -> Self {
        let head = overlay.pin();
        Self { medium, overlay, below, key_index, head, pinned: true }
    }

    /// Gives the moment up; what is read afterwards may be of a later one.
    pub(super) fn release(&mut self) {
        if core::mem::take(&mut self.pinned) {
            self.overlay.unpin(self.head.seq);
        }
    }

    fn below_owners(&self, from: &RowKey, to: &RowKey, limit: usize) -> Result<Vec<OwnerRow>, Fault> {
        let Some(below) = &self.below else {
            return Ok(Vec::new());
        };
        let rows = below.between(&codec::encode_key(from), &codec::encode_key(to), limit)?;
        rows.into_iter().map(|(key, row)| Ok((codec::decode_owner_key(&key)?, row))).collect()
    }
}

/// Keys between which, both excluded, the rows of owners of a kind lie.
fn owner_bounds(kind: OwnerKind) -> (RowKey, RowKey) {
    let donor = |byte| RowKey::Owner(HistoryOf::Donor(DonorId::from_bytes([byte; 16])));
    let cause = |byte| RowKey::Owner(HistoryOf::Cause(CauseId::from_bytes([byte; 16])));
    match kind {
        OwnerKind::Donors => (donor(0x00), donor(0xFF)),
        OwnerKind::Causes => (cause(0x00), cause(0xFF)),
        OwnerKind::Accounts => (cause(0xFF), RowKey::Meta),
    }
}

impl Drop for JournaledView {
    fn drop(&mut self) {
        self.release();
    }
}

impl RowReader for JournaledView {
    fn row(&self, key: &RowKey) -> Result<Option<Arc<Row>>, Fault> {
        if let Some(row) = self.overlay.row_at(key, self.head.seq) {
            return Ok(Some(row));
        }
        self.below.as_ref().map_or(Ok(None), |below| below.row(key))
    }
}

impl RecordReader for JournaledView {
    fn record(&self, seq: u64) -> Result<Option<Record>, Fault> {
        if seq == 0 || seq > self.head.seq {
            return Ok(None);
        }
        let missing = || Fault::state("record without a place", seq);
        let (key, at) = placement_of(seq);
        let row = self.row(&key)?;
        let Some(Row::Placement(places)) = row.as_deref() else {
            return Err(missing());
        };
        let extent = places.get(at).ok_or_else(missing)?;
        read_record(self.medium.as_ref(), *extent, seq).map(Some)
    }
}

impl View for JournaledView {
    fn head(&self) -> Head {
        self.head
    }

    fn rows(&self, each: &mut dyn FnMut(Vec<u8>, Row) -> Result<(), Fault>) -> Result<(), Fault> {
        // The overlay first, as for owners. A checkpoint that runs meanwhile brings below what is in it.
        let changed = self.overlay.range_at(Bound::Unbounded, &RowKey::Meta, self.head.seq, usize::MAX);
        let meta = self.overlay.row_at(&RowKey::Meta, self.head.seq).map(|row| (RowKey::Meta, row));
        let mut changed: BTreeMap<Vec<u8>, Arc<Row>> =
            changed.into_iter().chain(meta).map(|(key, row)| (codec::encode_key(&key), row)).collect();
        if let Some(below) = &self.below {
            below.each(&mut |key, row| match changed.remove(&key) {
                Some(newer) => each(key, (*newer).clone()),
                None => each(key, row),
            })?;
        }
        changed.into_iter().try_for_each(|(key, row)| each(key, (*row).clone()))
    }

    fn key_candidates(&self, hash: u64) -> Vec<u64> {
        let mut found = self.key_index.candidates(hash);
        found.retain(|seq| *seq <= self.head.seq);
        found
    }

    fn owners(
        &self,
        after: Option<&HistoryOf>,
        kind: OwnerKind,
        limit: usize,
    ) -> Result<Vec<OwnerRow>, Fault> {
        let (first, last) = owner_bounds(kind);
        let from = after.map_or(first, |owner| RowKey::Owner(owner.clone()));
        // The overlay first: what leaves it between the two reads is below by then.
        let changed = self.overlay.range_at(Bound::Excluded(&from), &last, self.head.seq, limit);
        let mut merged: BTreeMap<HistoryOf, Arc<Row>> =
            self.below_owners(&from, &last, limit)?.into_iter().collect();
        for (key, row) in changed {
            if let RowKey::Owner(owner) = key {
                merged.insert(owner, row);
            }
        }
        Ok(merged.into_iter().take(limit).collect())
    }
}
