//! Rules of disputes: the bank takes its money first, and decides later whose it is.

use super::amounts::{check_sum, in_currency};
use super::attempts::captured_facts;
use super::texts::count;
use super::{Decision, Moment, Refusal};
use crate::accounting::account::AccountName;
use crate::accounting::chart::{BookMode, Chart};
use crate::giving::dispute::{DisputeBegins, DisputeFeeFlow, DisputeReport, DisputeState};
use crate::giving::donation::{Beneficiary, Designation, DonationPart, Method, amount_of};
use crate::giving::provider::MadeThere;
use crate::giving::refund::{RefundScope, refund_shares};
use crate::machine::command::{BookDisputeFee, OpenDispute, ReportDispute};
use crate::machine::event::{DisputeChanged, DisputeFeeBooked, DisputeOpened, Event, PartShare};
use crate::machine::rejection::Rejection;
use crate::machine::state::{DisputeFacts, DonationFacts, StateView, SuspenseHeld};
use crate::vocabulary::ids::{DisputeId, DonationId};
use crate::vocabulary::money::Amount;

/// Most disputes of one donation: its row lists them all.
const DISPUTES_MAX: usize = 100;

pub(super) fn open(
    view: &dyn StateView,
    moment: &Moment,
    command: &OpenDispute,
) -> Result<Decision, Refusal> {
    let facts = captured_facts(view, command.donation)?;
    let amount = in_currency(command.amount, facts.currency)?;
    let fee = command.fee.map(|fee| in_currency(fee, facts.currency)).transpose()?;
    let begins = match command.begins {
        DisputeBegins::AsInquiry => DisputeState::Inquiry,
        DisputeBegins::WithMoney => DisputeState::Opened,
    };
    let dispute = DisputeId::from(moment.id(0));
    let mut decision = opened(view, moment, &facts, dispute, amount, begins, None)?;
    let (donation, donor, method) = (facts.donation, facts.donor, money_of(view, &facts)?);
    let charged =
        |fee| DisputeFeeBooked { dispute, donation, donor, fee, flow: DisputeFeeFlow::Charged, method };
    decision.events.extend(fee.map(charged).map(Event::DisputeFeeBooked));
    Ok(decision)
}

/// A dispute begins, as an inquiry or with money.
pub(super) fn opened(
    view: &dyn StateView,
    moment: &Moment,
    facts: &DonationFacts,
    dispute: DisputeId,
    amount: Amount,
    state: DisputeState,
    made: Option<MadeThere>,
) -> Result<Decision, Refusal> {
    if facts.disputes.len() >= DISPUTES_MAX {
        let (donation, limit) = (facts.donation, count(DISPUTES_MAX));
        return Err(Rejection::TooManyDisputes { donation, limit }.into());
    }
    let held = if state.is_withdrawn() { frozen(view, moment.mode, facts, amount)? } else { Vec::new() };
    let (donation, donor, method) = (facts.donation, facts.donor, money_of(view, facts)?);
    let opened = DisputeOpened { dispute, donation, donor, amount, method, state, held, made };
    Ok(Decision::of(Event::DisputeOpened(opened)))
}

pub(super) fn report(
    view: &dyn StateView,
    moment: &Moment,
    command: &ReportDispute,
) -> Result<Decision, Refusal> {
    let (facts, own) = disputed(view, command.dispute)?;
    changed(view, moment, &facts, own, command.report)
}

/// What a report of a dispute changes; nothing where that is known.
pub(super) fn changed(
    view: &dyn StateView,
    moment: &Moment,
    facts: &DonationFacts,
    own: DisputeFacts,
    report: DisputeReport,
) -> Result<Decision, Refusal> {
    let (dispute, from, to) = (own.dispute, own.state, report.state());
    if from.after(report).is_none() {
        let (what, from, to) = (dispute.to_string(), from.word(), to.word());
        return Err(Rejection::IllegalTransition { what, from, to }.into());
    }
    if from == to {
        return Ok(Decision::default());
    }
    let held = match to {
        DisputeState::Opened => frozen(view, moment.mode, facts, own.amount)?,
        DisputeState::Won | DisputeState::Lost => own.held,
        DisputeState::Inquiry | DisputeState::UnderReview | DisputeState::Closed => Vec::new(),
    };
    let shares = if to == DisputeState::Lost { lost_shares(facts, own.amount) } else { Vec::new() };
    let method = money_of(view, facts)?;
    let (donation, donor) = (facts.donation, facts.donor);
    let amount = own.amount;
    let changed = DisputeChanged { dispute, donation, donor, amount, method, from, to, held, shares };
    Ok(Decision::of(Event::DisputeChanged(changed)))
}

