//! What attempts at a donation are, and how they come further.

use super::donations::check_gift;
use super::{Decision, Refusal, Step};
use crate::giving::donation::Designation;
use crate::giving::payment::{PaymentReport, PaymentState};
use crate::machine::event::{Event, MeantGift};
use crate::machine::rejection::Rejection;
use crate::machine::state::{BegunFacts, CauseFacts, DonationFacts, PaymentFacts, StateView};
use crate::vocabulary::ids::{DonationId, PaymentId};
use crate::vocabulary::money::Currency;

/// A donation that was begun before it was paid.
pub(super) fn begun(view: &dyn StateView, donation: DonationId) -> Result<BegunFacts, Refusal> {
    if let Some(begun) = view.begun(donation)? {
        return Ok(begun);
    }
    // One that came in paid awaits nothing.
    match view.donation(donation)? {
        Some(_) => Err(Rejection::DonationNotOpen { donation }.into()),
        None => Err(Rejection::UnknownDonation { donation }.into()),
    }
}

pub(super) fn check_awaits(begun: &BegunFacts) -> Result<(), Rejection> {
    let donation = begun.donation;
    if begun.awaits() { Ok(()) } else { Err(Rejection::DonationNotOpen { donation }) }
}

/// A donation that was captured, whichever way.
pub(super) fn captured_facts(view: &dyn StateView, donation: DonationId) -> Result<DonationFacts, Refusal> {
    match view.donation(donation)? {
        Some(facts) => match facts.reversed_by {
            Some(by) => Err(Rejection::EntryReversed { entry: donation.to_string(), by }.into()),
            None => Ok(facts),
        },
        None => match view.begun(donation)? {
            Some(_) => Err(Rejection::DonationNotCaptured { donation }.into()),
            None => Err(Rejection::UnknownDonation { donation }.into()),
        },
    }
}

/// An attempt, and the donation that it is to collect.
pub(super) fn attempt(
    view: &dyn StateView,
    payment: PaymentId,
) -> Result<(BegunFacts, PaymentFacts), Refusal> {
    let unknown = || Rejection::UnknownPayment { payment };
    let begun = begun(view, view.donation_of(payment)?.ok_or_else(unknown)?)?;
    let own = begun.payments.iter().find(|own| own.payment == payment).cloned();
    Ok((begun, own.ok_or_else(unknown)?))
}

/// What a report of an attempt changes; nothing where that is known.
pub(super) fn changed(
    view: &dyn StateView,
    begun: &BegunFacts,
    own: &PaymentFacts,
    report: PaymentReport,
) -> Result<Option<Decision>, Refusal> {
    let (payment, from, to) = (own.payment, own.state, report.state());
    if from.after(report).is_none() {
        let (what, from, to) = (payment.to_string(), from.word(), to.word());
        return Err(Rejection::IllegalTransition { what, from, to }.into());
    }
    if from == to {
        return Ok(None);
    }
    let pending = pending(view, begun, own, to)?;
    let (donation, donor, failure) = (begun.donation, begun.donor, report.failure());
    let event = Event::PaymentChanged { payment, donation, donor, from, to, failure, pending };
    Ok(Some(Decision::of(event)))
}

/// What becomes pending with an attempt, or is no more; nothing where another attempt is pending too. What is still to be
/// exchanged is pending with the donor alone: nobody knows yet what causes will get.
fn pending(
    view: &dyn StateView,
    begun: &BegunFacts,
    own: &PaymentFacts,
    to: PaymentState,
) -> Result<Option<MeantGift>, Refusal> {
    let others = begun.payments.iter().any(|other| other.payment != own.payment && other.state.is_pending());
    if own.state.is_pending() == to.is_pending() || others {
        return Ok(None);
    }
    if is_foreign(view, begun)? {
        let MeantGift { designations, tip } = &begun.gift;
        let whole = check_gift(designations, *tip)?;
        return Ok(Some(MeantGift { designations: Vec::new(), tip: Some(whole) }));
    }
    Ok(Some(begun.gift.clone()))
}

/// Once a payment is captured, what was said of it before is taken up.
pub(super) fn take_up(own: &PaymentFacts) -> Option<Step> {
    let object = own.object.clone()?;
    Some(Step::TakeUp { processor: own.processor.clone(), object })
}

/// Whether a gift was begun in another currency than its causes have.
pub(super) fn is_foreign(view: &dyn StateView, begun: &BegunFacts) -> Result<bool, Refusal> {
    let first = begun.gift.designations.first().ok_or(Rejection::NoDesignation)?;
    Ok(first.amount.currency() != currency_of_causes(view, begun)?)
}

pub(super) fn currency_of_causes(view: &dyn StateView, begun: &BegunFacts) -> Result<Currency, Refusal> {
    let first = begun.gift.designations.first().ok_or(Rejection::NoDesignation)?;
    Ok(cause_of(view, first)?.currency)
}

pub(super) fn cause_of(view: &dyn StateView, designation: &Designation) -> Result<CauseFacts, Refusal> {
    let cause = designation.cause;
    Ok(view.cause(cause)?.ok_or(Rejection::UnknownCause { cause })?)
}
