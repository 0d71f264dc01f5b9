//! The currencies of the crate that we rely on, against the list of ISO 4217 in `fixtures`.

#![allow(missing_docs, clippy::unwrap_used, reason = "a test")]

use ledger_core::{Currency, MoneyError};

/// Code and number of digits; none for codes that are no money to give (gold, `XXX`).
fn listed() -> Vec<(&'static str, Option<u32>)> {
    let lines = include_str!("../fixtures/iso4217_minor_units.csv").lines().skip(1);
    let row = |line: &'static str| {
        let mut fields = line.splitn(4, ',');
        (fields.next().unwrap(), fields.nth(1).unwrap().parse().ok())
    };
    lines.map(row).collect()
}

#[test]
fn every_listed_currency_has_its_digits_and_others_are_refused() {
    let listed = listed();
    assert_eq!(listed.len(), 178);
    for (code, digits) in &listed {
        let found: Result<Currency, MoneyError> = code.parse();
        assert_eq!(found.map(Currency::minor_digits).ok(), *digits, "{code}");
    }
    assert_eq!(listed.iter().filter(|(_, digits)| digits.is_none()).count(), 13);
}

/// Retired currencies stay readable: old books keep their entries.
#[test]
fn retired_currencies_are_known() {
    for code in ["BGN", "CUC", "HRK", "SLL", "ZWL"] {
        assert!(!listed().iter().any(|(listed, _)| *listed == code), "{code} is not retired");
        assert_eq!(code.parse::<Currency>().map(Currency::minor_digits), Ok(2));
    }
}
