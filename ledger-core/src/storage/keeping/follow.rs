//! Following: a copy that is brought up to its source again and again, with the keys that it needs. It can be read at
//! any moment, and takes the source's place when it is promoted.
//!
//! Keys of donors reach the copy before its `HEAD` names the records that need them. A key goes from the copy as soon as
//! the erasure of its donor is in it: the record alone decides, not what the source has destroyed by then.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::copy::{Companion, Copier, of_copy};
use super::keys::{NamedSlots, check_erased, slot_beside};
use super::source::{self, epoch_in};
use super::standby;
use crate::storage::journal::ahead;
use crate::storage::journal::head::{self, HeadSlot};
use crate::storage::journal::read::record_of;
use crate::storage::journal::scan::{Position, ReadGroup};
use crate::storage::journal::segment;
use crate::storage::keyring::{self, ERASED, FILE, FREE, IN_USE};
use crate::storage::medium::{Medium, write_whole_hidden};
use crate::storage::{Durability, Identity};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{DonorId, LedgerId};

/// A copy and its source.
pub struct Following {
    source: Arc<dyn Medium>,
    copy: Arc<dyn Medium>,
    identity: Identity,
    position: Position,
    turns: u64,
    keys: KeyFollowing,
}

/// What a step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Up to which record the copy goes.
    pub seq: u64,
    /// Up to which record it could go: the last that the source has acknowledged under any promise.
    pub source_seq: u64,
    /// The root up to `seq`.
    pub root: [u8; 32],
    /// Records that came.
    pub records: u64,
    /// Keys that were destroyed in the copy.
    pub keys_destroyed: u64,
}

/// The keys of the copy.
struct KeyFollowing {
    source: Arc<dyn Medium>,
    copy: Arc<dyn Medium>,
    ledger: LedgerId,
    /// The slot of each donor: an erasure names the donor only.
    slot_of: BTreeMap<DonorId, u32>,
    /// One more than the highest slot of the copy.
    slots: u32,
    /// Slots that records of this step name.
    wanted: BTreeSet<u32>,
    /// Slots whose keys are to be destroyed.
    doomed: Vec<u32>,
    epoch: u64,
}

impl Following {
    /// Begins a copy, or goes on with one. What is there is read whole, and what an interrupted step left undone of
    /// the keys is done.
    pub fn open(source: Arc<dyn Medium>, copy: Arc<dyn Medium>, identity: Identity) -> Result<Self, Fault> {
        // Before `FORMAT`, which makes a ledger of the folder that somebody may read, or write to.
        let is_begun = |file: &String| {
            ["LOCK", standby::FILE, FILE].contains(&file.strip_suffix(".new").unwrap_or(file))
        };
        if copy.list("")?.iter().all(is_begun) && copy.list(segment::FOLDER)?.is_empty() {
            standby::mark(copy.as_ref())?;
            KeyFollowing::begin(source.as_ref(), copy.as_ref(), identity)?;
        }
        let copier = Copier::begin(source.as_ref(), copy.as_ref(), identity)?;
        // A backup, or a ledger, that was found to be of the source's history.
        standby::mark(copy.as_ref())?;
        let (position, turns) = copier.into_place();
        let mut keys = KeyFollowing::open(&source, &copy, identity, &position)?;
        keys.hand_over()?;
        keys.destroy()?;
        Ok(Self { source, copy, identity, position, turns, keys })
    }

    /// The epoch of the last record of the copy.
    pub fn epoch(&self) -> u64 {
        self.keys.epoch
    }

