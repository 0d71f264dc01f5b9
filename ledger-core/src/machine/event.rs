//! Events: what happened, in the past tense. Only ids and money; nothing personal, because events stay.

use serde::{Deserialize, Serialize};

use crate::accounting::account::{Account, Side};
use crate::giving::adjustment::AdjustmentReason;
use crate::giving::cause::{CauseDetails, CauseStatus};
use crate::giving::correction::CorrectionReason;
use crate::giving::donation::{Beneficiary, Designation, FeeBearer, Method, Visibility};
use crate::giving::donor::{DonorKind, DonorStanding, ErasureReason};
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::{
    AdjustmentId, CauseId, DonationId, DonorId, ReallocationId, RefundId, ReversalId,
};
use crate::vocabulary::money::{Amount, Currency};

/// What one part of a donation gives back, and has given back with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundedPart {
    /// Whose part.
    pub beneficiary: Beneficiary,
    /// What this refund takes, in minor units; may be 0.
    pub share_minor: u64,
    /// What all refunds so far took, this one included.
    pub refunded_minor: u64,
}

/// An account of revenue or expenses that a closing brings to zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedAccount {
    /// The account.
    pub account: Account,
    /// The side on which it is posted to come to zero.
    pub side: Side,
    /// How much, in minor units.
    pub amount_minor: u64,
    /// The account of net assets that takes it.
    pub into: Account,
}

/// A fact. New kinds are only ever added, at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// A donor is known from now on.
    DonorRegistered {
        /// The new donor.
        donor: DonorId,
        /// Person or organisation.
        kind: DonorKind,
        /// Registered, guest or anonymous.
        standing: DonorStanding,
    },
    /// The profile of a donor was replaced.
    DonorUpdated {
        /// The donor.
        donor: DonorId,
    },
    /// A cause takes gifts from now on.
    CauseOpened {
        /// The new cause.
        cause: CauseId,
        /// Its currency.
        currency: Currency,
        /// What is said of it.
        details: CauseDetails,
    },
    /// What is said of a cause was replaced.
    CauseUpdated {
        /// The cause.
        cause: CauseId,
        /// All that is said of it.
        details: CauseDetails,
        /// Its status.
        status: CauseStatus,
        /// The external id by which it is not found any more.
        released_external_id: Option<String>,
    },
    /// A gift was received.
    DonationCaptured {
        /// The new donation.
        donation: DonationId,
        /// Who gave.
        donor: DonorId,
        /// To which causes.
        designations: Vec<Designation>,
        /// To the platform on top.
        tip: Option<Amount>,
        /// What the processor kept.
        fee: Option<Amount>,
        /// Who bears it.
        fee_bearer: FeeBearer,
        /// What each part bears of it, in the order of designations and tip; empty when none does.
        fee_shares_minor: Vec<u64>,
        /// How the money came in.
        method: Method,
        /// Whether the donor may be named.
        visibility: Visibility,
    },
    /// All or some of a gift was given back.
    DonationRefunded {
        /// The new refund.
        refund: RefundId,
        /// The donation.
        donation: DonationId,
        /// Who gets the money.
        donor: DonorId,
        /// The sum of the shares.
        amount: Amount,
        /// What each part gives back, in the order of the donation's parts.
        parts: Vec<RefundedPart>,
        /// How the money of the donation had come in, and goes back.
        method: Method,
    },
    /// Money came or went without a known gift.
    GivingAdjusted {
        /// The new adjustment.
        adjustment: AdjustmentId,
        /// Whose giving.
        donor: DonorId,
        /// Whose money.
        cause: CauseId,
        /// How much; the reason says which way.
        amount: Amount,
        /// Why.
        reason: AdjustmentReason,
        /// Where the money went or came from.
        method: Method,
    },
    /// Money moved from one cause to another.
    Reallocated {
        /// The new reallocation.
        reallocation: ReallocationId,
        /// The cause that gave it up.
        from: CauseId,
        /// The cause that received it.
        to: CauseId,
        /// How much.
        amount: Amount,
    },
    /// All days up to one were closed.
    PeriodClosed {
        /// The last of them.
        through: Date,
        /// What was on the accounts of revenue and expenses then, and went to net assets.
        closed: Vec<ClosedAccount>,
    },
    /// The key of what is personal about a donor is destroyed.
    DonorErased {
        /// The donor.
        donor: DonorId,
        /// Why.
        reason: ErasureReason,
    },
    /// An entry was taken back: every posting of it with its sides exchanged, and what it did to totals undone.
    Reversed {
        /// The new reversal.
        reversal: ReversalId,
        /// Why.
        reason: CorrectionReason,
        /// The record of the entry.
        record: u64,
        /// The day of the reversing entry.
        day: Date,
        /// What is taken back, as it stands in that record.
        what: Vec<Event>,
    },
    /// Two donors are one.
    DonorsMerged {
        /// The donor that both ids mean.
        keep: DonorId,
        /// The donor whose id became another name.
        gone: DonorId,
    },
    /// Two donors are two again.
    MergeUndone {
        /// The donor that both ids meant.
        keep: DonorId,
        /// The donor that is on its own again.
        gone: DonorId,
    },
}

