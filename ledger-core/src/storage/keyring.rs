//! The keyring: the ledger's secret and one key per donor, in a file of its own, so that backups of the
//! journal and of the keys can be kept apart and erasure can reach both.
//!
//! Header, 64 bytes: magic (8), ledger (16), secret (32), zeros (4), crc32c (4). Slot, 44 bytes: index (4),
//! key (32), crc32c of both (4), state (1), zeros (3). The state is one byte, so handing out cannot tear. Slots are made ahead in synced blocks of 256, so that a
//! commit waits for them once in 256 donors.

use std::sync::Arc;

use parking_lot::Mutex;

use super::Keys;
use super::entropy::Entropy;
use super::journal::{Fields, with_crc, without_crc};
use super::medium::Medium;
use crate::records::sealing::{KeySource, LedgerSecret, SlotKey};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::LedgerId;

/// The name of the file.
pub const FILE: &str = "keys";
const MAGIC: [u8; 8] = *b"DLKEYS\x00\x01";
const HEADER_LENGTH: u64 = 64;
const SLOT_LENGTH: u64 = 44;
const BLOCK_SLOTS: u32 = 256;
/// Where the state stands in a slot.
const STATE_AT: u64 = 40;

/// What a slot is used for. The numbers are on disk, and four flipped bits away from each other.
const FREE: u8 = 0x00;
const IN_USE: u8 = 0x5A;
const ERASED: u8 = 0xA5;

/// The keys of one ledger.
pub struct Keyring {
    medium: Arc<dyn Medium>,
    entropy: Arc<Entropy>,
    secret: LedgerSecret,
    free: Mutex<FreeSlots>,
}

/// Slots made and not yet handed out.
struct FreeSlots {
    next: u32,
    end: u32,
    /// Slots that cannot be read.
    damaged: Vec<u32>,
}

impl Keyring {
    /// Makes the file.
    pub fn create(medium: Arc<dyn Medium>, entropy: Arc<Entropy>, ledger: LedgerId) -> Result<Self, Fault> {
        let secret: [u8; 32] = entropy.bytes()?;
        let header = with_crc([MAGIC.as_slice(), &ledger.to_bytes(), &secret, &[0; 4]].concat());
        medium.remove(FILE)?;
        medium.write_at(FILE, 0, &header)?;
        medium.sync(FILE)?;
        let free = Mutex::new(FreeSlots { next: 0, end: 0, damaged: Vec::new() });
        Ok(Self { medium, entropy, secret: LedgerSecret(secret), free })
    }

