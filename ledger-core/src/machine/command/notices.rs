//! Commands about notices.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Says that a consumer has dealt with all notices up to a record. Nothing is recorded where that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct AcknowledgeNotices {
    /// Who: 1 to 40 bytes. A consumer begins with its first acknowledgment.
    pub consumer: String,
    /// The last record whose notices it has dealt with.
    pub through: u64,
}
