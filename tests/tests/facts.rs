//! Any order, and any repetition, of what a provider says of a donation ends in the same state and the same balances.
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
    Amount, AttachObject, BeginDonation, CauseDetails, CauseId, Currency, Designation, DisputeState,
    DonationId, Event, FactSays, FailureReason, FeeBearer, IngestFacts, Ledger, LedgerError, OpenCause,
    Options, Outcome, PaymentId, PaymentReport, PayoutReport, ProposePayout, ProviderFact, ProviderTarget,
    Refund, RefundId, RefundReport, RefundScope, RefundState, RegisterDonor, ReportPayment, ReportPayout,
    SettlementOutcome, StartPayment, Timestamp, Visibility,
};
use ledger_tests::cases::cases;
use ledger_tests::dice::Dice;
use proptest::prelude::*;

fn eur() -> Currency {
    "EUR".parse().unwrap()
}

fn amount(minor: u64) -> Amount {
    Amount::from_minor(i64::try_from(minor).unwrap(), eur()).unwrap()
}

/// A gift that waits for its payment, in a ledger of its own. What is drawn for it is the same for a seed.
struct Gift {
    ledger: Ledger,
    causes: Vec<CauseId>,
    donation: DonationId,
    payment: PaymentId,
    total: u64,
}

fn begin(seed: u64) -> Gift {
    let mut dice = Dice::new(seed);
    let ledger = Ledger::in_memory(Options::new()).unwrap();
    let donor = ledger.register_donor(RegisterDonor::default()).unwrap().donor().unwrap();
    let open = |number: u64| {
        let details = CauseDetails { name: format!("cause {number}"), ..CauseDetails::default() };
        ledger.open_cause(OpenCause { key: None, currency: eur(), details }).unwrap().cause().unwrap()
    };
    let causes: Vec<CauseId> = (0..=dice.below(3)).map(open).collect();
    let designations: Vec<Designation> = causes
        .iter()
        .map(|cause| Designation { cause: *cause, amount: amount(1 + dice.below(300)) })
        .collect();
    let tip = dice.once_in(2).then(|| amount(1 + dice.below(40)));
    let sum: i64 = designations.iter().map(|to| to.amount).chain(tip).map(Amount::minor).sum();
    let begin = BeginDonation {
        key: "gift".into(),
        donor,
        designations,
        tip,
        fee_bearer: dice.pick(&[FeeBearer::Causes, FeeBearer::Platform]),
        visibility: Visibility::Public,
        memo: None,
    };
    let donation = ledger.begin_donation(begin).unwrap().donation().unwrap();
    let start = StartPayment { key: "pay".into(), donation, processor: "stripe".into() };
    let payment = ledger.start_payment(start).unwrap().payment().unwrap();
    Gift { ledger, causes, donation, payment, total: u64::try_from(sum).unwrap() }
}

/// Everything that the provider says, in the order in which it happened.
fn facts(seed: u64, gift: &Gift) -> Vec<ProviderFact> {
    let mut dice = Dice::new(seed ^ 0xFAC7);
    let mut facts = Vec::new();
    let mut say = |object: String, says| facts.push(ProviderFact { object, says });
    let payment = dice.once_in(2).then_some(gift.payment);
    let reports = [
        PaymentReport::RequiresAction,
        PaymentReport::Processing,
        PaymentReport::Failed { reason: FailureReason::Declined },
        PaymentReport::Authorised,
    ];
    for report in reports {
        if dice.once_in(2) {
            say("pi".into(), FactSays::Payment { payment, report, captured: None });
        }
    }
    // What is captured can be another amount than was meant: then the money is nobody's.
    let captured = if dice.once_in(10) { gift.total + 1 } else { gift.total };
    let captured = Some(amount(captured));
    say("pi".into(), FactSays::Payment { payment, report: PaymentReport::Captured, captured });
    takings(&mut dice, gift.total, &mut say);
    facts
}

