//! The totals of causes as a feed: what each record changed in them, on which day, for reports by day and projections.

use serde::Serialize;

use super::error::LedgerError;
use crate::giving::totals::Totals;
use crate::machine::totals_rules::{TotalsOf, totals_changes};
use crate::storage::View;
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::CauseId;

/// What a record changed in the totals of a cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct CauseChange {
    /// The record.
    pub seq: u64,
    /// The day on which it counts; of what a correction takes back, the day on which that had counted.
    pub day: Date,
    /// The cause.
    pub cause: CauseId,
    /// What was added to each figure; less than nothing where something was taken off.
    pub change: Totals,
}

/// Changes in the order of their records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct CauseChangePage {
    /// The changes: all of every record up to `through`.
    pub changes: Vec<CauseChange>,
    /// The last record that was looked at: where the next page begins.
    pub through: u64,
}

/// Those of the records after one.
pub fn after(view: &dyn View, seq: u64, limit: usize) -> Result<CauseChangePage, LedgerError> {
    let mut page = CauseChangePage { changes: Vec::new(), through: seq };
    let last = view.head().seq;
    while page.through < last && page.changes.len() < limit {
        page.through = page.through.saturating_add(1);
        let Some(record) = view.record(page.through)? else { break };
        let told = record.told();
        for event in told.events {
            let day = told.day_of(event);
            page.changes.extend(totals_changes(event).into_iter().filter_map(|each| match each.of {
                TotalsOf::Cause(cause) => {
                    Some(CauseChange { seq: page.through, day, cause, change: each.change })
                }
                TotalsOf::Donor(_) | TotalsOf::AllCauses => None,
            }));
        }
    }
    Ok(page)
}
