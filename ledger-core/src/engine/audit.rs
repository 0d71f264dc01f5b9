//! Audit: folds the whole journal again, from nothing, and compares every row of the state, both ways.
//!
//! Checks on the way: frames and checksums, gapless seq and the hash tree (the scan), that every entry
//! balances and is what the posting rules make of the events, that running totals go on where they stopped,
//! that every record is found where the state says, that every key finds its record, that everything sealed
//! opens, that objects of providers and lines of settlements stand for one thing, that no part of a donation gave back or lost
//! more than it was given, that nothing was recorded of a donation that nobody gave, that the totals of every cause and
//! donor say what its accounts and donations say, and that unidentified money adds up to its account.

mod giving;
mod objects;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use self::giving::Giving;
use super::error::LedgerError;
use crate::accounting::account::{Account, AccountName};
use crate::accounting::balance::Balance;
use crate::accounting::journal_entry::{JournalEntry, Posting};
use crate::machine::posting_rules::entries_of;
use crate::records::codec;
use crate::records::fold::{Folding, fold};
use crate::records::record::{Record, RecordLine};
use crate::records::row::{Extent, HistoryOf, RECORDS_PER_PLACEMENT, Row, RowKey};
use crate::records::rows::{NoRows, RowTable, Rows};
use crate::records::sealing;
use crate::storage::{Keys, Storage, View};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::hex::hex;
use crate::vocabulary::money::Currency;

/// What an audit looked at and found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct AuditReport {
    /// The last record that was audited.
    pub seq: u64,
    /// The root of the hash tree over all records, in hexadecimal.
    pub root: String,
    /// Records whose bytes, order, entries and totals were checked.
    pub records: u64,
    /// Journal entries that were posted again and compared.
    pub entries: u64,
    /// Rows of the state that were compared.
    pub rows: u64,
    /// Keys that were looked up.
    pub keys: u64,
    /// The first thing that is not as it must be; `None` when all is well.
    pub difference: Option<String>,
}

/// Audits a store. Damage of the journal is an error; anything else that is wrong is in the report.
pub fn audit(storage: &dyn Storage) -> Result<AuditReport, LedgerError> {
    let mut auditor = Auditor {
        view: storage.view(),
        keys: storage.keys(),
        storage,
        expected: RowTable::default(),
        giving: Giving::default(),
        report: AuditReport {
            seq: 0,
            root: String::new(),
            records: 0,
            entries: 0,
            rows: 0,
            keys: 0,
            difference: None,
        },
    };
    // One moment, however much is written meanwhile.
    let head = auditor.view.head();
    let end = storage.scan(head.seq, &mut |record, place| auditor.record(record, place))?;
    if end.root != head.root {
        auditor.found(|| "the journal has another root than was acknowledged".to_owned());
    }
    auditor.report.seq = head.seq;
    auditor.report.root = hex(&head.root);
    auditor.causes();
    let Auditor { view, expected, giving, mut report, .. } = auditor;
    if report.difference.is_none() {
        report.difference = giving.difference(&expected, view.as_ref())?;
    }
    if report.difference.is_none() {
        compare_rows(view.as_ref(), expected.into_changed(), &mut report)?;
    }
    Ok(report)
}

/// What was read, or what is wrong with it. That a disk could not be read says nothing of the books: it ends the audit.
fn told<T>(read: Result<T, Fault>) -> Result<Result<T, Fault>, Fault> {
    match read {
        Err(fault @ Fault::Medium { .. }) => Err(fault),
        told => Ok(told),
    }
}

struct Auditor<'a> {
    view: Box<dyn View>,
    keys: Arc<dyn Keys>,
    storage: &'a dyn Storage,
    expected: RowTable,
    giving: Giving,
    report: AuditReport,
}

