//! Rows in the making: those that commands and folds have read and changed, found by a hash of their key.

use std::collections::hash_map::Entry;
use std::sync::Arc;

use super::row::{Row, RowKey};
use crate::vocabulary::fault::Fault;

/// Rows by a hash of their key that is the same in every process. Whoever needs an order sorts.
#[allow(
    clippy::disallowed_types,
    reason = "found by key only; what is iterated is sorted, or in no order on purpose"
)]
pub type ByKey<T> = std::collections::HashMap<RowKey, T, rustc_hash::FxBuildHasher>;

/// Changed rows with their keys, each once, in no order.
pub type Rows = Vec<(RowKey, Arc<Row>)>;

/// Where old values are read.
pub trait RowReader {
    /// The row under a key.
    fn row(&self, key: &RowKey) -> Result<Option<Arc<Row>>, Fault>;
}

/// No rows at all.
pub struct NoRows;

impl RowReader for NoRows {
    fn row(&self, _key: &RowKey) -> Result<Option<Arc<Row>>, Fault> {
        Ok(None)
    }
}

/// Rows that were read, and what became of them, over a moment that stays as it is.
#[derive(Default)]
pub struct RowTable {
    held: ByKey<Held>,
}

struct Held {
    row: Arc<Row>,
    /// The record that changed it here last; 0 while it is as it was read.
    changed_by: u64,
}

impl RowTable {
    /// A row, if it was read before.
    pub fn get(&self, key: &RowKey) -> Option<&Arc<Row>> {
        self.held.get(key).map(|held| &held.row)
    }

    /// Keeps a row as it was read.
    pub fn keep(&mut self, key: RowKey, row: Arc<Row>) {
        self.held.entry(key).or_insert(Held { row, changed_by: 0 });
    }

    /// A row, to be changed by a record; `None` when it had seen the record before. It is read from `base` the first
    /// time; where there is none it starts as `fresh`, and without that its absence is damage.
    pub fn row_mut(
        &mut self,
        base: &dyn RowReader,
        seq: u64,
        key: RowKey,
        fresh: impl FnOnce() -> Option<Row>,
    ) -> Result<Option<&mut Row>, Fault> {
        let held = match self.held.entry(key) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                if let Some(row) = base.row(entry.key())? {
                    entry.insert(Held { row, changed_by: 0 })
                } else {
                    let missing = || Fault::state("record about something that has no row", seq);
                    entry.insert(Held { row: Arc::new(fresh().ok_or_else(missing)?), changed_by: seq })
                }
            }
        };
        if held.changed_by != seq {
            if held.row.seq() >= Some(seq) {
                return Ok(None);
            }
            held.changed_by = seq;
        }
        let row = Arc::make_mut(&mut held.row);
        row.set_seq(seq);
        Ok(Some(row))
    }

    /// Puts a row that a record made, in the place of whatever was there.
    pub fn put(&mut self, seq: u64, key: RowKey, row: Row) {
        self.held.insert(key, Held { row: Arc::new(row), changed_by: seq });
    }

    /// All rows that are held, changed or not.
    pub fn iter(&self) -> impl Iterator<Item = (&RowKey, &Arc<Row>)> {
        self.held.iter().map(|(key, held)| (key, &held.row))
    }

    /// The rows that were changed.
    pub fn into_changed(self) -> Rows {
        let changed = self.held.into_iter().filter(|(_, held)| held.changed_by > 0);
        changed.map(|(key, held)| (key, held.row)).collect()
    }
}
