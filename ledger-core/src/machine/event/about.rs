//! What an event is about: its word, what it made, whose it is.

use super::{
    CauseOverdrawn, DisputeChanged, DisputeFeeBooked, DisputeOpened, Event, FeesGivenBack, GiftSetAside,
    GoalReached, OverdraftReturned, PartShare, ReceivableSettled, RefundLearned, SetAsideAgain,
    SetAsideReleased, TakingsRedivided,
};
use crate::giving::donation::Beneficiary;
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::{CauseId, DonorId};

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
            Self::DonationBegun { .. } => "donation_begun",
            Self::PaymentStarted { .. } => "payment_started",
            Self::PaymentChanged { .. } => "payment_changed",
            Self::DonationCancelled { .. } => "donation_cancelled",
            Self::FeeBooked { .. } => "fee_booked",
            Self::PlatformFeeTaken { .. } => "platform_fee_taken",
            Self::SettlementRecorded { .. } => "settlement_recorded",
            Self::PayoutProposed { .. } => "payout_proposed",
            Self::PayoutChanged { .. } => "payout_changed",
            Self::RefundRequested { .. } => "refund_requested",
            Self::RefundChanged { .. } => "refund_changed",
            Self::DisputeOpened(_) => "dispute_opened",
            Self::DisputeChanged(_) => "dispute_changed",
            Self::DisputeFeeBooked(_) => "dispute_fee_booked",
            Self::CausePoliciesSet(_) => "cause_policies_set",
            Self::CauseOverdrawn(_) => "cause_overdrawn",
            Self::ReceivableSettled(_) => "receivable_settled",
            Self::FeesGivenBack(_) => "fees_given_back",
            Self::GoalReached(_) => "goal_reached",
            Self::UnidentifiedReceived(_) => "unidentified_received",
            Self::UnidentifiedReturned(_) => "unidentified_returned",
            Self::GiftSetAside(_) => "gift_set_aside",
            Self::SetAsideReleased(_) => "set_aside_released",
            Self::CurrencyExchanged(_) => "currency_exchanged",
            Self::ObjectAttached(_) => "object_attached",
            Self::FactParked(_) => "fact_parked",
            Self::FactsTakenUp(_) => "facts_taken_up",
            Self::FactRefused(_) => "fact_refused",
            Self::RefundLearned(_) => "refund_learned",
            Self::TakingsRedivided(_) => "takings_redivided",
            Self::SettlementReturned(_) => "settlement_returned",
            Self::NoticesAcknowledged(_) => "notices_acknowledged",
            Self::SettlementLinesRecorded(_) => "settlement_lines_recorded",
            Self::OverdraftReturned(_) => "overdraft_returned",
            Self::SetAsideAgain(_) => "set_aside_again",
        }
    }

    /// The id of what it made; none where it changed something.
    pub fn made(&self) -> Option<String> {
        match self {
            Self::DonorRegistered { donor, .. } => Some(donor.to_string()),
            Self::CauseOpened { cause, .. } => Some(cause.to_string()),
            Self::DonationCaptured { donation, .. } | Self::DonationBegun { donation, .. } => {
                Some(donation.to_string())
            }
            Self::DonationRefunded { refund, .. } | Self::RefundRequested { refund, .. } => {
                Some(refund.to_string())
            }
            Self::GivingAdjusted { adjustment, .. } => Some(adjustment.to_string()),
            Self::Reallocated { reallocation, .. } => Some(reallocation.to_string()),
            Self::Reversed { reversal, .. } => Some(reversal.to_string()),
            Self::PaymentStarted { payment, .. } => Some(payment.to_string()),
            Self::SettlementRecorded { settlement, .. } => Some(settlement.to_string()),
            Self::PayoutProposed { payout, .. } => Some(payout.to_string()),
            Self::DisputeOpened(opened) => Some(opened.dispute.to_string()),
            Self::UnidentifiedReceived(received) => Some(received.item.to_string()),
            Self::GiftSetAside(aside) => Some(aside.item.to_string()),
            Self::CurrencyExchanged(exchanged) => Some(exchanged.exchange.to_string()),
            Self::RefundLearned(learned) => Some(learned.refund.to_string()),
            Self::DonorUpdated { .. }
            | Self::CauseUpdated { .. }
            | Self::PeriodClosed { .. }
            | Self::DonorErased { .. }
            | Self::DonorsMerged { .. }
            | Self::MergeUndone { .. }
            | Self::EpochBegun { .. }
            | Self::PaymentChanged { .. }
            | Self::DonationCancelled { .. }
            | Self::FeeBooked { .. }
            | Self::PlatformFeeTaken { .. }
            | Self::PayoutChanged { .. }
            | Self::RefundChanged { .. }
            | Self::DisputeChanged(_)
            | Self::DisputeFeeBooked(_)
            | Self::CausePoliciesSet(_)
            | Self::CauseOverdrawn(_)
            | Self::ReceivableSettled(_)
            | Self::FeesGivenBack(_)
            | Self::GoalReached(_)
            | Self::UnidentifiedReturned(_)
            | Self::SetAsideReleased(_)
            | Self::ObjectAttached(_)
            | Self::FactParked(_)
            | Self::FactsTakenUp(_)
            | Self::FactRefused(_)
            | Self::TakingsRedivided(_)
            | Self::SettlementReturned(_)
            | Self::NoticesAcknowledged(_)
            | Self::SettlementLinesRecorded(_)
            | Self::OverdraftReturned(_)
            | Self::SetAsideAgain(_) => None,
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
            | Self::GivingAdjusted { donor, .. }
            | Self::DonationBegun { donor, .. }
            | Self::PaymentStarted { donor, .. }
            | Self::PaymentChanged { donor, .. }
            | Self::DonationCancelled { donor, .. }
            | Self::FeeBooked { donor, .. }
            | Self::PlatformFeeTaken { donor, .. }
            | Self::RefundRequested { donor, .. }
            | Self::RefundChanged { donor, .. }
            | Self::DisputeOpened(DisputeOpened { donor, .. })
            | Self::DisputeChanged(DisputeChanged { donor, .. })
            | Self::DisputeFeeBooked(DisputeFeeBooked { donor, .. })
            | Self::FeesGivenBack(FeesGivenBack { donor, .. })
            | Self::RefundLearned(RefundLearned { donor, .. })
            | Self::TakingsRedivided(TakingsRedivided { donor, .. }) => Some(*donor),
            Self::UnidentifiedReceived(received) => received.donor,
            Self::Reversed { what, .. } => what.iter().find_map(Self::donor),
            Self::DonorsMerged { gone, .. } | Self::MergeUndone { gone, .. } => Some(*gone),
            Self::CauseOpened { .. }
            | Self::CauseUpdated { .. }
            | Self::Reallocated { .. }
            | Self::PeriodClosed { .. }
            | Self::EpochBegun { .. }
            | Self::SettlementRecorded { .. }
            | Self::PayoutProposed { .. }
            | Self::PayoutChanged { .. }
            | Self::CausePoliciesSet(_)
            | Self::CauseOverdrawn(_)
            | Self::ReceivableSettled(_)
            | Self::GoalReached(_)
            | Self::UnidentifiedReturned(_)
            | Self::GiftSetAside(_)
            | Self::SetAsideReleased(_)
            | Self::CurrencyExchanged(_)
            | Self::ObjectAttached(_)
            | Self::FactParked(_)
            | Self::FactsTakenUp(_)
            | Self::FactRefused(_)
            | Self::SettlementReturned(_)
            | Self::NoticesAcknowledged(_)
            | Self::SettlementLinesRecorded(_)
            | Self::OverdraftReturned(_)
            | Self::SetAsideAgain(_) => None,
        }
    }

    /// The causes that it is about, each once.
    pub fn causes(&self) -> Vec<CauseId> {
        match self {
            Self::DonationCaptured { designations, .. } => designations.iter().map(|to| to.cause).collect(),
            Self::DonationRefunded { parts, .. } | Self::RefundRequested { parts, .. } => parts
                .iter()
                .filter(|part| part.share_minor > 0)
                .filter_map(|part| match part.beneficiary {
                    Beneficiary::Cause { cause } => Some(cause),
                    Beneficiary::Platform => None,
                })
                .collect(),
            Self::Reallocated { from, to, .. } => vec![*from, *to],
            Self::FeeBooked { shares, .. }
            | Self::RefundChanged { shares, .. }
            | Self::RefundLearned(RefundLearned { shares, .. }) => causes_among(shares),
            Self::TakingsRedivided(anew) => causes_of_redivision(anew),
            Self::PlatformFeeTaken { from: each, .. } | Self::FeesGivenBack(FeesGivenBack { to: each, .. }) => {
                each.iter().map(|each| each.cause).collect()
            }
            Self::DisputeOpened(opened) => opened.held.iter().map(|each| each.cause).collect(),
            Self::DisputeChanged(changed) => {
                let held = changed.held.iter().map(|each| each.cause);
                each_once(causes_among(&changed.shares).into_iter().chain(held))
            }
            Self::CauseOpened { cause, .. }
            | Self::CauseUpdated { cause, .. }
            | Self::GivingAdjusted { cause, .. }
            | Self::PayoutProposed { cause, .. }
            | Self::PayoutChanged { cause, .. }
            | Self::CauseOverdrawn(CauseOverdrawn { cause, .. })
            | Self::OverdraftReturned(OverdraftReturned { cause, .. })
            | Self::ReceivableSettled(ReceivableSettled { cause, .. })
            | Self::GoalReached(GoalReached { cause, .. })
            | Self::GiftSetAside(GiftSetAside { cause, .. })
            | Self::SetAsideAgain(SetAsideAgain { cause, .. })
            | Self::SetAsideReleased(SetAsideReleased { to: cause, .. }) => vec![*cause],
            Self::CausePoliciesSet(set) => set.cause.into_iter().collect(),
            Self::Reversed { what, .. } => what.iter().flat_map(Self::causes).collect(),
            Self::DonorRegistered { .. }
            | Self::DonorUpdated { .. }
            | Self::PeriodClosed { .. }
            | Self::DonorErased { .. }
            | Self::DonorsMerged { .. }
            | Self::MergeUndone { .. }
            | Self::EpochBegun { .. }
            // Nothing of it is the causes' yet.
            | Self::DonationBegun { .. }
            | Self::PaymentStarted { .. }
            | Self::PaymentChanged { .. }
            | Self::DonationCancelled { .. }
            | Self::SettlementRecorded { .. }
            | Self::DisputeFeeBooked(_)
            | Self::UnidentifiedReceived(_)
            | Self::UnidentifiedReturned(_)
            | Self::CurrencyExchanged(_)
            | Self::ObjectAttached(_)
            | Self::FactParked(_)
            | Self::FactsTakenUp(_)
            | Self::FactRefused(_)
            | Self::SettlementReturned(_)
            | Self::NoticesAcknowledged(_)
            | Self::SettlementLinesRecorded(_) => Vec::new(),
        }
    }
}

fn each_once(causes: impl Iterator<Item = CauseId>) -> Vec<CauseId> {
    let mut once = Vec::new();
    for cause in causes {
        if !once.contains(&cause) {
            once.push(cause);
        }
    }
    once
}

fn causes_of_redivision(anew: &TakingsRedivided) -> Vec<CauseId> {
    let shares = anew.takings.iter().flat_map(|of| [&of.before, &of.after]);
    let held = anew.held.iter().flat_map(|of| [&of.before, &of.after]).flatten().map(|of| of.cause);
    each_once(shares.flat_map(|shares| causes_among(shares)).chain(held))
}

fn causes_among(shares: &[PartShare]) -> Vec<CauseId> {
    let cause = |share: &PartShare| match share.beneficiary {
        Beneficiary::Cause { cause } => Some(cause),
        Beneficiary::Platform => None,
    };
    shares.iter().filter_map(cause).collect()
}
