//! Many threads write to one cause and read it meanwhile: nothing is lost, doubled or half seen.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]
#![expect(clippy::disallowed_methods, reason = "threads are what is tested")]

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use ledger_core::{
    Account, AccountName, Amount, BeginDonation, CauseDetails, CauseId, Currency, Delivery, Designation,
    Donate, DonationId, DonorId, Durability, FeeBearer, Ledger, Method, OpenCause, Options, Order,
    PaymentReport, Refund, RefundScope, RegisterDonor, ReportPayment, SANDBOX_SIGNATURE, Sandbox,
    SandboxCard, StartPayment, Visibility, Webhook,
};
use ledger_tests::rehearsal::{all_pages, of_account, of_history};

const THREADS: usize = 64;
const GIFTS_EACH: usize = 6;
/// Records before the first gift.
const BEFORE: u64 = 2;
const GIFT: i64 = 100;
const TIP: i64 = 3;

struct Crowd {
    ledger: Ledger,
    donor: DonorId,
    cause: CauseId,
}

fn eur() -> Currency {
    "EUR".parse().expect("a currency")
}

fn amount(minor: i64) -> Amount {
    Amount::from_minor(minor, eur()).expect("positive")
}

fn crowd(ledger: Ledger) -> Crowd {
    let donor = ledger.register_donor(RegisterDonor::default()).expect("a donor").donor().expect("its id");
    let details = CauseDetails { name: "Water".to_owned(), ..CauseDetails::default() };
    let opened = ledger.open_cause(OpenCause { key: None, currency: eur(), details }).expect("a cause");
    Crowd { donor, cause: opened.cause().expect("its id"), ledger }
}

fn in_memory() -> Crowd {
    crowd(Ledger::in_memory(Options::new()).expect("a ledger"))
}

/// Checkpoints all the time, while views are open.
fn on_disk(folder: &tempfile::TempDir) -> Crowd {
    let options = Options::new().checkpoint_records(8).segment_bytes(64 << 10).durability(Durability::Os);
    crowd(Ledger::open(folder.path(), options).expect("a ledger"))
}

fn account(name: AccountName) -> Account {
    Account { name, currency: eur() }
}

impl Crowd {
    fn gift(&self, key: String) -> Donate {
        Donate {
            key,
            donor: self.donor,
            designations: vec![Designation { cause: self.cause, amount: amount(GIFT) }],
            tip: Some(amount(TIP)),
            fee: None,
            fee_bearer: FeeBearer::Causes,
            method: Method::Offline { bank: "main".to_owned() },
            occurred_on: None,
            visibility: Visibility::Public,
            memo: None,
        }
    }

    fn bank() -> Account {
        account(AccountName::Bank { bank: "main".to_owned() })
    }

    /// Every report is of one moment: as many gifts as it has records, and what was given is where it belongs.
    fn read_once(&self) {
        let trial = self.ledger.trial_balance().expect("a read");
        assert!(trial.sums.iter().all(|sum| sum.debits_minor == sum.credits_minor), "{trial:?}");
        let gifts = u128::from(trial.seq - BEFORE);
        let net = |account: &Account| {
            let found = trial.balances.iter().find(|each| each.account == *account);
            found.map_or((0, 0), |each| (each.balance.debits_minor, each.balance.credits_minor))
        };
        let available = account(AccountName::CauseAvailable { cause: self.cause });
        assert_eq!(net(&Self::bank()), (gifts * 103, 0), "at {}", trial.seq);
        assert_eq!(net(&available), (0, gifts * 100), "at {}", trial.seq);
        assert_eq!(net(&account(AccountName::Tips)), (0, gifts * 3), "at {}", trial.seq);

        let cause = self.ledger.cause(self.cause).expect("a read").expect("a cause");
        assert_eq!(cause.totals.gross_minor, i128::from(cause.totals.donations) * i128::from(GIFT));
        assert_eq!(i128::from(cause.history_lines), i128::from(cause.totals.donations) + 1);
        let donor = self.ledger.donor(self.donor).expect("a read").expect("a donor");
        let given: i128 = donor.totals.iter().map(|totals| totals.gross_minor).sum();
        assert_eq!(given, i128::from(donor.history_lines - 1) * i128::from(GIFT + TIP));
        let stats = self.ledger.stats().expect("a read");
        assert_eq!((stats.donations, stats.entries), (stats.seq - BEFORE, stats.seq - BEFORE));
    }

