//! What a sequence of commands has made so far, so that later commands can name it.

use ledger_core::{
    CauseId, Command, Committed, Currency, Delivery, Designation, DisputeId, DonationId, DonorId, Event,
    LedgerError, PaymentId, PayoutId, RefundId, SettlementId, SuspenseId, Wrong,
};

/// A donation that was captured.
#[derive(Clone)]
pub struct Gift {
    /// Its id.
    pub donation: DonationId,
    /// What went to which cause.
    pub designations: Vec<Designation>,
}

/// What is known of the book.
#[derive(Default)]
pub struct Known {
    /// The clock of the ledger, in microseconds.
    pub clock: i64,
    /// Donors that were registered.
    pub donors: Vec<DonorId>,
    /// Causes that were opened, with their currencies.
    pub causes: Vec<(CauseId, Currency)>,
    /// Donations that were captured.
    pub gifts: Vec<Gift>,
    /// Donations that were begun.
    pub begun: Vec<DonationId>,
    /// Payments that were started.
    pub payments: Vec<PaymentId>,
    /// Refunds that a processor carries out.
    pub refunds: Vec<RefundId>,
    /// Disputes that were opened.
    pub disputes: Vec<DisputeId>,
    /// Payouts that were proposed.
    pub payouts: Vec<PayoutId>,
    /// Settlements that were recorded.
    pub settlements: Vec<SettlementId>,
    /// Money that was nobody's, or was set aside.
    pub items: Vec<SuspenseId>,
    /// Entries that can be corrected.
    pub entries: Vec<Wrong>,
    /// Every command that was asked, accepted or not.
    pub asked: Vec<Command>,
    /// Every command that made a record, with its answer.
    pub committed: Vec<(Command, Committed)>,
}

impl Known {
    /// Takes note of an answer.
    pub fn learn(&mut self, command: &Command, answer: &Result<Committed, LedgerError>) {
        self.asked.push(command.clone());
        let Ok(committed) = answer else { return };
        if !is_recorded_by(command, committed) {
            return;
        }
        self.committed.push((command.clone(), committed.clone()));
        for event in &committed.events {
            self.learn_of(event);
        }
    }

    fn learn_of(&mut self, event: &Event) {
        match event {
            Event::DonorRegistered { donor, .. } => self.donors.push(*donor),
            Event::CauseOpened { cause, currency, .. } => self.causes.push((*cause, *currency)),
            Event::DonationCaptured { donation, designations, .. } => {
                self.entries.push(Wrong::Donation { donation: *donation });
                self.gifts.push(Gift { donation: *donation, designations: designations.clone() });
            }
            Event::DonationRefunded { refund, .. } => self.entries.push(Wrong::Refund { refund: *refund }),
            Event::GivingAdjusted { adjustment, .. } => {
                self.entries.push(Wrong::Adjustment { adjustment: *adjustment });
            }
            Event::Reallocated { reallocation, .. } => {
                self.entries.push(Wrong::Reallocation { reallocation: *reallocation });
            }
            Event::DonationBegun { donation, .. } => self.begun.push(*donation),
            Event::PaymentStarted { payment, .. } => self.payments.push(*payment),
            Event::RefundRequested { refund, .. } => self.refunds.push(*refund),
            Event::RefundLearned(learned) => self.refunds.push(learned.refund),
            Event::DisputeOpened(opened) => self.disputes.push(opened.dispute),
            Event::PayoutProposed { payout, .. } => self.payouts.push(*payout),
            Event::SettlementRecorded { settlement, .. } => self.settlements.push(*settlement),
            Event::UnidentifiedReceived(received) => self.items.push(received.item),
            Event::GiftSetAside(aside) => self.items.push(aside.item),
            _ => {}
        }
    }
}

/// Whether this call made a record: of what happened, or, when nothing did, of a key that stands for that.
///
/// What a provider said again, and a row that moves nothing, are in no record.
pub fn is_recorded_by(command: &Command, committed: &Committed) -> bool {
    committed.delivery == Delivery::First && (!committed.events.is_empty() || command.is_kept())
}
