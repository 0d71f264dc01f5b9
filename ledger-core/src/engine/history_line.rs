//! Lines of histories: what an event looks like to whoever reads the history of a donor or a cause.

mod of_trouble;

use serde::Serialize;

use crate::giving::adjustment::AdjustmentReason;
use crate::giving::correction::CorrectionReason;
use crate::giving::donation::{Beneficiary, Designation, Visibility, amount_of};
use crate::giving::payment::PaymentState;
use crate::giving::payout::PayoutState;
use crate::machine::event::Event;
use crate::records::record::Told;
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::{
    AdjustmentId, CauseId, DisputeId, DonationId, DonorId, PaymentId, PayoutId, ReallocationId, RefundId,
    ReversalId, SuspenseId,
};
use crate::vocabulary::money::{Amount, Currency};
use crate::vocabulary::time::Timestamp;

/// What a line of a donor's or a cause's history is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LineKind {
    /// The donor was registered.
    DonorRegistered,
    /// The donor's profile was replaced.
    DonorUpdated,
    /// The donor was erased.
    DonorErased,
    /// The cause was opened.
    CauseOpened,
    /// What is said of the cause was replaced.
    CauseUpdated,
    /// A gift.
    Donation,
    /// A refund.
    Refund,
    /// Money without a known gift.
    Adjustment,
    /// Money moved from one cause to another.
    Reallocation,
    /// A period was closed; on accounts only.
    PeriodClosed,
    /// An entry was taken back; the other fields say which.
    Reversal,
    /// The donor was merged into another.
    DonorsMerged,
    /// The donor is on its own again.
    MergeUndone,
    /// A gift was begun that is still to be paid.
    DonationBegun,
    /// A payment was started, or came further; `became` says where it stands.
    Payment,
    /// A gift that was not paid was given up.
    DonationCancelled,
    /// What a processor kept of a gift was learned.
    Fee,
    /// What the platform kept of a gift.
    PlatformFee,
    /// A payout was proposed, or came further; `became` says where it stands.
    Payout,
    /// A processor paid out; on accounts only.
    Settlement,
    /// The donor's bank disputes a gift, or that came further; `became` says where it stands.
    Dispute,
    /// What a processor charged for a dispute, or gave back of it.
    DisputeFee,
    /// Policies of the cause were set.
    Policies,
    /// More was taken from the cause than it had.
    Overdraft,
    /// The platform bears less of it: the cause was given that again.
    OverdraftReturned,
    /// What the cause owed was settled, all of it or some.
    ReceivableSettled,
    /// Causes were given back what they bore of a fee.
    FeesGivenBack,
    /// What the cause has raised reached its goal.
    GoalReached,
    /// Money came in, or went back, of which nobody knows whose gift it is.
    Unidentified,
    /// What a gift brought was set aside, because the cause was closed.
    SetAside,
    /// The cause was given what had been set aside.
    SetAsideReleased,
    /// A processor exchanged money; on accounts only.
    Exchange,
    /// What a processor took by itself was divided anew: see `TakingsRedivided`.
    Redivided,
}

/// A line of a donor's or a cause's history. In a cause's history only what concerns the cause is shown:
/// its own part of a gift, never the other causes or the whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct HistoryLine {
    /// The record.
    pub seq: u64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The day on which it happened.
    pub day: Date,
    /// What it is about.
    pub kind: LineKind,
    /// The donor, where there is one, by the id that was given.
    pub donor: Option<DonorId>,
    /// The donor that was kept, of a merge and its undoing.
    pub merged_into: Option<DonorId>,
    /// The donation, of a donation or refund.
    pub donation: Option<DonationId>,
    /// The refund.
    pub refund: Option<RefundId>,
    /// The adjustment.
    pub adjustment: Option<AdjustmentId>,
    /// The reallocation. Its causes are the one that gave the money up and the one that received it.
    pub reallocation: Option<ReallocationId>,
    /// The reversal.
    pub reversal: Option<ReversalId>,
    /// The payment.
    pub payment: Option<PaymentId>,
    /// The payout.
    pub payout: Option<PayoutId>,
    /// The dispute.
    pub dispute: Option<DisputeId>,
    /// The money that is not known to be anybody's gift.
    pub suspense: Option<SuspenseId>,
    /// Where a payment or a payout stands with this line, in a word.
    pub became: Option<&'static str>,
    /// Why, of an adjustment.
    pub reason: Option<AdjustmentReason>,
    /// Why, of a reversal.
    pub correction: Option<CorrectionReason>,
    /// Whether the donor may be named, of a donation and its refunds. Without it, do not name the donor.
    pub visibility: Option<Visibility>,
    /// The money: of a cause its part, of a donor the whole, the tip included.
    pub amount: Option<Amount>,
    /// Who received or gave back how much, causes only: of a cause itself, of a donor all.
    pub causes: Vec<Designation>,
}

