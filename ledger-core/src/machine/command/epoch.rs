//! The command that says who writes from now on.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Begins a new epoch: who writes from now on is another than before. Recorded when a copy takes the place of its
/// source, so that nobody who has seen it follows the writer of before.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct BeginEpoch {
    /// Makes a repeat harmless.
    pub key: Option<String>,
}
