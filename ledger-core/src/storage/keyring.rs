//! The keyring: the ledger's secret and one key per donor, in a file of its own, so that backups of the
//! journal and of the keys can be kept apart and erasure can reach both.
//!
//! Header, 64 bytes: magic (8), ledger (16), secret (32), zeros (4), crc32c (4). Slot, 44 bytes: index (4),
//! key (32), crc32c of both (4), state (1), zeros (3). The state is one byte, so handing out cannot tear. Slots are made ahead in synced blocks of 256, so that a
//! commit waits for them once in 256 donors.

use core::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

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
/// The last byte of the magic.
const VERSION: u8 = 1;
pub(super) const HEADER_LENGTH: u64 = 64;
/// Length of a slot.
pub const SLOT_LENGTH: usize = 44;
const SLOT_BYTES: u64 = 44;
const BLOCK_SLOTS: u32 = 256;
/// Slots that are read at once when the file is opened.
const READ_SLOTS: usize = 8_192;
/// Where the state stands in a slot.
const STATE_AT: u64 = 40;

/// What a slot is used for. The numbers are on disk, and four flipped bits away from each other.
pub(super) const FREE: u8 = 0x00;
pub(super) const IN_USE: u8 = 0x5A;
pub(super) const ERASED: u8 = 0xA5;

/// The keys of one ledger.
pub struct Keyring {
    medium: Arc<dyn Medium>,
    entropy: Arc<Entropy>,
    secret: LedgerSecret,
    free: Mutex<FreeSlots>,
    /// How many slots are erased.
    erased: Arc<AtomicU64>,
}

/// Slots made and not yet handed out.
#[derive(Default)]
struct FreeSlots {
    next: u32,
    end: u32,
    /// Slots that cannot be read, until it is known that nobody uses them.
    damaged: Vec<u32>,
    /// Slots that say erased and have something else of a key still, until it is known whether somebody erased them.
    half_erased: Vec<u32>,
    /// How many such slots were made again.
    made_again: u64,
}

impl Keyring {
    /// Makes the file.
    pub fn create(medium: Arc<dyn Medium>, entropy: Arc<Entropy>, ledger: LedgerId) -> Result<Self, Fault> {
        let secret: [u8; 32] = entropy.bytes()?;
        let header = with_crc([MAGIC.as_slice(), &ledger.to_bytes(), &secret, &[0; 4]].concat());
        medium.remove(FILE)?;
        medium.hide(FILE);
        medium.write_at(FILE, 0, &header)?;
        medium.sync(FILE)?;
        let free = Mutex::new(FreeSlots::default());
        let erased = Arc::default();
        Ok(Self { medium, entropy, secret: LedgerSecret::new(&secret), free, erased })
    }

