//! Events: what happened, in the past tense. Only ids and money; nothing personal, because events stay.

use core::ops::Deref;

use bincode::de::Decoder;
use bincode::de::read::Reader;
use bincode::enc::Encoder;
use bincode::error::{DecodeError, EncodeError};
use bincode::{Decode, Encode};
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
pub struct RefundedPart {
    /// Whose part.
    pub beneficiary: Beneficiary,
    /// What this refund takes, in minor units; may be 0.
    pub share_minor: u64,
    /// What all refunds so far took, this one included.
    pub refunded_minor: u64,
}

/// An account of revenue or expenses that a closing brings to zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
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
        what: TakenBack,
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
    /// Another writer took over.
    EpochBegun {
        /// Which epoch it is; a ledger begins in the first, without a record of it.
        epoch: u64,
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
            Self::EpochBegun { .. } => "epoch_begun",
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
            | Self::MergeUndone { .. }
            | Self::EpochBegun { .. } => None,
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
            | Self::PeriodClosed { .. }
            | Self::EpochBegun { .. } => None,
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
            | Self::MergeUndone { .. }
            | Self::EpochBegun { .. } => Vec::new(),
        }
    }
}

/// The number of `Event::Reversed` among the events, as it is encoded.
const REVERSED: u8 = 10;

/// Events that a correction takes back, in their order. None of them is a reversal itself, so events do not nest: also
/// bytes that nobody wrote are refused before they do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TakenBack(Vec<Event>);

impl TakenBack {
    /// What is taken back with one event.
    pub(crate) fn one(event: Event) -> Self {
        Self(vec![event])
    }

    /// What is taken back together.
    #[cfg(test)]
    pub(crate) fn of(events: Vec<Event>) -> Self {
        Self(events)
    }
}

impl Deref for TakenBack {
    type Target = [Event];

    fn deref(&self) -> &[Event] {
        &self.0
    }
}

impl Encode for TakenBack {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), EncodeError> {
        self.0.encode(encoder)
    }
}

bincode::impl_borrow_decode!(TakenBack);

impl<Context> Decode<Context> for TakenBack {
    fn decode<D: Decoder<Context = Context>>(decoder: &mut D) -> Result<Self, DecodeError> {
        let count = u64::decode(decoder)?;
        let mut events = Vec::new();
        for _ in 0..count {
            match decoder.reader().peek_read(1) {
                Some([REVERSED]) => return Err(DecodeError::Other("a reversal of a reversal")),
                Some(_) => events.push(Event::decode(decoder)?),
                None => return Err(DecodeError::UnexpectedEnd { additional: 1 }),
            }
        }
        Ok(Self(events))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reversal(what: Vec<Event>) -> Event {
        let (reversal, reason) = (ReversalId::from_bytes([1; 16]), CorrectionReason::EnteredTwice);
        Event::Reversed { reversal, record: 1, reason, day: Date::EPOCH, what: TakenBack(what) }
    }

    fn decode(event: &Event) -> Result<Event, DecodeError> {
        let bytes = bincode::encode_to_vec(event, bincode::config::standard()).unwrap();
        bincode::decode_from_slice(&bytes, bincode::config::standard()).map(|(event, _)| event)
    }

    #[test]
    fn reversals_are_read_and_do_not_nest() {
        let updated = Event::DonorUpdated { donor: DonorId::from_bytes([2; 16]) };
        let simple = reversal(vec![updated]);
        assert_eq!(decode(&simple).unwrap(), simple);
        let mut nested = simple;
        for _ in 0..50 {
            nested = reversal(vec![nested]);
            assert!(matches!(decode(&nested), Err(DecodeError::Other("a reversal of a reversal"))));
        }
    }
}
