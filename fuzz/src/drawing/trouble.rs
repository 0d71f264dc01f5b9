//! Commands about disputes, debts of causes, money that is nobody's, and what providers say of all of it.

use ledger_core::{
    AcknowledgeNotices, AttachObject, BookDisputeFee, CausePolicies, ClosedCause, Command, DisputeBegins,
    DisputeFeeFlow, DisputeReport, DisputeState, FactSays, FeeGivenBack, GiveBackFees, Identify, IngestFacts,
    Method, NegativeCause, OpenDispute, ProviderFact, ProviderTarget, ReceiveUnidentified, ReleaseSetAside,
    ReportDispute, ReturnUnidentified, SetCausePolicies, SettleReceivable, SettledBy, SettlementOutcome,
    Timestamp, Visibility,
};

use super::Draw;

impl Draw<'_, '_> {
    /// A command about what went wrong, or about what a provider says.
    pub(super) fn trouble(&mut self) -> Command {
        match self.below(20) {
            0..=1 => self.open_dispute(),
            2..=3 => {
                let (dispute, report) = (self.dispute(), self.pick(&DisputeReport::ALL));
                let key = self.key();
                Command::ReportDispute(ReportDispute { key, dispute, report, occurred_on: self.day() })
            }
            4 => {
                let (dispute, currency) = (self.dispute(), self.currency());
                let flow = self.pick(&[DisputeFeeFlow::Charged, DisputeFeeFlow::Returned]);
                let (key, fee) = (self.key(), self.amount(currency));
                Command::BookDisputeFee(BookDisputeFee { key, dispute, fee, flow, occurred_on: self.day() })
            }
            5 => self.policies(),
            6 => self.settle_receivable(),
            7 => self.give_back_fees(),
            8..=10 => self.suspense(),
            11..=17 => self.facts(),
            18 => {
                let to = self.target();
                Command::AttachObject(AttachObject { key: self.key(), object: self.object(), to })
            }
            _ => {
                let consumer = self.text("mailer");
                let through = u64::try_from(self.below(64)).expect("small");
                Command::AcknowledgeNotices(AcknowledgeNotices { consumer, through })
            }
        }
    }

    fn dispute(&mut self) -> ledger_core::DisputeId {
        let known = if self.once_in(24) { None } else { self.any(&self.known.disputes) };
        known.unwrap_or_else(|| self.strange_id("dis_"))
    }

    fn item(&mut self) -> ledger_core::SuspenseId {
        let known = if self.once_in(24) { None } else { self.any(&self.known.items) };
        known.unwrap_or_else(|| self.strange_id("sus_"))
    }

    fn open_dispute(&mut self) -> Command {
        let (donation, currency) = self.gift();
        Command::OpenDispute(OpenDispute {
            key: self.key(),
            donation,
            amount: self.amount(currency),
            begins: self.pick(&[DisputeBegins::WithMoney, DisputeBegins::AsInquiry]),
            fee: self.once_in(3).then(|| self.amount(currency)),
            occurred_on: self.day(),
        })
    }

    fn policies(&mut self) -> Command {
        let (of, to) = (self.cause().0, self.cause().0);
        let policies = CausePolicies {
            on_negative: self.pick(&NegativeCause::ALL),
            on_closed: self.pick(&[
                ClosedCause::TakeAnyway,
                ClosedCause::SetAside,
                ClosedCause::PassTo { cause: to },
            ]),
        };
        let cause = self.once_in(2).then_some(of);
        Command::SetCausePolicies(SetCausePolicies { key: self.key(), cause, policies })
    }

    fn settle_receivable(&mut self) -> Command {
        let (cause, currency) = self.cause();
        let by = self.pick(&[
            SettledBy::SetOff,
            SettledBy::WriteOff,
            SettledBy::Repayment { bank: "main".into() },
        ]);
        let amount = self.amount(currency);
        Command::SettleReceivable(SettleReceivable {
            key: self.key(),
            cause,
            amount,
            by,
            occurred_on: self.day(),
        })
    }

