//! Rules of what a provider says. It says it at least once, in any order, sometimes before we know what it is about, and it
//! cannot be refused: what comes late changes nothing, what comes early is parked, and what cannot be is written down.

mod disputes;
mod payments;
mod redivide;
mod refunds;

use super::attempts::attempt;
use super::disputes::disputed;
use super::donations::check_method;
use super::texts::{self, count};
use super::{Decision, Moment, Refusal, Step};
use crate::giving::donation::Method;
use crate::giving::payment::PaymentState;
use crate::giving::provider::{FactSays, ProviderFact, ProviderTarget};
use crate::machine::command::{AttachObject, IngestFacts};
use crate::machine::event::{Event, FactParked, FactRefused, FactsTakenUp, ObjectAttached};
use crate::machine::rejection::Rejection;
use crate::machine::state::{BegunFacts, PaymentFacts, StateView};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{DonationId, PaymentId};

/// Most facts of one event of a provider.
const FACTS_MAX: usize = 100;
/// Longest id of an object at a provider, in bytes.
const OBJECT_BYTES_MAX: usize = 100;
/// Most facts that wait for one object.
const PARKED_MAX: usize = 100;

pub(super) fn ingest(command: &IngestFacts) -> Result<Decision, Refusal> {
    let IngestFacts { processor, facts, .. } = command;
    check_method(&Method::Processor { processor: processor.clone() })?;
    if !(1..=FACTS_MAX).contains(&facts.len()) {
        return Err(Rejection::FactCount { count: count(facts.len()), limit: count(FACTS_MAX) }.into());
    }
    for fact in facts {
        check_object(&fact.object)?;
        other_object(&fact.says).map_or(Ok(()), check_object)?;
        if let FactSays::Settlement { bank, .. } = &fact.says {
            check_method(&Method::Offline { bank: bank.clone() })?;
        }
    }
    let step = |fact: &ProviderFact| Step::Fact { processor: processor.clone(), fact: fact.clone() };
    Ok(Decision { then: facts.iter().map(step).collect(), ..Decision::default() })
}

pub(super) fn attach(view: &dyn StateView, command: &AttachObject) -> Result<Decision, Refusal> {
    let (object, to) = (&command.object, command.to);
    check_object(object)?;
    let (processor, donation) = match to {
        ProviderTarget::Payment { payment } => {
            let (begun, own) = attempt(view, payment)?;
            (own.processor, Some(begun.donation))
        }
        ProviderTarget::Refund { refund } => {
            let entry = refund.to_string();
            let (donation, _) = view.refund(refund)?.ok_or(Rejection::UnknownEntry { entry })?;
            let method = view.donation(donation)?.map(|facts| facts.method);
            let processor = method.and_then(|method| method.processor().map(str::to_owned));
            (processor.ok_or(Rejection::NotAtProcessor { donation })?, Some(donation))
        }
        ProviderTarget::Dispute { dispute } => {
            let (facts, _) = disputed(view, dispute)?;
            let donation = facts.donation;
            let processor = facts.method.processor().map(str::to_owned);
            (processor.ok_or(Rejection::NotAtProcessor { donation })?, Some(donation))
        }
        ProviderTarget::Settlement { settlement } => {
            let facts = view.settlement(settlement)?.ok_or(Rejection::UnknownSettlement { settlement })?;
            (facts.processor, None)
        }
        ProviderTarget::Fee { .. } => return Err(Rejection::NotAttached.into()),
    };
    match view.object(&processor, object)?.is {
        Some(known) if known == to => Ok(Decision::default()),
        Some(_) => Err(Rejection::ObjectTaken.into()),
        None => Ok(attached(&processor, object, to, donation)),
    }
}

fn check_object(object: &str) -> Result<(), Rejection> {
    texts::check_line("object", object, OBJECT_BYTES_MAX)
}

/// The payment that a fact is about, where it names one besides its own object.
fn other_object(says: &FactSays) -> Option<&str> {
    match says {
        FactSays::Exchanged { of_payment, .. }
        | FactSays::Fee { of_payment, .. }
        | FactSays::Refund { of_payment, .. }
        | FactSays::Dispute { of_payment, .. } => Some(of_payment),
        FactSays::Payment { .. } | FactSays::DisputeFee { .. } | FactSays::Settlement { .. } => None,
    }
}

/// Decides a step. It is never refused: what cannot be is written down.
pub(super) fn step(view: &dyn StateView, moment: &Moment, step: &Step) -> Result<Decision, Fault> {
    let decided = match step {
        Step::Fact { processor, fact } => learned(view, moment, processor, fact),
        Step::TakeUp { processor, object } => take_up(view, processor, object),
        Step::Redivide { donation } => redivide::redivide(view, moment, *donation),
    };
    match (decided, step) {
        (Ok(decision), _) => Ok(decision),
        (Err(Refusal::Fault(fault)), _) => Err(fault),
        (Err(Refusal::Rejected(why)), Step::Fact { processor, fact }) => {
            let (processor, fact, code) = (processor.clone(), fact.clone(), why.code().number());
            Ok(Decision::of(Event::FactRefused(FactRefused { processor, code, fact })))
        }
        (Err(Refusal::Rejected(why)), Step::TakeUp { .. } | Step::Redivide { .. }) => {
            Err(Fault::state(format!("a step that follows from facts was refused: {why}"), moment.seq))
        }
    }
}

