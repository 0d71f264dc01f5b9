//! Rules of giving: one donor, each cause once, one currency, causes that take gifts on that day.

use super::amounts::in_currency;
use super::texts::{self, count};
use super::{Decision, Moment, Refusal};
use crate::accounting::account::is_bank_name;
use crate::giving::cause::CauseStatus;
use crate::giving::donation::{Designation, FeeBearer, Method, parts_of};
use crate::machine::command::Donate;
use crate::machine::event::Event;
use crate::machine::personal::{Personal, PersonalField};
use crate::machine::rejection::Rejection;
use crate::machine::state::{CauseFacts, StateView};
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::{DonationId, DonorId};
use crate::vocabulary::money::{Amount, Currency};
use crate::vocabulary::split::split;

pub(super) fn donate(view: &dyn StateView, moment: &Moment, command: &Donate) -> Result<Decision, Refusal> {
    let total = check_shape(command)?;
    let donor = command.donor;
    view.donor(donor)?.ok_or(Rejection::UnknownDonor { donor })?.not_erased()?;
    let day = moment.day(command.occurred_on);
    for designation in &command.designations {
        let cause = designation.cause;
        let facts = view.cause(cause)?.ok_or(Rejection::UnknownCause { cause })?;
        check_takes(&facts, designation.amount.currency(), day)?;
    }
    Ok(captured(moment, command, total, 0))
}

/// The decision that a gift was received, after every guard.
pub(super) fn captured(moment: &Moment, command: &Donate, total: Amount, ordinal: u16) -> Decision {
    let donation = DonationId::from(moment.id(ordinal));
    let weights: Vec<u64> =
        parts_of(&command.designations, command.tip).map(|part| part.given_minor).collect();
    debug_assert!(command.fee_bearer == FeeBearer::Platform || command.fee.is_none_or(|fee| fee <= total));
    let mut decision = Decision::of(Event::DonationCaptured {
        donation,
        donor: command.donor,
        designations: command.designations.clone(),
        tip: command.tip,
        fee: command.fee,
        fee_bearer: command.fee_bearer,
        fee_shares_minor: fee_shares(command.fee, command.fee_bearer, &weights),
        method: command.method.clone(),
        visibility: command.visibility,
    });
    decision.personal.extend(memo_field(command.donor, command.memo.as_deref()));
    decision
}

/// What can be said of the command without looking anything up; returns what the donor paid in all.
pub(super) fn check_shape(command: &Donate) -> Result<Amount, Rejection> {
    let total = check_gift(&command.designations, command.tip)?;
    check_fee(command.fee, command.fee_bearer, total)?;
    check_method(&command.method)?;
    texts::check_memo(command.memo.as_deref())?;
    Ok(total)
}

/// Causes, each once, and a tip, all in one currency; returns their sum.
pub(super) fn check_gift(designations: &[Designation], tip: Option<Amount>) -> Result<Amount, Rejection> {
    let first = designations.first().ok_or(Rejection::NoDesignation)?;
    check_each_cause_once(designations)?;
    let currency = first.amount.currency();
    let mut total = first.amount;
    for designation in designations.iter().skip(1) {
        total = total.checked_add(in_currency(designation.amount, currency)?)?;
    }
    match tip {
        Some(tip) => Ok(total.checked_add(in_currency(tip, currency)?)?),
        None => Ok(total),
    }
}

/// A fee in the currency of the gift; what causes bear is no more than they get.
pub(super) fn check_fee(fee: Option<Amount>, bearer: FeeBearer, gift: Amount) -> Result<(), Rejection> {
    let Some(fee) = fee else { return Ok(()) };
    let fee = in_currency(fee, gift.currency())?;
    if bearer == FeeBearer::Causes && fee > gift {
        return Err(Rejection::FeeExceedsGift { fee, gift });
    }
    Ok(())
}

/// No more causes than allowed, none of them twice.
pub(super) fn check_each_cause_once(designations: &[Designation]) -> Result<(), Rejection> {
    if designations.len() > texts::DESIGNATIONS_MAX {
        let limit = count(texts::DESIGNATIONS_MAX);
        return Err(Rejection::TooManyDesignations { count: count(designations.len()), limit });
    }
    let is_named_before =
        |(at, of): &(usize, &Designation)| designations.iter().take(*at).any(|other| other.cause == of.cause);
    match designations.iter().enumerate().find(is_named_before) {
        Some((_, twice)) => Err(Rejection::CauseTwice { cause: twice.cause }),
        None => Ok(()),
    }
}

/// The bank account of a method has a name that fits into the chart.
pub(super) fn check_method(method: &Method) -> Result<(), Rejection> {
    match method {
        Method::Offline { bank } | Method::CapturedElsewhere { bank } if !is_bank_name(bank) => {
            Err(Rejection::InvalidBankName)
        }
        Method::Processor { processor } if !is_bank_name(processor) => Err(Rejection::InvalidBankName),
        Method::Exchanged { .. } | Method::Identified { .. } => Err(Rejection::MethodNotGiven),
        Method::Offline { .. }
        | Method::CapturedElsewhere { .. }
        | Method::Imported
        | Method::Processor { .. } => Ok(()),
    }
}

/// A cause takes a gift in its own currency, while it is open, on a day within its dates.
pub(super) fn check_takes(facts: &CauseFacts, currency: Currency, day: Date) -> Result<(), Rejection> {
    let cause = facts.cause;
    if facts.currency != currency {
        return Err(Rejection::CauseCurrency { cause, expected: facts.currency, found: currency });
    }
    if facts.status != CauseStatus::Open {
        return Err(Rejection::CauseNotOpen { cause, status: facts.status });
    }
    if !facts.dates.accept(day) {
        return Err(Rejection::OutsideCampaign { cause, day });
    }
    Ok(())
}

/// The memo of a command as personal content of its donor.
pub(super) fn memo_field(donor: DonorId, memo: Option<&str>) -> Option<PersonalField> {
    memo.map(|text| PersonalField { donor, content: Personal::Memo { text: text.to_owned() } })
}

/// A fee borne by the causes falls on all parts in proportion, the tip included.
pub(super) fn fee_shares(fee: Option<Amount>, bearer: FeeBearer, weights: &[u64]) -> Vec<u64> {
    match (fee, bearer) {
        (Some(fee), FeeBearer::Causes) => split(fee.minor().unsigned_abs(), weights).unwrap_or_default(),
        (Some(_), FeeBearer::Platform) | (None, _) => Vec::new(),
    }
}
