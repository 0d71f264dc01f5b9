//! Rules of reallocations: money moves from one known cause to another of the same currency. Their status does
//! not matter, and no donor is concerned: nobody gave anything.

use super::{Decision, Moment, Refusal};
use crate::machine::command::Reallocate;
use crate::machine::event::Event;
use crate::machine::rejection::Rejection;
use crate::machine::state::StateView;
use crate::vocabulary::ids::ReallocationId;

pub(super) fn reallocate(
    view: &dyn StateView,
    moment: &Moment,
    command: &Reallocate,
) -> Result<Decision, Refusal> {
    let (from, to, amount) = (command.from, command.to, command.amount);
    if from == to {
        return Err(Rejection::SameCause { cause: from }.into());
    }
    for cause in [from, to] {
        let expected = view.cause(cause)?.ok_or(Rejection::UnknownCause { cause })?.currency;
        let found = amount.currency();
        if found != expected {
            return Err(Rejection::CauseCurrency { cause, expected, found }.into());
        }
    }
    let reallocation = ReallocationId::from(moment.id(0));
    Ok(Decision::of(Event::Reallocated { reallocation, from, to, amount }))
}