    /// Copies what the source has acknowledged under `Sync` since.
    pub fn step(&mut self) -> Result<Step, Fault> {
        // What an earlier step could not do.
        let mut keys_destroyed = self.keys.destroy()?;
        let before = self.position.seq();
        let slots = self.slots_of_source()?;
        let newest = head::newest_of(&slots).map_or(before, |(_, slot)| slot.seq);
        let promised: Vec<_> =
            slots.into_iter().filter(|(_, slot)| slot.durability == Durability::Sync).collect();
        if let Some((_, to)) = head::newest_of(&promised).filter(|(_, slot)| slot.seq >= before) {
            self.copy_to(&to).map_err(|fault| self.diverged_rather(fault))?;
        }
        keys_destroyed = keys_destroyed.saturating_add(self.keys.destroy()?);
        Ok(Step {
            seq: self.position.seq(),
            source_seq: newest.max(self.position.seq()),
            root: self.position.root,
            records: self.position.seq().saturating_sub(before),
            keys_destroyed,
        })
    }

    /// The slots of the source's `HEAD`, if it is the source that was followed so far.
    fn slots_of_source(&self) -> Result<Vec<(u64, HeadSlot)>, Fault> {
        match source::identity_of(self.source.as_ref())? {
            Some(identity) if identity == self.identity => {}
            Some(identity) => return Err(source::of_another(&identity, &self.identity)),
            None => return Err(Fault::medium("follow", &"there is no ledger in the source any more")),
        }
        let slots = head::slots_beside(self.source.as_ref(), self.position.seq())?;
        let newest = head::newest_of(&slots).map_or(0, |(_, slot)| slot.seq);
        // One slot alone may be the older one.
        if newest < self.position.seq() && slots.len() == 2 {
            self.compare()?;
        }
        Ok(slots)
    }

    fn copy_to(&mut self, to: &HeadSlot) -> Result<(), Fault> {
        let (source, copy) = (Arc::clone(&self.source), Arc::clone(&self.copy));
        let place = (self.position.clone(), self.turns);
        let mut copier = Copier::at(source.as_ref(), copy.as_ref(), self.identity, place);
        let result = copier.copy_to(to, &mut self.keys);
        // Segments that are whole in the copy stay, whatever came after them.
        (self.position, self.turns) = copier.into_place();
        result
    }

    /// Whether the copy is still of the source, from the start of its last segment.
    fn compare(&self) -> Result<(), Fault> {
        let (source, copy) = (self.source.as_ref(), self.copy.as_ref());
        // Its folder may be another one by now.
        source.close_files();
        let Position { segment, offset, root, .. } = self.position;
        let (seq, durability) = (self.position.seq(), Durability::Sync);
        let slot = HeadSlot { seq, segment, end: offset, root, durability };
        source::place_of_copy(source, copy, self.identity.ledger, &slot).map(|_| ())
    }

    /// A source that was replaced looks damaged from where the copy ends; what it is, its whole segment tells.
    fn diverged_rather(&self, fault: Fault) -> Fault {
        match (&fault, self.compare()) {
            (Fault::Damaged { .. } | Fault::Cut { .. }, Err(other @ Fault::Diverged { .. })) => other,
            (_, Ok(()) | Err(_)) => fault,
        }
    }
}

impl KeyFollowing {
    /// Gives the copy the header of the source's keyring, or sees that it has it.
    fn begin(source: &dyn Medium, copy: &dyn Medium, identity: Identity) -> Result<(), Fault> {
        keyring::read_secret(source, identity.ledger)?;
        let length = usize::try_from(keyring::HEADER_LENGTH).unwrap_or(0);
        let header = source.read_at(FILE, 0, length)?;
        if copy.length(FILE)?.is_none() {
            return write_whole_hidden(copy, FILE, &header);
        }
        if copy.read_at(FILE, 0, length)? == header {
            Ok(())
        } else {
            Err(Fault::damaged("in the copy: keyring of another ledger", FILE, 0, 0))
        }
    }

