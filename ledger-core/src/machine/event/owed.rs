//! What causes owe, and what the platform gives back to them.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::giving::donation::Designation;
use crate::giving::policy::{CausePolicies, FeeGivenBack, SettledBy};
use crate::vocabulary::ids::{CauseId, DonationId, DonorId};
use crate::vocabulary::money::Amount;

/// Policies hold from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CausePoliciesSet {
    /// Of which cause; none for all that have none of their own.
    pub cause: Option<CauseId>,
    /// The policies.
    pub policies: CausePolicies,
}

/// Who bears what was taken from a cause beyond what it had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum OverdraftBorneBy {
    /// The cause owes it.
    Cause,
    /// The platform does.
    Platform,
}

/// More was taken from a cause than it had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CauseOverdrawn {
    /// The cause.
    pub cause: CauseId,
    /// By how much.
    pub amount: Amount,
    /// Who bears it.
    pub borne_by: OverdraftBorneBy,
    /// The donation of which it was taken, where it was of one.
    pub donation: Option<DonationId>,
}

/// The platform bears less of what was taken of a donation: a cause was given that again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct OverdraftReturned {
    /// The donation.
    pub donation: DonationId,
    /// The cause, in whose place the platform had borne it.
    pub cause: CauseId,
    /// How much.
    pub amount: Amount,
}

/// What a cause owes was settled, all of it or some.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ReceivableSettled {
    /// The cause.
    pub cause: CauseId,
    /// How much.
    pub amount: Amount,
    /// How.
    pub by: SettledBy,
}

/// Causes were given back what they bore of a fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct FeesGivenBack {
    /// The donation.
    pub donation: DonationId,
    /// Who gave.
    pub donor: DonorId,
    /// Which fee.
    pub fee: FeeGivenBack,
    /// How much to which cause.
    pub to: Vec<Designation>,
}

/// What a cause has raised reached its goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct GoalReached {
    /// The cause.
    pub cause: CauseId,
    /// Its goal.
    pub goal: Amount,
}