    fn give_back_fees(&mut self) -> Command {
        let gift = self.any(&self.known.gifts);
        let to = gift.as_ref().map_or_else(Vec::new, |gift| gift.designations.clone());
        let to = to
            .into_iter()
            .map(|of| ledger_core::Designation { amount: self.amount(of.amount.currency()), ..of });
        let to = to.collect();
        let donation = gift.map_or_else(|| self.strange_id("gft_"), |gift| gift.donation);
        let fee = self.pick(&[FeeGivenBack::OfProcessor, FeeGivenBack::OfPlatform]);
        Command::GiveBackFees(GiveBackFees { key: self.key(), donation, fee, to, occurred_on: self.day() })
    }

    fn suspense(&mut self) -> Command {
        let currency = self.currency();
        match self.below(4) {
            0 => Command::ReceiveUnidentified(ReceiveUnidentified {
                key: self.key(),
                amount: self.amount(currency),
                method: Method::Offline { bank: "main".into() },
                occurred_on: self.day(),
            }),
            1 => Command::Identify(Identify {
                key: self.key(),
                item: self.item(),
                donor: self.donor(),
                designations: self.designations(),
                tip: None,
                occurred_on: self.day(),
                visibility: Visibility::Public,
                memo: self.some_text("found"),
            }),
            2 => {
                let (item, amount) = (self.item(), self.amount(currency));
                let key = self.key();
                Command::ReturnUnidentified(ReturnUnidentified { key, item, amount, occurred_on: self.day() })
            }
            _ => {
                let ((to, currency), item) = (self.cause(), self.item());
                let (key, amount) = (self.key(), self.amount(currency));
                Command::ReleaseSetAside(ReleaseSetAside { key, item, to, amount, occurred_on: self.day() })
            }
        }
    }

    /// An object of a provider: few, so that they meet.
    pub(super) fn object(&mut self) -> String {
        let kind = self.pick(&["pi", "re", "dp", "po", "txn"]);
        format!("{kind}_{}", self.below(8))
    }

    fn target(&mut self) -> ProviderTarget {
        match self.below(3) {
            0 => ProviderTarget::Payment { payment: self.payment() },
            1 => ProviderTarget::Dispute { dispute: self.dispute() },
            _ => {
                let known = self.any(&self.known.refunds);
                ProviderTarget::Refund { refund: known.unwrap_or_else(|| self.strange_id("ref_")) }
            }
        }
    }

    fn facts(&mut self) -> Command {
        let count = if self.once_in(4) { 1 + self.below(4) } else { 1 };
        let facts = (0..count).map(|_| ProviderFact { object: self.object(), says: self.says() }).collect();
        let (key, processor) = (self.key(), self.processor());
        Command::IngestFacts(IngestFacts { key, processor, facts, occurred_on: self.day() })
    }

    fn says(&mut self) -> FactSays {
        let (currency, of_payment) = (self.currency(), format!("pi_{}", self.below(8)));
        let amount = self.amount(currency);
        let made_at = Timestamp::from_micros(i64::try_from(self.below(1 << 20)).expect("small"));
        match self.below(9) {
            0..=2 => FactSays::Payment {
                payment: self.once_in(2).then(|| self.payment()),
                report: self.payment_report(),
                captured: self.once_in(3).then_some(amount),
            },
            3 => {
                let (captured, rate) = (self.once_in(2).then(|| self.amount(currency)), None);
                FactSays::Exchanged { of_payment, captured, settled: amount, rate }
            }
            4 => FactSays::Fee { of_payment, fee: amount },
            5 => {
                let refund = if self.once_in(2) { self.any(&self.known.refunds) } else { None };
                FactSays::Refund { of_payment, refund, amount, report: self.refund_report(), made_at }
            }
            6 => FactSays::Dispute { of_payment, amount, state: self.pick(&DisputeState::ALL), made_at },
            7 => FactSays::DisputeFee { charged: Some(amount), returned: None },
            _ => {
                let outcome = self.pick(&[SettlementOutcome::Paid, SettlementOutcome::Returned]);
                FactSays::Settlement { bank: "main".into(), amount, outcome }
            }
        }
    }
}
