//! Rules of refunds: whole or partial, over all parts or chosen causes, never more than is left.

use super::attempts::captured_facts;
use super::disputes::{self, check_not_disputed};
use super::donations::{check_each_cause_once, memo_field};
use super::texts;
use super::{Decision, Moment, Refusal, Step};
use crate::giving::donation::{Designation, Method, amount_of};
use crate::giving::refund::{RefundMisfit, RefundReport, RefundScope, refund_shares};
use crate::machine::command::{Refund, ReportRefund};
use crate::machine::event::{Event, RefundedPart};
use crate::machine::rejection::Rejection;
use crate::machine::state::{DonationFacts, RefundFacts, StateView};
use crate::vocabulary::ids::{DonationId, RefundId};
use crate::vocabulary::money::{Amount, Currency, MoneyError};

/// Most refunds of one donation, those that were undone among them: its row lists them all.
const REFUNDS_MAX: u64 = 1_000;

pub(super) fn refund(view: &dyn StateView, moment: &Moment, command: &Refund) -> Result<Decision, Refusal> {
    check_shape(command)?;
    let facts = captured_facts(view, command.donation)?;
    check_not_disputed(command.donation, &facts)?;
    refund_of(view, moment, command, &facts)
}

/// Although the bank has the money, and may keep it.
pub(super) fn force(view: &dyn StateView, moment: &Moment, command: &Refund) -> Result<Decision, Refusal> {
    check_shape(command)?;
    let facts = captured_facts(view, command.donation)?;
    refund_of(view, moment, command, &facts)
}

/// The row of a donation lists all its refunds, those that were undone too.
pub(super) fn check_room(facts: &DonationFacts) -> Result<(), Rejection> {
    if facts.refunds.saturating_add(facts.refunds_undone) >= REFUNDS_MAX {
        return Err(Rejection::TooManyRefunds { donation: facts.donation, limit: REFUNDS_MAX });
    }
    Ok(())
}

fn refund_of(
    view: &dyn StateView,
    moment: &Moment,
    command: &Refund,
    facts: &DonationFacts,
) -> Result<Decision, Refusal> {
    let donation = command.donation;
    check_currency(&command.scope, facts.currency)?;
    // Money goes back to whoever gave it; only words about them cannot be kept any more.
    if command.memo.is_some() {
        let donor = facts.donor;
        view.donor(donor)?.ok_or(Rejection::UnknownDonor { donor })?.not_erased()?;
    }
    check_room(facts)?;
    let shares =
        refund_shares(&facts.parts, &command.scope).map_err(|misfit| rejection_of(misfit, command, facts))?;
    let sum = shares.iter().copied().fold(0, u64::saturating_add);
    let amount = amount_of(sum, facts.currency).ok_or(Rejection::NothingToRefund { donation })?;
    let parts = facts.parts.iter().zip(shares).map(|(part, share_minor)| RefundedPart {
        beneficiary: part.beneficiary,
        share_minor,
        refunded_minor: part.refunded_minor.saturating_add(share_minor),
    });
    let (refund, donor, parts) = (RefundId::from(moment.id(0)), facts.donor, parts.collect());
    let method = facts.method.clone();
    let mut decision = Decision::of(match method {
        // It takes days, and may fail.
        Method::Processor { .. } | Method::Exchanged { .. } => {
            Event::RefundRequested { refund, donation, donor, amount, parts }
        }
        Method::Offline { .. }
        | Method::Imported
        | Method::CapturedElsewhere { .. }
        | Method::Identified { .. } => {
            Event::DonationRefunded { refund, donation, donor, amount, parts, method }
        }
    });
    decision.personal.extend(memo_field(facts.donor, command.memo.as_deref()));
    Ok(decision)
}

/// What was learned of a refund that a processor carries out.
pub(super) fn report(view: &dyn StateView, command: &ReportRefund) -> Result<Decision, Refusal> {
    let refund = command.refund;
    let unknown = || Rejection::UnknownEntry { entry: refund.to_string() };
    let (donation, own) = view.refund(refund)?.ok_or_else(unknown)?;
    let mut decision = changed(view, donation, own, command.report)?;
    let is_again_there = command.report.state().is_undone() && !decision.events.is_empty();
    if is_again_there && disputes::lost_beyond(view, donation)? {
        decision.then.push(Step::Redivide { donation });
    }
    Ok(decision)
}

/// What a report of a refund changes; nothing where that is known.
pub(super) fn changed(
    view: &dyn StateView,
    donation: DonationId,
    own: RefundFacts,
    report: RefundReport,
) -> Result<Decision, Refusal> {
    let facts = view.donation(donation)?.ok_or(Rejection::UnknownDonation { donation })?;
    let (refund, from, to) = (own.refund, own.state, report.state());
    if from.after(report).is_none() {
        let (what, from, to) = (refund.to_string(), from.word(), to.word());
        return Err(Rejection::IllegalTransition { what, from, to }.into());
    }
    if from == to {
        return Ok(Decision::default());
    }
    let processor = facts.method.processor().ok_or(Rejection::NotAtProcessor { donation })?.to_owned();
    let amount =
        amount_of(own.amount_minor, facts.currency).ok_or(Rejection::NothingToRefund { donation })?;
    let (donor, shares) = (facts.donor, own.shares);
    Ok(Decision::of(Event::RefundChanged { refund, donation, donor, amount, shares, processor, from, to }))
}

fn check_shape(command: &Refund) -> Result<(), Rejection> {
    if let RefundScope::Causes { from } = &command.scope {
        if from.is_empty() {
            return Err(Rejection::NoDesignation);
        }
        check_each_cause_once(from)?;
    }
    texts::check_memo(command.memo.as_deref())
}

fn check_currency(scope: &RefundScope, expected: Currency) -> Result<(), Rejection> {
    let amounts: Vec<Amount> = match scope {
        RefundScope::Everything => Vec::new(),
        RefundScope::Proportional { amount } => vec![*amount],
        RefundScope::Causes { from } => from.iter().map(|chosen| chosen.amount).collect(),
    };
    match amounts.iter().map(|amount| amount.currency()).find(|found| *found != expected) {
        Some(found) => Err(MoneyError::CurrencyMismatch { expected, found }.into()),
        None => Ok(()),
    }
}

fn rejection_of(misfit: RefundMisfit, command: &Refund, facts: &DonationFacts) -> Rejection {
    let donation = command.donation;
    let nothing = Rejection::NothingToRefund { donation };
    match (misfit, &command.scope) {
        (RefundMisfit::NoSuchPart { cause }, _) => Rejection::CauseNotInDonation { donation, cause },
        (RefundMisfit::ExceedsRest { rest_minor }, RefundScope::Proportional { amount }) => {
            amount_of(rest_minor, facts.currency).map_or(nothing, |rest| Rejection::RefundExceedsRest {
                donation,
                amount: *amount,
                rest,
            })
        }
        (RefundMisfit::ExceedsPart { cause, rest_minor }, RefundScope::Causes { from }) => {
            let of_cause = |chosen: &&Designation| chosen.cause == cause;
            from.iter().find(of_cause).map_or(nothing, |chosen| Rejection::RefundExceedsPart {
                donation,
                cause,
                amount: chosen.amount,
                rest: facts.currency.decimal_string(rest_minor.into()),
            })
        }
        (
            RefundMisfit::NothingLeft | RefundMisfit::ExceedsRest { .. } | RefundMisfit::ExceedsPart { .. },
            _,
        ) => nothing,
    }
}
