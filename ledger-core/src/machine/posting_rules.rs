//! Posting rules: the journal entries of every event, for every book mode. `docs/accounting.md` shows them
//! as a table.

mod disputes;
mod facts;
mod owed;
mod payments;

use std::collections::BTreeMap;

use crate::accounting::account::{Account, AccountName, Side};
use crate::accounting::balance::Balance;
use crate::accounting::chart::{BookMode, Chart};
use crate::accounting::journal_entry::{JournalEntry, Posting, Unbalanced};
use crate::giving::adjustment::AdjustmentReason;
use crate::giving::donation::{Beneficiary, Designation, FeeBearer, Method, parts_of};
use crate::machine::event::{ClosedAccount, Event, RefundedPart};
use crate::vocabulary::ids::CauseId;
use crate::vocabulary::money::Amount;

/// The entries of the events of one record, in their order.
pub fn entries_of(mode: BookMode, events: &[Event]) -> Result<Vec<JournalEntry>, Unbalanced> {
    events.iter().flat_map(|event| postings_of(mode, event)).map(JournalEntry::balanced).collect()
}

/// How many entries an event makes, in books of either kind.
pub fn entry_count(event: &Event) -> usize {
    // Asked of every gift.
    if let Event::DonationCaptured { fee, .. } = event {
        return 1_usize.saturating_add(usize::from(fee.is_some()));
    }
    postings_of(BookMode::Agency, event).len()
}

fn postings_of(mode: BookMode, event: &Event) -> Vec<Vec<Posting>> {
    match event {
        Event::DonorRegistered { .. }
        | Event::DonorUpdated { .. }
        | Event::CauseOpened { .. }
        | Event::CauseUpdated { .. }
        | Event::DonorErased { .. }
        | Event::DonorsMerged { .. }
        | Event::MergeUndone { .. }
        | Event::EpochBegun { .. }
        | Event::DonationBegun { .. }
        | Event::PaymentStarted { .. }
        | Event::PaymentChanged { .. }
        | Event::DonationCancelled { .. }
        | Event::PayoutProposed { .. }
        | Event::CausePoliciesSet(_)
        | Event::GoalReached(_)
        | Event::ObjectAttached(_)
        | Event::FactParked(_)
        | Event::FactsTakenUp(_)
        | Event::FactRefused(_)
        | Event::NoticesAcknowledged(_)
        | Event::SettlementLinesRecorded(_) => Vec::new(),
        Event::RefundLearned(learned) => facts::learned(mode, learned),
        Event::TakingsRedivided(anew) => facts::redivided(mode, anew),
        Event::SettlementReturned(returned) => facts::settlement_returned(mode, returned),
        Event::DisputeOpened(opened) => disputes::opened(mode, opened),
        Event::DisputeChanged(changed) => disputes::changed(mode, changed),
        Event::DisputeFeeBooked(booked) => disputes::fee(mode, booked),
        Event::CauseOverdrawn(overdrawn) => owed::overdrawn(mode, overdrawn),
        Event::OverdraftReturned(returned) => owed::overdraft_returned(mode, returned),
        Event::ReceivableSettled(settled) => owed::settled(mode, settled),
        Event::FeesGivenBack(given) => owed::given_back(mode, given),
        Event::UnidentifiedReceived(received) => owed::received(mode, received),
        Event::UnidentifiedReturned(returned) => owed::returned(mode, returned),
        Event::GiftSetAside(aside) => owed::set_aside(mode, aside),
        Event::SetAsideReleased(released) => owed::released(mode, released),
        Event::SetAsideAgain(again) => owed::set_aside_again(mode, again),
        Event::CurrencyExchanged(exchanged) => owed::exchanged(mode, exchanged),
        Event::DonationCaptured { .. } => captured(mode, event),
        Event::DonationRefunded { amount, parts, method, .. } => {
            vec![refund(Chart::new(mode, amount.currency()), parts, *amount, method)]
        }
        Event::Reallocated { from, to, amount, .. } => {
            let (chart, minor) = (Chart::new(mode, amount.currency()), amount.minor().unsigned_abs());
            vec![vec![
                Posting::debit(chart.gifts_to(*from), minor),
                Posting::credit(chart.gifts_to(*to), minor),
            ]]
        }
        Event::PeriodClosed { closed, .. } => closing(closed),
        Event::Reversed { what, .. } => what.iter().flat_map(|undone| reversal(mode, undone)).collect(),
        Event::FeeBooked { .. }
        | Event::PlatformFeeTaken { .. }
        | Event::SettlementRecorded { .. }
        | Event::PayoutChanged { .. }
        | Event::RefundRequested { .. }
        | Event::RefundChanged { .. } => payments::postings_of(mode, event),
        Event::GivingAdjusted { cause, amount, reason, method, .. } => {
            vec![adjustment(Chart::new(mode, amount.currency()), *cause, *amount, *reason, method)]
        }
    }
}

