//! Taking in what was accepted: what every account, total and state must be from then on.

use ledger_core::{
    Command, Committed, Designation, DonationId, FeeBearer, PaymentId, Refund, RefundId, RefundScope,
    ReportPayment, ReportPayout, ReportRefund,
};

use super::agree::sum;
use super::overdrafts::Anew;
use super::{BANK, Gift, Lives, PROCESSOR, Part, is_pending};
use crate::model::divide;

impl Lives {
    /// Takes an accepted command in. Ids come from the answer, everything else is worked out here.
    pub(super) fn take(&mut self, command: &Command, answer: &Committed) {
        self.records += 1;
        let before = self.snapshot();
        match command {
            Command::BeginDonation(command) => {
                let place = |id| self.causes.iter().position(|(cause, _)| *cause == id);
                let of_cause = |to: &Designation| (place(to.cause), to.amount.minor().unsigned_abs());
                let tip = command.tip.map(|tip| (None, tip.minor().unsigned_abs()));
                let parts = command.designations.iter().map(of_cause).chain(tip);
                self.gifts.push(Gift {
                    id: answer.donation().unwrap(),
                    donor: self.donors.iter().position(|(donor, _)| *donor == command.donor).unwrap(),
                    taken: vec![0; command.designations.len() + usize::from(command.tip.is_some())],
                    borne: vec![0; command.designations.len() + usize::from(command.tip.is_some())],
                    absorbed: vec![0; command.designations.len() + usize::from(command.tip.is_some())],
                    disputes: vec![],
                    parts: parts.map(|(cause, given)| Part { cause, given, back: 0, lost: 0 }).collect(),
                    causes_bear: command.fee_bearer == FeeBearer::Causes,
                    payments: vec![],
                    is_captured: false,
                    is_cancelled: false,
                    fees: 0,
                    refunds: vec![],
                });
            }
            Command::StartPayment(command) => {
                let payment = answer.payment().unwrap();
                self.gift(command.donation).payments.push((payment, "created"));
            }
            Command::ReportPayment(command) => self.take_payment(command),
            Command::CancelDonation(command) => self.gift(command.donation).is_cancelled = true,
            Command::BookFee(command) => {
                let place = self.place_of(command.donation);
                self.take_fee(place, command.fee.minor().unsigned_abs());
            }
            Command::TakePlatformFee(command) => {
                let (id, minor) = (command.from[0].cause, i128::from(command.from[0].amount.minor()));
                let cause = self.causes.iter().position(|(cause, _)| *cause == id).unwrap();
                self.post(&self.available(cause), minor);
                self.post("income:platform:fees", -minor);
                self.causes[cause].1.fees += minor;
                let gift = self.gift(command.donation);
                let place = gift.parts.iter().position(|part| part.cause == Some(cause)).unwrap();
                gift.taken[place] += command.from[0].amount.minor().unsigned_abs();
            }
            Command::RecordSettlement(command) => {
                let minor = i128::from(command.amount.minor());
                self.post(BANK, minor);
                self.post(PROCESSOR, -minor);
            }
            Command::Refund(command) | Command::ForceRefund(command) => {
                self.take_refund(command, answer.refund().unwrap());
            }
            Command::OpenDispute(command) => self.take_dispute(command, answer.dispute().unwrap()),
            Command::ReportDispute(command) => self.take_dispute_report(command),
            Command::BookDisputeFee(command) => self.take_dispute_fee(command),
            Command::ReportRefund(command) => self.take_refund_report(command),
            Command::ProposePayout(command) => {
                let cause = self.causes.iter().position(|(cause, _)| *cause == command.cause).unwrap();
                let minor = command.amount.minor().unsigned_abs();
                self.payouts.push((answer.payout().unwrap(), cause, minor, "proposed"));
            }
            Command::ReportPayout(command) => self.take_payout(command),
            other => panic!("never drawn: {other:?}"),
        }
        self.follow(&before, Anew::IsNot);
        if let Command::ReportRefund(command) = command {
            self.make_room_for_losses(command);
        }
    }

    pub(super) fn place_of(&self, id: DonationId) -> usize {
        self.gifts.iter().position(|gift| gift.id == id).unwrap()
    }

    pub(super) fn gift(&mut self, id: DonationId) -> &mut Gift {
        let place = self.place_of(id);
        &mut self.gifts[place]
    }

    fn pending_of(&self, place: usize) -> bool {
        self.gifts[place].payments.iter().any(|(_, state)| is_pending(state))
    }

