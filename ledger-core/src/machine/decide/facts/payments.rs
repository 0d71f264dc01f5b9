//! What a provider says of payments, of their fees, and of what it paid out to us.

use super::{Brought, attached, brought, is_own_object, ours, parked, payment_of};
use crate::giving::donation::Designation;
use crate::giving::payment::{PaymentReport, PaymentState};
use crate::giving::provider::{FactSays, ProviderFact, ProviderTarget, SettlementOutcome};
use crate::machine::decide::attempts::{self, changed};
use crate::machine::decide::captures::Exchange;
use crate::machine::decide::{Decision, Moment, Refusal, Step, captures, fees};
use crate::machine::event::{Event, ObjectAttached, SettlementReturned};
use crate::machine::rejection::Rejection;
use crate::machine::state::{BegunFacts, PaymentFacts, StateView};
use crate::vocabulary::ids::{DonationId, IdBits, SettlementId};
use crate::vocabulary::money::Amount;

/// How far a payment is: what is not further than what is known came late.
fn rank(state: PaymentState) -> u8 {
    match state {
        PaymentState::Created => 0,
        PaymentState::RequiresAction => 1,
        PaymentState::Processing => 2,
        PaymentState::Authorised => 3,
        PaymentState::Failed | PaymentState::Voided | PaymentState::Expired => 4,
        PaymentState::Captured => 5,
    }
}

pub(super) fn payment(
    view: &dyn StateView,
    moment: &Moment,
    processor: &str,
    fact: &ProviderFact,
) -> Result<Decision, Refusal> {
    let FactSays::Payment { payment: said, report, captured } = &fact.says else {
        return Ok(Decision::default());
    };
    let mut decision = Decision::default();
    let (begun, own) = match (payment_of(view, processor, &fact.object)?, said) {
        (Some(known), _) => known,
        (None, Some(payment)) => {
            // Of a payment that is not ours, whatever else the account at the processor is used for.
            let Some((begun, own)) = ours(view, processor, *payment)? else { return Ok(decision) };
            let to = ProviderTarget::Payment { payment: *payment };
            decision = attached(processor, &fact.object, to, begun.donation);
            (begun, own)
        }
        (None, None) => return parked(view, processor, &fact.object, fact),
    };
    if own.state == PaymentState::Captured && !is_own_object(&own, &fact.object) {
        decision.append(collected_twice(view, moment, (&begun, &own), fact)?);
        return Ok(decision);
    }
    if rank(report.state()) <= rank(own.state) {
        return Ok(decision);
    }
    if report.state() != PaymentState::Captured {
        decision.append(changed(view, &begun, &own, *report)?.unwrap_or_default());
        return Ok(decision);
    }
    if captures::awaits_exchange(view, &begun, *captured)? {
        // Nobody knows yet what it was exchanged into.
        decision.append(parked(view, processor, &fact.object, fact)?);
        return Ok(decision);
    }
    if decision.events.is_empty() {
        decision.events.extend(captures_it(&own, &fact.object, begun.donation));
    }
    decision.append(changed(view, &begun, &own, *report)?.unwrap_or_default());
    decision.append(captured_as(view, moment, &begun, &own, *captured)?);
    let (processor, object) = (processor.to_owned(), fact.object.clone());
    decision.then.push(Step::TakeUp { processor, object });
    Ok(decision)
}

/// Another object of the processor is told of as a payment that has one already: what it captures is there, and nobody's.
fn collected_twice(
    view: &dyn StateView,
    moment: &Moment,
    (begun, own): (&BegunFacts, &PaymentFacts),
    fact: &ProviderFact,
) -> Result<Decision, Refusal> {
    let FactSays::Payment { report: PaymentReport::Captured, captured, .. } = &fact.says else {
        return Ok(Decision::default());
    };
    if view.object(&own.processor, &fact.object)?.brought_in.is_some() {
        return Ok(Decision::default());
    }
    let amount = captured.or(meant(begun)).ok_or(Rejection::NoDesignation)?;
    let mut decision = captures::unidentified(moment, begun, own, amount, None)?;
    for event in &mut decision.events {
        if let Event::UnidentifiedReceived(received) = event {
            received.object = Some(fact.object.clone());
        }
    }
    let (processor, object) = (own.processor.clone(), fact.object.clone());
    decision.then.push(Step::TakeUp { processor, object });
    Ok(decision)
}

/// From now on the payment is the object that captures it, if it was another one before.
fn captures_it(own: &PaymentFacts, object: &str, donation: DonationId) -> Option<Event> {
    let (processor, to) = (own.processor.clone(), ProviderTarget::Payment { payment: own.payment });
    let (object, donation, is_own) = (object.to_owned(), Some(donation), is_own_object(own, object));
    (!is_own).then_some(Event::ObjectAttached(ObjectAttached { processor, object, to, donation }))
}

/// How much the donor meant to give.
fn meant(begun: &BegunFacts) -> Option<Amount> {
    let amounts = begun.gift.designations.iter().map(|to: &Designation| to.amount).chain(begun.gift.tip);
    amounts.reduce(|sum, more| sum.checked_add(more).unwrap_or(sum))
}

/// What was captured is the gift if it is as much as was meant; otherwise it is nobody's yet.
fn captured_as(
    view: &dyn StateView,
    moment: &Moment,
    begun: &BegunFacts,
    own: &PaymentFacts,
    amount: Option<Amount>,
) -> Result<Decision, Refusal> {
    match amount {
        Some(amount) if Some(amount) != meant(begun) => {
            Ok(captures::unidentified(moment, begun, own, amount, None)?)
        }
        Some(_) | None => captures::captured(view, moment, begun, own, None),
    }
}

