//! A small book that has a row of every kind, with something in every field of it.

mod trouble;

use std::path::Path;

pub(super) use self::trouble::{CONSUMER, LINE, OBJECT, PROCESSOR, Trouble};

use crate::*;

/// What the book holds, as far as a mutation has to name it.
pub(super) struct Book {
    pub(super) ada: DonorId,
    pub(super) guest: DonorId,
    /// Ada once more, merged.
    pub(super) merged: DonorId,
    pub(super) water: CauseId,
    /// A donation that was given back in two steps.
    pub(super) refunded: DonationId,
    /// A donation that was paid by a payment.
    pub(super) collected: DonationId,
    /// A payout on its way.
    pub(super) payout: PayoutId,
    /// What is disputed, unidentified and settled.
    pub(super) trouble: Trouble,
    /// The record of an entry that was taken back.
    pub(super) taken_back: u64,
    /// The record of the last gift with a key.
    pub(super) last_gift: u64,
    /// Its day, that of all records.
    pub(super) day: Date,
}

pub(super) const EMAIL: &str = "ada@example.org";
pub(super) const FORMER_EMAIL: &str = "ada@former.example";
pub(super) const EXTERNAL_ID: &str = "member-1";
pub(super) const CAUSE_ID: &str = "water-2";
pub(super) const FORMER_CAUSE_ID: &str = "water-1";
pub(super) const BANK: &str = "main";

pub(super) fn euro() -> Currency {
    "EUR".parse().unwrap()
}

pub(super) fn money(text: &str, code: &str) -> Amount {
    Amount::parse(text, code.parse().unwrap()).unwrap()
}

pub(super) fn options() -> Options {
    Options::new().cache_bytes(1 << 20)
}

/// Writes the book into a folder and closes it.
pub(super) fn write(folder: &Path) -> Book {
    let ledger = Ledger::open(folder, options()).unwrap();
    let [water, school, temple] = causes(&ledger);
    let (ada, guest, merged) = donors(&ledger);
    let mut first = None;
    // 66 gifts, so that donor, causes and accounts have a full chunk of history each.
    for number in 0..66 {
        let gift = gift(&format!("gift-{number}"), ada, &[(water, "7.00"), (school, "3.01")]);
        let committed = ledger.donate(gift).unwrap();
        first = first.or(committed.donation());
    }
    let refunded = first.unwrap();
    for number in 0..2 {
        let memo = Some("a word".to_owned());
        let (key, scope) =
            (format!("back-{number}"), RefundScope::Proportional { amount: money("2.00", "EUR") });
        let refund = Refund { key, donation: refunded, scope, occurred_on: None, memo };
        ledger.refund(refund).unwrap();
    }
    let mut adjustments = Vec::new();
    for (key, reason) in [
        ("adjusted", AdjustmentReason::RedesignatedIn),
        ("disputed", AdjustmentReason::Chargeback),
        ("disputed again", AdjustmentReason::Chargeback),
    ] {
        let (key, amount) = (key.to_owned(), money("1.00", "EUR"));
        let method = Method::Offline { bank: BANK.into() };
        let adjust = Adjust {
            key,
            donor: ada,
            cause: water,
            amount,
            reason,
            method,
            occurred_on: None,
            entry: EntryKind::Ordinary,
            memo: None,
        };
        adjustments.push(ledger.adjust(adjust).unwrap());
    }
    let twice = adjustments.pop().unwrap();
    let correct = Correct {
        wrong: Wrong::Adjustment { adjustment: twice.adjustment().unwrap() },
        right: Right::Nothing { key: "once".to_owned(), why: WhyNothing::EnteredTwice },
        reversed_on: None,
        entry: EntryKind::Ordinary,
    };
    ledger.correct(correct).unwrap();
    ledger.take_over(row_of_another_system()).unwrap();
    let (collected, payout) = on_its_way(&ledger, ada, water);
    let trouble = trouble::write(&ledger, collected, water);
    let through = "2000-12-31".parse().unwrap();
    ledger.close_period(ClosePeriod { key: "closing".to_owned(), through }).unwrap();
    let yen = Donate {
        designations: vec![Designation { cause: temple, amount: money("500", "JPY") }],
        tip: None,
        fee: Some(money("20", "JPY")),
        fee_bearer: FeeBearer::Platform,
        ..gift("yen", ada, &[])
    };
    let last_gift = ledger.donate(yen).unwrap().seq;
    let day = ledger.changes(last_gift - 1, 1).unwrap()[0].day;
    ledger.close().unwrap();
    let taken_back = twice.seq;
    Book { ada, guest, merged, water, refunded, collected, payout, trouble, taken_back, last_gift, day }
}

