//! Commands about the way of money: from the donor to the processor, from there to the bank, and on to the cause.

use core::fmt;

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::giving::donation::{Designation, FeeBearer, Visibility};
use crate::giving::payment::PaymentReport;
use crate::giving::payout::PayoutReport;
use crate::giving::refund::RefundReport;
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::{CauseId, DonationId, DonorId, PaymentId, PayoutId, RefundId};
use crate::vocabulary::money::Amount;

/// Begins a gift that is still to be paid. Nothing is posted before a payment of it is captured.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct BeginDonation {
    /// One per act of giving, 1 to 200 bytes.
    pub key: String,
    /// Who gives.
    pub donor: DonorId,
    /// 1 to 100 causes, each once, all in one currency.
    pub designations: Vec<Designation>,
    /// Given to the platform on top.
    pub tip: Option<Amount>,
    /// Who bears the fees of the processor.
    #[serde(default)]
    pub fee_bearer: FeeBearer,
    /// Whether the public may see who gave.
    #[serde(default)]
    pub visibility: Visibility,
    /// The donor's words, at most 1,000 bytes; sealed at rest.
    pub memo: Option<String>,
}

/// The debug form shows no memo: commands end up in logs.
impl fmt::Debug for BeginDonation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BeginDonation")
            .field("key", &self.key)
            .field("donor", &self.donor)
            .field("designations", &self.designations)
            .field("tip", &self.tip)
            .finish_non_exhaustive()
    }
}

/// Begins an attempt to collect a gift. A donation may have several, one after another or side by side; one of them is
/// captured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct StartPayment {
    /// One per attempt. Give the provider the same key.
    pub key: String,
    /// The donation.
    pub donation: DonationId,
    /// The account at a payment processor that collects: 1 to 40 of a-z, 0-9 and hyphens.
    pub processor: String,
}

/// Records what was learned of an attempt. What is known already changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct ReportPayment {
    /// One per report.
    pub key: String,
    /// The attempt.
    pub payment: PaymentId,
    /// What was learned.
    pub report: PaymentReport,
    /// What the processor keeps, where that is known as the money is captured; otherwise see [`BookFee`].
    pub fee: Option<Amount>,
    /// The day; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
}

/// Gives up a donation that was not paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct CancelDonation {
    /// One per act.
    pub key: String,
    /// The donation.
    pub donation: DonationId,
}

/// Books what a processor kept of a donation, once that is learned. Never book an estimate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct BookFee {
    /// One per fee.
    pub key: String,
    /// The donation, captured at a processor.
    pub donation: DonationId,
    /// How much. With what was booked before it is at most what was given.
    pub fee: Amount,
    /// The day; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
}

/// Books what the platform keeps of a donation for itself. Books of a platform only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct TakePlatformFee {
    /// One per act.
    pub key: String,
    /// The donation.
    pub donation: DonationId,
    /// How much from which cause of it, each cause once. Amounts, never rates.
    pub from: Vec<Designation>,
    /// The day; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
}

/// Proposes to pay a cause what is held for it. Books of a platform only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct ProposePayout {
    /// One per payout.
    pub key: String,
    /// The cause.
    pub cause: CauseId,
    /// How much: at most what is available to it.
    pub amount: Amount,
    /// From which bank account: 1 to 40 of a-z, 0-9 and hyphens.
    pub bank: String,
}

/// Records what was learned of a payout. What is known already changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct ReportPayout {
    /// One per report.
    pub key: String,
    /// The payout.
    pub payout: PayoutId,
    /// What was learned.
    pub report: PayoutReport,
    /// The day; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
}

/// Records what was learned of a refund that a processor carries out. What is known already changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[serde(deny_unknown_fields)]
pub struct ReportRefund {
    /// One per report.
    pub key: String,
    /// The refund.
    pub refund: RefundId,
    /// What was learned.
    pub report: RefundReport,
    /// The day; without one, the UTC day of recording.
    pub occurred_on: Option<Date>,
}
