//! Rows by what they are about.

use crate::records::row::{CauseRow, DonationRow, DonorRow, HistoryOf, MetaRow, Row, RowKey};
use crate::records::rows::RowReader;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{CauseId, DonationId, DonorId};

/// The row of a donor.
pub fn donor_row<R: RowReader + ?Sized>(from: &R, donor: DonorId) -> Result<Option<DonorRow>, Fault> {
    match from.row(&RowKey::Owner(HistoryOf::Donor(donor)))?.as_deref() {
        Some(Row::Donor(row)) => Ok(Some(row.clone())),
        Some(_) => Err(Fault::state("row that should be Donor", 0)),
        None => Ok(None),
    }
}

/// All ids of the donor that an id means, with their rows: the one that is kept first. None of a donor that is
/// not there.
pub fn donor_ids<R: RowReader + ?Sized>(from: &R, donor: DonorId) -> Result<Vec<(DonorId, DonorRow)>, Fault> {
    let endless = || Fault::state("donors that are merged in a circle", 0);
    let row_of = |id| donor_row(from, id)?.ok_or_else(|| Fault::state("merge of a donor without a row", 0));
    let Some(mut row) = donor_row(from, donor)? else { return Ok(Vec::new()) };
    let mut kept = donor;
    let mut steps = 0_u8;
    while let Some(into) = row.merged_into {
        steps = steps.checked_add(1).ok_or_else(endless)?;
        (kept, row) = (into, row_of(into)?);
    }
    let mut ids = vec![(kept, row)];
    let mut next = 0;
    while let Some((_, row)) = ids.get(next) {
        for absorbed in row.absorbed.clone() {
            if ids.iter().any(|(id, _)| *id == absorbed) {
                return Err(endless());
            }
            ids.push((absorbed, row_of(absorbed)?));
        }
        next = next.saturating_add(1);
    }
    Ok(ids)
}

/// The row of a cause.
pub fn cause_row<R: RowReader + ?Sized>(from: &R, cause: CauseId) -> Result<Option<CauseRow>, Fault> {
    match from.row(&RowKey::Owner(HistoryOf::Cause(cause)))?.as_deref() {
        Some(Row::Cause(row)) => Ok(Some(row.clone())),
        Some(_) => Err(Fault::state("row that should be Cause", 0)),
        None => Ok(None),
    }
}

/// What was counted so far.
pub fn meta<R: RowReader + ?Sized>(from: &R) -> Result<MetaRow, Fault> {
    match from.row(&RowKey::Meta)?.as_deref() {
        Some(Row::Meta(meta)) => Ok(*meta),
        Some(_) => Err(Fault::state("row that should be Meta", 0)),
        None => Ok(MetaRow::default()),
    }
}

/// The row of a donation, if it has one.
pub fn donation_row<R: RowReader + ?Sized>(
    from: &R,
    donation: DonationId,
) -> Result<Option<DonationRow>, Fault> {
    match from.row(&RowKey::Donation(donation))?.as_deref() {
        Some(Row::Donation(row)) => Ok(Some(row.clone())),
        Some(_) => Err(Fault::state("row that should be Donation", 0)),
        None => Ok(None),
    }
}

/// The record that took the entries of a record back, if one did.
pub fn reversed_by<R: RowReader + ?Sized>(from: &R, seq: u64) -> Result<Option<u64>, Fault> {
    match from.row(&RowKey::Reversal(seq))?.as_deref() {
        Some(Row::Reversal(row)) => Ok(Some(row.seq)),
        Some(_) => Err(Fault::state("row that should be Reversal", seq)),
        None => Ok(None),
    }
}
