//! What an event changes in totals: the one place that says what a gift, a refund or an adjustment counts as.

mod owed;

use super::event::{Event, MeantGift, PartShare};
use crate::giving::adjustment::AdjustmentReason;
use crate::giving::donation::{Beneficiary, Designation};
use crate::giving::payout::PayoutState;
use crate::giving::totals::Totals;
use crate::vocabulary::ids::{CauseId, DonorId};
use crate::vocabulary::money::{Amount, Currency};

/// Whose totals change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TotalsOf {
    /// A donor's.
    Donor(DonorId),
    /// A cause's.
    Cause(CauseId),
    /// Those of all causes together, in which a gift to several counts as one.
    AllCauses,
}

/// What is added to totals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TotalsChange {
    /// Whose.
    pub of: TotalsOf,
    /// How much of what.
    pub change: Totals,
}

/// What an event changes, the donor first, all causes together last.
pub fn totals_changes(event: &Event) -> Vec<TotalsChange> {
    match event {
        Event::RefundChanged { donor, amount, shares, to, .. } if to.is_undone() => {
            undone(owed::refunded(*donor, amount.currency(), shares))
        }
        Event::DonorRegistered { .. }
        | Event::DonorUpdated { .. }
        | Event::CauseOpened { .. }
        | Event::CauseUpdated { .. }
        | Event::DonorErased { .. }
        // Each id keeps its own; whoever reads a donor adds them up.
        | Event::DonorsMerged { .. }
        | Event::MergeUndone { .. }
        | Event::EpochBegun { .. }
        | Event::DonationBegun { .. }
        | Event::PaymentStarted { .. }
        | Event::PaymentChanged { pending: None, .. }
        | Event::DonationCancelled { .. }
        // Moves between accounts of the same cause, or none of a cause's.
        | Event::PeriodClosed { .. }
        | Event::SettlementRecorded { .. }
        | Event::PayoutProposed { .. }
        // The money is still promised, or the donor has it.
        | Event::RefundChanged { .. }
        // Nobody has decided whose the money is; fees of disputes are the platform's.
        | Event::DisputeOpened(_)
        | Event::DisputeFeeBooked(_)
        | Event::CausePoliciesSet(_)
        | Event::GoalReached(_)
        | Event::UnidentifiedReceived(_)
        | Event::UnidentifiedReturned(_)
        | Event::CurrencyExchanged(_)
        | Event::ObjectAttached(_)
        | Event::FactParked(_)
        | Event::FactsTakenUp(_)
        | Event::FactRefused(_)
        | Event::SettlementReturned(_)
        | Event::NoticesAcknowledged(_)
        | Event::SettlementLinesRecorded(_) => Vec::new(),
        Event::RefundLearned(_)
        | Event::TakingsRedivided(_)
        | Event::DisputeChanged(_)
        | Event::CauseOverdrawn(_)
        | Event::OverdraftReturned(_)
        | Event::ReceivableSettled(_)
        | Event::FeesGivenBack(_)
        | Event::GiftSetAside(_)
        | Event::SetAsideAgain(_)
        | Event::SetAsideReleased(_) => owed::changes(event),
        Event::PaymentChanged { donor, to, pending: Some(gift), .. } => {
            pending_gift(*donor, gift, to.is_pending())
        }
        Event::FeeBooked { fee, shares, .. } => fees(fee.currency(), of_causes(shares)),
        Event::PlatformFeeTaken { from, .. } => from.first().map_or_else(Vec::new, |first| {
            fees(first.amount.currency(), from.iter().map(|each| (each.cause, minor_of(each.amount))))
        }),
        Event::PayoutChanged { cause, amount, from, to, .. } => paid_out(*cause, *amount, *from, *to),
        Event::DonationCaptured { donor, designations, tip, fee_shares_minor, .. } => {
            gift(*donor, designations, *tip, fee_shares_minor)
        }
        Event::DonationRefunded { donor, amount, parts, .. }
        | Event::RefundRequested { donor, amount, parts, .. } => {
            refund(*donor, *amount, parts.iter().map(|part| (part.beneficiary, part.share_minor)))
        }
        Event::Reallocated { from, to, amount, .. } => reallocation(*from, *to, *amount),
        Event::Reversed { what, .. } => undone(what.iter().flat_map(totals_changes).collect()),
        Event::GivingAdjusted { donor, cause, amount, reason, .. } => {
            adjustment(*donor, *cause, *amount, *reason)
        }
    }
}

fn adjustment(donor: DonorId, cause: CauseId, amount: Amount, reason: AdjustmentReason) -> Vec<TotalsChange> {
    let mut change = Totals::zero(amount.currency());
    change.add_adjustment(reason, amount.minor().unsigned_abs());
    let whose = [TotalsOf::Donor(donor), TotalsOf::Cause(cause), TotalsOf::AllCauses];
    whose.map(|of| TotalsChange { of, change }).to_vec()
}

/// What takes changes back.
fn undone(changes: Vec<TotalsChange>) -> Vec<TotalsChange> {
    let back = |done: TotalsChange| TotalsChange { change: done.change.negated(), ..done };
    changes.into_iter().map(back).collect()
}

/// What one cause gives up the other receives: all together, and donors, are as before.
fn reallocation(from: CauseId, to: CauseId, amount: Amount) -> Vec<TotalsChange> {
    let minor = i128::from(amount.minor());
    let moved = |of, minor| change(of, amount.currency(), |totals| totals.adjusted_minor = minor);
    vec![moved(TotalsOf::Cause(from), minor.saturating_neg()), moved(TotalsOf::Cause(to), minor)]
}

