//! Rules of what the platform takes, and of money that moves on to causes.

use super::amounts::in_currency;
use super::attempts::captured_facts;
use super::donations::{check_each_cause_once, check_method};
use super::{Decision, Moment, Refusal};
use crate::accounting::account::AccountName;
use crate::accounting::chart::{BookMode, Chart};
use crate::giving::donation::{Beneficiary, Designation, Method, amount_of};
use crate::machine::command::{ProposePayout, ReportPayout, TakePlatformFee};
use crate::machine::event::Event;
use crate::machine::rejection::Rejection;
use crate::machine::state::{DonationFacts, StateView};
use crate::vocabulary::ids::{CauseId, PayoutId};
use crate::vocabulary::money::Amount;

pub(super) fn take_fee(
    view: &dyn StateView,
    moment: &Moment,
    command: &TakePlatformFee,
) -> Result<Decision, Refusal> {
    check_agency(moment)?;
    if command.from.is_empty() {
        return Err(Rejection::NoDesignation.into());
    }
    check_each_cause_once(&command.from)?;
    let facts = captured_facts(view, command.donation)?;
    command.from.iter().try_for_each(|each| check_part(&facts, each))?;
    let (donation, donor, from) = (command.donation, facts.donor, command.from.clone());
    Ok(Decision::of(Event::PlatformFeeTaken { donation, donor, from }))
}

/// No more than the cause was given, with what was taken of it before.
fn check_part(facts: &DonationFacts, wanted: &Designation) -> Result<(), Rejection> {
    let (donation, cause) = (facts.donation, wanted.cause);
    let mut parts = facts.parts.iter().zip(&facts.borne);
    let part = parts.find(|(part, _)| part.beneficiary == Beneficiary::Cause { cause });
    let (part, borne) = part.ok_or(Rejection::CauseNotInDonation { donation, cause })?;
    let fee = in_currency(wanted.amount, facts.currency)?;
    let taken_minor = borne.of_platform_minor.saturating_add(fee.minor().unsigned_abs());
    match amount_of(part.given_minor, facts.currency) {
        Some(gift) if taken_minor > part.given_minor => Err(Rejection::FeeExceedsGift { fee, gift }),
        Some(_) | None => Ok(()),
    }
}

pub(super) fn propose(
    view: &dyn StateView,
    moment: &Moment,
    command: &ProposePayout,
) -> Result<Decision, Refusal> {
    check_agency(moment)?;
    let ProposePayout { cause, amount, bank, .. } = command.clone();
    check_method(&Method::Offline { bank: bank.clone() })?;
    let facts = view.cause(cause)?.ok_or(Rejection::UnknownCause { cause })?;
    if amount.currency() != facts.currency {
        let (expected, found) = (facts.currency, amount.currency());
        return Err(Rejection::CauseCurrency { cause, expected, found }.into());
    }
    check_available(view, cause, amount)?;
    let payout = PayoutId::from(moment.id(0));
    Ok(Decision::of(Event::PayoutProposed { payout, cause, amount, bank }))
}

pub(super) fn report(view: &dyn StateView, command: &ReportPayout) -> Result<Decision, Refusal> {
    let payout = command.payout;
    let facts = view.payout(payout)?.ok_or(Rejection::UnknownPayout { payout })?;
    let (from, to) = (facts.state, command.report.state());
    if from.after(command.report).is_none() {
        let (what, from, to) = (payout.to_string(), from.word(), to.word());
        return Err(Rejection::IllegalTransition { what, from, to }.into());
    }
    if from == to {
        return Ok(Decision::default());
    }
    let (cause, amount, bank) = (facts.cause, facts.amount, facts.bank);
    if from.reserves_with(to) {
        check_available(view, cause, amount)?;
    }
    Ok(Decision::of(Event::PayoutChanged { payout, cause, amount, bank, from, to }))
}

/// Nobody is paid what others have given.
pub(super) fn check_available(view: &dyn StateView, cause: CauseId, wanted: Amount) -> Result<(), Refusal> {
    let currency = wanted.currency();
    let name = AccountName::CauseAvailable { cause };
    let available = view.balance(&Chart::new(BookMode::Agency, currency).account(name))?;
    let available_minor = available.net_debit_minor().saturating_neg();
    if i128::from(wanted.minor()) > available_minor {
        let available = currency.decimal_string(available_minor);
        return Err(Rejection::NotAvailable { cause, amount: wanted, available }.into());
    }
    Ok(())
}

/// A charity's own causes are not paid out to, and it takes no fee from itself.
pub(super) fn check_agency(moment: &Moment) -> Result<(), Rejection> {
    match moment.mode {
        BookMode::Agency => Ok(()),
        BookMode::Principal => Err(Rejection::AgencyOnly),
    }
}
