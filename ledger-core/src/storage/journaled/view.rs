//! A view: the rows and records of one moment, through the overlay to what lies below.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use super::placement_of;
use crate::records::codec;
use crate::records::fold::{RangeReader, RowReader, StoredRow};
use crate::records::record::{Record, RecordReader};
use crate::records::row::{Row, RowKey};
use crate::storage::journal::writer::read_record;
use crate::storage::key_index::KeyIndex;
use crate::storage::medium::Medium;
use crate::storage::overlay::Overlay;
use crate::storage::sled::SledRows;
use crate::storage::{Head, View};
use crate::vocabulary::fault::Fault;

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
}

impl RangeReader for JournaledView {
    fn between(&self, after: &RowKey, to: &RowKey, limit: usize) -> Result<Vec<StoredRow>, Fault> {
        if after >= to {
            return Ok(Vec::new());
        }
        // The overlay first: what leaves it between the two reads is below by then.
        let changed = self.overlay.range_at(Bound::Excluded(after), to, self.head.seq, limit);
        let (from, end) = (codec::encode_key(after), codec::encode_key(to));
        let below = self.below.as_ref().map_or(Ok(Vec::new()), |below| below.between(&from, &end, limit))?;
        let mut merged: BTreeMap<Vec<u8>, Arc<Row>> = below.into_iter().collect();
        merged.extend(changed.into_iter().map(|(key, row)| (codec::encode_key(&key), row)));
        Ok(merged.into_iter().take(limit).collect())
    }
}
