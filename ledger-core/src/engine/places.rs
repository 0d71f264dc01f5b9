//! Places of a history, one after the other or any of them.

use std::sync::Arc;

use super::error::LedgerError;
use super::state_reader::donor_ids;
use crate::machine::rejection::Rejection;
use crate::records::codec;
use crate::records::history::{CHUNK, HistoryTail, Place};
use crate::records::row::{HistoryOf, Row, RowKey};
use crate::storage::View;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::DonorId;

/// Reads places of a history by their index, oldest first.
pub(super) struct PlaceReader<'a> {
    kept: Kept<'a>,
    mark: u32,
}

/// Where the places are.
enum Kept<'a> {
    /// In the rows of one owner.
    InRows(OwnPlaces<'a>),
    /// Put together from the histories of all ids of a merged donor.
    Together(Vec<Place>),
}

impl<'a> PlaceReader<'a> {
    /// The history of an owner; of a donor, that of all its ids. An account that was never posted to has no places;
    /// a donor or cause that is not there is an error.
    pub(super) fn open(view: &'a dyn View, owner: &HistoryOf) -> Result<Self, LedgerError> {
        let tail = match (owner, view.row(&RowKey::Owner(owner.clone()))?.as_deref()) {
            (HistoryOf::Donor(donor), Some(Row::Donor(row))) => {
                if row.merged_into.is_some() || !row.absorbed.is_empty() {
                    return Ok(Self::of_merged(view, *donor)?);
                }
                row.history.clone()
            }
            (_, Some(Row::Cause(row))) => row.history.clone(),
            (_, Some(Row::Account(row))) => row.history.clone(),
            (HistoryOf::Donor(donor), _) => return Err(Rejection::UnknownDonor { donor: *donor }.into()),
            (HistoryOf::Cause(cause), _) => return Err(Rejection::UnknownCause { cause: *cause }.into()),
            (HistoryOf::Account(_), _) => HistoryTail::default(),
        };
        let mark = mark_of(core::slice::from_ref(owner));
        Ok(Self { kept: Kept::InRows(OwnPlaces { view, owner: owner.clone(), tail, chunk: None }), mark })
    }

    fn of_merged(view: &'a dyn View, donor: DonorId) -> Result<Self, Fault> {
        let mut together = Vec::new();
        let mut owners = Vec::new();
        for (id, row) in donor_ids(view, donor)? {
            let owner = HistoryOf::Donor(id);
            let mut own = OwnPlaces { view, owner: owner.clone(), tail: row.history, chunk: None };
            for index in 0..own.tail.count {
                together.push(own.at(index)?);
            }
            owners.push(owner);
        }
        together.sort_unstable();
        Ok(Self { kept: Kept::Together(together), mark: mark_of(&owners) })
    }

    /// How many places there are.
    pub(super) fn count(&self) -> u64 {
        match &self.kept {
            Kept::InRows(own) => own.tail.count,
            Kept::Together(places) => u64::try_from(places.len()).unwrap_or(u64::MAX),
        }
    }

    /// The place at an index below the count.
    pub(super) fn at(&mut self, index: u64) -> Result<Place, Fault> {
        match &mut self.kept {
            Kept::InRows(own) => own.at(index),
            Kept::Together(places) => {
                let place = usize::try_from(index).ok().and_then(|index| places.get(index));
                place.copied().ok_or_else(shorter_than_its_count)
            }
        }
    }

    /// Tells histories apart. A donor that was merged meanwhile has another.
    pub(super) fn mark(&self) -> u32 {
        self.mark
    }
}

fn mark_of(owners: &[HistoryOf]) -> u32 {
    let keys = owners.iter().flat_map(|owner| codec::encode_key(&RowKey::Owner(owner.clone())));
    crc32c::crc32c(&keys.collect::<Vec<_>>())
}

fn shorter_than_its_count() -> Fault {
    Fault::state("history shorter than its count", 0)
}

/// The places of one owner; neighbours share the chunk that was read.
struct OwnPlaces<'a> {
    view: &'a dyn View,
    owner: HistoryOf,
    tail: HistoryTail,
    chunk: Option<(u64, Arc<Row>)>,
}

impl OwnPlaces<'_> {
    fn at(&mut self, index: u64) -> Result<Place, Fault> {
        let (number, at) = (index.checked_div(CHUNK).unwrap_or(0), index.checked_rem(CHUNK).unwrap_or(0));
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        let in_tail = number == self.tail.count.checked_div(CHUNK).unwrap_or(0);
        if !in_tail && self.chunk.as_ref().is_none_or(|(held, _)| *held != number) {
            let missing = || Fault::state("history without one of its chunks", 0);
            let row = self.view.row(&RowKey::Chunk(self.owner.clone(), number))?.ok_or_else(missing)?;
            self.chunk = Some((number, row));
        }
        let place = match (in_tail, self.chunk.as_ref().map(|(_, row)| row.as_ref())) {
            (true, _) => self.tail.recent.0.get(at),
            (false, Some(Row::Chunk(places))) => places.0.get(at),
            (false, _) => None,
        };
        place.copied().ok_or_else(shorter_than_its_count)
    }
}
