//! What is read while a record is in the making: the rows as it has changed them, and the record as far as it goes.

use std::sync::Arc;

use super::state_reader::Readable;
use crate::records::fold::{RangeReader, StoredRow};
use crate::records::record::{Record, RecordHead, RecordReader};
use crate::records::row::{Row, RowKey};
use crate::records::rows::RowReader;
use crate::vocabulary::fault::Fault;

/// A record in the making, over what was before.
pub(super) struct InTheMaking<'a, R> {
    /// What was before it, with the rows as it has changed them.
    pub(super) before: &'a R,
    /// The record.
    pub(super) record: &'a Record,
}

impl<R: Readable> RowReader for InTheMaking<'_, R> {
    fn row(&self, key: &RowKey) -> Result<Option<Arc<Row>>, Fault> {
        self.before.row(key)
    }
}

impl<R: Readable> RangeReader for InTheMaking<'_, R> {
    fn between(&self, after: &RowKey, to: &RowKey, limit: usize) -> Result<Vec<StoredRow>, Fault> {
        self.before.between(after, to, limit)
    }
}

impl<R: Readable> RecordReader for InTheMaking<'_, R> {
    fn record(&self, seq: u64) -> Result<Option<Record>, Fault> {
        if seq == self.record.seq { Ok(Some(self.record.clone())) } else { self.before.record(seq) }
    }

    fn record_head(&self, seq: u64) -> Result<Option<Arc<RecordHead>>, Fault> {
        if seq == self.record.seq {
            return Ok(Some(Arc::new(RecordHead::of(self.record))));
        }
        self.before.record_head(seq)
    }
}
