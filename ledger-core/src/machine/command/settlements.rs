//! Commands about money that a processor pays out to us.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::giving::settlement::SettlementLine;
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::SettlementId;
use crate::vocabulary::money::Amount;

/// Records that a processor paid money out to a bank account of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct RecordSettlement {
    /// One per settlement.
    pub key: String,
    /// The account at the processor.
    pub processor: String,
    /// The bank account: 1 to 40 of a-z, 0-9 and hyphens.
    pub bank: String,
    /// How much arrived.
    pub amount: Amount,
    /// The day; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
}

/// Records what a processor says a settlement consists of. It posts nothing: what differs from the books is shown by
/// `reconcile_settlement`, and whoever knows why books it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct RecordSettlementLines {
    /// One per call.
    pub key: String,
    /// The settlement.
    pub settlement: SettlementId,
    /// 1 to 1,000 lines; a settlement of more has them in several calls.
    pub lines: Vec<SettlementLine>,
}
