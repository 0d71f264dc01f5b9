//! Donations that were captured, and what has become of them.

use core::fmt;

use serde::Serialize;

use super::error::LedgerError;
use super::state_reader::{donation_record, donation_row, parts_now, reversed_by};
use crate::giving::donation::{Designation, DonationPart, FeeBearer, Method, Visibility};
use crate::machine::command::Donate;
use crate::machine::event::Event;
use crate::machine::personal::Personal;
use crate::records::record::Record;
use crate::records::row::DonationRow;
use crate::records::sealing::{self, MEMO_KIND};
use crate::storage::{Keys, View};
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::{DonationId, DonorId, IdBits, RefundId};
use crate::vocabulary::money::Amount;
use crate::vocabulary::time::Timestamp;

/// A donation and what has become of it. The debug form leaves the donor's words out.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Donation {
    /// Its id.
    pub id: DonationId,
    /// The record that captured it.
    pub seq: u64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The day of the gift.
    pub day: Date,
    /// Who gave.
    pub donor: DonorId,
    /// To which causes.
    pub designations: Vec<Designation>,
    /// To the platform on top.
    pub tip: Option<Amount>,
    /// What the processor kept.
    pub fee: Option<Amount>,
    /// Who bears the fee.
    pub fee_bearer: FeeBearer,
    /// How the money came in.
    pub method: Method,
    /// Whether the donor may be named.
    pub visibility: Visibility,
    /// The donor's words; none where none were given or the donor was erased.
    pub memo: Option<String>,
    /// What each cause, and the platform, was given and gave back.
    pub parts: Vec<DonationPart>,
    /// Its refunds, oldest first, less those that a correction took back.
    pub refunds: Vec<RefundId>,
    /// The record of the correction that took it back, if one did.
    pub reversed_by: Option<u64>,
}

impl Donation {
    /// The command that enters it once more, as it is in the book: what a correction begins with, and changes only what is
    /// wrong. So nothing is lost by leaving it out, whether the donor may be named least of all.
    pub fn as_entered(&self, key: String) -> Donate {
        Donate {
            key,
            donor: self.donor,
            designations: self.designations.clone(),
            tip: self.tip,
            fee: self.fee,
            fee_bearer: self.fee_bearer,
            method: self.method.clone(),
            occurred_on: Some(self.day),
            visibility: self.visibility,
            memo: self.memo.clone(),
        }
    }
}

impl fmt::Debug for Donation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Donation")
            .field("id", &self.id)
            .field("seq", &self.seq)
            .field("day", &self.day)
            .field("donor", &self.donor)
            .field("parts", &self.parts)
            .field("refunds", &self.refunds)
            .finish_non_exhaustive()
    }
}

/// Donations in the order in which they were captured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct DonationPage {
    /// The donations: all of every record up to `through`.
    pub donations: Vec<Donation>,
    /// The last record that was looked at: where the next page begins. The last page looked at the last record.
    pub through: u64,
}

/// A donation by id.
pub fn donation(view: &dyn View, keys: &dyn Keys, id: DonationId) -> Result<Option<Donation>, LedgerError> {
    match donation_record(view, id)? {
        Some((record, event)) => donation_of(view, keys, &record, event),
        None => Ok(None),
    }
}

/// Those that were captured after a record.
pub fn captured_after(
    view: &dyn View,
    keys: &dyn Keys,
    seq: u64,
    limit: usize,
) -> Result<DonationPage, LedgerError> {
    let mut page = DonationPage { donations: Vec::new(), through: seq };
    let last = view.head().seq;
    while page.through < last && page.donations.len() < limit {
        page.through = page.through.saturating_add(1);
        let Some(mut record) = view.record(page.through)? else { break };
        for event in core::mem::take(&mut record.events) {
            page.donations.extend(donation_of(view, keys, &record, event)?);
        }
    }
    Ok(page)
}

/// The donation that an event of a record captured, if it is such an event.
fn donation_of(
    view: &dyn View,
    keys: &dyn Keys,
    record: &Record,
    event: Event,
) -> Result<Option<Donation>, LedgerError> {
    let Event::DonationCaptured {
        donation: id,
        donor,
        designations,
        tip,
        fee,
        fee_bearer,
        method,
        visibility,
        ..
    } = event
    else {
        return Ok(None);
    };
    let row = donation_row(view, id)?;
    let parts = parts_now(&designations, tip, row.as_ref());
    let reversed_by = reversed_by(view, record.seq)?;
    let begun = IdBits::from(id).seq();
    // If it was begun before it was captured, its words were given then.
    let begun_in = if begun == record.seq { None } else { view.record(begun)? };
    let told_in = begun_in.as_ref().unwrap_or(record);
    let memo = match told_in.sealed.iter().find(|field| field.kind == MEMO_KIND) {
        Some(sealed) => sealing::open(sealed, keys)?.and_then(|content| match content {
            Personal::Memo { text } => Some(text),
            Personal::Profile { .. } => None,
        }),
        None => None,
    };
    let (seq, recorded_at, day) = (record.seq, record.recorded_at, record.day());
    let refunds = refunds_of(view, id, row)?;
    Ok(Some(Donation {
        id,
        seq,
        recorded_at,
        day,
        donor,
        designations,
        tip,
        fee,
        fee_bearer,
        method,
        visibility,
        memo,
        parts,
        refunds,
        reversed_by,
    }))
}

/// The refunds of a donation that were not undone, in the order in which they were made.
fn refunds_of(
    view: &dyn View,
    id: DonationId,
    row: Option<DonationRow>,
) -> Result<Vec<RefundId>, LedgerError> {
    let Some(row) = row else { return Ok(Vec::new()) };
    let live = row.returning.iter().filter(|facts| !facts.state.is_undone());
    let mut refunds: Vec<RefundId> = live.map(|facts| facts.refund).collect();
    for seq in row.refunds {
        let events = view.record(seq)?.map(|record| record.events).unwrap_or_default();
        refunds.extend(events.iter().filter_map(|event| {
            let Event::DonationRefunded { refund, donation, .. } = event else { return None };
            (*donation == id).then_some(*refund)
        }));
    }
    // Ids rise as they are made.
    refunds.sort_unstable();
    Ok(refunds)
}