/// Fees, refunds, disputes and settlements.
fn takings(dice: &mut Dice, total: u64, say: &mut impl FnMut(String, FactSays)) {
    let of_payment = || "pi".to_owned();
    for number in 0..dice.below(3) {
        let fee = amount(1 + dice.below(total / 4 + 1));
        say(format!("txn_{number}"), FactSays::Fee { of_payment: of_payment(), fee });
    }
    let mut clock = 0;
    let mut made_at = |dice: &mut Dice| {
        // Two can be made at once.
        clock += i64::try_from(dice.below(3)).unwrap();
        Timestamp::from_micros(clock * 1_000_000)
    };
    for number in 0..dice.below(4) {
        // None as small as those that we ask for: one without our id is taken for ours if it is as much.
        let (object, amount) = (format!("re_{number}"), amount(4 + dice.below(total)));
        let made_at = made_at(dice);
        let refund =
            |report| FactSays::Refund { of_payment: of_payment(), refund: None, amount, report, made_at };
        if dice.once_in(2) {
            say(object.clone(), refund(RefundReport::Pending));
        }
        if dice.once_in(4) {
            say(object, refund(RefundReport::Cancelled));
            continue;
        }
        say(object.clone(), refund(RefundReport::Succeeded));
        if dice.once_in(4) {
            say(object, refund(RefundReport::Failed));
        }
    }
    for number in 0..dice.below(3) {
        let (object, amount) = (format!("dp_{number}"), amount(1 + dice.below(total + 20)));
        let made_at = made_at(dice);
        let dispute = |state| FactSays::Dispute { of_payment: of_payment(), amount, state, made_at };
        if dice.once_in(3) {
            say(object.clone(), dispute(DisputeState::Inquiry));
        }
        if dice.once_in(6) {
            say(object, dispute(DisputeState::Closed));
            continue;
        }
        say(object.clone(), dispute(DisputeState::Opened));
        let charged = Some(self::amount(15));
        say(object.clone(), FactSays::DisputeFee { charged, returned: None });
        if dice.once_in(2) {
            say(object.clone(), dispute(DisputeState::UnderReview));
        }
        match dice.below(3) {
            0 => say(object, dispute(DisputeState::Lost)),
            1 => {
                say(object.clone(), dispute(DisputeState::Won));
                say(object, FactSays::DisputeFee { charged, returned: Some(self::amount(10)) });
            }
            _ => {}
        }
    }
    for number in 0..dice.below(3) {
        let object = format!("po_{number}");
        let amount = amount(1 + dice.below(50));
        let settled = |outcome| FactSays::Settlement { bank: "main".into(), amount, outcome };
        say(object.clone(), settled(SettlementOutcome::Paid));
        if dice.once_in(3) {
            say(object, settled(SettlementOutcome::Returned));
        }
    }
}

/// Tells a ledger all facts, each at least once, in an order, and what the payment is somewhere between.
fn tell(gift: &Gift, mut order: Vec<ProviderFact>, dice: &mut Dice) {
    for number in 0..order.len() {
        if dice.once_in(3) {
            let again = order[number].clone();
            order.insert(dice.place(order.len() + 1), again);
        }
    }
    for number in (1..order.len()).rev() {
        order.swap(number, dice.place(number + 1));
    }
    let attached = dice.place(order.len() + 1);
    for number in 0..=order.len() {
        if number == attached {
            let to = ProviderTarget::Payment { payment: gift.payment };
            gift.ledger
                .attach_object(AttachObject { key: "attach".into(), object: "pi".into(), to })
                .unwrap();
        }
        let Some(fact) = order.get(number) else { continue };
        // Some events tell of two things at once.
        let mut facts = vec![fact.clone()];
        if dice.once_in(5) {
            facts.push(order[dice.place(order.len())].clone());
        }
        let key = format!("event-{number}");
        let ingest = IngestFacts { key, processor: "stripe".into(), facts, occurred_on: None };
        let first = gift.ledger.ingest_facts(ingest.clone()).unwrap();
        if dice.once_in(4) {
            // The same event again is the same answer, and no record.
            let seq = gift.ledger.stats().unwrap().seq;
            assert_eq!(gift.ledger.ingest_facts(ingest).unwrap().events, first.events);
            assert_eq!(gift.ledger.stats().unwrap().seq, seq);
        }
    }
}

