//! Rules of money that is not known to be anybody's gift: it is never dropped, and goes on once somebody knows.

use super::amounts::in_currency;
use super::disputes::check_not_disputed;
use super::donations::{check_gift, check_method, check_takes, memo_field};
use super::{Decision, Moment, Refusal, texts};
use crate::giving::donation::{FeeBearer, Method};
use crate::machine::command::{Identify, ReceiveUnidentified, ReleaseSetAside, ReturnUnidentified};
use crate::machine::event::{Event, SetAsideReleased, UnidentifiedReceived, UnidentifiedReturned};
use crate::machine::rejection::Rejection;
use crate::machine::state::{StateView, SuspenseFacts, SuspenseHeld};
use crate::vocabulary::ids::{DonationId, SuspenseId};
use crate::vocabulary::money::Amount;

pub(super) fn receive(moment: &Moment, command: &ReceiveUnidentified) -> Result<Decision, Refusal> {
    check_method(&command.method)?;
    Ok(Decision::of(Event::UnidentifiedReceived(UnidentifiedReceived {
        item: SuspenseId::from(moment.id(0)),
        amount: command.amount,
        method: command.method.clone(),
        payment: None,
        donor: None,
        object: None,
    })))
}

pub(super) fn identify(
    view: &dyn StateView,
    moment: &Moment,
    command: &Identify,
) -> Result<Decision, Refusal> {
    let total = check_gift(&command.designations, command.tip)?;
    texts::check_memo(command.memo.as_deref())?;
    let (donor, item) = (command.donor, command.item);
    let facts = known(view, item)?;
    if let SuspenseHeld::SetAside { donation, .. } = facts.held {
        return Err(Rejection::IsSetAside { item, donation }.into());
    }
    view.donor(donor)?.ok_or(Rejection::UnknownDonor { donor })?.not_erased()?;
    let day = moment.day(command.occurred_on);
    for designation in &command.designations {
        let cause = designation.cause;
        let facts = view.cause(cause)?.ok_or(Rejection::UnknownCause { cause })?;
        check_takes(&facts, designation.amount.currency(), day)?;
    }
    check_left(&facts, total)?;
    let mut decision = Decision::of(Event::DonationCaptured {
        donation: DonationId::from(moment.id(0)),
        donor,
        designations: command.designations.clone(),
        tip: command.tip,
        fee: None,
        fee_bearer: FeeBearer::Platform,
        fee_shares_minor: Vec::new(),
        method: Method::Identified { item },
        visibility: command.visibility,
    });
    decision.personal.extend(memo_field(donor, command.memo.as_deref()));
    Ok(decision)
}

pub(super) fn give_back(view: &dyn StateView, command: &ReturnUnidentified) -> Result<Decision, Refusal> {
    let (item, amount) = (command.item, command.amount);
    let facts = known(view, item)?;
    let method = match &facts.held {
        SuspenseHeld::Received { method } => method.clone(),
        SuspenseHeld::SetAside { donation, .. } => {
            return Err(Rejection::IsSetAside { item, donation: *donation }.into());
        }
    };
    check_left(&facts, amount)?;
    Ok(Decision::of(Event::UnidentifiedReturned(UnidentifiedReturned { item, amount, method })))
}

pub(super) fn release(view: &dyn StateView, command: &ReleaseSetAside) -> Result<Decision, Refusal> {
    let (item, to, amount) = (command.item, command.to, command.amount);
    let facts = known(view, item)?;
    let SuspenseHeld::SetAside { donation, .. } = facts.held else {
        return Err(Rejection::NotSetAside { item }.into());
    };
    let cause = view.cause(to)?.ok_or(Rejection::UnknownCause { cause: to })?;
    if cause.currency != amount.currency() {
        let (expected, found) = (cause.currency, amount.currency());
        return Err(Rejection::CauseCurrency { cause: to, expected, found }.into());
    }
    check_left(&facts, amount)?;
    // Nobody has what the bank may keep, as with money that is held of causes.
    let gift = view.donation(donation)?.ok_or(Rejection::UnknownDonation { donation })?;
    check_not_disputed(donation, &gift)?;
    Ok(Decision::of(Event::SetAsideReleased(SetAsideReleased { item, to, amount })))
}

fn known(view: &dyn StateView, item: SuspenseId) -> Result<SuspenseFacts, Refusal> {
    Ok(view.suspense(item)?.ok_or(Rejection::UnknownSuspense { item })?)
}

fn check_left(facts: &SuspenseFacts, wanted: Amount) -> Result<(), Rejection> {
    let currency = facts.amount.currency();
    let amount = in_currency(wanted, currency)?;
    if amount.minor().unsigned_abs() > facts.left_minor {
        let (item, left) = (facts.item, currency.decimal_string(facts.left_minor.into()));
        return Err(Rejection::ExceedsSuspense { item, amount, left });
    }
    Ok(())
}
