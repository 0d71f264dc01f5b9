//! What follows when something is taken of a part that was set aside because its cause was closed: it is taken of what was
//! set aside, as long as that lasts. What is given again is set aside again.

use super::takings::Takings;
use super::{Moment, Refusal};
use crate::accounting::chart::BookMode;
use crate::giving::cause::CauseStatus;
use crate::giving::donation::amount_of;
use crate::machine::event::{Event, SetAsideAgain, SetAsideReleased};
use crate::machine::state::StateView;
use crate::vocabulary::ids::{CauseId, DonationId, SuspenseId};

/// The cause is given of what was set aside as much as is taken from it, and back.
pub(super) fn followed(
    view: &dyn StateView,
    moment: &Moment,
    takings: &Takings,
) -> Result<Vec<Event>, Refusal> {
    let mut events = Vec::new();
    if moment.mode == BookMode::Principal {
        return Ok(events);
    }
    for (&(donation, cause), &minor) in takings {
        let Some(item) = set_aside(view, donation, cause)?.filter(|_| minor != 0) else { continue };
        let Some(facts) = view.suspense(item)? else { continue };
        let (currency, most) =
            (facts.amount.currency(), u64::try_from(minor.unsigned_abs()).unwrap_or(u64::MAX));
        if minor > 0 {
            let amount = amount_of(facts.left_minor.min(most), currency);
            let released = amount.map(|amount| SetAsideReleased { item, to: cause, amount });
            events.extend(released.map(Event::SetAsideReleased));
        } else if view.cause(cause)?.is_some_and(|of| of.status == CauseStatus::Closed) {
            let amount = amount_of(facts.taken_minor.min(most), currency);
            let again = amount.map(|amount| SetAsideAgain { item, cause, amount });
            events.extend(again.map(Event::SetAsideAgain));
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
