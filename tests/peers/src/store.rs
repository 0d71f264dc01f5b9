//! What every store is asked to do, and no more.

use std::path::Path;

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use crate::gifts::{CAUSES, Gift, uniform};
use crate::stores;

/// The stores that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Engine {
    /// This ledger.
    Ledger,
    /// SQLite through rusqlite, with a schema of our own.
    Sqlite,
    /// The crate doubleentry on its SQLite store.
    Doubleentry,
    /// A PostgreSQL server of our own on a unix socket.
    Postgres,
    /// No store: bytes appended to a file.
    Raw,
}

impl Engine {
    /// The word on the command line and in the table.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ledger => "ledger",
            Self::Sqlite => "sqlite",
            Self::Doubleentry => "doubleentry",
            Self::Postgres => "postgres",
            Self::Raw => "raw",
        }
    }
}

/// Whether a store is made, with donors and causes, or was made before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Made here.
    New,
    /// Made before.
    There,
}

/// What an acknowledgment says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// This call did it.
    First,
    /// An earlier call with the same key did it.
    Again,
}

/// What is really in a store.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Contents {
    /// Donations, counted.
    pub donations: u64,
    /// Cents given, as the books add up.
    pub cents: i64,
    /// Cents of fees.
    pub fees: i64,
    /// What each cause has, in cents: given less fees.
    pub causes: Vec<i64>,
}

impl Contents {
    /// What the first gifts of the uniform work come to.
    pub fn of_uniform(size: u64) -> Self {
        let mut sums = Self { donations: size, causes: vec![0; CAUSES as usize], ..Self::default() };
        for gift in (0..size).map(uniform) {
            sums.cents += gift.cents();
            sums.fees += gift.fee();
            for part in &gift.parts {
                sums.causes[part.cause as usize] += part.cents - part.fee;
            }
        }
        sums
    }
}

/// A store that is open.
pub trait Store: Sync {
    /// One client, alone.
    fn session(&self) -> Box<dyn Session + '_>;

    /// So many clients that give at the same time, each on a thread of its own.
    fn clients(&self, count: usize) -> Vec<Box<dyn Session + Send + '_>>;

    /// Everything counted, and checked that debits equal credits.
    fn contents(&self) -> Contents;

    /// Whether the books tell what was given and the fee apart, or only what was left.
    fn keeps_fees(&self) -> bool {
        true
    }

    /// Bytes of the log that records go to, where the store can tell.
    fn log_bytes(&self) -> Option<u64> {
        None
    }

    /// Brings everything to rest.
    fn close(self: Box<Self>);
}

/// What one client does. A call that gives returns when the gift is durable and every balance, total and history that
/// it changes is current.
pub trait Session {
    /// Gives once.
    fn give(&mut self, gift: &Gift) -> Given;

    /// Gives many, with one wait for the disk.
    fn give_group(&mut self, gifts: &[Gift]) -> Vec<Given>;

    /// The balance of a cause's account, in cents.
    fn balance(&mut self, cause: u32) -> i64;

    /// The cents of the donation with a key.
    fn by_key(&mut self, key: &str) -> Option<i64>;

    /// The last 20 gifts of a donor with their parts: how many there are, and their cents. `None` where the store has
    /// no such question.
    fn donor_page(&mut self, donor: u32) -> Option<(usize, i64)>;

    /// The last 100 gifts to a cause, its own parts: how many there are, and their cents. `None` as above.
    fn cause_page(&mut self, cause: u32) -> Option<(usize, i64)>;
}

/// Lines of a donor's page.
pub const DONOR_PAGE: u32 = 20;
/// Lines of a cause's page.
pub const CAUSE_PAGE: u32 = 100;

/// Opens a store in a folder; a new one gets its donors and causes. Panics for `raw`, which is no store.
pub fn open(engine: Engine, folder: &Path, found: Found) -> Box<dyn Store> {
    match engine {
        Engine::Ledger => Box::new(stores::ledger::LedgerStore::open(folder, found)),
        Engine::Sqlite => Box::new(stores::sqlite::SqliteStore::open(folder, found)),
        Engine::Doubleentry => Box::new(stores::doubleentry::DoubleentryStore::open(folder, found)),
        Engine::Postgres => Box::new(stores::postgres::PostgresStore::open(folder, found)),
        Engine::Raw => panic!("raw is a file, not a store"),
    }
}
