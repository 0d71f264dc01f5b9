//! Adjustments: money that came or went without a known gift, posted against a donor and a cause.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::accounting::account::Side;

/// Why money moved without a known gift. The reason says which way it moves and which total it enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AdjustmentReason {
    /// Money went back to the donor, for a gift that this ledger does not know.
    UnlinkedRefund,
    /// A refund was cancelled or never cashed: the money is the cause's again.
    VoidedRefund,
    /// A gift was redesignated or reattributed to this donor or cause: money comes in.
    RedesignatedIn,
    /// A gift was redesignated or reattributed away, or taken back in another system: money goes out.
    RedesignatedOut,
    /// The donor's bank took a gift back, in the records of another system.
    Chargeback,
}

/// The total that an adjustment enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TotalEntered {
    /// `refunded` grows.
    Refunded,
    /// `disputed` grows.
    Disputed,
    /// `adjusted` changes by the signed amount.
    Adjusted,
}

impl AdjustmentReason {
    /// Every reason.
    pub const ALL: [Self; 5] = [
        Self::UnlinkedRefund,
        Self::VoidedRefund,
        Self::RedesignatedIn,
        Self::RedesignatedOut,
        Self::Chargeback,
    ];

    /// The side on which the cause's account is posted: credit brings money to the cause.
    pub fn side_of_cause(self) -> Side {
        match self {
            Self::VoidedRefund | Self::RedesignatedIn => Side::Credit,
            Self::UnlinkedRefund | Self::RedesignatedOut | Self::Chargeback => Side::Debit,
        }
    }

    /// The total that it enters.
    pub fn total_entered(self) -> TotalEntered {
        match self {
            Self::UnlinkedRefund => TotalEntered::Refunded,
            Self::Chargeback => TotalEntered::Disputed,
            Self::VoidedRefund | Self::RedesignatedIn | Self::RedesignatedOut => TotalEntered::Adjusted,
        }
    }

    /// The word used on the command line and in exports.
    pub fn word(self) -> &'static str {
        match self {
            Self::UnlinkedRefund => "unlinked_refund",
            Self::VoidedRefund => "voided_refund",
            Self::RedesignatedIn => "redesignated_in",
            Self::RedesignatedOut => "redesignated_out",
            Self::Chargeback => "chargeback",
        }
    }
}
