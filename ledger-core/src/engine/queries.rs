//! Queries: donors, causes and keys as they are at one moment.

use serde::Serialize;

use super::committed::{Committed, Delivery};
use super::error::LedgerError;
use super::state_reader::{cause_row, donor_ids};
use crate::giving::cause::{CauseDetails, CauseStatus};
use crate::giving::donor::{DonorKind, DonorProfile, DonorStanding, ErasureReason};
use crate::giving::totals::Totals;
use crate::machine::personal::Personal;
use crate::machine::state::DonorLookup;
use crate::records::row::{CauseRow, DonorRow, HistoryOf, Row, RowKey};
use crate::records::rows::RowReader;
use crate::records::sealing;
use crate::storage::owners::{OwnerKind, owners};
use crate::storage::{Durability, Keys, View};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{CauseId, DonorId};
use crate::vocabulary::money::Currency;

/// A donor, with all of its ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Donor {
    /// Its id. Where it was asked for by an id that was merged, the one that was kept.
    pub id: DonorId,
    /// The id by which it was asked for, or whose e-mail address or external id it was found by: the same, or one
    /// that was merged. What is recorded for this id stays its own when the merge is undone.
    pub asked_as: DonorId,
    /// The ids that were merged into it; what is recorded for one of them is the donor's too.
    pub merged: Vec<DonorId>,
    /// Person or organisation.
    pub kind: DonorKind,
    /// Registered, guest or anonymous.
    pub standing: DonorStanding,
    /// What is known; empty where nothing is.
    pub profile: DonorProfile,
    /// Why the donor was erased, if so.
    pub erased: Option<ErasureReason>,
    /// Totals, in order of currency; none before the first gift.
    pub totals: Vec<Totals>,
    /// How many lines its history has.
    pub history_lines: u64,
}

/// A cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Cause {
    /// Its id.
    pub id: CauseId,
    /// Its currency.
    pub currency: Currency,
    /// Open, paused or closed.
    pub status: CauseStatus,
    /// What is said of it.
    pub details: CauseDetails,
    /// Its totals.
    pub totals: Totals,
    /// How many lines its history has.
    pub history_lines: u64,
}

/// What became of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(tag = "status", rename_all = "snake_case")]
#[non_exhaustive]
pub enum KeyStatus {
    /// No command with this key was committed.
    Unseen,
    /// A command with this key was committed; this is what it returned.
    Committed {
        /// What it returned.
        committed: Committed,
    },
}

/// What a ledger holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Stats {
    /// The last record.
    pub seq: u64,
    /// Donors registered.
    pub donors: u64,
    /// Causes opened.
    pub causes: u64,
    /// Donations captured, those that a correction took back among them.
    pub donations: u64,
    /// Records in the journal.
    pub records: u64,
    /// Journal entries posted.
    pub entries: u64,
    /// Bytes of the journal.
    pub journal_bytes: u64,
    /// Bytes of the derived state on disk.
    pub state_bytes: u64,
}

/// A donor from the rows of all its ids, the one that was kept first.
fn donor_of(ids: &[(DonorId, DonorRow)], asked_as: DonorId, keys: &dyn Keys) -> Result<Option<Donor>, Fault> {
    let Some(((id, row), others)) = ids.split_first() else { return Ok(None) };
    let mut totals = row.totals.clone();
    let mut history_lines = row.history.count;
    for (_, other) in others {
        other.totals.iter().for_each(|more| Totals::add_in_currency(&mut totals, more));
        history_lines = history_lines.saturating_add(other.history.count);
    }
    Ok(Some(Donor {
        id: *id,
        asked_as,
        merged: others.iter().map(|(id, _)| *id).collect(),
        kind: row.kind,
        standing: row.standing,
        profile: profile_of(row, keys)?,
        erased: row.erased,
        totals,
        history_lines,
    }))
}

/// The profile in a donor's row; empty where nothing is known any more.
pub(super) fn profile_of(row: &DonorRow, keys: &dyn Keys) -> Result<DonorProfile, Fault> {
    let opened = row.profile.as_ref().map_or(Ok(None), |sealed| sealing::open(sealed, keys))?;
    Ok(match opened {
        Some(Personal::Profile { profile, .. }) => profile,
        Some(Personal::Memo { .. }) | None => DonorProfile::default(),
    })
}

