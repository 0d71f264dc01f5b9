//! How a donation is being paid, in its row.

use super::changes::Changes;
use super::give_again;
use crate::giving::donation::{Beneficiary, Designation};
use crate::giving::payment::PaymentState;
use crate::giving::payout::PayoutState;
use crate::giving::refund::RefundState;
use crate::machine::event::{Event, PartShare, RefundedPart};
use crate::machine::state::{PaymentFacts, PayoutFacts, RefundFacts};
use crate::records::record::Record;
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
        Event::FeeBooked { donation, fee, shares, .. } => book_fee(changes, *donation, *fee, shares),
        Event::PlatformFeeTaken { donation, from, .. } => take_platform_fee(changes, *donation, from),
        Event::RefundRequested { refund, donation, amount, parts, .. } => {
            request_refund(changes, *donation, *refund, *amount, parts)
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
        let state = PaymentState::Created;
        let facts = PaymentFacts { payment, processor, state, object: None, captured_in: None };
        collecting.payments.push(facts);
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
            if to == PaymentState::Captured {
                found.captured_in = Some(seq);
            }
        }
    })
}

/// Notes the record and the payment that captured a donation, if it was begun before: of all that were captured with that
/// record, the last before the gift.
pub(super) fn capture(changes: &mut Changes<'_>, record: &Record, captured: DonationId) -> Result<(), Fault> {
    let is_gift =
        |event: &&Event| matches!(event, Event::DonationCaptured { donation, .. } if *donation == captured);
    let before = record.events.iter().take_while(|event| !is_gift(event));
    let payment = before.filter_map(|event| {
        let Event::PaymentChanged { payment, donation, to: PaymentState::Captured, .. } = event else {
            return None;
        };
        (*donation == captured).then_some(*payment)
    });
    let Some(payment) = payment.last() else { return Ok(()) };
    with_collecting(changes, captured, |collecting, seq| {
        (collecting.captured_in, collecting.captured_by) = (Some(seq), Some(payment));
    })
}

fn cancel(changes: &mut Changes<'_>, donation: DonationId) -> Result<(), Fault> {
    with_collecting(changes, donation, |collecting, _| collecting.is_cancelled = true)
}

fn book_fee(
    changes: &mut Changes<'_>,
    donation: DonationId,
    fee: Amount,
    shares: &[PartShare],
) -> Result<(), Fault> {
    if let Some(row) = changes.donation(RowKey::Donation(donation), || Some(DonationRow::default()))? {
        row.fees_minor = row.fees_minor.saturating_add(fee.minor().unsigned_abs());
        for share in shares {
            row.change_part(share.beneficiary, |part| {
                part.fees_minor = part.fees_minor.saturating_add(share.share_minor);
            });
        }
    }
    Ok(())
}

fn take_platform_fee(
    changes: &mut Changes<'_>,
    donation: DonationId,
    from: &[Designation],
) -> Result<(), Fault> {
    if let Some(row) = changes.donation(RowKey::Donation(donation), || Some(DonationRow::default()))? {
        for Designation { cause, amount } in from {
            row.change_part(Beneficiary::Cause { cause: *cause }, |part| {
                part.platform_fees_minor =
                    part.platform_fees_minor.saturating_add(amount.minor().unsigned_abs());
            });
        }
    }
    Ok(())
}

fn request_refund(
    changes: &mut Changes<'_>,
    donation: DonationId,
    refund: RefundId,
    amount: Amount,
    parts: &[RefundedPart],
) -> Result<(), Fault> {
    let of_part =
        |part: &RefundedPart| PartShare { beneficiary: part.beneficiary, share_minor: part.share_minor };
    let facts = RefundFacts {
        refund,
        amount_minor: amount.minor().unsigned_abs(),
        shares: parts.iter().filter(|part| part.share_minor > 0).map(of_part).collect(),
        state: RefundState::Requested,
        object: None,
        made: None,
    };
    if let Some(row) = changes.donation(RowKey::Donation(donation), || Some(DonationRow::default()))? {
        for part in parts {
            row.change_part(part.beneficiary, |row| row.refunded_minor = part.refunded_minor);
        }
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
        for share in facts.shares.clone() {
            give_again(row, share.beneficiary, share.share_minor, seq)?;
        }
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
