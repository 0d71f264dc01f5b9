//! How a donation is being paid, in its row.

use super::changes::Changes;
use crate::giving::payment::PaymentState;
use crate::giving::payout::PayoutState;
use crate::giving::refund::RefundState;
use crate::machine::event::{Event, RefundedPart};
use crate::machine::state::{PaymentFacts, PayoutFacts, RefundFacts};
use crate::records::row::{Collecting, DonationRow, PayoutRow, RowKey};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{DonationId, PaymentId, RefundId};
use crate::vocabulary::money::Amount;

/// What an event about the way of money changes.
pub(super) fn apply(changes: &mut Changes<'_>, event: &Event) -> Result<(), Fault> {
    #[allow(clippy::wildcard_enum_match_arm, reason = "the caller has all others")]
    match event {
        Event::DonationBegun { donation, .. } => begin(changes, *donation),
        Event::PaymentStarted { payment, donation, processor, .. } => {
            start(changes, *donation, *payment, processor)
        }
        Event::PaymentChanged { payment, donation, to, .. } => change(changes, *donation, *payment, *to),
        Event::DonationCancelled { donation, .. } => cancel(changes, *donation),
        Event::FeeBooked { donation, fee, .. } => book_fee(changes, *donation, *fee),
        Event::RefundRequested { refund, donation, parts, .. } => {
            request_refund(changes, *donation, *refund, parts)
        }
        Event::RefundChanged { refund, donation, to, .. } => change_refund(changes, *donation, *refund, *to),
        Event::PayoutProposed { payout, cause, amount, bank } => {
            let (bank, state) = (bank.clone(), PayoutState::Proposed);
            let facts = PayoutFacts { payout: *payout, cause: *cause, amount: *amount, bank, state };
            changes.payout(RowKey::Payout(*payout), || Some(PayoutRow { seq: 0, facts })).map(|_| ())
        }
        Event::PayoutChanged { payout, to, .. } => {
            if let Some(row) = changes.payout(RowKey::Payout(*payout), || None)? {
                row.facts.state = *to;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn begin(changes: &mut Changes<'_>, donation: DonationId) -> Result<(), Fault> {
    let fresh = || DonationRow { collecting: Some(Collecting::default()), ..DonationRow::default() };
    changes.donation(RowKey::Donation(donation), || Some(fresh())).map(|_| ())
}

fn start(
    changes: &mut Changes<'_>,
    donation: DonationId,
    payment: PaymentId,
    processor: &str,
) -> Result<(), Fault> {
    let processor = processor.to_owned();
    with_collecting(changes, donation, |collecting, _| {
        collecting.payments.push(PaymentFacts { payment, processor, state: PaymentState::Created });
    })
}

fn change(
    changes: &mut Changes<'_>,
    donation: DonationId,
    payment: PaymentId,
    to: PaymentState,
) -> Result<(), Fault> {
    with_collecting(changes, donation, |collecting, seq| {
        let mut payments = collecting.payments.iter_mut();
        if let Some(found) = payments.find(|found| found.payment == payment) {
            found.state = to;
        }
        if to == PaymentState::Captured {
            collecting.captured_in = Some(seq);
        }
    })
}

fn cancel(changes: &mut Changes<'_>, donation: DonationId) -> Result<(), Fault> {
    with_collecting(changes, donation, |collecting, _| collecting.is_cancelled = true)
}

fn book_fee(changes: &mut Changes<'_>, donation: DonationId, fee: Amount) -> Result<(), Fault> {
    if let Some(row) = changes.donation(RowKey::Donation(donation), || Some(DonationRow::default()))? {
        row.fees_minor = row.fees_minor.saturating_add(fee.minor().unsigned_abs());
    }
    Ok(())
}

fn request_refund(
    changes: &mut Changes<'_>,
    donation: DonationId,
    refund: RefundId,
    parts: &[RefundedPart],
) -> Result<(), Fault> {
    let requested_in = changes.seq;
    let shares_minor = parts.iter().map(|part| part.share_minor).collect();
    let facts = RefundFacts { refund, requested_in, shares_minor, state: RefundState::Requested };
    if let Some(row) = changes.donation(RowKey::Donation(donation), || None)? {
        row.returning.push(facts);
    }
    Ok(())
}

fn change_refund(
    changes: &mut Changes<'_>,
    donation: DonationId,
    refund: RefundId,
    to: RefundState,
) -> Result<(), Fault> {
    let seq = changes.seq;
    let Some(row) = changes.donation(RowKey::Donation(donation), || None)? else { return Ok(()) };
    let Some(facts) = row.returning.iter_mut().find(|facts| facts.refund == refund) else { return Ok(()) };
    facts.state = to;
    if to.is_undone() {
        for (minor, share) in row.refunded_minor.iter_mut().zip(&facts.shares_minor) {
            let less = minor.checked_sub(*share);
            *minor = less.ok_or_else(|| Fault::state("refund undone that was not counted", seq))?;
        }
        let requested_in = facts.requested_in;
        row.refunds.retain(|seq| *seq != requested_in);
    }
    Ok(())
}

fn with_collecting(
    changes: &mut Changes<'_>,
    donation: DonationId,
    change: impl FnOnce(&mut Collecting, u64),
) -> Result<(), Fault> {
    let seq = changes.seq;
    let row = changes.donation(RowKey::Donation(donation), || None)?;
    if let Some(collecting) = row.and_then(|row| row.collecting.as_mut()) {
        change(collecting, seq);
    }
    Ok(())
}
