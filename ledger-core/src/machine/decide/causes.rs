//! Rules of causes: a name, dates in order, a goal in its own currency, an external id held once.

use super::texts;
use super::{Decision, Moment, Refusal};
use crate::giving::cause::CauseDetails;
use crate::machine::command::{OpenCause, UpdateCause};
use crate::machine::event::Event;
use crate::machine::rejection::Rejection;
use crate::machine::state::StateView;
use crate::vocabulary::ids::CauseId;
use crate::vocabulary::money::{Currency, MoneyError};

pub(super) fn open(view: &dyn StateView, moment: &Moment, command: &OpenCause) -> Result<Decision, Refusal> {
    check_details(&command.details)?;
    check_goal(&command.details, command.currency)?;
    check_unclaimed(view, command.details.external_id.as_deref(), None)?;
    Ok(opened(moment, command, 0))
}

/// The decision to open a cause, after every guard.
pub(super) fn opened(moment: &Moment, command: &OpenCause, ordinal: u16) -> Decision {
    let cause = CauseId::from(moment.id(ordinal));
    Decision::of(Event::CauseOpened { cause, currency: command.currency, details: command.details.clone() })
}

pub(super) fn update(view: &dyn StateView, command: &UpdateCause) -> Result<Decision, Refusal> {
    let cause = command.cause;
    check_details(&command.details)?;
    let known = view.cause(cause)?.ok_or(Rejection::UnknownCause { cause })?;
    check_goal(&command.details, known.currency)?;
    check_unclaimed(view, command.details.external_id.as_deref(), Some(cause))?;
    let released_external_id =
        view.external_id_of(cause)?.filter(|old| Some(old) != command.details.external_id.as_ref());
    Ok(Decision::of(Event::CauseUpdated {
        cause,
        details: command.details.clone(),
        status: command.status,
        released_external_id,
    }))
}

/// The limits of what is said of a cause.
fn check_details(details: &CauseDetails) -> Result<(), Rejection> {
    texts::check_line("name", &details.name, texts::NAME_BYTES_MAX)?;
    if let Some(description) = &details.description {
        texts::check_lines("description", description, texts::DESCRIPTION_BYTES_MAX)?;
    }
    if let Some(external_id) = &details.external_id {
        texts::check_line("external_id", external_id, texts::NAME_BYTES_MAX)?;
    }
    match (details.opens_on, details.closes_on) {
        (Some(opens_on), Some(closes_on)) if closes_on < opens_on => {
            Err(Rejection::DatesReversed { opens_on, closes_on })
        }
        _ => Ok(()),
    }
}

/// A goal is in the cause's currency.
fn check_goal(details: &CauseDetails, currency: Currency) -> Result<(), Rejection> {
    if let Some(goal) = details.goal.filter(|goal| goal.currency() != currency) {
        return Err(MoneyError::CurrencyMismatch { expected: currency, found: goal.currency() }.into());
    }
    Ok(())
}

fn check_unclaimed(
    view: &dyn StateView,
    external_id: Option<&str>,
    holder: Option<CauseId>,
) -> Result<(), Refusal> {
    let Some(external_id) = external_id else {
        return Ok(());
    };
    match view.cause_by_external_id(external_id)?.filter(|other| Some(*other) != holder) {
        Some(other) => Err(Rejection::CauseExternalIdTaken { holder: other }.into()),
        None => Ok(()),
    }
}
