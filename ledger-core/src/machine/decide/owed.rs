//! Rules of what causes owe: what was taken from one beyond what it had, and how that is settled.

use super::amounts::in_currency;
use super::attempts::captured_facts;
use super::donations::{check_each_cause_once, check_method};
use super::payouts::{check_agency, check_available};
use super::{Decision, Moment, Refusal};
use crate::accounting::account::AccountName;
use crate::accounting::chart::{BookMode, Chart};
use crate::giving::donation::{Beneficiary, Designation, Method, amount_of};
use crate::giving::policy::{ClosedCause, FeeGivenBack, SettledBy};
use crate::machine::command::{GiveBackFees, SetCausePolicies, SettleReceivable};
use crate::machine::event::{CausePoliciesSet, Event, FeesGivenBack, ReceivableSettled};
use crate::machine::rejection::Rejection;
use crate::machine::state::{DonationFacts, StateView};
use crate::vocabulary::ids::CauseId;
use crate::vocabulary::money::Currency;

pub(super) fn set_policies(
    view: &dyn StateView,
    moment: &Moment,
    command: &SetCausePolicies,
) -> Result<Decision, Refusal> {
    check_agency(moment)?;
    let SetCausePolicies { cause, policies, .. } = *command;
    let known = |cause| -> Result<Currency, Refusal> {
        Ok(view.cause(cause)?.ok_or(Rejection::UnknownCause { cause })?.currency)
    };
    let own = cause.map(known).transpose()?;
    if let ClosedCause::PassTo { cause: to } = policies.on_closed {
        let expected = own.ok_or(Rejection::PolicyOfOneCause)?;
        if cause == Some(to) {
            return Err(Rejection::SameCause { cause: to }.into());
        }
        let found = known(to)?;
        if found != expected {
            return Err(Rejection::CauseCurrency { cause: to, expected: found, found: expected }.into());
        }
    }
    Ok(Decision::of(Event::CausePoliciesSet(CausePoliciesSet { cause, policies })))
}

pub(super) fn settle(
    view: &dyn StateView,
    moment: &Moment,
    command: &SettleReceivable,
) -> Result<Decision, Refusal> {
    check_agency(moment)?;
    let SettleReceivable { cause, amount, by, .. } = command.clone();
    if let SettledBy::Repayment { bank } = &by {
        check_method(&Method::Offline { bank: bank.clone() })?;
    }
    let facts = view.cause(cause)?.ok_or(Rejection::UnknownCause { cause })?;
    if amount.currency() != facts.currency {
        let (expected, found) = (facts.currency, amount.currency());
        return Err(Rejection::CauseCurrency { cause, expected, found }.into());
    }
    let owed_minor = owed_minor(view, cause, facts.currency)?;
    if amount.minor().unsigned_abs() > owed_minor {
        let owed = facts.currency.decimal_string(owed_minor.into());
        return Err(Rejection::NotOwed { cause, amount, owed }.into());
    }
    if by == SettledBy::SetOff {
        check_available(view, cause, amount)?;
    }
    Ok(Decision::of(Event::ReceivableSettled(ReceivableSettled { cause, amount, by })))
}

pub(super) fn give_back(
    view: &dyn StateView,
    moment: &Moment,
    command: &GiveBackFees,
) -> Result<Decision, Refusal> {
    check_agency(moment)?;
    if command.to.is_empty() {
        return Err(Rejection::NoDesignation.into());
    }
    check_each_cause_once(&command.to)?;
    let facts = captured_facts(view, command.donation)?;
    command.to.iter().try_for_each(|each| check_borne(&facts, command.fee, each))?;
    let (donation, donor, fee, to) = (command.donation, facts.donor, command.fee, command.to.clone());
    let mut decision = Decision::of(Event::FeesGivenBack(FeesGivenBack { donation, donor, fee, to }));
    for Designation { cause, amount } in &command.to {
        let owed_minor = owed_minor(view, *cause, facts.currency)?;
        let settled = amount_of(owed_minor.min(amount.minor().unsigned_abs()), facts.currency);
        let settled =
            settled.map(|amount| ReceivableSettled { cause: *cause, amount, by: SettledBy::SetOff });
        decision.events.extend(settled.map(Event::ReceivableSettled));
    }
    Ok(decision)
}

/// No more than the cause bore of it and was not given back before.
fn check_borne(facts: &DonationFacts, fee: FeeGivenBack, wanted: &Designation) -> Result<(), Rejection> {
    let (donation, cause) = (facts.donation, wanted.cause);
    let amount = in_currency(wanted.amount, facts.currency)?;
    let mut parts = facts.parts.iter().zip(&facts.borne);
    let part = parts.find(|(part, _)| part.beneficiary == Beneficiary::Cause { cause });
    let (_, borne) = part.ok_or(Rejection::CauseNotInDonation { donation, cause })?;
    let borne_minor = match fee {
        FeeGivenBack::OfProcessor => borne.of_processor_minor,
        FeeGivenBack::OfPlatform => borne.of_platform_minor,
    };
    if amount.minor().unsigned_abs() > borne_minor {
        let (what, borne) = (donation.to_string(), facts.currency.decimal_string(borne_minor.into()));
        return Err(Rejection::MoreThanWasBorne { what, fee: amount, borne });
    }
    Ok(())
}

/// What a cause owes, in minor units.
fn owed_minor(view: &dyn StateView, cause: CauseId, currency: Currency) -> Result<u64, Refusal> {
    let name = AccountName::CauseReceivable { cause };
    let balance = view.balance(&Chart::new(BookMode::Agency, currency).account(name))?;
    Ok(u64::try_from(balance.net_debit_minor()).unwrap_or(0))
}
