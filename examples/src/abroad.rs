//! Gifts in other currencies: one that the processor exchanges, and some to causes that take them.

use ledger_core::{
    BeginDonation, CaptureExchanged, CauseId, Designation, Donate, DonorId, FeeBearer, Ledger, Method,
    StartPayment, Visibility,
};

use crate::STRIPE;
use crate::steps::{Played, made, money, on, open_cause};

/// Dollars for a cause that takes euros.
pub(crate) fn give_dollars(ledger: &Ledger, donor: DonorId, cause: CauseId) -> Played<()> {
    let begun = ledger.begin_foreign_donation(BeginDonation {
        key: "order-2".into(),
        donor,
        designations: vec![Designation { cause, amount: money("100.00", "USD")? }],
        tip: None,
        fee_bearer: FeeBearer::Causes,
        visibility: Visibility::Public,
        memo: None,
    })?;
    let donation = made(begun.donation())?;
    let start = StartPayment { key: "order-2-try-1".into(), donation, processor: STRIPE.into() };
    let payment = made(ledger.start_payment(start)?.payment())?;
    ledger.capture_exchanged(CaptureExchanged {
        key: "order-2-captured".into(),
        payment,
        settled: money("92.00", "EUR")?,
        rate: Some("0.92".into()),
        fee: None,
        occurred_on: on("2026-05-01")?,
    })?;
    Ok(())
}

/// Currencies without decimals, and with three.
pub(crate) fn give_yen_and_dinars(ledger: &Ledger, donor: DonorId) -> Played<()> {
    give_thirds(ledger, donor, "JPY", ["334", "333", "333"])?;
    give_thirds(ledger, donor, "KWD", ["0.334", "0.333", "0.333"])
}

fn give_thirds(ledger: &Ledger, donor: DonorId, code: &str, shares: [&str; 3]) -> Played<()> {
    let mut designations = Vec::new();
    for (name, share) in ["water", "school", "forest"].into_iter().zip(shares) {
        let cause = open_cause(ledger, &format!("{name}-{}", code.to_lowercase()), code)?;
        designations.push(Designation { cause, amount: money(share, code)? });
    }
    ledger.donate(Donate {
        key: format!("order-{code}"),
        donor,
        designations,
        tip: None,
        fee: None,
        fee_bearer: FeeBearer::Causes,
        method: Method::Processor { processor: STRIPE.into() },
        occurred_on: on("2026-05-02")?,
        visibility: Visibility::Public,
        memo: None,
    })?;
    Ok(())
}
