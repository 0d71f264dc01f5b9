//! The pipeline of one group: for each command resolve the key, decide, post, seal, fold into pending rows.
//! Later commands of the group see earlier ones; a refused one leaves no trace.

use core::ops::Bound;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::committed::{Committed, Delivery};
use super::error::{LedgerError, Outcome};
use super::state_reader::{StateReader, donor_row, meta};
use crate::accounting::journal_entry::{JournalEntry, Posting};
use crate::machine::command::Command;
use crate::machine::decide::{Moment, Refusal, decide};
use crate::machine::event::Event;
use crate::machine::personal::PersonalField;
use crate::machine::rejection::Rejection;
use crate::records::codec;
use crate::records::fold::{Over, RangeReader, RowReader, Rows, StoredRow, fold};
use crate::records::record::{ClockReading, PostedEntry, PostedLine, Record, RecordReader};
use crate::records::row::{ClaimedKey, HistoryOf, Row, RowKey};
use crate::records::sealed::SealedField;
use crate::records::sealing::{self, SlotKey};
use crate::storage::{Durability, Group, Identity, Keys, View};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::hex::hex;
use crate::vocabulary::ids::DonorId;
use crate::vocabulary::time::Timestamp;

/// Slots and keys of the donors of one record.
type DonorKeys = BTreeMap<DonorId, (u32, [u8; 32])>;

/// A group in the making.
pub struct Pipeline {
    identity: Identity,
    view: Box<dyn View>,
    keys: Arc<dyn Keys>,
    time: Timestamp,
    clock: ClockReading,
    durability: Durability,
    rows: Rows,
    records: Vec<Record>,
    encoded: Vec<Vec<u8>>,
    claimed: BTreeMap<u64, Vec<u64>>,
    /// Why rows of the group are worth nothing any more: nothing of it is written then.
    spoiled: Option<Fault>,
}

/// What a command came to, before its group is durable.
pub struct Planned {
    /// What the caller is told.
    pub result: Result<Committed, LedgerError>,
    /// Whether it is true whatever becomes of the group.
    pub standing: Standing,
}

/// On what an answer rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// On what was durable before.
    Settled,
    /// On records of the group: true only once it is durable. A refusal can rest on them too.
    WithGroup,
}

impl Pipeline {
    /// Begins a group.
    pub fn new(
        identity: Identity,
        view: Box<dyn View>,
        keys: Arc<dyn Keys>,
        now: Timestamp,
        durability: Durability,
    ) -> Self {
        let (time, clock) = group_time(view.head().time, now);
        let (rows, records, encoded, claimed) = (Rows::new(), Vec::new(), Vec::new(), BTreeMap::new());
        let spoiled = None;
        Self { identity, view, keys, time, clock, durability, rows, records, encoded, claimed, spoiled }
    }

    /// Takes one command through the pipeline.
    pub fn plan(&mut self, command: &Command) -> Planned {
        let result = self.try_plan(command).map_err(|refusal| match refusal {
            Refusal::Rejected(rejection) => rejection.into(),
            Refusal::Fault(fault) => LedgerError::from_fault(fault, Outcome::NotCommitted),
        });
        // Whatever was decided over pending records may have been decided because of them.
        let standing = if self.records.is_empty() { Standing::Settled } else { Standing::WithGroup };
        Planned { result, standing }
    }

    /// The keys with which it seals.
    pub fn keys(&self) -> &dyn Keys {
        self.keys.as_ref()
    }

    /// The group, for the store; `None` when nothing is to be written. A fault when a command met damage while its
    /// rows were made: then none of the group may be written.
    pub fn into_group(self) -> Result<Option<Group>, Fault> {
        if let Some(fault) = self.spoiled {
            return Err(fault);
        }
        let keys = self
            .claimed
            .iter()
            .flat_map(|(&hash, seqs)| seqs.iter().map(move |&seq| ClaimedKey { hash, seq }));
        let mut keys: Vec<ClaimedKey> = keys.collect();
        keys.sort_by_key(|claimed| claimed.seq);
        let first_seq = self.view.head().seq.saturating_add(1);
        let events = self.records.iter().flat_map(|record| &record.events);
        let erased =
            events.filter_map(
                |event| {
                    if let Event::DonorErased { donor, .. } = event { Some(*donor) } else { None }
                },
            );
        let erased = erased.collect();
        let group = (!self.encoded.is_empty()).then_some(Group {
            first_seq,
            time: self.time,
            records: self.encoded,
            rows: self.rows,
            keys,
            erased,
        });
        Ok(group)
    }

    /// Drops what a rehearsal needs no more of its last records: bytes that are never written, and lines and
    /// sealed content, on which no later decision rests.
    pub fn keep_only_facts(&mut self, last: usize) {
        self.encoded = Vec::new();
        for record in self.records.iter_mut().rev().take(last) {
            record.entries = Vec::new();
            record.sealed = Vec::new();
        }
    }

