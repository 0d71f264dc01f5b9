//! The naive model of lives of gifts by payments: written from `docs/payments.md`, sharing no code with the ledger.

mod agree;
mod disputes;
mod draw;
mod overdrafts;
mod take;

use std::collections::BTreeMap;

use ledger_core::{
    Amount, CauseDetails, CauseId, CausePolicies, Currency, Delivery, DisputeId, DonationId, DonorId, Ledger,
    NegativeCause, OpenCause, Options, PaymentId, PayoutId, RefundId, RegisterDonor, SetCausePolicies,
};

use crate::dice::Dice;

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
    // Money that was taken is there, whatever was said before.
    ("failed", "failed captured"),
    ("voided", "voided captured"),
    ("expired", "expired captured"),
];
const DISPUTES: [(&str, &str); 6] = [
    ("inquiry", "opened closed"),
    ("opened", "opened under_review won lost"),
    ("under_review", "under_review won lost"),
    ("won", "won"),
    ("lost", "lost"),
    ("closed", "closed"),
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
    lost: u64,
}

impl Part {
    fn left(&self) -> u64 {
        self.given - self.back - self.lost
    }
}

/// A dispute of a gift.
#[derive(Clone)]
struct Dispute {
    id: DisputeId,
    amount: u64,
    state: &'static str,
    /// What each part cannot have.
    held: Vec<u64>,
    charged: u64,
    returned: u64,
    /// What each part lost, once it was lost.
    lost: Vec<u64>,
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
    disputes: Vec<Dispute>,
    /// What the platform took of each part.
    taken: Vec<u64>,
    /// What each part bore of fees of the processor.
    borne: Vec<u64>,
    /// What the platform bore of what was taken of each part.
    absorbed: Vec<u64>,
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
    disputed: i128,
    fees: i128,
    pending: i128,
    paid_out: i128,
    written_off: i128,
}

struct Lives {
    donors: Vec<(DonorId, Sums)>,
    causes: Vec<(CauseId, Sums)>,
    gifts: Vec<Gift>,
    payouts: Vec<(PayoutId, usize, u64, &'static str)>,
    /// Debits less credits.
    accounts: BTreeMap<String, i128>,
    records: u64,
    /// What happens when more is taken from a cause than it has.
    policy: NegativeCause,
}

/// What must become of a command: refused with a number, nothing new, or a record.
type Verdict = Result<bool, u16>;

fn eur() -> Currency {
    "EUR".parse().unwrap()
}

fn amount(minor: u64) -> Amount {
    Amount::from_minor(i64::try_from(minor).unwrap(), eur()).unwrap()
}

fn begin(ledger: &Ledger, policy: NegativeCause) -> Lives {
    let donor = |_| ledger.register_donor(RegisterDonor::default()).unwrap().donor().unwrap();
    let donors: Vec<_> = (0..3).map(|number| (donor(number), Sums::default())).collect();
    let open = |number| {
        let details = CauseDetails { name: format!("cause {number}"), ..CauseDetails::default() };
        ledger.open_cause(OpenCause { key: None, currency: eur(), details }).unwrap().cause().unwrap()
    };
    let causes: Vec<_> = (0..3).map(|number| (open(number), Sums::default())).collect();
    let policies = CausePolicies { on_negative: policy, ..CausePolicies::default() };
    let set = SetCausePolicies { key: "policies".into(), cause: None, policies };
    let records = ledger.set_cause_policies(set).unwrap().seq;
    Lives { donors, causes, gifts: vec![], payouts: vec![], accounts: BTreeMap::new(), records, policy }
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

    /// What is available to a cause.
    fn free(&self, cause: usize) -> i128 {
        -self.accounts.get(&self.available(cause)).copied().unwrap_or(0)
    }
}

/// Lives many gifts, and compares after every step; panics where the ledger and the model differ.
pub fn live(seed: u64, steps: usize, folder: Option<&std::path::Path>) {
    let options = || Options::new().cache_bytes(1 << 20).checkpoint_records(40);
    let mut ledger = folder.map_or_else(
        || Ledger::in_memory(options()).unwrap(),
        |folder| Ledger::open(folder, options()).unwrap(),
    );
    let mut dice = Dice::new(seed);
    let mut lives = begin(&ledger, dice.pick(&NegativeCause::ALL));
    let (mut taken, mut refused, mut known) = (0, 0, Vec::new());
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
            (Ok(answer), Ok(false)) => {
                // Nothing new, and yet the act of that key, whatever happens next.
                assert!(answer.events.is_empty(), "{when}");
                lives.records += 1;
                known.push((command, answer.seq));
            }
            (Err(error), Err(number)) => {
                assert_eq!(error.code().number(), number, "{when}: {error}");
                refused += 1;
            }
            (found, verdict) => panic!("{when}: {found:?}, and must be {verdict:?}"),
        }
        if let Some((command, seq)) = dice.any(&known) {
            let again = ledger.submit(command).unwrap();
            assert_eq!((again.seq, again.delivery), (seq, Delivery::Replayed), "{when}");
        }
        lives.agrees(&ledger, &when);
        if folder.is_none() {
            assert_eq!(ledger.audit().unwrap().difference, None, "{when}");
        }
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
