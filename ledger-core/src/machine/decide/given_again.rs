//! What follows when causes are given again what was taken from them. Where the platform had borne it in a cause's place, the
//! platform has it again, not the cause.

use super::Refusal;
use super::takings::Takings;
use crate::giving::donation::{Beneficiary, DonationPart, amount_of};
use crate::machine::event::{Event, OverdraftReturned};
use crate::machine::state::StateView;

/// The platform bears no more of what was taken of a part than is taken of it after all.
pub(super) fn returned(view: &dyn StateView, takings: &Takings) -> Result<Vec<Event>, Refusal> {
    let mut events = Vec::new();
    for (&(donation, cause), &change_minor) in takings {
        let Ok(again_minor) = u64::try_from(change_minor.saturating_neg()) else { continue };
        let Some(facts) = view.donation(donation)? else { continue };
        let mut parts = facts.parts.iter().zip(&facts.borne).zip(&facts.absorbed_minor);
        let of_cause = |part: &DonationPart| part.beneficiary == Beneficiary::Cause { cause };
        let Some(((part, borne), absorbed)) = parts.find(|((part, _), _)| of_cause(part)) else { continue };
        let fees = borne.of_processor_minor.saturating_add(borne.of_platform_minor);
        let taken = part.refunded_minor.saturating_add(part.disputed_minor).saturating_add(fees);
        let beyond = absorbed.saturating_sub(taken.saturating_sub(again_minor));
        if let Some(amount) = amount_of(beyond.min(again_minor), facts.currency) {
            events.push(Event::OverdraftReturned(OverdraftReturned { donation, cause, amount }));
        }
    }
    Ok(events)
}
