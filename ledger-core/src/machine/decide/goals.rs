//! Whether a gift brings a cause to its goal. Looked at after any command has been decided.

use super::Refusal;
use crate::machine::event::{Event, GoalReached};
use crate::machine::state::StateView;

/// The goals that gifts among events reach.
pub(super) fn reached(view: &dyn StateView, events: &[Event]) -> Result<Vec<Event>, Refusal> {
    let mut reached = Vec::new();
    for event in events {
        let Event::DonationCaptured { designations, .. } = event else { continue };
        for designation in designations {
            let cause = designation.cause;
            let Some(facts) = view.cause(cause)? else { continue };
            let Some(goal) = facts.goal else { continue };
            let (before, goal_minor) = (facts.raised_minor, i128::from(goal.minor()));
            let after = before.saturating_add(designation.amount.minor().into());
            if before < goal_minor && goal_minor <= after {
                reached.push(Event::GoalReached(GoalReached { cause, goal }));
            }
        }
    }
    Ok(reached)
}
