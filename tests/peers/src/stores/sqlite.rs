//! SQLite with a schema made for this work. Settings and reasons are in README.md.

use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use crate::gifts::{CAUSES, DONORS, Gift};
use crate::store::{CAUSE_PAGE, Contents, DONOR_PAGE, Found, Given, Session, Store};
use crate::sums::GroupSums;

/// The account of the bank; that of a cause is its number and one.
const BANK: i64 = 0;
/// 2026-06-15, in days since 1970.
const DAY: i64 = 20_619;
/// Gifts that the writer of many clients takes into one transaction, as many as the ledger's committer.
const GROUP: usize = 1_000;

/// What was set on every connection, and is printed.
pub const SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; \
    PRAGMA wal_autocheckpoint = 16384; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 1073741824;";

/// A gift for the writer thread, and where the answer goes.
type Asked = (Gift, SyncSender<Given>);

/// A database file; the writer thread begins with the first of many clients.
pub struct SqliteStore {
    connection: Mutex<Connection>,
    path: std::path::PathBuf,
    writer: Mutex<Option<JoinHandle<()>>>,
}

fn connect(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.execute_batch(SETTINGS).unwrap();
    let setting =
        |name| connection.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0));
    // SQLite takes a setting that it cannot follow without a word.
    assert_eq!(setting("journal_mode").unwrap(), "wal".to_owned().into());
    assert_eq!(setting("synchronous").unwrap(), 2.into());
    connection.set_prepared_statement_cache_capacity(64);
    connection
}

impl SqliteStore {
    /// Opens the database of a folder.
    pub fn open(folder: &Path, found: Found) -> Self {
        let path = folder.join("books.sqlite");
        let mut connection = connect(&path);
        if found == Found::New {
            register(&mut connection);
        }
        Self { connection: Mutex::new(connection), path, writer: Mutex::default() }
    }
}

fn register(connection: &mut Connection) {
    connection.execute_batch(include_str!("schema_sqlite.sql")).unwrap();
    let transaction = connection.transaction().unwrap();
    for donor in 0..DONORS {
        transaction.prepare_cached("INSERT INTO donors VALUES (?, 0, 0)").unwrap().execute([donor]).unwrap();
    }
    transaction.execute("INSERT INTO accounts VALUES (?, 'assets:bank:main', 0)", [BANK]).unwrap();
    for cause in 0..CAUSES {
        let account = (i64::from(cause) + 1, format!("liabilities:cause:{cause}"));
        transaction.execute("INSERT INTO accounts VALUES (?, ?, 0)", account).unwrap();
        let named = (cause, format!("Cause {cause}"));
        transaction.execute("INSERT INTO causes VALUES (?, ?, 0, 0, 0)", named).unwrap();
    }
    transaction.commit().unwrap();
}

/// Writes rows of one gift, unless its key is there; the sums are written after the group.
fn insert(transaction: &Transaction<'_>, gift: &Gift, now: i64, sums: &mut GroupSums) -> Given {
    let mut donation = transaction
        .prepare_cached(
            "INSERT INTO donations (key, donor, cents, fee, day, recorded_at) VALUES (?, ?, ?, ?, ?, ?) \
             ON CONFLICT (key) DO NOTHING",
        )
        .unwrap();
    let row = params![gift.key(), gift.donor, gift.cents(), gift.fee(), DAY, now];
    if donation.execute(row).unwrap() == 0 {
        return Given::Again;
    }
    let id = transaction.last_insert_rowid();
    let mut designation = transaction.prepare_cached("INSERT INTO designations VALUES (?, ?, ?, ?)").unwrap();
    let mut posting = transaction.prepare_cached("INSERT INTO postings VALUES (?, ?, ?, ?)").unwrap();
    for part in &gift.parts {
        designation.execute((id, part.cause, part.cents, part.fee)).unwrap();
    }
    for line in gift.lines() {
        let account = line.cause.map_or(BANK, |cause| i64::from(cause) + 1);
        posting.execute((id, line.entry, account, line.cents)).unwrap();
    }
    sums.add(gift);
    Given::First
}

