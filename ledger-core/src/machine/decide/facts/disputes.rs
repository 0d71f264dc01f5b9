//! What a provider says of disputes.

use super::{Brought, brought, parked};
use crate::giving::dispute::{DisputeFeeFlow, DisputeReport, DisputeState};
use crate::giving::donation::amount_of;
use crate::giving::provider::{FactSays, MadeThere, ProviderFact, ProviderTarget};
use crate::machine::decide::facts::attached;
use crate::machine::decide::{Decision, Moment, Refusal, Step, amounts, disputes};
use crate::machine::event::{DisputeFeeBooked, Event};
use crate::machine::rejection::Rejection;
use crate::machine::state::StateView;
use crate::vocabulary::ids::DisputeId;
use crate::vocabulary::money::{Amount, Currency};

/// How far a dispute is: what is not further than what is known came late.
fn rank(state: DisputeState) -> u8 {
    match state {
        DisputeState::Inquiry => 0,
        DisputeState::Opened => 1,
        DisputeState::UnderReview => 2,
        DisputeState::Won | DisputeState::Lost | DisputeState::Closed => 3,
    }
}

pub(super) fn dispute(
    view: &dyn StateView,
    moment: &Moment,
    processor: &str,
    fact: &ProviderFact,
) -> Result<Decision, Refusal> {
    let FactSays::Dispute { of_payment, amount, state, made_at } = &fact.says else {
        return Ok(Decision::default());
    };
    let again = || Step::Fact { processor: processor.to_owned(), fact: fact.clone() };
    match view.object(processor, &fact.object)?.is {
        Some(ProviderTarget::Dispute { dispute }) => {
            return advanced(view, moment, dispute, (*state, *amount), again());
        }
        Some(_) => return Err(Rejection::ObjectTaken.into()),
        None => {}
    }
    let Some(Brought { begun, is_gift, .. }) = brought(view, processor, of_payment)? else {
        return parked(view, processor, of_payment, fact);
    };
    let facts = view.donation(begun.donation)?.filter(|_| is_gift);
    let donation = begun.donation;
    let Some(facts) = facts else { return Err(Rejection::DonationNotCaptured { donation }.into()) };
    let amount = amounts::of_gift(&facts, *amount)?;
    // What never was an open dispute is an inquiry that ended; what is further was opened before.
    let begins = match state {
        DisputeState::Inquiry | DisputeState::Closed => DisputeState::Inquiry,
        DisputeState::Opened | DisputeState::UnderReview | DisputeState::Won | DisputeState::Lost => {
            DisputeState::Opened
        }
    };
    let (dispute, made) =
        (DisputeId::from(moment.id(0)), MadeThere { at: *made_at, object: fact.object.clone() });
    let mut decision = disputes::opened(view, moment, &facts, dispute, amount, begins, Some(made))?;
    decision.append(attached(processor, &fact.object, ProviderTarget::Dispute { dispute }, donation));
    decision.then.push(again());
    decision.then.push(Step::Redivide { donation });
    Ok(decision)
}

/// A dispute comes as far as is said, by the states that lie between.
fn advanced(
    view: &dyn StateView,
    moment: &Moment,
    dispute: DisputeId,
    (to, told): (DisputeState, Amount),
    again: Step,
) -> Result<Decision, Refusal> {
    let (facts, mut own) = disputes::disputed(view, dispute)?;
    if rank(to) <= rank(own.state) {
        return Ok(Decision::default());
    }
    let needs_opening = own.state == DisputeState::Inquiry && to != DisputeState::Closed;
    let report = match to {
        _ if needs_opening => DisputeReport::Opened,
        DisputeState::Inquiry | DisputeState::Opened => DisputeReport::Opened,
        DisputeState::UnderReview => DisputeReport::UnderReview,
        DisputeState::Won => DisputeReport::Won,
        DisputeState::Lost => DisputeReport::Lost,
        DisputeState::Closed => DisputeReport::Closed,
    };
    if report == DisputeReport::Opened {
        // More, or less, than the bank asked about.
        own.amount = amounts::of_gift(&facts, told)?;
    }
    let donation = facts.donation;
    let mut decision = disputes::changed(view, moment, &facts, own, report)?;
    if needs_opening {
        decision.then.push(again);
    }
    decision.then.push(Step::Redivide { donation });
    Ok(decision)
}

/// Fees of a dispute are told as sums: what is new is booked.
pub(super) fn fee(view: &dyn StateView, processor: &str, fact: &ProviderFact) -> Result<Decision, Refusal> {
    let FactSays::DisputeFee { charged, returned } = &fact.says else { return Ok(Decision::default()) };
    let dispute = match view.object(processor, &fact.object)?.is {
        Some(ProviderTarget::Dispute { dispute }) => dispute,
        Some(_) => return Err(Rejection::ObjectTaken.into()),
        None => return parked(view, processor, &fact.object, fact),
    };
    let (facts, own) = disputes::disputed(view, dispute)?;
    let more = |told: Option<Amount>, known_minor: u64| -> Result<Option<Amount>, Rejection> {
        let Some(told) = told else { return Ok(None) };
        let told = amounts::in_currency(told, facts.currency)?;
        Ok(new_part(told, known_minor, facts.currency))
    };
    let news = [
        (more(*charged, own.charged_minor)?, DisputeFeeFlow::Charged),
        (more(*returned, own.returned_minor)?, DisputeFeeFlow::Returned),
    ];
    let mut decision = Decision::default();
    for (fee, flow) in news {
        let (donation, donor, method) = (facts.donation, facts.donor, disputes::money_of(view, &facts)?);
        let booked = fee.map(|fee| DisputeFeeBooked { dispute, donation, donor, fee, flow, method });
        decision.events.extend(booked.map(Event::DisputeFeeBooked));
    }
    Ok(decision)
}

fn new_part(told: Amount, known_minor: u64, currency: Currency) -> Option<Amount> {
    amount_of(told.minor().unsigned_abs().saturating_sub(known_minor), currency)
}