/// The gift, and what was kept of it.
fn captured(mode: BookMode, event: &Event) -> Vec<Vec<Posting>> {
    let Event::DonationCaptured { designations, tip, fee, fee_bearer, fee_shares_minor, method, .. } = event
    else {
        return Vec::new();
    };
    let Some(first) = designations.first() else { return Vec::new() };
    let chart = Chart::new(mode, first.amount.currency());
    let mut entries = vec![gift(chart, designations, *tip, method)];
    if let Some(fee) = fee {
        entries.push(processor_fee(chart, designations, *tip, *fee, *fee_bearer, fee_shares_minor, method));
    }
    entries
}

/// Money account to causes and tip.
fn gift(chart: Chart, designations: &[Designation], tip: Option<Amount>, method: &Method) -> Vec<Posting> {
    let total = parts_of(designations, tip).map(|part| part.given_minor).fold(0, u64::saturating_add);
    let mut postings = Vec::with_capacity(designations.len().saturating_add(2));
    if let Method::Exchanged { given, .. } = method {
        postings.extend(came_in_abroad(chart, method, *given));
        postings.push(Posting::debit(chart.account(AccountName::FxTrading), total));
    } else {
        postings.push(Posting::debit(chart.account(method.money_account()), total));
    }
    for part in parts_of(designations, tip) {
        let account = match part.beneficiary {
            Beneficiary::Cause { cause } => chart.gifts_to(cause),
            Beneficiary::Platform => chart.tips(),
        };
        postings.push(Posting::credit(account, part.given_minor));
    }
    postings
}

/// What came in, in the donor's currency: it is traded for what the causes receive.
fn came_in_abroad(chart: Chart, method: &Method, given: Amount) -> [Posting; 2] {
    let (abroad, minor) = (chart.in_currency(given.currency()), given.minor().unsigned_abs());
    [
        Posting::debit(abroad.account(method.money_account()), minor),
        Posting::credit(abroad.account(AccountName::FxTrading), minor),
    ]
}

/// Who bears the fee, to the money account that it was taken from.
fn processor_fee(
    chart: Chart,
    designations: &[Designation],
    tip: Option<Amount>,
    fee: Amount,
    bearer: FeeBearer,
    shares_minor: &[u64],
    method: &Method,
) -> Vec<Posting> {
    let fee_minor = fee.minor().unsigned_abs();
    let mut postings = Vec::with_capacity(designations.len().saturating_add(2));
    match bearer {
        FeeBearer::Platform => postings.push(Posting::debit(chart.fees_of_platform(), fee_minor)),
        FeeBearer::Causes => {
            for (part, &share) in
                parts_of(designations, tip).zip(shares_minor).filter(|(_, share)| **share > 0)
            {
                let account = match part.beneficiary {
                    Beneficiary::Cause { cause } => chart.fees_of(cause),
                    Beneficiary::Platform => chart.fee_on_tips(),
                };
                postings.push(Posting::debit(account, share));
            }
        }
    }
    postings.push(Posting::credit(chart.account(method.money_account()), fee_minor));
    postings
}

