//! Places of a history, one after the other or any of them.

use std::sync::Arc;

use super::error::LedgerError;
use crate::machine::rejection::Rejection;
use crate::records::history::{CHUNK, HistoryTail, Place};
use crate::records::row::{HistoryOf, Row, RowKey};
use crate::storage::View;
use crate::vocabulary::fault::Fault;

/// Reads places of a history by their index, oldest first; neighbours share the chunk that was read.
pub(super) struct PlaceReader<'a> {
    view: &'a dyn View,
    owner: HistoryOf,
    tail: HistoryTail,
    chunk: Option<(u64, Arc<Row>)>,
}

impl<'a> PlaceReader<'a> {
    /// The history of an owner. An account that was never posted to has no places; a donor or cause that is not
    /// there is an error.
    pub(super) fn open(view: &'a dyn View, owner: &HistoryOf) -> Result<Self, LedgerError> {
        let tail = match (view.row(&RowKey::Owner(owner.clone()))?.as_deref(), owner) {
            (Some(Row::Donor(row)), _) => row.history.clone(),
            (Some(Row::Cause(row)), _) => row.history.clone(),
            (Some(Row::Account(row)), _) => row.history.clone(),
            (_, HistoryOf::Donor(donor)) => return Err(Rejection::UnknownDonor { donor: *donor }.into()),
            (_, HistoryOf::Cause(cause)) => return Err(Rejection::UnknownCause { cause: *cause }.into()),
            (_, HistoryOf::Account(_)) => HistoryTail::default(),
        };
        Ok(Self { view, owner: owner.clone(), tail, chunk: None })
    }

    /// How many places there are.
    pub(super) fn count(&self) -> u64 {
        self.tail.count
    }

    /// The place at an index below the count.
    pub(super) fn at(&mut self, index: u64) -> Result<Place, LedgerError> {
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
        Ok(*place.ok_or_else(|| Fault::state("history shorter than its count", 0))?)
    }
}
