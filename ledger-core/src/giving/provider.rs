//! Facts of payment providers, in words that are no provider's own.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::dispute::DisputeState;
use super::payment::PaymentReport;
use super::refund::RefundReport;
use crate::vocabulary::ids::{DisputeId, DonationId, PaymentId, RefundId, SettlementId};
use crate::vocabulary::money::Amount;
use crate::vocabulary::time::Timestamp;

/// Something that a provider says of one of its objects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct ProviderFact {
    /// The object, by its id at the provider, 1 to 100 bytes. It is one thing here, for ever.
    pub object: String,
    /// What is said of it.
    pub says: FactSays,
}

/// What a provider says. Where another object is named, it is by its id at the provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum FactSays {
    /// A payment stands so.
    Payment {
        /// Our payment, where the provider was told of it.
        payment: Option<PaymentId>,
        /// How it stands.
        report: PaymentReport,
        /// How much was captured, where it was.
        captured: Option<Amount>,
    },
    /// A payment was captured and exchanged into the currency of the causes.
    Exchanged {
        /// The payment.
        of_payment: String,
        /// How much was captured, in the currency in which it was.
        captured: Option<Amount>,
        /// What it became, before fees.
        settled: Amount,
        /// The rate, as the provider gave it.
        rate: Option<String>,
    },
    /// A fee of a payment is known.
    Fee {
        /// The payment.
        of_payment: String,
        /// How much.
        fee: Amount,
    },
    /// A refund stands so.
    Refund {
        /// The payment.
        of_payment: String,
        /// Our refund, where the provider was told of it.
        refund: Option<RefundId>,
        /// How much.
        amount: Amount,
        /// How it stands.
        report: RefundReport,
        /// When it was made there.
        made_at: Timestamp,
    },
    /// A dispute stands so.
    Dispute {
        /// The payment.
        of_payment: String,
        /// How much is disputed.
        amount: Amount,
        /// How it stands.
        state: DisputeState,
        /// When it was made there.
        made_at: Timestamp,
    },
    /// What was charged for a dispute so far, and given back of that, is known.
    DisputeFee {
        /// What was charged in all.
        charged: Option<Amount>,
        /// What was given back in all.
        returned: Option<Amount>,
    },
    /// The provider paid out to a bank account of ours, or that came back.
    Settlement {
        /// The bank account.
        bank: String,
        /// How much.
        amount: Amount,
        /// Whether it arrived.
        outcome: SettlementOutcome,
    },
}

/// What became of a settlement.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum SettlementOutcome {
    /// It arrived.
    Paid,
    /// It did not arrive, or came back.
    Returned,
}

/// What an object of a provider is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum ProviderTarget {
    /// A payment.
    Payment {
        /// Which.
        payment: PaymentId,
    },
    /// A refund.
    Refund {
        /// Which.
        refund: RefundId,
    },
    /// A dispute.
    Dispute {
        /// Which.
        dispute: DisputeId,
    },
    /// A fee that was booked.
    Fee {
        /// Of which donation.
        donation: DonationId,
    },
    /// A settlement.
    Settlement {
        /// Which.
        settlement: SettlementId,
    },
}

/// Which of the refunds and disputes that were made at a provider comes first, in whatever order they are learned of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct MadeThere {
    /// When.
    pub at: Timestamp,
    /// Its id there, which decides where two were made at once.
    pub object: String,
}