pub(super) fn exchanged(
    view: &dyn StateView,
    moment: &Moment,
    processor: &str,
    fact: &ProviderFact,
) -> Result<Decision, Refusal> {
    let FactSays::Exchanged { of_payment, captured, settled, rate } = &fact.says else {
        return Ok(Decision::default());
    };
    if view.object(processor, &fact.object)?.is.is_some() {
        return Ok(Decision::default());
    }
    let Some((begun, own)) = payment_of(view, processor, of_payment)? else {
        return parked(view, processor, of_payment, fact);
    };
    let exchange = Exchange { captured: *captured, settled: *settled, rate: rate.clone(), fee: None };
    let is_captured = own.state == PaymentState::Captured;
    let (payment, donation) = (own.payment, begun.donation);
    let mut decision = match (attempts::is_foreign(view, &begun)?, is_captured) {
        // It was told when it was captured.
        (true, true) => return Ok(Decision::default()),
        (true, false) => {
            let waits = view.object(processor, of_payment)?.parked;
            let captured = captured.or_else(|| waits.iter().find_map(captured_of));
            let mut decision = Decision::default();
            decision.events.extend(captures_it(&own, of_payment, donation));
            decision.append(captures::exchanged(
                view,
                moment,
                &begun,
                own,
                Exchange { captured, ..exchange },
            )?);
            decision
        }
        (false, false) => return parked(view, processor, of_payment, fact),
        (false, true) => captures::exchanged_since(moment, &begun, own, exchange),
    };
    if !decision.events.is_empty() {
        let to = ProviderTarget::Payment { payment };
        decision.append(attached(processor, &fact.object, to, donation));
    }
    Ok(decision)
}

/// How much was captured, as a fact says that waits for its exchange.
fn captured_of(fact: &ProviderFact) -> Option<Amount> {
    if let FactSays::Payment { captured, .. } = &fact.says { *captured } else { None }
}

pub(super) fn fee(view: &dyn StateView, processor: &str, fact: &ProviderFact) -> Result<Decision, Refusal> {
    let FactSays::Fee { of_payment, fee } = &fact.says else { return Ok(Decision::default()) };
    if view.object(processor, &fact.object)?.is.is_some() {
        return Ok(Decision::default());
    }
    let Some(Brought { begun, is_gift, .. }) = brought(view, processor, of_payment)? else {
        return parked(view, processor, of_payment, fact);
    };
    let (donation, donor) = (begun.donation, begun.donor);
    // Only the payment that is the gift costs the causes something, and never more than the gift.
    let parts = match view.donation(donation)?.filter(|_| is_gift) {
        Some(facts) => fees::taken(&facts, *fee)?,
        None => vec![(*fee, Vec::new())],
    };
    let mut decision = Decision::default();
    for (fee, shares) in parts {
        let processor = processor.to_owned();
        decision.events.push(Event::FeeBooked { donation, donor, fee, shares, processor });
    }
    let (processor, object) = (processor.to_owned(), fact.object.clone());
    let (to, of) = (ProviderTarget::Fee { donation }, Some(donation));
    let attached = ObjectAttached { processor, object, to, donation: of };
    decision.events.push(Event::ObjectAttached(attached));
    decision.then.push(Step::Redivide { donation });
    Ok(decision)
}

pub(super) fn settlement(
    view: &dyn StateView,
    moment: &Moment,
    processor: &str,
    fact: &ProviderFact,
) -> Result<Decision, Refusal> {
    let FactSays::Settlement { bank, amount, outcome } = &fact.says else { return Ok(Decision::default()) };
    let known = view.object(processor, &fact.object)?;
    let (processor, bank, amount) = (processor.to_owned(), bank.clone(), *amount);
    let mut decision = Decision::default();
    let settlement = match known.is {
        Some(ProviderTarget::Settlement { settlement }) => settlement,
        Some(_) => return Err(Rejection::ObjectTaken.into()),
        None => {
            let settlement = SettlementId::from(moment.id(0));
            decision.events.push(Event::SettlementRecorded {
                settlement,
                processor: processor.clone(),
                bank: bank.clone(),
                amount,
            });
            let to = ProviderTarget::Settlement { settlement };
            let (processor, object) = (processor.clone(), fact.object.clone());
            let attached = ObjectAttached { processor, object, to, donation: None };
            decision.events.push(Event::ObjectAttached(attached));
            settlement
        }
    };
    if *outcome == SettlementOutcome::Returned && !known.is_returned {
        let (bank, amount) = recorded(view, settlement)?.unwrap_or((bank, amount));
        let object = fact.object.clone();
        let returned = SettlementReturned { settlement, processor, object, bank, amount };
        decision.events.push(Event::SettlementReturned(returned));
    }
    Ok(decision)
}

/// What a settlement was recorded as: whatever is said of it later, that is what comes back.
fn recorded(view: &dyn StateView, wanted: SettlementId) -> Result<Option<(String, Amount)>, Refusal> {
    let events = view.recorded(IdBits::from(wanted).seq())?.map(|record| record.events).unwrap_or_default();
    Ok(events.into_iter().find_map(|event| {
        if let Event::SettlementRecorded { settlement, bank, amount, .. } = event {
            (settlement == wanted).then_some((bank, amount))
        } else {
            None
        }
    }))
}
