//! The command that corrects.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::money::{Adjust, Donate, EntryKind, Reallocate, Refund};
use crate::giving::correction::{CorrectionReason, WhyNothing};
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::{AdjustmentId, DonationId, ReallocationId, RefundId};

/// An entry that is wrong in the books, by the id of what it records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
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

/// What takes the place of a wrong entry, by the rules of its own command and with its key; it may be of another
/// kind. Without a day it has that of the wrong entry. The status of causes does not matter: the money came in before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Right {
    /// Nothing.
    Nothing {
        /// One per act.
        key: String,
        /// Why; it is recorded.
        why: WhyNothing,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct Correct {
    /// What is wrong.
    pub wrong: Wrong,
    /// What is right; it has the key.
    pub right: Right,
    /// The day of the reversing entry; without one, that of the wrong entry. The right one has a day of its own.
    pub reversed_on: Option<Date>,
    /// Whether either day may be of a closed period.
    #[serde(default)]
    pub entry: EntryKind,
}

impl Right {
    /// The key of the correction.
    pub fn key(&self) -> &str {
        match self {
            Self::Nothing { key, .. } => key,
            Self::Donation(right) => &right.key,
            Self::Refund(right) => &right.key,
            Self::Adjustment(right) => &right.key,
            Self::Reallocation(right) => &right.key,
        }
    }

    /// Why the wrong entry is taken back.
    pub(crate) fn reason(&self) -> CorrectionReason {
        match self {
            Self::Nothing { why, .. } => (*why).into(),
            Self::Donation(_) | Self::Refund(_) | Self::Adjustment(_) | Self::Reallocation(_) => {
                CorrectionReason::EnteredWrongly
            }
        }
    }

    /// The same with a day, where it has none.
    #[must_use]
    pub(crate) fn on_or(mut self, day: Date) -> Self {
        match &mut self {
            Self::Nothing { .. } => {}
            Self::Donation(right) => right.occurred_on = right.occurred_on.or(Some(day)),
            Self::Refund(right) => right.occurred_on = right.occurred_on.or(Some(day)),
            Self::Adjustment(right) => right.occurred_on = right.occurred_on.or(Some(day)),
            Self::Reallocation(right) => right.occurred_on = right.occurred_on.or(Some(day)),
        }
        self
    }

    /// Its day, where it has one.
    pub(crate) fn occurred_on(&self) -> Option<Date> {
        match self {
            Self::Nothing { .. } => None,
            Self::Donation(right) => right.occurred_on,
            Self::Refund(right) => right.occurred_on,
            Self::Adjustment(right) => right.occurred_on,
            Self::Reallocation(right) => right.occurred_on,
        }
    }
}
