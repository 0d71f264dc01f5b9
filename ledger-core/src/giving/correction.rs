//! Corrections: why an entry is taken back.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Why an entry is taken back and nothing put in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum WhyNothing {
    /// It is in the book twice.
    EnteredTwice,
    /// It never happened.
    NeverHappened,
}

/// Why an entry was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum CorrectionReason {
    /// It happened otherwise: another amount, cause, donor, day or account. The right entry is in its place.
    EnteredWrongly,
    /// It was in the book twice.
    EnteredTwice,
    /// It never happened.
    NeverHappened,
}

impl From<WhyNothing> for CorrectionReason {
    fn from(why: WhyNothing) -> Self {
        match why {
            WhyNothing::EnteredTwice => Self::EnteredTwice,
            WhyNothing::NeverHappened => Self::NeverHappened,
        }
    }
}

impl CorrectionReason {
    /// The word used in exports.
    pub fn word(self) -> &'static str {
        match self {
            Self::EnteredWrongly => "entered_wrongly",
            Self::EnteredTwice => "entered_twice",
            Self::NeverHappened => "never_happened",
        }
    }
}
