//! Donations: one act of giving by one donor, to one or more causes, with an optional tip.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::accounting::account::AccountName;
use crate::vocabulary::ids::{CauseId, SuspenseId};
use crate::vocabulary::money::{Amount, Currency};

/// The donor's choice: this much for this cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct Designation {
    /// The cause.
    pub cause: CauseId,
    /// How much, in the cause's currency.
    pub amount: Amount,
}

/// How the money came in, which says where it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Method {
    /// Cash, cheque or transfer, received at `assets:bank:<bank>`.
    Offline {
        /// The bank account or till: 1 to 40 of a-z, 0-9 and hyphens.
        bank: String,
    },
    /// Taken from another system's records: `assets:imported`.
    Imported,
    /// Collected by a provider outside this ledger and already at `assets:bank:<bank>`.
    CapturedElsewhere {
        /// The bank account: 1 to 40 of a-z, 0-9 and hyphens.
        bank: String,
    },
    /// Captured at a payment processor, which has it still: `assets:processor:<processor>:pending`.
    Processor {
        /// The account at the processor: 1 to 40 of a-z, 0-9 and hyphens.
        processor: String,
    },
    /// Captured at a processor in another currency than the causes', and exchanged there.
    Exchanged {
        /// The account at the processor.
        processor: String,
        /// What the donor gave, in the donor's currency.
        given: Amount,
    },
    /// Money that had come in without being known as a gift: `liabilities:suspense:unidentified`.
    Identified {
        /// Which.
        item: SuspenseId,
    },
}

impl Method {
    /// The account that holds the money.
    pub fn money_account(&self) -> AccountName {
        match self {
            Self::Offline { bank } | Self::CapturedElsewhere { bank } => {
                AccountName::Bank { bank: bank.clone() }
            }
            Self::Imported => AccountName::Imported,
            Self::Processor { processor } | Self::Exchanged { processor, .. } => {
                AccountName::ProcessorPending { processor: processor.clone() }
            }
            Self::Identified { .. } => AccountName::Unidentified,
        }
    }

    /// The account at a processor that captured it, and gives it back.
    pub fn processor(&self) -> Option<&str> {
        match self {
            Self::Processor { processor } | Self::Exchanged { processor, .. } => Some(processor),
            Self::Offline { .. }
            | Self::Imported
            | Self::CapturedElsewhere { .. }
            | Self::Identified { .. } => None,
        }
    }
}

/// Who bears the processor's fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum FeeBearer {
    /// The parts of the gift in proportion, the tip included.
    #[default]
    Causes,
    /// The platform.
    Platform,
}

/// Whether the public may see who gave. A property of the gift, not of the donor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// The donor may be named.
    #[default]
    Public,
    /// The donor must not be named.
    Anonymous,
}

/// Who receives a part of a donation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Beneficiary {
    /// A cause.
    Cause {
        /// The cause.
        cause: CauseId,
    },
    /// The platform, by a tip.
    Platform,
}

/// One part of a donation and what has become of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct DonationPart {
    /// Who received it.
    pub beneficiary: Beneficiary,
    /// What was given, in minor units.
    pub given_minor: u64,
    /// What was given back so far, in minor units.
    pub refunded_minor: u64,
    /// What the donor's bank took back by disputes that were lost. With what was given back, never more than was given.
    pub disputed_minor: u64,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl DonationPart {
    /// What can still be given back.
    pub fn refundable_minor(&self) -> u64 {
        self.given_minor.saturating_sub(self.refunded_minor).saturating_sub(self.disputed_minor)
    }
}

/// The parts of a gift: one for each designation, in order, and one for the tip.
pub fn parts_of(
    designations: &[Designation],
    tip: Option<Amount>,
) -> impl Iterator<Item = DonationPart> + '_ {
    let part = |beneficiary, amount: Amount| DonationPart {
        beneficiary,
        given_minor: amount.minor().unsigned_abs(),
        refunded_minor: 0,
        disputed_minor: 0,
    };
    let to_causes =
        designations.iter().map(move |to| part(Beneficiary::Cause { cause: to.cause }, to.amount));
    to_causes.chain(tip.map(move |tip| part(Beneficiary::Platform, tip)))
}

/// A minor-unit amount as an `Amount`; `None` for zero or beyond the limit.
pub fn amount_of(minor: u64, currency: Currency) -> Option<Amount> {
    Amount::from_minor(i64::try_from(minor).ok()?, currency).ok()
}
