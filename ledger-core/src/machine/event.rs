//! Events: what happened, in the past tense. Only ids and money; nothing personal, because events stay.

mod about;
mod disputes;
mod facts;
mod owed;
mod parts;
mod settlements;
mod suspense;
mod taken_back;

use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

pub use self::disputes::{DisputeChanged, DisputeFeeBooked, DisputeOpened};
pub use self::facts::{
    FactParked, FactRefused, FactsTakenUp, HeldAnew, NoticesAcknowledged, ObjectAttached, Redivided,
    RefundLearned, SettlementReturned, Taking, TakingsRedivided,
};
pub use self::owed::{
    CauseOverdrawn, CausePoliciesSet, FeesGivenBack, GoalReached, OverdraftBorneBy, OverdraftReturned,
    ReceivableSettled,
};
pub use self::parts::{ClosedAccount, MeantGift, PartShare, RefundedPart};
pub use self::settlements::SettlementLinesRecorded;
pub use self::suspense::{
    CurrencyExchanged, GiftSetAside, SetAsideAgain, SetAsideReleased, UnidentifiedReceived,
    UnidentifiedReturned,
};
pub use self::taken_back::TakenBack;
use crate::giving::adjustment::AdjustmentReason;
use crate::giving::cause::{CauseDetails, CauseStatus};
use crate::giving::correction::CorrectionReason;
use crate::giving::donation::{Designation, FeeBearer, Method, Visibility};
use crate::giving::donor::{DonorKind, DonorStanding, ErasureReason};
use crate::giving::payment::{FailureReason, PaymentState};
use crate::giving::payout::PayoutState;
use crate::giving::refund::RefundState;
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::{
    AdjustmentId, CauseId, DonationId, DonorId, PaymentId, PayoutId, ReallocationId, RefundId, ReversalId,
    SettlementId,
};
use crate::vocabulary::money::{Amount, Currency};

/// A fact. New kinds are only ever added, at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
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
    /// A gift is to be paid.
    DonationBegun {
        /// The new donation.
        donation: DonationId,
        /// Who gives.
        donor: DonorId,
        /// What.
        gift: MeantGift,
        /// Who bears the fees of the processor.
        fee_bearer: FeeBearer,
        /// Whether the donor may be named.
        visibility: Visibility,
    },
    /// An attempt to collect it was begun.
    PaymentStarted {
        /// The new payment.
        payment: PaymentId,
        /// The donation.
        donation: DonationId,
        /// Who gives.
        donor: DonorId,
        /// The account at the processor.
        processor: String,
    },
    /// An attempt came further, or to its end.
    PaymentChanged {
        /// The payment.
        payment: PaymentId,
        /// The donation.
        donation: DonationId,
        /// Who gives.
        donor: DonorId,
        /// Where it stood.
        from: PaymentState,
        /// Where it stands.
        to: PaymentState,
        /// Why it failed, if it did.
        failure: Option<FailureReason>,
        /// What is pending with it from now on, or was and is no more. None where another attempt at the same
        /// donation is pending too. A gift that is still to be exchanged is no cause's yet: its whole stands as the tip.
        pending: Option<MeantGift>,
    },
    /// A donation that was not paid was given up.
    DonationCancelled {
        /// The donation.
        donation: DonationId,
        /// Who meant to give.
        donor: DonorId,
    },
    /// What a processor kept of a donation was learned after it was captured.
    FeeBooked {
        /// The donation.
        donation: DonationId,
        /// Who gave.
        donor: DonorId,
        /// How much.
        fee: Amount,
        /// What each part bears; empty when the platform does.
        shares: Vec<PartShare>,
        /// The account at the processor.
        processor: String,
    },
    /// The platform kept some of a donation for itself.
    PlatformFeeTaken {
        /// The donation.
        donation: DonationId,
        /// Who gave.
        donor: DonorId,
        /// How much from which cause.
        from: Vec<Designation>,
    },
    /// A processor paid out to a bank account.
    SettlementRecorded {
        /// The new settlement.
        settlement: SettlementId,
        /// The account at the processor.
        processor: String,
        /// The bank account.
        bank: String,
        /// How much.
        amount: Amount,
    },
    /// A cause is to be paid.
    PayoutProposed {
        /// The new payout.
        payout: PayoutId,
        /// The cause.
        cause: CauseId,
        /// How much.
        amount: Amount,
        /// From which bank account.
        bank: String,
    },
    /// A payout came further, or to its end.
    PayoutChanged {
        /// The payout.
        payout: PayoutId,
        /// The cause.
        cause: CauseId,
        /// How much.
        amount: Amount,
        /// From which bank account.
        bank: String,
        /// Where it stood.
        from: PayoutState,
        /// Where it stands.
        to: PayoutState,
    },
    /// All or some of a gift is to be given back by the processor that captured it.
    RefundRequested {
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
    },
    /// A refund came further, or to its end.
    RefundChanged {
        /// The refund.
        refund: RefundId,
        /// The donation.
        donation: DonationId,
        /// Who gets the money, or does not.
        donor: DonorId,
        /// The sum of the shares.
        amount: Amount,
        /// What each part gave back with it, those that gave nothing left out.
        shares: Vec<PartShare>,
        /// The account at the processor.
        processor: String,
        /// Where it stood.
        from: RefundState,
        /// Where it stands.
        to: RefundState,
    },
    /// The donor's bank disputes a gift.
    DisputeOpened(DisputeOpened),
    /// A dispute came further, or to its end.
    DisputeChanged(DisputeChanged),
    /// A processor charged for a dispute, or gave that back.
    DisputeFeeBooked(DisputeFeeBooked),
    /// Policies hold from now on.
    CausePoliciesSet(CausePoliciesSet),
    /// More was taken from a cause than it had.
    CauseOverdrawn(CauseOverdrawn),
    /// What a cause owes was settled, all of it or some.
    ReceivableSettled(ReceivableSettled),
    /// Causes were given back what they bore of a fee.
    FeesGivenBack(FeesGivenBack),
    /// What a cause has raised reached its goal.
    GoalReached(GoalReached),
    /// Money came in of which nobody knows whose gift it is.
    UnidentifiedReceived(UnidentifiedReceived),
    /// Such money went back to where it came from.
    UnidentifiedReturned(UnidentifiedReturned),
    /// What a gift brought for a cause that was closed was set aside.
    GiftSetAside(GiftSetAside),
    /// A cause was given what had been set aside.
    SetAsideReleased(SetAsideReleased),
    /// A processor exchanged money that it holds for us.
    CurrencyExchanged(CurrencyExchanged),
    /// It is known what an object of a provider is here.
    ObjectAttached(ObjectAttached),
    /// A fact came before what it is about.
    FactParked(FactParked),
    /// Facts that waited for an object are looked at again.
    FactsTakenUp(FactsTakenUp),
    /// A fact that cannot be: somebody has to look at it.
    FactRefused(FactRefused),
    /// A processor gave back all or some of a gift, and was not asked by us.
    RefundLearned(RefundLearned),
    /// What a processor did by itself is divided anew.
    TakingsRedivided(TakingsRedivided),
    /// A settlement did not arrive, or came back.
    SettlementReturned(SettlementReturned),
    /// A consumer of notices has dealt with all up to a record.
    NoticesAcknowledged(NoticesAcknowledged),
    /// A processor said what a settlement consists of, all of it or some.
    SettlementLinesRecorded(SettlementLinesRecorded),
    /// The platform bears less of what was taken of a donation.
    OverdraftReturned(OverdraftReturned),
    /// What was taken of a part that was set aside is set aside again.
    SetAsideAgain(SetAsideAgain),
}
