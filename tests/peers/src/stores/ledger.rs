//! This ledger, through its public API only, with default options.

use std::path::Path;

use ledger_core::{
    Account, AccountName, Amount, CauseDetails, CauseId, Command, Currency, Delivery, Designation, Donate,
    DonorId, DonorProfile, Event, FeeBearer, HistoryPage, KeyStatus, Ledger, Method, OpenCause, Options,
    Order, PageRequest, RegisterDonor, Visibility,
};

use crate::gifts::{CAUSES, DONORS, Gift};
use crate::store::{CAUSE_PAGE, Contents, DONOR_PAGE, Found, Given, Session, Store};

/// An open ledger, and the ids of those that gifts name by number.
pub struct LedgerStore {
    ledger: Ledger,
    eur: Currency,
    donors: Vec<DonorId>,
    causes: Vec<CauseId>,
}

/// The ledger of a folder, as an app opens it.
pub fn open_ledger(folder: &Path) -> Ledger {
    Ledger::open(folder, Options::new()).unwrap()
}

impl LedgerStore {
    /// Opens the ledger of a folder.
    pub fn open(folder: &Path, found: Found) -> Self {
        let ledger = open_ledger(folder);
        match found {
            Found::New => Self::register(ledger, DONORS, CAUSES),
            Found::There => Self::known(ledger),
        }
    }

    /// Registers donors and causes in an empty ledger.
    pub fn register(ledger: Ledger, donors: u32, causes: u32) -> Self {
        let eur: Currency = "EUR".parse().unwrap();
        let open = |number: u32| {
            let details = CauseDetails { name: format!("Cause {number}"), ..CauseDetails::default() };
            Command::OpenCause(OpenCause { key: None, currency: eur, details })
        };
        let opened = ledger.submit_all((0..causes).map(open).collect()).unwrap();
        let causes = opened.into_iter().map(|made| made.unwrap().cause().unwrap()).collect();
        let mut store = Self { ledger, eur, donors: Vec::new(), causes };
        if donors > 0 {
            let registers = vec![Command::RegisterDonor(RegisterDonor::default()); donors as usize];
            let registered = store.ledger.submit_all(registers).unwrap();
            store.donors = registered.into_iter().map(|made| made.unwrap().donor().unwrap()).collect();
        }
        store
    }

    /// The ledger of an earlier process.
    pub fn known(ledger: Ledger) -> Self {
        let donors = ledger.donors(None, DONORS).unwrap().into_iter().map(|donor| donor.id).collect();
        let causes = ledger.causes(None, CAUSES).unwrap().into_iter().map(|cause| cause.id).collect();
        Self { ledger, eur: "EUR".parse().unwrap(), donors, causes }
    }

    /// The gift as a command.
    pub fn donate(&self, gift: &Gift) -> Donate {
        let amount = |cents| Amount::from_minor(cents, self.eur).unwrap();
        let designation = |part: &crate::gifts::Part| Designation {
            cause: self.causes[part.cause as usize],
            amount: amount(part.cents),
        };
        Donate {
            key: gift.key(),
            donor: self.donors[gift.donor as usize],
            designations: gift.parts.iter().map(designation).collect(),
            tip: None,
            fee: Some(gift.fee()).filter(|fee| *fee > 0).map(amount),
            fee_bearer: FeeBearer::Causes,
            method: Method::CapturedElsewhere { bank: "main".into() },
            occurred_on: None,
            visibility: Visibility::Public,
            memo: None,
        }
    }

    /// Gives a group whose donors may be new, together with the registration of those of the next group.
    pub fn give_and_register(&mut self, gifts: &[Gift], newcomers: std::ops::Range<u32>) {
        let register = |number: u32| {
            let profile = DonorProfile {
                name: Some(format!("DONOR {number:012X}")),
                external_id: Some(format!("donor {number:012X}|00000")),
                ..DonorProfile::default()
            };
            Command::RegisterDonor(RegisterDonor { profile, ..RegisterDonor::default() })
        };
        let mut commands: Vec<Command> = newcomers.map(register).collect();
        commands.extend(gifts.iter().map(|gift| Command::Donate(self.donate(gift))));
        for made in self.ledger.submit_all(commands).unwrap() {
            self.donors.extend(made.unwrap().donor());
        }
    }

    /// Donations that the ledger counts.
    pub fn donations(&self) -> u64 {
        self.ledger.stats().unwrap().donations
    }
}

impl Store for LedgerStore {
    fn session(&self) -> Box<dyn Session + '_> {
        Box::new(self)
    }

    fn clients(&self, count: usize) -> Vec<Box<dyn Session + Send + '_>> {
        (0..count).map(|_| Box::new(self) as Box<dyn Session + Send>).collect()
    }

    fn contents(&self) -> Contents {
        let sums = self.ledger.trial_balance().unwrap().sums;
        assert!(sums.iter().all(|sum| sum.debits_minor == sum.credits_minor), "debits are not credits");
        let mut contents = Contents { donations: self.donations(), ..Contents::default() };
        for cause in self.ledger.causes(None, CAUSES).unwrap() {
            contents.cents += cause.totals.gross_minor as i64;
            contents.fees += cause.totals.fees_minor as i64;
            contents.causes.push(cause.totals.net_minor() as i64);
        }
        contents
    }

    fn log_bytes(&self) -> Option<u64> {
        Some(self.ledger.stats().unwrap().journal_bytes)
    }

    fn close(self: Box<Self>) {
        self.ledger.close().unwrap();
    }
}

fn delivered(delivery: Delivery) -> Given {
    match delivery {
        Delivery::First => Given::First,
        Delivery::Replayed => Given::Again,
    }
}

fn sum(page: &HistoryPage) -> (usize, i64) {
    (page.lines.len(), page.lines.iter().filter_map(|line| line.amount).map(Amount::minor).sum())
}

fn newest(lines_max: u32) -> PageRequest {
    PageRequest { order: Order::NewestFirst, cursor: None, lines_max }
}

impl Session for &LedgerStore {
    fn give(&mut self, gift: &Gift) -> Given {
        delivered(self.ledger.donate(self.donate(gift)).unwrap().delivery)
    }

    fn give_group(&mut self, gifts: &[Gift]) -> Vec<Given> {
        let commands = gifts.iter().map(|gift| Command::Donate(self.donate(gift))).collect();
        let results = self.ledger.submit_all(commands).unwrap();
        results.into_iter().map(|made| delivered(made.unwrap().delivery)).collect()
    }

    fn balance(&mut self, cause: u32) -> i64 {
        let name = AccountName::CauseAvailable { cause: self.causes[cause as usize] };
        self.ledger.balance(&Account { name, currency: self.eur }).unwrap().net_minor() as i64
    }

    fn by_key(&mut self, key: &str) -> Option<i64> {
        let KeyStatus::Committed { committed } = self.ledger.status(key).unwrap() else { return None };
        committed.events.iter().find_map(|event| match event {
            Event::DonationCaptured { designations, .. } => {
                Some(designations.iter().map(|part| part.amount.minor()).sum())
            }
            _ => None,
        })
    }

    fn donor_page(&mut self, donor: u32) -> Option<(usize, i64)> {
        let donor = self.donors[donor as usize];
        Some(sum(&self.ledger.donor_history(donor, &newest(DONOR_PAGE)).unwrap()))
    }

    fn cause_page(&mut self, cause: u32) -> Option<(usize, i64)> {
        let cause = self.causes[cause as usize];
        Some(sum(&self.ledger.cause_history(cause, &newest(CAUSE_PAGE)).unwrap()))
    }
}
