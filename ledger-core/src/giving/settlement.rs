//! What a processor accounts for as it pays out.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// A line of a processor's account of a settlement, in the currency of the settlement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct SettlementLine {
    /// Its id at the processor, 1 to 100 bytes: a line is in one settlement, once, for ever.
    pub id: String,
    /// The payment, refund or dispute that it is about, by its id at the processor, 1 to 100 bytes; none where it is about none.
    pub about: Option<String>,
    /// What came to us with it in minor units, before fees; less than nothing where it was taken from us.
    pub gross_minor: i64,
    /// What the processor kept with it, in minor units; less than nothing where it gave a fee back.
    pub fee_minor: i64,
}

impl SettlementLine {
    /// What it adds to the settlement, in minor units; none beyond 64 bits.
    pub fn net_minor(&self) -> Option<i64> {
        self.gross_minor.checked_sub(self.fee_minor)
    }
}