    /// The seqs of the cause's history, by pages of a size.
    fn cause_seqs(&self, order: Order, lines_max: u32) -> Vec<u64> {
        let page = |request: &_| self.ledger.cause_history(self.cause, request).map(of_history);
        all_pages(order, lines_max, page).iter().map(|line| line.seq).collect()
    }

    fn bank_lines(&self, order: Order, lines_max: u32) -> Vec<(u64, u64, u128)> {
        let page = |request: &_| self.ledger.account_history(&Self::bank(), request).map(of_account);
        let lines = all_pages(order, lines_max, page);
        lines.iter().map(|line| (line.seq, line.posted.number, line.posted.balance.debits_minor)).collect()
    }

    /// Pages that were read while lines were added hold the lines of the moment of the first page or more,
    /// each once, without a gap.
    fn page_through(&self, lines_max: u32) {
        let oldest_first = self.cause_seqs(Order::OldestFirst, lines_max);
        let wanted: Vec<u64> = (BEFORE..).take(oldest_first.len()).collect();
        assert_eq!(oldest_first, wanted, "by pages of {lines_max}");
        let mut newest_first = self.cause_seqs(Order::NewestFirst, lines_max);
        newest_first.reverse();
        let wanted: Vec<u64> = (BEFORE..).take(newest_first.len()).collect();
        assert_eq!(newest_first, wanted, "newest first by pages of {lines_max}");
        for (place, (seq, number, debits)) in (1_u64..).zip(self.bank_lines(Order::OldestFirst, lines_max)) {
            assert_eq!((seq, number, debits), (BEFORE + place, place, u128::from(place) * 103));
        }
    }
}

fn all_donate_and_read(crowd: &Crowd) {
    let (start, is_over) = (Barrier::new(THREADS + 3), AtomicBool::new(false));
    let seqs: Vec<u64> = thread::scope(|scope| {
        for lines_max in [1, 7, 50] {
            let (start, is_over) = (&start, &is_over);
            scope.spawn(move || {
                start.wait();
                while !is_over.load(Ordering::Relaxed) {
                    crowd.page_through(lines_max);
                    crowd.read_once();
                }
            });
        }
        let givers: Vec<_> = (0..THREADS)
            .map(|thread| {
                let start = &start;
                scope.spawn(move || {
                    start.wait();
                    let give = |number| {
                        let gift = crowd.gift(format!("{thread}-{number}"));
                        let committed = crowd.ledger.donate(gift).expect("a gift");
                        crowd.read_once();
                        committed.seq
                    };
                    (0..GIFTS_EACH).map(give).collect::<Vec<u64>>()
                })
            })
            .collect();
        let given = givers.into_iter().map(thread::ScopedJoinHandle::join).collect::<Vec<_>>();
        is_over.store(true, Ordering::Relaxed);
        given.into_iter().flat_map(|seqs| seqs.expect("a thread that did not panic")).collect()
    });
    let gifts = THREADS * GIFTS_EACH;
    let last = BEFORE + gifts as u64;
    let distinct: BTreeSet<u64> = seqs.iter().copied().collect();
    assert_eq!(distinct, (BEFORE + 1..=last).collect(), "every gift has a seq of its own");
    let cause = crowd.ledger.cause(crowd.cause).expect("a read").expect("a cause");
    assert_eq!(cause.totals.net_minor(), gifts as i128 * i128::from(GIFT));
    assert_eq!(usize::try_from(cause.totals.donations), Ok(gifts));
    let whole: Vec<u64> = (BEFORE..=last).collect();
    for lines_max in [1, 2, 7, 1000] {
        assert_eq!(crowd.cause_seqs(Order::OldestFirst, lines_max), whole);
        assert_eq!(crowd.bank_lines(Order::OldestFirst, lines_max).len(), gifts);
    }
    crowd.read_once();
    assert_eq!(crowd.ledger.audit().expect("an audit").difference, None);
}

#[test]
fn sixty_four_threads_give_to_one_cause_in_memory() {
    all_donate_and_read(&in_memory());
}

