//! The keyring on its way into a copy, slot by slot. Journal and keys travel apart, so that whoever erases a donor
//! can reach the keys in backups too.

use std::collections::{BTreeMap, BTreeSet};

use super::source;
use crate::machine::event::Event;
use crate::records::record::Record;
use crate::storage::journal::head;
use crate::storage::journal::read;
use crate::storage::journal::scan::GroupReader;
use crate::storage::keyring::{self, ERASED, FILE, IN_USE};
use crate::storage::medium::{Medium, draft_of, read_whole};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{DonorId, LedgerId};

/// Slots that are written at once.
const BLOCK_SLOTS: usize = 256;

/// What the journal says of keys.
#[derive(Debug, Default)]
pub struct NamedSlots {
    /// The slot of each donor of whom something is sealed.
    pub of_donor: BTreeMap<DonorId, u32>,
    /// Donors whose erasure is recorded.
    pub erased: Vec<DonorId>,
}

impl NamedSlots {
    /// Reads the journal up to a seq that ends a group.
    pub fn read(medium: &dyn Medium, ledger: LedgerId, until_seq: u64) -> Result<Self, Fault> {
        let mut named = Self::default();
        let mut reader = GroupReader::new(medium, ledger, read::beginning(medium, ledger)?, until_seq);
        while let Some(group) = reader.next()? {
            for found in group.records() {
                named.note(&read::record_of(&group, &found)?.0);
            }
        }
        Ok(named)
    }

    /// Takes note of a record.
    pub fn note(&mut self, record: &Record) {
        self.of_donor.extend(record.sealed.iter().map(|field| (field.donor, field.slot)));
        for event in &record.events {
            if let Event::DonorErased { donor, .. } = event {
                self.erased.push(*donor);
            }
        }
    }

    /// Slots whose keys open something, and are to be there.
    pub fn slots(&self) -> BTreeSet<u32> {
        self.of_donor.values().copied().collect()
    }

    /// Slots of donors whose erasure is recorded.
    pub fn doomed(&self) -> Vec<u32> {
        self.erased.iter().filter_map(|donor| self.of_donor.get(donor).copied()).collect()
    }
}

/// What was copied of a keyring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CopiedKeys {
    /// Slots, those made ahead among them.
    pub slots: u32,
    /// Keys of donors.
    pub in_use: u32,
    /// Keys that are destroyed, in the copy too.
    pub destroyed: u32,
}

/// A slot as it is while somebody may be writing to it; `None` where it stays unreadable.
pub fn slot_beside(medium: &dyn Medium, index: u32) -> Result<Option<(u8, [u8; 32])>, Fault> {
    for _ in 0..head::READS_BESIDE {
        if let Some(slot) = keyring::read_slot(medium, index)? {
            return Ok(Some(slot));
        }
    }
    Ok(None)
}

/// Refuses a slot that somebody needs and that says erased with its key still there, unless the journal tells of the
/// erasure: a copy would write it down as erased, and be worse than the one before.
pub fn check_erased(source: &dyn Medium, ledger: LedgerId, index: u32) -> Result<(), Fault> {
    if !keyring::is_half_erased(source, index)? {
        return Ok(());
    }
    // Read now: the record of an erasure comes before its slot.
    let named = NamedSlots::read(source, ledger, source::acknowledged(source)?.seq)?;
    if named.slots().contains(&index) && !named.doomed().contains(&index) {
        return Err(keyring::erased_by_nobody(index));
    }
    Ok(())
}