    fn take_payment(&mut self, command: &ReportPayment) {
        let is_it = |(id, _): &(PaymentId, &str)| *id == command.payment;
        let place = self.gifts.iter().position(|gift| gift.payments.iter().any(is_it)).unwrap();
        let was_pending = self.pending_of(place);
        let to = command.report.state().word();
        self.gifts[place].payments.iter_mut().find(|payment| is_it(payment)).unwrap().1 = to;
        let change = i128::from(self.pending_of(place)) - i128::from(was_pending);
        let (donor, parts) = (self.gifts[place].donor, self.gifts[place].parts.clone());
        for part in &parts {
            let minor = change * i128::from(part.given);
            self.donors[donor].1.pending += minor;
            if let Some(cause) = part.cause {
                self.causes[cause].1.pending += minor;
            }
        }
        if to != "captured" {
            return;
        }
        if self.gifts[place].is_captured || self.gifts[place].is_cancelled {
            return self.take_unclaimed(place, command);
        }
        self.gifts[place].is_captured = true;
        for part in &parts {
            let minor = i128::from(part.given);
            self.post(PROCESSOR, minor);
            self.post(&self.of_part(part, false), -minor);
            self.donors[donor].1.gross += minor;
            if let Some(cause) = part.cause {
                self.causes[cause].1.gross += minor;
            }
        }
        if let Some(fee) = command.fee {
            self.take_fee(place, fee.minor().unsigned_abs());
        }
    }

    /// The money is nobody's gift, and its fee no cause's.
    fn take_unclaimed(&mut self, place: usize, command: &ReportPayment) {
        let total = i128::from(self.gifts[place].total());
        self.post(PROCESSOR, total);
        self.post("liabilities:suspense:unidentified", -total);
        if let Some(fee) = command.fee {
            self.gifts[place].fees += fee.minor().unsigned_abs();
            self.post(PROCESSOR, -i128::from(fee.minor()));
            self.post("expenses:processor:fees", i128::from(fee.minor()));
        }
    }

    fn take_fee(&mut self, place: usize, fee: u64) {
        self.gifts[place].fees += fee;
        self.post(PROCESSOR, -i128::from(fee));
        if !self.gifts[place].causes_bear {
            return self.post("expenses:processor:fees", i128::from(fee));
        }
        let parts = self.gifts[place].parts.clone();
        let weights: Vec<u64> = parts.iter().map(|part| part.given).collect();
        for (number, (part, share)) in parts.iter().zip(divide(fee, &weights)).enumerate() {
            self.gifts[place].borne[number] += share;
            self.post(&self.of_part(part, true), i128::from(share));
            if let Some(cause) = part.cause {
                self.causes[cause].1.fees += i128::from(share);
            }
        }
    }

    /// The shares leave the parts, or come back.
    fn move_shares(&mut self, place: usize, shares: &[u64], sign: i128) {
        let (donor, parts) = (self.gifts[place].donor, self.gifts[place].parts.clone());
        for (number, (part, &share)) in parts.iter().zip(shares).enumerate() {
            let minor = sign * i128::from(share);
            self.post(&self.of_part(part, false), minor);
            self.donors[donor].1.refunded += minor;
            if let Some(cause) = part.cause {
                self.causes[cause].1.refunded += minor;
            }
            let back = &mut self.gifts[place].parts[number].back;
            *back = u64::try_from(i128::from(*back) + minor).unwrap();
        }
    }

    fn take_refund(&mut self, command: &Refund, id: RefundId) {
        let place = self.place_of(command.donation);
        let rest: Vec<u64> = self.gifts[place].parts.iter().map(Part::left).collect();
        let shares = match &command.scope {
            RefundScope::Proportional { amount } => divide(amount.minor().unsigned_abs(), &rest),
            _ => rest,
        };
        self.move_shares(place, &shares, 1);
        self.post(&format!("liabilities:refunds:pending:{id}"), -sum(&shares));
        self.gifts[place].refunds.push((id, shares, "requested"));
    }

    fn take_refund_report(&mut self, command: &ReportRefund) {
        let is_it = |(id, ..): &(RefundId, Vec<u64>, &str)| *id == command.refund;
        let place = self.gifts.iter().position(|gift| gift.refunds.iter().any(is_it)).unwrap();
        let to = command.report.state().word();
        let of_gift = self.gifts[place].refunds.iter_mut().find(|refund| is_it(refund)).unwrap();
        let from = core::mem::replace(&mut of_gift.2, to);
        let shares = of_gift.1.clone();
        let promised = format!("liabilities:refunds:pending:{}", command.refund);
        match to {
            "succeeded" => {
                self.post(&promised, sum(&shares));
                self.post(PROCESSOR, -sum(&shares));
            }
            "failed" | "cancelled" => {
                self.post(if from == "succeeded" { PROCESSOR } else { &promised }, sum(&shares));
                self.move_shares(place, &shares, -1);
            }
            _ => {}
        }
    }

    fn take_payout(&mut self, command: &ReportPayout) {
        let place = self.payouts.iter().position(|payout| payout.0 == command.payout).unwrap();
        let (_, cause, minor, from) = self.payouts[place];
        let to = command.report.state().word();
        self.payouts[place].3 = to;
        let minor = i128::from(minor);
        let account = |state: &str| match state {
            "in_transit" => self.in_transit(cause),
            "paid" => BANK.to_owned(),
            _ => self.available(cause),
        };
        let (was, is) = (account(from), account(to));
        self.post(&was, minor);
        self.post(&is, -minor);
        self.causes[cause].1.paid_out += minor * (i128::from(to == "paid") - i128::from(from == "paid"));
    }
}
