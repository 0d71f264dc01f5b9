//! A view: the rows and records of one moment, through the overlay to what lies below.

use core::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use super::placement_of;
use super::read_cache::ReadCache;
use crate::records::codec;
use crate::records::fold::{RangeReader, StoredRow};
use crate::records::record::{Record, RecordHead, RecordReader};
use crate::records::row::{Extent, Row, RowKey};
use crate::records::rows::{RowReader, Rows};
use crate::storage::journal::read::{read_record, read_record_head};
use crate::storage::key_index::KeyIndex;
use crate::storage::medium::Medium;
use crate::storage::overlay::Overlay;
use crate::storage::sled::SledRows;
use crate::storage::{Head, View};
use crate::vocabulary::fault::Fault;

fn placeless(seq: u64) -> Fault {
    Fault::state("record without a place", seq)
}

/// One moment of a journaled store.
pub struct JournaledView {
    medium: Arc<dyn Medium>,
    overlay: Arc<Overlay>,
    below: Option<Arc<SledRows>>,
    key_index: Arc<KeyIndex>,
    head: Head,
    pinned: bool,
    /// The places that were read last: of a record's neighbours they are mostly the same.
    places: RefCell<Option<(u64, Arc<[Extent]>)>>,
    read_cache: Arc<ReadCache>,
}

impl JournaledView {
    pub(super) fn new(
        medium: Arc<dyn Medium>,
        overlay: Arc<Overlay>,
        below: Option<Arc<SledRows>>,
        key_index: Arc<KeyIndex>,
        read_cache: Arc<ReadCache>,
    ) -> Self {
        let head = overlay.pin();
        let places = RefCell::default();
        Self { medium, overlay, below, key_index, head, pinned: true, places, read_cache }
    }

    /// The place of a record; `None` beyond the head.
    fn extent_of(&self, seq: u64) -> Result<Option<Extent>, Fault> {
        if seq == 0 || seq > self.head.seq {
            return Ok(None);
        }
        let (block, at) = placement_of(seq);
        let mut held = self.places.borrow_mut();
        if held.as_ref().is_none_or(|(of, _)| *of != block) {
            let places = self.read_cache.places(block, || self.places_of(block, seq))?;
            *held = Some((block, places));
        }
        let place = held.as_ref().and_then(|(_, places)| places.get(at).copied());
        place.map(Some).ok_or_else(|| placeless(seq))
    }

    /// The places of a block, from its row; `seq` is asked for.
    fn places_of(&self, block: u64, seq: u64) -> Result<Arc<[Extent]>, Fault> {
        match self.row(&RowKey::Placement(block))?.as_deref() {
            Some(Row::Placement(places)) => Ok(places.as_slice().into()),
            Some(_) | None => Err(placeless(seq)),
        }
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
        self.extent_of(seq)?.map(|extent| read_record(self.medium.as_ref(), extent, seq)).transpose()
    }

    fn record_head(&self, seq: u64) -> Result<Option<Arc<RecordHead>>, Fault> {
        if seq == 0 || seq > self.head.seq {
            return Ok(None);
        }
        let read = || {
            let extent = self.extent_of(seq)?.ok_or_else(|| placeless(seq))?;
            read_record_head(self.medium.as_ref(), extent, seq)
        };
        self.read_cache.head(seq, read).map(Some)
    }
}

impl View for JournaledView {
    fn head(&self) -> Head {
        self.head
    }

    fn rows(&self, each: &mut dyn FnMut(Vec<u8>, Row) -> Result<(), Fault>) -> Result<(), Fault> {
        // The overlay first, as for owners. A checkpoint that runs meanwhile brings below what is in it.
        let changed: Rows = self.overlay.rows_at(self.head.seq);
        let mut changed: BTreeMap<Vec<u8>, Arc<Row>> =
            changed.into_iter().map(|(key, row)| (codec::encode_key(&key), row)).collect();
        if let Some(below) = &self.below {
            below.each(&mut |key, row| match changed.remove(&key) {
                Some(newer) => each(key, (*newer).clone()),
                None => each(key, row),
            })?;
        }
        changed.into_iter().try_for_each(|(key, row)| each(key, (*row).clone()))
    }

    fn place(&self, seq: u64) -> Result<Option<Extent>, Fault> {
        self.extent_of(seq)
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
