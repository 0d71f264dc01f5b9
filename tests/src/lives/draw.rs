//! Drawing commands, and saying beforehand what must become of them.

use ledger_core::{
    BeginDonation, BookFee, CancelDonation, Command, Designation, FailureReason, FeeBearer, PaymentReport,
    PayoutReport, ProposePayout, RecordSettlement, Refund, RefundReport, RefundScope, ReportPayment,
    ReportPayout, ReportRefund, StartPayment, TakePlatformFee, Visibility,
};

use super::{Lives, PAYMENTS, PAYOUTS, Part, REFUNDS, Verdict, amount, may};
use crate::dice::Dice;

impl Lives {
    /// A command, and what must become of it.
    pub(super) fn draw(&self, dice: &mut Dice, key: String) -> (Command, Verdict) {
        let (command, verdict) = self.draw_any(dice, key);
        // The policy is asked last, when the command could be taken otherwise.
        let is_blocked = verdict == Ok(true) && self.is_blocked(&command);
        (command, if is_blocked { Err(3032) } else { verdict })
    }

    fn draw_any(&self, dice: &mut Dice, key: String) -> (Command, Verdict) {
        let gift = dice.any(&(0..self.gifts.len()).collect::<Vec<_>>());
        match (dice.below(19), gift) {
            (0..=2, _) | (_, None) => self.draw_gift(dice, key),
            (3..=4, Some(gift)) => self.draw_start(gift, key),
            (5..=8, Some(gift)) => self.draw_payment(dice, gift, key),
            (9, Some(gift)) => self.draw_fee(dice, gift, key),
            (10, Some(gift)) => self.draw_platform_fee(dice, gift, key),
            (11, Some(gift)) => self.draw_refund(dice, gift, key),
            (12, Some(gift)) => self.draw_refund_report(dice, gift, key),
            (13, Some(gift)) if dice.once_in(4) => self.draw_cancel(gift, key),
            (13, _) => {
                let settle = RecordSettlement {
                    key,
                    processor: "stripe".into(),
                    bank: "main".into(),
                    amount: amount(1 + dice.below(500)),
                    occurred_on: None,
                };
                (Command::RecordSettlement(settle), Ok(true))
            }
            (14, Some(gift)) => self.draw_dispute(dice, gift, key),
            (15..=16, Some(gift)) => self.draw_dispute_report(dice, gift, key),
            (17, _) => {
                let cause = dice.place(self.causes.len());
                let minor = 1 + dice.below(400);
                let (id, bank) = (self.causes[cause].0, "main".to_owned());
                let propose = ProposePayout { key, cause: id, amount: amount(minor), bank };
                let enough = i128::from(minor) <= self.free(cause);
                (Command::ProposePayout(propose), if enough { Ok(true) } else { Err(3028) })
            }
            _ => self.draw_payout(dice, key),
        }
    }

    fn draw_gift(&self, dice: &mut Dice, key: String) -> (Command, Verdict) {
        let mut designations = Vec::new();
        for (cause, _) in &self.causes {
            if designations.is_empty() || dice.once_in(2) {
                designations.push(Designation { cause: *cause, amount: amount(1 + dice.below(400)) });
            }
        }
        let tip = dice.once_in(2).then(|| amount(1 + dice.below(50)));
        let begin = BeginDonation {
            key,
            donor: dice.pick(&self.donors).0,
            designations,
            tip,
            fee_bearer: dice.pick(&[FeeBearer::Causes, FeeBearer::Platform]),
            visibility: Visibility::Public,
            memo: dice.once_in(3).then(|| "for Ada".to_owned()),
        };
        (Command::BeginDonation(begin), Ok(true))
    }

    fn draw_start(&self, gift: usize, key: String) -> (Command, Verdict) {
        let gift = &self.gifts[gift];
        let start = StartPayment { key, donation: gift.id, processor: "stripe".into() };
        let is_open = !gift.is_captured && !gift.is_cancelled;
        (Command::StartPayment(start), if is_open { Ok(true) } else { Err(3023) })
    }

    fn draw_payment(&self, dice: &mut Dice, gift: usize, key: String) -> (Command, Verdict) {
        let of_gift = &self.gifts[gift];
        let Some((payment, state)) = dice.any(&of_gift.payments) else { return self.draw_start(gift, key) };
        let report = dice.pick(&[
            PaymentReport::RequiresAction,
            PaymentReport::Processing,
            PaymentReport::Processing,
            PaymentReport::Authorised,
            PaymentReport::Authorised,
            PaymentReport::Captured,
            PaymentReport::Captured,
            PaymentReport::Captured,
            PaymentReport::Failed { reason: FailureReason::Declined },
            PaymentReport::Voided,
            PaymentReport::Expired,
        ]);
        let fee = dice.once_in(4).then(|| 1 + dice.below(60));
        let to = report.state().word();
        let verdict = if fee.is_some() && to != "captured" {
            Err(1027)
        } else if !may(&PAYMENTS, state, to) {
            Err(3022)
        } else if state == to {
            // A fee that is told with what is known would be dropped.
            if fee.is_some() { Err(1027) } else { Ok(false) }
        } else if to == "captured" && (of_gift.is_captured || of_gift.is_cancelled) {
            // Nobody's, but there.
            Ok(true)
        } else if to == "captured" && of_gift.causes_bear && fee.is_some_and(|fee| fee > of_gift.total()) {
            Err(1021)
        } else {
            Ok(true)
        };
        let fee = fee.map(amount);
        let report = ReportPayment { key, payment, report, fee, occurred_on: None };
        (Command::ReportPayment(report), verdict)
    }