impl Auditor<'_> {
    fn found(&mut self, what: impl FnOnce() -> String) {
        self.report.difference.get_or_insert_with(what);
    }

    fn record(&mut self, record: &Record, place: Extent) -> Result<(), Fault> {
        if self.report.difference.is_some() {
            return Ok(());
        }
        let seq = record.seq;
        self.report.records = self.report.records.saturating_add(1);
        if seq != self.report.records {
            self.found(|| format!("record {seq}: out of sequence"));
        }
        self.entries(record);
        self.place_and_key(record, place)?;
        for field in &record.sealed {
            sealing::open(field, self.keys.as_ref())?;
        }
        if objects::stand_twice(&self.expected, &record.events) {
            self.found(|| format!("record {seq}: what stood for something before stands for more"));
        }
        self.giving.count(&record.events);
        let key_hash = record.key.as_deref().map(|key| self.keys.secret().key_hash(key));
        let folding = Folding { base: &NoRows, keys: self.keys.as_ref(), key_hash };
        if let Err(fault) = told(fold(record, &mut self.expected, &folding))? {
            self.found(|| format!("record {seq}: cannot be folded: {fault}"));
        }
        Ok(())
    }

    /// Entries balance, are what the rules make of the events, and carry totals that go on.
    fn entries(&mut self, record: &Record) {
        let seq = record.seq;
        let count = u64::try_from(record.entries.len()).unwrap_or(0);
        self.report.entries = self.report.entries.saturating_add(count);
        let posted: Result<Vec<JournalEntry>, _> = record
            .entries
            .iter()
            .map(|entry| {
                let postings = entry.lines.iter().map(|line| Posting {
                    account: line.account.clone(),
                    side: line.side,
                    amount_minor: line.amount_minor,
                });
                JournalEntry::balanced(postings.collect())
            })
            .collect();
        match (posted, entries_of(self.storage.identity().mode, &record.events)) {
            (Err(unbalanced), _) => self.found(|| format!("record {seq}: {unbalanced}")),
            (Ok(posted), Ok(ruled)) if posted != ruled => {
                self.found(|| format!("record {seq}: entries are not those of its events"));
            }
            (Ok(_), Ok(_)) => {}
            (Ok(_), Err(rejection)) => self.found(|| format!("record {seq}: {rejection}")),
        }
        let mut running: Vec<(&Account, Balance, u64)> = Vec::new();
        for RecordLine { line, .. } in record.lines() {
            // A record has few accounts.
            let at = running.iter().rev().find(|(account, ..)| **account == line.account);
            let (before, number) = at.map_or_else(
                || match self
                    .expected
                    .get(&RowKey::Owner(HistoryOf::Account(line.account.clone())))
                    .map(AsRef::as_ref)
                {
                    Some(Row::Account(row)) => (row.balance, row.history.count),
                    Some(_) | None => Default::default(),
                },
                |(_, balance, number)| (*balance, *number),
            );
            let after = before.posted(line.side, line.amount_minor);
            if after != Some(line.balance) || number.checked_add(1) != Some(line.number) {
                self.found(|| format!("record {seq}: running totals of {} do not go on", line.account));
            }
            running.push((&line.account, line.balance, line.number));
        }
    }

    /// The state finds the record by seq and by key.
    fn place_and_key(&mut self, record: &Record, place: Extent) -> Result<(), Fault> {
        let seq = record.seq;
        match told(self.view.place(seq))? {
            // Where it was just read.
            Ok(found) if found == Some(place) => {}
            Ok(_) => self.found(|| format!("record {seq}: the state looks for it in another place")),
            Err(fault) => self.found(|| format!("record {seq}: not found through the state: {fault}")),
        }
        if let Some(key) = &record.key {
            self.report.keys = self.report.keys.saturating_add(1);
            let candidates = self.view.key_candidates(self.keys.secret().key_hash(key));
            if !candidates.contains(&seq) {
                self.found(|| format!("record {seq}: its key does not find it"));
            }
            // Hashes may collide; keys may not.
            for earlier in candidates.into_iter().filter(|earlier| *earlier < seq) {
                match told(self.view.record(earlier))? {
                    Ok(Some(other)) if other.key.as_ref() == Some(key) => {
                        self.found(|| {
                            format!("record {seq}: its key was claimed by record {earlier} before")
                        });
                    }
                    Ok(_) => {}
                    Err(fault) => self.found(|| format!("record {earlier}: not found by key: {fault}")),
                }
            }
        }
        Ok(())
    }

    /// What is left of unidentified money is what its account holds.
    fn unidentified(&mut self, differences: &BTreeMap<Currency, i128>) {
        if let Some((currency, minor)) = differences.iter().find(|(_, minor)| **minor != 0) {
            self.found(|| format!("unidentified money of {currency} and its account differ by {minor}"));
        }
    }

    /// What the accounts of a cause hold = net, for every cause, in totals and accounts that were computed apart.
    fn causes(&mut self) {
        let mut held: BTreeMap<_, i128> = BTreeMap::new();
        let mut sums: BTreeMap<_, (u128, u128)> = BTreeMap::new();
        for (key, row) in self.expected.iter() {
            let (RowKey::Owner(HistoryOf::Account(account)), Row::Account(row)) = (key, row.as_ref()) else {
                continue;
            };
            let (debits, credits) = sums.entry(account.currency).or_default();
            *debits = debits.saturating_add(row.balance.debits_minor);
            *credits = credits.saturating_add(row.balance.credits_minor);
            if let Some(cause) = account.name.cause() {
                let sum = held.entry(cause).or_default();
                *sum = sum.saturating_sub(row.balance.net_debit_minor());
            }
        }
        let uneven =
            sums.iter().find(|(_, (debits, credits))| debits != credits).map(|(currency, _)| *currency);
        if let Some(currency) = uneven {
            self.found(|| format!("debits and credits of {currency} differ over all accounts"));
        }
        self.unidentified(&sums_of_suspense(&self.expected));
        let differs = self.expected.iter().find_map(|(key, row)| match (key, row.as_ref()) {
            (RowKey::Owner(HistoryOf::Cause(cause)), Row::Cause(row)) => {
                let held = held.get(cause).copied().unwrap_or(0);
                (held != row.totals.held_minor()).then_some((*cause, held, row.totals.held_minor()))
            }
            _ => None,
        });
        if let Some((cause, held, net)) = differs {
            self.found(|| format!("{cause}: accounts hold {held}, totals say {net} minor units"));
        }
    }
}

