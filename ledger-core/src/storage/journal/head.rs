//! `HEAD`: where the acknowledged journal ends. Two slots in turn, so that one is always whole.
//!
//! Slot, 64 bytes: seq (8), segment (4), end offset (8), tree root (32), durability (1), zeros (7), crc32c (4).

use super::merkle::Hash;
use super::{Fields, with_crc, without_crc};
use crate::storage::Durability;
use crate::storage::medium::{Medium, read_whole};
use crate::vocabulary::fault::Fault;

/// The name of the file.
pub const FILE: &str = "HEAD";
const SLOT_LENGTH: usize = 64;
/// How often `HEAD` is read before it counts as damaged: a writer can be at both slots in the meantime.
pub const READS_BESIDE: usize = 8;

/// Where the acknowledged journal ended when this was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadSlot {
    /// The last record.
    pub seq: u64,
    /// The segment that it is in.
    pub segment: u32,
    /// The end of its group in the segment.
    pub end: u64,
    /// The root of the tree up to it.
    pub root: Hash,
    /// What was promised of it: under `Os` the power may take it, and that is no damage.
    pub durability: Durability,
}

/// What was read of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The later of the slots that are whole.
    pub newest: HeadSlot,
    /// Which slot that is, 0 or 1.
    pub place: u64,
    /// How many slots are whole: one less while the writer is at one.
    pub whole: usize,
}

impl HeadSlot {
    fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(SLOT_LENGTH);
        bytes.extend(self.seq.to_le_bytes());
        bytes.extend(self.segment.to_le_bytes());
        bytes.extend(self.end.to_le_bytes());
        bytes.extend(self.root);
        bytes.push(match self.durability {
            Durability::Sync => 0,
            Durability::Os => 1,
        });
        bytes.extend([0; 7]);
        with_crc(bytes)
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields(without_crc(bytes)?);
        let (seq, segment, end, root) = (fields.u64()?, fields.u32()?, fields.u64()?, fields.take()?);
        let durability = match fields.take::<1>()? {
            [0] => Durability::Sync,
            [1] => Durability::Os,
            _ => return None,
        };
        Some(Self { seq, segment, end, root, durability })
    }
}

/// Writes the slot whose turn it is. Not synced: after a power cut it may tell of an earlier end.
pub fn write(medium: &dyn Medium, turn: u64, slot: &HeadSlot) -> Result<(), Fault> {
    let offset = if turn & 1 == 0 { 0 } else { 64 };
    medium.write_at(FILE, offset, &slot.encode())
}

/// The later of the slots that are whole; `None` when neither is.
pub fn read(medium: &dyn Medium) -> Result<Option<Found>, Fault> {
    let whole = slots(medium)?;
    let newest = newest_of(&whole);
    Ok(newest.map(|(place, newest)| Found { newest, place, whole: whole.len() }))
}

/// The slots that are whole, each with its place.
pub fn slots(medium: &dyn Medium) -> Result<Vec<(u64, HeadSlot)>, Fault> {
    let Some(bytes) = read_whole(medium, FILE)? else { return Ok(Vec::new()) };
    let slots = (0..2).zip(bytes.chunks(SLOT_LENGTH));
    Ok(slots.filter_map(|(place, slot)| Some((place, HeadSlot::decode(slot)?))).collect())
}

/// The slots that are whole while somebody may be writing: where one is not, and what can be read does not reach
/// `at_least`, they are read again. Never none.
pub fn slots_beside(medium: &dyn Medium, at_least: u64) -> Result<Vec<(u64, HeadSlot)>, Fault> {
    let mut found = Vec::new();
    for _ in 0..READS_BESIDE {
        let whole = slots(medium)?;
        if whole.len() == 2 || newest_of(&whole).is_some_and(|(_, slot)| slot.seq >= at_least) {
            return Ok(whole);
        }
        if !whole.is_empty() {
            found = whole;
        }
    }
    if found.is_empty() { Err(Fault::damaged("no readable slot", FILE, 0, 0)) } else { Ok(found) }
}

/// The later of slots, and its place.
pub fn newest_of(slots: &[(u64, HeadSlot)]) -> Option<(u64, HeadSlot)> {
    // Closing writes the same seq again, with the stronger promise.
    slots.iter().max_by_key(|(_, slot)| (slot.seq, slot.durability == Durability::Sync)).copied()
}
