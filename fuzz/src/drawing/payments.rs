//! Commands about the way of money: gifts that are begun, attempts, fees, settlements, payouts, refunds under way.

use ledger_core::{
    BeginDonation, BookFee, CancelDonation, CaptureExchanged, Command, Currency, Designation, ExchangeMoney,
    FailureReason, FeeBearer, PaymentReport, PayoutReport, ProposePayout, RecordSettlement,
    RecordSettlementLines, RefundReport, ReportPayment, ReportPayout, ReportRefund, SettlementLine,
    StartPayment, TakePlatformFee, Visibility,
};

use super::Draw;

/// Accounts at processors: few, so that they meet.
const PROCESSORS: [&str; 3] = ["stripe", "stripe", "wise"];

impl Draw<'_, '_> {
    /// A command on the way of money.
    pub(super) fn on_its_way(&mut self) -> Command {
        match self.below(20) {
            0..=2 => Command::BeginDonation(self.begin()),
            3 => Command::BeginForeignDonation(self.begin()),
            4..=6 => Command::StartPayment(self.start()),
            7..=10 => Command::ReportPayment(self.report_payment()),
            11 => Command::CaptureExchanged(self.capture_exchanged()),
            12 => {
                let donation = self.begun();
                Command::CancelDonation(CancelDonation { key: self.key(), donation })
            }
            13 => {
                let (donation, currency) = self.gift();
                let fee = self.amount(currency);
                Command::BookFee(BookFee { key: self.key(), donation, fee, occurred_on: self.day() })
            }
            14 => Command::TakePlatformFee(self.platform_fee()),
            15 => self.settled(),
            16 => Command::ReportRefund(self.report_refund()),
            17 => Command::ProposePayout(self.propose()),
            18 => Command::ReportPayout(self.report_payout()),
            _ => Command::ExchangeMoney(self.exchange()),
        }
    }

    pub(super) fn processor(&mut self) -> String {
        let ordinary = self.pick(&PROCESSORS);
        if self.once_in(24) { self.text(ordinary) } else { ordinary.to_owned() }
    }

    pub(super) fn begun(&mut self) -> ledger_core::DonationId {
        let known = if self.once_in(24) { None } else { self.any(&self.known.begun) };
        known.unwrap_or_else(|| self.strange_id("gft_"))
    }

    /// A captured donation and its currency.
    pub(super) fn gift(&mut self) -> (ledger_core::DonationId, Currency) {
        let gift = if self.once_in(24) { None } else { self.any(&self.known.gifts) };
        let currency = gift.as_ref().and_then(|gift| gift.designations.first());
        let currency = currency.map_or_else(|| self.currency(), |to| to.amount.currency());
        (gift.map_or_else(|| self.strange_id("gft_"), |gift| gift.donation), currency)
    }

    pub(super) fn payment(&mut self) -> ledger_core::PaymentId {
        let known = if self.once_in(24) { None } else { self.any(&self.known.payments) };
        known.unwrap_or_else(|| self.strange_id("pay_"))
    }

    fn begin(&mut self) -> BeginDonation {
        let designations = self.designations();
        let currency = designations.first().map_or_else(|| self.currency(), |to| to.amount.currency());
        let currency = if self.once_in(6) { self.currency() } else { currency };
        let designations =
            designations.into_iter().map(|to| Designation { amount: self.amount(currency), ..to });
        BeginDonation {
            designations: designations.collect(),
            key: self.key(),
            donor: self.donor(),
            tip: self.once_in(3).then(|| self.amount(currency)),
            fee_bearer: self.pick(&[FeeBearer::Causes, FeeBearer::Platform]),
            visibility: self.pick(&[Visibility::Public, Visibility::Anonymous]),
            memo: self.some_text("for Ada"),
        }
    }

    fn start(&mut self) -> StartPayment {
        StartPayment { key: self.key(), donation: self.begun(), processor: self.processor() }
    }

