//! The crate doubleentry on its SQLite store, which sets WAL and synchronous = FULL itself.

use std::path::Path;

use doubleentry::store::{SqlStore, Sqlite};
use doubleentry::{
    AccountKind, Amount, BalanceQuery, Entry, Ledger, LedgerId, Posting, Side, currency::EUR, date,
};
use tokio::runtime::{Builder, Runtime};

use crate::gifts::{CAUSES, Gift};
use crate::store::{Contents, Found, Given, Session, Store};

const BANK: &str = "Assets:Bank";

/// Of each donation: what came, and the fee.
const LINES_OF_BANK: u64 = 2;

/// An open book, and the runtime that its calls need.
pub struct DoubleentryStore {
    runtime: Runtime,
    store: SqlStore<Sqlite>,
    books: Ledger<SqlStore<Sqlite>>,
}

fn account_of(cause: u32) -> String {
    format!("Liabilities:Causes:C{cause}")
}

impl DoubleentryStore {
    /// Opens the book of a folder.
    pub fn open(folder: &Path, found: Found) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.join("books.db").display());
        let (store, books) = runtime.block_on(async {
            let store = SqlStore::sqlite(&url).await.unwrap();
            let id = LedgerId::new("example.com/peers").unwrap();
            let books = Ledger::new(store.clone(), id).await.unwrap();
            if found == Found::New {
                let first = date!("2026-01-01");
                books.declare_currency(EUR, 2, first).await.unwrap();
                books.define_months(2026, 1..=12).await.unwrap();
                books.open(BANK, AccountKind::Asset, first).await.unwrap();
                for cause in 0..CAUSES {
                    books.open(account_of(cause).as_str(), AccountKind::Liability, first).await.unwrap();
                }
            }
            (store, books)
        });
        Self { runtime, store, books }
    }
}

fn euros(cents: i64) -> Amount {
    Amount::from_minor(i128::from(cents)).unwrap()
}

/// One entry with the lines of gift and fee; the donor is a dimension of the bank's lines.
fn entry_of(gift: &Gift) -> Entry {
    gift.lines().fold(Entry::new(gift.key(), date!("2026-06-15")), |entry, line| {
        let account = line.cause.map_or_else(|| BANK.to_owned(), account_of);
        let amount = euros(line.cents.abs());
        let posting = if line.cents < 0 {
            Posting::credit(account.as_str(), amount, EUR)
        } else {
            Posting::debit(account.as_str(), amount, EUR)
        };
        entry.posting(match line.cause {
            None => posting.dimension("donor", format!("d{}", gift.donor).as_str()),
            Some(_) => posting,
        })
    })
}

fn delivered(replayed: bool) -> Given {
    if replayed { Given::Again } else { Given::First }
}

impl Store for DoubleentryStore {
    fn session(&self) -> Box<dyn Session + '_> {
        Box::new(self)
    }

    fn clients(&self, _count: usize) -> Vec<Box<dyn Session + Send + '_>> {
        panic!("doubleentry is measured with one client and in bulk")
    }

    fn contents(&self) -> Contents {
        let trial = self.runtime.block_on(self.books.trial_balance(&BalanceQuery::all())).unwrap();
        assert!(trial.is_balanced(), "debits are not credits");
        let mut contents = Contents::default();
        let mut causes = vec![0; CAUSES as usize];
        for row in trial.rows() {
            let path = row.path.to_string();
            if let Some(cause) = path.strip_prefix("Liabilities:Causes:C") {
                causes[cause.parse::<usize>().unwrap()] = -(row.balance.net().to_minor() as i64);
            } else {
                contents.donations = row.balance.postings() / LINES_OF_BANK;
                contents.cents = row.balance.net().to_minor() as i64;
            }
        }
        Contents { causes, ..contents }
    }

    fn keeps_fees(&self) -> bool {
        false
    }

    fn close(self: Box<Self>) {
        self.runtime.block_on(self.store.close());
    }
}

impl Session for &DoubleentryStore {
    fn give(&mut self, gift: &Gift) -> Given {
        delivered(self.runtime.block_on(self.books.record(entry_of(gift))).unwrap().replayed)
    }

    fn give_group(&mut self, gifts: &[Gift]) -> Vec<Given> {
        let recorded = self.runtime.block_on(self.books.record_batch(gifts.iter().map(entry_of))).unwrap();
        recorded.into_iter().map(|recorded| delivered(recorded.replayed)).collect()
    }

    fn balance(&mut self, cause: u32) -> i64 {
        let (account, all) = (account_of(cause), BalanceQuery::all());
        let balance = self.books.balance(account.as_str(), EUR, &all);
        -(self.runtime.block_on(balance).unwrap().net().to_minor() as i64)
    }

    /// Net of the fee, as the bank got it: these books do not tell one line of the bank from another.
    fn by_key(&mut self, key: &str) -> Option<i64> {
        let entry = self.runtime.block_on(self.books.entry_by_key(key)).unwrap()?;
        // Only the bank's lines have a dimension.
        let of_bank = entry.parts().postings.iter().filter(|posting| !posting.dimensions.is_empty());
        let cents = of_bank.map(|posting| match posting.side {
            Side::Debit => posting.amount.to_minor() as i64,
            Side::Credit => -(posting.amount.to_minor() as i64),
        });
        Some(cents.sum())
    }

    fn donor_page(&mut self, _donor: u32) -> Option<(usize, i64)> {
        None
    }

    fn cause_page(&mut self, _cause: u32) -> Option<(usize, i64)> {
        None
    }
}