    fn try_plan(&mut self, command: &Command) -> Result<Committed, Refusal> {
        if let Some(fault) = &self.spoiled {
            return Err(fault.clone().into());
        }
        let fingerprint = self.keys.secret().fingerprint(&codec::command_content(command)?);
        if let Some(original) = self.holder_of(command.key())? {
            return self.repeat(command, &original, fingerprint);
        }
        let (tag, mode) = (self.identity.ledger.tag(), self.identity.mode);
        let id_time = self.time.max(meta(self)?.latest);
        let moment = Moment { now: self.time, id_time, seq: self.next_seq(), tag, mode };
        let secret = self.keys.secret().clone();
        let decision = decide(&StateReader { from: self, secret: &secret }, &moment, command)?;
        if decision.events.is_empty() {
            return Ok(self.nothing_happened());
        }
        let entries = self.post(decision.entries)?;
        let mut donor_keys = DonorKeys::new();
        let sealed = self.seal(&decision.personal, moment.seq, &mut donor_keys)?;
        let personal_mark = self.personal_mark(command, &decision.events, &mut donor_keys)?;
        let record = Record {
            seq: moment.seq,
            recorded_at: self.time,
            clock: self.clock,
            key: command.key().filter(|_| command.claims_key()).map(str::to_owned),
            content_version: codec::CONTENT_VERSION,
            fingerprint,
            personal_mark,
            occurred_on: decision.occurred_on,
            events: decision.events,
            sealed,
            entries,
        };
        let encoded = codec::encode_record(&record)?;
        let mut rows = Over { base: self.view.as_ref(), rows: &mut self.rows };
        if let Err(fault) = fold(&record, &mut rows, self.keys.as_ref(), &secret) {
            self.spoiled = Some(fault.clone());
            return Err(fault.into());
        }
        // Nothing below can fail: the command is part of the group from here on.
        let committed = Committed::of(&record, Delivery::First, self.durability);
        if let Some(key) = &record.key {
            self.claimed.entry(secret.key_hash(key)).or_default().push(record.seq);
        }
        self.encoded.push(encoded);
        self.records.push(record);
        Ok(committed)
    }

    fn next_seq(&self) -> u64 {
        let pending = u64::try_from(self.records.len()).unwrap_or(u64::MAX);
        self.view.head().seq.saturating_add(pending).saturating_add(1)
    }

    /// The record that holds a key. Hashes may collide, so every candidate is asked for its key.
    fn holder_of(&self, key: Option<&str>) -> Result<Option<Record>, Fault> {
        let Some(key) = key else { return Ok(None) };
        let hash = self.keys.secret().key_hash(key);
        let mut candidates = self.view.key_candidates(hash);
        candidates.extend(self.claimed.get(&hash).into_iter().flatten());
        for seq in candidates {
            let record = self.record(seq)?.filter(|record| record.key.as_deref() == Some(key));
            if record.is_some() {
                return Ok(record);
            }
        }
        Ok(None)
    }

    /// The same key again: the original's answer for the same content, a conflict for any other.
    fn repeat(&self, command: &Command, original: &Record, given: [u8; 16]) -> Result<Committed, Refusal> {
        let same_open = original.fingerprint == given;
        if same_open && self.same_personal(command, original)? {
            return Ok(Committed::of(original, Delivery::Replayed, self.durability));
        }
        let recorded =
            if same_open { "same but for personal text".to_owned() } else { hex(&original.fingerprint) };
        let key = original.key.clone().unwrap_or_default();
        Err(Rejection::KeyConflict { key, seq: original.seq, recorded, given: hex(&given) }.into())
    }

    /// Whether the personal content of a command is that of a record. After the donor was erased nobody can
    /// tell, and the content does not count.
    fn same_personal(&self, command: &Command, original: &Record) -> Result<bool, Fault> {
        let donor = owner_of_words(&original.events);
        let row = donor.map_or(Ok(None), |donor| donor_row(self, donor))?;
        // From the record of the erasure on, also while the key is still being destroyed.
        if row.as_ref().is_some_and(|row| row.erased.is_some()) {
            return Ok(true);
        }
        let slot = row.and_then(|row| row.slot);
        let key = match slot.map(|slot| self.keys.slot_key(slot)).transpose()? {
            Some(SlotKey::Present(key)) => Some(key),
            Some(SlotKey::Erased) | None => None,
        };
        match (codec::command_personal(command)?, original.personal_mark) {
            (Some(given), Some(mark)) => {
                Ok(key.is_some_and(|key| sealing::personal_mark(&key, &given) == mark))
            }
            (given, mark) => Ok(given.is_none() && mark.is_none()),
        }
    }

    fn nothing_happened(&self) -> Committed {
        Committed {
            seq: self.next_seq().saturating_sub(1),
            recorded_at: self.time,
            delivery: Delivery::First,
            durability: self.durability,
            events: Vec::new(),
            balances: Vec::new(),
        }
    }

