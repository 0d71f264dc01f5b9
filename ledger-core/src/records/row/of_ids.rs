//! Rows of what has an id or a name of its own and is neither a donation nor an owner.

use bincode::{Decode, Encode};

use crate::machine::state::{ObjectFacts, PayoutFacts, SettlementFacts, SuspenseFacts};
use crate::vocabulary::ids::DonationId;

/// A payout.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct PayoutRow {
    /// The record that last changed it.
    pub seq: u64,
    /// What the rules know of it.
    pub facts: PayoutFacts,
}

/// Money that is not known to be anybody's gift.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct SuspenseRow {
    /// The record that last changed it.
    pub seq: u64,
    /// What the rules know of it.
    pub facts: SuspenseFacts,
}

/// The donation of a dispute, in whose row it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct DisputeRow {
    /// The record that opened it.
    pub seq: u64,
    /// The donation.
    pub donation: DonationId,
}

/// An object of a provider.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct ObjectRow {
    /// The record that last changed it.
    pub seq: u64,
    /// What the rules know of it.
    pub facts: ObjectFacts,
}

/// A consumer of notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct ConsumerRow {
    /// The record that last changed it.
    pub seq: u64,
    /// The last record whose notices it has dealt with.
    pub through: u64,
}

/// That the entries of a record were taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct ReversalRow {
    /// The record that did it.
    pub seq: u64,
}

/// A settlement.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct SettlementRow {
    /// The record that last changed it.
    pub seq: u64,
    /// What the rules know of it.
    pub facts: SettlementFacts,
}