    fn draw_fee(&self, dice: &mut Dice, gift: usize, key: String) -> (Command, Verdict) {
        let gift = &self.gifts[gift];
        let fee = 1 + dice.below(60);
        let verdict = if !gift.is_captured {
            Err(3024)
        } else if gift.causes_bear && gift.fees + fee > gift.total() {
            Err(1021)
        } else {
            Ok(true)
        };
        let fee = BookFee { key, donation: gift.id, fee: amount(fee), occurred_on: None };
        (Command::BookFee(fee), verdict)
    }

    fn draw_platform_fee(&self, dice: &mut Dice, gift: usize, key: String) -> (Command, Verdict) {
        let gift = &self.gifts[gift];
        let cause = dice.place(self.causes.len());
        let minor = 1 + dice.below(40);
        let place = gift.parts.iter().position(|part| part.cause == Some(cause));
        let verdict = match place {
            _ if !gift.is_captured => Err(3024),
            None => Err(3009),
            Some(place) if gift.taken[place] + minor > gift.parts[place].given => Err(1021),
            Some(_) => Ok(true),
        };
        let from = vec![Designation { cause: self.causes[cause].0, amount: amount(minor) }];
        let take = TakePlatformFee { key, donation: gift.id, from, occurred_on: None };
        (Command::TakePlatformFee(take), verdict)
    }

    fn draw_refund(&self, dice: &mut Dice, gift: usize, key: String) -> (Command, Verdict) {
        let gift = &self.gifts[gift];
        let rest: u64 = gift.parts.iter().map(Part::left).sum();
        let is_disputed = gift.disputes.iter().any(|of| ["opened", "under_review"].contains(&of.state));
        let forced = dice.once_in(3);
        let (scope, wanted) = if dice.once_in(4) {
            (RefundScope::Everything, rest)
        } else {
            let minor = 1 + dice.below(300);
            (RefundScope::Proportional { amount: amount(minor) }, minor)
        };
        let verdict = if !gift.is_captured {
            Err(3024)
        } else if is_disputed && !forced {
            Err(3031)
        } else if rest == 0 {
            Err(3006)
        } else if wanted > rest {
            Err(3007)
        } else {
            Ok(true)
        };
        let refund = Refund { key, donation: gift.id, scope, occurred_on: None, memo: None };
        (if forced { Command::ForceRefund(refund) } else { Command::Refund(refund) }, verdict)
    }

    fn draw_refund_report(&self, dice: &mut Dice, gift: usize, key: String) -> (Command, Verdict) {
        let Some((refund, _, state)) = dice.any(&self.gifts[gift].refunds) else {
            return self.draw_refund(dice, gift, key);
        };
        let report = dice.pick(&[
            RefundReport::Pending,
            RefundReport::Succeeded,
            RefundReport::Succeeded,
            RefundReport::Failed,
            RefundReport::Cancelled,
        ]);
        let to = report.state().word();
        let verdict = if may(&REFUNDS, state, to) { Ok(state != to) } else { Err(3022) };
        (Command::ReportRefund(ReportRefund { key, refund, report, occurred_on: None }), verdict)
    }

    fn draw_cancel(&self, gift: usize, key: String) -> (Command, Verdict) {
        let gift = &self.gifts[gift];
        let is_over = |state: &str| ["captured", "failed", "voided", "expired"].contains(&state);
        let verdict = if gift.is_cancelled {
            Ok(false)
        } else if gift.is_captured {
            Err(3023)
        } else if gift.payments.iter().any(|(_, state)| !is_over(state)) {
            Err(3026)
        } else {
            Ok(true)
        };
        (Command::CancelDonation(CancelDonation { key, donation: gift.id }), verdict)
    }

    fn draw_payout(&self, dice: &mut Dice, key: String) -> (Command, Verdict) {
        let Some((payout, cause, minor, state)) = dice.any(&self.payouts) else {
            return self.draw_gift(dice, key);
        };
        let report = dice.pick(&[
            PayoutReport::InTransit,
            PayoutReport::Paid,
            PayoutReport::Paid,
            PayoutReport::Failed,
            PayoutReport::Reversed,
        ]);
        let to = report.state().word();
        let sends = state == "proposed" && to != "failed";
        let verdict = if !may(&PAYOUTS, state, to) {
            Err(3022)
        } else if sends && i128::from(minor) > self.free(cause) {
            Err(3028)
        } else {
            Ok(state != to)
        };
        (Command::ReportPayout(ReportPayout { key, payout, report, occurred_on: None }), verdict)
    }
}