fn add_sums(transaction: &Transaction<'_>, sums: &GroupSums) {
    let mut donor = transaction
        .prepare_cached("UPDATE donors SET given = given + ?2, gifts = gifts + ?3 WHERE id = ?1")
        .unwrap();
    for (id, (cents, gifts)) in &sums.donors {
        donor.execute((id, cents, gifts)).unwrap();
    }
    let mut cause = transaction
        .prepare_cached(
            "UPDATE causes SET given = given + ?2, fees = fees + ?3, gifts = gifts + ?4 WHERE id = ?1",
        )
        .unwrap();
    let mut account =
        transaction.prepare_cached("UPDATE accounts SET balance = balance + ?2 WHERE id = ?1").unwrap();
    for (id, sum) in &sums.causes {
        cause.execute((id, sum.cents, sum.fees, sum.gifts)).unwrap();
        account.execute((i64::from(*id) + 1, sum.fees - sum.cents)).unwrap();
    }
    account.execute((BANK, sums.bank)).unwrap();
}

/// One transaction for all of them.
fn give_in_one<'a>(connection: &mut Connection, gifts: impl Iterator<Item = &'a Gift>) -> Vec<Given> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros() as i64;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    let mut sums = GroupSums::default();
    let given = gifts.map(|gift| insert(&transaction, gift, now, &mut sums)).collect();
    add_sums(&transaction, &sums);
    transaction.commit().unwrap();
    given
}

/// Takes what waits into one transaction, until nobody can ask any more.
fn write_groups(connection: &mut Connection, asked: &Receiver<Asked>) {
    while let Ok(first) = asked.recv() {
        let mut group = vec![first];
        group.extend(asked.try_iter().take(GROUP - 1));
        let given = give_in_one(connection, group.iter().map(|(gift, _)| gift));
        for ((_, answer), given) in group.iter().zip(given) {
            answer.send(given).unwrap();
        }
    }
}

impl Store for SqliteStore {
    fn session(&self) -> Box<dyn Session + '_> {
        Box::new(Alone { connection: self.connection.lock().unwrap() })
    }

    fn clients(&self, count: usize) -> Vec<Box<dyn Session + Send + '_>> {
        let (ask, asked) = sync_channel::<Asked>(GROUP);
        let mut connection = connect(&self.path);
        let writer = std::thread::spawn(move || write_groups(&mut connection, &asked));
        *self.writer.lock().unwrap() = Some(writer);
        let client = |_| Box::new(OneOfMany { ask: ask.clone(), answer: sync_channel(1) }) as Box<_>;
        (0..count).map(client).collect()
    }

    fn contents(&self) -> Contents {
        let connection = self.connection.lock().unwrap();
        let whole = "SELECT count(*), sum(cents), sum(fee) FROM donations";
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let (donations, cents, fees): (i64, i64, i64) = connection.query_row(whole, (), row).unwrap();
        let zero: i64 =
            connection.query_row("SELECT sum(cents) FROM postings", (), |row| row.get(0)).unwrap();
        let balances: i64 =
            connection.query_row("SELECT sum(balance) FROM accounts", (), |row| row.get(0)).unwrap();
        assert_eq!((zero, balances), (0, 0), "debits are not credits");
        let mut causes = connection.prepare("SELECT given - fees FROM causes ORDER BY id").unwrap();
        let causes = causes.query_map((), |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        Contents { donations: donations as u64, cents, fees, causes }
    }

    fn close(self: Box<Self>) {
        if let Some(writer) = self.writer.into_inner().unwrap() {
            writer.join().unwrap();
        }
        // The last connection checkpoints and removes the log.
        self.connection.into_inner().unwrap().close().unwrap();
    }
}

