//! Rules of adjustments: a known donor, a known cause, its currency. Its status does not matter: what has
//! happened to money elsewhere is recorded whether the cause takes gifts or not.

use super::donations::{check_method, memo_field};
use super::texts;
use super::{Decision, Moment, Refusal};
use crate::machine::command::Adjust;
use crate::machine::event::Event;
use crate::machine::rejection::Rejection;
use crate::machine::state::{CauseFacts, StateView};
use crate::vocabulary::ids::AdjustmentId;

pub(super) fn adjust(view: &dyn StateView, moment: &Moment, command: &Adjust) -> Result<Decision, Refusal> {
    check_method(&command.method)?;
    texts::check_memo(command.memo.as_deref())?;
    let (donor, cause) = (command.donor, command.cause);
    let known = view.donor(donor)?.ok_or(Rejection::UnknownDonor { donor })?;
    if command.memo.is_some() {
        known.not_erased()?;
    }
    let facts = view.cause(cause)?.ok_or(Rejection::UnknownCause { cause })?;
    check_currency(&facts, command)?;
    Ok(adjusted(moment, command, 0))
}

/// An adjustment is in the currency of its cause.
pub(super) fn check_currency(facts: &CauseFacts, command: &Adjust) -> Result<(), Rejection> {
    let (cause, expected, found) = (facts.cause, facts.currency, command.amount.currency());
    if found == expected { Ok(()) } else { Err(Rejection::CauseCurrency { cause, expected, found }) }
}

/// The decision that giving was adjusted, after every guard.
pub(super) fn adjusted(moment: &Moment, command: &Adjust, ordinal: u16) -> Decision {
    let mut decision = Decision::of(Event::GivingAdjusted {
        adjustment: AdjustmentId::from(moment.id(ordinal)),
        donor: command.donor,
        cause: command.cause,
        amount: command.amount,
        reason: command.reason,
        method: command.method.clone(),
    });
    decision.personal.extend(memo_field(command.donor, command.memo.as_deref()));
    decision
}
