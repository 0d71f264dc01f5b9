//! What happens to donors: their rows, and by what they are found.

use super::changes::Changes;
use super::donor_key;
use crate::giving::donor::{DonorKind, DonorStanding, ErasureReason};
use crate::machine::personal::{Lookups, Personal};
use crate::machine::state::DonorLookup;
use crate::records::history::HistoryTail;
use crate::records::record::Record;
use crate::records::row::{DonorRow, LookupRow, RowKey};
use crate::records::sealed::SealedField;
use crate::records::sealing::{KeySource, PROFILE_KIND, open};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::DonorId;

pub(super) fn register(
    changes: &mut Changes<'_>,
    donor: DonorId,
    kind: DonorKind,
    standing: DonorStanding,
) -> Result<(), Fault> {
    let fresh = DonorRow {
        seq: 0,
        kind,
        standing,
        slot: None,
        profile: None,
        lookups: Lookups::default(),
        erased: None,
        merged_into: None,
        absorbed: Vec::new(),
        totals: Vec::new(),
        history: HistoryTail::default(),
    };
    changes.donor(donor_key(donor), || Some(fresh)).map(|_| ())
}

pub(super) fn take_profile(
    changes: &mut Changes<'_>,
    record: &Record,
    donor: DonorId,
    keys: &dyn KeySource,
) -> Result<(), Fault> {
    let of_profile = |field: &&SealedField| field.donor == donor && field.kind == PROFILE_KIND;
    let Some(sealed) = record.sealed.iter().find(of_profile) else {
        return Ok(());
    };
    // A profile that no longer opens was erased: the donor stays, found by nothing.
    let (claimed, released) = match open(sealed, keys)? {
        Some(Personal::Profile { claimed, released, .. }) => (claimed, released),
        Some(Personal::Memo { .. }) | None => (Lookups::default(), Lookups::default()),
    };
    if let Some(row) = changes.donor(donor_key(donor), || None)? {
        row.profile = Some(sealed.clone());
        row.lookups = claimed;
    }
    release(changes, released, donor)?;
    for lookup in lookups(claimed) {
        if let Some(row) =
            changes.donor_lookup(RowKey::DonorLookup(lookup), || Some(LookupRow::unclaimed()))?
        {
            row.claim(donor);
        }
    }
    Ok(())
}

/// The donor is not found by these any more. What another id of a merged donor took over stays as it is.
fn release(changes: &mut Changes<'_>, of: Lookups, donor: DonorId) -> Result<(), Fault> {
    for lookup in lookups(of) {
        if let Some(row) =
            changes.donor_lookup(RowKey::DonorLookup(lookup), || Some(LookupRow::unclaimed()))?
        {
            row.release(donor);
        }
    }
    Ok(())
}

pub(super) fn erase(changes: &mut Changes<'_>, donor: DonorId, reason: ErasureReason) -> Result<(), Fault> {
    let mut released = Lookups::default();
    if let Some(row) = changes.donor(donor_key(donor), || None)? {
        released = core::mem::take(&mut row.lookups);
        (row.profile, row.erased) = (None, Some(reason));
    }
    release(changes, released, donor)
}

pub(super) fn merge(changes: &mut Changes<'_>, keep: DonorId, gone: DonorId) -> Result<(), Fault> {
    if let Some(row) = changes.donor(donor_key(keep), || None)? {
        row.absorbed.push(gone);
    }
    if let Some(row) = changes.donor(donor_key(gone), || None)? {
        row.merged_into = Some(keep);
    }
    Ok(())
}

pub(super) fn part(changes: &mut Changes<'_>, keep: DonorId, gone: DonorId) -> Result<(), Fault> {
    if let Some(row) = changes.donor(donor_key(keep), || None)? {
        row.absorbed.retain(|donor| *donor != gone);
    }
    if let Some(row) = changes.donor(donor_key(gone), || None)? {
        row.merged_into = None;
    }
    Ok(())
}

pub(super) fn note_slots(changes: &mut Changes<'_>, record: &Record) -> Result<(), Fault> {
    for field in &record.sealed {
        if let Some(row) = changes.donor(donor_key(field.donor), || None)? {
            row.slot = Some(field.slot);
        }
    }
    Ok(())
}

fn lookups(of: Lookups) -> impl Iterator<Item = DonorLookup> {
    of.email.map(DonorLookup::Email).into_iter().chain(of.external_id.map(DonorLookup::ExternalId))
}