#[test]
fn sixty_four_threads_give_to_one_cause_on_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    let crowd = on_disk(&folder);
    all_donate_and_read(&crowd);
    crowd.ledger.close().expect("closed");
    drop(crowd);
    let again = Ledger::open(folder.path(), Options::new()).expect("opened");
    assert_eq!(again.opening_report().records_folded_again, None);
    assert_eq!(again.audit().expect("an audit").difference, None);
}

/// What each of 64 calls at the same moment came to.
fn at_once<Answer: Send>(call: impl Fn(usize) -> Answer + Sync) -> Vec<Answer> {
    let start = Barrier::new(THREADS);
    thread::scope(|scope| {
        let (start, call) = (&start, &call);
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| {
                scope.spawn(move || {
                    start.wait();
                    call(thread)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("a thread that did not panic")).collect()
    })
}

#[test]
fn one_key_from_many_threads_takes_money_once() {
    let crowd = in_memory();
    let answers = at_once(|_| crowd.ledger.donate(crowd.gift("once".to_owned())).expect("an answer"));
    let first: Vec<_> = answers.iter().filter(|answer| answer.delivery == Delivery::First).collect();
    assert_eq!(first.len(), 1);
    assert!(answers.iter().all(|answer| (answer.seq, &answer.events) == (BEFORE + 1, &first[0].events)));
    assert_eq!(crowd.ledger.stats().expect("a read").donations, 1);
}

/// The app and the provider tell of one capture at the same moment, both many times.
#[test]
fn a_capture_that_many_threads_tell_of_is_booked_once() {
    let crowd = in_memory();
    let ledger = &crowd.ledger;
    let begun = ledger.begin_donation(BeginDonation {
        key: "gift".to_owned(),
        donor: crowd.donor,
        designations: vec![Designation { cause: crowd.cause, amount: amount(GIFT) }],
        tip: None,
        fee_bearer: FeeBearer::Platform,
        visibility: Visibility::Public,
        memo: None,
    });
    let donation = begun.expect("begun").donation().expect("its id");
    let start = StartPayment { key: "pay".to_owned(), donation, processor: "sandbox".to_owned() };
    let payment = ledger.start_payment(start).expect("started").payment().expect("its id");
    let sandbox = Sandbox::new("sandbox");
    let sent = sandbox.pay(payment, amount(GIFT), SandboxCard::Good, ledger.now());
    at_once(|thread| {
        if thread % 2 == 0 {
            let (key, report) = ("captured".to_owned(), PaymentReport::Captured);
            let told = ReportPayment { key, payment, report, fee: None, occurred_on: None };
            ledger.report_payment(told).expect("an answer");
        } else {
            for webhook in &sent {
                let headers = [(SANDBOX_SIGNATURE, webhook.signature.as_str())];
                let webhook = Webhook { headers: &headers, body: &webhook.body };
                ledger.ingest_webhook(&sandbox, &webhook).expect("an answer");
            }
        }
    });
    let totals = ledger.cause(crowd.cause).expect("a read").expect("a cause").totals;
    assert_eq!((totals.gross_minor, totals.pending_minor, totals.donations), (GIFT.into(), 0, 1));
    let audit = ledger.audit().expect("an audit");
    // The capture, and the fee that only the provider tells of.
    assert_eq!((audit.entries, audit.difference), (2, None));
    assert_eq!(ledger.unidentified().expect("a read").len(), 0);
}

#[test]
fn refunds_at_the_same_moment_never_give_back_more_than_was_given() {
    let crowd = in_memory();
    let given = Donate {
        designations: vec![Designation { cause: crowd.cause, amount: amount(40) }],
        tip: None,
        ..crowd.gift("gift".to_owned())
    };
    let donation: DonationId = crowd.ledger.donate(given).expect("a gift").donation().expect("its id");
    let answers = at_once(|thread| {
        let (key, scope) = (format!("back {thread}"), RefundScope::Proportional { amount: amount(1) });
        let refund = Refund { key, donation, scope, occurred_on: None, memo: None };
        crowd.ledger.refund(refund).map_err(|error| error.code().number())
    });
    let (given_back, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!(given_back.len(), 40);
    assert!(refused.iter().all(|answer| *answer == Err(3006)), "{refused:?}");
    let cause = crowd.ledger.cause(crowd.cause).expect("a read").expect("a cause");
    assert_eq!((cause.totals.refunded_minor, cause.totals.net_minor()), (40, 0));
    assert_eq!(crowd.ledger.audit().expect("an audit").difference, None);
}
