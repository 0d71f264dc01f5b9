//! An amount cannot be made around its checks.
use ledger_core::{Amount, Currency};

fn nothing(currency: Currency) -> Amount {
    Amount { minor: 0, currency }
}

fn main() {}
