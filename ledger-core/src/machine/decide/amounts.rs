//! Amounts in the currency in which they are needed.

use crate::giving::donation::{DonationPart, Method, amount_of};
use crate::machine::rejection::Rejection;
use crate::machine::state::DonationFacts;
use crate::vocabulary::money::{Amount, Currency, MoneyError};

pub(super) fn in_currency(amount: Amount, expected: Currency) -> Result<Amount, Rejection> {
    let found = amount.currency();
    if found == expected { Ok(amount) } else { Err(MoneyError::CurrencyMismatch { expected, found }.into()) }
}

/// What was counted before and one more are still an amount.
pub(super) fn check_sum(counted_minor: u64, more: Amount) -> Result<(), Rejection> {
    let sum = counted_minor.checked_add(more.minor().unsigned_abs());
    let fits = sum.is_some_and(|sum| i64::try_from(sum).is_ok());
    let too_large = MoneyError::TooLarge { currency: more.currency() };
    if fits { Ok(()) } else { Err(too_large.into()) }
}

/// An amount that a processor says of a gift, in the currency of the gift. Of one that was exchanged it may say what it is in
/// the donor's: that is as much of the gift as it is of what was given.
pub(super) fn of_gift(facts: &DonationFacts, amount: Amount) -> Result<Amount, Rejection> {
    match &facts.method {
        Method::Exchanged { given, .. } if amount.currency() == given.currency() => {
            let part = |part: &DonationPart| part.given_minor;
            let whole = facts.parts.iter().map(part).fold(0, u64::saturating_add);
            let share = nearest(amount.minor().unsigned_abs(), whole, given.minor().unsigned_abs());
            let too_large = || MoneyError::TooLarge { currency: facts.currency };
            Ok(share.and_then(|minor| amount_of(minor.max(1), facts.currency)).ok_or_else(too_large)?)
        }
        Method::Exchanged { .. }
        | Method::Offline { .. }
        | Method::Imported
        | Method::CapturedElsewhere { .. }
        | Method::Processor { .. }
        | Method::Identified { .. } => in_currency(amount, facts.currency),
    }
}

/// `amount * whole / given` to the nearest unit.
fn nearest(amount: u64, whole: u64, given: u64) -> Option<u64> {
    let (given, half) = (u128::from(given), u128::from(given).checked_div(2)?);
    let product = u128::from(amount).checked_mul(whole.into())?.checked_add(half)?;
    u64::try_from(product.checked_div(given)?).ok()
}
