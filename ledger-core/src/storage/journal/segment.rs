//! Segment files: `journal/0000000001.log`, a header, then groups.
//!
//! Header: magic (8), format (4), ledger (16), number (4), first seq (8), count of subtree roots (4), time of the group before (8), the
//! roots of the tree before the first record (32 each), crc32c (4). Little endian.

use super::merkle::CompactRange;
use super::{Fields, with_crc, without_crc};
use crate::storage::format::VERSION;
use crate::vocabulary::ids::LedgerId;
use crate::vocabulary::time::Timestamp;

const MAGIC: [u8; 8] = *b"DLSEGMT\x01";

/// What stands at the start of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentHeader {
    /// The ledger that it belongs to.
    pub ledger: LedgerId,
    /// Its number, from 1.
    pub number: u32,
    /// The time of the group before its first record.
    pub time: Timestamp,
    /// The tree before its first record; the first seq is one more than its leaves.
    pub tree: CompactRange,
}

impl SegmentHeader {
    /// The first record of the segment.
    pub fn first_seq(&self) -> u64 {
        self.tree.leaves().saturating_add(1)
    }

    /// The header as bytes.
    pub fn encode(&self) -> Vec<u8> {
        let subtrees = self.tree.subtrees();
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(self.ledger.to_bytes());
        bytes.extend(self.number.to_le_bytes());
        bytes.extend(self.first_seq().to_le_bytes());
        bytes.extend(self.time.micros().to_le_bytes());
        bytes.extend(u32::try_from(subtrees.len()).unwrap_or(0).to_le_bytes());
        bytes.extend(subtrees.concat());
        with_crc(bytes)
    }

    /// The version of a header that a newer library wrote. A header of this version whose version byte is damaged is
    /// none: with the byte as it was, its checksum is right.
    pub fn newer_version(bytes: &[u8]) -> Option<u32> {
        let (magic, rest) = bytes.split_first_chunk::<8>()?;
        let (version, _) = rest.split_first_chunk::<4>()?;
        let version = u32::from_le_bytes(*version);
        let mut as_this_version = bytes.to_vec();
        as_this_version.get_mut(..12)?.copy_from_slice(&[MAGIC.as_slice(), &VERSION.to_le_bytes()].concat());
        let is_newer = magic.get(..7)? == MAGIC.get(..7)?
            && (magic.get(7)? > MAGIC.get(7)? || version > VERSION)
            && Self::decode(&as_this_version).is_none();
        is_newer.then(|| version.max(magic.get(7).copied().unwrap_or(0).into()))
    }

    /// A header and its length from the start of a segment; `None` when it is not whole and right.
    pub fn decode(bytes: &[u8]) -> Option<(Self, u64)> {
        let mut fields = Fields(bytes);
        let (magic, version) = (fields.take::<8>()?, fields.u32()?);
        let ledger = LedgerId::from_bytes(fields.take()?);
        let (number, first_seq) = (fields.u32()?, fields.u64()?);
        let time = Timestamp::from_micros(fields.take().map(i64::from_le_bytes)?);
        let count = fields.u32()?;
        if magic != MAGIC || version != VERSION || count > 64 {
            return None;
        }
        let subtrees = (0..count).map(|_| fields.take::<32>()).collect::<Option<Vec<_>>>()?;
        fields.take::<4>()?;
        let length = bytes.len().checked_sub(fields.0.len())?;
        without_crc(bytes.get(..length)?)?;
        let tree = CompactRange::from_parts(first_seq.checked_sub(1)?, subtrees)?;
        Some((Self { ledger, number, time, tree }, u64::try_from(length).ok()?))
    }

    /// No header is longer than this.
    pub const LENGTH_MAX: usize = Self::LENGTH_EMPTY + 64 * 32;
    /// The length of the first segment's header, before any record.
    pub const LENGTH_EMPTY: usize = 8 + 4 + 16 + 4 + 8 + 8 + 4 + 4;
}

/// The name of a segment.
pub fn name(number: u32) -> String {
    format!("{FOLDER}/{number:010}.log")
}

/// The folder of segments.
pub const FOLDER: &str = "journal";

/// The number in a file name of the folder; `None` for other files.
pub fn number_of(file: &str) -> Option<u32> {
    let digits = file.strip_suffix(".log").filter(|digits| digits.len() == 10)?;
    digits.parse().ok()
}