/// A gift that is paid by the second payment, its fee, and a payout that was sent.
fn on_its_way(ledger: &Ledger, donor: DonorId, cause: CauseId) -> (DonationId, PayoutId) {
    let begin = BeginDonation {
        key: "begun".into(),
        donor,
        designations: vec![Designation { cause, amount: money("20.00", "EUR") }],
        tip: None,
        fee_bearer: FeeBearer::Causes,
        visibility: Visibility::Public,
        memo: None,
    };
    let donation = ledger.begin_donation(begin).unwrap().donation().unwrap();
    for (key, report) in [
        ("failed", PaymentReport::Failed { reason: FailureReason::Declined }),
        ("captured", PaymentReport::Captured),
    ] {
        let start = StartPayment { key: format!("start {key}"), donation, processor: PROCESSOR.into() };
        let payment = ledger.start_payment(start).unwrap().payment().unwrap();
        if report == PaymentReport::Captured {
            let (object, to) = (OBJECT.to_owned(), ProviderTarget::Payment { payment });
            ledger.attach_object(AttachObject { key: "object".into(), object, to }).unwrap();
        }
        let report = ReportPayment { key: key.into(), payment, report, fee: None, occurred_on: None };
        ledger.report_payment(report).unwrap();
    }
    let fee = BookFee { key: "fee".into(), donation, fee: money("0.55", "EUR"), occurred_on: None };
    ledger.book_fee(fee).unwrap();
    let (amount, bank) = (money("5.00", "EUR"), BANK.to_owned());
    let propose = ProposePayout { key: "out".into(), cause, amount, bank };
    let payout = ledger.propose_payout(propose).unwrap().payout().unwrap();
    let report = PayoutReport::InTransit;
    let sent = ReportPayout { key: "sent".into(), payout, report, occurred_on: None };
    ledger.report_payout(sent).unwrap();
    (donation, payout)
}

fn causes(ledger: &Ledger) -> [CauseId; 3] {
    let described = CauseDetails {
        name: "Water".into(),
        description: Some("Wells".into()),
        external_id: Some(FORMER_CAUSE_ID.into()),
        goal: Some(money("1000.00", "EUR")),
        opens_on: Some("2020-01-01".parse().unwrap()),
        closes_on: Some("2999-12-31".parse().unwrap()),
    };
    let named = |name: &str| CauseDetails { name: name.into(), ..CauseDetails::default() };
    let opened = [(described.clone(), "EUR"), (named("School"), "EUR"), (named("Temple"), "JPY")].map(
        |(details, code)| {
            let command = OpenCause { key: None, currency: code.parse().unwrap(), details };
            ledger.open_cause(command).unwrap().cause().unwrap()
        },
    );
    let details = CauseDetails { external_id: Some(CAUSE_ID.into()), ..described };
    let update = UpdateCause { key: None, cause: opened[0], details, status: CauseStatus::Open };
    ledger.update_cause(update).unwrap();
    opened
}

fn donors(ledger: &Ledger) -> (DonorId, DonorId, DonorId) {
    let profile = DonorProfile {
        name: Some("Ada".into()),
        email: Some(FORMER_EMAIL.into()),
        external_id: Some(EXTERNAL_ID.into()),
        ..DonorProfile::default()
    };
    let register = RegisterDonor { profile: profile.clone(), ..RegisterDonor::default() };
    let ada = ledger.register_donor(register).unwrap().donor().unwrap();
    let profile = DonorProfile { email: Some(EMAIL.into()), ..profile };
    let update = UpdateDonor { key: None, donor: ada, profile };
    ledger.update_donor(update).unwrap();
    let guest = RegisterDonor { standing: DonorStanding::Guest, ..RegisterDonor::default() };
    let register = || ledger.register_donor(guest.clone()).unwrap().donor().unwrap();
    let (guest, merged) = (register(), register());
    ledger.merge_donors(MergeDonors { key: None, keep: ada, gone: merged }).unwrap();
    (ada, guest, merged)
}

/// One more gift like those of the book.
pub(super) fn gift_of(book: &Book, key: &str) -> Donate {
    gift(key, book.ada, &[(book.water, "1.00")])
}

fn gift(key: &str, donor: DonorId, parts: &[(CauseId, &str)]) -> Donate {
    let designations = parts
        .iter()
        .map(|(cause, amount)| Designation { cause: *cause, amount: money(amount, "EUR") })
        .collect();
    Donate {
        key: key.into(),
        donor,
        designations,
        tip: Some(money("1.00", "EUR")),
        fee: Some(money("0.55", "EUR")),
        fee_bearer: FeeBearer::Causes,
        method: Method::Offline { bank: BANK.into() },
        occurred_on: None,
        visibility: Visibility::Public,
        memo: Some("words of the donor".into()),
    }
}

fn row_of_another_system() -> TakeOver {
    TakeOver {
        key: "row-1".into(),
        recorded_as: RecordedAs::Gift,
        donor_external_id: "other-7".into(),
        donor_kind: DonorKind::Organisation,
        donor_name: Some("Guild".into()),
        cause_external_id: CAUSE_ID.into(),
        cause_name: None,
        currency: euro(),
        amount: Some(money("9.99", "EUR")),
        occurred_on: None,
        memo: None,
    }
}
