//! Rules of merging donors: two known donors of one kind become one; the ids stay, and so can the merge be
//! undone.

use super::texts::count;
use super::{Decision, Refusal};
use crate::giving::donor::DonorStanding;
use crate::machine::command::{MergeDonors, UndoMerge};
use crate::machine::event::Event;
use crate::machine::rejection::Rejection;
use crate::machine::state::StateView;

/// Most ids of one donor: whoever reads the donor reads the row of each.
const IDS_MAX: usize = 100;

pub(super) fn merge(view: &dyn StateView, command: &MergeDonors) -> Result<Decision, Refusal> {
    let MergeDonors { keep, gone, .. } = *command;
    let same = Rejection::SameDonor { keep, gone };
    if keep == gone {
        return Err(same.into());
    }
    let ids = view.ids_of(keep)?;
    // Of an id that is merged itself, the donor that it means.
    let keep = ids.first().copied().unwrap_or(keep);
    let kept = view.donor(keep)?.ok_or(Rejection::UnknownDonor { donor: keep })?.not_erased()?;
    let other = view.donor(gone)?.ok_or(Rejection::UnknownDonor { donor: gone })?.not_erased()?;
    if ids.contains(&gone) {
        return Err(same.into());
    }
    if let Some(into) = other.merged_into {
        return Err(Rejection::DonorMerged { donor: gone, into }.into());
    }
    if kept.kind != other.kind {
        return Err(Rejection::DonorKindsDiffer { keep, gone }.into());
    }
    if kept.standing == DonorStanding::Anonymous && other.standing != DonorStanding::Anonymous {
        return Err(Rejection::AnonymousKept { keep, gone }.into());
    }
    let all = ids.len().saturating_add(view.ids_of(gone)?.len());
    if all > IDS_MAX {
        return Err(Rejection::TooManyMerged { keep, count: count(all), limit: count(IDS_MAX) }.into());
    }
    Ok(Decision::of(Event::DonorsMerged { keep, gone }))
}

pub(super) fn undo(view: &dyn StateView, command: &UndoMerge) -> Result<Decision, Refusal> {
    let gone = command.gone;
    let known = view.donor(gone)?.ok_or(Rejection::UnknownDonor { donor: gone })?;
    let keep = known.merged_into.ok_or(Rejection::DonorNotMerged { donor: gone })?;
    Ok(Decision::of(Event::MergeUndone { keep, gone }))
}
