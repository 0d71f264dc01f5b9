//! Posting rules of the way of money: fees, refunds by a processor, settlements, payouts. `docs/payments.md` shows
//! them as a table.

use super::from_parts;
use crate::accounting::account::{Account, AccountName};
use crate::accounting::chart::{BookMode, Chart};
use crate::accounting::journal_entry::Posting;
use crate::giving::donation::{Beneficiary, Designation};
use crate::giving::payout::PayoutState;
use crate::giving::refund::RefundState;
use crate::machine::event::{Event, PartShare};
use crate::vocabulary::ids::CauseId;
use crate::vocabulary::money::Amount;

/// The entries of an event about the way of money.
pub(super) fn postings_of(mode: BookMode, event: &Event) -> Vec<Vec<Posting>> {
    #[allow(clippy::wildcard_enum_match_arm, reason = "the caller has all others")]
    match event {
        Event::FeeBooked { fee, shares, processor, .. } => {
            let chart = Chart::new(mode, fee.currency());
            vec![fee_booked(chart, shares, *fee, processor)]
        }
        Event::PlatformFeeTaken { from, .. } => platform_fee(mode, from).into_iter().collect(),
        Event::SettlementRecorded { processor, bank, amount, .. } => {
            let (chart, minor) = (Chart::new(mode, amount.currency()), amount.minor().unsigned_abs());
            let name = AccountName::ProcessorPending { processor: processor.clone() };
            let bank = AccountName::Bank { bank: bank.clone() };
            vec![vec![
                Posting::debit(chart.account(bank), minor),
                Posting::credit(chart.account(name), minor),
            ]]
        }
        Event::RefundRequested { refund, amount, parts, .. } => {
            let chart = Chart::new(mode, amount.currency());
            let mut postings =
                from_parts(chart, parts.iter().map(|part| (part.beneficiary, part.share_minor)));
            let promised = chart.account(AccountName::RefundPending { refund: *refund });
            postings.push(Posting::credit(promised, amount.minor().unsigned_abs()));
            vec![postings]
        }
        Event::RefundChanged { refund, amount, shares, processor, from, to, .. } => {
            let chart = Chart::new(mode, amount.currency());
            let promised = AccountName::RefundPending { refund: *refund };
            let paid = AccountName::ProcessorPending { processor: processor.clone() };
            let (promised, paid) = (chart.account(promised), chart.account(paid));
            refund_changed((promised, paid), chart, *amount, shares, (*from, *to))
        }
        Event::PayoutChanged { cause, amount, bank, from, to, .. } => {
            payout(Chart::new(mode, amount.currency()), *cause, *amount, bank, (*from, *to))
        }
        _ => Vec::new(),
    }
}

/// A fee that was learned later, as one that was known at once.
fn fee_booked(chart: Chart, shares: &[PartShare], fee: Amount, processor: &str) -> Vec<Posting> {
    let fee_minor = fee.minor().unsigned_abs();
    let mut postings = Vec::with_capacity(shares.len().saturating_add(1));
    if shares.is_empty() {
        postings.push(Posting::debit(chart.fees_of_platform(), fee_minor));
    }
    for share in shares {
        let account = match share.beneficiary {
            Beneficiary::Cause { cause } => chart.fees_of(cause),
            Beneficiary::Platform => chart.fee_on_tips(),
        };
        postings.push(Posting::debit(account, share.share_minor));
    }
    let pending = AccountName::ProcessorPending { processor: processor.to_owned() };
    postings.push(Posting::credit(chart.account(pending), fee_minor));
    postings
}

/// From each cause what the platform keeps.
fn platform_fee(mode: BookMode, from: &[Designation]) -> Option<Vec<Posting>> {
    let chart = Chart::new(mode, from.first()?.amount.currency());
    let minor = |each: &Designation| each.amount.minor().unsigned_abs();
    let mut postings: Vec<Posting> =
        from.iter().map(|each| Posting::debit(chart.fees_of(each.cause), minor(each))).collect();
    let sum = from.iter().map(minor).fold(0, u64::saturating_add);
    postings.push(Posting::credit(chart.account(AccountName::PlatformFees), sum));
    Some(postings)
}

/// What was promised is paid by the processor, or is the parts' again.
fn refund_changed(
    (promised, paid): (Account, Account),
    chart: Chart,
    amount: Amount,
    shares: &[PartShare],
    (from, to): (RefundState, RefundState),
) -> Vec<Vec<Posting>> {
    let minor = amount.minor().unsigned_abs();
    if to == RefundState::Succeeded {
        return vec![vec![Posting::debit(promised, minor), Posting::credit(paid, minor)]];
    }
    if !to.is_undone() {
        return Vec::new();
    }
    // Where it was paid already, the processor has it again.
    let held = if from == RefundState::Succeeded { paid } else { promised };
    let mut postings = vec![Posting::debit(held, minor)];
    // What was beyond the gift is the platform's again.
    let of_parts = shares.iter().map(|share| share.share_minor).fold(0, u64::saturating_add);
    if minor > of_parts {
        let beyond = chart.account(AccountName::BeyondGift);
        postings.push(Posting::credit(beyond, minor.saturating_sub(of_parts)));
    }
    let back = from_parts(chart, shares.iter().map(|share| (share.beneficiary, share.share_minor)));
    postings.extend(back.into_iter().map(|posting| Posting { side: posting.side.opposite(), ..posting }));
    vec![postings]
}

/// Where the money of a payout was, and where it is. A proposal moved none.
fn payout(
    chart: Chart,
    cause: CauseId,
    amount: Amount,
    bank: &str,
    (from, to): (PayoutState, PayoutState),
) -> Vec<Vec<Posting>> {
    let place = |state| {
        chart.account(match state {
            PayoutState::Proposed | PayoutState::Failed | PayoutState::Reversed => {
                AccountName::CauseAvailable { cause }
            }
            PayoutState::InTransit => AccountName::CauseInTransit { cause },
            PayoutState::Paid => AccountName::Bank { bank: bank.to_owned() },
        })
    };
    let (was, is, minor) = (place(from), place(to), amount.minor().unsigned_abs());
    if was == is {
        return Vec::new();
    }
    vec![vec![Posting::debit(was, minor), Posting::credit(is, minor)]]
}