    fn open(
        source: &Arc<dyn Medium>,
        copy: &Arc<dyn Medium>,
        identity: Identity,
        position: &Position,
    ) -> Result<Self, Fault> {
        Self::begin(source.as_ref(), copy.as_ref(), identity)?;
        let mut named = NamedSlots::default();
        let mut epoch = 1;
        of_copy(ahead::read_all(copy.as_ref(), identity.ledger, position.seq(), &mut |record, _| {
            named.note(record);
            epoch = record.events.iter().rev().find_map(epoch_in).unwrap_or(epoch);
            Ok(())
        }))?;
        let slots = keyring::slots_of(copy.length(FILE)?.unwrap_or(0));
        let (wanted, doomed) = (named.slots(), named.doomed());
        let (source, copy) = (Arc::clone(source), Arc::clone(copy));
        let ledger = identity.ledger;
        let mut keys = Self { source, copy, ledger, slot_of: named.of_donor, slots, wanted, doomed, epoch };
        keys.leave_what_is_there()?;
        Ok(keys)
    }

    /// Keys that the copy has are not fetched again, nor those of donors whose erasure it has.
    fn leave_what_is_there(&mut self) -> Result<(), Fault> {
        let doomed: BTreeSet<u32> = self.doomed.iter().copied().collect();
        let mut missing = BTreeSet::new();
        for slot in core::mem::take(&mut self.wanted) {
            let held = if slot < self.slots { keyring::read_slot(self.copy.as_ref(), slot)? } else { None };
            let is_there = held.is_some_and(|(state, _)| state == IN_USE || doomed.contains(&slot));
            if !is_there {
                missing.insert(slot);
            }
        }
        self.wanted = missing;
        Ok(())
    }

    /// Brings the keys that records name into the copy. Slots between them that no record of the copy names are made
    /// destroyed ones: their keys are not the copy's, and it will hand out others.
    fn hand_over(&mut self) -> Result<(), Fault> {
        if self.wanted.is_empty() {
            return Ok(());
        }
        // Only what is in the copy, durably, is wanted no more.
        for slot in self.wanted.clone() {
            let damaged = || Fault::damaged("damaged key slot", FILE, keyring::slot_offset(slot), 0);
            let (state, key) = slot_beside(self.source.as_ref(), slot)?.ok_or_else(damaged)?;
            if state == ERASED {
                check_erased(self.source.as_ref(), self.ledger, slot)?;
            }
            while self.slots < slot {
                self.write_slot(self.slots, &[0; 32], ERASED)?;
                self.slots = self.slots.saturating_add(1);
            }
            // The source may not have said yet that it handed it out.
            let state = if state == FREE { IN_USE } else { state };
            self.write_slot(slot, &key, state)?;
            self.slots = self.slots.max(slot.saturating_add(1));
        }
        self.copy.sync(FILE)?;
        self.wanted.clear();
        Ok(())
    }

    fn write_slot(&self, slot: u32, key: &[u8; 32], state: u8) -> Result<(), Fault> {
        let bytes = keyring::encode_slot(slot, key, state);
        self.copy.write_at(FILE, keyring::slot_offset(slot), &bytes)
    }

    /// Destroys the keys of donors whose erasure the copy has; says how many were still there.
    fn destroy(&mut self) -> Result<u64, Fault> {
        let mut count = 0_u64;
        while let Some(slot) = self.doomed.last().copied() {
            if keyring::erase_slot(self.copy.as_ref(), slot)? {
                count = count.saturating_add(1);
            }
            self.doomed.pop();
        }
        Ok(count)
    }
}

impl Companion for KeyFollowing {
    fn see(&mut self, group: &ReadGroup) -> Result<(), Fault> {
        for found in group.records() {
            let (record, _) = record_of(group, &found)?;
            let mut named = NamedSlots::default();
            named.note(&record);
            for (donor, slot) in named.of_donor {
                // A slot that was named before is in the copy, or was destroyed there.
                if self.slot_of.insert(donor, slot) != Some(slot) {
                    self.wanted.insert(slot);
                }
            }
            self.epoch = record.events.iter().rev().find_map(epoch_in).unwrap_or(self.epoch);
            let erased = named.erased.iter().filter_map(|donor| self.slot_of.get(donor).copied());
            self.doomed.extend(erased);
        }
        Ok(())
    }

    fn before_head(&mut self) -> Result<(), Fault> {
        self.hand_over()
    }
}
