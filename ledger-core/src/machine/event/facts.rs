//! What a payment provider says, and what becomes of it.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::PartShare;
use crate::giving::donation::Designation;
use crate::giving::provider::{MadeThere, ProviderFact, ProviderTarget};
use crate::vocabulary::ids::{DisputeId, DonationId, DonorId, RefundId, SettlementId};
use crate::vocabulary::money::{Amount, Currency};

/// It is known what an object of a provider is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ObjectAttached {
    /// The account at the processor.
    pub processor: String,
    /// The object, by its id there.
    pub object: String,
    /// What it is.
    pub to: ProviderTarget,
    /// The donation that it is about, if it is about one.
    pub donation: Option<DonationId>,
}

/// A fact came before what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct FactParked {
    /// The account at the processor.
    pub processor: String,
    /// The object that it waits for.
    pub waits_for: String,
    /// What was said.
    pub fact: ProviderFact,
}

/// Facts that waited for an object are looked at again: what follows in the record is what became of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct FactsTakenUp {
    /// The account at the processor.
    pub processor: String,
    /// The object.
    pub object: String,
    /// How many.
    pub count: u64,
}

/// A fact that cannot be: somebody has to look at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct FactRefused {
    /// The account at the processor.
    pub processor: String,
    /// The number of the error.
    pub code: u16,
    /// What was said.
    pub fact: ProviderFact,
}

/// A processor gave back all or some of a gift, and was not asked by us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RefundLearned {
    /// The new refund.
    pub refund: RefundId,
    /// The donation.
    pub donation: DonationId,
    /// Who gets the money.
    pub donor: DonorId,
    /// How much.
    pub amount: Amount,
    /// What each part gives back. What is given back beyond their sum was no more of the gift: the platform bears it.
    pub shares: Vec<PartShare>,
    /// When it was made there.
    pub made: MadeThere,
}

/// Something that takes from a gift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Taking {
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
}

/// What something takes, divided anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Redivided {
    /// What takes it.
    pub taking: Taking,
    /// What each part gave until now.
    pub before: Vec<PartShare>,
    /// What each part gives.
    pub after: Vec<PartShare>,
}

/// What is held of causes for a dispute, decided anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct HeldAnew {
    /// The dispute.
    pub dispute: DisputeId,
    /// What was held until now.
    pub before: Vec<Designation>,
    /// What is held.
    pub after: Vec<Designation>,
}

/// What a processor did by itself is divided as if it had been learned in the order in which it was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TakingsRedivided {
    /// The donation.
    pub donation: DonationId,
    /// Who gave.
    pub donor: DonorId,
    /// The currency of it.
    pub currency: Currency,
    /// What is taken otherwise than before.
    pub takings: Vec<Redivided>,
    /// What is held otherwise than before.
    pub held: Vec<HeldAnew>,
}

/// A settlement did not arrive, or came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SettlementReturned {
    /// The settlement.
    pub settlement: SettlementId,
    /// The account at the processor, which has the money again.
    pub processor: String,
    /// What the processor calls it.
    pub object: String,
    /// The bank account.
    pub bank: String,
    /// How much.
    pub amount: Amount,
}

/// A consumer of notices has dealt with all up to a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct NoticesAcknowledged {
    /// Who.
    pub consumer: String,
    /// The last record.
    pub through: u64,
}
