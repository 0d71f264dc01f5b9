//! PostgreSQL: the same tables, one round trip for a donation, `UNNEST` for many.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use postgres::{Client, Statement, Transaction};

use crate::gifts::{CAUSES, DONORS, Gift};
use crate::store::{CAUSE_PAGE, Contents, DONOR_PAGE, Found, Given, Session, Store};
use crate::stores::postgres_server::Server;
use crate::sums::GroupSums;

/// 2026-06-15, in days since 1970.
const DAY: i32 = 20_619;
/// Slots of the bank's balance: one for each client.
const SLOTS: i32 = 64;

/// A server of our own, and a connection to it.
pub struct PostgresStore {
    server: Server,
    client: Mutex<Client>,
}

impl PostgresStore {
    /// Starts a server on the data of a folder.
    pub fn open(folder: &Path, found: Found) -> Self {
        let server = Server::start(folder);
        let mut client = server.connect();
        if found == Found::New {
            register(&mut client);
        }
        Self { server, client: Mutex::new(client) }
    }
}

fn register(client: &mut Client) {
    client.batch_execute(include_str!("schema_postgres.sql")).unwrap();
    let rows = [
        format!("INSERT INTO donors SELECT n, 0, 0 FROM generate_series(0, {}) n", DONORS - 1),
        format!(
            "INSERT INTO causes SELECT n, 'Cause ' || n, 0, 0, 0 FROM generate_series(0, {}) n",
            CAUSES - 1
        ),
        "INSERT INTO accounts VALUES (0, 'assets:bank:main')".to_owned(),
        "INSERT INTO accounts SELECT id + 1, 'liabilities:cause:' || id FROM causes".to_owned(),
        "INSERT INTO balances SELECT id, 0, 0 FROM accounts WHERE id > 0".to_owned(),
        format!("INSERT INTO balances SELECT 0, n, 0 FROM generate_series(0, {}) n", SLOTS - 1),
    ];
    client.batch_execute(&rows.join("; ")).unwrap();
    client.batch_execute("VACUUM ANALYZE").unwrap();
}

const GIVE: &str = "SELECT give($1, $2, $3, $4, $5, $6, $7)";

fn give(client: &mut Client, statement: &Statement, slot: i32, gift: &Gift) -> Given {
    let causes: Vec<i32> = gift.parts.iter().map(|part| part.cause as i32).collect();
    let cents: Vec<i64> = gift.parts.iter().map(|part| part.cents).collect();
    let fees: Vec<i64> = gift.parts.iter().map(|part| part.fee).collect();
    let donor = gift.donor as i32;
    let row =
        client.query_one(statement, &[&gift.key(), &donor, &DAY, &slot, &causes, &cents, &fees]).unwrap();
    if row.get::<_, Option<i64>>(0).is_some() { Given::First } else { Given::Again }
}

/// Inserts the donations of a group; gives the id of each key that was new.
fn insert_donations(transaction: &mut Transaction<'_>, gifts: &[Gift]) -> BTreeMap<String, i64> {
    let keys: Vec<String> = gifts.iter().map(Gift::key).collect();
    let donors: Vec<i32> = gifts.iter().map(|gift| gift.donor as i32).collect();
    let cents: Vec<i64> = gifts.iter().map(Gift::cents).collect();
    let fees: Vec<i64> = gifts.iter().map(Gift::fee).collect();
    let insert = "INSERT INTO donations (key, donor, cents, fee, day) \
                  SELECT k, d, c, f, $5 FROM UNNEST($1::text[], $2::int[], $3::bigint[], $4::bigint[]) g (k, d, c, f) \
                  ON CONFLICT (key) DO NOTHING RETURNING key, id";
    let rows = transaction.query(insert, &[&keys, &donors, &cents, &fees, &DAY]).unwrap();
    rows.into_iter().map(|row| (row.get(0), row.get(1))).collect()
}

fn insert_lines(transaction: &mut Transaction<'_>, gifts: &[(&Gift, i64)]) {
    let parts = || gifts.iter().flat_map(|(gift, id)| gift.parts.iter().map(move |part| (*id, part)));
    let donations: Vec<i64> = parts().map(|(id, _)| id).collect();
    let causes: Vec<i32> = parts().map(|(_, part)| part.cause as i32).collect();
    let cents: Vec<i64> = parts().map(|(_, part)| part.cents).collect();
    let fees: Vec<i64> = parts().map(|(_, part)| part.fee).collect();
    let insert =
        "INSERT INTO designations SELECT * FROM UNNEST($1::bigint[], $2::int[], $3::bigint[], $4::bigint[])";
    transaction.execute(insert, &[&donations, &causes, &cents, &fees]).unwrap();
    let lines = || gifts.iter().flat_map(|(gift, id)| gift.lines().map(move |line| (*id, line)));
    let donations: Vec<i64> = lines().map(|(id, _)| id).collect();
    let entries: Vec<i64> = lines().map(|(_, line)| line.entry).collect();
    let accounts: Vec<i32> =
        lines().map(|(_, line)| line.cause.map_or(0, |cause| cause as i32 + 1)).collect();
    let posted: Vec<i64> = lines().map(|(_, line)| line.cents).collect();
    let insert =
        "INSERT INTO postings SELECT * FROM UNNEST($1::bigint[], $2::bigint[], $3::int[], $4::bigint[])";
    transaction.execute(insert, &[&donations, &entries, &accounts, &posted]).unwrap();
}

