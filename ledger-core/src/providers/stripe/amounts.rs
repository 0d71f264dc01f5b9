//! Amounts as Stripe writes them: in its own smallest units, which for some currencies are not those of ISO 4217
//! (docs.stripe.com/currencies).

use crate::vocabulary::money::{Amount, Currency};

/// Currencies whose amounts Stripe writes without decimals, although some have them.
const WITHOUT_DECIMALS: [&str; 15] =
    ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"];

/// Currencies whose amounts Stripe writes with three decimals.
const WITH_THREE_DECIMALS: [&str; 5] = ["BHD", "JOD", "KWD", "OMR", "TND"];

/// How many decimals Stripe's amounts of a currency have: two, unless it says otherwise. (It writes ISK and UGX, which have
/// none, with two that are always zero.)
fn decimals(currency: Currency) -> u32 {
    if WITHOUT_DECIMALS.contains(&currency.code()) {
        0
    } else if WITH_THREE_DECIMALS.contains(&currency.code()) {
        3
    } else {
        2
    }
}

/// An amount of Stripe's; none where it is not positive, or finer than the currency is.
pub(super) fn amount(units: i64, code: &str) -> Option<Amount> {
    let currency: Currency = code.to_uppercase().parse().ok()?;
    let (theirs, ours) = (decimals(currency), currency.minor_digits());
    let minor = match theirs.checked_sub(ours) {
        Some(finer) => {
            let scale = 10_i64.checked_pow(finer)?;
            (units.checked_rem(scale)? == 0).then(|| units.checked_div(scale))??
        }
        None => units.checked_mul(10_i64.checked_pow(ours.checked_sub(theirs)?)?)?,
    };
    Amount::from_minor(minor, currency).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_stripe_are_minor_units_of_the_currency() {
        for (units, code, decimal) in [
            (10_500, "eur", Some("105.00")),
            (1_000, "jpy", Some("1000")),
            (1_000, "kwd", Some("1.000")),
            // Two decimals that are always zero, where ISO 4217 has none.
            (500, "isk", Some("5")),
            (500, "ugx", Some("5")),
            (501, "isk", None),
            // None, where ISO 4217 has two.
            (5, "mga", Some("5.00")),
            (100, "huf", Some("1.00")),
            (100, "twd", Some("1.00")),
            (0, "eur", None),
            (-5, "eur", None),
            (5, "xyz", None),
        ] {
            let found =
                amount(units, code).map(|amount| amount.currency().decimal_string(amount.minor().into()));
            assert_eq!(found.as_deref(), decimal, "{units} {code}");
        }
    }
}
