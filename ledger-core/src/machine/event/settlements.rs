//! What a settlement consists of.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::giving::settlement::SettlementLine;
use crate::vocabulary::ids::SettlementId;

/// A processor said what a settlement consists of, all of it or some.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SettlementLinesRecorded {
    /// The settlement.
    pub settlement: SettlementId,
    /// The account at the processor.
    pub processor: String,
    /// The lines.
    pub lines: Vec<SettlementLine>,
}
