//! The rows that one record changes: each read once, changed in place, and left alone when it has seen
//! the record before.

use std::sync::Arc;

use super::{RowReader, Rows};
use crate::records::row::{
    AccountMonthRow, AccountRow, CauseRow, DonationRow, DonorRow, LookupRow, MetaRow, ReversalRow, Row,
    RowKey, TotalsMonthRow,
};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{CauseId, DonorId};

pub(super) struct Changes<'a> {
    /// The record that is folded.
    pub(super) seq: u64,
    reader: &'a dyn RowReader,
    pub(super) rows: Rows,
    /// Rows that had seen this record before.
    seen: Vec<RowKey>,
}

impl<'a> Changes<'a> {
    pub(super) fn new(seq: u64, reader: &'a dyn RowReader) -> Self {
        Self { seq, reader, rows: Rows::new(), seen: Vec::new() }
    }

    /// A row as it was before this record.
    pub(super) fn before(&self, key: &RowKey) -> Result<Option<Arc<Row>>, Fault> {
        self.reader.row(key)
    }

    /// The row to change; `None` when it has seen the record. A row that is not there starts as `fresh`;
    /// without one, its absence is damage.
    fn row_mut(&mut self, key: RowKey, fresh: Option<Row>) -> Result<Option<&mut Row>, Fault> {
        if self.seen.contains(&key) {
            return Ok(None);
        }
        if !self.rows.contains_key(&key) {
            let row = match self.reader.row(&key)? {
                Some(row) if row.seq() >= Some(self.seq) => {
                    self.seen.push(key);
                    return Ok(None);
                }
                Some(row) => row,
                None => Arc::new(
                    fresh.ok_or_else(|| Fault::state("record about something that has no row", self.seq))?,
                ),
            };
            self.rows.insert(key.clone(), row);
        }
        let mut row = self.rows.get_mut(&key).map(Arc::make_mut);
        if let Some(row) = &mut row {
            row.set_seq(self.seq);
        }
        Ok(row)
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
