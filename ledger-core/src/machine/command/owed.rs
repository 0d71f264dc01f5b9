//! Commands about what causes owe, and what the platform gives back to them. Books of a platform only.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::giving::donation::Designation;
use crate::giving::policy::{CausePolicies, FeeGivenBack, SettledBy};
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::{CauseId, DonationId};
use crate::vocabulary::money::Amount;

/// Sets the policies of a cause, or those of all causes that have none of their own. They hold from then on; what was
/// recorded stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct SetCausePolicies {
    /// One per act.
    pub key: String,
    /// The cause; none for all that have no policies of their own.
    pub cause: Option<CauseId>,
    /// The policies.
    pub policies: CausePolicies,
}

/// Settles what a cause owes, all of it or some.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct SettleReceivable {
    /// One per act.
    pub key: String,
    /// The cause.
    pub cause: CauseId,
    /// How much: at most what it owes, and to set off, at most what is available to it.
    pub amount: Amount,
    /// How.
    pub by: SettledBy,
    /// The day; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
}

/// Gives causes back what they bore of the fees of a donation: the platform bears it from now on. What a cause owes is
/// settled with it first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct GiveBackFees {
    /// One per act.
    pub key: String,
    /// The donation.
    pub donation: DonationId,
    /// Which fee.
    pub fee: FeeGivenBack,
    /// How much to which cause of it, each cause once: at most what it bore and was not given back before.
    pub to: Vec<Designation>,
    /// The day; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
}
