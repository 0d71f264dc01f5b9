//! Amounts as an operator writes them: `20.00 EUR`, or `20.00` in the currency of what they are about.

use ledger_core::{Amount, CauseId, Currency, Designation, DonationId, Ledger, PaymentId, Rejection};

use crate::problem::Problem;
use crate::reading::find_cause;

/// An amount; one that says no currency has that of what it is about.
pub fn amount(text: &str, of: impl FnOnce() -> Result<Currency, Problem>) -> Result<Amount, Problem> {
    match text.split_once(' ') {
        Some((figure, currency)) => Ok(Amount::parse(figure, currency.parse()?)?),
        None => Ok(Amount::parse(text, of()?)?),
    }
}

/// An amount that is about nothing that has a currency.
pub fn amount_with_currency(text: &str) -> Result<Amount, Problem> {
    let unsaid = || Problem::usage(&format!("{text:?} does not say its currency, as \"20.00 EUR\" does"));
    amount(text, || Err(unsaid()))
}

/// As [`amount`], where one is given.
pub fn amount_if_given(
    text: Option<&str>,
    of: impl FnOnce() -> Result<Currency, Problem>,
) -> Result<Option<Amount>, Problem> {
    text.map(|text| amount(text, of)).transpose()
}

/// `CAUSE=AMOUNT`, each in the currency of its cause.
pub fn designations(ledger: &Ledger, texts: &[String]) -> Result<Vec<Designation>, Problem> {
    designations_in(ledger, texts, None)
}

/// `CAUSE=AMOUNT`, all in one currency, or each in that of its cause.
pub fn designations_in(
    ledger: &Ledger,
    texts: &[String],
    currency: Option<Currency>,
) -> Result<Vec<Designation>, Problem> {
    let designation = |text: &String| {
        let malformed =
            || Problem::Plain(format!("{text:?} is not of the form CAUSE=AMOUNT, such as water=20.00"));
        let (name, figure) = text.rsplit_once('=').ok_or_else(malformed)?;
        let cause = find_cause(ledger, name)?;
        let amount = amount(figure, || currency.map_or_else(|| currency_of_cause(ledger, cause), Ok))?;
        Ok(Designation { cause, amount })
    };
    texts.iter().map(designation).collect()
}

/// The currency of a cause.
pub fn currency_of_cause(ledger: &Ledger, cause: CauseId) -> Result<Currency, Problem> {
    Ok(ledger.cause(cause)?.ok_or(Rejection::UnknownCause { cause })?.currency)
}

/// The currency of a gift: once it is paid, that of its causes.
pub fn currency_of_gift(ledger: &Ledger, donation: DonationId) -> Result<Currency, Problem> {
    let life = ledger.gift_life(donation)?.ok_or(Rejection::UnknownDonation { donation })?;
    let meant = || Some(life.begun.as_ref()?.gift.designations.first()?.amount.currency());
    Ok(life.currency.or_else(meant).ok_or(Rejection::UnknownDonation { donation })?)
}

/// The currency of the gift that a payment is to collect.
pub fn currency_of_payment(ledger: &Ledger, payment: PaymentId) -> Result<Currency, Problem> {
    let gift = ledger.donation_of_payment(payment)?;
    currency_of_gift(ledger, gift.ok_or(Rejection::UnknownPayment { payment })?)
}
