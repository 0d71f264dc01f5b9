//! What a provider says of refunds: of those that we asked for, and of those that it made by itself.

use super::{attached, brought, parked};
use crate::giving::provider::{FactSays, MadeThere, ProviderFact, ProviderTarget};
use crate::giving::refund::{RefundReport, RefundState};
use crate::machine::decide::{Decision, Moment, Refusal, Step, amounts, disputes, refunds};
use crate::machine::event::{Event, RefundLearned};
use crate::machine::rejection::Rejection;
use crate::machine::state::{DonationFacts, RefundFacts, StateView};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{DonationId, RefundId};
use crate::vocabulary::money::Amount;

/// How far a refund is: what is not further than what is known came late.
fn rank(state: RefundState) -> u8 {
    match state {
        RefundState::Requested => 0,
        RefundState::Pending => 1,
        RefundState::Succeeded => 2,
        RefundState::Failed | RefundState::Cancelled => 3,
    }
}

pub(super) fn refund(
    view: &dyn StateView,
    moment: &Moment,
    processor: &str,
    fact: &ProviderFact,
) -> Result<Decision, Refusal> {
    let FactSays::Refund { of_payment, refund: said, amount, report, made_at } = &fact.says else {
        return Ok(Decision::default());
    };
    match view.object(processor, &fact.object)?.is {
        Some(ProviderTarget::Refund { refund }) => {
            let entry = refund.to_string();
            let (donation, own) = view.refund(refund)?.ok_or(Rejection::UnknownEntry { entry })?;
            if rank(report.state()) > rank(own.state) {
                check_as_asked(view, processor, donation, &own, *amount)?;
            }
            return changed(view, refund, *report);
        }
        Some(_) => return Err(Rejection::ObjectTaken.into()),
        None => {}
    }
    if let Some(refund) = said {
        // Of a refund that is not ours.
        let Some((donation, own)) = view.refund(*refund)? else { return Ok(Decision::default()) };
        if own.object.is_none() {
            check_as_asked(view, processor, donation, &own, *amount)?;
            return attached_then(view, processor, fact, (donation, *refund), *report);
        }
        // It was taken for another that was made there, of the same amount and without our id: so this is one more.
    }
    let Some(of) = brought(view, processor, of_payment)? else {
        return parked(view, processor, of_payment, fact);
    };
    let begun = of.begun;
    // Whose money goes back that is nobody's, somebody has to say: see `return_unidentified`.
    let facts = view.donation(begun.donation)?.filter(|_| of.is_gift);
    let donation = begun.donation;
    let Some(facts) = facts else { return Err(Rejection::DonationNotCaptured { donation }.into()) };
    let amount = amounts::of_gift(&facts, *amount)?;
    if let (None, Some(asked)) = (said, asked_for(view, &facts, amount)?) {
        return attached_then(view, processor, fact, (donation, asked), *report);
    }
    refunds::check_room(&facts)?;
    let made = MadeThere { at: *made_at, object: fact.object.clone() };
    Ok(learned(moment, processor, fact, &facts, amount, made))
}

/// A refund that we asked for: it is what a provider means that says nothing else, as long as the amount is the same.
fn asked_for(view: &dyn StateView, facts: &DonationFacts, amount: Amount) -> Result<Option<RefundId>, Fault> {
    let refunds = view.refunds_of(facts.donation)?;
    let is_it = |of: &RefundFacts| {
        let waits = matches!(of.state, RefundState::Requested | RefundState::Pending);
        waits && of.made.is_none() && of.object.is_none() && of.amount_minor == amount.minor().unsigned_abs()
    };
    Ok(refunds.iter().find(|of| is_it(of)).map(|of| of.refund))
}

fn attached_then(
    view: &dyn StateView,
    processor: &str,
    fact: &ProviderFact,
    (donation, refund): (DonationId, RefundId),
    report: RefundReport,
) -> Result<Decision, Refusal> {
    let to = ProviderTarget::Refund { refund };
    let mut decision = attached(processor, &fact.object, to, donation);
    decision.append(changed(view, refund, report)?);
    Ok(decision)
}

fn changed(view: &dyn StateView, refund: RefundId, report: RefundReport) -> Result<Decision, Refusal> {
    let entry = refund.to_string();
    let (donation, own) = view.refund(refund)?.ok_or(Rejection::UnknownEntry { entry })?;
    if rank(report.state()) <= rank(own.state) {
        return Ok(Decision::default());
    }
    let mut decision = refunds::changed(view, donation, own, report)?;
    decision.then.push(Step::Redivide { donation });
    Ok(decision)
}

/// A refund that we asked for is carried out by the processor that captured the gift, of the amount that we asked for. Abroad it may
/// be a unit more or less.
fn check_as_asked(
    view: &dyn StateView,
    processor: &str,
    donation: DonationId,
    own: &RefundFacts,
    told: Amount,
) -> Result<(), Refusal> {
    let facts = view.donation(donation)?.ok_or(Rejection::UnknownDonation { donation })?;
    if facts.method.processor() != Some(processor) {
        return Err(Rejection::NotAtProcessor { donation }.into());
    }
    let amount_minor = amounts::of_gift(&facts, told)?.minor().unsigned_abs();
    let tolerance = u64::from(told.currency() != facts.currency);
    if own.amount_minor.abs_diff(amount_minor) > tolerance {
        return Err(Rejection::RefundOfOtherAmount { refund: own.refund, told }.into());
    }
    Ok(())
}

/// A refund that nobody asked for. What is left of each part bears it, and beyond that the platform.
fn learned(
    moment: &Moment,
    processor: &str,
    fact: &ProviderFact,
    facts: &DonationFacts,
    amount: Amount,
    made: MadeThere,
) -> Decision {
    let (refund, donation, donor) = (RefundId::from(moment.id(0)), facts.donation, facts.donor);
    let shares = disputes::lost_shares(facts, amount);
    let event = RefundLearned { refund, donation, donor, amount, shares, made };
    let mut decision = Decision::of(Event::RefundLearned(event));
    decision.append(attached(processor, &fact.object, ProviderTarget::Refund { refund }, donation));
    // Once it is known: how it stands.
    let (processor, fact) = (processor.to_owned(), fact.clone());
    decision.then.push(Step::Fact { processor, fact });
    decision.then.push(Step::Redivide { donation });
    decision
}