/// The only client, on the connection of the store.
struct Alone<'a> {
    connection: std::sync::MutexGuard<'a, Connection>,
}

impl Session for Alone<'_> {
    fn give(&mut self, gift: &Gift) -> Given {
        give_in_one(&mut self.connection, std::iter::once(gift))[0]
    }

    fn give_group(&mut self, gifts: &[Gift]) -> Vec<Given> {
        give_in_one(&mut self.connection, gifts.iter())
    }

    fn balance(&mut self, cause: u32) -> i64 {
        let mut select =
            self.connection.prepare_cached("SELECT -balance FROM accounts WHERE id = ?").unwrap();
        select.query_row([i64::from(cause) + 1], |row| row.get(0)).unwrap()
    }

    fn by_key(&mut self, key: &str) -> Option<i64> {
        let whole = "SELECT id, donor, fee, day, recorded_at FROM donations WHERE key = ?";
        let mut select = self.connection.prepare_cached(whole).unwrap();
        let id: Option<i64> = select.query_row([key], |row| row.get(0)).optional().unwrap();
        let parts = "SELECT cause, cents, fee FROM designations WHERE donation = ?";
        let mut select = self.connection.prepare_cached(parts).unwrap();
        id.map(|id| {
            let cents = select.query_map([id], |row| row.get::<_, i64>(1)).unwrap();
            cents.map(Result::unwrap).sum()
        })
    }

    fn donor_page(&mut self, donor: u32) -> Option<(usize, i64)> {
        let page = "SELECT d.id, d.day, d.recorded_at, p.cause, p.cents \
                    FROM (SELECT * FROM donations WHERE donor = ?1 ORDER BY id DESC LIMIT ?2) d \
                    JOIN designations p ON p.donation = d.id ORDER BY d.id DESC";
        let mut select = self.connection.prepare_cached(page).unwrap();
        let mut rows = select.query((donor, DONOR_PAGE)).unwrap();
        let (mut lines, mut cents, mut last) = (0, 0, 0);
        while let Some(row) = rows.next().unwrap() {
            let id: i64 = row.get(0).unwrap();
            lines += usize::from(id != last);
            last = id;
            cents += row.get::<_, i64>(4).unwrap();
        }
        Some((lines, cents))
    }

    fn cause_page(&mut self, cause: u32) -> Option<(usize, i64)> {
        let page = "SELECT d.id, d.donor, d.day, d.recorded_at, p.cents \
                    FROM designations p JOIN donations d ON d.id = p.donation \
                    WHERE p.cause = ?1 ORDER BY p.donation DESC LIMIT ?2";
        let mut select = self.connection.prepare_cached(page).unwrap();
        let cents = select.query_map((cause, CAUSE_PAGE), |row| row.get::<_, i64>(4)).unwrap();
        Some(cents.map(Result::unwrap).fold((0, 0), |(lines, sum), cents| (lines + 1, sum + cents)))
    }
}

/// A client whose gifts the writer thread writes.
struct OneOfMany {
    ask: SyncSender<Asked>,
    answer: (SyncSender<Given>, Receiver<Given>),
}

impl Session for OneOfMany {
    fn give(&mut self, gift: &Gift) -> Given {
        self.ask.send((gift.clone(), self.answer.0.clone())).unwrap();
        self.answer.1.recv().unwrap()
    }

    fn give_group(&mut self, gifts: &[Gift]) -> Vec<Given> {
        gifts.iter().map(|gift| self.give(gift)).collect()
    }

    fn balance(&mut self, _cause: u32) -> i64 {
        unreachable!("many clients only give")
    }

    fn by_key(&mut self, _key: &str) -> Option<i64> {
        None
    }

    fn donor_page(&mut self, _donor: u32) -> Option<(usize, i64)> {
        None
    }

    fn cause_page(&mut self, _cause: u32) -> Option<(usize, i64)> {
        None
    }
}