/// A change by one call of a method of `Totals`.
fn change(of: TotalsOf, currency: Currency, make: impl FnOnce(&mut Totals)) -> TotalsChange {
    let mut change = Totals::zero(currency);
    make(&mut change);
    TotalsChange { of, change }
}

fn sum(minor: impl Iterator<Item = u64>) -> u64 {
    minor.fold(0, u64::saturating_add)
}

fn gift(
    donor: DonorId,
    designations: &[Designation],
    tip: Option<Amount>,
    fee_shares_minor: &[u64],
) -> Vec<TotalsChange> {
    let Some(currency) = designations.first().map(|first| first.amount.currency()) else {
        return Vec::new();
    };
    let given = || designations.iter().map(|to| to.amount.minor().unsigned_abs());
    let tip = tip.map(|tip| tip.minor().unsigned_abs());
    // A fee that no cause bears has no shares; the tip's share, the last, is no cause's.
    let fees = || fee_shares_minor.iter().copied().chain(core::iter::repeat(0)).take(designations.len());
    let to_causes = designations.iter().zip(given()).zip(fees()).map(|((to, given), fee)| {
        change(TotalsOf::Cause(to.cause), currency, |totals| totals.add_gift(given, fee))
    });
    let of_donor =
        change(TotalsOf::Donor(donor), currency, |totals| totals.add_gift(sum(given().chain(tip)), 0));
    let of_all = change(TotalsOf::AllCauses, currency, |totals| totals.add_gift(sum(given()), sum(fees())));
    core::iter::once(of_donor).chain(to_causes).chain([of_all]).collect()
}

fn refund(
    donor: DonorId,
    amount: Amount,
    shares: impl Iterator<Item = (Beneficiary, u64)>,
) -> Vec<TotalsChange> {
    let currency = amount.currency();
    let of_causes: Vec<(CauseId, u64)> = shares
        .filter(|(_, minor)| *minor > 0)
        .filter_map(|(beneficiary, minor)| match beneficiary {
            Beneficiary::Cause { cause } => Some((cause, minor)),
            Beneficiary::Platform => None,
        })
        .collect();
    let back = |of, minor| change(of, currency, |totals| totals.add_refund(minor));
    let of_donor = back(TotalsOf::Donor(donor), amount.minor().unsigned_abs());
    let sum_of_causes = sum(of_causes.iter().map(|(_, minor)| *minor));
    let of_all = (sum_of_causes > 0).then(|| back(TotalsOf::AllCauses, sum_of_causes));
    let of_causes = of_causes.into_iter().map(|(cause, minor)| back(TotalsOf::Cause(cause), minor));
    core::iter::once(of_donor).chain(of_causes).chain(of_all).collect()
}

/// Shares of causes, without that of the platform.
fn of_causes(shares: &[PartShare]) -> impl Iterator<Item = (CauseId, u64)> {
    shares.iter().filter_map(|share| match share.beneficiary {
        Beneficiary::Cause { cause } => Some((cause, share.share_minor)),
        Beneficiary::Platform => None,
    })
}

fn minor_of(amount: Amount) -> u64 {
    amount.minor().unsigned_abs()
}

/// What a donor means to give becomes pending, or is pending no more.
fn pending_gift(donor: DonorId, gift: &MeantGift, begins: bool) -> Vec<TotalsChange> {
    let first = gift.designations.first().map(|first| first.amount).or(gift.tip);
    let Some(currency) = first.map(Amount::currency) else { return Vec::new() };
    let signed = |minor: u64| {
        let minor = i128::from(minor);
        if begins { minor } else { minor.saturating_neg() }
    };
    let given = || gift.designations.iter().map(|to| minor_of(to.amount));
    let of = |of, minor| change(of, currency, |totals| totals.pending_minor = signed(minor));
    let of_donor = of(TotalsOf::Donor(donor), sum(given().chain(gift.tip.map(minor_of))));
    let of_causes = gift.designations.iter().map(|to| of(TotalsOf::Cause(to.cause), minor_of(to.amount)));
    let of_all = (!gift.designations.is_empty()).then(|| of(TotalsOf::AllCauses, sum(given())));
    core::iter::once(of_donor).chain(of_causes).chain(of_all).collect()
}

/// Causes bear fees, beyond those of `DonationCaptured`.
fn fees(currency: Currency, of_causes: impl Iterator<Item = (CauseId, u64)>) -> Vec<TotalsChange> {
    let of = |of, minor: u64| change(of, currency, |totals| totals.fees_minor = minor.into());
    let mut all = 0_u64;
    let mut changes: Vec<TotalsChange> = of_causes
        .map(|(cause, minor)| {
            all = all.saturating_add(minor);
            of(TotalsOf::Cause(cause), minor)
        })
        .collect();
    if all > 0 {
        changes.push(of(TotalsOf::AllCauses, all));
    }
    changes
}

/// What arrived counts as paid out until it comes back.
fn paid_out(cause: CauseId, amount: Amount, from: PayoutState, to: PayoutState) -> Vec<TotalsChange> {
    let minor = i128::from(amount.minor());
    let minor = match (from == PayoutState::Paid, to == PayoutState::Paid) {
        (false, true) => minor,
        (true, false) => minor.saturating_neg(),
        (false, false) | (true, true) => return Vec::new(),
    };
    let of = |of| change(of, amount.currency(), |totals| totals.paid_out_minor = minor);
    vec![of(TotalsOf::Cause(cause)), of(TotalsOf::AllCauses)]
}
