//! The mark: one row of sled's that says up to where the other rows go, and the sum of their hashes. It is written
//! in the same atomic batch as the rows that change the sum, so the two agree whenever a process is killed.

use core::hash::Hasher;

use siphasher::sip128::{Hasher128, SipHasher13};

use crate::records::sealing::LedgerSecret;
use crate::storage::journal::{Fields, with_crc, without_crc};

/// Its key: after those of all rows.
pub(super) const KEY: [u8; 1] = [0xFF];
const VERSION: u8 = 1;

/// Up to where rows go, and what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    /// The last record whose rows are all there. Single rows may know later ones.
    pub seq: u64,
    /// The root of the tree up to it.
    pub root: [u8; 32],
    /// The last record at or below it that was acknowledged under `Sync`: a journal that ends before it was cut.
    pub promised_seq: u64,
    /// How many key slots were erased: with a keyring that has fewer, what was erased would open again.
    pub erased_slots: u64,
    /// The sum of the hashes of all other rows.
    pub digest: RowDigest,
}

impl Mark {
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        bytes.extend(self.seq.to_le_bytes());
        bytes.extend(self.root);
        bytes.extend(self.promised_seq.to_le_bytes());
        bytes.extend(self.erased_slots.to_le_bytes());
        bytes.extend(self.digest.0.to_le_bytes());
        with_crc(bytes)
    }

    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields(without_crc(bytes)?);
        (fields.take()? == [VERSION]).then_some(())?;
        let (seq, root) = (fields.u64()?, fields.take()?);
        let (promised_seq, erased_slots) = (fields.u64()?, fields.u64()?);
        let digest = RowDigest(fields.take().map(u128::from_le_bytes)?);
        fields.0.is_empty().then_some(Self { seq, root, promised_seq, erased_slots, digest })
    }
}

/// The sum of the hashes of rows, in no order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RowDigest(u128);

impl RowDigest {
    /// Adds a row.
    pub fn add(&mut self, row: u128) {
        self.0 = self.0.wrapping_add(row);
    }

    /// Takes a row out that is in it.
    pub fn take(&mut self, row: u128) {
        self.0 = self.0.wrapping_sub(row);
    }
}

/// Makes hashes of rows. They are keyed, so rows of another ledger have other ones.
#[derive(Clone, Copy)]
pub struct RowHasher([u8; 16]);

impl RowHasher {
    /// The hasher of a ledger.
    pub fn new(secret: &LedgerSecret) -> Self {
        Self(secret.fingerprint(b"rows of the state"))
    }

    /// The hash of a row: its key and its value.
    pub fn row(&self, key: &[u8], value: &[u8]) -> u128 {
        let mut hasher = SipHasher13::new_with_key(&self.0);
        // The length first, so that no byte can move from the key to the value.
        hasher.write_usize(key.len());
        hasher.write(key);
        hasher.write(value);
        hasher.finish128().as_u128()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_knows_rows_in_any_order_and_no_others() {
        let hasher = RowHasher::new(&LedgerSecret::new(&[7; 32]));
        let rows: [(&[u8], &[u8]); 3] = [(b"a", b"1"), (b"ab", b""), (b"a", b"b")];
        let of = |order: &[usize]| {
            let mut digest = RowDigest::default();
            for at in order {
                digest.add(hasher.row(rows[*at].0, rows[*at].1));
            }
            digest
        };
        assert_eq!(of(&[0, 1, 2]), of(&[2, 0, 1]));
        assert_ne!(of(&[1]), of(&[2]));
        let mut without = of(&[0, 1, 2]);
        without.take(hasher.row(b"ab", b""));
        assert_eq!(without, of(&[0, 2]));
        let other = RowHasher::new(&LedgerSecret::new(&[8; 32]));
        assert_ne!(hasher.row(b"a", b"1"), other.row(b"a", b"1"));
    }

    #[test]
    fn a_mark_is_read_as_it_was_written_or_not_at_all() {
        let mark = Mark {
            seq: 9,
            root: [3; 32],
            promised_seq: 8,
            erased_slots: 2,
            digest: RowDigest(u128::MAX - 5),
        };
        let bytes = mark.encode();
        assert_eq!(Mark::decode(&bytes), Some(mark));
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            assert_eq!(Mark::decode(&flipped), None, "byte {at}");
        }
    }
}
