//! Commands about donors and causes.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::giving::cause::{CauseDetails, CauseStatus};
use crate::giving::donor::{DonorKind, DonorProfile, DonorStanding, ErasureReason};
use crate::vocabulary::ids::{CauseId, DonorId};
use crate::vocabulary::money::Currency;

/// Registers a donor.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct RegisterDonor {
    /// Makes a repeat harmless: 1 to 200 bytes, one per act of the user. Never put personal data in it.
    pub key: Option<String>,
    /// Person or organisation.
    #[serde(default)]
    pub kind: DonorKind,
    /// Registered, guest or anonymous.
    #[serde(default)]
    pub standing: DonorStanding,
    /// What is known; must be empty for an anonymous donor.
    #[serde(default)]
    pub profile: DonorProfile,
}

/// Replaces what is known of a donor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct UpdateDonor {
    /// Makes a repeat harmless.
    pub key: Option<String>,
    /// The donor.
    pub donor: DonorId,
    /// The whole profile from now on.
    pub profile: DonorProfile,
}

/// Destroys the key of a donor's personal data: profile, external id, memos. Money, totals and proofs stay. Of a
/// merged donor it destroys those of every id: they are one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct EraseDonor {
    /// Makes a repeat harmless.
    pub key: Option<String>,
    /// The donor.
    pub donor: DonorId,
    /// Why; it is recorded.
    pub reason: ErasureReason,
}

/// Makes two donors one: from now on both ids mean the one that is kept. Nothing that was recorded changes, and
/// what is recorded later for the other id stays that id's own, so the merge can be undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct MergeDonors {
    /// Makes a repeat harmless.
    pub key: Option<String>,
    /// The donor that both ids mean from now on. Of one that is merged itself, the one that it means.
    pub keep: DonorId,
    /// The donor whose id becomes another name.
    pub gone: DonorId,
}

/// Undoes a merge: the donor is on its own again, with all that was recorded for its id before and since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct UndoMerge {
    /// Makes a repeat harmless.
    pub key: Option<String>,
    /// The donor that was merged into another.
    pub gone: DonorId,
}

/// Opens a cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct OpenCause {
    /// Makes a repeat harmless.
    pub key: Option<String>,
    /// The one currency in which it takes gifts, for ever.
    pub currency: Currency,
    /// What is said of it.
    pub details: CauseDetails,
}

/// Replaces what is said of a cause, and its status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct UpdateCause {
    /// Makes a repeat harmless.
    pub key: Option<String>,
    /// The cause.
    pub cause: CauseId,
    /// All that is said of it from now on.
    pub details: CauseDetails,
    /// Open, paused or closed.
    pub status: CauseStatus,
}
