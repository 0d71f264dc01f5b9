//! What follows when something is taken of a part that was set aside because its cause was closed: it is taken of what was
//! set aside, as long as that lasts.

use super::takings::Takings;
use super::{Moment, Refusal};
use crate::accounting::chart::BookMode;
use crate::giving::donation::amount_of;
use crate::machine::event::{Event, SetAsideReleased};
use crate::machine::state::StateView;
use crate::vocabulary::ids::{CauseId, DonationId, SuspenseId};

/// The cause is given of what was set aside as much as is taken from it.
pub(super) fn released(
    view: &dyn StateView,
    moment: &Moment,
    takings: &Takings,
) -> Result<Vec<Event>, Refusal> {
    let mut events = Vec::new();
    if moment.mode == BookMode::Principal {
        return Ok(events);
    }
    for (&(donation, cause), &minor) in takings {
        let Some(taken_minor) = u64::try_from(minor).ok().filter(|taken| *taken > 0) else { continue };
        let Some(item) = set_aside(view, donation, cause)? else { continue };
        let Some(facts) = view.suspense(item)? else { continue };
        let currency = facts.amount.currency();
        if let Some(amount) = amount_of(facts.left_minor.min(taken_minor), currency) {
            events.push(Event::SetAsideReleased(SetAsideReleased { item, to: cause, amount }));
        }
    }
    Ok(events)
}

/// What was set aside of a donation for a cause, as the donation was captured.
fn set_aside(
    view: &dyn StateView,
    donation: DonationId,
    cause: CauseId,
) -> Result<Option<SuspenseId>, Refusal> {
    // A gift that came in paid to a cause that is closed was refused, so only gifts that were begun have something set aside.
    let captured_in = view.begun(donation)?.and_then(|begun| begun.captured_in);
    let Some(record) = captured_in.map(|seq| view.recorded(seq)).transpose()?.flatten() else {
        return Ok(None);
    };
    Ok(record.events.iter().find_map(|event| {
        let Event::GiftSetAside(aside) = event else { return None };
        (aside.donation == donation && aside.cause == cause).then_some(aside.item)
    }))
}