/// A line that says no more than when, and whose it is.
fn bare_line(record: Told<'_>, event: &Event) -> HistoryLine {
    HistoryLine {
        seq: record.seq,
        recorded_at: record.recorded_at,
        day: record.day_of(event),
        kind: LineKind::DonorRegistered,
        donor: event.donor(),
        merged_into: None,
        donation: None,
        refund: None,
        adjustment: None,
        reallocation: None,
        reversal: None,
        payment: None,
        payout: None,
        dispute: None,
        suspense: None,
        became: None,
        reason: None,
        correction: None,
        visibility: None,
        amount: None,
        causes: Vec::new(),
    }
}

pub(super) fn line_of(record: Told<'_>, event: &Event, only: Option<CauseId>) -> HistoryLine {
    let mut line = bare_line(record, event);
    match event {
        // An epoch is nobody's, and in no history.
        Event::DonorRegistered { .. } | Event::EpochBegun { .. } => {}
        Event::DonorUpdated { .. } => line.kind = LineKind::DonorUpdated,
        Event::DonorErased { .. } => line.kind = LineKind::DonorErased,
        Event::CauseOpened { .. } => line.kind = LineKind::CauseOpened,
        Event::CauseUpdated { .. } => line.kind = LineKind::CauseUpdated,
        Event::DonationCaptured { .. }
        | Event::DonationRefunded { .. }
        | Event::RefundRequested { .. }
        | Event::Reallocated { .. }
        | Event::GivingAdjusted { .. } => tell_of_giving(&mut line, event),
        Event::PeriodClosed { .. } => line.kind = LineKind::PeriodClosed,
        Event::SettlementRecorded { .. }
        | Event::DonationBegun { .. }
        | Event::PaymentStarted { .. }
        | Event::PaymentChanged { .. }
        | Event::DonationCancelled { .. }
        | Event::FeeBooked { .. }
        | Event::PlatformFeeTaken { .. }
        | Event::PayoutProposed { .. }
        | Event::PayoutChanged { .. }
        | Event::RefundChanged { .. } => tell_of_payments(&mut line, event),
        Event::DisputeOpened(_)
        | Event::DisputeChanged(_)
        | Event::DisputeFeeBooked(_)
        | Event::CausePoliciesSet(_)
        | Event::CauseOverdrawn(_)
        | Event::OverdraftReturned(_)
        | Event::ReceivableSettled(_)
        | Event::FeesGivenBack(_)
        | Event::GoalReached(_)
        | Event::UnidentifiedReceived(_)
        | Event::UnidentifiedReturned(_)
        | Event::GiftSetAside(_)
        | Event::SetAsideAgain(_)
        | Event::SetAsideReleased(_)
        | Event::CurrencyExchanged(_)
        | Event::ObjectAttached(_)
        | Event::FactParked(_)
        | Event::FactsTakenUp(_)
        | Event::FactRefused(_)
        | Event::RefundLearned(_)
        | Event::TakingsRedivided(_)
        | Event::SettlementReturned(_)
        | Event::NoticesAcknowledged(_)
        | Event::SettlementLinesRecorded(_) => of_trouble::tell(&mut line, event),
        Event::DonorsMerged { keep, .. } => tell_of_merge(&mut line, LineKind::DonorsMerged, *keep),
        Event::MergeUndone { keep, .. } => tell_of_merge(&mut line, LineKind::MergeUndone, *keep),
        Event::Reversed { reversal, reason, day, what, .. } => {
            line = what.first().map_or(line, |undone| line_of(record, undone, None));
            (line.kind, line.day) = (LineKind::Reversal, *day);
            (line.reversal, line.correction) = (Some(*reversal), Some(*reason));
        }
    }
    if let Some(only) = only {
        line.causes.retain(|part| part.cause == only);
        line.amount = line.causes.first().map(|part| part.amount);
    }
    line
}

pub(super) fn sum_of(designations: &[Designation], tip: Option<Amount>) -> Option<Amount> {
    let amounts = designations.iter().map(|to| to.amount).chain(tip);
    amounts.reduce(|sum, amount| sum.checked_add(amount).unwrap_or(sum))
}

