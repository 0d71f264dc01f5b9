//! Lines about disputes, what causes owe, and money that is not known to be anybody's gift.

use super::{HistoryLine, LineKind, causes_of, sum_of};
use crate::giving::donation::Designation;
use crate::machine::event::Event;

/// What a line says of such an event.
pub(super) fn tell(line: &mut HistoryLine, event: &Event) {
    #[allow(clippy::wildcard_enum_match_arm, reason = "`line_of` has all others")]
    match event {
        Event::DisputeOpened(opened) => {
            (line.kind, line.amount) = (LineKind::Dispute, Some(opened.amount));
            (line.dispute, line.donation) = (Some(opened.dispute), Some(opened.donation));
            line.became = Some(opened.state.word());
            line.causes.clone_from(&opened.held);
        }
        Event::DisputeChanged(changed) => {
            (line.kind, line.amount) = (LineKind::Dispute, Some(changed.amount));
            (line.dispute, line.donation) = (Some(changed.dispute), Some(changed.donation));
            line.became = Some(changed.to.word());
            let shares = changed.shares.iter().map(|share| (share.beneficiary, share.share_minor));
            line.causes = causes_of(changed.amount.currency(), shares);
            if line.causes.is_empty() {
                line.causes.clone_from(&changed.held);
            }
        }
        Event::DisputeFeeBooked(booked) => {
            (line.kind, line.amount) = (LineKind::DisputeFee, Some(booked.fee));
            (line.dispute, line.donation) = (Some(booked.dispute), Some(booked.donation));
        }
        Event::CausePoliciesSet(_) => line.kind = LineKind::Policies,
        Event::CauseOverdrawn(overdrawn) => {
            let of_cause = Designation { cause: overdrawn.cause, amount: overdrawn.amount };
            of_one(line, LineKind::Overdraft, of_cause);
        }
        Event::OverdraftReturned(returned) => {
            let of_cause = Designation { cause: returned.cause, amount: returned.amount };
            of_one(line, LineKind::OverdraftReturned, of_cause);
            line.donation = Some(returned.donation);
        }
        Event::ReceivableSettled(settled) => {
            let of_cause = Designation { cause: settled.cause, amount: settled.amount };
            of_one(line, LineKind::ReceivableSettled, of_cause);
        }
        Event::FeesGivenBack(given) => {
            (line.kind, line.donation) = (LineKind::FeesGivenBack, Some(given.donation));
            line.amount = sum_of(&given.to, None);
            line.causes.clone_from(&given.to);
        }
        Event::GoalReached(reached) => {
            of_one(line, LineKind::GoalReached, Designation { cause: reached.cause, amount: reached.goal });
        }
        _ => tell_of_others(line, event),
    }
}

fn tell_of_others(line: &mut HistoryLine, event: &Event) {
    #[allow(clippy::wildcard_enum_match_arm, reason = "the others are in no history")]
    match event {
        Event::UnidentifiedReceived(received) => {
            (line.kind, line.amount) = (LineKind::Unidentified, Some(received.amount));
            (line.suspense, line.payment) = (Some(received.item), received.payment);
        }
        Event::UnidentifiedReturned(returned) => {
            (line.kind, line.amount) = (LineKind::Unidentified, Some(returned.amount));
            line.suspense = Some(returned.item);
        }
        Event::GiftSetAside(aside) => {
            of_one(line, LineKind::SetAside, Designation { cause: aside.cause, amount: aside.amount });
            (line.suspense, line.donation) = (Some(aside.item), Some(aside.donation));
        }
        Event::SetAsideAgain(again) => {
            of_one(line, LineKind::SetAside, Designation { cause: again.cause, amount: again.amount });
            line.suspense = Some(again.item);
        }
        Event::SetAsideReleased(released) => {
            let of_cause = Designation { cause: released.to, amount: released.amount };
            of_one(line, LineKind::SetAsideReleased, of_cause);
            line.suspense = Some(released.item);
        }
        Event::CurrencyExchanged(exchanged) => {
            (line.kind, line.amount) = (LineKind::Exchange, Some(exchanged.from));
            line.donation = exchanged.donation;
        }
        Event::RefundLearned(learned) => {
            (line.kind, line.amount) = (LineKind::Refund, Some(learned.amount));
            (line.refund, line.donation) = (Some(learned.refund), Some(learned.donation));
            let shares = learned.shares.iter().map(|share| (share.beneficiary, share.share_minor));
            line.causes = causes_of(learned.amount.currency(), shares);
        }
        Event::TakingsRedivided(anew) => {
            (line.kind, line.donation) = (LineKind::Redivided, Some(anew.donation));
        }
        Event::SettlementReturned(returned) => {
            (line.kind, line.amount) = (LineKind::Settlement, Some(returned.amount));
        }
        _ => {}
    }
}

fn of_one(line: &mut HistoryLine, kind: LineKind, of_cause: Designation) {
    (line.kind, line.amount) = (kind, Some(of_cause.amount));
    line.causes = vec![of_cause];
}