/// Where everything stands, in words that do not depend on the order in which ids were made.
fn stands(gift: &Gift) -> Vec<String> {
    let ledger = &gift.ledger;
    let life = ledger.gift_life(gift.donation).unwrap().unwrap();
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    for (number, cause) in gift.causes.iter().enumerate() {
        ids.insert(cause.to_string(), format!("cause {number}"));
    }
    let begun = life.begun.unwrap();
    let mut all: Vec<String> =
        begun.payments.iter().map(|payment| format!("payment {}", payment.state.word())).collect();
    all.push(format!("{:?}", begun.state));
    all.extend(life.donation.iter().map(|donation| format!("{:?}", donation.parts)));
    let mut others = Vec::new();
    for of in &life.refunds {
        ids.insert(of.id.to_string(), "refund".into());
        // What one that was undone had taken is no part of what there is.
        let undone = matches!(of.state, RefundState::Failed | RefundState::Cancelled);
        let shares = if undone { String::new() } else { format!("{:?}", of.shares) };
        others.push(format!("refund {} {shares}", of.state.word()));
    }
    for of in &life.disputes {
        ids.insert(of.id.to_string(), format!("dispute of {}", of.amount));
        let (state, held, shares) = (of.state.word(), &of.held, &of.shares);
        others.push(format!("dispute {} {state} {held:?} {shares:?} {}", of.amount, of.fee_minor));
    }
    for of in ledger.trial_balance().unwrap().balances {
        if of.net_minor() != 0 {
            others.push(format!("{} {}", of.account, of.net_minor()));
        }
    }
    let totals = gift.causes.iter().map(|cause| ledger.cause(*cause).unwrap().unwrap().totals);
    all.extend(totals.map(|totals| format!("{totals:?}")));
    all.push(format!("{:?}", ledger.donors(None, 10).unwrap()[0].totals));
    let left: Vec<u64> = ledger.unidentified().unwrap().iter().map(|of| of.left_minor).collect();
    all.push(format!("unidentified {left:?}"));
    let named = |line: String| ids.iter().fold(line, |line, (id, word)| line.replace(id, word));
    let mut others: Vec<String> = others.into_iter().map(named).collect();
    others.sort();
    all.into_iter().map(named).chain(others).collect()
}

fn in_any_order(seed: u64) {
    let first = begin(seed);
    tell(&first, facts(seed, &first), &mut Dice::new(seed ^ 1));
    assert_eq!(first.ledger.audit().unwrap().difference, None, "seed {seed}");
    let expected = stands(&first);
    for other in 2..5 {
        let again = begin(seed);
        tell(&again, facts(seed, &again), &mut Dice::new(seed ^ other));
        assert_eq!(stands(&again), expected, "seed {seed}, order {other}");
        assert_eq!(again.ledger.audit().unwrap().difference, None, "seed {seed}, order {other}");
        again.ledger.rebuild().unwrap();
        assert_eq!(stands(&again), expected, "seed {seed}, order {other}, rebuilt");
    }
}