/// By currency: what is left of unidentified money, less what its account says.
fn sums_of_suspense(expected: &RowTable) -> BTreeMap<Currency, i128> {
    let mut sums = BTreeMap::<Currency, i128>::new();
    for (key, row) in expected.iter() {
        let (currency, minor) = match (key, row.as_ref()) {
            (_, Row::Suspense(row)) => (row.facts.amount.currency(), i128::from(row.facts.left_minor)),
            (RowKey::Owner(HistoryOf::Account(account)), Row::Account(row))
                if account.name == AccountName::Unidentified =>
            {
                (account.currency, row.balance.net_debit_minor())
            }
            _ => continue,
        };
        let sum = sums.entry(currency).or_default();
        *sum = sum.saturating_add(minor);
    }
    sums
}

/// Every row that is there must be expected, every expected row must be there.
fn compare_rows(view: &dyn View, expected: Rows, report: &mut AuditReport) -> Result<(), LedgerError> {
    let mut missing: BTreeMap<Vec<u8>, (RowKey, Arc<Row>)> =
        expected.into_iter().map(|(key, row)| (codec::encode_key(&key), (key, row))).collect();
    let mut lengths = placement_lengths(report.records);
    let mut rows = 0_u64;
    let mut difference = None;
    view.rows(&mut |key, row| {
        rows = rows.saturating_add(1);
        // Places were compared record by record; what is left to see is that there are no more of them.
        if let Row::Placement(places) = &row {
            if u64::try_from(places.len()).ok() != lengths.remove(&key) {
                difference
                    .get_or_insert_with(|| format!("row {key:02x?} is {row:?}, there are other records"));
            }
            return Ok(());
        }
        match missing.remove(&key) {
            Some((_, wanted)) if *wanted == row => {}
            Some((name, wanted)) => {
                difference
                    .get_or_insert_with(|| format!("row {name:?} is {row:?}, the journal says {wanted:?}"));
            }
            None => {
                difference
                    .get_or_insert_with(|| format!("row {key:02x?} is {row:?}, the journal knows of none"));
            }
        }
        Ok(())
    })?;
    if let Some((name, _)) = missing.values().next() {
        difference.get_or_insert_with(|| format!("row {name:?} is missing"));
    }
    report.rows = rows;
    report.difference = report.difference.take().or(difference);
    Ok(())
}

/// The keys of the rows of places, and how many places each has when there are so many records.
fn placement_lengths(records: u64) -> BTreeMap<Vec<u8>, u64> {
    let mut lengths = BTreeMap::new();
    let (mut block, mut left) = (0_u64, records);
    while left > 0 {
        let here = left.min(RECORDS_PER_PLACEMENT);
        lengths.insert(codec::encode_key(&RowKey::Placement(block)), here);
        (block, left) = (block.saturating_add(1), left.saturating_sub(here));
    }
    lengths
}
