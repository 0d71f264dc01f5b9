//! A long report on disk is of one moment, also while gifts come in and rows go from memory to disk.

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

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use ledger_core::{
    Amount, CauseDetails, CauseId, Command, Currency, Designation, Donate, DonorId, DonorProfile, Durability,
    EraseDonor, ErasureReason, FeeBearer, Ledger, Method, OpenCause, Options, RegisterDonor, Visibility,
};

/// More accounts than a report reads at once.
const CAUSES: usize = 1_200;
const GIFTS: usize = 250;

fn eur() -> Currency {
    "EUR".parse().expect("a currency")
}

fn gift(key: String, donor: DonorId, causes: &[CauseId]) -> Command {
    let amount = Amount::from_minor(100, eur()).expect("positive");
    Command::Donate(Donate {
        key,
        donor,
        designations: causes.iter().map(|&cause| Designation { cause, amount }).collect(),
        tip: None,
        fee: None,
        fee_bearer: FeeBearer::Causes,
        method: Method::Imported,
        occurred_on: None,
        visibility: Visibility::Public,
        memo: None,
    })
}

/// A donor and many causes, each with a gift; the last record is the last gift.
fn begin(folder: &tempfile::TempDir) -> (Ledger, DonorId, Vec<CauseId>) {
    let options = Options::new().checkpoint_records(1).durability(Durability::Os);
    let ledger = Ledger::open(folder.path(), options).expect("a ledger");
    let donor = ledger.register_donor(RegisterDonor::default()).expect("a donor").donor().expect("its id");
    let details = CauseDetails { name: "Water".to_owned(), ..CauseDetails::default() };
    let open = Command::OpenCause(OpenCause { key: None, currency: eur(), details });
    let opened = ledger.submit_all(vec![open; CAUSES]).expect("causes");
    let causes: Vec<CauseId> =
        opened.into_iter().map(|opened| opened.expect("a cause").cause().expect("its id")).collect();
    let first = causes.iter().map(|cause| gift(format!("first {cause}"), donor, &[*cause])).collect();
    assert!(ledger.submit_all(first).expect("gifts").iter().all(Result::is_ok));
    (ledger, donor, causes)
}

/// All accounts add up to what had been given when the report's last record was made.
fn check_report(ledger: &Ledger, first_seq: u64) {
    let trial = ledger.trial_balance().expect("a read");
    let gifts = u128::from(trial.seq - first_seq);
    let given = CAUSES as u128 * 100 + gifts * 200;
    assert_eq!(trial.balances.len(), CAUSES + 1);
    let sum = trial.sums.first().expect("one currency");
    assert_eq!((sum.debits_minor, sum.credits_minor), (given, given), "at {}", trial.seq);
    let lines: u64 = trial.balances.iter().map(|each| each.lines).sum();
    assert_eq!(u128::from(lines), 2 * CAUSES as u128 + gifts * 3, "at {}", trial.seq);
}

#[test]
fn a_trial_balance_is_of_one_moment_while_rows_go_to_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    let (ledger, donor, causes) = begin(&folder);
    let first_seq = ledger.stats().expect("a read").seq;
    let is_over = AtomicBool::new(false);
    let read = thread::scope(|scope| {
        let readers: Vec<_> = (0..3)
            .map(|_| {
                scope.spawn(|| {
                    let mut read = 0_u64;
                    while !is_over.load(Ordering::Relaxed) {
                        check_report(&ledger, first_seq);
                        read += 1;
                    }
                    read
                })
            })
            .collect();
        for number in 0..GIFTS {
            let (one, other) = (causes[number % CAUSES], causes[CAUSES - 1 - number % CAUSES]);
            ledger.submit(gift(format!("gift {number}"), donor, &[one, other])).expect("a gift");
        }
        is_over.store(true, Ordering::Relaxed);
        readers.into_iter().map(|reader| reader.join().expect("a report of one moment")).sum::<u64>()
    });
    assert!(read > 0, "nothing was read meanwhile");
    check_report(&ledger, first_seq);
    assert_eq!(ledger.audit().expect("an audit").difference, None);
}

/// Writes down what it is given; before the first byte something is done.
struct Meanwhile<F> {
    act: Option<F>,
    written: Vec<u8>,
}

impl<F: FnOnce()> std::io::Write for Meanwhile<F> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if let Some(act) = self.act.take() {
            act();
        }
        self.written.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn what_is_held_about_a_donor_is_of_one_moment() {
    let ledger = Ledger::in_memory(Options::new()).expect("a ledger");
    let donor = ledger.register_donor(RegisterDonor::default()).expect("a donor").donor().expect("its id");
    let details = CauseDetails { name: "Water".to_owned(), ..CauseDetails::default() };
    let open = OpenCause { key: None, currency: eur(), details };
    let cause = ledger.open_cause(open).expect("a cause").cause().expect("its id");
    ledger.submit(gift("before".to_owned(), donor, &[cause])).expect("a gift");
    let gift = gift("meanwhile".to_owned(), donor, &[cause]);
    let act = || {
        ledger.submit(gift).expect("a gift");
    };
    let mut out = Meanwhile { act: Some(act), written: Vec::new() };
    assert_eq!(ledger.export_donor(donor, &mut out).expect("an export"), 2);
    let told: serde_json::Value = serde_json::from_slice(&out.written).expect("one document");
    assert_eq!(told["seq"], 3);
    assert_eq!(told["donor"]["history_lines"], 2);
    assert_eq!(told["donor"]["totals"][0]["donations"], 1);
    assert_eq!(told["history"].as_array().map(Vec::len), Some(2));
    assert_eq!(ledger.stats().expect("a read").seq, 4, "the gift was taken");
}

/// Both keep everybody out of the state: whoever held it while they wrote would wait for themselves.
#[test]
fn who_is_given_what_is_held_may_rebuild_and_erase() {
    let ledger = Ledger::in_memory(Options::new()).expect("a ledger");
    let profile = DonorProfile { name: Some("Ada".to_owned()), ..DonorProfile::default() };
    let command = RegisterDonor { profile, ..RegisterDonor::default() };
    let donor = ledger.register_donor(command).expect("a donor").donor().expect("its id");
    let act = || {
        assert_eq!(ledger.rebuild().expect("a rebuild"), 1);
        ledger
            .erase_donor(EraseDonor { key: None, donor, reason: ErasureReason::Requested })
            .expect("an erasure");
    };
    let mut out = Meanwhile { act: Some(act), written: Vec::new() };
    assert_eq!(ledger.export_donor(donor, &mut out).expect("an export"), 1);
    assert_eq!(ledger.donor(donor).expect("a read").expect("a donor").erased, Some(ErasureReason::Requested));
}