/// Refunds that we asked for, a payout before them, and facts in any order: what we asked for is divided as we asked.
fn with_our_refunds(seed: u64) {
    let ours = |gift: &Gift| -> Vec<RefundId> {
        let mut dice = Dice::new(seed ^ 0x0525);
        let captured = FactSays::Payment {
            payment: Some(gift.payment),
            report: PaymentReport::Captured,
            captured: Some(amount(gift.total)),
        };
        let facts = vec![ProviderFact { object: "pi".into(), says: captured }];
        let key = "captured".to_owned();
        gift.ledger
            .ingest_facts(IngestFacts { key, processor: "stripe".into(), facts, occurred_on: None })
            .unwrap();
        if dice.once_in(2) {
            let propose = ProposePayout {
                key: "out".into(),
                cause: gift.causes[0],
                amount: amount(1),
                bank: "main".into(),
            };
            let payout = gift.ledger.propose_payout(propose).unwrap().payout().unwrap();
            let report =
                ReportPayout { key: "paid".into(), payout, report: PayoutReport::Paid, occurred_on: None };
            gift.ledger.report_payout(report).unwrap();
        }
        let refund = |number: u64| {
            let scope = RefundScope::Proportional { amount: amount(1 + number) };
            let key = format!("refund-{number}");
            let refund = Refund { key, donation: gift.donation, scope, occurred_on: None, memo: None };
            gift.ledger.refund(refund).ok()?.refund()
        };
        (0..dice.below(3)).filter_map(refund).collect()
    };
    let told = |gift: &Gift, refunds: &[RefundId]| {
        let mut all = facts(seed, gift);
        for (number, refund) in refunds.iter().enumerate() {
            let says = FactSays::Refund {
                of_payment: "pi".into(),
                refund: Some(*refund),
                amount: amount(1 + number as u64),
                report: if number % 2 == 0 { RefundReport::Succeeded } else { RefundReport::Failed },
                made_at: Timestamp::from_micros(0),
            };
            all.push(ProviderFact { object: format!("re_ours_{number}"), says });
        }
        all
    };
    let mut expected = None;
    for order in 1..4 {
        let gift = begin(seed);
        let refunds = ours(&gift);
        tell(&gift, told(&gift, &refunds), &mut Dice::new(seed ^ order));
        let found = stands(&gift);
        assert_eq!(&found, expected.get_or_insert(found.clone()), "seed {seed}, order {order}");
        assert_eq!(gift.ledger.audit().unwrap().difference, None, "seed {seed}, order {order}");
    }
}

/// Two payments, each with as many disputes waiting as may wait, are told of in one event.
#[test]
fn all_that_waited_has_ids_of_its_own() {
    let gift = begin(1);
    let begun = gift.ledger.begun_donation(gift.donation).unwrap().unwrap();
    let again = BeginDonation {
        key: "gift 2".into(),
        donor: begun.donor,
        designations: vec![Designation { cause: gift.causes[0], amount: amount(500) }],
        tip: None,
        fee_bearer: FeeBearer::Platform,
        visibility: Visibility::Public,
        memo: None,
    };
    let donation = gift.ledger.begin_donation(again).unwrap().donation().unwrap();
    let start = StartPayment { key: "pay 2".into(), donation, processor: "stripe".into() };
    let payment = gift.ledger.start_payment(start).unwrap().payment().unwrap();
    let both = [("one", gift.payment, gift.donation, gift.total), ("two", payment, donation, 500)];
    let tell = |key: String, facts| {
        let told = IngestFacts { key, processor: "stripe".into(), facts, occurred_on: None };
        gift.ledger.ingest_facts(told).unwrap()
    };
    let facts = |make: &dyn Fn(&str, PaymentId, u64) -> Vec<ProviderFact>| {
        both.iter().flat_map(|(object, payment, _, total)| make(object, *payment, *total)).collect()
    };
    for number in 0..100 {
        let waiting = facts(&|of_payment, _, _| {
            let made_at = Timestamp::from_micros(number);
            let (state, of_payment) = (DisputeState::Lost, of_payment.to_owned());
            let object = format!("dispute {of_payment} {number}");
            let says = FactSays::Dispute { of_payment, amount: amount(1), state, made_at };
            vec![ProviderFact { object, says }]
        });
        tell(format!("early {number}"), waiting);
    }
    let captured = facts(&|object, payment, total| {
        let (payment, captured) = (Some(payment), Some(amount(total)));
        let says = FactSays::Payment { payment, report: PaymentReport::Captured, captured };
        vec![ProviderFact { object: object.to_owned(), says }]
    });
    tell("captured".into(), captured);
    // A donation has a hundred disputes at most, whoever tells of them; what is more is written down.
    let made_at = Timestamp::from_micros(100);
    let (of_payment, state) = ("one".to_owned(), DisputeState::Opened);
    let says = FactSays::Dispute { of_payment, amount: amount(1), state, made_at };
    let told = tell("one more".into(), vec![ProviderFact { object: "one more".to_owned(), says }]);
    let is_refused = |event: &Event| matches!(event, Event::FactRefused(why) if why.code == 4008);
    assert!(told.events.iter().any(is_refused), "{:?}", told.events);
    for (object, _, donation, _) in both {
        let disputes = gift.ledger.gift_life(donation).unwrap().unwrap().disputes;
        let ids: std::collections::BTreeSet<_> = disputes.iter().map(|dispute| dispute.id).collect();
        assert_eq!((disputes.len(), ids.len()), (100, 100), "{object}");
    }
    assert_eq!(gift.ledger.audit().unwrap().difference, None);
}

