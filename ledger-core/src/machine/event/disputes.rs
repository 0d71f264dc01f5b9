//! What happens to gifts that the donor's bank takes back.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::PartShare;
use crate::giving::dispute::{DisputeFeeFlow, DisputeState};
use crate::giving::donation::{Designation, Method};
use crate::giving::provider::MadeThere;
use crate::vocabulary::ids::{DisputeId, DonationId, DonorId};
use crate::vocabulary::money::Amount;

/// The donor's bank disputes a gift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct DisputeOpened {
    /// The new dispute.
    pub dispute: DisputeId,
    /// The donation.
    pub donation: DonationId,
    /// Who gave.
    pub donor: DonorId,
    /// How much is disputed.
    pub amount: Amount,
    /// How the money of the donation had come in, and is withdrawn.
    pub method: Method,
    /// An inquiry, or opened with money withdrawn.
    pub state: DisputeState,
    /// What causes cannot have until it is decided.
    pub held: Vec<Designation>,
    /// When it was made at the processor, where that told of it.
    pub made: Option<MadeThere>,
}

/// A dispute came further, or to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct DisputeChanged {
    /// The dispute.
    pub dispute: DisputeId,
    /// The donation.
    pub donation: DonationId,
    /// Who gave.
    pub donor: DonorId,
    /// How much is disputed.
    pub amount: Amount,
    /// How the money of the donation had come in.
    pub method: Method,
    /// Where it stood.
    pub from: DisputeState,
    /// Where it stands.
    pub to: DisputeState,
    /// What causes cannot have from now on, if money was withdrawn with it; what they could not have until now, if it is
    /// decided.
    pub held: Vec<Designation>,
    /// What each part loses, if it was lost. What is disputed beyond their sum was no more of the gift: the platform
    /// bears it.
    pub shares: Vec<PartShare>,
}

/// A processor charged for a dispute, or gave that back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct DisputeFeeBooked {
    /// The dispute.
    pub dispute: DisputeId,
    /// The donation.
    pub donation: DonationId,
    /// Who gave.
    pub donor: DonorId,
    /// How much.
    pub fee: Amount,
    /// Charged, or given back.
    pub flow: DisputeFeeFlow,
    /// How the money of the donation had come in.
    pub method: Method,
}