    pub(super) fn payment_report(&mut self) -> PaymentReport {
        self.pick(&[
            PaymentReport::Captured,
            PaymentReport::Captured,
            PaymentReport::Captured,
            PaymentReport::Processing,
            PaymentReport::RequiresAction,
            PaymentReport::Authorised,
            PaymentReport::Failed { reason: FailureReason::Declined },
            PaymentReport::Voided,
            PaymentReport::Expired,
        ])
    }

    fn report_payment(&mut self) -> ReportPayment {
        let currency = self.currency();
        ReportPayment {
            key: self.key(),
            payment: self.payment(),
            report: self.payment_report(),
            fee: self.once_in(4).then(|| self.amount(currency)),
            occurred_on: self.day(),
        }
    }

    fn capture_exchanged(&mut self) -> CaptureExchanged {
        let currency = self.currency();
        CaptureExchanged {
            key: self.key(),
            payment: self.payment(),
            settled: self.amount(currency),
            rate: self.some_text("0.92"),
            fee: self.once_in(4).then(|| self.amount(currency)),
            occurred_on: self.day(),
        }
    }

    fn platform_fee(&mut self) -> TakePlatformFee {
        let gift = self.any(&self.known.gifts);
        let designations = gift.map_or_else(|| self.designations(), |gift| gift.designations);
        let from = designations.into_iter().filter(|_| !self.once_in(3)).collect::<Vec<_>>();
        let from = from.into_iter().map(|to| Designation { amount: self.amount(to.amount.currency()), ..to });
        let from = from.collect();
        TakePlatformFee { key: self.key(), donation: self.gift().0, from, occurred_on: self.day() }
    }

    fn settled(&mut self) -> Command {
        if let Some(settlement) = self.any(&self.known.settlements).filter(|_| self.below(2) == 0) {
            let line = |draw: &mut Self| SettlementLine {
                id: format!("txn_{}", draw.below(64)),
                about: draw.once_in(2).then(|| draw.object()),
                gross_minor: draw.pick(&[0, 1, -1, 500, -500, i64::MAX, i64::MIN]),
                fee_minor: draw.pick(&[0, 1, -1, 35, i64::MIN]),
            };
            let lines = (0..self.below(4)).map(|_| line(self)).collect();
            let key = self.key();
            return Command::RecordSettlementLines(RecordSettlementLines { key, settlement, lines });
        }
        let currency = self.currency();
        Command::RecordSettlement(RecordSettlement {
            key: self.key(),
            processor: self.processor(),
            bank: "main".into(),
            amount: self.amount(currency),
            occurred_on: self.day(),
        })
    }

    pub(super) fn refund_report(&mut self) -> RefundReport {
        self.pick(&[
            RefundReport::Pending,
            RefundReport::Succeeded,
            RefundReport::Failed,
            RefundReport::Cancelled,
        ])
    }

    fn report_refund(&mut self) -> ReportRefund {
        let known = if self.once_in(24) { None } else { self.any(&self.known.refunds) };
        let refund = known.unwrap_or_else(|| self.strange_id("ref_"));
        ReportRefund { key: self.key(), refund, report: self.refund_report(), occurred_on: self.day() }
    }

    fn propose(&mut self) -> ProposePayout {
        let (cause, currency) = self.cause();
        ProposePayout { key: self.key(), cause, amount: self.amount(currency), bank: "main".into() }
    }

    fn report_payout(&mut self) -> ReportPayout {
        let known = if self.once_in(24) { None } else { self.any(&self.known.payouts) };
        let report = self.pick(&[
            PayoutReport::Paid,
            PayoutReport::InTransit,
            PayoutReport::Failed,
            PayoutReport::Reversed,
        ]);
        let payout = known.unwrap_or_else(|| self.strange_id("out_"));
        ReportPayout { key: self.key(), payout, report, occurred_on: self.day() }
    }

    fn exchange(&mut self) -> ExchangeMoney {
        let (from, to) = (self.currency(), self.currency());
        ExchangeMoney {
            key: self.key(),
            processor: self.processor(),
            from: self.amount(from),
            to: self.amount(to),
            rate: self.some_text("1.08"),
            occurred_on: self.day(),
        }
    }
}
