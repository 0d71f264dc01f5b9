//! Amounts as data: for people, and for programs.

use serde::{Deserialize, Serialize};

use super::{Amount, Currency, Figure};
use crate::vocabulary::named;

/// `{"amount": "12.30", "currency": "EUR"}`.
impl Serialize for Amount {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let currency = self.currency;
        if serializer.is_human_readable() {
            let amount = Figure(currency.decimal_string(self.minor.into()));
            ReadableAmount { amount, currency }.serialize(serializer)
        } else {
            CompactAmount { minor: self.minor, currency }.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = if deserializer.is_human_readable() {
            let ReadableAmount { amount: Figure(amount), currency } =
                ReadableAmount::deserialize(deserializer)?;
            Self::parse(&amount, currency)
        } else {
            let CompactAmount { minor, currency } = CompactAmount::deserialize(deserializer)?;
            Self::from_minor(minor, currency)
        };
        read.map_err(|error| named::refused(&error))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(
    rename = "Amount",
    deny_unknown_fields,
    expecting = "an amount, such as {\"amount\": \"25.00\", \"currency\": \"EUR\"}"
)]
struct ReadableAmount {
    amount: Figure,
    currency: Currency,
}

/// The same where nobody reads it.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Amount")]
struct CompactAmount {
    minor: i64,
    currency: Currency,
}