/// What a line says of a gift, a refund or an adjustment.
fn tell_of_giving(line: &mut HistoryLine, event: &Event) {
    #[allow(clippy::wildcard_enum_match_arm, reason = "`line_of` has all others")]
    match event {
        Event::DonationCaptured { donation, designations, tip, visibility, .. } => {
            line.kind = LineKind::Donation;
            line.donation = Some(*donation);
            line.visibility = Some(*visibility);
            line.causes.clone_from(designations);
            line.amount = sum_of(designations, *tip);
        }
        Event::DonationRefunded { refund, donation, amount, parts, .. }
        | Event::RefundRequested { refund, donation, amount, parts, .. } => {
            line.kind = LineKind::Refund;
            (line.refund, line.donation, line.amount) = (Some(*refund), Some(*donation), Some(*amount));
            let shares = parts.iter().map(|part| (part.beneficiary, part.share_minor));
            line.causes = causes_of(amount.currency(), shares);
        }
        Event::Reallocated { reallocation, from, to, amount } => {
            line.kind = LineKind::Reallocation;
            (line.reallocation, line.amount) = (Some(*reallocation), Some(*amount));
            line.causes = [*from, *to].map(|cause| Designation { cause, amount: *amount }).to_vec();
        }
        Event::GivingAdjusted { adjustment, cause, amount, reason, .. } => {
            line.kind = LineKind::Adjustment;
            (line.adjustment, line.amount, line.reason) = (Some(*adjustment), Some(*amount), Some(*reason));
            line.causes = vec![Designation { cause: *cause, amount: *amount }];
        }
        _ => {}
    }
}

fn tell_of_merge(line: &mut HistoryLine, kind: LineKind, keep: DonorId) {
    (line.kind, line.merged_into) = (kind, Some(keep));
}

/// What a line says of an event about the way of money.
fn tell_of_payments(line: &mut HistoryLine, event: &Event) {
    #[allow(clippy::wildcard_enum_match_arm, reason = "`line_of` has all others")]
    match event {
        Event::SettlementRecorded { amount, .. } => {
            (line.kind, line.amount) = (LineKind::Settlement, Some(*amount));
        }
        Event::DonationBegun { donation, gift, visibility, .. } => {
            (line.kind, line.donation) = (LineKind::DonationBegun, Some(*donation));
            (line.visibility, line.amount) = (Some(*visibility), sum_of(&gift.designations, gift.tip));
            line.causes.clone_from(&gift.designations);
        }
        Event::PaymentStarted { payment, donation, .. } => {
            line.kind = LineKind::Payment;
            (line.payment, line.donation) = (Some(*payment), Some(*donation));
            line.became = Some(PaymentState::Created.word());
        }
        Event::PaymentChanged { payment, donation, to, .. } => {
            line.kind = LineKind::Payment;
            (line.payment, line.donation) = (Some(*payment), Some(*donation));
            line.became = Some(to.word());
        }
        Event::DonationCancelled { donation, .. } => {
            (line.kind, line.donation) = (LineKind::DonationCancelled, Some(*donation));
        }
        Event::FeeBooked { donation, fee, shares, .. } => {
            (line.kind, line.donation, line.amount) = (LineKind::Fee, Some(*donation), Some(*fee));
            let shares = shares.iter().map(|share| (share.beneficiary, share.share_minor));
            line.causes = causes_of(fee.currency(), shares);
        }
        Event::PlatformFeeTaken { donation, from, .. } => {
            (line.kind, line.donation) = (LineKind::PlatformFee, Some(*donation));
            line.amount = sum_of(from, None);
            line.causes.clone_from(from);
        }
        Event::PayoutProposed { payout, cause, amount, .. } => {
            (line.kind, line.payout, line.amount) = (LineKind::Payout, Some(*payout), Some(*amount));
            line.became = Some(PayoutState::Proposed.word());
            line.causes = vec![Designation { cause: *cause, amount: *amount }];
        }
        Event::PayoutChanged { payout, cause, amount, to, .. } => {
            (line.kind, line.payout, line.amount) = (LineKind::Payout, Some(*payout), Some(*amount));
            line.became = Some(to.word());
            line.causes = vec![Designation { cause: *cause, amount: *amount }];
        }
        Event::RefundChanged { refund, donation, amount, shares, to, .. } => {
            line.kind = LineKind::Refund;
            (line.refund, line.donation, line.amount) = (Some(*refund), Some(*donation), Some(*amount));
            line.became = Some(to.word());
            let shares = shares.iter().map(|share| (share.beneficiary, share.share_minor));
            line.causes = causes_of(amount.currency(), shares);
        }
        _ => {}
    }
}

/// The causes among parts, each with its share, those without one left out.
pub(super) fn causes_of(
    currency: Currency,
    shares: impl Iterator<Item = (Beneficiary, u64)>,
) -> Vec<Designation> {
    shares
        .filter_map(|(beneficiary, minor)| match beneficiary {
            Beneficiary::Cause { cause } => {
                amount_of(minor, currency).map(|amount| Designation { cause, amount })
            }
            Beneficiary::Platform => None,
        })
        .collect()
}
