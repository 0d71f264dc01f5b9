//! Sealing: personal content encrypted with the donor's own key, so that destroying the key erases it.
//!
//! XChaCha20-Poly1305 with a random nonce; seq, donor and kind of field are authenticated with it, so a
//! sealed field cannot be moved to another record or donor.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::giving::donor::comparable_email;
use crate::machine::personal::{LookupHash, Lookups, Personal, PersonalField};
use crate::records::codec;
use crate::records::sealed::SealedField;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::DonorId;

/// The key of a donor, or word that it was destroyed.
pub enum SlotKey {
    /// 32 bytes.
    Present([u8; 32]),
    /// The donor was erased; nothing sealed with it opens again.
    Erased,
}

/// Gives the keys of slots. Implemented by the keyring.
pub trait KeySource {
    /// The key in a slot.
    fn slot_key(&self, slot: u32) -> Result<SlotKey, Fault>;
}

/// The kind of content that is a donor's profile.
pub const PROFILE_KIND: u8 = 1;
/// The kind of content that is a memo.
pub const MEMO_KIND: u8 = 2;

/// The number of a kind of content, authenticated with it.
pub fn field_kind(content: &Personal) -> u8 {
    match content {
        Personal::Profile { .. } => PROFILE_KIND,
        Personal::Memo { .. } => MEMO_KIND,
    }
}

/// Encrypts a field of record `seq`.
pub fn seal(
    field: &PersonalField,
    seq: u64,
    slot: u32,
    key: &[u8; 32],
    nonce: [u8; 24],
) -> Result<SealedField, Fault> {
    let kind = field_kind(&field.content);
    let plain = codec::encode_personal(&field.content)?;
    let bound = bound_to(seq, field.donor, kind);
    let ciphertext = cipher(key)
        .encrypt(&XNonce::from(nonce), Payload { msg: &plain, aad: &bound })
        .map_err(|_| Fault::state("personal content could not be encrypted", seq))?;
    Ok(SealedField { seq, donor: field.donor, slot, kind, nonce, ciphertext })
}

/// Decrypts a field: `None` when the donor was erased, damage when it does not open for another reason.
pub fn open(field: &SealedField, keys: &dyn KeySource) -> Result<Option<Personal>, Fault> {
    let SlotKey::Present(key) = keys.slot_key(field.slot)? else {
        return Ok(None);
    };
    let bound = bound_to(field.seq, field.donor, field.kind);
    let plain = cipher(&key)
        .decrypt(&XNonce::from(field.nonce), Payload { msg: &field.ciphertext, aad: &bound })
        .map_err(|_| Fault::damaged("sealed content that its key does not open", "keys", 0, field.seq))?;
    codec::decode_personal(&plain, field.seq).map(Some)
}

fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(*key))
}

fn bound_to(seq: u64, donor: DonorId, kind: u8) -> Vec<u8> {
    [seq.to_be_bytes().as_slice(), donor.to_bytes().as_slice(), &[kind]].concat()
}

/// The ledger's secret: makes the hashes that find donors and commands, and nothing without it can.
#[derive(Clone)]
pub struct LedgerSecret(Hmac<Sha256>);

impl LedgerSecret {
    /// The secret of 32 bytes. Its first block is hashed here, once for all hashes that are made with it.
    pub fn new(bytes: &[u8; 32]) -> Self {
        Self(mac_of(bytes))
    }

    /// The lookups of an e-mail address and an external id.
    pub fn lookups_of(&self, email: Option<&str>, external_id: Option<&str>) -> Lookups {
        let hash = |purpose: &[u8], text: &str| LookupHash(first_16(self.mac(purpose, text.as_bytes())));
        Lookups {
            email: email.map(|email| hash(b"email", &comparable_email(email))),
            external_id: external_id.map(|id| hash(b"external id", id)),
        }
    }

    /// The fingerprint of a command's content.
    pub fn fingerprint(&self, content: &[u8]) -> [u8; 16] {
        first_16(self.mac(b"content", content))
    }

    /// The hash under which a key is indexed.
    pub fn key_hash(&self, key: &str) -> u64 {
        let mac = self.mac(b"key", key.as_bytes());
        mac.first_chunk().copied().map_or(0, u64::from_be_bytes)
    }

    fn mac(&self, purpose: &[u8], content: &[u8]) -> [u8; 32] {
        keyed_hash(self.0.clone(), purpose, content)
    }
}

/// The mark of personal content, made with a donor's own key: once that is destroyed, nobody can test a guess.
pub fn personal_mark(donor_key: &[u8; 32], content: &[u8]) -> [u8; 16] {
    first_16(keyed_hash(mac_of(donor_key), b"personal", content))
}

/// HMAC-SHA256 with a key of 32 bytes, padded to the block of the hash as RFC 2104 says.
fn mac_of(key: &[u8; 32]) -> Hmac<Sha256> {
    let mut block = [0; 64];
    block.split_at_mut(32).0.copy_from_slice(key);
    <Hmac<Sha256> as KeyInit>::new(&block.into())
}

/// HMAC-SHA256 of content for a purpose.
fn keyed_hash(mut mac: Hmac<Sha256>, purpose: &[u8], content: &[u8]) -> [u8; 32] {
    mac.update(purpose);
    mac.update(&[0]);
    mac.update(content);
    mac.finalize().into_bytes().into()
}

fn first_16(hash: [u8; 32]) -> [u8; 16] {
    let mut first = [0; 16];
    first.copy_from_slice(hash.split_at(16).0);
    first
}
