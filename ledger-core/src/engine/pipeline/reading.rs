//! Reading a group in the making: what it changed so far, over the moment before.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Pipeline;
use crate::records::codec;
use crate::records::fold::{RangeReader, StoredRow};
use crate::records::record::{Record, RecordHead, RecordReader};
use crate::records::row::{Row, RowKey};
use crate::records::rows::RowReader;
use crate::vocabulary::fault::Fault;

/// What stands for a file where a record is in none yet.
const IN_THE_MAKING: &str = "a group in the making";

impl RowReader for Pipeline {
    fn row(&self, key: &RowKey) -> Result<Option<Arc<Row>>, Fault> {
        if let Some(row) = self.rows.borrow().get(key) {
            return Ok(Some(Arc::clone(row)));
        }
        let row = self.view.row(key)?;
        if let Some(row) = &row {
            self.rows.borrow_mut().keep(key.clone(), Arc::clone(row));
        }
        Ok(row)
    }
}

impl RangeReader for Pipeline {
    fn between(&self, after: &RowKey, to: &RowKey, limit: usize) -> Result<Vec<StoredRow>, Fault> {
        if after >= to {
            return Ok(Vec::new());
        }
        let mut merged: BTreeMap<Vec<u8>, Arc<Row>> =
            self.view.between(after, to, limit)?.into_iter().collect();
        let pending = self.rows.borrow();
        let within = pending.iter().filter(|(key, _)| *key > after && *key < to);
        merged.extend(within.map(|(key, row)| (codec::encode_key(key), Arc::clone(row))));
        Ok(merged.into_iter().take(limit).collect())
    }
}

impl RecordReader for Pipeline {
    fn record(&self, seq: u64) -> Result<Option<Record>, Fault> {
        let Some(pending) = seq.checked_sub(self.view.head().seq.saturating_add(1)) else {
            return self.view.record(seq);
        };
        let bytes = usize::try_from(pending).ok().and_then(|at| self.records.get(at));
        bytes.map(|bytes| codec::decode_record(bytes, IN_THE_MAKING, 0, seq)).transpose()
    }

    fn record_head(&self, seq: u64) -> Result<Option<Arc<RecordHead>>, Fault> {
        let Some(pending) = seq.checked_sub(self.view.head().seq.saturating_add(1)) else {
            return self.view.record_head(seq);
        };
        let bytes = usize::try_from(pending).ok().and_then(|at| self.records.get(at));
        bytes.map(|bytes| codec::decode_record_head(bytes, IN_THE_MAKING, 0, seq).map(Arc::new)).transpose()
    }
}