    /// Adds the running totals of every account to the entries.
    fn post(&self, entries: Vec<JournalEntry>) -> Result<Vec<PostedEntry>, Refusal> {
        let mut running = BTreeMap::new();
        let mut posted = Vec::with_capacity(entries.len());
        for entry in entries {
            let mut lines = Vec::with_capacity(entry.postings().len());
            for Posting { account, side, amount_minor } in entry.into_postings() {
                let (before, count) = match running.get(&account) {
                    Some(known) => *known,
                    None => match self.row(&RowKey::Owner(HistoryOf::Account(account.clone())))?.as_deref() {
                        Some(Row::Account(row)) => (row.balance, row.history.count),
                        Some(_) | None => Default::default(),
                    },
                };
                // 128 bits hold 2^65 of the largest amounts: only a damaged row can come near.
                let full = || Fault::state(format!("running totals of {account}"), 0);
                let balance = before.posted(side, amount_minor).ok_or_else(full)?;
                let number = count.checked_add(1).ok_or_else(full)?;
                running.insert(account.clone(), (balance, number));
                lines.push(PostedLine { account, side, amount_minor, balance, number });
            }
            posted.push(PostedEntry { lines });
        }
        Ok(posted)
    }

    fn seal(
        &self,
        personal: &[PersonalField],
        seq: u64,
        keys: &mut DonorKeys,
    ) -> Result<Vec<SealedField>, Fault> {
        let mut sealed = Vec::with_capacity(personal.len());
        for field in personal {
            let (slot, key) = match keys.get(&field.donor) {
                Some(known) => *known,
                None => self.key_of(field.donor)?,
            };
            keys.insert(field.donor, (slot, key));
            sealed.push(sealing::seal(field, seq, slot, &key, self.keys.nonce()?)?);
        }
        Ok(sealed)
    }

    /// The mark by which a repeat of the command is known to have the same personal content.
    fn personal_mark(
        &self,
        command: &Command,
        events: &[Event],
        keys: &mut DonorKeys,
    ) -> Result<Option<[u8; 16]>, Fault> {
        let Some(content) = codec::command_personal(command)? else { return Ok(None) };
        let Some(donor) = owner_of_words(events) else { return Ok(None) };
        let (_, key) = match keys.get(&donor) {
            Some(known) => *known,
            None => self.key_of(donor)?,
        };
        Ok(Some(sealing::personal_mark(&key, &content)))
    }

    /// The donor's key; a new one where there was nothing personal yet.
    fn key_of(&self, donor: DonorId) -> Result<(u32, [u8; 32]), Fault> {
        match donor_row(self, donor)?.and_then(|row| row.slot) {
            None => self.keys.hand_out(),
            Some(slot) => match self.keys.slot_key(slot)? {
                SlotKey::Present(key) => Ok((slot, key)),
                SlotKey::Erased => Err(Fault::state("donor whose key was destroyed", 0)),
            },
        }
    }
}

impl RowReader for Pipeline {
    fn row(&self, key: &RowKey) -> Result<Option<Arc<Row>>, Fault> {
        match self.rows.get(key) {
            Some(row) => Ok(Some(Arc::clone(row))),
            None => self.view.row(key),
        }
    }
}

impl RangeReader for Pipeline {
    fn between(&self, after: &RowKey, to: &RowKey, limit: usize) -> Result<Vec<StoredRow>, Fault> {
        if after >= to {
            return Ok(Vec::new());
        }
        let mut merged: BTreeMap<Vec<u8>, Arc<Row>> =
            self.view.between(after, to, limit)?.into_iter().collect();
        let pending = self.rows.range((Bound::Excluded(after), Bound::Excluded(to)));
        merged.extend(pending.map(|(key, row)| (codec::encode_key(key), Arc::clone(row))));
        Ok(merged.into_iter().take(limit).collect())
    }
}

impl RecordReader for Pipeline {
    fn record(&self, seq: u64) -> Result<Option<Record>, Fault> {
        match seq.checked_sub(self.view.head().seq.saturating_add(1)) {
            Some(pending) => Ok(usize::try_from(pending).ok().and_then(|at| self.records.get(at)).cloned()),
            None => self.view.record(seq),
        }
    }
}

/// Whose the personal content of a command is. A correction begins with the donor of what was wrong.
fn owner_of_words(events: &[Event]) -> Option<DonorId> {
    events.iter().rev().find_map(Event::donor)
}

/// Never earlier than the group before, unless the clock jumped back by more than a day: then as it was
/// read, with a flag. Order never depends on time.
fn group_time(before: Timestamp, now: Timestamp) -> (Timestamp, ClockReading) {
    const DAY_MICROS: i64 = 86_400_000_000;
    if before.micros().saturating_sub(now.micros()) > DAY_MICROS {
        return (now, ClockReading::JumpedBack);
    }
    (now.max(before), ClockReading::Steady)
}
