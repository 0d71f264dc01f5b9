//! Steps about the way of money.

use ledger_core::{
    BeginDonation, BegunDonation, BookFee, CancelDonation, Command, FailureReason, LedgerError,
    PaymentReport, Payout, PayoutReport, ProposePayout, RecordSettlement, RefundReport, RefundUnderWay,
    ReportPayment, ReportPayout, ReportRefund, StartPayment, TakePlatformFee,
};

use super::commands::Fields;
use super::show;

/// The steps that make a command.
pub const VERBS: [&str; 10] = [
    "report_refund",
    "begin_donation",
    "start_payment",
    "report_payment",
    "cancel_donation",
    "book_fee",
    "take_platform_fee",
    "settle",
    "propose_payout",
    "report_payout",
];

/// The command of a step of these.
pub fn command(fields: &Fields<'_>, verb: &str) -> Result<Command, LedgerError> {
    let key = fields.text("key").unwrap_or_default();
    let text = |name: &str| fields.text(name).unwrap_or_default();
    Ok(match verb {
        "begin_donation" => Command::BeginDonation(BeginDonation {
            key,
            donor: fields.id("donor")?,
            tip: fields.amount("tip")?,
            fee_bearer: fields.bearer(),
            visibility: fields.visibility(),
            memo: fields.text("memo"),
            // Last: whatever nobody asked for before is a cause.
            designations: fields.designations()?,
        }),
        "start_payment" => Command::StartPayment(StartPayment {
            key,
            donation: fields.id("of")?,
            processor: text("processor"),
        }),
        "report_payment" => Command::ReportPayment(ReportPayment {
            key,
            payment: fields.first_id()?,
            report: payment_report(&text("as")),
            fee: fields.amount("fee")?,
            occurred_on: fields.date("on")?,
        }),
        "cancel_donation" => Command::CancelDonation(CancelDonation { key, donation: fields.first_id()? }),
        "book_fee" => Command::BookFee(BookFee {
            key,
            donation: fields.id("of")?,
            fee: fields.amount("fee")?.expect("fee=AMOUNT"),
            occurred_on: fields.date("on")?,
        }),
        "take_platform_fee" => Command::TakePlatformFee(TakePlatformFee {
            key,
            donation: fields.id("of")?,
            occurred_on: fields.date("on")?,
            from: fields.designations()?,
        }),
        "settle" => Command::RecordSettlement(RecordSettlement {
            key,
            processor: text("processor"),
            bank: text("bank"),
            amount: fields.amount("amount")?.expect("amount=AMOUNT"),
            occurred_on: fields.date("on")?,
        }),
        "propose_payout" => Command::ProposePayout(ProposePayout {
            key,
            cause: fields.id("cause")?,
            amount: fields.amount("amount")?.expect("amount=AMOUNT"),
            bank: text("bank"),
        }),
        "report_refund" => Command::ReportRefund(ReportRefund {
            key,
            refund: fields.first_id()?,
            report: refund_report(&text("as")),
            occurred_on: fields.date("on")?,
        }),
        "report_payout" => Command::ReportPayout(ReportPayout {
            key,
            payout: fields.first_id()?,
            report: payout_report(&text("as")),
            occurred_on: fields.date("on")?,
        }),
        other => panic!("{other:?} is no step of payments"),
    })
}

pub(super) fn payment_report(word: &str) -> PaymentReport {
    match word.split_once(':') {
        Some(("failed", why)) => {
            let found = FailureReason::ALL.into_iter().find(|reason| reason.word() == why);
            PaymentReport::Failed { reason: found.unwrap_or_else(|| panic!("failed:{why}?")) }
        }
        None if word == "requires_action" => PaymentReport::RequiresAction,
        None if word == "processing" => PaymentReport::Processing,
        None if word == "authorised" => PaymentReport::Authorised,
        None if word == "captured" => PaymentReport::Captured,
        None if word == "voided" => PaymentReport::Voided,
        None if word == "expired" => PaymentReport::Expired,
        _ => panic!("as={word}?"),
    }
}

fn payout_report(word: &str) -> PayoutReport {
    match word {
        "in_transit" => PayoutReport::InTransit,
        "paid" => PayoutReport::Paid,
        "failed" => PayoutReport::Failed,
        "reversed" => PayoutReport::Reversed,
        _ => panic!("as={word}?"),
    }
}

pub(super) fn refund_report(word: &str) -> RefundReport {
    match word {
        "pending" => RefundReport::Pending,
        "succeeded" => RefundReport::Succeeded,
        "failed" => RefundReport::Failed,
        "cancelled" => RefundReport::Cancelled,
        _ => panic!("as={word}?"),
    }
}

/// A refund that a processor carries out.
pub fn refund(of: &RefundUnderWay) -> String {
    format!("{} of {} {}", of.id, of.donation, of.state.word())
}

/// A donation that was begun before it was paid.
pub fn begun(of: &BegunDonation) -> Vec<String> {
    let state = format!("{:?}", of.state).to_lowercase();
    let captured = of.captured_in.map(|seq| format!(" in record {seq}")).unwrap_or_default();
    let tip = of.gift.tip.map(|tip| format!("; tip {tip}")).unwrap_or_default();
    let mut lines = vec![format!(
        "{} of {} {state}{captured}: {}{tip}",
        of.id,
        of.donor,
        show::designations(&of.gift.designations)
    )];
    let payment = |payment: &ledger_core::Payment| {
        format!("payment {} at {} {}", payment.id, payment.processor, payment.state.word())
    };
    lines.extend(of.payments.iter().map(payment));
    lines
}

/// A payout.
pub fn payout(of: &Payout) -> String {
    format!("{} to {} {} from {} {}", of.id, of.cause, of.amount, of.bank, of.state.word())
}
