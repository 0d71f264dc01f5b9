//! Events and commands about the way of money.

use super::samples::{amount, cause, donation, donor};
use crate::giving::donation::{Beneficiary, Designation, FeeBearer, Method, Visibility};
use crate::giving::payment::{FailureReason, PaymentReport, PaymentState};
use crate::giving::payout::{PayoutReport, PayoutState};
use crate::giving::refund::{RefundReport, RefundState};
use crate::machine::command::*;
use crate::machine::event::{Event, MeantGift, PartShare, RefundedPart};
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::{PaymentId, PayoutId, RefundId, SettlementId};

fn payment() -> PaymentId {
    PaymentId::from_bytes([0x9A; 16])
}

pub(super) fn payout() -> PayoutId {
    PayoutId::from_bytes([0x07; 16])
}

pub(super) fn refund() -> RefundId {
    RefundId::from_bytes([0x4E; 16])
}

fn stripe() -> String {
    "stripe".into()
}

fn main_bank() -> String {
    "main".into()
}

fn key() -> String {
    "order-1".into()
}

fn day() -> Option<Date> {
    "2026-01-31".parse().ok()
}

fn designation() -> Designation {
    Designation { cause: cause(), amount: amount(3334) }
}

/// Every event about the way of money.
pub(super) fn events() -> Vec<(&'static str, Event)> {
    collecting().into_iter().chain(moving_on()).collect()
}

/// Events until a gift is there.
fn collecting() -> Vec<(&'static str, Event)> {
    let (donation, donor) = (donation(), donor());
    let gift = MeantGift { designations: vec![designation()], tip: Some(amount(500)) };
    let (fee_bearer, visibility) = (FeeBearer::Platform, Visibility::Public);
    let (from, to) = (PaymentState::Processing, PaymentState::Failed);
    vec![
        (
            "donation_begun",
            Event::DonationBegun { donation, donor, gift: gift.clone(), fee_bearer, visibility },
        ),
        (
            "payment_started",
            Event::PaymentStarted { payment: payment(), donation, donor, processor: stripe() },
        ),
        (
            "payment_changed",
            Event::PaymentChanged {
                payment: payment(),
                donation,
                donor,
                from,
                to,
                failure: Some(FailureReason::InsufficientFunds),
                pending: Some(gift),
            },
        ),
        (
            "donation_captured_at_processor",
            Event::DonationCaptured {
                donation,
                donor,
                designations: vec![designation()],
                tip: None,
                fee: None,
                fee_bearer,
                fee_shares_minor: Vec::new(),
                method: Method::Processor { processor: stripe() },
                visibility,
            },
        ),
        ("donation_cancelled", Event::DonationCancelled { donation, donor }),
    ]
}

/// Events about what was captured.
fn moving_on() -> Vec<(&'static str, Event)> {
    let (donation, donor) = (donation(), donor());
    let share = |beneficiary| PartShare { beneficiary, share_minor: 7 };
    let shares = vec![share(Beneficiary::Cause { cause: cause() }), share(Beneficiary::Platform)];
    let beneficiary = Beneficiary::Platform;
    let parts = vec![RefundedPart { beneficiary, share_minor: 5, refunded_minor: 9 }];
    vec![
        (
            "fee_booked",
            Event::FeeBooked {
                donation,
                donor,
                fee: amount(14),
                shares: shares.clone(),
                processor: stripe(),
            },
        ),
        ("platform_fee_taken", Event::PlatformFeeTaken { donation, donor, from: vec![designation()] }),
        (
            "settlement_recorded",
            Event::SettlementRecorded {
                settlement: SettlementId::from_bytes([0x5E; 16]),
                processor: stripe(),
                bank: main_bank(),
                amount: amount(10_165),
            },
        ),
        (
            "refund_requested",
            Event::RefundRequested { refund: refund(), donation, donor, amount: amount(5), parts },
        ),
        (
            "refund_changed",
            Event::RefundChanged {
                refund: refund(),
                donation,
                donor,
                amount: amount(14),
                shares: shares.clone(),
                processor: stripe(),
                from: RefundState::Pending,
                to: RefundState::Failed,
            },
        ),
        (
            "payout_proposed",
            Event::PayoutProposed {
                payout: payout(),
                cause: cause(),
                amount: amount(3060),
                bank: main_bank(),
            },
        ),
        (
            "payout_changed",
            Event::PayoutChanged {
                payout: payout(),
                cause: cause(),
                amount: amount(3060),
                bank: main_bank(),
                from: PayoutState::Proposed,
                to: PayoutState::InTransit,
            },
        ),
    ]
}

/// Every command about the way of money.
pub(super) fn commands() -> Vec<(&'static str, Command)> {
    to_collect().into_iter().chain(to_move_on()).collect()
}

fn to_collect() -> Vec<(&'static str, Command)> {
    let report = PaymentReport::Failed { reason: FailureReason::Declined };
    let begin = BeginDonation {
        key: key(),
        donor: donor(),
        designations: vec![designation()],
        tip: Some(amount(500)),
        fee_bearer: FeeBearer::Causes,
        visibility: Visibility::Anonymous,
        memo: Some("Good luck".into()),
    };
    vec![
        ("begin_donation", Command::BeginDonation(begin)),
        (
            "start_payment",
            Command::StartPayment(StartPayment { key: key(), donation: donation(), processor: stripe() }),
        ),
        (
            "report_payment",
            Command::ReportPayment(ReportPayment {
                key: key(),
                payment: payment(),
                report,
                fee: Some(amount(335)),
                occurred_on: day(),
            }),
        ),
        ("cancel_donation", Command::CancelDonation(CancelDonation { key: key(), donation: donation() })),
        (
            "book_fee",
            Command::BookFee(BookFee {
                key: key(),
                donation: donation(),
                fee: amount(335),
                occurred_on: day(),
            }),
        ),
    ]
}

fn to_move_on() -> Vec<(&'static str, Command)> {
    vec![
        (
            "take_platform_fee",
            Command::TakePlatformFee(TakePlatformFee {
                key: key(),
                donation: donation(),
                from: vec![designation()],
                occurred_on: day(),
            }),
        ),
        (
            "record_settlement",
            Command::RecordSettlement(RecordSettlement {
                key: key(),
                processor: stripe(),
                bank: main_bank(),
                amount: amount(10_165),
                occurred_on: day(),
            }),
        ),
        (
            "propose_payout",
            Command::ProposePayout(ProposePayout {
                key: key(),
                cause: cause(),
                amount: amount(3060),
                bank: main_bank(),
            }),
        ),
        (
            "report_refund",
            Command::ReportRefund(ReportRefund {
                key: key(),
                refund: refund(),
                report: RefundReport::Succeeded,
                occurred_on: day(),
            }),
        ),
        (
            "report_payout",
            Command::ReportPayout(ReportPayout {
                key: key(),
                payout: payout(),
                report: PayoutReport::Paid,
                occurred_on: day(),
            }),
        ),
    ]
}
