//! Policies: what an app decides once about causes that owe money, and about money for causes that are closed.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::vocabulary::ids::CauseId;

/// What happens when more is taken from a cause than it has: a gift is given back, or lost to a dispute, after the cause
/// was paid out.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, Encode, Decode,
)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NegativeCause {
    /// What is available to it goes below zero, and its next gifts fill that up first. Nothing else is posted.
    #[default]
    RecoverFromNextGifts,
    /// The cause owes it: it is moved to `assets:receivable:cause:<cause>`, and the next gifts are the cause's in full.
    AllowAsReceivable,
    /// A refund, a fee of the platform or a reallocation that would do it is refused (3032). What a bank or a processor
    /// did cannot be refused, and becomes a receivable.
    Block,
    /// The platform bears it: it is moved to `expenses:bad-debt:causes`.
    AbsorbByPlatform,
}

impl NegativeCause {
    /// Every policy.
    pub const ALL: [Self; 4] =
        [Self::RecoverFromNextGifts, Self::AllowAsReceivable, Self::Block, Self::AbsorbByPlatform];

    /// The word for it, as JSON has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::RecoverFromNextGifts => "recover_from_next_gifts",
            Self::AllowAsReceivable => "allow_as_receivable",
            Self::Block => "block",
            Self::AbsorbByPlatform => "absorb_by_platform",
        }
    }
}

/// Where the money of a payment goes that was begun while a cause was open and is captured after it was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum ClosedCause {
    /// To the cause, as it was meant.
    #[default]
    TakeAnyway,
    /// Aside, to `liabilities:suspense:unidentified`, until somebody decides.
    SetAside,
    /// To another cause of the same currency.
    PassTo {
        /// Which.
        cause: CauseId,
    },
}

/// The policies of a cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct CausePolicies {
    /// When it would have less than nothing.
    pub on_negative: NegativeCause,
    /// When money comes after it was closed.
    pub on_closed: ClosedCause,
}

/// How what a cause owes is settled.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum SettledBy {
    /// The cause paid it to a bank account of ours.
    Repayment {
        /// Which: 1 to 40 of a-z, 0-9 and hyphens.
        bank: String,
    },
    /// It is set off against what is available to the cause.
    SetOff,
    /// It will not be paid: `expenses:bad-debt:causes`.
    WriteOff,
}

/// Which fee is given back to causes.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode,
)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum FeeGivenBack {
    /// That of the processor, which keeps it; the platform bears it from now on: `expenses:processor:cover`.
    OfProcessor,
    /// The platform's own: `income:platform:fees`.
    OfPlatform,
}