/// Copies the keyring into a file, which is there whole or as it was before. One of another ledger, or a file that is
/// no keyring, is left alone.
pub fn copy_keys(
    source: &dyn Medium,
    ledger: LedgerId,
    to: &dyn Medium,
    file: &str,
) -> Result<CopiedKeys, Fault> {
    keyring::read_secret(source, ledger)?;
    check_replaceable(to, file, ledger)?;
    let draft = draft_of(file);
    to.remove(&draft)?;
    to.hide(&draft);
    let mut at = keyring::HEADER_LENGTH;
    to.write_at(&draft, 0, &source.read_at(FILE, 0, usize::try_from(at).unwrap_or(0))?)?;
    let mut copied = CopiedKeys::default();
    let (mut block, mut named) = (Vec::new(), None);
    let count = keyring::slots_of(source.length(FILE)?.unwrap_or(0));
    for index in 0..count {
        let slot = match slot_beside(source, index)? {
            Some(slot) => {
                if slot.0 == ERASED {
                    check_erased(source, ledger, index)?;
                }
                slot
            }
            // A block that is being made: nobody uses it yet.
            None if keyring::is_blank(source, index)? => break,
            None => unused(source, ledger, index, &mut named)?,
        };
        copied.count(slot.0);
        block.extend(keyring::encode_slot(index, &slot.1, slot.0));
        if block.len() >= BLOCK_SLOTS.saturating_mul(keyring::SLOT_LENGTH) {
            at = append(to, &draft, at, &mut block)?;
        }
    }
    append(to, &draft, at, &mut block)?;
    to.sync(&draft)?;
    to.rename(&draft, file)?;
    to.sync_folder("")?;
    Ok(copied)
}

impl CopiedKeys {
    /// Counts a slot.
    pub fn count(&mut self, state: u8) {
        self.slots = self.slots.saturating_add(1);
        match state {
            IN_USE => self.in_use = self.in_use.saturating_add(1),
            ERASED => self.destroyed = self.destroyed.saturating_add(1),
            _ => {}
        }
    }
}

fn append(to: &dyn Medium, draft: &str, at: u64, block: &mut Vec<u8>) -> Result<u64, Fault> {
    to.write_at(draft, at, block)?;
    let end = at.saturating_add(u64::try_from(block.len()).unwrap_or(0));
    block.clear();
    Ok(end)
}

/// A damaged slot is passed over if nobody uses it; otherwise the copy of before is worth more than this one.
fn unused(
    source: &dyn Medium,
    ledger: LedgerId,
    index: u32,
    named: &mut Option<BTreeSet<u32>>,
) -> Result<(u8, [u8; 32]), Fault> {
    if named.is_none() {
        let until = source::acknowledged(source)?.seq;
        *named = Some(NamedSlots::read(source, ledger, until)?.slots());
    }
    if named.as_ref().is_some_and(|named| named.contains(&index)) {
        return Err(Fault::damaged("damaged key slot", FILE, keyring::slot_offset(index), 0));
    }
    Ok((ERASED, [0; 32]))
}

fn check_replaceable(to: &dyn Medium, file: &str, ledger: LedgerId) -> Result<(), Fault> {
    let Some(held) = read_whole_header(to, file)? else { return Ok(()) };
    match keyring::decode_header(&held) {
        Some((of, _)) if of == ledger => Ok(()),
        Some((of, _)) => {
            Err(Fault::damaged(format!("the keyring of another ledger, {of}, is left alone"), FILE, 0, 0))
        }
        None => Err(Fault::damaged(format!("{file} is no keyring, and is left alone"), FILE, 0, 0)),
    }
}

fn read_whole_header(medium: &dyn Medium, file: &str) -> Result<Option<Vec<u8>>, Fault> {
    if medium.length(file)?.is_none() {
        return Ok(None);
    }
    let length = usize::try_from(keyring::HEADER_LENGTH).unwrap_or(0);
    medium.read_at(file, 0, length).map(Some)
}

/// Reads a copied keyring, if it is one of a ledger.
pub fn read_copied(from: &dyn Medium, file: &str, ledger: LedgerId) -> Result<Vec<u8>, Fault> {
    let bytes = read_whole(from, file)?
        .ok_or_else(|| Fault::medium("read the keys", &format!("there is no file {file}")))?;
    keyring::read_secret_in(from, file, ledger)?;
    Ok(bytes)
}

/// Puts a keyring into a folder that has none.
pub fn put_keys(bytes: &[u8], to: &dyn Medium) -> Result<(), Fault> {
    to.hide(FILE);
    to.write_at(FILE, 0, bytes)?;
    to.sync(FILE)
}

/// How many keys of donors whose erasure is in the journal are there still.
pub fn still_there(medium: &dyn Medium, ledger: LedgerId, until_seq: u64) -> Result<u64, Fault> {
    let mut count = 0_u64;
    for slot in NamedSlots::read(medium, ledger, until_seq)?.doomed() {
        if keyring::read_slot(medium, slot)?.is_some_and(|(state, _)| state != ERASED) {
            count = count.saturating_add(1);
        }
    }
    Ok(count)
}
