//! Commands about money that is not known to be anybody's gift.

use core::fmt;

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::giving::donation::{Designation, Method, Visibility};
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::{CauseId, DonorId, SuspenseId};
use crate::vocabulary::money::Amount;

/// Records money that came in and of which nobody knows whose gift it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct ReceiveUnidentified {
    /// One per receipt of money.
    pub key: String,
    /// How much.
    pub amount: Amount,
    /// Where it is.
    pub method: Method,
    /// The day; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
}

/// Records whose gift such money is, all of it or some: it is a donation from then on.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct Identify {
    /// One per gift.
    pub key: String,
    /// The money.
    pub item: SuspenseId,
    /// Who gave it.
    pub donor: DonorId,
    /// 1 to 100 causes, each once, in the currency of the money.
    pub designations: Vec<Designation>,
    /// Given to the platform on top.
    pub tip: Option<Amount>,
    /// The day of the gift; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
    /// Whether the public may see who gave.
    #[serde(default)]
    pub visibility: Visibility,
    /// The donor's words, at most 1,000 bytes; sealed at rest.
    pub memo: Option<String>,
}

/// The debug form shows no memo: commands end up in logs.
impl fmt::Debug for Identify {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identify")
            .field("key", &self.key)
            .field("item", &self.item)
            .field("donor", &self.donor)
            .field("designations", &self.designations)
            .field("tip", &self.tip)
            .finish_non_exhaustive()
    }
}

/// Records that such money went back to where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct ReturnUnidentified {
    /// One per act.
    pub key: String,
    /// The money.
    pub item: SuspenseId,
    /// How much: at most what is left of it.
    pub amount: Amount,
    /// The day; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
}

/// Gives a cause what was set aside of a gift, because the cause that it was meant for was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct ReleaseSetAside {
    /// One per act.
    pub key: String,
    /// What was set aside.
    pub item: SuspenseId,
    /// The cause: another one of the same currency, or the same after all.
    pub to: CauseId,
    /// How much: at most what is left of it.
    pub amount: Amount,
    /// The day; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
}