fn cause_of(id: CauseId, row: &CauseRow) -> Cause {
    Cause {
        id,
        currency: row.currency,
        status: row.status,
        details: row.details.clone(),
        totals: row.totals,
        history_lines: row.history.count,
    }
}

/// A donor by any of its ids.
pub fn donor<R: RowReader + ?Sized>(
    view: &R,
    keys: &dyn Keys,
    id: DonorId,
) -> Result<Option<Donor>, LedgerError> {
    Ok(donor_of(&donor_ids(view, id)?, id, keys)?)
}

/// A donor by e-mail address or external id.
pub fn donor_by(
    view: &dyn View,
    keys: &dyn Keys,
    lookup: Option<DonorLookup>,
) -> Result<Option<Donor>, LedgerError> {
    let Some(lookup) = lookup else { return Ok(None) };
    match view.row(&RowKey::DonorLookup(lookup))?.as_deref() {
        Some(Row::DonorLookup(row)) => row.holder().map_or(Ok(None), |holder| donor(view, keys, holder)),
        Some(_) | None => Ok(None),
    }
}

/// Donors after one, in order of registration, at most `limit`. One that was merged is not listed: the one that
/// was kept is.
pub fn donors(
    view: &dyn View,
    keys: &dyn Keys,
    after: Option<DonorId>,
    limit: usize,
) -> Result<Vec<Donor>, LedgerError> {
    let mut after = after.map(HistoryOf::Donor);
    let mut donors = Vec::new();
    loop {
        let wanted = limit.saturating_sub(donors.len());
        let rows = owners(view, after.as_ref(), OwnerKind::Donors, wanted)?;
        let is_last = rows.len() < wanted;
        for (owner, row) in rows {
            if let (HistoryOf::Donor(id), Row::Donor(row)) = (&owner, row.as_ref())
                && row.merged_into.is_none()
            {
                let ids =
                    if row.absorbed.is_empty() { vec![(*id, row.clone())] } else { donor_ids(view, *id)? };
                donors.extend(donor_of(&ids, *id, keys)?);
            }
            after = Some(owner);
        }
        if is_last || donors.len() >= limit {
            return Ok(donors);
        }
    }
}

/// A cause by id.
pub fn cause(view: &dyn View, id: CauseId) -> Result<Option<Cause>, LedgerError> {
    Ok(cause_row(view, id)?.map(|row| cause_of(id, &row)))
}

/// A cause by external id.
pub fn cause_by_external_id(view: &dyn View, external_id: &str) -> Result<Option<Cause>, LedgerError> {
    match view.row(&RowKey::CauseLookup(external_id.to_owned()))?.as_deref() {
        Some(Row::CauseLookup(row)) => row.holder().map_or(Ok(None), |holder| cause(view, holder)),
        Some(_) | None => Ok(None),
    }
}

/// Causes after one, in order of opening, at most `limit`.
pub fn causes(view: &dyn View, after: Option<CauseId>, limit: usize) -> Result<Vec<Cause>, LedgerError> {
    let after = after.map(HistoryOf::Cause);
    let rows = owners(view, after.as_ref(), OwnerKind::Causes, limit)?;
    let causes = rows.into_iter().filter_map(|(owner, row)| match (owner, row.as_ref()) {
        (HistoryOf::Cause(id), Row::Cause(row)) => Some(cause_of(id, row)),
        _ => None,
    });
    Ok(causes.collect())
}

/// What became of a key.
pub fn status(
    view: &dyn View,
    keys: &dyn Keys,
    key: &str,
    durability: Durability,
) -> Result<KeyStatus, LedgerError> {
    for seq in view.key_candidates(keys.secret().key_hash(key)) {
        if let Some(record) = view.record(seq)?.filter(|record| record.key.as_deref() == Some(key)) {
            let committed = Committed::of(record, Delivery::Replayed, durability);
            return Ok(KeyStatus::Committed { committed });
        }
    }
    Ok(KeyStatus::Unseen)
}
