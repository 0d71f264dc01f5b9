//! The rows that one record changes, by their kinds.

use crate::records::row::{
    AccountMonthRow, AccountRow, CauseRow, ConsumerRow, DisputeRow, DonationRow, DonorRow, LookupRow,
    MetaRow, ObjectRow, PayoutRow, ReversalRow, Row, RowKey, SettlementRow, SuspenseRow, TotalsMonthRow,
};
use crate::records::rows::{RowReader, RowTable};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{CauseId, DonorId};

pub(super) struct Changes<'a> {
    /// The record that is folded.
    pub(super) seq: u64,
    pub(super) base: &'a dyn RowReader,
    pub(super) rows: &'a mut RowTable,
}

impl Changes<'_> {
    /// The row to change; `None` when it has seen the record before.
    pub(super) fn row_mut(
        &mut self,
        key: RowKey,
        fresh: impl FnOnce() -> Option<Row>,
    ) -> Result<Option<&mut Row>, Fault> {
        self.rows.row_mut(self.base, self.seq, key, fresh)
    }
}

/// One accessor for each kind of row that changes.
macro_rules! rows_of_kind {
    ($($name:ident: $kind:ident($row:ty);)*) => {
        impl Changes<'_> {$(
            pub(super) fn $name(&mut self, key: RowKey, fresh: impl FnOnce() -> Option<$row>) -> Result<Option<&mut $row>, Fault> {
                let seq = self.seq;
                match self.row_mut(key, || fresh().map(Row::$kind))? {
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
    payout: Payout(PayoutRow);
    suspense: Suspense(SuspenseRow);
    dispute: Dispute(DisputeRow);
    object: Object(ObjectRow);
    consumer: Consumer(ConsumerRow);
    settlement: Settlement(SettlementRow);
}
