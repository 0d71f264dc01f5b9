//! What several events are made of.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::accounting::account::{Account, Side};
use crate::giving::donation::{Beneficiary, Designation};
use crate::vocabulary::money::Amount;

/// What one part of a donation gives back, and has given back with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RefundedPart {
    /// Whose part.
    pub beneficiary: Beneficiary,
    /// What this refund takes, in minor units; may be 0.
    pub share_minor: u64,
    /// What all refunds so far took, this one included.
    pub refunded_minor: u64,
}

/// An account of revenue or expenses that a closing brings to zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ClosedAccount {
    /// The account.
    pub account: Account,
    /// The side on which it is posted to come to zero.
    pub side: Side,
    /// How much, in minor units.
    pub amount_minor: u64,
    /// The account of net assets that takes it.
    pub into: Account,
}

/// The share of a part of a donation, in a fee or a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PartShare {
    /// Whose part.
    pub beneficiary: Beneficiary,
    /// How much, in minor units, at least 1.
    pub share_minor: u64,
}

/// What a donor means to give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct MeantGift {
    /// To which causes.
    pub designations: Vec<Designation>,
    /// To the platform on top.
    pub tip: Option<Amount>,
}
