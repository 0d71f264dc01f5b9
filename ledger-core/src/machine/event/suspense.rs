//! Money that is not known to be anybody's gift, and money that was exchanged.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::giving::donation::Method;
use crate::vocabulary::ids::{CauseId, DonationId, DonorId, ExchangeId, PaymentId, SuspenseId};
use crate::vocabulary::money::Amount;

/// Money came in of which nobody knows whose gift it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct UnidentifiedReceived {
    /// The money.
    pub item: SuspenseId,
    /// How much.
    pub amount: Amount,
    /// Where it is.
    pub method: Method,
    /// The payment that brought it, if one did: its donation was paid or given up before, or another amount was meant.
    pub payment: Option<PaymentId>,
    /// Who made that payment.
    pub donor: Option<DonorId>,
    /// What the processor calls what brought it, where that is another object than the payment's own: it collected twice.
    pub object: Option<String>,
}

/// Such money went back to where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct UnidentifiedReturned {
    /// The money.
    pub item: SuspenseId,
    /// How much.
    pub amount: Amount,
    /// Where it was.
    pub method: Method,
}

/// What a gift brought for a cause that was closed was set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct GiftSetAside {
    /// The money.
    pub item: SuspenseId,
    /// The donation.
    pub donation: DonationId,
    /// The cause.
    pub cause: CauseId,
    /// How much.
    pub amount: Amount,
}

/// A cause was given what had been set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SetAsideReleased {
    /// The money.
    pub item: SuspenseId,
    /// The cause.
    pub to: CauseId,
    /// How much.
    pub amount: Amount,
}

/// A closed cause was given again what had been taken of a part that was set aside: that is set aside again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SetAsideAgain {
    /// The money.
    pub item: SuspenseId,
    /// The cause.
    pub cause: CauseId,
    /// How much.
    pub amount: Amount,
}

/// A processor exchanged money that it holds for us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CurrencyExchanged {
    /// The new exchange.
    pub exchange: ExchangeId,
    /// The account at the processor.
    pub processor: String,
    /// What it gave up.
    pub from: Amount,
    /// What it received.
    pub to: Amount,
    /// The rate as the processor gave it.
    pub rate: Option<String>,
    /// The donation that was exchanged, if it was one.
    pub donation: Option<DonationId>,
}