/// Parts, each with its share, on the side from which money goes.
fn from_parts(chart: Chart, shares: impl Iterator<Item = (Beneficiary, u64)>) -> Vec<Posting> {
    let account = |beneficiary| match beneficiary {
        Beneficiary::Cause { cause } => chart.gifts_to(cause),
        Beneficiary::Platform => chart.tips(),
    };
    shares
        .filter(|(_, minor)| *minor > 0)
        .map(|(beneficiary, minor)| Posting::debit(account(beneficiary), minor))
        .collect()
}

/// Causes and tip, each with its share, back to the money account.
fn refund(chart: Chart, parts: &[RefundedPart], amount: Amount, method: &Method) -> Vec<Posting> {
    let mut postings = from_parts(chart, parts.iter().map(|part| (part.beneficiary, part.share_minor)));
    postings.push(Posting::credit(chart.account(method.money_account()), amount.minor().unsigned_abs()));
    postings
}

/// The entries of an event with their sides exchanged.
fn reversal(mode: BookMode, undone: &Event) -> Vec<Vec<Posting>> {
    let mut entries = postings_of(mode, undone);
    for posting in entries.iter_mut().flatten() {
        posting.side = posting.side.opposite();
    }
    entries
}

/// An entry for each account of net assets: what goes to it from one or more others. Lines of one account of
/// net assets are one, on the side that is left.
fn closing(closed: &[ClosedAccount]) -> Vec<Vec<Posting>> {
    let mut by_target: BTreeMap<&Account, (Vec<Posting>, Balance)> = BTreeMap::new();
    for each in closed {
        let (postings, sum) = by_target.entry(&each.into).or_default();
        let (account, side, amount_minor) = (each.account.clone(), each.side, each.amount_minor);
        postings.push(Posting { account, side, amount_minor });
        // Amounts of 64 bits, at most some thousands of them: 128 bits hold their sum.
        *sum = sum.posted(side, amount_minor).unwrap_or(*sum);
    }
    let entries = by_target.into_iter().map(|(into, (mut postings, sum))| {
        let (side, amounts) = sum.to_zero();
        postings.extend(amounts.map(|amount_minor| Posting { account: into.clone(), side, amount_minor }));
        postings
    });
    entries.collect()
}

/// Between the cause and the money account, on the side that the reason says.
fn adjustment(
    chart: Chart,
    cause: CauseId,
    amount: Amount,
    reason: AdjustmentReason,
    method: &Method,
) -> Vec<Posting> {
    let minor = amount.minor().unsigned_abs();
    let (of_cause, of_money) = (chart.gifts_to(cause), chart.account(method.money_account()));
    match reason.side_of_cause() {
        Side::Credit => vec![Posting::debit(of_money, minor), Posting::credit(of_cause, minor)],
        Side::Debit => vec![Posting::debit(of_cause, minor), Posting::credit(of_money, minor)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::giving::donation::Visibility;
    use crate::vocabulary::ids::{DonationId, DonorId};

    #[test]
    fn entries_of_a_gift_are_counted_without_being_made() {
        let amount = |minor| Amount::from_minor(minor, "EUR".parse().unwrap()).unwrap();
        for bearer in [FeeBearer::Causes, FeeBearer::Platform] {
            for (fee, expected) in [(None, 1), (Some(amount(3)), 2)] {
                let cause = CauseId::from_bytes([2; 16]);
                let event = Event::DonationCaptured {
                    donation: DonationId::from_bytes([1; 16]),
                    donor: DonorId::from_bytes([3; 16]),
                    designations: vec![Designation { cause, amount: amount(100) }],
                    tip: Some(amount(10)),
                    fee,
                    fee_bearer: bearer,
                    fee_shares_minor: vec![2, 1],
                    method: Method::Imported,
                    visibility: Visibility::Public,
                };
                assert_eq!(entry_count(&event), expected);
                for mode in [BookMode::Agency, BookMode::Principal] {
                    assert_eq!(postings_of(mode, &event).len(), expected, "{mode:?}, {bearer:?}");
                }
            }
        }
    }
}
