//! No float becomes an amount.
use ledger_core::{Amount, Currency};

fn float(currency: Currency) -> Amount {
    Amount::from_decimal(0.1, currency).unwrap()
}

fn main() {}
