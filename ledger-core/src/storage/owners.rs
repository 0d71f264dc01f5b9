//! Lists of donors, causes and accounts: the rows of owners of one kind, in key order, page by page.

use std::sync::Arc;

use crate::records::codec;
use crate::records::fold::RangeReader;
use crate::records::row::{HistoryOf, Row, RowKey};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{CauseId, DonorId};

/// An owner with its row.
pub type OwnerRow = (HistoryOf, Arc<Row>);

/// Kinds of owners of histories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnerKind {
    /// Donors.
    Donors,
    /// Causes.
    Causes,
    /// Accounts.
    Accounts,
}

/// Owners of a kind after one, at most `limit`.
pub fn owners<R: RangeReader + ?Sized>(
    view: &R,
    after: Option<&HistoryOf>,
    kind: OwnerKind,
    limit: usize,
) -> Result<Vec<OwnerRow>, Fault> {
    let (first, last) = bounds(kind);
    let from = after.map_or(first, |owner| RowKey::Owner(owner.clone()));
    let rows = view.between(&from, &last, limit)?;
    rows.into_iter().map(|(key, row)| Ok((codec::decode_owner_key(&key)?, row))).collect()
}

/// Keys between which, both excluded, the rows of owners of a kind lie.
fn bounds(kind: OwnerKind) -> (RowKey, RowKey) {
    let donor = |byte| RowKey::Owner(HistoryOf::Donor(DonorId::from_bytes([byte; 16])));
    let cause = |byte| RowKey::Owner(HistoryOf::Cause(CauseId::from_bytes([byte; 16])));
    match kind {
        OwnerKind::Donors => (donor(0x00), donor(0xFF)),
        OwnerKind::Causes => (cause(0x00), cause(0xFF)),
        OwnerKind::Accounts => (cause(0xFF), RowKey::Meta),
    }
}
