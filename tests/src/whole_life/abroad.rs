//! A gift in another currency than its causes: the provider exchanges it, and gives some of it back at another rate.

use ledger_core::{
    Amount, Command, Designation, ExchangeMoney, FactSays, PaymentReport, ProviderFact, RecordSettlement,
    Refund, RefundScope, SettlementLine,
};

use super::app::{App, Lived, made};
use super::first_gift::account_for;
use super::{BANK, Cast, SANDBOX, gift, to};
use crate::book::cents;

fn dollars(minor: i64) -> Lived<Amount> {
    let currency = "USD".parse().map_err(|_| "no dollars")?;
    Amount::from_minor(minor, currency).map_err(|error| error.to_string())
}

pub(super) fn live(app: &mut App<'_>, cast: &Cast) -> Lived<()> {
    let designations = vec![
        Designation { cause: cast.school, amount: dollars(6_000)? },
        Designation { cause: cast.forest, amount: dollars(4_000)? },
    ];
    let begin = gift("order-2", cast.bob, designations, Some(dollars(500)?));
    let donation = made(app.submit(Command::BeginForeignDonation(begin))?.donation())?;
    let payment = app.start("order-2-try-1", donation)?;
    let object = format!("sbx_{payment}");
    let stands = |report, captured| {
        let says = FactSays::Payment { payment: Some(payment), report, captured };
        vec![ProviderFact { object: object.clone(), says }]
    };
    app.hear("order-2-processing", stands(PaymentReport::Processing, None))?;
    app.hear("order-2-captured", stands(PaymentReport::Captured, Some(dollars(10_500)?)))?;
    let (settled, rate) = (cents(9_660), Some("0.92".into()));
    let exchanged = FactSays::Exchanged { of_payment: object.clone(), captured: None, settled, rate };
    let fee = FactSays::Fee { of_payment: object.clone(), fee: cents(310) };
    let facts = [("balance_2", exchanged), ("fee_2", fee)];
    let facts = facts.map(|(object, says)| ProviderFact { object: object.into(), says });
    app.hear("order-2-exchanged", facts.into())?;

    let scope = RefundScope::Causes { from: to(&[(cast.school, 1_000)]) };
    let refund =
        Refund { key: "refund-3".into(), donation, scope, occurred_on: None, memo: Some("too much".into()) };
    let refund = made(app.submit(Command::Refund(refund))?.refund())?;
    app.returned((payment, Some(refund)), cents(1_000), 1)?;
    app.submit(Command::ExchangeMoney(ExchangeMoney {
        key: "exchange-1".into(),
        processor: SANDBOX.into(),
        from: cents(1_020),
        to: dollars(1_087)?,
        rate: Some("1.0657".into()),
        occurred_on: None,
    }))?;

    let settle = RecordSettlement {
        key: "settlement-2".into(),
        processor: SANDBOX.into(),
        bank: BANK.into(),
        amount: cents(7_350),
        occurred_on: None,
    };
    let settlement = made(app.submit(Command::RecordSettlement(settle))?.settlement())?;
    let line = |id: &str, about: String, gross_minor, fee_minor| SettlementLine {
        id: id.into(),
        about: Some(about),
        gross_minor,
        fee_minor,
    };
    let gift = line("txn_2", object, 9_660, 310);
    let back = line("txn_3", refund.to_string(), -1_000, 0);
    account_for(app, "lines-2", settlement, vec![gift, back])
}
