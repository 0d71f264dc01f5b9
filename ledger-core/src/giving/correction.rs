//! Corrections: why an entry is taken back.

use serde::{Deserialize, Serialize};

/// Why an entry is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CorrectionReason {
    /// It happened otherwise: another amount, cause, donor, day or account.
    EnteredWrongly,
    /// It is in the book twice.
    EnteredTwice,
    /// It never happened.
    NeverHappened,
}

impl CorrectionReason {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::EnteredWrongly, Self::EnteredTwice, Self::NeverHappened];

    /// The word used on the command line and in exports.
    pub fn word(self) -> &'static str {
        match self {
            Self::EnteredWrongly => "entered_wrongly",
            Self::EnteredTwice => "entered_twice",
            Self::NeverHappened => "never_happened",
        }
    }
}
