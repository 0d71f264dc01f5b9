//! Random lives of many gifts by payments, against a model that shares no code: what is accepted, what is refused and
//! with which number, every balance and every total after every step, a clean audit, and the same after reopening.
//!
//! `PROPTEST_CASES` sets how many lives.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;

use ledger_core::{
    Amount, BeginDonation, BookFee, CancelDonation, CauseDetails, CauseId, Command, Committed, Currency,
    Designation, DonationId, DonorId, FailureReason, FeeBearer, Ledger, OpenCause, Options, PaymentId,
    PaymentReport, PayoutId, PayoutReport, ProposePayout, RecordSettlement, Refund, RefundId, RefundReport,
    RefundScope, RegisterDonor, ReportPayment, ReportPayout, ReportRefund, StartPayment, TakePlatformFee,
    Visibility,
};
use ledger_tests::dice::Dice;
use ledger_tests::model::divide;
use proptest::prelude::*;

const PROCESSOR: &str = "assets:processor:stripe:pending";
const BANK: &str = "assets:bank:main";
const TIPS: &str = "income:platform:tips";

/// Which reports are taken in each state, as `docs/payments.md` has them.
const PAYMENTS: [(&str, &str); 8] = [
    ("created", "requires_action processing authorised captured failed voided expired"),
    ("requires_action", "requires_action processing authorised captured failed voided expired"),
    ("processing", "requires_action processing authorised captured failed voided expired"),
    ("authorised", "processing authorised captured failed voided expired"),
    ("captured", "captured"),
    ("failed", "failed"),
    ("voided", "voided"),
    ("expired", "expired"),
];
const REFUNDS: [(&str, &str); 5] = [
    ("requested", "pending succeeded failed cancelled"),
    ("pending", "pending succeeded failed cancelled"),
    ("succeeded", "succeeded failed"),
    ("failed", "failed"),
    ("cancelled", "cancelled"),
];
const PAYOUTS: [(&str, &str); 5] = [
    ("proposed", "in_transit paid failed"),
    ("in_transit", "in_transit paid failed"),
    ("paid", "paid reversed"),
    ("failed", "failed"),
    ("reversed", "reversed"),
];

fn may(table: &[(&str, &str)], from: &str, to: &str) -> bool {
    let row = table.iter().find(|(state, _)| *state == from).expect("a state");
    row.1.split(' ').any(|each| each == to)
}

fn is_pending(state: &str) -> bool {
    state == "processing" || state == "authorised"
}

/// A part: of a cause, or of the platform.
#[derive(Clone)]
struct Part {
    cause: Option<usize>,
    given: u64,
    back: u64,
}

