//! A gift over three causes with a tip, from the button to the write-off: its fee, a fee of the platform, a settlement, a
//! payout, a refund after the payout, a dispute that is lost, what the platform covers, what it writes off.

use ledger_core::{
    Amount, BeginDonation, BookFee, CauseId, CausePolicies, Designation, DisputeBegins, DisputeReport,
    DonationId, DonorId, FeeBearer, FeeGivenBack, GiveBackFees, Ledger, NegativeCause, OpenDispute,
    PaymentReport, PayoutReport, ProposePayout, RecordSettlement, Refund, RefundReport, RefundScope,
    RegisterDonor, ReportDispute, ReportPayment, ReportPayout, ReportRefund, SetCausePolicies,
    SettleReceivable, SettledBy, StartPayment, TakePlatformFee, Visibility,
};

use crate::steps::{Played, made, money, on, open_cause};
use crate::{STRIPE, abroad};

/// The account into which the processor pays out.
const BANK: &str = "settlement";

/// Who takes part.
struct Cast {
    donor: DonorId,
    water: CauseId,
    school: CauseId,
    forest: CauseId,
}

/// Plays the whole life in a ledger that has nothing in it yet.
pub fn play_lifecycle(ledger: &Ledger) -> Played<()> {
    let cast = introduce(ledger)?;
    let gift = give(ledger, &cast)?;
    keep_fees(ledger, &cast, gift)?;
    pay_out(ledger, &cast)?;
    refund(ledger, gift)?;
    lose_dispute(ledger, gift)?;
    cover(ledger, &cast, gift)?;
    abroad::give_dollars(ledger, cast.donor, cast.water)?;
    abroad::give_yen_and_dinars(ledger, cast.donor)
}

fn eur(text: &str) -> Played<Amount> {
    money(text, "EUR")
}

fn introduce(ledger: &Ledger) -> Played<Cast> {
    let donor = made(ledger.register_donor(RegisterDonor::default())?.donor())?;
    let [water, school, forest] = ["water", "school", "forest"].map(|name| open_cause(ledger, name, "EUR"));
    // Whoever is paid more than is left owes it, and does not pay with the gifts of others.
    let policies =
        CausePolicies { on_negative: NegativeCause::AllowAsReceivable, ..CausePolicies::default() };
    ledger.set_cause_policies(SetCausePolicies { key: "policies".into(), cause: None, policies })?;
    Ok(Cast { donor, water: water?, school: school?, forest: forest? })
}

/// The donor presses the button, and the money comes in.
fn give(ledger: &Ledger, cast: &Cast) -> Played<DonationId> {
    let designations = vec![
        Designation { cause: cast.water, amount: eur("33.34")? },
        Designation { cause: cast.school, amount: eur("33.33")? },
        Designation { cause: cast.forest, amount: eur("33.33")? },
    ];
    let begun = ledger.begin_donation(BeginDonation {
        key: "order-1".into(),
        donor: cast.donor,
        designations,
        tip: Some(eur("5.00")?),
        fee_bearer: FeeBearer::Causes,
        visibility: Visibility::Public,
        memo: None,
    })?;
    let donation = made(begun.donation())?;
    let start = StartPayment { key: "order-1-try-1".into(), donation, processor: STRIPE.into() };
    let payment = made(ledger.start_payment(start)?.payment())?;
    for (key, report) in [("try-1-a", PaymentReport::Authorised), ("try-1-c", PaymentReport::Captured)] {
        let occurred_on = on("2026-01-31")?;
        ledger.report_payment(ReportPayment { key: key.into(), payment, report, fee: None, occurred_on })?;
    }
    Ok(donation)
}

/// What the processor keeps, and what the platform keeps.
fn keep_fees(ledger: &Ledger, cast: &Cast, donation: DonationId) -> Played<()> {
    let occurred_on = on("2026-01-31")?;
    ledger.book_fee(BookFee { key: "fee-1".into(), donation, fee: eur("3.35")?, occurred_on })?;
    let from = vec![Designation { cause: cast.water, amount: eur("1.67")? }];
    ledger.take_platform_fee(TakePlatformFee { key: "platform-1".into(), donation, from, occurred_on })?;
    Ok(())
}

/// From the processor to the bank, and on to one of the causes.
fn pay_out(ledger: &Ledger, cast: &Cast) -> Played<()> {
    ledger.record_settlement(RecordSettlement {
        key: "po-1".into(),
        processor: STRIPE.into(),
        bank: BANK.into(),
        amount: eur("101.65")?,
        occurred_on: on("2026-02-03")?,
    })?;
    let (key, cause, amount) = ("out-1".into(), cast.water, eur("30.60")?);
    let proposed = ledger.propose_payout(ProposePayout { key, cause, amount, bank: BANK.into() })?;
    let (payout, occurred_on) = (made(proposed.payout())?, on("2026-02-05")?);
    let report = PayoutReport::Paid;
    ledger.report_payout(ReportPayout { key: "out-1-paid".into(), payout, report, occurred_on })?;
    Ok(())
}

/// Part of it goes back, after one of the causes was paid: that cause owes its share.
fn refund(ledger: &Ledger, donation: DonationId) -> Played<()> {
    let promised = ledger.refund(Refund {
        key: "refund-1".into(),
        donation,
        scope: RefundScope::Proportional { amount: eur("30.00")? },
        occurred_on: on("2026-02-10")?,
        memo: None,
    })?;
    let (refund, occurred_on) = (made(promised.refund())?, on("2026-02-11")?);
    let report = RefundReport::Succeeded;
    ledger.report_refund(ReportRefund { key: "refund-1-done".into(), refund, report, occurred_on })?;
    Ok(())
}

/// The donor's bank takes the rest, and keeps it.
fn lose_dispute(ledger: &Ledger, donation: DonationId) -> Played<()> {
    let opened = ledger.open_dispute(OpenDispute {
        key: "dispute-1".into(),
        donation,
        amount: eur("75.00")?,
        begins: DisputeBegins::WithMoney,
        fee: Some(eur("15.00")?),
        occurred_on: on("2026-03-01")?,
    })?;
    let (dispute, occurred_on) = (made(opened.dispute())?, on("2026-04-15")?);
    let report = DisputeReport::Lost;
    ledger.report_dispute(ReportDispute { key: "dispute-1-lost".into(), dispute, report, occurred_on })?;
    Ok(())
}

/// The platform gives back the fees that the causes bore, and bears what cannot be recovered.
fn cover(ledger: &Ledger, cast: &Cast, donation: DonationId) -> Played<()> {
    let occurred_on = on("2026-04-15")?;
    let to = vec![
        Designation { cause: cast.school, amount: eur("1.06")? },
        Designation { cause: cast.forest, amount: eur("1.06")? },
        Designation { cause: cast.water, amount: eur("1.07")? },
    ];
    let fee = FeeGivenBack::OfProcessor;
    ledger.give_back_fees(GiveBackFees { key: "cover-1".into(), donation, fee, to, occurred_on })?;
    let (to, fee) = (vec![Designation { cause: cast.water, amount: eur("1.67")? }], FeeGivenBack::OfPlatform);
    ledger.give_back_fees(GiveBackFees { key: "platform-1-back".into(), donation, fee, to, occurred_on })?;
    ledger.settle_receivable(SettleReceivable {
        key: "lost-1".into(),
        cause: cast.water,
        amount: eur("30.60")?,
        by: SettledBy::WriteOff,
        occurred_on: on("2026-10-31")?,
    })?;
    Ok(())
}
