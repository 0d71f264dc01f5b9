//! Commands about what a payment provider says.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::giving::provider::{ProviderFact, ProviderTarget};
use crate::vocabulary::date::Date;

/// Takes in what a provider says: all facts of one of its events, in one record. Late, repeated and early ones do no harm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct IngestFacts {
    /// One per event of the provider.
    pub key: String,
    /// The account at the processor.
    pub processor: String,
    /// 1 to 100 facts.
    pub facts: Vec<ProviderFact>,
    /// The day; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
}

/// Says which object of a provider is a payment, a refund, a dispute or a settlement of ours, so that what the provider says of it
/// is not taken for another one. Facts that came before are taken up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct AttachObject {
    /// One per object.
    pub key: String,
    /// The object, by its id at the provider, 1 to 100 bytes.
    pub object: String,
    /// What it is.
    pub to: ProviderTarget,
}