struct Gift {
    id: DonationId,
    donor: usize,
    parts: Vec<Part>,
    causes_bear: bool,
    payments: Vec<(PaymentId, &'static str)>,
    is_captured: bool,
    is_cancelled: bool,
    fees: u64,
    refunds: Vec<(RefundId, Vec<u64>, &'static str)>,
}

impl Gift {
    fn total(&self) -> u64 {
        self.parts.iter().map(|part| part.given).sum()
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sums {
    gross: i128,
    refunded: i128,
    fees: i128,
    pending: i128,
    paid_out: i128,
}

struct Lives {
    donors: Vec<(DonorId, Sums)>,
    causes: Vec<(CauseId, Sums)>,
    gifts: Vec<Gift>,
    payouts: Vec<(PayoutId, usize, u64, &'static str)>,
    /// Debits less credits.
    accounts: BTreeMap<String, i128>,
    records: u64,
}

/// What must become of a command: refused with a number, nothing new, or a record.
type Verdict = Result<bool, u16>;

fn eur() -> Currency {
    "EUR".parse().unwrap()
}

fn amount(minor: u64) -> Amount {
    Amount::from_minor(i64::try_from(minor).unwrap(), eur()).unwrap()
}

fn begin(ledger: &Ledger) -> Lives {
    let donor = |_| ledger.register_donor(RegisterDonor::default()).unwrap().donor().unwrap();
    let donors: Vec<_> = (0..3).map(|number| (donor(number), Sums::default())).collect();
    let open = |number| {
        let details = CauseDetails { name: format!("cause {number}"), ..CauseDetails::default() };
        ledger.open_cause(OpenCause { key: None, currency: eur(), details }).unwrap().cause().unwrap()
    };
    let causes: Vec<_> = (0..3).map(|number| (open(number), Sums::default())).collect();
    let records = donors.len() as u64 + causes.len() as u64;
    Lives { donors, causes, gifts: vec![], payouts: vec![], accounts: BTreeMap::new(), records }
}

impl Lives {
    fn post(&mut self, account: &str, debit: i128) {
        *self.accounts.entry(account.to_owned()).or_default() += debit;
    }

    fn available(&self, cause: usize) -> String {
        format!("liabilities:cause:{}:available", self.causes[cause].0)
    }

    fn in_transit(&self, cause: usize) -> String {
        format!("liabilities:cause:{}:in_transit", self.causes[cause].0)
    }

    /// The account on which a part is, or a share of a fee if it has one of its own.
    fn of_part(&self, part: &Part, of_fee: bool) -> String {
        match part.cause {
            Some(cause) => self.available(cause),
            None if of_fee => "expenses:processor:tip-share".to_owned(),
            None => TIPS.to_owned(),
        }
    }

    fn held(&self, cause: usize) -> i128 {
        -self.accounts.get(&self.available(cause)).copied().unwrap_or(0)
    }

    /// A command, and what must become of it.
    fn draw(&self, dice: &mut Dice, key: String) -> (Command, Verdict) {
        let gift = dice.any(&(0..self.gifts.len()).collect::<Vec<_>>());
        match (dice.below(16), gift) {
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
            (14, _) => {
                let cause = dice.place(self.causes.len());
                let minor = 1 + dice.below(400);
                let (id, bank) = (self.causes[cause].0, "main".to_owned());
                let propose = ProposePayout { key, cause: id, amount: amount(minor), bank };
                let enough = i128::from(minor) <= self.held(cause);
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
            Ok(false)
        } else if to == "captured" && (of_gift.is_captured || of_gift.is_cancelled) {
            Err(3023)
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
        let part = gift.parts.iter().find(|part| part.cause == Some(cause));
        let verdict = match part {
            _ if !gift.is_captured => Err(3024),
            None => Err(3009),
            Some(part) if minor > part.given => Err(1021),
            Some(_) => Ok(true),
        };
        let from = vec![Designation { cause: self.causes[cause].0, amount: amount(minor) }];
        let take = TakePlatformFee { key, donation: gift.id, from, occurred_on: None };
        (Command::TakePlatformFee(take), verdict)
    }

    fn draw_refund(&self, dice: &mut Dice, gift: usize, key: String) -> (Command, Verdict) {
        let gift = &self.gifts[gift];
        let rest: u64 = gift.parts.iter().map(|part| part.given - part.back).sum();
        let (scope, wanted) = if dice.once_in(4) {
            (RefundScope::Everything, rest)
        } else {
            let minor = 1 + dice.below(300);
            (RefundScope::Proportional { amount: amount(minor) }, minor)
        };
        let verdict = if !gift.is_captured {
            Err(3024)
        } else if rest == 0 {
            Err(3006)
        } else if wanted > rest {
            Err(3007)
        } else {
            Ok(true)
        };
        let refund = Refund { key, donation: gift.id, scope, occurred_on: None, memo: None };
        (Command::Refund(refund), verdict)
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
        } else if sends && i128::from(minor) > self.held(cause) {
            Err(3028)
        } else {
            Ok(state != to)
        };
        (Command::ReportPayout(ReportPayout { key, payout, report, occurred_on: None }), verdict)
    }

    /// Takes an accepted command in. Ids come from the answer, everything else is worked out here.
    fn take(&mut self, command: &Command, answer: &Committed) {
        self.records += 1;
        match command {
            Command::BeginDonation(command) => {
                let place = |id| self.causes.iter().position(|(cause, _)| *cause == id);
                let of_cause = |to: &Designation| (place(to.cause), to.amount.minor().unsigned_abs());
                let tip = command.tip.map(|tip| (None, tip.minor().unsigned_abs()));
                let parts = command.designations.iter().map(of_cause).chain(tip);
                self.gifts.push(Gift {
                    id: answer.donation().unwrap(),
                    donor: self.donors.iter().position(|(donor, _)| *donor == command.donor).unwrap(),
                    parts: parts.map(|(cause, given)| Part { cause, given, back: 0 }).collect(),
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
            }
            Command::RecordSettlement(command) => {
                let minor = i128::from(command.amount.minor());
                self.post(BANK, minor);
                self.post(PROCESSOR, -minor);
            }
            Command::Refund(command) => self.take_refund(command, answer.refund().unwrap()),
            Command::ReportRefund(command) => self.take_refund_report(command),
            Command::ProposePayout(command) => {
                let cause = self.causes.iter().position(|(cause, _)| *cause == command.cause).unwrap();
                let minor = command.amount.minor().unsigned_abs();
                self.payouts.push((answer.payout().unwrap(), cause, minor, "proposed"));
            }
            Command::ReportPayout(command) => self.take_payout(command),
            other => panic!("never drawn: {other:?}"),
        }
    }

    fn place_of(&self, id: DonationId) -> usize {
        self.gifts.iter().position(|gift| gift.id == id).unwrap()
    }

    fn gift(&mut self, id: DonationId) -> &mut Gift {
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

    fn take_fee(&mut self, place: usize, fee: u64) {
        self.gifts[place].fees += fee;
        self.post(PROCESSOR, -i128::from(fee));
        if !self.gifts[place].causes_bear {
            return self.post("expenses:processor:fees", i128::from(fee));
        }
        let parts = self.gifts[place].parts.clone();
        let weights: Vec<u64> = parts.iter().map(|part| part.given).collect();
        for (part, share) in parts.iter().zip(divide(fee, &weights)) {
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
        let rest: Vec<u64> = self.gifts[place].parts.iter().map(|part| part.given - part.back).collect();
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

    /// Every balance, every total, every state.
    fn agrees(&self, ledger: &Ledger, when: &str) {
        let mut found = BTreeMap::new();
        for each in ledger.trial_balance().unwrap().balances {
            let minor = |minor: u128| i128::try_from(minor).unwrap();
            let net = minor(each.balance.debits_minor) - minor(each.balance.credits_minor);
            found.insert(each.account.name.to_string(), net);
        }
        let is_there = |accounts: &BTreeMap<String, i128>| -> BTreeMap<String, i128> {
            accounts.iter().filter(|(_, net)| **net != 0).map(|(name, net)| (name.clone(), *net)).collect()
        };
        assert_eq!(is_there(&found), is_there(&self.accounts), "{when}");
        for (id, wanted) in &self.causes {
            let totals = ledger.cause(*id).unwrap().unwrap().totals;
            assert_eq!(sums(&totals), *wanted, "{when}: {id}");
            assert_eq!(totals.held_minor(), -net_of(&self.accounts, *id), "{when}: {id}");
        }
        for (id, wanted) in &self.donors {
            let totals = ledger.donor(*id).unwrap().unwrap().totals;
            assert_eq!(totals.first().map(sums).unwrap_or_default(), *wanted, "{when}: {id}");
        }
        for gift in &self.gifts {
            let begun = ledger.begun_donation(gift.id).unwrap().unwrap();
            let payments: Vec<_> = begun.payments.iter().map(|own| (own.id, own.state.word())).collect();
            assert_eq!(payments, gift.payments, "{when}");
            let donation = ledger.donation(gift.id).unwrap();
            assert_eq!(donation.is_some(), gift.is_captured, "{when}");
            if let Some(donation) = donation {
                let back: Vec<u64> = donation.parts.iter().map(|part| part.refunded_minor).collect();
                assert_eq!(back, gift.parts.iter().map(|part| part.back).collect::<Vec<_>>(), "{when}");
            }
            for (refund, _, state) in &gift.refunds {
                let found = ledger.refund_under_way(*refund).unwrap().unwrap();
                assert_eq!(found.state.word(), *state, "{when}: {refund}");
            }
        }
        for (payout, _, _, state) in &self.payouts {
            assert_eq!(ledger.payout(*payout).unwrap().unwrap().state.word(), *state, "{when}: {payout}");
        }
        assert_eq!(ledger.stats().unwrap().seq, self.records, "{when}");
    }
}

fn sum(shares: &[u64]) -> i128 {
    shares.iter().map(|share| i128::from(*share)).sum()
}

fn sums(totals: &ledger_core::Totals) -> Sums {
    assert_eq!((totals.disputed_minor, totals.adjusted_minor), (0, 0));
    Sums {
        gross: totals.gross_minor,
        refunded: totals.refunded_minor,
        fees: totals.fees_minor,
        pending: totals.pending_minor,
        paid_out: totals.paid_out_minor,
    }
}

fn net_of(accounts: &BTreeMap<String, i128>, cause: CauseId) -> i128 {
    let of_cause = format!("liabilities:cause:{cause}:");
    accounts.iter().filter(|(name, _)| name.starts_with(&of_cause)).map(|(_, net)| net).sum()
}

fn live(seed: u64, steps: usize, folder: Option<&std::path::Path>) {
    let options = || Options::new().cache_bytes(1 << 20).checkpoint_records(40);
    let mut ledger = folder.map_or_else(
        || Ledger::in_memory(options()).unwrap(),
        |folder| Ledger::open(folder, options()).unwrap(),
    );
    let mut lives = begin(&ledger);
    let mut dice = Dice::new(seed);
    let (mut taken, mut refused) = (0, 0);
    for step in 0..steps {
        let (command, verdict) = lives.draw(&mut dice, format!("key-{step}"));
        let when = format!("seed {seed}, step {step}, {command:?}");
        let found = ledger.submit(command.clone());
        match (&found, verdict) {
            (Ok(answer), Ok(true)) => {
                assert!(!answer.events.is_empty(), "{when}");
                lives.take(&command, answer);
                taken += 1;
                // Asked again it is the same act.
                assert_eq!(ledger.submit(command).unwrap().seq, answer.seq, "{when}");
            }
            (Ok(answer), Ok(false)) => assert!(answer.events.is_empty(), "{when}"),
            (Err(error), Err(number)) => {
                assert_eq!(error.code().number(), number, "{when}: {error}");
                refused += 1;
            }
            (found, verdict) => panic!("{when}: {found:?}, and must be {verdict:?}"),
        }
        lives.agrees(&ledger, &when);
        if let Some(folder) = folder.filter(|_| dice.once_in(15)) {
            if dice.once_in(2) {
                ledger.close().unwrap();
            }
            drop(ledger);
            ledger = Ledger::open(folder, options()).unwrap();
            lives.agrees(&ledger, "opened again");
        }
    }
    assert_eq!(ledger.audit().unwrap().difference, None, "seed {seed}");
    ledger.rebuild().unwrap();
    lives.agrees(&ledger, "rebuilt");
    assert!(taken * 4 > steps && refused > 0, "seed {seed}: {taken} taken, {refused} refused");
}

fn cases() -> ProptestConfig {
    let mut config = ProptestConfig::default();
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 24;
    }
    config.failure_persistence = None;
    config
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn lives_in_memory_agree_with_the_model(seed in any::<u64>()) {
        live(seed, 120, None);
    }

    #[test]
    fn lives_on_disk_agree_with_the_model(seed in any::<u64>()) {
        let folder = tempfile::tempdir().unwrap();
        live(seed, 60, Some(folder.path()));
    }
}