fn add_sums(transaction: &mut Transaction<'_>, sums: &GroupSums) {
    let ids: Vec<i32> = sums.donors.keys().map(|id| *id as i32).collect();
    let (cents, gifts): (Vec<i64>, Vec<i64>) = sums.donors.values().copied().unzip();
    let update = "UPDATE donors d SET given = given + s.c, gifts = gifts + s.g \
                  FROM UNNEST($1::int[], $2::bigint[], $3::bigint[]) s (id, c, g) WHERE d.id = s.id";
    transaction.execute(update, &[&ids, &cents, &gifts]).unwrap();
    let ids: Vec<i32> = sums.causes.keys().map(|id| *id as i32).collect();
    let cents: Vec<i64> = sums.causes.values().map(|sum| sum.cents).collect();
    let fees: Vec<i64> = sums.causes.values().map(|sum| sum.fees).collect();
    let gifts: Vec<i64> = sums.causes.values().map(|sum| sum.gifts).collect();
    let update = "UPDATE causes c SET given = given + s.c, fees = fees + s.f, gifts = gifts + s.g \
                  FROM UNNEST($1::int[], $2::bigint[], $3::bigint[], $4::bigint[]) s (id, c, f, g) WHERE c.id = s.id";
    transaction.execute(update, &[&ids, &cents, &fees, &gifts]).unwrap();
    let mut accounts: Vec<i32> = ids.iter().map(|cause| cause + 1).collect();
    let mut nets: Vec<i64> = sums.causes.values().map(|sum| sum.fees - sum.cents).collect();
    accounts.push(0);
    nets.push(sums.bank);
    let update = "UPDATE balances b SET balance = balance + s.c \
                  FROM UNNEST($1::int[], $2::bigint[]) s (account, c) WHERE b.account = s.account AND b.slot = 0";
    transaction.execute(update, &[&accounts, &nets]).unwrap();
}

/// One transaction for all of them.
fn give_in_one(client: &mut Client, gifts: &[Gift]) -> Vec<Given> {
    let mut transaction = client.transaction().unwrap();
    let mut new = insert_donations(&mut transaction, gifts);
    let mut sums = GroupSums::default();
    let mut first: Vec<(&Gift, i64)> = Vec::new();
    let mut given = Vec::new();
    for gift in gifts {
        // Taken out, so that a key that comes twice in the group counts once.
        if let Some(id) = new.remove(&gift.key()) {
            sums.add(gift);
            first.push((gift, id));
            given.push(Given::First);
        } else {
            given.push(Given::Again);
        }
    }
    insert_lines(&mut transaction, &first);
    add_sums(&mut transaction, &sums);
    transaction.commit().unwrap();
    given
}

impl Store for PostgresStore {
    fn session(&self) -> Box<dyn Session + '_> {
        Box::new(Connected::new(self.server.connect(), 0))
    }

    fn clients(&self, count: usize) -> Vec<Box<dyn Session + Send + '_>> {
        let client =
            |number| Box::new(Connected::new(self.server.connect(), number as i32 % SLOTS)) as Box<_>;
        (0..count).map(client).collect()
    }

    fn contents(&self) -> Contents {
        let mut client = self.client.lock().unwrap();
        let whole = "SELECT count(*), sum(cents)::bigint, sum(fee)::bigint FROM donations";
        let row = client.query_one(whole, &[]).unwrap();
        let zero =
            "SELECT (SELECT sum(cents)::bigint FROM postings), (SELECT sum(balance)::bigint FROM balances)";
        let sums = client.query_one(zero, &[]).unwrap();
        assert_eq!((sums.get::<_, i64>(0), sums.get::<_, i64>(1)), (0, 0), "debits are not credits");
        let causes = client.query("SELECT given - fees FROM causes ORDER BY id", &[]).unwrap();
        Contents {
            donations: row.get::<_, i64>(0) as u64,
            cents: row.get(1),
            fees: row.get(2),
            causes: causes.into_iter().map(|row| row.get(0)).collect(),
        }
    }

    fn close(self: Box<Self>) {
        self.client.into_inner().unwrap().close().unwrap();
        self.server.stop();
    }
}

/// One connection, with its statement prepared.
struct Connected {
    client: Client,
    give: Statement,
    slot: i32,
}

impl Connected {
    fn new(mut client: Client, slot: i32) -> Self {
        let give = client.prepare(GIVE).unwrap();
        Self { client, give, slot }
    }
}

impl Session for Connected {
    fn give(&mut self, gift: &Gift) -> Given {
        give(&mut self.client, &self.give, self.slot, gift)
    }

    fn give_group(&mut self, gifts: &[Gift]) -> Vec<Given> {
        give_in_one(&mut self.client, gifts)
    }

    fn balance(&mut self, cause: u32) -> i64 {
        let account = cause as i32 + 1;
        let sum = "SELECT -sum(balance)::bigint FROM balances WHERE account = $1";
        self.client.query_one(sum, &[&account]).unwrap().get(0)
    }

    fn by_key(&mut self, key: &str) -> Option<i64> {
        let found = self.client.query_opt("SELECT cents FROM donations WHERE key = $1", &[&key]).unwrap();
        found.map(|row| row.get(0))
    }

    fn donor_page(&mut self, donor: u32) -> Option<(usize, i64)> {
        let page = "SELECT id, day, cents FROM donations WHERE donor = $1 ORDER BY id DESC LIMIT $2";
        let rows = self.client.query(page, &[&(donor as i32), &i64::from(DONOR_PAGE)]).unwrap();
        Some((rows.len(), rows.iter().map(|row| row.get::<_, i64>(2)).sum()))
    }

    fn cause_page(&mut self, cause: u32) -> Option<(usize, i64)> {
        let page =
            "SELECT donation, cents FROM designations WHERE cause = $1 ORDER BY donation DESC LIMIT $2";
        let rows = self.client.query(page, &[&(cause as i32), &i64::from(CAUSE_PAGE)]).unwrap();
        Some((rows.len(), rows.iter().map(|row| row.get::<_, i64>(1)).sum()))
    }
}
