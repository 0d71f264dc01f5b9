//! Sealed content as it stands in records and rows.

use core::fmt;

use bincode::{Decode, Encode};

use crate::vocabulary::ids::DonorId;

/// Encrypted personal content of one donor.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct SealedField {
    /// The record that it belongs to.
    pub seq: u64,
    /// Whose it is.
    pub donor: DonorId,
    /// The key slot that opens it.
    pub slot: u32,
    /// The kind of content, as `sealing::field_kind` numbers it.
    pub kind: u8,
    /// 24 random bytes.
    pub nonce: [u8; 24],
    /// The content, encrypted and authenticated.
    pub ciphertext: Vec<u8>,
}

impl fmt::Debug for SealedField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealedField({} bytes of {}, slot {})", self.ciphertext.len(), self.donor, self.slot)
    }
}
