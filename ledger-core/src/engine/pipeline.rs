//! The pipeline of one group: for each command resolve the key, decide, post, seal, fold into pending rows.
//! Later commands of the group see earlier ones; a refused one leaves no trace.

mod reading;

use core::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use super::committed::{Committed, Delivery};
use super::error::{LedgerError, Outcome};
use super::in_the_making::InTheMaking;
use super::state_reader::{StateReader, donor_row, meta};
use crate::accounting::account::Account;
use crate::accounting::balance::Balance;
use crate::accounting::journal_entry::{JournalEntry, Posting};
use crate::machine::command::Command;
use crate::machine::decide::{Moment, Refusal, Step, decide, decide_step};
use crate::machine::event::Event;
use crate::machine::personal::PersonalField;
use crate::machine::rejection::Rejection;
use crate::records::codec;
use crate::records::fold::{Folded, Folding, erased_in, fold_on, fold_whole};
use crate::records::record::{ClockReading, PostedEntry, PostedLine, Record, RecordReader};
use crate::records::row::{ClaimedKey, HistoryOf, Row, RowKey};
use crate::records::rows::{RowReader, RowTable};
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
    /// What was read and changed so far, so that nothing is read twice.
    rows: RefCell<RowTable>,
    records: Vec<Vec<u8>>,
    /// Hash and record of the keys that were claimed.
    claimed: BTreeSet<(u64, u64)>,
    erased: Vec<DonorId>,
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
        Self {
            identity,
            view,
            keys,
            time,
            clock,
            durability,
            rows: RefCell::default(),
            records: Vec::new(),
            claimed: BTreeSet::new(),
            erased: Vec::new(),
            spoiled: None,
        }
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
        let mut keys: Vec<ClaimedKey> =
            self.claimed.into_iter().map(|(hash, seq)| ClaimedKey { hash, seq }).collect();
        keys.sort_unstable_by_key(|claimed| claimed.seq);
        let group = (!self.records.is_empty()).then(|| Group {
            first_seq: self.view.head().seq.saturating_add(1),
            time: self.time,
            records: self.records,
            rows: self.rows.into_inner().into_changed(),
            keys,
            erased: self.erased,
        });
        Ok(group)
    }

    fn try_plan(&mut self, command: &Command) -> Result<Committed, Refusal> {
        if let Some(fault) = &self.spoiled {
            return Err(fault.clone().into());
        }
        let keys = Arc::clone(&self.keys);
        let secret = keys.secret();
        let fingerprint = secret.fingerprint(&codec::command_content(command)?);
        let key_hash = command.key().map(|key| secret.key_hash(key));
        if let (Some(key), Some(hash)) = (command.key(), key_hash)
            && let Some(original) = self.holder_of(key, hash)?
        {
            return self.repeat(command, &original, fingerprint);
        }
        let (tag, mode) = (self.identity.ledger.tag(), self.identity.mode);
        let id_time = self.time.max(meta(self)?.latest);
        let moment = Moment { now: self.time, id_time, seq: self.next_seq(), tag, mode, first_id: 0 };
        let decision = decide(&StateReader { from: self, secret }, &moment, command)?;
        // An act that changed nothing is an act all the same: its key is claimed, so that a retry never does more.
        let is_nothing = decision.events.is_empty() && decision.then.is_empty();
        let is_kept = is_nothing && command.is_kept() && codec::command_personal(command)?.is_none();
        if is_nothing && !is_kept {
            return Ok(self.nothing_happened());
        }
        let entries = self.post(decision.entries)?;
        let mut donor_keys = DonorKeys::new();
        let sealed = self.seal(&decision.personal, moment.seq, &mut donor_keys)?;
        let personal_mark = self.personal_mark(command, &decision.events, &mut donor_keys)?;
        let mut record = Record {
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
        let key_hash = key_hash.filter(|_| record.key.is_some());
        let folded = self.follow(&mut record, &moment, decision.then, keys.as_ref());
        // From the first row that was changed on, a fault spoils the group.
        let encoded = folded.and_then(|folded| {
            if record.events.is_empty() && !is_kept {
                return Ok(None);
            }
            let encoded = codec::encode_record(&record)?;
            let folding = Folding { base: self.view.as_ref(), keys: keys.as_ref(), key_hash };
            fold_on(&record, folded, self.rows.get_mut(), &folding)?;
            fold_whole(&record, self.rows.get_mut(), &folding)?;
            Ok(Some(encoded))
        });
        let encoded = match encoded {
            Ok(Some(encoded)) => encoded,
            Ok(None) => return Ok(self.nothing_happened()),
            Err(fault) => {
                self.spoiled = Some(fault.clone());
                return Err(fault.into());
            }
        };
        // Nothing below can fail: the command is part of the group from here on.
        self.claimed.extend(key_hash.map(|hash| (hash, record.seq)));
        self.erased.extend(erased_in(&record.events));
        self.records.push(encoded);
        Ok(Committed::of(record, Delivery::First, self.durability))
    }

    /// Decides what follows in a record, step by step, each on what the record has become by then; gives how far it was
    /// folded for that. A record of one step is not folded here.
    fn follow(
        &mut self,
        record: &mut Record,
        first: &Moment,
        steps: Vec<Step>,
        keys: &dyn Keys,
    ) -> Result<Folded, Fault> {
        let (mut folded, mut waiting) = (Folded::default(), VecDeque::from(steps));
        let mut moment = first.after(&record.events)?;
        while let Some(step) = waiting.pop_front() {
            let folding = Folding { base: self.view.as_ref(), keys, key_hash: None };
            folded = fold_on(record, folded, self.rows.get_mut(), &folding)?;
            let view = InTheMaking { before: self, record };
            let decision = decide_step(&StateReader { from: &view, secret: keys.secret() }, &moment, &step)?;
            let entries = self.post(decision.entries)?;
            moment = moment.after(&decision.events)?;
            record.events.extend(decision.events);
            record.entries.extend(entries);
            // What follows from a step comes before what was waiting; what looks at all takings comes once, at the end.
            for step in decision.then.into_iter().rev() {
                match step {
                    Step::Redivide { .. } if waiting.contains(&step) => {}
                    Step::Redivide { .. } => waiting.push_back(step),
                    Step::Fact { .. } | Step::TakeUp { .. } => waiting.push_front(step),
                }
            }
        }
        Ok(folded)
    }

    fn next_seq(&self) -> u64 {
        let pending = u64::try_from(self.records.len()).unwrap_or(u64::MAX);
        self.view.head().seq.saturating_add(pending).saturating_add(1)
    }

    /// The record that holds a key. Hashes may collide, so every candidate is asked for its key.
    fn holder_of(&self, key: &str, hash: u64) -> Result<Option<Record>, Fault> {
        let mut candidates = self.view.key_candidates(hash);
        candidates.extend(self.claimed.range((hash, 0)..=(hash, u64::MAX)).map(|(_, seq)| *seq));
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
            return Ok(Committed::of(original.clone(), Delivery::Replayed, self.durability));
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
    fn post(&self, entries: Vec<JournalEntry>) -> Result<Vec<PostedEntry>, Fault> {
        let mut posted: Vec<PostedEntry> = Vec::with_capacity(entries.len());
        for entry in entries {
            let mut lines: Vec<PostedLine> = Vec::with_capacity(entry.postings().len());
            for Posting { account, side, amount_minor } in entry.into_postings() {
                // The latest line of the account in this record; few records have more than a handful of lines.
                let mut earlier = posted.iter().flat_map(|entry| &entry.lines).chain(&lines);
                let (before, count) = match earlier.rfind(|line| line.account == account) {
                    Some(line) => (line.balance, line.number),
                    None => self.account_so_far(&account)?,
                };
                // 128 bits hold 2^65 of the largest amounts: only a damaged row can come near.
                let full = || Fault::state(format!("running totals of {account}"), 0);
                let balance = before.posted(side, amount_minor).ok_or_else(full)?;
                let number = count.checked_add(1).ok_or_else(full)?;
                lines.push(PostedLine { account, side, amount_minor, balance, number });
            }
            posted.push(PostedEntry { lines });
        }
        Ok(posted)
    }

    fn account_so_far(&self, account: &Account) -> Result<(Balance, u64), Fault> {
        match self.row(&RowKey::Owner(HistoryOf::Account(account.clone())))?.as_deref() {
            Some(Row::Account(row)) => Ok((row.balance, row.history.count)),
            Some(_) | None => Ok(Default::default()),
        }
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
