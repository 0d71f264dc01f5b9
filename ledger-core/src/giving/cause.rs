//! Causes: what gifts are for.

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::vocabulary::date::Date;
use crate::vocabulary::money::Amount;

/// Whether a cause takes gifts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum CauseStatus {
    /// Takes gifts.
    #[default]
    Open,
    /// Takes none for now.
    Paused,
    /// Takes none any more.
    Closed,
}

/// What can be said of a cause and changed later. Its currency is fixed when it is opened.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct CauseDetails {
    /// Name, 1 to 200 bytes.
    pub name: String,
    /// Description, at most 4,000 bytes.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub description: Option<String>,
    /// The app's own id of the cause, at most 200 bytes; unique.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub external_id: Option<String>,
    /// How much is to be raised, in the cause's currency. Gifts beyond it are welcome.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub goal: Option<Amount>,
    /// First day on which gifts may be dated.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub opens_on: Option<Date>,
    /// Last day on which gifts may be dated.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub closes_on: Option<Date>,
}

/// The days on which gifts to a cause may be dated, both ends inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CauseDates {
    /// The first.
    pub opens_on: Option<Date>,
    /// The last.
    pub closes_on: Option<Date>,
}

impl CauseDetails {
    /// The days on which gifts may be dated.
    pub fn dates(&self) -> CauseDates {
        CauseDates { opens_on: self.opens_on, closes_on: self.closes_on }
    }
}

impl CauseDates {
    /// Whether a gift may be dated on this day.
    pub fn accept(&self, day: Date) -> bool {
        self.opens_on.is_none_or(|first| first <= day) && self.closes_on.is_none_or(|last| day <= last)
    }
}
