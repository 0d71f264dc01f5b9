//! Whether gifts bring a cause to its goal. Looked at after any command has been decided.

use std::collections::BTreeSet;

use super::Refusal;
use crate::machine::event::{Event, GoalReached};
use crate::machine::state::StateView;
use crate::machine::totals_rules::{TotalsOf, totals_changes};
use crate::vocabulary::ids::CauseId;

/// The goals that gifts among events reach, all that happens with them taken together:
/// a gift put right reaches no goal by what it raised before.
pub(super) fn reached(view: &dyn StateView, events: &[Event]) -> Result<Vec<Event>, Refusal> {
    let mut reached = Vec::new();
    for cause in given_to(events) {
        let Some(facts) = view.cause(cause)? else { continue };
        let Some(goal) = facts.goal else { continue };
        let (before, goal_minor) = (facts.raised_minor, i128::from(goal.minor()));
        let after = before.saturating_add(raised_by(events, cause));
        if before < goal_minor && goal_minor <= after {
            reached.push(Event::GoalReached(GoalReached { cause, goal }));
        }
    }
    Ok(reached)
}

fn given_to(events: &[Event]) -> BTreeSet<CauseId> {
    let mut causes = BTreeSet::new();
    for event in events {
        let Event::DonationCaptured { designations, .. } = event else { continue };
        causes.extend(designations.iter().map(|designation| designation.cause));
    }
    causes
}

fn raised_by(events: &[Event], cause: CauseId) -> i128 {
    let changes = events.iter().flat_map(totals_changes).filter(|each| each.of == TotalsOf::Cause(cause));
    changes.map(|each| each.change.raised_minor()).fold(0, i128::saturating_add)
}
