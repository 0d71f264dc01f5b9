//! Commands about money that comes in one currency and goes on in another.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::vocabulary::date::Date;
use crate::vocabulary::ids::PaymentId;
use crate::vocabulary::money::Amount;

/// Records that a payment of a donation in a foreign currency was captured, and what the processor made of it in the
/// currency of the causes. They, and the tip, receive that in the proportions in which the donor gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct CaptureExchanged {
    /// One per report.
    pub key: String,
    /// The payment.
    pub payment: PaymentId,
    /// What the whole gift became, before fees.
    pub settled: Amount,
    /// The rate as the processor gave it, such as `0.92`: kept as it is, never calculated with.
    pub rate: Option<String>,
    /// What the processor keeps, in the currency of `settled`.
    pub fee: Option<Amount>,
    /// The day; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
}

/// Records that a processor exchanged money that it holds for us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct ExchangeMoney {
    /// One per exchange.
    pub key: String,
    /// The account at the processor.
    pub processor: String,
    /// What it gave up.
    pub from: Amount,
    /// What it received, in another currency.
    pub to: Amount,
    /// The rate as the processor gave it: kept as it is, never calculated with.
    pub rate: Option<String>,
    /// The day; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
}