pub(super) fn book_fee(view: &dyn StateView, command: &BookDisputeFee) -> Result<Decision, Refusal> {
    let (dispute, flow) = (command.dispute, command.flow);
    let (facts, own) = disputed(view, dispute)?;
    let fee = in_currency(command.fee, facts.currency)?;
    let counted_minor = match flow {
        DisputeFeeFlow::Charged => own.charged_minor,
        DisputeFeeFlow::Returned => own.returned_minor,
    };
    check_sum(counted_minor, fee)?;
    let charged_minor = own.charged_minor.saturating_sub(own.returned_minor);
    if flow == DisputeFeeFlow::Returned && fee.minor().unsigned_abs() > charged_minor {
        let (what, borne) = (dispute.to_string(), facts.currency.decimal_string(charged_minor.into()));
        return Err(Rejection::MoreThanWasBorne { what, fee, borne }.into());
    }
    let method = money_of(view, &facts)?;
    let DonationFacts { donation, donor, .. } = facts;
    Ok(Decision::of(Event::DisputeFeeBooked(DisputeFeeBooked {
        dispute,
        donation,
        donor,
        fee,
        flow,
        method,
    })))
}

/// Where the money of a gift is: of one that was identified, where it had come in.
pub(super) fn money_of(view: &dyn StateView, facts: &DonationFacts) -> Result<Method, Refusal> {
    let Method::Identified { item } = &facts.method else { return Ok(facts.method.clone()) };
    let held = view.suspense(*item)?.ok_or(Rejection::UnknownSuspense { item: *item })?.held;
    Ok(if let SuspenseHeld::Received { method } = held { method } else { facts.method.clone() })
}

/// A dispute, and the donation that it is about.
pub(super) fn disputed(
    view: &dyn StateView,
    dispute: DisputeId,
) -> Result<(DonationFacts, DisputeFacts), Refusal> {
    let (donation, own) = view.dispute(dispute)?.ok_or(Rejection::UnknownDispute { dispute })?;
    Ok((captured_facts(view, donation)?, own))
}

/// What causes still have of what they may lose: they cannot have it until it is decided. In a charity's own books
/// nothing is anybody else's.
fn frozen(
    view: &dyn StateView,
    mode: BookMode,
    facts: &DonationFacts,
    amount: Amount,
) -> Result<Vec<Designation>, Refusal> {
    let mut held = Vec::new();
    if mode == BookMode::Principal {
        return Ok(held);
    }
    let chart = Chart::new(mode, facts.currency);
    for PartShare { beneficiary, share_minor } in lost_shares(facts, amount) {
        let Beneficiary::Cause { cause } = beneficiary else { continue };
        let available = view.balance(&chart.account(AccountName::CauseAvailable { cause }))?;
        let available_minor = u64::try_from(available.net_debit_minor().saturating_neg()).unwrap_or(0);
        let amount = amount_of(share_minor.min(available_minor), facts.currency);
        held.extend(amount.map(|amount| Designation { cause, amount }));
    }
    Ok(held)
}

/// What each part loses: over what is left of it, and no more than is left of all. The rest was no more of the gift.
pub(super) fn lost_shares(facts: &DonationFacts, amount: Amount) -> Vec<PartShare> {
    let parts = || facts.parts.iter();
    let rest = parts().map(DonationPart::refundable_minor).fold(0, u64::saturating_add);
    let Some(amount) = amount_of(rest.min(amount.minor().unsigned_abs()), facts.currency) else {
        return Vec::new();
    };
    let shares = refund_shares(&facts.parts, &RefundScope::Proportional { amount }).unwrap_or_default();
    parts()
        .zip(shares)
        .filter(|(_, share_minor)| *share_minor > 0)
        .map(|(part, share_minor)| PartShare { beneficiary: part.beneficiary, share_minor })
        .collect()
}

/// Whether more was lost than there was of the gift at that time.
pub(super) fn lost_beyond(view: &dyn StateView, donation: DonationId) -> Result<bool, Refusal> {
    let is_beyond = |of: &DisputeFacts| {
        let borne = of.shares.iter().map(|share| share.share_minor).fold(0, u64::saturating_add);
        of.is_lost() && borne < of.amount.minor().unsigned_abs()
    };
    Ok(view.donation(donation)?.is_some_and(|facts| facts.disputes.iter().any(is_beyond)))
}

/// The dispute that keeps a donation from being refunded, unless it is forced.
pub(super) fn check_not_disputed(donation: DonationId, facts: &DonationFacts) -> Result<(), Rejection> {
    match facts.disputes.iter().find(|dispute| dispute.state.is_withdrawn()) {
        Some(open) => Err(Rejection::DonationDisputed { donation, dispute: open.dispute }),
        None => Ok(()),
    }
}