fn learned(
    view: &dyn StateView,
    moment: &Moment,
    processor: &str,
    fact: &ProviderFact,
) -> Result<Decision, Refusal> {
    match &fact.says {
        FactSays::Payment { .. } => payments::payment(view, moment, processor, fact),
        FactSays::Exchanged { .. } => payments::exchanged(view, moment, processor, fact),
        FactSays::Fee { .. } => payments::fee(view, processor, fact),
        FactSays::Refund { .. } => refunds::refund(view, moment, processor, fact),
        FactSays::Dispute { .. } => disputes::dispute(view, moment, processor, fact),
        FactSays::DisputeFee { .. } => disputes::fee(view, processor, fact),
        FactSays::Settlement { .. } => payments::settlement(view, moment, processor, fact),
    }
}

/// It is known from now on what an object is, and what waited for it is taken up.
fn attached(
    processor: &str,
    object: &str,
    to: ProviderTarget,
    donation: impl Into<Option<DonationId>>,
) -> Decision {
    let (processor, object) = (processor.to_owned(), object.to_owned());
    let step = Step::TakeUp { processor: processor.clone(), object: object.clone() };
    let donation = donation.into();
    let event = Event::ObjectAttached(ObjectAttached { processor, object, to, donation });
    Decision { then: vec![step], ..Decision::of(event) }
}

/// A fact waits for an object, once.
fn parked(
    view: &dyn StateView,
    processor: &str,
    waits_for: &str,
    fact: &ProviderFact,
) -> Result<Decision, Refusal> {
    let waiting = view.object(processor, waits_for)?.parked;
    if waiting.contains(fact) {
        return Ok(Decision::default());
    }
    if waiting.len() >= PARKED_MAX {
        return Err(Rejection::TooManyParked { limit: count(PARKED_MAX) }.into());
    }
    let (processor, waits_for) = (processor.to_owned(), waits_for.to_owned());
    Ok(Decision::of(Event::FactParked(FactParked { processor, waits_for, fact: fact.clone() })))
}

fn take_up(view: &dyn StateView, processor: &str, object: &str) -> Result<Decision, Refusal> {
    let waiting = view.object(processor, object)?.parked;
    if waiting.is_empty() {
        return Ok(Decision::default());
    }
    let (processor, object) = (processor.to_owned(), object.to_owned());
    let taken = FactsTakenUp { processor: processor.clone(), object, count: count(waiting.len()) };
    let step = |fact| Step::Fact { processor: processor.clone(), fact };
    Ok(Decision { then: waiting.into_iter().map(step).collect(), ..Decision::of(Event::FactsTakenUp(taken)) })
}

/// What an object of a provider brought.
struct Brought {
    begun: BegunFacts,
    /// Whether it is the gift. Otherwise its money is nobody's: the gift was paid by another.
    is_gift: bool,
}

/// What the captured payment brought that a fact is about; none while it is not known, or not captured.
fn brought(view: &dyn StateView, processor: &str, object: &str) -> Result<Option<Brought>, Refusal> {
    let Some((begun, own)) = payment_of(view, processor, object)? else { return Ok(None) };
    let is_its_own = is_own_object(&own, object);
    let is_captured = if is_its_own {
        own.state == PaymentState::Captured
    } else {
        view.object(processor, object)?.brought_in.is_some()
    };
    let is_gift = is_its_own && begun.captured_by == Some(own.payment);
    Ok(is_captured.then_some(Brought { begun, is_gift }))
}

/// Whether an object is the one that the payment is, and not one that collected it once more.
fn is_own_object(own: &PaymentFacts, object: &str) -> bool {
    own.object.as_deref().is_none_or(|known| known == object)
}

/// The payment that an object is; none while that is not known.
fn payment_of(
    view: &dyn StateView,
    processor: &str,
    object: &str,
) -> Result<Option<(BegunFacts, PaymentFacts)>, Refusal> {
    match view.object(processor, object)?.is {
        Some(ProviderTarget::Payment { payment }) => Ok(Some(attempt(view, payment)?)),
        Some(_) => Err(Rejection::ObjectTaken.into()),
        None => Ok(None),
    }
}

/// The payment that a provider was told of, if it is one of ours, at this processor.
fn ours(
    view: &dyn StateView,
    processor: &str,
    payment: PaymentId,
) -> Result<Option<(BegunFacts, PaymentFacts)>, Fault> {
    match attempt(view, payment) {
        Ok((begun, own)) => Ok((own.processor == processor).then_some((begun, own))),
        Err(Refusal::Rejected(_)) => Ok(None),
        Err(Refusal::Fault(fault)) => Err(fault),
    }
}
