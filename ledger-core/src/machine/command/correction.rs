//! The command that corrects.

use serde::{Deserialize, Serialize};

use super::money::{Adjust, Donate, EntryKind, Reallocate, Refund};
use crate::giving::correction::CorrectionReason;
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::{AdjustmentId, DonationId, ReallocationId, RefundId};

/// An entry that is wrong in the books, by the id of what it records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Wrong {
    /// A donation of which nothing was given back.
    Donation {
        /// Which.
        donation: DonationId,
    },
    /// A refund.
    Refund {
        /// Which.
        refund: RefundId,
    },
    /// An adjustment.
    Adjustment {
        /// Which.
        adjustment: AdjustmentId,
    },
    /// A reallocation.
    Reallocation {
        /// Which.
        reallocation: ReallocationId,
    },
}

/// What takes the place of a wrong entry, by the rules of its own command and with its key. The status of causes
/// does not matter: the money came in before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Right {
    /// Nothing: it is there twice, or never happened.
    Nothing {
        /// One per act.
        key: String,
    },
    /// A gift.
    Donation(Donate),
    /// A refund.
    Refund(Refund),
    /// An adjustment.
    Adjustment(Adjust),
    /// A reallocation.
    Reallocation(Reallocate),
}

/// Takes an entry back and puts the right one in its place, in one record. Nothing is edited: the wrong entry
/// stays, and the reversing one names its record. Totals become those of a book that had it right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correct {
    /// What is wrong.
    pub wrong: Wrong,
    /// What is right; it has the key.
    pub right: Right,
    /// Why; it is recorded.
    pub reason: CorrectionReason,
    /// The day of the reversing entry; without one, that of the wrong entry. The right one has its own.
    pub reversed_on: Option<Date>,
    /// Whether these days may be of a closed period.
    pub entry: EntryKind,
}

impl Right {
    /// The key of the correction.
    pub fn key(&self) -> &str {
        match self {
            Self::Nothing { key } => key,
            Self::Donation(right) => &right.key,
            Self::Refund(right) => &right.key,
            Self::Adjustment(right) => &right.key,
            Self::Reallocation(right) => &right.key,
        }
    }
}
