//! Notices: what an app may want to tell somebody, made from the events of a record. They are in the journal with the facts,
//! so none is lost and none is there without its facts.

use serde::Serialize;

use super::event::{DisputeChanged, DisputeOpened, Event, FactRefused, GoalReached};
use crate::giving::cause::CauseStatus;
use crate::giving::dispute::DisputeState;
use crate::giving::donation::Designation;
use crate::giving::payment::{FailureReason, PaymentState};
use crate::giving::payout::PayoutState;
use crate::giving::refund::RefundState;
use crate::vocabulary::ids::{
    CauseId, DisputeId, DonationId, DonorId, PaymentId, PayoutId, RefundId, SuspenseId,
};
use crate::vocabulary::money::Amount;

/// What a notice is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NoticeKind {
    /// A gift is in the books.
    DonationCaptured {
        /// The donation.
        donation: DonationId,
        /// Who gave.
        donor: DonorId,
        /// To which causes.
        designations: Vec<Designation>,
        /// To the platform on top.
        tip: Option<Amount>,
    },
    /// A payment failed; the donation still waits.
    PaymentFailed {
        /// The payment.
        payment: PaymentId,
        /// The donation.
        donation: DonationId,
        /// Who meant to give.
        donor: DonorId,
        /// Why, if that is known.
        reason: Option<FailureReason>,
    },
    /// All or some of a gift was given back.
    DonationRefunded {
        /// The refund.
        refund: RefundId,
        /// The donation.
        donation: DonationId,
        /// Who has the money.
        donor: DonorId,
        /// How much.
        amount: Amount,
    },
    /// A refund did not reach the donor.
    RefundFailed {
        /// The refund.
        refund: RefundId,
        /// The donation.
        donation: DonationId,
        /// Who does not have the money.
        donor: DonorId,
        /// How much.
        amount: Amount,
    },
    /// The donor's bank disputes a gift.
    DisputeOpened {
        /// The dispute.
        dispute: DisputeId,
        /// The donation.
        donation: DonationId,
        /// Who gave.
        donor: DonorId,
        /// How much.
        amount: Amount,
        /// An inquiry, or opened with money withdrawn.
        state: DisputeState,
    },
    /// A dispute came to its end.
    DisputeDecided {
        /// The dispute.
        dispute: DisputeId,
        /// The donation.
        donation: DonationId,
        /// Who gave.
        donor: DonorId,
        /// How much.
        amount: Amount,
        /// Won, lost or closed.
        state: DisputeState,
    },
    /// A cause has been paid.
    PayoutPaid {
        /// The payout.
        payout: PayoutId,
        /// The cause.
        cause: CauseId,
        /// How much.
        amount: Amount,
    },
    /// A payout did not arrive, or came back.
    PayoutFailed {
        /// The payout.
        payout: PayoutId,
        /// The cause.
        cause: CauseId,
        /// How much.
        amount: Amount,
    },
    /// What a cause has raised reached its goal.
    GoalReached {
        /// The cause.
        cause: CauseId,
        /// Its goal.
        goal: Amount,
    },
    /// A cause takes no gifts any more.
    CauseClosed {
        /// The cause.
        cause: CauseId,
    },
    /// Money came in of which nobody knows whose gift it is.
    MoneyUnidentified {
        /// The money.
        item: SuspenseId,
        /// How much.
        amount: Amount,
    },
    /// What a provider says cannot be: somebody has to look at it.
    FactRefused {
        /// The object, by its id at the provider.
        object: String,
        /// The number of the error.
        code: u16,
    },
}

/// The notice of an event; most have none.
pub fn notice_of(event: &Event) -> Option<NoticeKind> {
    #[allow(clippy::wildcard_enum_match_arm, reason = "most events are nobody's news")]
    Some(match event {
        Event::DonationCaptured { donation, donor, designations, tip, .. } => {
            let (donation, donor, designations, tip) = (*donation, *donor, designations.clone(), *tip);
            NoticeKind::DonationCaptured { donation, donor, designations, tip }
        }
        Event::PaymentChanged { payment, donation, donor, to, failure, .. } => match to {
            PaymentState::Failed => {
                let (payment, donation, donor, reason) = (*payment, *donation, *donor, *failure);
                NoticeKind::PaymentFailed { payment, donation, donor, reason }
            }
            _ => return None,
        },
        Event::DonationRefunded { refund, donation, donor, amount, .. } => {
            let (refund, donation, donor, amount) = (*refund, *donation, *donor, *amount);
            NoticeKind::DonationRefunded { refund, donation, donor, amount }
        }
        Event::RefundChanged { refund, donation, donor, amount, to, .. } => {
            let (refund, donation, donor, amount) = (*refund, *donation, *donor, *amount);
            match to {
                RefundState::Succeeded => NoticeKind::DonationRefunded { refund, donation, donor, amount },
                RefundState::Failed => NoticeKind::RefundFailed { refund, donation, donor, amount },
                _ => return None,
            }
        }
        Event::PayoutChanged { payout, cause, amount, to, .. } => {
            let (payout, cause, amount) = (*payout, *cause, *amount);
            match to {
                PayoutState::Paid => NoticeKind::PayoutPaid { payout, cause, amount },
                PayoutState::Failed | PayoutState::Reversed => {
                    NoticeKind::PayoutFailed { payout, cause, amount }
                }
                _ => return None,
            }
        }
        Event::CauseUpdated { cause, status: CauseStatus::Closed, .. } => {
            NoticeKind::CauseClosed { cause: *cause }
        }
        _ => return of_trouble(event),
    })
}

fn of_trouble(event: &Event) -> Option<NoticeKind> {
    #[allow(clippy::wildcard_enum_match_arm, reason = "most events are nobody's news")]
    Some(match event {
        Event::DisputeOpened(opened) => {
            let DisputeOpened { dispute, donation, donor, amount, state, .. } = *opened;
            NoticeKind::DisputeOpened { dispute, donation, donor, amount, state }
        }
        Event::DisputeChanged(changed) => {
            let DisputeChanged { dispute, donation, donor, amount, to: state, .. } = *changed;
            match state {
                DisputeState::Opened => NoticeKind::DisputeOpened { dispute, donation, donor, amount, state },
                DisputeState::Won | DisputeState::Lost | DisputeState::Closed => {
                    NoticeKind::DisputeDecided { dispute, donation, donor, amount, state }
                }
                _ => return None,
            }
        }
        Event::GoalReached(reached) => {
            let GoalReached { cause, goal } = *reached;
            NoticeKind::GoalReached { cause, goal }
        }
        Event::UnidentifiedReceived(received) => {
            NoticeKind::MoneyUnidentified { item: received.item, amount: received.amount }
        }
        Event::FactRefused(FactRefused { code, fact, .. }) => {
            NoticeKind::FactRefused { object: fact.object.clone(), code: *code }
        }
        _ => return None,
    })
}