impl Event {
    /// Its kind in a word, as JSON has it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::DonorRegistered { .. } => "donor_registered",
            Self::DonorUpdated { .. } => "donor_updated",
            Self::CauseOpened { .. } => "cause_opened",
            Self::CauseUpdated { .. } => "cause_updated",
            Self::DonationCaptured { .. } => "donation_captured",
            Self::DonationRefunded { .. } => "donation_refunded",
            Self::GivingAdjusted { .. } => "giving_adjusted",
            Self::Reallocated { .. } => "reallocated",
            Self::PeriodClosed { .. } => "period_closed",
            Self::DonorErased { .. } => "donor_erased",
            Self::Reversed { .. } => "reversed",
            Self::DonorsMerged { .. } => "donors_merged",
            Self::MergeUndone { .. } => "merge_undone",
        }
    }

    /// The id of what it made; none where it changed something.
    pub fn made(&self) -> Option<String> {
        match self {
            Self::DonorRegistered { donor, .. } => Some(donor.to_string()),
            Self::CauseOpened { cause, .. } => Some(cause.to_string()),
            Self::DonationCaptured { donation, .. } => Some(donation.to_string()),
            Self::DonationRefunded { refund, .. } => Some(refund.to_string()),
            Self::GivingAdjusted { adjustment, .. } => Some(adjustment.to_string()),
            Self::Reallocated { reallocation, .. } => Some(reallocation.to_string()),
            Self::Reversed { reversal, .. } => Some(reversal.to_string()),
            Self::DonorUpdated { .. }
            | Self::CauseUpdated { .. }
            | Self::PeriodClosed { .. }
            | Self::DonorErased { .. }
            | Self::DonorsMerged { .. }
            | Self::MergeUndone { .. } => None,
        }
    }

    /// The day on which it happened, where it has another than its record.
    pub fn day(&self) -> Option<Date> {
        if let Self::Reversed { day, .. } = self { Some(*day) } else { None }
    }

    /// The donor that it is about; of a merge the one whose id means another.
    pub fn donor(&self) -> Option<DonorId> {
        match self {
            Self::DonorRegistered { donor, .. }
            | Self::DonorUpdated { donor }
            | Self::DonorErased { donor, .. }
            | Self::DonationCaptured { donor, .. }
            | Self::DonationRefunded { donor, .. }
            | Self::GivingAdjusted { donor, .. } => Some(*donor),
            Self::Reversed { what, .. } => what.iter().find_map(Self::donor),
            Self::DonorsMerged { gone, .. } | Self::MergeUndone { gone, .. } => Some(*gone),
            Self::CauseOpened { .. }
            | Self::CauseUpdated { .. }
            | Self::Reallocated { .. }
            | Self::PeriodClosed { .. } => None,
        }
    }

    /// The causes that it is about, each once.
    pub fn causes(&self) -> Vec<CauseId> {
        match self {
            Self::CauseOpened { cause, .. }
            | Self::CauseUpdated { cause, .. }
            | Self::GivingAdjusted { cause, .. } => {
                vec![*cause]
            }
            Self::DonationCaptured { designations, .. } => designations.iter().map(|to| to.cause).collect(),
            Self::DonationRefunded { parts, .. } => parts
                .iter()
                .filter(|part| part.share_minor > 0)
                .filter_map(|part| match part.beneficiary {
                    Beneficiary::Cause { cause } => Some(cause),
                    Beneficiary::Platform => None,
                })
                .collect(),
            Self::Reallocated { from, to, .. } => vec![*from, *to],
            Self::Reversed { what, .. } => what.iter().flat_map(Self::causes).collect(),
            Self::DonorRegistered { .. }
            | Self::DonorUpdated { .. }
            | Self::PeriodClosed { .. }
            | Self::DonorErased { .. }
            | Self::DonorsMerged { .. }
            | Self::MergeUndone { .. } => Vec::new(),
        }
    }
}
