//! What happens to causes: their rows, and by what they are found.

use super::cause_key;
use super::changes::Changes;
use crate::giving::cause::CauseStatus;
use crate::giving::totals::Totals;
use crate::machine::event::{CausePoliciesSet, Event};
use crate::records::history::HistoryTail;
use crate::records::row::{CauseRow, LookupRow, MetaRow, RowKey};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::CauseId;

/// What an event about a cause changes.
pub(super) fn apply(changes: &mut Changes<'_>, event: &Event) -> Result<(), Fault> {
    #[allow(clippy::wildcard_enum_match_arm, reason = "the caller has all others")]
    match event {
        Event::CauseOpened { cause, currency, details } => {
            let fresh = CauseRow {
                seq: 0,
                currency: *currency,
                status: CauseStatus::Open,
                details: details.clone(),
                policies: None,
                totals: Totals::zero(*currency),
                history: HistoryTail::default(),
            };
            changes.cause(cause_key(*cause), || Some(fresh))?;
            claim_for_cause(changes, details.external_id.as_ref(), *cause)
        }
        Event::CauseUpdated { cause, details, status, released_external_id } => {
            if let Some(row) = changes.cause(cause_key(*cause), || None)? {
                row.details = details.clone();
                row.status = *status;
            }
            if let Some(row) = cause_lookup(changes, released_external_id.as_ref())? {
                row.release(*cause);
            }
            claim_for_cause(changes, details.external_id.as_ref(), *cause)
        }
        Event::CausePoliciesSet(set) => set_policies(changes, set),
        _ => Ok(()),
    }
}

fn set_policies(changes: &mut Changes<'_>, set: &CausePoliciesSet) -> Result<(), Fault> {
    match set.cause {
        Some(cause) => {
            if let Some(row) = changes.cause(cause_key(cause), || None)? {
                row.policies = Some(set.policies);
            }
        }
        None => {
            if let Some(meta) = changes.meta(RowKey::Meta, || Some(MetaRow::default()))? {
                meta.policies = set.policies;
            }
        }
    }
    Ok(())
}

fn cause_lookup<'a>(
    changes: &'a mut Changes<'_>,
    external_id: Option<&String>,
) -> Result<Option<&'a mut LookupRow<CauseId>>, Fault> {
    let Some(external_id) = external_id else { return Ok(None) };
    changes.cause_lookup(RowKey::CauseLookup(external_id.clone()), || Some(LookupRow::unclaimed()))
}

fn claim_for_cause(
    changes: &mut Changes<'_>,
    external_id: Option<&String>,
    cause: CauseId,
) -> Result<(), Fault> {
    if let Some(row) = cause_lookup(changes, external_id)? {
        row.claim(cause);
    }
    Ok(())
}
