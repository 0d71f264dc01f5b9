//! A gift over three causes with a tip, from the button to the write-off.

use ledger_core::{
    Command, DisputeState, DonationId, FactSays, FeeGivenBack, GiveBackFees, PaymentId, PayoutId,
    PayoutReport, ProposePayout, ProviderFact, ProviderTarget, RecordSettlementLines, Refund, RefundReport,
    RefundScope, ReportPayout, ReportRefund, SandboxCard, SettleReceivable, SettledBy, SettlementId,
    SettlementLine, TakePlatformFee,
};

use super::app::{App, Lived, made};
use super::{BANK, Cast, SANDBOX, gift, to};
use crate::book::cents;

/// What the donor gives, the tip with it.
const GIVEN: i64 = 10_500;
/// What the provider keeps of it.
const FEE: i64 = 172;

pub(super) fn live(app: &mut App<'_>, cast: &Cast) -> Lived<()> {
    let (donation, payment) = give(app, cast)?;
    settle(app, payment)?;
    pay_out(app, cast)?;
    give_back(app, donation, payment)?;
    app.send_messages()?;
    lose_dispute(app, payment)?;
    cover(app, cast, donation)
}

/// One attempt is declined, the next is captured; what it cost is learned later.
fn give(app: &mut App<'_>, cast: &Cast) -> Lived<(DonationId, PaymentId)> {
    let parts = to(&[(cast.water, 3_334), (cast.school, 3_333), (cast.forest, 3_333)]);
    let begin = gift("order-1", cast.ada, parts, Some(cents(500)));
    let donation = made(app.submit(Command::BeginDonation(begin))?.donation())?;
    let declined = app.start("order-1-try-1", donation)?;
    let sent = app.paid(declined, cents(GIVEN), SandboxCard::Declined);
    app.receive_all(&sent)?;
    let payment = app.start("order-1-try-2", donation)?;
    let mut sent = app.paid(payment, cents(GIVEN), SandboxCard::Good);
    let fee = sent.pop();
    app.receive_all(&sent)?;
    let from = to(&[(cast.water, 167)]);
    let take = TakePlatformFee { key: "platform-1".into(), donation, from, occurred_on: None };
    app.submit(Command::TakePlatformFee(take))?;
    app.receive_all(fee.as_slice())?;
    Ok((donation, payment))
}

/// The provider pays out, and accounts for it.
fn settle(app: &mut App<'_>, payment: PaymentId) -> Lived<()> {
    app.settled(BANK, cents(GIVEN - FEE), 1)?;
    let found = app.ledger.provider_object(SANDBOX, "settlement_1").map_err(|error| error.to_string())?;
    let Some(ProviderTarget::Settlement { settlement }) = found else { return Err(format!("{found:?}")) };
    let about = Some(format!("sbx_{payment}"));
    let line = SettlementLine { id: "txn_1".into(), about, gross_minor: GIVEN, fee_minor: FEE };
    account_for(app, "lines-1", settlement, vec![line])
}

pub(super) fn account_for(
    app: &mut App<'_>,
    key: &str,
    settlement: SettlementId,
    lines: Vec<SettlementLine>,
) -> Lived<()> {
    let lines = RecordSettlementLines { key: key.into(), settlement, lines };
    app.submit(Command::RecordSettlementLines(lines))?;
    Ok(())
}

/// One payout arrives, another fails.
fn pay_out(app: &mut App<'_>, cast: &Cast) -> Lived<()> {
    let mut propose = |key: &str, cause, minor| {
        let (key, amount, bank) = (key.into(), cents(minor), BANK.into());
        let proposed = app.submit(Command::ProposePayout(ProposePayout { key, cause, amount, bank }))?;
        made(proposed.payout())
    };
    let arrives = propose("out-1", cast.water, 3_060)?;
    let fails = propose("out-2", cast.school, 1_000)?;
    let mut report = |key: &str, payout: PayoutId, report| {
        let told = ReportPayout { key: key.into(), payout, report, occurred_on: None };
        app.submit(Command::ReportPayout(told)).map(|_| ())
    };
    report("out-1-sent", arrives, PayoutReport::InTransit)?;
    // Told twice under keys of their own: the second changes nothing, now or whenever it is told again.
    report("out-1-sent-too", arrives, PayoutReport::InTransit)?;
    report("out-2-sent", fails, PayoutReport::InTransit)?;
    report("out-1-paid", arrives, PayoutReport::Paid)?;
    report("out-2-failed", fails, PayoutReport::Failed)
}

/// After a cause was paid out: a refund that we ask for, one that is cancelled, one that the provider makes by itself.
fn give_back(app: &mut App<'_>, donation: DonationId, payment: PaymentId) -> Lived<()> {
    let mut ask = |key: &str, minor| {
        let (scope, memo) = (RefundScope::Proportional { amount: cents(minor) }, Some(format!("why {key}")));
        let refund = Refund { key: key.into(), donation, scope, occurred_on: None, memo };
        made(app.submit(Command::Refund(refund))?.refund())
    };
    let asked = ask("refund-1", 3_000)?;
    let cancelled = ask("refund-2", 600)?;
    app.returned((payment, Some(asked)), cents(3_000), 1)?;
    let report = RefundReport::Cancelled;
    let told = ReportRefund { key: "refund-2-over".into(), refund: cancelled, report, occurred_on: None };
    app.submit(Command::ReportRefund(told))?;
    app.returned((payment, None), cents(400), 2)
}

/// The donor's bank takes the rest, and keeps it.
fn lose_dispute(app: &mut App<'_>, payment: PaymentId) -> Lived<()> {
    let made_at = app.time();
    let stands = |state| {
        let (of_payment, amount) = (format!("sbx_{payment}"), cents(7_100));
        let says = FactSays::Dispute { of_payment, amount, state, made_at };
        ProviderFact { object: "dispute_1".into(), says }
    };
    let says = FactSays::DisputeFee { charged: Some(cents(1_500)), returned: None };
    let fee = ProviderFact { object: "dispute_1".into(), says };
    app.hear("dispute-1-opened", vec![stands(DisputeState::Opened), fee])?;
    app.hear("dispute-1-reviewed", vec![stands(DisputeState::UnderReview)])?;
    app.hear("dispute-1-lost", vec![stands(DisputeState::Lost)])?;
    // The provider says it again in another event, which is nothing new.
    app.hear("dispute-1-lost-again", vec![stands(DisputeState::Lost)])
}

/// The platform gives back what causes bore of the fee, and writes off what one of them cannot pay.
fn cover(app: &mut App<'_>, cast: &Cast, donation: DonationId) -> Lived<()> {
    let (fee, back) = (FeeGivenBack::OfProcessor, to(&[(cast.school, 50), (cast.forest, 54)]));
    let give_back = GiveBackFees { key: "cover-1".into(), donation, fee, to: back, occurred_on: None };
    app.submit(Command::GiveBackFees(give_back))?;
    let mut settle = |key: &str, minor, by| {
        let (key, cause, amount) = (key.into(), cast.water, cents(minor));
        app.submit(Command::SettleReceivable(SettleReceivable { key, cause, amount, by, occurred_on: None }))
    };
    settle("repaid-1", 1_000, SettledBy::Repayment { bank: BANK.into() })?;
    settle("lost-1", 2_000, SettledBy::WriteOff)?;
    Ok(())
}