/// So much waits that no record can hold it: nothing is recorded, and the ledger goes on.
#[test]
fn what_no_record_can_hold_is_not_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(folder.path(), Options::new()).unwrap();
    let donor = ledger.register_donor(RegisterDonor::default()).unwrap().donor().unwrap();
    let open = |number: u64| {
        let details = CauseDetails { name: format!("cause {number}"), ..CauseDetails::default() };
        ledger.open_cause(OpenCause { key: None, currency: eur(), details }).unwrap().cause().unwrap()
    };
    let designations: Vec<Designation> =
        (0..100).map(|number| Designation { cause: open(number), amount: amount(1_000 + number) }).collect();
    let total: i64 = designations.iter().map(|to| to.amount.minor()).sum();
    let begin = BeginDonation {
        key: "gift".into(),
        donor,
        designations,
        tip: None,
        fee_bearer: FeeBearer::Platform,
        visibility: Visibility::Public,
        memo: None,
    };
    let donation = ledger.begin_donation(begin).unwrap().donation().unwrap();
    let start = StartPayment { key: "pay".into(), donation, processor: "stripe".into() };
    let payment = ledger.start_payment(start).unwrap().payment().unwrap();
    let tell = |key: String, object: &str, says| {
        let facts = vec![ProviderFact { object: object.to_owned(), says }];
        ledger.ingest_facts(IngestFacts { key, processor: "stripe".into(), facts, occurred_on: None })
    };
    for number in 0..100 {
        let made_at = Timestamp::from_micros(1_000 - number);
        let (state, of_payment) = (DisputeState::Lost, "one".to_owned());
        let says = FactSays::Dispute { of_payment, amount: amount(901), state, made_at };
        tell(format!("early {number}"), &format!("dispute {number}"), says).unwrap();
    }
    let head = ledger.stats().unwrap().seq;
    let captured = Some(amount(u64::try_from(total).unwrap()));
    let says = FactSays::Payment { payment: Some(payment), report: PaymentReport::Captured, captured };
    let error = tell("captured".into(), "one", says).unwrap_err();
    let is_refused = matches!(error, LedgerError::Storage { outcome: Outcome::NotCommitted, .. });
    assert!(is_refused, "{error:?}");
    assert_eq!(ledger.stats().unwrap().seq, head);
    // What the app says itself takes no disputes up, and so is recorded.
    let report = PaymentReport::Captured;
    let told = ReportPayment { key: "by hand".into(), payment, report, fee: None, occurred_on: None };
    assert_eq!(ledger.report_payment(told).unwrap().seq, head + 1);
    ledger.close().unwrap();
    let again = Ledger::open(folder.path(), Options::new()).unwrap();
    assert_eq!(again.audit().unwrap().difference, None);
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn facts_in_any_order_end_in_the_same_state(seed in any::<u64>()) {
        in_any_order(seed);
    }

    #[test]
    fn facts_in_any_order_beside_refunds_of_ours(seed in any::<u64>()) {
        with_our_refunds(seed);
    }
}
