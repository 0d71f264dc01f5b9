//! Commands that move money, and the closing of periods.

use core::fmt;

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::giving::adjustment::AdjustmentReason;
use crate::giving::donation::{Designation, FeeBearer, Method, Visibility};
use crate::giving::donor::DonorKind;
use crate::giving::refund::RefundScope;
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::{CauseId, DonationId, DonorId};
use crate::vocabulary::money::{Amount, Currency};

/// Records a gift that has been received: all causes of it, or none.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct Donate {
    /// One per act of giving, 1 to 200 bytes: the same key never takes money twice.
    pub key: String,
    /// Who gives.
    pub donor: DonorId,
    /// 1 to 100 causes, each once, all in one currency.
    pub designations: Vec<Designation>,
    /// Given to the platform on top.
    pub tip: Option<Amount>,
    /// What the processor kept of the whole.
    pub fee: Option<Amount>,
    /// Who bears the fee.
    #[serde(default)]
    pub fee_bearer: FeeBearer,
    /// How the money came in.
    pub method: Method,
    /// The day of the gift; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
    /// Whether the public may see who gave.
    #[serde(default)]
    pub visibility: Visibility,
    /// The donor's words, at most 1,000 bytes; sealed at rest.
    pub memo: Option<String>,
}

/// Gives back all or some of a donation.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct Refund {
    /// One per act of refunding.
    pub key: String,
    /// The donation.
    pub donation: DonationId,
    /// Everything, an amount, or chosen causes.
    pub scope: RefundScope,
    /// The day of the refund; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
    /// Why, at most 1,000 bytes; sealed at rest.
    pub memo: Option<String>,
}

/// Whether an entry may be dated into a period that is closed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, Encode, Decode,
)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// It may not.
    #[default]
    Ordinary,
    /// It may: an accountant's adjusting entry. The next closing takes it along.
    Adjusting,
}

/// Records money that came or went without a known gift.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct Adjust {
    /// One per adjustment.
    pub key: String,
    /// Whose giving it changes.
    pub donor: DonorId,
    /// Whose money it changes.
    pub cause: CauseId,
    /// How much; the reason says which way.
    pub amount: Amount,
    /// Why.
    pub reason: AdjustmentReason,
    /// Where the money went or came from.
    pub method: Method,
    /// The day; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
    /// Whether the day may be one of a closed period.
    #[serde(default)]
    pub entry: EntryKind,
    /// More words, at most 1,000 bytes; sealed at rest.
    pub memo: Option<String>,
}

/// Moves money from one cause to another: no new gift, no donor's figure changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct Reallocate {
    /// One per act.
    pub key: String,
    /// The cause that gives it up.
    pub from: CauseId,
    /// The cause that receives it, of the same currency.
    pub to: CauseId,
    /// How much.
    pub amount: Amount,
    /// The day; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
    /// Whether the day may be one of a closed period.
    #[serde(default)]
    pub entry: EntryKind,
}

/// Closes all days up to one that is over: revenue and expenses go to net assets, and later entries on these
/// days are refused, adjusting ones aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct ClosePeriod {
    /// One per act.
    pub key: String,
    /// The last day of the period, before the UTC day of recording. All earlier days are closed with it.
    pub through: Date,
}

/// What a row of another system's records amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum RecordedAs {
    /// A gift, posted as `Donate`.
    Gift,
    /// Money moved without a known gift, posted as `Adjust`.
    Adjustment {
        /// Why.
        reason: AdjustmentReason,
    },
    /// Nothing moved: the donor and the cause are made known, no more.
    Nothing,
}

/// Takes over one row of another system: donor and cause by their external ids, registered if unknown,
/// in the same commit as the money. Goes through the rules of `Donate` and `Adjust`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct TakeOver {
    /// One per row, the same whenever the row is read again.
    pub key: String,
    /// What the row amounts to.
    pub recorded_as: RecordedAs,
    /// The donor's id in the other system.
    pub donor_external_id: String,
    /// What the donor is, where it has to be registered.
    pub donor_kind: DonorKind,
    /// The donor's name, where it has to be registered.
    pub donor_name: Option<String>,
    /// The cause's id in the other system.
    pub cause_external_id: String,
    /// The cause's name, where it has to be opened; without one, the external id.
    pub cause_name: Option<String>,
    /// The currency of the row.
    pub currency: Currency,
    /// How much; none for `Nothing`.
    pub amount: Option<Amount>,
    /// The day of the row.
    pub occurred_on: Option<Date>,
    /// More words, sealed at rest.
    pub memo: Option<String>,
}

/// The debug forms show no memo, no name and no external id: commands end up in logs.
macro_rules! debug_without_personal_fields {
    ($($name:ident { $($field:ident),* })*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name))$(.field(stringify!($field), &self.$field))*.finish_non_exhaustive()
            }
        }
    )*};
}

debug_without_personal_fields! {
    Donate { key, donor, designations, tip, fee, fee_bearer, method, occurred_on, visibility }
    Refund { key, donation, scope, occurred_on }
    Adjust { key, donor, cause, amount, reason, method, occurred_on, entry }
    TakeOver { key, recorded_as, donor_kind, cause_external_id, currency, amount, occurred_on }
}
