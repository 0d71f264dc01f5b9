//! Makes groups as the engine would, without its rules: records that register, open and give, folded into
//! rows, and the same rows kept apart for comparison.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::accounting::account::{Account, AccountName, Side};
use crate::accounting::balance::Balance;
use crate::giving::cause::CauseDetails;
use crate::giving::donation::{Designation, FeeBearer, Method, Visibility};
use crate::giving::donor::{DonorKind, DonorStanding};
use crate::machine::event::Event;
use crate::records::codec;
use crate::records::fold::{Folding, fold};
use crate::records::record::{ClockReading, PostedEntry, PostedLine, Record};
use crate::records::row::{ClaimedKey, Row, RowKey};
use crate::records::rows::{ByKey, RowReader, RowTable, Rows};
use crate::storage::{AppendFault, Durability, Group, Head, Storage};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{CauseId, DonationId, DonorId, IdBits};
use crate::vocabulary::money::{Amount, Currency};
use crate::vocabulary::time::Timestamp;

/// What a record does.
#[derive(Clone, Copy)]
pub(super) enum Act {
    Register,
    Open(&'static str),
    /// The latest donor gives to the latest cause.
    Give(i64),
}

/// Makes groups for one store and remembers what its rows must be.
#[derive(Default)]
pub(super) struct Maker {
    pub(super) expected: ByKey<Arc<Row>>,
    pub(super) records: Vec<Record>,
    donor: Option<DonorId>,
    cause: Option<(CauseId, Currency)>,
    running: BTreeMap<Account, (Balance, u64)>,
}

struct Shared<'a>(&'a ByKey<Arc<Row>>);

impl RowReader for Shared<'_> {
    fn row(&self, key: &RowKey) -> Result<Option<Arc<Row>>, Fault> {
        Ok(self.0.get(key).cloned())
    }
}

impl Maker {
    /// Appends a group of these acts, one record each.
    pub(super) fn append(&mut self, storage: &dyn Storage, acts: &[Act]) -> Head {
        let (group, rows, records) = self.make(storage, acts);
        let head = storage.append(group, Durability::Sync).unwrap();
        self.expected.extend(rows);
        self.records.extend(records);
        head
    }

    /// Tries to append a group that is going to fail; nothing of it is remembered.
    pub(super) fn append_in_vain(&mut self, storage: &dyn Storage, acts: &[Act]) -> AppendFault {
        let held = (self.donor, self.cause, self.running.clone());
        let (group, ..) = self.make(storage, acts);
        (self.donor, self.cause, self.running) = held;
        storage.append(group, Durability::Sync).unwrap_err()
    }

    fn make(&mut self, storage: &dyn Storage, acts: &[Act]) -> (Group, Rows, Vec<Record>) {
        let (head, keys) = (storage.view().head(), storage.keys());
        let time = Timestamp::from_micros(1_700_000_000_000_000 + i64::try_from(head.seq).unwrap());
        let mut group = Group { first_seq: head.seq + 1, time, ..Group::default() };
        let all = self.expected.clone();
        let (mut records, mut table) = (Vec::new(), RowTable::default());
        for (seq, act) in (head.seq + 1..).zip(acts) {
            let bits = IdBits::made_by(time, seq, 0, storage.identity().ledger.tag());
            let (event, entries) = self.event(bits, *act);
            let key = format!("key-{seq}");
            group.keys.push(ClaimedKey { hash: keys.secret().key_hash(&key), seq });
            let record = Record {
                seq,
                recorded_at: time,
                clock: ClockReading::Steady,
                key: Some(key),
                content_version: codec::CONTENT_VERSION,
                fingerprint: [0; 16],
                personal_mark: None,
                occurred_on: None,
                events: vec![event],
                sealed: Vec::new(),
                entries,
            };
            let key_hash = group.keys.last().map(|claimed| claimed.hash);
            let folding = Folding { base: &Shared(&all), keys: keys.as_ref(), key_hash };
            fold(&record, &mut table, &folding).unwrap();
            group.records.push(codec::encode_record(&record).unwrap());
            records.push(record);
        }
        group.rows = table.into_changed();
        let rows = group.rows.clone();
        (group, rows, records)
    }

    fn event(&mut self, bits: IdBits, act: Act) -> (Event, Vec<PostedEntry>) {
        match act {
            Act::Register => {
                let donor = DonorId::from(bits);
                self.donor = Some(donor);
                let (kind, standing) = (DonorKind::Person, DonorStanding::Anonymous);
                (Event::DonorRegistered { donor, kind, standing }, Vec::new())
            }
            Act::Open(code) => {
                let (cause, currency) = (CauseId::from(bits), code.parse().unwrap());
                self.cause = Some((cause, currency));
                let details = CauseDetails { name: code.into(), ..CauseDetails::default() };
                (Event::CauseOpened { cause, currency, details }, Vec::new())
            }
            Act::Give(minor) => self.gift(DonationId::from(bits), minor),
        }
    }

    fn gift(&mut self, donation: DonationId, minor: i64) -> (Event, Vec<PostedEntry>) {
        let ((cause, currency), donor) = (self.cause.unwrap(), self.donor.unwrap());
        let amount = Amount::from_minor(minor, currency).unwrap();
        let bank = format!("bank-{}", minor % 5);
        let names = [
            (AccountName::Bank { bank: bank.clone() }, Side::Debit),
            (AccountName::CauseAvailable { cause }, Side::Credit),
        ];
        let lines = names.map(|(name, side)| {
            let (account, amount_minor) = (Account { name, currency }, minor.unsigned_abs());
            let (balance, number) = self.running.entry(account.clone()).or_default();
            *balance = balance.posted(side, amount_minor).unwrap();
            *number += 1;
            PostedLine { account, side, amount_minor, balance: *balance, number: *number }
        });
        let event = Event::DonationCaptured {
            donation,
            donor,
            designations: vec![Designation { cause, amount }],
            tip: None,
            fee: None,
            fee_bearer: FeeBearer::Causes,
            fee_shares_minor: Vec::new(),
            method: Method::Offline { bank },
            visibility: Visibility::Public,
        };
        (event, vec![PostedEntry { lines: lines.into() }])
    }
}