    /// Whether a file is there from which a slot was handed out.
    pub fn was_used(medium: &dyn Medium) -> Result<bool, Fault> {
        let mut is_used = false;
        each_slot(medium, |index, bytes| {
            is_used = decode_slot(index, bytes).is_some_and(|(state, _)| state != FREE);
            if is_used { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        Ok(is_used)
    }

    /// Opens the file and reads every slot of it. Which of them must be whole is known with the state: see
    /// `reserve`.
    pub fn open(medium: Arc<dyn Medium>, entropy: Arc<Entropy>, ledger: LedgerId) -> Result<Self, Fault> {
        let secret = read_secret(medium.as_ref(), ledger)?;
        let (mut free, mut erased) = (FreeSlots::default(), 0_u64);
        each_slot(medium.as_ref(), |index, bytes| {
            match decode_slot(index, bytes) {
                Some((FREE, _)) => {}
                Some((ERASED, _)) => {
                    erased = erased.saturating_add(1);
                    free.next = index.saturating_add(1);
                    if bytes != encode_slot(index, &[0; 32], ERASED) {
                        free.half_erased.push(index);
                    }
                }
                Some(_) => free.next = index.saturating_add(1),
                // A block that was being made when the power went is made again.
                None if bytes.iter().all(|byte| *byte == 0) => return ControlFlow::Break(()),
                None => free.damaged.push(index),
            }
            free.end = index.saturating_add(1);
            ControlFlow::Continue(())
        })?;
        let (free, erased) = (Mutex::new(free), Arc::new(AtomicU64::new(erased)));
        Ok(Self { medium, entropy, secret, free, erased })
    }

    /// Sees to it that slots below `used` are never handed out again, and that every one of them is whole. Those
    /// above that are not, are made again: a power cut left them while their block was being made. The erasures that
    /// the journal tells of must have been done.
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
        if let Some(slot) = free.damaged.iter().find(|slot| **slot < used) {
            return Err(Fault::damaged("damaged key slot", FILE, slot_offset(*slot), 0));
        }
        for slot in core::mem::take(&mut free.half_erased) {
            if is_half_erased(self.medium.as_ref(), slot)? {
                return Err(erased_by_nobody(slot));
            }
        }
        // Left as they are, they would be taken for somebody's as soon as later slots are in use.
        for slot in core::mem::take(&mut free.damaged) {
            let made = encode_slot(slot, &self.entropy.bytes()?, FREE);
            self.medium.write_at(FILE, slot_offset(slot), &made)?;
            free.made_again = free.made_again.saturating_add(1);
        }
        if free.made_again > 0 { self.medium.sync(FILE) } else { Ok(()) }
    }

    /// How many slots could not be read, were used by nobody, and were made again.
    pub fn made_again(&self) -> u64 {
        self.free.lock().made_again
    }

    /// Destroys the key in a slot. False where that was done before.
    pub fn erase(&self, slot: u32) -> Result<bool, Fault> {
        let _handing_out = self.free.lock();
        // One whose state says so counts already, also where the rest is still to be overwritten.
        let is_counted = matches!(read_slot(self.medium.as_ref(), slot)?, Some((ERASED, _)));
        let is_done = erase_slot(self.medium.as_ref(), slot)?;
        self.erased.fetch_add(u64::from(is_done && !is_counted), Ordering::SeqCst);
        Ok(is_done)
    }

    /// How many slots are erased, now and later.
    pub fn erased(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.erased)
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

/// Destroys the key in a slot: its bytes are overwritten where they stand, and synced. False where that was done
/// before.
///
/// The state goes first, one byte that cannot be torn. From then on the slot counts as erased whatever becomes of the
/// rest, and as long as the rest is not overwritten it is done again.
pub(super) fn erase_slot(medium: &dyn Medium, slot: u32) -> Result<bool, Fault> {
    let (offset, erased) = (slot_offset(slot), encode_slot(slot, &[0; 32], ERASED));
    if medium.read_at(FILE, offset, erased.len())? == erased {
        return Ok(false);
    }
    medium.write_at(FILE, offset.saturating_add(STATE_AT), &[ERASED])?;
    medium.sync(FILE)?;
    medium.write_at(FILE, offset, &erased)?;
    medium.sync(FILE)?;
    Ok(true)
}

fn key_in(medium: &dyn Medium, slot: u32) -> Result<SlotKey, Fault> {
    match read_slot(medium, slot)? {
        Some((ERASED, _)) => Ok(SlotKey::Erased),
        Some((_, key)) => Ok(SlotKey::Present(key)),
        None => Err(Fault::damaged("damaged key slot", FILE, slot_offset(slot), 0)),
    }
}

/// The secret in the header of the file.
pub(super) fn read_secret(medium: &dyn Medium, ledger: LedgerId) -> Result<LedgerSecret, Fault> {
    read_secret_in(medium, FILE, ledger)
}

/// As [`read_secret`], of a keyring under another name.
pub(super) fn read_secret_in(
    medium: &dyn Medium,
    file: &str,
    ledger: LedgerId,
) -> Result<LedgerSecret, Fault> {
    let damaged = |what: &str| Fault::damaged(what, FILE, 0, 0);
    if medium.length(file)?.is_none() {
        return Err(damaged("keyring is missing"));
    }
    let header = medium.read_at(file, 0, 64)?;
    if let Some(found) = newer_version(&header) {
        return Err(Fault::Newer { file: FILE.to_owned(), found });
    }
    let (of, secret) = decode_header(&header).ok_or_else(|| damaged("unreadable keyring header"))?;
    if of != ledger {
        return Err(damaged("keyring of another ledger"));
    }
    Ok(LedgerSecret::new(&secret))
}

/// The ledger and the secret in a header; `None` when it is not whole and right.
pub(super) fn decode_header(header: &[u8]) -> Option<(LedgerId, [u8; 32])> {
    let mut fields = Fields(without_crc(header)?);
    let (magic, of, secret) = (fields.take::<8>()?, fields.take()?, fields.take()?);
    (magic == MAGIC).then_some((LedgerId::from_bytes(of), secret))
}

/// The version of a header that is whole and newer.
fn newer_version(header: &[u8]) -> Option<u32> {
    let (magic, version) = (header.get(..7)?, *header.get(7)?);
    let is_newer = magic == MAGIC.get(..7)? && version > VERSION && without_crc(header).is_some();
    is_newer.then(|| u32::from(version))
}

/// How many slots fit into a file of this length.
pub(super) fn slots_of(length: u64) -> u32 {
    let slots = length.saturating_sub(HEADER_LENGTH).checked_div(SLOT_BYTES).unwrap_or(0);
    u32::try_from(slots).unwrap_or(u32::MAX)
}

pub(super) fn slot_offset(index: u32) -> u64 {
    HEADER_LENGTH.saturating_add(SLOT_BYTES.saturating_mul(index.into()))
}

pub(super) fn encode_slot(index: u32, key: &[u8; 32], state: u8) -> Vec<u8> {
    [with_crc([index.to_le_bytes().as_slice(), key].concat()), vec![state, 0, 0, 0]].concat()
}

/// Whether a slot says erased and something of a key is there still: it is being erased, or nobody erased it.
pub(super) fn is_half_erased(medium: &dyn Medium, index: u32) -> Result<bool, Fault> {
    let bytes = medium.read_at(FILE, slot_offset(index), SLOT_LENGTH)?;
    Ok(matches!(decode_slot(index, &bytes), Some((ERASED, _)))
        && bytes != encode_slot(index, &[0; 32], ERASED))
}

/// A slot that says erased although the journal tells of no erasure.
pub(super) fn erased_by_nobody(index: u32) -> Fault {
    Fault::damaged("key slot says erased, and no erasure is in the journal", FILE, slot_offset(index), 0)
}

/// Hands on every slot of the file, with its bytes, until told to stop.
fn each_slot(medium: &dyn Medium, mut each: impl FnMut(u32, &[u8]) -> ControlFlow<()>) -> Result<(), Fault> {
    let count = slots_of(medium.length(FILE)?.unwrap_or(0));
    let block_bytes = SLOT_LENGTH.saturating_mul(READ_SLOTS);
    for start in (0..count).step_by(READ_SLOTS) {
        let block = medium.read_at(FILE, slot_offset(start), block_bytes)?;
        for (index, slot) in (start..count).zip(block.chunks_exact(SLOT_LENGTH)) {
            if each(index, slot).is_break() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// State and key of a slot; `None` when it is not whole and right.
pub(super) fn read_slot(medium: &dyn Medium, index: u32) -> Result<Option<(u8, [u8; 32])>, Fault> {
    let bytes = medium.read_at(FILE, slot_offset(index), SLOT_LENGTH)?;
    Ok(decode_slot(index, &bytes))
}

fn decode_slot(index: u32, bytes: &[u8]) -> Option<(u8, [u8; 32])> {
    let (keyed, state) = bytes.split_at_checked(40)?;
    if state == [ERASED, 0, 0, 0] {
        // Whatever is left of the key, and however little of it was overwritten.
        return Some((ERASED, [0; 32]));
    }
    let mut fields = Fields(without_crc(keyed)?);
    let (at, key) = (fields.u32()?, fields.take::<32>()?);
    let [state, 0, 0, 0] = *state else { return None };
    (at == index && [FREE, IN_USE].contains(&state)).then_some((state, key))
}

pub(super) fn is_blank(medium: &dyn Medium, index: u32) -> Result<bool, Fault> {
    Ok(medium.read_at(FILE, slot_offset(index), SLOT_LENGTH)?.iter().all(|byte| *byte == 0))
}
