//! Commands about gifts that the donor's bank takes back.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::giving::dispute::{DisputeBegins, DisputeFeeFlow, DisputeReport};
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::{DisputeId, DonationId};
use crate::vocabulary::money::Amount;

/// Records that the donor's bank disputes a gift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct OpenDispute {
    /// One per dispute.
    pub key: String,
    /// The donation.
    pub donation: DonationId,
    /// How much, in the currency of the donation: may be less than the gift, or more.
    pub amount: Amount,
    /// With money withdrawn, or as a question first.
    pub begins: DisputeBegins,
    /// What the processor charges for it, where that is known; otherwise see [`BookDisputeFee`].
    pub fee: Option<Amount>,
    /// The day; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
}

/// Records what was learned of a dispute. What is known already changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct ReportDispute {
    /// One per report.
    pub key: String,
    /// The dispute.
    pub dispute: DisputeId,
    /// What was learned.
    pub report: DisputeReport,
    /// The day; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
}

/// Books what a processor charges for a dispute, or gives back of it. The platform bears it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct BookDisputeFee {
    /// One per fee.
    pub key: String,
    /// The dispute.
    pub dispute: DisputeId,
    /// How much.
    pub fee: Amount,
    /// Charged, or given back.
    pub flow: DisputeFeeFlow,
    /// The day; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
}