    /// Whether a file is there from which a slot was handed out.
    pub fn was_used(medium: &dyn Medium) -> Result<bool, Fault> {
        let slots = slots_of(medium.length(FILE)?.unwrap_or(0));
        for index in 0..slots {
            if read_slot(medium, index)?.is_some_and(|(state, _)| state != FREE) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Opens the file and reads every slot of it. Which of them must be whole is known with the state: see
    /// `reserve`.
    pub fn open(medium: Arc<dyn Medium>, entropy: Arc<Entropy>, ledger: LedgerId) -> Result<Self, Fault> {
        let secret = read_secret(medium.as_ref(), ledger)?;
        let mut free = FreeSlots { next: 0, end: 0, damaged: Vec::new() };
        let length = medium.length(FILE)?.unwrap_or(0);
        // A block that was being made when the power went is made again.
        for index in 0..slots_of(length) {
            match read_slot(medium.as_ref(), index)? {
                Some((FREE, _)) => {}
                Some(_) => free.next = index.saturating_add(1),
                None if is_blank(medium.as_ref(), index)? => break,
                None => free.damaged.push(index),
            }
            free.end = index.saturating_add(1);
        }
        Ok(Self { medium, entropy, secret, free: Mutex::new(free) })
    }

    /// Sees to it that slots below `used` are never handed out again, and that every one of them is whole.
    pub fn reserve(&self, used: u32) -> Result<(), Fault> {
        let mut free = self.free.lock();
        free.next = free.next.max(used);
        if used > free.end {
            // A file of before: the keys that it lacks would be made anew, and what they sealed lost.
            return Err(Fault::damaged(
                "keyring ends before slots that are in use",
                FILE,
                slot_offset(free.end),
                0,
            ));
        }
        match free.damaged.iter().find(|slot| **slot < used) {
            Some(slot) => Err(Fault::damaged("damaged key slot", FILE, slot_offset(*slot), 0)),
            None => Ok(()),
        }
    }

    /// Destroys the key in a slot: its bytes are overwritten where they stand, and synced. False where that was
    /// done before.
    ///
    /// The state goes first, one byte that cannot be torn. From then on the slot counts as erased whatever
    /// becomes of the rest, and as long as the rest is not overwritten it is done again.
    pub fn erase(&self, slot: u32) -> Result<bool, Fault> {
        let _handing_out = self.free.lock();
        let (offset, erased) = (slot_offset(slot), encode_slot(slot, &[0; 32], ERASED));
        if self.medium.read_at(FILE, offset, erased.len())? == erased {
            return Ok(false);
        }
        self.medium.write_at(FILE, offset.saturating_add(STATE_AT), &[ERASED])?;
        self.medium.sync(FILE)?;
        self.medium.write_at(FILE, offset, &erased)?;
        self.medium.sync(FILE)?;
        Ok(true)
    }

    fn make_block(&self, free: &mut FreeSlots) -> Result<(), Fault> {
        let start = free.end.max(free.next);
        let end = start.saturating_add(BLOCK_SLOTS);
        let mut block = Vec::new();
        for index in start..end {
            block.extend(encode_slot(index, &self.entropy.bytes()?, FREE));
        }
        self.medium.write_at(FILE, slot_offset(start), &block)?;
        self.medium.sync(FILE)?;
        free.end = end;
        Ok(())
    }
}

impl Keys for Keyring {
    fn secret(&self) -> &LedgerSecret {
        &self.secret
    }

    fn hand_out(&self) -> Result<(u32, [u8; 32]), Fault> {
        let mut free = self.free.lock();
        // A slot that was damaged before anybody used it is left alone.
        while free.damaged.contains(&free.next) {
            free.next = free.next.saturating_add(1);
        }
        if free.next >= free.end {
            self.make_block(&mut free)?;
        }
        let slot = free.next;
        let damaged = || Fault::damaged("damaged key slot", FILE, slot_offset(slot), 0);
        let (_, key) = read_slot(self.medium.as_ref(), slot)?.ok_or_else(damaged)?;
        // Not synced: if the power goes, the record that names the slot goes too, or names it at opening.
        self.medium.write_at(FILE, slot_offset(slot).saturating_add(STATE_AT), &[IN_USE])?;
        free.next = slot.saturating_add(1);
        Ok((slot, key))
    }

    fn nonce(&self) -> Result<[u8; 24], Fault> {
        self.entropy.bytes()
    }
}

impl KeySource for Keyring {
    fn slot_key(&self, slot: u32) -> Result<SlotKey, Fault> {
        key_in(self.medium.as_ref(), slot)
    }
}

/// The keys of a ledger that somebody else writes: they are read, never handed out.
pub struct KeyReader {
    medium: Arc<dyn Medium>,
    secret: LedgerSecret,
}

impl KeyReader {
    /// Opens the file.
    pub fn open(medium: Arc<dyn Medium>, ledger: LedgerId) -> Result<Self, Fault> {
        let secret = read_secret(medium.as_ref(), ledger)?;
        Ok(Self { medium, secret })
    }
}

impl KeySource for KeyReader {
    fn slot_key(&self, slot: u32) -> Result<SlotKey, Fault> {
        key_in(self.medium.as_ref(), slot)
    }
}

impl Keys for KeyReader {
    fn secret(&self) -> &LedgerSecret {
        &self.secret
    }

    fn hand_out(&self) -> Result<(u32, [u8; 32]), Fault> {
        Err(Fault::medium("hand out a key", &"opened for reading only"))
    }

    fn nonce(&self) -> Result<[u8; 24], Fault> {
        Err(Fault::medium("make a nonce", &"opened for reading only"))
    }
}

fn key_in(medium: &dyn Medium, slot: u32) -> Result<SlotKey, Fault> {
    match read_slot(medium, slot)? {
        Some((ERASED, _)) => Ok(SlotKey::Erased),
        Some((_, key)) => Ok(SlotKey::Present(key)),
        None => Err(Fault::damaged("damaged key slot", FILE, slot_offset(slot), 0)),
    }
}

/// The secret in the header of the file.
fn read_secret(medium: &dyn Medium, ledger: LedgerId) -> Result<LedgerSecret, Fault> {
    let damaged = |what: &str| Fault::damaged(what, FILE, 0, 0);
    if medium.length(FILE)?.is_none() {
        return Err(damaged("keyring is missing"));
    }
    let header = medium.read_at(FILE, 0, 64)?;
    let mut fields = Fields(without_crc(&header).ok_or_else(|| damaged("unreadable keyring header"))?);
    let parts = (fields.take::<8>(), fields.take::<16>(), fields.take::<32>());
    let (Some(MAGIC), Some(of), Some(secret)) = parts else {
        return Err(damaged("unreadable keyring header"));
    };
    if LedgerId::from_bytes(of) != ledger {
        return Err(damaged("keyring of another ledger"));
    }
    Ok(LedgerSecret(secret))
}

/// How many slots fit into a file of this length.
fn slots_of(length: u64) -> u32 {
    let slots = length.saturating_sub(HEADER_LENGTH).checked_div(SLOT_LENGTH).unwrap_or(0);
    u32::try_from(slots).unwrap_or(u32::MAX)
}

fn slot_offset(index: u32) -> u64 {
    HEADER_LENGTH.saturating_add(SLOT_LENGTH.saturating_mul(index.into()))
}

fn encode_slot(index: u32, key: &[u8; 32], state: u8) -> Vec<u8> {
    [with_crc([index.to_le_bytes().as_slice(), key].concat()), vec![state, 0, 0, 0]].concat()
}

/// State and key of a slot; `None` when it is not whole and right.
fn read_slot(medium: &dyn Medium, index: u32) -> Result<Option<(u8, [u8; 32])>, Fault> {
    let bytes = medium.read_at(FILE, slot_offset(index), 44)?;
    let decode = || {
        let (keyed, state) = bytes.split_at_checked(40)?;
        if state == [ERASED, 0, 0, 0] {
            // Whatever is left of the key, and however little of it was overwritten.
            return Some((ERASED, [0; 32]));
        }
        let mut fields = Fields(without_crc(keyed)?);
        let (at, key) = (fields.u32()?, fields.take::<32>()?);
        let [state, 0, 0, 0] = *state else { return None };
        (at == index && [FREE, IN_USE, ERASED].contains(&state)).then_some((state, key))
    };
    Ok(decode())
}

fn is_blank(medium: &dyn Medium, index: u32) -> Result<bool, Fault> {
    Ok(medium.read_at(FILE, slot_offset(index), 44)?.iter().all(|byte| *byte == 0))
}
