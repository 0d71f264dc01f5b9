//! The rows that one record changes: each read once, changed in place, and left alone when it has seen
//! the record before.

use std::collections::btree_map::Entry;
use std::sync::Arc;

use super::{RowStore, Rows};
use crate::records::row::{
    AccountMonthRow, AccountRow, CauseRow, DonationRow, DonorRow, LookupRow, MetaRow, ReversalRow, Row,
    RowKey, TotalsMonthRow,
};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{CauseId, DonorId};

pub(super) struct Changes<'a> {
    /// The record that is folded.
    pub(super) seq: u64,
    store: &'a mut dyn RowStore,
    pub(super) rows: Rows,
    /// Rows that had seen this record before.
    seen: Vec<RowKey>,
}

impl<'a> Changes<'a> {
    pub(super) fn new(seq: u64, store: &'a mut dyn RowStore) -> Self {
        Self { seq, store, rows: Rows::new(), seen: Vec::new() }
    }

    /// Gives all rows back, as they are now.
    pub(super) fn put_back(self) {
        for (key, row) in self.rows {
            self.store.put(key, row);
        }
    }

    /// The row to change; `None` when it has seen the record. A row that is not there starts as `fresh`;
    /// without one, its absence is damage.
    pub(super) fn row_mut(&mut self, key: RowKey, fresh: Option<Row>) -> Result<Option<&mut Row>, Fault> {
        if self.seen.contains(&key) {
            return Ok(None);
        }
        let row = match self.rows.entry(key) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let row = match self.store.take(entry.key())? {
                    Some(row) if row.seq() >= Some(self.seq) => {
                        self.seen.push(entry.key().clone());
                        self.store.put(entry.into_key(), row);
                        return Ok(None);
                    }
                    Some(row) => row,
                    None => {
                        let missing = || Fault::state("record about something that has no row", self.seq);
                        Arc::new(fresh.ok_or_else(missing)?)
                    }
                };
                entry.insert(row)
            }
        };
        let row = Arc::make_mut(row);
        row.set_seq(self.seq);
        Ok(Some(row))
    }
}

/// One accessor for each kind of row that changes.
macro_rules! rows_of_kind {
    ($($name:ident: $kind:ident($row:ty);)*) => {
        impl Changes<'_> {$(
            pub(super) fn $name(&mut self, key: RowKey, fresh: Option<$row>) -> Result<Option<&mut $row>, Fault> {
                let seq = self.seq;
                match self.row_mut(key, fresh.map(Row::$kind))? {
                    Some(Row::$kind(row)) => Ok(Some(row)),
                    Some(_) => Err(Fault::state(concat!("row that should be ", stringify!($kind)), seq)),
                    None => Ok(None),
                }
            }
        )*}
    };
}

rows_of_kind! {
    donor_lookup: DonorLookup(LookupRow<DonorId>);
    cause_lookup: CauseLookup(LookupRow<CauseId>);
    donation: Donation(DonationRow);
    donor: Donor(DonorRow);
    cause: Cause(CauseRow);
    account: Account(AccountRow);
    meta: Meta(MetaRow);
    account_month: AccountMonth(AccountMonthRow);
    totals_month: TotalsMonth(TotalsMonthRow);
    reversal: Reversal(ReversalRow);
}
